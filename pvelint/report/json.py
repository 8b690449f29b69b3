"""The JSON report: the contract that other programs rely on (``schemas/report.schema.json``, schema 1).

Keys may be added, never changed or removed. One object, UTF-8, sorted by path, offset and rule.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

from pvelint.findings import FileReport, Finding, Level, RunReport

SCHEMA = 1


def to_bytes(report: RunReport, *, show_set_aside: bool = False, show_suppressed: bool = False) -> bytes:
    """The report as UTF-8 JSON. Lone surrogates (odd file names) become JSON escapes."""
    content = to_object(report, show_set_aside=show_set_aside, show_suppressed=show_suppressed)
    text = json.dumps(content, ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def to_object(report: RunReport, *, show_set_aside: bool = False, show_suppressed: bool = False) -> dict[str, Any]:
    """The report as plain data, keys in the order of the contract."""
    files = sorted(report.files, key=lambda file: file.path)
    result: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "pvelint", "version": report.version, "model": report.model},
        "summary": _summary(report, files),
        "files": [_file(file, show_set_aside, show_suppressed) for file in files],
        "skipped": [{"path": _path(path), "reason": reason} for path, reason in report.skipped],
    }
    if report.stale:
        result["stale"] = [{"path": _path(path), "rule": rule, "text": text} for path, rule, text in report.stale]
    if report.statistics:
        result["statistics"] = dict(sorted(report.statistics.items()))
    return result


def _summary(report: RunReport, files: Sequence[FileReport]) -> dict[str, Any]:
    findings = report.findings
    by_level = {level: sum(finding.level is level for finding in findings) for level in Level}
    return {
        "files": len(files),
        "findings": len(findings),
        "error": by_level[Level.ERROR],
        "warning": by_level[Level.WARNING],
        "suggestion": by_level[Level.SUGGESTION],
        "suppressed": sum(len(file.suppressed) for file in files),
        "baselined": sum(file.baselined for file in files),
        "rules_not_run": [{"rule": rule, "reason": reason} for rule, reason in report.rules_not_run],
        "files_failed": sum(file.error is not None for file in files),
        "accepted": sum(finding.accepted is not None for finding in findings),
        "unchanged": sum(file.unchanged or 0 for file in files),
        "stale": len(report.stale),
    }


def _path(path: str) -> str:
    return path.replace(os.sep, "/") if os.sep != "/" else path


def _file(file: FileReport, show_set_aside: bool, show_suppressed: bool) -> dict[str, Any]:
    if file.error is not None:
        error = {"code": file.error.code, "message": file.error.message}
        if file.error.cure:
            error["cure"] = file.error.cure
        return {"path": _path(file.path), "error": error}
    result: dict[str, Any] = {
        "path": _path(file.path),
        "tier": file.tier.value if file.tier is not None else None,
        "type": file.type,
        "donor": file.donor,
        "findings": _findings(file, file.findings),
        "not_checked": [{"part": part.part, "reason": part.reason} for part in file.not_checked],
        "words": file.words,
    }
    if show_set_aside:
        result["set_aside"] = _findings(file, file.set_aside)
    if show_suppressed:
        result["suppressed"] = _findings(file, file.suppressed)
        result["baselined"] = _findings(file, file.known)
    return result


def _findings(file: FileReport, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    ordered = sorted(findings, key=_order)
    return [_finding(file, finding, ordered) for finding in ordered]


def _order(finding: Finding) -> tuple[int, str, int, str]:
    return finding.location.offset, finding.rule, finding.location.end_offset, finding.concept or ""


def _finding(file: FileReport, finding: Finding, all_of_file: Sequence[Finding]) -> dict[str, Any]:
    place = finding.location
    same_words = {
        other.rule
        for other in all_of_file
        if other is not finding and (other.block, other.span) == (finding.block, finding.span)
    }
    return {
        "rule": finding.rule,
        "name": finding.name,
        "family": finding.family.value,
        "level": finding.level.value,
        "red_line": finding.red_line,
        "concept": finding.concept,
        "text": finding.text,
        "message": finding.message,
        "why": finding.why,
        "source": list(finding.source),
        "location": {
            "offset": place.offset,
            "end_offset": place.end_offset,
            "line": place.line,
            "column": place.column,
            "end_line": place.end_line,
            "end_column": place.end_column,
            "part": place.part,
            "place": place.place,
            "heading": place.heading,
        },
        "sentence": finding.sentence,
        "usage": {"kind": finding.usage.kind.value, "evidence": finding.usage.evidence},
        "suggestions": [{"text": item.text, "grade": item.grade} for item in finding.suggestions],
        "advice": list(finding.advice),
        "fingerprint": finding.fingerprint,
        "hidden": is_hidden(file, finding),
        "also": sorted(same_words - {finding.rule}),
        "accepted": finding.accepted,
    }


def is_hidden(file: FileReport, finding: Finding) -> bool:
    """Whether the words stand in text that the document hides."""
    document = file.document
    if document is None or not 0 <= finding.block < len(document.blocks):
        return False
    return document.blocks[finding.block].hidden
