"""Train the weights of signs on our own labelled sentences.

    python tools/train.py [--measure] [--write]      # --write: rules/weights.tsv

Sentences: training/*.jsonl and the working part of tests/sentences (never the blind part), and the examples inside the
rules and lexicons. A record's label belongs to the sentence in which its span begins; its other sentences are left out. Records
without a label are innocent in every sentence. ``--measure`` prints average precision by cross-validation over files,
so that the measured sentences come from another writer than the training ones.

The word classes that tell that a sentence is on the matter at all are those that are rare in ordinary prose
(``tools/prose.py``); the sentences of that prose which hold one all the same are innocent ones to train on.

Needs scikit-learn (``pip install scikit-learn``); pvelint itself does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from prose import paragraphs
from pvelint.document import Span
from pvelint.examples import one_block
from pvelint.knowledge import Knowledge, load_knowledge
from pvelint.language import parse
from pvelint.screen import Sentence, sentence_signs
from pvelint.sites import DocumentText
from pvelint.weighing.features import GROUPS
from pvelint.weighing.weights import FAMILIES, SCALE

ROOT = Path(__file__).resolve().parents[1]
FILES = (*sorted((ROOT / "training").glob("*.jsonl")), *sorted((ROOT / "tests" / "sentences").glob("*-working.jsonl")))
MINIMUM_FREQUENCY = 2
MINIMUM_FREQUENCY_OF_PAIRS = 12
STRENGTH = 5.0
#: What a sum must reach, by family: for a finding with nothing but the weights, for a rule's finding to stand, and for
#: a term to stand. The first is the lowest with a held-out precision of .90 on text that is half contrasts (``--measure``
#: prints it), raised for two families (see docs/decisions/weighing.md).
BARS = {"S": [2.3, -1.2, -3.0], "C": [1.8, 0.0], "M": [3.2, 0.0], "K": [1.5, 0.0]}
#: Weights are stored in hundredths; smaller ones than this are dropped.
SMALLEST = 3
#: What an example of a term counts, beside a sentence by one of the writers: it is short, and made for its term alone.
SHARE_OF_TERMS = 0.2
#: A word class tells what a sentence is about when it has a word in fewer sentences of ordinary prose than this share.
RARE = 0.004
#: Held-out precision that a sum alone must have, and the fewest findings to tell it from.
PRECISION = 0.9
FEWEST = 50


@dataclass(frozen=True)
class Sample:
    """A sentence: the signs in each group, the families it claims, and those that would be no mistake."""

    source: str
    text: str
    groups: dict[str, tuple[str, ...]]
    wanted: frozenset[str]
    allowed: frozenset[str]


def samples(paths: Iterable[Path], knowledge: Knowledge, matter: Sequence[str]) -> list[Sample]:
    """The samples of labelled files, each text once; ``matter`` are the telling word classes."""
    found, seen = [], set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["text"] not in seen:
                seen.add(record["text"])
                found += _of_record(record, path.stem.split("-")[0], knowledge, matter)
    for source, text, flag, families in _examples(knowledge):
        if text not in seen:
            seen.add(text)
            record = {
                "text": text,
                "labels": list(families) if flag else [],
                "spans": [[letter, text] for letter in families] if flag else [],
                "alt": [letter for letter in FAMILIES if letter not in families],
            }
            found += _of_record(record, source, knowledge, matter)
    return found


def _examples(knowledge: Knowledge) -> Iterator[tuple[str, str, bool, str]]:
    """The examples of rules and of terms in our families: source, text, whether it is a claim, of which families."""
    for rule in knowledge.rules:
        for example in rule.examples:
            yield "rules", example.text, example.flag, rule.family.letter
    for concept in knowledge.lexicon.concepts:
        families = "".join(family.letter for family in concept.families if family.letter in FAMILIES)
        for example in concept.examples if families else ():
            yield "terms", example.text, example.flag, families


def _of_record(  # type: ignore[type-arg]
    record: dict, source: str, knowledge: Knowledge, matter: Sequence[str]
) -> Iterator[Sample]:
    wanted = frozenset(record["labels"]) & set(FAMILIES)
    allowed = frozenset(record.get("alt") or ())
    claimed = {label: record["text"].find(span) for label, span in record.get("spans") or () if label in wanted}
    for sentence, start, end in sentences(record["text"], knowledge, matter):
        here = frozenset(label for label, at in claimed.items() if start <= at < end)
        if wanted and not here:
            continue
        yield Sample(source, record["text"], sentence, here, allowed | (wanted - here))


def sentences(
    text: str, knowledge: Knowledge, matter: Sequence[str]
) -> Iterator[tuple[dict[str, tuple[str, ...]], int, int]]:
    """The signs of each sentence of a text, with its place."""
    for sentence, span in _sentences(text, knowledge):
        groups = sentence_signs(knowledge, sentence, matter)
        yield {name: tuple(s.name for s in signs) for name, signs in groups.items()}, span.start, span.end


def _sentences(text: str, knowledge: Knowledge) -> Iterator[tuple[Sentence, Span]]:
    for block in DocumentText(one_block(text, "paragraph"), parse, None).blocks:
        for number, span in enumerate(block.sentences):
            first, last = block.token_at(span.start), block.token_at(span.end)
            if last > first:
                found = knowledge.rule_index.lists.scan(block.tokens, first, last)
                yield Sentence(block, number, first, last, found, 0), span


def ordinary(knowledge: Knowledge, matter: Sequence[str]) -> list[Sample]:
    """Sentences of ordinary prose with a word on our matter all the same (*nested*, *attack*, *orphan*): all innocent."""
    classes = knowledge.rule_index.classes
    mask = reduce(or_, (classes[name] for name in matter))
    found = []
    for text in paragraphs():
        for sentence, span in _sentences(text, knowledge):
            if sentence.found.present & mask:
                groups = sentence_signs(knowledge, sentence, matter)
                names = {name: tuple(s.name for s in signs) for name, signs in groups.items()}
                found.append(Sample("prose", text[span.start : span.end], names, frozenset(), frozenset()))
    return found


class Table:
    """Turns samples into rows; signs that are too rare are left out."""

    def __init__(self, train: Sequence[Sample]) -> None:
        frequency = Counter(sign for sample in train for signs in sample.groups.values() for sign in signs)
        pairs = {sign for sample in train for sign in sample.groups["pairs"]}
        kept = sorted(
            sign
            for sign, count in frequency.items()
            if count >= (MINIMUM_FREQUENCY_OF_PAIRS if sign in pairs else MINIMUM_FREQUENCY)
        )
        self.column = {sign: number for number, sign in enumerate(kept)}
        self.rarity = np.array([1 + math.log(len(train) / frequency[sign]) for sign in kept])

    def rows(self, chosen: Sequence[Sample]) -> csr_matrix:
        values, columns, starts = [], [], [0]
        for sample in chosen:
            for group in GROUPS:
                signs = sample.groups[group]
                scale = 1 / (SCALE * math.sqrt(len(signs))) if signs else 0
                for sign in signs:
                    column = self.column.get(sign)
                    if column is not None:
                        columns.append(column)
                        values.append(scale * self.rarity[column])
            starts.append(len(columns))
        return csr_matrix((values, columns, starts), shape=(len(chosen), len(self.column)))


def fit(table: Table, train: Sequence[Sample], family: str) -> LogisticRegression:
    """Logistic regression of one family against the rest, both sides counting alike."""
    used = [sample for sample in train if family in sample.wanted or family not in sample.allowed]
    target = np.array([family in sample.wanted for sample in used])
    weight = np.array([SHARE_OF_TERMS if sample.source == "terms" else 1.0 for sample in used])
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000)
    return model.fit(table.rows(used), target, sample_weight=weight)


def held_out(found: Sequence[Sample], folds: int = 5) -> dict[str, np.ndarray]:
    """For each family the log-odds of every sample from a model that did not see its source (or its fold of it)."""
    sums = {family: np.zeros(len(found)) for family in FAMILIES}
    part = [int(hashlib.sha256(sample.text.encode()).hexdigest(), 16) % folds for sample in found]
    for fold in range(folds):
        train = [sample for sample, number in zip(found, part, strict=True) if number != fold]
        rest = [index for index, number in enumerate(part) if number == fold]
        table = Table(train)
        rows = table.rows([found[index] for index in rest])
        for family in FAMILIES:
            sums[family][rest] = fit(table, train, family).decision_function(rows)
    return sums


def measure(found: Sequence[Sample]) -> None:
    """Average precision on each file, trained on the others."""
    for source in sorted({sample.source for sample in found}):
        train = [sample for sample in found if sample.source != source]
        rest = [sample for sample in found if sample.source == source]
        table = Table(train)
        line = []
        for family in FAMILIES:
            kept = [sample for sample in rest if family in sample.wanted or family not in sample.allowed]
            target = [family in sample.wanted for sample in kept]
            if any(target):
                scores = fit(table, train, family).decision_function(table.rows(kept))
                line.append(f"{family} {average_precision_score(target, scores):.3f}")
        print(f"{source:10} {len(rest):5}  {'  '.join(line)}", flush=True)


def bars(found: Sequence[Sample]) -> None:
    """For each family the lowest bar from which nine of ten held-out sentences of the writers are claims."""
    sums = held_out(found)
    for family in FAMILIES:
        kept = [
            index
            for index, sample in enumerate(found)
            if sample.source not in {"rules", "terms", "prose"} and (family in sample.wanted or family not in sample.allowed)
        ]
        kept.sort(key=lambda index: -sums[family][index])
        hits, best = 0, (float("inf"), 0)
        for number, index in enumerate(kept, 1):
            hits += family in found[index].wanted
            if number >= FEWEST and hits >= PRECISION * number:
                best = (float(sums[family][index]), hits)
        claims = sum(family in found[index].wanted for index in kept)
        print(f"{family}: bar {best[0]:.2f}, recall {best[1] / claims:.2f}", flush=True)


def telling(knowledge: Knowledge) -> list[str]:
    """The word classes with a word in fewer than ``RARE`` of the sentences of ordinary prose."""
    classes = knowledge.rule_index.classes
    met: Counter[str] = Counter()
    number = 0
    for text in paragraphs():
        for sentence, _ in _sentences(text, knowledge):
            number += 1
            met.update(name for name, bit in classes.items() if sentence.found.present & bit)
    return sorted(name for name in classes if met[name] < RARE * number)


def write(found: Sequence[Sample], path: Path, bars: dict[str, list[float]], classes: Sequence[str]) -> None:
    table = Table(found)
    weights, bias = [], {}
    for family in FAMILIES:
        model = fit(table, found, family)
        weights.append(np.rint(100 * model.coef_[0] * table.rarity).astype(int))
        bias[family] = round(float(model.intercept_[0]), 3)
    lines = [json.dumps({"bias": bias, "bars": bars, "telling": classes, "trained-on": digest()})]
    for sign, column in table.column.items():
        numbers = [int(weight[column]) for weight in weights]
        if max(map(abs, numbers)) >= SMALLEST:
            lines.append("\t".join([sign, *map(str, numbers)]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} signs, {path.stat().st_size // 1024} KiB")


def digest() -> str:
    """A digest of the training sentences, so that a test sees when the weights are older than they."""
    whole = hashlib.sha256()
    for path in FILES:
        whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    knowledge = load_knowledge()
    matter = telling(knowledge)
    found = [*samples(FILES, knowledge, matter), *ordinary(knowledge, matter)]
    print(f"{len(found)} sentences:", dict(Counter(sample.source for sample in found)))
    if options.measure:
        bars(found)
        measure(found)
    if options.write:
        path = ROOT / "rules" / "weights.tsv"
        write(found, path, BARS, matter)
    return 0


if __name__ == "__main__":
    sys.exit(main())
