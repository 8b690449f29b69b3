"""``pvelint review``: copies with comments, originals untouched, nothing twice, one line for each failure."""

from __future__ import annotations

import json
import os
import re
import stat
from pathlib import Path

import pytest

from annotate_fixtures import commented, comments_of
from cli_fixtures import small_knowledge
from docx_fixtures import docx, root
from pvelint.__main__ import main
from pvelint.readers.docx import read_docx
from pvelint.review import JOURNAL, clashing, copy_names
from pvelint.word.annotate import without_marks

PARAGRAPH = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'
WORDS = "The centre hosts illegal migrants from the coast."


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, with configuration switched off by having none above it."""
    drafts = tmp_path / "drafts" / "annex"
    drafts.mkdir(parents=True)
    (tmp_path / "drafts" / "a.docx").write_bytes(docx(PARAGRAPH.format(WORDS)))
    (drafts / "b.docx").write_bytes(docx(PARAGRAPH.format("All is well.")))
    monkeypatch.chdir(tmp_path)
    lexicons = tmp_path / "lexicons"
    lexicons.mkdir()
    small_knowledge(monkeypatch, lexicons)
    return tmp_path


def run(*args: str) -> int:
    return main(["review", "--isolated", *args])


def test_a_folder_gives_a_tree_of_copies(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in office.rglob("*.docx")}
    assert run("drafts", "-o", "out") == 0
    assert {path: path.read_bytes() for path in before} == before
    copy = (office / "out" / "a.docx").read_bytes()
    assert commented(copy) == ["illegal migrants"]
    assert comments_of(copy)[0][-1].startswith("pvelint T5")
    assert (office / "out" / "annex" / "b.docx").read_bytes() == before[office / "drafts" / "annex" / "b.docx"]
    printed = capsys.readouterr().out
    assert "nothing to change" in printed
    assert "2 drafts:" in printed


def test_a_second_run_does_only_what_is_missing_or_changed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("drafts", "-o", "out")
    copy = office / "out" / "a.docx"
    first = copy.stat().st_mtime_ns
    (office / "out" / "annex" / "b.docx").unlink()
    capsys.readouterr()
    assert run("drafts", "-o", "out") == 0
    assert copy.stat().st_mtime_ns == first
    assert (office / "out" / "annex" / "b.docx").exists()
    assert capsys.readouterr().out.count("(as before)") == 1
    assert run("drafts", "-o", "out", "--suggest", "none") == 0
    assert copy.stat().st_mtime_ns != first


def test_a_copy_that_somebody_worked_in_is_left(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("drafts", "-o", "out")
    copy = office / "out" / "a.docx"
    copy.write_bytes(b"somebody's work")
    assert run("drafts", "-o", "out") == 2
    assert copy.read_bytes() == b"somebody's work"
    assert "has been changed since it was written" in capsys.readouterr().err
    assert run("drafts", "-o", "out", "--force") == 0
    assert copy.read_bytes() != b"somebody's work"


def test_reviewing_a_copy_adds_nothing_twice(office: Path) -> None:
    run("drafts/a.docx", "-o", "out")
    run("out/a.docx", "-o", "again")
    first, second = ((office / folder / "a.docx").read_bytes() for folder in ("out", "again"))
    assert [lines[:-1] for lines in comments_of(first)] == [lines[:-1] for lines in comments_of(second)]
    assert commented(first) == commented(second)
    assert read_docx(without_marks(second, path="a.docx"), path="a.docx").text == WORDS


def test_the_output_folder_is_not_reviewed(office: Path) -> None:
    assert run(".", "-o", "drafts/out") == 0
    assert run(".", "-o", "drafts/out") == 0
    assert not (office / "drafts" / "out" / "drafts" / "out").exists()


def test_the_draft_itself_is_never_replaced(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (office / "drafts" / "a.docx").read_bytes()
    out = office / "linked"
    out.mkdir()
    os.link(office / "drafts" / "a.docx", out / "a.docx")
    assert run("drafts/a.docx", "-o", "linked", "--force") == 2
    assert (office / "drafts" / "a.docx").read_bytes() == before
    assert "would replace the draft itself" in capsys.readouterr().err


def test_each_failure_has_a_line_and_the_rest_is_done(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "drafts" / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    settings = root("w:settings", '<w:documentProtection w:edit="readOnly" w:enforcement="1"/>')
    (office / "drafts" / "locked.docx").write_bytes(docx(PARAGRAPH.format(WORDS), parts={"settings.xml": settings}))
    assert run("drafts", "-o", "out") == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert sum("broken.docx" in line for line in lines) == 1
    assert sum("locked.docx" in line and "protected" in line for line in lines) == 1
    assert (office / "out" / "a.docx").exists()
    assert not (office / "out" / "locked.docx").exists()
    assert not list((office / "out").glob(".pvelint-*.tmp"))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_is_told(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = office / "out"
    out.mkdir()
    out.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert run("drafts/a.docx", "-o", "out") == 2
    assert "access is denied" in capsys.readouterr().err
    out.chmod(stat.S_IRWXU)


def test_a_full_disk_is_told(office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import pvelint.review as review_module

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(review_module, "write_whole", full)
    assert run("drafts/a.docx", "-o", "out") == 2
    assert "The disk is full." in capsys.readouterr().err


def test_an_output_that_is_a_file_ends_the_run(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "out").write_text("x", encoding="utf-8")
    assert run("drafts", "-o", "out") == 2
    assert "No copies can be put here" in capsys.readouterr().err


def test_clashing_names(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("drafts/a.docx", "drafts/annex/b.docx", "-o", "out") == 0
    (office / "drafts" / "annex" / "A.docx").write_bytes(docx(PARAGRAPH.format(WORDS)))
    assert run("drafts/a.docx", "drafts/annex/A.docx", "-o", "other") == 2
    assert "same name" in capsys.readouterr().err
    assert clashing({"x/a": "a", "y/A": "A", "z/b": "b"}) == {"y/A": "x/a"}


def test_where_copies_go(office: Path) -> None:
    deep = str(Path("drafts") / "annex" / "b.docx")
    assert copy_names([deep], ["drafts"]) == {deep: str(Path("annex") / "b.docx")}
    assert copy_names([deep], [deep]) == {deep: "b.docx"}
    (office / "other").mkdir()
    assert copy_names([deep], ["drafts", "other"]) == {deep: str(Path("drafts") / "annex" / "b.docx")}


def test_text_drafts_get_critic_markup(office: Path) -> None:
    source = "Some café.\r\n\r\n" + WORDS + "\r\n"
    (office / "drafts" / "c.txt").write_bytes(b"\xef\xbb\xbf" + source.encode())
    assert run("drafts/c.txt", "-o", "out", "--suggest", "offer") == 0
    copy = (office / "out" / "c.txt").read_bytes()
    assert copy.startswith(b"\xef\xbb\xbfSome caf\xc3\xa9.\r\n")
    text = copy.decode("utf-8-sig")
    assert "{~~illegal migrants~>" in text
    assert re.search(r" pvelint T50\d \([0-9a-f]{8}\)<<} from the coast", text)
    assert (office / "drafts" / "c.txt").read_bytes() == b"\xef\xbb\xbf" + source.encode()


def test_the_journal_survives_a_line_cut_off(office: Path) -> None:
    run("drafts", "-o", "out")
    journal = office / "out" / JOURNAL
    lines = journal.read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["copy"] for line in lines)
    journal.write_text("\n".join([*lines, '{"name": "a.do']), encoding="utf-8")
    assert run("drafts", "-o", "out") == 0
    assert run("drafts", "-o", "out", "--suggest", "none") == 0
    assert run("drafts", "-o", "out", "--suggest", "none") == 0
