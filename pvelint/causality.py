"""Cause and effect in a sentence, whatever the construction; the cue words are data (``rules/causal-words.yml``).

Covers causal verbs ("X fuels Y", passive too), verbs with a goal ("X drives people into Y"), effect verbs ("Y stems
from X"), nouns ("X is the source of Y", "Y is a product of X"), connectives ("because of X"), hyphenated and plain
compounds ("X-driven Y") and correlatives ("the more X, the more Y"; "as X rose, so did Y").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pvelint.decode import load_yaml
from pvelint.language import Parse, Word
from pvelint.propositions import Argument, Proposition, propositions
from pvelint.syntax import children, phrase, prepositional, subjects

_KEYS = ("cause-verb", "cause-toward-verb", "effect-verb", "cause-noun", "effect-noun", "connective", "causal-tail")


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
    return tuple(dict.fromkeys(found))


def _cause(parse: Parse, cue: str, head: int, cause: frozenset[int], effect: frozenset[int]) -> Proposition:
    return Proposition(
        "cause", cue, head, (Argument("cause", min(cause), cause), Argument("effect", min(effect), effect))
    )


def _pairs(parse: Parse, act: Proposition, causing: str, effects: tuple[str, ...]) -> Iterator[Proposition]:
    for cause in act.role(causing):
        for role in effects:
            for effect in act.role(role):
                if not (cause.words & effect.words):
                    yield _cause(parse, act.predicate, act.head, cause.words, effect.words)


def _of_act(parse: Parse, act: Proposition, words: CausalWords) -> Iterator[Proposition]:
    base = act.predicate.split()[0]
    if act.predicate in words.cause_verbs:
        yield from _pairs(parse, act, "agent", ("theme",))
        yield from _pairs(parse, act, "instrument", ("theme",))
    if (base, act.predicate.split()[-1]) in words.light and " " in act.predicate:
        yield from _pairs(parse, act, "agent", ("theme", "goal"))
    if base in words.toward_verbs:
        yield from _pairs(parse, act, "agent", ("goal",))
        yield from _infinitives(parse, act)
    if act.predicate in words.effect_verbs:
        for effect in act.role("agent"):
            for cause in act.role("theme"):
                yield _cause(parse, act.predicate, act.head, cause.words, effect.words)
    if parse.words[act.head].pos in {"NOUN", "PROPN"}:
        yield from _of_cause_noun(parse, act, words)


def _infinitives(parse: Parse, act: Proposition) -> Iterator[Proposition]:
    """ "Poverty pushes boys to join the group": the infinitive is the effect."""
    for clause in children(parse, act.head, "xcomp", "ccomp"):
        for cause in act.role("agent"):
            effect = phrase(parse, clause.index)
            if not (cause.words & effect):
                yield _cause(parse, act.predicate, act.head, cause.words, effect)


def _of_cause_noun(parse: Parse, act: Proposition, words: CausalWords) -> Iterator[Proposition]:
    """ "the source of Y", said of the subject of its copula or of the noun before a comma."""
    noun = parse.words[act.head]
    name = _noun_name(parse, noun)
    if noun.dep not in {"attr", "appos", "pobj", "oprd", "dobj", "conj"}:
        return
    verb = _verb_above(parse, noun)
    if verb is None:
        return
    subject = [word for word in subjects(parse, verb) if word.index != noun.index]
    for argument in (*act.role("theme"), *act.role("goal"), *act.role("topic")):
        for word in subject:
            about = phrase(parse, word.index)
            if about & argument.words:
                continue
            if name & words.cause_nouns:
                yield _cause(parse, noun.lemma, noun.index, about, argument.words)
            elif name & words.effect_nouns:
                yield _cause(parse, noun.lemma, noun.index, argument.words, about)


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
