"""What a reader returns: a document of blocks, each with a map from its text to the source.

All offsets count code points from 0 and are half-open. A block's text is the prose that a reader of
the document sees; ``Document.text`` is what positions are reported in: the decoded source of a text,
Markdown or HTML file, and for Word the blocks' texts joined by line feeds in reading order.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any


class BlockKind(StrEnum):
    """What a block is in its document; the value is the word people are shown."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_CELL = "table cell"
    CAPTION = "caption"
    BLOCK_QUOTE = "block quote"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FOOTER = "footer"
    TEXT_BOX = "text box"
    COMMENT = "comment"
    ALT_TEXT = "alt text"
    CODE = "code"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of block text and the source it stands for.

    When both lengths are equal the map is linear, character by character; otherwise the segment is
    an atom (an entity, an escape, a symbol) and is never cut.
    """

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True)
class OffsetMap:
    """A piecewise map from the code points of a block to those of ``Document.text``.

    Segments are sorted, do not overlap and together cover the whole block text.
    """

    segments: tuple[Segment, ...]

    @classmethod
    def shifted(cls, length: int, source_start: int) -> OffsetMap:
        """The map of a block that stands in the source unchanged."""
        return cls((Segment(0, length, source_start, source_start + length),))

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def _segment(self, offset: int) -> Segment:
        return self.segments[max(bisect.bisect_right(self._starts, offset) - 1, 0)]

    def source(self, span: Span) -> Span:
        """The smallest source range that holds the block range; atoms are taken whole."""
        if not self.segments:
            return Span(0, 0)
        first = self._segment(span.start)
        if first.end - first.start == first.source_end - first.source_start:
            start = first.source_start + (span.start - first.start)
        else:
            start = first.source_start
        if span.end <= span.start:
            return Span(start, start)
        last = self._segment(span.end - 1)
        if last.end - last.start == last.source_end - last.source_start:
            end = last.source_start + (span.end - last.start)
        else:
            end = last.source_end
        return Span(start, max(start, end))


@dataclass(frozen=True, slots=True)
class Protected:
    """Characters of a block in which nothing is ever found.

    why: ``code``, ``url``, ``email``, ``file-name``, ``html`` or ``reference``.
    """

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a run of a Word block's characters lives in the XML.

    span:   characters of the block's text.
    part:   name of the package part, for example ``word/document.xml``.
    node:   the lxml element that holds the characters (usually ``w:t``; for an attribute, its owner).
    offset: index in the node's text at which the run begins; None when the node stands for the
            characters as a whole (tab, break, symbol, non-breaking hyphen, attribute).
    """

    span: Span
    part: str
    node: Any
    offset: int | None = 0


@dataclass(frozen=True)
class Block:
    """One unit of prose.

    text:      what a reader sees; line breaks inside the block are single spaces or ``\\n``.
    number:    ordinal among all blocks of the document in reading order, from 1.
    part:      ``body``, ``front matter``, ``header``, ``footer``, ``footnotes``, ``endnotes``,
               ``text box``, ``comments``, ``alt text``, ``properties`` or ``list labels``.
    place:     for people: ``paragraph 12``, ``table 2, row 3, column 1``, ``footnote 4``.
    heading:   text of the nearest heading above, or None.
    emphasis:  italic or underlined ranges (titles are often set so).
    quoted:    the block is a block quotation.
    hidden:    the text is hidden in the document (it is read, and said to be hidden).
    generated: the application made the text (a field result); it is read but never to be edited.
    anchors:   Word only: every character's place in the XML.
    """

    text: str
    kind: BlockKind
    offsets: OffsetMap
    number: int = 1
    part: str = "body"
    place: str = ""
    heading: str | None = None
    protected: tuple[Protected, ...] = ()
    emphasis: tuple[Span, ...] = ()
    quoted: bool = False
    hidden: bool = False
    generated: bool = False
    anchors: tuple[Anchor, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A part of a document that was not read, and why, in words for a person."""

    part: str
    reason: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place in the document, as the JSON contract has it (lines and columns from 1)."""

    offset: int
    end_offset: int
    line: int
    column: int
    end_line: int
    end_column: int
    part: str
    place: str
    heading: str | None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A comment of an earlier review that a person resolved in Word.

    span:   what it stands on, in ``Document.text``.
    rules:  the ids of the rules that it is about.
    lines:  what it says, paragraph by paragraph.
    reason: what people answered to it; empty when they only resolved it.
    """

    span: Span
    rules: tuple[str, ...]
    lines: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True)
class Document:
    """A draft as read.

    path:       as the user named it.
    format:     ``text``, ``markdown``, ``html`` or ``word``.
    text:       what offsets count in (see the module's docstring).
    properties: what the document says of itself: ``title`` and the ``pvelint-*`` settings.
    encoding:   the encoding that the bytes were decoded with; None for Word.
    comments:   HTML comments of a text, Markdown or HTML source, and comments of a Word document, as
                (span in ``text``, inner text): suppressions are written in them.
    resolved:   Word only: comments of an earlier review that a person resolved.
    """

    path: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    properties: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    not_checked: tuple[NotChecked, ...] = ()
    encoding: str | None = None
    comments: tuple[tuple[Span, str], ...] = ()
    resolved: tuple[Resolved, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        text = self.text
        position = 0
        while position < len(text):
            char = text[position]
            if char == "\r" and text[position + 1 : position + 2] == "\n":
                position += 1
                starts.append(position + 1)
            elif char in "\r\n":
                starts.append(position + 1)
            position += 1
        return starts

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of a code point of ``text`` (CR, LF and CRLF end lines)."""
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def locate(self, block: Block, span: Span) -> Location:
        """The reported place of a block's characters.

        In Word, which has no lines, ``line`` is the block's number and ``column`` the character in it.
        """
        source = block.offsets.source(span)
        if self.format == "word":
            line, column, end_line, end_column = block.number, span.start + 1, block.number, span.end + 1
        else:
            line, column = self.line_and_column(source.start)
            end_line, end_column = self.line_and_column(source.end)
        return Location(
            offset=source.start,
            end_offset=source.end,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            part=block.part,
            place=block.place or f"{block.kind} {block.number}",
            heading=block.heading,
        )
