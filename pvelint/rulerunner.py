"""Runs the phrase and relation rules over a document for one reader.

A sentence is parsed only when some rule has a word of each of its classes in it; then phrases and relations are
matched, usage is judged as for terms, and the shortest claim of each rule and sentence is reported once.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pvelint.conditions import holds
from pvelint.document import BlockKind
from pvelint.findings import Finding, Tier, Usage, UsageKind
from pvelint.knowledge import Knowledge
from pvelint.matching import ReadyRelation, ReadyRule
from pvelint.relations import SentenceView, find_relations
from pvelint.rules import Rule
from pvelint.sites import BlockText, DocumentText, Site
from pvelint.termrules import PARAPHRASE
from pvelint.tokens import Token
from pvelint.weighing.features import Sign, signs
from pvelint.weighing.weights import Weighed, stretch
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
    tier: Tier
    preview: bool = False

    def find(self, document: DocumentText) -> Iterator[tuple[Finding, bool]]:
        """Findings with whether they count (True) or were set aside (False)."""
        index = self.knowledge.rule_index
        active = [ready for ready in index.rules if ready.concerns(self.tier.value, self.preview)]
        rules = [ready for ready in active if not ready.weighed]
        weighed = [ready for ready in active if ready.weighed]
        for text in document.blocks:
            if text.block.kind is BlockKind.CODE:
                continue
            before = 0
            for number, span in enumerate(text.sentences):
                first, last = text.token_at(span.start), text.token_at(span.end)
                if last > first:
                    found = index.lists.scan(text.tokens, first, last)
                    sentence = Sentence(text, number, first, last, found, before)
                    yield from self._weighed(weighed, sentence, list(self._sentence(rules, index.lists, sentence)))
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
                    for relation in ready.relations
                    if relation.possible(sentence.found.present, sentence.present_before)
                ]
                if possible and view is None:
                    view = self._view(sentence, whole, lists)
                if possible and view is not None:
                    site = self._relation(possible, view, sentence)
            if site is not None:
                yield from self._judge(self.knowledge.rule_by_id[ready.id], site, whole)

    def _weighed(
        self, rules: list[ReadyRule], sentence: Sentence, judged: list[tuple[Finding, bool]]
    ) -> Iterator[tuple[Finding, bool]]:
        """What the rules found where the sentence as a whole does not read otherwise, and what only the weights find."""
        weights = self.knowledge.weights
        if weights is None or not sentence.found.present:
            yield from judged
            return
        weighed = weigh(self.knowledge, sentence)
        claimed = set()
        for finding, counts in judged:
            letter = finding.family.letter
            if counts and weighed.sums[letter] < weights.bars[letter].floor:
                usage = Usage(finding.usage.kind, f"the sentence reads otherwise ({weighed.sums[letter]:+.1f})")
                yield dataclasses.replace(finding, usage=usage), False
            else:
                yield finding, counts
                claimed.add(letter)
        for rule in rules:
            letter = rule.id[0]
            if letter not in claimed and weighed.sums[letter] >= weights.bars[letter].alone:
                first, last = stretch(weighed.by_token[letter])
                site = Site(sentence.text, sentence.first + first, sentence.first + last)
                whole = Site(sentence.text, sentence.first, sentence.last)
                yield from self._judge(self.knowledge.rule_by_id[rule.id], site, whole)

    def _view(self, sentence: Sentence, whole: Site, lists: WordIndex) -> SentenceView | None:
        """The sentence parsed; None when it is too long to be one."""
        causal = self.knowledge.causal
        if causal is None or whole.parse is None:
            return None
        return SentenceView(sentence.text, sentence.number, whole.parse, causal, lists)

    def _relation(self, possible: list[ReadyRelation], view: SentenceView, sentence: Sentence) -> Site | None:
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


def weigh(knowledge: Knowledge, sentence: Sentence) -> Weighed:
    """What a sentence adds up to. The knowledge must have weights."""
    assert knowledge.weights is not None
    return knowledge.weights.weigh(sentence_signs(knowledge, sentence), sentence.last - sentence.first)


def sentence_signs(knowledge: Knowledge, sentence: Sentence) -> dict[str, list[Sign]]:
    """The signs of a sentence by group, as they are weighed and trained on."""
    text, number = sentence.text, sentence.number
    found = sentence.found
    classes = {
        name: tuple((first - sentence.first, last - sentence.first) for first, last in found.find(bit))
        for name, bit in knowledge.rule_index.classes.items()
        if found.present & bit
    }
    return signs(
        text.tokens[sentence.first : sentence.last],
        before=_tokens_of(text, number - 1),
        after=_tokens_of(text, number + 1),
        classes=classes,
    )


def _tokens_of(text: BlockText, number: int) -> Sequence[Token]:
    """The tokens of a sentence of the block; none before the first and after the last."""
    if not 0 <= number < len(text.sentences):
        return ()
    span = text.sentences[number]
    return text.tokens[text.token_at(span.start) : text.token_at(span.end)]


def _phrase(ready: ReadyRule, sentence: Sentence) -> Site | None:
    for matcher in ready.matchers:
        found = matcher.find(sentence.found, sentence.text.tokens, sentence.first, sentence.last)
        if found is not None:
            return Site(sentence.text, *found)
    return None
