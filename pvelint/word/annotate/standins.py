"""Where a comment goes when Word takes none where the words are.

Word ignores comments in headers, footers, notes and text boxes, and LibreOffice does not even open a file
that has marks in a header or note. Such findings get a comment in the body that says where the words are.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from pvelint.document import Block, Span
from pvelint.word.annotate.anchoring import Fields, Reach, grown
from pvelint.word.annotate.tree import inside, paragraph_of
from pvelint.word.gate import part_key
from pvelint.word.names import (
    ALTERNATE,
    DEL,
    DRAWING,
    HYPERLINK,
    MOVE_FROM,
    OBJECT,
    PICT,
    SDT,
    SECTPR,
    TBL,
    TBLPR,
    TRPR,
    TXBX,
    Element,
    P,
    R,
    r,
    w,
)
from pvelint.word.package import Package, Relationship

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}
_HELD = (DRAWING, PICT, OBJECT, ALTERNATE)


@dataclass(frozen=True, slots=True)
class StandIn:
    """A place for a comment: a range, or a point at the end of a paragraph."""

    reach: Reach | None = None
    paragraph: Element | None = None

    @property
    def key(self) -> Hashable:
        """The same for stand-ins at the same place: they share one comment."""
        if self.reach is not None:
            return self.reach.first, self.reach.last
        return self.paragraph


def stands_in_body(block: Block, span: Span, main_part: str) -> bool:
    """Whether some words of a block can carry a comment where they are."""
    touched = [anchor for anchor in block.anchors if anchor.span.overlaps(span)]
    if not touched or block.part != "body" or any(anchor.part != main_part for anchor in touched):
        return False
    for anchor in touched:
        paragraph = paragraph_of(anchor.node)
        if paragraph is None or inside(anchor.node, TXBX, DRAWING, PICT, OBJECT) or inside(paragraph, ALTERNATE):
            return False
    return True


class StandIns:
    """The stand-in places of one document."""

    def __init__(self, package: Package, fields: Fields) -> None:
        self._package = package
        self._fields = fields
        self._body = package.body

    def find(self, block: Block) -> StandIn | None:
        """The place for a block that cannot carry a comment itself; None when the body has no paragraph."""
        place = self._special(block) if block.anchors else None
        if place is not None:
            return place
        first = self._first_paragraph(self._body)
        return StandIn(paragraph=first) if first is not None else None

    def near(self, block: Block) -> StandIn | None:
        """The place for a block of the body whose range can't be marked: the end of its paragraph."""
        paragraph = paragraph_of(block.anchors[-1].node) if block.anchors else None
        if paragraph is not None and self._is_open(paragraph):
            return StandIn(paragraph=paragraph)
        return self.find(block)

    def _special(self, block: Block) -> StandIn | None:
        anchor = block.anchors[0]
        if anchor.part == self._package.names[self._package.main]:
            return self._held(anchor.node)
        kind = _NOTES.get(block.part)
        if kind is not None or self._kind(anchor.part) in _NOTES:
            return self._note(anchor.node, kind or _NOTES[self._kind(anchor.part)])
        if self._kind(anchor.part) in ("header", "footer"):
            return self._margin(anchor.part)
        return self._related(anchor.part)

    def _kind(self, part: str) -> str:
        """How the main part is related to a part: ``header``, ``footnotes``; empty when it is not."""
        key = part_key(part)
        links = self._package.relationships(self._package.main)
        return next((link.kind for link in links if not link.external and link.target == key), "")

    def _held(self, node: Element) -> StandIn | None:
        """The run of the body that holds a drawing, or the first cell of a table."""
        if inside(node, TBLPR):
            table = next(node.iterancestors(TBL))
            first = self._first_paragraph(table)
            return StandIn(paragraph=first) if first is not None else None
        holder: Element | None = node if node.tag == HYPERLINK else None
        for parent in node.iterancestors():
            if parent.tag == R and not inside(parent, TXBX, *_HELD):
                holder = parent
        return self._on(holder) if holder is not None else None

    def _on(self, element: Element) -> StandIn | None:
        """A stand-in on a whole run or what holds it."""
        if inside(element, TXBX, *_HELD) or paragraph_of(element) is None:
            return None
        target = element if element.tag != R else next((c for c in element if c.tag in _HELD), None)
        if target is None:
            target = next((c for c in element if isinstance(c.tag, str) and not c.tag.endswith("}rPr")), None)
        found = grown(Reach(target, target), self._fields) if target is not None else None
        return StandIn(reach=found) if found is not None else None

    def _note(self, node: Element, kind: str) -> StandIn | None:
        """The reference to a note in the body."""
        note = next(node.iterancestors(w(kind)), None)
        if note is None:
            return None
        for reference in self._body.iter(w(f"{kind}Reference")):
            if reference.get(w("id")) != note.get(w("id")) or inside(reference, DEL, MOVE_FROM):
                continue
            if inside(reference, TXBX, *_HELD):
                return self._held(reference)
            found = grown(Reach(reference, reference), self._fields)
            return StandIn(reach=found) if found is not None else None
        return None

    def _margin(self, part: str) -> StandIn | None:
        """The first paragraph of the first section that uses a header or footer."""
        key = part_key(part)
        ids = {x.id for x in self._package.relationships(self._package.main) if x.target == key}
        first: Element | None = None
        for element in self._body.iter(P, SECTPR):
            if element.tag == P:
                if first is None and self._is_open(element) and not self._in_control(element):
                    first = element
                continue
            used = {reference.get(r("id")) for reference in element}
            if used & ids:
                return StandIn(paragraph=first) if first is not None else None
            first = None
        return None

    def _related(self, part: str) -> StandIn | None:
        """The run that refers to a chart or diagram, in the body or in a margin or note."""
        key = part_key(part)
        for owner in list(self._package):
            ids = {x.id for x in self._safe_links(owner) if x.target == key and not x.external}
            if not ids:
                continue
            if owner == self._package.main:
                for element in self._body.iter():
                    if ids.intersection(element.attrib.values()) and not inside(element, DEL):
                        return self._held(element)
            elif self._kind(owner) in ("header", "footer"):
                return self._margin(owner)
        return None

    def _safe_links(self, owner: str) -> tuple[Relationship, ...]:
        if owner.endswith(".xml"):
            return self._package.relationships(owner)
        return ()

    def _first_paragraph(self, root: Element) -> Element | None:
        paragraphs = list(self._paragraphs(root))
        return next((p for p in paragraphs if not self._in_control(p)), paragraphs[0] if paragraphs else None)

    def _paragraphs(self, root: Element) -> Iterator[Element]:
        return (p for p in root.iter(P) if self._is_open(p))

    def _is_open(self, paragraph: Element) -> bool:
        """Whether a point comment at the end of the paragraph can be seen and does no harm."""
        if inside(paragraph, TXBX, *_HELD, DEL, MOVE_FROM):
            return False
        row = next(paragraph.iterancestors(w("tr")), None)
        properties = row.find(TRPR) if row is not None else None
        if properties is not None and properties.find(DEL) is not None:
            return False
        around = self._fields.around(paragraph[-1] if len(paragraph) else paragraph)
        return around is None or paragraph_of(around[1]) is paragraph

    @staticmethod
    def _in_control(paragraph: Element) -> bool:
        return inside(paragraph, SDT)
