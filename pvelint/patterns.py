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
from pvelint.phrases import PhraseSet, phrase_set
from pvelint.tokens import Token, normalise


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

    @property
    def phrases(self) -> PhraseSet:
        return phrase_set(self.words)


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


def match_at(pattern: Sequence[Element], tokens: Sequence[Token], index: int, low: int, high: int) -> int | None:
    """End (token index) of the shortest match that starts at ``index`` within the sentence, or None.

    All positions that the pattern can have reached are carried along together, so that the cost grows with the
    length of the pattern and its gaps and never with their product.
    """
    reached = {index}
    for element in pattern:
        reached = {end for position in reached for end in _steps(element, tokens, position, low, high)}
        if not reached:
            return None
    return min(reached)


def _steps(element: Element, tokens: Sequence[Token], index: int, low: int, high: int) -> Iterator[int]:
    """The positions after one element that begins at ``index``."""
    if element.kind == "start":
        if index == low:
            yield index
    elif element.kind == "end":
        if all(token.kind == "mark" for token in tokens[index:high]):
            yield index
    elif element.kind == "gap":
        yield from range(index, min(index + element.gap, high) + 1)
    else:
        if element.optional:
            yield index
        if index < high:
            length = element.phrases.starting_at(tokens, index, high) if element.words else 0
            if length:
                yield index + length
            elif tokens[index].norm in element.exact:
                yield index + 1


def find_pattern(pattern: Sequence[Element], tokens: Sequence[Token], low: int, high: int) -> tuple[int, int] | None:
    """The first match of a pattern in a sentence as a token range, or None."""
    for index in range(low, high):
        end = match_at(pattern, tokens, index, low, high)
        if end is not None and end > index:
            return index, end
    return None
