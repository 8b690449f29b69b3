"""The small language of phrase rules: words, classes and bounded gaps on the token stream.

``no_longer hide|conceal ..4 @people-on-the-move`` reads: *no longer*, then *hide* or *conceal* in any inflection, then
at most four tokens, then a word of the class. ``?word`` may be absent, ``=Word`` is exact in its inflection, ``^`` and
``$`` stand for the start and end of the sentence, ``_`` ties the words of a phrase, marks stand for themselves. A gap
never crosses the end of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pvelint.conditions import ConditionReader
from pvelint.decode import Node, nearest
from pvelint.tokens import Token, normalise
from pvelint.wordindex import Occurrences, WordIndex, WordList


@dataclass(frozen=True)
class Element:
    """One element of a pattern.

    kind: ``words``, ``gap``, ``start``, ``end`` or ``mark``; gap: the most tokens it spans.
    """

    kind: str
    words: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    gap: int = 0
    optional: bool = False


def parse_pattern(node: Node, conditions: ConditionReader) -> tuple[Element, ...]:
    """Read a pattern. Raises DataError for an unknown class or an empty pattern."""
    elements = tuple(_element(part, node, conditions) for part in node.string("a pattern").split())
    if not any(element.kind == "words" for element in elements):
        node.fail("a pattern needs a word.", code="empty-pattern")
    return elements


def _element(part: str, node: Node, conditions: ConditionReader) -> Element:
    if part in {"^", "$"}:
        return Element("start" if part == "^" else "end")
    if part.startswith("..") and part[2:].isdigit():
        return Element("gap", gap=int(part[2:]))
    optional = part.startswith("?") and len(part) > 1
    part = part[1:] if optional else part
    words: list[str] = []
    exact: list[str] = []
    for choice in part.split("|"):
        if choice.startswith("@"):
            if choice[1:] not in conditions.classes:
                node.fail(
                    f"unknown word class '{choice}'.",
                    code="unknown-class",
                    cure=nearest(choice[1:], conditions.classes),
                )
            words += conditions.classes[choice[1:]]
        elif choice.startswith("=") and len(choice) > 1:
            exact += [choice[1:]]
        elif any(char.isalnum() for char in choice):
            words.append(choice.replace("_", " "))
        else:
            exact.append(choice)
    return Element("words", tuple(words), tuple(normalise(word) for word in exact), 0, optional)


class Matcher:
    """A pattern made ready for an index of word lists.

    required: the lists without a word of which the pattern cannot match, one bit each.
    """

    __slots__ = ("_first", "_steps", "required")

    def __init__(self, pattern: Sequence[Element], index: WordIndex) -> None:
        self._steps = tuple(
            (element, index.bit(element.words, element.exact) if element.kind == "words" else 0) for element in pattern
        )
        self.required = 0
        for element, bit in self._steps:
            if not element.optional:
                self.required |= bit
        first, bit = self._steps[0]
        #: The list whose words alone can begin the pattern; 0 when anything can.
        self._first = 0 if first.optional else bit

    def find(self, found: Occurrences, tokens: Sequence[Token], low: int, high: int) -> tuple[int, int] | None:
        """The first match in a sentence as a token range, or None; ``found`` are the sentence's occurrences."""
        if found.present & self.required != self.required:
            return None
        for index in found.starts(self._first) if self._first else range(low, high):
            end = self._match_at(found, tokens, index, low, high)
            if end is not None and end > index:
                return index, end
        return None

    def _match_at(self, found: Occurrences, tokens: Sequence[Token], index: int, low: int, high: int) -> int | None:
        """End of the shortest match that starts at a token, or None.

        All positions that the pattern can have reached are carried along together, so that the cost grows with the
        length of the pattern and its gaps and never with their product.
        """
        reached = {index}
        for element, bit in self._steps:
            reached = {end for position in reached for end in _ends(element, bit, found, tokens, position, low, high)}
            if not reached:
                return None
        return min(reached)


def _ends(
    element: Element, bit: int, found: Occurrences, tokens: Sequence[Token], index: int, low: int, high: int
) -> Iterator[int]:
    """The positions after one element that begins at ``index``."""
    if element.kind == "words":
        if element.optional:
            yield index
        length = found.length_at(index, bit) if index < high else 0
        if length:
            yield index + length
    elif element.kind == "gap":
        yield from range(index, min(index + element.gap, high) + 1)
    elif element.kind == "start":
        if index == low:
            yield index
    elif all(token.kind == "mark" for token in tokens[index:high]):
        yield index


def word_lists(pattern: Sequence[Element]) -> Iterator[WordList]:
    """The word lists of a pattern, for the index."""
    for element in pattern:
        if element.kind == "words":
            yield WordList(element.words, element.exact)


def find_pattern(pattern: Sequence[Element], tokens: Sequence[Token], low: int, high: int) -> tuple[int, int] | None:
    """The first match of a single pattern in a sentence as a token range, or None; for one-off use."""
    index = WordIndex(word_lists(pattern))
    return Matcher(pattern, index).find(index.scan(tokens, low, high), tokens, low, high)
