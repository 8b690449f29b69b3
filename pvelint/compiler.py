"""Makes the compiled form of knowledge (see ``compiled``), and decodes the parts of it that are objects."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from pvelint.acronyms import Acronym
from pvelint.causality import CausalWords
from pvelint.compiled import installed_key, source_sizes
from pvelint.conditions import Condition
from pvelint.cues import Cues
from pvelint.donors import Overlay
from pvelint.findings import Tier
from pvelint.hashtable import pack_table
from pvelint.knowledge import Knowledge, patterns, read_knowledge
from pvelint.lexicon import AvoidedTerm, Concept
from pvelint.matching import RuleIndex
from pvelint.names import Name
from pvelint.packing import pack, pack_blobs
from pvelint.phrases import inflected
from pvelint.ruleindex import index_rules
from pvelint.rules import Rule
from pvelint.scan import Node as TermNode
from pvelint.scan import trie
from pvelint.weighing.weights import Weights
from pvelint.wordindex import Node, numbers


class Stored(msgspec.Struct, frozen=True):
    """The parts of knowledge that are data, but for the concepts; rules without patterns and relations."""

    names: tuple[Name, ...]
    acronyms: tuple[Acronym, ...]
    cues: Cues
    causal: CausalWords | None
    overlay: Overlay | None
    rules: tuple[Rule, ...]


class StoredTerms(msgspec.Struct, frozen=True):
    """Avoided terms that differ in nothing but the words, as the variants of one entry do."""

    terms: tuple[str, ...]
    shared: AvoidedTerm


class StoredConcept(msgspec.Struct, frozen=True):
    """A concept, with its avoided terms beside it."""

    concept: Concept
    avoided: tuple[StoredTerms, ...]


def stored(knowledge: Knowledge) -> Stored:
    """The parts to be kept. The changes of an overlay are left out, since the lexicon has them in it."""
    overlay = knowledge.overlay
    return Stored(
        names=knowledge.names,
        acronyms=knowledge.acronyms,
        cues=knowledge.cues,
        causal=knowledge.causal,
        overlay=dataclasses.replace(overlay, admit=(), prefer=()) if overlay else None,
        rules=tuple(dataclasses.replace(rule, patterns=(), relations=()) for rule in knowledge.rules),
    )


def stored_concept(concept: Concept) -> StoredConcept:
    groups: list[tuple[list[str], AvoidedTerm]] = []
    for term in concept.avoided:
        if groups and dataclasses.replace(groups[-1][1], term=term.term) == term:
            groups[-1][0].append(term.term)
        else:
            groups.append(([term.term], term))
    return StoredConcept(
        dataclasses.replace(concept, avoided=()), tuple(StoredTerms(tuple(terms), one) for terms, one in groups)
    )


def decode_stored(data: bytes) -> Stored:
    """Raises ValueError for data of another shape."""
    return msgspec.msgpack.decode(data, type=Stored)


def concept_decoder() -> Callable[[bytes], Concept]:
    """A decoder for concepts, which raises ValueError for data of another shape."""
    decoder = msgspec.msgpack.Decoder(StoredConcept)

    def decode(data: bytes) -> Concept:
        read = decoder.decode(data)
        avoided = tuple(dataclasses.replace(group.shared, term=term) for group in read.avoided for term in group.terms)
        return dataclasses.replace(read.concept, avoided=avoided)

    return decode


def _plain(value: Any) -> Any:
    if isinstance(value, MappingProxyType):
        return dict(value)
    raise NotImplementedError(f"can't be stored: {type(value)}")


def compile_shipped() -> bytes:
    """The compiled file that the wheel carries. Raises DataError for a mistake in the shipped data."""
    return compile_knowledge(read_knowledge(), installed_key(), sizes=source_sizes())


def compile_knowledge(knowledge: Knowledge, key: str, *, sizes: Mapping[str, int] | None = None) -> bytes:
    """The bytes of the compiled file of some knowledge (see ``packing.pack``)."""
    ready, lists = index_rules(knowledge.rules, knowledge.classes)
    lines, masks = list_lines(lists.roots)
    encoder = msgspec.msgpack.Encoder(enc_hook=_plain)
    concepts = [encoder.encode(stored_concept(concept)) for concept in knowledge.lexicon.concepts]
    return pack(
        key,
        {
            "index": json.dumps(index_of(knowledge, ready), separators=(",", ":")).encode(),
            "terms": pack_table(term_lines(trie(patterns(knowledge)))),
            "lists": pack_table(lines),
            "masks": pack_blobs(masks),
            "surfaces": pack_table(surface_lines(knowledge)),
            "knowledge": encoder.encode(stored(knowledge)),
            "concepts": pack_blobs(concepts),
            **weight_sections(knowledge.weights),
        },
        sizes=sizes,
    )


# ------------------------------------------------------------------ the indexes


def term_lines(roots: Mapping[str, TermNode]) -> dict[str, str]:
    """For each first token the JSON of the patterns: the tokens after it and what ``scan.Pattern`` has."""

    def walk(node: TermNode, rest: list[str]) -> Iterator[list[Any]]:
        for pattern in node.patterns:
            surface = pattern.surface
            yield [
                rest,
                pattern.status,
                pattern.key,
                surface.features.number,
                surface.features.verb,
                surface.words if surface.case_sensitive else None,
                [int(capital) for capital in pattern.capitals],
            ]
        for norm, child in node.children.items():
            yield from walk(child, [*rest, norm])

    return {
        first: json.dumps(list(walk(node, [])), ensure_ascii=False, separators=(",", ":"))
        for first, node in sorted(roots.items())
    }


def list_lines(roots: Mapping[str, Node]) -> tuple[dict[str, str], list[bytes]]:
    """For each first token its phrases with the numbers of their masks, and the masks as big-endian numbers."""
    numbers: dict[int, int] = {}

    def walk(node: Node, rest: str) -> Iterator[str]:
        if node.mask:
            yield f"{rest}|{numbers.setdefault(node.mask, len(numbers))}"
        for norm, child in node.longer.items():
            yield from walk(child, f"{rest} {norm}" if rest else norm)

    lines = {first: "\t".join(walk(node, "")) for first, node in sorted(roots.items())}
    return lines, [mask.to_bytes((mask.bit_length() + 7) // 8, "big") for mask in numbers]


def index_of(knowledge: Knowledge, ready: RuleIndex) -> dict[str, Any]:
    """What decides whether a draft holds anything, as JSON: bits as the numbers of their lists."""
    return {
        "titles": dict(knowledge.titles),
        "commonness": list(ready.commonness),
        "classes": [(name, _number(bit)) for name, bit in ready.classes.items()],
        "rule_names": dict(knowledge.rule_names),
        "concepts": [
            (concept.id, len(concept.avoided), [len(concept.approved[tier]) for tier in Tier])
            for concept in knowledge.lexicon.concepts
        ],
        "rules": [
            {
                "id": rule.id,
                "tiers": sorted(rule.tiers),
                "preview": rule.preview,
                "weighed": rule.weighed,
                "patterns": [list(matcher.steps) for matcher in rule.matchers],
                "relations": [
                    {
                        "kind": relation.kind,
                        "roles": [(role, _number(bit)) for role, bit in relation.roles.items()],
                        "excluded": [(role, _number(bit)) for role, bit in relation.excluded.items()],
                        "predicate": sorted(relation.predicate),
                        "members": [_number(bit) for bit in relation.members],
                        "under": _number(relation.under),
                        "near": _number(relation.near),
                        "not_near": _number(relation.not_near),
                        "own_side": relation.own_side,
                        "beside": [_number(bit) for bit in relation.beside],
                        "apart": _number(relation.apart),
                        "acts": _number(relation.acts),
                        "ordered": relation.ordered,
                        "undergoer": _number(relation.undergoer),
                        "through": _number(relation.through),
                        "reached": _number(relation.reached),
                        "owned": relation.owned,
                        "here": list(numbers(relation.here)),
                        "here_or_before": list(numbers(relation.here_or_before)),
                    }
                    for relation in rule.relations
                ],
            }
            for rule in ready.rules
        ],
    }


def _number(bit: int) -> int:
    return bit.bit_length() - 1


def weight_sections(weights: Weights | None) -> dict[str, bytes]:
    """The weights of signs: what stands at the head of their file as JSON, and a line for each sign."""
    if weights is None:
        return {"weighing": b"null"}
    head = {
        "bias": dict(weights.bias),
        "bars": {family: (bars.alone, bars.floor, bars.term) for family, bars in weights.bars.items()},
        "telling": weights.telling,
        "trained_on": weights.trained_on,
    }
    return {
        "weighing": json.dumps(head).encode(),
        "weights": pack_table({name: _tabbed(numbers) for name, numbers in weights.signs.items()}),
        "pairs": pack_table(
            {
                one: "|".join(f"{other}\t{_tabbed(numbers)}" for other, numbers in row.items())
                for one, row in weights.pairs.items()
            }
        ),
    }


def _tabbed(numbers: Iterable[int]) -> str:
    return "\t".join(map(str, numbers))


# ------------------------------------------------------------------ words of cues and conditions


def surface_lines(knowledge: Knowledge) -> dict[str, str]:
    """Each word that cues, conditions and acronyms look for, with its surfaces."""
    words: set[str] = set()
    for category in knowledge.cues.words.values():
        words.update(category)
    for acronym in knowledge.acronyms:
        words.update(acronym.expansions)
    for conditions in _conditions(knowledge):
        for condition in conditions:
            words.update(_words(condition))
    return {
        word: "\t".join(sorted(" ".join(surface) for surface in inflected(word)))
        for word in sorted(words)
        if "\n" not in word and "\0" not in word
    }


def _conditions(knowledge: Knowledge) -> Iterator[Iterable[Condition]]:
    for concept in knowledge.lexicon.concepts:
        for term in concept.avoided:
            yield from (term.when, term.unless)
        for approved in concept.approved.values():
            yield from (term.when for term in approved)
    for rule in knowledge.rules:
        yield from (rule.when, rule.unless, rule.leave_when)


def _words(condition: Condition) -> Iterator[str]:
    yield from condition.words
    for part in condition.parts:
        yield from _words(part)
