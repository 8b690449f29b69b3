"""Names that no list knows, told by their capital: "the Sahri clans", "Kadoumi extremism".

Word lists name such a place with ``%name``. A capital says something only inside a sentence that is not written in
capitals throughout, so the first word never counts, titles have no such names, and a run of capitals is another name
("Violent Extremism").
"""

from __future__ import annotations

from collections.abc import Sequence

from pvelint.tokens import Token
from pvelint.wordforms import word_set

#: How ``%name`` stands in the trie of word lists.
NAME = "%name"
#: Words that English writes with a capital and that name no people or place.
_NOT_NAMES = word_set(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday i mr mrs ms dr sir madam president minister ministry "
    "governor mayor senator deputy prefect general colonel captain major chief director professor imam "
    "sheikh bishop father sister brother saint king queen prince the a an project programme program "
    "component output outcome objective indicator activity result phase annex table figure chapter "
    "section article part module session mission agency office fund bank council commission committee "
    "parliament government state union nations united international national european world red cross "
    "crescent english french arabic portuguese spanish german god allah facebook twitter youtube whatsapp "
    "telegram tiktok instagram internet euro dollar naira women men youth girls boys children people "
    "community police army christmas easter ramadan eid north south east west northern southern eastern "
    "western central against with from into about over under through without their this that these those "
    "your our more most less for and not new young local every each what when where who why how all some "
    "stop end"
)


def capitalized_names(tokens: Sequence[Token], low: int, high: int) -> frozenset[int]:
    """The tokens of a sentence that a capital marks as names; none in a title or in capitals."""
    words = [index for index in range(low, high) if tokens[index].kind == "word" and len(tokens[index].text) > 3]
    capitals = [index for index in words if tokens[index].text[0].isupper() and tokens[index].norm not in _NOT_NAMES]
    if len(words) < 4 or 2 * len(capitals) > len(words):
        return frozenset()
    return frozenset(
        index
        for index in capitals
        if index > low
        and tokens[index].text[1:].islower()
        and not (index + 1 < high and tokens[index + 1].text[0].isupper())
        and not (index - 1 > low and tokens[index - 1].text[0].isupper())
        and tokens[index - 1].text not in {".", ":", "!", "?", '"', "“", "‘", "'", "#", "@", "("}
    )
