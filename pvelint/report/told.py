"""What the summaries tell of a run, as plain words: nothing in here needs the documents any more.

Both pages (HTML) and workbooks are made from it, and it can be handed from one process to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pvelint.document import Span
from pvelint.findings import Family, FileReport, Finding, Level, RunReport, UsageKind
from pvelint.report.json import is_hidden
from pvelint.report.summary import READERS
from pvelint.report.text import position, show_path
from pvelint.report.words import Surface
from pvelint.sources import named

_USAGE_NOTE: Final = {
    UsageKind.QUOTED: "in a quotation",
    UsageKind.HYPOTHETICAL: "as a possibility",
    UsageKind.NEGATED: "denied in the text",
    UsageKind.REBUTTED: "answered in the text",
    UsageKind.MENTION: "the word is spoken about",
    UsageKind.NAME: "part of a name",
}
_CONTEXT: Final = 400  # characters of a sentence kept on each side of the words
_LONGEST: Final = 2000  # characters of the words themselves
_SURFACE: Final = Surface()  # UTF-8


@dataclass(frozen=True, slots=True)
class Row:
    """One finding.

    before, words, after: the sentence around the words; ``words`` is empty when the place is not known.
    offset:   place in the document, to sort by.
    where:    place in words.
    sources:  titles.
    notes:    how the words stand (in a quotation, hidden, red line).
    accepted: the reason of an exception, or None.
    copy:     what became of it in the reviewed copy, in words; empty when there is none.
    """

    rule: str
    name: str
    family: Family
    level: Level
    red_line: bool
    message: str
    why: str
    sources: tuple[str, ...]
    offset: int
    where: str
    before: str
    words: str
    after: str
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    accepted: str | None = None
    copy: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.before}{self.words}{self.after}"


@dataclass(frozen=True, slots=True)
class Draft:
    """One document.

    link:      where a click leads (the copy, or the draft), relative to the summary; empty for nowhere.
    reader:    whom it is for, with its type and donor.
    length:    words in it.
    rows:      findings. aside: findings that were silenced, with their reasons.
    unread:    (part, reason) of what was not checked.
    error:     why it failed, with the cure; empty when it did not.
    notes:     what else a person should know.
    comments, changes: how many the reviewed copy has; None when there is no copy of a kind that has them.
    """

    path: str
    link: str = ""
    reader: str = ""
    length: int = 0
    rows: tuple[Row, ...] = ()
    aside: tuple[Row, ...] = ()
    baselined: int = 0
    unread: tuple[tuple[str, str], ...] = ()
    error: str = ""
    notes: tuple[str, ...] = ()
    comments: int | None = None
    changes: int | None = None

    @property
    def open(self) -> tuple[Row, ...]:
        """The findings that are not accepted exceptions."""
        return tuple(row for row in self.rows if row.accepted is None)

    def count(self, level: Level) -> int:
        """How many open findings have a level."""
        return sum(row.level is level for row in self.open)

    @property
    def weight(self) -> tuple[int, ...]:
        """Grows with how grave the findings are: errors first, then warnings, then suggestions."""
        return tuple(self.count(level) for level in (Level.ERROR, Level.WARNING, Level.SUGGESTION))


@dataclass(frozen=True)
class Summary:
    """A whole run.

    title:   heading. made: date and time in words.
    skipped, rules_not_run: (what, reason).
    copies:  the drafts link to reviewed copies.
    """

    title: str
    version: str
    model: str | None
    made: str
    drafts: tuple[Draft, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    rules_not_run: tuple[tuple[str, str], ...] = ()
    copies: bool = False
    worst_first: tuple[Draft, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        ordered = sorted(self.drafts, key=lambda draft: (*(-number for number in draft.weight), draft.path))
        object.__setattr__(self, "worst_first", tuple(draft for draft in ordered if not draft.error))

    @property
    def failed(self) -> tuple[Draft, ...]:
        return tuple(draft for draft in self.drafts if draft.error)

    @property
    def total(self) -> int:
        return sum(len(draft.open) for draft in self.drafts)


def summary_of(
    report: RunReport,
    *,
    title: str,
    made: str,
    sources: Mapping[str, str],
    link: Callable[[str], str] = lambda path: "",
) -> Summary:
    """The summary of a run of ``check``.

    link: gives the address of a draft by its path, relative to the page; empty for none.
    """
    drafts = tuple(replace(draft_of(file, sources=sources), link=link(file.path)) for file in report.files)
    return Summary(
        title=title,
        version=report.version,
        model=report.model,
        made=made,
        drafts=drafts,
        skipped=tuple((clean(path), clean(reason)) for path, reason in report.skipped),
        rules_not_run=report.rules_not_run,
    )


def draft_of(file: FileReport, *, sources: Mapping[str, str]) -> Draft:
    """One document in plain words. Its report has to hold the document, for the sentences as they stand."""
    path = clean(show_path(file.path))
    if file.error is not None:
        return Draft(path=path, error=clean(f"{file.error.message} {file.error.cure}".strip()))
    facts = [READERS[file.tier]] if file.tier is not None else []
    facts += [fact for fact in (file.type, f"donor: {file.donor}" if file.donor else "") if fact]
    return Draft(
        path=path,
        reader=clean(", ".join(facts)),
        length=file.words,
        rows=rows_of(file, file.findings, sources=sources),
        aside=rows_of(file, file.suppressed, sources=sources),
        baselined=file.baselined,
        unread=tuple((clean(part.part), clean(part.reason)) for part in file.not_checked),
    )


def rows_of(file: FileReport, findings: Iterable[Finding], *, sources: Mapping[str, str]) -> tuple[Row, ...]:
    """The findings of a document in plain words, in their order."""
    return tuple(_row(file, finding, sources) for finding in findings)


def worst_first(rows: Sequence[Row]) -> list[Row]:
    """Open findings before accepted ones, the gravest first, then in the order of the text."""
    return sorted(rows, key=lambda row: (row.accepted is not None, -row.level.rank, row.offset, row.rule))


def clean(text: str) -> str:
    """Text without control characters, direction overrides and what no file can hold."""
    return _SURFACE.clean(text)


def _row(file: FileReport, finding: Finding, sources: Mapping[str, str]) -> Row:
    before, words, after = _sentence(file, finding)
    notes = [_USAGE_NOTE[finding.usage.kind]] if finding.usage.kind in _USAGE_NOTE else []
    if is_hidden(file, finding):
        notes.append("hidden text")
    if finding.red_line:
        notes.append("red line: it stays in every report unless a reason is recorded")
    return Row(
        rule=finding.rule,
        name=finding.name,
        family=finding.family,
        level=finding.level,
        red_line=finding.red_line,
        message=clean(finding.message),
        why=clean(finding.why),
        sources=tuple(clean(title) for title in named(finding.source, sources)),
        offset=finding.location.offset,
        where=clean(position(file, finding)),
        before=before,
        words=words,
        after=after,
        notes=tuple(notes),
        suggestions=tuple(dict.fromkeys(clean(item.text) for item in finding.suggestions)),
        advice=tuple(dict.fromkeys(clean(item) for item in finding.advice)),
        accepted=clean(finding.accepted) if finding.accepted is not None else None,
    )


def _sentence(file: FileReport, finding: Finding) -> tuple[str, str, str]:
    """The sentence in three parts, white space made single; a long one is cut around the words."""
    document, span = file.document, finding.sentence_span
    if document is not None and 0 <= finding.block < len(document.blocks):
        text = document.blocks[finding.block].text[span.start : span.end]
    else:
        text = finding.sentence
    inside = Span(finding.span.start - span.start, finding.span.end - span.start)
    if len(text) != span.end - span.start or not 0 <= inside.start < inside.end <= len(text):
        return _shortened(_single(finding.sentence), at_end=True), "", ""
    before, words, after = text[: inside.start], text[inside.start : inside.end], text[inside.end :]
    return (
        _shortened(_single(before), at_end=False).lstrip(),
        _single(words)[:_LONGEST],
        _shortened(_single(after), at_end=True).rstrip(),
    )


def _single(text: str) -> str:
    """White space made single, kept at both ends."""
    cleaned = clean(text)
    inner = " ".join(cleaned.split())
    head = " " if cleaned[:1].isspace() else ""
    tail = " " if cleaned[-1:].isspace() and inner else ""
    return f"{head}{inner}{tail}"


def _shortened(text: str, *, at_end: bool) -> str:
    if len(text) <= _CONTEXT:
        return text
    return text[:_CONTEXT].rpartition(" ")[0] + " …" if at_end else "… " + text[-_CONTEXT:].partition(" ")[2]
