"""Where the shipped data lies: in a wheel, an editable install and a checkout."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pvelint.errors import DataError

_PACKAGE = Path(__file__).resolve().parent
#: The JSON schemas that are shipped, by name.
SCHEMAS = (
    "report",
    "config",
    "lexicon",
    "rule",
    "names",
    "acronyms",
    "classes",
    "conditions",
    "donor",
    "baseline",
)


@lru_cache(maxsize=4)
def folder(name: str) -> Path:
    """The folder ``lexicons`` or ``rules``.

    Raises DataError (``data-missing``) when the installation is not whole.
    """
    for base in (_PACKAGE / "data", _PACKAGE.parent):
        candidate = base / name
        if candidate.is_dir():
            return candidate
    raise DataError("data-missing", f"the folder '{name}' of pvelint is missing.", cure="Install pvelint again.")


def schema(name: str) -> Path:
    """The checked-in JSON schema of that name, one of ``SCHEMAS``."""
    return _PACKAGE / "schemas" / f"{name}.schema.json"


def evaluation() -> Path | None:
    """The measured precision of the rules, where it was generated: beside the data or in the checkout's docs."""
    for candidate in (_PACKAGE / "data" / "evaluation.json", _PACKAGE.parent / "docs" / "evaluation.json"):
        if candidate.is_file():
            return candidate
    return None
