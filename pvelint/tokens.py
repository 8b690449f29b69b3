"""The token stream in which terms, names and word classes are matched.

A term is matched on tokens and not on characters, so that spaces, hyphens, line breaks and the kind of
apostrophe do not matter. ``norm`` is what is compared: lower case, one spelling (``spelling.canonical``),
no soft hyphens, straight apostrophes. A possessive ``'s`` (or a bare ``'`` after s) is a token of its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pvelint.spelling import canonical

#: Hyphens that join words: hyphen-minus, hyphen, non-breaking hyphen, and the dashes used without spaces.
HYPHENS = "-\u2010\u2011\u2012\u2013\u2212"
APOSTROPHES = "'\u2019\u02bc\u2018"
SOFT_HYPHEN = "\u00ad"
_HYPHEN_SET = re.escape(HYPHENS)

_WORD = rf"[^\W_](?:[^\W_]|{SOFT_HYPHEN})*(?:[{APOSTROPHES}](?![sS](?![^\W_]))[^\W_](?:[^\W_]|{SOFT_HYPHEN})*)*"
_POSSESSIVE = rf"[{APOSTROPHES}][sS](?![^\W_])|(?<=[sS])[{APOSTROPHES}](?![^\W_])"
_TOKEN = re.compile(rf"(?P<word>{_WORD})|(?P<possessive>{_POSSESSIVE})|(?P<mark>[^\s{_HYPHEN_SET}{SOFT_HYPHEN}])")
_HYPHEN_GAP = re.compile(rf"[{_HYPHEN_SET}]\s?|{SOFT_HYPHEN}")


class Token(NamedTuple):
    """A word, a possessive ending or a mark, with its place in the block's text.

    norm:   what terms are compared with (see the module); marks stand for themselves.
    joined: the token before is tied on by a hyphen (``counter-narrative``), also over a line break.

    A named tuple and no dataclass, because there is one for every word of a draft and it is made in half the time.
    """

    start: int
    end: int
    text: str
    norm: str
    kind: str
    joined: bool


@lru_cache(maxsize=1 << 16)
def normalise(word: str) -> str:
    """The compared form of one word: soft hyphens out, straight apostrophe, lower case, one spelling."""
    bare = word.replace(SOFT_HYPHEN, "") if SOFT_HYPHEN in word else word
    for apostrophe in APOSTROPHES[1:]:
        if apostrophe in bare:
            bare = bare.replace(apostrophe, "'")
    return canonical(bare.lower())


def tokenise(text: str) -> tuple[Token, ...]:
    """Split a block's text into tokens; offsets are code points of ``text``, half-open."""
    tokens: list[Token] = []
    previous_end = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        kind = match.lastgroup or "mark"
        surface = match.group()
        norm = normalise(surface) if kind == "word" else ("'s" if kind == "possessive" else surface)
        # Most words follow a space, which needs no expression to be told from a hyphen.
        gap = start > previous_end and text[previous_end] != " " and tokens
        joined = bool(gap and _HYPHEN_GAP.fullmatch(text, previous_end, start))
        tokens.append(Token(start, end, surface, norm, kind, joined))
        previous_end = end
    return tuple(tokens)
