"""What must hold for every block of every reader; used by the tests of the readers."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from pvelint.document import Block, Document, Span
from pvelint.readers import read

#: Characters that a reader may put for a tag (quotation marks of <q>).
_MADE = ("“", "”")


def words(text: str) -> list[str]:
    """The pieces of a list written as one text."""
    return text.split()


def read_source(name: str, source: str, encoding: str = "utf-8") -> Document:
    """Read a source as if it had come from a file of this name."""
    return read(Path(name), data=source.encode(encoding))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def source_of(document: Document, block: Block, text: str) -> str:
    """The source characters that some words of a block map to."""
    start = block.text.index(text)
    span = block.offsets.source(Span(start, start + len(text)))
    return document.text[span.start : span.end]


def block_with(document: Document, text: str) -> Block:
    """The one block that holds these words."""
    found = [block for block in document.blocks if text in block.text]
    assert len(found) == 1, (text, texts(document))
    return found[0]


def protected_words(block: Block) -> list[tuple[str, str]]:
    return [(block.text[p.span.start : p.span.end], p.why) for p in block.protected]


def _spaces(text: str) -> str:
    """White space made alike, character by character."""
    return re.sub(r"\s", " ", text)


def check_document(document: Document) -> None:
    """Maps cover their blocks, run forward, lie in the text, and lead to the very characters."""
    for number, block in enumerate(document.blocks, 1):
        assert block.number == number
        assert block.text
        assert block.text == block.text.strip()
        assert block.place
        _check_map(document, block)
        for span in (*(p.span for p in block.protected), *block.emphasis):
            assert 0 <= span.start < span.end <= len(block.text)
    for span, inner in document.comments:
        assert document.text[span.start : span.end] == f"<!--{inner}-->"


def _check_map(document: Document, block: Block) -> None:
    segments = block.offsets.segments
    assert segments[0].start == 0
    assert segments[-1].end == len(block.text)
    for one, two in pairwise(segments):
        assert one.end == two.start
        assert one.source_end <= two.source_start
    for segment in segments:
        assert 0 <= segment.source_start <= segment.source_end <= len(document.text)
        if segment.end - segment.start == segment.source_end - segment.source_start:
            shown = block.text[segment.start : segment.end]
            source = document.text[segment.source_start : segment.source_end]
            assert shown in _MADE or _spaces(shown) == _spaces(source), (shown, source)
    for offset in range(min(len(block.text), 400)):
        location = document.locate(block, Span(offset, offset + 1))
        assert location.offset <= location.end_offset <= len(document.text)
