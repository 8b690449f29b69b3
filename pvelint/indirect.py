"""Indirect speech: "the minister said that X", "according to Y, X", "X, the mayor said", "the press calls them X"."""

from __future__ import annotations

from dataclasses import dataclass

from pvelint.context import Context, Range
from pvelint.language import Parse, Word
from pvelint.syntax import VERBAL, children

_COMPLEMENTS = frozenset({"ccomp", "xcomp", "acl", "dobj", "advcl", "pcomp"})

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

_ASCRIBING = frozenset({"attribute", "ascribe", "blame", "put", "pin"})

#: Finite forms that are nothing else, for where the parser took them for nouns.
_FINITE = frozenset(
    {
        "said",
        "says",
        "wrote",
        "writes",
        "told",
        "tells",
        "insists",
        "argued",
        "argues",
        "believes",
        "thinks",
        "warned",
        "warns",
    }
)

#: What a speaker is said to hold: "shares the view that X".
_HELD = frozenset({"view", "belief", "opinion", "conviction", "suspicion", "fear", "position", "feeling", "impression"})

#: Subjects that nobody in particular stands behind.
NOBODY = frozenset({"you", "one", "nobody", "none", "who"})


@dataclass(frozen=True)
class Speaker:
    """A speaker of the words: the cue that shows it, and whether it is the writer's own side."""

    evidence: str
    own: bool


def is_verb(context: Context, found: Range) -> bool:
    word = context.word_at(found[0]) if context.low <= found[0] < context.site.sentence_last else None
    if context.norms(found[1], found[1] + 1) in (["itself"], ["themselves"]):
        return False  # "the lesson writes itself" reports nobody's words
    if context.tokens[found[0]].norm in _FINITE:
        return True
    if word is not None and word.tag == "VB" and word.dep in {"ROOT", "ccomp", "advcl"} and context.parse is not None:
        return any(child.dep in {"nsubj", "aux"} for child in children(context.parse, word.index))
    if word is None or word.pos in VERBAL or found[1] - found[0] > 1:
        return True
    return word.tag in {"VBZ", "VBD", "VBP", "VBN"} or (
        word.pos == "NOUN" and word.text.endswith("s") and word.dep in {"ROOT", "dep"}
    )


def outsider(context: Context, window: Range) -> bool:
    return context.first("outside-speaker", *window) is not None


def is_own(context: Context, window: Range) -> bool:
    """The speaker in a window is one's own: named as such, and no partner, donor or other body."""
    own = [
        found
        for found in context.find("own-speaker", *window)
        if context.tokens[found[0]].norm not in {"i"} or context.tokens[found[0]].text == "I"
    ]
    own = [found for found in own if not context.inside_quotation(found[0])]
    return bool(own) and all(context.inside_quotation(found[0]) for found in context.find("outside-speaker", *window))


def indirect(context: Context) -> Speaker | None:
    """Indirect speech: by the parse ("the minister said that X"), by phrases ("according to X"), by the verb."""
    found = _phrase(context)
    if found is not None:
        return found
    parse, head = context.parse, context.head
    if parse is not None and head is not None:
        child = head
        for word in parse.ancestors(head.index):
            if child.dep in {"relcl", "appos"} or (child.dep == "advcl" and context.is_claim is False):
                break
            if _reports(context, parse, word, child):
                subject = _subject(parse, word)
                if subject is not None and subject.lemma in NOBODY:
                    break
                verb = context.token_of(word)
                if verb is not None and verb < context.site.first and context.turns(verb, context.site.first + 1):
                    break
                return Speaker(word.text, _own_subject(context, parse, word, subject))
            child = word
        told = _parenthetical(context, parse, head)
        if told is not None:
            return told
    return _verb_before(context)


def _reports(context: Context, parse: Parse, word: Word, child: Word) -> bool:
    verbs = context.cues.single("claim-verb")
    if any(
        inner.lemma in {"why", "how", "whether", "if", "what"}
        for inner in children(parse, child.index, "advmod", "mark")
    ):
        return False
    if word.lemma in _HELD and child.dep in {"acl", "ccomp"}:
        return word.dep in {"dobj", "pobj"}
    if word.pos in VERBAL and word.lemma in verbs and child.dep in _COMPLEMENTS:
        if child.dep in {"ccomp"}:
            return True
        return child.dep == "dobj" and word.lemma in {"say", "allege", "suspect", "claim", "predict"}
    if word.pos in VERBAL and child.dep == "prep" and child.lemma in {"to", "on"} and word.lemma in _ASCRIBING:
        return word.lemma != "put" or any(inner.lemma == "down" for inner in children(parse, word.index))
    if word.pos in VERBAL and word.lemma == "have" and child.dep == "ccomp":
        return any(inner.lemma == "it" for inner in children(parse, word.index))
    return (
        word.lemma in context.cues.lemmas("claim-adjective")
        and child.dep in {"ccomp", "acl", "xcomp"}
        and word.pos in {"ADJ", "VERB"}
    )


def _subject(parse: Parse, verb: Word) -> Word | None:
    found = children(parse, verb.index, *_SUBJECTS)
    if found:
        return found[0]
    if verb.dep in {"conj", "acomp", "xcomp", "advcl"} and verb.head != verb.index:
        return _subject(parse, parse.words[verb.head])
    return None


def _own_subject(context: Context, parse: Parse, verb: Word, subject: Word | None) -> bool:
    if subject is None:
        return verb.dep == "ROOT" and verb.tag == "VB"
    words = [
        subject,
        *[word for word in parse.words if any(up.index == subject.index for up in parse.ancestors(word.index))],
    ]
    start = context.site.sentence.start
    tokens = [context.site.text.token_at(start + word.start) for word in words]
    low, high = min(tokens), max(tokens) + 1
    return is_own(context, (low, high))


def _phrase(context: Context) -> Speaker | None:
    """ "According to X, ...", "in X's view ...", "as X told us, ..."."""
    low, high = context.low, context.high
    for found in (*context.find("attribution-phrase", low, high),):
        if context.site.first <= found[0] < context.site.last:
            continue
        if (
            context.norms(*found)[0] in {"to", "if", "citing"}
            and found[0] != low
            and context.tokens[found[0] - 1].text != ","
        ):
            continue
        return Speaker(context.text(found), is_own(context, (found[0], min(high, found[1] + 6))))
    tokens = context.tokens
    for found in context.find("attribution-noun", low, min(high, context.site.first)):
        start = next(
            (
                index
                for index in range(found[0] - 1, max(low - 1, found[0] - 8), -1)
                if tokens[index].norm in {"in", "to"}
            ),
            None,
        )
        if (start is not None and "'s" in context.norms(start, found[0])) or (
            start is not None and "'" in context.norms(start, found[0])
        ):
            return Speaker(context.text((start or 0, found[1])), is_own(context, (start or 0, found[1])))
    if tokens[low].norm == "as":
        verb = context.first("claim-verb", low + 1, min(low + 10, context.site.first))
        if verb is not None and any(token.text == "," for token in tokens[verb[1] : context.site.first]):
            return Speaker(context.text((low, verb[1])), is_own(context, (low, verb[0])))
    return None


def _parenthetical(context: Context, parse: Parse, head: Word) -> Speaker | None:
    """ "X, the mayor said": the tag follows the words behind a comma."""
    last = context.site.last
    tokens = context.tokens
    if last >= context.high or tokens[last].text not in {",", "\u2013", "\u2014"}:
        return None
    verb = context.first("claim-verb", last + 1, min(last + 9, context.high))
    if (
        verb is None
        or not is_verb(context, verb)
        or any(token.text in {",", ";"} for token in tokens[last + 1 : verb[0]])
    ):
        return None
    words = context.norms(last + 1, verb[0])
    if not words or words[0] in {
        "and",
        "but",
        "or",
        "who",
        "which",
        "that",
        "so",
        "because",
        "as",
        "to",
        "if",
        "although",
        "while",
        "when",
    }:
        return None
    if (
        verb[1] < context.high
        and tokens[verb[1]].kind == "word"
        and tokens[verb[1]].norm not in {"in", "on", "at", "yesterday", "today", "last", "during", "to", "us", "after"}
    ):
        return None
    del parse, head
    return Speaker(context.text(verb), is_own(context, (last + 1, verb[0])))


def _verb_before(context: Context) -> Speaker | None:
    """A verb of claiming right before the words, where the parser missed it: "Chief says people ...", "says that X"."""
    first, low = context.site.first, context.low
    for start in range(first - 1, max(low, first - 5) - 1, -1):
        length = context.cues.phrases("claim-verb").starting_at(context.tokens, start, first)
        if not length or start == low or not is_verb(context, (start, start + length)):
            continue
        between = context.norms(start + length, first)
        if (
            between
            and between[0] != "that"
            and not (
                context.is_claim
                and all(norm in {"the", "a", "an", "all", "every", "each", "these", "those"} for norm in between)
            )
        ):
            return None
        if not between and not context.is_claim:
            return None
        before = context.norms(max(low, start - 6), start)
        if before and before[-1] in {"to", "not", "n't", "never", "can", "will", "would", "may"}:
            return None
        return Speaker(context.text((start, start + length)), is_own(context, (max(low, start - 6), start)))
    return None


def reported_label(context: Context) -> str | None:
    """ "The press calls them X": the label is somebody else's, and left standing."""
    first, low = context.site.first, context.low
    verb = context.last("label-verb", max(low, first - 8), first)
    if verb is None or not is_verb(context, verb):
        return None
    word = context.word_at(verb[0])
    if word is not None and word.pos not in VERBAL:
        return None
    between = [token for token in context.tokens[verb[1] : first] if token.kind == "word"]
    if len(between) > 3 or context.turns(verb[1], first):
        return None
    before = (max(low, verb[0] - 4), verb[0])
    if is_own(context, before) or before[0] == before[1]:
        return None
    return context.text(verb)


def stem(verb: str) -> str:
    """A verb without the ending that tells who and when: calls, called, call."""
    for ending in ("ing", "ed", "es", "s", "e"):
        if verb.endswith(ending) and len(verb) > len(ending) + 2:
            return verb[: -len(ending)]
    return verb
