"""Train the weights of signs on our own labelled sentences.

    python tools/train.py [--measure] [--write]      # --write: rules/weights.tsv

Sentences: training/*.jsonl and the working part of tests/sentences (never the blind part), and the examples inside the
rules. A record's label belongs to the sentence in which its span begins; its other sentences are left out. Records
without a label are innocent in every sentence. ``--measure`` prints average precision by cross-validation over files,
so that the measured sentences come from another writer than the training ones.

The word classes that tell that a sentence is on the matter at all are those that are rare in ordinary prose
(``tools/prose.py``).

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
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from prose import paragraphs
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
STRENGTH = 5.0
#: What a sum must reach, by family: for a finding with nothing but the weights, and for a rule's finding to stand.
#: Chosen on held-out training sentences, half of them contrasts (see docs/decisions/weighing.md).
BARS = {"S": [2.8, -1.2], "C": [1.4, 0.0], "M": [2.6, 0.0], "K": [1.8, 0.0]}
#: Weights are stored in hundredths; smaller ones than this are dropped.
SMALLEST = 3
#: A word class tells what a sentence is about when it has a word in fewer sentences of ordinary prose than this share.
RARE = 0.004


@dataclass(frozen=True)
class Sample:
    """A sentence: the signs in each group, the families it claims, and those that would be no mistake."""

    source: str
    text: str
    groups: dict[str, tuple[str, ...]]
    wanted: frozenset[str]
    allowed: frozenset[str]


def samples(paths: Iterable[Path], knowledge: Knowledge) -> list[Sample]:
    """The samples of labelled files, each text once."""
    found, seen = [], set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["text"] not in seen:
                seen.add(record["text"])
                found += _of_record(record, path.stem.split("-")[0], knowledge)
    for rule in knowledge.rules:
        for example in rule.examples:
            if example.text not in seen:
                seen.add(example.text)
                labels = [rule.family.letter] if example.flag else []
                others = [letter for letter in FAMILIES if letter != rule.family.letter]
                spans = [[rule.family.letter, example.text]] if example.flag else []
                record = {"text": example.text, "labels": labels, "spans": spans, "alt": others}
                found += _of_record(record, "rules", knowledge)
    return found


def _of_record(record: dict, source: str, knowledge: Knowledge) -> Iterator[Sample]:  # type: ignore[type-arg]
    wanted = frozenset(record["labels"]) & set(FAMILIES)
    allowed = frozenset(record.get("alt") or ())
    claimed = {label: record["text"].find(span) for label, span in record.get("spans") or () if label in wanted}
    for sentence, start, end in sentences(record["text"], knowledge):
        here = frozenset(label for label, at in claimed.items() if start <= at < end)
        if wanted and not here:
            continue
        yield Sample(source, record["text"], sentence, here, allowed | (wanted - here))


def sentences(text: str, knowledge: Knowledge) -> Iterator[tuple[dict[str, tuple[str, ...]], int, int]]:
    """The signs of each sentence of a text, with its place."""
    document = DocumentText(one_block(text, "paragraph"), parse, None)
    for block in document.blocks:
        for number, span in enumerate(block.sentences):
            first, last = block.token_at(span.start), block.token_at(span.end)
            if last > first:
                found = knowledge.rule_index.lists.scan(block.tokens, first, last)
                groups = sentence_signs(knowledge, Sentence(block, number, first, last, found, 0))
                yield {name: tuple(s.name for s in signs) for name, signs in groups.items()}, span.start, span.end


class Table:
    """Turns samples into rows; signs that are too rare are left out."""

    def __init__(self, train: Sequence[Sample]) -> None:
        frequency = Counter(sign for sample in train for signs in sample.groups.values() for sign in signs)
        kept = sorted(sign for sign, count in frequency.items() if count >= MINIMUM_FREQUENCY)
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
    return LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=1000).fit(table.rows(used), target)


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


def telling(knowledge: Knowledge) -> list[str]:
    """The word classes with a word in fewer than ``RARE`` of the sentences of ordinary prose."""
    lists, classes = knowledge.rule_index.lists, knowledge.rule_index.classes
    met: Counter[str] = Counter()
    number = 0
    for text in paragraphs():
        for block in DocumentText(one_block(text, "paragraph"), parse, None).blocks:
            for span in block.sentences:
                first, last = block.token_at(span.start), block.token_at(span.end)
                if last > first:
                    number += 1
                    present = lists.scan(block.tokens, first, last).present
                    met.update(name for name, bit in classes.items() if present & bit)
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
    found = samples(FILES, knowledge)
    print(f"{len(found)} sentences:", dict(Counter(sample.source for sample in found)))
    if options.measure:
        measure(found)
    if options.write:
        path = ROOT / "rules" / "weights.tsv"
        write(found, path, BARS, telling(knowledge))
    return 0


if __name__ == "__main__":
    sys.exit(main())
