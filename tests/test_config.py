"""Settings: where they are looked for, what wins, and that every mistake is told with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from pvelint import config as settings_module
from pvelint import shipped
from pvelint.config import Config, Settings
from pvelint.configfile import KEYS
from pvelint.errors import DataError, ReadError
from pvelint.findings import Level, Tier
from pvelint.selectors import chosen, split, unknown

RULES = {
    "S100": "stigmatizing-term",
    "S101": "faith-as-adjective",
    "C200": "confrontational-term",
    "T501": "avoided-term",
}


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(path: str, text: str) -> Path:
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def fails(path: str = "draft.md") -> DataError:
    with pytest.raises(DataError) as caught:
        Config.load().for_file(path)
    return caught.value


def test_without_a_file_the_defaults_hold() -> None:
    settings = Config.load().for_file("draft.md")
    assert (settings.tier, settings.type, settings.fail_on, settings.spelling) == (
        Tier.DONOR,
        None,
        "error",
        "un",
    )
    assert settings.source is None


@pytest.mark.parametrize("name", ["pvelint.yaml", ".pvelint.yaml"])
def test_yaml_is_read(name: str) -> None:
    write(
        name,
        "tier: field\ntype: note\nselect: [S, C200]\nignore: T501, S101\nlevels: {C200: warning}\n"
        "fail-on: warning\nspelling: uk\ndonor: some-donor\n",
    )
    settings = Config.load().for_file("sub/draft.md")
    assert settings.tier is Tier.FIELD
    assert (settings.type, settings.donor, settings.spelling) == ("note", "some-donor", "uk")
    assert (settings.select, settings.ignore) == (("S", "C200"), ("T501", "S101"))
    assert settings.levels == {"C200": Level.WARNING}
    assert (settings.fail_on, settings.source) == ("warning", name)
    assert settings.origins["tier"] == f"{name}:1" and settings.origins["fail-on"] == f"{name}:6"


def test_toml_is_read_with_its_tables() -> None:
    write(
        "pyproject.toml",
        '[project]\nname = "x"\n[tool.pvelint]\ntier = "field"\nignore = [\n  "S101",\n]\n'
        '[tool.pvelint.levels]\nC200 = "warning"\n'
        '[[tool.pvelint.per-file]]\nfiles = ["out/**"]\ntier = "donor"\n',
    )
    settings = Config.load().for_file("draft.md")
    assert (settings.tier, settings.ignore) == (Tier.FIELD, ("S101",))
    assert settings.levels == {"C200": Level.WARNING}
    assert Config.load().for_file("out/deep/draft.md").tier is Tier.DONOR
    assert settings.origins["tier"] == "pyproject.toml:4"


def test_a_pyproject_without_our_table_is_passed_over() -> None:
    write("pvelint.yaml", "tier: field\n")
    write("sub/pyproject.toml", '[project]\nname = "pvelint-user"\n')
    write("sub2/pyproject.toml", "not toml at all [")
    assert Config.load().for_file("sub/draft.md").tier is Tier.FIELD
    assert Config.load().for_file("sub2/draft.md").tier is Tier.FIELD


def test_the_closest_file_wins_and_nothing_is_merged() -> None:
    write("pvelint.yaml", "tier: field\nignore: [S]\n")
    write("sub/pvelint.yaml", "type: note\n")
    config = Config.load()
    assert config.for_file("sub/deep/draft.md").tier is Tier.DONOR
    assert config.for_file("sub/deep/draft.md").ignore == ()
    assert config.for_file("other/draft.md").tier is Tier.FIELD


def test_extend_adds_to_another_file() -> None:
    write("shared/base.yaml", "tier: field\nlevels: {S: warning, C: warning}\nexclude: [old/]\n")
    write("sub/pvelint.yaml", "extend: ../shared/base.yaml\ntype: note\nlevels: {C: error}\n")
    settings = Config.load().for_file("sub/draft.md")
    assert (settings.tier, settings.type) == (Tier.FIELD, "note")
    assert settings.levels == {"S": Level.WARNING, "C": Level.ERROR}
    assert settings.origins["tier"] == "shared/base.yaml:1"
    assert settings.excludes("shared/old/x.md") and not settings.excludes("sub/old/x.md")


def test_a_circle_of_files_is_an_error() -> None:
    write("pvelint.yaml", "extend: b.yaml\n")
    write("b.yaml", "tier: field\nextend: pvelint.yaml\n")
    error = fails()
    assert error.code == "config-cycle" and "b.yaml:2" in str(error)


def test_a_missing_base_is_an_error() -> None:
    write("pvelint.yaml", "extend: nowhere.yaml\n")
    assert fails().code == "no-config"


def test_isolated_and_explicit_files() -> None:
    write("pvelint.yaml", "tier: field\n")
    write("other.yaml", "type: web\n")
    assert Config.load(isolated=True).for_file("draft.md") == Settings()
    assert Config.load(file="other.yaml").for_file("draft.md").type == "web"
    with pytest.raises(DataError, match="no such configuration"):
        Config.load(file="nowhere.yaml")


@pytest.mark.parametrize(
    ("text", "code", "line", "words"),
    [
        ("tier: donor\ntyep: note\n", "unknown-key", 2, "Did you mean 'type'?"),
        ("tier: donr\n", "unknown-value", 1, "Did you mean 'donor'?"),
        ("\ntype: propsal\n", "unknown-value", 2, "Did you mean 'proposal'?"),
        ("levels:\n  S: eror\n", "unknown-value", 2, "Did you mean 'error'?"),
        ("levels: {S: off}\n", "unknown-value", 1, ""),
        ("fail-on: warn\n", "unknown-value", 1, "Did you mean 'warning'?"),
        ("spelling: en\n", "unknown-value", 1, ""),
        ("select: 5\n", "wrong-type", 1, ""),
        ("tier: donor\ntier: field\n", "duplicate-key", 2, ""),
        ("per-file:\n  - tier: field\n", "missing-key", 2, "files"),
        ("per-file:\n  - files: ['*']\n    tir: field\n", "unknown-key", 3, "Did you mean 'tier'?"),
        ("lexicons: [gone.yml]\n", "no-lexicon", 1, ""),
        ("- tier\n", "wrong-type", 1, ""),
        ("tier: [donor\n", "bad-yaml", 2, ""),
    ],
)
def test_mistakes_in_yaml_have_file_line_and_the_nearest_word(
    text: str, code: str, line: int, words: str
) -> None:
    write("pvelint.yaml", text)
    error = fails()
    assert error.code == code
    assert error.where is not None and (error.where.path, error.where.line) == ("pvelint.yaml", line)
    assert words in str(error)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[tool.pvelint]\ntier = "donor"\ntyep = "note"\n', "unknown-key", 3),
        ('[tool.pvelint]\ntier = "donr"\n', "unknown-value", 2),
        ('[tool.pvelint.levels]\nS = "error"\nC = "eror"\n', "unknown-value", 3),
        (
            '[[tool.pvelint.per-file]]\nfiles = ["*"]\n[[tool.pvelint.per-file]]\ntier = "field"\n',
            "missing-key",
            3,
        ),
        ("[tool.pvelint]\ntier = donor\n", "bad-toml", 2),
    ],
)
def test_mistakes_in_toml_have_their_line(text: str, code: str, line: int) -> None:
    write("pyproject.toml", text)
    error = fails()
    assert error.code == code
    assert error.where is not None and error.where.line == line


@pytest.mark.parametrize("name", ["pvelint.yml", "pvelint.toml"])
def test_a_nearly_right_name_is_not_passed_over_in_silence(name: str) -> None:
    write(name, "tier: field\n")
    assert "pvelint.yaml" in str(fails())


def test_unknown_rules_are_refused_at_their_line() -> None:
    write("pvelint.yaml", "select: [S101]\nignore:\n  - avoided-trem\n")
    with pytest.raises(DataError) as caught:
        Config.load().for_file("draft.md").check_selectors(RULES)
    assert "pvelint.yaml:3" in str(caught.value) and "'avoided-term'" in str(caught.value)


def test_per_file_entries_apply_in_order() -> None:
    write(
        "pvelint.yaml",
        "ignore: [C]\nper-file:\n- {files: [field/**], tier: field, ignore: [T501]}\n"
        "- {files: '*.txt', type: flyer}\n",
    )
    config = Config.load()
    both = config.for_file("field/a.txt")
    assert (both.tier, both.type, both.ignore) == (Tier.FIELD, "flyer", ("C", "T501"))
    assert config.for_file("a.md").tier is Tier.DONOR
    assert both.origins["tier"] == "per-file entry, pvelint.yaml:3"


def test_exclusions_are_relative_to_the_configuration() -> None:
    write("sub/pvelint.yaml", "exclude: [archive/, '*.old.md', drafts/*/x.md]\n")
    settings = Config.load().for_file("sub/a.md")
    for path in ("sub/archive/a.md", "sub/b/c.old.md", "sub/drafts/q/x.md"):
        assert settings.excludes(path), path
    for path in ("sub/a.md", "archive/a.md", "sub/drafts/x.md"):
        assert not settings.excludes(path), path


def test_extra_lexicons_are_relative_to_the_configuration() -> None:
    lexicon = write("sub/office.yml", "[]\n")
    write("sub/pvelint.yaml", "lexicons: office.yml\n")
    assert Config.load().for_file("sub/a.md").lexicons == (str(lexicon.absolute()),)


def test_the_document_beats_the_file_and_the_command_line_beats_both() -> None:
    write("pvelint.yaml", "tier: field\ntype: note\nignore: [S]\n")
    settings = Config.load().for_file("a.md").with_document({"pvelint-tier": "Donor", "pvelint-donor": "x"})
    assert (settings.tier, settings.type, settings.donor) == (Tier.DONOR, "note", "x")
    assert settings.origins["tier"] == "the document (pvelint-tier)"
    top = settings.with_options(tier=Tier.FIELD, select=("C",), ignore=("T",))
    assert (top.tier, top.select, top.ignore) == (Tier.FIELD, ("C",), ("S", "T"))
    assert top.origins["tier"] == "command line"


def test_a_document_with_an_impossible_tier_is_an_error() -> None:
    with pytest.raises(ReadError, match="Did you mean 'donor'"):
        Settings().with_document({"pvelint-tier": "doner"}, path="a.md")


def test_the_schema_knows_the_same_keys_and_words() -> None:
    schema = json.loads(shipped.schema("config").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    properties = schema["properties"]
    assert set(properties) == set(KEYS)
    assert tuple(properties["type"]["enum"]) == settings_module.TYPES
    assert tuple(properties["fail-on"]["enum"]) == settings_module.FAIL_ON
    assert tuple(properties["spelling"]["enum"]) == settings_module.SPELLINGS
    example = yaml.safe_load(
        "tier: field\nselect: [S]\nper-file: [{files: '*', tier: donor}]\nlevels: {S: error}"
    )
    Draft202012Validator(schema).validate(example)
    assert list(Draft202012Validator(schema).iter_errors({"tyep": "note"}))


def test_selectors_choose_by_the_more_exact_one() -> None:
    def runs(
        rule: str, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), concept: str = "x"
    ) -> bool:
        return chosen(rule=rule, name=RULES[rule], concept=concept, select=select, ignore=ignore)

    assert runs("S101") and runs("S101", ("S",)) and not runs("C200", ("S",))
    assert not runs("S101", ("S",), ("S1",)) and runs("S101", ("S101",), ("S",))
    assert not runs("S101", ("S101",), ("S101",))
    assert runs("S101", ("stigma",)) and runs("S101", ("faith-as-adjective",)) and runs("S101", ("s101",))
    assert not runs("T501", (), ("T501:x",)) and runs("T501", (), ("T501:y",))
    assert runs("T501", ("T501:x",)) and not runs("T501", ("T501:y",))


def test_selectors_from_the_command_line_are_split_and_checked() -> None:
    assert split(["S, C200", "T"]) == ("S", "C200", "T")
    assert unknown(["S", "C2", "stigma", "avoided-term", "T501:a"], rules=RULES, concepts=["a"]) == []
    assert [word for word, _ in unknown(["Z", "S9", "T501:b", ""], rules=RULES, concepts=["a"])] == [
        "Z",
        "S9",
        "T501:b",
        "",
    ]
