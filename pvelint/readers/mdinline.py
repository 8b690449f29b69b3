"""From the inline tokens of one Markdown block to its text, every character with its source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token

from pvelint.document import Span
from pvelint.readers.build import Built, TextBuilder
from pvelint.readers.mdparse import ContentMap

_LINE_END = re.compile(r"\r\n|\r|\n")
_CODE_TAG = re.compile(r"<(/?)(?:code|kbd|samp|tt)\b", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)


class Lines:
    """The source with its line ends made ``\\n``, as the parser wants it, and the way back."""

    def __init__(self, text: str) -> None:
        self.text = text
        normal_starts, source_starts = [0], [0]
        removed = 0
        for match in _LINE_END.finditer(text):
            removed += match.end() - match.start() - 1
            source_starts.append(match.end())
            normal_starts.append(match.end() - removed)
        self._normal_starts = normal_starts
        self._source_starts = source_starts
        self._same = removed == 0
        self.normal = text if self._same and "\r" not in text else _LINE_END.sub("\n", text)

    def source(self, offset: int) -> int:
        """Offset in the document's text of an offset in ``normal``."""
        if self._same:
            return offset
        line = bisect_right(self._normal_starts, offset) - 1
        return self._source_starts[line] + offset - self._normal_starts[line]

    def start(self, line: int) -> int:
        """Offset in ``normal`` of a line, from 0."""
        return self._normal_starts[min(line, len(self._normal_starts) - 1)]

    def line(self, source_offset: int) -> int:
        """Line, from 1, of an offset in the document's text."""
        return bisect_right(self._source_starts, source_offset)


class Inline:
    """Reads the tokens of one block; alternative texts, inline footnotes and comments are set aside."""

    def __init__(self, lines: Lines, content: str, places: ContentMap, env: dict[str, Any], *, base: int = 0) -> None:
        self._lines = lines
        self._content = content
        self._places = places
        self._env = env
        self._base = base
        self._builder = TextBuilder()
        self._code_depth = 0
        self.alt_texts: list[Built] = []
        self.footnotes: list[Built] = []
        self.comments: list[tuple[Span, str]] = []

    def read(self, tokens: Sequence[Token]) -> Built:
        """The block's text. Offsets in ``token.meta['at']`` count from ``base`` in the content."""
        emphasis: list[int] = []
        autolink: int | None = None
        address = "url"
        for token in tokens:
            start, end = token.meta.get("at", (0, 0))
            start, end = start + self._base, end + self._base
            before = self._builder.length
            if token.type == "text" and autolink is not None:
                # The parser decodes the address for display; the writer's own characters are kept.
                self._text(self._content[start:end], start, end)
            elif token.type in ("text", "text_special"):
                self._text(token.content, start, end)
            elif token.type in ("softbreak", "hardbreak"):
                self._builder.space(self._at(start), self._at(end))
            elif token.type == "code_inline":
                self._code(token, start, end)
            elif token.type == "em_open":
                emphasis.append(before)
            elif token.type == "em_close" and emphasis:
                self._builder.mark("emphasis", emphasis.pop())
            elif token.type == "link_open":
                autolink = before if token.markup == "autolink" else None
                address = "email" if str(token.attrs.get("href", "")).startswith("mailto:") else "url"
            elif token.type == "link_close" and autolink is not None:
                self._builder.mark(address, autolink)
                autolink = None
            else:
                self._other(token, start, end)
            if self._code_depth and self._builder.length > before:
                self._builder.mark("code", before)
        return self._builder.build()

    def _at(self, offset: int) -> int:
        return self._lines.source(self._places.source(offset))

    def _text(self, text: str, start: int, end: int) -> None:
        if text != self._content[start:end]:
            self._builder.atom(text.replace("\n", " "), self._at(start), self._at(end - 1) + 1)
            return
        while text:
            cut = text.find("\n")
            if cut < 0:
                self._run(text, start)
                return
            self._run(text[:cut], start)
            self._builder.atom(" ", self._at(start + cut), self._at(start + cut + 1))
            text, start = text[cut + 1 :], start + cut + 1

    def _run(self, text: str, start: int) -> None:
        """Characters without a line end; a pipe that was unescaped in a table divides pieces."""
        while text:
            piece = self._places.piece(start)
            room = piece.content_start + piece.length - start
            if room <= 0 or room >= len(text):
                self._builder.linear(text, self._at(start))
                return
            self._builder.linear(text[:room], self._at(start))
            text, start = text[room:], start + room

    def _code(self, token: Token, start: int, end: int) -> None:
        ticks = len(token.markup)
        inner = self._content[start + ticks : end - ticks]
        lead = 0 if inner.replace("\n", " ") == token.content else 1
        before = self._builder.length
        first = start + ticks + lead
        self._text(self._content[first : first + len(token.content)], first, first + len(token.content))
        self._builder.mark("code", before)

    def _other(self, token: Token, start: int, end: int) -> None:
        if token.type == "html_inline":
            self._html(token.content, start, end)
        elif token.type == "image":
            self._builder.gap()
            if (built := self._nested(token.children or [], start + 2)).text:
                self.alt_texts.append(built)
        elif token.type == "footnote_ref":
            self._builder.gap()
            note = self._env.get("footnotes", {}).get("list", {}).get(token.meta.get("id"), {})
            if "tokens" in note and (built := self._nested(note["tokens"], start + 2)).text:
                self.footnotes.append(built)

    def _nested(self, tokens: Sequence[Token], base: int) -> Built:
        inner = Inline(self._lines, self._content, self._places, self._env, base=base)
        built = inner.read(tokens)
        self.alt_texts += inner.alt_texts
        self.footnotes += inner.footnotes
        self.comments += inner.comments
        return built

    def _html(self, tag: str, start: int, end: int) -> None:
        if tag.startswith("<!--") and tag.endswith("-->") and len(tag) >= len("<!---->"):
            self.comments.append((Span(self._at(start), self._at(end - 1) + 1), tag[4:-3]))
        elif _BREAK_TAG.match(tag):
            self._builder.space(self._at(start), self._at(end - 1) + 1)
            return
        elif code := _CODE_TAG.match(tag):
            self._code_depth = max(self._code_depth + (-1 if code.group(1) else 1), 0)
        self._builder.gap()
