"""The commands as people and programs call them: statuses, streams, files, and what is imported."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import pvelint
from cli_fixtures import LEXICON, Line
from pvelint import language, pipeline, shipped
from pvelint.cli.app import COMMANDS
from pvelint.findings import FileReport

BAD = "The centre hosts illegal migrants from the coast.\n"
ADVICE = "A migrant wave came here.\n"
CLEAN = "The town hosts families.\n"


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run Python on this checkout in a process of its own."""
    root = str(Path(pvelint.__file__).parent.parent)
    env = {**os.environ, "PYTHONPATH": root, **environment}
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, env=env, timeout=120, check=False
    )


# --- statuses -------------------------------------------------------------------------------------------


def test_a_clean_file_ends_with_0(line: Line) -> None:
    write("a.md", CLEAN)
    ran = line("check", "a.md")
    assert (ran.status, ran.err) == (0, "")
    assert "Nothing to change in 1 file." in ran.out


def test_an_error_ends_with_1(line: Line) -> None:
    write("a.md", BAD)
    ran = line("check", "a.md")
    assert ran.status == 1
    assert "a.md  (for: donor)" in ran.out and "line 1, column 18" in ran.out
    assert "use: irregular migrants" in ran.out
    lines = ran.out.splitlines()
    words = next(index for index, text in enumerate(lines) if "illegal migrants from" in text)
    assert lines[words + 1].index("^") == lines[words].index("illegal")
    assert lines[words + 1].count("^") == len("illegal migrants")


@pytest.mark.parametrize(
    ("text", "level", "status"),
    [
        (BAD, "error", 1),
        (BAD, "warning", 1),
        (BAD, "never", 0),
        (ADVICE, "error", 0),
        (ADVICE, "warning", 1),
        (ADVICE, "suggestion", 1),
        (CLEAN, "suggestion", 0),
    ],
)
def test_fail_on_sets_the_lowest_level_that_fails(line: Line, text: str, level: str, status: int) -> None:
    write("a.md", text)
    assert line("check", "a.md", "--fail-on", level).status == status


def test_fail_on_can_come_from_the_configuration_of_each_file(line: Line) -> None:
    write("a/a.md", ADVICE)
    write("a/pvelint.yaml", "fail-on: warning\n")
    write("b/b.md", ADVICE)
    assert line("check", "b").status == 0
    assert line("check", "a").status == 1
    assert line("check", "a", "--fail-on", "never").status == 0


def test_a_batch_goes_on_past_a_bad_file_and_ends_with_2(line: Line) -> None:
    write("a.md", BAD)
    Path("b.docx").write_bytes(b"not a Word file")
    write("c.md", BAD)
    ran = line("check", "a.md", "b.docx", "gone.md", "c.md")
    assert ran.status == 2
    assert "error: b.docx: " in ran.err and "error: gone.md: " in ran.err
    assert ran.out.count("use: irregular migrants") == 2
    assert "2 files could not be read." in ran.out


def test_a_fault_of_the_program_on_one_file_does_not_end_the_batch(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.check_file

    def check_file(path: str, **options: object) -> FileReport:
        if path == "a.md":
            raise KeyError("secret words of the draft")
        return real(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pipeline, "check_file", check_file)
    write("a.md", BAD)
    write("b.md", BAD)
    ran = line("check", "--no-cache", "a.md", "b.md")
    assert ran.status == 2 and "KeyError" in ran.err and "use: irregular migrants" in ran.out
    assert "secret" not in ran.err + ran.out


def test_an_accepted_exception_does_not_fail_the_run(line: Line) -> None:
    write("a.md", "Our CVE project begins. <!-- pvelint: ignore[C200] the donor's own title -->\n")
    ran = line("check", "a.md", "--format", "json")
    found = json.loads(ran.out)["files"][0]["findings"]
    assert [item["accepted"] for item in found if item["rule"] == "C200"] == ["the donor's own title"]
    assert line("check", "a.md").status == 0


def test_interrupting_ends_with_130(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(path: str, **options: object) -> FileReport:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "check_file", interrupted)
    write("a.md", BAD)
    ran = line("check", "--no-cache", "a.md")
    assert (ran.status, ran.err.strip()) == (130, "interrupted")


def test_an_unexpected_exception_is_told_without_a_traceback(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise ValueError("words of the draft")

    monkeypatch.setattr("pvelint.discover.discover", broken)
    ran = line("check", ".")
    assert ran.status == 2 and "ValueError" in ran.err
    assert "Traceback" not in ran.err and "words of the draft" not in ran.err


# --- options --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "Did you mean 'check'?"),
        (["check", "--tier", "doner"], "Did you mean 'donor'?"),
        (["check", "--type", "propsal"], "Did you mean 'proposal'?"),
        (["check", "--tire", "donor"], "--tier"),
        (["check", "a.md", "--select", "Z9"], "unknown rule 'Z9'"),
        (["check", "a.md", "--ignore", "avoided-trem"], "Did you mean 'avoided-term'?"),
        (["check", "a.md", "--config", "x.yaml", "--isolated"], "exclude each other"),
        (["check", "a.md", "--config", "x.yaml"], "no such configuration file"),
        (["check", "a.md", "--donor", "nobody"], "nobody"),
        (["schema", "reprt"], "Did you mean 'report'?"),
        (["terms", "show", "illegal-migrnt"], "Did you mean 'illegal-migrant'?"),
        (["terms", "list", "--family", "stigmata"], "Did you mean 'stigma'?"),
        (["test", "gone.yml"], "no lexicon or rule file"),
    ],
)
def test_mistakes_on_the_command_line_end_with_2_and_a_hint(
    line: Line, arguments: list[str], words: str
) -> None:
    write("a.md", BAD)
    ran = line(*arguments)
    assert ran.status == 2 and words in ran.err and ran.out == ""


def test_a_mistake_in_the_configuration_ends_the_run(line: Line) -> None:
    write("a.md", BAD)
    write("pvelint.yaml", "tier: donor\nignore: [avoided-trem]\n")
    ran = line("check", "a.md")
    assert ran.status == 2
    assert "pvelint.yaml:2: unknown rule 'avoided-trem'. Did you mean 'avoided-term'?" in ran.err
    assert line("check", "a.md", "--isolated").status == 1


def test_select_ignore_and_tier(line: Line) -> None:
    write("a.md", BAD)
    assert line("check", "a.md", "--ignore", "T501").status == 0
    assert line("check", "a.md", "--select", "S,C").status == 0
    assert line("check", "a.md", "--select", "S", "--select", "terminology").status == 1
    assert "migrants without papers" in line("check", "a.md", "--tier", "field").out


def test_the_document_says_who_it_is_for(line: Line) -> None:
    write("a.md", f"---\npvelint-tier: field\n---\n\n{BAD}")
    assert json.loads(line("check", "a.md", "--format", "json").out)["files"][0]["tier"] == "field"
    again = line("check", "a.md", "--format", "json", "--tier", "donor")
    assert json.loads(again.out)["files"][0]["tier"] == "donor"


def test_exclusions_of_command_line_and_configuration(line: Line) -> None:
    write("a.md", CLEAN)
    write("old/b.md", BAD)
    assert line("check").status == 1
    assert line("check", ".", "--exclude", "old/").status == 0
    write("pvelint.yaml", "exclude: [old/]\n")
    ran = line("check")
    assert ran.status == 0 and "excluded by pvelint.yaml" in ran.out
    assert line("check", "old/b.md").status == 1
    assert line("check", "old/b.md", "--force-exclude").status == 0


@pytest.mark.parametrize("name", [None, "draft.md", "notes.txt"])
def test_standard_input(line: Line, name: str | None) -> None:
    extra = ["--stdin-filename", name] if name else []
    ran = line("check", "-", "--format", "concise", *extra, stdin=BAD.encode())
    assert ran.status == 1
    assert ran.out.startswith(f"{name or '-'}:1:18: error T501 ")


def test_the_name_of_standard_input_gives_its_configuration(line: Line) -> None:
    write("sub/pvelint.yaml", "tier: field\n")
    ran = line("check", "-", "--stdin-filename", "sub/new.md", "--format", "json", stdin=BAD.encode())
    assert json.loads(ran.out)["files"][0]["tier"] == "field"


def test_explain_statistics_and_set_aside(line: Line) -> None:
    write("a.md", f'{BAD}\nAvoid the term "illegal migrant" in reports.\n')
    ran = line("check", "a.md", "--explain", "--statistics", "--show-set-aside")
    out = " ".join(ran.out.split())
    for words in (
        "why: A person is not illegal.",
        "source: 001",
        "concept: illegal-migrant. A person without",
        "By rule: 1 T501 avoided-term",
        "Looked at and left:",
    ):
        assert words in out


def test_quiet_and_clean_print_nothing(line: Line) -> None:
    write("a.md", CLEAN)
    assert line("check", "-q", "a.md").out == ""
    assert line("check", "a.md", "--format", "concise").out == ""


# --- JSON and files -------------------------------------------------------------------------------------


def test_json_fits_the_schema_and_stands_alone_on_standard_output(line: Line) -> None:
    write("a.md", BAD + "\n" + ADVICE)
    write("b.txt", "They said \u201cillegal migrants\u201d \u2192 here.\n")
    Path("c.docx").write_bytes(b"PK")
    ran = line("check", "b.txt", "c.docx", "a.md", "--format", "json", "--show-set-aside", "--statistics")
    data = json.loads(ran.out)
    Draft202012Validator(json.loads(shipped.schema("report").read_text(encoding="utf-8"))).validate(data)
    assert [file["path"] for file in data["files"]] == ["a.md", "b.txt", "c.docx"]
    assert data["files"][2]["error"]["code"] and data["summary"]["files_failed"] == 1
    assert data["tool"]["model"] and ran.err.startswith("error: c.docx: ")
    place = data["files"][0]["findings"][0]["location"]
    assert BAD[place["offset"] : place["end_offset"]] == "illegal migrants"


@pytest.mark.parametrize("form", ["text", "concise", "json"])
def test_output_goes_to_a_file_and_the_status_stays(line: Line, form: str) -> None:
    write("a.md", BAD)
    write("report.out", "old")
    direct = line("check", "a.md", "--format", form)
    ran = line("check", "a.md", "--format", form, "--output", "report.out")
    assert (ran.status, ran.out) == (1, "")
    assert Path("report.out").read_text(encoding="utf-8") == direct.out
    assert sorted(path.name for path in Path().iterdir()) == ["a.md", "report.out"]


def test_output_never_overwrites_a_draft_and_says_when_it_cannot_write(line: Line) -> None:
    write("a.md", BAD)
    ran = line("check", "a.md", "--output", "a.md")
    assert ran.status == 2 and "overwrite" in ran.err and Path("a.md").read_text(encoding="utf-8") == BAD
    ran = line("check", "a.md", "--output", "gone/report.txt")
    assert ran.status == 2 and "can't be written" in ran.err


def test_runs_are_the_same_each_time(line: Line) -> None:
    write("a.md", BAD)
    assert line("check", "a.md", "--format", "json").out == line("check", "a.md", "--format", "json").out


# --- the other commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [["illegal migrants"], ["illegal", "migrant"], ["Illegal Migrants"]])
def test_term_says_what_to_say_to_each_reader(line: Line, words: list[str]) -> None:
    ran = line("term", *words)
    assert ran.status == 0
    for part in (
        "for donors and the public: avoid it (error)\n    say: irregular migrant",
        "for field teams and communities: avoid it (error)\n    say: migrant without papers",
        "why: A person is not illegal.",
        "source: 001",
    ):
        assert part in ran.out


def test_term_tells_approved_unknown_and_red_line_words(line: Line) -> None:
    out = line("term", "irregular", "migrants").out
    assert "donors and the public: good" in out and "communities: avoid it (suggestion)" in out
    assert "red line" in line("term", "CVE").out
    assert "is not in the lexicon" in line("term", "weather report").out
    assert "advice: Give the number" in line("term", "migrant waves").out


def test_terms_as_json(line: Line) -> None:
    data = json.loads(line("term", "illegal migrants", "--format", "json").out)
    assert data["concepts"][0]["verdicts"]["field"]["say"] == ["migrant without papers"]
    listed = json.loads(line("terms", "list", "--format", "json").out)
    assert [concept["concept"] for concept in listed["concepts"]] == ["illegal-migrant", "own-cve"]


def test_terms_list_and_show(line: Line) -> None:
    out = line("terms", "list", "--tier", "donor").out
    assert "illegal-migrant  (terminology)" in out and "2 concepts" in out and "field:" not in out
    assert "own-cve" not in line("terms", "list", "--family", "terminology").out
    shown = line("terms", "show", "illegal-migrant").out
    assert "illegal migrants" in shown and "preferred: irregular migrant" in shown


def test_test_runs_the_examples(line: Line) -> None:
    ran = line("test")
    assert ran.status == 0, ran.out
    assert re.fullmatch(r"\d+ passed, 0 failed\n", ran.out)


def test_test_fails_with_place_and_message(line: Line, tmp_path: Path) -> None:
    lexicon = tmp_path / "small.yml"
    text = lexicon.read_text(encoding="utf-8").replace("The town hosts families.", "Illegal migrants came.")
    lexicon.write_text(text, encoding="utf-8")
    ran = line("test")
    assert ran.status == 1
    assert (
        "small.yml:" in ran.out and "illegal-migrant" in ran.out and "1 failed" not in ran.out.split("\n")[0]
    )


def test_config_shows_values_and_their_places(line: Line) -> None:
    write("pvelint.yaml", "tier: field\nignore: [S]\n")
    out = line("config").out
    assert "field  (pvelint.yaml:1)" in out and "(default)" in out
    data = json.loads(line("config", "a.md", "--format", "json").out)
    assert data["settings"]["ignore"] == {"value": ["S"], "from": "pvelint.yaml:2"}


@pytest.mark.parametrize("name", ["report", "config"])
def test_schema_prints_a_schema(line: Line, name: str) -> None:
    Draft202012Validator.check_schema(json.loads(line("schema", name).out))


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["--version"], *([name, "--help"] for name in COMMANDS)]
)
def test_help_fits_80_columns(line: Line, arguments: list[str]) -> None:
    ran = line(*arguments)
    assert ran.status == 0 and ran.out
    assert all(len(text) <= 80 for text in ran.out.splitlines())


@pytest.mark.parametrize("form", ["sarif", "github", "junit", "rdjson"])
def test_reports_for_programs_go_to_standard_output_and_files(line: Line, form: str) -> None:
    write("a.md", BAD)
    ran = line("check", "a.md", "--format", form)
    assert ran.status == 1 and "T501" in ran.out and ran.err == ""
    assert line("check", "a.md", "--format", form, "--output", "out").status == 1
    assert Path("out").read_text(encoding="utf-8") == ran.out


def test_what_is_silenced_is_counted_and_shown_on_request(line: Line) -> None:
    write("a.md", BAD.strip() + " <!-- pvelint: ignore[T501] its title -->\n")
    for form in ("text", "concise", "json"):
        assert "its title" not in line("check", "a.md", "--format", form).out
        assert "its title" in line("check", "a.md", "--format", form, "--show-suppressed").out
    assert "Silenced by remarks in the documents: 1" in line("check", "a.md").out


# --- processes ------------------------------------------------------------------------------------------

_HEAVY = {"spacy", "docx", "rich", "yaml", "lxml", "lemminflect", "numpy"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_help_and_version_load_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from pvelint.__main__ import main; status = main(sys.argv[1:]); "
        f"print(sorted(set(sys.modules) & {_HEAVY!r}), file=sys.stderr); sys.exit(status)"
    )
    ran = python("-c", code, *arguments)
    assert (ran.returncode, ran.stderr.decode().strip()) == (0, "[]")


def small(folder: Path, ending: str = "pass") -> list[str]:
    """Arguments for Python that run the command line over the small lexicon in another process."""
    lexicon = folder / "small.yml"
    lexicon.write_text(LEXICON, encoding="utf-8")
    code = (
        "import functools, pathlib, sys; from pvelint import knowledge; "
        f"files = [pathlib.Path({str(lexicon)!r})]; "
        "knowledge.load_knowledge = functools.partial(knowledge.load_knowledge, only=files); "
        f"from pvelint.__main__ import main; status = main(sys.argv[1:]); {ending}; sys.exit(status)"
    )
    return ["-c", code]


def test_a_clean_file_loads_no_parser_it_does_not_need(tmp_path: Path) -> None:
    draft = tmp_path / "a.txt"
    draft.write_text(CLEAN, encoding="utf-8")
    loaded = "print(sorted(set(sys.modules) & {'spacy', 'docx', 'rich', 'numpy'}), file=sys.stderr)"
    ran = python(*small(tmp_path, loaded), "check", str(draft), "--isolated")
    assert (ran.returncode, ran.stderr.decode().strip()) == (0, "[]")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_any_console_encoding_is_survived(tmp_path: Path, encoding: str) -> None:
    if language.model_package() is None:
        pytest.skip("the language model is not installed")
    draft = tmp_path / "\u00e9\u6f22.md"
    draft.write_text("Here \u2192 illegal migrants \u6f22\u5b57 \U0001f600 came.\n", encoding="utf-8")
    for form in ("text", "concise", "json"):
        ran = python(
            *small(tmp_path), "check", str(draft), "--format", form, PYTHONIOENCODING=encoding, PYTHONUTF8="0"
        )
        assert (ran.returncode, ran.stderr) == (1, b"")
        assert "illegal migrants" in ran.stdout.decode("utf-8")


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    if os.name == "nt":
        pytest.skip("no shell pipe")
    if language.model_package() is None:
        pytest.skip("the language model is not installed")
    draft = tmp_path / "a.md"
    draft.write_text("Illegal migrants came to the town.\n\n" * 1500, encoding="utf-8")
    root = str(Path(pvelint.__file__).parent.parent)
    command = shlex.join([sys.executable, *small(tmp_path), "check", str(draft)])
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -n 1"],
        capture_output=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": root},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (1, b"")
    assert b"a.md" in ran.stdout


def test_an_unknown_donor_is_told_with_its_place(line: Line) -> None:
    write("a.md", CLEAN)
    write("pvelint.yaml", "tier: donor\ndonor: nobody\n")
    ran = line("check", "a.md")
    assert ran.status == 2 and "pvelint.yaml:2: unknown donor 'nobody'" in ran.err


def test_a_donor_that_only_a_draft_names_spoils_only_that_draft(line: Line) -> None:
    write("a.md", f"---\npvelint-donor: nobody\n---\n\n{CLEAN}")
    write("b.md", BAD)
    ran = line("check", "a.md", "b.md")
    assert ran.status == 2 and "error: a.md: unknown donor 'nobody'" in ran.err
    assert "use: irregular migrants" in ran.out
