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
from pvelint.syntax import SUBJECT_LABELS, children, phrase

#: Marks that end a stretch of a sentence for the clause constructions.
_BREAKS = frozenset(';:"\u201c\u201d\u2013\u2014()|\u2022.?!')
_ARROWS = frozenset({"\u2192", "->", "-->", "=", "=>", "==>", "\u2794", "\u21d2", "\u27a1", "\u27f6", ">", ">>"})
#: Cues that count at the start of a stretch only.
_AT_START = frozenset({"with", "should", "had", "thanks", "owing", "due"})
#: Of these the ones that a following word makes safe anywhere.
_ANYWHERE = frozenset({("with", "each"), ("with", "every")})
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


#: Ties too weak to be meant by a relation that does not name them: they say little without an effect of a certain kind.
WEAK = frozenset({"said", "asked", "chain", "certain", "every", "described", "is why"})


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


def ties(
    parse: Parse,
    conditions: tuple[tuple[str, ...], ...],
    whoever: frozenset[str],
    certainty: frozenset[str] = frozenset(),
) -> Iterator[Tie]:
    """Every tie of a sentence; the cue words are data."""
    yield from _correlatives(parse)
    yield from _certain(parse, certainty)
    yield from _universal(parse)
    yield from _explained(parse)
    yield from _described_subject(parse)
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
    start = 0
    comparatives = [
        index
        for index, word in enumerate(text[:-1])
        if word == "the" and (index <= 2 or text[index - 1] in _BEFORE_CLAUSE) and _comparative(parse, index + 1)
    ]
    if len(comparatives) >= 2 and any(parse.words[i + 1].tag in {"JJR", "RBR"} for i in comparatives[:2]):
        start, split = (comparatives[0] if comparatives[0] > 2 else 0), comparatives[1]
    if split is not None and start + 1 < split < len(text) - 1:
        yield Tie(
            "correlative", split, frozenset(range(start, split)), frozenset(range(split, len(text))), clauses=False
        )


#: What stands before a clause of its own.
_BEFORE_CLAUSE = frozenset({",", ":", "that", ";", "and", "\u201c", '"', "\u2013", "\u2014"})


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
        if cue is not None and cue[0] in _AT_START and cue not in _ANYWHERE and index != stretch.start:
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
        first = parse.words[stretch.start]
        opens = start == stretch.start or _low(parse, start - 1) in {",", "that", "*"}
        opens = opens or (start == stretch.start + 1 and first.tag in {"RB", "UH"})
        word = parse.words[start]
        if not opens or word.pos in {"ADP", "SCONJ", "DET", "PRON", "CCONJ", "AUX", "PUNCT"}:
            continue
        if _follows_you(parse, stretch, start):
            middle = next(i for i in stretch if _low(parse, i) == "and" and _low(parse, i + 1) in {"you", "we"})
            yield from _split(parse, "demand", middle, range(start, middle), range(middle + 1, stretch.stop))
            return
        if word.tag not in {"VB", "VBP", "NN", "NNP", "JJ", "RB"} or (
            word.tag != "VB" and _low(parse, start - 1) == "that"
        ):
            continue
        if word.tag != "VB" and _low(parse, start + 1) not in _ARTICLES:
            continue
        for middle in range(start + 2, stretch.stop - 1):
            if _low(parse, middle) == "," and _demands(parse, start, middle):
                yield from _split(parse, "demand", middle, range(start, middle), range(middle + 1, stretch.stop))
                return
            if _low(parse, middle) not in {"and", "or"}:
                continue
            if parse.words[middle + 1].tag in {"VB", "VBN"} and _low(parse, middle) == "and":
                continue
            if _low(parse, middle) == "or" and parse.words[middle + 1].tag == "VB":
                yield from _split(parse, "demand", middle, range(start, middle), range(middle + 1, stretch.stop))
                return
            ends = parse.words[stretch.stop - 1].tag == "NNS" and stretch.stop - middle <= 5  # "and the bush empties"
            if ends or any(parse.words[i].tag in _FINITE for i in range(middle + 2, stretch.stop)):
                yield from _split(parse, "demand", middle, range(start, middle), range(middle + 1, stretch.stop))
                return


def _listed(parse: Parse, stretch: range) -> bool:
    """Whether a stretch has a verb of its own or the *and* of a list."""
    return any(parse.words[i].tag in _FINITE or _low(parse, i) in {"and", "or"} for i in stretch)


def _follows_you(parse: Parse, stretch: range, start: int) -> bool:
    """ "Ban telephones and you ban terrorists": what the parser takes for a noun is a demand where *you* goes on."""
    addressed = _low(parse, start) == "you"
    finite = next((i for i in stretch if parse.words[i].tag in _FINITE and i > start and not addressed), stretch.stop)
    turn = next((i for i in stretch if _low(parse, i) == "and" and _low(parse, i + 1) in {"you", "we"}), None)
    return start == stretch.start and turn is not None and start + 1 < turn < finite


def _demands(parse: Parse, start: int, comma: int) -> bool:
    """ "Lose your herd, swear to the emir": two bare verbs with a comma between, and nothing before the first."""
    return (
        parse.words[start].tag == "VB"
        and parse.words[comma + 1].tag in {"VB", "VBP"}
        and not any(_low(parse, index) in {"and", "or"} for index in range(start, len(parse.words)))
        and sum(word.text == "," for word in parse.words) == 1
    )


def _juxtaposed(parse: Parse, stretch: range) -> Iterator[Tie]:
    """ "No X, no Y", "X -> Y", "X, Y" without a verb, "from X to Y"."""
    for index in stretch:
        if parse.words[index].text in _ARROWS:
            yield from _split(parse, "arrow", index, range(stretch.start, index), range(index + 1, stretch.stop))
    commas = [index for index in stretch if parse.words[index].text == ","]
    if len(commas) >= 2 and len(stretch) <= 14 and not _listed(parse, stretch):
        yield from _split(
            parse, "chain", commas[-1], range(stretch.start, commas[-1]), range(commas[-1] + 1, stretch.stop)
        )
    if commas:
        first = range(stretch.start, commas[0])
        if _low(parse, stretch.start) in {"no", "zero", "less", "fewer", "more"} and len(first) <= 6:
            yield from _split(parse, "no", commas[0], first, range(commas[0] + 1, stretch.stop))
        elif len(commas) == 1 and len(stretch) <= 14 and not any(parse.words[i].tag in _FINITE for i in stretch):
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
                parse, "from to", start, range(start + 1, goal), range(goal + 1, min(goal + 6, stretch.stop))
            )


#: Words that open what describes a person, and those of them that do so without a clause.
_DESCRIBING = frozenset({"with", "without", "who", "whose"})
_PLAIN = frozenset({"with", "without"})
_SELF_DESCRIBING = frozenset({"whoever", "whichever", "everybody", "everyone", "anyone"})


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
        plain = _low(parse, describing) in _PLAIN
        verbs = [index for index in range(describing + 2, stretch.stop) if _may_be_verb(parse, index, plain=plain)]
        if verbs:
            verb = verbs[0] if plain or len(verbs) == 1 else verbs[1]
            yield from _split(parse, "whoever", verb, range(start, verb), range(verb, stretch.stop))


def _may_be_verb(parse: Parse, index: int, *, plain: bool) -> bool:
    """A finite verb in the present, or, after *with*, what the parser may have taken for a plural noun."""
    word = parse.words[index]
    return word.tag in {"VBZ", "VBP", "MD"} or (plain and word.tag == "NNS" and word.dep in {"pobj", "conj", "dep"})


def _certain(parse: Parse, certainty: frozenset[str]) -> Iterator[Tie]:
    """ "Such boys invariably join": what is certain of a subject, as its effect."""
    for stretch in _stretches(parse):
        lows = [_low(parse, index) for index in stretch]
        joined = f" {' '.join(lows)} "
        if not any(f" {cue} " in joined for cue in certainty):
            continue
        for index in stretch:
            verb = parse.words[index]
            subjects = [w for w in parse.words if w.head == index and w.dep in SUBJECT_LABELS and w.index in stretch]
            if verb.tag in _FINITE | {"VB", "VBN", "VBG"} and subjects and _low(parse, index) not in {"see", "know"}:
                cause = phrase(parse, subjects[0].index)
                said = range(index, stretch.stop)
                if max(cause) < index:
                    yield from _split(parse, "certain", index, range(min(cause), max(cause) + 1), said)


def _universal(parse: Parse) -> Iterator[Tie]:
    """ "Every shut school fills a tent": what is said of each and every one, in the present or the future."""
    for stretch in _stretches(parse):
        opening = next(
            (
                index
                for index in stretch
                if (index == stretch.start or _low(parse, index - 1) in _BEFORE_CLAUSE) and _low(parse, index) in _EACH
            ),
            None,
        )
        if opening is None:
            continue
        comma = next((i for i in range(opening + 2, stretch.stop - 1) if _low(parse, i) == ","), None)
        verb = next((i for i in range(opening + 2, stretch.stop) if _main_verb(parse, i)), None)
        if comma is not None and verb is not None and comma < verb and not _subject_between(parse, opening, verb):
            yield from _split(parse, "every", verb, range(opening, comma), range(comma + 1, stretch.stop))
            continue
        if verb is not None and verb < stretch.stop - 1 and _subject_between(parse, opening, verb):
            yield from _split(parse, "every", verb, range(opening, verb), range(verb, stretch.stop))


def _main_verb(parse: Parse, index: int) -> bool:
    """A verb in the present or future of the clause itself, or a root that the parser took for a plural noun."""
    word = parse.words[index]
    if word.dep in {"relcl", "aux", "auxpass"} and parse.words[word.head].dep == "relcl":
        return False
    return (word.tag in {"VBZ", "VBP", "MD"} and word.dep != "relcl") or (word.tag == "NNS" and word.dep == "ROOT")


def _subject_between(parse: Parse, opening: int, verb: int) -> bool:
    """Whether the verb's subject is what the opening word quantifies ("each evening we meet" is about us)."""
    subjects = [w.index for w in parse.words if w.head == verb and w.dep in SUBJECT_LABELS]
    return not subjects or any(opening in phrase(parse, index) for index in subjects)


def _described_subject(parse: Parse) -> Iterator[Tie]:
    """ "Boys who are beaten turn into fighters": who is described by a clause, as the cause of what is said of them."""
    for word in parse.words:
        if word.dep not in {"nsubj", "nsubjpass"} or word.pos not in {"NOUN", "PROPN"} or word.head <= word.index:
            continue
        if not children(parse, word.index, "relcl", "acl"):
            continue
        verb = parse.words[word.head]
        auxiliaries = [w for w in parse.words if w.head == verb.index and w.dep in {"aux", "auxpass"}]
        if not ({verb.tag, *(w.tag for w in auxiliaries)} & {"VBZ", "VBP", "MD"}) or verb.dep == "relcl":
            continue
        about = phrase(parse, word.index)
        clauses = {child.index for child in children(parse, word.index, "relcl", "acl")}
        below = {w.index for w in parse.words if any(a.index in clauses for a in parse.ancestors(w.index))}
        cause = about | clauses | below
        stretch = next((s for s in _stretches(parse) if verb.index in s), None)
        if stretch is None or max(cause) >= stretch.stop - 1:
            continue
        effect = frozenset(i for i in range(max(cause) + 1, stretch.stop) if parse.words[i].pos != "PUNCT")
        if effect and word.index < min(effect):
            yield Tie("described", verb.index, frozenset(cause), effect)


_EACH = frozenset({"each", "every", "no", "all", "any", "nobody", "none"})


def _explained(parse: Parse) -> Iterator[Tie]:
    """ "X is why Y", "X is where Y begins", "X: that is how Y": the subject as the cause of the clause."""
    for word in parse.words[1:-1]:
        if word.lemma != "be" and word.text.lower() not in {"'s", "is", "was"}:
            continue
        after = _low(parse, word.index + 1)
        at = word.index + 2 if after in {"precisely", "exactly", "just", "also"} else word.index + 1
        if _low(parse, at) not in {"why", "how", "where"} or at >= len(parse.words) - 1:
            continue
        stretch = next((s for s in _stretches(parse) if word.index in s), None)
        if stretch is None:
            continue
        begin = 0 if _low(parse, word.index - 1) in {"that", "this", "which"} else stretch.start
        if begin < word.index:
            sides = (
                frozenset(i for i in range(begin, word.index) if parse.words[i].pos != "PUNCT"),
                frozenset(i for i in range(at + 1, stretch.stop) if parse.words[i].pos != "PUNCT"),
            )
            if all(sides):
                yield Tie("is why", word.index, *sides)


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


_ASKING = frozenset({"why", "what", "who", "how", "where"})
_ANSWER_OPENS_ACCOUNT = frozenset(
    {"no", "nobody", "many", "several", "unknown", "forty", "dozens", "it", "we", "you", "various"}
)


def question(parse: Parse, answer: str) -> Iterator[Tie]:
    """ "Why do they join? Hunger.": a question of cause with an answer of a few words as the cause of what it asks."""
    words = [word for word in parse.words if word.pos not in {"PUNCT", "SPACE"}]
    if len(words) < 2 or words[0].text.lower() not in _ASKING:
        return
    yield from _titled(parse)
    if not parse.text.rstrip().endswith("?"):
        return
    given = answer.split()
    if not given or given[0].lower().strip(".,!") in _ANSWER_OPENS_ACCOUNT or answer.rstrip().endswith("?"):
        return
    if len(given) <= 5 or any(mark in answer.lower() for mark in _CLOSED):
        yield Tie("asked", words[0].index, frozenset({words[0].index}), frozenset(word.index for word in words[1:]))


def _titled(parse: Parse) -> Iterator[Tie]:
    """ "Why they join: unpaid fees": the question and its answer in one heading."""
    colon = next((word.index for word in parse.words if word.text == ":"), None)
    if colon is None or colon < 3 or not colon < len(parse.words) - 1:
        return
    answer = parse.words[colon + 1 :]
    if len(answer) > 7 or any(word.tag in _FINITE for word in answer) or answer[0].text.lower() in _OPEN_ANSWERS:
        return
    yield Tie(
        "asked",
        0,
        frozenset(word.index for word in answer if word.pos != "PUNCT"),
        frozenset(range(1, colon)),
    )


_OPEN_ANSWERS = frozenset(
    {"notes", "a", "an", "evidence", "findings", "what", "lessons", "interviews", "results", "forty", "some", "report"}
)
#: What closes an answer against any other cause.
_CLOSED = (
    "the whole story",
    "every time",
    "no further",
    "nothing else",
    "nothing more",
    "full stop",
    "only that",
    "that is all",
    "that's all",
)
