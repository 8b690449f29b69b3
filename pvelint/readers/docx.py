"""Reads a Word document: everything a reader of it sees, once, in order, each character with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pvelint.document import BlockKind, Document, NotChecked, Resolved, Span
from pvelint.errors import ReadError
from pvelint.word import properties, sections
from pvelint.word.blocks import Assembly
from pvelint.word.characters import node_text
from pvelint.word.comments import WordComment, comments_of
from pvelint.word.drafts import Draft, NoteReference, Piece, Reading, Story
from pvelint.word.names import Element, T, w
from pvelint.word.numbering import ListLevel, Numbering
from pvelint.word.ownmarks import AUTHOR, own_rules
from pvelint.word.package import Package, open_package
from pvelint.word.places import Placed, Placer
from pvelint.word.styles import Styles
from pvelint.word.walk import Walker

_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_UNREAD: Final = {
    "picture": "text inside pictures is not read",
    "embedded object": "text inside embedded objects is not read",
    "form control": "text inside form controls is not read",
    "ink drawing": "handwriting is not read",
    "embedded document": "documents embedded in the document are not read",
    "sub-document": "a sub-document is a file of its own; check it by itself",
    "equation": "formulas are not checked",
    "unread chart": "the text of this chart could not be read",
    "unread diagram": "the text of this diagram could not be read",
}


def read_docx(data: bytes, *, path: str) -> Document:
    """Read a Word file (.docx, .docm, .dotx, .dotm).

    data: the whole file. path: as the user named it.
    Raises ReadError, with a code for each kind of file that is not a readable Word document.
    """
    return read_package(open_package(data, path=path))


def read_package(package: Package) -> Document:
    """Read an open package. The anchors of the document point into the package's own trees.

    Raises ReadError when a part that holds text cannot be parsed.
    """
    return _Reader(package).document()


class _Reader:
    """The stories of one document in reading order; each method reads one kind of story."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._settings = self._optional_root("settings")
        self._reading = Reading(
            package,
            Styles(self._optional_root("styles")),
            Numbering(self._optional_root("numbering")),
        )
        self._placer = Placer(self._reading)
        self._not_checked: list[NotChecked] = []
        self._properties: dict[str, str] = {}

    def document(self) -> Document:
        body = self._placer.body(self._walk(self._package.main, self._package.body, "body"))
        placed = [*body, *self._notes("footnote"), *self._notes("endnote"), *self._margins()]
        placed = [*self._title(placed), *placed, *self._list_labels(placed)]
        comments = comments_of(self._package)
        assembly = Assembly(placed)
        spans = _with_answers(assembly.comment_spans(self._reading.comment_marks), comments)
        self._list_unread(sum(not _is_ours(comment) for comment in comments.values()))
        return Document(
            path=self._package.path,
            format="word",
            text=assembly.text,
            blocks=assembly.blocks,
            properties=MappingProxyType(self._properties),
            not_checked=tuple(self._not_checked),
            comments=tuple(sorted((spans[key], comments[key].text) for key in spans)),
            resolved=tuple(_resolved(spans, comments)),
        )

    def _optional_root(self, kind: str) -> Element | None:
        parts = self._package.related(self._package.main, kind)
        return self._package.tree(parts[0]) if parts else None

    def _walk(
        self,
        part: str,
        root: Element,
        name: str,
        *,
        kind: BlockKind = BlockKind.PARAGRAPH,
        hidden: bool = False,
    ) -> list[Draft]:
        story = Story(self._package.names[part], name, kind)
        return Walker(story, self._reading, hidden=hidden).read(root)

    def _notes(self, kind: str) -> list[Placed]:
        """The notes that the visible text refers to, in that order and with the numbers they show."""
        parts = self._package.related(self._package.main, f"{kind}s")
        references = [note for note in self._reading.notes if note.kind == kind]
        if not parts:
            return []
        notes = {
            note.get(w("id"), ""): note
            for note in self._package.tree(parts[0]).iterfind(w(kind))
            if note.get(w("type"), "normal") not in _SEPARATORS
        }
        placed: list[Placed] = []
        number = 0
        for reference in references:
            number += not reference.own_mark
            note = notes.pop(reference.id, None)
            if note is not None:
                placed += self._note(reference, parts[0], note, number)
        left = sum(any((text.text or "").strip() for text in note.iter(T)) for note in notes.values())
        if left:
            reason = f"{_plural(left, kind)} that the final text does not refer to: nobody sees them"
            self._not_checked.append(NotChecked(f"{kind}s", reason))
        return placed

    def _note(self, reference: NoteReference, part: str, note: Element, number: int) -> list[Placed]:
        kind = reference.kind
        place = f"{kind} with its own mark after {kind} {number}" if reference.own_mark else f"{kind} {number}"
        drafts = self._walk(part, note, f"{kind}s", kind=BlockKind.FOOTNOTE, hidden=reference.hidden)
        return self._placer.story(drafts, place=place, heading=reference.holder.heading)

    def _margins(self) -> list[Placed]:
        placed: list[Placed] = []
        for margin in sections.shown_margins(self._package, self._settings):
            kind = BlockKind.HEADER if margin.what == "header" else BlockKind.FOOTER
            drafts = self._walk(margin.part, self._package.tree(margin.part), margin.what, kind=kind)
            placed += self._placer.story(drafts, place=margin.place)
        return placed

    def _title(self, placed: list[Placed]) -> list[Placed]:
        """The title property, unless the document shows the same words as its title."""
        try:
            self._properties.update(properties.settings(self._package))
            found = properties.title_element(self._package)
        except ReadError as error:
            self._not_checked.append(NotChecked("properties", error.message))
            return []
        if found is None:
            return []
        part, element = found
        text = node_text(element)
        self._properties["title"] = " ".join(text.split())
        shown = {" ".join(p.draft.text().split()) for p in placed if p.kind is BlockKind.TITLE}
        if self._properties["title"] in shown:
            return []
        story = Story(part, "properties", BlockKind.TITLE, "document title")
        draft = Draft(story)
        draft.add(Piece(text.translate(str.maketrans("\t\r\n", "   ")), element, 0))
        return [Placed(draft, BlockKind.TITLE, "document title", False)]

    def _list_labels(self, placed: list[Placed]) -> list[Placed]:
        """The words that lists put before their items, once for each level that is used."""
        labels: list[Placed] = []
        told: set[ListLevel] = set()
        parts = self._package.related(self._package.main, "numbering")
        for item in placed:
            level = item.draft.list_level
            if level is None or level in told or not item.draft.text().strip():
                continue
            told.add(level)
            label = self._reading.numbering.label(level)
            if label is not None:
                story = Story(self._package.names[parts[0]], "list labels", BlockKind.LIST_ITEM)
                draft = Draft(story)
                draft.add(Piece(label.get(w("val"), ""), label, None, generated=True))
                labels.append(Placed(draft, BlockKind.LIST_ITEM, f"list label at {item.place}", False))
        return labels

    def _list_unread(self, comments: int) -> None:
        counts = self._reading.counts
        for what, reason in _UNREAD.items():
            if counts[what]:
                name = what.removeprefix("unread ")
                self._not_checked.append(NotChecked(f"{name}s", f"{_plural(counts[what], name)}: {reason}"))
        if comments:
            verb = "is" if comments == 1 else "are"
            reason = f"{_plural(comments, 'comment')} by reviewers {verb} not checked"
            self._not_checked.append(NotChecked("comments", reason))


def _with_answers(spans: Mapping[str, Span], comments: Mapping[str, WordComment]) -> dict[str, Span]:
    """What each comment stands on; an answer without marks of its own stands where the answered one does."""
    found = {key: span for key, span in spans.items() if key in comments}
    for key, comment in comments.items():
        if key not in found and comment.answers is not None and comment.answers in found:
            found[key] = found[comment.answers]
    return found


def _is_ours(comment: WordComment) -> bool:
    return comment.author == AUTHOR and bool(own_rules(comment.lines))


def _resolved(spans: Mapping[str, Span], comments: Mapping[str, WordComment]) -> Iterator[Resolved]:
    """The comments of an earlier review that a person resolved, with what was answered to them."""
    for key, span in sorted(spans.items(), key=lambda entry: entry[1]):
        comment = comments[key]
        if comment.resolved and _is_ours(comment):
            answers = [" ".join(other.text.split()) for other in comments.values() if other.answers == key]
            reason = " / ".join(answer for answer in answers if answer)
            yield Resolved(span, own_rules(comment.lines), comment.lines, reason)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
