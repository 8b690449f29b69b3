"""Mention: words that are talked about, not used ("the term X", "do not write X", a word in quotation marks)."""

from __future__ import annotations

from pvelint.context import Context, Range
from pvelint.language import Parse
from pvelint.voice import is_utterance, own_label, speaker

#: How far (tokens) a word about words may stand from the words discussed.
_REACH = 4
#: Verbs of writing: an instruction with one of them is about words.
_WRITING = frozenset({"write", "writing", "say", "saying", "called", "call", "calling", "speak"})
_GLUE = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "as",
        "like",
        "such",
        "or",
        "and",
        "for",
        "is",
        "are",
        "to",
        "using",
        "use",
        "any",
        "all",
        "these",
        "those",
        "being",
        "say",
        "write",
        "phrase",
        "be",
        "terms",
        "words",
        "e.g",
        "eg",
    ]
)
_BE = frozenset({"be", "am", "is", "are", "was", "were", "been", "being", "get", "gets", "got"})
_NEGATION = frozenset({"not", "never", "no", "don't", "doesn't", "stop", "avoid", "without"})
_OWN = frozenset({"we", "our", "us", "i", "iom", "my"})
_OWN_THINGS = frozenset(
    {"project", "programme", "program", "campaign", "action", "component", "series", "initiative", "activity"}
)
_CLOSE = frozenset({'"', "\u201d", "\u2019", "'", "\u00bb", "\u201c", "\u2018"})
_OPEN = frozenset({'"', "\u201c", "\u2018", "'", "\u00ab", "\u201e"})


def mention(context: Context) -> str | None:
    """The words that show that the place is mentioned, or None."""
    site = context.site
    quoted = context.quoted_range
    in_one_breath = context.first("mention-after", site.last, min(context.high, site.last + 6))
    if in_one_breath is not None:
        return context.text(in_one_breath)
    if quoted is None:
        return _evidence(context, site.first, site.last) or _listed(context) or _glossed(context)
    inside = sum(token.kind == "word" for token in context.tokens[quoted[0] : quoted[1]])
    own = sum(token.kind == "word" for token in context.tokens[site.first : site.last])
    whole = inside <= own + 2
    utterance = is_utterance(context)
    if not whole and inside > own + 3:
        if not utterance and _noun_before(context, quoted[0]):
            return _noun_before(context, quoted[0])
        return _evidence(context, site.first, site.last, quoted=quoted)
    if (
        not utterance
        and not own_label(context)
        and context.norms(max(context.low, quoted[0] - 1), quoted[0]) in (["not"], ["never"])
    ):
        return context.text((quoted[0] - 1, quoted[0]))
    evidence = _evidence(context, min(quoted[0], site.first), max(quoted[1], site.last))
    if evidence is not None and not (utterance and _has_utterance_noun(context, quoted)):
        return evidence
    if utterance or own_label(context) or _has_utterance_noun(context, quoted):
        return None
    who = speaker(context)
    if who is not None and not _about_words(context, quoted):
        return None
    return context.text(quoted)


def _has_utterance_noun(context: Context, quoted: Range) -> bool:
    return context.last("utterance-noun", max(context.low, quoted[0] - 4), quoted[0]) is not None


def _about_words(context: Context, quoted: Range) -> bool:
    """The sentence finds fault with the words in quotation marks, or the label stands in an aside."""
    parse, word = context.parse, context.word_at(quoted[0])
    verb = context.last("label-verb", max(context.low, quoted[0] - 5), quoted[0])
    if verb is not None and parse is not None:
        governor = context.word_at(verb[0])
        if governor is not None and (
            governor.dep in {"relcl", "acl", "csubj", "pcomp"}
            or "what" in context.norms(max(context.low, verb[0] - 4), verb[0])
        ):
            return True
    critic = context.last("criticism-verb", context.low, quoted[0])
    del word
    return critic is not None and context.governs(critic, reach=8) and not context.turns(critic[1], quoted[0])


def _noun_before(context: Context, first: int) -> str | None:
    noun = context.last("mention-noun", max(context.low, first - _REACH), first)
    if noun is None or _in_the_words_of(context, noun):
        return None
    return context.text(noun) if _only_glue(context, noun[1], first) else None


def _in_the_words_of(context: Context, noun: Range) -> bool:
    """ "In its own words", "in the words of": no talk about words."""
    before = context.norms(max(context.low, noun[0] - 3), noun[0])
    return context.tokens[noun[0]].norm == "words" and ("in" in before or "own" in before)


def _evidence(context: Context, first: int, last: int, quoted: Range | None = None) -> str | None:
    """Words about words close to the range: "the term X", "called X", "do not write X", "so-called X"."""
    low = context.low if quoted is None else max(context.low, quoted[0] + 1)
    start = max(low, first - _REACH)
    return (
        _noun_before(context, first)
        or _enumerated(context, first)
        or _noun_after(context, last)
        or _by_verb(context, start, first)
        or _prefix(context, start, first)
        or _instruction(context, low, first)
        or _predicate(context, first, last)
    )


def _enumerated(context: Context, first: int) -> str | None:
    """A further member of a list: labels such as "X" or "Y", stopped speaking of "X" and of "Y"."""
    low = max(context.low, first - 16)
    noun = context.last("mention-noun", low, first)
    if noun is not None and (
        _in_the_words_of(context, noun) or context.norms(noun[1], noun[1] + 1)[0] not in {"such", "like", ":", *_OPEN}
    ):
        noun = None
    found = noun or context.last("mention-instruction", low, first)
    if found is None or found[1] >= first:
        return None
    between = context.tokens[found[1] : first]
    if sum(token.text in _OPEN or token.text in "\u201d\u2019\u00bb" for token in between) < 2:
        return None
    joined = all(token.norm in {"and", "or", ",", "nor", "of"} or token.text in _CLOSE for token in between[-2:])
    return context.text(found) if joined else None


def _noun_after(context: Context, last: int) -> str | None:
    """A word about words follows: "X" label, X is a harmful term, X, a label that hides ..."""
    after = context.first("mention-noun", last, min(context.high, last + 6))
    if after is None:
        return None
    between = context.tokens[last : after[0]]
    if all(token.kind == "mark" for token in between):
        return context.text(after) if len(between) <= 1 else None
    if between[0].kind == "possessive":
        return None
    turned = (
        between[0].text in {",", "\u2013", "\u2014", ":"}
        and len(between) > 1
        and between[1].norm in {"a", "an", "another", "the"}
    )
    return context.text(after) if between[0].norm in _BE or turned else None


def _by_verb(context: Context, start: int, first: int) -> str | None:
    """They are labelled X; neighbours brand them X. What the writer's own side does, or asks for, is its own use."""
    verb = context.last("mention-verb", start - 2, first)
    if verb is not None and _only_glue(context, verb[1], first, objects=True) and not _own_act(context, verb):
        return context.text(verb)
    label = context.last("label-verb", start, first)
    if label is not None and _only_glue(context, label[1], first) and _passive(context, label[0]):
        if set(context.norms(max(context.low, label[0] - 4), label[0])) & _OWN_THINGS:
            return None
        agent = context.norms(label[1], first)
        return None if "by" in agent else context.text(label)
    return None


def _own_act(context: Context, verb: Range) -> bool:
    before = context.norms(max(context.low, verb[0] - 4), verb[0])
    if any(norm in _NEGATION for norm in before):
        return False
    if any(norm in _OWN for norm in before):
        return True
    word = context.word_at(verb[0])
    parse: Parse | None = context.parse
    if word is None or parse is None or word.tag not in {"VB", "VBP"}:
        return False
    return verb[0] == context.low and not any(
        parse.words[child].dep.startswith("nsubj") for child in parse.children[word.index]
    )


def _prefix(context: Context, start: int, first: int) -> str | None:
    prefix = context.last("mention-prefix", start, first)
    return context.text(prefix) if prefix is not None and prefix[1] >= first - 1 else None


def _instruction(context: Context, low: int, first: int) -> str | None:
    instruction = context.last("mention-instruction", max(low, first - 7), first)
    if instruction is None or not _only_glue(context, instruction[1], first, objects=True):
        return None
    words = context.tokens[instruction[0] : instruction[1]]
    marked = context.tokens[first].text in _OPEN or context.tokens[first].text == "#"
    if any(token.norm in _WRITING for token in words) and (marked or _adjacent(context, instruction[1], first)):
        return context.text(instruction)
    return context.text(instruction) if marked and _only_glue(context, instruction[1], first) else None


def _adjacent(context: Context, start: int, first: int) -> bool:
    """The words follow at once, or after one object ("stop calling them X"), and no "that" makes them a claim."""
    between = context.norms(start, first)
    return "that" not in between and len(between) <= 3


def _predicate(context: Context, first: int, last: int) -> str | None:
    """Quotation marks and a verb about meaning: "X" locates the crisis in the people."""
    if context.quoted_range is None or context.tokens[first].text not in _OPEN:
        return None
    if first != context.low and context.tokens[first - 1].text not in {".", ":", ";", ","}:
        return None
    found = context.first("mention-predicate", last, min(context.high, last + 3))
    return context.text(found) if found is not None else None


def _glossed(context: Context) -> str | None:
    """An entry of a glossary: "X: do not use"."""
    last = context.site.last
    if last >= context.high or context.tokens[last].text not in {":", "\u2013", "\u2014"}:
        return None
    found = context.first("mention-instruction", last + 1, min(last + 5, context.high)) or context.first(
        "mention-noun", last + 1, min(last + 4, context.high)
    )
    return context.text(found) if found is not None else None


_LISTS = frozenset(
    {"word", "words", "terms", "term", "phrases", "avoid", "instead", "labels", "expressions", "not", "don't"}
)


def _listed(context: Context) -> str | None:
    """A list of words under a lead-in with a colon: "Words that we do not use: X, Y"."""
    tokens = context.tokens
    first = context.site.first if context.site.first > context.low else context.site.last
    colon = next((index for index in range(first - 1, context.low - 1, -1) if tokens[index].text in {":", "|"}), None)
    if colon is None or tokens[colon].text != ":":
        return None
    start = context.low
    for index in range(colon - 1, context.low - 1, -1):
        if tokens[index].text == "|":
            start = index + 1
            break
    lead = context.norms(start, colon)
    if not lead or len(lead) > 10:
        return None
    if (
        lead == ["avoid"]
        or lead[:2] in (["not", "this"], ["instead", "of"])
        or (lead[0] in {"avoid", "never"} and len(lead) < 4 and lead[-1] in _LISTS)
    ):
        return context.text((start, colon))
    words = next((norm for norm in lead if norm in {"words", "terms", "phrases", "labels", "expressions"}), None)
    if words and any(
        norm in {"not", "avoid", "no", "never", "longer", "don't", "banned", "wet", "stop", "stopped"} for norm in lead
    ):
        return context.text((start, colon))
    return None


def _only_glue(context: Context, start: int, end: int, *, objects: bool = False) -> bool:
    """Whether only marks and small words stand between a cue and the words (one object is allowed for)."""
    content = [token for token in context.tokens[start:end] if token.kind == "word" and token.norm not in _GLUE]
    if any(token.text in {".", ";", "?", "!"} for token in context.tokens[start:end]):
        return False
    return len(content) <= (2 if objects else 0)


def _passive(context: Context, verb: int) -> bool:
    """Whether a form of *be* stands shortly before the verb: "they are called X"."""
    before = context.norms(max(context.low, verb - 3), verb)
    return any(norm in _BE for norm in before) and not any(norm in _OWN for norm in before)
