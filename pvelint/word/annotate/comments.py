"""The comments part: what a comment says, how it is written, and how ours are known again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pvelint.findings import Finding
from pvelint.word.annotate.model import Marker
from pvelint.word.names import VAL, W_NS, XML_SPACE, Element, P, R, T, w

COMMENT: Final = w("comment")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARK = re.compile(r"pvelint ([A-Z]\d{3}(?:, [A-Z]\d{3})*) \(([0-9a-f]{8})\)")
_MOST_SUGGESTIONS = 3
_CONTEXT = 40  # characters on each side of words that a comment quotes from elsewhere
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


@dataclass(frozen=True, slots=True)
class Note:
    """One thing a comment says: findings on the same words.

    place:   where the words are, when the comment stands elsewhere; with their surroundings.
    changed: the words put in by a tracked change.
    """

    findings: tuple[Finding, ...]
    place: str = ""
    changed: str | None = None


def paragraphs(notes: Sequence[Note], *, reader: str = "") -> list[str]:
    """The paragraphs of a comment, the last one our mark with the rule ids."""
    lines: list[str] = []
    for note in notes:
        lines += _lines(note, reader)
    lines = [clean(line) for line in lines]
    rules = sorted({finding.rule for note in notes for finding in note.findings})
    return [*lines, f"pvelint {', '.join(rules)} ({digest(lines)})"]


def _lines(note: Note, reader: str) -> list[str]:
    findings = note.findings
    messages = list(dict.fromkeys(finding.message for finding in findings))
    if note.place:
        messages[0] = f"{note.place} {messages[0]}"
    texts = list(dict.fromkeys(s.text for finding in findings for s in finding.suggestions))
    if note.changed is not None:
        messages.append(f"Marked as a change: “{note.changed}”. Accept or reject it.")
    instead = [text for text in texts if not all(f'"{text}"' in message for message in messages[:1])]
    if instead or len(texts) > 1:
        more = len(texts) - _MOST_SUGGESTIONS
        shown = " / ".join(texts[:_MOST_SUGGESTIONS]) + (f" (and {more} more)" if more > 0 else "")
        messages.append(f"Write instead: {shown}")
    messages += dict.fromkeys(line for finding in findings for line in finding.advice)
    if any(finding.red_line for finding in findings):
        messages.append("A red line: these words may stay only with a recorded reason.")
    whys = list(dict.fromkeys(finding.why for finding in findings if finding.why))
    messages += [f"Why: {why}" for why in whys]
    sources = list(dict.fromkeys(source for finding in findings for source in finding.source))
    last = f"For: {reader}. " if reader else ""
    last += f"Source: {', '.join(sources)}." if sources else ""
    return [*messages, last.strip()] if last else messages


def surroundings(finding: Finding, text: str) -> str:
    """The words of a finding with some of the text around them, for a comment that stands elsewhere."""
    start, end = finding.span.start, finding.span.end
    before, after = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
    if start > _CONTEXT:
        before = "…" + before.partition(" ")[2]
    if len(text) - end > _CONTEXT:
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"“{before}{text[start:end]}{after}”".split())


def clean(text: str) -> str:
    """The text without characters that XML cannot hold, line breaks as spaces."""
    return " ".join(_ILLEGAL.sub("\ufffd", text).split())


def digest(lines: Sequence[str]) -> str:
    """Eight hex digits over what a comment says: it tells whether a person has changed it since."""
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:8]


def comment_lines(comment: Element) -> list[str]:
    """The paragraphs of a comment as text."""
    return ["".join(node.text or "" for node in paragraph.iter(T)) for paragraph in comment.iter(P)]


def own_rules(lines: Sequence[str]) -> tuple[str, ...]:
    """The rule ids in the mark of one of our comments; empty for anybody else's."""
    match = _MARK.fullmatch(lines[-1].strip()) if lines else None
    return tuple(match[1].split(", ")) if match else ()


def is_untouched(lines: Sequence[str]) -> bool:
    """Whether a comment of ours says exactly what we wrote."""
    match = _MARK.fullmatch(lines[-1].strip()) if lines else None
    return match is not None and match[2] == digest(list(lines[:-1]))


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
