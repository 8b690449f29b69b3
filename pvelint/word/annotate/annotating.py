"""From findings to a proved copy: place, cut, change, mark, write, prove."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from pvelint.document import Block, Document, Span
from pvelint.findings import Finding
from pvelint.readers.docx import read_package
from pvelint.word.annotate import comments as texts
from pvelint.word.annotate import tracked
from pvelint.word.annotate.anchoring import Cutter, Fields, Reach, at_paragraph_level, edges, reach
from pvelint.word.annotate.comments import Styles
from pvelint.word.annotate.model import Annotated, AnnotateError, AnnotateOptions, How, Marker, PlacedFinding
from pvelint.word.annotate.protection import permission
from pvelint.word.annotate.standins import StandIn, StandIns, stands_in_body
from pvelint.word.annotate.tracked import Change
from pvelint.word.annotate.tree import (
    COMMENT_END,
    COMMENT_REFERENCE,
    COMMENT_START,
    INS,
    fresh,
    whole_numbers,
)
from pvelint.word.annotate.undo import Marks, prove
from pvelint.word.annotate.writing import (
    comments_part,
    copy_of,
    link_comments,
    serialised,
)
from pvelint.word.gate import part_key
from pvelint.word.names import Element, w
from pvelint.word.ownmarks import elsewhere, surroundings
from pvelint.word.package import Package, open_package
from pvelint.wording import Note, Wording

_ID = w("id")
_WITH_ARTICLE = ("header", "footer", "alt text", "title", "text of", "tooltip", "list label", "document title")


@dataclass(eq=False)
class _Entry:
    """A comment to be: where it stands and what it says."""

    how: How
    reach: Reach | None
    paragraph: Element | None = None
    groups: list[tuple[Finding, ...]] = field(default_factory=list)
    change: Change | None = None
    change_reach: Reach | None = None
    refused: str = ""
    number: int = -1


def annotate(data: bytes, *, path: str, findings: Sequence[Finding], options: AnnotateOptions) -> Annotated:
    """A copy of a Word file with findings as comments and replacements as tracked changes.

    data:     the whole file, as the findings were made from it.
    path:     as the user named it, for messages.
    findings: each with its block and span as `read_docx` numbers them.

    The copy is proved before it is given back: with our marks undone it is the original.

    Raises ReadError for a file that cannot be read, AnnotateError ``protected`` or ``signed`` (see
    ``AnnotateOptions.force``), ``changed`` when the findings are not of this file, ``outward-names``,
    ``mixed-namespaces`` or ``unsound-copy``; then there is no copy.
    """
    package = open_package(data, path=path)
    allowed = permission(package, force=options.force)
    return _Annotator(package, data, options, changes=allowed.changes, notes=allowed.notes).run(findings)


class _Annotator:
    def __init__(
        self, package: Package, data: bytes, options: AnnotateOptions, *, changes: bool, notes: tuple[str, ...]
    ) -> None:
        self._package = package
        self._data = data
        self._options = options
        self._changes = changes
        self._notes = notes
        self._document = read_package(package)
        self._fields = Fields(package.body)
        self._stand_ins = StandIns(package, self._fields)
        self._main_part = package.names[package.main]
        self._cutter = Cutter()
        self._marker = Marker(options.author, options.initials, _date(options.date))
        self._lost: list[tuple[Finding, str]] = []

    def run(self, findings: Sequence[Finding]) -> Annotated:
        _check(self._document, findings, self._package.path)
        entries = self._entries(findings)
        if not entries:
            return Annotated(self._data, (), tuple(self._lost), self._notes)
        self._plan_changes(entries)
        part, linked = comments_part(self._package)
        created = part_key(part) not in self._package.names
        root = texts.new_comments() if created else self._package.tree(part)
        used = [e.get(_ID) for e in root.iter(texts.COMMENT)]
        main = self._package.tree(self._package.main)
        used += [e.get(_ID) for e in main.iter(COMMENT_START, COMMENT_END, COMMENT_REFERENCE)]
        numbers = fresh(whole_numbers(used))
        for entry in entries:
            entry.number = next(numbers)
        expected = self._expected(entries)
        changed_ids = self._mark(entries, main)
        placed = self._comment(entries, root)
        changed, added = self._lists(part, linked=linked, created=created)
        changed[self._package.main] = serialised(main, self._package, self._package.main)
        (added if created else changed)[part if created else part_key(part)] = serialised(
            root, self._package, part_key(part)
        )
        copy = copy_of(self._data, changed, added, path=self._package.path)
        marks = Marks(frozenset(e.number for e in entries), changed_ids, part, linked)
        prove(self._data, copy, marks=marks, texts=expected, path=self._package.path)
        return Annotated(
            data=copy,
            placed=tuple(placed),
            not_anchored=tuple(self._lost),
            notes=self._notes,
            comments=len(entries),
            changes=sum(entry.change is not None for entry in entries),
        )

    # where

    def _entries(self, findings: Sequence[Finding]) -> list[_Entry]:
        """One entry for the findings on the same words, or at the same stand-in place; in order."""
        groups: dict[tuple[int, Span], list[Finding]] = {}
        for finding in sorted(findings, key=lambda f: (f.block, f.span, -f.level.rank, f.rule)):
            groups.setdefault((finding.block, finding.span), []).append(finding)
        entries: list[_Entry] = []
        standing: dict[object, _Entry] = {}
        for (index, span), group in groups.items():
            if not 0 <= index < len(self._document.blocks):
                self._lose(group, "It is about the document as a whole.")
                continue
            block = self._document.blocks[index]
            entry = self._in_place(block, span) if span.start < span.end else None
            if entry is None:
                stand_in = self._elsewhere(block)
                if stand_in is None:
                    self._lose(group, "The document has no paragraph that can carry a comment.")
                    continue
                entry = standing.get(stand_in.key) or _Entry(How.STAND_IN, stand_in.reach, stand_in.paragraph)
                if entry.groups:
                    entry.groups.append(tuple(group))
                    continue
                standing[stand_in.key] = entry
            if len(entries) >= self._options.limit:
                self._lose(group, f"The copy has {self._options.limit} comments already.")
                continue
            entry.groups.append(tuple(group))
            entries.append(entry)
        return entries

    def _lose(self, group: Sequence[Finding], reason: str) -> None:
        self._lost += [(finding, reason) for finding in group]

    def _in_place(self, block: Block, span: Span) -> _Entry | None:
        if not stands_in_body(block, span, self._main_part):
            return None
        found = reach(block, span, self._fields)
        if found is None:
            return None
        return _Entry(How.WIDENED if found.widened else How.EXACT, found)

    def _elsewhere(self, block: Block) -> StandIn | None:
        if block.part == "body":
            return self._stand_ins.near(block)
        return self._stand_ins.find(block)

    # changes

    def _plan_changes(self, entries: Sequence[_Entry]) -> None:
        """Settle which entries get a tracked change, and why the others do not."""
        wanted: dict[int, list[Change]] = {}
        for entry in entries:
            for finding in (f for group in entry.groups for f in group):
                text = tracked.chosen(finding, self._options.suggest)
                if text is None:
                    continue
                block = self._document.blocks[finding.block]
                change = tracked.change_of(finding, text, block)
                reason = self._refused(entry, change, finding, block)
                if reason:
                    entry.refused = entry.refused or reason
                else:
                    wanted.setdefault(id(entry), []).append(change)
        free = set(tracked.without_overlaps(change for changes in wanted.values() for change in changes))
        taken: set[Change] = set()
        for entry in entries:
            changes = list(dict.fromkeys(wanted.get(id(entry), ())))
            if len(changes) > 1 or any(change not in free for change in changes):
                entry.refused = entry.refused or "another suggestion for the same words"
            elif changes and changes[0] not in taken:
                taken.add(changes[0])
                entry.change = changes[0]
                entry.change_reach = reach(self._document.blocks[changes[0].block], changes[0].span, self._fields)

    def _refused(self, entry: _Entry, change: Change, finding: Finding, block: Block) -> str:
        if not self._changes:
            return "the protection of the document"
        if entry.how is not How.EXACT or len(entry.groups) != 1:
            return "a place that takes no changes"
        found = reach(block, change.span, self._fields)
        nodes = [anchor.node for anchor in block.anchors if anchor.span.overlaps(change.span)]
        if found is None:
            return "a place that takes no changes"
        return tracked.refusal(change, finding, block) or tracked.refused_by_xml(found, nodes, self._fields)

    def _expected(self, entries: Sequence[_Entry]) -> list[str]:
        """The texts that the copy's blocks have to have."""
        found = [block.text for block in self._document.blocks]
        changes = [entry.change for entry in entries if entry.change is not None]
        for change in sorted(changes, key=lambda change: change.span, reverse=True):
            text = found[change.block]
            found[change.block] = text[: change.span.start] + change.text + text[change.span.end :]
        return [
            text
            for block, text in zip(self._document.blocks, found, strict=True)
            if block.part not in ("properties", "list labels")
        ]

    # marks

    def _mark(self, entries: Sequence[_Entry], main: Element) -> frozenset[int]:
        """Cut, write the changes, then the marks from the last to the first; the ids of the changes."""
        reaches = [r for entry in entries for r in (entry.reach, entry.change_reach) if r is not None]
        for found in reaches:
            self._cutter.cut(found)
        ids = fresh(whole_numbers(element.get(_ID) for element in main.iter() if isinstance(element.tag, str)))
        used: set[int] = set()
        endings: dict[Element, Element] = {}
        for entry in entries:
            if entry.change is not None and entry.change_reach is not None:
                first, last = self._cutter.cut(entry.change_reach)
                used.update(tracked.write_change(first, last, entry.change.text, self._marker, ids))
                deletion = last.getparent()
                insertion = deletion.getnext() if deletion is not None else None
                if insertion is not None and insertion.tag == INS:
                    endings[last] = insertion
        styles = self._styles()
        for entry in reversed(entries):
            if entry.reach is not None:
                first, last = self._cutter.cut(entry.reach)
                _place(entry.number, first, endings.get(last, last), styles)
            elif entry.paragraph is not None:
                entry.paragraph.append(texts.reference_run(entry.paragraph, entry.number, styles))
        return frozenset(used)

    def _styles(self) -> Styles:
        parts = self._package.related(self._package.main, "styles")
        return Styles.of(self._package.tree(parts[0]) if parts else None)

    # text

    def _comment(self, entries: Sequence[_Entry], root: Element) -> list[PlacedFinding]:
        styles = self._styles()
        wording = Wording(self._options.reader, self._options.sources)
        placed: list[PlacedFinding] = []
        for entry in entries:
            changed = entry.change.text if entry.change is not None else None
            notes = [Note(group, self._where(entry, group), changed) for group in entry.groups]
            lines = wording.paragraphs(notes)
            texts.append_comment(root, entry.number, lines, self._marker, styles)
            refused = entry.refused if changed is None else ""
            placed += [
                PlacedFinding(finding, entry.how, entry.number, changed, refused)
                for group in entry.groups
                for finding in group
            ]
        return placed

    def _where(self, entry: _Entry, group: Sequence[Finding]) -> str:
        if entry.how is not How.STAND_IN or group[0].span.start == group[0].span.end:
            return ""
        block = self._document.blocks[group[0].block]
        place = block.place or block.part
        article = "the " if place.startswith(_WITH_ARTICLE) else ""
        return elsewhere(f"{article}{place}", surroundings(block.text, group[0].span))

    def _lists(self, part: str, *, linked: bool, created: bool) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """The changed and the added lists of the package."""
        if not created and linked:
            return {}, {}
        lists = link_comments(self._package, part, linked=linked, created=created)
        changed = {name: xml for name, xml in lists.items() if name in self._package}
        return changed, {name: xml for name, xml in lists.items() if name not in self._package}


def _place(number: int, first: Element, last: Element, styles: Styles) -> None:
    """Put the marks of a comment around a range, its reference in the paragraph itself."""
    before, after = edges(first, last)
    start = first.makeelement(COMMENT_START)
    end = first.makeelement(COMMENT_END)
    for mark in (start, end):
        mark.set(_ID, str(number))
    before.addprevious(start)
    after.addnext(end)
    holder = at_paragraph_level(end)
    assert holder is not None
    holder.addnext(texts.reference_run(end, number, styles))


def _check(document: Document, findings: Sequence[Finding], path: str) -> None:
    """Raise AnnotateError ``changed`` when a finding's words are not where it says.

    A finding without words of its own (a remark on a suppression) is about its block.
    """
    for finding in findings:
        span = finding.span
        if span.start == span.end and not finding.text:
            continue
        whole = 0 <= finding.block < len(document.blocks) and 0 <= span.start < span.end
        if not whole or document.blocks[finding.block].text[span.start : span.end] != finding.text:
            message = "The document is not the one that was checked."
            raise AnnotateError("changed", message, cure="Run again.", path=path)


def _date(given: str | None) -> str:
    """The date for marks: as given, from SOURCE_DATE_EPOCH, or now in local time, as Word writes it."""
    if given is not None:
        return given
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = time.gmtime(int(epoch)) if epoch.isascii() and epoch.isdigit() else time.localtime()
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)
