"""Nothing leaves the machine: the program works with every socket forbidden."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from cli_fixtures import Line, small_knowledge
from pvelint import language


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    def forbidden(*arguments: object, **options: object) -> None:
        raise AssertionError("a socket was asked for")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, forbidden)
    small_knowledge(monkeypatch, tmp_path)
    monkeypatch.chdir(tmp_path)
    return Line(monkeypatch, capsys)


def test_check_needs_no_network_and_writes_nothing(line: Line, tmp_path: Path) -> None:
    if language.model_package() is None:
        pytest.skip("the language model is not installed")
    (tmp_path / "a.md").write_text("The centre hosts illegal migrants.\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert line("check", "a.md").status == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_doctor_and_term_need_no_network(line: Line) -> None:
    assert "a socket was asked for" not in line("doctor").out
    assert line("term", "illegal migrants").status == 0
