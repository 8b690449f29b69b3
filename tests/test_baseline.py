"""The baseline: what it holds, what it forgives, how it merges, and the conversation over it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cli_fixtures import Line, Ran
from pvelint import shipped
from pvelint.baseline import NAME, Baseline, Entry, dump, load
from pvelint.errors import DataError

BAD = "The centre hosts illegal migrants from the coast.\n"
OTHER = "Illegal migrants were found.\n"
RED = "Our CVE project begins.\n"
CLEAN = "The town hosts families.\n"


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def entries() -> list[Entry]:
    return list(load(Path(NAME)).entries)


def summary(ran: Ran) -> dict[str, object]:
    data = json.loads(ran.out)["summary"]
    assert isinstance(data, dict)
    return data


def found(line: Line, *arguments: str) -> list[str]:
    data = json.loads(line("check", *(arguments or (".",)), "--format", "json").out)
    return [finding["text"] for file in data["files"] for finding in file["findings"]]


# --- write and check ------------------------------------------------------------------------------------


def test_known_findings_are_left_out_and_counted(line: Line) -> None:
    write("a.md", BAD)
    assert line("baseline", "write").status == 0
    ran = line("check", ".")
    assert ran.status == 0 and "Known from the baseline and not shown: 1" in ran.out
    assert summary(line("check", ".", "--format", "json"))["baselined"] == 1
    write("a.md", BAD + "\n" + OTHER)
    assert found(line) == ["Illegal migrants"]
    assert line("check", ".", "--no-baseline").out.count("error  T501") == 2


def test_a_changed_sentence_is_new_and_a_moved_one_is_not(line: Line) -> None:
    write("a.md", BAD)
    line("baseline", "write")
    write("a.md", "A new beginning.\n\n" + BAD)
    assert found(line) == []
    write("a.md", BAD.replace("coast", "hills"))
    assert found(line) == ["illegal migrants"]


def test_a_renamed_file_keeps_its_entries_and_a_copy_does_not_share_them(line: Line) -> None:
    write("a.md", BAD)
    line("baseline", "write")
    write("copy.md", BAD)
    assert found(line) == ["illegal migrants"]
    Path("a.md").unlink()
    assert found(line) == []
    line("baseline", "prune")
    assert [entry.path for entry in entries()] == ["copy.md"]


def test_stale_entries_are_reported_and_pruned(line: Line) -> None:
    write("a.md", BAD)
    write("b.md", OTHER)
    line("baseline", "write")
    write("a.md", CLEAN)
    Path("b.md").unlink()
    ran = line("check", ".")
    assert "no longer in the drafts" in ran.out and 'a.md: "illegal migrants" (T501)' in ran.out
    assert summary(line("check", ".", "--format", "json"))["stale"] == 2
    assert summary(line("check", "a.md", "--format", "json"))["stale"] == 1
    assert summary(line("check", ".", "--select", "S", "--format", "json"))["stale"] == 0
    assert "0 entries, 2 taken out" in line("baseline", "prune").out
    assert entries() == []


def test_writing_again_keeps_answers_and_drafts_that_were_not_checked(line: Line) -> None:
    write("a.md", BAD)
    write("b.md", OTHER)
    line("baseline", "write")
    text = Path(NAME).read_text(encoding="utf-8")
    changed = text.replace('"Illegal migrants"', '"Illegal migrants", "state": "accepted", "reason": "the title"')
    Path(NAME).write_text(changed, encoding="utf-8")
    write("a.md", BAD + "\nThey spoke of an illegal migrant.\n")
    line("baseline", "write", "a.md")
    assert [(entry.path, entry.state) for entry in entries()] == [("a.md", None), ("a.md", None), ("b.md", "accepted")]


def test_a_red_line_is_set_aside_by_no_entry_without_a_reason(line: Line) -> None:
    write("a.md", RED)
    ran = line("baseline", "write")
    assert "red line" in ran.out
    assert line("check", ".").status == 1
    Path(NAME).write_text(
        Path(NAME).read_text(encoding="utf-8").replace('"CVE"}', '"CVE", "state": "accepted", "reason": "by law"}'),
        encoding="utf-8",
    )
    ran = line("check", ".")
    assert ran.status == 0 and "Accepted exceptions to red lines" in ran.out and "by law" in ran.out
    for form in ("json", "sarif", "github", "junit", "rdjson", "concise"):
        assert "CVE" in line("check", ".", "--format", form).out


def test_the_words_can_be_kept_out(line: Line) -> None:
    write("a.md", BAD)
    line("baseline", "write", "--no-text")
    assert "illegal" not in Path(NAME).read_text(encoding="utf-8")
    assert found(line) == []
    line("baseline", "prune")
    assert "illegal" not in Path(NAME).read_text(encoding="utf-8")


def test_the_baseline_is_beside_the_configuration_or_where_it_says(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    write("pvelint.yaml", "baseline: kept/known.json\n")
    write("kept/readme.txt", CLEAN)
    write("drafts/a.md", BAD)
    monkeypatch.chdir("drafts")
    assert line("check", ".").status == 2
    assert line("baseline", "write").status == 0
    assert [entry.path for entry in load(Path("../kept/known.json")).entries] == ["../drafts/a.md"]
    assert line("check", ".").status == 0


def test_no_line_numbers_dates_or_versions_are_written(line: Line) -> None:
    write("a.md", BAD)
    line("baseline", "write")
    item = json.loads(Path(NAME).read_text(encoding="utf-8"))["entries"][0]
    assert set(item) == {"path", "fingerprint", "rule", "text"}


def test_an_unread_draft_keeps_its_entries_and_is_told(line: Line) -> None:
    write("a.md", BAD)
    line("baseline", "write")
    Path("a.md").write_bytes(b"\x00\x01\x02\xff\xfe\x00")
    ran = line("baseline", "write")
    assert ran.status == 2 and "a.md" in ran.err and len(entries()) == 1


# --- merging --------------------------------------------------------------------------------------------


def git(*arguments: str) -> subprocess.CompletedProcess[str]:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *names, *arguments], capture_output=True, text=True, env=env, check=False)


@pytest.fixture
def repository(line: Line) -> Line:
    if git("--version").returncode:
        pytest.skip("Git is not installed")
    git("init", "-q", "-b", "main")
    for name in ("a", "b", "c"):
        write(f"{name}.md", BAD)
    line("baseline", "write")
    git("add", ".")
    git("commit", "-qm", "first")
    return line


def branch(line: Line, name: str, changes: dict[str, str]) -> None:
    git("checkout", "-q", "-b", name, "main")
    for path, text in changes.items():
        write(path, text)
    line("baseline", "write")
    git("add", ".")
    git("commit", "-qm", name)
    git("checkout", "-q", "main")


def test_two_branches_that_touch_different_drafts_merge_without_a_conflict(repository: Line) -> None:
    branch(repository, "one", {"a.md": BAD + "\n" + OTHER})
    branch(repository, "two", {"b.md": CLEAN})
    assert git("merge", "-q", "one").returncode == 0
    merged = git("merge", "-q", "-m", "both", "two")
    assert merged.returncode == 0, merged.stdout
    assert [entry.path for entry in entries()] == ["a.md", "a.md", "c.md"]
    assert found(repository) == []


def test_two_branches_that_add_drafts_at_one_place_merge_by_union(repository: Line) -> None:
    write(".gitattributes", f"{NAME} merge=union\n")
    git("add", ".")
    git("commit", "-qm", "attributes")
    branch(repository, "one", {"bb.md": OTHER})
    branch(repository, "two", {"ba.md": OTHER})
    assert git("merge", "-q", "one").returncode == 0
    merged = git("merge", "-q", "-m", "both", "two")
    assert merged.returncode == 0, merged.stdout
    assert [entry.path for entry in entries()] == ["a.md", "b.md", "ba.md", "bb.md", "c.md"]
    assert found(repository) == []


def test_conflict_marks_are_explained(repository: Line) -> None:
    branch(repository, "one", {"bb.md": OTHER})
    branch(repository, "two", {"ba.md": OTHER})
    git("merge", "-q", "one")
    assert git("merge", "-q", "-m", "both", "two").returncode == 1
    ran = repository("check", ".")
    assert ran.status == 2 and "conflict marks" in ran.err and "Keep the lines of both sides" in ran.err


# --- the file -------------------------------------------------------------------------------------------

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
_ENTRIES = st.builds(
    Entry,
    path=st.from_regex(r"[a-z]{1,3}\.md", fullmatch=True),
    fingerprint=st.from_regex(r"[0-9a-f]{2}", fullmatch=True),
    rule=st.sampled_from(["T501", "S101"]),
    text=_TEXTS,
)


@given(st.lists(_ENTRIES, max_size=8), st.randoms())
def test_order_and_doubles_are_forgiven(
    tmp_path_factory: pytest.TempPathFactory, made: list[Entry], shuffle: object
) -> None:
    path = tmp_path_factory.mktemp("x") / "b.json"
    path.write_bytes(dump(made))
    first = load(path)
    assert {entry.key for entry in first.entries} == {entry.key for entry in made}
    lines = path.read_text(encoding="utf-8").split("\n")
    head, body, tail = lines[0], lines[1:-2], lines[-2:]
    shuffle.shuffle(body)  # type: ignore[attr-defined]
    path.write_text("\n".join([head, *body, *body, *tail]), encoding="utf-8")
    assert load(path).entries == first.entries
    assert dump(first.entries) == dump(load(path).entries)


def test_a_written_baseline_fits_its_schema(line: Line) -> None:
    write("a.md", BAD)
    line("baseline", "write")
    schema = json.loads(shipped.schema("baseline").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(json.loads(Path(NAME).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "no baseline"),
        ('{"schema": 2, "entries": []}', "no baseline"),
        ('{"schema": 1, "entries": [5]}', "object of texts"),
        ('{"schema": 1, "entries": [{"path": "a", "fingerprint": "f"}]}', "lacks 'rule'"),
        ('{"schema": 1, "entries": [{"path": "a", "fingerprint": "f", "rule": "T", "stat": "x"}]}', "'state'"),
        ('{"schema": 1, "entries": [{"path": "a", "fingerprint": "f", "rule": "T", "state": "opn"}]}', "'open'"),
        ('{"schema": 1, "entries": [{"path": "a", "fingerprint": "f", "rule": "T", "state": "accepted"}]}', "reason"),
        ('{"schema": 1, "entries": [' + "9" * 5000 + "]}", "not valid JSON"),
    ],
)
def test_a_hostile_or_broken_file_is_one_clear_error(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load(path)
    assert told in str(raised.value)


def test_a_path_with_an_impossible_name_harms_nothing(tmp_path: Path) -> None:
    known = Baseline(tmp_path / "b.json", (Entry("a\x00b", "f" * 16, "T501"), Entry("x" * 9000, "e" * 16, "T501")))
    assert [known.exists(entry) for entry in known.entries] == [False, False]


def test_a_link_is_not_followed_when_writing(line: Line, tmp_path: Path) -> None:
    outside = tmp_path / "precious.txt"
    outside.write_text('{"schema": 1, "entries": []}', encoding="utf-8")
    try:
        Path(NAME).symlink_to(outside)
    except OSError:
        pytest.skip("links can't be made here")
    write("a.md", BAD)
    ran = line("baseline", "write")
    assert ran.status == 2 and "link" in ran.err
    assert outside.read_text(encoding="utf-8") == '{"schema": 1, "entries": []}'


def test_what_is_no_baseline_is_never_overwritten(line: Line) -> None:
    write("a.md", BAD)
    write("notes.txt", "precious\n")
    ran = line("baseline", "write", "a.md", "--baseline", "notes.txt")
    assert ran.status == 2 and Path("notes.txt").read_text(encoding="utf-8") == "precious\n"


def test_a_configuration_cannot_name_a_baseline_outside_its_folder(line: Line) -> None:
    write("a.md", BAD)
    write("pvelint.yaml", "baseline: ../../known.json\n")
    ran = line("baseline", "write")
    assert ran.status == 2 and "pvelint.yaml:1" in ran.err and "out of the folder" in ran.err


# --- audit ----------------------------------------------------------------------------------------------


def test_audit_asks_saves_each_answer_and_goes_on_later(line: Line) -> None:
    for name in ("a", "b", "c", "d"):
        write(f"{name}.md", BAD)
    line("baseline", "write")
    ran = line("baseline", "audit", stdin=b"a\n\na\nthe law's title\no\ns\nq\n")
    assert ran.status == 0 and "1 of 4: a.md" in ran.out and "^^^^" in ran.out
    assert "Without a reason" in ran.out and "1 left;" in ran.out
    assert [(entry.state, entry.reason) for entry in entries()] == [
        ("accepted", "the law's title"),
        ("open", ""),
        (None, ""),
        (None, ""),
    ]
    ran = line("baseline", "audit", stdin=b"")
    assert "1 of 2: c.md" in ran.out
    ran = line("baseline", "audit", "--all", stdin=b"x\ns\ns\ns\n")
    assert "1 of 3: b.md" in ran.out and "last one" in ran.out


def test_audit_without_a_baseline_says_how_to_write_one(line: Line) -> None:
    write("a.md", BAD)
    ran = line("baseline", "audit")
    assert ran.status == 2 and "pvelint baseline write" in ran.err


def test_audit_shows_nothing_that_steers_the_terminal(line: Line) -> None:
    write("a.md", "The \x1b[2J\u202eillegal migrants\x07 came.\n")
    line("baseline", "write")
    out = line("baseline", "audit", stdin=b"q\n").out
    assert "illegal migrants" in out and not set("\x1b\x07\u202e") & set(out)
