"""British and American spelling: one form to compare words in, and house style for our own wordings.

``canonical`` is called on every token of every document, so it is cached and most words leave it after one
regular expression. Its result is never shown to anybody: it is closer to American spelling, because that
merges more (*practise* and *practice*), and where both spellings are other words too (*tyre/tire*,
*cheque/check*, *storey/story*) it leaves them alone. ``respell`` touches only the words of suggestions.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Variety = Literal["un", "uk", "us"]


def _stems(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Stems before -ise in words where it is no suffix; both spellings keep the s.
_KEEP_ISE = _stems(
    "adv advert superv rev improv dev telev prev exerc exc inc circumc exorc prec conc prom prem comprom "
    "dem surm chem franch enfranch disenfranch merchand surpr compr enterpr appr misappr repr pr upr sunr "
    "moonr highr lowr midr ar expert treat parad an pract desp chast mort cer val rom unprom unsurpr "
    "unadv inadv imprec trell tort misadv disfranch unsuperv unrev unexerc uncomprom"
)
#: Stems before -ize in words where it is no suffix; both spellings keep the z.
_KEEP_IZE = _stems("caps ass bel res downs overs unders outs supers rights mids")
_ISE_END = r"(?:e|ed|es|er|ers|ing|ings|ation|ations|ational|able|ability|ement|ements)"
_ISE = re.compile(rf"(.*[^aeouw])is({_ISE_END})")
_IZE = re.compile(rf"(.*[^aeouw])iz({_ISE_END})")
_YSE = re.compile(r"(.*(?:anal|paral|catal|dial|hydrol|electrol|breathal))ys(e|ed|er|ers|ing)")
_YZE = re.compile(r"(.*(?:anal|paral|catal|dial|hydrol|electrol|breathal))yz(e|es|ed|er|ers|ing)")

_OUR_STEMS = (
    "arbo|ardo|armo|behavio|cando|clamo|colo|demeano|enamo|endeavo|favo|fervo|flavo|glamo|harbo|hono|humo|"
    "labo|misdemeano|neighbo|odo|parlo|ranco|rigo|rumo|savio|savo|splendo|succo|tumo|valo|vapo|vigo"
)
_OUR = re.compile(rf"(?:{_OUR_STEMS})ur")
#: American to British needs whole words: *laboratory*, *collaborate* and *humorous* have no u in either.
_OR = re.compile(
    rf"((?:dis|un|mis|re|multi|tri|anti|non)?(?:{_OUR_STEMS}))r"
    r"(|s|ed|ing|er|ers|able|ably|ful|fully|less|hood|hoods|ite|ites|ly|y|al|ally|ism)"
)

_L_STEMS = (
    "barrel|bevel|cancel|channel|chisel|counsel|devil|dial|dishevel|duel|enamel|fuel|funnel|grovel|imperil|"
    "initial|jewel|label|level|libel|marshal|marvel|medal|model|panel|parcel|pedal|pencil|pummel|quarrel|"
    "revel|rival|shovel|shrivel|signal|snivel|spiral|stencil|swivel|total|towel|travel|tunnel|unravel"
)
_LL = re.compile(rf"(.*(?:{_L_STEMS}))l(ed|ing|ings|er|ers|or|ors|ery)")
_L = re.compile(rf"(.*(?:{_L_STEMS}))(ed|ing|ings|er|ers|or|ors)")

_AE = re.compile(
    r"(?<=an)ae(?=m|sth)|(?<=h)ae(?=m)|(?<=p)ae(?=d)|(?<=leuk)ae(?=m)|(?<=gyn)ae(?=c)|(?<=encyclop)ae(?=d)"
    r"|(?<=medi)ae(?=val)|(?<=arch)ae(?=olog)|(?<=c)ae(?=sar)"
)
_OE = re.compile(r"(?<=diarrh)oe(?=a)|(?<=\bf)oe(?=t(?:us|al))|oe(?=strogen|sophag|dema)|(?<=man)oeu(?=v)")


def _family(british: str, american: str, endings: str = "", more: str = "") -> dict[str, str]:
    """British to American pairs: a stem with each ending (``|`` apart; the first is the bare word)."""
    pairs = {british + ending: american + ending for ending in endings.split("|")}
    for pair in more.split():
        left, _, right = pair.partition("=")
        pairs[left] = right
    return pairs


_BOTH_WAYS: dict[str, str] = {
    **_family("centre", "center", "|s", "centred=centered centring=centering"),
    **_family("kilometre", "kilometer", "|s", "centimetre=centimeter centimetres=centimeters"),
    **_family("millimetre", "millimeter", "|s", "theatre=theater theatres=theaters"),
    **_family("epicentre", "epicenter", "|s", "litre=liter litres=liters"),
    **_family("fibre", "fiber", "|s", "calibre=caliber spectre=specter spectres=specters sombre=somber"),
    **_family("meagre", "meager", "|ly", "lustre=luster"),
    **_family("manoeuvre", "maneuver", "|s", "manoeuvred=maneuvered manoeuvring=maneuvering"),
    **_family("programme", "program", "|s"),
    **_family("defence", "defense", "|s|less", "defencelessness=defenselessness"),
    **_family("offence", "offense", "|s", "pretence=pretense pretences=pretenses"),
    **_family("sceptic", "skeptic", "|s|al|ally|ism"),
    **_family("grey", "gray", "|s|ed|er|ing"),
    **_family("ageing", "aging"),
    **_family("enrolment", "enrollment", "|s", "enrol=enroll enrols=enrolls"),
    **_family("fulfilment", "fulfillment", "|s", "fulfil=fulfill fulfils=fulfills"),
    **_family("instalment", "installment", "|s", "instil=instill instils=instills distil=distill"),
    **_family("skilful", "skillful", "|ly|ness", "wilful=willful wilfully=willfully"),
    **_family("mould", "mold", "|s|ed|ing|y", "smoulder=smolder smoulders=smolders smouldering=smoldering"),
    **_family("plough", "plow", "|s|ed|ing", "moustache=mustache cosy=cozy sulphur=sulfur"),
    **_family("artefact", "artifact", "|s", "aluminium=aluminum pyjamas=pajamas jewellery=jewelry"),
    **_family("catalogue", "catalog", "|s", "catalogued=cataloged cataloguing=cataloging"),
    **_family("worshipp", "worship", "ed|ing|er|ers", "kidnapped=kidnaped kidnapping=kidnaping"),
    **_family("counsellor", "counselor", "|s"),
    **_family("marvellous", "marvelous", "|ly", "woollen=woolen"),
}
#: Compared as one, but not rewritten: both are in use, or one of them is another word in British English.
_COMPARE_ONLY: dict[str, str] = {
    **_family("licence", "license", "|s|d", "practise=practice practises=practices"),
    **_family("practis", "practic", "ed|ing", "practiser=practicer"),
    **_family("judgement", "judgment", "|s|al", "acknowledgement=acknowledgment"),
    **_family("misjudgement", "misjudgment", "|s", "acknowledgements=acknowledgments"),
    **_family("enquir", "inquir", "y|ies|e|es|ed|ing|er|ers"),
    **_family("despatch", "dispatch", "|es|ed|ing"),
    **_family("advisor", "adviser", "|s", "protestor=protester protestors=protesters"),
    **_family("dependants", "dependents", "", "dialog=dialogue dialogs=dialogues analog=analogue"),
    **_family("focuss", "focus", "ed|ing|es", "benefitted=benefited benefitting=benefiting"),
    **_family("combatt", "combat", "ed|ing", "targetted=targeted targetting=targeting"),
    **_family("biass", "bias", "ed|ing|es", "learnt=learned burnt=burned dreamt=dreamed"),
    **_family("kidnaper", "kidnapper", "|s"),
}
_TO_AMERICAN = _COMPARE_ONLY | _BOTH_WAYS
_TO_BRITISH = {american: british for british, american in _BOTH_WAYS.items()}

#: Anything that one of the rules could want; every other word is returned as it came.
_HINT = re.compile(
    r"our|is(?:e|ed|es|er|ers|ings?|ations?|ational|able|ability|ements?)$|ys(?:e|ed|er|ers|ing)$|yzes$"
    r"|ll(?:ed|ings?|ers?|ors?|ery)$|ae|oe"
)


@lru_cache(maxsize=1 << 16)
def canonical(word: str) -> str:
    """One spelling of a lower-case word, for comparing only; the same word comes back when applied again.

    Both sides of a comparison have to be passed through it. Words of other languages, numbers and marks
    come back unchanged, so that it may be called on any token.
    """
    pair = _TO_AMERICAN.get(word)
    if pair is not None:
        return pair
    if _HINT.search(word) is None:
        return word
    return _american(word)


def _american(word: str) -> str:
    if "our" in word:
        word = _OUR.sub(lambda match: match.group()[:-2] + "r", word)
    match = _ISE.fullmatch(word)
    if match and len(match[1]) > 2 and match[1] not in _KEEP_ISE:
        return f"{match[1]}iz{match[2]}"
    match = _YSE.fullmatch(word)
    if match:
        return f"{match[1]}yz{match[2]}"
    match = _YZE.fullmatch(word)
    if match and match[2] == "es":
        # "analyses" is the plural of the noun as well and cannot go the other way.
        return f"{match[1]}yses"
    match = _LL.fullmatch(word)
    if match:
        word = match[1] + match[2]
    if "ae" in word or "oe" in word:
        word = _OE.sub(lambda found: "eu" if found.group() == "oeu" else "e", _AE.sub("e", word))
    return _TO_AMERICAN.get(word, word)


def _british(word: str, *, ise: bool) -> str:
    pair = _TO_BRITISH.get(word)
    if pair is not None:
        return pair
    match = _OR.fullmatch(word)
    if match:
        return f"{match[1]}ur{match[2]}"
    match = _YZE.fullmatch(word)
    if match:
        return f"{match[1]}ys{match[2]}"
    match = _L.fullmatch(word)
    if match:
        return f"{match[1]}l{match[2]}"
    if ise:
        match = _IZE.fullmatch(word)
        if match and len(match[1]) > 2 and match[1] not in _KEEP_IZE:
            return f"{match[1]}is{match[2]}"
        return word
    match = _ISE.fullmatch(word)
    if match and len(match[1]) > 2 and match[1] not in _KEEP_ISE:
        return f"{match[1]}iz{match[2]}"
    return word


_LOWER_WORD = re.compile(r"(?<![^\W\d_])[a-z]+(?![^\W\d_])")


@lru_cache(maxsize=4096)
def respell(text: str, *, variety: str) -> str:
    """A wording of ours in the spelling of a variety: ``un`` (British with -ize), ``uk`` (-ise) or ``us``.

    Words with a capital are left, because in a lexicon they are names (*World Food Programme*,
    *Center of Excellence*); so this comes before the sentence's capitals are put on.

    Raises ValueError for another variety.
    """
    if variety not in ("un", "uk", "us"):
        raise ValueError(f"unknown spelling variety {variety!r}: un, uk or us")

    def change(match: re.Match[str]) -> str:
        word = match.group()
        if variety != "us":
            return _british(word, ise=variety == "uk")
        return word if word in _COMPARE_ONLY and word not in _US_TOO else canonical(word)

    return _LOWER_WORD.sub(change, text)


#: Compare-only pairs whose American side is nevertheless the only American spelling.
_US_TOO = frozenset(
    word for word in _COMPARE_ONLY if word.startswith(("licence", "practis", "judgement", "misjudgement", "ackn"))
)
