"""The head of a noun phrase: the word that takes the plural, and whether there is one at all."""

from __future__ import annotations

import re
from functools import lru_cache

from pvelint.wordforms import (
    LATE_ADVERBS,
    PARTICIPLES,
    PEOPLE,
    POSTPOSED_ADJECTIVES,
    PREPOSITIONS,
    RELATIVES,
    TRANSITIVE_GERUNDS,
    VERBS,
    WHO,
)

_CLITIC = re.compile(r"['’][sS]?$")
#: Past participles of irregular verbs that are no noun, adjective or present form as well.
_ALSO_NOUNS = {
    "ground",
    "shot",
    "thought",
    "felt",
    "meant",
    "bet",
    "swept",
    "learned",
    "burned",
    "cast",
    "spent",
    "lit",
}
_IRREGULAR_PARTICIPLES = (
    frozenset(form for base, (_, forms) in VERBS.items() for form in forms if form != base) - _ALSO_NOUNS
)
_OBJECT_STARTS = frozenset({"the", "a", "an", "to", "together", "each", "what", "how", "not", "people", "women"})
_ED_NOUNS = frozenset({"hotbed", "hatred", "need", "seed", "seedbed", "bed", "speed", "breed", "deed", "shed", "feed"})
_CLAUSE_STARTS = frozenset({"what", "why", "how", "where", "when", "whether"})
_ADJECTIVAL = re.compile(r".*-(?:related|sensitive|specific|relevant|based|led|wide|affected|driven|inclined|prone)")
_FINITE_STARTS = frozenset({"may", "might", "can", "not", "nobody", "someone", "everyone", "no-one", "anyone"})


@lru_cache(maxsize=1 << 13)
def head_of(phrase: str) -> int:
    """The index, among the words that white space divides, of the noun that takes the plural.

    It is the last word before a preposition, a relative, a bracket or a participle that begins a description
    (*person* in *person formerly associated with an armed group*); a hyphenated word counts as one.
    """
    words = [_CLITIC.sub("", word).lower() for word in phrase.split()]
    for index in range(1, len(words)):
        if _ends_head(words, index):
            return index - 1
    return max(len(words) - 1, 0)


def _ends_head(words: list[str], index: int) -> bool:
    word, before = words[index], words[index - 1]
    after = words[index + 1] if index + 1 < len(words) else ""
    if before in PREPOSITIONS and index == 1:
        return False
    if word in ("home", "back"):
        # Adverbs only after a participle: "money sent home", but "broken home".
        return index > 1 and (before.endswith(("ed", "ing")) or before in _IRREGULAR_PARTICIPLES)
    if word in PREPOSITIONS or word in RELATIVES or word in LATE_ADVERBS or word.startswith("("):
        return True
    if before in PEOPLE and (word in ("we", "they", "far") or word.endswith("ed")):
        return True
    if word.endswith("ing") and word not in ("smuggling", "trafficking"):
        return (word in PARTICIPLES and (not after or after in PREPOSITIONS)) or (before in WHO and bool(after))
    return _is_participle(word, before) and (
        after in PREPOSITIONS or after in LATE_ADVERBS or after in ("home", "back")
    )


def _is_participle(word: str, before: str) -> bool:
    """A participle or adjective that describes the noun before it, when a preposition follows."""
    if word in POSTPOSED_ADJECTIVES or word in _IRREGULAR_PARTICIPLES:
        return True
    return word.endswith("ed") and word not in _ED_NOUNS and not before.endswith("ly")


def head_index(words: list[str], head: str | None) -> int:
    """``head_of`` for divided words, unless the lexicon names the head."""
    if head is not None:
        lowered = [word.lower() for word in words]
        if head.lower() in lowered:
            return lowered.index(head.lower())
    return head_of(" ".join(words))


def has_tail(phrase: str, *, head: str | None = None) -> bool:
    """Whether words stand after the head, so that the phrase cannot stand before a noun."""
    words = phrase.split()
    return head_index(words, head) < len(words) - 1


@lru_cache(maxsize=1 << 12)
def is_clause(phrase: str) -> bool:
    """Whether the phrase stands for a noun without a number: *preventing violence*, *what people need*."""
    words = phrase.lower().split()
    if not words:
        return False
    if words[0] in _CLAUSE_STARTS or words[:2] == ["one", "of"]:
        return True
    if not words[0].endswith("ing") or len(words) < 2:
        return False
    return words[0].rpartition("/")[2] in TRANSITIVE_GERUNDS or words[1] in _OBJECT_STARTS


@lru_cache(maxsize=1 << 12)
def is_adjectival(phrase: str) -> bool:
    """Whether the phrase only describes: *at risk*, *affected by violence*, *conflict-sensitive*."""
    words = phrase.lower().split()
    if not words:
        return False
    first, last = words[0], words[-1]
    if first in PREPOSITIONS and len(words) <= 3 and head_of(phrase) == len(words) - 1 and "-" not in first:
        return True
    if first in _FINITE_STARTS or (len(words) <= 2 and _ADJECTIVAL.fullmatch(last) is not None):
        return True
    if len(words) > 1 and head_of(phrase) == 0:
        return _is_participle(first, "") and first not in POSTPOSED_ADJECTIVES
    return False
