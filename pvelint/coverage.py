"""What no example exercises: rules that none finds, word classes and avoided terms of which no word stands in one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pvelint import shipped
from pvelint.conditions import class_files, read_classes
from pvelint.config import Settings
from pvelint.examples import one_block
from pvelint.findings import Tier
from pvelint.knowledge import Knowledge
from pvelint.lexicon import Example
from pvelint.phrases import phrase_set
from pvelint.pipeline import check_document
from pvelint.tokens import Token, tokenise


@dataclass(frozen=True, slots=True)
class Uncovered:
    """What no example exercises: rule ids, class names, ``concept: term``, each sorted."""

    rules: tuple[str, ...]
    classes: tuple[str, ...]
    terms: tuple[str, ...]


def uncovered(knowledge: Knowledge, classes: Mapping[str, tuple[str, ...]] | None = None) -> Uncovered:
    """Run through all examples of concepts and rules. classes: the shipped ones when not given."""
    examples = list(_examples(knowledge))
    tokens = [tokenise(example.text) for _, example in examples]
    known = classes if classes is not None else read_classes(*class_files(shipped.folder("rules")))
    return Uncovered(
        rules=tuple(_rules(knowledge)),
        classes=tuple(sorted(name for name, words in known.items() if not _stands(words, tokens))),
        terms=tuple(_terms(knowledge, tokens)),
    )


def _examples(knowledge: Knowledge) -> Iterator[tuple[str, Example]]:
    for concept in knowledge.lexicon.concepts:
        yield from ((concept.id, example) for example in concept.examples)
    for rule in knowledge.rules:
        yield from ((rule.id, example) for example in rule.examples)


def _rules(knowledge: Knowledge) -> Iterator[str]:
    """Rules that find nothing in any of their own examples."""
    for rule in knowledge.rules:
        for example in rule.examples:
            tier = example.tier or next(iter(rule.levels), Tier.DONOR)
            settings = Settings(tier=tier, preview=True)
            document = one_block(example.text, example.kind)
            report = check_document(document, settings=settings, knowledge=knowledge, repeats=True)
            if any(finding.rule == rule.id for finding in report.findings):
                break
        else:
            yield rule.id


def _stands(words: tuple[str, ...], texts: list[tuple[Token, ...]]) -> bool:
    phrases = phrase_set(words)
    return any(next(iter(phrases.find(tokens, 0, len(tokens))), None) is not None for tokens in texts)


def _terms(knowledge: Knowledge, texts: list[tuple[Token, ...]]) -> Iterator[str]:
    """Avoided terms that the scanner meets in no example, whatever its usage there."""
    met: set[int] = set()
    for tokens in texts:
        met.update(match.pattern.key for match in knowledge.scanner.scan(tokens) if match.pattern.status == "avoided")
    missing = [
        f"{concept.id}: {term.term}" for number, (concept, term) in enumerate(knowledge.avoided) if number not in met
    ]
    yield from sorted(missing)
