"""The weights of signs, and what they add up to.

The file is text: a line of JSON (bias and bars by family, digest of the training sentences), then one sign a line with
its weights in hundredths, in the order of ``FAMILIES``. A sum is a log-odds: above 0 the model holds a claim of the
family for more likely than not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pvelint.errors import DataError
from pvelint.weighing.features import Sign

FAMILIES = "SCMK"
#: Divides every group, so that the weights stay in a handy range.
SCALE = 4.0


@dataclass(frozen=True)
class Bars:
    """What a sum must reach. alone: for a finding with nothing but the weights; floor: for a rule's finding to stand."""

    alone: float
    floor: float


@dataclass(frozen=True)
class Weighed:
    """What a sentence adds up to for each family, and what each of its tokens adds."""

    sums: Mapping[str, float]
    by_token: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Weights:
    """Weights of signs by name, one number for each of ``FAMILIES``."""

    bias: Mapping[str, float]
    bars: Mapping[str, Bars]
    signs: Mapping[str, tuple[int, ...]]
    trained_on: str

    def sums(self, groups: Mapping[str, Collection[str]]) -> dict[str, float]:
        """What signs add up to, given by name: the sums of ``weigh`` without the shares of the tokens."""
        sums = [self.bias[family] for family in FAMILIES]
        known = self.signs.get
        for names in groups.values():
            if not names:
                continue
            found = [weights for name in names if (weights := known(name)) is not None]
            scale = 1 / (100 * SCALE * math.sqrt(len(names)))
            for number, total in enumerate(map(sum, zip(*found, strict=True))):
                sums[number] += total * scale
        return dict(zip(FAMILIES, sums, strict=True))

    def weigh(self, groups: Mapping[str, Sequence[Sign]], length: int) -> Weighed:
        """Add up the signs of a sentence of ``length`` tokens."""
        sums = [self.bias[family] for family in FAMILIES]
        shares = [[0.0] * length for _ in FAMILIES]
        for found in groups.values():
            scale = 1 / (100 * SCALE * math.sqrt(len(found))) if found else 0.0
            for sign in found:
                weights = self.signs.get(sign.name)
                if weights is None:
                    continue
                places = [index for first, last in sign.at for index in range(first, last)]
                for number, weight in enumerate(weights):
                    if not weight:
                        continue
                    value = weight * scale
                    sums[number] += value
                    for index in places:
                        shares[number][index] += value / len(places)
        return Weighed(
            dict(zip(FAMILIES, sums, strict=True)),
            {family: tuple(share) for family, share in zip(FAMILIES, shares, strict=True)},
        )


def load_weights(path: Path) -> Weights:
    """Read the file. Raises DataError where it is not one of ours."""
    try:
        first, *lines = path.read_text(encoding="utf-8").split("\n")
        head = json.loads(first)
        signs = {}
        for line in lines:
            if line:
                name, *numbers = line.rsplit("\t", len(FAMILIES))
                signs[name] = tuple(map(int, numbers))
        return Weights(
            head["bias"],
            {family: Bars(*head["bars"][family]) for family in FAMILIES},
            signs,
            head["trained-on"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            "bad-weights", f"{path.name} is no file of weights ({type(error).__name__}); install pvelint anew."
        ) from error


def stretch(shares: Sequence[float]) -> tuple[int, int]:
    """The tokens (first, last + 1) that weigh most together, each less a little, so that idle ends fall away.

    Method: the maximum-sum segment (Bentley 1984, "Programming pearls: algorithm design techniques").
    """
    positive = [share for share in shares if share > 0]
    cost = sum(positive) / (3 * len(shares)) if positive else 0.0
    best, best_range = float("-inf"), (0, len(shares))
    total, start = 0.0, 0
    for index, share in enumerate(shares):
        if total <= 0:
            total, start = 0.0, index
        total += share - cost
        if total > best:
            best, best_range = total, (start, index + 1)
    return best_range
