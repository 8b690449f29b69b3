"""Tracked replacements: which suggestions become one, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass

from pvelint.document import Block, Span
from pvelint.findings import Finding, UsageKind
from pvelint.quotes import quotations
from pvelint.word.annotate.anchoring import Fields, Reach, keep_shown, text_nodes
from pvelint.word.annotate.model import Marker, Suggest
from pvelint.word.annotate.tree import INS, copy_attributes, paragraph_of, runs_between
from pvelint.word.names import (
    FLDSIMPLE,
    HYPERLINK,
    RPR,
    RUBY,
    SDT,
    SDTPR,
    VAL,
    XML_SPACE,
    Element,
    P,
    R,
    T,
    w,
)

DEL_TEXT = w("delText")
_OTHERS_WORDS = (UsageKind.QUOTED, UsageKind.NAME, UsageKind.MENTION)
_HARMLESS = frozenset({RPR, w("lastRenderedPageBreak")})
_CLOSED = {
    INS: "somebody's insertion",
    w("del"): "somebody's deletion",
    w("moveTo"): "moved text",
    w("moveFrom"): "moved text",
    FLDSIMPLE: "a field",
    RUBY: "text with a reading aid",
}
_LEFT_OPEN = frozenset({HYPERLINK, SDT, w("sdtContent"), w("smartTag"), w("customXml"), w("dir"), w("bdo")})
_BETWEEN = frozenset(w(name) for name in ("proofErr", "bookmarkStart", "bookmarkEnd")) | {
    w("commentRangeStart"),
    w("commentRangeEnd"),
}
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement: the words that differ, and what comes in their place."""

    block: int
    span: Span
    text: str


def chosen(finding: Finding, suggest: Suggest) -> str | None:
    """The words to put in for a finding, or None when its suggestions do not allow a change."""
    if suggest is Suggest.NONE or not finding.suggestions or finding.accepted is not None:
        return None
    first = finding.suggestions[0]
    if first.grade != "safe" and suggest is not Suggest.OFFER:
        return None
    return first.text if first.text != finding.text else None


def change_of(finding: Finding, text: str, block: Block) -> Change:
    """The change of only those words that differ; at least one word is replaced by at least one."""
    start, end = finding.span.start, finding.span.end
    old, new = _WORD.findall(block.text[start:end]), _WORD.findall(text)
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    while head and (_only_space(old[head : len(old) - tail]) or _only_space(new[head : len(new) - tail])):
        head -= 1
    while tail and (_only_space(old[head : len(old) - tail]) or _only_space(new[head : len(new) - tail])):
        tail -= 1
    old_words, new_words = old[head : len(old) - tail], new[head : len(new) - tail]
    start += sum(map(len, old[:head]))
    return Change(finding.block, Span(start, start + sum(map(len, old_words))), "".join(new_words))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words at the beginning are the same."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _only_space(words: Sequence[str]) -> bool:
    return not "".join(words).strip()


def refusal(change: Change, finding: Finding, block: Block) -> str:
    """Why these words must stay as they are although a replacement is known; empty when they need not."""
    if finding.usage.kind in _OTHERS_WORDS:
        return "a quotation, a name or words about words"
    if block.quoted or any(quote.outer.overlaps(change.span) for quote in quotations(block.text)):
        return "a quotation"
    if block.hidden:
        return "hidden text"
    if any(protected.span.overlaps(change.span) for protected in block.protected):
        return "an address, a name or a formula"
    if not change.text.strip() or not all(char.isprintable() for char in change.text):
        return "characters that cannot be written"
    return ""


def refused_by_xml(found: Reach, nodes: Sequence[Element], fields: Fields) -> str:
    """Why the place of these text nodes in the XML allows no tracked change; empty when it does.

    found: the range, grown. nodes: the nodes of its characters, in order.
    """
    if found.widened or any(node.tag != T for node in nodes):
        return "more than plain text"
    for node in nodes:
        run = node.getparent()
        if run is None or run.tag != R or fields.around(node) is not None:
            return "a field" if run is not None and run.tag == R else "more than plain text"
        reason = _closed_by(run)
        if reason:
            return reason
    first, last = nodes[0].getparent(), nodes[-1].getparent()
    if first is None or last is None or first.getparent() is not last.getparent():
        return "words that are partly in a link or a control"
    return _crossed(first, last, nodes)


def _closed_by(run: Element) -> str:
    for parent in run.iterancestors():
        if parent.tag in _CLOSED:
            return _CLOSED[parent.tag]
        if parent.tag == SDT and _is_fixed(parent):
            return "a content control that is locked or filled from elsewhere"
        if parent.tag == P:
            properties = parent.find(f"{w('pPr')}/{RPR}")
            deleted = properties is not None and properties.find(w("moveFrom")) is not None
            if deleted:
                return "moved text"
        elif parent.tag not in _LEFT_OPEN and paragraph_of(parent) is not None:
            return "more than plain text"
    return ""


def _is_fixed(control: Element) -> bool:
    properties = control.find(SDTPR)
    if properties is None:
        return False
    for entry in properties:
        name = str(entry.tag).rsplit("}", 1)[-1]
        if name == "dataBinding" or (name == "lock" and "ontent" in entry.get(VAL, "")):
            return True
    return False


def _crossed(first: Element, last: Element, nodes: Sequence[Element]) -> str:
    """Whether anything but the replaced text nodes and harmless marks stands between the two ends."""
    wanted = set(nodes)
    for element in runs_between(first, last):
        if element.tag == R:
            for child in element:
                cut_off = element in (first, last) and not _is_between(child, nodes)
                if not (child in wanted or cut_off or child.tag in _HARMLESS):
                    return "a note reference, a picture or the like among the words"
        elif isinstance(element.tag, str) and element.tag not in _BETWEEN:
            return "something else among the words"
    return ""


def _is_between(child: Element, nodes: Sequence[Element]) -> bool:
    """Whether a child of the first or last run stands after the first and before the last node."""
    parent = child.getparent()
    if parent is None:
        return False
    index = parent.index(child)
    after = parent is not nodes[0].getparent() or index > parent.index(nodes[0])
    before = parent is not nodes[-1].getparent() or index < parent.index(nodes[-1])
    return after and before


def without_overlaps(changes: Iterable[Change]) -> Iterator[Change]:
    """The changes that overlap no other; the same change asked for twice is one."""
    distinct = list(dict.fromkeys(changes))
    for change in distinct:
        rivals = (other for other in distinct if other is not change and other.block == change.block)
        if not any(other.span.overlaps(change.span) for other in rivals):
            yield change


def write_change(first: Element, last: Element, text: str, marker: Marker, ids: Iterator[int]) -> tuple[int, ...]:
    """Wrap runs in deletions, each its own, and put the new words after the last one.

    first, last: runs that hold the replaced words and nothing else, siblings.
    Returns the ids of the marks.
    """
    runs = [element for element in runs_between(first, last) if element.tag == R]
    model = max(runs, key=lambda run: text_nodes([run]))
    inserted = first.makeelement(R)
    copy_attributes(model, inserted)
    properties = model.find(RPR)
    if properties is not None:
        copied = deepcopy(properties)
        copied.tail = None
        for change in copied.findall(w("rPrChange")):
            copied.remove(change)
        inserted.append(copied)
    words = inserted.makeelement(T)
    words.text = text
    words.set(XML_SPACE, "preserve")
    inserted.append(words)
    used: list[int] = []
    for run in runs:
        deletion = _mark(run, w("del"), marker, ids, used)
        run.addprevious(deletion)
        tail, run.tail = run.tail, None
        deletion.append(run)
        deletion.tail = tail
        for node in run.findall(T):
            keep_shown(node)
            node.tag = DEL_TEXT
    insertion = _mark(last, INS, marker, ids, used)
    insertion.append(inserted)
    wrapper = last.getparent()
    assert wrapper is not None
    wrapper.addnext(insertion)
    return tuple(used)


def _mark(near: Element, tag: str, marker: Marker, ids: Iterator[int], used: list[int]) -> Element:
    number = next(ids)
    used.append(number)
    mark = near.makeelement(tag)
    mark.set(w("id"), str(number))
    mark.set(w("author"), marker.author)
    mark.set(w("date"), marker.date)
    return mark
