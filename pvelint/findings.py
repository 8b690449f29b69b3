"""What the stages hand to each other after the scan, and what the reports print.

Nothing here decides anything: see ``scan``, ``usage``, ``judge`` and ``suggest`` for the decisions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pvelint.document import Document, Location, NotChecked, Span
from pvelint.errors import PvelintError


class Level(StrEnum):
    """How serious a finding is; the order is ``suggestion`` < ``warning`` < ``error``."""

    SUGGESTION = "suggestion"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        return ("suggestion", "warning", "error").index(self.value)

    def lowered(self) -> Level:
        """One level lower, for quotations; ``suggestion`` stays."""
        return (Level.SUGGESTION, Level.SUGGESTION, Level.WARNING)[self.rank]


class Tier(StrEnum):
    """The reader: ``donor`` is donors, the UN, headquarters and the public; ``field`` the others."""

    DONOR = "donor"
    FIELD = "field"


class Family(StrEnum):
    """Rule families, as the JSON contract names them."""

    STIGMA = "stigma"
    FRAMING = "framing"
    CONFLATION = "conflation"
    CAUSES = "causes"
    TERMINOLOGY = "terminology"
    DOCUMENT = "document"
    TOOL = "tool"

    @property
    def letter(self) -> str:
        return {
            "stigma": "S",
            "framing": "C",
            "conflation": "M",
            "causes": "K",
            "terminology": "T",
            "document": "D",
            "tool": "X",
        }[self.value]


class UsageKind(StrEnum):
    """How the writer uses the words (see docs/writing-lexicons.md)."""

    ASSERTED = "asserted"
    QUOTED = "quoted"
    NEGATED = "negated"
    REBUTTED = "rebutted"
    MENTION = "mention"
    NAME = "name"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Usage:
    """The judged use and the words that decided it (None for plain assertion)."""

    kind: UsageKind
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words that can stand in the place of the finding's text as they are."""

    text: str
    grade: str  # safe | offer


@dataclass(frozen=True)
class Finding:
    """One reported finding.

    text:     the words found (``Document`` words, without markup).
    block:    index of the block in ``Document.blocks``; ``span`` counts in its text.
    location: the place in the document.
    accepted: the reason of a recorded exception: of a red line that a suppression or the baseline names, or of a
              finding that is set aside by one; else None.
    """

    rule: str
    name: str
    family: Family
    level: Level
    red_line: bool
    concept: str | None
    text: str
    message: str
    why: str
    source: tuple[str, ...]
    block: int
    span: Span
    location: Location
    sentence: str
    sentence_span: Span
    usage: Usage
    suggestions: tuple[Suggestion, ...] = ()
    advice: tuple[str, ...] = ()
    fingerprint: str = ""
    accepted: str | None = None


@dataclass(frozen=True)
class FileReport:
    """Everything about one file: findings or one error.

    findings:  reported, sorted by offset and rule.
    set_aside: candidates that were judged not to be findings, with their evidence (``--show-set-aside``).
    suppressed: findings that a remark in the document silences, each with its reason in ``accepted``.
    known:     findings that the baseline holds (``baselined`` counts them).
    unchanged: how many findings stand in what ``--changed-since`` left untouched; None when it was not asked.
    """

    path: str
    tier: Tier | None = None
    type: str | None = None
    donor: str | None = None
    findings: tuple[Finding, ...] = ()
    set_aside: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    baselined: int = 0
    known: tuple[Finding, ...] = ()
    unchanged: int | None = None
    not_checked: tuple[NotChecked, ...] = ()
    words: int = 0
    error: PvelintError | None = None
    document: Document | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True)
class RunReport:
    """A whole run, sorted by path.

    rules_not_run: (rule id, reason) of rules that were selected and could not be run.
    skipped:       (path, reason) of files that were passed over, such as Word's lock files.
    stale:         (path, rule, words) of baseline entries that no finding answers to any more.
    """

    files: tuple[FileReport, ...]
    version: str
    model: str | None
    rules_not_run: tuple[tuple[str, str], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    statistics: Mapping[str, int] = field(default_factory=dict)
    stale: tuple[tuple[str, str, str], ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)
