"""The first look at a sentence: it may be too generous, but never leave out what the full look would find."""

import pytest

from helpers import whole
from pvelint.examples import one_block
from pvelint.predicates import starts
from pvelint.screen import Screen, sentence_signs, sentence_sums
from pvelint.sites import DocumentText
from pvelint.tokens import normalise

CLAIMS = "The camps breed extremism. Among the refugees, fighters are hidden. We will crush them, and #CrushTheirLies."
PLAIN = "The kettle boils on the stove. Forty chairs stand along the wall of the hall."


def never(_text: str) -> None:
    raise AssertionError("screening must not parse")


def document(text: str) -> DocumentText:
    return DocumentText(one_block(text), never)  # type: ignore[arg-type]


def test_a_plain_text_holds_nothing_and_is_not_parsed() -> None:
    assert not Screen(whole(), "donor").may_hold_any(document(PLAIN))


def test_a_claim_is_a_candidate() -> None:
    assert Screen(whole(), "donor").may_hold_any(document(CLAIMS))


@pytest.mark.parametrize("text", [CLAIMS, PLAIN, "Numbers 2019, 2020 and 33 % of the young men; 'so be it'."])
def test_the_quick_sums_are_those_of_the_weighing(text: str) -> None:
    knowledge = whole()
    weights = knowledge.weights
    assert weights is not None
    screen = Screen(knowledge, "donor", preview=True)
    compared = 0
    for screened in screen.sentences(document(text)):
        sentence = screened.sentence
        slow = weights.weigh(sentence_signs(knowledge, sentence), sentence.last - sentence.first).sums
        quick = sentence_sums(knowledge, sentence)
        if quick is not None:
            assert quick == pytest.approx(dict(slow))
            compared += 1
    assert compared or text is not CLAIMS


@pytest.mark.parametrize(
    ("predicate", "token"),
    [
        ("hide", "hidden"),
        ("hide among", "hiding"),
        ("infiltrate", "infiltration"),
        ("fuel", "fuelled"),
        ("carry out", "carried"),
        ("breed", "bred"),
        ("traffic", "trafficking"),
        ("spell", "spelt"),
    ],
)
def test_a_predicate_is_expected_in_all_its_forms(predicate: str, token: str) -> None:
    begun = starts([predicate])
    assert begun is not None
    assert normalise(token) in begun


def test_common_verbs_are_not_looked_for() -> None:
    assert starts(["be threat", "pose"]) is None


def test_no_irregular_form_that_the_parser_knows_is_missed() -> None:
    from pvelint.language import _pipeline

    forms = _pipeline().get_pipe("lemmatizer").lookups.get_table("lemma_exc")["verb"]
    relations = [one for rule in whole().rule_index.rules for one in rule.relations if one.kind == "act"]
    wanted = {word for relation in relations for word in relation.predicate}
    missed = []
    for predicate in wanted:
        begun = starts([predicate])
        lemma = predicate.split()[0]
        if begun is not None:
            missed += [form for form, lemmas in forms.items() if lemma in lemmas and normalise(form) not in begun]
    assert not missed
    assert wanted
