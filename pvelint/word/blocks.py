"""From placed paragraphs to the blocks and the text of a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pvelint.document import Anchor, Block, BlockKind, OffsetMap, Protected, Span
from pvelint.word.drafts import CommentMark, Draft, Piece
from pvelint.word.places import Placed

_HIDDEN_PLACE = " (hidden text)"


class Assembly:
    """The blocks of a document in final order.

    blocks: numbered from 1; a block with no visible sign in it is left out.
    text:   the blocks' texts joined by line feeds.
    """

    def __init__(self, placed: Iterable[Placed]) -> None:
        blocks: list[Block] = []
        texts: list[str] = []
        self._first_block: dict[int, int] = {}  # id of a draft -> index of its visible block
        base = 0
        for item in placed:
            for hidden, pieces in _stretches(item.draft):
                block = _block(item, pieces, hidden=hidden, number=len(blocks) + 1, base=base)
                if not block.text.strip():
                    continue
                if not hidden:
                    self._first_block[id(item.draft)] = len(blocks)
                blocks.append(block)
                texts.append(block.text)
                base += len(block.text) + 1
        self.blocks = tuple(blocks)
        self.text = "\n".join(texts)

    def comment_spans(self, marks: Iterable[CommentMark]) -> dict[str, Span]:
        """What the comments on visible text stand on, in `text`, by their ids."""
        places: dict[str, dict[str, int]] = {}
        for mark in marks:
            offset = self._offset(mark)
            if offset is not None:
                places.setdefault(mark.id, {}).setdefault(mark.what, offset)
        found: dict[str, Span] = {}
        for comment_id, at in places.items():
            start = at.get("start", at.get("point", at.get("end", 0)))
            end = at.get("end", at.get("point", start))
            found[comment_id] = Span(start, max(start, end))
        return found

    def _offset(self, mark: CommentMark) -> int | None:
        index = self._first_block.get(id(mark.holder))
        if index is None:
            return None
        hidden = _hidden_before(mark.holder, mark.offset)
        return self.blocks[index].offsets.segments[0].source_start + mark.offset - hidden


def _hidden_before(draft: Draft, offset: int) -> int:
    """How many hidden characters stand before an offset that counts all of them."""
    total = position = 0
    for piece in draft.pieces:
        if position >= offset:
            break
        if piece.hidden:
            total += min(len(piece.text), offset - position)
        position += len(piece.text)
    return total


def _stretches(draft: Draft) -> Iterator[tuple[bool, list[Piece]]]:
    """The visible pieces of a paragraph, then each unbroken stretch of hidden ones."""
    visible = [piece for piece in draft.pieces if not piece.hidden]
    if visible:
        yield False, visible
    if len(visible) < len(draft.pieces):
        for hidden, pieces in groupby(draft.pieces, key=lambda piece: piece.hidden):
            if hidden:
                yield True, list(pieces)


def _block(item: Placed, pieces: list[Piece], *, hidden: bool, number: int, base: int) -> Block:
    draft = item.draft
    text = "".join(piece.text for piece in pieces)
    spans = list(_spans(pieces))
    seen = [piece for piece in pieces if piece.text.strip()]
    return Block(
        text=text,
        kind=item.kind,
        offsets=OffsetMap.shifted(len(text), base),
        number=number,
        part=draft.story.part,
        place=item.place + (_HIDDEN_PLACE if hidden else ""),
        heading=draft.heading,
        protected=tuple(_protected(pieces, spans)),
        emphasis=tuple(_emphasis(pieces, spans)),
        quoted=item.quoted or item.kind is BlockKind.BLOCK_QUOTE,
        hidden=hidden,
        generated=bool(seen) and all(piece.generated for piece in seen),
        anchors=tuple(
            Anchor(span, draft.story.xml_part, piece.node, piece.offset)
            for span, piece in zip(spans, pieces, strict=True)
        ),
    )


def _spans(pieces: list[Piece]) -> Iterator[Span]:
    start = 0
    for piece in pieces:
        yield Span(start, start + len(piece.text))
        start += len(piece.text)


def _emphasis(pieces: list[Piece], spans: list[Span]) -> Iterator[Span]:
    for emphasised, group in groupby(zip(pieces, spans, strict=True), key=lambda pair: pair[0].emphasised):
        if emphasised:
            covered = [span for _, span in group]
            yield Span(covered[0].start, covered[-1].end)


def _protected(pieces: list[Piece], spans: list[Span]) -> Iterator[Protected]:
    for why, group in groupby(zip(pieces, spans, strict=True), key=lambda pair: pair[0].protected):
        if why:
            covered = [span for _, span in group]
            yield Protected(Span(covered[0].start, covered[-1].end), why)
