"""Where each paragraph is, in words for a person: "paragraph 12", "table 2, row 3, column 1"."""

from __future__ import annotations

from dataclasses import dataclass

from pvelint.document import BlockKind
from pvelint.word.drafts import Draft, Reading, TextBox


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft with its place and kind, in final reading order."""

    draft: Draft
    kind: BlockKind
    place: str
    quoted: bool


class Placer:
    """Gives the paragraphs of a document their kinds and places, story by story.

    The body comes first, because notes take the heading of the paragraph that refers to them.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._paragraphs = 0
        self._boxes = 0
        self._heading: str | None = None

    def body(self, drafts: list[Draft]) -> list[Placed]:
        """The paragraphs of the body and all that hangs on them."""
        placed: list[Placed] = []
        for draft in drafts:
            kind, quoted = self._kind(draft)
            draft.heading = self._heading
            has_text = bool(draft.text().strip())
            place = draft.place or self._body_place(draft, has_text=has_text)
            placed.append(Placed(draft, kind, place, quoted))
            if kind is BlockKind.HEADING and has_text:
                self._heading = " ".join(draft.text().split())
            placed += self._attached(draft, self._held_at(draft, place, has_text=has_text))
        return placed

    def story(self, drafts: list[Draft], *, place: str, heading: str | None = None) -> list[Placed]:
        """The paragraphs of a note, header, footer or text box, all at the place of their story."""
        placed: list[Placed] = []
        for draft in drafts:
            kind, quoted = self._kind(draft)
            draft.heading = heading
            own = draft.place or ", ".join([place, *map(str, draft.cells)])
            placed.append(Placed(draft, kind, own, quoted))
            placed += self._attached(draft, f"in {own}")
        return placed

    def _attached(self, holder: Draft, at: str) -> list[Placed]:
        placed: list[Placed] = []
        for item in holder.attached:
            if isinstance(item, TextBox):
                placed += self._box(item, at, holder.heading)
            else:
                item.heading = holder.heading
                placed.append(Placed(item, item.kind or item.story.kind, item.place.format(at), False))
        return placed

    def _box(self, box: TextBox, at: str, heading: str | None) -> list[Placed]:
        """A text box, numbered through the document; its paragraphs are counted when it has several."""
        self._boxes += 1
        name = f"text box {self._boxes} {at}"
        with_text = [draft for draft in box.drafts if draft.text().strip() and not draft.cells]
        placed: list[Placed] = []
        number = 0
        for draft in box.drafts:
            place = name
            if len(with_text) > 1 and not draft.cells:
                number += bool(draft.text().strip())
                place += f", paragraph {max(number, 1)}"
            placed += self.story([draft], place=place, heading=heading)
        return placed

    def _body_place(self, draft: Draft, *, has_text: bool) -> str:
        if draft.cells:
            return ", ".join(map(str, draft.cells))
        self._paragraphs += has_text
        if has_text:
            return f"paragraph {self._paragraphs}"
        return f"after paragraph {self._paragraphs}" if self._paragraphs else "before paragraph 1"

    @staticmethod
    def _held_at(draft: Draft, place: str, *, has_text: bool) -> str:
        return f"at {place}" if has_text or draft.cells else place

    def _kind(self, draft: Draft) -> tuple[BlockKind, bool]:
        """The kind of a paragraph and whether it is a quotation."""
        if draft.kind is not None:
            return draft.kind, False
        styles = self._reading.styles
        style = styles.paragraph(draft.properties)
        quoted = style.kind is BlockKind.BLOCK_QUOTE
        draft.list_level = self._reading.numbering.level(draft.properties, style)
        if draft.story.kind in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.FOOTNOTE):
            return draft.story.kind, quoted
        if style.kind in (BlockKind.TITLE, BlockKind.CAPTION):
            return style.kind, False
        if draft.cells or draft.story.kind is BlockKind.TEXT_BOX:
            in_box = draft.story.kind is BlockKind.TEXT_BOX
            return (BlockKind.TEXT_BOX if in_box else BlockKind.TABLE_CELL), quoted
        if styles.heading_level(draft.properties) is not None:
            return BlockKind.HEADING, False
        if quoted:
            return BlockKind.BLOCK_QUOTE, True
        return (BlockKind.LIST_ITEM if draft.list_level else BlockKind.PARAGRAPH), False
