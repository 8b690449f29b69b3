"""Makes the rules of a run ready for matching: their patterns and relations over one index of word lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pvelint import patterns, relations
from pvelint.matching import ReadyRule, RuleIndex
from pvelint.rules import Rule
from pvelint.tokens import tokenise
from pvelint.wordindex import IndexBuilder, WordList, numbers

#: No list is longer (words).
_LONGEST = 1 << 14


def index_rules(rules: Iterable[Rule], classes: Mapping[str, tuple[str, ...]]) -> tuple[RuleIndex, IndexBuilder]:
    """The rules, and the word classes for weighing, made ready; and the builder of their index, for the compiler."""
    rules = tuple(rules)
    lists = IndexBuilder((*_word_lists(rules), *(WordList(words) for words in classes.values())))
    ready = tuple(
        ReadyRule(
            id=rule.id,
            tiers=frozenset(tier.value for tier in rule.levels),
            preview=rule.preview,
            weighed=rule.weighed,
            matchers=tuple(patterns.matcher(pattern, lists) for pattern in rule.patterns),
            relations=tuple(relations.ready(relation, lists) for relation in rule.relations),
        )
        for rule in rules
    )
    numbered = {name: lists.bit(words) for name, words in classes.items()}
    return RuleIndex(lists.index, ready, numbered, _commonness(lists, rules)), lists


def _commonness(lists: IndexBuilder, rules: Iterable[Rule]) -> tuple[int, ...]:
    """For each list in how many of the rules' own examples it has a word, and of two equals the longer is commoner."""
    met: Counter[int] = Counter()
    for rule in rules:
        for example in rule.examples:
            tokens = tokenise(example.text)
            met.update(numbers(lists.index.scan(tokens, 0, len(tokens)).present))
    return tuple(met[number] * _LONGEST + min(size, _LONGEST - 1) for number, size in enumerate(lists.sizes))


def _word_lists(rules: Iterable[Rule]) -> Iterator[WordList]:
    for rule in rules:
        for pattern in rule.patterns:
            yield from patterns.word_lists(pattern)
        for relation in rule.relations:
            yield from relations.word_lists(relation)
