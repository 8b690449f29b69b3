"""``--changed-since``: lines and paragraphs that a branch wrote, and nothing else, in real repositories."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import docx
import pytest

from cli_fixtures import Line
from pvelint import changed

BAD = "The centre hosts illegal migrants from the coast.\n"
OTHER = "Illegal migrants were found.\n"
CLEAN = "The town hosts families.\n"


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *names, *arguments], capture_output=True, text=True, env=env, check=False)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(text.encode("utf-8"))


def word(name: str, *paragraphs: str) -> None:
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    made.save(name)


def commit(message: str) -> None:
    git("add", "-A")
    assert git("commit", "-qm", message).returncode == 0


@pytest.fixture
def line(line: Line) -> Line:
    """The command line in a repository with drafts."""
    if changed.find_git() is None:
        pytest.skip("Git is not installed")
    git("init", "-q", "-b", "main")
    write("a.md", BAD)
    write("\u00fcber uns/b.txt", BAD)
    word("w.docx", "Illegal migrants came first.", "The town hosts families.")
    commit("first")
    return line


def found(line: Line, *arguments: str, since: str = "main") -> list[tuple[str, int]]:
    ran = line("check", *(arguments or (".",)), "--changed-since", since, "--format", "json", "--no-baseline")
    assert ran.status in {0, 1}, ran.err
    files = json.loads(ran.out)["files"]
    return [(file["path"].removeprefix("./"), one["location"]["line"]) for file in files for one in file["findings"]]


def test_nothing_changed_means_nothing_is_checked(line: Line) -> None:
    assert found(line) == []
    assert json.loads(line("check", ".", "--changed-since", "HEAD", "--format", "json").out)["files"] == []


def test_text_is_narrowed_by_line(line: Line) -> None:
    write("a.md", BAD + "\n" + OTHER)
    assert found(line) == [("a.md", 3)]
    data = json.loads(line("check", ".", "--changed-since", "main", "--format", "json").out)
    assert data["summary"]["unchanged"] == 1
    assert "have not changed and not shown: 1" in line("check", ".", "--changed-since", "main").out


def test_word_is_narrowed_by_paragraph(line: Line) -> None:
    word("w.docx", "A new beginning.", "Illegal migrants came first.", "Illegal migrants came again.")
    assert found(line) == [("w.docx", 3)]


def test_new_untracked_and_renamed_files(line: Line) -> None:
    git("checkout", "-q", "-b", "mine")
    git("mv", "a.md", "renamed.md")
    write("new.md", OTHER)
    commit("second")
    write("untracked.md", OTHER)
    assert found(line) == [("new.md", 1), ("untracked.md", 1)]
    write("renamed.md", BAD + "\n" + OTHER)
    assert found(line) == [("new.md", 1), ("renamed.md", 3), ("untracked.md", 1)]


def test_what_others_wrote_on_the_main_branch_meanwhile_is_not_ours(line: Line) -> None:
    git("checkout", "-q", "-b", "mine")
    write("new.md", OTHER)
    commit("ours")
    git("checkout", "-q", "main")
    write("a.md", CLEAN)
    commit("theirs")
    git("checkout", "-q", "mine")
    assert found(line) == [("new.md", 1)]


def test_a_sentence_counts_when_one_of_its_lines_is_new(line: Line) -> None:
    write("long.md", "The centre in the valley, which was\nopened by the mayor, hosts illegal migrants.\n")
    commit("long")
    write("long.md", "The centre in the town, which was\nopened by the mayor, hosts illegal migrants.\n")
    assert found(line, since="HEAD") == [("long.md", 2)]


def test_moved_lines_and_line_ends_are_no_change(line: Line) -> None:
    write("two.md", BAD + "\nA new barn.\n")
    commit("two")
    write("two.md", "A new barn.\r\n\r\n" + BAD.replace("\n", "\r\n"))
    assert found(line, since="HEAD") == []


def test_names_of_any_letters_and_other_folders(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    write("\u00fcber uns/b.txt", BAD + "\n" + OTHER)
    assert found(line) == [("\u00fcber uns/b.txt", 3)]
    monkeypatch.chdir("\u00fcber uns")
    assert found(line) == [("b.txt", 3)]
    assert found(line, "../a.md", "b.txt") == [("b.txt", 3)]


def test_another_encoding_then_and_now(line: Line) -> None:
    Path("a.md").write_bytes(("\ufeff" + BAD + "\n" + OTHER).encode("utf-16-le"))
    assert found(line) == [("a.md", 3)]


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "-h", "main:a.md", ""])
def test_a_revision_that_is_none_is_one_clear_error(line: Line, revision: str) -> None:
    write("a.md", BAD + OTHER)
    ran = line("check", ".", f"--changed-since={revision}")
    assert ran.status == 2 and "Git knows no revision" in ran.err and not Path("x").exists()


def test_outside_a_repository_it_says_so(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    write("a.md", BAD)
    ran = line("check", "a.md", "--changed-since", "main")
    assert ran.status == 2 and "Git repository only" in ran.err


def test_programs_of_the_repository_are_not_run(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """A configuration that came with an unpacked folder names programs; none of them may run."""
    trap = Path("trap.sh").absolute()
    trap.write_text(f"#!/bin/sh\ntouch '{trap.parent}/ran'\ncat \"$1\"\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external", "diff.evil.textconv", "diff.evil.command"):
        git("config", key, str(trap))
    write(".gitattributes", "*.md diff=evil\n")
    write("a.md", BAD + "\n" + OTHER)
    assert ("a.md", 3) in found(line)
    assert not Path("ran").exists()


def test_git_is_taken_from_the_path_only(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = Path("git").absolute()
    fake.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", os.environ["PATH"]]))
    assert changed.find_git() != str(fake)
