"""Reads plain text: paragraphs, list items, headings and quotations, with exact positions.

Two habits exist side by side in plain-text drafts. Editors wrap lines by hand and leave a blank line
between paragraphs; Word's "plain text" puts a whole paragraph on one long line and often no blank line.
Both are read: lines are joined unless one of them is far longer than anyone wraps.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pvelint.document import Block, BlockKind, Document, Span
from pvelint.readers.build import TextBuilder
from pvelint.readers.comments import find_comments
from pvelint.readers.encoding import decode
from pvelint.readers.numbering import Numbering

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTE = re.compile(r"[ \t]*>(?:[ \t]?>)*[ \t]?")
_BULLET = re.compile(r"(?:[-*•‣▪●◦·–—]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})\)|\d{1,3}\.)[ \t\u00a0]+(?=\S)")
#: Markers that may begin a list inside a paragraph's lines. A dash or "12." there is usually prose.
_INTERRUPTS = re.compile(r"(?:[-*•‣▪●◦]|\(?[1aAiI]\)|1\.)[ \t\u00a0]")
_RULE = re.compile(r"([-=_*~#+])\1{2,}|(?:[-*_] ){2,}[-*_]")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_END_MARKS = (".", "!", "?", ";", ":", ",", "…", "。", "؟")
_CLOSERS = "\"'”’»)]"
#: No one wraps by hand beyond this; a longer line is a whole paragraph.
_UNWRAPPED = 160
_HEADING_LENGTH = 80
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class _Line:
    """A line's prose, [start, end) in the source, without quote mark, bullet and outer white space.

    marker: the bullet with the space after it, or nothing; it stands just before ``start``.
    """

    start: int
    end: int
    quoted: bool
    marker: str
    text: str

    @property
    def bullet(self) -> bool:
        return bool(self.marker)

    def with_marker(self) -> _Line:
        """The line when what looks like a bullet is prose after all."""
        return replace(self, start=self.start - len(self.marker), marker="", text=self.marker + self.text)


def read_text(data: bytes, *, path: str) -> Document:
    """Read a plain-text draft.

    ``Document.text`` is the decoded file without byte order mark. Raises ReadError as ``decode`` does.
    """
    decoded = decode(data, path=path)
    comments = tuple(find_comments(decoded.text))
    blocks = tuple(text_blocks(decoded.text, comments))
    return Document(
        path=path,
        format="text",
        text=decoded.text,
        blocks=blocks,
        not_checked=decoded.notes,
        encoding=decoded.encoding,
        comments=comments,
    )


def text_blocks(text: str, comments: tuple[tuple[Span, str], ...]) -> Iterator[Block]:
    """The blocks of a plain text whose comments were found already."""
    numbering = Numbering()
    spans = [span for span, _ in comments]
    for kind, lines in _units(_lines(_masked(text, spans))):
        built = _join(text, lines, spans).build()
        if built.text:
            block = Block(text=built.text, kind=kind, offsets=built.offsets, quoted=lines[0].quoted)
            yield numbering.number(replace(block, part="body"))


def _masked(text: str, comments: list[Span]) -> str:
    """The text with comments, line ends inside them too, as spaces: a comment ends no paragraph."""
    parts: list[str] = []
    position = 0
    for span in comments:
        parts += [text[position : span.start], " " * (span.end - span.start)]
        position = span.end
    parts.append(text[position:])
    return "".join(parts)


def _lines(text: str) -> Iterator[_Line]:
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        assert match is not None  # the pattern matches the empty string
        end = match.end()
        yield _line(text, position, position + len(text[position:end].rstrip("\r\n")))
        position = end


def _line(text: str, start: int, end: int) -> _Line:
    quote = _QUOTE.match(text, start, end)
    if quote:
        start = quote.end()
    content = text[start:end].strip()
    start = text.find(content, start, end) if content else start
    bullet = _BULLET.match(content) if not _RULE.fullmatch(content) else None
    marker = bullet.group() if bullet else ""
    start += len(marker)
    content = content[len(marker) :]
    return _Line(start, start + len(content), quote is not None, marker, content)


def _units(lines: Iterator[_Line]) -> Iterator[tuple[BlockKind, list[_Line]]]:
    """Lines gathered into blocks."""
    chunk: list[_Line] = []
    for line in lines:
        if not line.text:
            yield from _chunk(chunk, blank_after=True)
            chunk = []
            continue
        if chunk and line.quoted != chunk[-1].quoted:
            yield from _chunk(chunk, blank_after=False)
            chunk = []
        chunk.append(line)
    yield from _chunk(chunk, blank_after=False)


def _chunk(lines: list[_Line], *, blank_after: bool) -> Iterator[tuple[BlockKind, list[_Line]]]:
    """Blocks of the lines between two blank lines."""
    unwrapped = any(len(line.text) > _UNWRAPPED for line in lines)
    unit: list[_Line] = []
    for position, line in enumerate(lines):
        following = lines[position + 1] if position + 1 < len(lines) else None
        if not line.bullet and _RULE.fullmatch(line.text):
            underlined = len(unit) == 1 and not unit[0].bullet and _UNDERLINE.fullmatch(line.text) is not None
            yield from _unit(unit, heading=underlined)
            unit = []
            continue
        if unit and _breaks(unit, line, unwrapped=unwrapped):
            yield from _unit(unit, heading=unwrapped and _short(unit))
            unit = []
        if unit and line.bullet:
            line = line.with_marker()
        unit.append(line)
        if len(unit) <= 3 and _capitals(unit) and (following is None or not following.text.isupper()):
            yield from _unit(unit, heading=True)
            unit = []
    yield from _unit(unit, heading=blank_after and _short(unit))


def _unit(lines: list[_Line], *, heading: bool) -> Iterator[tuple[BlockKind, list[_Line]]]:
    if not lines:
        return
    if lines[0].bullet:
        yield BlockKind.LIST_ITEM, lines
    elif heading:
        yield BlockKind.HEADING, lines
    elif lines[0].quoted:
        yield BlockKind.BLOCK_QUOTE, lines
    else:
        yield BlockKind.PARAGRAPH, lines


def _breaks(unit: list[_Line], line: _Line, *, unwrapped: bool) -> bool:
    """Whether a line begins a new block although no blank line stands before it."""
    if line.bullet and (unwrapped or unit[0].bullet or _INTERRUPTS.match(line.marker)):
        return True
    if not unwrapped:
        return False
    return not (line.text[0].islower() and not _ended(unit[-1].text))


def _ended(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(_END_MARKS)


def _short(unit: list[_Line]) -> bool:
    """One line that could be a heading by its looks."""
    if len(unit) != 1 or unit[0].bullet or unit[0].quoted:
        return False
    text = unit[0].text
    return len(text) <= _HEADING_LENGTH and len(text.split()) <= _HEADING_WORDS and not _ended(text)


def _capitals(unit: list[_Line]) -> bool:
    if any(line.bullet or line.quoted or len(line.text) > _HEADING_LENGTH for line in unit):
        return False
    letters = sum(char.isalpha() for line in unit for char in line.text)
    return letters >= 4 and all(line.text.isupper() for line in unit)


def _join(text: str, lines: list[_Line], comments: list[Span]) -> TextBuilder:
    """The lines as one text; each break with the indentation after it is one space."""
    builder = TextBuilder()
    starts = [span.start for span in comments]
    previous: _Line | None = None
    for line in lines:
        if previous is not None:
            builder.space(previous.end, line.start)
        position = line.start
        index = max(bisect_right(starts, position) - 1, 0)
        while index < len(comments) and comments[index].start < line.end:
            comment = comments[index]
            if comment.end > position:
                builder.linear(text[position : comment.start], position)
                builder.gap()
                position = comment.end
            index += 1
        builder.linear(text[position : line.end], position)
        previous = line
    return builder
