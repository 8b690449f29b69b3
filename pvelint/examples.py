"""The examples of lexicons are their tests: ``pvelint test`` runs each of them through the whole pipeline.

An example to flag passes when its concept is found (with the words and the corrected sentence it names); one to
leave passes when its concept is not. Every suggestion of every avoided term is checked as well: it may not be a
finding for the reader that it is offered to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pvelint.config import Settings
from pvelint.document import Block, BlockKind, Document, OffsetMap
from pvelint.errors import Where
from pvelint.findings import Finding, Tier
from pvelint.knowledge import Knowledge
from pvelint.lexicon import Concept, Example
from pvelint.pipeline import check_document
from pvelint.rules import Rule


@dataclass(frozen=True, slots=True)
class ExampleFailure:
    """An example that does not hold, with its place in the data file."""

    concept: str
    kind: str  # flag | leave | suggestion
    tier: Tier
    text: str
    message: str
    where: Where


@dataclass(frozen=True, slots=True)
class ExamplesReport:
    """How many examples passed and which failed."""

    passed: int
    failures: tuple[ExampleFailure, ...]


def one_block(text: str, kind: str = "paragraph") -> Document:
    """A document of one block, for examples and for single sentences."""
    block = Block(text=text, kind=BlockKind(kind), offsets=OffsetMap.shifted(len(text), 0), place="example")
    return Document(path="example", format="text", text=text, blocks=(block,))


def run_examples(
    knowledge: Knowledge, *, concepts: Sequence[str] | None = None, rules: Sequence[str] | None = None
) -> ExamplesReport:
    """Run the examples of all concepts and rules, or of those named (ids); naming some leaves out the other kind."""
    passed = 0
    failures: list[ExampleFailure] = []
    for concept in knowledge.lexicon.concepts:
        if (concepts is not None or rules is not None) and concept.id not in (concepts or ()):
            continue
        for failure in (*_examples(concept, knowledge), *_suggestions(concept, knowledge)):
            if failure is None:
                passed += 1
            else:
                failures.append(failure)
    for rule in knowledge.rules:
        if (concepts is not None or rules is not None) and rule.id not in (rules or ()):
            continue
        for failure in _rule_examples(rule, knowledge):
            if failure is None:
                passed += 1
            else:
                failures.append(failure)
    return ExamplesReport(passed, tuple(failures))


def _rule_examples(rule: Rule, knowledge: Knowledge) -> Iterator[ExampleFailure | None]:
    for example in rule.examples:
        tier = example.tier or next(iter(rule.levels))
        found = [f for f in _findings(example.text, example.kind, tier, knowledge) if f.rule == rule.id]
        message = None
        if example.flag and not found:
            message = "not found"
        elif example.flag and example.term and not any(_overlap(example, finding) for finding in found):
            message = f'found "{found[0].text}", not "{example.term}"'
        elif not example.flag and found:
            message = f'found "{found[0].text}"'
        kind = "flag" if example.flag else "leave"
        yield ExampleFailure(rule.id, kind, tier, example.text, message, example.where) if message else None


def _overlap(example: Example, finding: Finding) -> bool:
    """Whether the finding covers at least half of the shorter of the marked and the found words."""
    start = example.text.find(example.term or "")
    end = start + len(example.term or "")
    shared = min(end, finding.span.end) - max(start, finding.span.start)
    return shared * 2 >= min(end - start, finding.span.end - finding.span.start)


def _findings(text: str, kind: str, tier: Tier, knowledge: Knowledge) -> tuple[Finding, ...]:
    return check_document(
        one_block(text, kind), settings=Settings(tier=tier, preview=True), knowledge=knowledge, repeats=True
    ).findings


def _examples(concept: Concept, knowledge: Knowledge) -> Iterator[ExampleFailure | None]:
    for example in concept.examples:
        for tier in (example.tier,) if example.tier else tuple(Tier):
            message = _problem(concept, example, tier, knowledge)
            kind = "flag" if example.flag else "leave"
            yield (ExampleFailure(concept.id, kind, tier, example.text, message, example.where) if message else None)


def _problem(concept: Concept, example: Example, tier: Tier, knowledge: Knowledge) -> str | None:
    found = [
        finding for finding in _findings(example.text, example.kind, tier, knowledge) if finding.concept == concept.id
    ]
    if not example.flag:
        return f'found "{found[0].text}" ({found[0].rule})' if found else None
    if not found:
        return "not found"
    if example.term is not None and not any(example.term.casefold() in finding.text.casefold() for finding in found):
        return f'found "{found[0].text}", not "{example.term}"'
    if example.use is not None and example.tier is not None:
        corrected = [_corrected(example.text, finding) for finding in found]
        if example.use not in corrected:
            return f'the first suggestion gives "{corrected[0]}"'
    return None


def _corrected(text: str, finding: Finding) -> str:
    """The text with the finding's first suggestion put in."""
    if not finding.suggestions:
        return text
    return text[: finding.span.start] + finding.suggestions[0].text + text[finding.span.end :]


def _suggestions(concept: Concept, knowledge: Knowledge) -> Iterator[ExampleFailure | None]:
    """Each wording that is offered to a reader, checked as a sentence fragment for that reader."""
    for tier in Tier:
        offered = {term.term: term.where for term in concept.approved[tier]}
        for avoided in concept.avoided:
            offered.update({wording.term: avoided.where for wording in avoided.use.get(tier, ())})
        for wording, where in offered.items():
            weighed = {rule.id for rule in knowledge.rule_index.rules if rule.weighed}  # they judge whole sentences
            found = [
                finding
                for finding in _findings(f"They wrote about {wording} again.", "paragraph", tier, knowledge)
                if finding.rule not in weighed
            ]
            if found:
                other = found[0].concept or found[0].rule
                message = f'offered to {tier.value}, but "{found[0].text}" is a finding of {other}'
                yield ExampleFailure(concept.id, "suggestion", tier, wording, message, where)
            else:
                yield None
