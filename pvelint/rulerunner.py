"""Runs the phrase and relation rules over a document for one reader.

A sentence is parsed only when some rule has a word of each of its classes in it; then phrases and relations are
matched, usage is judged as for terms, and the shortest claim of each rule and sentence is reported once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pvelint.conditions import holds
from pvelint.findings import Finding, Tier, Usage, UsageKind
from pvelint.knowledge import Knowledge
from pvelint.matching import ReadyRelation
from pvelint.relations import SentenceView, find_relations
from pvelint.rules import Rule
from pvelint.screen import Screened, Sentence, sentence_signs, weigh
from pvelint.sites import DocumentText, Site
from pvelint.termrules import PARAPHRASE
from pvelint.weighing.weights import stretch

__all__ = ["RuleRunner", "Sentence", "sentence_signs", "weigh"]


@dataclass(frozen=True)
class RuleRunner:
    """The rules of a run, for one reader."""

    knowledge: Knowledge
    tier: Tier
    preview: bool = False

    def find(self, document: DocumentText) -> Iterator[tuple[Finding, bool]]:
        """Findings with whether they count (True) or were set aside (False)."""
        screen = self.knowledge.screen(self.tier.value, preview=self.preview)
        for screened in screen.sentences(document):
            yield from self._weighed(screened, list(self._sentence(screened)))

    def _sentence(self, screened: Screened) -> Iterator[tuple[Finding, bool]]:
        sentence = screened.sentence
        whole = Site(sentence.text, sentence.first, sentence.last)
        view: SentenceView | None = None
        for candidate in screened.candidates:
            site = Site(sentence.text, *candidate.phrase) if candidate.phrase else None
            if site is None:
                if view is None:
                    view = self._view(sentence, whole)
                if view is not None:
                    site = self._relation(candidate.relations, view, sentence)
            if site is not None:
                yield from self._judge(self.knowledge.rule_by_id[candidate.ready.id], site, whole)

    def _weighed(self, screened: Screened, judged: list[tuple[Finding, bool]]) -> Iterator[tuple[Finding, bool]]:
        """What the rules found where the sentence does not read otherwise, and what only the weights find."""
        sums, weights, sentence = screened.sums, self.knowledge.weights, screened.sentence
        if sums is None or weights is None:
            yield from judged
            return
        claimed = set()
        for finding, counts in judged:
            letter = finding.family.letter
            if counts and sums[letter] < weights.bars[letter].floor:
                usage = Usage(finding.usage.kind, f"the sentence reads otherwise ({sums[letter]:+.1f})")
                yield dataclasses.replace(finding, usage=usage), False
            else:
                yield finding, counts
                claimed.add(letter)
        for ready in screened.alone:
            letter = ready.id[0]
            if letter not in claimed:
                first, last = stretch(weigh(self.knowledge, sentence).by_token[letter])
                site = Site(sentence.text, sentence.first + first, sentence.first + last)
                whole = Site(sentence.text, sentence.first, sentence.last)
                yield from self._judge(self.knowledge.rule_by_id[ready.id], site, whole)

    def _view(self, sentence: Sentence, whole: Site) -> SentenceView | None:
        """The sentence parsed; None when it is too long to be one."""
        causal = self.knowledge.causal
        if causal is None or whole.parse is None:
            return None
        return SentenceView(sentence.text, sentence.number, whole.parse, causal, self.knowledge.rule_index.lists)

    def _relation(self, possible: Sequence[ReadyRelation], view: SentenceView, sentence: Sentence) -> Site | None:
        text, start = sentence.text, sentence.text.sentences[sentence.number].start
        for relation in possible:
            for found in find_relations(relation, view):
                first = text.token_at(start + found.start)
                last = text.token_at(start + found.end)
                site = Site(text, first, max(last, first + 1))
                if relation.own_side and not self.knowledge.builtins["own-work"](site):
                    continue
                return site
        return None

    def _judge(self, rule: Rule, site: Site, whole: Site) -> Iterator[tuple[Finding, bool]]:
        if any(protected.span.overlaps(site.span) for protected in site.block.protected):
            return
        builtins = self.knowledge.builtins
        if not all(holds(condition, site, builtins) for condition in rule.when):
            return
        if any(holds(condition, site, builtins) for condition in (*rule.unless, *rule.leave_when)):
            return
        if rule.own_side and not builtins["own-work"](site):
            return
        usage = self.knowledge.usage.judge(site, leave=rule.leave)
        counts = usage.kind not in rule.leave
        yield self._finding(rule, site, whole, usage), counts

    def _finding(self, rule: Rule, site: Site, whole: Site, usage: Usage) -> Finding:
        quoted = usage.kind is UsageKind.QUOTED
        level = rule.levels[self.tier]
        span = whole.span if rule.span == "sentence" else site.span
        return Finding(
            rule=rule.id,
            name=rule.name,
            family=rule.family,
            level=level.lowered() if quoted else level,
            red_line=rule.red_line is not None and level.value == "error",
            concept=None,
            text=site.block.text[span.start : span.end],
            message=rule.message or rule.why,
            why=rule.why,
            source=rule.source,
            block=site.text.index,
            span=span,
            location=site.text.document.document.locate(site.block, span),
            sentence=" ".join(site.sentence_text.split()),
            sentence_span=site.sentence,
            usage=usage,
            advice=(PARAPHRASE,) if quoted else rule.advice[self.tier],
        )
