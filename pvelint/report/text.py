"""The report for people: each sentence with its words underlined, what is wrong and what to say instead.

Plain text in a pipe, colour on a terminal. The layout is made once as lines of styled parts; the plain
output and the coloured one differ only in how the parts are put out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from pvelint.document import Span
from pvelint.findings import FileReport, Finding, Level, RunReport, Tier, UsageKind
from pvelint.report.json import is_hidden
from pvelint.report.summary import READERS, summary
from pvelint.report.words import Surface, cells, marked_lines, wrap

#: A line of the report: (text, style); styles are the keys of STYLES.
Line = list[tuple[str, str]]

STYLES = {
    "": "",
    "error": "bold red",
    "warning": "bold yellow",
    "suggestion": "bold cyan",
    "mark-error": "bold underline red",
    "mark-warning": "bold underline yellow",
    "mark-suggestion": "bold underline cyan",
    "path": "bold",
    "dim": "dim",
    "use": "green",
}

_USAGE_NOTE = {
    UsageKind.QUOTED: "in a quotation",
    UsageKind.HYPOTHETICAL: "as a possibility",
    UsageKind.NEGATED: "denied in the text",
    UsageKind.REBUTTED: "answered in the text",
    UsageKind.MENTION: "the word is spoken about",
    UsageKind.NAME: "part of a name",
}


@dataclass(frozen=True, kw_only=True)
class TextOptions:
    """How much to say.

    definition: gives the definition of a concept (by id) for a reader, or None; used with ``explain``.
    """

    width: int = 80
    colour: bool = False
    explain: bool = False
    quiet: bool = False
    show_set_aside: bool = False
    show_suppressed: bool = False
    definition: Callable[[str, Tier | None], str | None] = lambda concept, tier: None


def write_text(report: RunReport, stream: TextIO, options: TextOptions) -> None:
    """Write the report for people to a stream."""
    surface = Surface.of(stream)
    lines = text_lines(report, surface, options)
    if options.colour:
        _write_coloured(lines, stream)
        return
    stream.writelines(plain(line) + "\n" for line in lines)


def plain(line: Line) -> str:
    """A line without its styles."""
    return "".join(text for text, _ in line).rstrip()


def _write_coloured(lines: Iterable[Line], stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, force_terminal=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((text, STYLES[style]) for text, style in line)), soft_wrap=True)


def text_lines(report: RunReport, surface: Surface, options: TextOptions) -> Iterator[Line]:
    """The whole report, line by line."""
    for file in report.files:
        silenced = options.show_suppressed and (file.suppressed or file.known)
        if file.findings or silenced or (options.show_set_aside and file.set_aside):
            yield from _file(file, surface, options)
    if not options.quiet:
        yield from summary(report, surface, options.width)


def _file(file: FileReport, surface: Surface, options: TextOptions) -> Iterator[Line]:
    facts = [READERS[file.tier]] if file.tier is not None else []
    facts += [file.type] if file.type else []
    facts += [f"donor: {file.donor}"] if file.donor else []
    name = surface.clean(show_path(file.path))
    readers = surface.clean(f"  (for: {', '.join(facts)})") if facts else ""
    if cells(name) + cells(readers) <= options.width:
        yield [(name, "path"), (readers, "dim")]
    else:
        yield [(name, "path")]
        yield [(readers, "dim")]
    yield []
    for same_words in _by_words(file.findings):
        yield from _entry(file, same_words, surface, options)
        yield []
    if options.show_set_aside and file.set_aside:
        yield [("  Looked at and left:", "dim")]
        for finding in file.set_aside:
            yield from _aside(file, finding, surface, options)
        yield []
    for title, findings in (("Silenced in the document:", file.suppressed), ("Known from the baseline:", file.known)):
        if options.show_suppressed and findings:
            yield [(f"  {title}", "dim")]
            for finding in findings:
                reason = f": {finding.accepted}" if finding.accepted else ""
                text = f'{position(file, finding)}: "{finding.text}" ({finding.rule} {finding.name}){reason}'
                yield from _wrapped(text, "dim", surface, options.width)
            yield []


def entry_lines(file: FileReport, same: Sequence[Finding], surface: Surface, options: TextOptions) -> Iterator[str]:
    """The findings on the same words as the report shows them, plain."""
    return (plain(line) for line in _entry(file, same, surface, options))


def by_words(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings in their order, those on exactly the same words together."""
    return _by_words(findings)


def _by_words(findings: Sequence[Finding]) -> list[list[Finding]]:
    """The findings in their order, those on exactly the same words together."""
    groups: dict[tuple[int, int, Span], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.location.offset, finding.block, finding.span), []).append(finding)
    return list(groups.values())


def show_path(path: str) -> str:
    """The name of a file for people."""
    return "standard input" if path == "-" else path


def position(file: FileReport, finding: Finding) -> str:
    """Where the words stand, so that a person can find them."""
    place = finding.location
    word = file.document.format == "word" if file.document is not None else _looks_like_word(file.path)
    where = place.place if word and place.place else f"line {place.line}, column {place.column}"
    if not word and place.part not in {"body", ""}:
        where += f", {place.part}"
    if place.heading:
        heading = " ".join(place.heading.split())
        shown = heading if len(heading) <= 48 else f"{heading[:45].rstrip()}..."
        where += f', under "{shown}"'
    return where


def _looks_like_word(path: str) -> bool:
    return path.lower().endswith((".docx", ".docm", ".dotx"))


def _entry(file: FileReport, same: Sequence[Finding], surface: Surface, options: TextOptions) -> Iterator[Line]:
    """All findings on the same words, as one entry."""
    same = sorted(same, key=lambda found: (-found.level.rank, found.rule))
    for index, finding in enumerate(same):
        where = surface.clean(position(file, finding)) if index == 0 else ""
        yield from _head(finding, where, options.width)
    first = same[0]
    yield from _sentence(file, first, surface, options)
    for note in _notes(file, same):
        yield from _wrapped(f"({note})", "dim", surface, options.width)
    messages: dict[str, list[str]] = {}
    for finding in same:
        messages.setdefault(finding.message, []).append(finding.rule)
    for message, rules in messages.items():
        label = f"{', '.join(rules)}: " if len(messages) > 1 else ""
        yield from _wrapped(label + message, "", surface, options.width)
    uses = list(dict.fromkeys(item.text for finding in same for item in finding.suggestions))
    if uses:
        yield from _wrapped("use: " + " / ".join(uses), "use", surface, options.width)
    for advice in dict.fromkeys(item for finding in same for item in finding.advice):
        yield from _wrapped(f"advice: {advice}", "", surface, options.width)
    if options.explain:
        yield from _explanation(file, same, surface, options)


def _head(finding: Finding, where: str, width: int) -> Iterator[Line]:
    line: Line = [
        ("  ", ""),
        (finding.level.value, finding.level.value),
        (f"  {finding.rule} {finding.name}", ""),
    ]
    used = sum(cells(text) for text, _ in line)
    if not where:
        yield line
    elif used + 3 + cells(where) <= width:
        yield [*line, ("   " + where, "dim")]
    else:
        yield line
        for part in wrap(where, width=width - 4, surface=Surface()):
            yield [("    ", ""), (part, "dim")]


def _sentence(file: FileReport, finding: Finding, surface: Surface, options: TextOptions) -> Iterator[Line]:
    sentence = _as_it_stands(file, finding)
    if not sentence.strip():
        return
    start = finding.span.start - finding.sentence_span.start
    end = finding.span.end - finding.sentence_span.start
    inside = Span(max(start, 0), min(end, len(sentence)))
    exact = len(sentence) == finding.sentence_span.end - finding.sentence_span.start
    mark = inside if exact and inside.start < inside.end else None
    style = f"mark-{finding.level.value}"
    for line in marked_lines(sentence, mark, width=options.width - 4, surface=surface):
        if options.colour:
            yield [("    ", ""), *((text, style if marked else "") for text, marked in line.parts)]
            continue
        yield [("    " + line.text, "")]
        if line.underline:
            yield [("    " + line.underline, "")]


def _as_it_stands(file: FileReport, finding: Finding) -> str:
    """The sentence with its own white space, in which offsets hold; the finding's copy has it normalised."""
    span, document = finding.sentence_span, file.document
    if document is not None and 0 <= finding.block < len(document.blocks) and span.start < span.end:
        return document.blocks[finding.block].text[span.start : span.end]
    return finding.sentence


def _notes(file: FileReport, same: Sequence[Finding]) -> list[str]:
    notes: list[str] = []
    for finding in same:
        if finding.usage.kind in _USAGE_NOTE:
            notes.append(_USAGE_NOTE[finding.usage.kind])
        if is_hidden(file, finding):
            notes.append("hidden text")
        if finding.accepted is not None:
            notes.append(f"accepted exception: {finding.accepted or 'no reason given'}")
        elif finding.red_line and finding.level is Level.ERROR:
            notes.append("red line: cannot be switched off without a recorded reason")
    return list(dict.fromkeys(notes))


def _explanation(file: FileReport, same: Sequence[Finding], surface: Surface, options: TextOptions) -> Iterator[Line]:
    told: dict[tuple[str, ...], list[str]] = {}
    for finding in same:
        told.setdefault(tuple(_reasons(file, finding, options)), []).append(finding.rule)
    for reasons, rules in told.items():
        label = f"{', '.join(rules)}: " if len(told) > 1 else ""
        for reason in reasons:
            yield from _wrapped(label + reason, "dim", surface, options.width)


def _reasons(file: FileReport, finding: Finding, options: TextOptions) -> Iterator[str]:
    if finding.why:
        yield f"why: {finding.why}"
    if finding.source:
        yield f"source: {', '.join(finding.source)}"
    because = f', because of "{finding.usage.evidence}"' if finding.usage.evidence else ""
    yield f"read as: {finding.usage.kind.value}{because}"
    if finding.concept is not None:
        meaning = options.definition(finding.concept, file.tier)
        yield f"concept: {finding.concept}" + (f". {meaning}" if meaning else "")


def _aside(file: FileReport, finding: Finding, surface: Surface, options: TextOptions) -> Iterator[Line]:
    because = f', because of "{finding.usage.evidence}"' if finding.usage.evidence else ""
    note = _USAGE_NOTE.get(finding.usage.kind, finding.usage.kind.value)
    text = f'{position(file, finding)}: "{finding.text}" ({finding.rule} {finding.name}): {note}{because}'
    yield from _wrapped(text, "dim", surface, options.width)


def _wrapped(text: str, style: str, surface: Surface, width: int, *, indent: int = 4) -> Iterator[Line]:
    """A paragraph at an indent, further lines two columns deeper."""
    lines = wrap(text, width=width - indent - 2, surface=surface)
    for index, line in enumerate(lines):
        yield [(" " * (indent if index == 0 else indent + 2), ""), (line, style)]
