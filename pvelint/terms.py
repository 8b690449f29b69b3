"""Looking terms up: what a phrase means in the lexicon, and what to say instead to each reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pvelint.findings import Level, Tier
from pvelint.knowledge import Knowledge
from pvelint.lexicon import AvoidedTerm, Concept
from pvelint.tokens import tokenise

Status = Literal["preferred", "admitted", "avoided", "unlisted"]


@dataclass(frozen=True)
class Verdict:
    """What one reader is to be told about a phrase.

    say:    approved wordings for this reader, best first.
    advice: how to rewrite where no wording can be put in.
    sometimes: the status holds only in some contexts (the lexicon gives conditions).
    """

    tier: Tier
    status: Status
    level: Level | None
    say: tuple[str, ...]
    advice: str | None
    sometimes: bool
    red_line: bool


@dataclass(frozen=True)
class Answer:
    """One concept that a phrase belongs to, with the verdict for each reader.

    matched: the term of the lexicon that the phrase is a form of.
    """

    concept: Concept
    matched: str
    verdicts: tuple[Verdict, ...]


def look_up(phrase: str, knowledge: Knowledge) -> tuple[Answer, ...]:
    """The concepts that a phrase (in any inflection) belongs to, best first.

    Matches of the whole phrase are given alone; otherwise the longest ones inside it.
    """
    tokens = tokenise(phrase)
    matched: dict[str, tuple[int, str]] = {}
    for match in knowledge.scanner.scan(tokens):
        pattern = match.pattern
        if pattern.status == "avoided":
            concept, avoided = knowledge.avoided[pattern.key]
            found = avoided.term
        elif pattern.status == "approved":
            concept, _, approved = knowledge.approved[pattern.key]
            found = approved.term
        else:
            continue
        length = match.last - match.first
        if length > matched.get(concept.id, (0, ""))[0]:
            matched[concept.id] = (length, found)
    longest = max((length for length, _ in matched.values()), default=0)
    answers: list[Answer] = []
    for concept in knowledge.lexicon.concepts:
        length, term = matched.get(concept.id, (0, ""))
        if term and length == longest:
            answers.append(Answer(concept, term, tuple(_verdict(concept, term, tier) for tier in Tier)))
    return tuple(sorted(answers, key=lambda answer: (-_weight(answer), answer.concept.id)))


def _weight(answer: Answer) -> int:
    """Concepts that forbid the phrase come before those that allow it."""
    return sum(1 + verdict.level.rank for verdict in answer.verdicts if verdict.level is not None)


def _verdict(concept: Concept, term: str, tier: Tier) -> Verdict:
    folded = term.casefold()
    say = tuple(approved.term for approved in (*concept.preferred(tier), *concept.admitted(tier)))
    for avoided in concept.avoided:
        if avoided.term.casefold() == folded and tier in avoided.levels:
            return Verdict(
                tier,
                "avoided",
                avoided.levels[tier],
                _uses(avoided, tier, say),
                avoided.advice.get(tier),
                bool(avoided.when or avoided.unless),
                concept.is_red_line(avoided, tier),
            )
    for approved in concept.approved[tier]:
        if approved.term.casefold() == folded:
            status: Status = "preferred" if approved.preferred else "admitted"
            return Verdict(tier, status, None, say, None, bool(approved.when), False)
    return Verdict(tier, "unlisted", None, say, None, False, False)


def _uses(avoided: AvoidedTerm, tier: Tier, say: tuple[str, ...]) -> tuple[str, ...]:
    if tier in avoided.use:
        return tuple(wording.term for wording in avoided.use[tier])
    return say


def all_terms(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Every term of the lexicon with its concept's id."""
    for concept in knowledge.lexicon.concepts:
        for tier in Tier:
            yield from ((approved.term, concept.id) for approved in concept.approved[tier])
        yield from ((avoided.term, concept.id) for avoided in concept.avoided)


def forms(concept: Concept) -> dict[str, tuple[str, ...]]:
    """The forms that are found for each avoided term: inflections, spellings, hyphens."""
    from pvelint.variants import expand

    found: dict[str, tuple[str, ...]] = {}
    for avoided in concept.avoided:
        surfaces = expand(avoided.term, form=avoided.form, head=avoided.head, plural=avoided.plural)
        found[avoided.term] = tuple(dict.fromkeys(" ".join(surface.words) for surface in surfaces))
    return found
