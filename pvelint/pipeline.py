"""From a path to a report: read, scan, judge, suggest, suppress. The module reads like the design's data flow."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pvelint.config import Config, Settings
from pvelint.document import Document
from pvelint.errors import ReadError
from pvelint.findings import Family, FileReport, Finding, Level, Tier
from pvelint.knowledge import Knowledge, load_knowledge
from pvelint.office import Office
from pvelint.readers import read
from pvelint.ruletable import TERM_RULES, TOOL_RULES
from pvelint.selectors import chosen, exactness
from pvelint.sites import DocumentText
from pvelint.suppress import read_suppressions, remarks, settle

if TYPE_CHECKING:
    from pvelint.language import Parse


@dataclass(frozen=True)
class Options:
    """What the command line asked for; what it left open comes from the document and the configuration."""

    tier: Tier | None = None
    type: str | None = None
    donor: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)


class KnowledgeStore:
    """Loads the knowledge for each donor and office once."""

    def __init__(self, load: Callable[..., Knowledge] = load_knowledge) -> None:
        self._load = load
        self._kept: dict[tuple[str | None, Office], Knowledge] = {}

    def get(self, donor: str | None, office: Office) -> Knowledge:
        """The knowledge for a donor. Raises DataError and UsageError."""
        key = (donor, office)
        if key not in self._kept:
            self._kept[key] = self._load(donor=donor, office=office)
        return self._kept[key]


def check_file(
    path: str,
    *,
    options: Options,
    config: Config,
    store: KnowledgeStore,
    data: bytes | None = None,
    name: str | None = None,
) -> FileReport:
    """Read and check one file; a file that can't be read gives a report with its error.

    data: the content, for standard input; name: its file name, which tells the kind.
    Raises DataError and UsageError (configuration and lexicons), which concern the whole run.
    """
    try:
        document = read(path, data=data, name=name)
        settings = config.for_file(path).with_document(document.properties, path=path)
    except ReadError as error:
        return FileReport(path=path, error=error)
    settings = settings.with_options(
        tier=options.tier,
        type=options.type,
        donor=options.donor,
        select=options.select,
        ignore=options.ignore,
        levels=options.levels,
    )
    return check_document(document, settings=settings, knowledge=store.get(settings.donor, settings.office))


def check_document(
    document: Document, *, settings: Settings, knowledge: Knowledge, repeats: bool = False
) -> FileReport:
    """Check a document that has been read. Raises PvelintError (``no-model``) only.

    repeats: keep every rule's finding where rules of a family meet (the examples of rules ask for it).
    """
    text = DocumentText(document, _parse, settings.type)
    judged = _judged(text, settings, knowledge)
    found = _without_echoes([finding for finding, counts in judged if counts], knowledge)
    selected = list(_selected(found, settings))  # first, so that no rule yields to one that was not asked for
    counted = selected if repeats else _without_repeats(selected)
    reported = numbered(_levelled(counted, settings))
    aside = numbered(finding for finding, counts in judged if not counts)
    kept, suppressed = _settled(document, reported, settings, knowledge)
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


def _parse(sentence: str) -> Parse:
    """As ``language.parse``, which is imported for the first sentence that needs it."""
    from pvelint.language import parse

    return parse(sentence)


def _judged(text: DocumentText, settings: Settings, knowledge: Knowledge) -> list[tuple[Finding, bool]]:
    """Findings with whether they count; what makes them is imported only for a draft that may hold any."""
    if not knowledge.screen(settings.tier.value, preview=settings.preview).may_hold_any(text):
        return []
    from pvelint.rulerunner import RuleRunner
    from pvelint.termrules import TermFinder

    judged = list(TermFinder(knowledge, settings.tier, settings.spelling).find(text))
    judged += RuleRunner(knowledge, settings.tier, settings.preview).find(text)
    return judged


def all_rules(knowledge: Knowledge) -> dict[str, str]:
    """Every rule that can be selected or suppressed: id to name."""
    names = {rule.id: rule.name for rule in TERM_RULES.values()}
    return {**names, **knowledge.rule_names} | {rule.id: rule.name for rule in TOOL_RULES.values()}


def _settled(
    document: Document, reported: tuple[Finding, ...], settings: Settings, knowledge: Knowledge
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that stay, with our own remarks on suppressions among them, and those that are suppressed."""
    asked, faults = read_suppressions(document) if document.comments else ((), ())
    if not asked and not faults and not document.resolved:
        return reported, ()
    settled = settle(reported, asked, document)
    names = all_rules(knowledge)
    resting = {
        rule.id for rule in knowledge.rule_index.rules if not rule.concerns(settings.tier.value, settings.preview)
    }

    def ran(rule: str) -> bool:
        selected = chosen(rule=rule, name=names[rule], select=settings.select, ignore=settings.ignore)
        return rule not in resting and selected

    own = remarks(document, asked, settled.unused, faults, known=names, concepts=knowledge.concept_ids, ran=ran)
    told = numbered(_levelled(_selected(own, settings), settings))
    ordered = sorted((*settled.kept, *told), key=lambda finding: (finding.location.offset, finding.rule))
    return tuple(ordered), settled.suppressed


def _without_echoes(findings: Sequence[Finding], knowledge: Knowledge) -> list[Finding]:
    """Leave out what only the weights find where a term or rule of the family says it of the same sentence."""
    weighed = {rule.id for rule in knowledge.rule_index.rules if rule.weighed}
    said = {(f.family, f.block, f.sentence_span) for f in findings if f.rule not in weighed}
    return [f for f in findings if f.rule not in weighed or (f.family, f.block, f.sentence_span) not in said]


def _without_repeats(findings: Iterable[Finding]) -> list[Finding]:
    """One finding where several rules of a family meet on the same words: the one that offers words, then the
    graver, then the longer."""
    kept: list[Finding] = []
    ordered = sorted(
        findings,
        key=lambda finding: (
            not finding.suggestions,
            -finding.level.rank,
            finding.span.start - finding.span.end,
            finding.rule,
        ),
    )
    for finding in ordered:
        if finding.family is Family.TERMINOLOGY or not any(
            other.family is finding.family and other.block == finding.block and other.span.overlaps(finding.span)
            for other in kept
        ):
            kept.append(finding)
    return kept


def _selected(findings: Iterable[Finding], settings: Settings) -> Iterable[Finding]:
    """The findings of selected rules; a red line can't be deselected."""
    for finding in findings:
        if finding.red_line or chosen(
            rule=finding.rule,
            name=finding.name,
            concept=finding.concept,
            select=settings.select,
            ignore=settings.ignore,
        ):
            yield finding


def _levelled(findings: Iterable[Finding], settings: Settings) -> Iterable[Finding]:
    """Levels as configured, the most exact selector first; a red line can be raised but not lowered."""
    for finding in findings:
        fits = [
            (exactness(selector, rule=finding.rule, name=finding.name, concept=finding.concept), level)
            for selector, level in settings.levels.items()
        ]
        exact, level = max(fits, key=lambda fit: (fit[0], fit[1].rank), default=(0, finding.level))
        if not exact or (finding.red_line and level.rank < finding.level.rank):
            yield finding
        else:
            yield dataclasses.replace(finding, level=level)


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings sorted by place and rule, each with its fingerprint.

    Fingerprint: SHA-256, 16 hex digits, over rule, concept, the words casefolded, the sentence with its white
    space normalised, and the ordinal among equals: no positions, so that it survives edits elsewhere.
    """
    ordered = sorted(
        findings,
        key=lambda finding: (
            finding.location.offset,
            finding.rule,
            finding.location.end_offset,
            finding.concept or "",
        ),
    )
    seen: Counter[tuple[str, ...]] = Counter()
    result = []
    for finding in ordered:
        identity = (
            finding.rule,
            finding.concept or "",
            finding.text.casefold(),
            " ".join(finding.sentence.split()),
        )
        seen[identity] += 1
        digest = hashlib.sha256(
            "\x1f".join((*identity, str(seen[identity]))).encode("utf-8", "surrogatepass")
        ).hexdigest()
        result.append(dataclasses.replace(finding, fingerprint=digest[:16]))
    return tuple(result)
