"""Reviewdog's diagnostic format (rdjson): comments on the changed lines of a request, with suggested changes.

Columns count bytes of the line in UTF-8, from 1, and ends are exclusive, as the format has it. A Word file has no
lines, so its diagnostics stand on the file and the message says the place.
"""

from __future__ import annotations

import json
from typing import Any

from pvelint.document import Document
from pvelint.findings import Level, RunReport
from pvelint.report.common import ProgramOptions, Told, is_word, message, replaceable, slashed, told

_SEVERITY = {Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.SUGGESTION: "INFO"}


def to_bytes(report: RunReport, options: ProgramOptions) -> bytes:
    """The report as UTF-8 JSON (``DiagnosticResult``)."""
    text = json.dumps(to_object(report), ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def to_object(report: RunReport) -> dict[str, Any]:
    """The report as plain data."""
    diagnostics: list[dict[str, Any]] = [
        {
            "message": f"{file.error.message} {file.error.cure}".strip(),
            "location": {"path": slashed(file.path)},
            "severity": "ERROR",
            "code": {"value": file.error.code},
        }
        for file in sorted(report.files, key=lambda one: one.path)
        if file.error is not None
    ]
    diagnostics += [_diagnostic(one) for one in told(report) if one.state in {"reported", "accepted"}]
    return {"source": {"name": "pvelint"}, "diagnostics": diagnostics}


def _diagnostic(one: Told) -> dict[str, Any]:
    finding = one.finding
    location: dict[str, Any] = {"path": slashed(one.file.path)}
    found: dict[str, Any] = {
        "message": message(one),
        "location": location,
        "severity": "INFO" if one.state == "accepted" else _SEVERITY[finding.level],
        "code": {"value": finding.rule},
    }
    if not is_word(one.file):
        location["range"] = _range(one)
        if replaceable(one):
            found["suggestions"] = [{"range": _range(one), "text": item.text} for item in finding.suggestions]
    return found


def _range(one: Told) -> dict[str, Any]:
    place, document = one.finding.location, one.file.document
    return {
        "start": _position(document, place.offset, place.line, place.column),
        "end": _position(document, place.end_offset, place.end_line, place.end_column),
    }


def _position(document: Document | None, offset: int, line: int, column: int) -> dict[str, int]:
    if document is None:
        return {"line": line}
    before = document.text[offset - (column - 1) : offset]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
