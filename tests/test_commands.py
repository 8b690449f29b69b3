"""explain, rules, files, init, completion: what a person asks for before and beside a check."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import pvelint
from cli_fixtures import Line, small_knowledge
from helpers import whole
from pvelint import quicklist, rulebook, shipped
from pvelint.config import Config
from pvelint.configfile import KEYS

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    small_knowledge(monkeypatch, tmp_path)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return Line(monkeypatch, capsys)


def write(name: str, text: str = "The town hosts families.\n") -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


# --- explain and rules ----------------------------------------------------------------------------------


def test_explain_says_all_that_a_writer_needs(line: Line) -> None:
    out = line("explain", "M301").out
    for part in ("M301", "What", "Why", "Level", "Write instead", "Found", "Left alone", "On whose authority"):
        assert part in out
    assert "World Migration Report" in out and "Measured precision" in out
    assert all(len(text) <= 80 for text in out.splitlines())


@pytest.mark.parametrize(
    ("asked", "first"),
    [("m301", "M301"), ("M3", "M300"), ("conflation", "M300"), ("X001", "X001"), ("T501:illegal-migrant", "T501")],
)
def test_explain_takes_ids_prefixes_families_and_names(line: Line, asked: str, first: str) -> None:
    assert line("explain", asked).out.startswith(first)


def test_explain_answers_a_wrong_id_with_the_nearest(line: Line) -> None:
    ran = line("explain", "migration-as-couse")
    assert ran.status == 2 and "migration-as-cause" in ran.err
    assert line("explain").status == 2 and line("explain", "M301", "--all").status == 2


def test_explain_all_tells_every_rule_in_every_form(line: Line) -> None:
    book = rulebook.rulebook(whole())
    data = json.loads(line("explain", "--all", "--format", "json").out)
    assert [rule["rule"] for rule in data["rules"]] == [rule.id for rule in book]
    for form in ("text", "markdown"):
        out = line("explain", "--all", "--format", form).out
        assert all(rule.id in out for rule in book)


def test_rules_lists_levels_and_families(line: Line) -> None:
    out = line("rules").out
    assert "T501" in out and "by concept" in out and "pvelint explain" in out
    data = json.loads(line("rules", "--family", "tool", "--format", "json").out)
    assert [rule["rule"] for rule in data["rules"]] == ["X001", "X002", "X003"]
    ran = line("rules", "--family", "stigmas")
    assert ran.status == 2 and "'stigma'" in ran.err


def test_pages_of_the_rules_are_fresh() -> None:
    command = [sys.executable, str(ROOT / "tools" / "make_rule_docs.py"), "--check"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert ran.returncode == 0, ran.stdout


def test_measured_precision_is_shown_where_there_is_a_figure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "evaluation.json"
    path.write_text(json.dumps({"schema": 1, "rules": {"M301": {"right": 9, "all": 10}}}), encoding="utf-8")
    monkeypatch.setattr(shipped, "evaluation", lambda: path)
    book = {rule.id: rule for rule in rulebook.rulebook(whole())}
    assert book["M301"].precision == rulebook.Precision(9, 10) and book["M302"].precision is None
    for broken in ("", "[]", '{"rules": 5}', '{"rules": {"M301": {}}}'):
        path.write_text(broken, encoding="utf-8")
        assert not rulebook.precision()


# --- files ----------------------------------------------------------------------------------------------


def test_files_lists_what_is_checked_and_why_others_are_not(line: Line) -> None:
    write("pvelint.yaml", "exclude: [archive/]\nper-file:\n  - {files: [field/], tier: field}\n")
    for name in (
        "a.md",
        "field/b.txt",
        "archive/c.md",
        "d.odt",
        "e.png",
        ".hidden/f.md",
        "node_modules/g.md",
        "~$a.docx",
    ):
        write(name)
    out = line("files").out
    assert "./a.md  (for: donor)" in out and "./field/b.txt  (for: field)" in out and "2 files to check" in out
    for told in (
        "./archive/c.md: excluded by pvelint.yaml",
        "./d.odt: OpenDocument texts are not read; save as .docx",
        "./e.png: files ending in .png are not read",
        "./.hidden: a hidden folder",
        "./node_modules: a folder of programs",
        "./~$a.docx: a lock file of an open document",
    ):
        assert told in out, told
    data = json.loads(line("files", "--format", "json").out)
    assert [file["path"] for file in data["files"]] == ["./a.md", "./field/b.txt"]
    assert line("files", "gone").status == 2


def test_files_opens_no_draft(line: Line) -> None:
    Path("a.docx").write_bytes(b"no Word file at all")
    assert "1 file to check" in line("files").out


# --- init -----------------------------------------------------------------------------------------------


def test_init_asks_three_questions_and_writes_what_holds(line: Line) -> None:
    ran = line("init", stdin=b"fi\nnowhere\neu\n\n")
    assert ran.status == 0 and ran.out.count("?") == 3 and "Please write one of them" in ran.out
    settings = Config.load().for_file("a.md")
    assert (settings.tier.value, settings.donor, settings.fail_on) == ("field", "eu", "error")
    assert Path("pvelint.yaml").read_text(encoding="utf-8").count("\n#") > 10


def test_everything_that_the_comments_offer_is_valid(line: Line) -> None:
    line("init", "--yes")
    text = Path("pvelint.yaml").read_text(encoding="utf-8")
    write("ours.yml", "[]\n")
    keys = "|".join(KEYS)
    offered = [re.sub(rf"^# (?=({keys}):|  )", "", one) for one in text.splitlines()]
    write("pvelint.yaml", "\n".join(offered) + "\n")
    settings = Config.load().for_file("field/a.md")
    assert settings.tier.value == "field" and settings.ignore == ("T504",) and settings.lexicons


def test_init_never_replaces_anything(line: Line) -> None:
    write(".pvelint.yaml", "tier: field\n")
    ran = line("init", "--yes")
    assert ran.status == 2 and "already" in ran.err and not Path("pvelint.yaml").exists()


def test_init_without_answers_writes_nothing(line: Line) -> None:
    assert line("init", stdin=b"").status == 130
    assert not Path("pvelint.yaml").exists()


def test_init_offers_the_hook_in_a_repository(line: Line) -> None:
    Path(".git").mkdir()
    ran = line("init", stdin=b"\n\n\ny\n")
    assert "pre-commit install" in ran.out and "id: pvelint" in Path(".pre-commit-config.yaml").read_text(
        encoding="utf-8"
    )
    Path("pvelint.yaml").unlink()
    write(".pre-commit-config.yaml", "repos: []\n")
    ran = line("init", "--yes", "--hook")
    assert "Add this below" in ran.out and Path(".pre-commit-config.yaml").read_text(encoding="utf-8") == "repos: []\n"


# --- completion -----------------------------------------------------------------------------------------


def complete(*words: str, shell: str = "bash") -> list[str]:
    env = {
        **os.environ,
        "PYTHONPATH": str(Path(pvelint.__file__).parent.parent),
        "_PVELINT_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(["pvelint", *words]),
        "COMP_CWORD": str(len(words)) if shell != "fish" else words[-1],
    }
    code = (
        "import sys; from pvelint.__main__ import main\n"
        "try: main()\n"
        "finally: print(sorted(set(sys.modules) & {'spacy', 'yaml', 'numpy', 'lxml', 'rich', 'docx'}), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=False)
    assert ran.stderr.strip() == "[]", ran.stderr
    return [one.partition(",")[2] for one in ran.stdout.splitlines()]


def test_completion_knows_commands_rules_concepts_and_choices_and_loads_nothing_heavy() -> None:
    assert "explain" in complete("ex")
    assert complete("explain", "X0") == ["X001", "X002", "X003"]
    assert "migration-as-cause" not in complete("explain", "M30") and "M301" in complete("explain", "M30")
    assert complete("check", "--select", "S101,T50")[0] == "S101,T501"
    assert "illegal-migrant" in complete("terms", "show", "illegal-m")
    assert complete("check", "--format", "sa") == ["sarif"]
    assert complete("check", "--donor", "e") == ["eu"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(line: Line, shell: str) -> None:
    out = line("completion", shell).out
    assert "_PVELINT_COMPLETE" in out and "pvelint" in out
    assert line("completion", "powershell").status == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_valid_for_their_shell(line: Line, shell: str, tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text(line("completion", shell).out, encoding="utf-8")
    try:
        ran = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip(f"{shell} is not installed")
    assert ran.returncode == 0, ran.stderr


def test_what_shells_complete_is_what_there_is() -> None:
    assert quicklist.rule_names() == {rule.id: rule.name for rule in rulebook.rulebook(whole(), {})}
    assert quicklist.concept_ids() == sorted(concept.id for concept in whole().lexicon.concepts)
