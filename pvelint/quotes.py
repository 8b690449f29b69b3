"""Quotation marks of every kind, paired within a block.

Curly and angle marks are preferred because they say which way they face. A single mark between letters is
an apostrophe; one after a plural ``s`` closes a quotation only where one is open and no better mark follows.
"""

from __future__ import annotations

from dataclasses import dataclass

from pvelint.document import Span

_PAIRS = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u2039": "\u203a",
    "\u201f": "\u201d",
    "\u201a": "\u2018\u2019",
    "\u300c": "\u300d",
    "\u300e": "\u300f",
    "\u301d": "\u301e\u301f",
}
#: Marks that face the other way in some languages: \u00bbX\u00ab, \u201dX\u201d.
_REVERSED = {"\u00bb": "\u00ab", "\u203a": "\u2039", "\u201d": "\u201d"}
_SINGLE_OPEN = "\u2018'"
_SINGLE_CLOSE = "\u2019'"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted stretch: ``outer`` with its marks, ``inner`` without (code points, half-open)."""

    outer: Span
    inner: Span
    double: bool


def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a block's text, outer ones first; an unclosed double one runs to the end."""
    found = _doubles(text)
    if any(mark in text for mark in _SINGLE_OPEN):
        found += _singles(text)
    return tuple(sorted(found, key=lambda quote: (quote.outer.start, -quote.outer.end)))


def _doubles(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    opened: list[tuple[int, str]] = []
    for index, char in enumerate(text):
        if opened and char in opened[-1][1] and not (char == '"' and _opens(text, index) and not _closes(text, index)):
            start, _ = opened.pop()
            found.append(Quotation(Span(start, index + 1), Span(start + 1, index), True))
        elif char in _PAIRS:
            opened.append((index, _PAIRS[char]))
        elif char == '"' and _opens(text, index):
            opened.append((index, '"'))
        elif char in _REVERSED and not opened and _opens(text, index) and _REVERSED[char] in text[index + 1 :]:
            opened.append((index, _REVERSED[char]))
    for start, closers in opened[:1]:
        if closers != '"' and len(text) - start > 20:
            found.append(Quotation(Span(start, len(text)), Span(start + 1, len(text)), True))
    return found


def _opens(text: str, index: int) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    return (before.isspace() or before in "([{-\u2013\u2014/\u201c\u2018'\u00ab:>") and not after.isspace()


def _closes(text: str, index: int) -> bool:
    after = text[index + 1] if index + 1 < len(text) else " "
    return not after.isalnum()


def _singles(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    index = 0
    while index < len(text):
        if text[index] in _SINGLE_OPEN and _opens(text, index) and text[index + 1 : index + 2].isalnum():
            end = _single_end(text, index)
            if end is not None:
                found.append(Quotation(Span(index, end + 1), Span(index + 1, end), False))
                index = end
        index += 1
    return found


def _single_end(text: str, start: int) -> int | None:
    """The closing mark: the first one not inside a word, but a plural possessive yields to a later one."""
    candidate: int | None = None
    for index in range(start + 2, min(len(text), start + 600)):
        char = text[index]
        if char == "\u2018" or (char == "'" and _opens(text, index)):
            break
        if char not in _SINGLE_CLOSE or not _closes(text, index) or text[index - 1].isspace():
            continue
        candidate = index
        following = text[index + 1 : index + 3]
        if not (text[index - 1] in "sS" and len(following) == 2 and following[0] == " " and following[1].islower()):
            break
    return candidate
