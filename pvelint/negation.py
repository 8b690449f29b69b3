"""Negation and refusal, by cue and by scope in the parse.

A negation counts when it stands on the words, or on a governor whose complement they are. Contrast ends its scope
("does not stop there but funds X"), coordination stays in it. A label on people stands, whatever is denied about them
("was refused to illegal aliens"); what is taken for granted is not denied ("they do not know that X").
"""

from __future__ import annotations

from itertools import pairwise

from pvelint.context import Context
from pvelint.language import Parse, Word
from pvelint.scope import KEEPING, NEGATIVES, SHOWING, governing, negation_on, negative_before, pseudo
from pvelint.syntax import NOMINAL, children

_SKIPPED = frozenset(
    {
        "a",
        "an",
        "the",
        "any",
        "to",
        "of",
        "as",
        "in",
        "on",
        "with",
        "for",
        "by",
        '"',
        "\u201c",
        "\u2018",
        "'",
        "such",
        "more",
    }
)

#: Refusals of one's own; "refuse" in the present may be what others do and is judged by the parse.
_REFUSED = frozenset({"declined", "declines", "refrain", "refrains", "refrained", "abstain", "abstains", "abstained"})

#: Relations over which words hang on the subject that a warning is about.
_HANGING = frozenset({"xcomp", "pobj", "prep", "pcomp", "dobj", "conj", "compound", "acl", "appos", "amod"})

_CROSSES, _TICKS = "\u2717\u2718\u274c\U0001f6ab", "\u2713\u2714\u2705"

_CONTRASTS = (
    ("instead", "of"),
    ("rather", "than"),
    ("in", "place", "of"),
    ("as", "opposed", "to"),
    ("far", "from"),
    ("in", "lieu", "of"),
    ("short", "of"),
)


def negation(context: Context) -> str | None:
    """The words that negate or refuse the place, or None.

    Where a pattern asks for negations of its own (``context.negative``), those inside the words are part of them.
    """
    if _own_negation(context):
        return None
    return (
        _beside(context)
        or _fronted(context)
        or governing(context)
        or _refused_within(context)
        or _risk(context)
        or _refused_later(context)
        or _warned(context)
    )


def _own_negation(context: Context) -> bool:
    """A claim that is made of negations: "no X, no Y", "not one ... that we do not", "so that nobody joins"."""
    norms = context.norms(context.site.first, context.site.last)
    negatives = [norm for norm in norms if norm in NEGATIVES or norm.endswith("n't")]
    undone = [norm for norm in norms if norm.startswith("un") and norm.endswith("ed") and norm[2:4] not in {"it", "de"}]
    if len(negatives) + len(undone) > 1 and negatives:
        return True
    before = context.norms(max(context.low, context.site.first - 6), context.site.first)
    said_no = any(before[place : place + 2] in (["no", ","], ["no", ":"]) for place in range(len(before)))
    if negatives and not said_no and any(norm in NEGATIVES or norm.endswith("n't") for norm in before):
        return True
    said = [norm for norm in (*before, *norms) if norm.isalpha() or "'" in norm]
    if ("cannot", "have") in pairwise(said) and "and" in norms:
        return True
    return bool(negatives) and "so" in norms and "that" in norms


def _refused_within(context: Context) -> str | None:
    """The verb that refuses stands inside the words, between who acts and what is refused: "we declined to X"."""
    site = context.site
    for index in range(site.first, site.last):
        if context.tokens[index].norm in _REFUSED:
            return context.tokens[index].text
    return None


def _risk(context: Context) -> str | None:
    """A risk that a table names so that it does not happen: "Risk: partner launches X"."""
    if (
        context.norms(context.low, context.low + 2) not in (["risk", ":"], ["risks", ":"], ["danger", ":"])
        or context.is_label
    ):
        return None
    subject = context.first("risk-subject", context.low + 2, context.low + 5)
    return (
        context.text((context.low, context.low + 1))
        if subject is not None and subject[0] <= context.site.first
        else None
    )


def _refused_later(context: Context) -> str | None:
    """The words are taken up and refused: "X paints a target on the mast, and the policy excludes such projects"."""
    if context.is_label:
        return None
    text = context.site.text
    number = text.sentence_at(context.site.span.end - 1) if text.sentences else 0
    following = text.sentences[number + 1 : number + 2]
    end = text.token_at(following[0].end) if following else context.high
    stopped = context.cues.phrases("cessation-verb")
    for found in context.find("refusal-verb", context.site.last, end):
        if stopped.starting_at(context.tokens, found[0], found[1]):
            continue
        if context.norms(found[1], found[1] + 1) and context.norms(found[1], found[1] + 1)[0] in {
            "such",
            "this",
            "that",
            "it",
            "them",
            "either",
            "both",
        }:
            word = context.tokens[found[0] - 1].norm
            if word not in {"not", "never", "cannot", "to"} and not word.endswith("n't"):
                return context.text(found)
    return None


def _warned(context: Context) -> str | None:
    """An activity that is said to do harm: "X can put staff at risk"."""
    head, parse, site = context.head, context.parse, context.site
    if head is None or parse is None or context.is_label:
        return None
    top = head
    while top.dep in _HANGING and top.head != top.index:
        top = parse.words[top.head]
    subject = top.dep in {"nsubj", "csubj"} or (head.dep in {"nsubj", "csubj", "compound"} and head.pos in NOMINAL)
    if not subject and not any(
        word.dep in {"csubj"} or (word.dep == "relcl" and parse.words[word.head].dep == "nsubj")
        for word in (head, *parse.ancestors(head.index))
    ):
        return None
    found = context.first("warning", site.last, min(context.high, site.last + 9))
    if found is None or context.turns(site.last, found[0]):
        return None
    before = context.norms(max(site.last, found[0] - 3), found[0])
    return None if any(norm in NEGATIVES or norm.endswith("n't") for norm in before) else context.text(found)


def _beside(context: Context) -> str | None:
    """A cue directly before the words, with only small words between: "not X", "instead of X", "without any X"."""
    tokens, low = context.tokens, context.low
    index = context.site.first - 1
    ticks = [token.text for token in tokens[low : context.site.first] if token.text in _CROSSES + _TICKS]
    if ticks and ticks[-1] in _CROSSES:
        return ticks[-1]
    while index >= low and tokens[index].norm in _SKIPPED and not _contrast_at(context, index):
        index -= 1
    if index < low:
        return None
    word = tokens[index].norm
    if (
        word in {"not", "no", "never", "nor", "neither"}
        and not pseudo(context, index)
        and not _yes_or_no(context, index)
    ):
        return tokens[index].text
    opening = context.norms(low, low + 3)
    if (
        tokens[context.site.first - 1].norm == "to"
        and opening in (["it", "is", "not"], ["it", "was", "not"])
        and not pseudo(context, low + 2)
    ):
        return tokens[low + 2].text
    if context.is_label:
        return None
    contrast = _contrast_at(context, index)
    if contrast:
        return context.text((contrast, index + 1))
    refused = context.cues.phrases("refusal-verb").ending_at(tokens, index + 1, low)
    if refused > 1 and (index + 1 == context.site.first or tokens[index + 1].norm in {"of", "from", "to", "with"}):
        return context.text((index + 1 - refused, index + 1))
    if word == "without" and not pseudo(context, index) and not negative_before(context, index):
        return tokens[index].text
    light = context.cues.phrases("light-noun").ending_at(tokens, index + 1, low)
    if light and index > low:
        before = [norm for norm in context.norms(max(low, index - 3), index) if norm not in {"the", "a", "an", "any"}]
        if before and before[-1] in {"without", "no"}:
            return before[-1]
    return None


def _contrast_at(context: Context, index: int) -> int:
    """The first token of a contrasting preposition that ends at the index, or 0."""
    for words in _CONTRASTS:
        start = index - len(words) + 1
        if start >= context.low and tuple(context.norms(start, index + 1)) == words:
            return start or 0
    return 0


def _yes_or_no(context: Context, index: int) -> bool:
    """ "No" as an answer or a slogan ("no to X" is a refusal, "No, X" is not a determiner)."""
    following = context.tokens[index + 1].text if index + 1 < len(context.tokens) else ""
    return context.tokens[index].norm == "no" and following in {",", ":", "."}


def _fronted(context: Context) -> str | None:
    """A negative phrase at the beginning of the clause: "At no point did the review find that X"."""
    if context.is_label:
        return None
    found = context.first("negative-adverb", context.low, context.low + 4)
    if (
        found is None
        or found[0] - context.low > 1
        or found[1] > context.site.first
        or context.turns(found[1], context.site.first + 1)
    ):
        return None
    between = context.norms(found[1], context.site.first)
    kept = "from" in between and any(
        norm in KEEPING or norm.rstrip("sped") in KEEPING or norm == "kept" for norm in between
    )
    return None if kept or pseudo(context, found[0]) else context.text(found)


def _existential(parse: Parse, head: Word) -> bool:
    """ "There would be no X" tells of a time without X; "he is no X" denies the label."""
    return bool(children(parse, head.head, "expl"))


def denied_claim(context: Context) -> str | None:
    """A negation that denies the claim or the label itself: "nobody thinks that X", "he is not an X"."""
    parse, head = context.parse, context.head
    if parse is None or head is None:
        return None
    found = negation(context)
    if found is None:
        return None
    child = head
    for word in parse.ancestors(head.index):
        if child.dep == "ccomp" and (word.lemma in context.cues.single("claim-verb") or word.lemma in SHOWING):
            return found if negation_on(parse, word, child) is not None else None
        if child.dep in {"relcl", "advcl"}:
            break
        child = word
    if context.is_label and head.dep in {"attr", "oprd"} and not _existential(parse, head):
        return found
    return None
