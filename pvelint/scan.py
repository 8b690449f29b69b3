"""The one pass that finds avoided terms, approved terms and names in a block's tokens.

All surfaces stand in one trie of token norms, so the cost of a block grows with its length and not with the
size of the lexicon. A hyphenated pair is also tried as one closed word (``counter-narrative`` against
``counternarrative``; ``migra-`` / ``tion`` at a line end against ``migration``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pvelint.spelling import canonical
from pvelint.tokens import Token, normalise
from pvelint.variants import Features, Surface

Status = Literal["avoided", "approved", "name", "acronym"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One surface of one term.

    key:    what the term belongs to: index into the owner's list (see ``knowledge``).
    exact:  the token texts that must stand there, for case-sensitive surfaces.
    capitals: for names: which of the words must begin with a capital letter.
    """

    status: Status
    key: int
    surface: Surface
    capitals: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A pattern found at tokens ``first`` to ``last`` (half-open)."""

    first: int
    last: int
    pattern: Pattern

    @property
    def features(self) -> Features:
        return self.pattern.surface.features


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)


class Scanner:
    """The trie of all patterns."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._root = _Node()
        self.size = 0
        for pattern in patterns:
            node = self._root
            for word in pattern.surface.words:
                key = normalise(word) if pattern.surface.case_sensitive else word
                node = node.children.setdefault(key, _Node())
            node.patterns.append(pattern)
            self.size += 1

    def scan(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Every match, overlapping ones included, by first token."""
        for first in range(len(tokens)):
            yield from self._from(self._root, tokens, first, first)

    def _from(self, node: _Node, tokens: Sequence[Token], first: int, index: int) -> Iterator[Match]:
        if node.patterns:
            for pattern in node.patterns:
                if _fits(pattern, tokens, first, index):
                    yield Match(first, index, pattern)
        if index >= len(tokens) or not node.children:
            return
        token = tokens[index]
        child = node.children.get(token.norm)
        if child is not None:
            yield from self._from(child, tokens, first, index + 1)
        if index + 1 < len(tokens) and tokens[index + 1].joined:
            closed = node.children.get(canonical(token.norm + tokens[index + 1].norm))
            if closed is not None:
                yield from self._from(closed, tokens, first, index + 2)


def _fits(pattern: Pattern, tokens: Sequence[Token], first: int, last: int) -> bool:
    if pattern.surface.case_sensitive and tuple(token.text for token in tokens[first:last]) != pattern.surface.words:
        return False
    if pattern.capitals and len(pattern.capitals) == last - first:
        return all(
            tokens[first + offset].text[:1].isupper() for offset, needed in enumerate(pattern.capitals) if needed
        )
    return True
