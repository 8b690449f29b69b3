"""markdown-it-py with positions: what the parser itself does not keep.

markdown-it gives line ranges for blocks and nothing for what is inside them. Two small subclasses put
that right while parsing, so that nothing is ever searched for afterwards:

* ``TrackingBlockState`` remembers, for the content of every block, which source characters its lines
  were cut from (list indents and quote marks are cut off, ``\\|`` in tables is unescaped).
* ``TrackingInline`` notes on every inline token the range of the content it came from, in
  ``token.meta["at"]``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from markdown_it import MarkdownIt, helpers
from markdown_it.common import utils
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

#: Containers inside containers that are read; what stands deeper is reported as not checked.
MAX_NESTING = 100
#: Brackets inside brackets that are tried as links. Each level multiplies the work on hostile input.
INLINE_NESTING = 20
#: What the installed version cuts off the ends of rows; older ones have no function of their own for it.
_trimmed: Callable[[str], str] = getattr(utils, "mdTrim", str.strip)


@dataclass(frozen=True, slots=True)
class Piece:
    """Content from ``content_start`` on that stands in the parser's source from ``source_start`` on."""

    content_start: int
    source_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block's content, before its ends were trimmed (``raw``), came from."""

    raw: str
    pieces: tuple[Piece, ...]

    def of(self, content: str) -> ContentMap:
        """The map for the trimmed content; only white space was cut, so the first match is the place."""
        lead = max(self.raw.find(content), 0)
        return ContentMap(tuple(Piece(p.content_start - lead, p.source_start, p.length) for p in self.pieces))


class ContentMap:
    """From offsets of a block's content to offsets of the parser's source."""

    def __init__(self, pieces: tuple[Piece, ...]) -> None:
        self.pieces = pieces
        self._starts = [piece.content_start for piece in pieces]

    def piece(self, offset: int) -> Piece:
        """The piece that holds a content offset, or the last one before it."""
        return self.pieces[max(bisect_right(self._starts, offset) - 1, 0)]

    def source(self, offset: int) -> int:
        """The source offset of the character at a content offset."""
        if not self.pieces:
            return 0
        piece = self.piece(offset)
        return piece.source_start + min(max(offset - piece.content_start, 0), piece.length)


class TrackingBlockState(StateBlock):
    """A block state that leaves an ``Origin`` in the ``meta`` of inline and HTML block tokens."""

    _cut: Origin = Origin("", ())
    _row: list[Origin] | None = None

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:
        """As upstream, and remember where each line was cut."""
        parts: list[str] = []
        pieces: list[Piece] = []
        length = 0
        for line in range(begin, end):
            first, missing = self._indented(line, indent)
            last = self.eMarks[line] + (1 if line + 1 < end or keepLastLF else 0)
            last = min(last, len(self.src))
            text = " " * missing + self.src[first:last]
            pieces.append(Piece(length + missing, first, last - first))
            parts.append(text)
            length += len(text)
        raw = "".join(parts)
        self._cut = Origin(raw, tuple(pieces))
        if self.tokens and self.tokens[-1].type == "html_block" and not self.tokens[-1].content:
            self.tokens[-1].meta["origin"] = self._cut
        return raw

    def _indented(self, line: int, indent: int) -> tuple[int, int]:
        """Where a line begins after the block's indent, and the columns left over of a cut tab."""
        first = start = self.bMarks[line]
        columns = 0
        while first < self.eMarks[line] and columns < indent:
            char = self.src[first]
            if char == "\t":
                columns += 4 - (columns + self.bsCount[line]) % 4
            elif char == " " or first - start < self.tShift[line]:
                columns += 1
            else:
                break
            first += 1
        return first, max(columns - indent, 0)

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """As upstream; inline tokens get their origin."""
        token = super().push(ttype, tag, nesting)
        if ttype == "tr_open":
            self._row = None
        elif ttype == "inline":
            token.meta["origin"] = self._origin(self.tokens[-2])
        return token

    def _origin(self, parent: Token) -> Origin:
        if parent.type in ("th_open", "td_open"):
            return self._cell()
        if parent.type == "heading_open" and parent.markup.startswith("#") and parent.map:
            line = parent.map[0]
            start = self.bMarks[line] + self.tShift[line] + len(parent.markup)
            raw = self.src[start : self.eMarks[line]]
            return Origin(raw, (Piece(0, start, len(raw)),))
        return self._cut

    def _cell(self) -> Origin:
        """The next cell of the row that is being pushed."""
        if self._row is None:
            row = next(token for token in reversed(self.tokens) if token.type == "tr_open")
            line = row.map[0] if row.map else 0
            self._row = _cells(self.src, self.bMarks[line] + self.tShift[line], self.eMarks[line])[::-1]
        return self._row.pop() if self._row else Origin("", ())


def _cells(source: str, start: int, end: int) -> list[Origin]:
    """A table row split at its pipes as markdown-it does it, with ``\\|`` unescaped."""
    line = source[start:end]
    bare = _trimmed(line)
    base = start + (line.find(bare) if bare else 0)
    cells: list[Origin] = []
    pieces: list[Piece] = []
    parts: list[str] = []
    last = length = 0

    def take(upto: int) -> None:
        nonlocal length
        if upto > last:
            pieces.append(Piece(length, base + last, upto - last))
            parts.append(bare[last:upto])
            length += upto - last

    escaped = False
    for position, char in enumerate(bare):
        if char == "|":
            take(position - 1 if escaped else position)
            if not escaped:
                cells.append(Origin("".join(parts), tuple(pieces)))
                pieces, parts, length = [], [], 0
            last = position if escaped else position + 1
        escaped = char == "\\"
    take(len(bare))
    cells.append(Origin("".join(parts), tuple(pieces)))
    if cells and not cells[0].raw:
        cells.pop(0)
    if cells and not cells[-1].raw:
        cells.pop()
    return cells


class TrackingBlock(ParserBlock):
    """The block parser with the state above."""

    def parse(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> list[Token] | None:
        if not src:
            return None
        state = TrackingBlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


class TrackingInline(ParserInline):
    """The inline parser; every token's ``meta["at"]`` is its (start, end) in the content."""

    def skipToken(self, state: StateInline) -> None:
        """As upstream, with the inline limit instead of the one for blocks."""
        start = state.pos
        known = state.cache.get(start)
        if known is not None:
            state.pos = known
            return
        matched = False
        if state.level < INLINE_NESTING:
            state.level += 1
            matched = any(rule(state, True) for rule in self.ruler.getRules(""))
            state.level -= 1
        else:
            state.pos = state.posMax
        if not matched:
            state.pos += 1
        state.cache[start] = state.pos

    def tokenize(self, state: StateInline) -> None:
        """The upstream loop, with a note of where each step began and ended."""
        rules = self.ruler.getRules("")
        end = state.posMax
        pending_from = state.pos
        while state.pos < end:
            start = state.pos
            before = len(state.tokens)
            had_pending = bool(state.pending)
            if not had_pending:
                pending_from = start
            matched = state.level < INLINE_NESTING and any(rule(state, False) for rule in rules)
            if matched:
                if state.pos <= start:
                    raise RuntimeError("inline rule did not move on")
                _mark(state, before, start, pending_from if had_pending else None)
            else:
                _append(state, state.src[start])
                state.pos += 1
        if state.pending:
            token = state.pushPending()
            token.meta["at"] = (pending_from, pending_from + len(token.content))


def _append(state: StateInline, text: str) -> None:
    append = getattr(state, "append_pending", None)  # from markdown-it-py 4.3 on
    if append is not None:
        append(text)
    else:
        state.pending += text


def _mark(state: StateInline, before: int, start: int, pending_from: int | None) -> None:
    """Note the ranges of the tokens that one step pushed.

    The first of them may be the text that was pending; a break has cut that text's trailing spaces off,
    and they belong to the break.
    """
    fresh = state.tokens[before:]
    cursor = break_start = start
    if pending_from is not None and fresh:
        break_start = pending_from
        if fresh[0].type == "text" and "at" not in fresh[0].meta:
            break_start += len(fresh[0].content)
            fresh[0].meta["at"] = (pending_from, break_start)
    autolink = False
    for token in fresh:
        if "at" in token.meta:
            continue
        if token.type == "text" and autolink:
            token.meta["at"] = (start + 1, state.pos - 1)
        elif token.type == "text":
            token.meta["at"] = (cursor, cursor + len(token.content))
            cursor += len(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            token.meta["at"] = (break_start, state.pos)
        else:
            token.meta["at"] = (start, state.pos)
        autolink = token.type == "link_open" and token.markup == "autolink"


class _Helpers:
    """The parser's helpers, with one question answered at once: a label cannot end without a bracket."""

    parseLinkDestination = staticmethod(helpers.parseLinkDestination)
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)

    @staticmethod
    def parseLinkLabel(state: StateInline, start: int, disableNested: bool = False) -> int:
        last = getattr(state, "last_bracket", None)
        if last is None:
            last = state.src.rfind("]")
            state.last_bracket = last  # type: ignore[attr-defined]
        return -1 if last < start else helpers.parseLinkLabel(state, start, disableNested)


@lru_cache(maxsize=2)
def parser(*, front_matter: bool) -> MarkdownIt:
    """CommonMark with tables, strikethrough and footnotes; tokens are not joined, to keep positions."""
    md = MarkdownIt("commonmark")
    md.block = TrackingBlock()
    md.inline = TrackingInline()
    md.helpers = _Helpers()  # type: ignore[assignment]
    md.configure("commonmark")
    md.options["maxNesting"] = MAX_NESTING
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin)
    if front_matter:
        md.use(front_matter_plugin)
    # Notes stay where they are written; those that nobody refers to would be dropped otherwise.
    md.disable(["footnote_tail", "text_join", "fragments_join"], ignoreInvalid=True)
    return md
