"""What is done to something, whatever the verb: "pull apart the fatwas issued by the shura".

Hostile acts have more verbs than a list can hold, harmless ones fewer. So the question is asked from the other end:
where does a word stand as what an act is done to, itself or through what belongs to it ("the recruiters' claims",
"the lies that the group spreads"), and is the verb none of the harmless ones?
"""

from __future__ import annotations

from collections.abc import Iterator

from pvelint.language import Parse, Word
from pvelint.syntax import RELATIVE, VERBAL, children
from pvelint.wordforms import word_set

#: Verbs that with these prepositions aim at what follows; before "against" any verb or noun does but those of
#: guarding, warning and the law.
_AIMING = {
    "at": word_set(
        "laugh aim hit strike shoot fire direct jab throw sneer scoff jeer mock hurl chip gnaw poke swing hammer peck "
        "point wag snigger giggle chuckle hoot whistle spit nibble hack chop eat fling launch level shout blast"
    ),
    "after": word_set("go come run get chase set"),
    "over": word_set("prevail triumph win run roll walk"),
    "upon": word_set("turn set fall pounce round"),
    "on": word_set("turn set pounce round declare close gang march rain pour train trample heap spit tread"),
    "to": word_set("stand reply answer retort talk object"),
    "in": word_set("hole holes"),
}
_GUARDING = word_set(
    "protect guard insure vaccinate testify sue file commit perpetrate vote complain warn advise caution use lodge "
    "bring hold strengthen decide counsel resilience resilient protection safeguard insurance precaution resistance "
    "defence violence attack crime abuse offence case charge evidence complaint allegation trial immunity sanction "
    "operation offensive raid security prevention war vigilance witness lawsuit grudge prejudice discrimination hatred "
    "stigma lean press weigh check prop"
)
_NO_LONGER = frozenset({"former", "ex", "disengaged", "repentant", "demobilized", "surrendered", "captured"})
_OWNING = frozenset({"poss", "compound", "amod", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN"})


def undergone(
    parse: Parse, words: frozenset[int], *, through: frozenset[int], harmless: frozenset[int]
) -> Iterator[int]:
    """The verbs (or, before *against*, nouns) of the acts that are done to some words.

    through:  words that pass the act on when they belong to the words ("their lies").
    harmless: words that make an act none, as its verb, its object or on the way to it.
    """
    head = next((i for i in sorted(words) if parse.words[i].head not in words or parse.words[i].head == i), min(words))
    thing = _whole(parse, parse.words[head], through)
    if thing is None or thing.index in harmless:
        return
    marks = {child.lemma for child in children(parse, thing.index, "amod", "compound")}
    if marks & _NO_LONGER:
        return
    if thing.index == head and any(c.lemma in {"a", "an", "any"} for c in children(parse, head, "det")):
        return  # "persuade a recruiter": whoever that may be
    for act, aimed in _acts(parse, thing):
        if aimed:
            yield act.index
            continue
        near = {act.index, *(c.index for c in children(parse, act.index, "prt", "dobj", "acomp", "attr", "oprd"))}
        if near.isdisjoint(harmless):
            yield act.index


def _whole(parse: Parse, word: Word, through: frozenset[int]) -> Word | None:
    """The noun that stands for the word in the clause: itself or what belongs to it; None if that is another matter."""
    for _ in range(6):
        above = parse.words[word.head]
        if above.index == word.index:
            return word
        if word.dep in {"dobj", "nsubjpass"} or (word.dep == "pobj" and above.lemma == "against"):
            return word
        if word.dep in {"conj", "appos"} and above.pos in _NOUNS:
            word = above
        elif word.dep in _OWNING and (above.pos in _NOUNS or above.index in through):
            if above.index not in through:
                return None
            word = above
        elif word.dep == "pobj" and above.lemma == "in" and parse.words[above.head].lemma in _AIMING["in"]:
            return word
        elif word.dep == "pobj" and above.lemma in {"of", "from", "by", "in"}:
            noun = parse.words[above.head]
            if noun.pos in VERBAL and noun.dep == "acl" and above.lemma in {"by", "from"}:
                noun = parse.words[noun.head]
            elif noun.pos not in _NOUNS:
                return word
            if noun.index not in through:
                return None
            word = noun
        elif word.dep in {"nsubj", "agent"} and above.dep == "relcl" and word.lemma not in RELATIVE:
            noun = parse.words[above.head]
            if noun.index not in through:
                return None
            word = noun
        else:
            return word
    return word


def _acts(parse: Parse, thing: Word) -> Iterator[tuple[Word, bool]]:
    """The verb or noun of each act done to a noun, and whether a preposition says that it is aimed at it."""
    above = parse.words[thing.head]
    if thing.dep in {"dobj", "nsubjpass", "oprd", "dative"} and above.pos in VERBAL:
        yield above, False
    elif thing.dep == "pobj":
        governor = parse.words[above.head]
        if governor.pos == "ADV":
            governor = parse.words[governor.head]
        if above.lemma == "against":
            if governor.lemma not in _GUARDING and governor.pos in VERBAL | _NOUNS:
                yield governor, True
        elif governor.lemma in _AIMING.get(above.lemma, ()):
            yield governor, True


#: Prepositions over which what is done does not reach a noun: it only says where, when, by or unlike whom.
_ASIDE = word_set(
    "by without despite near in between since until under like unlike than as after before during because from around"
)
#: Verbs whose object is the subject of a small clause: "make the emir look small".
_CAUSING = word_set("make see let watch keep have render hear get help want")
#: Motion to a group and company with it: "go to the armed group", "end up with the militia".
_JOINING = word_set(
    "give hand lose send sell surrender go return come move drift run flee belong end turn stay live work sit travel "
    "lean flock"
)
_REACHED = frozenset({"dobj", "nsubjpass", "oprd", "dative", "pobj", "conj", "appos", "attr", "compound", "nmod"})


def reached(
    parse: Parse, words: frozenset[int], *, through: frozenset[int], harmless: frozenset[int], owned: bool = False
) -> int | None:
    """The verb of the clause in which something is said to be done that reaches some words at any depth.

    "The seminar gives clerics arguments to put the extremists in their place": from the words up to a verb with a
    subject of its own, over complements only, with no harmless word on the way or beside it. None if there is none.
    owned: only what belongs to the words counts, not they themselves.
    """
    head = next((i for i in sorted(words) if parse.words[i].head not in words or parse.words[i].head == i), min(words))
    word = _whole(parse, parse.words[head], through)
    if word is None or {child.lemma for child in children(parse, word.index, "amod", "compound")} & _NO_LONGER:
        return None
    passed = word.index != head and word.index in through
    if word.index == head and (owned or not _definite(parse, word)):
        return None
    for _ in range(8):
        if word.index in harmless:
            return None
        above = parse.words[word.head]
        if word.dep == "attr" or word.lemma == "instead":
            return None
        if word.dep == "nsubj" and above.dep == "ccomp" and parse.words[above.head].lemma in _CAUSING:
            word = parse.words[above.head]
            continue
        if word.pos in VERBAL and word.dep not in {"amod"}:
            beside = children(parse, word.index, "prt", "dobj", "acomp", "attr", "oprd", "advmod")
            if any(child.index in harmless for child in beside):
                return None
            if any(child.dep in {"nsubj", "nsubjpass", "expl"} for child in children(parse, word.index)):
                return word.index
            if word.dep == "ROOT" or above.index == word.index:
                return word.index
            if word.dep not in {"xcomp", "conj", "acl", "advcl", "pcomp", "ccomp", "prep", "dep"}:
                return None
        elif word.dep in {"prep", "dative"} and word.pos == "ADP":
            if (
                word.lemma in _ASIDE
                or above.lemma == "instead"
                or (word.lemma in {"to", "with", "into"} and above.lemma in _JOINING)
            ):
                return None
        elif above.index == word.index:
            # A heading without a verb: what belongs to the group is a matter of ours, the group's people are not.
            return word.index if passed else None
        elif word.dep not in _REACHED and word.dep not in {"prep", "xcomp", "acomp", "ccomp"}:
            return None
        word = above
    return None


def _definite(parse: Parse, noun: Word) -> bool:
    """Whether a noun means somebody known: "the recruiters", "Boko Haram", and not "makes recruiters of boys"."""
    return noun.pos == "PROPN" or any(
        child.dep == "poss" or child.lemma in {"the", "this", "that", "these", "those", "every", "each", "all"}
        for child in children(parse, noun.index)
    )
