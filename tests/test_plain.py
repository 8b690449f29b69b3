"""The plain reading of ``check``'s arguments agrees with click's."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from pvelint.cli import run
from pvelint.cli.app import pvelint
from pvelint.cli.plain import _FLAGS, _WORDS, plain_request
from pvelint.cli.request import Request

LISTS = [
    ["check"],
    ["check", "a.md", "b c.docx"],
    ["check", "--force-exclude", "a.md"],
    *(["check", flag, "a.md"] for flag in _FLAGS),
    *(["check", option, word] for option, (_, known) in _WORDS.items() for word in known),
    *(["check", *flags, "x"] for flags in itertools.combinations(_FLAGS, 2)),
    ["check", "a", "--tier", "field", "b", "--format", "json", "--tier", "donor"],
]


def by_click(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> Request:
    asked: list[Any] = []

    def keep(request: Request) -> int:
        asked.append(request)
        return 0

    monkeypatch.setattr(run, "run_and_report", keep)
    pvelint.main(args=arguments, prog_name="pvelint", standalone_mode=False)
    (request,) = asked
    assert isinstance(request, Request)
    return request


@pytest.mark.parametrize("arguments", LISTS, ids=" ".join)
def test_plain_arguments_are_read_as_click_reads_them(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert plain_request(arguments) == by_click(arguments, monkeypatch)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--help"],
        ["terms"],
        ["check", "--help"],
        ["check", "--quit"],
        ["check", "--tier"],
        ["check", "--tier", "Field"],
        ["check", "--tier=field"],
        ["check", "--", "-x"],
        ["check", "-"],
        ["check", "-qj2"],
        ["check", "--config", "x.yaml"],
    ],
    ids=" ".join,
)
def test_what_is_not_plain_is_left_to_click(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert plain_request(arguments) is None


def test_completion_and_windows_are_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert plain_request(["check", "*.md"]) is None
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("_PVELINT_COMPLETE", "bash_source")
    assert plain_request(["check", "a.md"]) is None
