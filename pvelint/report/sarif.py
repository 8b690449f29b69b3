"""SARIF 2.1.0 (OASIS), for code scanning and other viewers.

A Word file has no lines: its ``startLine`` is the paragraph's number in reading order, as in the JSON report, the
logical location says the place in words, and ``run.properties`` says so once. What a remark in the draft or the
baseline sets aside is listed with its ``suppressions``; an accepted red line is not suppressed, it stays as a note.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pvelint.findings import Level, RunReport
from pvelint.report.common import ProgramOptions, Told, is_word, message, replaceable, slashed, told
from pvelint.report.text import position
from pvelint.rulebook import Precision, RuleInfo

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.SUGGESTION: "note"}
_WORD_NOTE = (
    "Word files have no lines: startLine is the number of the paragraph in reading order, startColumn the character "
    "in it, charOffset counts code points of the text."
)
#: Shares of right findings from which code scanning calls a rule's precision so.
_PRECISION = ((0.95, "very-high"), (0.85, "high"), (0.7, "medium"), (0.0, "low"))


def to_bytes(report: RunReport, options: ProgramOptions) -> bytes:
    """The report as UTF-8 JSON."""
    text = json.dumps(to_object(report, options.rules()), ensure_ascii=False, indent=2)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def to_object(report: RunReport, rules: Sequence[RuleInfo]) -> dict[str, Any]:
    """The report as plain data. rules: all rules of the run."""
    ordered = sorted(rules, key=lambda rule: rule.id)
    index = {rule.id: number for number, rule in enumerate(ordered)}
    results = [_result(one, index) for one in told(report)]
    run: dict[str, Any] = {
        "tool": {"driver": _driver(report, ordered)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder in which pvelint ran."}}},
        "invocations": [_invocation(report)],
        "results": results,
    }
    if any(is_word(file) for file in report.files):
        run["properties"] = {"note": _WORD_NOTE}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(report: RunReport, rules: Sequence[RuleInfo]) -> dict[str, Any]:
    driver: dict[str, Any] = {
        "name": "pvelint",
        "version": report.version,
        "rules": [_rule(rule) for rule in rules],
    }
    if report.version[:1].isdigit() and report.version.count(".") == 2 and "+" not in report.version:
        driver["semanticVersion"] = report.version
    if report.model:
        driver["properties"] = {"model": report.model}
    return driver


def _rule(rule: RuleInfo) -> dict[str, Any]:
    levels = sorted(rule.levels.values(), key=lambda level: -level.rank)
    properties: dict[str, Any] = {
        "tags": [rule.family.value],
        "tiers": [tier.value for tier in rule.levels],
        "preview": rule.preview,
    }
    if rule.precision is not None:
        properties["precision"] = _precision(rule.precision)
        properties["measured-precision"] = round(rule.precision.share, 3)
        properties["measured-on"] = rule.precision.all
    if levels:
        properties["problem.severity"] = {Level.SUGGESTION: "recommendation"}.get(levels[0], levels[0].value)
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why or rule.summary},
        "help": {"text": _help(rule, mark=""), "markdown": _help(rule, mark="**")},
        "defaultConfiguration": {"level": _LEVELS[levels[0]] if levels else "warning"},
        "properties": properties,
    }


def _precision(measured: Precision) -> str:
    return next(word for share, word in _PRECISION if measured.share >= share)


def _help(rule: RuleInfo, *, mark: str) -> str:
    lines = [rule.why or rule.summary]
    lines += [f"{mark}How to write instead:{mark} {words}" for words in dict.fromkeys(rule.advice.values())]
    for title, examples in (("Found", rule.flag), ("Left", rule.leave)):
        if examples:
            lines.append(f"{mark}{title}:{mark}\n\n" + "\n".join(f"- {one.text}" for one in examples[:4]))
    if rule.source:
        lines.append(f"{mark}Source:{mark} {', '.join(rule.source)}")
    return "\n\n".join(lines)


def _result(one: Told, index: dict[str, int]) -> dict[str, Any]:
    finding = one.finding
    result: dict[str, Any] = {"ruleId": finding.rule}
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    result |= {
        "level": "note" if one.state == "accepted" else _LEVELS[finding.level],
        "message": {"text": message(one)},
        "locations": [_location(one)],
    }
    if finding.fingerprint:
        result["partialFingerprints"] = {"pvelint/v1": finding.fingerprint}
    if one.state in {"suppressed", "known"}:
        kind = "inSource" if one.state == "suppressed" else "external"
        reason = finding.accepted or "known from the baseline"
        result["suppressions"] = [{"kind": kind, "status": "accepted", "justification": reason}]
    if replaceable(one):
        result["fixes"] = [_fix(one, item.text, item.grade) for item in finding.suggestions]
    properties: dict[str, Any] = {
        "family": finding.family.value,
        "usage": finding.usage.kind.value,
        "redLine": finding.red_line,
        "suggestions": [item.text for item in finding.suggestions],
    }
    if one.file.tier is not None:
        properties["tier"] = one.file.tier.value
    if finding.concept is not None:
        properties["concept"] = finding.concept
    if one.state == "accepted":
        properties["accepted"] = finding.accepted
    result["properties"] = properties
    return result


def _region(one: Told, *, snippet: bool) -> dict[str, Any]:
    place = one.finding.location
    region: dict[str, Any] = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "charOffset": place.offset,
        "charLength": place.end_offset - place.offset,
    }
    if snippet and one.finding.text:
        region["snippet"] = {"text": one.finding.text}
    return region


def _location(one: Told) -> dict[str, Any]:
    where = {"fullyQualifiedName": f"{one.finding.location.part}/{one.finding.location.place}"}
    return {
        "physicalLocation": {"artifactLocation": artifact(one.file.path), "region": _region(one, snippet=True)},
        "logicalLocations": [{**where, "name": position(one.file, one.finding)}],
    }


def _fix(one: Told, words: str, grade: str) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(one, snippet=False), "insertedContent": {"text": words}}
    change = {"artifactLocation": artifact(one.file.path), "replacements": [replacement]}
    return {"description": {"text": f"Write \u201c{words}\u201d ({grade})."}, "artifactChanges": [change]}


def artifact(path: str) -> dict[str, str]:
    """A path as an artifact location: relative to the folder of the run, or a file address."""
    if path == "-":
        return {"uri": "standard-input", "uriBaseId": "SRCROOT"}
    if Path(path).is_absolute():
        return {"uri": Path(path).as_uri()}
    uri = quote(slashed(path).encode("utf-8", "surrogateescape"), safe="/~")
    return {"uri": uri, "uriBaseId": "SRCROOT"}


def _invocation(report: RunReport) -> dict[str, Any]:
    """How the run went: what could not be read, what was not checked."""
    execution = [
        _notification("error", file.error.code, f"{file.error.message} {file.error.cure}".strip(), file.path)
        for file in report.files
        if file.error is not None
    ]
    execution += [
        _notification("note", "not-checked", f"{part.part}: {part.reason}", file.path)
        for file in report.files
        for part in file.not_checked
    ]
    execution += [_notification("note", "passed-over", reason, path) for path, reason in report.skipped]
    found: dict[str, Any] = {"executionSuccessful": all(file.error is None for file in report.files)}
    if execution:
        found["toolExecutionNotifications"] = execution
    if report.rules_not_run:
        found["toolConfigurationNotifications"] = [
            {
                **_notification("warning", "rule-not-run", f"{rule} was not run: {reason}"),
                "associatedRule": {"id": rule},
            }
            for rule, reason in report.rules_not_run
        ]
    return found


def _notification(level: str, code: str, text: str, path: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"level": level, "descriptor": {"id": code}, "message": {"text": text}}
    if path is not None:
        found["locations"] = [{"physicalLocation": {"artifactLocation": artifact(path)}}]
    return found
