"""The end of the report for people: how many, of what kind, what was not read, what was not checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pvelint.findings import Family, Finding, Level, RunReport, Tier
from pvelint.report.words import Surface, wrap

#: A line of the report: (text, style), as in ``report.text``.
Line = list[tuple[str, str]]

#: The readers, as people know them.
READERS: Mapping[Tier | None, str] = MappingProxyType({Tier.DONOR: "donor", Tier.FIELD: "field", None: "any reader"})

#: The families of rules, as people know them.
FAMILIES: Mapping[Family, str] = MappingProxyType(
    {
        Family.STIGMA: "stigma (labels on people or faiths)",
        Family.FRAMING: "framing (confrontational wording)",
        Family.CONFLATION: "conflation (migration and violence)",
        Family.CAUSES: "causes (explained too simply)",
        Family.TERMINOLOGY: "terminology",
        Family.DOCUMENT: "the document as a whole",
        Family.TOOL: "remarks of the program",
    }
)
#: Columns that the table of levels and families takes; narrower terminals get sentences.
_TABLE_WIDTH = 74
_LEVELS = (Level.ERROR, Level.WARNING, Level.SUGGESTION)


def count(number: int, noun: str) -> str:
    """A number with its noun in the right number: ``1 error``, ``2 errors``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def level_counts(findings: tuple[Finding, ...]) -> str:
    """The findings by level in words, without those that are none: ``1 error, 2 warnings``."""
    counts = [(sum(found.level is level for found in findings), level.value) for level in _LEVELS]
    return ", ".join(count(number, noun) for number, noun in counts if number) or "nothing"


def summary(report: RunReport, surface: Surface, width: int) -> Iterator[Line]:
    """The summary block, closing line last."""
    checked = [file for file in report.files if file.error is None]
    failed = [file for file in report.files if file.error is not None]
    findings = report.findings
    yield [("Summary", "path")]
    words = sum(file.words for file in checked)
    amount = f" ({count(words, 'word')})" if words else ""
    yield [(f"  Checked: {count(len(checked), 'file')}{amount}", "")]
    if findings:
        yield from _table(findings, surface, width)
    if report.statistics:
        yield [("  By rule:", "")]
        for rule, number in sorted(report.statistics.items(), key=lambda item: (-item[1], item[0])):
            yield [(surface.clean(f"    {number:>5}  {rule}"), "")]
    accepted = [(file, found) for file in checked for found in file.findings if found.accepted is not None]
    if accepted:
        yield [("  Accepted exceptions to red lines:", "")]
        for file, found in accepted:
            reason = found.accepted or "no reason given"
            yield from _item(f'{file.path}: "{found.text}" ({found.rule}): {reason}', surface, width)
    aside = sum(len(file.suppressed) for file in checked)
    if aside:
        yield from _item(f"Silenced by remarks in the documents: {aside}", surface, width, indent=2)
    baselined = sum(file.baselined for file in checked)
    if baselined:
        yield from _item(f"Known from the baseline and not shown: {baselined}", surface, width, indent=2)
    if report.stale:
        yield [("  In the baseline but no longer in the drafts (pvelint baseline prune):", "")]
        for path, rule, text in report.stale:
            yield from _item(f'{path}: "{text}" ({rule})' if text else f"{path}: {rule}", surface, width)
    unchanged = [file.unchanged for file in checked if file.unchanged is not None]
    if unchanged:
        yield from _item(f"In parts that have not changed and not shown: {sum(unchanged)}", surface, width, indent=2)
    parts = [(file.path, part) for file in checked for part in file.not_checked]
    if parts:
        yield [("  Not checked:", "warning")]
        for path, part in parts:
            named = part.part.casefold().rstrip("s") in part.reason.casefold()
            reason = part.reason if named else f"{part.part}: {part.reason}"
            yield from _item(f"{path}: {reason}", surface, width)
    if report.rules_not_run:
        yield [("  Rules that could not be run:", "warning")]
        for rule, reason in report.rules_not_run:
            yield from _item(f"{rule}: {reason}", surface, width)
    if report.skipped:
        yield [("  Passed over:", "")]
        for path, reason in report.skipped:
            yield from _item(f"{path}: {reason}", surface, width)
    if failed:
        yield [("  Not read:", "error")]
        for file in failed:
            message = f"{file.error.message} {file.error.cure}".strip() if file.error is not None else ""
            yield from _item(f"{file.path}: {message}", surface, width)
    yield []
    text, style = closing(report)
    yield from ([(line, style)] for line in wrap(text, width=width, surface=surface))


def closing(report: RunReport) -> tuple[str, str]:
    """The last line, with its style: what the person has to do."""
    failed = sum(file.error is not None for file in report.files)
    checked = len(report.files) - failed
    findings = tuple(found for found in report.findings if found.accepted is None)
    not_read = f" {count(failed, 'file')} could not be read." if failed else ""
    if not report.files:
        return "No drafts were found to check.", ""
    if not checked:
        return f"Nothing was checked:{not_read}", "error"
    if not findings:
        return f"Nothing to change in {count(checked, 'file')}.{not_read}", "error" if failed else "use"
    highest = max((found.level for found in findings), key=lambda level: level.rank)
    return f"To look at: {level_counts(findings)} in {count(checked, 'file')}.{not_read}", highest.value


def _table(findings: tuple[Finding, ...], surface: Surface, width: int) -> Iterator[Line]:
    tally = Counter((found.family, found.level) for found in findings)
    rows = [(FAMILIES[family], [tally[family, level] for level in _LEVELS]) for family in Family]
    rows = [(name, numbers) for name, numbers in rows if any(numbers)]
    total = [sum(found.level is level for found in findings) for level in _LEVELS]
    if width < _TABLE_WIDTH:
        for family in Family:
            own = tuple(found for found in findings if found.family is family)
            if own:
                yield from _item(f"{FAMILIES[family]}: {level_counts(own)}", surface, width)
        return
    yield [(f"  {'':38}{'errors':>9}{'warnings':>11}{'suggestions':>14}", "dim")]
    for name, numbers in rows:
        yield [(f"    {name:36}{numbers[0]:>9}{numbers[1]:>11}{numbers[2]:>14}", "")]
    if len(rows) > 1:
        yield [(f"    {'together':36}{total[0]:>9}{total[1]:>11}{total[2]:>14}", "")]


def _item(text: str, surface: Surface, width: int, *, indent: int = 4) -> Iterator[Line]:
    for index, line in enumerate(wrap(text, width=width - indent - 2, surface=surface)):
        yield [(" " * (indent if index == 0 else indent + 2), ""), (line, "")]
