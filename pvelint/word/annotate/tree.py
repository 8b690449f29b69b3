"""Small questions about WordprocessingML trees that several modules ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pvelint.word.names import HYPERLINK, RPR, SDT, SDTPR, Element, P, R, w

COMMENT_START: Final = w("commentRangeStart")
COMMENT_END: Final = w("commentRangeEnd")
COMMENT_REFERENCE: Final = w("commentReference")
INS: Final = w("ins")
SDT_CONTENT: Final = w("sdtContent")
#: Inline containers whose runs can be cut like those of the paragraph.
TRANSPARENT: Final = frozenset(
    {HYPERLINK, INS, w("moveTo"), w("smartTag"), w("customXml"), w("dir"), w("bdo"), SDT, SDT_CONTENT}
)
#: Containers that a mark at their very edge climbs out of.
CLIMBED: Final = (TRANSPARENT | {w("del"), w("moveFrom")}) - {SDT}
_PROPERTIES: Final = frozenset(
    {RPR, SDTPR, w("pPr"), w("sdtEndPr"), w("smartTagPr"), w("customXmlPr"), w("lastRenderedPageBreak")}
)
#: Inline content controls of these kinds hold nothing but text, or text that is kept elsewhere.
_WHOLE_CONTROLS: Final = frozenset(
    {"text", "date", "dropDownList", "comboBox", "picture", "citation", "dataBinding", "showingPlcHdr"}
)


def is_content(element: Element) -> bool:
    """Whether an element is part of the content, and not a property, an XML comment or a layout hint."""
    return isinstance(element.tag, str) and element.tag not in _PROPERTIES


def is_first(element: Element) -> bool:
    """Whether no content stands before an element in its parent."""
    return not any(is_content(other) for other in element.itersiblings(preceding=True))


def is_last(element: Element) -> bool:
    """Whether no content stands after an element in its parent."""
    return not any(is_content(other) for other in element.itersiblings())


def paragraph_of(element: Element) -> Element | None:
    """The nearest paragraph around an element (the element itself, if it is one)."""
    walker: Element | None = element
    while walker is not None and walker.tag != P:
        walker = walker.getparent()
    return walker


def is_inline(element: Element) -> bool:
    """Whether an element stands inside a paragraph."""
    parent = element.getparent()
    return parent is not None and paragraph_of(parent) is not None


def inside(element: Element, *tags: str) -> bool:
    """Whether an element stands in an element of one of the tags."""
    return next(element.iterancestors(*tags), None) is not None


def is_whole_control(control: Element) -> bool:
    """Whether a content control is one that must not be cut."""
    properties = control.find(SDTPR)
    if properties is None:
        return False
    return any(isinstance(p.tag, str) and local(p) in _WHOLE_CONTROLS for p in properties)


def local(element: Element) -> str:
    """The tag without its namespace."""
    return str(element.tag).rsplit("}", 1)[-1]


def unit_of(node: Element) -> Element | None:
    """What has to be taken whole around a node of a paragraph; the node itself when it can be cut out.

    The outermost container that is not known to be transparent decides, so that whatever is unknown is
    never cut. None when the node stands in no paragraph.
    """
    chain = [node]
    for parent in node.iterancestors():
        if parent.tag == P:
            break
        chain.append(parent)
    else:
        return None
    below: Element | None = None
    for element in reversed(chain):
        if below is not None:
            return element  # the child of a run
        if element.tag == R:
            below = element
        elif element.tag not in TRANSPARENT or (element.tag == SDT and is_whole_control(element)):
            return element
    return node


def runs_between(first: Element, last: Element) -> Iterator[Element]:
    """The siblings from one element to another, both included."""
    walker: Element | None = first
    while walker is not None:
        yield walker
        if walker is last:
            return
        walker = walker.getnext()


def copy_attributes(source: Element, target: Element) -> None:
    """Give one element the attributes of another."""
    for name, value in source.items():
        target.set(name, value)


def remove(element: Element) -> None:
    """Take an element out and leave what stands after it in the text (white space of the file)."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Put the children of an element in its place."""
    for child in list(element):
        element.addprevious(child)
    remove(element)


def whole_numbers(values: Iterable[str | None]) -> Iterator[int]:
    """Those of the values that are whole numbers of the size Word uses."""
    for value in values:
        if value is not None:
            try:
                yield int(value)
            except ValueError:
                continue


def fresh(used: Iterable[int]) -> Iterator[int]:
    """Numbers above all that are used; below 2**31, where Word ends."""
    taken = set(used)
    number = max((n for n in taken if 0 <= n < 2**31 - 100_000), default=-1) + 1
    while True:
        if number not in taken:
            yield number
        number += 1
