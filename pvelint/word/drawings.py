"""Pictures, shapes, charts and diagrams: the words that belong to them, and what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from pvelint.document import BlockKind
from pvelint.errors import ReadError
from pvelint.word.characters import node_text
from pvelint.word.drafts import Draft, Piece, Story
from pvelint.word.names import (
    A_P,
    A_T,
    A_TXBODY,
    ALTERNATE,
    C_NS,
    CHOICE,
    CX_NS,
    DGM_NS,
    FALLBACK,
    O_NS,
    OBJECT,
    PIC_NS,
    TXBX,
    V_NS,
    WP_NS,
    Element,
    r,
    w,
)

if TYPE_CHECKING:
    from pvelint.word.walk import Walker

_PICTURE: Final = f"{{{PIC_NS}}}pic"
_IMAGE_DATA: Final = f"{{{V_NS}}}imagedata"
_TEXT_PATH: Final = f"{{{V_NS}}}textpath"
_DOC_PR: Final = f"{{{WP_NS}}}docPr"
_OLE: Final = f"{{{O_NS}}}OLEObject"
_CONTROL: Final = w("control")
_CHARTS: Final = (f"{{{C_NS}}}chart", f"{{{CX_NS}}}chart")
_DIAGRAM: Final = f"{{{DGM_NS}}}relIds"
_VML: Final = f"{{{V_NS}}}"


def alt_text(story: Story, text: str, node: Element, place: str, *, hidden: bool) -> Draft:
    """A draft of one alternative text, which is an attribute of ``node``."""
    own = Story(story.xml_part, "alt text", BlockKind.ALT_TEXT, place)
    draft = Draft(own, kind=BlockKind.ALT_TEXT, place=place)
    draft.add(Piece(text, node, None, hidden=hidden))
    return draft


def read_drawing(walker: Walker, element: Element) -> None:
    """Read the texts of a ``w:drawing``, ``w:pict`` or ``w:object`` and count what has none."""
    if not walker.visible:
        return
    parts = list(_parts(element))
    frame = next((part for part in parts if part.tag == _DOC_PR), None)
    hidden = walker.hidden or (frame is not None and frame.get("hidden", "0") in ("1", "true"))
    drawing = _Drawing(walker, _label(walker, element, parts), hidden)
    for part in parts:
        drawing.read(part)


class _Drawing:
    """One drawing while it is read; a picture often repeats its frame's alternative text."""

    def __init__(self, walker: Walker, label: str, hidden: bool) -> None:
        self._walker = walker
        self._label = label
        self._hidden = hidden
        self._told: set[str] = set()

    def read(self, part: Element) -> None:
        """Attach the words of one element of the drawing, if it has any."""
        if part.tag in (TXBX, A_TXBODY):
            self._walker.read_box(part, hidden=self._hidden)
        elif part.tag in _CHARTS:
            self._read_part(part.get(r("id")), "chart")
        elif part.tag == _DIAGRAM:
            self._read_part(part.get(r("dm")), "diagram")
        elif part.tag == _TEXT_PATH:
            self._read_word_art(part)
        elif part.tag == _DOC_PR or part.tag.endswith("}cNvPr"):
            self._read_alt_texts(part, {"title": "title", "descr": "alt text"})
        elif part.tag.startswith(_VML):
            self._read_alt_texts(part, {"title": "title", "alt": "alt text"})

    def _read_alt_texts(self, node: Element, names: dict[str, str]) -> None:
        for name, what in names.items():
            text = node.get(name, "")
            if text.strip() and text not in self._told:
                self._told.add(text)
                place = f"{what} of {self._label}"
                self._walker.attach(alt_text(self._walker.story, text, node, place, hidden=self._hidden))

    def _read_word_art(self, node: Element) -> None:
        text = node.get("string", "")
        if text.strip():
            part = self._walker.story.xml_part
            draft = alt_text(self._walker.story, text, node, "WordArt {}", hidden=self._hidden)
            draft.story = Story(part, "text box", BlockKind.TEXT_BOX)
            draft.kind = BlockKind.TEXT_BOX
            self._walker.attach(draft)

    def _read_part(self, relationship_id: str | None, what: str) -> None:
        """Read the words of a chart or diagram, which are in a part of their own."""
        package = self._walker.reading.package
        name = package.part_of(self._walker.story.xml_part, relationship_id)
        try:
            root = package.tree(name) if name is not None else None
        except ReadError:
            root = None
        if name is None or root is None:
            self._walker.reading.counts[f"unread {what}"] += 1
            return
        story = Story(package.names[name], "alt text", BlockKind.ALT_TEXT)
        for pieces in _words(root):
            text = "".join(piece.text for piece in pieces)
            if any(char.isalpha() for char in text) and text not in self._told:
                self._told.add(text)
                draft = Draft(story, kind=BlockKind.ALT_TEXT, place=f"text of {self._label}")
                for piece in pieces:
                    draft.add(piece._replace(hidden=self._hidden))
                self._walker.attach(draft)


def _parts(element: Element) -> Iterator[Element]:
    """The elements of a drawing in order, boxes not entered and one branch of each alternative."""
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child.tag == ALTERNATE:
            chosen = child.find(CHOICE)
            chosen = child.find(FALLBACK) if chosen is None else chosen
            if chosen is not None:
                yield from _parts(chosen)
            continue
        yield child
        if child.tag not in (TXBX, A_TXBODY):
            yield from _parts(child)


def _label(walker: Walker, element: Element, parts: list[Element]) -> str:
    """What the drawing is called for people, with its number; counts what cannot be read."""
    reading = walker.reading
    tags = [part.tag for part in parts]
    if element.tag == OBJECT or _OLE in tags or _CONTROL in tags:
        what = "form control" if _CONTROL in tags else "embedded object"
        return f"{what} {reading.next_number(what)}"
    if any(tag.endswith("}contentPart") for tag in tags):
        return f"ink drawing {reading.next_number('ink drawing')}"
    for what, marks in (("chart", _CHARTS), ("diagram", (_DIAGRAM,))):
        if any(tag in marks for tag in tags):
            return f"{what} {reading.next_number(what)}"
    pictures = sum(tag in (_PICTURE, _IMAGE_DATA) for tag in tags)
    if pictures:
        first = reading.counts["picture"] + 1
        reading.counts["picture"] += pictures
        return f"picture {first}"
    return f"shape {reading.next_number('shape')}"


def _words(root: Element) -> Iterator[list[Piece]]:
    """The texts of a chart or diagram part: its rich text, and the names of series and categories."""
    value = f"{{{C_NS}}}v"
    for element in root.iter(A_P, value, f"{{{CX_NS}}}pt"):
        if element.tag == A_P:
            nodes = [node for node in element.iter(A_T) if node_text(node)]
        else:
            nodes = [element] if node_text(element).strip() and not _is_number(element) else []
        pieces = [Piece(node_text(node).translate(_LINE_ENDS), node, 0) for node in nodes]
        if pieces:
            yield pieces


_LINE_ENDS: Final = str.maketrans("\t\r\n", "   ")


def _is_number(element: Element) -> bool:
    return any(parent.tag == f"{{{C_NS}}}numCache" for parent in element.iterancestors())
