"""Whose side acts: is this the text's own work (programme, partner, donor, author), or that of others?

Framing findings need the text's own side (annotation: what governments or other agencies do, reported
without endorsement, is left). The judgement climbs from the words found to the verbs above them; the nearest
actor that can be told decides. Where none is told, positive evidence is needed: a possessive of one's own, a
heading, cell or list item of one's own document, an unnamed agent of an activity, a call ("must", an imperative),
or people of the community who act in the present or future.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pvelint.cues import Cues
from pvelint.document import BlockKind
from pvelint.language import Parse, Word
from pvelint.sites import FRAGMENTS, Site
from pvelint.syntax import children, phrase

_VERBAL = frozenset({"VERB", "AUX"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_OURS = frozenset({"we", "our", "ours", "us", "i", "my", "let's"})
_CALLS = frozenset({"must", "should", "shall", "ought", "need"})
_AHEAD = frozenset({"will", "shall", "would", "can", "could", "may", "must", "should", "might"})
_PARTLY = frozenset(
    {
        "international",
        "federal",
        "royal",
        "rival",
        "foreign",
        "some",
        "many",
        "other",
        "most",
        "several",
        "certain",
        "another",
    }
)
#: What a programme does with the people who then act for it.
_ENGAGING = frozenset({"hire", "train", "commission", "engage", "recruit", "select", "equip", "pay", "coach", "mentor"})
#: How the notice of one's own post begins.
_ADVERTISED = (
    "vacancy", "terms of reference", "job", "post:", "position", "wanted", "call for application",
    "we are hiring",
)  # fmt: skip
#: What people who act for the programme are called beside their office: "community correspondents".
_LOCAL = frozenset(
    {"community", "youth", "volunteer", "trained", "village", "peer", "women", "student", "neighbourhood"}
)
#: Professions whose people a programme engages: what they "will" do, a plan says of its own side.
_HIRED = frozenset({"scholar", "correspondent", "journalist", "reporter", "expert", "academic", "historian",
                    "columnist", "cleric", "fellow", "critic", "lecturer", "professor", "researcher", "analyst",
                    "author"})  # fmt: skip
#: Relations of a verb to one above it over which the side is looked for.
_CLIMBED = frozenset(
    {"conj", "xcomp", "ccomp", "advcl", "pcomp", "prep", "relcl", "acl", "dep", "amod", "attr", "acomp"}
)
#: Nouns that mean the text itself or its occasion when "this" stands before them.
_HERE = frozenset({"this", "these"})


@dataclass(frozen=True)
class SideJudge:
    """Answers ``own_work`` for a site; the words come from the cues."""

    cues: Cues

    def own_work(self, site: Site) -> bool:
        """Whether the words name something that the text's own side does, makes, funds or calls for."""
        parse, head = site.parse, _centre(site)
        if parse is None or head is None:
            return False
        inside = frozenset(word.index for word in site.parsed_words)
        owners = [word for word in _possessors(parse, head) if inside.isdisjoint(phrase(parse, word.index))]
        if any(self._is_other(parse, word) for word in owners):
            return False
        if any(word.lemma in _OURS or self._is_own(parse, word) for word in owners) or _begins_ours(site):
            return True
        verb = _governing_verb(parse, head)
        if verb is None or not _is_clause(parse):
            return site.block.kind in FRAGMENTS or site.block.kind is BlockKind.LIST_ITEM or self._bare(parse, inside)
        return not self._told_of_others(parse, verb) and self._acts(site, verb, head, inside)

    def own_doer(self, site: Site) -> bool:
        """Whether one's own side does what a verb in the words says, by its subject and not by its kind of activity.

        People who are nobody's count in the present and future: what a document says that they do is planned.
        """
        parse, head = site.parse, _centre(site)
        if parse is None or head is None or not self.own_work(site):
            return False
        verb = _governing_verb(parse, head)
        if verb is None:
            return True
        for level in _verbs_above(parse, verb):
            actor, passive = _actor(parse, level)
            if actor is None or (passive and actor.dep == "nsubjpass") or actor.pos == "PRON":
                continue
            return self._is_own(parse, actor) or self._is_person(site, parse, actor) or self._is_other(parse, actor)
        return True

    def own_subject(self, site: Site) -> bool:
        """Whether the subject over the words is one's own side, or an activity of one's own is meant.

        Stricter than ``own_work``: nothing is taken from the kind of verb.
        """
        parse, head = site.parse, _centre(site)
        if parse is None or head is None:
            return False
        verb = _governing_verb(parse, head)
        if verb is not None and _is_clause(parse):
            if self._told_of_others(parse, verb):
                return False
            for level in _verbs_above(parse, verb):
                if any(c.lemma in {"not", "never", "neither", "nor", "no"} for c in children(parse, level.index)):
                    return False
                actor, passive = _actor(parse, level)
                if level.index != verb.index and level.lemma in self.cues.lemmas("speech-verb"):
                    return False
                if actor is None or actor.lemma in {"it", "that", "which", "who"}:
                    continue
                if passive and actor.dep == "nsubjpass":
                    ours = self._marked(parse, frozenset({actor.index})) or level.lemma in _ENGAGING
                    return ours and not self._is_other(parse, actor)
                if self._is_other(parse, actor):
                    return actor.lemma in _HIRED and _modal(parse, level)
                return self._is_own(parse, actor) or (self._is_person(site, parse, actor) and _modal(parse, level))
        opening = parse.words[0].lemma.lower() in self.cues.lemmas("own-side") | {"expect"}
        return opening or (self._marked(parse, frozenset()) and self._bare(parse, frozenset()))

    def _told_of_others(self, parse: Parse, verb: Word) -> bool:
        """The verb stands in what somebody else says or recognizes: "States recognize that efforts to ... fail"."""
        below = verb
        for above in parse.ancestors(verb.index):
            if below.dep == "ccomp" and above.pos in {"VERB", "AUX"}:
                speaker, _ = _actor(parse, above)
                doer, _ = _actor(parse, below)
                if doer is not None and self._is_own(parse, doer):
                    return False
                if speaker is not None and self._is_other(parse, speaker):
                    return True
            below = above
        return False

    def _bare(self, parse: Parse, inside: frozenset[int]) -> bool:
        """A verbless fragment: one's own unless another actor is named in it; the post that it advertises is none."""
        first = " ".join(word.text.lower() for word in parse.words[:4])
        if first.startswith(_ADVERTISED):
            return True
        own = {"programme", "program", "office", "team", "project", "mission"}
        return not any(
            inside.isdisjoint(phrase(parse, word.index))
            and self._is_other(parse, word)
            and not (word.dep == "compound" and parse.words[word.head].lemma in own)
            for word in parse.words
        )

    def _acts(self, site: Site, verb: Word, head: Word, inside: frozenset[int]) -> bool:
        """Climb from the verb: the nearest actor that can be told decides."""
        parse = site.parse
        assert parse is not None
        person = False
        for level in _verbs_above(parse, verb):
            if children(parse, level.index, "neg"):
                return False
            actor, passive = _actor(parse, level)
            if actor is not None and head.index in phrase(parse, actor.index):
                passive = passive or actor.dep == "nsubjpass"
                if not passive:
                    # The words are the subject of a plain statement about them: not an act of anybody.
                    return self._subject_is_ours(parse, level, actor, inside)
                actor = None
            if actor is None:
                activity = self._is_activity(level)
                if (_imperative(parse, level) and (activity or level.index == head.index)) or (passive and activity):
                    return True
                continue
            if self._is_other(parse, actor):
                future = any(c.lemma in {"will", "shall"} for c in children(parse, level.index, "aux"))
                hired = future and actor.lemma in _HIRED
                return (hired or _calls(parse, level)) and not self._reported(parse, level)
            if self._is_own(parse, actor) and not _any_such(parse, level, actor):
                return True
            person = person or self._is_person(site, parse, actor)
            if self._is_activity(level):
                return True
            if actor.pos == "PRON":
                continue
            if _modal(parse, level):
                return True
        return self._untold(parse, verb, head, person, inside)

    def _subject_is_ours(self, parse: Parse, verb: Word, subject: Word, inside: frozenset[int]) -> bool:
        """ "A rebuttal cell will monitor ...": the own side's by its kind or by what is said of it."""
        future = any(child.lemma in {"will", "shall"} for child in children(parse, verb.index, "aux"))
        if future or (verb.lemma == "be" and self._marked(parse, inside)):
            return True
        return subject.lemma in self.cues.lemmas("own-side") and not _past(parse, verb)

    def _untold(self, parse: Parse, verb: Word, head: Word, person: bool, inside: frozenset[int]) -> bool:
        """No actor that can be told: an activity, or people of the community in the present or future."""
        if self._is_activity(verb) or self._marked(parse, inside):
            return True
        if verb.dep in {"csubj", "csubjpass", "nsubj"}:
            return False
        actor, _ = _actor(parse, verb)
        if actor is None and (_ahead(parse, verb) or verb.tag in {"VB", "VBG"}):
            return True
        return person and verb.index == head.index and not _past(parse, verb)

    def _marked(self, parse: Parse, inside: frozenset[int]) -> bool:
        """Whether the sentence names one's own side anywhere."""
        return any(
            word.text.lower() in _OURS
            or word.text == "IOM"
            or (
                word.lemma in {"project", "programme", "program", "studio", "grant", "mission", "consortium", "partner"}
                and word.index not in inside
                and (
                    word.dep == "compound"
                    or any(c.lemma in {"the", "this"} for c in children(parse, word.index, "det"))
                )
            )
            for word in parse.words
        )

    def _reported(self, parse: Parse, verb: Word) -> bool:
        """Whether the verb stands in what another actor says."""
        speech = self.cues.lemmas("speech-verb")
        for above in _verbs_above(parse, verb):
            if above.index != verb.index and above.lemma in speech:
                actor, _ = _actor(parse, above)
                return actor is not None and self._is_other(parse, actor)
        return False

    def _is_activity(self, verb: Word) -> bool:
        return verb.lemma in self.cues.lemmas("activity-verb")

    def _is_person(self, site: Site, parse: Parse, word: Word) -> bool:
        """People of the community; in a caption also whoever is named."""
        if word.lemma in self.cues.lemmas("community") or _local(parse, word):
            return True
        named = word.pos == "PROPN" and bool(children(parse, word.index, "appos", "nummod", "npadvmod"))
        return named or (word.pos == "PROPN" and site.block.kind is BlockKind.CAPTION)

    def _is_own(self, parse: Parse, word: Word) -> bool:
        if word.lemma in _OURS or word.text.lower() in _OURS or _owned_by_us(parse, word) or word.text == "IOM":
            return True
        if any(self._is_own(parse, apposed) for apposed in children(parse, word.index, "appos")):
            return True
        if any(child.text.lower() in _HERE for child in children(parse, word.index, "det")):
            return not self._is_other(parse, word) or word.lemma in {
                "author",
                "study",
                "expert",
                "act",
                "bank",
                "university",
            }
        if word.lemma in self.cues.lemmas("own-side"):
            return not any(
                self._is_other(parse, owner) for owner in _possessors(parse, word) if owner.index != word.index
            )
        return any(
            self._is_own(parse, owner) for owner in children(parse, word.index, "poss") if owner.index != word.index
        )

    def _is_other(self, parse: Parse, word: Word) -> bool:
        if _owned_by_us(parse, word):
            return False
        if any(
            child.lemma in _OURS
            for owner in children(parse, word.index, "appos")
            for child in children(parse, owner.index, "poss")
        ):
            return False
        below = children(parse, word.index)
        if any(child.lemma in {"former", "ex"} or child.text.lower() in _LOCAL for child in below):
            return False
        if any(child.lemma in _PARTLY for child in below):
            return True
        if word.lemma == "donor" and word.tag == "NNS":
            return not children(parse, word.index, "poss")
        if word.lemma in self.cues.lemmas("other-side") or word.text.lower() in self.cues.lemmas("other-side"):
            return True
        return any(child.dep in {"compound", "poss"} and self._is_other(parse, child) for child in below)


def _local(parse: Parse, word: Word) -> bool:
    return any(child.text.lower() in _LOCAL for child in children(parse, word.index))


def _centre(site: Site) -> Word | None:
    """The word of the range that the side is asked of: its verb where one governs, else its head."""
    inside = {word.index for word in site.parsed_words}
    for word in site.parsed_words:
        if word.pos == "VERB" and (word.head == word.index or word.head not in inside):
            return word
    return site.head


def _any_such(parse: Parse, verb: Word, actor: Word) -> bool:
    """ "A station that mocks them": any that does, not one of one's own."""
    articles = children(parse, actor.index, "det")
    return (
        verb.dep == "relcl"
        and any(word.lemma in {"a", "an", "any"} for word in articles)
        and not _owned_by_us(parse, actor)
    )


def _begins_ours(site: Site) -> bool:
    """ "Our foot soldiers": the words found begin with a possessive of one's own."""
    return bool(site.parsed_words) and site.parsed_words[0].text.lower() in {"our", "my", "ours", "we"}


def _owned_by_us(parse: Parse, word: Word) -> bool:
    """ "Our teachers", "the teachers of our project"."""
    return any(parse.words[child].text.lower() in {"our", "my"} for child in parse.children[word.index])


def _possessors(parse: Parse, head: Word) -> list[Word]:
    """Owners of a noun and of the nouns that it is part of: possessives, ``of`` and ``by`` phrases."""
    found: list[Word] = []
    chain = [head, *parse.ancestors(head.index)]
    for word in chain:
        if word.pos in _VERBAL:
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
    if head.pos in _VERBAL:
        return head
    for word in parse.ancestors(head.index):
        if word.pos in _VERBAL:
            return word
    return None


def _verbs_above(parse: Parse, verb: Word) -> Iterator[Word]:
    """A verb and the verbs above it whose actor may be the same or behind it."""
    current = verb
    for _ in range(8):
        yield current
        if current.head == current.index or current.dep not in _CLIMBED:
            return
        above = parse.words[current.head]
        while above.pos not in _VERBAL and above.head != above.index:
            above = parse.words[above.head]
        if above.pos not in _VERBAL or above.index == current.index:
            return
        current = above


def _actor(parse: Parse, verb: Word) -> tuple[Word | None, bool]:
    """Who does what the verb says, and whether the verb is passive."""
    below = children(parse, verb.index)
    bare = verb.tag == "VBN" and verb.dep in {"acl", "amod", "relcl"}
    passive = any(child.dep in {"auxpass", "nsubjpass"} for child in below) or (
        bare and not any(child.dep in {"aux", "nsubj"} for child in below)
    )
    if passive:
        for child in below:
            if child.dep == "agent" or (child.dep == "prep" and child.lemma == "by"):
                for inner in children(parse, child.index, "pobj"):
                    return inner, True
        subject = next((child for child in below if child.dep == "nsubjpass"), None)
        return (subject, True) if subject is not None and _within(parse, verb, subject) else (None, True)
    for child in below:
        if child.dep in _SUBJECTS:
            relative = child.lemma in {"who", "which", "that", "whom"} and verb.dep == "relcl"
            return (parse.words[verb.head] if relative else child), False
    if verb.dep in {"relcl", "acl"} and verb.tag != "VBN":
        return parse.words[verb.head], False
    if verb.dep in {"xcomp", "ccomp"}:
        above = parse.words[verb.head]
        controlled = children(parse, above.index, "dobj")
        if controlled and above.pos in _VERBAL:
            return controlled[0], False
    return None, False


def _imperative(parse: Parse, verb: Word) -> bool:
    """ "Name the liar": a base form without subject and auxiliary that nothing controls."""
    below = children(parse, verb.index)
    if verb.tag not in {"VB", "VBP"} or any(child.dep in {*_SUBJECTS, "aux", "expl"} for child in below):
        return False
    return verb.dep in {"ROOT", "ccomp", "parataxis"} or (
        verb.dep == "conj" and _imperative(parse, parse.words[verb.head])
    )


def _calls(parse: Parse, verb: Word) -> bool:
    """ "must", "should", "has to": the author calls for it."""
    marks = {child.lemma for child in children(parse, verb.index, "aux", "auxpass")}
    return bool(marks & _CALLS) or verb.lemma in {"need", "ought"}


def _ahead(parse: Parse, verb: Word) -> bool:
    """Future, modal or infinitive."""
    return any(child.lemma in _AHEAD or child.text.lower() == "to" for child in children(parse, verb.index, "aux"))


def _modal(parse: Parse, verb: Word) -> bool:
    return any(child.lemma in _AHEAD for child in children(parse, verb.index, "aux"))


def _past(parse: Parse, verb: Word) -> bool:
    auxiliaries = children(parse, verb.index, "aux", "auxpass")
    if any(child.lemma in _AHEAD or child.text.lower() == "to" for child in auxiliaries):
        return False
    return (
        verb.tag == "VBD"
        or (verb.tag == "VBN" and not any(c.tag in {"VBZ", "VBP"} for c in auxiliaries))
        or any(child.tag == "VBD" for child in auxiliaries)
    )


def _is_clause(parse: Parse) -> bool:
    """Whether the parse has a finite verb at all."""
    return any(word.tag in {"VBZ", "VBP", "VBD", "MD"} for word in parse.words)


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


def negative_within(site: Site) -> bool:
    """The words deny what they say of something ("piety is no warning sign"); "no longer" denies nothing of it."""
    inside = [token.norm for token in site.tokens[site.first : site.last]]
    return any(
        (norm in {"no", "not", "never", "neither", "nor", "cannot"} or norm.endswith("n't"))
        and following not in {"longer", "."}
        for norm, following in zip(inside, [*inside[1:], ""], strict=True)
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
