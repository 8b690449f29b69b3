"""The parts of a compiled file, each made into what it stands for when it is first asked for.

A draft without a candidate asks for a few hundred words of the indexes and for nothing else.
"""

from __future__ import annotations

import bisect
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, TypeVar

from pvelint.findings import Tier
from pvelint.hashtable import Table
from pvelint.matching import Matcher, ReadyRelation, ReadyRule, bit_of
from pvelint.packing import Blobs, Sections
from pvelint.scan import Node as TermNode
from pvelint.scan import Pattern
from pvelint.wordindex import Node

if TYPE_CHECKING:
    from pvelint.lexicon import ApprovedTerm, Concept
    from pvelint.weighing.weights import Weights

#: How many words of drafts are remembered with what they lead to, and without.
KNOWN_WORDS = 1 << 17
_T = TypeVar("_T")


class WordRoots:
    """First steps of the index of word lists; a text holds phrases after their first token, each with its mask.

    Values: ``rest of the phrase|number of the mask``, with tabs between.
    """

    def __init__(self, table: Table, masks: Blobs) -> None:
        self._table = table
        self._masks = masks
        self._made: dict[str, Node | None] = {}
        self._made_masks: dict[str, int] = {}

    def get(self, norm: str, /) -> Node | None:
        try:
            return self._made[norm]
        except KeyError:
            text = self._table.get(norm)
            return _keep(self._made, norm, None if text is None else self._read(text))

    def _read(self, text: str) -> Node:
        root = Node()
        for entry in text.split("\t"):
            rest, _, number = entry.rpartition("|")
            node = root
            for norm in rest.split(" ") if rest else ():
                node = node.longer.setdefault(norm, Node())
            mask = self._made_masks.get(number)
            if mask is None:
                mask = self._made_masks[number] = int.from_bytes(self._masks[int(number)], "big")
            node.mask = mask
        return root


class TermRoots:
    """First steps of the trie of terms; a text is the JSON of its patterns (see ``compiler.term_lines``)."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._made: dict[str, TermNode | None] = {}

    def get(self, norm: str, /) -> TermNode | None:
        try:
            return self._made[norm]
        except KeyError:
            text = self._table.get(norm)
            return _keep(self._made, norm, None if text is None else self._read(norm, text))

    def _read(self, first: str, text: str) -> TermNode:
        from pvelint.surfaces import Features, Surface

        root = TermNode()
        for rest, status, key, number, verb, texts, capitals in json.loads(text):
            node = root
            for norm in rest:
                node = node.children.setdefault(norm, TermNode())
            words = tuple(texts) if texts else (first, *rest)
            surface = Surface(words, Features(number, verb), texts is not None)
            node.patterns.append(Pattern(status, key, surface, tuple(map(bool, capitals))))
        return root


def _keep(made: dict[str, _T | None], key: str, value: _T | None) -> _T | None:
    """Remember an answer; an endless stream of new words does not fill the memory."""
    if len(made) > KNOWN_WORDS:
        made.clear()
    made[key] = value
    return value


class KnownSurfaces:
    """Surfaces of the words of cues and conditions; a text holds them with tabs between."""

    def __init__(self, read: Callable[[], Table | None]) -> None:
        self._read = read

    @cached_property
    def _table(self) -> Table | None:
        return self._read()

    def get(self, word: str, /) -> frozenset[tuple[str, ...]] | None:
        text = self._table.get(word) if self._table is not None else None
        if text is None:
            return None
        return frozenset(tuple(surface.split(" ")) for surface in text.split("\t")) if text else frozenset()


def _bits(numbers: Sequence[int]) -> int:
    return sum(1 << number for number in numbers)


def ready_rule(entry: Any) -> ReadyRule:
    return ReadyRule(
        id=entry["id"],
        tiers=frozenset(entry["tiers"]),
        preview=entry["preview"],
        weighed=entry["weighed"],
        matchers=tuple(map(Matcher, entry["patterns"])),
        relations=tuple(
            ReadyRelation(
                kind=one["kind"],
                roles={role: bit_of(number) for role, number in one["roles"]},
                excluded={role: bit_of(number) for role, number in one["excluded"]},
                predicate=frozenset(one["predicate"]),
                members=tuple(map(bit_of, one["members"])),
                under=bit_of(one["under"]),
                near=bit_of(one["near"]),
                not_near=bit_of(one["not_near"]),
                own_side=one["own_side"],
                beside=tuple(map(bit_of, one["beside"])),
                apart=bit_of(one["apart"]),
                acts=bit_of(one["acts"]),
                ordered=one["ordered"],
                undergoer=bit_of(one["undergoer"]),
                through=bit_of(one["through"]),
                reached=bit_of(one["reached"]),
                owned=one["owned"],
                here=_bits(one["here"]),
                here_or_before=_bits(one["here_or_before"]),
            )
            for one in entry["relations"]
        ),
    )


class StoredConcepts(Sequence["Concept"]):
    """The concepts of a file, each decoded when it is asked for."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._made: dict[int, Concept] = {}

    @cached_property
    def _decode(self) -> Callable[[bytes], Concept]:
        from pvelint.compiler import concept_decoder

        return concept_decoder()

    def __len__(self) -> int:
        return len(self._blobs)

    def __getitem__(self, number: int) -> Concept:  # type: ignore[override]
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = self._decode(self._blobs[range(len(self))[number]])
        return made


class Pairs(Sequence[_T]):
    """What belongs to the concepts in their order, numbered through.

    counts: how many belong to each concept; take: the one of a concept by its number there.
    """

    def __init__(self, counts: Sequence[int], concepts: Sequence[Concept], take: Callable[[Concept, int], _T]) -> None:
        self._starts = list(accumulate(counts, initial=0))
        self._concepts = concepts
        self._take = take

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, number: int) -> _T:  # type: ignore[override]
        number = range(len(self))[number]
        place = bisect.bisect_right(self._starts, number) - 1
        return self._take(self._concepts[place], number - self._starts[place])


def approved_term(concept: Concept, number: int) -> tuple[Concept, Tier, ApprovedTerm]:
    for tier in Tier:
        if number < len(concept.approved[tier]):
            return concept, tier, concept.approved[tier][number]
        number -= len(concept.approved[tier])
    raise IndexError(number)


class _Stored(Mapping[str, _T]):
    """The texts of a table, each made into something when it is asked for."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._made: dict[str, _T] = {}

    def _make(self, text: str) -> _T:
        raise NotImplementedError

    def __getitem__(self, name: str) -> _T:
        made: _T | None = self.get(name)
        if made is None:
            raise KeyError(name)
        return made

    def get(self, name: str, default: Any = None) -> Any:
        made = self._made.get(name)
        if made is not None:
            return made
        text = self._table.get(name)
        if text is None:
            return default
        made = self._made[name] = self._make(text)
        return made

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._table)

    def __len__(self) -> int:
        return len(self._table)


class StoredSigns(_Stored[tuple[int, ...]]):
    """The weights of signs by name."""

    def _make(self, text: str) -> tuple[int, ...]:
        return tuple(map(int, text.split("\t")))


class StoredPairs(_Stored[dict[str, tuple[int, ...]]]):
    """The weights of pairs of word classes, by the first and then by the second."""

    def _make(self, text: str) -> dict[str, tuple[int, ...]]:
        rows = (entry.split("\t") for entry in text.split("|"))
        return {other: tuple(map(int, numbers)) for other, *numbers in rows}


def stored_weights(sections: Sections) -> Weights | None:
    from pvelint.weighing.weights import Bars, Weights

    head = json.loads(sections.bytes("weighing"))
    if head is None:
        return None
    bars = {family: Bars(*numbers) for family, numbers in head["bars"].items()}
    signs = StoredSigns(sections.table("weights"))
    pairs = StoredPairs(sections.table("pairs"))
    return Weights(head["bias"], bars, signs, pairs, tuple(head["telling"]), head["trained_on"])
