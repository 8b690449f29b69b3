"""Inflect English nouns and verbs for matching terms and for fitting suggestions.

Regular words follow rules and the irregular ones stand in tables. lemminflect is asked only about words
whose ending leaves the rules in doubt (*consensus*, *visit*): it brings spaCy with it, about a second, so
it is imported in the one function that needs it, and nothing on the way to compiling the lexicons does.
See docs/decisions/inflection.md.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from pvelint.articles import indefinite_article
from pvelint.heads import has_tail, head_index, head_of, is_adjectival, is_clause
from pvelint.wordforms import (
    BE,
    FREE_PLURALS,
    INVARIABLE,
    IRREGULAR_PLURALS,
    IRREGULAR_SINGULARS,
    LEGAL_PERSONS,
    NOT_MAN,
    PREPOSITIONS,
    VERBS,
)

__all__ = [
    "VerbForm",
    "conjugate",
    "has_tail",
    "head_of",
    "indefinite_article",
    "is_plural",
    "noun_plurals",
    "plural_verb",
    "pluralise",
    "singularise",
    "verb_forms",
    "verb_index",
]

VerbForm = Literal["base", "third", "past", "participle", "gerund"]


_ENDING_MAN = re.compile(r"(.+)(m[ae]n)$")
_VOWELS = "aeiou"
_SINGULAR_S = re.compile(r".*(?:ss|us|is|ics|ias|ous)$")
#: jihadis, Iraqis, taxis; most other words in -is are singular.
_PLURAL_IS = re.compile(r"(?:jihad|takfir|salaf|tax|alib|aq|an|en|ait|ad|af|al|el)is$")
_DOUBTFUL_NOUN = re.compile(r".*(?:[^aeiou]us|um|ix|ex|[^s]on|lf|rf|[^aeiou]fe)$")
_SAFE_NOUN = re.compile(r".*(?:ion|tion|person|son|ton|weapon|ism|[aeiou]um|chief|brief|beliefs?)$")


def _match_case(model: str, word: str) -> str:
    """The capitals of ``model`` on ``word``; only whole capitals and a first capital are understood."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


# ------------------------------------------------------------------ nouns


def noun_plurals(word: str) -> tuple[str, ...]:
    """All plurals to look for in a text, the usual one first; by rules and tables alone, hence quick."""
    parts = word.lower().split("-")
    if len(parts) > 2 and parts[0] not in _COMPOUND_HEADS and parts[1] in PREPOSITIONS:
        # "whole-of-society" is used before nouns only.
        return (word,)
    prefix, stem = _cut_compound(word)
    lowered = stem.lower()
    if parts[0] in _COMPOUND_HEADS and len(parts) > 1 and parts[1] in PREPOSITIONS:
        first, _, rest = lowered.partition("-")
        return (_match_case(word, f"{noun_plurals(first)[0]}-{rest}"),)
    found = FREE_PLURALS.get(lowered) or _irregular_plurals(lowered)
    if not found:
        found = (lowered,) if lowered in INVARIABLE else (_regular_plural(lowered),)
    if lowered == stem or stem.istitle() or stem.isupper():
        return tuple(prefix + _match_case(stem, plural) for plural in found)
    # Da'esh and the like keep the capitals inside.
    return tuple(prefix + (stem + "s" if plural == _regular_plural(lowered) else plural) for plural in found)


#: First parts of compounds that take the plural themselves.
_COMPOUND_HEADS = frozenset(
    {
        "passer",
        "hanger",
        "looker",
        "mother",
        "father",
        "brother",
        "sister",
        "son",
        "daughter",
        "man",
        "commander",
    }
)


def _cut_compound(word: str) -> tuple[str, str]:
    """``ex-wife`` into ``ex-`` and ``wife``; ``passer-by`` stays, as its head is not its last part."""
    parts = word.split("-")
    if len(parts) > 1 and parts[0].lower() in _COMPOUND_HEADS and parts[1].lower() in PREPOSITIONS:
        return "", word
    return word[: len(word) - len(parts[-1])], parts[-1]


def _irregular_plurals(lowered: str) -> tuple[str, ...]:
    if lowered in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[lowered]
    match = _ENDING_MAN.match(lowered)
    if match and match[2] == "man" and not lowered.endswith(tuple(NOT_MAN)):
        return (match[1] + "men",)
    if lowered.endswith(("children", "wife")):
        return (lowered[:-2] + "ves",) if lowered.endswith("wife") else (lowered,)
    if re.search(r"[^aeiou]child$", lowered):
        return (lowered + "ren",)
    return ()


def _regular_plural(lowered: str) -> str:
    if lowered.endswith("sis") or lowered == "axis":
        return lowered[:-2] + "es"
    if re.search(r"(?:s|x|z|ch|sh)$", lowered):
        return lowered + ("zes" if re.search(r"[^z]iz$", lowered) else "es")
    if len(lowered) > 1 and lowered[-1] == "y" and lowered[-2] not in _VOWELS:
        return lowered[:-1] + "ies"
    return lowered + "s"


def _plural_word(word: str, before: str) -> str:
    """The one plural that a suggestion uses."""
    prefix, stem = _cut_compound(word)
    lowered = stem.lower()
    if len(stem) > 1 and stem.isupper():
        return word + "s"
    if lowered == "person" and before.lower() in LEGAL_PERSONS:
        # The conventions' own wording is "stateless persons", not "people".
        return prefix + _match_case(stem, "persons")
    if lowered in INVARIABLE or is_plural(lowered):
        return word
    if not _irregular_plurals(lowered) and _DOUBTFUL_NOUN.match(lowered) and not _SAFE_NOUN.match(lowered):
        return prefix + _match_case(stem, _ask_library(lowered, "NNS") or _regular_plural(lowered))
    return noun_plurals(word)[0]


def is_plural(word: str) -> bool:
    """Whether a noun is written in the plural, as far as its form shows."""
    lowered = _cut_compound(word)[1].lower()
    if lowered in INVARIABLE:
        return lowered in {"people", "police", "cattle", "clergy", "premises"}
    if lowered in IRREGULAR_SINGULARS or lowered == "children":
        return True
    match = _ENDING_MAN.match(lowered)
    if match and match[2] == "men":
        return lowered not in {"regimen", "specimen", "abdomen", "acumen", "omen"}
    if lowered in IRREGULAR_PLURALS or (len(lowered) < 4 and "-" not in word):
        return False
    if _PLURAL_IS.search(lowered):
        return True
    return lowered.endswith("s") and not _SINGULAR_S.match(lowered)


def pluralise(phrase: str, *, head: str | None = None) -> str:
    """The phrase with its head in the plural; ``head`` names the head where ``head_of`` would err."""
    words = phrase.split()
    if not words or (head is None and (is_clause(phrase) or is_adjectival(phrase))):
        return phrase
    if len(words) > 1 and words[0] in ("a", "an"):
        words = words[1:]
    index = head_index(words, head)
    words[index] = _plural_word(words[index], words[index - 1] if index else "")
    if index + 1 < len(words):
        # "violent extremist groups (VEGs)"
        words[index + 1] = re.sub(r"^(\([A-Z]{2,})(?=\)$)", r"\1s", words[index + 1])
    if index + 2 < len(words) and words[index + 1] in ("who", "that", "which"):
        words[index + 2] = plural_verb(words[index + 2])
    return " ".join(words)


def plural_verb(word: str) -> str:
    """The form after a plural subject of a verb in the third person: *are* for *is*, *host* for *hosts*."""
    auxiliaries = {"is": "are", "was": "were", "has": "have", "does": "do", "isn't": "aren't"}
    if word in auxiliaries:
        return auxiliaries[word]
    if not re.search(r"[^s]s$", word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if re.search(r"(?:ss|x|zz|ch|sh|o)es$", word) else word[:-1]


def singularise(phrase: str, *, head: str | None = None) -> str:
    """The phrase with its head in the singular; a head that is not in the plural stays as it is."""
    words = phrase.split()
    if not words or (head is None and (is_clause(phrase) or is_adjectival(phrase))):
        return phrase
    index = head_index(words, head)
    if is_plural(words[index]):
        words[index] = _singular_word(words[index])
    return " ".join(words)


def _singular_word(word: str) -> str:
    prefix, stem = _cut_compound(word)
    lowered = stem.lower()
    if len(stem) > 2 and stem[:-1].isupper() and stem.endswith("s"):
        return prefix + stem[:-1]
    if lowered in {"police", "cattle", "clergy", "premises"}:
        return word
    match = _ENDING_MAN.match(lowered)
    if lowered in IRREGULAR_SINGULARS:
        single = IRREGULAR_SINGULARS[lowered]
    elif match:
        single = match[1] + "man"
    elif lowered.endswith("ives") and lowered[:-3] + "fe" in IRREGULAR_PLURALS:
        single = lowered[:-3] + "fe"
    elif lowered.endswith("ies") and len(lowered) > 4:
        single = lowered[:-3] + "y"
    elif lowered.endswith(("yses", "heses", "noses", "crises", "emphases")):
        single = lowered[:-2] + "is"
    elif re.search(r"(?:ss|x|zz|ch|sh|us)es$", lowered):
        single = lowered[:-2]
    else:
        single = lowered[:-1]
    return prefix + _match_case(stem, single)


# ------------------------------------------------------------------ verbs

#: Their final consonant is doubled: one syllable, or stress on the last.
_DOUBLING_ENDS = re.compile(
    r"(?:^|[^aeiou])(?:fer|mit|pel|rol|bel|cur|ter)$|(?:^|.*)(?:refer|prefer|defer|infer|transfer|confer|deter|admit"
    r"|commit|submit|permit|omit|remit|transmit|expel|compel|propel|repel|dispel|impel|control|patrol|enrol|fulfil"
    r"|instil|distil|rebel|excel|occur|incur|recur|concur|regret|forget|begin|rebut|abet|equip|kidnap|worship"
    r"|handicap|program|unplug|outfit|format|overlap|unwrap|entrap|abhor|allot|acquit|debar|annul|extol|upset)$"
)
_NEVER_DOUBLING = re.compile(
    r".*(?:[aeiou]{2}[^aeiou]|[wxyh]|[^aeiou]en|[^f]er|or|on|om|ish|op|ip|et|it|at|ot|ut|od|id|ar|ur|ic|an|in|us|as)$"
)
_BRITISH_L = re.compile(r".*[^aeiou][aeiou]l$")
_PREFIXED_SHORT = re.compile(
    r"(?:out|over|re|un|off|mis|up|pre|for|be|under|back|in|e)"
    r"(?:run|set|bid|put|wit|fit|get|let|cut|sit|map|plan|stop|drop|mit|step|hit|tag|pin|zip|ship)"
)
_ONE_SYLLABLE = re.compile(r"[^aeiou]*(?:qu)?[aeiou][bdfgklmnprstvz]$")


def _doubles(verb: str) -> bool | None:
    """Whether the last consonant doubles before a vowel: None when the letters do not settle it."""
    if not re.search(r"[^aeiou][aeiou][bdfgklmnprstvz]$|qu[aeiou][bdfgklmnprstvz]$|^[aeiou][dt]d?$", verb):
        return False
    if _ONE_SYLLABLE.fullmatch(verb) or _BRITISH_L.fullmatch(verb):
        return True
    if _PREFIXED_SHORT.fullmatch(verb):
        return True
    if re.search(_DOUBLING_ENDS, verb) and not verb.endswith(("enter", "counter", "alter", "foster", "offer")):
        return not re.search(r"(?:inter|[^e]ter|suffer|differ|buffer|[io]fer|label)$", verb)
    return False if verb.endswith(("er", "en", "on", "or", "et", "it", "ish", "op")) else None


def _regular_verb(verb: str, *, double: bool) -> dict[VerbForm, str]:
    stem = verb + verb[-1] if double else verb
    if verb.endswith("ie"):
        gerund = verb[:-2] + "ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        gerund = verb[:-1] + "ing"
    elif verb.endswith("ic"):
        gerund = verb + "king"
    else:
        gerund = stem + "ing"
    if verb.endswith("e"):
        past = verb + "d"
    elif re.search(r"[^aeiou]y$", verb):
        past = verb[:-1] + "ied"
    else:
        past = (verb + "k" if verb.endswith("ic") else stem) + "ed"
    if re.search(r"(?:s|x|z|ch|sh|[^aeiou]o)$|^(?:under|for|out)?go$", verb):
        third = verb + ("zes" if re.search(r"[^z]iz$", verb) else "es")
    else:
        third = verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"
    return {"base": verb, "third": third, "past": past, "participle": past, "gerund": gerund}


def verb_forms(verb: str) -> dict[VerbForm, tuple[str, ...]]:
    """All forms of one lower-case verb to look for in a text; where doubling is in doubt, both spellings."""
    if verb == "be":
        return {"base": ("be",), "third": BE["third"], "past": BE["past"], "participle": BE["participle"],
                "gerund": BE["gerund"]}  # fmt: skip
    ends_short = bool(re.search(r"[^aeiou][aeiou][bdfgklmnprst]$", verb))
    plain, doubled = _regular_verb(verb, double=False), _regular_verb(verb, double=True)
    sure = _doubles(verb)
    both = [doubled, plain] if sure else [plain, doubled] if ends_short else [plain]
    if sure and _ONE_SYLLABLE.fullmatch(verb):
        both = [doubled]
    forms: dict[VerbForm, tuple[str, ...]] = {
        form: tuple(dict.fromkeys(table[form] for table in both)) for form in plain
    }
    irregular = _irregular(verb)
    if irregular is not None:
        forms["past"], forms["participle"] = irregular
    if verb == "have":
        forms["third"] = ("has",)
    return forms


def _irregular(verb: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Past and participle of an irregular verb, also with a prefix: *outdo*, *rebuild*, *mislead*."""
    if verb in VERBS:
        return VERBS[verb]
    match = re.fullmatch(r"(out|over|under|re|un|mis|fore|with|up)(.{2,})", verb)
    if match is None or match[2] not in VERBS or verb in _NOT_PREFIXED:
        return None
    past, participle = VERBS[match[2]]
    return tuple(match[1] + form for form in past), tuple(match[1] + form for form in participle)


#: Verbs that only look like a prefix and an irregular verb, or keep to the rule all the same.
_NOT_PREFIXED = frozenset({"relay", "unfit", "outlast", "respond", "uproot", "retreat", "refind"})


_VERBS_IN_LY = frozenset({"rely", "apply", "comply", "supply", "reply", "fly", "ally"})


def verb_index(phrase: str) -> int:
    """The index of the word that is conjugated: the first that is no adverb in -ly."""
    for index, word in enumerate(phrase.split()):
        if not word.lower().endswith("ly") or word.lower() in _VERBS_IN_LY:
            return index
    return 0


def conjugate(verb_phrase: str, form: VerbForm) -> str:
    """The phrase with its verb in the form; *be* gives *is* and *was*.

    The verb is the first word (``verb_index``); of *counter-message* the last part is conjugated.
    """
    words = verb_phrase.split()
    if not words or form == "base":
        return verb_phrase
    index = verb_index(verb_phrase)
    prefix, _, stem = words[index].rpartition("-")
    prefix = prefix + "-" if prefix else ""
    lowered = stem.lower()
    forms = verb_forms(lowered)
    word = forms[form][0]
    if _irregular(lowered) is None and lowered != "be" and form not in ("third",) and _doubles(lowered) is None:
        word = _ask_library(lowered, "VBG" if form == "gerund" else "VBD") or word
    words[index] = prefix + _match_case(stem, word)
    return " ".join(words)


@lru_cache(maxsize=1024)
def _ask_library(word: str, tag: str) -> str | None:
    """lemminflect's first form, or None; the import costs about a second, see the module."""
    from lemminflect import getInflection

    found = getInflection(word, tag, inflect_oov=False)
    return str(found[0]) if found else None
