from pathlib import Path

import pytest

from helpers import check, concept, knowledge_of


def fires(
    text: str, condition: str, folder: Path, *, term: str = "wave", unless: bool = False, form: str = "noun"
) -> bool:
    key = "unless" if unless else "when"
    knowledge = knowledge_of(concept("x", term, more=f"form: {form}, {key}: [{condition}]"), folder)
    return bool(check(text, knowledge).findings)


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        ("{near: [migrant]}", "A wave of migrants came.", "A wave of donations came. Migrants said so."),
        ("{near: [migrant], within: paragraph}", "A wave came. Migrants said so.", "A wave came."),
        ("{near: ['@people-on-the-move']}", "The wave held asylum seekers.", "The wave held water."),
        ("{before: [heat, third]}", "A third wave hit us.", "A wave hit the third time."),
        ("{before: [across]}", "Across the wave sat a boat.", "The wave went across it."),
        ("{after: [of returns]}", "A wave of returns began.", "A wave of the returns list."),
        ("{follows: [stop]}", "They stopped the new wave.", "The wave stopped."),
        ("{followed-by: [survey]}", "The wave of the survey ended.", "The survey of the wave ended."),
        ("migration-near-x", "", ""),
    ],
)
def test_windows(condition: str, yes: str, no: str, tmp_path: Path) -> None:
    if not yes:
        with pytest.raises(Exception, match="unknown condition"):
            fires("x", condition, tmp_path)
        return
    assert fires(yes, condition, tmp_path)
    assert not fires(no, condition, tmp_path)
    assert not fires(yes, condition, tmp_path, unless=True)


@pytest.mark.parametrize(
    ("condition", "term", "form", "yes", "no"),
    [
        ("noun-use", "illegal", "noun", "The illegals were sent home.", "The illegal camp was closed."),
        (
            "noun-use",
            "undocumented",
            "fixed",
            "The clinic treats the undocumented.",
            "The undocumented women came.",
        ),
        (
            "adjective-use",
            "radical",
            "adjective",
            "A radical sermon was held.",
            "The radicals were held at the port.",
        ),
        ("attributive", "CVE", "acronym", "The CVE project began.", "The project counts as CVE."),
        ("verb-use", "counter", "verb", "We counter their messages.", "She sat at the counter."),
    ],
)
def test_parse_conditions(condition: str, term: str, form: str, yes: str, no: str, tmp_path: Path) -> None:
    assert fires(yes, condition, tmp_path, term=term, form=form)
    assert not fires(no, condition, tmp_path, term=term, form=form)


@pytest.mark.parametrize(
    "text",
    [
        "Our CVE project will reach twelve districts.",
        "IOM will implement a CVE programme in the north.",
        "We work on CVE with young people.",
        "The project provides CVE training to teachers.",
        "CVE workshops will be organized in June.",
        "Volunteers will deliver CVE sessions in schools.",
        "The team's CVE activities end in May.",
        "Teachers are trained to run CVE clubs.",
        "Let us bring CVE to every school.",
        "The ministry must adopt CVE now.",
        "Our partner's imams will teach CVE.",
        "Donors want us to report on CVE.",
        "This podcast promotes CVE.",
    ],
)
def test_own_work(text: str, tmp_path: Path) -> None:
    assert fires(text, "own-work", tmp_path, term="CVE", form="acronym")


@pytest.mark.parametrize("kind", ["heading", "table cell", "list item", "title"])
def test_headings_and_cells_are_own_work(kind: str, tmp_path: Path) -> None:
    knowledge = knowledge_of(concept("x", "CVE", more="form: acronym, when: [own-work]"), tmp_path)
    assert check("CVE workshops for teachers", knowledge, kind=kind).findings
    assert not check("The ministry's CVE workshops", knowledge, kind=kind).findings


@pytest.mark.parametrize(
    "text",
    [
        "The ministry launched a CVE strategy in 2019.",
        "The government of the country funds CVE.",
        "Researchers have criticised CVE for years.",
        "The CVE policy of the ministry was revised.",
        "CVE differs from prevention.",
        "The army ran CVE sessions in the barracks.",
        "The sultan told his people to practise CVE.",
        "The international community recognizes that CVE may fail.",
        "The project does not run CVE sessions.",
        "The general said that the police must adopt CVE.",
        "Ask whether the family has received help from a CVE programme.",
    ],
)
def test_the_work_of_others_is_not_own_work(text: str, tmp_path: Path) -> None:
    assert not fires(text, "own-work", tmp_path, term="CVE", form="acronym")
