"""Which of the overlapping matches of a block count, for one reader.

The longest match wins. Names and approved terms shield avoided terms inside them; conditions decide whether a
term counts at all, and ties are settled by the data (level, then concept id), never by the order of a map.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pvelint.conditions import holds
from pvelint.document import Span
from pvelint.findings import Tier
from pvelint.knowledge import Knowledge
from pvelint.lexicon import AvoidedTerm, Concept
from pvelint.scan import Match
from pvelint.sides import broken_phrase
from pvelint.sites import BlockText, Site


@dataclass(frozen=True)
class Hit:
    """An avoided term that counts at a site."""

    concept: Concept
    term: AvoidedTerm
    match: Match
    site: Site


def resolve(text: BlockText, matches: Sequence[Match], *, tier: Tier, knowledge: Knowledge) -> tuple[Hit, ...]:
    """The avoided terms of a block that count for this reader, in order, without overlaps."""
    candidates = [
        match
        for match in matches
        if match.pattern.status == "avoided" and tier in knowledge.avoided[match.pattern.key][1].levels
    ]
    if not candidates:
        return ()
    shields = [match for match in matches if match.pattern.status in {"approved", "name"}]
    hits = []
    for match in candidates:
        site = Site(text, match.first, match.last)
        if _protected(text, site.span) or any(_shields(shield, match, text, tier, knowledge) for shield in shields):
            continue
        concept, term = knowledge.avoided[match.pattern.key]
        if _opposed(site):
            continue
        if term.form == "noun" and site.tokens[site.first].norm.endswith("ed") and broken_phrase(site):
            continue
        if all(holds(condition, site, knowledge.builtins) for condition in term.when) and not any(
            holds(condition, site, knowledge.builtins) for condition in term.unless
        ):
            hits.append(Hit(concept, term, match, site))
    return _without_overlaps(hits, tier)


#: Prefixes that turn a word into its opposite: "counter-radicalization hub" is no "radicalization hub".
_OPPOSING = frozenset({"anti", "counter", "non", "de", "ex", "pro"})


def _opposed(site: Site) -> bool:
    before = site.first - 1
    return before >= 0 and site.tokens[site.first].joined and site.tokens[before].norm in _OPPOSING


def _protected(text: BlockText, span: Span) -> bool:
    return any(protected.span.overlaps(span) for protected in text.block.protected)


def _shields(shield: Match, match: Match, text: BlockText, tier: Tier, knowledge: Knowledge) -> bool:
    if not (shield.first <= match.first and match.last <= shield.last):
        return False
    longer = shield.last - shield.first > match.last - match.first
    if shield.pattern.status == "name":
        return longer or knowledge.names[shield.pattern.key].kind != "group"
    _, shield_tier, approved = knowledge.approved[shield.pattern.key]
    if shield_tier is not tier or not longer:
        return False
    site = Site(text, shield.first, shield.last)
    return all(holds(condition, site, knowledge.builtins) for condition in approved.when)


def _without_overlaps(hits: Sequence[Hit], tier: Tier) -> tuple[Hit, ...]:
    ordered = sorted(
        hits,
        key=lambda hit: (
            -(hit.match.last - hit.match.first),
            -hit.term.levels[tier].rank,
            hit.site.span.start,
            hit.concept.id,
        ),
    )
    taken: list[Hit] = []
    used: set[int] = set()
    for hit in ordered:
        tokens = range(hit.match.first, hit.match.last)
        if used.isdisjoint(tokens):
            used.update(tokens)
            taken.append(hit)
    return tuple(sorted(taken, key=lambda hit: hit.match.first))
