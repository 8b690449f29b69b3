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


def test_correlatives() -> None:
    assert found("The fewer the teachers, the more the bombs.", cue="correlative") != []


def test_softening_is_kept() -> None:
    words = whole().causal
    assert words is not None
    (one,) = [found for found in causes(parse("Debt may fuel extremism."), words) if found.predicate == "fuel"]
    assert one.role("cover") != ()
    assert one.role("agent")[0].words == one.role("cause")[0].words
