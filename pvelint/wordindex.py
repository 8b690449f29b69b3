"""All word lists of the rules in one trie: a single pass over a sentence tells which list has a word where.

A list is a set of words and phrases in any inflection. Each phrase in the trie carries a bit mask with one bit for
each list that holds it, so that "does every list of this rule have a word here?" is one comparison of two numbers,
however long the lists are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pvelint.phrases import surfaces
from pvelint.tokens import Token

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """What one bit stands for: words in any inflection, and tokens that must stand there as they are."""

    words: Words
    exact: Words = ()


class _Node:
    """A step of the trie: the lists that hold the phrase which ends here, and where longer ones go on."""

    __slots__ = ("longer", "mask")

    def __init__(self) -> None:
        self.mask = 0
        self.longer: dict[str, _Node] = {}


class Occurrences:
    """The words of the lists in a range of tokens.

    present: the lists with a word in the range, one bit each.
    """

    __slots__ = ("_found", "low", "present")

    def __init__(self, low: int, present: int, found: list[list[tuple[int, int]]]) -> None:
        self.low = low
        self.present = present
        self._found = found

    def length_at(self, index: int, bit: int) -> int:
        """Length in tokens of the longest phrase of a list that starts at a token; 0 for none."""
        for end, mask in reversed(self._found[index - self.low]):
            if mask & bit:
                return end - index
        return 0

    def starts(self, bit: int) -> Iterator[int]:
        """The tokens at which a phrase of a list starts, left to right."""
        if not self.present & bit:
            return
        for position, ends in enumerate(self._found, self.low):
            if any(mask & bit for _, mask in ends):
                yield position

    def find(self, bit: int) -> Iterator[tuple[int, int]]:
        """All non-overlapping phrases of a list as (first, last + 1), left to right, the longest at each token."""
        free = self.low
        for index in self.starts(bit):
            if index >= free:
                free = index + self.length_at(index, bit)
                yield index, free


class WordIndex:
    """The trie over a fixed set of word lists."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        self._bits: dict[WordList, int] = {}
        # Word lists are long, so the same tuple is known by its identity and not hashed again; ``_kept`` keeps
        # the tuples alive, without which an identity could be given to another one.
        self._by_identity: dict[int, int] = {}
        self._kept: list[Words] = []
        by_word: dict[str, int] = {}
        by_token: dict[str, int] = {}
        for entry in lists:
            if entry not in self._bits:
                bit = self._bits[entry] = 1 << len(self._bits)
                for word in entry.words:
                    by_word[word] = by_word.get(word, 0) | bit
                for token in entry.exact:
                    by_token[token] = by_token.get(token, 0) | bit
            if not entry.exact and id(entry.words) not in self._by_identity:
                self._by_identity[id(entry.words)] = self._bits[entry]
                self._kept.append(entry.words)
        self._root = _Node()
        shared: dict[int, int] = {}
        for word, mask in by_word.items():
            for surface in surfaces(word):
                self._add(surface, mask, shared)
        for token, mask in by_token.items():
            self._add((token,), mask, shared)

    def _add(self, surface: Words, mask: int, shared: dict[int, int]) -> None:
        node = self._root
        for norm in surface:
            child = node.longer.get(norm)
            if child is None:
                child = node.longer[norm] = _Node()
            node = child
        both = node.mask | mask
        node.mask = shared.setdefault(both, both)

    def bit(self, words: Words, exact: Words = ()) -> int:
        """The bit of a word list. Raises KeyError for one that the index was not made for."""
        if not exact:
            found = self._by_identity.get(id(words))
            if found is not None:
                return found
        return self._bits[WordList(words, exact)]

    def scan(self, tokens: Sequence[Token], low: int, high: int) -> Occurrences:
        """The occurrences in ``tokens[low:high]``; phrases that reach beyond ``high`` do not count."""
        present = 0
        found: list[list[tuple[int, int]]] = []
        first_steps = self._root.longer
        for start in range(low, high):
            ends: list[tuple[int, int]] = []
            node = first_steps.get(tokens[start].norm)
            index = start
            while node is not None:
                index += 1
                if node.mask:
                    ends.append((index, node.mask))
                    present |= node.mask
                node = node.longer.get(tokens[index].norm) if index < high else None
            found.append(ends)
        return Occurrences(low, present, found)
