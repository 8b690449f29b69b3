"""Runs the phrase and relation rules over a document for one reader.

A sentence is parsed only when some rule has a word of each of its classes in it; then phrases and relations are
matched, usage is judged as for terms, and the shortest claim of each rule and sentence is reported once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pvelint.causality import CausalWords
from pvelint.conditions import holds
from pvelint.document import BlockKind
from pvelint.findings import Finding, Tier, UsageKind
from pvelint.knowledge import Knowledge
from pvelint.relations import SentenceView, find_relations
from pvelint.ruleindex import ReadyRule
from pvelint.rules import Relation, Rule
from pvelint.sites import BlockText, DocumentText, Site
from pvelint.termrules import PARAPHRASE
from pvelint.wordindex import Occurrences, WordIndex


@dataclass(frozen=True)
class Sentence:
    """A sentence of a block as tokens ``first`` to ``last`` (half-open), with the words of the rules' lists in it.

    present_before: the lists with a word in the sentence before (one bit each), for pronouns.
    """

    text: BlockText
    number: int
    first: int
    last: int
    found: Occurrences
    present_before: int


@dataclass(frozen=True)
class RuleRunner:
    """The rules of a run, for one reader."""

    knowledge: Knowledge
    causal: CausalWords
    tier: Tier
    preview: bool = False

    def find(self, document: DocumentText) -> Iterator[tuple[Finding, bool]]:
        """Findings with whether they count (True) or were set aside (False)."""
        index = self.knowledge.rule_index
        rules = [
            ready
            for ready in index.rules
            if self.tier in ready.rule.levels and (self.preview or not ready.rule.preview)
        ]
        for text in document.blocks:
            if text.block.kind is BlockKind.CODE:
                continue
            before = 0
            for number, sentence in enumerate(text.sentences):
                first, last = text.token_at(sentence.start), text.token_at(sentence.end)
                if last > first:
                    found = index.lists.scan(text.tokens, first, last)
                    yield from self._sentence(rules, index.lists, Sentence(text, number, first, last, found, before))
                    before = found.present
                else:
                    before = 0

    def _sentence(self, rules: list[ReadyRule], lists: WordIndex, sentence: Sentence) -> Iterator[tuple[Finding, bool]]:
        whole = Site(sentence.text, sentence.first, sentence.last)
        view: SentenceView | None = None
        for ready in rules:
            site = _phrase(ready, sentence)
            if site is None:
                possible = [
                    relation
                    for needs, relation in ready.relations
                    if needs.met(sentence.found.present, sentence.present_before)
                ]
                if possible and view is None and whole.parse is not None:
                    view = SentenceView(sentence.text, sentence.number, whole.parse, self.causal, lists)
                if possible and view is not None:
                    site = self._relation(possible, view, sentence)
            if site is not None:
                yield from self._judge(ready.rule, site, whole)

    def _relation(self, possible: list[Relation], view: SentenceView, sentence: Sentence) -> Site | None:
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

    def _finding(self, rule: Rule, site: Site, whole: Site, usage: object) -> Finding:
        from pvelint.findings import Usage

        assert isinstance(usage, Usage)
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


def _phrase(ready: ReadyRule, sentence: Sentence) -> Site | None:
    for matcher in ready.matchers:
        found = matcher.find(sentence.found, sentence.text.tokens, sentence.first, sentence.last)
        if found is not None:
            return Site(sentence.text, *found)
    return None
