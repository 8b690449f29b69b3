"""Reviewed copies: where each goes, what it gets, how it is written, and what is done already.

Originals are only ever read. A copy is written beside its place and renamed, so that it is whole or not there;
a journal in the folder of the copies says which are up to date, and which a person has worked in since.
"""

from __future__ import annotations

import errno
import hashlib
import json
import ntpath
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pvelint.discover import FORMATS
from pvelint.document import Document
from pvelint.errors import PvelintError, UsageError
from pvelint.openfiles import is_open

JOURNAL: Final = ".pvelint-review.jsonl"
_LONG_PATH: Final = 200  # characters; Windows refuses 260 without a prefix, and the temporary name is longer
_READ_BLOCK: Final = 1 << 20
_LONGEST_MARK: Final = 4  # bytes of a byte order mark
_REASONS: Final = {
    errno.ENOSPC: ("The disk is full.", "Make room and run again; what is done stays done."),
    errno.ENAMETOOLONG: ("The name of the copy is too long.", "Choose a shorter folder after -o."),
    errno.EROFS: ("The folder of the copies is read-only.", "Choose another folder after -o."),
    errno.ENOTDIR: ("A file stands where a folder for the copies is needed.", "Choose another folder after -o."),
}
if hasattr(errno, "EDQUOT"):  # not on every system
    _REASONS[errno.EDQUOT] = ("There is no room left for your files.", _REASONS[errno.ENOSPC][1])
_DENIED: Final = (
    "The copy cannot be written: access is denied.",
    "Close it if it is open, or choose another folder after -o.",
)


class ReviewError(PvelintError):
    """One copy could not be made; the others are."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the journal knows of a copy: digests of the draft, of the settings and of the copy; never its words.

    summary: counts: ``findings``, ``comments``, ``changes``. notes: what a person was told of the draft.
    """

    source: str
    settings: str
    copy: str
    summary: Mapping[str, int]
    notes: tuple[str, ...] = ()


def is_word(path: str) -> bool:
    """Whether a draft is of a kind that gets comments."""
    return FORMATS.get(os.path.splitext(path)[1].lower()) == "word"  # noqa: PTH122


def copy_names(files: Sequence[str], arguments: Sequence[str]) -> dict[str, str]:
    """For each draft the place of its copy below the output folder; the folder tree is kept.

    files:     the drafts, as they were found. arguments: what the command line named.

    A draft found in a folder keeps its path below it; with several folders, below the folder's own name.
    """
    folders = [argument for argument in dict.fromkeys(arguments) if Path(argument).is_dir()]
    names: dict[str, str] = {}
    for path in files:
        roots = [folder for folder in folders if _below(path, folder) is not None]
        if not roots:
            names[path] = Path(path).name
            continue
        root = min(roots, key=lambda folder: len(os.path.abspath(folder)))  # noqa: PTH100
        below = _below(path, root) or Path(path).name
        own = Path(os.path.abspath(root)).name  # noqa: PTH100
        names[path] = os.path.join(own, below) if len(folders) > 1 and own else below  # noqa: PTH118
    return names


def _below(path: str, folder: str) -> str | None:
    relative = os.path.relpath(os.path.abspath(path), os.path.abspath(folder))  # noqa: PTH100
    return None if relative.startswith("..") or os.path.isabs(relative) else relative  # noqa: PTH117


def clashing(names: Mapping[str, str]) -> dict[str, str]:
    """The drafts whose copy would have the place of an earlier draft's copy, and that draft."""
    seen: dict[str, str] = {}
    found: dict[str, str] = {}
    for path, name in names.items():
        first = seen.setdefault(os.path.normpath(name).casefold(), path)
        if first != path:
            found[path] = first
    return found


def is_inside(path: str, folder: str) -> bool:
    """Whether a path lies in a folder, links followed."""
    real, outer = os.path.realpath(path), os.path.realpath(folder)
    return real == outer or real.startswith(outer.rstrip(os.sep) + os.sep)


def long_path(path: str) -> str:
    """A path as Windows takes it when it is long: absolute, with the prefix that lifts the limit."""
    absolute = ntpath.abspath(path) if os.name == "nt" else path
    if len(absolute) <= _LONG_PATH or absolute.startswith("\\\\?\\"):
        return path
    if absolute.startswith("\\\\"):
        return "\\\\?\\UNC\\" + absolute[2:].replace("/", "\\")
    return "\\\\?\\" + absolute.replace("/", "\\")


class Copies:
    """The folder of the copies and its journal.

    Raises UsageError ``cannot-write`` when the folder cannot be made.
    """

    def __init__(self, folder: str, *, force: bool) -> None:
        self.folder = folder
        self._force = force
        try:
            Path(folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or "the folder cannot be made"
            cure = "Name a folder after -o that you may write to."
            raise UsageError("cannot-write", f"No copies can be put here ({reason}).", cure=cure, path=folder) from None
        self._journal = Path(folder) / JOURNAL
        self._line_end = ""  # what has to come before the next line, after an interruption
        self._records = self._read_journal()

    def target(self, name: str) -> Path:
        """The path of a copy."""
        path = os.path.join(self.folder, name)  # noqa: PTH118
        return Path(long_path(path) if os.name == "nt" else path)

    def done(self, name: str, source: str, settings: str) -> Record | None:
        """The record of a copy that is up to date and as it was written; None when there is work to do.

        Raises ReviewError ``copy-changed`` or ``not-ours`` when a file stands there that may be somebody's
        work, unless forced, and ``copy-open`` when somebody has it open.
        """
        target = self.target(name)
        if not target.exists():
            return None
        records = self._records.get(_key(name), [])
        now = digest_of(target)
        record = next((known for known in reversed(records) if known.copy == now), None)
        if record is not None and not self._force and (record.source, record.settings) == (source, settings):
            return record
        if is_open(target):
            message = "The copy is open in Word or LibreOffice, so it is left as it is."
            raise ReviewError("copy-open", message, cure="Close it and run again.")
        if record is not None or self._force:
            return None
        if not records:
            message = "There is a file of this name among the copies that was not written by a review."
            raise ReviewError("not-ours", message, cure="Move it, or use --force to replace it.")
        message = "The copy has been changed since it was written, so it is left as it is."
        raise ReviewError("copy-changed", message, cure="Move it, or use --force to replace it.")

    def write(self, name: str, data: bytes, record: Record, *, source: str | None = None) -> None:
        """Note a copy in the journal, write it beside its place and rename it.

        In this order an interruption leaves nothing that the next run does not know as ours.

        source: path of the draft, which is never written to.
        Raises ReviewError ``cannot-write`` or ``is-original``.
        """
        target = self.target(name)
        try:
            if source is not None and target.exists() and target.samefile(source):
                message = "The copy would replace the draft itself."
                raise ReviewError("is-original", message, cure="Choose another folder after -o.")
            target.parent.mkdir(parents=True, exist_ok=True)
            with self._journal.open("a", encoding="utf-8") as journal:
                journal.write(self._line_end + json.dumps({"name": _key(name), **_as_object(record)}) + "\n")
            self._line_end = ""
            write_whole(target, data)
        except OSError as error:
            raise _cannot_write(error) from None
        self._records.setdefault(_key(name), []).append(record)

    def write_summary(self, name: str, data: bytes) -> Path:
        """Write a summary beside the copies, and give its path.

        One that somebody has changed, or that is not ours, is left; the new one then has a number in its name.
        Raises ReviewError ``cannot-write``.
        """
        stem, ending = os.path.splitext(name)  # noqa: PTH122
        number = 1
        while not self._is_ours(name):
            number += 1
            name = f"{stem}-{number}{ending}"
        record = Record("", "", digest(data), {})
        try:
            self.write(name, data, record)
        except ReviewError as error:
            error.message = error.message.replace("The copy", "The summary")
            raise
        return self.target(name)

    def _is_ours(self, name: str) -> bool:
        target = self.target(name)
        if not target.exists():
            return True
        now = digest_of(target)
        return any(record.copy == now for record in self._records.get(_key(name), []))

    def _read_journal(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = {}
        try:
            text = self._journal.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return found
        self._line_end = "\n" if text and not text.endswith("\n") else ""
        for line in text.splitlines():
            try:
                entry = json.loads(line)
                notes = tuple(str(note) for note in entry.get("notes", ()))
                record = Record(entry["source"], entry["settings"], entry["copy"], dict(entry["summary"]), notes)
                found.setdefault(entry["name"], []).append(record)
            except (ValueError, KeyError, TypeError):
                continue  # a line cut off by an interruption
        return found


def _as_object(record: Record) -> dict[str, object]:
    return {
        "source": record.source,
        "settings": record.settings,
        "copy": record.copy,
        "summary": dict(record.summary),
        "notes": list(record.notes),
    }


def _key(name: str) -> str:
    return os.path.normpath(name).replace(os.sep, "/")


def _cannot_write(error: OSError) -> ReviewError:
    if isinstance(error, PermissionError):
        message, cure = _DENIED
    else:
        default = (f"The copy cannot be written ({error.strerror or 'no reason given'}).", "Choose another folder.")
        message, cure = _REASONS.get(error.errno or 0, default)
    return ReviewError("cannot-write", message, cure=cure)


def write_whole(target: Path, data: bytes) -> None:
    """Write a file under another name in its folder and rename it; nothing half stays behind."""
    descriptor, name = tempfile.mkstemp(prefix=".pvelint-", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as temporary:
            temporary.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def digest(data: bytes) -> str:
    """SHA-256 of some bytes as hex digits."""
    return hashlib.sha256(data).hexdigest()


def digest_of(path: Path) -> str:
    """SHA-256 of a file; empty when it cannot be read."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_READ_BLOCK):
                found.update(block)
    except OSError:
        return ""
    return found.hexdigest()


def encoded(document: Document, text: str, source: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The text in the encoding and with the byte order mark of its source; a note when it has to be UTF-8."""
    encoding = document.encoding or "utf-8"
    try:
        original = document.text.encode(encoding)
        if source.endswith(original) and len(source) - len(original) <= _LONGEST_MARK:
            return source[: len(source) - len(original)] + text.encode(encoding), ()
    except (UnicodeError, LookupError):
        pass
    note = "The copy is written in UTF-8." if encoding.replace("_", "-").lower() != "utf-8" else ""
    return text.encode("utf-8", "surrogateescape"), ((note,) if note else ())
