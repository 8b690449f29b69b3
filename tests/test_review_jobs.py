"""A review in several processes: the same copies and summaries, and mistakes told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from docx_fixtures import docx, p, r
from pvelint import language
from pvelint.__main__ import main
from pvelint.cli.reviewing import _lost, _stretches

WORDS = "The centre hosts illegal migrants from the coast."


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if language.model_package() is None:
        pytest.skip("the language model is not installed")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767323045")
    folder = tmp_path / "drafts"
    (folder / "annex").mkdir(parents=True)
    for number in range(3):
        (folder / f"{number}.docx").write_bytes(docx(p(r(WORDS)) * (number + 1)))
    (folder / "annex" / "note.md").write_text(f"# Note\n\n{WORDS}\n", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    return folder


def outcome(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_the_number_of_processes_changes_nothing(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for jobs in ("1", "2"):
        assert main(["review", "--isolated", "drafts", "-o", f"out{jobs}", "--jobs", jobs]) == 2
        captured = capsys.readouterr()
        told.append((captured.out.replace(f"out{jobs}", "out"), captured.err))
    assert told[0] == told[1]
    one, two = outcome(Path("out1")), outcome(Path("out2"))
    assert one.keys() == two.keys() > {"0.docx", "1.docx", "2.docx", "summary.html", "summary.xlsx"}
    assert [name for name in one if one[name] != two[name]] == []
    assert main(["review", "--isolated", "drafts", "-o", "out2", "--jobs", "2"]) == 2
    assert capsys.readouterr().out.count("(as before)") == 4


def test_a_mistake_in_a_configuration_is_told_once(drafts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (drafts / "pvelint.yaml").write_text("tier: everybody\n", encoding="utf-8")
    assert main(["review", "drafts", "-o", "out", "--jobs", "2"]) == 2
    assert capsys.readouterr().err.count("unknown tier") == 1
    assert not list(Path("out").glob("*.docx"))


def test_stretches_are_bounded_and_keep_the_order(tmp_path: Path) -> None:
    paths = []
    for number, size in enumerate((10, 10, 50, 10, 10, 10)):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(b"x" * size)
        paths.append(str(path))
    stretches = list(_stretches(paths, largest=25))
    assert [path for stretch in stretches for path in stretch] == paths
    assert [len(stretch) for stretch in stretches] == [2, 1, 2, 1]


def test_a_draft_on_which_a_process_died_is_told() -> None:
    lost = _lost("a.docx")
    assert lost.error is not None
    assert lost.error.code == "crashed"
    assert lost.draft.error.startswith("the program died")
