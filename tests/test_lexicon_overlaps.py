"""One term belongs to one concept in each tier, unless the conditions keep the two apart on purpose."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

import pytest

from pvelint.findings import Tier
from pvelint.knowledge import load_knowledge
from pvelint.tokens import tokenise

#: Concepts that share terms, and what keeps them apart.
APART = {
    frozenset({"radical-adjective", "radicalized-people"}): "before a noun; alone as a noun",
    frozenset({"extremism-bare", "extremists-people"}): "before a noun; alone as a noun",
    frozenset({"violent-extremism", "extremists-people"}): "before a noun; alone as a noun",
    frozenset({"certainty-verbs", "migration-causes-ve"}): "people on the move and movement in the sentence, or not",
    frozenset({"terrorist-safe-haven", "camps-breed"}): "a camp or people on the move in the sentence, or not",
    frozenset({"disease-metaphors", "infected-by-extremism"}): "the noun; the verb",
    frozenset({"infected-by-extremism", "swamped-by-people"}): "violent ideas follow; people follow",
    frozenset({"water-metaphors", "water-verbs"}): "the noun; the verb",
    frozenset({"fight-against-extremism", "fight-extremism"}): "the noun; the verb",
    frozenset({"cve-label", "cve-word"}): "own work; the work of others",
}


@lru_cache(maxsize=1)
def _shared() -> dict[tuple[Tier, str], frozenset[str]]:
    """Tier and term -> the concepts that avoid it, where there are several."""
    concepts: dict[tuple[Tier, str], set[str]] = defaultdict(set)
    for concept, term in load_knowledge().avoided:
        words = " ".join(token.norm for token in tokenise(term.term))
        for tier in term.levels:
            concepts[tier, words].add(concept.id)
    return {key: frozenset(ids) for key, ids in concepts.items() if len(ids) > 1}


@pytest.mark.parametrize("tier", list(Tier))
def test_a_term_belongs_to_one_concept(tier: Tier) -> None:
    unintended = {
        words: sorted(ids) for (found, words), ids in sorted(_shared().items()) if found is tier and ids not in APART
    }
    assert not unintended, "avoided by several concepts; keep one, or add the pair to APART with the reason"


def test_every_exception_is_needed() -> None:
    assert set(APART) <= set(_shared().values())
