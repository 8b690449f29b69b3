"""All word lists of the rules in one trie: a single pass over a sentence tells which list has a word where.

A list is a set of words and phrases in any inflection. Each phrase in the trie carries a bit mask with one bit for
each list that holds it, so that "does every list of this rule have a word here?" is one comparison of two numbers,
however long the lists are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from pvelint.capitalized import NAME, capitalized_names
from pvelint.tokens import Token

Words = tuple[str, ...]
#: Stands for a name while a phrase is inflected.
_STAND_IN = "placenamed"


@dataclass(frozen=True, slots=True)
class WordList:
    """What one bit stands for: words in any inflection, and tokens that must stand there as they are."""

    words: Words
    exact: Words = ()


class Node:
    """A step of the trie: the lists that hold the phrase which ends here, and where longer ones go on."""

    __slots__ = ("longer", "mask")

    def __init__(self) -> None:
        self.mask = 0
        self.longer: dict[str, Node] = {}


class Roots(Protocol):
    """The first steps of the trie by token; a dict, or one that is read from a file as it is asked for."""

    def get(self, norm: str, /) -> Node | None: ...


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

    __slots__ = ("roots",)

    def __init__(self, roots: Roots) -> None:
        self.roots = roots

    def scan(self, tokens: Sequence[Token], low: int, high: int) -> Occurrences:
        """The occurrences in ``tokens[low:high]``; phrases that reach beyond ``high`` do not count."""
        present = 0
        found: list[list[tuple[int, int]]] = []
        first_step = self.roots.get
        names = capitalized_names(tokens, low, high)
        if names:
            return self._scan_names(tokens, low, high, names)
        for start in range(low, high):
            node = first_step(tokens[start].norm)
            if node is None:
                found.append(_NOTHING)
                continue
            ends: list[tuple[int, int]] = []
            index = start
            while node is not None:
                index += 1
                if node.mask:
                    ends.append((index, node.mask))
                    present |= node.mask
                node = node.longer.get(tokens[index].norm) if node.longer and index < high else None
            found.append(ends)
        return Occurrences(low, present, found)

    def _scan_names(self, tokens: Sequence[Token], low: int, high: int, names: Collection[int]) -> Occurrences:
        """Like ``scan`` where some tokens are names too: two ways at once may lead on from a token."""
        present = 0
        found: list[list[tuple[int, int]]] = []
        name_node = self.roots.get(NAME)
        for start in range(low, high):
            nodes = [self.roots.get(tokens[start].norm), name_node if start in names else None]
            ends: list[tuple[int, int]] = []
            index = start
            while any(nodes):
                index += 1
                mask = 0
                for node in nodes:
                    mask |= node.mask if node is not None else 0
                if mask:
                    ends.append((index, mask))
                    present |= mask
                if index >= high:
                    break
                norm = tokens[index].norm
                following = [node.longer.get(norm) for node in nodes if node is not None]
                if index in names:
                    following += [node.longer.get(NAME) for node in nodes if node is not None]
                nodes = [node for node in following if node is not None]
            found.append(ends)
        return Occurrences(low, present, found)


def numbers(mask: int) -> Iterator[int]:
    """The numbers of the bits of a mask, the lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


#: Shared by all tokens with which no phrase starts.
_NOTHING: list[tuple[int, int]] = []


class IndexBuilder:
    """Makes the index of some word lists, and knows the bit of each."""

    def __init__(self, lists: Iterable[WordList]) -> None:
        self._numbers: dict[WordList, int] = {}
        by_word: dict[str, int] = {}
        by_token: dict[str, int] = {}
        for entry in lists:
            if entry not in self._numbers:
                bit = 1 << len(self._numbers)
                self._numbers[entry] = len(self._numbers)
                for word in entry.words:
                    by_word[word] = by_word.get(word, 0) | bit
                for token in entry.exact:
                    by_token[token] = by_token.get(token, 0) | bit
        roots: dict[str, Node] = {}
        shared: dict[int, int] = {}

        def add(phrase: Words, mask: int) -> None:
            node = roots.setdefault(phrase[0], Node())
            for norm in phrase[1:]:
                node = node.longer.setdefault(norm, Node())
            both = node.mask | mask
            node.mask = shared.setdefault(both, both)

        from pvelint.phrases import surfaces

        for word, mask in by_word.items():
            for surface in surfaces(word.replace(NAME, _STAND_IN)):
                add(tuple(NAME if norm == _STAND_IN else norm for norm in surface), mask)
        for token, mask in by_token.items():
            add((token,), mask)
        self.index = WordIndex(roots)
        self.roots = roots

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many words each list has, by number."""
        return tuple(len(entry.words) + len(entry.exact) for entry in self._numbers)

    def bit(self, words: Words, exact: Words = ()) -> int:
        """The bit of a word list. Raises KeyError for one that the index was not made for."""
        return 1 << self.number(words, exact)

    def number(self, words: Words, exact: Words = ()) -> int:
        """The place of the bit of a word list. Raises KeyError for one that the index was not made for."""
        return self._numbers[WordList(words, exact)]
