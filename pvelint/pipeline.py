"""From a path to a report: read, scan, judge, suggest, suppress. The module reads like the design's data flow."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pvelint.document import Document
from pvelint.errors import PvelintError
from pvelint.findings import FileReport, Finding, Level, Tier
from pvelint.knowledge import Knowledge
from pvelint.language import parse
from pvelint.sites import DocumentText
from pvelint.suppress import apply, suppressions
from pvelint.termrules import TermFinder


@dataclass(frozen=True)
class Settings:
    """What a file is checked with, after command line, document and configuration have been weighed."""

    tier: Tier = Tier.DONOR
    type: str | None = None
    donor: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    spelling: str = "un"


def check_document(document: Document, *, settings: Settings, knowledge: Knowledge) -> FileReport:
    """Check a document that has been read. Raises PvelintError (``no-model``) only."""
    text = DocumentText(document, parse, settings.type)
    finder = TermFinder(knowledge, settings.tier, settings.spelling)
    judged = list(finder.find(text))
    reported = numbered(_levelled(_selected((finding for finding, counts in judged if counts), settings), settings))
    aside = numbered(finding for finding, counts in judged if not counts)
    kept, suppressed = apply(reported, suppressions(document))
    return FileReport(
        path=document.path,
        tier=settings.tier,
        type=settings.type,
        donor=settings.donor,
        findings=kept,
        set_aside=aside,
        suppressed=suppressed,
        not_checked=document.not_checked,
        words=sum(token.kind == "word" for block in text.blocks for token in block.tokens),
        document=document,
    )


def failed(path: str, error: PvelintError) -> FileReport:
    """The report of a file that could not be checked."""
    return FileReport(path=path, error=error)


def _selected(findings: Iterable[Finding], settings: Settings) -> Iterable[Finding]:
    """The findings of selected rules; a red line can't be deselected."""
    for finding in findings:
        if finding.red_line or _chosen(finding, settings):
            yield finding


def _chosen(finding: Finding, settings: Settings) -> bool:
    """The longest prefix decides; ``ignore`` wins a tie."""

    def longest(codes: Sequence[str]) -> int:
        return max((len(code) for code in codes if finding.rule.startswith(code) or code == finding.name), default=-1)

    selected = longest(settings.select) if settings.select else 0
    return selected >= 0 and selected > longest(settings.ignore)


def _levelled(findings: Iterable[Finding], settings: Settings) -> Iterable[Finding]:
    """Levels as configured; a red line can be raised but not lowered."""
    for finding in findings:
        level = next((settings.levels[key] for key in (finding.rule, finding.name) if key in settings.levels), None)
        if level is None or (finding.red_line and level.rank < finding.level.rank):
            yield finding
        else:
            yield dataclasses.replace(finding, level=level)


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings sorted by place and rule, each with its fingerprint.

    Fingerprint: SHA-256, 16 hex digits, over rule, concept, the words casefolded, the sentence with its white
    space normalised, and the ordinal among equals: no positions, so that it survives edits elsewhere.
    """
    ordered = sorted(findings, key=lambda finding: (finding.location.offset, finding.rule, finding.location.end_offset, finding.concept or ""))
    seen: Counter[tuple[str, ...]] = Counter()
    result = []
    for finding in ordered:
        identity = (finding.rule, finding.concept or "", finding.text.casefold(), " ".join(finding.sentence.split()))
        seen[identity] += 1
        digest = hashlib.sha256("\x1f".join((*identity, str(seen[identity]))).encode("utf-8", "surrogatepass")).hexdigest()
        result.append(dataclasses.replace(finding, fingerprint=digest[:16]))
    return tuple(result)
