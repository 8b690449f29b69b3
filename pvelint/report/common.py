"""What the reports for programs share: which findings they tell, in which order, and in which words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pvelint.document import Span
from pvelint.findings import FileReport, Finding, RunReport
from pvelint.report.text import position
from pvelint.rulebook import RuleInfo


@dataclass(frozen=True, kw_only=True)
class ProgramOptions:
    """What a report for programs needs beside the run.

    rules: all rules of the run, for forms that describe them.
    fails: whether a finding makes the run fail (its level and the file's ``fail-on``).
    show_set_aside, show_suppressed: also list what was left, and what remarks and the baseline silence.
    """

    rules: Callable[[], tuple[RuleInfo, ...]] = tuple
    fails: Callable[[FileReport, Finding], bool] = lambda file, finding: finding.accepted is None
    show_set_aside: bool = False
    show_suppressed: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with what became of it. state: ``reported``, ``accepted``, ``suppressed`` or ``known``."""

    file: FileReport
    finding: Finding
    state: str = field(default="reported")


def told(report: RunReport) -> Iterator[Told]:
    """Every finding of the files that could be read, sorted by path, place and rule."""
    for file in sorted(report.files, key=lambda one: one.path):
        found = [Told(file, one, "reported" if one.accepted is None else "accepted") for one in file.findings]
        found += [Told(file, one, "suppressed") for one in file.suppressed]
        found += [Told(file, one, "known") for one in file.known]
        yield from sorted(found, key=lambda one: (one.finding.location.offset, one.finding.rule, one.state))


def is_word(file: FileReport) -> bool:
    """Whether a file is a Word file, whose lines are paragraphs."""
    if file.document is not None:
        return file.document.format == "word"
    return file.path.lower().endswith((".docx", ".docm", ".dotx", ".dotm"))


def message(one: Told) -> str:
    """What is wrong, where in Word, what to write instead: one paragraph of plain text."""
    finding = one.finding
    parts = [finding.message]
    if is_word(one.file):
        parts[0] = f"{finding.message} ({position(one.file, finding)})"
    if finding.suggestions:
        parts.append("Use: " + " / ".join(dict.fromkeys(item.text for item in finding.suggestions)))
    parts += finding.advice
    if one.state == "accepted":
        parts.append(f"Accepted exception: {finding.accepted or 'no reason given'}")
    return " ".join(" ".join(part.split()) for part in parts if part)


def slashed(path: str) -> str:
    """A path as other programs have it: forward slashes, without a leading ``./``."""
    return (path.replace(os.sep, "/") if os.sep != "/" else path).removeprefix("./")


def replaceable(one: Told) -> bool:
    """Whether the words stand in the source just as they were found, so that a program may replace them."""
    document, finding = one.file.document, one.finding
    if document is None or is_word(one.file) or not finding.suggestions:
        return False
    place = Span(finding.location.offset, finding.location.end_offset)
    return document.text[place.start : place.end] == finding.text
