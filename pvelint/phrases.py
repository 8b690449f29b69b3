"""Sets of words and phrases, matched in any inflection on the token stream.

Used by conditions, usage cues and word classes: wherever the question is only whether one of these words
stands in a range of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from pvelint.tokens import Token, tokenise

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class PhraseSet:
    """Phrases by their first word; each is a tuple of token norms, longest first."""

    by_first: dict[str, tuple[tuple[str, ...], ...]]

    def starting_at(self, tokens: Sequence[Token], index: int, end: int) -> int:
        """Length in tokens of the longest phrase that starts here and ends before ``end``; 0 for none."""
        for phrase in self.by_first.get(tokens[index].norm, ()):
            if index + len(phrase) <= end and all(
                tokens[index + offset].norm == word for offset, word in enumerate(phrase)
            ):
                return len(phrase)
        return 0

    def ending_at(self, tokens: Sequence[Token], end: int, start: int = 0) -> int:
        """Length in tokens of the longest phrase that ends just before ``end``; 0 for none."""
        best = 0
        for index in range(max(start, end - 8), end):
            length = self.starting_at(tokens, index, end)
            if length and index + length == end:
                best = max(best, length)
        return best

    def find(self, tokens: Sequence[Token], start: int, end: int) -> Iterator[tuple[int, int]]:
        """All non-overlapping phrases in a token range as (first, last + 1), left to right."""
        index = start
        while index < end:
            length = self.starting_at(tokens, index, end)
            if length:
                yield index, index + length
                index += length
            else:
                index += 1


@lru_cache(maxsize=2048)
def phrase_set(words: tuple[str, ...], *, inflect: bool = True) -> PhraseSet:
    """The set of these words and phrases in every inflection (as nouns and, single words, as verbs)."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for word in words:
        for surface in surfaces(word, inflect=inflect):
            found.setdefault(surface[0], set()).add(surface)
    return PhraseSet(
        {first: tuple(sorted(group, key=lambda phrase: (-len(phrase), phrase))) for first, group in found.items()}
    )


class Lookup(Protocol):
    """Surfaces by word, as compiled knowledge has them."""

    def get(self, word: str, /) -> frozenset[Phrase] | None: ...


_compiled: list[Lookup] = []


def look_up_in(known: Lookup) -> None:
    """Ask here for the surfaces of a word before working them out, which is slow.

    The answers must be those of ``surfaces``, for this changes no result.
    """
    _compiled[:] = [known]


@lru_cache(maxsize=65536)
def surfaces(word: str, *, inflect: bool = True) -> frozenset[Phrase]:
    """The ways in which a word or phrase of a list can stand in a text, as token norms."""
    if inflect:
        for known in _compiled:
            found = known.get(word)
            if found is not None:
                return found
    return inflected(word) if inflect else frozenset({_norms(word)} - {()})


def inflected(word: str) -> frozenset[Phrase]:
    """The surfaces of a word, worked out by the rules of inflection."""
    base = _norms(word)
    if not base:
        return frozenset()
    if word.isupper() or not word[-1:].isalpha():
        return frozenset({base})
    from pvelint.variants import expand

    found = {base}
    found.update(surface.words for surface in expand(word, form="noun"))
    if len(base) == 1:
        found.update(surface.words for surface in expand(word, form="verb"))
    else:
        found.update((*base[:-1], *surface.words) for surface in expand(base[-1], form="noun"))
        found.update((*surface.words, *base[1:]) for surface in expand(base[0], form="verb"))
    return frozenset(surface for surface in found if surface)


@lru_cache(maxsize=1 << 16)
def _norms(word: str) -> Phrase:
    return tuple(token.norm for token in tokenise(word))
