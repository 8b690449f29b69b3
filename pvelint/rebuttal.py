"""Rebuttal in the sentence: a claim reported and rejected by the words that govern it.

A cue must govern the claim ("the myth that X", "no evidence that X", "criticized the minister for likening X to Y") or
be said of it ("that X is untrue"). A cue inside the words found is part of them, and contrast ends its scope.
"""

from __future__ import annotations

from pvelint.context import Context, Range
from pvelint.negation import denied_claim
from pvelint.syntax import NOMINAL, VERBAL, children
from pvelint.undercut import undercut

_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "remains", "remain", "seems", "proved", "proves", "turned", "turns", "sounds", "'s"})
_QUALIFIERS = frozenset({"no", "little", "scant", "scarce", "insufficient", "hardly", "without", "nor", "neither", "limited", "not", "weak", "thin", "zero", "any"})
_NOBODY = frozenset({"nobody", "none", "nothing"})
_LINKING = frozenset({"equating", "linking", "likening", "tying", "associating", "confusing", "blaming", "treating", "calling", "portraying", "branding", "presenting", "painting", "saying", "claiming"})
_CONCESSIONS = frozenset({"although", "though", "while", "despite", "notwithstanding", "whereas", "whatever"})


def rebuttal(context: Context) -> str | None:
    """The words that reject the claim, in its sentence or in those around it; None if nothing does."""
    return (
        _noun(context)
        or _adjective(context)
        or _absence(context)
        or _phrase(context)
        or _criticism(context)
        or _concession(context)
        or _said_of(context)
        or _too_simple(context)
        or _prepared_answer(context)
        or denied_claim(context)
        or undercut(context)
    )


def _reaches(context: Context, found: Range, *, reach: int = 12) -> bool:
    if found[1] > context.site.first or found[0] < context.low:
        return False
    if context.turns(found[1], context.site.first + 1):
        return False
    return context.governs(found, reach=reach)


def _noun(context: Context) -> str | None:
    """The myth that X, a rumour about X; X is a myth is seen by ``_said_of``."""
    for found in context.find("rebuttal-noun", context.low, context.site.first):
        word = context.word_at(found[0])
        if found[1] - found[0] == 1 and word is not None and word.pos not in NOMINAL and word.pos != "ADJ":
            continue
        if context.norms(found[1], found[1] + 1) == ["to"] and _saying(context, found[1] + 1) and not _denied(context, found):
            return context.text(found)
        if _reaches(context, found) and not _denied(context, found):
            return context.text(found)
    return None


def _saying(context: Context, start: int) -> bool:
    """A verb of claiming right before the words: (wrong to) "say that X"."""
    first = context.site.first
    if start >= first or first - start > 5:
        return False
    return bool(context.cues.phrases("claim-verb").starting_at(context.tokens, start, first))


def _denied(context: Context, found: Range) -> bool:
    """ "It is no myth that X"."""
    return any(norm in {"no", "not", "n't", "isn't", "hardly"} for norm in context.norms(max(context.low, found[0] - 3), found[0]))


def _adjective(context: Context) -> str | None:
    """A false claim that X, wrong to say that X, the lazy idea of X, a false link between X and Y."""
    site = context.site
    for found in context.find("rebuttal-adjective", context.low, site.first):
        if _denied(context, found) or context.turns(found[1], site.first + 1):
            continue
        noun = context.first("claim-noun", found[1], min(found[1] + 3, site.first))
        if noun is not None and _reaches(context, noun):
            return context.text(found)
        if found[1] == site.first and context.first("claim-noun", site.first, min(site.first + 2, site.last)) is not None:
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
    opening = next((index for index in range(context.low, min(context.low + 4, site.first)) if context.tokens[index].norm in _NOBODY), None)
    if opening is not None and context.norms(site.first - 1, site.first) == ["that"] and site.first - opening <= 7 and not context.turns(opening, site.first):
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
        if found[0] >= site.first or _reaches(context, found, reach=14):
            return context.text((max(context.low, found[0] - 1), found[1]))
    return None


def _phrase(context: Context) -> str | None:
    site = context.site
    for found in context.find("rebuttal-phrase", context.low, site.first):
        if context.is_label and "thing" not in context.norms(*found):
            continue
        if context.turns(found[1], site.first + 1):
            continue
        if any(token.text in {",", ";", ":"} for token in context.tokens[found[1] : site.first]) and not _opening(context, found):
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
        if any(child.dep == "nsubj" and child.lemma in {"who", "nobody", "none", "one"} for child in children(parse, word.index)):
            continue
        if word.lemma in {"accuse", "charge", "suspect"}:
            if context.tokens[site.first].norm in _LINKING or context.norms(site.first - 1, site.first)[0] in _LINKING:
                return context.text(found)
            continue
        noun = context.first("claim-noun", found[1], site.first) or context.first("utterance-noun", found[1], site.first)
        if noun is not None and noun[0] - found[1] <= 6 and _reaches(context, noun, reach=10):
            return context.text(found)
        between = context.norms(found[1], site.first)
        if "for" in between and _gerund_between(context, found[1], site) and any(up.index == word.index for up in parse.ancestors(head.index)):
            return context.text(found)
        if between[:1] == ["that"] and word.lemma in {"deny", "dispute", "refute", "reject", "dismiss", "contest", "question", "rebut", "doubt"}:
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
        if norm.startswith(("conflat", "scapegoat", "demoni", "stereotyp", "misrepresent")) and context.governs(found, reach=6):
            return context.text(found)
        if norm.startswith("conflat") and found[0] == context.site.first:
            return context.text(found)
    return None


def _concession(context: Context) -> str | None:
    """Although some say that X, nothing shows it; contrary to what is said, ...; somebody says that X, although the data do not."""
    site, tokens = context.site, context.tokens
    if context.low < len(tokens) and tokens[context.low].norm in _CONCESSIONS | {"contrary"} and site.first > context.low:
        comma = next((index for index in range(site.last, context.high) if tokens[index].text in {",", "\u2014"}), None)
        claimed = context.first("claim-noun", context.low, site.first) or context.first("claim-verb", context.low, site.first)
        if tokens[context.low].norm == "contrary" and comma is not None:
            return tokens[context.low].text
        if comma is not None and (claimed is not None or context.quoted_range is not None):
            rest = context.norms(comma, context.high)
            strong = tokens[context.low].norm in {"despite", "notwithstanding"}
            if strong or any(norm in {"not", "no", "never", "none", "neither", "nothing", "nobody"} or norm.endswith("n't") for norm in rest):
                return tokens[context.low].text
    return None


def _said_of(context: Context) -> str | None:
    """ "That X is untrue", "to equate X with Y is bad statistics", "the idea that X ... lazy": said of a claim as such."""
    site = context.site
    if not _is_content(context):
        return None
    start = max(site.last, context.quoted_range[1] if context.quoted_range else 0)
    limit = min(context.high, start + 12)
    if start >= limit:
        return None
    end = next((index for index in range(start, limit) if context.tokens[index].text in {";", "\u2014", "|"}), limit)
    for category in ("rebuttal-adjective", "rebuttal-noun", "rebuttal-verb", "rebuttal-phrase"):
        for found in context.find(category, start, end):
            between = context.norms(start, found[0])
            if _denied(context, found) or context.turns(start, found[0]):
                continue
            if any(norm in _BE for norm in between) or category == "rebuttal-phrase" or context.quoted_range or "called" in context.norms(context.low, site.first):
                return context.text(found)
    retraction = context.first("retraction-verb", site.last, end)
    noun = context.last("claim-noun", context.low, site.first)
    if noun is None and context.quoted_range is None:
        retraction = None
    if retraction is not None and any(norm in _BE or norm in {"has", "have", "had", "should"} for norm in context.norms(site.last, retraction[0])):
        return context.text(retraction)
    negation = _negated_predicate(context, end)
    if negation is not None:
        return negation
    reaction = context.first("reaction", start, end)
    return context.text(reaction) if reaction is not None else None


def _too_simple(context: Context) -> str | None:
    """X is too flat a picture of why people join."""
    if context.is_label or context.site.last + 2 >= context.high:
        return None
    words = context.norms(context.site.last, context.site.last + 4)
    if words[0] in _BE and words[1] == "too" and words[2] in context.cues.single("too-simple"):
        return " ".join(words[1:3])
    return None


def _prepared_answer(context: Context) -> str | None:
    """If somebody asks whether X, say that Y; asked whether X, the judge said no."""
    site = context.site
    opening = context.norms(context.low, context.low + 1)[0] if context.low < site.first else ""
    if opening not in {"if", "when", "whenever", "should", "asked", "where"}:
        return None
    asked = context.first("asking", context.low, site.first)
    comma = next((index for index in range(site.last, context.high) if context.tokens[index].text == ","), None)
    if asked is None or comma is None:
        return None
    if opening == "asked":
        no = next((index for index in range(comma, context.high) if context.tokens[index].norm in {"no", "not", "never"}), None)
        return context.tokens[no].text if no is not None else None
    answer = context.first("answering", comma, min(context.high, comma + 8))
    return context.text(answer) if answer is not None else None


def _negated_predicate(context: Context, end: int) -> str | None:
    """The idea that X does not hold / is not supported / has no basis."""
    site = context.site
    if context.first("claim-noun", context.low, site.first) is None and context.tokens[context.low].norm != "that":
        return None
    window = context.tokens[site.last : end]
    for index, token in enumerate(window[:6]):
        if token.norm in {"not", "never", "no"} or token.norm.endswith("n't"):
            return token.text
        if token.text == "," and index:
            break
    return None


def _is_content(context: Context) -> bool:
    """The words are the content of a claim noun, a that-clause or infinitive as subject, or a quotation."""
    site = context.site
    if context.quoted_range is not None:
        return True
    parse, head = context.parse, context.head
    if parse is not None and head is not None:
        clauses = {"csubj", "csubjpass"}
        if any(word.dep in clauses or (word.dep == "nsubj" and word.pos in VERBAL) for word in (head, *parse.ancestors(head.index))):
            return True
    opening = context.tokens[context.low].norm
    if opening in {"that", "whether"} and context.low < site.first:
        return True
    if opening in _LINKING and site.first - context.low <= 3:
        return True
    if opening == "to" and site.first - context.low <= 5 and context.norms(site.first - 1, site.first) == ["that"]:
        return True
    noun = context.last("claim-noun", context.low, site.first)
    if noun is not None and (_reaches(context, noun, reach=8) or (site.first - noun[1] <= 2 and not context.is_label)):
        return True
    own = context.first("claim-noun", site.first, min(site.first + 4, site.last))
    return own is not None and context.norms(own[1], own[1] + 1) in (["about"], ["of"], ["that"], ["on"], ["between"])
