"""A place where words were found, with what is needed to judge them: tokens, sentence, parse, block."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from pvelint.document import Block, BlockKind, Document, Span
from pvelint.sentences import split
from pvelint.tokens import Token, tokenise

if TYPE_CHECKING:
    from pvelint.language import Parse, Word

#: Longer sentences are not parsed: they are tables or lists that lost their breaks (words).
MAX_PARSED_WORDS = 200

#: Blocks that are titles or cells rather than sentences.
FRAGMENTS = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.HEADING,
        BlockKind.TABLE_CELL,
        BlockKind.CAPTION,
        BlockKind.HEADER,
        BlockKind.FOOTER,
    }
)


@dataclass(frozen=True)
class BlockText:
    """A block with its tokens and sentences, made once and shared by all its sites."""

    index: int
    block: Block
    document: DocumentText

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tokenise(self.block.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return split(self.block.text)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds a code point."""
        return min(bisect.bisect_right(self._sentence_ends, offset), max(len(self.sentences) - 1, 0))

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [span.end for span in self.sentences]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def token_at(self, offset: int) -> int:
        """Index of the first token that starts at or after a code point."""
        return bisect.bisect_left(self._token_starts, offset)


@dataclass(frozen=True)
class DocumentText:
    """A document with the texts of its blocks; ``parse`` is the parser, injected."""

    document: Document
    parser: Callable[[str], Parse]
    type: str | None = None

    @cached_property
    def blocks(self) -> tuple[BlockText, ...]:
        return tuple(BlockText(index, block, self) for index, block in enumerate(self.document.blocks))


@dataclass(frozen=True)
class Site:
    """A range of tokens in a block: ``first`` and ``last`` are token indices, half-open."""

    text: BlockText
    first: int
    last: int

    @property
    def block(self) -> Block:
        return self.text.block

    @property
    def tokens(self) -> tuple[Token, ...]:
        return self.text.tokens

    @property
    def span(self) -> Span:
        """The characters of the range in the block's text."""
        return Span(self.tokens[self.first].start, self.tokens[self.last - 1].end)

    @property
    def words(self) -> str:
        return self.block.text[self.span.start : self.span.end]

    @cached_property
    def sentence_index(self) -> int:
        return self.text.sentence_at(self.span.start)

    @cached_property
    def sentence(self) -> Span:
        if not self.text.sentences:
            return Span(0, len(self.block.text))
        return self.text.sentences[self.sentence_index]

    @property
    def sentence_text(self) -> str:
        return self.block.text[self.sentence.start : self.sentence.end]

    @cached_property
    def sentence_first(self) -> int:
        return self.text.token_at(self.sentence.start)

    @cached_property
    def sentence_last(self) -> int:
        return self.text.token_at(self.sentence.end)

    @cached_property
    def parse(self) -> Parse | None:
        """The parse of the sentence; None when it is too long to be one."""
        if self.sentence_last - self.sentence_first > MAX_PARSED_WORDS:
            return None
        return self.text.document.parser(self.sentence_text)

    @cached_property
    def parsed_words(self) -> tuple[Word, ...]:
        """The words of the parse that the range covers."""
        if self.parse is None:
            return ()
        shift = self.sentence.start
        return self.parse.within(self.span.start - shift, self.span.end - shift)

    @cached_property
    def head(self) -> Word | None:
        """The word of the range that governs the others."""
        if self.parse is None:
            return None
        shift = self.sentence.start
        return self.parse.head_of(self.span.start - shift, self.span.end - shift)

    def all_tokens(self) -> Iterator[tuple[Token, ...]]:
        """The tokens of every block of the document."""
        for text in self.text.document.blocks:
            yield text.tokens
