"""The rules of a run made ready for matching: their patterns and relations over one index of word lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pvelint import patterns, relations
from pvelint.patterns import Matcher
from pvelint.relations import Needs
from pvelint.rules import Relation, Rule
from pvelint.wordindex import WordIndex, WordList


@dataclass(frozen=True)
class ReadyRule:
    """A rule with its patterns, and its relations each with what a sentence must hold for it."""

    rule: Rule
    matchers: tuple[Matcher, ...]
    relations: tuple[tuple[Needs, Relation], ...]


@dataclass(frozen=True)
class RuleIndex:
    """All rules and the index of their word lists."""

    lists: WordIndex
    rules: tuple[ReadyRule, ...]


def index_rules(rules: Iterable[Rule]) -> RuleIndex:
    """Make rules ready for matching."""
    rules = tuple(rules)
    lists = WordIndex(_word_lists(rules))
    return RuleIndex(
        lists,
        tuple(
            ReadyRule(
                rule,
                tuple(Matcher(pattern, lists) for pattern in rule.patterns),
                tuple((relations.needs(relation, lists), relation) for relation in rule.relations),
            )
            for rule in rules
        ),
    )


def _word_lists(rules: Iterable[Rule]) -> Iterator[WordList]:
    for rule in rules:
        for pattern in rule.patterns:
            yield from patterns.word_lists(pattern)
        for relation in rule.relations:
            yield from relations.word_lists(relation)
