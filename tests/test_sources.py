"""Titles of sources: every id that is shipped has one, and people never see a bare number."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import whole
from pvelint.errors import DataError
from pvelint.sources import named, read_titles, titles


def test_every_shipped_source_has_a_title() -> None:
    knowledge = whole()
    used = {source for concept in knowledge.lexicon.concepts for source in concept.source}
    used |= {source for rule in knowledge.rules for source in rule.source}
    assert used
    assert not used - titles().keys()


def test_titles_are_told_once_and_an_unknown_id_stands_for_itself() -> None:
    assert named(["1", "2", "3", "1"], {"1": "One", "2": "One"}) == ["One", "3"]


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sources.yml"
    assert read_titles(path) == {}
    path.write_text("A: one\nB: [two]\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_titles(path)
    assert caught.value.where is not None
    assert caught.value.where.line == 2
