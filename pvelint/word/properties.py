"""What a Word file says of itself: its title and the settings that are meant for pvelint."""

from __future__ import annotations

from typing import Final

from pvelint.word.names import DC_NS, Element
from pvelint.word.package import Package

SETTING_PREFIX: Final = "pvelint-"
TITLE: Final = f"{{{DC_NS}}}title"


def title_element(package: Package) -> tuple[str, Element] | None:
    """The part and element of the document's title property, or None when it is not there or empty.

    Raises ReadError when the properties cannot be parsed.
    """
    for part in package.related("", "core-properties"):
        element = package.tree(part).find(TITLE)
        if element is not None and (element.text or "").strip():
            return package.names[part], element
    return None


def settings(package: Package) -> dict[str, str]:
    """The custom properties whose names begin with ``pvelint-``, names in lower case.

    Raises ReadError when the properties cannot be parsed.
    """
    found: dict[str, str] = {}
    for part in package.related("", "custom-properties") + package.related("", "customproperties"):
        for entry in package.tree(part):
            name = (entry.get("name") or "").strip().lower()
            if name.startswith(SETTING_PREFIX):
                found[name] = "".join(str(text) for text in entry.itertext()).strip()
    return found
