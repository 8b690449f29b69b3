"""Results of earlier runs, so that a draft that has not changed is only read and hashed.

An entry is found by a hash over the draft's bytes, its kind, the settings, the lexicons and rules, the language model
and our version. It never holds words of the draft: where a report repeats some (the words found, the sentence, a
message about them), the entry has their numbers in the draft's own list of words, which is made again from the draft
itself. A report that cannot be written down in this way is not kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pvelint import cachefile
from pvelint.document import Document, NotChecked
from pvelint.findings import FileReport, Tier

if TYPE_CHECKING:
    from pvelint.config import Settings

FOLDER = "results-1"
#: The oldest entries go when there are more (bytes).
LARGEST = 48 * 2**20
_PIECE = re.compile(r"\w+|\W+")
#: How a word of a report can differ from that of the draft; the number is what an entry has.
_CASES: tuple[Callable[[str], str], ...] = (
    str.lower,
    str.upper,
    str.capitalize,
    lambda word: word[:1].upper() + word[1:],
    lambda word: word[:1].lower() + word[1:],
)
_PARTS = ("findings", "set_aside", "suppressed")


class CannotKeepError(ValueError):
    """A report that would carry words of the draft into the cache."""


class Results:
    """The entries in a cache folder.

    basis: what all results of a run depend on beside draft and settings: knowledge, model, version.
    """

    def __init__(self, folder: Path, basis: str) -> None:
        self._folder = folder / FOLDER
        self._basis = basis

    def key(self, path: str, data: bytes, settings: Settings, stated: tuple[str | None, ...] = ()) -> str:
        """The name of the entry for a draft with these bytes and settings (the command line's are in them).

        stated: what the command line says of tier, type and donor, which only then beats what the draft says.
        """
        found = hashlib.blake2b(digest_size=20)
        told = (
            self._basis, Path(path).suffix.lower(), settings.tier.value, settings.type, settings.donor,
            settings.select, settings.ignore, sorted((name, level.value) for name, level in settings.levels.items()),
            settings.spelling, settings.preview, stated,
        )  # fmt: skip
        found.update(json.dumps(told).encode() + b"\n")
        found.update(data)
        return found.hexdigest()

    def get(self, key: str, path: str, data: bytes) -> FileReport | None:
        """The report of an earlier run on the same draft; None where there is none that can be trusted.

        path: as the report shows it; data: the draft, from which the words come.
        """
        stored = cachefile.read_private(self._path(key))
        if stored is None:
            return None
        try:
            entry = json.loads(stored)
            if entry["key"] != key:
                return None
            return _clean(entry, path) if "findings" not in entry else _whole(entry, path, data)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
            return None

    def put(self, key: str, report: FileReport, settings: Settings) -> None:
        """Keep a report, where that is possible without words of the draft."""
        if report.error is not None or report.document is None:
            return
        if report.donor != settings.donor:  # the draft names a donor, whose overlay is not in the basis
            return
        try:
            entry = _entry(report, report.document)
        except CannotKeepError:
            return
        entry["key"] = key
        cachefile.write_private(self._path(key), json.dumps(entry, separators=(",", ":")).encode())

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}.json"


def _entry(report: FileReport, document: Document) -> dict[str, Any]:
    if any("front matter" in note.part for note in report.not_checked):
        raise CannotKeepError("the reason may repeat the front matter")
    entry: dict[str, Any] = {
        "format": document.format,
        "tier": report.tier.value if report.tier else None,
        "type": report.type,
        "donor": report.donor,
        "words": report.words,
        "not_checked": [(note.part, note.reason) for note in report.not_checked],
    }
    if any(getattr(report, part) for part in _PARTS):
        import msgspec

        words = _Words(document)
        for part in _PARTS:
            found = getattr(report, part)
            if any(finding.accepted is not None for finding in found):
                raise CannotKeepError("the reason of an exception is a person's own text")
            entry[part] = words.written_down(msgspec.to_builtins(found))
    return entry


def _clean(entry: dict[str, Any], path: str) -> FileReport:
    notes = tuple(NotChecked(str(part), str(reason)) for part, reason in entry["not_checked"])
    return FileReport(
        path=path,
        tier=Tier(entry["tier"]) if entry["tier"] else None,
        type=entry["type"],
        donor=entry["donor"],
        not_checked=notes,
        words=int(entry["words"]),
        document=Document(path=path, format=str(entry["format"]), text="", blocks=(), not_checked=notes),
    )


def _whole(entry: dict[str, Any], path: str, data: bytes) -> FileReport:
    import msgspec

    from pvelint.findings import Finding
    from pvelint.readers import read

    document = read(path, data=data)
    words = _Words(document)
    found = {part: msgspec.convert(words.read(entry[part]), tuple[Finding, ...]) for part in _PARTS}
    return replace(_clean(entry, path), document=document, **found)  # type: ignore[arg-type]


class _Words:
    """The words of a document, numbered by their first places; strings are written down as numbers where they can be.

    A string becomes a list of pieces: a literal, the number of a word, or a number and a case (``_CASES``).
    """

    def __init__(self, document: Document) -> None:
        self._numbers: dict[str, int] = {}
        self._folded: dict[str, list[str]] = {}
        for text in _texts(document):
            for word in re.findall(r"\w+", text):
                if word not in self._numbers:
                    self._numbers[word] = len(self._numbers)
                    self._folded.setdefault(word.casefold(), []).append(word)
        self._words = list(self._numbers)

    def written_down(self, value: Any) -> Any:
        """A tree of plain data with every string as pieces. Raises CannotKeepError."""
        if isinstance(value, str):
            return {"s": [self._piece(piece) for piece in _PIECE.findall(value)]}
        if isinstance(value, dict):
            return {"d": [(key, self.written_down(inner)) for key, inner in value.items()]}
        if isinstance(value, list | tuple):
            return [self.written_down(inner) for inner in value]
        return value

    def _piece(self, piece: str) -> Any:
        number = self._numbers.get(piece)
        if number is not None:
            return number
        alike = self._folded.get(piece.casefold())
        if alike is None:
            return piece
        for word in alike:
            for case, change in enumerate(_CASES):
                if change(word) == piece:
                    return [self._numbers[word], case]
        raise CannotKeepError("a word of the draft in another spelling")

    def read(self, value: Any) -> Any:
        """What was written down. Raises ValueError, KeyError, IndexError or TypeError for anything else."""
        if isinstance(value, dict):
            if "s" in value:
                return "".join(self._said(piece) for piece in value["s"])
            return {key: self.read(inner) for key, inner in value["d"]}
        if isinstance(value, list):
            return [self.read(inner) for inner in value]
        return value

    def _said(self, piece: Any) -> str:
        if isinstance(piece, str):
            return piece
        if isinstance(piece, int):
            return self._words[piece]
        number, case = piece
        changed: str = _CASES[case](self._words[number])
        return changed


def _texts(document: Document) -> Iterator[str]:
    yield document.text
    for block in document.blocks:
        yield block.text
        yield block.heading or ""
    for _, inner in document.comments:
        yield inner
    yield from document.properties.values()


# ------------------------------------------------------------------ the folder


def limit(folder: Path) -> None:
    """Keep the entries of all runs in a cache folder within ``LARGEST``."""
    shrink(folder / FOLDER, LARGEST)


def shrink(folder: Path, largest: int) -> None:
    """Remove the oldest entries until those left are within a limit in bytes."""
    found: list[tuple[float, int, Path]] = []
    with suppress(OSError):
        for path in folder.glob("*/*"):
            with suppress(OSError):
                state = path.stat()
                found.append((state.st_mtime, state.st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= largest:
            return
        with suppress(OSError):
            path.unlink()
        total -= size


def clear(folder: Path) -> int:
    """Remove what is ours in a cache folder; the number of files removed. Nothing else is touched."""
    removed = 0
    for pattern in (f"{FOLDER}/*/*", "knowledge-*.bin", ".knowledge-*.tmp"):
        for path in folder.glob(pattern):
            with suppress(OSError):
                path.unlink()
                removed += 1
    for path in sorted(folder.glob(f"{FOLDER}/*"), reverse=True):
        with suppress(OSError):
            path.rmdir()
    with suppress(OSError):
        (folder / FOLDER).rmdir()
    return removed
