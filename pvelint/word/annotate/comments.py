"""The comments part: how a comment and the run that refers to it are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pvelint.word.annotate.model import Marker
from pvelint.word.names import VAL, W_NS, XML_SPACE, Element, P, R, T, w

COMMENT: Final = w("comment")
_SMALL_NUMBER = 9  # initials: what Word takes


@dataclass(frozen=True, slots=True)
class Styles:
    """Ids of the document's comment styles; None where it has none, so that no name dangles."""

    reference: str | None = None
    text: str | None = None

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        found: dict[str, str] = {}
        for style in root.iterfind(w("style")) if root is not None else ():
            name = style.find(w("name"))
            if name is not None:
                found.setdefault(name.get(VAL, "").casefold(), style.get(w("styleId"), ""))
        return cls(found.get("annotation reference") or None, found.get("annotation text") or None)


def new_comments() -> Element:
    """The root of a comments part without comments."""
    from lxml import etree

    return etree.Element(w("comments"), nsmap={"w": W_NS})


def append_comment(root: Element, number: int, lines: Sequence[str], marker: Marker, styles: Styles) -> None:
    """Add a comment to a comments part."""
    comment = root.makeelement(COMMENT)
    root.append(comment)
    comment.set(w("id"), str(number))
    comment.set(w("author"), marker.author)
    comment.set(w("date"), marker.date)
    comment.set(w("initials"), marker.initials[:_SMALL_NUMBER])
    for index, line in enumerate(lines):
        paragraph = _child(comment, P)
        if styles.text is not None:
            _child(_child(paragraph, w("pPr")), w("pStyle")).set(VAL, styles.text)
        if index == 0:
            reference = _child(paragraph, R)
            if styles.reference is not None:
                _child(_child(reference, w("rPr")), w("rStyle")).set(VAL, styles.reference)
            _child(reference, w("annotationRef"))
        text = _child(_child(paragraph, R), T)
        text.text = line
        text.set(XML_SPACE, "preserve")


def reference_run(near: Element, number: int, styles: Styles) -> Element:
    """The run that refers to a comment."""
    run = near.makeelement(R)
    if styles.reference is not None:
        _child(_child(run, w("rPr")), w("rStyle")).set(VAL, styles.reference)
    _child(run, w("commentReference")).set(w("id"), str(number))
    return run


def _child(parent: Element, tag: str) -> Element:
    child = parent.makeelement(tag)
    parent.append(child)
    return child
