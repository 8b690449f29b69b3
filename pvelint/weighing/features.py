"""The signs that are weighed in a sentence.

Each group is scaled by the root of its size, so that long sentences do not outweigh short ones:

``words``    each word and each pair of neighbours, with the ends of the sentence
``parts``    the runs of three to five letters in each word, which see inflections and compounds
``classes``  the word classes of the rules with a word in the sentence
``around``   the words of the sentences before and after, which may settle what is said
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pvelint.tokens import Token

Range = tuple[int, int]
GROUPS = ("words", "parts", "classes", "around")
_DIGIT = re.compile(r"\d")
_SHORTEST, _LONGEST = 3, 5


@dataclass(frozen=True, slots=True)
class Sign:
    """A feature with the tokens of the sentence (indices from 0, half-open) that show it; none for context."""

    name: str
    at: tuple[Range, ...]


def signs(
    tokens: Sequence[Token],
    *,
    before: Sequence[Token] = (),
    after: Sequence[Token] = (),
    classes: Mapping[str, tuple[Range, ...]],
) -> dict[str, list[Sign]]:
    """The signs of a sentence by group.

    classes: the word classes present, with their places in the sentence.
    """
    norms = [_DIGIT.sub("0", token.norm) for token in tokens]
    return {
        "words": _merged(_words(norms)),
        "parts": _merged(_parts(norms)),
        "classes": [Sign(f"@{name}", places) for name, places in classes.items()],
        "around": _merged(_around(before, after)),
    }


def names(
    tokens: Sequence[Token],
    *,
    before: Sequence[Token] = (),
    after: Sequence[Token] = (),
    classes: Iterable[str],
) -> dict[str, set[str]]:
    """The names of the signs that ``signs`` gives, by group, without their places, which is many times quicker.

    classes: the names of the word classes present.
    """
    norms = [_DIGIT.sub("0", token.norm) for token in tokens]
    words = {f"w {norm}" for norm in norms}
    words.update(f"w {first} {second}" for first, second in pairwise(["^", *norms, "$"]))
    return {
        "words": words,
        "parts": set().union(*map(_parts_of, norms)),
        "classes": {f"@{name}" for name in classes},
        "around": {name for name, _ in _around(before, after)},
    }


@lru_cache(maxsize=1 << 15)
def _parts_of(norm: str) -> frozenset[str]:
    return frozenset(name for name, _ in _parts([norm]))


def _merged(found: Iterable[tuple[str, Range | None]]) -> list[Sign]:
    places: dict[str, list[Range]] = {}
    for name, at in found:
        known = places.setdefault(name, [])
        if at is not None:
            known.append(at)
    return [Sign(name, tuple(at)) for name, at in places.items()]


def _words(norms: Sequence[str]) -> Iterator[tuple[str, Range | None]]:
    for index, norm in enumerate(norms):
        yield f"w {norm}", (index, index + 1)
    for index, (first, second) in enumerate(pairwise(["^", *norms, "$"])):
        yield f"w {first} {second}", (max(0, index - 1), min(len(norms), index + 1))


def _parts(norms: Sequence[str]) -> Iterator[tuple[str, Range | None]]:
    for index, norm in enumerate(norms):
        word = f" {norm} "
        for length in range(_SHORTEST, _LONGEST + 1):
            for start in range(len(word) - length + 1):
                yield f"c{word[start : start + length]}", (index, index + 1)


def _around(before: Sequence[Token], after: Sequence[Token]) -> Iterator[tuple[str, Range | None]]:
    for letter, tokens in (("p", before), ("n", after)):
        for token in tokens:
            yield f"{letter} {_DIGIT.sub('0', token.norm)}", None
        if not tokens:
            yield f"{letter}", None
