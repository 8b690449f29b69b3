"""Reads Markdown: CommonMark with tables, front matter, footnotes and strikethrough.

The parser is markdown-it-py; ``mdparse`` makes it keep positions. This module turns its tokens into
blocks. Prose is what a reader of the rendered page sees: link text but not the target, alternative text
as a block of its own, no tags. Code stays in the text as characters, so that sentences stay whole, and
is protected.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from markdown_it.token import Token

from pvelint.document import Block, BlockKind, Document, NotChecked, OffsetMap, Span
from pvelint.errors import ReadError
from pvelint.readers.build import Built
from pvelint.readers.comments import find_comments
from pvelint.readers.encoding import decode
from pvelint.readers.frontmatter import BadFrontMatter, FrontMatter, read_front_matter
from pvelint.readers.mdinline import Inline, Lines
from pvelint.readers.mdparse import MAX_NESTING, Origin, parser
from pvelint.readers.numbering import Numbering

_VISIBLE = re.compile(r"[^\W\d_]{2,}")
_TAG = re.compile(r"<[^<>]*>")
_CONTAINERS = {"blockquote_open": "quote", "list_item_open": "item", "footnote_reference_open": "footnote"}


def read_markdown(data: bytes, *, path: str) -> Document:
    """Read a Markdown draft.

    ``Document.text`` is the decoded source without byte order mark, line endings untouched; every
    character of every block maps to its place there. Front matter that cannot be read is treated as
    text, and said in ``not_checked``. Raises ReadError as ``decode`` does.
    """
    decoded = decode(data, path=path)
    text = decoded.text
    walk = _Walk(text)
    try:
        walk.run()
    except (RecursionError, IndexError, RuntimeError, ValueError) as error:
        raise ReadError(
            "markdown",
            f"The Markdown is built in a way that cannot be read ({type(error).__name__}).",
            cure="Save it as .txt and check that.",
            path=path,
        ) from error
    return Document(
        path=path,
        format="markdown",
        text=text,
        blocks=tuple(walk.blocks),
        properties=MappingProxyType(walk.properties),
        not_checked=(*decoded.notes, *walk.not_checked()),
        encoding=decoded.encoding,
        comments=tuple(sorted(walk.comments)),
    )


@dataclass
class _Walk:
    """The tokens of one document on their way to blocks."""

    text: str
    blocks: list[Block] = field(default_factory=list)
    comments: list[tuple[Span, str]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    notes: list[NotChecked] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    containers: list[tuple[str, str]] = field(default_factory=list)
    table: list[int] = field(default_factory=lambda: [0, 0, 0])
    inline_notes: int = 0
    raw_html: list[int] = field(default_factory=list)
    too_deep: bool = False
    env: dict[str, Any] = field(default_factory=dict)

    def run(self) -> None:
        self.lines = Lines(self.text)
        tokens = self._parse()
        for position, token in enumerate(tokens):
            if token.type == "inline":
                self._inline(token, tokens[position - 1])
            elif token.type == "html_block":
                self._html_block(token)
            else:
                self._structure(token)

    def _parse(self) -> list[Token]:
        tokens = parser(front_matter=True).parse(self.lines.normal, self.env)
        if not tokens or tokens[0].type != "front_matter":
            return tokens
        try:
            self._front_matter(tokens[0])
        except BadFrontMatter as bad:
            if bad.reason is not None:
                self.notes.append(NotChecked("front matter", f"{bad.reason}; its settings were not read"))
            self.env = {}
            return parser(front_matter=False).parse(self.lines.normal, self.env)
        return tokens

    def _front_matter(self, token: Token) -> None:
        start = self.lines.start(1)
        end = self.lines.start(max((token.map or [0, 1])[1] - 1, 1))
        matter: FrontMatter = read_front_matter(self.lines.normal[start:end])
        self.properties.update(matter.properties)
        if matter.title_at is None:
            return
        first, last = (self.lines.source(start + offset) for offset in matter.title_at)
        title = self.text[first:last]
        offsets = OffsetMap.shifted(len(title), first)
        self._add(Block(title, BlockKind.TITLE, offsets, part="front matter", place="title"))

    def _structure(self, token: Token) -> None:
        if token.type in _CONTAINERS:
            self.containers.append((_CONTAINERS[token.type], str(token.meta.get("label", ""))))
            self.too_deep = self.too_deep or token.level >= MAX_NESTING - 1
        elif token.type in ("blockquote_close", "list_item_close", "footnote_reference_close"):
            self.containers.pop()
        elif token.type == "table_open":
            self.table = [self.table[0] + 1, 0, 0]
        elif token.type == "tr_open":
            self.table[1:] = [self.table[1] + 1, 0]
        elif token.type in ("th_open", "td_open"):
            self.table[2] += 1

    def _inline(self, token: Token, parent: Token) -> None:
        origin: Origin = token.meta["origin"]
        inline = Inline(self.lines, token.content, origin.of(token.content), self.env)
        built = inline.read(token.children or [])
        self.comments += inline.comments
        if built.text:
            self._add(self._block(built, parent))
        for alt in inline.alt_texts:
            self._add(_plain(alt, BlockKind.ALT_TEXT, part="alt text", quoted=self._quoted()))
        for note in inline.footnotes:
            self.inline_notes += 1
            place = f"footnote {self.inline_notes} (inline)"
            self._add(_plain(note, BlockKind.FOOTNOTE, part="footnotes", place=place))

    def _block(self, built: Built, parent: Token) -> Block:
        kind, part, place = self._kind(parent)
        return _plain(built, kind, part=part, place=place, quoted=self._quoted())

    def _quoted(self) -> bool:
        return any(name == "quote" for name, _ in self.containers)

    def _kind(self, parent: Token) -> tuple[BlockKind, str, str]:
        """Kind, part and (when it is not just counted) place of a block with this parent token."""
        footnote = next((label for name, label in self.containers if name == "footnote"), None)
        part = "body" if footnote is None else "footnotes"
        if parent.type in ("th_open", "td_open"):
            table, row, column = self.table
            return BlockKind.TABLE_CELL, part, f"table {table}, row {row}, column {column}"
        if footnote is not None:
            return BlockKind.FOOTNOTE, part, f"footnote {footnote}"
        if parent.type == "heading_open":
            if parent.tag == "h1" and not self.blocks:
                return BlockKind.TITLE, part, "title"
            return BlockKind.HEADING, part, ""
        if self.containers:
            item = self.containers[-1][0] == "item"
            return (BlockKind.LIST_ITEM if item else BlockKind.BLOCK_QUOTE), part, ""
        return BlockKind.PARAGRAPH, part, ""

    def _html_block(self, token: Token) -> None:
        """Comments are kept, and what follows one on its line is read; other raw HTML is not."""
        origin: Origin | None = token.meta.get("origin")
        if origin is None or not origin.pieces:
            return
        first = self.lines.source(origin.pieces[0].source_start)
        end = self.lines.source(origin.pieces[-1].source_start + origin.pieces[-1].length)
        found = find_comments(self.text, first, end)
        self.comments += found
        if origin.raw.lstrip().startswith("<!--"):
            self._beside_comment(origin, found, first, end)
        elif _VISIBLE.search(_TAG.sub(" ", origin.raw)):
            self.raw_html.append(self.lines.line(first))

    def _beside_comment(self, origin: Origin, found: Sequence[tuple[Span, str]], first: int, end: int) -> None:
        """A comment's line is an HTML block as a whole; the sentence beside a suppression is still prose."""
        if not found:
            self.notes.append(
                NotChecked(f"text after line {self.lines.line(first)}", "a comment (<!--) is never closed")
            )
            return
        from pvelint.readers.html import html_blocks

        masked = [" "] * (end - first)
        for piece in origin.pieces:
            start = self.lines.source(piece.source_start)
            for offset in range(start, self.lines.source(piece.source_start + piece.length)):
                masked[offset - first] = self.text[offset]
        for block in html_blocks("".join(masked), base=first).blocks:
            kind, part, place = self._kind(Token("paragraph_open", "p", 1))
            quoted = block.quoted or self._quoted()
            made = Block(block.text, kind, block.offsets, part=part, place=place, quoted=quoted)
            self._add(_with(made, block))

    def _add(self, block: Block) -> None:
        self.blocks.append(self.numbering.number(block))

    def not_checked(self) -> list[NotChecked]:
        notes = list(self.notes)
        if self.raw_html:
            lines = ", ".join(str(line) for line in self.raw_html[:5])
            more = " and others" if len(self.raw_html) > 5 else ""
            notes.append(NotChecked(f"raw HTML at line {lines}{more}", "HTML inside Markdown is not read"))
        if self.too_deep:
            reason = f"quotations or lists inside each other deeper than {MAX_NESTING} levels are not read"
            notes.append(NotChecked("deep nesting", reason))
        return notes


def _plain(built: Built, kind: BlockKind, *, part: str, place: str = "", quoted: bool = False) -> Block:
    return Block(
        text=built.text,
        kind=kind,
        offsets=built.offsets,
        part=part,
        place=place,
        protected=built.protected,
        emphasis=built.emphasis,
        quoted=quoted,
    )


def _with(block: Block, source: Block) -> Block:
    return replace(block, protected=source.protected, emphasis=source.emphasis, hidden=source.hidden)
