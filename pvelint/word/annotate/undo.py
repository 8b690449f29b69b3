"""The proof of no harm: our marks are undone in memory, and what is left must be the original."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from pvelint.errors import ReadError
from pvelint.readers.docx import read_package
from pvelint.word.annotate.comments import COMMENT
from pvelint.word.annotate.model import AnnotateError
from pvelint.word.annotate.tracked import DEL_TEXT
from pvelint.word.annotate.tree import COMMENT_END, COMMENT_REFERENCE, COMMENT_START, INS, remove, unwrap
from pvelint.word.annotate.writing import CONTENT_TYPES, has_type, rels_name
from pvelint.word.characters import visible_text
from pvelint.word.gate import part_key
from pvelint.word.names import DEL, INSTR, RPR, XML_SPACE, Element, R, T, w
from pvelint.word.package import Package, open_package

_TEXT: Final = (T, DEL_TEXT, INSTR, w("delInstrText"))
_ID: Final = w("id")
_LISTS: Final = ("properties", "list labels")  # read from elsewhere; they can depend on the body's words


@dataclass(frozen=True, slots=True)
class Marks:
    """Our marks in a copy.

    comments: ids of comments. changes: ids of deletions and insertions.
    part:     name of the comments part.
    linked:   the main part pointed to it before.
    """

    comments: frozenset[int]
    changes: frozenset[int]
    part: str
    linked: bool


def prove(original: bytes, copy: bytes, *, marks: Marks, texts: Sequence[str], path: str) -> None:
    """Raise AnnotateError ``unsound-copy`` unless the copy is the original with our marks in it.

    texts: the text that each block of the copy has to have, all changes accepted (`expected_texts`).
    """
    try:
        reason = _difference(original, copy, marks, texts, path)
    except (ReadError, etree.LxmlError, KeyError, ValueError) as error:
        reason = f"the copy cannot be read again: {error}"
    if reason:
        message = f"The copy would not be the same document ({reason}), so it is not written."
        cure = "This is a fault of the program; please report it."
        raise AnnotateError("unsound-copy", message, cure=cure, path=path)


def _difference(original: bytes, copy: bytes, marks: Marks, texts: Sequence[str], path: str) -> str:
    before, after = open_package(original, path=path), open_package(copy, path=path)
    read = block_texts(after)
    if read != list(texts):
        where = next((i for i, (a, b) in enumerate(zip(read, texts, strict=False)) if a != b), len(texts))
        return f"the text of block {where + 1} differs"
    comments, rels = part_key(marks.part), rels_name(before)
    concerned = {before.main, comments, rels, CONTENT_TYPES}
    added = [name for name in after if name not in before]
    if [name for name in after if name in before] != list(before) or not set(added) <= {comments, rels}:
        return "its parts differ"
    for name in before:
        if name not in concerned and before.read(name) != after.read(name):
            return f"{before.names[name]} differs"
        if name in concerned and before.is_strict(name) != after.is_strict(name):
            return f"the markup of {before.names[name]} differs"
    return _marks_differ(after, marks, comments) or _parts_differ(before, after, marks, comments, rels)


def _marks_differ(after: Package, marks: Marks, comments: str) -> str:
    """Whether a mark is missing, doubled or half."""
    found: dict[str, list[int]] = {COMMENT_START: [], COMMENT_END: [], COMMENT_REFERENCE: []}
    for element in after.tree(after.main).iter(*found):
        number = number_of(element)
        if number in marks.comments:
            found[str(element.tag)].append(number)
    if sorted(found[COMMENT_REFERENCE]) != sorted(marks.comments):
        return "comments without a place"
    if sorted(found[COMMENT_START]) != sorted(found[COMMENT_END]):
        return "half a comment"
    if not marks.comments:
        return ""
    written = [number_of(comment) for comment in after.tree(comments).iter(COMMENT)]
    return "" if all(written.count(number) == 1 for number in marks.comments) else "comments without text"


def _parts_differ(before: Package, after: Package, marks: Marks, comments: str, rels: str) -> str:
    root = after.tree(after.main)
    undo(root, comments=marks.comments, changes=marks.changes)
    if canonical(root) != canonical(before.tree(before.main)):
        return "the main part differs"
    if comments in after:
        drop_comments(after.tree(comments), marks.comments)
        if comments not in before:
            if len(after.tree(comments)):
                return "its comments differ"
        elif _plain(after.tree(comments)) != _plain(before.tree(comments)):
            return "its comments differ"
    for entry in list(after.tree(CONTENT_TYPES)):
        name = part_key(entry.get("PartName", ""))
        if name in {comments, rels} - set(before) and not has_type(before.tree(CONTENT_TYPES), name):
            remove(entry)
    if _plain(after.tree(CONTENT_TYPES)) != _plain(before.tree(CONTENT_TYPES)):
        return "its content types differ"
    if rels not in after:
        return ""
    if not marks.linked:
        for link in list(after.tree(rels)):
            if link.get("Type", "").endswith("/comments"):
                remove(link)
    left = _plain(after.tree(rels)) if len(after.tree(rels)) or rels in before else b""
    return "" if left == (_plain(before.tree(rels)) if rels in before else b"") else "its relationships differ"


def number_of(element: Element) -> int:
    """The id of a mark; -1 when it is no whole number."""
    text = element.get(_ID, "")
    return int(text) if text.lstrip("-").isdigit() else -1


def drop_comments(root: Element, numbers: Collection[int]) -> None:
    """Take comments out of a comments part."""
    for comment in [c for c in root.iter(COMMENT) if number_of(c) in numbers]:
        remove(comment)


def undo(root: Element, *, comments: Collection[int], changes: Collection[int]) -> None:
    """Take marks out of a main part: comments, and replacements as if they had been rejected."""
    for element in list(root.iter(COMMENT_START, COMMENT_END, COMMENT_REFERENCE)):
        if number_of(element) in comments:
            undo_mark(element)
    for element in list(root.iter(INS, DEL)):
        if number_of(element) in changes:
            undo_change(element)


def undo_mark(element: Element) -> None:
    """Take out one mark of a comment; with a reference goes its run."""
    run = element.getparent()
    if element.tag == COMMENT_REFERENCE and run is not None and run.tag == R:
        remove(run)
    else:
        remove(element)


def undo_change(element: Element) -> None:
    """Take out the words of an insertion, or make the words of a deletion stand again; marks inside stay."""
    if element.tag == INS:
        for run in element.findall(R):
            remove(run)
        unwrap(element)
        return
    for node in element.iter(DEL_TEXT):
        node.tag = T
    unwrap(element)


def block_texts(package: Package) -> list[str]:
    """The texts of all blocks, but those of the properties and of the labels of lists."""
    return [block.text for block in read_package(package).blocks if block.part not in _LISTS]


def canonical(root: Element) -> bytes:
    """Canonical XML of a story in which neither the cutting of runs nor the file's own white space shows."""
    for node in root.iter(*_TEXT):
        _normalise_text(node)
    for element in list(root.iter()):
        if element.tag in _TEXT:
            continue
        if element.tail is not None and not element.tail.strip() and not _in_text(element):
            element.tail = None
        if element.text is not None and not element.text.strip() and isinstance(element.tag, str) and len(element):
            element.text = None
    for run in list(root.iter(R)):
        _join(run)
    for node in list(root.iter(T, DEL_TEXT)):
        _join_text(node)
    return etree.tostring(root.getroottree(), method="c14n")


def _in_text(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in _TEXT


def _normalise_text(node: Element) -> None:
    """Write out what Word shows of a text, so that ``xml:space`` makes no difference."""
    node.tail = None if node.tail is None or not node.tail.strip() else node.tail
    if not len(node) and node.tag in (T, DEL_TEXT):
        shown, start = visible_text(node)
        node.text = (node.text or "")[start : start + len(shown)]
    node.set(XML_SPACE, "preserve")


def _join(run: Element) -> None:
    """Join a run with those after it that look the same; call it on runs in document order."""
    if run.getparent() is None:
        return
    following = run.getnext()
    while following is not None and following.tag == R and not run.tail and _alike(run, following):
        properties = following.find(RPR)
        if properties is not None:
            following.remove(properties)
        run.extend(list(following))
        run.tail = following.tail
        following.tail = None
        parent = following.getparent()
        assert parent is not None
        parent.remove(following)
        following = run.getnext()


def _alike(one: Element, other: Element) -> bool:
    if sorted(one.items()) != sorted(other.items()):
        return False
    looks = []
    for run in (one, other):
        properties = run.find(RPR)
        looks.append(b"" if properties is None else etree.tostring(properties, method="c14n", with_tail=False))
    return looks[0] == looks[1]


def _join_text(node: Element) -> None:
    if node.getparent() is None:
        return
    following = node.getnext()
    while following is not None and following.tag == node.tag and not node.tail:
        if len(node):
            node[-1].tail = (node[-1].tail or "") + (following.text or "")
        else:
            node.text = (node.text or "") + (following.text or "")
        node.extend(list(following))
        parent = following.getparent()
        assert parent is not None
        node.tail = following.tail
        following.tail = None
        parent.remove(following)
        following = node.getnext()


def _plain(root: Element) -> bytes:
    return etree.tostring(root.getroottree(), method="c14n")
