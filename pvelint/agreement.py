"""What the words beside a hit ask of its replacement: number, countability, determiners and verb forms."""

from __future__ import annotations

import re
from typing import Literal

from pvelint.heads import head_of, is_clause
from pvelint.inflect import VerbForm, is_plural, plural_verb
from pvelint.spelling import canonical
from pvelint.wordforms import BOTH_NUMBERS, NAMES, PREPOSITIONS, RELATIVES

Countability = Literal["count", "mass", "both", "name"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MASS = _words(
    "islam christianity support work harm "
    "prevention violence migration mobility immigration emigration information "
    "cooperation engagement "
    "resilience awareness trust outreach protection assistance advice research evidence staff "
    "radicalization deradicalization stigma stigmatization rehabilitation reintegration integration "
    "security safety cohesion inclusion exclusion rhetoric propaganda education media funding guidance "
    "knowledge news progress peace justice employment unemployment poverty hatred empowerment "
    "participation enforcement disengagement mediation terror warfare help care humanity asylum aid "
    "content peacebuilding diplomacy accountability equality tolerance solidarity hospitality pressure "
    "misinformation disinformation counterterrorism management intelligence surveillance indoctrination "
    "infiltration xenophobia islamophobia repression governance stabilization sensitization repatriation "
    "insecurity exploitation transhumance recovery conduct access slavery discrimination footage luck "
    "wealth health equipment luggage housing land"
)
#: Counted or not, as the place asks.
_BOTH = _words(
    "misuse use movement displacement dialogue conflict behavior return recruitment crime change discourse "
    "communication speech influence fear hope profiling response activity"
)
_MASS_ACRONYMS = _words("VE PVE CVE P/CVE CT DDR SSR MHPSS WASH GBV SGBV SBC SBCC C4D HLP PSEA")
#: Nouns in -ing that are counted; the others are not.
_COUNT_ING = _words(
    "meeting briefing building hearing finding gathering listing setting killing bombing beheading "
    "uprising hanging ruling warning greeting offering being thing sibling king ring string crossing "
    "landing posting feeling saying teaching training-course"
)


def countability(phrase: str) -> Countability:
    """Whether a noun phrase can be counted; words that nobody listed can."""
    if is_clause(phrase):
        return "mass"
    words = phrase.split()
    word = words[head_of(phrase)] if words else ""
    if word in _MASS_ACRONYMS:
        return "mass"
    if word.lower() in NAMES:
        return "name"
    lowered = canonical(word.lower())
    if lowered in _BOTH:
        return "both"
    last = lowered.rpartition("-")[2]
    if lowered in _MASS or last in _MASS or lowered.endswith("ism"):
        return "mass"
    return "mass" if lowered.endswith("ing") and last not in _COUNT_ING else "count"


# ------------------------------------------------------------------ before the hit

_BEFORE = re.compile(r"(?<![\w'’-])([^\W_]+(?:['’-][^\W_]+)*)[^\S\n]+$")
_ONE = _words("a an this that each every one another either neither")
_DEFINITE = _words("a an the this that its our their his her my your each every one another")
#: What a mass noun cannot follow; after a plural also what counts.
_COUNTING_ONE = _words("each every one another either neither single")
_COUNTING_MANY = _words("several both various numerous different two three four five six seven eight nine ten dozen")
_COUNTED_OF = re.compile(
    r"(?i)\b(?:(?:number|hundreds|thousands|dozens|scores|handful|majority|series|couple|list|types?|kinds?)\s+of"
    r"|(?:one|two|three|four|five|many|several|each|few|both)\s+of\s+(?:the|these|those|our|their))\s+$"
)
_TO_MASS = {"these": "this", "those": "that", "many": "much", "few": "little", "fewer": "less"}
_TO_MANY = {singular: plural for plural, singular in _TO_MASS.items()}
_ADJECTIVE = re.compile(
    r"(?:[a-z]+(?:al|ive|ful|ous|ic|ary|able|ible|less|ish|ed|ent|ant)|new|strong|large|small|big|major|clear|good|bad"
    r"|long|short|quick|harsh|hard|simple|robust|full|local|own|common|further|better|wide|broad|heavy|tough|recent)$"
)


def word_before(text: str, start: int) -> tuple[str, int]:
    """The word that only white space divides from ``start``, and where it begins; empty without one."""
    match = _BEFORE.search(text, max(0, start - 60), start)
    return (match[1], match.start(1)) if match else ("", start)


def article_before(text: str, start: int) -> tuple[str, int]:
    """The indefinite article directly before, and where it begins."""
    word, place = word_before(text, start)
    return (word, place) if word in ("a", "an", "A", "An", "AN") else ("", start)


def article_further_left(text: str, start: int) -> bool:
    """Whether one adjective stands between the hit and its indefinite article (*a strict crackdown*)."""
    word, place = word_before(text, start)
    return bool(word and _ADJECTIVE.fullmatch(word.lower()) and article_before(text, place)[0])


def is_definite(text: str, start: int) -> bool:
    """Whether an article, a demonstrative or a possessive stands directly before."""
    word = word_before(text, start)[0].lower()
    return word in _DEFINITE or word.endswith(("'s", "’s"))


def is_one(text: str, start: int, end: int) -> bool:
    """Whether a word that is both singular and plural is meant as one, by the words beside it."""
    if word_before(text, start)[0].lower() in _ONE or article_further_left(text, start):
        return True
    after = re.match(r"\s+(is|was|has|does)\b", text[end:])
    return after is not None


def noun_follows(text: str, end: int) -> bool:
    """Whether a word stands after that may be a noun: no preposition, auxiliary, conjunction or mark."""
    match = _AFTER.match(text, end)
    return match is not None and match[2] not in PREPOSITIONS | RELATIVES | _AUXILIARY | _BARE


def is_both_numbers(hit: str) -> bool:
    """Whether the head of the hit is written alike in singular and plural (*youth*)."""
    words = hit.split()
    return bool(words) and words[head_of(hit)].lower().rpartition("-")[2] in BOTH_NUMBERS


def takes_mass(text: str, start: int, *, plural: bool) -> bool:
    """Whether a mass noun may stand where a countable one stood, once the determiner is exchanged."""
    word, place = word_before(text, start)
    lowered = word.lower()
    if plural:
        if lowered in _COUNTING_MANY or re.fullmatch(r"\d[\d.,]*", word):
            return False
        if _ADJECTIVE.fullmatch(lowered):
            further = word_before(text, place)[0].lower()
            if further in _COUNTING_MANY or further in _TO_MASS or further[:1].isdigit():
                return False
        return _COUNTED_OF.search(text[:start]) is None
    return lowered not in _COUNTING_ONE and not article_further_left(text, start)


def exchanged_determiner(text: str, start: int, *, to: Literal["mass", "many"]) -> tuple[str, int] | None:
    """*this* for *these*, *much* for *many* and so on, and where the word begins; None for no change."""
    word, place = word_before(text, start)
    new = (_TO_MASS if to == "mass" else _TO_MANY).get(word.lower())
    if new is None:
        return None
    if word.isupper() and len(word) > 1:
        new = new.upper()
    elif word[0].isupper():
        new = new[0].upper() + new[1:]
    return new, place


# ------------------------------------------------------------------ after the hit

_AFTER = re.compile(r"\s+((?:[a-z]+ly|often|also|still|never|seldom|soon|now|always|rarely)\s+)?([a-z]+)(?![\w'’-])")
_TO_SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does"}
#: Verbs that usually follow a subject; a word that could as well be a noun after it is left out.
_PLAIN_VERBS = _words(
    "fail help need aim seek reach lead make take become remain require include cost show build "
    "contribute exist play use address harm offer provide give put bring create seem appear cause happen "
    "keep reduce allow tend succeed continue begin"
)


def exchanged_verb(text: str, end: int, *, to: Literal["singular", "plural"]) -> tuple[str, int] | None:
    """The verb after the hit in the other number, with the words before it, and the end; None if it stays."""
    match = _AFTER.match(text, end)
    if match is None:
        return None
    verb = match[2]
    if to == "singular":
        new = _TO_SINGULAR.get(verb) or (_third(verb) if verb in _PLAIN_VERBS else verb)
    else:
        new = plural_verb(verb) if len(verb) > 3 or verb in ("is", "was", "has") else verb
        new = verb if verb in ("as", "this", "its", "across", "towards", "versus", "perhaps", "besides") else new
    if new == verb:
        return None
    return text[match.start() : match.start(2)] + new, match.end()


def _third(verb: str) -> str:
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")


# ------------------------------------------------------------------ verbs

_AUXILIARY = _words(
    "be is are was were am been being has have had having get gets got getting 's 've isn't aren't wasn't "
    "weren't hasn't haven't hadn't isn’t aren’t wasn’t weren’t hasn’t haven’t hadn’t ’s ’ve becomes "
    "became remains"
)
_BETWEEN = _words("not never also already still only just often yet now once even all both further")
_BARE = _words(
    "to can could may might must shall should will would do does did don't doesn't didn't cannot can't "
    "won't not let help helps helped and or please don’t doesn’t didn’t can’t won’t"
)
_MANY_SUBJECTS = _words("they we you these those many several others some most both all")


def verb_form(text: str, start: int, end: int, form: VerbForm) -> VerbForm:
    """The form that the place needs: after *was* or *have* and before *by*, a past is a participle."""
    if form != "past":
        return form
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[.;:!?,]", text[max(0, start - 60) : start].lower())
    for word in reversed(words[-4:]):
        if word in _AUXILIARY or word.endswith(("'s", "’s", "'ve", "’ve")):
            return "participle"
        if not word.endswith("ly") and word not in _BETWEEN:
            break
    return "participle" if re.match(r"\s+(?:\w+ly\s+)?by\b", text[end:]) else "past"


def agreeing_be(text: str, start: int, form: VerbForm, written: str) -> str:
    """*are* and *were* where the subject before a form of *be* is plural, *be* after *to* and modal verbs."""
    before, place = word_before(text, start)
    if before in ("who", "that", "which"):
        before = word_before(text, place)[0]
    before = before.lower()
    if form == "base":
        return "be" if not before or before in _BARE else "are"
    if form == "past" and (before in _MANY_SUBJECTS or is_plural(before)):
        return "were"
    return written
