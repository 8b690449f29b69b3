"""A copy that was reviewed before: our marks are taken out first, so that nothing is added twice.

What a person did stays: a comment of ours that was answered, resolved or written in is kept, and so are the
changes under it; a replacement of which one half was accepted is no longer ours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pvelint.document import Document, Resolved
from pvelint.word.annotate.comments import COMMENT
from pvelint.word.annotate.tree import COMMENT_END, COMMENT_REFERENCE, COMMENT_START, INS, remove
from pvelint.word.annotate.undo import drop_comments, number_of, undo_change, undo_mark
from pvelint.word.annotate.writing import copy_of, serialised
from pvelint.word.comments import WordComment, comment_lines, comments_of, para_id
from pvelint.word.names import DEL, RPR, Element, R, w
from pvelint.word.ownmarks import AUTHOR, is_untouched, own_rules
from pvelint.word.package import Package, open_package

_HARMLESS = frozenset(w(name) for name in ("proofErr", "bookmarkStart", "bookmarkEnd")) | {COMMENT_START, COMMENT_END}


def without_marks(data: bytes, *, path: str, author: str = AUTHOR) -> bytes:
    """The file without the comments and changes of an earlier review; the very bytes when there are none.

    data: the whole file. path: as the user named it. author: the name that our marks carry.
    Raises ReadError for a file that cannot be read, AnnotateError as `annotate` does when it is written.
    """
    package = open_package(data, path=path)
    parts = package.related(package.main, "comments")
    ours = [c for part in parts for c in package.tree(part).iter(COMMENT) if _is_ours(c, author)]
    if not ours:
        return data
    told = comments_of(package)
    answered = {comment.answers for comment in told.values()}
    kept = {number_of(c) for c in ours if _is_a_persons_now(told.get(c.get(w("id"), "")), answered)}
    gone = {number_of(c) for c in ours} - kept
    main = package.tree(package.main)
    under_kept = _between_marks(main, kept)
    changes = [change for change in _pairs(main, author) if change not in under_kept]
    if not gone and not changes:
        return data
    for element in list(main.iter(COMMENT_START, COMMENT_END, COMMENT_REFERENCE)):
        if number_of(element) in gone:
            undo_mark(element)
    for element in changes:
        undo_change(element)
    changed = {package.main: serialised(main, package, package.main)}
    known = {para_id(comment) for comment in ours if number_of(comment) in gone} - {""}
    for part in parts:
        drop_comments(package.tree(part), gone)
        changed[part] = serialised(package.tree(part), package, part)
    changed.update(_forget(package, known))
    return copy_of(data, changed, {}, path=path)


def standing(document: Document) -> tuple[Resolved, ...]:
    """The comments of ours that `without_marks` has left in a document, because a person worked on them.

    Findings that one of them is about get no second comment, settled or not.
    """
    found = []
    for span, text in document.comments:
        lines = tuple(text.split("\n"))
        if own_rules(lines):
            found.append(Resolved(span, own_rules(lines), lines))
    return tuple(found)


def _is_ours(comment: Element, author: str) -> bool:
    return comment.get(w("author")) == author and bool(own_rules(comment_lines(comment)))


def _is_a_persons_now(comment: WordComment | None, answered: Collection[str | None]) -> bool:
    """Whether a person resolved a comment of ours, answered it or wrote in it."""
    if comment is None or not is_untouched(comment.lines):
        return True
    return comment.resolved or comment.id in answered


def _between_marks(main: Element, numbers: Collection[int]) -> set[Element]:
    """The changes that stand between the marks of some comments."""
    found: set[Element] = set()
    if not numbers:
        return found
    open_marks: set[int] = set()
    for element in main.iter(COMMENT_START, COMMENT_END, INS, DEL):
        number = number_of(element)
        if element.tag == COMMENT_START and number in numbers:
            open_marks.add(number)
        elif element.tag == COMMENT_END:
            open_marks.discard(number)
        elif open_marks:
            found.add(element)
    return found


def _pairs(main: Element, author: str) -> Iterator[Element]:
    """Our deletions and insertions that are still whole: an insertion of plain runs right after deletions.

    LibreOffice moves the marks of comments into them when it saves.
    """
    for insertion in main.iter(INS):
        if insertion.get(w("author")) != author or not _is_plain(insertion):
            continue
        deletions: list[Element] = []
        for before in insertion.itersiblings(preceding=True):
            ours = before.tag == DEL and before.get(w("author")) == author
            if ours and before.get(w("date")) == insertion.get(w("date")):
                deletions.append(before)
            elif before.tag not in _HARMLESS and not _is_reference(before):
                break
        if deletions and all(_is_plain(deletion) for deletion in deletions):
            yield insertion
            yield from deletions


def _is_plain(change: Element) -> bool:
    """Whether a change holds nothing but runs and marks."""
    return all(child.tag == R or child.tag in _HARMLESS for child in change)


def _is_reference(element: Element) -> bool:
    """Whether a run does nothing but refer to a comment."""
    return element.tag == R and all(child.tag in (RPR, COMMENT_REFERENCE) for child in element)


def _forget(package: Package, para_ids: Collection[str]) -> dict[str, bytes]:
    """The parts that Word keeps beside the comments, without what they say of those that are gone."""
    changed: dict[str, bytes] = {}
    durable: set[str] = set()
    for kind in ("commentsextended", "commentsids", "commentsextensible"):
        for part in package.related(package.main, kind):
            root = package.tree(part)
            doomed = []
            for entry in root:
                values = {str(name).rsplit("}", 1)[-1]: str(value) for name, value in entry.items()}
                if values.get("paraId") in para_ids:
                    durable.add(values.get("durableId", ""))
                    doomed.append(entry)
                elif kind == "commentsextensible" and values.get("durableId") in durable - {""}:
                    doomed.append(entry)
            for entry in doomed:
                remove(entry)
            if doomed:
                changed[part] = serialised(root, package, part)
    return changed
