"""How the writer uses the words found: asserted, quoted, negated, rebutted, mention or name.

The method is that of the ConText family (cues as data with category and direction; Harkema et al. 2009),
with scope from the parse: a cue counts only when it governs the words. The first judgement that has
evidence wins, in the order name, mention, rebutted, negated, quoted; plain text is asserted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pvelint.cues import Cues
from pvelint.document import Span
from pvelint.findings import Usage, UsageKind
from pvelint.language import Parse, Word
from pvelint.names import looks_like_name
from pvelint.quotes import Quotation, quotations
from pvelint.sites import Site
from pvelint.tokens import Token

ASSERTED = Usage(UsageKind.ASSERTED)

#: How far (tokens) a word about words may stand from the words discussed.
_MENTION_REACH = 4
_OWN_SPEAKERS = frozenset({"our", "we", "us", "iom"})


@dataclass(frozen=True)
class UsageJudge:
    """Judges the usage of a site; the cue words are data."""

    cues: Cues

    def judge(self, site: Site, *, leave: Collection[UsageKind] = tuple(UsageKind)) -> Usage:
        """The usage with the words that decided it.

        leave: the usages that matter to the asker; evidence for another kind does not end the search.
        """
        quotation = _quotation_at(site)
        for test in (self._name, self._mention, self._rebutted, self._negated):
            usage = test(site, quotation)
            if usage is not None and usage.kind in leave:
                return usage
        return self._quoted(site, quotation) or ASSERTED

    def _name(self, site: Site, quotation: Quotation | None) -> Usage | None:
        name = looks_like_name(site)
        if name is not None:
            return Usage(UsageKind.NAME, name)
        title = next((span for span in site.block.emphasis if span.contains(site.span)), None)
        if title is None and quotation is not None:
            title = quotation.inner
        if title is not None and self._is_others_title(site, title):
            return Usage(UsageKind.NAME, site.block.text[title.start : title.end])
        return None

    def _is_others_title(self, site: Site, title: Span) -> bool:
        """A work's title in italics or quotation marks: capitalised like one, longer than the words."""
        words = site.block.text[title.start : title.end].split()
        content = [word for word in words if len(word) > 3]
        capitals = sum(word[0].isupper() for word in content)
        if len(words) < 3 or capitals < max(2, (len(content) + 1) // 2):
            return False
        before = site.block.text[max(0, title.start - 60) : title.start].lower()
        return not any(own in before.replace("(", " ").split() for own in ("our", "we"))

    def _mention(self, site: Site, quotation: Quotation | None) -> Usage | None:
        tokens, low = site.tokens, site.sentence_first
        first, last = site.first, site.last
        if quotation is not None:
            first = site.text.token_at(quotation.outer.start)
            last = site.text.token_at(quotation.outer.end)
            inside = sum(token.kind == "word" for token in tokens[first:last])
            own = sum(token.kind == "word" for token in tokens[site.first : site.last])
            if inside > own + 3 and not self._mention_noun_before(site, first):
                return self._mention_cue(site, site.first, site.last)
            evidence = self._mention_evidence(site, first, last)
            if evidence is not None:
                return Usage(UsageKind.MENTION, evidence)
            spoken = inside > own and self._spoken(site, first, last)
            if inside <= own + 2 and not spoken and not self._own_label(site, first):
                return Usage(UsageKind.MENTION, site.block.text[quotation.outer.start : quotation.outer.end])
            return None
        del low
        return self._mention_cue(site, first, last)

    def _spoken(self, site: Site, first: int, last: int) -> bool:
        """A verb of saying stands directly around the quotation: it is an utterance, not a word at a distance."""
        speech = self.cues.phrases("speech-verb")
        before = speech.find(site.tokens, max(site.sentence_first, first - 4), first)
        after = speech.find(site.tokens, last, min(len(site.tokens), last + 5))
        return next(before, None) is not None or next(after, None) is not None

    def _own_label(self, site: Site, first: int) -> bool:
        """The quotation is the writer's own title or slogan, not a word held at a distance."""
        before = [token.norm for token in site.tokens[max(site.sentence_first, first - 4) : first]]
        return any(
            word in {"our", "we", "project", "campaign", "programme", "program", "entitled", "titled"}
            for word in before
        )

    def _mention_noun_before(self, site: Site, first: int) -> bool:
        start = max(site.sentence_first, first - _MENTION_REACH)
        return next(self.cues.phrases("mention-noun").find(site.tokens, start, first), None) is not None

    def _mention_cue(self, site: Site, first: int, last: int) -> Usage | None:
        evidence = self._mention_evidence(site, first, last)
        return Usage(UsageKind.MENTION, evidence) if evidence is not None else None

    def _mention_evidence(self, site: Site, first: int, last: int) -> str | None:
        """Words about words close to the range: "the term X", "called X", "do not write X", "so-called X"."""
        tokens = site.tokens
        start = max(site.sentence_first, first - _MENTION_REACH)
        noun = _last(self.cues.phrases("mention-noun").find(tokens, start, first))
        if noun is not None and _only_glue(site, noun[1], first):
            return _text(site, noun)
        after = next(self.cues.phrases("mention-noun").find(tokens, last, min(site.sentence_last, last + 6)), None)
        if after is not None and _says_that_it_is(site, last, after[0]):
            return _text(site, after)
        verb = _last(self.cues.phrases("mention-verb").find(tokens, start, first))
        if verb is not None and _only_glue(site, verb[1], first, objects=True):
            return _text(site, verb)
        label = _last(self.cues.phrases("label-verb").find(tokens, start, first))
        if label is not None and _only_glue(site, label[1], first) and _passive(tokens, label[0]):
            return _text(site, label)
        prefix = _last(self.cues.phrases("mention-prefix").find(tokens, start, first))
        if prefix is not None and prefix[1] >= first - 1:
            return _text(site, prefix)
        instruction = _last(self.cues.phrases("mention-instruction").find(tokens, start, first))
        if instruction is not None and _only_glue(site, instruction[1], first):
            about_words = any(token.norm in _WRITING for token in tokens[instruction[0] : instruction[1]])
            if about_words or (tokens[first].kind == "mark" and tokens[first].text != "("):
                return _text(site, instruction)
        return None

    def _rebutted(self, site: Site, quotation: Quotation | None) -> Usage | None:
        del quotation
        tokens = site.tokens
        after = next(self.cues.phrases("rebuttal-phrase").find(tokens, site.last, site.sentence_last), None)
        if after is not None:
            return Usage(UsageKind.REBUTTED, _text(site, after))
        for category in ("rebuttal-phrase", "rebuttal-noun"):
            found = _last(self.cues.phrases(category).find(tokens, site.sentence_first, site.first))
            if found is not None and not _contrast_between(site, found[1], site.first):
                return Usage(UsageKind.REBUTTED, _text(site, found))
        adjective = _last(
            self.cues.phrases("rebuttal-adjective").find(tokens, max(site.sentence_first, site.first - 8), site.first)
        )
        if adjective is not None and not _contrast_between(site, adjective[1], site.first):
            return Usage(UsageKind.REBUTTED, _text(site, adjective))
        return self._rebutted_by_neighbour(site)

    def _rebutted_by_neighbour(self, site: Site) -> Usage | None:
        """The next sentence rejects the claim, or the one before announces a myth."""
        sentences, index = site.text.sentences, site.sentence_index
        if index + 1 < len(sentences):
            start = site.text.token_at(sentences[index + 1].start)
            length = (
                self.cues.phrases("rebuttal-next").starting_at(site.tokens, start, len(site.tokens))
                if start < len(site.tokens)
                else 0
            )
            if length:
                return Usage(UsageKind.REBUTTED, _text(site, (start, start + length)))
        start = site.sentence_first
        length = (
            self.cues.phrases("rebuttal-previous").starting_at(site.tokens, start, site.first)
            if start < site.first
            else 0
        )
        if length and site.tokens[start + length].text == ":":
            return Usage(UsageKind.REBUTTED, _text(site, (start, start + length)))
        return None

    def _negated(self, site: Site, quotation: Quotation | None) -> Usage | None:
        del quotation
        parse, head = site.parse, site.head
        if parse is None or head is None:
            return None
        evidence = governing_negation(
            parse,
            head,
            refusals=self.cues.lemmas("refusal-verb"),
            prepositions=self.cues.lemmas("refusal-preposition"),
        )
        return Usage(UsageKind.NEGATED, evidence) if evidence else None

    def _quoted(self, site: Site, quotation: Quotation | None) -> Usage | None:
        if quotation is not None and quotation.outer.end - quotation.outer.start > 2:
            if self._own_voice(site, quotation):
                return None
            if self._own_label(site, site.text.token_at(quotation.outer.start)):
                return None
            return Usage(UsageKind.QUOTED, "quotation marks")
        if site.block.quoted:
            return Usage(UsageKind.QUOTED, "block quotation")
        return self._reported_label(site)

    def _reported_label(self, site: Site) -> Usage | None:
        """ "The press calls them X": the label is somebody else's, and left standing."""
        start = max(site.sentence_first, site.first - 2 * _MENTION_REACH)
        verb = _last(self.cues.phrases("label-verb").find(site.tokens, start, site.first))
        if verb is None or not _only_glue(site, verb[1], site.first, objects=True):
            return None
        before = site.tokens[max(site.sentence_first, verb[0] - 3) : verb[0]]
        if any(token.norm in _OWN_SPEAKERS for token in before):
            return None
        return Usage(UsageKind.QUOTED, _text(site, verb))

    def _own_voice(self, site: Site, quotation: Quotation) -> bool:
        """The words of the organization's own staff count as its own words."""
        start = site.text.token_at(quotation.outer.start)
        end = site.text.token_at(quotation.outer.end)
        tokens = site.tokens
        around = [*tokens[max(0, start - 12) : start], *tokens[end : end + 16]]
        speech = self.cues.lemmas("speech-verb")
        spoke = any(
            token.norm.rstrip("sd") in speech or token.norm in {"said", "says", "told", "wrote"} for token in around
        )
        return spoke and any(token.norm in _OWN_SPEAKERS for token in around)


def governing_negation(
    parse: Parse, head: Word, *, refusals: frozenset[str], prepositions: frozenset[str]
) -> str | None:
    """The words that negate or refuse the governed word, or None.

    Climbs from the word to its governors. A negation counts when it stands on the word or on a governor whose
    complement the word is; "but" ends the scope ("does not stop there but funds ..."), "not only" is none.
    """
    determiner = _negative_determiner(parse, head)
    if determiner is not None:
        return determiner.text
    child = head
    for word in (head, *parse.ancestors(head.index)):
        if word.index != head.index and _scope_ends(parse, child, word):
            return None
        if word.pos in {"VERB", "AUX", "ADJ", "NOUN", "PROPN"}:
            negation = _negation_of(parse, word, child)
            if negation is not None:
                return negation
        if word.pos in {"VERB", "AUX"}:
            subject = next(
                (parse.words[i] for i in parse.children[word.index] if parse.words[i].dep in {"nsubj", "nsubjpass"}),
                None,
            )
            if subject is not None and subject.index != child.index:
                negative = _negative_determiner(parse, subject)
                if negative is not None or subject.lemma in {"nobody", "none", "nothing"}:
                    return (negative or subject).text
        if word.index != head.index:
            if (
                word.pos in {"VERB", "AUX"}
                and word.lemma in refusals
                and child.dep in _COMPLEMENTS
                and _refuses(word, child)
            ):
                return word.text
            if word.pos in {"ADP", "SCONJ"}:
                for cue in (word, *(parse.words[index] for index in parse.children[word.index])):
                    if cue.index < head.index and cue.lemma in prepositions:
                        return cue.text
            determiner = _negative_determiner(parse, word) if word.pos in {"NOUN", "PROPN"} else None
            if determiner is not None:
                return determiner.text
        child = word
    return None


def _refuses(verb: Word, below: Word) -> bool:
    """Warning *against* something refuses it; warning *of* it, or *that*, does not."""
    return verb.lemma not in {"warn", "caution", "advise"} or (below.dep == "prep" and below.lemma == "against")


_COMPLEMENTS = frozenset(
    {"dobj", "xcomp", "ccomp", "prep", "pobj", "nsubjpass", "attr", "pcomp", "advcl", "conj", "acl", "oprd"}
)


def _scope_ends(parse: Parse, child: Word, governor: Word) -> bool:
    """Whether the step from a word to its governor leaves the scope of the governor's negation."""
    if child.dep == "conj":
        between = [parse.words[i] for i in parse.children[governor.index] if governor.index < i < child.index]
        return any(word.dep == "cc" and word.lemma in {"but", "yet"} for word in between)
    if child.dep == "nsubj":
        return governor.lemma not in {"be", "work", "form", "feature", "belong", "help", "fit"}
    return child.dep in {"advcl", "relcl", "parataxis"} and governor.pos not in {"VERB", "AUX"}


def _negation_of(parse: Parse, word: Word, below: Word) -> str | None:
    for index in parse.children[word.index]:
        child = parse.words[index]
        if child.index == below.index:
            continue
        negative = child.dep == "neg" or child.lemma in {"never", "nor", "neither", "hardly"}
        if negative and not _only(parse, child):
            return child.text
    return None


def _only(parse: Parse, negation: Word) -> bool:
    """Whether it is *not only* or *not just*: no negation at all."""
    following = parse.words[negation.index + 1] if negation.index + 1 < len(parse.words) else None
    return following is not None and following.lemma in {"only", "just", "merely", "simply", "solely"}


def _negative_determiner(parse: Parse, word: Word) -> Word | None:
    for index in parse.children[word.index]:
        child = parse.words[index]
        if (
            child.dep in {"det", "neg", "preconj"}
            and child.lemma in {"no", "neither", "nor", "not"}
            and not _only(parse, child)
        ):
            return child
    return None


def _quotation_at(site: Site) -> Quotation | None:
    """The innermost quotation that holds the words."""
    found = [quote for quote in quotations(site.block.text) if quote.outer.contains(site.span)]
    return found[-1] if found else None


def _last(ranges: object) -> tuple[int, int] | None:
    found = list(ranges)  # type: ignore[call-overload]
    return found[-1] if found else None


#: Verbs of writing: an instruction with one of them is about words.
_WRITING = frozenset({"write", "say", "called"})
_GLUE = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "as",
        "like",
        "such",
        "or",
        "and",
        "for",
        "is",
        "are",
        "to",
        "using",
        "use",
        "any",
        "all",
        "these",
        "those",
        "being",
        "say",
        "write",
        "phrase",
        "be",
        "terms",
        "words",
    }
)


def _only_glue(site: Site, start: int, end: int, *, objects: bool = False) -> bool:
    """Whether only marks and small words stand between a cue and the words (one object is allowed for)."""
    content = [token for token in site.tokens[start:end] if token.kind == "word" and token.norm not in _GLUE]
    return len(content) <= (2 if objects else 0)


_BE = frozenset({"be", "am", "is", "are", "was", "were", "been", "being", "get", "gets", "got"})


def _passive(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a form of *be* stands shortly before the verb: "they are called X"."""
    return any(token.norm in _BE for token in tokens[max(0, verb - 3) : verb])


def _says_that_it_is(site: Site, last: int, index: int) -> bool:
    """A word about words follows: "X" label, X is a harmful term, X, a label that hides ..."""
    between = site.tokens[last:index]
    if all(token.kind == "mark" for token in between):
        return len(between) <= 1
    first = between[0]
    return first.norm in _BE or (
        first.text in {",", "\u2013", "\u2014"}
        and len(between) > 1
        and between[1].norm in {"a", "an", "another", "the"}
    )


def _contrast_between(site: Site, start: int, end: int) -> bool:
    return any(
        token.norm in {"but", "however", "yet", "although", "though", "while", ";"} for token in site.tokens[start:end]
    )


def _text(site: Site, tokens: tuple[int, int]) -> str:
    return site.block.text[site.tokens[tokens[0]].start : site.tokens[tokens[1] - 1].end]
