"""Relations of rules against sentences: roles, words inside phrases, lists, pronouns."""

from types import MappingProxyType

import pytest

from pvelint.causality import CausalWords
from pvelint.examples import one_block
from pvelint.language import parse
from pvelint.relations import SentenceView, find_relations, ready, word_lists
from pvelint.rules import Relation
from pvelint.sites import DocumentText
from pvelint.wordindex import IndexBuilder

NOTHING = CausalWords(
    frozenset({"fuel", "feed"}), frozenset({"drive"}), frozenset({"stem from"}), frozenset({"source"}), frozenset(),
    ("because of",), frozenset({"driven"}),
)  # fmt: skip
MIGRANTS = ("migrant", "refugee")
FIGHTERS = ("gunman", "militia")


def relation(
    roles: dict[str, tuple[str, ...]] | None = None,
    *,
    excluded: dict[str, tuple[str, ...]] | None = None,
    predicate: tuple[str, ...] = (),
    members: tuple[tuple[str, ...], ...] = (),
    under: tuple[str, ...] = (),
    near: tuple[str, ...] = (),
    not_near: tuple[str, ...] = (),
) -> Relation:
    return Relation(
        MappingProxyType(roles or {}),
        MappingProxyType(excluded or {}),
        predicate,
        members,
        under,
        near,
        not_near,
        False,
    )


def found(wanted: Relation, text: str) -> list[str]:
    """The texts that the relation covers in the last sentence of a paragraph."""
    document = DocumentText(one_block(text), parse, None)
    block = document.blocks[0]
    index = len(block.sentences) - 1
    span = block.sentences[index]
    sentence = block.block.text[span.start : span.end]
    lists = IndexBuilder(word_lists(wanted))
    view = SentenceView(block, index, parse(sentence), NOTHING, lists.index)
    return [sentence[match.start : match.end] for match in find_relations(ready(wanted, lists), view)]


HIDE = relation({"agent": FIGHTERS, "place": MIGRANTS}, predicate=("hide",))
BRING = relation({"agent": MIGRANTS, "theme": FIGHTERS}, predicate=("bring",))


def test_roles_decide_and_not_the_order_of_words() -> None:
    assert found(HIDE, "The gunmen hide among refugees.") == ["gunmen hide among refugees"]
    assert not found(HIDE, "The refugees hide among gunmen.")


def test_the_predicate_must_be_of_the_list() -> None:
    assert not found(HIDE, "The gunmen sleep among refugees.")


def test_a_noun_of_action_counts_as_its_verb() -> None:
    wanted = relation({"agent": FIGHTERS, "theme": MIGRANTS}, predicate=("infiltrate",))
    assert found(wanted, "The infiltration of migrant groups by gunmen went on.")


def test_excluded_words_forbid() -> None:
    wanted = relation({"agent": MIGRANTS}, excluded={"agent": ("guard",)}, predicate=("carry",))
    assert found(wanted, "The migrants carry guns.")
    assert not found(wanted, "The migrant guards carry guns.")


def test_near_and_not_near_look_at_the_whole_sentence() -> None:
    near = relation({"agent": MIGRANTS}, predicate=("arrive",), near=("bomb",))
    assert found(near, "The migrants arrived with a bomb.")
    assert not found(near, "The migrants arrived with bread.")
    assert not found(relation({"agent": MIGRANTS}, not_near=("flee",)), "The migrants fled.")


@pytest.mark.parametrize("text", ["Anger at refugees feeds the militia.", "Attacks on refugees feed the militia."])
def test_what_a_feeling_or_attack_is_aimed_at_does_not_cause(text: str) -> None:
    wanted = relation({"cause": MIGRANTS, "effect": FIGHTERS})
    assert not found(wanted, text)
    assert found(wanted, "The arrival of refugees feeds the militia.")


def test_pronouns_stand_for_the_sentence_before() -> None:
    assert found(BRING, "The refugees came at night. They brought gunmen.")
    assert found(BRING, "The refugees came at night. These people brought gunmen.")
    assert found(BRING, "The refugees came at night. Such groups brought gunmen.")
    assert not found(BRING, "The traders came at night. They brought gunmen.")


def test_a_pronoun_stands_first_for_the_subject_before_it_in_its_own_sentence() -> None:
    assert found(BRING, "The refugees arrived late, and they brought gunmen.")
    assert not found(BRING, "The refugees slept. The traders arrived late, and they brought gunmen.")


def test_a_pronoun_at_the_start_of_a_block_stands_for_nothing() -> None:
    assert not found(BRING, "They brought gunmen.")


def test_each_group_of_a_list_has_a_member_of_its_own() -> None:
    wanted = relation(members=(("migration",), ("terrorism",)))
    assert found(wanted, "The law covers migration, terrorism and fraud.")
    assert not found(wanted, "The law covers migration and fraud.")


def test_one_member_does_not_meet_two_groups() -> None:
    wanted = relation(members=(("migration",), ("migration", "terrorism")))
    assert not found(wanted, "The law covers migration and fraud.")


def test_a_list_may_need_a_word_that_it_stands_under() -> None:
    wanted = relation(members=(("migration",), ("terrorism",)), under=("threat",))
    assert found(wanted, "The threats are migration, terrorism and fraud.")
    assert not found(wanted, "The chapters are migration, terrorism and fraud.")


def test_any_is_any_argument_and_other_any_but_the_agent() -> None:
    assert found(relation({"any": MIGRANTS}, predicate=("meet",)), "The refugees met the mayor.")
    assert not found(relation({"other": MIGRANTS}, predicate=("meet",)), "The refugees met the mayor.")


def test_causes_of_each_shape() -> None:
    wanted = relation({"cause": ("drought",), "effect": ("conflict",)})
    for text in (
        "The drought fuels the conflict.",
        "The conflict is fuelled by drought.",
        "The conflict stems from drought.",
        "The drought is a source of conflict.",
        "The drought-driven conflict has spread.",
        "The conflict spread because of drought.",
    ):
        assert found(wanted, text), text
