"""HTML comments in a source: suppressions are written in them in text, Markdown and HTML alike."""

from __future__ import annotations

from pvelint.document import Span

OPEN = "<!--"
CLOSE = "-->"


def find_comments(text: str, start: int = 0, end: int | None = None) -> list[tuple[Span, str]]:
    """The closed comments of ``text[start:end]`` as (span of the whole comment, inner text).

    Plain searching and not a pattern: a file of a million openings must not take a million scans.
    """
    found: list[tuple[Span, str]] = []
    limit = len(text) if end is None else end
    position = text.find(OPEN, start, limit)
    while position >= 0:
        close = text.find(CLOSE, position + len(OPEN), limit)
        if close < 0:
            break
        found.append((Span(position, close + len(CLOSE)), text[position + len(OPEN) : close]))
        position = text.find(OPEN, close + len(CLOSE), limit)
    return found
