"""Acronyms: expanded at their first use for donors, avoided where field text should speak plainly.

Data: ``lexicons/acronyms.yml``. Only listed acronyms count, so that names of bodies, places and codes never
make noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pvelint.decode import load_yaml
from pvelint.errors import Where


@dataclass(frozen=True)
class Acronym:
    """An acronym with its expansions.

    plain:    what to say in field text, or None where the acronym is fine there.
    familiar: everybody knows it; it need not be expanded (UN, NGO).
    """

    acronym: str
    expansions: tuple[str, ...]
    plain: str | None
    familiar: bool
    where: Where


def load_acronyms(path: Path) -> tuple[Acronym, ...]:
    """Read the acronym file; an absent file means none. Raises DataError."""
    if not path.is_file():
        return ()
    found: list[Acronym] = []
    for node in load_yaml(path, shown=f"{path.parent.name}/{path.name}").items("the acronyms"):
        keys = node.mapping(
            "an acronym",
            allowed=("acronym", "expansions", "field", "familiar"),
            required=("acronym", "expansions"),
        )
        found.append(
            Acronym(
                keys["acronym"].string("acronym"),
                keys["expansions"].strings("expansions"),
                keys["field"].string("field") if "field" in keys else None,
                keys["familiar"].boolean("familiar") if "familiar" in keys else False,
                node.where,
            )
        )
    return tuple(found)
