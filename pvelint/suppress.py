"""Suppressions in the source of a text, Markdown or HTML draft, with codes and reasons.

``<!-- pvelint: ignore[S101] reason -->`` covers its sentence or, alone on a line, the next block;
``disable[..]`` to ``enable[..]`` covers a range; ``file-ignore[..]`` the whole file. Ids or prefixes and a
reason are required. A red line is never silenced: its finding stays, marked as an accepted exception.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pvelint.document import Document, Span
from pvelint.findings import Finding

_COMMENT = re.compile(r"\s*pvelint:\s*(ignore|disable|enable|file-ignore)\s*\[([^\]]*)\]\s*(.*?)\s*$", re.DOTALL)


@dataclass(frozen=True)
class Suppression:
    """Where findings of these ids (or prefixes, or ``T501:concept``) are accepted, and why."""

    ids: tuple[str, ...]
    span: Span
    reason: str

    def covers(self, finding: Finding) -> bool:
        place = finding.location
        if not (self.span.start <= place.offset and place.end_offset <= self.span.end):
            return False
        return any(_matches(code, finding) for code in self.ids)


def _matches(code: str, finding: Finding) -> bool:
    rule, _, concept = code.partition(":")
    return finding.rule.startswith(rule) and (not concept or concept == finding.concept)


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """The suppressions that a document's comments ask for; those without a reason have no effect."""
    found: list[Suppression] = []
    opened: dict[str, tuple[int, str]] = {}
    for span, text in document.comments:
        match = _COMMENT.match(text)
        if match is None:
            continue
        action, codes, reason = match.groups()
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
        else:
            found.append(Suppression(ids, _scope(document, span), reason))
    for code, (start, why) in opened.items():
        found.append(Suppression((code,), Span(start, len(document.text)), why))
    return tuple(found)


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


def apply(findings: Sequence[Finding], rules: Sequence[Suppression]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Split findings into those that stay (red lines marked as accepted) and those that are suppressed."""
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    for finding in findings:
        rule = next((rule for rule in rules if rule.covers(finding)), None)
        if rule is None:
            kept.append(finding)
        elif finding.red_line:
            kept.append(dataclasses.replace(finding, accepted=rule.reason))
        else:
            suppressed.append(finding)
    return tuple(kept), tuple(suppressed)
