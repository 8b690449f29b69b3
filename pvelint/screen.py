"""What each sentence of a draft may hold, found out before anything is parsed or judged.

One pass over the tokens tells which word lists have a word in the sentence; from that follow the phrases that are
there, the relations that can be there, and what the signs of the sentence add up to. Most sentences end here. The
module imports next to nothing, because for a draft without a candidate it is all that runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_
from typing import Generic, TypeVar

from pvelint.document import BlockKind
from pvelint.hashtags import spread
from pvelint.knowledge import Knowledge
from pvelint.matching import Matcher, ReadyRelation, ReadyRule
from pvelint.sites import BlockText, DocumentText
from pvelint.tokens import Token
from pvelint.weighing.features import Range, Sign, signs
from pvelint.weighing.weights import Weighed
from pvelint.wordindex import Occurrences, WordIndex, numbers

#: In shorter sentences the sum is chance.
FEWEST_WORDS = 4
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block as tokens ``first`` to ``last`` (half-open), with the words of the rules' lists in it.

    present_before: the lists with a word in the sentence before (one bit each), for pronouns.
    """

    text: BlockText
    number: int
    first: int
    last: int
    found: Occurrences
    present_before: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that may hold in a sentence.

    phrase:    the tokens that one of its patterns matches, or None.
    relations: those for which the sentence must be parsed, when there is no phrase.
    """

    ready: ReadyRule
    phrase: Range | None
    relations: tuple[ReadyRelation, ...]


@dataclass(frozen=True, slots=True)
class Screened:
    """A sentence with its candidates.

    sums:  what its signs add up to by family (letter); None where nothing is weighed.
    alone: rules that the sum alone may call for.
    """

    sentence: Sentence
    candidates: tuple[Candidate, ...]
    sums: Mapping[str, float] | None
    alone: tuple[ReadyRule, ...]


@dataclass(frozen=True, slots=True)
class _Hashtags:
    """A sentence whose hashtags are taken apart into words."""

    tokens: tuple[Token, ...]
    origin: tuple[int, ...]
    found: Occurrences

    @classmethod
    def of(cls, sentence: Sentence, lists: WordIndex) -> _Hashtags | None:
        words = spread(sentence.text.tokens, sentence.first, sentence.last)
        if words is None:
            return None
        tokens, origin = words
        return cls(tokens, origin, lists.scan(tokens, 0, len(tokens)))

    def phrase(self, ready: ReadyRule) -> Range | None:
        """The tokens of the sentence that one of a rule's patterns matches, or None."""
        for matcher in ready.matchers:
            found = matcher.find(self.found, self.tokens, 0, len(self.tokens))
            if found is not None:
                return self.origin[found[0]], self.origin[found[1] - 1] + 1
        return None


class _ByList(Generic[T]):
    """Things that each need words of some lists, under the rarest of these, so that few are looked at."""

    def __init__(self, commonness: Sequence[int]) -> None:
        self._commonness = commonness
        self._things: dict[int, list[tuple[int, int, int, T]]] = {}
        self._always: list[tuple[int, int, int, T]] = []
        self._keys = 0
        self._count = 0

    def add(self, needed: int, rule: int, thing: T) -> None:
        entry = (self._count, needed, rule, thing)
        self._count += 1
        if not needed:
            self._always.append(entry)
            return
        key = min(numbers(needed), key=lambda number: self._commonness[number])
        self._things.setdefault(key, []).append(entry)
        self._keys |= 1 << key

    def met(self, present: int) -> list[tuple[int, T]]:
        """The things whose lists are all present, in the order in which they were added, each with its rule."""
        found = list(self._always)
        for key in numbers(present & self._keys):
            found += [entry for entry in self._things[key] if present & entry[1] == entry[1]]
        found.sort(key=itemgetter(0))
        return [(rule, thing) for _, _, rule, thing in found]


def _has_hashtag(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(tokens[index].text == "#" for index in range(first, last))


class Screen:
    """The first look at a draft for one reader."""

    def __init__(self, knowledge: Knowledge, tier: str, *, preview: bool = False) -> None:
        self._knowledge = knowledge
        self._index = knowledge.rule_index
        active = [ready for ready in self._index.rules if ready.concerns(tier, preview)]
        self._rules = [ready for ready in active if not ready.weighed]
        self._weighed = [ready for ready in active if ready.weighed]
        self._telling = _telling(knowledge) if self._weighed else 0
        self._matchers: _ByList[Matcher] = _ByList(self._index.commonness)
        self._relations: _ByList[ReadyRelation] = _ByList(self._index.commonness)
        for number, ready in enumerate(self._rules):
            for matcher in ready.matchers:
                self._matchers.add(matcher.required, number, matcher)
            for relation in ready.relations:
                self._relations.add(relation.here | relation.here_or_before, number, relation)

    def may_hold_any(self, document: DocumentText) -> bool:
        """Whether there is anything in a draft that could become a finding, or be set aside."""
        scan = self._knowledge.scanner.scan
        return any(
            any(match.pattern.status in ("avoided", "acronym") for match in scan(text.tokens))
            for text in document.blocks
            if text.block.kind is not BlockKind.CODE
        ) or any(True for _ in self.sentences(document))

    def sentences(self, document: DocumentText) -> Iterator[Screened]:
        """The sentences that may hold something, in order."""
        for text in document.blocks:
            if text.block.kind is BlockKind.CODE:
                continue
            before = 0
            for number, span in enumerate(text.sentences):
                first, last = text.token_at(span.start), text.token_at(span.end)
                if last <= first:
                    before = 0
                    continue
                found = self._index.lists.scan(text.tokens, first, last)
                if found.present or before or _has_hashtag(text.tokens, first, last):
                    screened = self._screen(Sentence(text, number, first, last, found, before))
                    if screened.candidates or screened.alone:
                        yield screened
                before = found.present

    def _screen(self, sentence: Sentence) -> Screened:
        candidates = tuple(self._candidates(sentence))
        on_our_matter = self._on_our_matter(sentence)
        if not candidates and not on_our_matter:
            return Screened(sentence, (), None, ())
        sums = sentence_sums(self._knowledge, sentence)
        weights = self._knowledge.weights
        if sums is None or weights is None:
            return Screened(sentence, candidates, None, ())
        bars = weights.bars
        alone = tuple(
            ready for ready in self._weighed if on_our_matter and sums[ready.id[0]] >= bars[ready.id[0]].alone
        )
        # Where no finding of a family could stand, the sentence is not parsed for it.
        hopeless = {letter for letter, total in sums.items() if total < bars[letter].floor}
        kept = tuple(one for one in candidates if one.phrase is not None or one.ready.id[0] not in hopeless)
        return Screened(sentence, kept, sums, alone)

    def _on_our_matter(self, sentence: Sentence) -> bool:
        """Whether a word that is rare in ordinary prose is there, or in the sentence before: else the sum is chance."""
        if not (sentence.found.present | sentence.present_before) & self._telling:
            return False
        tokens = sentence.text.tokens[sentence.first : sentence.last]
        return sum(token.kind == "word" for token in tokens) >= FEWEST_WORDS

    def _candidates(self, sentence: Sentence) -> Iterator[Candidate]:
        here, before = sentence.found.present, sentence.present_before
        phrases: dict[int, Range] = {}
        for number, matcher in self._matchers.met(here):
            if number not in phrases:
                found = matcher.find(sentence.found, sentence.text.tokens, sentence.first, sentence.last)
                if found is not None:
                    phrases[number] = found
        if _has_hashtag(sentence.text.tokens, sentence.first, sentence.last):
            hashtags = _Hashtags.of(sentence, self._index.lists)
            for number, ready in enumerate(self._rules if hashtags is not None else ()):
                in_tags = None if number in phrases or hashtags is None else hashtags.phrase(ready)
                if in_tags is not None:
                    phrases[number] = in_tags
        relations: dict[int, list[ReadyRelation]] = {}
        for number, relation in self._relations.met(here | before):
            if relation.possible(here, before):
                relations.setdefault(number, []).append(relation)
        for number in sorted(phrases.keys() | relations.keys()):
            ready = self._rules[number]
            if number in phrases:
                yield Candidate(ready, phrases[number], ())
            else:
                yield Candidate(ready, None, tuple(relations[number]))


def _telling(knowledge: Knowledge) -> int:
    """The word classes, one bit each, that tell that a sentence is on our matter."""
    classes = knowledge.rule_index.classes
    names = knowledge.weights.telling if knowledge.weights is not None else ()
    return reduce(or_, (classes[name] for name in names if name in classes), 0)


def weigh(knowledge: Knowledge, sentence: Sentence) -> Weighed:
    """What a sentence adds up to, and what each token adds. The knowledge must have weights."""
    assert knowledge.weights is not None
    return knowledge.weights.weigh(sentence_signs(knowledge, sentence), sentence.last - sentence.first)


def sums_at(knowledge: Knowledge, text: BlockText, offset: int) -> Mapping[str, float] | None:
    """What the sentence that holds a code point adds up to; None where nothing is weighed."""
    number = text.sentence_at(offset)
    span = text.sentences[number]
    first, last = text.token_at(span.start), text.token_at(span.end)
    found = knowledge.rule_index.lists.scan(text.tokens, first, last)
    return sentence_sums(knowledge, Sentence(text, number, first, last, found, 0))


def sentence_sums(knowledge: Knowledge, sentence: Sentence) -> Mapping[str, float] | None:
    """The sums alone, which is quicker; None where nothing is weighed."""
    if knowledge.weights is None or not sentence.found.present:
        return None
    text, number, present = sentence.text, sentence.number, sentence.found.present
    return knowledge.weights.sums(
        [token.norm for token in text.tokens[sentence.first : sentence.last]],
        before=[token.norm for token in _tokens_of(text, number - 1)],
        after=[token.norm for token in _tokens_of(text, number + 1)],
        classes=[name for name, bit in knowledge.rule_index.classes.items() if present & bit],
    )


def sentence_signs(
    knowledge: Knowledge, sentence: Sentence, telling: Collection[str] | None = None
) -> dict[str, list[Sign]]:
    """The signs of a sentence by group, as they are weighed and trained on.

    telling: the word classes on our matter; None takes those of the weights.
    """
    if telling is None:
        telling = knowledge.weights.telling if knowledge.weights is not None else ()
    text, number = sentence.text, sentence.number
    found = sentence.found
    classes = {
        name: tuple((first - sentence.first, last - sentence.first) for first, last in found.find(bit))
        for name, bit in knowledge.rule_index.classes.items()
        if found.present & bit
    }
    return signs(
        text.tokens[sentence.first : sentence.last],
        before=_tokens_of(text, number - 1),
        after=_tokens_of(text, number + 1),
        classes=classes,
        telling=telling,
    )


def _tokens_of(text: BlockText, number: int) -> Sequence[Token]:
    """The tokens of a sentence of the block; none before the first and after the last."""
    if not 0 <= number < len(text.sentences):
        return ()
    span = text.sentences[number]
    return text.tokens[text.token_at(span.start) : text.token_at(span.end)]
