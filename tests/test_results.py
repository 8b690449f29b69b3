"""Results of earlier runs: the same report, nothing of the draft in the cache, and no trust in what others wrote."""

from __future__ import annotations

import dataclasses
import json
import os
import re
from pathlib import Path

import pytest

from pvelint import results
from pvelint.cachefile import write_private
from pvelint.cli.request import Request
from pvelint.cli.run import Runner
from pvelint.findings import FileReport

DRAFT = """# Zanzibari Overview

Illegal migrants from Quxlandia arrived. The camps breed extremism, said Mr Wobblethorpe.

"Illegal immigrants are a plague", the flamboyant mayor said. We will crush the Frobnicators.
"""
CLEAN = "The Quibblesome kettle stands on the shelf.\n"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Compiled knowledge stays where it is; only the results go to a folder of their own.
    folder = tmp_path / "cache"
    monkeypatch.setattr("pvelint.cli.run._results_folder", lambda: folder)
    return folder


def report(path: Path, *, cache: bool = True, **asked: object) -> FileReport:
    request = Request(paths=(str(path),), isolated=True, cache=cache, **asked)  # type: ignore[arg-type]
    (file,) = Runner(request).run().files
    return file


def draft(folder: Path, text: str, name: str = "draft.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def entries(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file()]


def forbid_checking(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> FileReport:
        raise AssertionError("an unchanged draft is not checked again")

    monkeypatch.setattr("pvelint.pipeline.check_file", never)


@pytest.mark.parametrize("text", [DRAFT, CLEAN])
def test_a_second_run_gives_the_same_without_checking(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    path = draft(tmp_path, text)
    first = report(path)
    forbid_checking(monkeypatch)
    again = report(path)
    assert again == first
    assert [f.sentence for f in again.findings] == [f.sentence for f in first.findings]
    assert bool(first.findings) is (text is DRAFT)


def test_a_clean_draft_is_not_even_read_by_a_reader(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draft(tmp_path, CLEAN)
    report(path)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("it was clean")

    monkeypatch.setattr("pvelint.readers.read", never)
    assert not report(path).findings


def test_the_cache_holds_no_word_of_the_draft(tmp_path: Path, cache: Path) -> None:
    found = report(draft(tmp_path, DRAFT))
    assert found.findings
    (entry,) = entries(cache)
    kept = {word.casefold() for word in re.findall(r"[^\W\d_]{2,}", entry.read_text(encoding="utf-8"))}
    keys = {word for field in dataclasses.fields(found.findings[0]) for word in field.name.split("_")}
    own = {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", DRAFT)} - keys
    assert not kept & own


@pytest.mark.parametrize("change", ["text", "tier", "ignore"])
def test_another_draft_or_setting_is_another_entry(tmp_path: Path, cache: Path, change: str) -> None:
    path = draft(tmp_path, DRAFT)
    report(path)
    if change == "text":
        draft(tmp_path, DRAFT.replace("camps", "tents"))
        report(path)
    elif change == "tier":
        from pvelint.findings import Tier

        report(path, tier=Tier.FIELD)
    else:
        report(path, ignore=("S100",))
    assert len(entries(cache)) == 2


def test_without_the_cache_nothing_is_kept(tmp_path: Path, cache: Path) -> None:
    report(draft(tmp_path, DRAFT), cache=False)
    assert not entries(cache)


@pytest.mark.parametrize("damage", ["torn", "empty", "foreign", "deep", "wrong type"])
def test_a_damaged_entry_counts_as_none(tmp_path: Path, cache: Path, damage: str) -> None:
    path = draft(tmp_path, DRAFT)
    first = report(path)
    (entry,) = entries(cache)
    data = entry.read_bytes()
    whole = json.loads(data)
    bad = {
        "torn": data[: len(data) // 2],
        "empty": b"",
        "foreign": json.dumps({**whole, "key": "0" * 40}).encode(),
        "deep": b"[" * 100_000,
        "wrong type": json.dumps({**whole, "findings": [{"d": [["rule", 5]]}]}).encode(),
    }[damage]
    assert write_private(entry, bad)
    assert report(path) == first


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out of the profile by other means")
def test_what_others_can_write_is_not_believed(tmp_path: Path, cache: Path) -> None:
    path = draft(tmp_path, DRAFT)
    first = report(path)
    (entry,) = entries(cache)
    clean = json.loads(entry.read_bytes())
    for part in ("findings", "set_aside", "suppressed"):
        del clean[part]
    entry.write_text(json.dumps(clean), encoding="utf-8")
    assert not report(path).findings  # so far it is ours alone
    entry.chmod(0o666)
    assert report(path) == first


def test_old_entries_go_when_there_is_too_much(tmp_path: Path) -> None:
    for number in range(10):
        path = tmp_path / f"{number:02}" / "entry.json"
        assert write_private(path, b"x" * 1000)
        os.utime(path, (number, number))
    results.shrink(tmp_path, 3500)
    assert sorted(path.parent.name for path in tmp_path.glob("*/*")) == ["07", "08", "09"]


def test_clearing_removes_what_is_ours_and_nothing_else(tmp_path: Path) -> None:
    assert write_private(tmp_path / results.FOLDER / "ab" / "c.json", b"{}")
    assert write_private(tmp_path / "knowledge-1.bin", b"x")
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    assert results.clear(tmp_path) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["holiday.jpg"]
