"""``--changed-since REV``: only what was written since then, by line, and by paragraph in Word files.

Git says which drafts differ from the point where the branch left REV, and gives their old versions; what is new is
found here, by comparing lines (or paragraphs) as they read, so that a moved line and a changed line end are no change.
A finding counts when a line of its sentence is new.
"""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pvelint.document import Document, Span
from pvelint.errors import ReadError, UsageError
from pvelint.findings import FileReport, Finding

#: Nothing that a repository brings along is run by Git when it is asked.
_SAFE = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotePath=false")


@dataclass(frozen=True)
class Since:
    """The repository of a folder as it was where the branch left a revision.

    revision: as the person named it. folder: where Git is asked.
    Raises UsageError when first asked: ``no-git``, ``no-repository``, ``unknown-revision``.
    """

    revision: str
    folder: Path

    def touched(self, path: str) -> bool:
        """Whether a draft differs from what it was, or was not there."""
        name = self._name(path)
        return name is None or name not in self._tracked or name in self._differing

    def old(self, path: str) -> bytes | None:
        """What a draft was; None when it was not there."""
        name = self._name(path)
        before = self._differing.get(name) if name is not None else None
        if before is None:
            return None
        shown = self._git("cat-file", "blob", f"{self._base}:{before}", at=self._root)
        return shown.stdout if shown.returncode == 0 else None

    def _name(self, path: str) -> str | None:
        """A draft's path in the repository; None outside it."""
        if path == "-":
            return None
        absolute = self.folder / path
        real = Path(os.path.realpath(absolute.parent)) / absolute.name
        try:
            return unicodedata.normalize("NFC", real.relative_to(os.path.realpath(self._root)).as_posix())
        except ValueError:
            return None

    @cached_property
    def _program(self) -> str:
        found = find_git()
        if found is None:
            raise UsageError("no-git", "--changed-since needs Git, which is not installed.", cure="Install Git.")
        return found

    @cached_property
    def _root(self) -> Path:
        asked = self._git("rev-parse", "--show-toplevel", at=self.folder)
        if asked.returncode:
            raise UsageError(
                "no-repository", "--changed-since works in a Git repository only.", cure="Run it in the repository."
            )
        return Path(os.fsdecode(asked.stdout.rstrip(b"\r\n")))

    @cached_property
    def _base(self) -> str:
        """The commit where the branch left the revision; the revision itself when they share no past."""
        asked = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", self.revision + "^{commit}")
        if asked.returncode or self.revision.startswith("-"):
            raise UsageError(
                "unknown-revision",
                f"Git knows no revision '{self.revision}'.",
                cure="Check the name; a shallow clone lacks older ones (fetch-depth: 0 in GitHub Actions).",
            )
        commit = asked.stdout.decode("ascii", "replace").strip()
        left = self._git("merge-base", commit, "HEAD")
        return left.stdout.decode("ascii", "replace").strip() or commit

    @cached_property
    def _tracked(self) -> frozenset[str]:
        return frozenset(_names(self._git("ls-files", "-z").stdout))

    @cached_property
    def _differing(self) -> dict[str, str | None]:
        """Drafts that differ: the name now to the name then, None for a new one."""
        asked = self._git("diff", "--name-status", "-z", "-M", "--no-ext-diff", "--no-textconv", self._base, "--")
        fields = iter(asked.stdout.split(b"\0"))
        found: dict[str, str | None] = {}
        for status in fields:
            kind = status[:1].decode("ascii", "replace")
            if kind in {"R", "C"}:
                before, now = next(fields, b""), next(fields, b"")
                found[_name(now)] = os.fsdecode(before)
            elif kind:
                now = next(fields, b"")
                found[_name(now)] = None if kind == "A" else os.fsdecode(now)
        return found

    def _git(self, *arguments: str, at: Path | None = None) -> subprocess.CompletedProcess[bytes]:
        where = at if at is not None else self._root
        command = [self._program, *_SAFE, *arguments]
        environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        return subprocess.run(command, cwd=where, capture_output=True, check=False, env=environment)


def find_git() -> str | None:
    """The program, from the folders of PATH only: Windows would also take one that lies in the repository."""
    names = ("git.exe", "git.cmd") if sys.platform == "win32" else ("git",)
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        if not folder or not Path(folder).is_absolute():
            continue
        for name in names:
            candidate = Path(folder) / name
            if candidate.is_file() and os.access(candidate, os.X_OK):
                return str(candidate)
    return None


def _name(raw: bytes) -> str:
    return unicodedata.normalize("NFC", os.fsdecode(raw))


def _names(raw: bytes) -> list[str]:
    return [_name(part) for part in raw.split(b"\0") if part]


def narrowed(file: FileReport, old: bytes | None) -> FileReport:
    """A report with only the findings in what is new; ``unchanged`` counts the others.

    old: the draft as it was; None for a new one. A draft whose old version can't be read counts as new.
    """
    document = file.document
    if document is None or file.error is not None or old is None:
        return replace(file, unchanged=0)
    from pvelint.readers import read

    try:
        before = read(document.path, data=old, name=document.path)
    except ReadError:
        return replace(file, unchanged=0)
    new = _new_blocks(document, before) if document.format == "word" else _new_lines(document, before)
    kept = tuple(one for one in file.findings if _stands_in(document, one, new))
    return replace(file, findings=kept, unchanged=len(file.findings) - len(kept))


def _new_lines(document: Document, before: Document) -> frozenset[int]:
    """The numbers of lines, from 1, that were not there before."""
    return _new(_lines(document.text), _lines(before.text))


def _new_blocks(document: Document, before: Document) -> frozenset[int]:
    """The numbers of paragraphs, from 1 in the order of blocks, that were not there before."""
    return _new([block.text for block in document.blocks], [block.text for block in before.blocks])


def _lines(text: str) -> list[str]:
    """The lines as ``Document.line_and_column`` counts them: CR, LF and CRLF end one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _new(now: Sequence[str], then: Sequence[str]) -> frozenset[int]:
    left = Counter(" ".join(unit.split()) for unit in then)
    found = set()
    for number, unit in enumerate(now, 1):
        key = " ".join(unit.split())
        if left[key] > 0:
            left[key] -= 1
        else:
            found.add(number)
    return frozenset(found)


def _stands_in(document: Document, finding: Finding, new: frozenset[int]) -> bool:
    if document.format == "word":
        return finding.block + 1 in new
    place = Span(finding.location.offset, finding.location.end_offset)
    if 0 <= finding.block < len(document.blocks) and finding.sentence_span.start < finding.sentence_span.end:
        place = document.blocks[finding.block].offsets.source(finding.sentence_span)
    first, last = document.line_and_column(place.start)[0], document.line_and_column(max(place.end - 1, place.start))[0]
    return any(number in new for number in range(first, last + 1))
