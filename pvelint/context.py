"""What the judges of usage ask about a place: its quotation, head, clause, and the cues before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pvelint.cues import Cues
from pvelint.language import Parse, Word
from pvelint.quotes import Quotation, quotations
from pvelint.sites import Site
from pvelint.syntax import NOMINAL, VERBAL
from pvelint.tokens import Token

Range = tuple[int, int]

#: Words that turn a sentence: a cue before them does not reach what stands after them.
TURNS = frozenset(
    {"but", "however", "yet", "although", "though", "whereas", "nevertheless", "nonetheless", "still", "except"}
)
#: Before these "but" is no turn ("nothing but", "anything but").
_NO_TURN = frozenset({"nothing", "anything", "all", "none", "cannot", "everything"})
_STOPS = frozenset({";", "\u2014", "\u2013", "|", "\u2192"})
_SUBJECTS = frozenset(
    {"we", "they", "he", "she", "the", "our", "their", "people", "you", "i", "no", "next", "this", "these"}
)
#: What ties a claim to the noun before it, and what ties a noun phrase to it.
_CLAUSE_TIES = frozenset({"that", ":", '"', "\u201c", "\u2018", "is", "was", "as", "who", "which"})
_NOUN_TIES = frozenset({"of", "about", "such", "like", "on", "to", "for", "between"})
_FINITE = frozenset({"is", "are", "was", "were", "has", "have", "had", "will", "would", "can"})
_LOOSE = frozenset({"cc", "punct", "mark", "det", "intj", "dep", "aux", "neg", "advmod"})


@dataclass(frozen=True)
class Context:
    """A place with the cues; token ranges are half-open indices of the block's tokens."""

    site: Site
    cues: Cues
    negative: bool = False

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.site.tokens

    @property
    def low(self) -> int:
        return self.site.sentence_first

    @cached_property
    def high(self) -> int:
        """The end of the sentence in which the place ends."""
        text = self.site.text
        if not text.sentences:
            return len(self.tokens)
        return text.token_at(text.sentences[text.sentence_at(self.site.span.end - 1)].end)

    @cached_property
    def quotation(self) -> Quotation | None:
        """The innermost quotation that holds the words (its marks may belong to them)."""
        span = self.site.span
        found = [quote for quote in self.quotations if quote.outer.contains(span)]
        if found:
            return found[-1]
        inside = [quote for quote in self.quotations if span.contains(quote.outer)]
        share = [quote for quote in inside if 3 * (quote.outer.end - quote.outer.start) > 2 * (span.end - span.start)]
        return share[0] if share else None

    @cached_property
    def quoted_range(self) -> Range | None:
        """The tokens of the quotation with its marks."""
        if self.quotation is None:
            return None
        outer = self.quotation.outer
        return self.site.text.token_at(outer.start), self.site.text.token_at(outer.end)

    @property
    def parse(self) -> Parse | None:
        return self.site.parse

    @cached_property
    def head(self) -> Word | None:
        """The word of the place that governs the others: a verb with its subject if there is one."""
        parse = self.parse
        if parse is None:
            return None
        words = self.site.parsed_words
        inside = {word.index for word in words}
        tops = [word for word in words if word.head not in inside or word.head == word.index]
        for wanted in (VERBAL, NOMINAL):
            for word in tops:
                if word.pos in wanted and word.dep not in _LOOSE:
                    return word
        return next((word for word in tops if word.dep not in _LOOSE), tops[0] if tops else None)

    @cached_property
    def is_claim(self) -> bool:
        """The place says something: it has a verb that is not just an attribute, and some length."""
        words = [word for word in self.site.parsed_words if word.pos != "PUNCT"]
        head, parse = self.head, self.parse
        if len(words) < 3 or head is None or parse is None:
            return False
        if head.pos in VERBAL and head.dep not in {"amod", "compound"}:
            return True
        return any(
            word.pos in VERBAL
            and word.dep != "relcl"
            and any(parse.words[child].dep in {"nsubj", "nsubjpass"} for child in parse.children[word.index])
            for word in words
        )

    @cached_property
    def is_label(self) -> bool:
        """The place is a noun phrase for people, groups or violence: it stands, whatever is denied about them."""
        head = self.head
        if self.is_claim or head is None:
            return False
        if head.dep in {"amod", "compound", "nmod"} and self.parse is not None:
            head = self.parse.words[head.head]
        words = self.cues.phrases("label-noun").by_first
        return head.lemma in words or head.text.lower() in words

    def word_at(self, token: int) -> Word | None:
        """The word of the parse for a token of the same sentence."""
        if self.parse is None:
            return None
        shift = self.site.sentence.start
        found = self.parse.within(self.tokens[token].start - shift, self.tokens[token].end - shift)
        return found[0] if found else None

    def token_of(self, word: Word) -> int | None:
        """The token of the block in which a word of the parse lies."""
        index = self.site.text.token_at(self.site.sentence.start + word.start + 1) - 1
        return index if 0 <= index < len(self.tokens) else None

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        return quotations(self.site.block.text)

    def inside_quotation(self, token: int) -> bool:
        """Whether a token stands in quotation marks."""
        start = self.tokens[token].start
        return any(quote.inner.start <= start < quote.inner.end for quote in self.quotations)

    def find(self, category: str, start: int, end: int) -> Iterator[Range]:
        return self.cues.phrases(category).find(self.tokens, max(start, 0), min(end, len(self.tokens)))

    def first(self, category: str, start: int, end: int) -> Range | None:
        return next(self.find(category, start, end), None)

    def last(self, category: str, start: int, end: int) -> Range | None:
        found = list(self.find(category, start, end))
        return found[-1] if found else None

    def text(self, found: Range) -> str:
        """The words of a token range as written."""
        return self.site.block.text[self.tokens[found[0]].start : self.tokens[found[1] - 1].end]

    def norms(self, start: int, end: int) -> list[str]:
        return [token.norm for token in self.tokens[max(start, 0) : max(end, 0)]]

    def turns(self, start: int, end: int) -> bool:
        """Whether a word of contrast or a stop stands in the range."""
        for index in range(max(start, 0), min(end, len(self.tokens))):
            token = self.tokens[index]
            if token.text in _STOPS:
                return True
            if (
                token.norm == "so"
                and self.norms(index + 1, index + 2)
                and self.norms(index + 1, index + 2)[0] in _SUBJECTS
            ):
                return True
            if token.norm in TURNS and not (index and self.tokens[index - 1].norm in _NO_TURN):
                return True
        return False

    @staticmethod
    def _above(parse: Parse, head: Word, word: Word) -> bool:
        """Whether a word governs the head without a clause of its own right between them."""
        child = head
        for up in parse.ancestors(head.index):
            own_clause = any(parse.words[index].dep == "nsubj" for index in parse.children[child.index])
            if child.dep == "conj" and own_clause and up.pos in NOMINAL:
                return False
            if up.index == word.index:
                return True
            child = up
        return False

    def governs(self, found: Range, *, reach: int = 12) -> bool:
        """Whether words before the place govern it: by the parse, or by "of", "that", a colon or a quotation mark."""
        head = self.head
        word = self.word_at(found[1] - 1) if self.low <= found[0] < self.high else None
        if head is not None and word is not None and self.parse is not None:
            own = {inner.index for inner in self.site.parsed_words}
            if word.index not in own and self._above(self.parse, head, word):
                return True
        if found[1] > self.site.first or self.site.first - found[1] > reach:
            return False
        after = self.tokens[found[1] : self.site.first]
        if not after:
            return True
        if any(
            token.text == "," and (self.is_claim or (after[place + 1 : place + 2] and after[place + 1].norm == "and"))
            for place, token in enumerate(after)
        ):
            return False
        if any(token.text in {";", ".", "?", "!"} for token in after) or self.turns(found[1], self.site.first):
            return False
        start = next((token.norm for token in after if token.kind == "word" or token.text not in {",", "'"}), "")
        if start in _NOUN_TIES:
            return not any(token.norm in _FINITE for token in after)
        return start in _CLAUSE_TIES
