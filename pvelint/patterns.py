"""The small language of phrase rules: words, classes and bounded gaps on the token stream.

``no_longer hide|conceal ..4 @people-on-the-move`` reads: *no longer*, then *hide* or *conceal* in any inflection, then
at most four tokens, then a word of the class. ``?word`` may be absent, ``=Word`` is exact in its inflection, ``^`` and
``$`` stand for the start and end of the sentence, ``_`` ties the words of a phrase, marks stand for themselves,
``%name`` for a word that a capital marks as a name (``pvelint.capitalized``). A gap never crosses the end of
a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pvelint.conditions import ConditionReader
from pvelint.decode import Node, nearest
from pvelint.matching import Matcher, Step
from pvelint.tokens import Token, normalise
from pvelint.wordindex import IndexBuilder, WordList


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


def matcher(pattern: Sequence[Element], lists: IndexBuilder) -> Matcher:
    """A pattern made ready for an index that holds its words."""
    return Matcher(
        Step(
            element.kind,
            lists.number(element.words, element.exact) if element.kind == "words" else -1,
            element.gap,
            element.optional,
        )
        for element in pattern
    )


def word_lists(pattern: Sequence[Element]) -> Iterator[WordList]:
    """The word lists of a pattern, for the index."""
    for element in pattern:
        if element.kind == "words":
            yield WordList(element.words, element.exact)


def find_pattern(pattern: Sequence[Element], tokens: Sequence[Token], low: int, high: int) -> tuple[int, int] | None:
    """The first match of a single pattern in a sentence as a token range, or None; for one-off use."""
    lists = IndexBuilder(word_lists(pattern))
    return matcher(pattern, lists).find(lists.index.scan(tokens, low, high), tokens, low, high)
