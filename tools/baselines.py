"""Two plain systems to compare with: a word list, and a linear classifier on TF-IDF.

The classifier is logistic regression by gradient descent on numpy, so that no further library is needed; features
are words and word pairs, weighted by TF-IDF and scaled to unit length.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pvelint.knowledge import load_knowledge
from pvelint.tokens import tokenise

if TYPE_CHECKING:
    from evaluate import Outcome

MINIMUM_FREQUENCY = 2
ROUNDS = 400
RATE = 4.0
DECAY = 1e-4


def table(parts: dict[str, list[Outcome]]) -> list[str]:
    """Rows for pvelint and both baselines: any family, precision, recall and alarms per 1,000 innocents."""
    scanner = load_knowledge().scanner
    train = parts["working"]
    classifier = Classifier([outcome.case.text for outcome in train], [bool(outcome.case.wanted) for outcome in train])
    lines = ["| part | system | precision | recall | alarms per 1,000 innocents |", "|---|---|---|---|---|"]
    for part, outcomes in parts.items():
        systems = {
            "pvelint": [any(outcome.counts(f) in {"hit", "alarm"} for f in "SCMKT") for outcome in outcomes],
            "word list": [
                any(match.pattern.status == "avoided" for match in scanner.scan(tokenise(outcome.case.text)))
                for outcome in outcomes
            ],
            "linear classifier": classifier.predict([outcome.case.text for outcome in outcomes]),
        }
        for name, flags in systems.items():
            lines.append(_row(part, name, flags, [bool(outcome.case.wanted) for outcome in outcomes]))
    return lines


def _row(part: str, name: str, flags: Sequence[bool], wanted: Sequence[bool]) -> str:
    hits = sum(flag and want for flag, want in zip(flags, wanted, strict=True))
    alarms = sum(flag and not want for flag, want in zip(flags, wanted, strict=True))
    innocents = len(wanted) - sum(wanted)
    note = " (trained on it)" if part == "working" and name.startswith("linear") else ""
    precision = hits / max(1, hits + alarms)
    return f"| {part} | {name}{note} | {precision:.2f} | {hits / max(1, sum(wanted)):.2f} | {1000 * alarms / max(1, innocents):.0f} |"


def _features(text: str) -> Counter[str]:
    words = [token.norm for token in tokenise(text) if token.kind == "word"]
    return Counter([*words, *(f"{first} {second}" for first, second in pairwise(words))])


class Classifier:
    """Logistic regression on TF-IDF."""

    def __init__(self, texts: Sequence[str], labels: Sequence[bool]) -> None:
        counted = [_features(text) for text in texts]
        frequency = Counter(feature for features in counted for feature in features)
        kept = sorted(feature for feature, count in frequency.items() if count >= MINIMUM_FREQUENCY)
        self.index = {feature: position for position, feature in enumerate(kept)}
        self.idf = {feature: math.log(len(texts) / frequency[feature]) + 1 for feature in kept}
        matrix = np.array([self._vector(features) for features in counted])
        target = np.array(labels, dtype=float)
        self.weights = np.zeros(len(kept))
        self.bias = 0.0
        for _ in range(ROUNDS):
            error = 1 / (1 + np.exp(-(matrix @ self.weights + self.bias))) - target
            self.weights -= RATE * (matrix.T @ error / len(texts) + DECAY * self.weights)
            self.bias -= RATE * float(error.mean())

    def _vector(self, features: Counter[str]) -> np.ndarray:  # type: ignore[type-arg]
        vector = np.zeros(len(self.index))
        for feature, count in features.items():
            if feature in self.index:
                vector[self.index[feature]] = (1 + math.log(count)) * self.idf[feature]
        norm = float(np.linalg.norm(vector))
        return vector / norm if norm else vector

    def predict(self, texts: Sequence[str]) -> list[bool]:
        """Whether each text is flagged."""
        return [bool(self._vector(_features(text)) @ self.weights + self.bias > 0) for text in texts]
