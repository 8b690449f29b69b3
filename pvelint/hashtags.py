"""Hashtags as the words that they are made of: "#SilenceTheirSermons" says "silence their sermons"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pvelint.tokens import Token, normalise

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def spread(tokens: Sequence[Token], first: int, last: int) -> tuple[tuple[Token, ...], tuple[int, ...]] | None:
    """The tokens of a range with each hashtag in mixed case replaced by its words; None where there is none.

    The second value gives for each of the new tokens the index of the token that it comes from, and one more for the
    end of the range.
    """
    found: list[Token] = []
    origin: list[int] = []
    changed = False
    for index in range(first, last):
        token = tokens[index]
        parts = list(_PART.finditer(token.text)) if index > first and tokens[index - 1].text == "#" else []
        if len(parts) > 1 and "".join(part.group() for part in parts) == token.text:
            changed = True
            for part in parts:
                start, end = token.start + part.start(), token.start + part.end()
                # Without its capital, which in a hashtag only marks where a word begins.
                found.append(Token(start, end, part.group().lower(), normalise(part.group()), "word", False))
                origin.append(index)
        else:
            found.append(token)
            origin.append(index)
    return (tuple(found), (*origin, last)) if changed else None
