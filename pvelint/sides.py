"""Whose side acts: is this the text's own work (programme, partner, donor, author), or that of others?

Framing findings need the text's own side (annotation: what governments or other agencies do, reported
without endorsement, is left). The judgement needs positive evidence: a possessive or subject of one's own,
a heading, cell or list item of one's own document, or an unnamed agent of an activity.
"""

from __future__ import annotations

from dataclasses import dataclass

from pvelint.cues import Cues
from pvelint.document import BlockKind
from pvelint.language import Parse, Word
from pvelint.sites import FRAGMENTS, Site

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "agent"})


@dataclass(frozen=True)
class SideJudge:
    """Answers ``own_work`` for a site; the words come from the cues."""

    cues: Cues

    def own_work(self, site: Site) -> bool:
        """Whether the words name something that the text's own side does, makes, funds or calls for."""
        parse, head = site.parse, site.head
        if parse is None or head is None:
            return False
        if self._others_possess(parse, head):
            return False
        if self._own_possess(parse, head):
            return True
        verb = _governing_verb(parse, head)
        if verb is None or not _is_clause(parse):
            return site.block.kind in FRAGMENTS or site.block.kind is BlockKind.LIST_ITEM or self._bare(site, parse)
        return self._acts(parse, verb, head)

    def _others_possess(self, parse: Parse, head: Word) -> bool:
        return any(self._is_other(parse, word) for word in _possessors(parse, head))

    def _own_possess(self, parse: Parse, head: Word) -> bool:
        return any(word.lemma in {"our", "we", "my"} or self._is_own(parse, word) for word in _possessors(parse, head))

    def _bare(self, site: Site, parse: Parse) -> bool:
        """A verbless fragment: one's own unless another actor is named in it."""
        return not any(self._is_other(parse, word) for word in parse.words)

    def _acts(self, parse: Parse, verb: Word, head: Word) -> bool:
        subject = _subject(parse, verb)
        if subject is None:
            agent = _passive_agent(parse, verb)
            if agent is not None:
                return not self._is_other(parse, agent)
            return self._is_activity(verb)
        covered = _within(parse, head, subject)
        if covered:
            agent = _passive_agent(parse, verb)
            if agent is not None:
                return not self._is_other(parse, agent)
            return subject.dep == "nsubjpass" and self._is_activity(verb)
        if self._is_other(parse, subject):
            return False
        if self._is_own(parse, subject):
            return True
        return self._is_activity(verb)

    def _is_activity(self, verb: Word) -> bool:
        return verb.lemma in self.cues.lemmas("activity-verb")

    def _is_own(self, parse: Parse, word: Word) -> bool:
        if _owned_by_us(parse, word):
            return True
        if word.lemma in self.cues.lemmas("own-side") or word.text in {"IOM", "We", "we", "Our", "our"}:
            return not any(
                self._is_other(parse, owner) for owner in _possessors(parse, word) if owner.index != word.index
            )
        return False

    def _is_other(self, parse: Parse, word: Word) -> bool:
        if _owned_by_us(parse, word):
            return False
        children = [parse.words[child] for child in parse.children[word.index]]
        if any(child.lemma in {"some", "many", "other", "most", "several", "certain"} for child in children):
            return True
        if word.lemma == "donor" and word.tag == "NNS":
            return True
        if word.lemma in self.cues.lemmas("other-side") or word.text.lower() in self.cues.lemmas("other-side"):
            return True
        return any(
            parse.words[child].dep in {"compound", "poss"} and self._is_other(parse, parse.words[child])
            for child in parse.children[word.index]
        )


def _owned_by_us(parse: Parse, word: Word) -> bool:
    """ "Our teachers", "the teachers of our project"."""
    return any(parse.words[child].text.lower() in {"our", "my"} for child in parse.children[word.index])


def _possessors(parse: Parse, head: Word) -> list[Word]:
    """Owners of a noun and of the nouns that it is part of: possessives, ``of`` and ``by`` phrases."""
    found: list[Word] = []
    chain = [head, *parse.ancestors(head.index)]
    for word in chain:
        if word.pos in {"VERB", "AUX"}:
            break
        for child in parse.children[word.index]:
            inner = parse.words[child]
            if inner.dep == "poss":
                found.append(inner)
            elif inner.dep == "prep" and inner.lemma in {"by", "of"}:
                found += [parse.words[i] for i in parse.children[child] if parse.words[i].dep == "pobj"]
            elif inner.dep == "compound" and inner.index != head.index and inner.pos == "PROPN":
                found.append(inner)
    return found


def _governing_verb(parse: Parse, head: Word) -> Word | None:
    if head.pos in {"VERB", "AUX"}:
        return head
    for word in parse.ancestors(head.index):
        if word.pos in {"VERB", "AUX"}:
            return word
    return None


def _is_clause(parse: Parse) -> bool:
    """Whether the parse has a finite verb at all."""
    return any(word.tag in {"VBZ", "VBP", "VBD", "MD"} for word in parse.words)


def _subject(parse: Parse, verb: Word) -> Word | None:
    """The subject of a verb, also through coordination, control and auxiliaries."""
    current = verb
    for _ in range(8):
        for child in parse.children[current.index]:
            if parse.words[child].dep in _SUBJECTS and parse.words[child].dep != "agent":
                return parse.words[child]
        if current.dep == "relcl" or current.dep == "acl":
            return parse.words[current.head]
        if current.head == current.index or current.dep not in {
            "conj",
            "xcomp",
            "ccomp",
            "advcl",
            "pcomp",
            "aux",
            "prep",
        }:
            return None
        governor = parse.words[current.head]
        while governor.pos not in {"VERB", "AUX"} and governor.head != governor.index:
            governor = parse.words[governor.head]
        if governor.index == current.index:
            return None
        current = governor
    return None


def _passive_agent(parse: Parse, verb: Word) -> Word | None:
    for child in parse.children[verb.index]:
        if parse.words[child].dep == "agent":
            for inner in parse.children[child]:
                if parse.words[inner].dep == "pobj":
                    return parse.words[inner]
    return None


def _within(parse: Parse, word: Word, top: Word) -> bool:
    """Whether a word lies in the subtree of another."""
    return word.index == top.index or any(ancestor.index == top.index for ancestor in parse.ancestors(word.index))


#: Roles that an adjective only fills when it stands for people ("the undocumented").
_NOUN_ROLES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "appos"})


def noun_use(site: Site) -> bool:
    """The words are a noun of their own ("the illegals"), not a modifier of one."""
    head = site.head
    if head is None or attributive(site):
        return False
    return head.pos in {"NOUN", "PROPN"} or (head.pos == "ADJ" and head.dep in _NOUN_ROLES)


def attributive(site: Site) -> bool:
    """The words modify a noun that follows them ("a CVE project")."""
    parse, head = site.parse, site.head
    if parse is None or head is None:
        return False
    governor = parse.words[head.head]
    last = site.parsed_words[-1].index
    return (
        governor.index > last
        and governor.index - last <= 3
        and head.dep in {"compound", "amod", "nmod", "npadvmod", "poss", "advmod"}
        and governor.pos in {"NOUN", "PROPN", "ADJ"}
        and head.dep != "poss"
    )


def adjective_use(site: Site) -> bool:
    """The words are an adjective, before a noun or after a copula."""
    head = site.head
    return head is not None and (head.pos == "ADJ" or head.dep in {"amod", "acomp"} or attributive(site))


def verb_use(site: Site) -> bool:
    """The words are a verb."""
    words = site.parsed_words
    return bool(words) and words[0].pos in {"VERB", "AUX"}


def broken_phrase(site: Site) -> bool:
    """The words only look like a phrase: the first is a finite verb and the rest its object ("had failed migrants")."""
    words = site.parsed_words
    if len(words) < 2 or site.parse is None:
        return False
    first = words[0]
    if first.pos not in {"VERB", "AUX"} or first.dep in {"amod", "compound"}:
        return False
    return any(
        site.parse.words[child].dep in {"nsubj", "nsubjpass", "aux", "auxpass"}
        for child in site.parse.children[first.index]
    )


def group_subject(site: Site) -> bool:
    """The words are a plural subject that stands for a whole group (no number, no "some")."""
    parse, head = site.parse, site.head
    if (
        parse is None
        or head is None
        or head.tag not in {"NNS", "NNPS", "NNP"}
        or head.dep not in {"nsubj", "nsubjpass"}
    ):
        return False
    children = [parse.words[child] for child in parse.children[head.index]]
    return not any(child.dep == "nummod" or child.lemma in {"some", "few", "several", "certain"} for child in children)
