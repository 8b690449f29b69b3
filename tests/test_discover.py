"""Finding drafts, and one clear error for each thing that cannot be read."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest

from pvelint.discover import Discovery, discover, display_path, excluded
from pvelint.errors import ReadError
from pvelint.readers import read

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="names and links of POSIX")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "a.md",
        "b.docx",
        "~$b.docx",
        ".~lock.b.docx#",
        "notes.xlsx",
        "old.doc",
        "sub/c.txt",
        "sub/annex/d.HTML",
        ".git/e.md",
        ".venv/f.md",
        "node_modules/g.md",
        "empty/readme.rst",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(found: Discovery) -> list[str]:
    return [Path(path).as_posix() for path in found.files]


def codes(found: Discovery) -> list[str]:
    return [error.code for error in found.errors]


def test_a_folder_gives_its_drafts_in_order(tree: Path) -> None:
    found = discover(["."])
    assert names(found) == ["a.md", "b.docx", "sub/c.txt", "sub/annex/d.HTML"]
    assert not found.errors
    skipped = {Path(path).as_posix(): reason for path, reason in found.skipped}
    assert "lock file" in skipped["~$b.docx"]
    assert "save as .docx" in skipped["old.doc"]


def test_a_folder_without_drafts_is_an_error_that_names_the_kinds(tree: Path) -> None:
    found = discover(["empty", "a.md"])
    assert codes(found) == ["no-drafts"]
    assert ".docx" in found.errors[0].cure
    assert found.errors[0].path == "empty"
    assert names(found) == ["a.md"]


def test_a_missing_path_names_the_nearest(tree: Path) -> None:
    found = discover(["sub/d.txt", "B.dcx", "nowhere/x.md", "a.md"])
    assert codes(found) == ["missing"] * 3
    assert "b.docx" in found.errors[1].cure
    assert found.errors[2].cure
    assert names(found) == ["a.md"]


def test_named_files_are_taken_whatever_they_are(tree: Path) -> None:
    assert names(discover(["notes.xlsx", ".git/e.md"])) == ["notes.xlsx", ".git/e.md"]


def test_a_named_lock_file_is_passed_over(tree: Path) -> None:
    found = discover(["~$b.docx"])
    assert (found.files, found.errors) == ((), ())
    assert found.skipped == (("~$b.docx", "a lock file of an open document"),)


def test_nothing_twice(tree: Path) -> None:
    assert names(discover(["a.md", ".", "./a.md", str(tree / "a.md")])) == [
        "a.md",
        "b.docx",
        "sub/c.txt",
        "sub/annex/d.HTML",
    ]


def test_patterns_the_shell_left_alone(tree: Path) -> None:
    assert names(discover(["*.docx"])) == ["b.docx"]
    assert names(discover(["**/*.txt", "s*"])) == ["sub/c.txt", "sub/annex/d.HTML"]
    assert codes(discover(["*.odt"])) == ["no-drafts"]


def test_a_name_with_brackets_is_a_name_first(tree: Path) -> None:
    (tree / "plan [final].md").write_text("x", encoding="utf-8")
    assert names(discover(["plan [final].md"])) == ["plan [final].md"]


def test_exclusions(tree: Path) -> None:
    assert names(discover(["."], exclude=["sub/"])) == ["a.md", "b.docx"]
    assert names(discover(["."], exclude=["*.txt", "**/annex/*"])) == ["a.md", "b.docx"]
    assert names(discover(["a.md"], exclude=["*.md"])) == ["a.md"]
    assert names(discover(["a.md"], exclude=["*.md"], force_exclude=True)) == []
    assert not discover(["sub"], exclude=["*"]).errors


@pytest.mark.parametrize(
    ("path", "patterns", "expected"),
    [
        ("a/b/c.md", ["*.md"], True),
        ("a/b/c.md", ["c.md"], True),
        ("a/b/c.md", ["b"], True),
        ("a/b/c.md", ["b/"], True),
        ("a/b/c.md", ["a/*.md"], False),
        ("a/b/c.md", ["a/**/*.md"], True),
        ("a/c.md", ["a/**/*.md"], True),
        ("a/b/c.md", ["**/c.md"], True),
        ("a/b/c.md", ["a/**"], True),
        ("a/b/c.md", ["/b"], False),
        ("a/b/c.md", ["/a"], True),
        ("c.md", ["/c.md"], True),
        ("a/c.md", ["/c.md"], False),
        ("a/c.md", ["?.m[a-d]"], True),
        ("a/c.md", ["[!c].md"], False),
        ("a/c.md", ["*.md", "!c.md"], False),
        ("a/c.md", ["", "  ", "/", "**x**", "[", "(", "!"], False),
        ("./a/../c.md", ["/c.md"], True),
    ],
)
def test_exclusion_patterns(path: str, patterns: list[str], expected: bool) -> None:
    assert excluded(path, patterns) is expected


@POSIX
def test_links_out_of_the_tree_are_passed_over(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "z.md").write_text("x", encoding="utf-8")
    (tree / "sub" / "link.md").symlink_to(outside / "z.md")
    (tree / "sub" / "folder").symlink_to(outside)
    (tree / "sub" / "loop").symlink_to(tree / "sub")
    found = discover(["sub"])
    assert names(found) == ["sub/c.txt", "sub/annex/d.HTML"]
    assert {Path(path).name for path, _ in found.skipped} == {"link.md", "folder", "loop"}


@POSIX
def test_names_of_any_kind(tree: Path) -> None:
    folder = tree / "names"
    folder.mkdir()
    for name in ("Entwurf für Köln.md", "مسودة.md", "草案😀.md", "new\nline.md"):
        (folder / name).write_text("x", encoding="utf-8")
    with contextlib.suppress(OSError):  # some file systems take no such name
        Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.md")).write_text("x", encoding="utf-8")
    found = discover(["names"])
    assert len(found.files) >= 4
    for path in found.files:
        shown = display_path(path)
        shown.encode("utf-8")
        assert "\n" not in shown
        assert read(path).path == shown


def test_impossible_names_are_missing_names() -> None:
    assert codes(discover(["a\x00b.md", "x" * 5000 + ".md", ""])) == ["missing"] * 3


def code_of(path: Path | str, **more: object) -> str:
    with pytest.raises(ReadError) as caught:
        read(path, **more)  # type: ignore[arg-type]
    assert caught.value.message
    assert caught.value.path
    return caught.value.code


def test_files_that_cannot_be_read(tree: Path) -> None:
    assert code_of("gone.md") == "missing"
    assert code_of("gone.md", discovered=True) == "vanished"
    assert code_of("a\x00b.md") == "unreadable"
    (tree / "folder.md").mkdir()
    assert code_of("folder.md") in ("directory", "unreadable")


@pytest.mark.parametrize(
    ("error", "code"),
    [(PermissionError(13, "denied"), "unreadable"), (OSError(5, "I/O error"), "unreadable")],
)
def test_a_denied_or_broken_file(
    tree: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    def refuse(path: Path) -> bytes:
        raise error

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert code_of("a.md") == code


@pytest.mark.parametrize("name", ["a.doc", "a.rtf", "a.odt", "a.pdf", "a.xyz", "noending"])
def test_unsupported_kinds_have_a_cure(name: str, tree: Path) -> None:
    (tree / name).write_text("x", encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        read(name)
    assert caught.value.code == "unsupported"
    assert ".docx" in caught.value.cure


def test_a_word_file_named_as_text(tree: Path) -> None:
    (tree / "w.txt").write_bytes(b"PK\x03\x04" + bytes(26) + b"word/document.xml")
    assert code_of("w.txt") == "wrong-extension"


def test_standard_input_is_read_under_its_name() -> None:
    assert read("-", data=b"# Words\n").format == "text"
    document = read("-", data=b"# Words\n", name="draft.md")
    assert (document.format, document.path, document.blocks[0].text) == ("markdown", "draft.md", "Words")
