"""The titles of the sources that concepts and rules name by id.

Data: ``lexicons/sources.yml``. A person who reads a report should not have to know what 001 is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from pvelint import shipped
from pvelint.decode import load_yaml


@lru_cache(maxsize=1)
def titles() -> Mapping[str, str]:
    """The shipped titles by id, from the compiled lexicons where these are there. Raises DataError."""
    from pvelint.knowledge import load_knowledge

    return load_knowledge().titles


def shipped_titles() -> Mapping[str, str]:
    """The shipped titles by id, from their file. Raises DataError."""
    return read_titles(shipped.folder("lexicons") / "sources.yml")


def read_titles(path: Path) -> Mapping[str, str]:
    """Titles by id from a file; an absent file means none. Raises DataError."""
    if not path.is_file():
        return {}
    nodes = load_yaml(path, shown=f"{path.parent.name}/{path.name}").open_mapping("the sources")
    return {key: node.string("a title") for key, node in nodes.items()}


def named(ids: Iterable[str], known: Mapping[str, str]) -> list[str]:
    """The titles of some sources, in order and without doubles; an id that has none stands for itself."""
    return list(dict.fromkeys(known.get(each, each) for each in ids))
