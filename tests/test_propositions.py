"""Who does what to whom: each construction gives the same roles."""

import pytest

from pvelint.language import Parse, parse
from pvelint.propositions import Argument, propositions


def words(read: Parse, argument: Argument) -> str:
    return " ".join(read.words[index].text for index in sorted(argument.words)).lower()


def roles(text: str, predicate: str) -> dict[str, list[str]]:
    """The roles of all acts with this predicate."""
    read = parse(text)
    found: dict[str, list[str]] = {}
    for proposition in propositions(read):
        if proposition.kind == "act" and proposition.predicate == predicate:
            for argument in proposition.arguments:
                found.setdefault(argument.role, []).append(words(read, argument))
    return found


def of_kind(text: str, kind: str) -> list[tuple[str, ...]]:
    read = parse(text)
    return [tuple(words(read, a) for a in p.arguments) for p in propositions(read) if p.kind == kind]


@pytest.mark.parametrize(
    ("text", "predicate", "role", "phrase"),
    [
        ("The traders feed the militia.", "feed", "agent", "the traders"),
        ("The traders feed the militia.", "feed", "theme", "the militia"),
        ("The militia is fed by the traders.", "feed", "agent", "the traders"),
        ("The militia is fed by the traders.", "feed", "theme", "the militia"),
        ("The gunmen hid among the passengers.", "hide", "place", "the passengers"),
        ("The gunmen hid among the passengers.", "hide among", "theme", "the passengers"),
        ("The gunmen were hidden among the passengers.", "hide among", "agent", "the gunmen"),
        ("The guns were hidden and moved among sacks.", "move", "theme", "the guns"),
        ("Gunmen posed as drivers.", "pose", "cover", "drivers"),
        ("The strikes pose a threat to the town.", "pose threat", "theme", "the town"),
        ("They took advantage of the fog.", "take advantage", "theme", "the fog"),
    ],
)
def test_verbs(text: str, predicate: str, role: str, phrase: str) -> None:
    assert phrase in roles(text, predicate)[role]


def test_a_noun_of_action_takes_its_agent_from_the_by_phrase_of_an_inner_noun() -> None:
    found = roles("The infiltration of aid convoys by rebels worries us.", "infiltration")
    assert found["agent"] == ["rebels"]
    assert found["theme"] == ["aid convoys"]


def test_a_noun_of_action_takes_its_theme_from_a_compound_and_its_agent_from_a_possessive() -> None:
    assert "camp" in roles("Camp infiltration by rebels is rare.", "infiltration")["theme"]
    assert "the rebels '" in roles("The rebels' infiltration of the camp failed.", "infiltration")["agent"]


@pytest.mark.parametrize(
    ("text", "predicate", "role", "phrase"),
    [
        ("The men who attacked the mill were caught.", "attack", "agent", "the men"),
        ("The bridge, by which the rebels were rescued, is closed.", "rescue", "agent", "the bridge"),
        ("The window through which the killers climbed is broken.", "climb through", "theme", "the window"),
        ("The villages where the rebels train are poor.", "train", "place", "the villages"),
        ("The law, the window through which the killers climbed, is old.", "climb", "instrument", "the law the window"),
    ],
)
def test_relative_clauses_give_the_antecedent_its_role(text: str, predicate: str, role: str, phrase: str) -> None:
    assert phrase in roles(text, predicate)[role]


def test_where_is_not_an_object() -> None:
    assert "theme" not in roles("The villages where the rebels train are poor.", "train")


def test_participles_and_infinitives_have_the_subject_of_their_verb() -> None:
    assert "the trail" in roles("Winding past the post, the trail reached the coast.", "wind")["agent"]
    assert "the driver" in roles("The driver wants to leave the town.", "leave")["agent"]


def test_control_gives_the_infinitive_the_object_and_raising_the_subject() -> None:
    assert "the boys" in roles("The loan helps the boys to open a shop.", "open")["agent"]
    assert "the attacker" in roles("The attacker was believed to have been planted among the guests.", "plant")["theme"]


def test_an_infinitive_on_a_noun_has_the_subject_of_the_clause_unless_the_noun_is_the_first_to_act() -> None:
    assert "the rebels" in roles("The rebels use old routes to send weapons.", "send")["agent"]
    assert "the first guests" in roles("The first guests to leave were the poor.", "leave")["agent"]


def test_purpose_has_the_subject_of_the_clause() -> None:
    assert "the mayor" in roles("The mayor closed the road to stop the rebels.", "stop")["agent"]


def test_means_is_an_instrument() -> None:
    assert "a letter" in roles("They warned the town through a letter.", "warn")["instrument"]


def test_passive_by_verbs_of_moving_does_not_act() -> None:
    assert "agent" not in roles("Boys are led to the group.", "lead to")


def test_there_is_names_who_is_there() -> None:
    assert "gunmen among the guests" in roles("There are gunmen among the guests.", "be")["agent"]
    assert "the guests" in roles("There are gunmen among the guests.", "be")["place"]


def test_contrast_sets_have_both_sides() -> None:
    found = roles("Clerks must tell guests from thieves.", "tell")
    assert found["theme"] == ["guests"]
    assert found["source"] == ["thieves"]


@pytest.mark.parametrize(
    ("text", "subject", "attribute"),
    [
        ("The site is a school.", "the site", "a school"),
        ("The site has become a school.", "the site", "a school"),
        ("The hall serves as a school.", "the hall", "a school"),
        ("The hall doubles as a school.", "the hall", "a school"),
        ("The hall turned into a school.", "the hall", "a school"),
    ],
)
def test_copulas_and_verbs_of_becoming(text: str, subject: str, attribute: str) -> None:
    assert (subject, attribute) in of_kind(text, "be")


def test_apposition_is_a_copula() -> None:
    found = of_kind("Karo, a school of the north, opens today.", "be")
    assert any(attribute == "a school of the north" for _, attribute in found)


def test_compounds_give_modifier_and_head() -> None:
    found = of_kind("The visa office opened.", "compound")
    assert ("visa", "office") in found


def test_hyphenated_compounds_keep_their_tail_with_the_noun() -> None:
    found = of_kind("Poverty-driven violence fell.", "compound")
    assert any("poverty" in modifier and head == "violence" for modifier, head in found)


def test_possessives_are_compounds_too() -> None:
    assert ("the town 's", "school") in of_kind("The town's school opened.", "compound")


def test_coordination_gives_a_list_of_its_members_without_each_other() -> None:
    assert ("old boats", "carts", "red buses") in of_kind("They sell old boats, carts and red buses.", "list")


def test_coordinated_subjects_and_verbs_share_their_arguments() -> None:
    text = "Traders and drivers feed and hide the militia."
    assert "traders drivers" in roles(text, "feed")["agent"]
    assert "the militia" in roles(text, "feed")["theme"]
    assert "traders drivers" in roles(text, "hide")["agent"]
