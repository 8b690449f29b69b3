"""What tests share: caches of their own, away from the user's, and a command line on a small lexicon."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli_fixtures import Line, small_knowledge
from pvelint import language
from pvelint.cachefile import VARIABLE


@pytest.fixture(scope="session", autouse=True)
def own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Caches in a folder of the session, so that no test sees or fills those of a user."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(tmp_path_factory.mktemp("caches"))
    yield
    if before is None:
        del os.environ[VARIABLE]
    else:
        os.environ[VARIABLE] = before


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    """Runs commands in a folder of its own."""
    if language.model_package() is None:
        pytest.skip("the language model is not installed")
    small_knowledge(monkeypatch, tmp_path)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return Line(monkeypatch, capsys)
