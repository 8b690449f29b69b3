"""Matching made ready: patterns and relations of rules over the bits of an index of word lists.

Nothing here knows words; that is the index's matter (see ``wordindex``). The module imports next to nothing, because
it decides for every draft whether the rest of the program is needed at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pvelint.tokens import Token
from pvelint.wordindex import Occurrences, WordIndex


class Step(NamedTuple):
    """One element of a pattern.

    kind: ``words``, ``gap``, ``start`` or ``end``; number: of the word list, -1 for none; gap: the most tokens it
    spans.
    """

    kind: str
    number: int = -1
    gap: int = 0
    optional: bool = False

    @property
    def bit(self) -> int:
        return bit_of(self.number)


def bit_of(number: int) -> int:
    """The bit of a word list by its number; -1 stands for no list."""
    return 1 << number if number >= 0 else 0


class Matcher:
    """A pattern made ready for an index of word lists.

    required: the lists without a word of which the pattern cannot match, one bit each.
    """

    __slots__ = ("_first", "required", "steps")

    def __init__(self, steps: Iterable[tuple[str, int, int, bool]]) -> None:
        self.steps = tuple(steps)
        self.required = 0
        for _, number, _, optional in self.steps:
            if number >= 0 and not optional:
                self.required |= 1 << number
        _, number, _, optional = self.steps[0]
        #: The list whose words alone can begin the pattern; 0 when anything can.
        self._first = 0 if optional else bit_of(number)

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
        for step in map(Step._make, self.steps):
            bit = step.bit
            reached = {end for position in reached for end in _ends(step, bit, found, tokens, position, low, high)}
            if not reached:
                return None
        return min(reached)


def _ends(
    step: Step, bit: int, found: Occurrences, tokens: Sequence[Token], index: int, low: int, high: int
) -> Iterator[int]:
    """The positions after one step that begins at ``index``."""
    if step.kind == "words":
        if step.optional:
            yield index
        length = found.length_at(index, bit) if index < high else 0
        if length:
            yield index + length
    elif step.kind == "gap":
        yield from range(index, min(index + step.gap, high) + 1)
    elif step.kind == "start":
        if index == low:
            yield index
    elif all(token.kind == "mark" for token in tokens[index:high]):
        yield index


@dataclass(frozen=True, slots=True)
class ReadyRelation:
    """A relation of a rule (see ``rules.Relation``) with the bit of a list in the place of its words; 0 for none.

    here, here_or_before: the lists that must have a word in the sentence, and those for which, as pronouns go back,
    the sentence before will do (one bit each); a sentence without them need not be parsed.
    """

    kind: str
    roles: Mapping[str, int]
    excluded: Mapping[str, int]
    predicate: frozenset[str]
    members: tuple[int, ...]
    under: int
    near: int
    not_near: int
    own_side: bool
    beside: tuple[int, ...]
    apart: int
    acts: int
    ordered: bool
    undergoer: int
    through: int
    reached: int
    owned: bool
    here: int
    here_or_before: int

    def possible(self, here: int, before: int) -> bool:
        """Whether a sentence with these lists, after one with those, can hold the relation."""
        return here & self.here == self.here and (here | before) & self.here_or_before == self.here_or_before


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """What of a rule is needed to find it: for which readers it is, and its patterns and relations."""

    id: str
    tiers: frozenset[str]
    preview: bool
    weighed: bool
    matchers: tuple[Matcher, ...]
    relations: tuple[ReadyRelation, ...]

    def concerns(self, tier: str, preview: bool) -> bool:
        """Whether the rule runs for a reader."""
        return tier in self.tiers and (preview or not self.preview)


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """All rules made ready, and the index of their word lists.

    classes: each word class with the bit of its list, for weighing.
    commonness: how often each list is met, by its number: what needs several lists is looked for by the rarest.
    """

    lists: WordIndex
    rules: tuple[ReadyRule, ...]
    classes: Mapping[str, int]
    commonness: Sequence[int]
