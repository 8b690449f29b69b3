"""The work behind ``review``: check each draft as ``check`` does, make its copy, write both and a summary."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from pvelint import batch
from pvelint.cli.progress import Progress
from pvelint.cli.request import Request
from pvelint.cli.run import FAILED, Runner
from pvelint.config import Settings
from pvelint.discover import FORMATS, display_path
from pvelint.document import Document
from pvelint.errors import DataError, PvelintError, ReadError, UsageError
from pvelint.findings import Family, FileReport, Finding
from pvelint.office import NO_OFFICE
from pvelint.openfiles import is_open
from pvelint.report.told import Draft, Summary, draft_of
from pvelint.review import (
    Copies,
    Record,
    ReviewError,
    clashing,
    copy_names,
    digest,
    encoded,
    is_inside,
    is_word,
)
from pvelint.sources import titles

PAGE, BOOK = "summary.html", "summary.xlsx"
#: How many bytes of drafts are given to the processes before the copies of all have to be written.
STRETCH_BYTES = 100 * 2**20
_READERS = {"donor": "donors and the public", "field": "field teams and communities"}
_OPEN = "Somebody has the draft open; what is not saved yet is not in the copy."


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What the command line asked for.

    output:  folder of the copies; None when only differences are shown.
    suggest: ``safe``, ``offer``, ``none``.
    diff:    show what the replacements would change.
    """

    check: Request
    output: str | None
    suggest: str
    force: bool = False
    diff: bool = False


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What became of one draft. It can be handed from one process to another.

    draft:  what the summary tells of it.
    data:   the copy to be written, with its record; None when it is there already or none is wanted.
    before: the copy was up to date.
    diff:   the lines of a unified diff.
    error:  why there is no copy.
    """

    path: str
    draft: Draft
    data: bytes | None = None
    record: Record | None = None
    before: bool = False
    diff: tuple[str, ...] = ()
    error: PvelintError | None = None


def review_and_report(request: ReviewRequest) -> int:
    """Write the copies and the summaries, say what was done, and give the exit status.

    0, or 2 when a draft could not be read or a copy or summary not be made. Raises PvelintError for what ends the
    whole run.
    """
    return Reviewer(request).review()


class Bench(Runner):
    """Where one draft after the other is worked on; nothing is written here.

    A process that does a part of the drafts makes its own from the same arguments, which can be handed over, as can
    what `review_path` gives back.

    names:   the place of each draft's copy below the output folder.
    clashes: drafts whose copy has the place of another one's, with that one.
    """

    def __init__(self, request: ReviewRequest, names: Mapping[str, str], clashes: Mapping[str, str]) -> None:
        super().__init__(request.check)
        self.asked = request
        self.copies = Copies(request.output, force=request.force) if request.output is not None else None
        self.names = names
        self.clashes = clashes
        self._options_now = self._options()
        self._store_now = self._store()

    def refuse_mistakes(self, files: Sequence[str]) -> None:
        """Tell a mistake of the command line or a configuration once, before anything is begun.

        Raises DataError and UsageError.
        """
        if not files:
            self._store_now.get(self.request.donor, NO_OFFICE)
        for path in files:
            self._settle(self.config.for_file(path), self._store_now)

    def rules_not_run(self) -> tuple[tuple[str, str], ...]:
        """The rules that could not be run, each with the reason."""
        return self._rules_not_run()

    def review_path(self, path: str) -> Reviewed:
        """Check a draft and make its copy; write nothing. Raises DataError and UsageError for the whole run."""
        try:
            return self._reviewed(path)
        except (DataError, UsageError):
            raise
        except PvelintError as error:
            return _failed(path, error)
        except Exception as error:
            if os.environ.get("PVELINT_TRACEBACK"):
                raise
            return _failed(path, _fault(error))

    def _reviewed(self, path: str) -> Reviewed:
        if path in self.clashes:
            message = f"Its copy would have the same name as that of {display_path(self.clashes[path])}."
            raise ReviewError("name-clash", message, cure="Review them one after the other, or by their folder.")
        settings = self.config.for_file(path)
        try:
            source = Path(path).read_bytes()
        except OSError:
            source = None
        if source is None:  # the reader says what is wrong with it
            report = self._check(path, settings, self._options_now, self._store_now, None)
            return _failed(path, report.error or ReadError("unreadable", "It cannot be read."))
        marks = self._settings_digest(settings)
        known = self.copies.done(self.names[path], digest(source), marks) if self.copies is not None else None
        clean = _without_our_marks(path, source)
        report = self._check(path, settings, self._options_now, self._store_now, clean)
        if report.error is not None:
            return _failed(path, report.error)
        lines = self._diff(report) if self.asked.diff else ()
        draft = draft_of(report, sources=titles())
        if self.copies is None:
            return Reviewed(path, draft, diff=lines)
        if known is not None:
            draft = self._with_copy(path, replace(draft, notes=known.notes), known.summary)
            return Reviewed(path, draft, before=True, diff=lines)
        draft, data, counts = self._copy(path, source, clean, report, draft)
        record = Record(digest(source), marks, digest(data), counts, draft.notes)
        return Reviewed(path, self._with_copy(path, draft, counts), data=data, record=record, diff=lines)

    def _copy(
        self, path: str, source: bytes, clean: bytes, report: FileReport, draft: Draft
    ) -> tuple[Draft, bytes, dict[str, int]]:
        assert report.document is not None
        told = _to_tell(report)
        notes = [_OPEN] if is_open(path) else []
        if is_word(path):
            draft, data, counts, more = self._word(path, clean, report, told, draft)
        else:
            data, more = encoded(report.document, self._critic(report, report.document, told), source)
            counts = {"findings": len(told)}
        return replace(draft, notes=(*notes, *more)), data, counts

    def _word(
        self, path: str, clean: bytes, report: FileReport, told: Sequence[Finding], draft: Draft
    ) -> tuple[Draft, bytes, dict[str, int], tuple[str, ...]]:
        from pvelint.suppress import is_about
        from pvelint.word.annotate import AnnotateOptions, How, Suggest, annotate, standing

        document = report.document
        assert document is not None
        kept = standing(document)
        fresh = [f for f in told if not any(is_about(comment, f, document.blocks[f.block]) for comment in kept)]
        options = AnnotateOptions(
            suggest=Suggest(self.asked.suggest),
            reader=_READERS.get(str(report.tier), ""),
            sources=titles(),
            force=self.asked.force,
        )
        result = annotate(clean, path=display_path(path), findings=fresh, options=options)
        where: dict[int, str] = {}
        for placed in result.placed:
            parts = [f"Marked as a change to “{placed.suggested}”"] if placed.suggested is not None else []
            if placed.how is How.STAND_IN:
                parts.append("Its comment stands elsewhere, where Word takes one")
            if placed.refused:
                parts.append(f"Not marked as a change because of {placed.refused}")
            where[id(placed.finding)] = ". ".join(parts)
        lost = {id(finding): reason for finding, reason in result.not_anchored}
        where.update({key: f"Without a comment: {reason.rstrip('.')}" for key, reason in lost.items()})
        told_before = {id(finding) for finding in told} - {id(finding) for finding in fresh}
        where.update(dict.fromkeys(told_before, "It has the comment of an earlier review that a person worked on"))
        rows = tuple(
            replace(row, copy=where.get(id(finding), ""))
            for row, finding in zip(draft.rows, report.findings, strict=True)
        )
        notes = list(result.notes)
        if lost:
            reasons = " ".join(dict.fromkeys(lost.values()))
            notes.append(f"{len(lost)} finding{'' if len(lost) == 1 else 's'} without a comment: {reasons}")
        counts = {"findings": len(told), "comments": result.comments, "changes": result.changes}
        return replace(draft, rows=rows), result.data, counts, tuple(notes)

    def _critic(self, report: FileReport, document: Document, told: Sequence[Finding]) -> str:
        from pvelint.critic import marked_up

        reader = _READERS.get(str(report.tier), "")
        return marked_up(document, told, suggest=self.asked.suggest, reader=reader, sources=titles())

    def _diff(self, report: FileReport) -> tuple[str, ...]:
        from pvelint.critic import diff

        assert report.document is not None
        told = _to_tell(report)
        return tuple(diff(report.document, told, suggest=self.asked.suggest, path=display_path(report.path)))

    def _with_copy(self, path: str, draft: Draft, counts: Mapping[str, int]) -> Draft:
        """What the summary tells of a draft, with the address and the counts of its copy."""
        name = self.names[path].replace(os.sep, "/").encode("utf-8", "surrogateescape")
        return replace(draft, link=f"./{quote(name)}", comments=counts.get("comments"), changes=counts.get("changes"))

    def _settings_digest(self, settings: Settings) -> str:
        """Whatever can change a copy besides the draft: version, options, settings, office lexicons."""
        from pvelint import __version__

        asked = self.request
        told = [__version__, self.asked.suggest, repr(settings)]
        told.append(repr((asked.tier, asked.type, asked.donor, asked.select, asked.ignore)))
        for path in settings.office.files:
            try:
                told.append(digest(Path(path).read_bytes()))
            except OSError:
                told.append("?")
        return digest("\x1f".join(told).encode("utf-8", "surrogatepass"))


class Reviewer(Runner):
    """One run of ``review``: finds the drafts, has each worked on, and writes, in one place and in order."""

    def __init__(self, request: ReviewRequest) -> None:
        super().__init__(request.check)
        self.asked = request
        self.copies = Copies(request.output, force=request.force) if request.output is not None else None
        self._names: dict[str, str] = {}

    def review(self) -> int:
        """The whole run."""
        from pvelint.report.streams import remark

        files, _, errors, skipped = self._find()
        bench = Bench(self.asked, self._names, clashing(self._names))
        bench.refuse_mistakes(files)
        done = [_failed(error.path or "?", error) for error in errors]
        for each in done:
            self._tell(each)
        progress = Progress(files)
        try:
            for reviewed in self._worked_on(files, bench, progress):
                written = self._written(reviewed)
                progress.clear()
                self._tell(written)
                done.append(written)
        except KeyboardInterrupt:
            progress.clear()
            made = sum(each.error is None for each in done)
            what = f"interrupted: {made} of {len(files)} drafts are done"
            remark(f"{what}. Run the same command again to go on." if self.copies else what)
            raise
        finally:
            progress.clear()
        failed = any(each.error is not None for each in done)
        if not self.request.quiet:
            for path, reason in skipped:
                remark(f"passed over: {path}: {reason}")
        if self.copies is not None:
            failed = not self._summarise(done, skipped, bench.rules_not_run()) or failed
        return FAILED if failed else 0

    def _find(self) -> tuple[list[str], Mapping[str, bytes], list[PvelintError], list[tuple[str, str]]]:
        if "-" in self.request.paths:
            cure = "Name files or folders."
            raise UsageError("no-input", "standard input has no name for a copy.", cure=cure)
        files, stdin, errors, skipped = super()._find()
        kept: list[str] = []
        for path in files:
            if self.asked.output is not None and is_inside(path, self.asked.output):
                skipped.append((display_path(path), "it lies in the folder of the copies"))
            elif FORMATS.get(Path(path).suffix.lower()) == "html":
                skipped.append((display_path(path), "web pages get no reviewed copy; use pvelint check"))
            else:
                kept.append(path)
        self._names = copy_names(kept, self.request.paths)
        return kept, stdin, errors, skipped

    def _worked_on(self, files: Sequence[str], bench: Bench, progress: Progress) -> Iterator[Reviewed]:
        """What became of the drafts, in their order; in other processes where that pays, a stretch at a time.

        A stretch is what may have to wait for a slow draft before it, copies and all, so it is bounded.
        """
        jobs = self.request.jobs
        if batch.worker_count(files, jobs) == 1:
            for path in files:
                progress.begin(display_path(path))
                yield bench.review_path(path)
            return
        shared = (self.asked, bench.names, bench.clashes)
        job = batch.Job(prepare=_bench, work=Bench.review_path, lost=_lost, shared=shared)
        before = 0
        for stretch in _stretches(files):
            results = batch.run(job, stretch, jobs=jobs, progress=progress.counter(before))
            for path in stretch:
                progress.wait_for(display_path(path))
                yield next(results)
            before += len(stretch)

    def _written(self, reviewed: Reviewed) -> Reviewed:
        """Write the copy of a draft; an error becomes the draft's own."""
        if reviewed.data is None or reviewed.record is None or self.copies is None:
            return reviewed
        try:
            self.copies.write(self._names[reviewed.path], reviewed.data, reviewed.record, source=reviewed.path)
        except PvelintError as error:
            return _failed(reviewed.path, error)
        return replace(reviewed, data=None)

    def _tell(self, reviewed: Reviewed) -> None:
        """One line for a draft, and its notes."""
        from pvelint.report.streams import remark

        if reviewed.error is not None:
            cure = f" {reviewed.error.cure}" if reviewed.error.cure else ""
            remark(f"error: {display_path(reviewed.path)}: {reviewed.error.message}{cure}")
            return
        if reviewed.diff:
            _show_diff(reviewed.diff, self.request.colour)
        if self.request.quiet or self.copies is None:
            return
        copy = display_path(str(Path(self.copies.folder) / self._names[reviewed.path]))
        again = " (as before)" if reviewed.before else ""
        lines = [f"{display_path(reviewed.path)} -> {copy}: {_counted(reviewed.draft)}{again}"]
        lines += [f"    {note}" for note in reviewed.draft.notes]
        _print(lines)

    def _summarise(
        self,
        done: Sequence[Reviewed],
        skipped: Sequence[tuple[str, str]],
        rules_not_run: tuple[tuple[str, str], ...],
    ) -> bool:
        """Write the page and the workbook; whether both could be written."""
        from pvelint import __version__
        from pvelint.cli.run import model_name
        from pvelint.report.streams import remark

        assert self.copies is not None
        summary = Summary(
            title="Review of drafts",
            version=__version__,
            model=model_name(),
            made=made_now(),
            drafts=tuple(each.draft for each in sorted(done, key=lambda each: each.draft.path)),
            skipped=tuple(sorted(skipped)),
            rules_not_run=rules_not_run,
            copies=True,
        )
        written: list[str] = []
        for name, make in _SUMMARIES.items():
            try:
                written.append(display_path(str(self.copies.write_summary(name, make(summary)))))
            except PvelintError as error:
                name = display_path(str(self.copies.target(name)))
                remark(f"error: {name}: {error.message} {error.cure}".strip())
        if not self.request.quiet:
            _print(_closing(done, written))
        return len(written) == len(_SUMMARIES)


def _bench(shared: tuple[ReviewRequest, Mapping[str, str], Mapping[str, str]]) -> Bench:
    """The bench of a worker process."""
    return Bench(*shared)


def _lost(path: str) -> Reviewed:
    """What became of a draft on which a process died."""
    cure = "Review it alone; if that fails too, please report it."
    return _failed(path, ReadError("crashed", "the program died while it reviewed this file.", cure=cure))


def _stretches(files: Sequence[str], *, largest: float = STRETCH_BYTES) -> Iterator[list[str]]:
    """The files in order, in stretches of at most so many bytes (a larger file is one of its own)."""
    stretch: list[str] = []
    weight = 0.0
    for path in files:
        size = batch.size_of(path)
        if stretch and weight + size > largest:
            yield stretch
            stretch, weight = [], 0.0
        stretch.append(path)
        weight += size
    if stretch:
        yield stretch


def _page(summary: Summary) -> bytes:
    from pvelint.report.html import to_html

    return to_html(summary, more=f"All of them are in {BOOK}.")


def _book(summary: Summary) -> bytes:
    from pvelint.report.xlsx import to_xlsx

    return to_xlsx(summary)


_SUMMARIES: Mapping[str, Callable[[Summary], bytes]] = {PAGE: _page, BOOK: _book}


def made_now() -> str:
    """The date and time in words, or those of SOURCE_DATE_EPOCH (seconds, UTC)."""
    import time

    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = time.gmtime(int(epoch)) if epoch.isascii() and epoch.isdigit() else time.localtime()
    return f"{moment.tm_mday} {time.strftime('%B %Y, %H:%M', moment)}"


def _without_our_marks(path: str, source: bytes) -> bytes:
    """The draft without what an earlier review put into it; the very bytes when there is nothing of the kind."""
    if is_word(path):
        from pvelint.word.annotate import without_marks

        return without_marks(source, path=display_path(path))
    if b"pvelint" not in source and b"p\x00v\x00e\x00" not in source:
        return source
    from pvelint.critic import without_marks as without_critic
    from pvelint.readers import read

    document = read(path, data=source)
    text = without_critic(document.text)
    return source if text == document.text else encoded(document, text, source)[0]


def _failed(path: str, error: PvelintError) -> Reviewed:
    draft = draft_of(FileReport(path=display_path(path), error=error), sources={})
    return Reviewed(path, draft, error=error)


def _to_tell(report: FileReport) -> list[Finding]:
    """The findings that a copy shows: no accepted exceptions, and no remarks on suppressions."""
    return [one for one in report.findings if one.accepted is None and one.family is not Family.TOOL]


def _fault(error: Exception) -> ReadError:
    from pvelint.cli.faults import told

    return ReadError(
        "internal",
        f"pvelint itself failed on this file ({told(error)}).",
        cure="This is a fault of the program; please report it.",
    )


def _counted(draft: Draft) -> str:
    if not draft.open:
        return "nothing to change"
    parts = []
    numbers = ((len(draft.open), "finding"), (draft.comments, "comment"), (draft.changes, "marked change"))
    for number, noun in numbers:
        if number is not None:
            parts.append(f"{number:,} {noun}{'' if number == 1 else 's'}")
    return ", ".join(parts)


def _closing(done: Sequence[Reviewed], summaries: Sequence[str]) -> Iterator[str]:
    """The last lines: the sum over all drafts, and where the summaries are."""
    made = [each.draft for each in done if each.error is None]
    if len(made) > 1:
        total = Draft(
            path="",
            rows=tuple(row for draft in made for row in draft.open),
            comments=sum(draft.comments or 0 for draft in made),
            changes=sum(draft.changes or 0 for draft in made),
        )
        yield f"{len(made)} drafts: {_counted(total)}"
    if summaries:
        yield f"Summary: {', '.join(summaries)}"


def _print(lines: Sequence[str] | Iterator[str]) -> None:
    from pvelint.report.words import Surface

    surface = Surface.of(sys.stdout)
    sys.stdout.write("".join(f"{surface.clean(line)}\n" for line in lines))
    sys.stdout.flush()


def _show_diff(lines: Sequence[str], colour: str) -> None:
    """A unified diff, green and red on a terminal."""
    from pvelint.report.streams import wants_colour
    from pvelint.report.words import Surface

    surface = Surface.of(sys.stdout)
    cleaned = [surface.clean(line) for line in lines]
    if not wants_colour(sys.stdout, colour):
        sys.stdout.write("".join(f"{line}\n" for line in cleaned))
        sys.stdout.flush()
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(file=sys.stdout, force_terminal=True, highlight=False, markup=False, emoji=False)
    for line in cleaned:
        style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1], "")
        console.print(Text(line, style="bold" if line[:3] in ("+++", "---") else style), soft_wrap=True)
