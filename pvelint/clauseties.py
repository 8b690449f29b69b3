"""What ties a clause to a clause as cause and effect.

Correlatives ("the more X, the more Y"; "as X rose, so did Y"), conditions ("if X, Y", "Y because X", "without X, Y"),
demands ("build X and Y"), pairs ("no X, no Y"), arrows and paths ("from X to Y"), persons described by their situation
("nobody with X does Y") and chains ("first X, then Y"). These are found on the words with their tags rather than in
the tree: fragments, slogans and inverted sentences are where the small parser errs most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pvelint.language import Parse

#: Marks that end a stretch of a sentence for the clause constructions.
_BREAKS = frozenset(';:"\u201c\u201d\u2013\u2014()|\u2022.?!')
_ARROWS = frozenset({"\u2192", "->", "-->", "=", "=>", "==>", "\u2794", "\u21d2", "\u27a1", "\u27f6", ">", ">>"})
_ARTICLES = frozenset(
    {
        "a",
        "an",
        "the",
        "us",
        "me",
        "them",
        "him",
        "her",
        "his",
        "your",
        "our",
        "their",
        "its",
        "each",
        "every",
        "one",
        "all",
    }
)
_UNIVERSAL = frozenset({"all", "every", "each", "none", "nobody", "always", "never", "only", "no"})
_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})


@dataclass(frozen=True)
class Tie:
    """Two sides of a sentence as word indices, with the cue and the index of its word.

    clauses: whether the effect is a clause of its own, so that only its own verb can soften the tie.
    """

    cue: str
    head: int
    cause: frozenset[int]
    effect: frozenset[int]
    clauses: bool = True


def ties(parse: Parse, conditions: tuple[tuple[str, ...], ...], whoever: frozenset[str]) -> Iterator[Tie]:
    """Every tie of a sentence; the cue words are data."""
    yield from _correlatives(parse)
    for stretch in _stretches(parse):
        yield from _conditions(parse, stretch, conditions)
        yield from _juxtaposed(parse, stretch)
        yield from _described(parse, stretch, whoever)
    yield from _sequences(parse)


def _correlatives(parse: Parse) -> Iterator[Tie]:
    """ "As X rose, so did Y" and "the more X, the more Y": the first clause as the cause of the second."""
    text = [word.text.lower() for word in parse.words]
    split = None
    if text[:1] in (["as"], ["where"], ["when"], ["wherever"], ["whenever"]) and "so" in text[3:]:
        at = text.index("so", 3)
        if text[at + 1 : at + 2] and text[at + 1] in {"did", "do", "does", "has", "have", "will", "too"}:
            split = at
    comparatives = [index for index, word in enumerate(text[:-1]) if word == "the" and _comparative(parse, index + 1)]
    if len(comparatives) >= 2 and comparatives[0] <= 2:
        split = comparatives[1]
    if split is not None and 1 < split < len(text) - 1:
        yield Tie("correlative", split, frozenset(range(split)), frozenset(range(split, len(text))), clauses=False)


def _comparative(parse: Parse, index: int) -> bool:
    word = parse.words[index].text.lower()
    return parse.words[index].tag in {"JJR", "RBR"} or word in {"more", "less", "fewer"} or word.endswith("er")


def _stretches(parse: Parse) -> list[range]:
    """The sentence cut at strong marks."""
    found, start = [], 0
    for word in parse.words:
        loose = word.start == 0 or parse.text[word.start - 1].isspace()
        if word.text in _BREAKS or (set(word.text) <= {"-", "."} and word.pos == "PUNCT" and loose):
            found.append(range(start, word.index))
            start = word.index + 1
    found.append(range(start, len(parse.words)))
    return [stretch for stretch in found if len(stretch) > 1]


def _low(parse: Parse, index: int) -> str:
    return parse.words[index].text.lower() if index < len(parse.words) else ""


def _split(parse: Parse, cue: str, head: int, cause: range, effect: range) -> Iterator[Tie]:
    """The two sides of a cue, where both have words; an effect told as past is a report, unless it is said of all."""
    sides = [frozenset(i for i in side if parse.words[i].pos not in {"PUNCT", "SPACE"}) for side in (cause, effect)]
    if not all(sides):
        return
    tags = {parse.words[index].tag for index in sides[1]}
    past = "VBD" in tags and not tags & {"VBZ", "VBP", "MD"}
    if past and cue != "demand" and not any(_low(parse, index) in _UNIVERSAL for index in sides[1]):
        cue = f"past {cue}"
    yield Tie(cue, head, sides[0], sides[1])


def _conditions(parse: Parse, stretch: range, conditions: tuple[tuple[str, ...], ...]) -> Iterator[Tie]:
    """ "If X, Y", "Y because X", "without X, Y", "build X and Y"."""
    stop = stretch.stop
    for index in stretch:
        cue = next((c for c in conditions if tuple(_low(parse, index + i) for i in range(len(c))) == c), None)
        if cue is not None and cue[0] == "with" and index != stretch.start:
            continue
        if cue == ("because",) and _low(parse, index + 1) == "of":
            continue
        if cue is None or (index > stretch.start and parse.words[index - 1].tag in {"IN", "VB"} and cue != ("if",)):
            continue
        name, after = " ".join(cue), index + len(cue)
        opening = (
            index == stretch.start
            or parse.words[index - 1].text == ","
            or _low(parse, index - 1) in {"that", "and", "but", "so", "for", "or"}
        )
        splits = [i for i in range(after + 1, stop - 1) if _low(parse, i) in {",", "then"}] if opening else []
        if splits:
            yield from _split(parse, name, index, range(after, splits[0]), range(splits[0] + 1, stop))
        elif opening and (inside := _clause(parse, index)) and inside.stop < stop - 1:
            yield from _split(parse, name, index, range(after, inside.stop), range(inside.stop, stop))
        if index > stretch.start + 1 and not splits and cue not in {("where",), ("wherever",)}:
            yield from _split(parse, name, index, range(after, stop), range(stretch.start, index))
    yield from _demand(parse, stretch)


def _clause(parse: Parse, index: int) -> range | None:
    """The clause or phrase that a cue opens, where the parse ends it before the sentence does."""
    word = parse.words[index]
    top = index if word.dep == "prep" else word.head
    if top == parse.words[top].head:
        return None
    inside = {top}
    for other in parse.words:
        if any(above.index == top for above in parse.ancestors(other.index)):
            inside.add(other.index)
    return range(index, max(inside) + 1)


def _demand(parse: Parse, stretch: range) -> Iterator[Tie]:
    """ "Build a pitch and the recruiters go home": a demand with what follows from it."""
    for start in stretch:
        opens = start == stretch.start or _low(parse, start - 1) in {",", "that", "*"}
        word = parse.words[start]
        if not opens or word.pos in {"ADP", "SCONJ", "DET", "PRON", "CCONJ", "AUX", "PUNCT"}:
            continue
        if word.tag not in {"VB", "VBP", "NN", "NNP", "JJ", "RB"} or (
            word.tag != "VB" and _low(parse, start - 1) == "that"
        ):
            continue
        if word.tag != "VB" and _low(parse, start + 1) not in _ARTICLES:
            continue
        for middle in range(start + 2, stretch.stop - 1):
            if _low(parse, middle) not in {"and", "or"} or parse.words[middle + 1].tag in {"VB", "VBN"}:
                continue
            if any(parse.words[i].tag in _FINITE for i in range(middle + 2, stretch.stop)):
                yield from _split(parse, "demand", middle, range(start, middle), range(middle + 1, stretch.stop))
                return


def _juxtaposed(parse: Parse, stretch: range) -> Iterator[Tie]:
    """ "No X, no Y", "X -> Y", "X, Y" without a verb, "from X to Y"."""
    for index in stretch:
        if parse.words[index].text in _ARROWS:
            yield from _split(parse, "arrow", index, range(stretch.start, index), range(index + 1, stretch.stop))
    commas = [index for index in stretch if parse.words[index].text == ","]
    if commas:
        first = range(stretch.start, commas[0])
        if _low(parse, stretch.start) in {"no", "zero", "less", "fewer", "more"} and len(first) <= 6:
            yield from _split(parse, "no", commas[0], first, range(commas[0] + 1, stretch.stop))
        elif len(commas) == 1 and len(stretch) <= 10 and not any(parse.words[i].tag in _FINITE for i in stretch):
            yield from _split(
                parse, "bare", commas[-1], range(stretch.start, commas[-1]), range(commas[-1] + 1, stretch.stop)
            )
    lows = [_low(parse, index) for index in stretch]
    if "from" in lows:
        start = lows.index("from") + stretch.start
        goal = next(
            (i for i in range(start + 2, min(start + 10, stretch.stop)) if _low(parse, i) in {"to", "into"}), None
        )
        if goal is not None:
            yield from _split(
                parse, "path", start, range(start + 1, goal), range(goal + 1, min(goal + 6, stretch.stop))
            )


#: Words that open what describes a person, and those of them that do so without a clause.
_DESCRIBING = frozenset({"with", "without", "who", "whose"})
_PLAIN = frozenset({"with", "without"})
_SELF_DESCRIBING = frozenset({"whoever", "everybody", "everyone", "anyone"})


def _described(parse: Parse, stretch: range, whoever: frozenset[str]) -> Iterator[Tie]:
    """ "Nobody with X does Y", "a child who X will do Y": what describes the person is the cause."""
    for start in stretch:
        opens = start == stretch.start or _low(parse, start - 1) in {",", "that", "but", "and"}
        if not opens or _low(parse, start) not in whoever:
            continue
        near = range(start + 1, min(start + 5, stretch.stop))
        describing = next((index for index in near if _low(parse, index) in _DESCRIBING), None)
        if describing is None and _low(parse, start) in _SELF_DESCRIBING:
            describing = start
        if describing is None:
            continue
        verbs = [index for index in range(describing + 2, stretch.stop) if _may_be_verb(parse, index)]
        if verbs:
            verb = verbs[0] if _low(parse, describing) in _PLAIN else verbs[-1]
            yield from _split(parse, "whoever", verb, range(start, verb), range(verb, stretch.stop))


def _may_be_verb(parse: Parse, index: int) -> bool:
    """A finite verb in the present, or what the parser may have taken for a plural noun."""
    word = parse.words[index]
    return word.tag in {"VBZ", "VBP", "MD"} or (word.tag == "NNS" and word.dep in {"pobj", "conj", "dep"})


def _sequences(parse: Parse) -> Iterator[Tie]:
    """ "First X, then Y"; "X; by harvest Y": what is told first as the cause of what is told next."""
    for index, word in enumerate(parse.words):
        before = parse.words[index - 1].text if index else ""
        if word.text.lower() == "then" and before in {",", ";", "and", "."}:
            yield from _split(parse, "then", index, range(index), range(index + 1, len(parse.words)))
        elif word.text == ";":
            cause, effect = range(index), range(index + 1, len(parse.words))
            if all(any(parse.words[i].tag in _FINITE for i in side) for side in (cause, effect)):
                sides = (frozenset(cause), frozenset(effect))
                yield Tie("sequence", index, *sides, clauses=False)
