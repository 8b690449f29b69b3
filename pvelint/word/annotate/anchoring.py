"""From a range of characters to marks in the XML: what is cut, what is taken whole, where marks stand.

Only the runs at the two ends of a range are cut. A half of a cut run has the attributes and properties of
the whole, and every sibling keeps its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, replace

from pvelint.document import Block, Span
from pvelint.word.annotate.tree import (
    CLIMBED,
    SDT_CONTENT,
    copy_attributes,
    inside,
    is_content,
    is_first,
    is_last,
    paragraph_of,
    unit_of,
)
from pvelint.word.characters import node_text, visible_text
from pvelint.word.names import FALLBACK, FLDCHAR, RPR, TXBX, XML_SPACE, Element, R, T, w

_KIND = w("fldCharType")
_ROUNDS = 8  # how often a range may grow before it is given up


@dataclass(frozen=True, slots=True)
class Reach:
    """A range in the XML.

    first, last: nodes of runs (``w:t`` and the like), or wholes.
    start, end:  index in `node_text` of the node; None for its edge.
    widened:     the range is larger than what was asked for.
    """

    first: Element
    last: Element
    start: int | None = None
    end: int | None = None
    widened: bool = False


class Fields:
    """The complex fields of a story: the outermost one around each element, from begin to end mark."""

    def __init__(self, story: Element) -> None:
        self._around: dict[Element, int] = {}
        self._marks: list[tuple[Element, Element | None]] = []
        open_fields: list[Element] = []
        matched = _matched(story)
        for element in story.iter():
            is_mark = element.tag == FLDCHAR and element in matched
            if is_mark and element.get(_KIND) == "begin":
                if not open_fields:
                    self._marks.append((element, None))
                open_fields.append(element)
            if open_fields:
                self._around[element] = len(self._marks) - 1
            if is_mark and element.get(_KIND) == "end":
                open_fields.pop()
                if not open_fields:
                    self._marks[-1] = (self._marks[-1][0], element)

    def around(self, element: Element) -> tuple[Element, Element] | None:
        """Begin and end mark of the outermost field that holds the element, its marks included."""
        number = self._around.get(element)
        if number is None:
            return None
        begin, end = self._marks[number]
        return (begin, end) if end is not None else None


def _matched(story: Element) -> frozenset[Element]:
    """The begin and end marks that belong together, text boxes and fallbacks left out."""
    stack: list[Element] = []
    matched: set[Element] = set()
    for mark in story.iter(FLDCHAR):
        if inside(mark, TXBX, FALLBACK):
            continue
        if mark.get(_KIND) == "begin":
            stack.append(mark)
        elif mark.get(_KIND) == "end" and stack:
            matched |= {stack.pop(), mark}
    return frozenset(matched)


def reach(block: Block, span: Span, fields: Fields) -> Reach | None:
    """The range in the XML of some characters of a block, grown to what may be marked.

    None when the characters have no place where a range can stand (no paragraph, a field over cells).
    """
    touched = [anchor for anchor in block.anchors if anchor.span.overlaps(span)]
    if not touched:
        return None
    first, last = touched[0], touched[-1]
    start = end = None
    if first.offset is not None and span.start > first.span.start:
        start = first.offset + span.start - first.span.start
    if last.offset is not None and span.end < last.span.end:
        end = last.offset + span.end - last.span.start
    cut_atom = (first.offset is None and span.start > first.span.start) or (
        last.offset is None and span.end < last.span.end
    )
    return grown(Reach(first.node, last.node, start, end, cut_atom), fields)


def grown(found: Reach, fields: Fields) -> Reach | None:
    """The range, larger until it cuts no unit and no field; None when it leaves the flow of its text."""
    for _ in range(_ROUNDS):
        first, last = unit_of(found.first), unit_of(found.last)
        if first is None or last is None:
            return None
        larger = found
        if first is not found.first:
            larger = replace(larger, first=first, start=None, widened=True)
        if last is not found.last:
            larger = replace(larger, last=last, end=None, widened=True)
        before, after = fields.around(larger.first), fields.around(larger.last)
        if before is not None and before[0] is not larger.first:
            larger = replace(larger, first=before[0], start=None, widened=True)
        if after is not None and after[1] is not larger.last:
            larger = replace(larger, last=after[1], end=None, widened=True)
        if larger == found:
            return found if _in_one_flow(found) else None
        found = larger
    return None


def _in_one_flow(found: Reach) -> bool:
    """Whether both ends stand in the same paragraph or in paragraphs beside each other."""
    first, last = paragraph_of(found.first), paragraph_of(found.last)
    return first is not None and last is not None and (first is last or first.getparent() is last.getparent())


class Cutter:
    """Cuts runs. Positions are those of the original nodes, however often these have been cut since."""

    def __init__(self) -> None:
        self._pieces: dict[Element, list[tuple[int, Element]]] = {}
        self._ends: dict[Element, int] = {}

    def cut(self, found: Reach) -> tuple[Element, Element]:
        """The first and last element of a range at the level of runs, cut free at both ends.

        Cut all ranges before asking for those that stay: a later cut can shorten an earlier answer.
        """
        last = self._ending(found.last, found.end)
        first = self._beginning(found.first, found.start)
        return first, last

    def _beginning(self, node: Element, offset: int | None) -> Element:
        piece = node if offset is None else self._piece(node, offset)
        run = piece.getparent()
        if run is None or run.tag != R:
            return piece
        return run if is_first(piece) else _split_run(run, piece)

    def _ending(self, node: Element, offset: int | None) -> Element:
        if offset is None:
            pieces = self._pieces.get(node)
            piece = pieces[-1][1] if pieces else node
        else:
            self._piece(node, offset)
            piece = next(p for start, p in reversed(self._pieces[node]) if start < offset)
        run = piece.getparent()
        if run is None or run.tag != R:
            return piece
        following = next((other for other in piece.itersiblings() if is_content(other)), None)
        if following is not None:
            _split_run(run, following)
        return run

    def _piece(self, node: Element, offset: int) -> Element:
        """The piece of a text node that begins at an offset of the original text."""
        if node not in self._pieces:
            shown, lead = visible_text(node)
            self._pieces[node] = [(lead, node)]
            self._ends[node] = lead + len(shown)
        pieces = self._pieces[node]
        index = max(i for i, (start, _) in enumerate(pieces) if start <= offset)
        start, piece = pieces[index]
        if start == offset:
            return piece
        end = pieces[index + 1][0] if index + 1 < len(pieces) else self._ends[node]
        lead = visible_text(piece)[1]  # spaces that Word does not show would show beside a cut
        right = deepcopy(piece)
        right.tail = None
        _keep(right, lead + offset - start, lead + end - start, at_start=False)
        _keep(piece, lead, lead + offset - start, at_start=True)
        for half in (piece, right):
            half.set(XML_SPACE, "preserve")
        piece.addnext(right)
        run = piece.getparent()
        if run is not None and run.tag == R:
            _split_run(run, right)
        pieces.insert(index + 1, (offset, right))
        return right


def _split_run(run: Element, child: Element) -> Element:
    """Cut a run before one of its children; the new run has the child and all that follows."""
    right = run.makeelement(run.tag)
    copy_attributes(run, right)
    properties = run.find(RPR)
    if properties is not None:
        copied = deepcopy(properties)
        copied.tail = None
        right.append(copied)
    moved = [child, *child.itersiblings()]
    run.addnext(right)
    for element in moved:
        right.append(element)
    return right


def _keep(node: Element, start: int, end: int, *, at_start: bool) -> None:
    """Keep only some characters of a text node; XML comments inside stay with one of the halves."""
    if not len(node):
        node.text = node_text(node)[start:end]
        return
    position = len(node.text or "")
    node.text = (node.text or "")[start:end]
    for child in list(node):
        tail = child.tail or ""
        inside_half = position <= end if at_start else position > start
        kept = tail[max(start - position, 0) : max(end - position, 0)]
        position += len(tail)
        if inside_half:
            child.tail = kept
            continue
        before = child.getprevious()
        child.tail = None
        if before is None:
            node.text = (node.text or "") + kept
        else:
            before.tail = (before.tail or "") + kept
        node.remove(child)


def keep_shown(node: Element) -> None:
    """Make what Word shows of a text node its whole text, so that it is shown in any surroundings."""
    shown, start = visible_text(node)
    if len(shown) != len(node_text(node)):
        _keep(node, start, start + len(shown), at_start=True)
    node.set(XML_SPACE, "preserve")


def edges(first: Element, last: Element) -> tuple[Element, Element]:
    """Where the marks of a range go: before the one element and after the other.

    A mark at the edge of a link, an insertion or the like goes outside.
    """
    return _climbed(first, at_start=True), _climbed(last, at_start=False)


def _climbed(element: Element, *, at_start: bool) -> Element:
    while (is_first if at_start else is_last)(element):
        parent = element.getparent()
        if parent is None or parent.tag not in CLIMBED or paragraph_of(parent) is None:
            break
        outer = parent.getparent() if parent.tag == SDT_CONTENT else parent
        if outer is None or outer.getparent() is None:
            break
        element = outer
    return element


def at_paragraph_level(element: Element) -> Element | None:
    """The ancestor (or the element itself) that is a child of the paragraph."""
    paragraph = paragraph_of(element)
    walker: Element | None = element
    while walker is not None and walker.getparent() is not paragraph:
        walker = walker.getparent()
    return walker


def text_nodes(elements: Iterable[Element]) -> int:
    """How many characters the text nodes of some runs hold."""
    return sum(len(node_text(node)) for element in elements for node in element.iter(T))
