"""Runs the phrase and relation rules over a document for one reader.

A sentence is parsed only when some rule has a word of each of its classes in it; then phrases and relations are
matched, usage is judged as for terms, and the shortest claim of each rule and sentence is reported once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pvelint.causality import CausalWords
from pvelint.conditions import holds
from pvelint.document import BlockKind, Span
from pvelint.findings import Finding, Tier, UsageKind
from pvelint.knowledge import Knowledge
from pvelint.patterns import find_pattern
from pvelint.phrases import phrase_set
from pvelint.relations import SentenceView, find_relations
from pvelint.rules import Relation, Rule
from pvelint.sites import BlockText, DocumentText, Site
from pvelint.termrules import PARAPHRASE


@dataclass(frozen=True)
class RuleRunner:
    """The rules of a run, for one reader."""

    knowledge: Knowledge
    rules: tuple[Rule, ...]
    causal: CausalWords
    tier: Tier
    preview: bool = False

    def find(self, document: DocumentText) -> Iterator[tuple[Finding, bool]]:
        """Findings with whether they count (True) or were set aside (False)."""
        for text in document.blocks:
            if text.block.kind is BlockKind.CODE:
                continue
            for index, sentence in enumerate(text.sentences):
                yield from self._sentence(text, index, sentence)

    def _sentence(self, text: BlockText, index: int, sentence: Span) -> Iterator[tuple[Finding, bool]]:
        first, last = text.token_at(sentence.start), text.token_at(sentence.end)
        if last <= first:
            return
        norms = {token.norm for token in text.tokens[first:last]}
        before = text.token_at(text.sentences[index - 1].start) if index else first
        norms_before = norms | {token.norm for token in text.tokens[before:first]}
        whole = Site(text, first, last)
        view: SentenceView | None = None
        for rule in self.rules:
            if self.tier not in rule.levels or (rule.preview and not self.preview):
                continue
            site = self._phrase(rule, text, first, last)
            if site is None and any(_possible(relation, norms_before) for relation in rule.relations):
                if view is None and whole.parse is not None:
                    view = SentenceView(text, index, whole.parse, self.causal)
                if view is not None:
                    site = self._relation(rule, view, text, sentence)
            if site is not None:
                yield from self._judge(rule, site, whole)

    def _phrase(self, rule: Rule, text: BlockText, first: int, last: int) -> Site | None:
        for pattern in rule.patterns:
            found = find_pattern(pattern, text.tokens, first, last)
            if found is not None:
                return Site(text, *found)
        return None

    def _relation(self, rule: Rule, view: SentenceView, text: BlockText, sentence: Span) -> Site | None:
        for relation in rule.relations:
            if not _possible(relation, None):
                continue
            for found in find_relations(relation, view):
                first = text.token_at(sentence.start + found.start)
                last = text.token_at(sentence.start + found.end)
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


def _possible(relation: Relation, norms: set[str] | None) -> bool:
    """Whether each word list of a relation has the first word of one of its phrases among the norms."""
    if norms is None:
        return True
    return all(not norms.isdisjoint(phrase_set(words).by_first) for words in relation.needed)
