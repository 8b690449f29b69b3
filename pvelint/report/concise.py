"""One finding a line, for editors and ``grep``: ``path:line:column: level RULE message [text -> use]``."""

from __future__ import annotations

from pvelint.findings import FileReport, Finding, RunReport
from pvelint.report.words import Surface


def concise(report: RunReport, *, surface: Surface, show_set_aside: bool = False, show_suppressed: bool = False) -> str:
    """The findings of a run, sorted by path and place; empty when there are none."""
    lines: list[str] = []
    for file in report.files:
        lines += [_line(file, finding, surface) for finding in file.findings]
        if show_set_aside:
            lines += [
                _line(file, finding, surface, aside=f"set aside ({finding.usage.kind.value})")
                for finding in file.set_aside
            ]
        if show_suppressed:
            lines += [_line(file, one, surface, aside=f"silenced ({one.accepted})") for one in file.suppressed]
            lines += [_line(file, one, surface, aside="known from the baseline") for one in file.known]
    return "".join(f"{line}\n" for line in lines)


def _line(file: FileReport, finding: Finding, surface: Surface, *, aside: str = "") -> str:
    place = finding.location
    text = " ".join(finding.text.split())
    fix = f" -> {finding.suggestions[0].text}" if finding.suggestions and not aside else ""
    words = f" [{text}{fix}]" if text or fix else ""
    level = aside or finding.level.value
    notes = " (accepted exception)" if finding.accepted is not None and not aside else ""
    message = " ".join(finding.message.split())
    return surface.clean(f"{file.path}:{place.line}:{place.column}: {level} {finding.rule} {message}{words}{notes}")
