"""The weights of signs, and what they add up to.

The file is text: a line of JSON (bias and bars by family, digest of the training sentences), then one sign a line with
its weights in hundredths, in the order of ``FAMILIES``. A sum is a log-odds: above 0 the model holds a claim of the
family for more likely than not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from pvelint.errors import DataError
from pvelint.weighing.features import Sign, around_names, part_names, without_digits, word_names

FAMILIES = "SCMK"
Signs = Mapping[str, tuple[int, ...]]
Pairs = Mapping[str, Mapping[str, tuple[int, ...]]]
#: Divides every group, so that the weights stay in a handy range.
SCALE = 4.0
_WORDS_KEPT = 1 << 14


@dataclass(frozen=True)
class Bars:
    """What a sum must reach.

    alone: for a finding with nothing but the weights; floor: for a rule's finding to stand; term: for a term of the
    lexicon to stand that is less than an error; None where terms always stand.
    """

    alone: float
    floor: float
    term: float | None = None


@dataclass(frozen=True)
class Weighed:
    """What a sentence adds up to for each family, and what each of its tokens adds."""

    sums: Mapping[str, float]
    by_token: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True)
class Weights:
    """Weights of signs by name, one number for each of ``FAMILIES``.

    pairs:   those of two word classes: by the first and the second in the order of the alphabet.

    telling: the word classes that are rare in ordinary prose, so that a word of one tells what a sentence is about.
    """

    bias: Mapping[str, float]
    bars: Mapping[str, Bars]
    signs: Signs
    pairs: Pairs
    telling: tuple[str, ...]
    trained_on: str

    def sums(
        self, norms: Sequence[str], *, before: Sequence[str], after: Sequence[str], classes: Collection[str]
    ) -> dict[str, float]:
        """The sums of ``weigh`` without the shares of the tokens, and many times quicker.

        norms, before, after: the token norms of the sentence and of those beside it; classes: names of those present.
        """
        known = self.signs.get
        bare = self._bare
        norms = [bare(norm) for norm in norms]
        parts: set[str] = set()
        weighed_parts: dict[str, tuple[int, ...]] = {}
        for norm in set(norms):
            names, weighed = self._parts(norm)
            parts |= names
            weighed_parts |= weighed
        groups: list[tuple[int, Collection[tuple[int, ...]]]] = [(len(parts), weighed_parts.values())]
        for found in (
            word_names(norms),
            [f"@{name}" for name in classes],
            around_names([bare(norm) for norm in before], [bare(norm) for norm in after]),
        ):
            groups.append((len(found), [weights for name in found if (weights := known(name)) is not None]))
        groups.append(self._paired(frozenset(classes)))
        sums = [self.bias[family] for family in FAMILIES]
        for size, numbers in groups:
            scale = 1 / (100 * SCALE * math.sqrt(size)) if size else 0.0
            for number, total in enumerate(map(sum, zip(*numbers, strict=True))):
                sums[number] += total * scale
        return dict(zip(FAMILIES, sums, strict=True))

    def _paired(self, classes: frozenset[str]) -> tuple[int, Collection[tuple[int, ...]]]:
        """How many pairs the classes make (see ``features.class_pairs``), and the weights of those that have any."""
        matter = len(classes & self._matter)
        size = matter * (len(classes) - matter) + matter * (matter - 1) // 2
        found = []
        for one in classes if size else ():
            row = self.pairs.get(one)
            if row is not None:
                found += [row[other] for other in row.keys() & classes]
        return size, found

    @cached_property
    def _matter(self) -> frozenset[str]:
        return frozenset(self.telling)

    @cached_property
    def _bare(self) -> Callable[[str], str]:
        return lru_cache(maxsize=_WORDS_KEPT)(without_digits)

    @cached_property
    def _parts(self) -> Callable[[str], tuple[frozenset[str], dict[str, tuple[int, ...]]]]:
        """For a word the names of its parts, and the weights of those that have any; kept for the words seen last."""

        def parts(norm: str) -> tuple[frozenset[str], dict[str, tuple[int, ...]]]:
            names = part_names(norm)
            return names, {name: found for name in names if (found := self.signs.get(name)) is not None}

        return lru_cache(maxsize=_WORDS_KEPT)(parts)

    def of(self, sign: str, family: str) -> int:
        """The weight of a sign for a family, in hundredths; 0 for an unknown sign."""
        numbers = self._known(sign)
        return numbers[FAMILIES.index(family)] if numbers is not None else 0

    def _known(self, sign: str) -> tuple[int, ...] | None:
        one, ampersand, other = sign.partition("&") if sign.startswith("@") else ("", "", "")
        return (self.pairs.get(one[1:]) or {}).get(other) if ampersand else self.signs.get(sign)

    def weigh(self, groups: Mapping[str, Sequence[Sign]], length: int) -> Weighed:
        """Add up the signs of a sentence of ``length`` tokens."""
        sums = [self.bias[family] for family in FAMILIES]
        shares = [[0.0] * length for _ in FAMILIES]
        for found in groups.values():
            scale = 1 / (100 * SCALE * math.sqrt(len(found))) if found else 0.0
            for sign in found:
                weights = self._known(sign.name)
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
        signs: dict[str, tuple[int, ...]] = {}
        pairs: dict[str, dict[str, tuple[int, ...]]] = {}
        for line in lines:
            if line:
                name, *numbers = line.rsplit("\t", len(FAMILIES))
                one, ampersand, other = name.partition("&") if name.startswith("@") else (name, "", "")
                place = (pairs.setdefault(one[1:], {}), other) if ampersand else (signs, name)
                place[0][place[1]] = tuple(map(int, numbers))
        return Weights(
            head["bias"],
            {family: Bars(*head["bars"][family]) for family in FAMILIES},
            signs,
            pairs,
            tuple(head["telling"]),
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
