"""Sentence boundaries of a block, without a parser.

A boundary is a full stop, question or exclamation mark (with closing quotes and brackets), white space and
something that can start a sentence. Known abbreviations, initials and numbers in lists do not end one.
Line feeds inside a block (Word's manual breaks) end a sentence only after such a mark.
"""

from __future__ import annotations

import re

from pvelint.document import Span

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "sr",
        "jr",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "cf",
        "vs",
        "eds",
        "al",
        "approx",
        "dept",
        "est",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "hon",
        "rev",
        "gov",
        "sen",
        "rep",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "inc",
        "ltd",
        "corp",
        "u.n",
        "u.s",
        "u.k",
        "a.m",
        "p.m",
    ]
)
#: These stand before a number: "No. 9", "Art. 3".
_BEFORE_NUMBERS = frozenset(
    [
        "no",
        "nos",
        "art",
        "arts",
        "para",
        "paras",
        "p",
        "pp",
        "fig",
        "figs",
        "vol",
        "ch",
        "ed",
        "ref",
        "refs",
        "sec",
        "table",
        "res",
    ]
)
#: Longer than any abbreviation with the marks after it (code points).
_REACH = 64
_CLOSERS = "\"'\u201d\u2019\u00bb)\\]"
_END = re.compile(rf"(?<=[.!?\u2026])[{_CLOSERS}]*(?=\s)\s+")
_LAST_WORD = re.compile(r"([^\s(\[\"'\u201c\u2018]+?)[.!?\u2026]+$")


def split(text: str) -> tuple[Span, ...]:
    """The sentences of a block's text (code points, half-open); together they cover all but the gaps."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if not _ends(text, start, match.start(), match.end()):
            continue
        end = match.start() + len(match.group().rstrip())
        spans.append(Span(start, end))
        start = match.end()
    tail = text[start:].rstrip()
    if tail:
        spans.append(Span(start, start + len(tail)))
    return tuple(span for span in spans if span.end > span.start)


def _ends(text: str, start: int, before: int, after: int) -> bool:
    """Whether a sentence that began at ``start`` ends at the mark before ``before``; the next would begin at ``after``.

    Only the end of the sentence is looked at, so that a text full of initials costs no more than another.
    """
    body = text[max(start, before - _REACH) : before]
    following = text[after : after + 1]
    if not following or following.islower():
        return False
    if body.endswith("."):
        word = _LAST_WORD.search(body)
        if word:
            stem = word.group(1).lower()
            if stem in _ABBREVIATIONS or (len(stem) == 1 and stem.isalpha() and stem != "i"):
                return False
            if stem in _BEFORE_NUMBERS and following.isdigit():
                return False
            whole = before - start <= _REACH
            if whole and stem.isdigit() and len(stem) <= 2 and body.strip(" .") == word.group(1):
                return False
    return True
