"""Rule files: strictly loaded, and their shape; their examples run in ``pvelint test``."""

from pathlib import Path

import pytest

from helpers import reader, whole
from pvelint.errors import DataError
from pvelint.rules import Rule, load_rules

TEXT = """id: M399
name: test-rule
levels: {donor: error}
relations:
  - {agent: [barn], predicate: [hide], theme: [wolf]}
why: Because.
source: ["002"]
advice: Leave it.
examples:
  flag: [One., Two., Three., Four.]
  leave: [Five., Six., Seven., Eight.]
"""


def load(text: str, folder: Path) -> tuple[Rule, ...]:
    path = folder / "M399-test.yml"
    path.write_text(text, encoding="utf-8")
    return load_rules([path], conditions=reader())


def test_a_rule_is_read(tmp_path: Path) -> None:
    (rule,) = load(TEXT, tmp_path)
    assert rule.relations[0].kind == "act"
    assert rule.relations[0].predicate == ("hide",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("agent:", "agnet:"), "unknown-key"),
        (("[wolf]", "['@wolfs']"), "unknown-class"),
        (("id: M399", "id: Z399"), "bad-id"),
        (("leave: [Five., Six., Seven., Eight.]", "leave: [Five.]"), "few-examples"),
        (("why: Because.\n", ""), "missing-key"),
        (("{donor: error}", "{donors: error}"), "unknown-key"),
    ],
)
def test_mistakes_are_data_errors(change: tuple[str, str], code: str, tmp_path: Path) -> None:
    assert change[0] in TEXT
    with pytest.raises(DataError) as caught:
        load(TEXT.replace(*change), tmp_path)
    assert caught.value.code == code


def test_shipped_rules_have_sources_and_file_names() -> None:
    for rule in whole().rules:
        assert rule.source, rule.id
        assert Path(rule.path).name.startswith(f"{rule.id}-{rule.name}"), rule.path
