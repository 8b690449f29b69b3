"""The JSON contract: keys, order, sorting, and the checked-in schema."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pvelint import shipped
from pvelint.document import Span
from pvelint.report.json import to_bytes, to_object
from report_fixtures import document, file_report, finding, full_report, run_report


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json.loads(shipped.schema("report").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def test_a_full_report_fits_the_schema(validator: Draft202012Validator) -> None:
    for aside in (False, True):
        data = json.loads(to_bytes(full_report(), show_set_aside=aside))
        assert [error.message for error in validator.iter_errors(data)] == []


def test_an_empty_report_fits_the_schema(validator: Draft202012Validator) -> None:
    validator.validate(json.loads(to_bytes(run_report())))


def test_keys_stand_in_the_order_of_the_contract() -> None:
    data = to_object(full_report())
    assert list(data)[:4] == ["schema", "tool", "summary", "files"]
    assert list(data["summary"])[:9] == [
        "files",
        "findings",
        "error",
        "warning",
        "suggestion",
        "suppressed",
        "baselined",
        "rules_not_run",
        "files_failed",
    ]
    assert list(data["files"][0])[:6] == ["path", "tier", "type", "donor", "findings", "not_checked"]
    found = data["files"][0]["findings"][0]
    assert list(found)[:16] == [
        "rule",
        "name",
        "family",
        "level",
        "red_line",
        "concept",
        "text",
        "message",
        "why",
        "source",
        "location",
        "sentence",
        "usage",
        "suggestions",
        "advice",
        "fingerprint",
    ]
    assert list(found["location"]) == [
        "offset",
        "end_offset",
        "line",
        "column",
        "end_line",
        "end_column",
        "part",
        "place",
        "heading",
    ]


def test_the_summary_counts_files_levels_and_what_was_silenced() -> None:
    summary = to_object(full_report())["summary"]
    assert (summary["files"], summary["files_failed"]) == (3, 1)
    assert (summary["findings"], summary["error"], summary["warning"], summary["suggestion"]) == (4, 2, 1, 1)
    assert (summary["suppressed"], summary["baselined"], summary["accepted"]) == (1, 4, 1)
    assert summary["rules_not_run"] == [{"rule": "M301", "reason": "the language model is missing"}]


def test_a_failed_file_has_an_error_and_no_findings() -> None:
    failed = to_object(full_report())["files"][-1]
    assert failed == {
        "path": "c.docx",
        "error": {"code": "encrypted", "message": "The file has a password.", "cure": "Take it off."},
    }


def test_findings_are_sorted_by_path_offset_and_rule() -> None:
    one = document("bad words, bad words", path="b.md")
    two = document("bad words", path="a.md")
    late = finding(one, "words, bad")
    report = run_report(
        file_report(
            one, late, finding(one, "bad words", rule="T501"), finding(one, "bad words", rule="S100")
        ),
        file_report(two),
    )
    data = to_object(report)
    assert [file["path"] for file in data["files"]] == ["a.md", "b.md"]
    assert [(found["location"]["offset"], found["rule"]) for found in data["files"][1]["findings"]] == [
        (0, "S100"),
        (0, "T501"),
        (4, "T501"),
    ]


def test_set_aside_appears_only_on_request() -> None:
    assert "set_aside" not in to_object(full_report())["files"][0]
    aside = to_object(full_report(), show_set_aside=True)["files"][0]["set_aside"]
    assert aside[0]["usage"] == {"kind": "negated", "evidence": "not"}


def test_same_words_hidden_text_and_exceptions_are_told() -> None:
    first, second, accepted = to_object(full_report())["files"][0]["findings"]
    assert (first["also"], second["also"]) == (["T501"], ["S100"])
    assert accepted["accepted"] == "the donor's title"
    assert to_object(full_report())["files"][1]["findings"][0]["hidden"] is True


def test_odd_characters_survive_as_utf_8() -> None:
    source = document("caf\u00e9 \U0001f600 \udc80", path="na\udce9me.md")
    data = to_bytes(run_report(file_report(source, finding(source, "\udc80"))))
    loaded = json.loads(data.decode("utf-8"))
    assert loaded["files"][0]["findings"][0]["text"] == "\udc80"
    assert "caf\u00e9".encode() in data


@pytest.mark.parametrize("missing", ["rule", "location", "usage", "fingerprint", "sentence"])
def test_the_schema_demands_the_keys_of_a_finding(validator: Draft202012Validator, missing: str) -> None:
    data: dict[str, Any] = copy.deepcopy(to_object(full_report()))
    del data["files"][0]["findings"][0][missing]
    assert list(validator.iter_errors(data))


def test_the_schema_allows_new_keys_and_refuses_findings_beside_an_error(
    validator: Draft202012Validator,
) -> None:
    data: dict[str, Any] = copy.deepcopy(to_object(full_report()))
    data["new"] = data["files"][0]["new"] = data["files"][0]["findings"][0]["new"] = 1
    validator.validate(data)
    data["files"][0]["error"] = {"code": "x", "message": "y"}
    assert list(validator.iter_errors(data))


def test_an_empty_span_is_a_place_like_any_other(validator: Draft202012Validator) -> None:
    source = document("Nothing here.")
    whole = finding(source, "Nothing", span=Span(0, 0), text="", rule="D601", concept=None)
    validator.validate(json.loads(to_bytes(run_report(file_report(source, whole)))))
