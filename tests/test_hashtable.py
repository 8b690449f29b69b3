"""Tables that are read where they lie."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvelint import hashtable
from pvelint.hashtable import Table, pack_table

WORDS = st.text(st.characters(exclude_characters="\0\n"), max_size=12)


@given(st.dictionaries(WORDS, WORDS, max_size=60), st.lists(WORDS, max_size=10))
def test_a_table_answers_as_a_dict_does(lines: dict[str, str], others: list[str]) -> None:
    table = Table(pack_table(lines))
    assert {key: table.get(key) for key in (*lines, *others)} == {key: lines.get(key) for key in (*lines, *others)}
    assert dict(table) == lines
    assert len(table) == len(lines)


def test_who_asks_often_gets_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashtable, "MANY", 3)
    table = Table(pack_table({"a": "1", "b": ""}))
    assert [table.get(key) for key in "abcabcabc"] == ["1", "", None] * 3


def test_a_key_that_begins_like_another_is_another() -> None:
    table = Table(pack_table({"migrant": "x", "migrants": "y", "": "z"}))
    assert [table.get(key) for key in ("migrant", "migrants", "migran", "")] == ["x", "y", None, "z"]


@pytest.mark.parametrize("lines", [{"a\nb": "c"}, {"a": "b\0c"}, {"a": "b\n"}, {"\0": ""}])
def test_what_would_tear_a_table_is_refused(lines: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="cannot be kept"):
        pack_table(lines)


@pytest.mark.parametrize("data", [b"", b"8", b"x\n", b"8\n" + bytes(10), b"3\n" + bytes(12), b"-8\n"])
def test_bytes_of_another_shape_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Table(data)
