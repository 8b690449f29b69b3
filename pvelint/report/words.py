"""Text as a terminal can show it: harmless characters, cell widths, wrapping, underlines.

Words of a draft and names of files may hold anything: escape sequences that repaint a terminal, overrides
that turn reading direction, wide and combining characters. Everything printed for people goes through here.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TextIO

from pvelint.document import Span

#: Shown in the place of a character that must not reach a terminal.
REPLACEMENT = "\ufffd"
#: Direction overrides and isolates: they can make a line read as something else.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: Seen by nobody: soft hyphen, joiners, direction marks, byte order mark.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u061c")
_SEPARATORS = frozenset("\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    """Cells that one character takes (0 for combining ones)."""
    if " " <= char < "\u007f":
        return 1
    if "\u00ae" <= char < "\u0300" or "\u2010" <= char < "\u2028":  # Latin letters, dashes and quotation marks
        return 1
    from rich.cells import cell_len

    return cell_len(char)


def cells(text: str) -> int:
    """Terminal cells that a cleaned text takes."""
    if text.isascii():
        return len(text)
    return sum(_width(char) for char in text)


@dataclass(frozen=True)
class Surface:
    """What an output can show.

    encoding: the stream's encoding, or ``utf-8`` where it has none.
    """

    encoding: str = "utf-8"

    @classmethod
    def of(cls, stream: TextIO) -> Surface:
        return cls(getattr(stream, "encoding", None) or "utf-8")

    def shows(self, text: str) -> bool:
        """Whether every character can be encoded for the stream."""
        try:
            text.encode(self.encoding)
        except (UnicodeError, LookupError):
            return False
        return True

    def ornament(self, fancy: str, plain: str) -> str:
        """The fancy form where the stream can show it, otherwise the plain one."""
        return fancy if self.shows(fancy) else plain

    def char(self, char: str) -> str:
        """One character as it may be printed: itself, a space, a stand-in, or nothing."""
        if " " <= char < "\u007f":
            return char
        if char in _SEPARATORS:
            return " "
        if char in _INVISIBLE:
            return ""
        category = unicodedata.category(char)
        if char in _OVERRIDES or category in {"Cc", "Cs", "Co"}:
            return REPLACEMENT if self.shows(REPLACEMENT) else "?"
        if category == "Zs":
            return " "
        return char if self.shows(char) else "?"

    def clean(self, text: str) -> str:
        """The text without anything that steers a terminal or that the stream can't encode."""
        if text.isascii() and text.isprintable():
            return text
        return "".join(self.char(char) for char in text)


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of a sentence and the underline that belongs under it (empty when nothing is marked)."""

    text: str
    underline: str
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    marked: bool
    width: int


def wrap(text: str, *, width: int, surface: Surface) -> list[str]:
    """The text in lines of at most ``width`` cells."""
    return [line.text for line in marked_lines(text, None, width=width, surface=surface)]


def marked_lines(text: str, mark: Span | None, *, width: int, surface: Surface, longest: int = 8) -> list[MarkedLine]:
    """A sentence in lines of at most ``width`` cells, with the marked words underlined.

    mark:    range of ``text`` (code points), or None.
    longest: a marked sentence that needs more lines is cut at both ends around the marked words.
    """
    sequence = _cells(text, mark, surface)
    if mark is not None:
        sequence = _cut(sequence, longest * width, surface)
    lines: list[list[_Cell]] = [[]]
    used = 0
    for word in _split(sequence):
        length = sum(cell.width for cell in word)
        gap = 1 if lines[-1] else 0
        if lines[-1] and used + gap + length > width:
            lines.append([])
            used = gap = 0
        if gap:
            inside = lines[-1][-1].marked and word[0].marked
            lines[-1].append(_Cell(" ", inside, 1))
            used += 1
        for cell in word:
            if used + cell.width > width and cell.width:
                lines.append([])
                used = 0
            lines[-1].append(cell)
            used += cell.width
    return [_line(line) for line in lines if line]


def _cells(text: str, mark: Span | None, surface: Surface) -> list[_Cell]:
    found: list[_Cell] = []
    for index, char in enumerate(text):
        shown = surface.char(char)
        if shown:
            found.append(_Cell(shown, mark is not None and mark.start <= index < mark.end, _width(shown)))
    return found


def _split(sequence: list[_Cell]) -> list[list[_Cell]]:
    words: list[list[_Cell]] = [[]]
    for cell in sequence:
        if cell.text == " ":
            if words[-1]:
                words.append([])
        else:
            words[-1].append(cell)
    return [word for word in words if word]


def _cut(sequence: list[_Cell], limit: int, surface: Surface) -> list[_Cell]:
    """Keep the surroundings of the marked cells when the whole is too long."""
    if sum(cell.width for cell in sequence) <= limit:
        return sequence
    marked = [index for index, cell in enumerate(sequence) if cell.marked]
    first, last = (marked[0], marked[-1]) if marked else (0, 0)
    spare = max(limit - (last - first), limit // 2) // 2
    start, end = max(first - spare, 0), min(last + spare, len(sequence))
    if last - first > limit:
        end = first + limit
    while 0 < start < first and sequence[start - 1].text != " ":
        start += 1
    while last + 1 < end < len(sequence) and sequence[end].text != " ":
        end -= 1
    dots = [_Cell(char, False, 1) for char in surface.ornament("\u2026", "...")]
    space = [_Cell(" ", False, 1)]
    head = dots + space if start > 0 else []
    tail = space + dots if end < len(sequence) else []
    return head + sequence[start:end] + tail


def _line(line: list[_Cell]) -> MarkedLine:
    underline = "".join(("^" if cell.marked else " ") * cell.width for cell in line).rstrip()
    parts: list[tuple[str, bool]] = []
    for cell in line:
        if parts and parts[-1][1] == cell.marked:
            parts[-1] = (parts[-1][0] + cell.text, cell.marked)
        else:
            parts.append((cell.text, cell.marked))
    return MarkedLine("".join(cell.text for cell in line), underline, tuple(parts))
