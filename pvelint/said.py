"""What is said of a claim as such: untrue, too simple, left to those who hold it, conceded to be answered."""

from __future__ import annotations

from pvelint.context import Context, Range
from pvelint.syntax import VERBAL

_BE = frozenset(
    {
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "remains",
        "remain",
        "seems",
        "proved",
        "proves",
        "turned",
        "turns",
        "sounds",
        "'s",
    }
)

LINKING = frozenset(
    {
        "equating",
        "linking",
        "likening",
        "tying",
        "associating",
        "confusing",
        "blaming",
        "treating",
        "calling",
        "portraying",
        "branding",
        "presenting",
        "painting",
        "saying",
        "claiming",
    }
)

_CONCESSIONS = frozenset({"although", "though", "while", "despite", "notwithstanding", "whereas", "whatever"})


def reaches(context: Context, found: Range, *, reach: int = 12) -> bool:
    if found[1] > context.site.first or found[0] < context.low:
        return False
    if context.turns(found[1], context.site.first + 1):
        return False
    return context.governs(found, reach=reach)


def denied(context: Context, found: Range) -> bool:
    """ "It is no myth that X"."""
    return any(
        norm in {"no", "not", "n't", "isn't", "hardly"}
        for norm in context.norms(max(context.low, found[0] - 3), found[0])
    )


def concession(context: Context) -> str | None:
    """Although some say that X, nothing shows it; contrary to what is said, X; despite claims that X."""
    site, tokens = context.site, context.tokens
    if (
        context.low < len(tokens)
        and tokens[context.low].norm in _CONCESSIONS | {"contrary"}
        and site.first > context.low
    ):
        comma = next((index for index in range(site.last, context.high) if tokens[index].text in {",", "\u2014"}), None)
        claimed = context.first("claim-noun", context.low, site.first) or context.first(
            "claim-verb", context.low, site.first
        )
        if tokens[context.low].norm == "contrary" and comma is not None:
            return tokens[context.low].text
        if comma is not None and (claimed is not None or context.quoted_range is not None):
            rest = context.norms(comma, context.high)
            strong = tokens[context.low].norm in {"despite", "notwithstanding"}
            if strong or any(
                norm in {"not", "no", "never", "none", "neither", "nothing", "nobody"} or norm.endswith("n't")
                for norm in rest
            ):
                return tokens[context.low].text
    return None


def said_of(context: Context) -> str | None:
    """ "That X is untrue", "to equate X with Y is bad statistics", "the idea that X is lazy"."""
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
            yet = found[0] - 1 if between[-1:] == ["still"] else found[0]  # "and still unproven" is no turn
            if denied(context, found) or context.turns(start, yet):
                continue
            if (
                any(norm in _BE for norm in between)
                or category == "rebuttal-phrase"
                or context.quoted_range
                or "called" in context.norms(context.low, site.first)
            ):
                return context.text(found)
    retraction = context.first("retraction-verb", site.last, end)
    noun = context.last("claim-noun", context.low, site.first)
    if noun is None and context.quoted_range is None:
        retraction = None
    if retraction is not None and any(
        norm in _BE or norm in {"has", "have", "had", "should"} for norm in context.norms(site.last, retraction[0])
    ):
        return context.text(retraction)
    negation = _negated_predicate(context, end)
    if negation is not None:
        return negation
    reaction = context.first("reaction", start, end)
    return context.text(reaction) if reaction is not None else None


def held_by_some(context: Context) -> str | None:
    """Those who see a fighter in every refugee; whoever says X: a claim that is left to whoever holds it."""
    site = context.site
    for start in range(max(context.low, site.first - 5), site.first - 1):
        if context.tokens[start].norm == "whoever":
            verb = context.first("asking", start + 1, start + 3) or context.first("seeing", start + 1, start + 3)
            if verb is not None and verb[0] == start + 1:
                return context.text((start, start + 2))
        if context.norms(start, start + 2) in (
            ["those", "who"],
            ["people", "who"],
            ["anyone", "who"],
            ["anybody", "who"],
        ):
            verb = context.first("asking", start + 2, min(start + 4, site.last)) or context.first(
                "seeing", start + 2, min(start + 4, site.last)
            )
            if verb is not None and verb[0] == start + 2:
                return context.text((start, start + 3))
    return None


def too_simple(context: Context) -> str | None:
    """X is too flat a picture of why people join."""
    if context.is_label or context.site.last + 2 >= context.high:
        return None
    words = context.norms(context.site.last, context.site.last + 4)
    if words[0] in _BE and words[1] == "too" and words[2] in context.cues.single("too-simple"):
        return " ".join(words[1:3])
    return None


def prepared_answer(context: Context) -> str | None:
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
        no = next(
            (index for index in range(comma, context.high) if context.tokens[index].norm in {"no", "not", "never"}),
            None,
        )
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
        if any(
            word.dep in clauses or (word.dep == "nsubj" and word.pos in VERBAL)
            for word in (head, *parse.ancestors(head.index))
        ):
            return True
    opening = context.tokens[context.low].norm
    if opening in {"that", "whether"} and context.low < site.first:
        return True
    if opening in LINKING and site.first - context.low <= 3:
        return True
    if opening == "to" and site.first - context.low <= 5 and context.norms(site.first - 1, site.first) == ["that"]:
        return True
    noun = context.last("claim-noun", context.low, site.first)
    if noun is not None and (reaches(context, noun, reach=8) or (site.first - noun[1] <= 2 and not context.is_label)):
        return True
    own = context.first("claim-noun", site.first, min(site.first + 4, site.last))
    return own is not None and context.norms(own[1], own[1] + 1) in (["about"], ["of"], ["that"], ["on"], ["between"])
