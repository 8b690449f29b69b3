"""The one pass that finds avoided terms, approved terms and names in a block's tokens.

All surfaces stand in one trie of token norms, so the cost of a block grows with its length and not with the
size of the lexicon. A hyphenated pair is also tried as one closed word (``counter-narrative`` against
``counternarrative``; ``migra-`` / ``tion`` at a line end against ``migration``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from pvelint.spelling import canonical
from pvelint.tokens import Token, normalise

if TYPE_CHECKING:
    from pvelint.surfaces import Features, Surface

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
class Node:
    """A step of the trie: the patterns that end here, and where longer ones go on."""

    children: dict[str, Node] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)


class Roots(Protocol):
    """The first steps of the trie by token; a dict, or one that is read from a file as it is asked for."""

    def get(self, norm: str, /) -> Node | None: ...


def trie(patterns: Iterable[Pattern]) -> dict[str, Node]:
    """The trie of some patterns, by first token."""
    roots: dict[str, Node] = {}
    for pattern in patterns:
        exact = pattern.surface.case_sensitive
        words = tuple(normalise(word) for word in pattern.surface.words) if exact else pattern.surface.words
        node = roots.setdefault(words[0], Node())
        for word in words[1:]:
            node = node.children.setdefault(word, Node())
        node.patterns.append(pattern)
    return roots


class Scanner:
    """Finds all patterns of a trie in one pass."""

    __slots__ = ("roots",)

    def __init__(self, roots: Roots) -> None:
        self.roots = roots

    @classmethod
    def of(cls, patterns: Iterable[Pattern]) -> Scanner:
        """The scanner for some patterns."""
        return cls(trie(patterns))

    def scan(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Every match, overlapping ones included, by first token."""
        root = self.roots.get
        last = len(tokens) - 1
        for first, token in enumerate(tokens):
            node = root(token.norm)
            if node is not None:
                yield from _from(node, tokens, first, first + 1)
            if first < last and tokens[first + 1].joined:
                closed = root(canonical(token.norm + tokens[first + 1].norm))
                if closed is not None:
                    yield from _from(closed, tokens, first, first + 2)


def _from(node: Node, tokens: Sequence[Token], first: int, index: int) -> Iterator[Match]:
    """The matches that go on from a node reached with the tokens ``first`` to ``index`` (half-open)."""
    for pattern in node.patterns:
        if _fits(pattern, tokens, first, index):
            yield Match(first, index, pattern)
    if index >= len(tokens) or not node.children:
        return
    token = tokens[index]
    child = node.children.get(token.norm)
    if child is not None:
        yield from _from(child, tokens, first, index + 1)
    if index + 1 < len(tokens) and tokens[index + 1].joined:
        closed = node.children.get(canonical(token.norm + tokens[index + 1].norm))
        if closed is not None:
            yield from _from(closed, tokens, first, index + 2)


def _fits(pattern: Pattern, tokens: Sequence[Token], first: int, last: int) -> bool:
    if pattern.surface.case_sensitive and tuple(token.text for token in tokens[first:last]) != pattern.surface.words:
        return False
    if pattern.capitals and len(pattern.capitals) == last - first:
        return all(
            tokens[first + offset].text[:1].isupper() for offset, needed in enumerate(pattern.capitals) if needed
        )
    return True
