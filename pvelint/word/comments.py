"""The comments that people left: not linted, but they may settle findings.

Who answered whom and what is resolved stands in a part of its own (``commentsExtended``), by the id of each
comment's last paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pvelint.errors import ReadError
from pvelint.word.names import W14_NS, Element, P, T, is_on, w
from pvelint.word.package import Package

EXTENDED_NS: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
COMMENT_EX: Final = f"{{{EXTENDED_NS}}}commentEx"
_PARA_ID: Final = f"{{{W14_NS}}}paraId"


@dataclass(frozen=True, slots=True)
class WordComment:
    """One comment.

    lines:    its paragraphs.
    answers:  id of the comment that it answers, or None.
    resolved: a person has marked it as done.
    """

    id: str
    author: str
    lines: tuple[str, ...]
    answers: str | None = None
    resolved: bool = False

    @property
    def text(self) -> str:
        """The paragraphs joined by line feeds."""
        return "\n".join(self.lines)


def comments_of(package: Package) -> Mapping[str, WordComment]:
    """The comments by id, in the order of the part.

    A part that cannot be parsed counts as having none: comments are no text of the draft.
    """
    try:
        found = [c for part in package.related(package.main, "comments") for c in package.tree(part).iter(w("comment"))]
        states = _states(package)
    except ReadError:
        return {}
    by_paragraph = {para_id(comment): comment.get(w("id"), "") for comment in found}
    comments: dict[str, WordComment] = {}
    for comment in found:
        parent, resolved = states.get(para_id(comment), ("", False))
        number = comment.get(w("id"), "")
        comments[number] = WordComment(
            id=number,
            author=comment.get(w("author"), ""),
            lines=comment_lines(comment),
            answers=by_paragraph.get(parent) if parent else None,
            resolved=resolved,
        )
    return comments


def comment_lines(comment: Element) -> tuple[str, ...]:
    """The paragraphs of a comment as text."""
    return tuple("".join(node.text or "" for node in paragraph.iter(T)) for paragraph in comment.iter(P))


def para_id(comment: Element) -> str:
    """The id by which answers and states refer to a comment: that of its last paragraph; empty without one."""
    return next((p.get(_PARA_ID, "") for p in reversed(list(comment.iter(P)))), "")


def _states(package: Package) -> dict[str, tuple[str, bool]]:
    """Paragraph id -> (paragraph id of the comment it answers, resolved)."""
    states: dict[str, tuple[str, bool]] = {}
    for part in package.related(package.main, "commentsextended"):
        for entry in package.tree(part).iter(COMMENT_EX):
            own = entry.get(f"{{{EXTENDED_NS}}}paraId", "")
            done = f"{{{EXTENDED_NS}}}done"
            resolved = entry.get(done) is not None and is_on(entry, attribute=done)
            if own:
                states[own] = (entry.get(f"{{{EXTENDED_NS}}}paraIdParent", ""), resolved)
    return states
