"""Reading one configuration file: ``pvelint.yaml``, ``.pvelint.yaml`` or ``[tool.pvelint]`` in TOML.

Both formats become the same strict ``Node`` tree, so that every mistake has its file and line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pvelint.decode import MAX_BYTES, Node, load_yaml
from pvelint.errors import DataError, Where

#: Names in the order in which they are looked for in a folder.
YAML_NAMES = ("pvelint.yaml", ".pvelint.yaml")
TOML_NAME = "pyproject.toml"
#: Names that people write by mistake; found alone they are an error, never silence.
MISTAKEN_NAMES = ("pvelint.yml", ".pvelint.yml", "pvelint.toml", ".pvelint.toml")

KEYS = (
    "tier",
    "type",
    "donor",
    "select",
    "ignore",
    "levels",
    "fail-on",
    "exclude",
    "lexicons",
    "rules",
    "names",
    "per-file",
    "spelling",
    "preview",
    "baseline",
    "extend",
)
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[\w-]+)\s*(?:=|\.)")


@dataclass(frozen=True)
class ConfigFile:
    """One configuration file, keys checked, values not yet.

    path:  absolute.
    shown: the name that people are given.
    """

    path: Path
    shown: str
    keys: Mapping[str, Node]
    lines: Mapping[str, int]

    @property
    def folder(self) -> Path:
        return self.path.parent

    def origin(self, key: str) -> str:
        """``pvelint.yaml:3``: where a key stands."""
        return f"{self.shown}:{self.lines.get(key, 1)}"


def shown_path(path: Path) -> str:
    """A path for people: relative when it lies below the current folder."""
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(path)


def find_in(folder: Path) -> ConfigFile | None:
    """The configuration file of one folder, or None.

    Raises DataError for a broken file and for one whose name is nearly right.
    """
    for name in YAML_NAMES:
        if (folder / name).is_file():
            return read_config(folder / name)
    candidate = folder / TOML_NAME
    if candidate.is_file():
        found = _read_toml(candidate, required=False)
        if found is not None:
            return found
    for name in MISTAKEN_NAMES:
        if (folder / name).is_file():
            raise DataError(
                "config-name",
                "this name is not read.",
                where=Where(shown_path(folder / name), 1),
                cure="Call the file pvelint.yaml.",
            )
    return None


def read_config(path: Path) -> ConfigFile:
    """Read a configuration file by its name. Raises DataError."""
    path = Path(os.path.normpath(path.absolute()))
    shown = shown_path(path)
    if not path.is_file():
        raise DataError("no-config", "there is no such configuration file.", where=Where(shown, 1))
    if path.suffix == ".toml":
        found = _read_toml(path, required=True)
        assert found is not None
        return found
    node = load_yaml(path, shown=shown)
    if node.value is None:
        return ConfigFile(path, shown, {}, {})
    return _config(path, shown, node)


def _config(path: Path, shown: str, node: Node) -> ConfigFile:
    keys = node.mapping("the configuration", allowed=KEYS)
    return ConfigFile(path, shown, keys, {key: where.line for key, where in node.keys.items()})


def _read_toml(path: Path, *, required: bool) -> ConfigFile | None:
    """The table ``[tool.pvelint]`` of a TOML file; None when it has none and need not."""
    import tomllib

    shown = shown_path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        if not required:
            return None
        raise DataError("unreadable", f"the file can't be read ({error.strerror}).", where=Where(shown, 1)) from None
    if b"pvelint" not in data and not required:
        return None
    if len(data) > MAX_BYTES:
        raise DataError("too-large", f"the file is larger than {MAX_BYTES // 2**20} MiB.", where=Where(shown, 1))
    try:
        text = data.decode("utf-8-sig")
        content = tomllib.loads(text)
    except UnicodeDecodeError:
        raise DataError("not-utf-8", "the file is not UTF-8.", where=Where(shown, 1)) from None
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))
        line = int(match.group(1)) if match else 1
        excerpt = text.splitlines()[line - 1 : line]
        raise DataError(
            "bad-toml",
            f"not valid TOML: {str(error).split(' (at')[0]}.",
            where=Where(shown, line, 1, excerpt[0] if excerpt else ""),
        ) from None
    tools = content.get("tool")
    table = tools.get("pvelint") if isinstance(tools, dict) else None
    if table is None:
        if not required:
            return None
        raise DataError(
            "no-table",
            "the file has no table [tool.pvelint].",
            where=Where(shown, 1),
            cure="Begin the settings with a line [tool.pvelint].",
        )
    return _config(path, shown, _TomlPlaces(shown, text).node(table, ("tool", "pvelint"), 0))


class _TomlPlaces:
    """Finds the lines of keys, which ``tomllib`` does not tell."""

    def __init__(self, shown: str, text: str) -> None:
        self.shown = shown
        self.lines = text.splitlines()
        self.places: dict[tuple[str | int, ...], int] = {}
        tables: dict[str, int] = {}
        prefix: tuple[str | int, ...] = ()
        for number, line in enumerate(self.lines, 1):
            if header := _HEADER.match(line):
                name = tuple(part.strip().strip("\"'") for part in header.group(2).split("."))
                prefix = name
                if header.group(1) == "[[":
                    index = tables.get(header.group(2), -1) + 1
                    tables[header.group(2)] = index
                    prefix = (*name, index)
                    self.places.setdefault(name, number)
                self.places.setdefault(prefix, number)
            elif key := _KEY.match(line):
                self.places.setdefault((*prefix, key.group(1).strip("\"'")), number)

    def node(self, value: Any, place: tuple[str | int, ...], around: int) -> Node:
        """A TOML value as a node; ``around`` is the line of what holds it, from 1."""
        line = self.places.get(place, 0) or self._search(value, around) or max(around, 1)
        where = Where(self.shown, line, 1, self.lines[line - 1] if line <= len(self.lines) else "")
        if isinstance(value, dict):
            values = {key: self.node(child, (*place, key), line) for key, child in value.items()}
            keys = {key: self._key(key, (*place, key), line) for key in value}
            return Node(values, where, keys)
        if isinstance(value, list):
            items = [self.node(child, (*place, index), line) for index, child in enumerate(value)]
            return Node(items, where, {})
        return Node(value, where, {})

    def _key(self, key: str, place: tuple[str | int, ...], around: int) -> Where:
        line = self.places.get(place) or around
        return Where(self.shown, line, 1, self.lines[line - 1])

    def _search(self, value: object, around: int) -> int:
        """The line, at or below another, in which a string stands in quotes; 0 when there is none."""
        if isinstance(value, str) and around:
            for number in range(around, len(self.lines) + 1):
                if f'"{value}"' in self.lines[number - 1] or f"'{value}'" in self.lines[number - 1]:
                    return number
        return 0
