import itertools
from pathlib import Path

import pytest

from helpers import check, concept, knowledge_of, lexicon_of, whole
from pvelint import shipped
from pvelint.donors import apply_overlay, load_overlay, overlay_files, read_overlay
from pvelint.errors import DataError, UsageError
from pvelint.findings import Level, Tier
from pvelint.knowledge import load_knowledge

RED = concept("counter", "counter barn", family="framing", extra="  red-line: RL-MESSAGING")
OPEN = concept("ship", "old boat", level="warning")


def overlay(text: str, folder: Path) -> Path:
    path = folder / "x.yml"
    path.write_text("id: x\nname: X\nexpects: [a]\nred-lines: [b]\n" + text, encoding="utf-8")
    return path


def test_an_overlay_admits_a_term_for_donors_only(tmp_path: Path) -> None:
    changed = apply_overlay(
        lexicon_of(OPEN, tmp_path),
        read_overlay(overlay("admit: [{concept: ship, terms: [old boat]}]", tmp_path)),
    )
    term = changed.by_id["ship"].avoided[0]
    assert dict(term.levels) == {Tier.FIELD: Level.WARNING}
    assert "old boat" in [approved.term for approved in changed.by_id["ship"].approved[Tier.DONOR]]


def test_an_overlay_cannot_admit_a_red_line(tmp_path: Path) -> None:
    made = read_overlay(overlay("admit: [{concept: counter, terms: [counter barn]}]", tmp_path))
    with pytest.raises(DataError) as caught:
        apply_overlay(lexicon_of(RED, tmp_path), made)
    assert caught.value.code == "red-line"


def test_an_overlay_cannot_prefer_what_is_avoided(tmp_path: Path) -> None:
    made = read_overlay(overlay("prefer: [{concept: counter, terms: [counter barn]}]", tmp_path))
    with pytest.raises(DataError):
        apply_overlay(lexicon_of(RED, tmp_path), made)


def test_an_overlay_names_its_mistakes(tmp_path: Path) -> None:
    made = read_overlay(overlay("admit: [{concept: shp, terms: [old boat]}]", tmp_path))
    with pytest.raises(DataError, match="ship"):
        apply_overlay(lexicon_of(OPEN, tmp_path), made)
    with pytest.raises(UsageError, match="Known"):
        load_overlay("nobody", shipped.folder("lexicons"))


def test_no_shipped_overlay_relaxes_a_red_line() -> None:
    plain = whole().lexicon
    for donor in overlay_files(shipped.folder("lexicons")):
        changed = load_knowledge(donor=donor).lexicon
        for item in plain.concepts:
            before = {(term.term, tier) for term in item.avoided for tier in Tier if item.is_red_line(term, tier)}
            now = changed.by_id[item.id]
            after = {(term.term, tier) for term in now.avoided for tier in Tier if now.is_red_line(term, tier)}
            assert before == after, (donor, item.id)


def test_no_configuration_relaxes_a_red_line(tmp_path: Path) -> None:
    knowledge = knowledge_of(RED, tmp_path)
    for select, ignore, levels in itertools.product(
        ((), ("T",), ("K4",)),
        ((), ("C",), ("C200",), ("C200:counter",)),
        ({}, {"C": Level.SUGGESTION}, {"C200": Level.WARNING}),
    ):
        found = check("We built a counter barn.", knowledge, select=select, ignore=ignore, levels=levels).findings
        assert [finding.level for finding in found] == [Level.ERROR]
        assert found[0].red_line


def test_configuration_does_change_what_is_no_red_line(tmp_path: Path) -> None:
    knowledge = knowledge_of(OPEN, tmp_path)
    assert check("An old boat sank.", knowledge).findings[0].level is Level.WARNING
    assert (
        check("An old boat sank.", knowledge, levels={"T501": Level.SUGGESTION}).findings[0].level is Level.SUGGESTION
    )
    assert not check("An old boat sank.", knowledge, ignore=("T",)).findings
