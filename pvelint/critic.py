"""Reviewed copies of Markdown and text as CriticMarkup: ``{~~old~>new~~}{>>why<<}``, ``{==words==}{>>why<<}``.

CriticMarkup knows no escaping, so marks are only put where nothing can be misread: never inside CriticMarkup that
the draft already holds, a bare bracket (it may be the name of a link) or an HTML tag; there, and where the words are
mixed with markup, a remark follows. Findings in front matter and alternative texts are told at the end of the copy.
Our remarks end with a mark that tells whether a person has changed them, or the marks before them, since.
"""

from __future__ import annotations

import bisect
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pvelint.document import Block, BlockKind, Document, Span
from pvelint.findings import Family, Finding, UsageKind
from pvelint.quotes import quotations
from pvelint.word.ownmarks import digest, elsewhere, mark, surroundings
from pvelint.wording import Note, Wording

#: CriticMarkup; what is opened and never closed reaches to the end.
_PAIRS = ((r"\+\+", r"\+\+"), ("--", "--"), ("~~", "~~"), ("==", "=="), (">>", "<<"))
_CRITIC = "|".join(rf"\{{{start}(?:.*?{end}\}}|.*)" for start, end in _PAIRS)
_CLOSED = re.compile(rf"{_CRITIC}|\[[^\[\]\n]*\](?![(\[])|<[A-Za-z/!][^<>]*>", re.DOTALL)
_OURS = re.compile(
    r"(?P<before>\{~~(?P<old>(?:(?!~>|~~)[^{}])*)~>(?P<new>(?:(?!~~)[^{}])*)~~\}|\{==(?P<words>(?:(?!==)[^{}])*)==\})?"
    r"\{>>(?P<said>(?:(?!<<\}|\{>>).)*?) "
    r"pvelint (?P<rules>[A-Z]\d{3}(?:, [A-Z]\d{3})*) \((?P<digest>[0-9a-f]{8})\)<<\}",
    re.DOTALL,
)
_END = "end"  # part of the digest of a remark at the end of a copy
_BREAK = re.compile(r"(?:\r?\n){2}\Z")
_MARKS = ("~~", "~>", "==", "++", "--", "{", "}", ">>", "<<")
_IN_PLACE = ("body", "footnotes")
_OTHERS_WORDS = (UsageKind.QUOTED, UsageKind.NAME, UsageKind.MENTION)


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is put into the text: at ``span.start`` to ``span.end``, which it replaces."""

    span: Span
    text: str


def marked_up(
    document: Document,
    findings: Sequence[Finding],
    *,
    suggest: str,
    reader: str = "",
    sources: Mapping[str, str] | None = None,
) -> str:
    """The source of a Markdown or text draft with the findings in it.

    suggest: ``safe``, ``offer`` or ``none``: which replacements are marked as changes. reader, sources: as for
    `pvelint.wording.Wording`. Where findings overlap, the first in the text has the mark, and its remark tells
    the others.
    """
    wording = Wording(reader, sources or {})
    standing = _standing(document.text)
    closed = _Closed(document)
    marks: list[_Mark] = []
    beside: list[str] = []
    for group in _groups(findings):
        first = group[0]
        if any(first.rule in rules and place.overlaps(_place(first)) for place, rules in standing):
            continue
        block = document.blocks[first.block]
        if not _has_words(first) or block.part not in _IN_PLACE or block.kind is BlockKind.ALT_TEXT:
            note = Note(tuple(group), _beside(first, block))
            beside.append(_Remark.of(wording, note).text(_END))
            continue
        new = replacement(document, group, suggest=suggest)
        barrier = closed.over(_place(first))
        changed = new if barrier is None else None
        remark = _Remark.of(wording, Note(tuple(group), changed=changed), table=block.kind is BlockKind.TABLE_CELL)
        marks.append(_marked(document, first, changed, remark, barrier))
    return _with(document.text, marks) + _ending(document.text, beside)


def replacement(document: Document, group: Sequence[Finding], *, suggest: str) -> str | None:
    """The words that can stand in the place of a group of findings as they are; None when nothing is certain.

    All have to mean the same words and the same replacement, in the writer's own voice, free of markup.
    """
    place = _place(group[0])
    old = document.text[place.start : place.end]
    block = document.blocks[group[0].block]
    quoted = block.quoted or any(quote.outer.overlaps(group[0].span) for quote in quotations(block.text))
    if suggest == "none" or quoted or any(mark in old for mark in _MARKS) or not _is_plain(old, group[0].text):
        return None
    texts = {f.suggestions[0].text for f in group if f.suggestions and _may(f, suggest)}
    alike = all(_place(f) == place and f.usage.kind not in _OTHERS_WORDS for f in group)
    if len(texts) != 1 or not alike:
        return None
    (new,) = texts
    return new if new != old and not any(mark in new for mark in _MARKS) else None


def suggested(document: Document, findings: Sequence[Finding], *, suggest: str) -> str:
    """``Document.text`` with the replacements put in that `replacement` is certain of."""
    marks = []
    for group in _groups(findings):
        new = replacement(document, group, suggest=suggest) if _has_words(group[0]) else None
        block = document.blocks[group[0].block]
        if new is not None and block.part in _IN_PLACE:
            marks.append(_Mark(_place(group[0]), new))
    return _with(document.text, marks)


def diff(document: Document, findings: Sequence[Finding], *, suggest: str, path: str) -> Iterator[str]:
    """The lines of a unified diff from the draft to what `suggested` makes of it; none when nothing changes.

    A line of a Word document is a paragraph. path: as people are shown it.
    """
    before = document.text.splitlines()
    after = suggested(document, findings, suggest=suggest).splitlines()
    yield from difflib.unified_diff(before, after, path, f"{path} (suggested)", lineterm="", n=1)


def without_marks(text: str) -> str:
    """The source without what an earlier review put into it and nobody has changed since."""
    return _OURS.sub(_undone, _without_ending(text))


def _undone(found: re.Match[str]) -> str:
    """What stood in the place of marks of ours before; the marks themselves when they are not ours any more."""
    before = found["before"] or ""
    for around, kept in (((), before), (("words",), found["words"]), (("old", "new"), found["old"])):
        values = [found[name] for name in around]
        if None not in values and digest([found["said"], *values]) == found["digest"]:
            return kept or ""
    return found[0]


def _without_ending(text: str) -> str:
    """The source without the paragraphs that `_ending` has put there."""
    while True:
        start = text.rfind("{>>")
        found = _OURS.fullmatch(text, start) if start >= 0 else None
        before = _BREAK.search(text[max(start - 4, 0) : max(start, 0)])
        if found is None or before is None or digest([found["said"], _END]) != found["digest"]:
            return text
        text = text[: start - len(before[0])]


def _standing(text: str) -> list[tuple[Span, frozenset[str]]]:
    """Our remarks that are still in a text because a person wrote in them, with the words before them."""
    return [(Span(*found.span()), frozenset(found["rules"].split(", "))) for found in _OURS.finditer(text)]


def _groups(findings: Sequence[Finding]) -> Iterator[list[Finding]]:
    """Findings that overlap, together; the first in the text first."""
    ordered = sorted(findings, key=lambda f: (f.location.offset, -f.location.end_offset, -f.level.rank, f.rule))
    group: list[Finding] = []
    for finding in ordered:
        if group and finding.location.offset < group[0].location.end_offset:
            group.append(finding)
            continue
        if group:
            yield group
        group = [finding]
    if group:
        yield group


def _place(finding: Finding) -> Span:
    return Span(finding.location.offset, finding.location.end_offset)


def _is_plain(source: str, words: str) -> bool:
    """Whether the source of some words is nothing but the words."""
    return source.split() == words.split()


def _may(finding: Finding, suggest: str) -> bool:
    return finding.accepted is None and (finding.suggestions[0].grade == "safe" or suggest == "offer")


def _has_words(finding: Finding) -> bool:
    """Whether a finding stands on words of the draft, and not on a comment in its source or on nothing."""
    return finding.family is not Family.TOOL and finding.span.start < finding.span.end


def _beside(finding: Finding, block: Block) -> str:
    """Where the words of a remark are that cannot stand with them."""
    place = f"line {finding.location.line}"
    if not _has_words(finding):
        return f"{place.capitalize()}:"
    if block.part != "body":
        place = f"the {block.part}, {place}"
    return elsewhere(place, surroundings(block.text, finding.span))


class _Closed:
    """The stretches of a source in which no mark may stand."""

    def __init__(self, document: Document) -> None:
        pattern = _CLOSED if document.format != "text" else re.compile(_CRITIC, re.DOTALL)
        self._spans = [Span(*found.span()) for found in pattern.finditer(document.text)]
        self._starts = [span.start for span in self._spans]

    def over(self, place: Span) -> Span | None:
        """The closed stretch that overlaps a place."""
        index = bisect.bisect_left(self._starts, place.end) - 1
        return self._spans[index] if index >= 0 and self._spans[index].overlaps(place) else None


def _marked(document: Document, finding: Finding, new: str | None, remark: _Remark, barrier: Span | None) -> _Mark:
    place = _place(finding)
    if barrier is not None:
        end = max(barrier.end, place.end)
        return _Mark(Span(end, end), remark.text())
    old = document.text[place.start : place.end]
    if new is not None:
        return _Mark(place, f"{{~~{old}~>{new}~~}}{remark.text(old, new)}")
    if _is_plain(old, finding.text) and not any(mark in old for mark in _MARKS) and old.strip():
        return _Mark(place, f"{{=={old}==}}{remark.text(old)}")
    return _Mark(Span(place.end, place.end), remark.text())


@dataclass(frozen=True, slots=True)
class _Remark:
    """A remark of ours, in one line, with the mark by which it is known again."""

    said: str
    rules: tuple[str, ...]

    @classmethod
    def of(cls, wording: Wording, note: Note, *, table: bool = False) -> _Remark:
        *lines, _ = wording.paragraphs([note])
        said = " ".join(lines).replace("<<}", "<< }").replace("{>>", "{ >>")
        return cls(said.replace("|", "/") if table else said, tuple(sorted({f.rule for f in note.findings})))

    def text(self, *around: str) -> str:
        """The remark; its digest also covers the words that it stands after."""
        return f"{{>>{self.said} {mark(self.rules, [self.said, *around])}<<}}"


def _with(text: str, marks: Sequence[_Mark]) -> str:
    out: list[str] = []
    position = 0
    for each in sorted(marks, key=lambda each: each.span):
        start = max(each.span.start, position)  # remarks at the end of one closed stretch follow each other
        out += [text[position:start], each.text]
        position = max(each.span.end, position)
    return "".join(out) + text[position:]


def _ending(text: str, remarks: Sequence[str]) -> str:
    """The remarks on words that cannot be marked where they are, each a paragraph."""
    line = "\r\n" if "\r\n" in text else "\n"
    return "".join(f"{line}{line}{remark}" for remark in remarks)
