"""Cause and effect in a sentence, whatever the construction; the cue words are data (``rules/causal-words.yml``).

Covers causal verbs ("X fuels Y", passive too), verbs with a goal ("X drives people into Y"), effect verbs ("Y stems
from X"), nouns ("X is the source of Y", "Y is a product of X"), connectives ("because of X"), hyphenated and plain
compounds ("X-driven Y") and correlatives ("the more X, the more Y"; "as X rose, so did Y"); and what ties a clause to
a clause: conditions ("if X, Y", "without X, Y"), demands ("build X and Y"), pairs ("no X, no Y"), arrows, persons
described by their situation ("nobody with X does Y"), chains ("first X, then Y") and paths ("from X to Y").

Beside ``cause`` and ``effect`` a proposition has an ``agent``, the head word of its cause, and ``cover``, the modals,
adverbs and negations that soften the tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pvelint.decode import load_yaml
from pvelint.language import Parse, Word
from pvelint.propositions import Argument, Proposition, propositions
from pvelint.syntax import VERBAL, children, is_passive, objects, phrase, prepositional, subjects

_KEYS = ("cause-verb", "cause-toward-verb", "effect-verb", "cause-noun", "effect-noun", "connective", "causal-tail",
         "condition", "whoever")  # fmt: skip
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
class CausalWords:
    """The cue words by kind, as lemmas."""

    cause_verbs: frozenset[str]
    toward_verbs: frozenset[str]
    effect_verbs: frozenset[str]
    cause_nouns: frozenset[str]
    effect_nouns: frozenset[str]
    connectives: tuple[str, ...]
    tails: frozenset[str]
    conditions: tuple[tuple[str, ...], ...] = ()
    whoever: frozenset[str] = frozenset()

    @cached_property
    def light(self) -> frozenset[tuple[str, str]]:
        """Verb and noun of three-word verbs: ("pave", "way")."""
        return frozenset((parts[0], parts[1]) for verb in self.cause_verbs if len(parts := verb.split()) >= 3)


def load_causal_words(path: Path) -> CausalWords:
    """Read the cue words. Raises DataError."""
    keys = load_yaml(path, shown=f"rules/{path.name}").mapping("the causal words", allowed=_KEYS, required=_KEYS)
    lists = {key: keys[key].strings(key) for key in _KEYS}
    return CausalWords(
        frozenset(lists["cause-verb"]),
        frozenset(lists["cause-toward-verb"]),
        frozenset(lists["effect-verb"]),
        frozenset(lists["cause-noun"]),
        frozenset(lists["effect-noun"]),
        lists["connective"],
        frozenset(lists["causal-tail"]),
        tuple(sorted((tuple(cue.split()) for cue in lists["condition"]), key=len, reverse=True)),
        frozenset(lists["whoever"]),
    )


def causes(parse: Parse, words: CausalWords) -> tuple[Proposition, ...]:
    """The propositions of kind ``cause`` of a sentence: arguments ``cause`` and ``effect``."""
    found: list[Proposition] = []
    for proposition in propositions(parse):
        if proposition.kind == "act":
            found += _of_act(parse, proposition, words)
        elif proposition.kind == "be":
            found += _of_equation(parse, proposition, words)
        elif proposition.kind == "compound":
            found += _of_compound(parse, proposition, words)
    found += _of_connectives(parse, words)
    found += _correlatives(parse)
    for stretch in _stretches(parse):
        found += _conditions(parse, stretch, words)
        found += _juxtaposed(parse, stretch)
        found += _described(parse, stretch, words)
    found += _sequences(parse)
    return tuple(dict.fromkeys(found))


def _cause(
    parse: Parse, cue: str, head: int, cause: frozenset[int], effect: frozenset[int], *, clauses: bool = False
) -> Proposition:
    tops = (_top(parse, cause), _top(parse, effect))
    if clauses:
        around: tuple[int, ...] = (tops[1],)
    else:
        around = (head, *tops) if parse.words[head].pos in VERBAL else (head, *tops, parse.words[head].head)
    softening = {
        child.index
        for index in around
        for child in children(parse, index, "aux", "advmod", "neg")
        if child.lemma != "to"
    }
    arguments = [Argument("cause", min(cause), cause), Argument("effect", min(effect), effect)]
    arguments.append(Argument("agent", tops[0], frozenset({tops[0]})))
    if softening:
        arguments.append(Argument("cover", min(softening), frozenset(softening)))
    return Proposition("cause", cue, head, tuple(arguments))


def _top(parse: Parse, found: frozenset[int]) -> int:
    """The word that governs the others."""
    outer = (i for i in sorted(found) if parse.words[i].head == i or parse.words[i].head not in found)
    return next(outer, min(found))


def _pairs(parse: Parse, act: Proposition, causing: str, effects: tuple[str, ...]) -> Iterator[Proposition]:
    for cause in act.role(causing):
        for role in effects:
            for effect in act.role(role):
                core = _core(parse, effect.head)
                if not (cause.words & core):
                    yield _cause(parse, act.predicate, act.head, cause.words, core)


#: Prepositions whose noun belongs to what is caused: "a rise in X", "the spread of X".
_INNER = frozenset({"of", "in", "into", "to", "among", "from", "by", "within", "across", "as", "at"})


def _core(parse: Parse, head: int) -> frozenset[int]:
    """A phrase without what it is only for, against or about ("a law against X" is not X)."""
    outer = [word for word in children(parse, head, "prep") if word.lemma not in _INNER]
    return phrase(parse, head) - {index for word in outer for index in phrase(parse, word.index)}


def _of_act(parse: Parse, act: Proposition, words: CausalWords) -> Iterator[Proposition]:
    base = act.predicate.split()[0]
    if act.predicate in words.cause_verbs:
        yield from _pairs(parse, act, "agent", ("theme",))
        yield from _pairs(parse, act, "instrument", ("theme",))
    if (base, act.predicate.split()[-1]) in words.light and " " in act.predicate:
        yield from _pairs(parse, act, "agent", ("theme", "goal"))
    if base in words.toward_verbs:
        yield from _pairs(parse, act, "agent", ("goal", "place"))
        yield from _infinitives(parse, act)
    if act.predicate in words.effect_verbs or f"be {act.predicate}" in words.effect_verbs:
        verb = parse.words[act.head]
        for effect in (objects(parse, verb) if not is_passive(parse, verb) else []) or subjects(parse, verb):
            for cause in act.role("theme"):
                if not (cause.words & phrase(parse, effect.index)):
                    yield _cause(parse, act.predicate, act.head, cause.words, phrase(parse, effect.index))
    if parse.words[act.head].pos in {"NOUN", "PROPN"}:
        yield from _of_cause_noun(parse, act, words)


def _infinitives(parse: Parse, act: Proposition) -> Iterator[Proposition]:
    """ "Poverty pushes boys to join the group": the infinitive is the effect."""
    for clause in children(parse, act.head, "xcomp", "ccomp"):
        for cause in act.role("agent"):
            effect = phrase(parse, clause.index)
            if not (cause.words & effect):
                yield _cause(parse, act.predicate, act.head, cause.words, effect)


#: Verbs whose object says what their subject is: "offers a recipe for X", "acts as a magnet for X".
_LIGHT = frozenset(
    "act be become constitute form function give have offer open pave prove provide regard remain represent see serve "
    "supply turn work evolve develop transform describe make".split()
)


def _of_cause_noun(parse: Parse, act: Proposition, words: CausalWords) -> Iterator[Proposition]:
    """ "the source of Y", said of the subject of its copula or of the noun before a comma."""
    noun = parse.words[act.head]
    name = _noun_name(parse, noun)
    if noun.dep not in {"attr", "appos", "pobj", "oprd", "dobj", "conj", "nsubj"}:
        return
    verb = _verb_above(parse, noun)
    if noun.dep in {"dobj", "pobj"} and (verb is None or verb.lemma not in _LIGHT):
        return
    if noun.dep == "appos":
        subject = [parse.words[noun.head]]
    elif verb is None:
        return
    elif noun.dep == "nsubj":
        subject = children(parse, verb.index, "attr", "ccomp") if verb.lemma == "be" else []
    else:
        subject = [word for word in subjects(parse, verb) if word.index != noun.index]
    head = verb.index if verb is not None else noun.index
    for argument in (*act.role("theme"), *act.role("goal"), *act.role("topic")):
        for word in subject:
            about = phrase(parse, word.index) - (phrase(parse, noun.index) if noun.dep == "appos" else frozenset())
            if about & argument.words:
                continue
            if name & words.cause_nouns:
                yield _cause(parse, noun.lemma, head, about, argument.words)
            elif name & words.effect_nouns:
                yield _cause(parse, noun.lemma, head, argument.words, about)


def _noun_name(parse: Parse, noun: Word) -> set[str]:
    """The noun's lemma alone and with the modifier before it ("breeding ground")."""
    found = {noun.lemma}
    for modifier in children(parse, noun.index, "compound", "amod"):
        found.add(f"{modifier.text.lower()} {noun.lemma}")
    return found


def _verb_above(parse: Parse, word: Word) -> Word | None:
    for above in parse.ancestors(word.index):
        if above.pos in {"VERB", "AUX"}:
            return above
    return None


def _of_equation(parse: Parse, equation: Proposition, words: CausalWords) -> Iterator[Proposition]:
    """ "Unemployment is behind X", "X is poverty's child": what the noun rule does not see."""
    for subject in equation.role("subject"):
        for attribute in equation.role("attribute"):
            head = parse.words[attribute.head]
            owners = children(parse, head.index, "poss")
            for owner in owners:
                if head.lemma in words.effect_nouns:
                    yield _cause(parse, head.lemma, head.index, phrase(parse, owner.index), subject.words)
                elif head.lemma in words.cause_nouns:
                    yield _cause(parse, head.lemma, head.index, subject.words, phrase(parse, owner.index))
            for owner in children(parse, subject.head, "poss"):
                if parse.words[subject.head].lemma in words.cause_nouns:
                    yield _cause(parse, "cause", head.index, attribute.words, phrase(parse, owner.index))


def _of_compound(parse: Parse, compound: Proposition, words: CausalWords) -> Iterator[Proposition]:
    """ "poverty-driven extremism": the word before the participle causes the noun."""
    (modifier,) = compound.role("modifier")
    (head,) = compound.role("head")
    word = parse.words[modifier.head]
    if word.text.lower() in words.tails and len(modifier.words) > 1:
        yield _cause(parse, word.text.lower(), head.head, modifier.words - {word.index}, head.words)
    first, _, tail = word.text.lower().rpartition("-")
    if first and tail in words.tails:
        yield _cause(parse, tail, head.head, modifier.words, head.words)


def _of_connectives(parse: Parse, words: CausalWords) -> Iterator[Proposition]:
    """ "Attacks rose because of X": the clause is the effect."""
    for word in parse.words:
        for name, noun in prepositional(parse, word.index):
            if not _connects(parse, name, noun, words):
                continue
            cause = phrase(parse, noun.index)
            effect = phrase(parse, word.index) - cause
            if effect:
                yield _cause(parse, name, word.index, cause, effect)


def _connects(parse: Parse, name: str, noun: Word, words: CausalWords) -> bool:
    start = parse.words[min(phrase(parse, noun.index))].start
    before = " ".join(parse.text[max(0, start - 30) : start].lower().split())
    return any(before.endswith(connective) for connective in words.connectives) or name in {"because of", "due to"}


def _correlatives(parse: Parse) -> Iterator[Proposition]:
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
        yield _cause(parse, "correlative", split, frozenset(range(split)), frozenset(range(split, len(text))))


def _comparative(parse: Parse, index: int) -> bool:
    return parse.words[index].tag in {"JJR", "RBR"} or parse.words[index].text.lower() in {"more", "less", "fewer"}


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


def _split(parse: Parse, cue: str, head: int, cause: range, effect: range) -> Iterator[Proposition]:
    """The two sides of a cue, where both have words; an effect told as past is a report, unless it is said of all."""
    sides = [frozenset(i for i in side if parse.words[i].pos not in {"PUNCT", "SPACE"}) for side in (cause, effect)]
    if not all(sides):
        return
    tags = {parse.words[index].tag for index in sides[1]}
    past = "VBD" in tags and not tags & {"VBZ", "VBP", "MD"}
    if past and cue != "demand" and not any(_low(parse, index) in _UNIVERSAL for index in sides[1]):
        cue = f"past {cue}"
    yield _cause(parse, cue, head, sides[0], sides[1], clauses=True)


def _conditions(parse: Parse, stretch: range, words: CausalWords) -> Iterator[Proposition]:
    """ "If X, Y", "Y because X", "without X, Y", "build X and Y"."""
    stop = stretch.stop
    for index in stretch:
        cue = next((c for c in words.conditions if tuple(_low(parse, index + i) for i in range(len(c))) == c), None)
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


def _demand(parse: Parse, stretch: range) -> Iterator[Proposition]:
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


def _juxtaposed(parse: Parse, stretch: range) -> Iterator[Proposition]:
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


def _described(parse: Parse, stretch: range, words: CausalWords) -> Iterator[Proposition]:
    """ "Nobody with X does Y", "whoever X does Y", "a child who X will do Y": what describes the person is the cause."""
    for start in stretch:
        if start != stretch.start and _low(parse, start - 1) not in {",", "that", "but", "and"}:
            continue
        if _low(parse, start) not in words.whoever:
            continue
        cues = {"with", "without", "who", "whose"}
        describing = next((i for i in range(start + 1, min(start + 5, stretch.stop)) if _low(parse, i) in cues), None)
        if describing is None and _low(parse, start) in {"whoever", "everybody", "everyone", "anyone"}:
            describing = start
        if describing is None:
            continue
        verbs = [
            i for i in range(describing + 2, stretch.stop)
            if parse.words[i].tag in {"VBZ", "VBP", "MD"} or (parse.words[i].tag == "NNS" and parse.words[i].dep in {"pobj", "conj", "dep"})
        ]  # fmt: skip
        clause = _low(parse, describing) not in {"with", "without"}
        if clause and len(verbs) > 1:
            verbs = verbs[1:]
        if verbs:
            at = verbs[0] if not clause else verbs[-1]
            yield from _split(parse, "whoever", at, range(start, at), range(at, stretch.stop))


def _sequences(parse: Parse) -> Iterator[Proposition]:
    """ "First X, then Y"; "X; by harvest Y": what is told first as the cause of what is told next."""
    for index, word in enumerate(parse.words):
        before = parse.words[index - 1].text if index else ""
        if word.text.lower() == "then" and before in {",", ";", "and", "."}:
            yield from _split(parse, "then", index, range(index), range(index + 1, len(parse.words)))
        elif word.text == ";":
            cause, effect = range(index), range(index + 1, len(parse.words))
            if all(any(parse.words[i].tag in _FINITE for i in side) for side in (cause, effect)):
                sides = (frozenset(cause), frozenset(effect))
                yield _cause(parse, "sequence", index, *sides)
