"""The worked examples of the documentation: their files are written as they stand and their commands run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli_fixtures import Line
from pvelint import language

ROOT = Path(__file__).resolve().parents[1]
_FILE = re.compile(r"^`([\w.-]+)`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DRAFTS = {
    "may.txt": "The desk saw forty walk-ins in May.\n",
    "grant.txt": "The grant will end all violent extremism by June.\n",
}


@pytest.mark.parametrize("name", ["writing-lexicons.md", "writing-rules.md"])
def test_the_worked_example_does_what_the_page_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if language.model_package() is None:
        pytest.skip("the language model is not installed")
    page = (ROOT / "docs" / name).read_text(encoding="utf-8").partition("## A worked example")[2]
    monkeypatch.chdir(tmp_path)
    files = dict(_FILE.findall(page))
    assert "pvelint.yaml" in files and len(files) >= 2
    for file, text in (*files.items(), *DRAFTS.items()):
        Path(file).write_text(text, encoding="utf-8")
    line = Line(monkeypatch, capsys)
    ran = 0
    for block in _CONSOLE.findall(page):
        for step in block.split("$ ")[1:]:
            command, _, told = step.partition("\n")
            assert line(*command.split()[1:]).out == told, command
            ran += 1
    assert ran >= 2


def test_a_name_of_the_office_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if language.model_package() is None:
        pytest.skip("the language model is not installed")
    monkeypatch.chdir(tmp_path)
    line = Line(monkeypatch, capsys)
    Path("a.txt").write_text("The choir sang Illegal Migrants Welcome.\n", encoding="utf-8")
    assert line("check", "a.txt").status == 1
    Path("names.yml").write_text("work: [Illegal Migrants Welcome]\n", encoding="utf-8")
    Path("pvelint.yaml").write_text("names: names.yml\n", encoding="utf-8")
    assert line("check", "a.txt").status == 0


@pytest.mark.parametrize(
    ("key", "file", "text", "told"),
    [
        ("rules", "r.yml", "id: K401\nname: x\n", "lacks the key 'levels'"),
        ("rules", "r.txt", "id: K901\n", "ending in .yml"),
        ("names", "n.yml", "programs: [x]\n", "Did you mean 'programme'?"),
        ("lexicons", "l.yml", "- {id: a, famly: x}\n", "Did you mean 'family'?"),
    ],
)
def test_a_mistake_in_an_office_file_has_its_place_and_cure(
    key: str,
    file: str,
    text: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(file).write_text(text, encoding="utf-8")
    Path("pvelint.yaml").write_text(f"{key}: {file}\n", encoding="utf-8")
    Path("a.txt").write_text("A word.\n", encoding="utf-8")
    ran = Line(monkeypatch, capsys)("check", "a.txt")
    assert ran.status == 2 and told in ran.err and ":1:" in ran.err


def test_a_rule_cannot_take_the_id_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    text = dict(_FILE.findall(page))["K901-promise-of-an-end.yml"].replace("K901", "K401")
    Path("r.yml").write_text(text, encoding="utf-8")
    Path("pvelint.yaml").write_text("rules: r.yml\n", encoding="utf-8")
    Path("a.txt").write_text("A word.\n", encoding="utf-8")
    ran = Line(monkeypatch, capsys)("check", "a.txt")
    assert ran.status == 2 and "r.yml:" in ran.err and "from 900" in ran.err


def test_coverage_names_what_no_example_exercises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from cli_fixtures import small_knowledge

    small_knowledge(monkeypatch, tmp_path)
    monkeypatch.chdir(tmp_path)
    out = " ".join(Line(monkeypatch, capsys)("test", str(ROOT / "rules" / "causes"), "--coverage").out.split())
    assert "Avoided terms that stand in no example (1): illegal-migrant: migrant wave" in out
    assert "Rules that no example finds" in out and "Word classes of which no word stands in an example" in out
