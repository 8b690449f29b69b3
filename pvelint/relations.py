"""Matching the relations of rules against the propositions of a sentence.

An argument is of a class when a word of the class stands in its phrase (or, for ``they``, ``these people`` and the
like, in the sentence before). A match is reported from its first to its last head word, so that the span is the
claim and not the whole sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pvelint.beside import tied
from pvelint.causality import CausalWords, causes
from pvelint.clauseties import WEAK
from pvelint.language import Parse
from pvelint.matching import ReadyRelation
from pvelint.predicates import NOUN_ENDINGS, starts
from pvelint.propositions import Argument, Proposition, propositions
from pvelint.rules import Relation
from pvelint.sites import BlockText
from pvelint.syntax import children, phrase
from pvelint.tokens import Token, tokenise
from pvelint.undergoing import reached, undergone
from pvelint.wordindex import IndexBuilder, Occurrences, WordIndex, WordList

_ANAPHORS = frozenset({"they", "them", "it", "this", "these", "those", "who", "their", "he", "she", "him", "her"})
_ANAPHORIC_NOUNS = frozenset(
    {"people", "person", "group", "man", "woman", "newcomer", "one", "family", "community", "place", "site"}
)
_DOERS = frozenset({"agent", "cause", "subject"})
_AIMED = frozenset({"against", "toward", "towards", "about", "on", "at", "concerning", "regarding"})
_DEMONSTRATIVES = frozenset({"these", "those", "such", "this", "that"})


@dataclass(frozen=True)
class Found:
    """A relation found in a sentence: characters of the sentence's text, and the predicate's word."""

    start: int
    end: int
    head: int


@dataclass(frozen=True)
class SentenceView:
    """A parsed sentence with its tokens and the sentence before it."""

    text: BlockText
    index: int
    parse: Parse
    causal: CausalWords
    lists: WordIndex

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tokenise(self.parse.text)

    @cached_property
    def before(self) -> tuple[Token, ...]:
        """The tokens of the sentence before, for pronouns; empty at the start of a block."""
        if self.index == 0:
            return ()
        span = self.text.sentences[self.index - 1]
        return tokenise(self.text.block.text[span.start : span.end])

    @cached_property
    def found(self) -> Occurrences:
        """Where the words of the rules' lists stand in the sentence."""
        return self.lists.scan(self.tokens, 0, len(self.tokens))

    @cached_property
    def present_before(self) -> int:
        """The lists with a word in the sentence before, one bit each."""
        return self.lists.scan(self.before, 0, len(self.before)).present

    @cached_property
    def relations(self) -> tuple[Proposition, ...]:
        return (*propositions(self.parse), *causes(self.parse, self.causal, after=self.after))

    @cached_property
    def after(self) -> str:
        """The sentence after, for the answer to a question; empty at the end of a block."""
        if self.index + 1 >= len(self.text.sentences):
            return ""
        span = self.text.sentences[self.index + 1]
        return self.text.block.text[span.start : span.end]

    @cached_property
    def _word_at(self) -> dict[int, int]:
        """Start of a parsed word to its index."""
        return {word.start: word.index for word in self.parse.words}

    def own_words(self, argument: Argument) -> frozenset[int]:
        """The words of an argument; of one that does or causes, without what it is aimed at ("anger at refugees")."""
        if argument.role not in _DOERS or self.parse.words[argument.head].pos not in {"NOUN", "PROPN"}:
            return argument.words
        aimed = {
            index
            for child in children(self.parse, argument.head, "prep")
            if child.lemma in _AIMED
            for index in phrase(self.parse, child.index)
        }
        return argument.words - aimed

    def indices(self, words: int) -> tuple[frozenset[int], ...]:
        """The parsed words that each occurrence of a list's words and phrases covers; the list by its bit."""
        return _occurrences(self, words)

    def has(self, words: int) -> bool:
        if not self.found.present & words:
            return False
        return not self._names_may or bool(self.indices(words))

    @cached_property
    def _names_may(self) -> bool:
        """Whether the month of May stands in the sentence, which is no "may"."""
        return any(token.text == "May" for token in self.tokens[1:])


def _occurrences(view: SentenceView, bit: int) -> tuple[frozenset[int], ...]:
    cache: dict[int, tuple[frozenset[int], ...]] = view.__dict__.setdefault("_cache", {})
    if bit not in cache:
        found = []
        for first, last in view.found.find(bit):
            if first and last - first == 1 and view.tokens[first].text == "May":
                continue  # the month
            start, end = view.tokens[first].start, view.tokens[last - 1].end
            found.append(frozenset(word.index for word in view.parse.within(start, end)))
        cache[bit] = tuple(found)
    return cache[bit]


def word_lists(relation: Relation) -> Iterator[WordList]:
    """The word lists of a relation, for the index."""
    lists = (*relation.roles.values(), *relation.excluded.values(), *relation.members, *relation.beside)
    begins = _begins(relation)
    if begins:
        yield WordList((), begins)
    for words in (*lists, relation.under, relation.near, relation.not_near, relation.apart, relation.acts,
                  relation.undergoer, relation.reached, relation.through):  # fmt: skip
        yield WordList(words)


def _begins(relation: Relation) -> tuple[str, ...]:
    """The tokens of which one must stand in a sentence that has the predicate; empty where that says nothing."""
    if relation.kind != "act" or not relation.predicate:
        return ()
    return tuple(sorted(starts(relation.predicate) or ()))


def ready(relation: Relation, lists: IndexBuilder) -> ReadyRelation:
    """A relation made ready for an index that holds its words."""
    roles = {role: lists.bit(words) for role, words in relation.roles.items()}
    members = tuple(lists.bit(words) for words in relation.members)
    beside = tuple(lists.bit(words) for words in relation.beside)
    under, near, not_near, apart, acts, undergoer, through, patient = (
        lists.bit(words) if words else 0
        for words in (
            relation.under,
            relation.near,
            relation.not_near,
            relation.apart,
            relation.acts,
            relation.undergoer,
            relation.through,
            relation.reached,
        )
    )
    here = near | undergoer | patient | (under if members else 0)
    begins = _begins(relation)
    if begins:
        here |= lists.bit((), begins)
    here_or_before = 0
    for bit in (*roles.values(), *members, *beside):
        here_or_before |= bit
    return ReadyRelation(
        kind=relation.kind,
        roles=roles,
        excluded={role: lists.bit(words) for role, words in relation.excluded.items()},
        predicate=frozenset(relation.predicate),
        members=members,
        under=under,
        near=near,
        not_near=not_near,
        own_side=relation.own_side,
        beside=beside,
        apart=apart,
        acts=acts,
        ordered=relation.ordered,
        undergoer=undergoer,
        through=through,
        reached=patient,
        owned=relation.owned,
        here=here,
        here_or_before=here_or_before,
    )


def find_relations(relation: ReadyRelation, view: SentenceView) -> Iterator[Found]:
    """Every place in the sentence where the relation holds."""
    if relation.near and not view.has(relation.near):
        return
    if relation.not_near and view.has(relation.not_near):
        return
    if relation.kind == "list":
        yield from _lists(relation, view)
        return
    if relation.kind == "undergo":
        yield from _undergone(relation, view)
        return
    if relation.kind == "beside":
        yield from _beside(relation, view)
        return
    for proposition in view.relations:
        if proposition.kind == relation.kind and _predicate_fits(relation, proposition, view):
            found = _arguments(relation, proposition, view)
            if found is not None:
                yield _range(view, proposition, found)


def _predicate_fits(relation: ReadyRelation, proposition: Proposition, view: SentenceView) -> bool:
    if not relation.predicate:
        return proposition.kind != "cause" or proposition.predicate not in WEAK
    if proposition.predicate in relation.predicate:
        return True
    head = view.parse.words[proposition.head]
    if head.pos in {"NOUN", "PROPN"}:
        surface = head.text.lower()
        return surface in relation.predicate or _nominal(head.lemma) & relation.predicate != set()
    return False


def _nominal(noun: str) -> set[str]:
    """The verbs that a noun of action may come from ("infiltration": infiltrate)."""
    found: set[str] = set()
    for ending, verbs in NOUN_ENDINGS:
        if noun.endswith(ending) and len(noun) > len(ending) + 2:
            stem = noun[: -len(ending)]
            found.update(stem + verb for verb in verbs)
            if ending in {"ing", "er"} and stem[-1:] == stem[-2:-1]:
                found.add(stem[:-1])
    return found


def _arguments(relation: ReadyRelation, proposition: Proposition, view: SentenceView) -> list[frozenset[int]] | None:
    """The covered words of each role, or None when a role is not filled as the relation asks."""
    covered: list[frozenset[int]] = []
    used: set[int] = set()
    roles = relation.roles
    if "result" in roles:
        pair = _pair(proposition, relation, view)
        if pair is None:
            return None
        covered += pair
        roles = {role: words for role, words in roles.items() if role not in {"effect", "result"}}
    for role, words in roles.items():
        candidates = _candidates(role, proposition)
        hit = next(
            (
                found
                for argument in candidates
                if (found := _fills(argument, words, view)) is not None and not (found & used)
            ),
            None,
        )
        if hit is None:
            return None
        used |= hit
        covered.append(hit)
    for role, words in relation.excluded.items():
        if any(_fills(argument, words, view) is not None for argument in _candidates(role, proposition)):
            return None
    return covered


#: How far the two things may stand apart that a rule asks for in one effect ("swear ... allegiance"), in words.
_PAIR_REACH = 7


def _pair(proposition: Proposition, relation: ReadyRelation, view: SentenceView) -> list[frozenset[int]] | None:
    """A word of the effect's list and another one of the result's list near to it, both in the effect."""
    for argument in proposition.role("result"):
        inside = argument.words
        for one in view.indices(relation.roles.get("effect", 0)):
            for other in view.indices(relation.roles["result"]):
                near = one and other and min(abs(a - b) for a in one for b in other) <= _PAIR_REACH
                if relation.ordered and near and min(one) > min(other):
                    continue
                if near and one <= inside and other <= inside and one.isdisjoint(other):
                    return [one, other]
    return None


def _candidates(role: str, proposition: Proposition) -> tuple[Argument, ...]:
    if role == "any":
        return proposition.arguments
    if role == "other":
        return tuple(
            argument for argument in proposition.arguments if argument.role not in {"agent", "subject", "cause"}
        )
    if role == "doer" and not proposition.role("doer"):
        return tuple(Argument("doer", found.head, frozenset({found.head})) for found in proposition.role("agent"))
    return proposition.role(role)


def _fills(argument: Argument, words: int, view: SentenceView) -> frozenset[int] | None:
    """The words of an argument that are of the class, itself or through its antecedent."""
    inside = view.own_words(argument)
    for covered in view.indices(words):
        if covered & inside:
            return covered & inside
    if not _anaphoric(argument, view):
        return None
    subject = _subject_before(argument, view)
    if subject is not None:
        return argument.words if any(covered & subject for covered in view.indices(words)) else None
    if view.present_before & words:
        return argument.words
    return None


def _subject_before(argument: Argument, view: SentenceView) -> frozenset[int] | None:
    """The last noun that was subject of a clause before a pronoun of the same sentence."""
    head = view.parse.words[argument.head]
    if head.pos != "PRON":
        return None
    for word in reversed(view.parse.words[: argument.head]):
        if word.dep in {"nsubj", "nsubjpass"} and word.pos in {"NOUN", "PROPN"} and word.head != head.head:
            return phrase(view.parse, word.index)
    return None


def _anaphoric(argument: Argument, view: SentenceView) -> bool:
    head = view.parse.words[argument.head]
    if head.text.lower() in _ANAPHORS and len(argument.words) == 1:
        return True
    texts = {view.parse.words[index].text.lower() for index in argument.words}
    return head.lemma in _ANAPHORIC_NOUNS and bool(texts & _DEMONSTRATIVES)


def _beside(relation: ReadyRelation, view: SentenceView) -> Iterator[Found]:
    first, second = (view.indices(words) for words in relation.beside)
    apart = frozenset().union(*view.indices(relation.apart)) if relation.apart else frozenset()
    acts = frozenset().union(*view.indices(relation.acts)) if relation.acts else frozenset()
    for one in first:
        for other in second:
            if one and other and one.isdisjoint(other) and tied(view.parse, one, other, apart=apart, acts=acts):
                yield _span(view, [one, other], min(other))


def _undergone(relation: ReadyRelation, view: SentenceView) -> Iterator[Found]:
    harmless = frozenset().union(*view.indices(relation.apart))
    theirs = view.indices(relation.undergoer or relation.reached)
    through = frozenset().union(*view.indices(relation.through), *([] if relation.owned else theirs))
    for words in filter(None, theirs):
        if relation.undergoer:
            acts = list(undergone(view.parse, words, through=through, harmless=harmless))
        else:
            act = reached(view.parse, words, through=through, harmless=harmless, owned=relation.owned)
            acts = [] if act is None else [act]
        for act in acts:
            yield _span(view, [words, frozenset({act})], act)


def _lists(relation: ReadyRelation, view: SentenceView) -> Iterator[Found]:
    if relation.under and not view.has(relation.under):
        return
    for proposition in view.relations:
        if proposition.kind != "list":
            continue
        taken: set[int] = set()
        covered: list[frozenset[int]] = []
        for group in relation.members:
            hit = next(
                (
                    (position, found)
                    for position, member in enumerate(proposition.arguments)
                    if position not in taken and (found := _fills(member, group, view)) is not None
                ),
                None,
            )
            if hit is None:
                break
            taken.add(hit[0])
            covered.append(hit[1])
        else:
            everything = frozenset(index for member in proposition.arguments for index in member.words)
            yield _span(view, [everything], proposition.head)


def _range(view: SentenceView, proposition: Proposition, covered: list[frozenset[int]]) -> Found:
    heads = list(covered)
    if proposition.kind in {"act", "be"}:
        heads.append(frozenset({proposition.head}))
    return _span(view, heads, proposition.head)


def _span(view: SentenceView, covered: list[frozenset[int]], head: int) -> Found:
    indices = sorted(index for group in covered for index in group)
    words = [view.parse.words[index] for index in indices]
    return Found(min(word.start for word in words), max(word.end for word in words), head)
