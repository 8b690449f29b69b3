"""Which data files a command names: shipped ones, which are loaded anyway, or an office's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pvelint.office import Office


def office_of(paths: Sequence[Path]) -> Office:
    """An office's files by what they hold: a list is a lexicon, a mapping with an id a rule, another one names.

    Raises DataError for a file that is no YAML.
    """
    from pvelint.decode import load_yaml
    from pvelint.office import Office

    kinds: dict[str, list[str]] = {"lexicons": [], "rules": [], "names": []}
    for path in paths:
        value = load_yaml(path).value
        kind = (
            "rules" if isinstance(value, dict) and {"id", "levels", "patterns", "relations"} & set(value) else "names"
        )
        kinds[kind if isinstance(value, dict) else "lexicons"].append(str(path.absolute()))
    return Office(tuple(kinds["lexicons"]), tuple(kinds["rules"]), tuple(kinds["names"]))


def data_files(paths: Sequence[str]) -> tuple[list[Path], list[Path]]:
    """The shipped and the other YAML files that paths (files or folders) stand for.

    Raises UsageError for a path that holds no data file.
    """
    from pvelint import shipped
    from pvelint.decode import iterate_files
    from pvelint.errors import UsageError

    homes = [shipped.folder(name).resolve() for name in ("lexicons", "rules")]
    ours: list[Path] = []
    others: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            found = [
                file
                for folder in (path, *sorted(sub for sub in path.rglob("*") if sub.is_dir()))
                for file in iterate_files(folder)
            ]
        else:
            found = [path] if path.is_file() else []
        if not found:
            raise UsageError("no-data", "there is no lexicon or rule file here.", path=name, cure="Check the name.")
        for file in found:
            inside = any(home in file.resolve().parents for home in homes)
            (ours if inside else others).append(file)
    return ours, others
