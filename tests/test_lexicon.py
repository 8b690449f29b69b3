from pathlib import Path

import pytest

from helpers import concept, lexicon_of, whole
from pvelint.errors import DataError
from pvelint.findings import Family, Level, Tier, UsageKind


def test_a_concept_is_read(tmp_path: Path) -> None:
    lexicon = lexicon_of(concept("shed", "barn", family="framing"), tmp_path)
    shed = lexicon.by_id["shed"]
    assert shed.family is Family.FRAMING
    assert shed.avoided[0].levels == {Tier.DONOR: Level.ERROR, Tier.FIELD: Level.ERROR}
    assert UsageKind.NEGATED in shed.leave
    assert [term.term for term in shed.preferred(Tier.FIELD)] == ["plain shed"]


@pytest.mark.parametrize(
    ("change", "code", "cure"),
    [
        (("family: terminology", "famliy: terminology"), "unknown-key", "family"),
        (("family: terminology", "family: terminolgy"), "unknown-value", "terminology"),
        (("level: error", "level: eror"), "unknown-value", "error"),
        (("term: barn", "term: true"), "wrong-type", "quotes"),
        (("level: error", "level: error, when: [own-wrok]"), "unknown-condition", "own-work"),
        (("level: error", "level: error, unless: [{near: ['@peple']}]"), "unknown-class", "people"),
        (("  why: Because.\n", ""), "missing-key", ""),
        (("leave: [Three., Four.]", "leave: [Three.]"), "few-examples", ""),
        (("preferred: [better shed]", "preferred: [barn]"), "approved-and-avoided", ""),
        (("id: shed", "id: Shed House"), "bad-id", ""),
    ],
)
def test_mistakes_have_file_line_and_cure(change: tuple[str, str], code: str, cure: str, tmp_path: Path) -> None:
    text = concept("shed", "barn")
    assert change[0] in text
    with pytest.raises(DataError) as caught:
        lexicon_of(text.replace(*change), tmp_path)
    assert caught.value.code == code
    assert caught.value.where is not None
    assert caught.value.where.line >= 2
    assert cure in str(caught.value)


def test_an_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="stands already"):
        lexicon_of(concept("shed", "barn") + concept("shed", "stable"), tmp_path)


def test_yaml_faults_are_data_errors(tmp_path: Path) -> None:
    for text in ("- id: [", "- !!python/object:os.system {}", "a: 1\na: 2", "- *x", "\x00"):
        with pytest.raises(DataError):
            lexicon_of(text, tmp_path)


def test_the_shipped_lexicon_is_large_enough_and_speaks_to_both_readers() -> None:
    concepts = whole().lexicon.concepts
    assert len(concepts) >= 220
    for item in concepts:
        assert set(item.definition) == set(Tier)
        for tier in Tier:
            assert item.approved[tier] or all(
                tier not in term.levels or tier in term.advice or term.use.get(tier) for term in item.avoided
            ), item.id


def test_sources_are_those_of_the_seeds_or_named_guidance() -> None:
    for item in whole().lexicon.concepts:
        assert item.source, item.id
        for source in item.source:
            assert source == source.upper(), (item.id, source)
