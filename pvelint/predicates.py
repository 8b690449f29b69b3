"""The tokens with which a predicate of a rule can begin in a text: a cheap test before a sentence is parsed.

A rule names predicates by lemma ("infiltrate", "hide behind"). The parser finds the lemma of a verb, or the verb that
a noun of action comes from ("infiltration"). Here it goes the other way: all forms that can have that lemma, rather
too many than one too few, because a form that is missing here would be a claim that is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pvelint.inflect import verb_forms
from pvelint.tokens import normalise

#: Endings of nouns of action and what stands in their place in the verb; read backwards by ``relations.nominal``.
NOUN_ENDINGS = (("ation", ("ate", "e", "")), ("ion", ("", "e")), ("ing", ("", "e")), ("ment", ("",)),
                ("al", ("e", "")), ("ance", ("",)), ("ence", ("",)), ("ure", ("",)),
                ("er", ("", "e")))  # fmt: skip
#: Forms that the parser's tables know beside those of ``inflect``.
_RARE_LINES = """
    abide abode, backbite backbit backbitten, backslide backslid backslidden, bear born, befall befell befallen,
    beget begot begat begotten, behold beheld, beseech besought, bespeak bespoke bespoken, bestride bestrode bestridden,
    bid bade bidden, bless blest, browbeat browbeaten, chide chid chidden, cleave cleft clove cloven, clothe clad,
    curse curst, dive dove, dwell dwelt, forbear forbore forborne, forbid forbad, forsake forsook forsaken,
    forswear forswore forsworn, gainsay gainsaid, get gotten, gild gilt, gird girt, gnaw gnawn, hamstring hamstrung,
    heave hove, hew hewn, inbreed inbred, interbreed interbred, interweave interwove interwoven, kneel knelt,
    lade laden, lean leant, leap leapt, light lit, melt molten, mow mown, outbid outbidden, outshine outshone,
    overflow overflown, plead pled, prove proven, rend rent, rewind rewound, rive riven, saw sawn, sew sewn,
    shave shaven, shine shone, shoe shod, shrink shrunken, sink sunken, slay slain slew, slide slidden, sling slung,
    slink slunk, smell smelt, smite smit smitten smote, sneak snuck, sow sown, speed sped, spell spelt,
    spellbind spellbound, spill spilt, spit spat, spoil spoilt, spotlight spotlit, stave stove, stink stank stunk,
    strew strewn, stride strode stridden, string strung, swap swopped swopping swops, thrive throve thriven,
    tread trod trodden, unwind unwound, upheave uphove, waylay waylaid, wind wound, work wrought, wring wrung
    """
_RARE = {verb: forms for entry in _RARE_LINES.split(",") for verb, *forms in [entry.split()]}
#: Verbs whose forms look like anything; nothing is gained by looking for them.
_COMMON = frozenset({"be", "have", "do", "can", "will", "would", "may", "must", "shall", "should", "might", "could"})


def starts(predicates: Iterable[str]) -> frozenset[str] | None:
    """The norms with which one of these predicates can begin; None when that can be nearly anything."""
    found: set[str] = set()
    for predicate in predicates:
        first, *rest = predicate.lower().split()
        if "-" in first:  # a token of ours ends at the hyphen, and the pair may be written closed
            found |= {first.partition("-")[0], *_verbs(first.replace("-", ""))}
        if first in _COMMON:
            return None
        found |= _verbs(first)
        if not rest:
            found |= _nouns(first)
    return frozenset(map(normalise, found))


def _verbs(verb: str) -> set[str]:
    """The forms of a verb, regular ones with and without a doubled consonant whatever is usual."""
    found = {verb, verb + "s", *_RARE.get(verb, ())}
    if verb.endswith("e"):
        found |= {verb + "d", verb[:-1] + "ing", verb + "ing", verb[:-2] + "ying"}
    else:
        found |= {verb + "es", verb + "ed", verb + "ing"}
    if re.search(r"[aeiou][^aeiouwxy]$", verb):
        found |= {verb + verb[-1] + ending for ending in ("ed", "ing", "es")}
    if verb.endswith("c"):
        found |= {verb + "ked", verb + "king"}
    if verb.endswith("y"):
        found |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    if verb.endswith("f"):
        found |= {verb[:-1] + "ves"}
    for forms in verb_forms(verb).values():
        found.update(forms)
    return found


def _nouns(verb: str) -> set[str]:
    """The nouns of action that can come from a verb, in both numbers."""
    found = {
        verb[: len(verb) - len(before)] + ending
        for ending, replaced in NOUN_ENDINGS
        for before in replaced
        if verb.endswith(before)
    }
    return found | {noun + "s" for noun in found}
