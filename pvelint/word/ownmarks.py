"""How comments of an earlier review are known again, by what they say and nothing else.

The last line of each names its rules and carries a digest of the lines above, so that a comment in which a
person wrote is told from one that nobody touched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from pvelint.document import Span

#: The name that comments and changes of a review carry.
AUTHOR = "pvelint"
_MARK = re.compile(r"pvelint ([A-Z]\d{3}(?:, [A-Z]\d{3})*) \(([0-9a-f]{8})\)")
_ELSEWHERE = re.compile(r"In [^“]{1,200}: “")
_CONTEXT = 40  # characters on each side of words that a comment quotes from elsewhere


def mark(rules: Sequence[str], lines: Sequence[str]) -> str:
    """The last line of a comment: the ids of its rules and a digest of the lines above."""
    return f"pvelint {', '.join(rules)} ({digest(lines)})"


def digest(lines: Sequence[str]) -> str:
    """Eight hex digits over what a comment says: it tells whether a person has changed it since."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def own_rules(lines: Sequence[str]) -> tuple[str, ...]:
    """The rule ids in the mark of one of our comments; empty for anybody else's."""
    match = _MARK.fullmatch(lines[-1].strip()) if lines else None
    return tuple(match[1].split(", ")) if match else ()


def is_untouched(lines: Sequence[str]) -> bool:
    """Whether a comment of ours says exactly what we wrote."""
    match = _MARK.fullmatch(lines[-1].strip()) if lines else None
    return match is not None and match[2] == digest(list(lines[:-1]))


def elsewhere(place: str, quoted: str) -> str:
    """How a comment begins that stands where the words are not: the place and the words."""
    return f"In {place}: {quoted}."


def is_elsewhere(lines: Sequence[str]) -> bool:
    """Whether a comment of ours is about words that stand somewhere else."""
    return any(_ELSEWHERE.match(line) for line in lines)


def surroundings(text: str, span: Span) -> str:
    """Some words of a block with some of the text around them, in quotation marks."""
    before, after = text[max(span.start - _CONTEXT, 0) : span.start], text[span.end : span.end + _CONTEXT]
    if span.start > _CONTEXT:
        before = "…" + before.partition(" ")[2]
    if len(text) - span.end > _CONTEXT:
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"“{before}{text[span.start : span.end]}{after}”".split())
