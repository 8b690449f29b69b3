"""Cause and effect in a sentence, whatever the construction; the cue words are data (``rules/causal-words.yml``).

Covers causal verbs ("X fuels Y", passive too), verbs with a goal ("X drives people into Y"), effect verbs ("Y stems
from X"), nouns ("X is the source of Y", "Y is a product of X"), connectives ("because of X"), hyphenated and plain
compounds ("X-driven Y") and correlatives ("the more X, the more Y"; "as X rose, so did Y"); the sentence as a whole
("said"); and what ties a clause to a clause: conditions ("if X, Y", "without X, Y"), demands ("build X and Y"), pairs
("no X, no Y"), arrows, persons described by their situation ("nobody with X does Y"), chains ("first X, then Y") and
paths ("from X to Y").

Beside ``cause`` and ``effect`` a proposition has an ``agent``, the head word of its cause; ``result``, the words of
the effect again, so that a rule can ask for two things in it ("join" and "the militia"); ``doer``, who does what
stands in the effect; and ``cover``, the modals, adverbs and negations that soften the tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pvelint.clauseties import question, ties
from pvelint.decode import load_yaml
from pvelint.language import Parse, Word
from pvelint.propositions import Argument, Proposition, propositions
from pvelint.syntax import SUBJECT_LABELS, VERBAL, children, is_passive, objects, phrase, prepositional, subjects

_KEYS = ("cause-verb", "cause-toward-verb", "effect-verb", "cause-noun", "effect-noun", "connective", "causal-tail",
         "condition", "whoever", "certainty")  # fmt: skip


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
    certainty: frozenset[str] = frozenset()

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
        frozenset(lists["certainty"]),
    )


def causes(parse: Parse, words: CausalWords, *, after: str = "") -> tuple[Proposition, ...]:
    """The propositions of kind ``cause`` of a sentence: arguments ``cause`` and ``effect``.

    after: the sentence that follows, for a question that it answers.
    """
    found: list[Proposition] = []
    for proposition in propositions(parse):
        if proposition.kind == "act":
            found += _of_act(parse, proposition, words)
        elif proposition.kind == "be":
            found += _of_equation(parse, proposition, words)
        elif proposition.kind == "compound":
            found += _of_compound(parse, proposition, words)
    found += _of_connectives(parse, words)
    for tie in (*ties(parse, words.conditions, words.whoever, words.certainty), *question(parse, after)):
        if tie.cause and tie.effect:
            found.append(_cause(parse, tie.cue, tie.head, tie.cause, tie.effect, clauses=tie.clauses))
    everything = frozenset(word.index for word in parse.words if word.pos not in {"PUNCT", "SPACE"})
    if everything:
        found.append(_cause(parse, "said", min(everything), everything, everything, clauses=True))
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
    arguments.append(Argument("result", min(effect), effect))
    arguments.append(Argument("agent", tops[0], frozenset({tops[0]})))
    doers = {word.index for word in parse.words if word.index in effect and word.dep in SUBJECT_LABELS}
    if doers:
        arguments.append(Argument("doer", min(doers), frozenset(doers)))
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
    {
        "act",
        "be",
        "become",
        "constitute",
        "form",
        "function",
        "give",
        "have",
        "offer",
        "open",
        "pave",
        "prove",
        "provide",
        "regard",
        "remain",
        "represent",
        "see",
        "serve",
        "supply",
        "turn",
        "work",
        "evolve",
        "develop",
        "transform",
        "describe",
        "make",
    }
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
                yield _cause(parse, "because of", word.index, cause, effect)


def _connects(parse: Parse, name: str, noun: Word, words: CausalWords) -> bool:
    start = parse.words[min(phrase(parse, noun.index))].start
    before = " ".join(parse.text[max(0, start - 30) : start].lower().split())
    return any(before.endswith(connective) for connective in words.connectives) or name in {"because of", "due to"}
