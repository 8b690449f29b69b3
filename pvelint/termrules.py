"""The rules that are made from the lexicon: one per kind of matter, the concept in its own field.

S100, C200, M300 and K400 are terms of the families stigma, framing, conflation and causes; T501 is a term that no
reader is given, T502 one that is approved for the other reader, T504 an acronym not expanded at its first use
and T505 an acronym in field text.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from pvelint.document import BlockKind, Span
from pvelint.findings import Family, Finding, Level, Suggestion, Tier, Usage, UsageKind
from pvelint.knowledge import Knowledge
from pvelint.lexicon import AvoidedTerm, Concept
from pvelint.resolve import Hit, resolve
from pvelint.ruletable import TERM_RULES
from pvelint.scan import Match
from pvelint.screen import sums_at
from pvelint.sides import attributive
from pvelint.sites import BlockText, DocumentText, Site
from pvelint.suggest import Slot, Wording, fit
from pvelint.usage import VERBATIM

_FAMILY_RULES = {
    Family.STIGMA: "S100",
    Family.FRAMING: "C200",
    Family.CONFLATION: "M300",
    Family.CAUSES: "K400",
}
_READERS = {Tier.DONOR: "donors and the public", Tier.FIELD: "field teams and communities"}
_SAYS = {
    Family.STIGMA: "stigmatizes people",
    Family.FRAMING: "sets our side against violent groups",
    Family.CONFLATION: "ties migration to violent extremism",
    Family.CAUSES: "makes a complex cause simple",
}
#: Documents shorter than this (words) have no "first use".
FIRST_USE_WORDS = 120
PARAPHRASE = (
    "These are somebody else's words: do not change them; paraphrase, or add context that distances the text from them."
)


@dataclass(frozen=True)
class TermFinder:
    """Runs the term rules over a document for one reader."""

    knowledge: Knowledge
    tier: Tier
    spelling: str = "un"

    def find(self, document: DocumentText) -> Iterator[tuple[Finding, bool]]:
        """Findings with whether they count (True) or were set aside by their usage (False)."""
        seen: list[tuple[BlockText, Match]] = []
        for text in document.blocks:
            if text.block.kind is BlockKind.CODE:
                continue
            matches = list(self.knowledge.scanner.scan(text.tokens))
            seen += [(text, match) for match in matches if match.pattern.status == "acronym"]
            for hit in resolve(text, matches, tier=self.tier, knowledge=self.knowledge):
                yield from self._judge(hit)
        yield from self._acronyms(document, seen)

    def _judge(self, hit: Hit) -> Iterator[tuple[Finding, bool]]:
        usage = self.knowledge.usage.judge(hit.site, leave=hit.concept.leave)
        counts = usage.kind not in hit.concept.leave
        for family in hit.concept.families:
            finding = self._finding(hit, family, usage)
            total = self._held_back(finding, hit) if counts else None
            if total is None:
                yield finding, counts
            else:
                usage = Usage(usage.kind, f"the sentence reads otherwise ({total:+.1f})")
                yield dataclasses.replace(finding, usage=usage), False

    def _held_back(self, finding: Finding, hit: Hit) -> float | None:
        """What the signs of the sentence add up to, where that speaks against a term; an error always stands.

        Words that are errors whoever says them need no sentence around them; a burden or a hotbed does.
        """
        weights, letter = self.knowledge.weights, finding.family.letter
        bar = weights.bars[letter].term if weights is not None and letter in weights.bars else None
        if bar is None or hit.term.levels[self.tier] is Level.ERROR:
            return None
        sums = sums_at(self.knowledge, hit.site.text, hit.site.span.start)
        return sums[letter] if sums is not None and sums[letter] < bar else None

    def _finding(self, hit: Hit, family: Family, usage: Usage) -> Finding:
        concept, term, site = hit.concept, hit.term, hit.site
        rule = TERM_RULES[self._rule(concept, term, family)]
        level = term.levels[self.tier]
        quoted = usage.kind is UsageKind.QUOTED
        span, suggestions, advised = self._suggestions(hit)
        verbatim = quoted and usage.evidence in VERBATIM
        if verbatim:
            span, suggestions, advised = site.span, (), ()
        elif quoted:
            suggestions = tuple(dataclasses.replace(one, grade="offer") for one in suggestions)
        advice = self._advice(concept, term, suggestions, advised, verbatim)
        return Finding(
            rule=rule.id,
            name=rule.name,
            family=family,
            level=level.lowered() if quoted else level,
            red_line=concept.is_red_line(term, self.tier),
            concept=concept.id,
            text=site.block.text[span.start : span.end],
            message=self._message(site.block.text[span.start : span.end], family, suggestions),
            why=concept.why,
            source=concept.source,
            block=site.text.index,
            span=span,
            location=site.text.document.document.locate(site.block, span),
            sentence=" ".join(site.sentence_text.split()),
            sentence_span=site.sentence,
            usage=usage,
            suggestions=suggestions,
            advice=advice,
        )

    def _rule(self, concept: Concept, term: AvoidedTerm, family: Family) -> str:
        if family in _FAMILY_RULES:
            return _FAMILY_RULES[family]
        other = Tier.FIELD if self.tier is Tier.DONOR else Tier.DONOR
        both = any(other in avoided.levels and avoided.term == term.term for avoided in concept.avoided)
        return "T501" if both else "T502"

    def _message(self, found: str, family: Family, suggestions: tuple[Suggestion, ...]) -> str:
        words = " ".join(found.split())
        says = _SAYS.get(family)
        message = f'"{words}" {says}' if says else f'"{words}" is not approved wording for {_READERS[self.tier]}'
        return f'{message}; write "{suggestions[0].text}".' if suggestions else f"{message}."

    def _suggestions(self, hit: Hit) -> tuple[Span, tuple[Suggestion, ...], tuple[str, ...]]:
        """The replaced range, the drop-in replacements and wordings that can only be advised."""
        wordings = self._wordings(hit)
        if not wordings:
            return hit.site.span, (), ()
        if hit.term.grade == "advise":
            return hit.site.span, (), tuple(wording.term for wording in wordings)
        fitted = fit(self._slot(hit), wordings)
        texts = [text for text in dict.fromkeys(fitted.texts) if text]
        suggestions = tuple(
            Suggestion(text, "safe" if hit.term.grade == "safe" and position == 0 else "offer")
            for position, text in enumerate(texts)
        )
        unfit = tuple(wording.term for wording, text in zip(wordings, fitted.texts, strict=True) if not text)
        if not suggestions:
            return hit.site.span, (), unfit
        return Span(fitted.start, fitted.end), suggestions, ()

    def _wordings(self, hit: Hit) -> tuple[Wording, ...]:
        if self.tier in hit.term.use:
            return hit.term.use[self.tier]
        approved = hit.concept.approved[self.tier]
        return (
            tuple(
                term.wording
                for term in (*hit.concept.preferred(self.tier), *hit.concept.admitted(self.tier))
                if not term.when
            )
            if approved
            else ()
        )

    def _slot(self, hit: Hit) -> Slot:
        site = hit.site
        return Slot(
            text=site.block.text,
            start=site.span.start,
            end=site.span.end,
            features=hit.match.features,
            heading=site.block.kind in {BlockKind.TITLE, BlockKind.HEADING},
            sentence_start=site.sentence.start == site.span.start or site.first == site.sentence_first,
            attributive=attributive(site),
            variety=self.spelling,
            term=hit.term.term,
        )

    def _advice(
        self,
        concept: Concept,
        term: AvoidedTerm,
        suggestions: tuple[Suggestion, ...],
        advised: tuple[str, ...],
        quoted: bool,
    ) -> tuple[str, ...]:
        if quoted:
            return (PARAPHRASE,)
        advice = [term.advice[self.tier]] if self.tier in term.advice else []
        if not suggestions and not advice:
            offered = advised or tuple(approved.term for approved in concept.approved[self.tier])
            if offered:
                words = " or ".join(f'"{word}"' for word in offered[:3])
                advice.append(f"Turn the sentence so that it says {words}.")
        return tuple(advice)

    def _acronyms(self, document: DocumentText, seen: list[tuple[BlockText, Match]]) -> Iterator[tuple[Finding, bool]]:
        words = sum(len(text.tokens) for text in document.blocks) if seen else 0
        if self.tier is Tier.DONOR and words < FIRST_USE_WORDS:
            return
        done: set[int] = set()
        for text, match in seen:
            key = match.pattern.key
            if key in done:
                continue
            acronym = self.knowledge.acronyms[key]
            site = Site(text, match.first, match.last)
            if self.tier is Tier.FIELD:
                if acronym.plain and not _inside_other(site, self.knowledge):
                    done.add(key)
                    yield (
                        self._acronym_finding(
                            site,
                            "T505",
                            f'"{site.words}" is an acronym; say "{acronym.plain}".',
                            acronym.plain,
                        ),
                        True,
                    )
                continue
            if acronym.familiar or text.block.kind in {
                BlockKind.TITLE,
                BlockKind.HEADING,
                BlockKind.HEADER,
                BlockKind.FOOTER,
            }:
                continue
            done.add(key)
            if not _expanded(document, site, acronym.expansions) and not _inside_other(site, self.knowledge):
                full = acronym.expansions[0]
                yield (
                    self._acronym_finding(
                        site,
                        "T504",
                        f'"{site.words}" is not written out at its first use.',
                        f"{full} ({acronym.acronym})",
                    ),
                    True,
                )

    def _acronym_finding(self, site: Site, rule_id: str, message: str, instead: str) -> Finding:
        rule = TERM_RULES[rule_id]
        return Finding(
            rule=rule.id,
            name=rule.name,
            family=rule.family,
            level=Level.SUGGESTION,
            red_line=False,
            concept=None,
            text=site.words,
            message=message,
            why="A reader who does not know the acronym stops here.",
            source=("001",),
            block=site.text.index,
            span=site.span,
            location=site.text.document.document.locate(site.block, site.span),
            sentence=" ".join(site.sentence_text.split()),
            sentence_span=site.sentence,
            usage=Usage(UsageKind.ASSERTED),
            advice=(f'Write "{instead}".',),
        )


def _inside_other(site: Site, knowledge: Knowledge) -> bool:
    """Whether the acronym stands in a protected span or inside a listed name or a longer word."""
    if any(protected.span.overlaps(site.span) for protected in site.block.protected):
        return True
    if (site.last < len(site.tokens) and site.tokens[site.last].joined) or site.tokens[site.first].joined:
        return True
    return any(
        match.first <= site.first and site.last <= match.last and match.pattern.status == "name"
        for match in knowledge.scanner.scan(site.tokens)
    )


def _expanded(document: DocumentText, site: Site, expansions: tuple[str, ...]) -> bool:
    """Whether an expansion stands anywhere up to the end of the block with the first use."""
    from pvelint.phrases import phrase_set

    phrases = phrase_set(expansions)
    for text in document.blocks[: site.text.index + 1]:
        if next(phrases.find(text.tokens, 0, len(text.tokens)), None) is not None:
            return True
    return False
