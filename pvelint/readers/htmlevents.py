"""The standard HTML parser, made to say where everything stands and to stay linear.

Two things are added. Every event carries its source range; and constructs that are never closed
(``<!--`` without ``-->``, ``<`` without ``>``) are settled at once, because the parser would look for
their end again and again.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Protocol


class Sink(Protocol):
    """What receives the events; offsets are code points of the source, half-open."""

    def start(self, tag: str, attributes: dict[str, str], start: int, end: int) -> None: ...

    def end(self, tag: str, start: int, end: int) -> None: ...

    def text(self, start: int, end: int) -> None: ...

    def comment(self, inner: str, start: int, end: int) -> None: ...

    def unclosed(self, start: int) -> None: ...


class Events(HTMLParser):
    """Feeds the events of one source to a sink."""

    def __init__(self, source: str, sink: Sink) -> None:
        super().__init__(convert_charrefs=True)
        self._source = source
        self._sink = sink
        self._line_starts = [0]
        position = source.find("\n")
        while position >= 0:
            self._line_starts.append(position + 1)
            position = source.find("\n", position + 1)
        self._text_from: int | None = None

    def run(self) -> None:
        """Parse the whole source."""
        self.feed(self._source)
        self.close()
        self._flush(len(self._source))

    def _here(self) -> int:
        line, column = self.getpos()
        return self._line_starts[line - 1] + column

    def _flush(self, end: int) -> None:
        """Text ends where the next event begins: what the parser makes of it does not matter."""
        if self._text_from is not None and self._text_from < end:
            self._sink.text(self._text_from, end)
        self._text_from = None

    def handle_data(self, data: str) -> None:
        if self._text_from is None:
            self._text_from = self._here()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        here = self._here()
        self._flush(here)
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        end = here + len(self.get_starttag_text() or "")
        self._sink.start(tag, attributes, here, end)

    def handle_endtag(self, tag: str) -> None:
        here = self._here()
        self._flush(here)
        close = self._source.find(">", here)
        self._sink.end(tag, here, close + 1 if close >= 0 else len(self._source))

    def handle_comment(self, data: str) -> None:
        here = self._here()
        self._flush(here)
        end = here + 4 + len(data) + 3
        if self._source[here : here + 4] == "<!--" and self._source[end - 3 : end] == "-->":
            self._sink.comment(data, here, end)

    def handle_decl(self, decl: str) -> None:
        self._flush(self._here())

    def handle_pi(self, data: str) -> None:
        self._flush(self._here())

    def unknown_decl(self, data: str) -> None:
        self._flush(self._here())

    # The parser's own methods, stopped short where the end they look for does not exist. ``rawdata`` is
    # the source from some point on, and ``i`` an index in it.

    def _unclosed(self, i: int, close: str) -> bool:
        if self.rawdata.rfind(close) >= i + 2:
            return False
        here = self._here()
        self._flush(here)
        self._sink.unclosed(here)
        return True

    def parse_comment(self, i: int, report: bool = True) -> int:
        if self._unclosed(i, "-->"):
            return len(self.rawdata)
        return super().parse_comment(i, report)

    def parse_pi(self, i: int) -> int:
        return len(self.rawdata) if self._no_more_tags(i) else super().parse_pi(i)

    def parse_html_declaration(self, i: int) -> int:
        if self._no_more_tags(i):
            return len(self.rawdata)
        try:
            return super().parse_html_declaration(i)
        except AssertionError:  # <![something the parser does not know
            return self.parse_bogus_comment(i, False)

    def parse_starttag(self, i: int) -> int:
        return len(self.rawdata) if self._no_more_tags(i) else super().parse_starttag(i)

    def parse_endtag(self, i: int) -> int:
        return len(self.rawdata) if self._no_more_tags(i) else super().parse_endtag(i)

    def _no_more_tags(self, i: int) -> bool:
        """No ``>`` follows: the rest is read as text, as a person who wrote ``x <y`` meant it."""
        if self.rawdata.rfind(">") > i:
            return False
        if self.cdata_elem is None:
            self.handle_data("")
        return True
