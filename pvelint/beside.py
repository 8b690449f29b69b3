"""Two kinds of things tied in one clause, whatever the tie.

For claims that have many verbs and none: "fuses are lit in the tents", "a bunk for the bomber". The tie is the shortest
path between the two words in the parse (the path of Bunescu and Mooney 2005, "A shortest path dependency kernel for
relation extraction"). A path ties when it stays in one clause; it does not tie

- over a coordination, whose members merely stand in a row (relations of the kind ``list`` judge those),
- over a word that says how the two are apart ("flee", "prevention of"), on the path or governing an end of it,
- between an act of violence and what it is done to ("the attack on the camp").
"""

from __future__ import annotations

from collections.abc import Iterator

from pvelint.language import Parse, Word
from pvelint.syntax import SUBJECT_LABELS, VERBAL, children

#: Labels over which a path leaves its clause for one that says something else.
_LEAVES = frozenset({"advcl", "parataxis", "dep", "discourse"})
#: Prepositions that join an act of violence to what it is done to.
_DONE_TO = frozenset({"on", "against", "at", "upon", "of"})


def tied(
    parse: Parse, first: frozenset[int], second: frozenset[int], *, apart: frozenset[int], acts: frozenset[int]
) -> bool:
    """Whether two groups of words (word indices) are tied in one clause.

    apart: words that set the two apart where they stand on the path or govern one of its ends.
    acts:  nouns of violent acts; with *on* or *against* they say what was harmed.
    """
    one, other = head_of(parse, first), head_of(parse, second)
    route = path(parse, one, other)
    if route is None:
        return False
    up, top, down = route
    return (
        not any(_leaves(parse, index) for index in (*up, *down))
        and apart.isdisjoint({*_governing(parse, (*up, top, *down)), *first, *second})
        and not _done_to(parse, one, other, acts)
    )


def head_of(parse: Parse, words: frozenset[int]) -> int:
    """The word of a group that governs the others."""
    return next((i for i in sorted(words) if parse.words[i].head not in words or parse.words[i].head == i), min(words))


def path(parse: Parse, one: int, other: int) -> tuple[tuple[int, ...], int, tuple[int, ...]] | None:
    """The words from one to the word above both, that word, and the words from the other up to it."""
    above_one, above_other = _upwards(parse, one), _upwards(parse, other)
    top = next((index for index in above_one if index in above_other), None)
    if top is None:
        return None
    return (
        tuple(above_one[: above_one.index(top)]),
        top,
        tuple(above_other[: above_other.index(top)]),
    )


def _upwards(parse: Parse, index: int) -> list[int]:
    return [index, *(word.index for word in parse.ancestors(index))]


def _leaves(parse: Parse, index: int) -> bool:
    """Whether the step from a word to the one above it leaves the clause or crosses a coordination."""
    word = parse.words[index]
    if word.dep == "conj":
        return word.pos not in VERBAL or bool(children(parse, index, *SUBJECT_LABELS))
    if word.dep == "appos":
        return parse.words[word.head].pos in {"NUM"}
    return word.dep in _LEAVES


def _governing(parse: Parse, route: tuple[int, ...]) -> Iterator[int]:
    """The words of a path, the two above its top, and what negates or qualifies its verbs."""
    yield from route
    top: Word = parse.words[route[0]]
    for index in route:
        word = parse.words[index]
        if word.head not in route:
            top = word
        yield from (child.index for child in children(parse, index, "prt", "acomp", "advmod", "prep", "dobj", "amod"))
    yield from (word.index for word in list(parse.ancestors(top.index))[:2])


def _done_to(parse: Parse, one: int, other: int, acts: frozenset[int]) -> bool:
    """ "The attack on the camp": one stands under a preposition that hangs on the act."""
    if other not in acts:
        return False
    return any(
        parse.words[index].dep == "prep"
        and parse.words[index].lemma in _DONE_TO
        and parse.words[index].head == other
        for index in _upwards(parse, one)
    )
