"""``pvelint review``: copies with comments, originals untouched, nothing twice, one line for each failure."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from pathlib import Path

import pytest

from annotate_fixtures import as_word_saves_it, commented, comments_of
from cli_fixtures import small_knowledge
from docx_fixtures import docx, root
from pvelint.__main__ import main
from pvelint.openfiles import is_open
from pvelint.readers.docx import read_docx
from pvelint.review import JOURNAL, clashing, copy_names, long_path
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


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full."),
        (OSError(errno.EROFS, "Read-only file system"), "The folder of the copies is read-only."),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "The name of the copy is too long."),
        (PermissionError(errno.EACCES, "Permission denied"), "access is denied. Close it if it is open"),
    ],
)
def test_what_stops_the_writing_is_told_once_for_each_draft(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: OSError, told: str
) -> None:
    import pvelint.review as review_module

    def refused(*_: object) -> None:
        raise error

    monkeypatch.setattr(review_module, "write_whole", refused)
    assert run("drafts", "-o", "out") == 2
    lines = capsys.readouterr().err.splitlines()
    assert [sum(name in line and told in line for line in lines) for name in ("a.docx", "b.docx")] == [1, 1]
    assert len(lines) == 4  # and one for each summary


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


def test_an_interruption_keeps_what_is_done_and_goes_on(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pvelint.cli.reviewing import Bench

    real = Bench.review_path

    def stopped(self: Bench, path: str) -> object:
        if path.endswith("b.docx"):
            raise KeyboardInterrupt
        return real(self, path)

    monkeypatch.setattr(Bench, "review_path", stopped)
    assert run("drafts", "-o", "out") == 130
    told = capsys.readouterr()
    assert "interrupted: 1 of 2 drafts are done. Run the same command again to go on." in told.err
    assert "a.docx -> " in told.out
    assert (office / "out" / "a.docx").exists()
    assert not (office / "out" / "summary.html").exists()
    monkeypatch.setattr(Bench, "review_path", real)
    assert run("drafts", "-o", "out") == 0
    assert capsys.readouterr().out.count("(as before)") == 1


@pytest.mark.parametrize("moment", ["before the copy", "before the journal"])
def test_an_interruption_while_a_copy_is_written_leaves_nothing_that_stops_the_next_run(
    office: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    import pvelint.review as review_module

    run("drafts", "-o", "out")
    before = (office / "out" / "a.docx").read_bytes()
    (office / "drafts" / "a.docx").write_bytes(docx(PARAGRAPH.format(f"New. {WORDS}")))
    real, real_dumps = review_module.write_whole, review_module.json.dumps

    def stopped(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    target = (review_module, "write_whole") if moment == "before the copy" else (review_module.json, "dumps")
    monkeypatch.setattr(*target, stopped)
    assert run("drafts", "-o", "out") == 130
    monkeypatch.setattr(review_module, "write_whole", real)
    monkeypatch.setattr(review_module.json, "dumps", real_dumps)
    assert (office / "out" / "a.docx").read_bytes() == before
    assert run("drafts", "-o", "out") == 0
    assert (office / "out" / "a.docx").read_bytes() != before
    assert not list((office / "out").glob(".pvelint-*.tmp"))


def test_a_copy_that_is_open_is_left(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("drafts", "-o", "out")
    before = (office / "out" / "a.docx").read_bytes()
    (office / "out" / "~$a.docx").write_bytes(b"somebody")
    assert run("drafts", "-o", "out", "--suggest", "none") == 2
    assert "The copy is open in Word or LibreOffice" in capsys.readouterr().err
    assert (office / "out" / "a.docx").read_bytes() == before


@pytest.mark.parametrize("lock", ["~$a.docx", ".~lock.a.docx#"])
def test_a_draft_that_is_open_is_reviewed_and_said_to_be_open(
    office: Path, capsys: pytest.CaptureFixture[str], lock: str
) -> None:
    (office / "drafts" / lock).write_bytes(b"somebody")
    assert run("drafts", "-o", "out") == 0
    assert "Somebody has the draft open; what is not saved yet is not in the copy." in capsys.readouterr().out
    assert not (office / "out" / lock).exists()


@pytest.mark.parametrize(
    ("name", "lock"),
    [("draft.docx", "~$draft.docx"), ("reports.docx", "~$eports.docx"), ("longer-name.docx", "~$nger-name.docx")],
)
def test_the_names_of_lock_files(tmp_path: Path, name: str, lock: str) -> None:
    assert not is_open(tmp_path / name)
    (tmp_path / lock).write_bytes(b"")
    assert is_open(tmp_path / name)


@pytest.mark.parametrize(
    ("path", "long"),
    [
        ("C:\\short\\a.docx", "C:\\short\\a.docx"),
        ("C:\\" + "f" * 250 + "\\a.docx", "\\\\?\\C:\\" + "f" * 250 + "\\a.docx"),
        ("\\\\server\\share\\" + "f" * 250, "\\\\?\\UNC\\server\\share\\" + "f" * 250),
        ("\\\\?\\C:\\" + "f" * 250, "\\\\?\\C:\\" + "f" * 250),
    ],
)
def test_long_windows_paths(path: str, long: str) -> None:
    assert long_path(path) == long


def test_the_summary_tells_every_draft_also_at_a_second_run(office: Path) -> None:
    (office / "drafts" / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    for _ in range(2):
        assert run("drafts", "-o", "out") == 2
        page = (office / "out" / "summary.html").read_text(encoding="utf-8")
        assert "<mark>illegal migrants</mark>" in page
        assert 'href="./a.docx"' in page
        assert "broken.docx" in page
        assert "1 comment" in page
        assert (office / "out" / "summary.xlsx").read_bytes().startswith(b"PK")
    assert not (office / "out" / "summary-2.html").exists()


def test_a_summary_that_somebody_changed_is_left(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("drafts", "-o", "out")
    book = office / "out" / "summary.xlsx"
    book.write_bytes(b"notes of a person")
    capsys.readouterr()
    assert run("drafts", "-o", "out") == 0
    assert book.read_bytes() == b"notes of a person"
    assert "summary-2.xlsx" in capsys.readouterr().out
    assert (office / "out" / "summary-2.xlsx").read_bytes().startswith(b"PK")


def test_the_journal_holds_no_words_of_a_draft(office: Path) -> None:
    run("drafts", "-o", "out")
    journal = (office / "out" / JOURNAL).read_text(encoding="utf-8")
    assert "a.docx" in journal
    assert not any(word in journal for word in ("illegal", "migrant", "coast", "hosts"))


def test_the_differences_alone(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "drafts" / "c.md").write_text(f"Head\n\n{WORDS}\n", encoding="utf-8")
    before = sorted(office.rglob("*"))
    assert run("drafts", "--diff", "--suggest", "offer") == 0
    assert sorted(office.rglob("*")) == before
    printed = capsys.readouterr().out
    name = str(Path("drafts") / "c.md")
    assert f"--- {name}\n+++ {name} (suggested)\n" in printed
    assert f"-{WORDS}\n+{WORDS.replace('illegal', 'irregular')}\n" in printed
    assert run("drafts") == 2
    assert "Say where the copies go" in capsys.readouterr().err


def test_text_that_was_reviewed_before_gets_nothing_twice(office: Path) -> None:
    (office / "drafts" / "c.md").write_text(f"Head\n\n{WORDS}\n", encoding="utf-8")
    run("drafts/c.md", "-o", "out", "--suggest", "offer")
    run("out/c.md", "-o", "again", "--suggest", "offer")
    assert (office / "again" / "c.md").read_bytes() == (office / "out" / "c.md").read_bytes()


def test_a_comment_that_a_person_answered_gets_no_second(office: Path) -> None:
    run("drafts/a.docx", "-o", "out", "--suggest", "none")
    (office / "answered.docx").write_bytes(
        as_word_saves_it((office / "out" / "a.docx").read_bytes(), reply="Who says so?")
    )
    assert run("answered.docx", "-o", "again") == 0
    copy = (office / "again" / "answered.docx").read_bytes()
    assert len(comments_of(copy)) == 2
    assert comments_of(copy)[1] == ["Who says so?"]
    page = (office / "again" / "summary.html").read_text(encoding="utf-8")
    assert "It has the comment of an earlier review that a person worked on" in page


def test_a_settled_finding_is_told_as_set_aside(office: Path) -> None:
    run("drafts/a.docx", "-o", "out", "--suggest", "none")
    answer = "pvelint: ignore[T501] title of the ministry"
    (office / "settled.docx").write_bytes(as_word_saves_it((office / "out" / "a.docx").read_bytes(), reply=answer))
    assert run("settled.docx", "-o", "again") == 0
    page = (office / "again" / "summary.html").read_text(encoding="utf-8")
    assert "Set aside" in page
    assert "title of the ministry" in page
    assert "Nothing to change in 1 document." in page


def test_the_page_of_one_check(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = office / "page.html"
    assert main(["check", "--isolated", "drafts", "--format", "html", "--output", "page.html"]) == 1
    assert 'href="./drafts/a.docx"' in page.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--isolated", "drafts", "--format", "html"]) == 1
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


def test_a_draft_can_be_worked_on_in_another_process(office: Path) -> None:
    """What goes in and what comes out survive the way between processes, errors included."""
    import pickle

    from pvelint.cli.request import Request
    from pvelint.cli.reviewing import Bench, ReviewRequest

    (office / "drafts" / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    request = ReviewRequest(Request(paths=("drafts",), isolated=True), "out", "safe")
    names = {str(Path("drafts") / name): name for name in ("a.docx", "broken.docx")}
    bench = Bench(*pickle.loads(pickle.dumps((request, names, {}))))
    for path in names:
        reviewed = bench.review_path(path)
        again = pickle.loads(pickle.dumps(reviewed))
        assert (again.draft, again.data, again.record) == (reviewed.draft, reviewed.data, reviewed.record)
        assert str(again.error) == str(reviewed.error)
        assert type(again.error) is type(reviewed.error)
    assert not list((office / "out").iterdir())
