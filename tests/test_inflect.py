"""Plurals, verb forms, articles and heads of phrases."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import subprocess
import sys

import pytest

from pvelint.inflect import conjugate, head_of, indefinite_article, pluralise, singularise

PLURALS = {
    "migrant": "migrants", "counter-narrative": "counter-narratives", "ex-wife": "ex-wives", "gunman": "gunmen",
    "tribesman": "tribesmen", "German": "Germans", "human": "humans", "subhuman": "subhumans", "child": "children",
    "crisis": "crises", "analysis": "analyses", "criterion": "criteria", "hero": "heroes", "veto": "vetoes",
    "country": "countries", "journey": "journeys", "clash": "clashes", "bus": "buses", "chief": "chiefs",
    "belief": "beliefs", "thief": "thieves", "life": "lives", "proof": "proofs", "taxi": "taxis", "jihadi": "jihadis",
    "series of attacks": "series of attacks", "passer-by": "passers-by", "mother-in-law": "mothers-in-law",
    "follow-up": "follow-ups", "IDP": "IDPs", "person": "people", "stateless person": "stateless persons",
    "internally displaced person": "internally displaced persons", "UN staff": "UN staff", "police": "police",
    "violent extremist group (VEG)": "violent extremist groups (VEGs)", "an armed group": "armed groups",
    "person formerly associated with an armed group": "people formerly associated with an armed group",
    "migrant in an irregular situation": "migrants in an irregular situation",
    "conflict-affected community": "conflict-affected communities", "area held by the group": "areas held by the group",
    "hotbed of extremism": "hotbeds of extremism", "breeding ground for hatred": "breeding grounds for hatred",
    "border crossing without papers": "border crossings without papers", "broken home": "broken homes",
    "person seeking asylum": "people seeking asylum", "asylum seeking child": "asylum seeking children",
    "out-of-school child": "out-of-school children", "at-risk girl": "at-risk girls", "young people": "young people",
    "condition conducive to violence": "conditions conducive to violence", "reason why people join": "reasons why people join",
    "child travelling alone": "children travelling alone", "person who was recruited": "people who were recruited",
    "man who attacks women": "men who attack women", "people smuggling network": "people smuggling networks",
    "preventing violence": "preventing violence", "whole-of-society": "whole-of-society", "at risk": "at risk",
}  # fmt: skip
VERBS = {
    "counter": "counters countered countered countering", "prevent": "prevents prevented prevented preventing",
    "fight": "fights fought fought fighting", "stop": "stops stopped stopped stopping",
    "refer": "refers referred referred referring", "offer": "offers offered offered offering",
    "visit": "visits visited visited visiting", "target": "targets targeted targeted targeting",
    "combat": "combats combated combated combating", "rebut": "rebuts rebutted rebutted rebutting",
    "travel": "travels travelled travelled travelling", "deny": "denies denied denied denying",
    "deploy": "deploys deployed deployed deploying", "flee": "flees fled fled fleeing", "tie": "ties tied tied tying",
    "panic": "panics panicked panicked panicking", "address": "addresses addressed addressed addressing",
    "speak against": "speaks against spoke against spoken against speaking against",
    "be aware of": "is aware of was aware of been aware of being aware of",
    "undergo": "undergoes underwent undergone undergoing", "outdo": "outdoes outdid outdone outdoing",
    "overrun": "overruns overran overrun overrunning", "commit": "commits committed committed committing",
    "quickly assist": "quickly assists quickly assisted quickly assisted quickly assisting",
    "counter-message": "counter-messages counter-messaged counter-messaged counter-messaging",
    "recruit": "recruits recruited recruited recruiting", "develop": "develops developed developed developing",
    "equip": "equips equipped equipped equipping", "focus": "focuses focused focused focusing",
}  # fmt: skip
AN = [
    "NGO",
    "IDP",
    "EU fund",
    "hour",
    "SSR programme",
    "FTF",
    "unarmed man",
    "8-year plan",
    "11th",
    "18-month plan",
    "honest",
    "MHPSS team",
    "X-ray",
    "RPG",
    "heir",
    "urgent",
    "undocumented migrant",
    "uninformed",
    "unimportant",
    "unidentified",
    "umbrella",
    "LGBTI person",
    "MSF clinic",
    "IOM office",
    "80-bed ward",
    "11,000-strong crowd",
    "uprising",
    "African",
    "alien",
    "honour",
    "honourable",
    "urban area",
    "unintended",
    "unimpeded",
    "“illegal” migrant",
    "L-shaped",
    "Uzbek",
]
A = [
    "UN project",
    "PVE project",
    "European",
    "one-off",
    "DDR",
    "unit",
    "university",
    "12-month",
    "uniform",
    "unique",
    "useful",
    "Ukrainian",
    "Ugandan",
    "US",
    "VEO",
    "union",
    "unilateral",
    "NATO",
    "UNICEF",
    "UNHCR",
    "hotel",
    "euro",
    "one-year",
    "110-page report",
    "1,800-strong",
    "CVE",
    "user",
    "unified",
    "usual",
    "utopia",
    "united front",
    "Uighur",
    "Uruguayan",
    "eulogy",
    "history",
    "UK grant",
    "CSO",
    "JNIM",
    "P/CVE project",
    "“returnee”",
    "C-130",
]


@pytest.mark.parametrize(("single", "plural"), PLURALS.items())
def test_the_head_takes_the_plural(single: str, plural: str) -> None:
    assert pluralise(single) == plural


@pytest.mark.parametrize(("single", "plural"), PLURALS.items())
def test_the_way_back(single: str, plural: str) -> None:
    if (
        single not in ("passer-by", "mother-in-law", "an armed group", "young people")
        and " who " not in single
        and "(" not in single
    ):
        assert singularise(plural) == single


@pytest.mark.parametrize(("verb", "forms"), VERBS.items())
def test_verb_phrases_are_conjugated_at_their_verb(verb: str, forms: str) -> None:
    made = [conjugate(verb, form) for form in ("third", "past", "participle", "gerund")]  # type: ignore[arg-type]
    assert " ".join(made) == forms
    assert conjugate(verb, "base") == verb


@pytest.mark.parametrize("phrase", AN)
def test_an(phrase: str) -> None:
    assert indefinite_article(phrase) == "an"


@pytest.mark.parametrize("phrase", A)
def test_a(phrase: str) -> None:
    assert indefinite_article(phrase) == "a"


def test_the_head_can_be_named() -> None:
    assert pluralise("fighter foreign born", head="fighter") == "fighters foreign born"
    assert head_of("dependant of a foreign terrorist fighter") == 0


def test_our_verbs_and_nouns_agree_with_the_library() -> None:
    from lemminflect import getInflection

    for verb in "prevent address reduce support answer engage build strengthen identify refer carry apply deny".split():  # noqa: SIM905
        assert conjugate(verb, "past") == getInflection(verb, "VBD")[0]
        assert conjugate(verb, "gerund") == getInflection(verb, "VBG")[0]
    for noun in "crisis analysis woman wife community clash refugee hero criterion city bus belief".split():  # noqa: SIM905
        assert pluralise(noun) in getInflection(noun, "NNS")


def test_compiling_terms_never_imports_the_library() -> None:
    code = (
        "import sys\nfrom pvelint.variants import expand\n"
        "[expand(t, form=f) for t in ('visit', 'virus', 'combat', 'crux') for f in ('noun', 'verb')]\n"
        "sys.exit('lemminflect' in sys.modules or 'spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
