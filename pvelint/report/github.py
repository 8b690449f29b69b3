"""Workflow commands of GitHub Actions: each finding becomes an annotation on the changed lines.

``::error file=..,line=..,col=..,endLine=..,endColumn=..,title=..::message``, with percent, line feeds, colons and
commas escaped as the commands ask. A Word file has no lines, so its annotation stands on the file and the message
says the place.
"""

from __future__ import annotations

from collections.abc import Iterator

from pvelint.findings import Level, RunReport
from pvelint.report.common import ProgramOptions, Told, is_word, message, slashed, told
from pvelint.report.summary import closing
from pvelint.report.words import Surface

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "notice"}


def to_bytes(report: RunReport, options: ProgramOptions) -> bytes:
    """The commands, one a line, and the closing line of the report for people who read the log."""
    surface = Surface()
    lines = [*_lines(report, surface), surface.clean(closing(report)[0])]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _lines(report: RunReport, surface: Surface) -> Iterator[str]:
    for file in sorted(report.files, key=lambda one: one.path):
        if file.error is not None:
            text = f"{file.error.message} {file.error.cure}".strip()
            yield _command("error", {"file": file.path, "title": f"not read ({file.error.code})"}, text, surface)
    for one in told(report):
        if one.state in {"reported", "accepted"}:
            yield _annotation(one, surface)


def _annotation(one: Told, surface: Surface) -> str:
    finding, place = one.finding, one.finding.location
    kind = "notice" if one.state == "accepted" else _COMMANDS[finding.level]
    properties = {"file": slashed(one.file.path)}
    if not is_word(one.file):
        properties |= {"line": str(place.line), "endLine": str(place.end_line)}
        if place.line == place.end_line:  # columns count only within a line
            properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = f"{finding.rule} {finding.name}"
    return _command(kind, properties, message(one), surface)


def _command(kind: str, properties: dict[str, str], text: str, surface: Surface) -> str:
    shown = ",".join(f"{key}={_property(surface.clean(value))}" for key, value in properties.items())
    return f"::{kind} {shown}::{_data(surface.clean(text))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
