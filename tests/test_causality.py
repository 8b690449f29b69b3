"""Cause and effect by construction."""

import pytest

from helpers import whole
from pvelint.causality import causes
from pvelint.language import parse


def found(text: str, *, cue: str | None = None) -> list[tuple[str, str, str]]:
    """Cue, cause and effect of each proposition of a sentence."""
    parsed = parse(text)
    words = whole().causal
    assert words is not None

    def told(indices: frozenset[int]) -> str:
        return " ".join(parsed.words[index].text for index in sorted(indices))

    return [
        (one.predicate, told(one.role("cause")[0].words), told(one.role("effect")[0].words))
        for one in causes(parsed, words)
        if cue is None or one.predicate == cue
    ]


@pytest.mark.parametrize(
    ("text", "cause", "effect"),
    [
        ("Their debt has fuelled extremism.", "Their debt", "extremism"),
        ("Extremism was fuelled by their debt.", "their debt", "Extremism"),
        ("Hunger drives young men into the militia.", "Hunger", "the militia"),
        ("The delay put two boys on the road to war.", "The delay", "the road to war"),
        ("Recruitment stems from anger.", "anger", "Recruitment"),
        ("Recruitment is blamed on poverty.", "poverty", "Recruitment"),
        ("Boredom is the mother of extremism.", "Boredom", "extremism"),
        ("Illiteracy, mother of every massacre, has fallen.", "Illiteracy", "every massacre"),
        ("Violence is a product of exclusion.", "exclusion", "Violence"),
        ("The insurgency's one true engine is hunger.", "hunger", "The insurgency 's"),
        ("Attacks rose because of hunger.", "hunger", "Attacks rose because of"),
        ("Drought-driven recruitment has spread.", "Drought", "recruitment"),
        ("Poverty pushes boys to join the group.", "Poverty", "to join the group"),
    ],
)
def test_words_of_cause(text: str, cause: str, effect: str) -> None:
    assert (cause, effect) in {pair[1:] for pair in found(text)}


@pytest.mark.parametrize(
    ("text", "cue", "cause", "effect"),
    [
        ("If the school closes, boys will join.", "if", "the school closes", "boys will join"),
        ("Boys will join if the school closes.", "if", "the school closes", "Boys will join"),
        ("Without this grant, they will enlist.", "without", "this grant", "they will enlist"),
        ("Men join because they are hungry.", "because", "they are hungry", "Men join"),
        ("Build a pitch and the recruiters go home.", "demand", "Build a pitch", "the recruiters go home"),
        ("Title the land and the recruiters pack up.", "demand", "Title the land", "the recruiters pack up"),
        ("No harvest, no peace.", "no", "No harvest", "no peace"),
        ("Grievance \u2192 extremism", "arrow", "Grievance", "extremism"),
        ("One goat per house = no guns", "arrow", "One goat per house", "no guns"),
        ("Nobody with a payslip plants a bomb.", "whoever", "Nobody with a payslip", "plants a bomb"),
        ("A child who drops out will carry a gun.", "whoever", "A child who drops out", "will carry a gun"),
        ("It leads from prison to war.", "from to", "prison", "war"),
        ("First the goats die, then boys fight.", "then", "First the goats die", "boys fight"),
        ("Jobless boys invariably join the militia.", "certain", "Jobless boys", "join the militia"),
        ("Each shut school fills a tent.", "every", "Each shut school", "fills a tent"),
        ("Every door we shut, the ridge opens.", "every", "Every door we shut", "the ridge opens"),
        (
            "Boys who are beaten at school are made killers.",
            "described",
            "Boys who are beaten at school",
            "are made killers",
        ),
        ("A slap is where the war starts.", "is why", "A slap", "the war starts"),
        ("Lose your herd, join the emir.", "demand", "Lose your herd", "join the emir"),
        ("Ban telephones and you ban terrorists.", "demand", "Ban telephones", "you ban terrorists"),
        ("Their ranks grow with each lost harvest.", "with each", "lost harvest", "Their ranks grow"),
        ("Why they join: unpaid fees", "asked", "unpaid fees", "they join"),
    ],
)
def test_clauses(text: str, cue: str, cause: str, effect: str) -> None:
    assert (cue, cause, effect) in found(text, cue=cue)


def test_a_report_of_the_past_is_no_condition() -> None:
    assert found("When the school closed, families moved.", cue="when") == []
    assert found("When the school closed, families moved.", cue="past when") != []


def test_a_preposition_is_no_conjunction() -> None:
    assert found("Attacks rose because of hunger.", cue="because") == []


def test_what_is_only_against_a_thing_is_not_the_thing() -> None:
    (pair,) = [pair for pair in found("Anger led to a law against terrorism.") if pair[0] == "lead to"]
    assert "terrorism" not in pair[2]


def test_what_addresses_drivers_is_no_cause() -> None:
    assert all(pair[0] != "driver" for pair in found("The programme addresses drivers of radicalization."))


def test_what_is_said_at_a_time_is_not_said_of_each() -> None:
    assert found("Each evening we meet in the hall.", cue="every") == []


def test_a_question_is_answered_by_the_sentence_after() -> None:
    parsed, words = parse("Why do they enlist?"), whole().causal
    assert words is not None
    assert [one for one in causes(parsed, words, after="Hunger.") if one.predicate == "asked"]
    assert not [one for one in causes(parsed, words, after="Nobody knows.") if one.predicate == "asked"]
    assert not [one for one in causes(parsed, words) if one.predicate == "asked"]


def test_the_doer_of_the_effect_is_told() -> None:
    words = whole().causal
    assert words is not None
    (one,) = [one for one in causes(parse("If the well dries, the rebels gain men."), words) if one.predicate == "if"]
    assert one.role("doer")[0].words == frozenset({6})
    assert one.role("result")[0].words == one.role("effect")[0].words


def test_correlatives() -> None:
    assert found("He said that the drier the well, the longer the queue at the tent.", cue="correlative") != []
    assert found("The fewer the teachers, the more the bombs.", cue="correlative") != []


def test_softening_is_kept() -> None:
    words = whole().causal
    assert words is not None
    (one,) = [found for found in causes(parse("Debt may fuel extremism."), words) if found.predicate == "fuel"]
    assert one.role("cover") != ()
    assert one.role("agent")[0].words == one.role("cause")[0].words
