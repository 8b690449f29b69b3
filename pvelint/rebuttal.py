"""Rebuttal in the sentence: a claim reported and rejected by the words that govern it.

A cue must govern the claim ("the myth that X", "no evidence that X", "criticized the minister for likening X to Y") or
be said of it ("that X is untrue"). A cue inside the words found is part of them, and contrast ends its scope.
"""

from __future__ import annotations

from pvelint.context import Context, Range
from pvelint.negation import denied_claim
from pvelint.said import LINKING, concession, denied, held_by_some, prepared_answer, reaches, said_of, too_simple
from pvelint.syntax import NOMINAL, VERBAL, children
from pvelint.undercut import undercut

_QUALIFIERS = frozenset(
    {
        "no",
        "little",
        "scant",
        "scarce",
        "insufficient",
        "hardly",
        "without",
        "nor",
        "neither",
        "limited",
        "not",
        "weak",
        "thin",
        "zero",
        "any",
    }
)

_NOBODY = frozenset({"nobody", "none", "nothing"})


def rebuttal(context: Context) -> str | None:
    """The words that reject the claim, in its sentence or in those around it; None if nothing does."""
    return (
        _noun(context)
        or _extraposed(context)
        or _wrongly(context)
        or _whoever(context)
        or _adjective(context)
        or _absence(context)
        or _phrase(context)
        or _criticism(context)
        or concession(context)
        or said_of(context)
        or held_by_some(context)
        or too_simple(context)
        or prepared_answer(context)
        or denied_claim(context)
        or undercut(context)
    )


def _noun(context: Context) -> str | None:
    """The myth that X, a rumour about X; X is a myth is seen by ``said_of``."""
    for found in context.find("rebuttal-noun", context.low, context.site.first):
        word = context.word_at(found[0])
        if found[1] - found[0] == 1 and word is not None and word.pos not in NOMINAL and word.pos != "ADJ":
            continue
        if (
            context.norms(found[1], found[1] + 1) == ["to"]
            and _saying(context, found[1] + 1)
            and not denied(context, found)
        ):
            return context.text(found)
        if reaches(context, found) and not denied(context, found):
            return context.text(found)
    return None


_FALSELY = frozenset({"wrongly", "falsely", "mistakenly", "erroneously", "incorrectly", "misleadingly", "baselessly"})


def _wrongly(context: Context) -> str | None:
    """ "wrongly claimed that X": the adverb rejects what is said."""
    for index in range(context.low, context.site.first):
        if context.tokens[index].norm in _FALSELY and not context.turns(index, context.site.first):
            return context.tokens[index].text
    return None


def _extraposed(context: Context) -> str | None:
    """ "It is a myth, and a popular one, that X": *that* ties the claim to the noun over what stands between."""
    first = context.site.first
    if context.norms(context.low, context.low + 1) != ["it"] or "that" not in context.norms(
        max(context.low, first - 3), first
    ):
        return None
    for category in ("rebuttal-noun", "rebuttal-adjective"):
        found = context.first(category, context.low, min(context.low + 8, first))
        if found is not None and not denied(context, found):
            return context.text(found)
    return None


_HOLDING = frozenset(
    {"says", "thinks", "claims", "believes", "argues", "holds", "maintains", "insists", "tells", "say", "think"}
    | {"believe", "claim"}
)
_ANYONE = frozenset({"whoever", "anyone", "anybody", "those", "everyone"})


def _whoever(context: Context) -> str | None:
    """ "Whoever says that X has some explaining to do": what is said of those who hold the claim, and not the claim."""
    first = context.site.first
    for index in range(context.low, min(context.low + 3, first)):
        if context.tokens[index].norm in _ANYONE and _HOLDING & set(context.norms(index + 1, min(index + 4, first))):
            return context.tokens[index].text
    return None


def _saying(context: Context, start: int) -> bool:
    """A verb of claiming right before the words: (wrong to) "say that X"."""
    first = context.site.first
    if start >= first or first - start > 5:
        return False
    return bool(context.cues.phrases("claim-verb").starting_at(context.tokens, start, first))


def _adjective(context: Context) -> str | None:
    """A false claim that X, wrong to say that X, the lazy idea of X, a false link between X and Y."""
    site = context.site
    for found in context.find("rebuttal-adjective", context.low, site.first):
        if denied(context, found) or context.turns(found[1], site.first + 1):
            continue
        noun = context.first("claim-noun", found[1], min(found[1] + 3, site.first))
        if noun is not None and reaches(context, noun):
            return context.text(found)
        if (
            found[1] == site.first
            and context.first("claim-noun", site.first, min(site.first + 2, site.last)) is not None
        ):
            return context.text(found)
        following = context.norms(found[1], found[1] + 3)
        if following[:1] == ["to"] and _saying(context, found[1] + 1):
            return context.text(found)
        if following[:1] in (["to"], ["that"]) and (following[0] == "that" or context.governs(found, reach=10)):
            return context.text(found)
    return None


def _absence(context: Context) -> str | None:
    """No evidence that X, found little support for X, rests on no assumption that X."""
    site = context.site
    opening = next(
        (
            index
            for index in range(context.low, min(context.low + 4, site.first))
            if context.tokens[index].norm in _NOBODY
        ),
        None,
    )
    if (
        opening is not None
        and context.norms(site.first - 1, site.first) == ["that"]
        and site.first - opening <= 7
        and not context.turns(opening, site.first)
    ):
        return context.tokens[opening].text
    for found in context.find("evidence-noun", context.low, site.first + 1):
        if found[0] >= site.first and context.is_label:
            continue
        before = context.norms(max(context.low, found[0] - 4), found[0])
        if not any(norm in _QUALIFIERS or norm.endswith("n't") for norm in before):
            continue
        if before[-1:] and before[-1] in {"of", "in", "the"}:
            continue
        if context.is_label and context.norms(found[1], found[1] + 1) not in (["that"], ["between"]):
            continue
        if found[0] >= site.first or reaches(context, found, reach=14):
            return context.text((max(context.low, found[0] - 1), found[1]))
    return None


def _phrase(context: Context) -> str | None:
    site = context.site
    for found in context.find("rebuttal-phrase", context.low, site.first):
        if context.is_label and "thing" not in context.norms(*found):
            continue
        if context.turns(found[1], site.first + 1):
            continue
        if any(token.text in {",", ";", ":"} for token in context.tokens[found[1] : site.first]) and not _opening(
            context, found
        ):
            continue
        return context.text(found)
    return None


def _opening(context: Context, found: Range) -> bool:
    """A concession at the beginning reaches over its comma only when the words stand before the comma."""
    return context.norms(found[0], found[0] + 1)[0] in {"contrary"} and found[0] == context.low and False


def _criticism(context: Context) -> str | None:
    """Criticized the minister for likening X to Y, rejects language that links X to Y, dismissed the claim that X."""
    parse, head = context.parse, context.head
    site = context.site
    for found in context.find("criticism-verb", context.low, site.first):
        word = context.word_at(found[0])
        if word is None or parse is None or head is None or (word.pos not in VERBAL and word.lemma != "protest"):
            continue
        if context.turns(found[1], site.first + 1) or any(child.dep == "neg" for child in children(parse, word.index)):
            continue
        if any(
            child.dep == "nsubj" and child.lemma in {"who", "nobody", "none", "one"}
            for child in children(parse, word.index)
        ):
            continue
        if word.lemma in {"accuse", "charge", "suspect"}:
            if context.tokens[site.first].norm in LINKING or context.norms(site.first - 1, site.first)[0] in LINKING:
                return context.text(found)
            continue
        noun = context.first("claim-noun", found[1], site.first) or context.first(
            "utterance-noun", found[1], site.first
        )
        if noun is not None and noun[0] - found[1] <= 6 and reaches(context, noun, reach=10):
            return context.text(found)
        between = context.norms(found[1], site.first)
        if (
            "for" in between
            and _gerund_between(context, found[1], site)
            and any(up.index == word.index for up in parse.ancestors(head.index))
        ):
            return context.text(found)
        if between[:1] == ["that"] and word.lemma in {
            "deny",
            "dispute",
            "refute",
            "reject",
            "dismiss",
            "contest",
            "question",
            "rebut",
            "doubt",
        }:
            return context.text(found)
        if site.first - found[1] <= 3 and word.lemma in {"conflate", "scapegoat"}:
            return context.text(found)
    return _conflating(context)


def _gerund_between(context: Context, start: int, site: object) -> bool:
    """ "for likening", "for running footage over": what somebody is criticized for is an act of speech or showing."""
    del site
    for index in range(start, context.site.last):
        if context.tokens[index].norm == "for" and index + 1 < len(context.tokens):
            return context.tokens[index + 1].norm.endswith("ing") or index + 1 >= context.site.first
    return False


def _conflating(context: Context) -> str | None:
    """To conflate X with Y, confuse X and Y: the verb itself says that it is a mistake."""
    for found in context.find("rebuttal-verb", context.low, min(context.site.first + 2, context.site.last)):
        norm = context.tokens[found[0]].norm
        if norm.startswith(("conflat", "scapegoat", "demoni", "stereotyp", "misrepresent")) and context.governs(
            found, reach=6
        ):
            return context.text(found)
        if norm.startswith("conflat") and found[0] == context.site.first:
            return context.text(found)
    return None
