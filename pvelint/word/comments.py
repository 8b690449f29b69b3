"""The comments that reviewers left: not linted, but suppressions may be written in them."""

from __future__ import annotations

from pvelint.errors import ReadError
from pvelint.word.names import P, T, w
from pvelint.word.package import Package


def comment_texts(package: Package) -> tuple[dict[str, str], int]:
    """The comments by id (paragraphs joined by line feeds), and how many there are.

    A part that cannot be parsed counts as having none: comments are no text of the draft.
    """
    texts: dict[str, str] = {}
    try:
        for part in package.related(package.main, "comments"):
            for comment in package.tree(part).iterfind(w("comment")):
                paragraphs = ("".join(t.text or "" for t in p.iter(T)) for p in comment.iter(P))
                texts[comment.get(w("id"), "")] = "\n".join(paragraphs)
    except ReadError:
        return {}, 0
    return texts, len(texts)
