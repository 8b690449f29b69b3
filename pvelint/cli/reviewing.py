"""The work behind ``review``: check each draft as ``check`` does, then write its copy."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pvelint.cli.run import FAILED, Request, Runner
from pvelint.config import Settings
from pvelint.discover import FORMATS, display_path
from pvelint.document import Document
from pvelint.errors import DataError, PvelintError, ReadError, UsageError
from pvelint.findings import FileReport, Finding
from pvelint.pipeline import KnowledgeStore, Options
from pvelint.review import (
    Copies,
    Record,
    ReviewError,
    clashing,
    copy_names,
    critic_markup,
    digest,
    encoded,
    is_inside,
    is_word,
    without_settled,
)

_READERS = {"donor": "donors and the public", "field": "field teams and communities"}


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What the command line asked for. output: folder of the copies. suggest: ``safe``, ``offer``, ``none``."""

    check: Request
    output: str
    suggest: str
    force: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one draft.

    copy:    path of the copy.
    summary: counts: ``findings``, ``comments``, ``changes``.
    before:  the copy was up to date already.
    notes:   what a person should know, in whole sentences.
    """

    copy: str
    summary: Mapping[str, int]
    before: bool = False
    notes: tuple[str, ...] = ()


def review_and_report(request: ReviewRequest) -> int:
    """Write the copies, say what was done, and give the exit status: 0, or 2 when a copy could not be made.

    Raises PvelintError for what ends the whole run.
    """
    from pvelint.report.streams import remark

    reviewer = Reviewer(request)
    report = reviewer.run()
    lines = list(_lines(reviewer, quiet=request.check.quiet))
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
    failed = [file for file in report.files if file.error is not None]
    for file in failed:
        assert file.error is not None
        cure = f" {file.error.cure}" if file.error.cure else ""
        remark(f"error: {display_path(file.path)}: {file.error.message}{cure}")
    if not request.check.quiet:
        for path, reason in report.skipped:
            remark(f"passed over: {path}: {reason}")
    return FAILED if failed else 0


def _lines(reviewer: Reviewer, *, quiet: bool) -> Iterator[str]:
    if quiet:
        return
    total = {"comments": 0, "changes": 0, "findings": 0}
    for path, outcome in reviewer.outcomes.items():
        for key in total:
            total[key] += outcome.summary.get(key, 0)
        what = _counted(outcome.summary)
        again = " (as before)" if outcome.before else ""
        yield f"{display_path(path)} -> {display_path(outcome.copy)}: {what}{again}"
        for note in outcome.notes:
            yield f"    {note}"
    if len(reviewer.outcomes) > 1:
        yield f"{len(reviewer.outcomes)} drafts: {_counted(total)}"


def _counted(summary: Mapping[str, int]) -> str:
    if not summary.get("findings"):
        return "nothing to change"
    parts = []
    for key, noun in (("findings", "finding"), ("comments", "comment"), ("changes", "marked change")):
        number = summary.get(key, 0)
        parts.append(f"{number:,} {noun}{'' if number == 1 else 's'}")
    return ", ".join(parts)


class Reviewer(Runner):
    """A run that also writes a copy of each draft.

    outcomes: by path, of the drafts that have their copy.
    """

    def __init__(self, request: ReviewRequest) -> None:
        super().__init__(request.check)
        self.review = request
        self.copies = Copies(request.output, force=request.force)
        self.outcomes: dict[str, Outcome] = {}
        self._names: dict[str, str] = {}
        self._clashes: dict[str, str] = {}

    def _find(self) -> tuple[list[str], Mapping[str, bytes], list[PvelintError], list[tuple[str, str]]]:
        if "-" in self.request.paths:
            cure = "Name files or folders."
            raise UsageError("no-input", "standard input has no name for a copy.", cure=cure)
        files, stdin, errors, skipped = super()._find()
        kept: list[str] = []
        for path in files:
            if is_inside(path, self.review.output):
                skipped.append((display_path(path), "it lies in the folder of the copies"))
            elif FORMATS.get(Path(path).suffix.lower()) == "html":
                skipped.append((display_path(path), "web pages get no reviewed copy; use pvelint check"))
            else:
                kept.append(path)
        self._names = copy_names(kept, self.request.paths)
        self._clashes = clashing(self._names)
        return kept, stdin, errors, skipped

    def _check(
        self, path: str, settings: Settings, options: Options, store: KnowledgeStore, data: bytes | None
    ) -> FileReport:
        if path in self._clashes:
            message = f"Its copy would have the same name as that of {display_path(self._clashes[path])}."
            error = ReviewError("name-clash", message, cure="Review them one after the other, or by their folder.")
            return FileReport(path=display_path(path), error=error)
        try:
            source = Path(path).read_bytes()
        except OSError:
            return super()._check(path, settings, options, store, data)  # says what is wrong with it
        name = self._names[path]
        marks = self._settings_digest(settings)
        try:
            record = self.copies.done(name, digest(source), marks)
            if record is not None:
                self.outcomes[path] = Outcome(str(self.copies.target(name)), record.summary, before=True)
                return FileReport(path=display_path(path))
            clean = self._without_our_marks(path, source)
            report = super()._check(path, settings, options, store, clean)
            return report if report.error is not None else self._written(path, source, clean, marks, report)
        except DataError:
            raise
        except PvelintError as error:
            return FileReport(path=display_path(path), error=error)
        except Exception as error:
            if os.environ.get("PVELINT_TRACEBACK"):
                raise
            return FileReport(path=display_path(path), error=_fault(error))

    def _without_our_marks(self, path: str, source: bytes) -> bytes:
        if not is_word(path):
            return source
        from pvelint.word.annotate import without_marks

        return without_marks(source, path=display_path(path))

    def _written(self, path: str, source: bytes, clean: bytes, marks: str, report: FileReport) -> FileReport:
        """Make and write the copy of a draft that has been checked."""
        document = report.document
        assert document is not None
        if is_word(path):
            report, data, summary, notes = self._word(path, clean, report)
        else:
            data, notes = encoded(document, self._critic(document, report.findings), source)
            summary = {"findings": len(report.findings)}
        name = self._names[path]
        record = Record(digest(source), marks, digest(data), summary)
        self.copies.write(name, data, record, source=path)
        self.outcomes[path] = Outcome(str(self.copies.target(name)), summary, notes=notes)
        return report

    def _word(
        self, path: str, clean: bytes, report: FileReport
    ) -> tuple[FileReport, bytes, dict[str, int], tuple[str, ...]]:
        from pvelint.word.annotate import AnnotateOptions, Suggest, annotate, settled

        assert report.document is not None
        report = without_settled(report, settled(report.document))
        options = AnnotateOptions(
            suggest=Suggest(self.review.suggest),
            reader=_READERS.get(str(report.tier), ""),
            force=self.review.force,
        )
        told = [finding for finding in report.findings if finding.accepted is None]
        result = annotate(clean, path=display_path(path), findings=told, options=options)
        notes = [*result.notes]
        for finding, reason in result.not_anchored:
            notes.append(f"Without a comment: {display_path(finding.text)} ({finding.location.place}). {reason}")
        summary = {"findings": len(told), "comments": result.comments, "changes": result.changes}
        return report, result.data, summary, tuple(notes)

    def _critic(self, document: Document, findings: Sequence[Finding]) -> str:
        told = [finding for finding in findings if finding.accepted is None]
        return critic_markup(document, told, suggest=self.review.suggest)

    def _settings_digest(self, settings: Settings) -> str:
        """Whatever can change a copy besides the draft: version, options, settings, office lexicons."""
        from pvelint.cli import version

        asked = self.request
        told = [version(), self.review.suggest, repr(settings)]
        told.append(repr((asked.tier, asked.type, asked.donor, asked.select, asked.ignore)))
        for lexicon in settings.lexicons:
            try:
                told.append(digest(Path(lexicon).read_bytes()))
            except OSError:
                told.append("?")
        return digest("\x1f".join(told).encode("utf-8", "surrogatepass"))


def _fault(error: Exception) -> ReadError:
    from pvelint.cli.faults import told

    return ReadError(
        "internal",
        f"pvelint itself failed on this file ({told(error)}).",
        cure="This is a fault of the program; please report it.",
    )
