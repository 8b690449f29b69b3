"""Strict reading of YAML data files: every mistake has a file, a line and the nearest valid word.

``load_yaml`` returns a tree of ``Node``; the loaders of lexicons, rules and overlays ask it for what they
expect, and whatever else stands there is a DataError. Only plain YAML is understood (no tags, no anchors
that make objects), and files over ``MAX_BYTES`` or nested deeper than ``MAX_DEPTH`` are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from pvelint.errors import DataError, Where

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 20


def nearest(word: str, known: Iterable[str]) -> str:
    """`` Did you mean 'x'?`` for the nearest known word, or the list of all when there are few."""
    import difflib

    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    if close:
        return f"Did you mean '{close[0]}'?"
    return f"Known: {', '.join(words)}." if len(words) <= 16 else ""


@dataclass(frozen=True)
class Node:
    """A value of a data file with its place.

    value: str, int, float, bool or None for a scalar, list[Node], or dict[str, Node].
    """

    value: Any
    where: Where
    keys: dict[str, Where]

    def fail(self, message: str, *, code: str = "data", cure: str = "", key: str | None = None) -> NoReturn:
        """Raise a DataError at this value (or at one of its keys)."""
        raise DataError(code, message, where=self.keys.get(key, self.where) if key else self.where, cure=cure)

    def mapping(self, what: str, *, allowed: Iterable[str], required: Iterable[str] = ()) -> dict[str, Node]:
        """This value as a mapping with no other than the allowed keys."""
        if not isinstance(self.value, dict):
            self.fail(f"{what} must be a mapping (key: value).", code="wrong-type")
        allowed = tuple(allowed)
        for key in self.value:
            if key not in allowed:
                self.fail(f"unknown key '{key}' in {what}.", code="unknown-key", cure=nearest(key, allowed), key=key)
        for key in required:
            if key not in self.value:
                self.fail(f"{what} lacks the key '{key}'.", code="missing-key")
        found: dict[str, Node] = self.value
        return found

    def open_mapping(self, what: str) -> dict[str, Node]:
        """This value as a mapping with free keys."""
        if not isinstance(self.value, dict):
            self.fail(f"{what} must be a mapping (key: value).", code="wrong-type")
        found: dict[str, Node] = self.value
        return found

    def items(self, what: str) -> list[Node]:
        """This value as a list."""
        if not isinstance(self.value, list):
            self.fail(f"{what} must be a list.", code="wrong-type")
        return list(self.value)

    def string(self, what: str) -> str:
        """This value as a non-empty string."""
        if not isinstance(self.value, str) or not self.value.strip():
            hint = "Put it in quotes." if isinstance(self.value, int | float | bool) else ""
            self.fail(f"{what} must be text, not {_kind(self.value)}.", code="wrong-type", cure=hint)
        return " ".join(self.value.split())

    def strings(self, what: str) -> tuple[str, ...]:
        """This value as a list of strings."""
        return tuple(node.string(f"an item of {what}") for node in self.items(what))

    def boolean(self, what: str) -> bool:
        if not isinstance(self.value, bool):
            self.fail(f"{what} must be true or false.", code="wrong-type")
        return self.value

    def choice(self, what: str, known: Iterable[str]) -> str:
        """This value as one word of a closed list."""
        word = self.string(what)
        known = tuple(known)
        if word not in known:
            self.fail(f"unknown {what} '{word}'.", code="unknown-value", cure=nearest(word, known))
        return word


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return "empty text"
    return f"{value!r}"


def load_yaml(path: Path, *, shown: str | None = None) -> Node:
    """Read a YAML file into nodes.

    shown: the name that errors give the file. Raises DataError for anything that is not one plain document.
    """
    name = shown or str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError("unreadable", f"the file can't be read ({error.strerror}).", where=Where(name, 1)) from None
    return parse_yaml(data, name=name)


def parse_yaml(data: bytes, *, name: str) -> Node:
    """Parse the bytes of a YAML file into nodes; ``name`` is what errors call it."""
    import yaml

    if len(data) > MAX_BYTES:
        raise DataError("too-large", f"the file is larger than {MAX_BYTES // 2**20} MiB.", where=Where(name, 1))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise DataError(
            "not-utf-8", "the file is not UTF-8.", where=Where(name, line), cure="Save it as UTF-8."
        ) from None
    lines = text.splitlines()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark else 0) + 1
        problem = getattr(error, "problem", None) or "not valid YAML"
        raise DataError(
            "bad-yaml", f"not valid YAML: {problem}.", where=Where(name, line, 1, _excerpt(lines, line))
        ) from None
    except RecursionError:
        raise DataError("too-deep", "nested too deeply.", where=Where(name, 1)) from None
    if root is None:
        return Node(None, Where(name, 1), {})
    return _Builder(name, lines, loader).node(root, 0)


def _excerpt(lines: list[str], line: int) -> str:
    return lines[line - 1][:160] if 0 < line <= len(lines) else ""


class _Builder:
    """Turns composed YAML nodes into ``Node``; scalars are resolved by YAML's own safe constructor."""

    def __init__(self, name: str, lines: list[str], loader: Any) -> None:
        self.name = name
        self.lines = lines
        self.constructor = loader("")
        self.seen = 0

    def where(self, node: Any) -> Where:
        line = node.start_mark.line + 1
        return Where(self.name, line, node.start_mark.column + 1, _excerpt(self.lines, line))

    def node(self, node: Any, depth: int) -> Node:
        where = self.where(node)
        self.seen += 1
        if depth > MAX_DEPTH or self.seen > 500_000:
            raise DataError("too-deep", "nested too deeply or too large.", where=where)
        if node.id != "scalar" and node.tag not in _PLAIN_COLLECTIONS:
            raise DataError("yaml-tag", f"the YAML tag {node.tag} is not allowed.", where=where)
        if node.id == "sequence":
            return Node([self.node(child, depth + 1) for child in node.value], where, {})
        if node.id == "mapping":
            return self.mapping(node, where, depth)
        if node.tag not in _PLAIN_TAGS:
            raise DataError("yaml-tag", f"the YAML tag {node.tag} is not allowed.", where=where)
        if node.tag == "tag:yaml.org,2002:timestamp":
            return Node(node.value, where, {})
        if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in {"true", "false"}:
            return Node(node.value, where, {})  # "on", "no" and "yes" are words here, as in YAML 1.2
        return Node(self.constructor.construct_object(node), where, {})

    def mapping(self, node: Any, where: Where, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Where] = {}
        for key_node, value_node in node.value:
            place = self.where(key_node)
            key = key_node.value if key_node.id == "scalar" else ""
            if not key or key == "<<":
                raise DataError("bad-key", "a key must be plain text.", where=place)
            if key in values:
                raise DataError("duplicate-key", f"the key '{key}' stands twice.", where=place)
            values[key] = self.node(value_node, depth + 1)
            keys[key] = place
        return Node(values, where, keys)


_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null", "timestamp"))

_PLAIN_COLLECTIONS = frozenset({"tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"})


def iterate_files(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder, sorted by name, not those of its sub-folders."""
    yield from sorted(path for path in folder.iterdir() if path.suffix in {".yml", ".yaml"} and path.is_file())
