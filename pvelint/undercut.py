"""Rebuttal by the neighbours: a question answered with no, a claim undercut by what follows, "Myth:".

What follows is the clause behind a semicolon or dash, or a later sentence of the block. A flat rejection ("This is
false") counts for any claim; records that tell another story, a plain negation or another speaker's words count only
when the claim was a question or somebody else's.
"""

from __future__ import annotations

from itertools import pairwise

from pvelint.context import Context, Range
from pvelint.indirect import Speaker, reported_label, stem
from pvelint.voice import speaker
from pvelint.wordforms import word_set

_BREAKS = frozenset({";", "\u2014", "\u2013", "|"})
_QUESTION_WORDS = frozenset({"why", "how", "when", "where", "what", "which", "who", "whose", "whom"})
_NEGATIVES = frozenset(
    {"not", "no", "never", "none", "nothing", "nobody", "nowhere", "neither", "hardly", "cannot", "nor"}
)
_ANAPHORS = frozenset(
    {"this", "that", "it", "these", "those", "they", "such", "he", "she", "so", "neither", "both", "which"}
)
_CHAIN = frozenset({"this", "that", "it", "so", "such", "the", "these", "they"})
_OPPOSED = frozenset({"otherwise", "opposite", "reverse", "contrary", "different", "another"})


def undercut(context: Context) -> str | None:
    """The words around the sentence that reject the claim, or None."""
    announced = _announced(context)
    if announced is not None:
        return announced
    who = speaker(context)
    label = reported_label(context) if who is None else None
    if label is not None:
        who = Speaker(label, own=False)
    asked = _asked(context)
    found = _aside(context, who)
    if found is not None:
        return found
    for number, segment in enumerate(_following(context)):
        found = (
            _taken_back(context, segment)
            or _flat(context, segment, first=number == 0)
            or _anaphoric(context, segment)
            or _withdrawn(context, segment)
            or _taken_back(context, segment)
            or _records(context, segment)
        )
        if found is not None:
            return found
        weak = number == 0 and (asked or (who is not None and not who.own))
        if weak:
            found = (
                _answer(context, segment, asked=asked)
                or _advice(context, segment)
                or _retracted(context, segment)
                or _other_speaker(context, segment, who)
            )
            if found is not None:
                return found
        if context.norms(segment[0], segment[0] + 1) and context.norms(segment[0], segment[0] + 1)[0] not in _CHAIN:
            break
    return None


def _aside(context: Context, who: Speaker | None) -> str | None:
    """Somebody says X, although the data do not show it; X, a statement that has since been corrected."""
    tokens = context.tokens
    start = context.site.last
    if context.quoted_range is not None:
        start = max(start, context.quoted_range[1])
    comma = next(
        (
            index
            for index in range(start, context.high)
            if tokens[index].text in {",", "(", "\u2013", "\u2014"} or tokens[index].norm in _TURNS
        ),
        None,
    )
    if comma is None or comma - start > 14:
        return None
    noun = context.first("claim-noun", comma, min(comma + 4, context.high))
    if noun is not None and context.norms(comma + 1, comma + 2)[:1] in (["a"], ["an"], ["the"]):
        found = (
            context.first("retraction-verb", noun[1], context.high)
            or context.first("rebuttal-adjective", comma, context.high)
            or context.first("rebuttal-noun", comma, context.high)
        )
        if found is not None:
            return context.text(found)
    if who is None or who.own:
        return None
    turn = next((index for index in range(comma, min(comma + 8, context.high)) if tokens[index].norm in _TURNS), None)
    if turn is None:
        words = context.norms(comma + 1, comma + 5)
        if words[:1] == ["and"] and ("not" in words or "no" in words):
            return context.text((comma + 1, min(comma + 5, context.high)))
        return None
    rest = context.norms(turn, min(turn + 16, context.high))
    if (
        any(norm in _NEGATIVES or norm.endswith("n't") for norm in rest)
        or context.first("evidence-source", turn, min(turn + 6, context.high)) is not None
    ):
        return tokens[turn].text
    return None


def _advice(context: Context, segment: Range) -> str | None:
    """People will say that X. Ask them what was there before."""
    start, end = segment
    word = context.cues.phrases("answering").starting_at(context.tokens, start, end)
    if not word or context.tokens[start].norm.endswith(("ed", "s")):
        return None
    return context.text((start, start + word))


_TURNS = frozenset({"although", "though", "but", "yet", "whereas", "however"})


def _following(context: Context) -> list[Range]:
    """The clause after a semicolon or dash, then up to three sentences."""
    tokens, text = context.tokens, context.site.text
    found: list[Range] = []
    for index in range(context.site.last, context.high):
        if tokens[index].text in _BREAKS and index + 2 < context.high:
            found.append((index + 1, context.high))
            break
        if tokens[index].text == ":" and context.norms(index + 1, index + 2)[:1] in (
            ["that"],
            ["this"],
            ["it"],
            ["no"],
        ):
            found.append((index + 1, context.high))
            break
    number = text.sentence_at(context.site.span.end - 1) if text.sentences else 0
    for sentence in text.sentences[number + 1 : number + 4]:
        start, end = text.token_at(sentence.start), text.token_at(sentence.end)
        if start < end:
            found.append((start, end))
    return found


def _announced(context: Context) -> str | None:
    """ "Myth: X", "FALSE: X"."""
    start = context.low
    if start >= context.site.first:
        return None
    length = context.cues.phrases("rebuttal-previous").starting_at(context.tokens, start, context.site.first)
    end = start + length
    while length and end < context.site.first and context.tokens[end].norm.isdigit():
        end += 1
    if length and context.tokens[end].text in {":", "|", "\u2013", "\u2014"}:
        return context.text((start, start + length))
    return None


def _asked(context: Context) -> bool:
    """The sentence is a question that can be answered with no."""
    text = context.site.block.text
    last = context.tokens[context.high - 1]
    tail = text[last.start : last.end + 2]
    if "?" not in tail and "?" not in [
        token.text for token in context.tokens[context.site.last : min(context.high, context.site.last + 12)]
    ]:
        return False
    words = [norm for norm in context.norms(context.low, context.low + 4) if norm.isalpha()]
    return not any(word in _QUESTION_WORDS for word in words[:2])


def _flat(context: Context, segment: Range, *, first: bool) -> str | None:
    """A flat rejection at the beginning."""
    start, end = segment
    while start < end and context.tokens[start].text in {'"', "\u201c", "(", "A", ":"}:
        start += 1
    if start >= end or not first:
        return None
    length = context.cues.phrases("rebuttal-next").starting_at(context.tokens, start, end)
    if not length:
        return None
    norm = context.tokens[start].norm
    if length == 1 and norm in {"no", "never", "hardly", "wrong", "false", "untrue", "nonsense", "rubbish"}:
        following = context.tokens[start + 1].text if start + 1 < len(context.tokens) else "."
        if following not in {".", "!", ",", ";", ":", "\u2014", "\u2013"}:
            return None
    return context.text((start, start + length))


_WITHDRAWN = frozenset({"withdrawn", "dropped", "retired", "abandoned", "deleted", "struck", "corrected", "removed",
                        "discarded", "buried", "shelved", "withdrew", "abandon", "revised"})  # fmt: skip


def _withdrawn(context: Context, segment: Range) -> str | None:
    """ "We have withdrawn it.", "The endline has retired it.": the claim before is no longer held."""
    start, end = _clause(context, *segment)
    for index in range(start, min(end - 1, start + 9)):
        norms = context.norms(index + 1, index + 3)
        gone = context.tokens[index].norm in _WITHDRAWN and norms and norms[0] in {"it", "this", "that", "them"}
        if gone and not any(norm in _NEGATIVES for norm in context.norms(start, index)):
            return context.text((index, index + 2))
    return None


def _anaphoric(context: Context, segment: Range) -> str | None:
    """This / the claim / so runs a belief ... is false, does not hold, has been deleted, a quarter of a truth."""
    start, end = segment
    clause = _clause(context, start, end)
    noun = context.first("claim-noun", start, min(start + 5, clause[1]))
    opening = context.norms(start, start + 2)
    anaphor = bool(opening) and (
        opening[0] in _ANAPHORS
        or (noun is not None and opening[0] in {"the", "this", "that", "such", "these", "his", "her", "their"})
    )
    if not anaphor:
        noun = context.first("claim-noun", start, end)
        if noun is None or context.norms(noun[0] - 1, noun[0]) not in (["that"], ["this"], ["such"]):
            return None
    found = context.first("rebuttal-noun", start, end) or context.first("rebuttal-adjective", start, end)
    if found is not None and (anaphor or noun is not None) and not _supported(context, start, found):
        if noun is not None and found == noun:
            found = context.first("rebuttal-adjective", start, end)
        if found is not None and (noun is not None or _copula_before(context, start, found)):
            return context.text(found)
    if noun is None and opening[:1] not in (["it"], ["this"], ["that"]):
        return None
    retraction = context.first("retraction-verb", start, end)
    if retraction is not None and any(
        norm in {"has", "have", "was", "been", "were", "had", "be", "is"}
        for norm in context.norms(start, retraction[0])
    ):
        return context.text(retraction)
    truth = next(
        (
            index
            for index in range(start, end)
            if context.tokens[index].norm
            in {"true", "truth", "correct", "case", "supported", "borne", "hold", "follow", "fact"}
        ),
        None,
    )
    if truth is not None:
        for index in range(start, truth):
            norm = context.tokens[index].norm
            if (
                norm in _NEGATIVES
                or norm.endswith("n't")
                or norm in {"quarter", "half", "part", "best", "partly", "little"}
            ):
                return context.text((index, truth + 1))
    return None


def _supported(context: Context, start: int, found: Range) -> bool:
    return any(
        norm in {"not", "no", "hardly"} or norm.endswith("n't")
        for norm in context.norms(max(start, found[0] - 3), found[0])
    )


def _copula_before(context: Context, start: int, found: Range) -> bool:
    before = context.norms(start, found[0])
    near = before[-3:]
    if near[:1] in (["it"], ["that"], ["this"]) and near[1:2] in (["is"], ["was"]):
        return True
    return len(before) <= 6 and any(
        norm in {"is", "was", "are", "were", "'s", "it's", "that's", "remains", "been"} for norm in before
    )


def _records(context: Context, segment: Range) -> str | None:
    """The data say otherwise, twenty years of records say no, police found no link."""
    start, end = segment
    source = context.first("evidence-source", start, min(end, start + 10))
    if source is None:
        return None
    contrary = context.first("evidence-contrary", source[1], end)
    if contrary is None:
        return None
    words = context.norms(*contrary)
    strong = (
        words[0] in _OPPOSED
        or len(words) > 1
        or words[0] in {"contradict", "contradicts", "refute", "refutes", "disagree", "belie", "belies"}
    )
    if strong:
        return context.text((source[0], contrary[1]))
    who = speaker(context)
    return context.text((source[0], contrary[1])) if _asked(context) or (who is not None and not who.own) else None


def _clause(context: Context, start: int, end: int) -> Range:
    stop = next((index for index in range(start, end) if context.tokens[index].text in {";", "\u2014"}), end)
    return start, stop


def _in_quotation(context: Context, segment: Range) -> bool:
    return segment[0] < len(context.tokens) and context.tokens[segment[0]].text in {'"', "\u201c", "\u2018", "\u00ab"}


def _answer(context: Context, segment: Range, *, asked: bool) -> str | None:
    """A negation in the sentence that answers: "Nothing in the files points that way."; "He has never been there."."""
    start, end = segment
    if _in_quotation(context, segment) or _inside_same_quotation(context, segment):
        return None
    if context.tokens[end - 1].text == "?":
        return None
    answer = context.cues.phrases("rebuttal-answer").starting_at(context.tokens, start, end)
    if answer and not asked:
        return context.text((start, start + answer))
    for index in range(start, min(end, start + (14 if asked else 10))):
        norm = context.tokens[index].norm
        if norm in _NEGATIVES or norm.endswith("n't"):
            pseudo = context.cues.phrases("pseudo-negation")
            if pseudo.starting_at(context.tokens, index, end) or (
                index > start and pseudo.starting_at(context.tokens, index - 1, end)
            ):
                return None
            return context.tokens[index].text
    return None


def _inside_same_quotation(context: Context, segment: Range) -> bool:
    quotation = context.quotation
    return quotation is not None and context.tokens[segment[0]].start < quotation.inner.end


#: What a document puts down and can take out again.
_PUT_DOWN = word_set(
    "promise plan sentence line phrase passage proposal idea component activity wording claim clause "
    "paragraph goal aim objective output indicator item section element commitment intention ambition "
    "part title slogan "
)


def _taken_back(context: Context, segment: Range) -> str | None:
    """ "The team removed that promise": what was put down is taken out again, whoever had put it down."""
    found = context.first("retraction-verb", *segment)
    if found is None:
        return None
    after = context.norms(found[1], found[1] + 4)
    before = context.norms(max(segment[0], found[0] - 5), found[0])
    for words in (after, before):
        for first, second in pairwise(words):
            if first in {"that", "this", "the"} and second in _PUT_DOWN:
                negated = any(word in _NEGATIVES or word.endswith("n't") for word in before)
                return None if negated else context.text(found)
    return None


def _retracted(context: Context, segment: Range) -> str | None:
    """It printed a correction; the broadcaster apologized; the staff declined."""
    if _inside_same_quotation(context, segment) or _in_quotation(context, segment):
        return None
    start, end = segment
    nouns = ("correction", "apology", "retraction", "rebuttal", "denial", "clarification")
    for index in range(start, end):
        if context.tokens[index].norm in nouns:
            return context.tokens[index].text
    found = context.first("retraction-verb", start, end)
    if found is None:
        return None
    word = context.tokens[found[0]].norm
    return (
        context.text(found)
        if word.startswith(
            (
                "retract",
                "withdr",
                "correct",
                "apolog",
                "delet",
                "declin",
                "refus",
                "disown",
                "reject",
                "dismiss",
                "reprimand",
                "disprov",
                "refut",
            )
        )
        else None
    )


def _other_speaker(context: Context, segment: Range, who: Speaker | None) -> str | None:
    """The petition speaks of X. The register speaks of Y: the same verb, another subject, another version."""
    if who is None or _inside_same_quotation(context, segment) or _in_quotation(context, segment):
        return None
    verb = context.cues.phrases("speech-verb")
    mine = stem(who.evidence.lower().split()[-1])
    start, end = segment
    if not any(stem(norm) == mine for norm in context.norms(context.low, start)):
        return None  # the only verb of saying is the one found here: nobody spoke before
    for index in range(start + 1, min(end, start + 8)):
        if stem(context.tokens[index].norm) == mine and verb.starting_at(context.tokens, index, end):
            return context.text((start, index + 1))
    return None
