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


def alt_text(story: Story, text: str, node: Element, place: str) -> Draft:
    """A draft of one alternative text, which is an attribute of ``node``."""
    own = Story(story.xml_part, "alt text", BlockKind.ALT_TEXT, place)
    draft = Draft(own, kind=BlockKind.ALT_TEXT, place=place)
    draft.add(Piece(text, node, None))
    return draft


def read_drawing(walker: Walker, element: Element) -> None:
    """Read the texts of a ``w:drawing``, ``w:pict`` or ``w:object`` and count what has none."""
    if not walker.visible:
        return
    parts = list(_parts(element))
    label = _label(walker, element, parts)
    told: set[str] = set()  # a picture often repeats its frame's alternative text
    for part in parts:
        if part.tag in (TXBX, A_TXBODY):
            walker.read_box(part)
        elif part.tag in _CHARTS:
            _read_part(walker, r_id=part.get(r("id")), label=label, what="chart")
        elif part.tag == _DIAGRAM:
            _read_part(walker, r_id=part.get(r("dm")), label=label, what="diagram")
        elif part.tag == _TEXT_PATH:
            _read_word_art(walker, part)
        else:
            _read_alt_texts(walker, part, label, told)


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


def _read_alt_texts(walker: Walker, node: Element, label: str, told: set[str]) -> None:
    if node.tag == _DOC_PR or node.tag.endswith("}cNvPr"):
        names = {"title": "title", "descr": "alt text"}
    elif node.tag.startswith(_VML):
        names = {"title": "title", "alt": "alt text"}
    else:
        return
    for name, what in names.items():
        text = node.get(name, "")
        if text.strip() and text not in told:
            told.add(text)
            walker.attach(alt_text(walker.story, text, node, f"{what} of {label}"))


def _read_word_art(walker: Walker, node: Element) -> None:
    text = node.get("string", "")
    if text.strip():
        draft = alt_text(walker.story, text, node, "WordArt {}")
        draft.story = Story(walker.story.xml_part, "text box", BlockKind.TEXT_BOX)
        draft.kind = BlockKind.TEXT_BOX
        walker.attach(draft)


def _read_part(walker: Walker, *, r_id: str | None, label: str, what: str) -> None:
    """Read the words of a chart or diagram, which are in a part of their own."""
    package = walker.reading.package
    name = package.part_of(walker.story.xml_part, r_id)
    try:
        root = package.tree(name) if name is not None else None
    except ReadError:
        root = None
    if name is None or root is None:
        walker.reading.counts[f"unread {what}"] += 1
        return
    told: set[str] = set()
    for pieces in _words(root):
        text = "".join(piece.text for piece in pieces)
        if any(char.isalpha() for char in text) and text not in told:
            told.add(text)
            story = Story(package.names[name], "alt text", BlockKind.ALT_TEXT)
            draft = Draft(story, kind=BlockKind.ALT_TEXT, place=f"text of {label}")
            for piece in pieces:
                draft.add(piece)
            walker.attach(draft)


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
