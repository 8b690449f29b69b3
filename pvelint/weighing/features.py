"""The signs that are weighed in a sentence.

Each group is scaled by the root of its size, so that long sentences do not outweigh short ones:

``words``    each word and each pair of neighbours, with the ends of the sentence
``parts``    the runs of three to five letters in each word, which see inflections and compounds
``classes``  the word classes of the rules with a word in the sentence
``pairs``    two such classes in one sentence, one of them on our matter: movement and violence together are another
             thing than either
``around``   the words of the sentences before and after, which may settle what is said
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pvelint.tokens import Token

Range = tuple[int, int]
GROUPS = ("words", "parts", "classes", "pairs", "around")
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
    telling: Collection[str] = (),
) -> dict[str, list[Sign]]:
    """The signs of a sentence by group.

    classes: the word classes present, with their places in the sentence; telling: those that are on our matter.
    """
    norms = [without_digits(token.norm) for token in tokens]
    beside = [[without_digits(token.norm) for token in sentence] for sentence in (before, after)]
    return {
        "words": _merged(_words(norms)),
        "parts": _merged(_parts(norms)),
        "classes": [Sign(f"@{name}", places) for name, places in classes.items()],
        "pairs": [
            Sign(pair_name(one, other), (*classes[one], *classes[other]))
            for one, other in class_pairs(classes, telling)
        ],
        "around": _merged(_around(*beside)),
    }


def without_digits(norm: str) -> str:
    """The form of a token that is weighed: all numbers of one length are the same."""
    return _DIGIT.sub("0", norm)


def word_names(norms: Sequence[str]) -> set[str]:
    """The names of the signs of the group ``words``; ``norms`` without digits, as in the functions below."""
    return {name for name, _ in _words(norms)}


def part_names(norm: str) -> frozenset[str]:
    """The names of the signs that one word gives to the group ``parts``."""
    return frozenset(name for name, _ in _parts([norm]))


def class_pairs(classes: Iterable[str], telling: Collection[str]) -> Iterator[tuple[str, str]]:
    """The pairs of the group ``pairs`` among the classes present."""
    names = sorted(classes)
    matter = set(telling).intersection(names)
    for number, one in enumerate(names):
        others = names[number + 1 :]
        for other in others if one in matter else matter.intersection(others):
            yield one, other


def pair_name(one: str, other: str) -> str:
    """The name of the sign that two word classes make, in the order of the alphabet."""
    return f"@{one}&{other}"


def around_names(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """The names of the signs of the group ``around``."""
    return {name for name, _ in _around(before, after)}


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


def _around(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, Range | None]]:
    for letter, norms in (("p", before), ("n", after)):
        for norm in norms:
            yield f"{letter} {norm}", None
        if not norms:
            yield f"{letter}", None
