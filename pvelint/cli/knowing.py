"""Which data files a command names: shipped ones, which are loaded anyway, or an office's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


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
