"""One spelling for comparing, house spelling for our own wordings."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvelint.spelling import canonical, respell

SAME = [
    "organise organize", "radicalisation radicalization", "deradicalised deradicalized", "stigmatising stigmatizing",
    "labour labor", "neighbourhood neighborhood", "behavioural behavioral", "harbouring harboring",
    "honourable honorable", "centre center", "centres centers", "centred centered", "programme program",
    "programmes programs", "defence defense", "offences offenses", "licence license", "pretence pretense",
    "travelled traveled", "labelling labeling", "modelled modeled", "counsellors counselors", "sceptical skeptical",
    "grey gray", "judgement judgment", "ageing aging", "enrol enroll", "fulfilment fulfillment", "mould mold",
    "analyse analyze", "paralysed paralyzed", "practise practice", "catalogue catalog", "artefacts artifacts",
    "paediatric pediatric", "haemorrhage hemorrhage", "manoeuvred maneuvered", "fuelled fueled",
    "unlabelled unlabeled", "marginalised marginalized", "mobilisation mobilization", "advisor adviser",
    "analyses analyzes", "enquiries inquiries", "kilometres kilometers", "combatting combating",
]  # fmt: skip
DIFFERENT = [
    "advise advize", "check cheque", "story storey", "curb kerb", "draft draught", "tire tyre", "four for",
    "hour hor", "tour tor", "course corse", "prise prize", "premise premiss", "princes princess", "planed planned",
    "holed hold", "filed filled", "rise rize", "device devise", "council counsel", "colon colonel", "dependent dependant",
]  # fmt: skip
UNTOUCHED = [
    "rise",
    "wise",
    "exercise",
    "promise",
    "raise",
    "noise",
    "advise",
    "expertise",
    "premise",
    "otherwise",
    "praise",
    "disguise",
    "franchise",
    "merchandise",
    "surprise",
    "precise",
    "concise",
    "compromise",
    "supervise",
    "enterprise",
    "comprise",
    "paradise",
    "likewise",
    "demise",
    "despise",
    "improvise",
    "revise",
    "devise",
    "disease",
    "diseases",
    "size",
    "prize",
    "seize",
    "called",
    "falling",
    "killed",
    "killing",
    "tall",
    "controlled",
    "patrolled",
    "our",
    "hour",
    "four",
    "your",
    "source",
    "course",
    "court",
    "journey",
    "tourist",
    "pour",
    "laboratory",
    "elaborate",
    "collaborate",
    "humorous",
    "program",
    "israel",
    "poem",
    "poet",
    "shoe",
    "does",
    "goes",
    "israelis",
    "crises",
    "aerial",
    "coexist",
    "boko",
    "daesh",
    "2021",
    "é",
    "naïve",
]


@pytest.mark.parametrize("pair", SAME)
def test_british_and_american_spellings_are_compared_as_one(pair: str) -> None:
    british, american = pair.split()
    assert canonical(british) == canonical(american)


@pytest.mark.parametrize("pair", DIFFERENT)
def test_other_words_do_not_fall_together(pair: str) -> None:
    left, right = pair.split()
    assert canonical(left) != canonical(right)


@pytest.mark.parametrize("word", UNTOUCHED)
def test_words_that_only_look_like_a_variant_are_left_alone(word: str) -> None:
    assert canonical(word) == word


@given(st.text(alphabet="aceilmnorstuyz'", max_size=14))
def test_applying_it_again_changes_nothing(word: str) -> None:
    assert canonical(canonical(word)) == canonical(word)


def test_it_is_fast_enough_for_every_token() -> None:
    words = [f"word{number}isation" for number in range(20_000)] + ["plain"] * 180_000
    canonical.cache_clear()
    start = time.process_time()
    for word in words:
        canonical(word)
    assert time.process_time() - start < 2


RESPELLED = [
    ("organise a programme", "organize a programme", "organise a programme", "organize a program"),
    ("labor center", "labour centre", "labour centre", "labor center"),
    ("counselling of travellers", "counselling of travellers", "counselling of travellers", "counseling of travelers"),
    ("analyzing behavior", "analysing behaviour", "analysing behaviour", "analyzing behavior"),
    ("neighbourhood-based work", "neighbourhood-based work", "neighbourhood-based work", "neighborhood-based work"),
    ("defense of laboratories", "defence of laboratories", "defence of laboratories", "defense of laboratories"),
    ("humorous colleagues", "humorous colleagues", "humorous colleagues", "humorous colleagues"),
    ("size of the prize", "size of the prize", "size of the prize", "size of the prize"),
    ("capsized boat", "capsized boat", "capsized boat", "capsized boat"),
    ("exercise and expertise", "exercise and expertise", "exercise and expertise", "exercise and expertise"),
    ("dialogue with advisers", "dialogue with advisers", "dialogue with advisers", "dialogue with advisers"),
    ("World Food Programme staff", "World Food Programme staff", "World Food Programme staff", "World Food Programme staff"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "un", "uk", "us"), RESPELLED)
def test_our_wordings_are_written_in_the_variety(text: str, un: str, uk: str, us: str) -> None:
    assert [respell(text, variety=variety) for variety in ("un", "uk", "us")] == [un, uk, us]


def test_a_respelled_word_still_compares_equal() -> None:
    for pair in SAME:
        for word in pair.split():
            for variety in ("un", "uk", "us"):
                assert canonical(respell(word, variety=variety)) == canonical(word)


def test_an_unknown_variety_is_an_error() -> None:
    with pytest.raises(ValueError, match="variety"):
        respell("labour", variety="au")
