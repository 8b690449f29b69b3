"""Threats of docs/security.md that no other test meets, and that the page tells the truth about its tests."""

from __future__ import annotations

import re
import stat
import sys
from pathlib import Path

import pytest

from cli_fixtures import Line
from pvelint import discover
from pvelint.decode import parse_yaml
from pvelint.errors import DataError, UsageError
from pvelint.report.streams import write_whole

ROOT = Path(__file__).resolve().parents[1]
_ESCAPES = "\x1b]0;title\x07\x1b[2J\u202e\x9b1m"


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    monkeypatch.chdir(tmp_path)
    return Line(monkeypatch, capsys)


def harmless(text: str) -> bool:
    return not set(_ESCAPES) & set(text) - set("]0;title[2J1m")


def test_the_page_names_tests_that_exist() -> None:
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", page)
    assert len(named) > 25
    for file, name in named:
        assert f"def {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), f"{file}::{name}"


def test_no_code_of_ours_can_run_what_a_file_says() -> None:
    """No evaluation, no unpickling, no shell, no YAML that makes objects."""
    bad = re.compile(
        r"(?<![\w.\"'`])(eval|exec|compile|__import__)\(|(import|from) (pickle|marshal)\b|shell=True"
        r"|yaml\.load\((?!.*BaseLoader)|os\.system"
    )
    for path in (ROOT / "pvelint").rglob("*.py"):
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            assert not bad.search(text.split("#")[0]), f"{path}:{number}: {text}"


# --- configuration that came with a clone ---------------------------------------------------------------


def test_a_pattern_of_many_stars_takes_a_walk_and_not_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: comparisons of characters stay below length of pattern times length of name."""
    asked = 0
    real = discover._takes

    def counting(token: discover._Token, char: str) -> bool:
        nonlocal asked
        asked += 1
        return real(token, char)

    monkeypatch.setattr(discover, "_takes", counting)
    name, pattern = "a" * 250, "*a" * 60 + "b"
    assert not discover.excluded(name, [pattern])
    assert asked <= len(name) * len(pattern)
    deep = "/".join(["a"] * 60)
    asked = 0
    assert not discover.excluded(deep, ["/".join(["**", "a"] * 30) + "/b"])
    assert asked <= 61 * 61 * 2


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/apply:os.system [id]",
        "a: !!python/name:os.system",
        "[" * 5000,
        "a: &a [x, x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)),
        "<<: {a: 1}",
        "? [a, b]\n: c",
        "a: 1\na: 2",
        "a" * (9 * 1024 * 1024),
        "a: 99999999999999999999999999e99999999",
        "a: 0o9\nb: 190:20:30.15",
        "- &x\n  - *x",
    ],
    ids=["object", "name", "deep", "bomb", "merge", "odd-key", "double", "large", "number", "base60", "circle"],
)
def test_yaml_can_neither_run_nor_blow_up(text: str) -> None:
    try:
        parse_yaml(text.encode(), name="x")
    except DataError as error:
        assert str(error).startswith("x:")
    else:
        assert text.startswith(("a: 99", "a: 0o9"))  # plain text to us


def test_nothing_in_a_configuration_steers_the_terminal(line: Line) -> None:
    Path("a.txt").write_text("A word.\n", encoding="utf-8")
    for text in (f'"{_ESCAPES}": 1\n', f"tier: '{_ESCAPES}'\n", f"ignore: ['{_ESCAPES}']\n", f"donor: 'x{_ESCAPES}'\n"):
        Path("pvelint.yaml").write_bytes(text.encode())
        for command in (("check", "a.txt"), ("config",), ("files",), ("rules",)):
            ran = line(*command)
            assert harmless(ran.out + ran.err), (text, command)


def test_nothing_in_an_office_rule_steers_the_terminal(line: Line) -> None:
    page = (ROOT / "docs" / "writing-rules.md").read_text(encoding="utf-8")
    text = re.findall(r"^`K901[^`]*`:\n\n```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[0]
    evil = text.replace("message: This", 'message: "\\e]0;t\\a\\e[2J\\u202e\\x9b1m This').replace(
        "can bring.\n", 'can bring."\n', 1
    )
    Path("r.yml").write_text(evil, encoding="utf-8")
    Path("pvelint.yaml").write_text("rules: r.yml\n", encoding="utf-8")
    Path("a.txt").write_text("The grant will end all violent extremism by June.\n", encoding="utf-8")
    for command in (
        ("explain", "K901"),
        ("explain", "K901", "--format", "markdown"),
        ("check", "a.txt", "--select", "K901", "--explain"),
        ("check", "a.txt", "--select", "K901", "--format", "concise"),
        ("check", "a.txt", "--select", "K901", "--format", "github"),
    ):
        ran = line(*command)
        assert "promises an end" in " ".join(ran.out.split()), (command, ran.err)
        assert harmless(ran.out + ran.err), command


def test_a_configuration_cannot_switch_off_a_red_line(line: Line) -> None:
    Path("a.txt").write_text("Our CVE project begins.\n", encoding="utf-8")
    Path("pvelint.yaml").write_text("ignore: [C, T]\nlevels: {C200: suggestion}\n", encoding="utf-8")
    ran = line("check", "a.txt")
    assert ran.status == 1 and "error  C200" in ran.out


def test_data_paths_name_yaml_only_so_that_no_other_file_is_quoted(line: Line, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("password: precious\n", encoding="utf-8")
    Path("a.txt").write_text("A word.\n", encoding="utf-8")
    for key in ("lexicons", "rules", "names"):
        Path("pvelint.yaml").write_text(f"{key}: [{secret}]\n", encoding="utf-8")
        ran = line("check", "a.txt")
        assert ran.status == 2 and "precious" not in ran.err + ran.out


# --- names and drafts -----------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_that_look_like_options_or_escapes_are_only_names(line: Line) -> None:
    for name in ("--output=x.md", "-.md", "\x1b[2J.md", "a\nb.md", "$(touch x).md"):
        Path(name).write_text("The centre hosts illegal migrants.\n", encoding="utf-8")
    for form in ("text", "concise", "github", "sarif", "junit"):
        ran = line("check", ".", "--format", form, "--isolated")
        assert ran.status == 1 and harmless(ran.out + ran.err), form
        assert "a\nb.md" not in ran.out
    assert sorted(path.name for path in Path().iterdir()) == sorted(
        ("--output=x.md", "-.md", "\x1b[2J.md", "a\nb.md", "$(touch x).md")
    )


def test_a_draft_cannot_choose_a_path_or_a_donor_file(line: Line) -> None:
    Path("a.md").write_text("---\npvelint-donor: ../../secret\n---\n\nA word.\n", encoding="utf-8")
    ran = line("check", "a.md")
    assert ran.status == 2 and "unknown donor" in ran.err


# --- files that we write --------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")
def test_a_report_is_written_whole_and_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report"
    target.write_bytes(b"before")
    target.chmod(0o600)
    write_whole(str(target), b"after")
    assert target.read_bytes() == b"after" and stat.S_IMODE(target.stat().st_mode) == 0o600

    def full(self: Path, other: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(UsageError):
        write_whole(str(target), b"third")
    assert target.read_bytes() == b"after" and [path.name for path in tmp_path.iterdir()] == ["report"]
