"""Suppressions in the source of a text, Markdown or HTML draft, with codes and reasons.

``<!-- pvelint: ignore[S101] reason -->`` covers its sentence or, alone on a line, the next block;
``disable[..]`` to ``enable[..]`` covers a range; ``file-ignore[..]`` the whole file. Ids or prefixes and a
reason are required. A red line is never silenced: its finding stays, marked as an accepted exception.

In Word the same is written as a comment, or as an answer to one, and covers the findings on the words that the
comment stands on. A comment of an earlier review that a person resolved settles its findings too.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pvelint.document import Block, Document, Resolved, Span
from pvelint.findings import Finding
from pvelint.word.ownmarks import is_elsewhere, surroundings

_COMMENT = re.compile(
    r"\s*pvelint:\s*(ignore|disable|enable|file-ignore)\s*\[([^\]]*)\]\s*(.*?)\s*$", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True)
class Suppression:
    """Where findings of these ids (or prefixes, or ``T501:concept``) are accepted, and why.

    touching: one common character is enough (a comment in Word, set on some of the words by hand).
    """

    ids: tuple[str, ...]
    span: Span
    reason: str
    touching: bool = False

    def covers(self, finding: Finding) -> bool:
        place = Span(finding.location.offset, finding.location.end_offset)
        if not (self.span.contains(place) or (self.touching and self.span.overlaps(place))):
            return False
        return any(_matches(code, finding) for code in self.ids)


def _matches(code: str, finding: Finding) -> bool:
    rule, _, concept = code.partition(":")
    return finding.rule.startswith(rule.upper()) and (not concept or concept == finding.concept)


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """The suppressions that a document's comments ask for; those without a reason have no effect."""
    found: list[Suppression] = []
    opened: dict[str, tuple[int, str]] = {}
    for span, text in document.comments:
        match = _COMMENT.match(text)
        if match is None:
            continue
        action, codes, reason = match[1].lower(), match[2], match[3]
        ids = tuple(code.strip() for code in codes.split(",") if code.strip())
        if action == "enable":
            for code in ids:
                if code in opened:
                    start, why = opened.pop(code)
                    found.append(Suppression((code,), Span(start, span.start), why))
            continue
        if not ids or not reason:
            continue
        if action == "disable":
            opened.update(dict.fromkeys(ids, (span.end, reason)))
        elif action == "file-ignore":
            found.append(Suppression(ids, Span(0, len(document.text)), reason))
        elif document.format == "word":
            found.append(Suppression(ids, _word_scope(document, span), reason, touching=True))
        else:
            found.append(Suppression(ids, _scope(document, span), reason))
    for code, (start, why) in opened.items():
        found.append(Suppression((code,), Span(start, len(document.text)), why))
    return tuple(found)


def _word_scope(document: Document, comment: Span) -> Span:
    """The words that a comment in Word stands on; the paragraph around a comment that stands on none."""
    if comment.start < comment.end:
        return comment
    ranges = (block.offsets.source(Span(0, len(block.text))) for block in document.blocks)
    return next((span for span in ranges if span.start <= comment.start <= span.end), comment)


def _scope(document: Document, comment: Span) -> Span:
    """What ``ignore`` covers: the next block when alone on its line, else the sentence or block around it."""
    line_start = max(document.text.rfind("\n", 0, comment.start), document.text.rfind("\r", 0, comment.start)) + 1
    line_end = min(
        (
            index
            for index in (document.text.find("\n", comment.end), document.text.find("\r", comment.end))
            if index >= 0
        ),
        default=len(document.text),
    )
    alone = not (document.text[line_start : comment.start] + document.text[comment.end : line_end]).strip()
    ranges = [block.offsets.source(Span(0, len(block.text))) for block in document.blocks]
    if alone:
        following = [span for span in ranges if span.start >= comment.end]
        return following[0] if following else comment
    return next((span for span in ranges if span.start <= comment.start <= span.end + 1), Span(line_start, line_end))


def apply(
    findings: Sequence[Finding], rules: Sequence[Suppression], document: Document | None = None
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Split findings into those that stay (red lines marked as accepted) and those that are suppressed.

    document: with the comments of an earlier review that were resolved in it. Those that are suppressed carry
    the reason in ``accepted``. A red line that was resolved without a word of reason stays as it is.
    """
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in findings:
        rule = next((rule for rule in rules if rule.covers(finding)), None)
        reason = rule.reason if rule is not None else _resolution(finding, document)
        if reason is None or (finding.red_line and not reason):
            kept.append(finding)
        elif finding.red_line:
            kept.append(dataclasses.replace(finding, accepted=reason))
        else:
            suppressed.append(dataclasses.replace(finding, accepted=reason or "resolved in Word"))
    return tuple(kept), tuple(suppressed)


def _resolution(finding: Finding, document: Document | None) -> str | None:
    """The reason of the resolved comment that is about a finding (it may be empty); None without one."""
    if document is None or not document.resolved:
        return None
    block = document.blocks[finding.block] if 0 <= finding.block < len(document.blocks) else None
    matching = [comment for comment in document.resolved if is_about(comment, finding, block)]
    return max((comment.reason for comment in matching), key=len, default=None)


def is_about(comment: Resolved, finding: Finding, block: Block | None) -> bool:
    """Whether a comment of an earlier review is about a finding: its rule and its words."""
    if finding.rule not in comment.rules:
        return False
    if is_elsewhere(comment.lines):
        quoted = surroundings(block.text, finding.span) if block is not None else None
        return quoted is not None and any(quoted in line for line in comment.lines)
    return comment.span.overlaps(Span(finding.location.offset, finding.location.end_offset))
