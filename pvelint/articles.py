"""*a* or *an*, by the sound of the word that follows."""

from __future__ import annotations

import re
from typing import Literal

from pvelint.wordforms import READ_AS_WORDS, VOWEL_LETTERS

_CONSONANT_SOUND = re.compile(
    r"(?:uni(?![nmd])|uighur|uygh|urug|us(?:[aeu]|ing|ual)|ut[eio]|ur[aeio](?:n|l|c)|ub[io]|ukr|ug[a]|euro|eu[^n]|ewe|one(?!ir)|once|oui)"
)
_VOWEL_SOUND = re.compile(r"(?:hour|honest|honou?r|heir|unin|unim(?!od)|urgent|urgen)")
_NUMBER_AN = re.compile(r"(?:8\d*|11|18|11\d{3}|18\d{3}|11\d{6}|18\d{6})(?:\D|$)")


def indefinite_article(phrase: str) -> Literal["a", "an"]:
    """The article by the sound of the first word: *an NGO*, *a UN project*, *an hour*, *an 8-year plan*."""
    match = re.search(r"[^\W_]+", phrase)
    if match is None:
        return "a"
    word = match.group()
    if word[0].isdigit():
        number = re.sub(r"(?<=\d)[,  ](?=\d{3})", "", phrase[match.start() :])
        return "an" if _NUMBER_AN.match(number) else "a"
    if _is_spelled_out(word):
        return "an" if word[0].upper() in VOWEL_LETTERS else "a"
    lowered = word.lower()
    if _VOWEL_SOUND.match(lowered):
        return "an"
    if _CONSONANT_SOUND.match(lowered):
        return "a"
    return "an" if lowered[0] in "aeiou" or lowered[0] in "éèáàóíúâêîôö" else "a"


def _is_spelled_out(word: str) -> bool:
    """Whether the letters are read one by one: capitals (*IDP*, *VEOs*), a single letter (*X-ray*)."""
    if len(word) == 1:
        return word.isupper()
    bare = word[:-1] if word.endswith("s") and word[:-1].isupper() else word
    return bare.isupper() and len(bare) <= 5 and bare not in READ_AS_WORDS
