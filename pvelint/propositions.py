"""Who does what to whom: propositions of a sentence, in one shape whatever the construction.

The field's names for this are semantic role labelling (predicates with roles, after Palmer et al. 2005, reduced
to the roles that the rules ask for) and open information extraction (Banko et al. 2007). A ``Proposition`` has a
predicate and arguments by role:

- ``act``: a verb or a noun of action with agent, theme, source, goal, instrument, place, topic, cover;
- ``cause``: a cause and an effect, from causal verbs, nouns, connectives, compounds and correlatives;
- ``be``: a subject and what it is said to be, from copulas, apposition and *as* phrases;
- ``compound``: a modifier and the noun that it modifies;
- ``list``: the members of a coordination.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pvelint.language import Parse, Word
from pvelint.syntax import (
    NOMINAL,
    VERBAL,
    agents,
    carried_by,
    children,
    coordinated,
    is_passive,
    objects,
    phrase,
    prepositional,
    subjects,
)

#: Which role a preposition's noun plays for a predicate.
ROLE_OF_PREPOSITION = {
    "from": "source", "out of": "source", "off": "source",
    "to": "goal", "into": "goal", "onto": "goal", "toward": "goal", "towards": "goal", "for": "goal", "upon": "goal",
    "with": "instrument", "through": "instrument", "via": "instrument", "by": "instrument", "using": "instrument",
    "in": "place", "at": "place", "on": "place", "among": "place", "amongst": "place", "amid": "place",
    "within": "place", "inside": "place", "across": "place", "along": "place", "alongside": "place",
    "between": "place", "over": "place",
    "around": "place", "amidst": "place",
    "as": "cover", "behind": "cover", "under": "cover", "beneath": "cover",
    "about": "topic", "of": "topic", "against": "topic", "like": "topic", "concerning": "topic",
}  # fmt: skip


@dataclass(frozen=True)
class Argument:
    """A phrase in a role; ``words`` are the indices of its words in the parse."""

    role: str
    head: int
    words: frozenset[int]


@dataclass(frozen=True)
class Proposition:
    """A predicate with its arguments.

    kind:      act, cause, be, compound or list.
    predicate: lemma (with a particle or light-verb noun: ``pose threat``); empty where there is none.
    head:      index of the predicate's word, or of the first argument's head.
    """

    kind: str
    predicate: str
    head: int
    arguments: tuple[Argument, ...]

    def role(self, name: str) -> tuple[Argument, ...]:
        """The arguments in a role."""
        return tuple(argument for argument in self.arguments if argument.role == name)


@lru_cache(maxsize=1024)
def propositions(parse: Parse) -> tuple[Proposition, ...]:
    """All propositions of a sentence."""
    found: list[Proposition] = []
    for word in parse.words:
        if word.pos in VERBAL and word.dep not in {"aux", "auxpass"}:
            found += _of_verb(parse, word)
        elif word.pos in {"NOUN", "PROPN", "ADJ"}:
            found += _of_noun(parse, word)
    found += _lists(parse)
    return tuple(found)


def _arguments(parse: Parse, role: str, words: list[Word]) -> list[Argument]:
    return [Argument(role, word.index, phrase(parse, word.index)) for word in words]


def predicate_name(parse: Parse, verb: Word) -> str:
    """The verb's lemma with its particle ("take on", "carry out")."""
    particles = children(parse, verb.index, "prt")
    return f"{verb.lemma} {particles[0].lemma}" if particles else verb.lemma


def _of_verb(parse: Parse, verb: Word) -> Iterator[Proposition]:
    passive = is_passive(parse, verb)
    subject = subjects(parse, verb)
    roles: list[Argument] = []
    if passive:
        roles += _arguments(parse, "theme", subject)
        roles += _arguments(parse, "agent", agents(parse, verb))
    else:
        roles += _arguments(parse, "agent", subject or _existing(parse, verb))
        roles += _arguments(parse, "theme", objects(parse, verb))
    named = [(name, noun) for name, noun in prepositional(parse, verb.index) if not (passive and name == "by")]
    if not subject:
        named += [pair for noun in _existing(parse, verb) for pair in prepositional(parse, noun.index)]
    for name, noun in named:
        role = ROLE_OF_PREPOSITION.get(name.split()[-1] if name not in ROLE_OF_PREPOSITION else name)
        if role:
            roles += _arguments(parse, role, [noun])
    yield Proposition("act", predicate_name(parse, verb), verb.index, tuple(roles))
    yield from _light(parse, verb, roles)
    yield from _copular(parse, verb, roles)
    patient = [Argument("agent", a.head, a.words) for a in roles if a.role == "theme"] if passive else []
    if patient and not agents(parse, verb) and verb.lemma not in _MOVING:
        roles = [*roles, *patient]
    yield from _prepositional_verb(verb, named, parse, roles)


#: Verbs whose passive subject is moved by somebody and does not act: "boys are led to the group".
_MOVING = frozenset(
    {"lead", "push", "drive", "pull", "draw", "lure", "turn", "force", "send", "bring", "attract", "tip", "steer",
    "radicalize",
     "recruit"}
)  # fmt: skip


def _existing(parse: Parse, verb: Word) -> list[Word]:
    """What "there is" says that there is."""
    return children(parse, verb.index, "attr") if children(parse, verb.index, "expl") else []


def _prepositional_verb(
    verb: Word, named: list[tuple[str, Word]], parse: Parse, roles: list[Argument]
) -> Iterator[Proposition]:
    """ "lead to X", "reply to X", "stem from X": the preposition's noun as the theme of verb and preposition."""
    for name, noun in named:
        kept = tuple(argument for argument in roles if argument.head != noun.index)
        inner = _arguments(parse, "theme", [noun])
        yield Proposition("act", f"{verb.lemma} {name}", verb.index, (*(a for a in kept if a.role != "theme"), *inner))


def _light(parse: Parse, verb: Word, roles: list[Argument]) -> Iterator[Proposition]:
    """ "pose a threat to X", "wage war on X", "serve as cover for X": the noun is the predicate."""
    for noun in [
        *children(parse, verb.index, "dobj", "attr"),
        *(n for p, n in prepositional(parse, verb.index) if p == "as"),
    ]:
        inner = [argument for argument in roles if argument.head != noun.index and argument.role != "theme"]
        for _, deep in (*prepositional(parse, noun.index), *prepositional(parse, verb.index)):
            if deep.index != noun.index:
                inner += _arguments(parse, "theme", [deep])
        yield Proposition("act", f"{verb.lemma} {noun.lemma}", verb.index, tuple(inner))


def _copular(parse: Parse, verb: Word, roles: list[Argument]) -> Iterator[Proposition]:
    subject = [
        Argument("subject", a.head, a.words) for a in roles if a.role in {"agent", "theme"} and _is_subject(parse, a)
    ]
    attributes = children(parse, verb.index, "attr", "acomp", "oprd")
    for name, noun in prepositional(parse, verb.index):
        if name in {"as", "into", "to"} and verb.lemma in _BECOMING:
            attributes.append(noun)
    if verb.lemma not in _COPULAS and verb.lemma not in _BECOMING and not children(parse, verb.index, "oprd"):
        return
    if children(parse, verb.index, "oprd"):
        subject = [Argument("subject", a.head, a.words) for a in roles if a.role == "theme"] or subject
    for attribute in attributes:
        if any(argument.head == attribute.index for argument in subject):
            continue
        yield Proposition("be", verb.lemma, verb.index, (*subject, *_arguments(parse, "attribute", [attribute])))


_COPULAS = frozenset(
    {"be", "become", "remain", "constitute", "represent", "form", "seem", "appear", "stay", "prove", "mean", "equal"}
)
_BECOMING = frozenset(
    {
        "turn",
        "evolve",
        "develop",
        "serve",
        "double",
        "work",
        "operate",
        "pass",
        "act",
        "function",
        "transform",
        "change",
        "degenerate",
        "grow",
        "see",
        "regard",
    }
)


def _is_subject(parse: Parse, argument: Argument) -> bool:
    return parse.words[argument.head].dep not in {"dobj", "oprd"}


def _of_noun(parse: Parse, noun: Word) -> Iterator[Proposition]:
    pairs = prepositional(parse, noun.index)
    if pairs or children(parse, noun.index, "poss", "compound", "amod", "nmod"):
        roles: list[Argument] = []
        for name, deep in pairs:
            role = {"by": "agent", "of": "theme", "against": "theme", "on": "theme", "for": "theme"}.get(
                name, ROLE_OF_PREPOSITION.get(name, "")
            )
            if role:
                roles += _arguments(parse, role, [deep])
        outer = carried_by(parse, noun) if is_action(noun) else []
        taken = frozenset(index for word in outer for index in _by_phrase(parse, word))
        roles = [Argument(role.role, role.head, role.words - taken) for role in roles]
        roles += _arguments(parse, "agent", outer)
        roles += _arguments(parse, "agent", children(parse, noun.index, "poss"))
        if is_action(noun):
            roles += _arguments(parse, "theme", children(parse, noun.index, "compound", "nmod"))
        yield Proposition("act", noun.lemma, noun.index, tuple(roles))
    for modifier in children(parse, noun.index, "compound", "amod", "nmod", "npadvmod", "poss"):
        yield Proposition(
            "compound",
            "",
            noun.index,
            (*_arguments(parse, "modifier", [modifier]), Argument("head", noun.index, frozenset({noun.index}))),
        )
    for apposed in children(parse, noun.index, "appos"):
        yield Proposition(
            "be", "", noun.index, (*_arguments(parse, "subject", [noun]), *_arguments(parse, "attribute", [apposed]))
        )


_ACTION = ("tion", "sion", "ment", "al", "ing", "age", "ance", "ence", "use", "ure", "abuse", "exploit")


def is_action(noun: Word) -> bool:
    """Whether a noun looks like one of action, which can have an agent and a theme."""
    return noun.pos == "NOUN" and noun.lemma.endswith(_ACTION)


def _by_phrase(parse: Parse, noun: Word) -> frozenset[int]:
    """The words of a noun and the preposition before it."""
    return phrase(parse, noun.index) | {noun.head}


def _lists(parse: Parse) -> Iterator[Proposition]:
    seen: set[int] = set()
    for word in parse.words:
        if word.index in seen or word.pos not in NOMINAL or not children(parse, word.index, "conj", "appos"):
            continue
        members = coordinated(parse, word)
        seen.update(member.index for member in members)
        if len(members) > 1:
            yield Proposition("list", "", members[0].index, tuple(_member(parse, member) for member in members))


def _member(parse: Parse, word: Word) -> Argument:
    """A member of a coordination without the members that follow it."""
    later = {index for child in children(parse, word.index, "conj") for index in phrase(parse, child.index)}
    return Argument("member", word.index, phrase(parse, word.index) - later)
