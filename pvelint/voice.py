"""Who speaks: quotations, block quotations and indirect speech, and whether the speaker is the writer's own side.

The words of the organization's own staff, of its reports and of its data are its own words. Verbs that vouch for what
they introduce (show, prove, confirm) leave the claim with the writer; verbs that only report it do not.
"""

from __future__ import annotations

from pvelint.context import Context, Range
from pvelint.indirect import NOBODY, Speaker, indirect, is_own, is_verb, outsider
from pvelint.syntax import children

#: The hearers of these verbs are no speakers ("told us", "assured our visitors").
_ADDRESSING = frozenset(
    {
        "tell",
        "told",
        "tells",
        "telling",
        "assure",
        "assured",
        "remind",
        "reminded",
        "thank",
        "thanked",
        "ask",
        "asked",
        "warn",
        "warned",
        "advise",
        "advised",
        "inform",
    }
)

_OWN_LABEL = frozenset({"our", "we", "project", "campaign", "programme", "program", "entitled", "titled", "my"})

_SAY = frozenset({"write", "say", "call", "put", "use", "enter", "mark", "print", "label", "name", "type"})


def speaker(context: Context) -> Speaker | None:
    """Who is said to say the words; None where nobody is."""
    if context.quoted_range is not None:
        found = _of_quotation(context, context.quoted_range)
        if found is not None:
            return found
    return indirect(context)


def is_utterance(context: Context) -> bool:
    """The quotation is something that was said, not a word held at a distance: length, mark or a finite verb."""
    quotation = context.quotation
    if quotation is None:
        return False
    inner = context.site.block.text[quotation.inner.start : quotation.inner.end].strip()
    after = context.site.block.text[quotation.outer.end : quotation.outer.end + 1]
    if after == ":" and "," in inner:
        return True
    if inner[-1:] in ".!?\u2026," and (len(inner.split()) > 2 or inner[-1:] in "!,"):
        return True
    return len(inner.split()) > 6 or _is_clause(context, quotation.inner.start, quotation.inner.end)


def _is_clause(context: Context, start: int, end: int) -> bool:
    """The quotation has a finite verb with its subject."""
    parse, shift = context.parse, context.site.sentence.start
    if parse is None or start < shift:
        return False
    words = parse.within(start - shift, end - shift)
    inside = {word.index for word in words}
    return any(
        word.tag in {"VBZ", "VBP", "VBD", "MD"}
        and any(child.dep == "nsubj" and child.index in inside for child in children(parse, word.index))
        for word in words
    )


def own_label(context: Context) -> bool:
    """The quotation is the writer's own title or slogan, or what a reader is told to write."""
    quoted = context.quoted_range
    if quoted is None:
        return False
    start = max(context.low, quoted[0] - 4)
    before = context.norms(start, quoted[0])
    if any(word in _OWN_LABEL for word in before) and not outsider(
        context, (max(context.low, quoted[0] - 6), quoted[0])
    ):
        return True
    word = context.word_at(quoted[0] - 1) if quoted[0] > context.low else None
    parse = context.parse
    if word is None or parse is None or word.lemma not in _SAY or word.tag != "VB":
        return False
    return not any(child.dep in {"nsubj", "neg", "aux", "mark"} for child in children(parse, word.index))


def _of_quotation(context: Context, quoted: Range) -> Speaker | None:
    """The speaker in the tag of a quotation: before it, after it, or in a neighbouring sentence of the same speech."""
    tokens = context.tokens
    low, high = context.low, context.high
    before = _tag(context, low, quoted[0])
    after = _tag(context, quoted[1], max(high, _end_after(context, quoted[1])))
    for window in (before, after):
        if window is not None:
            return window
    if quoted[0] > low and (tokens[quoted[0] - 1].text == ":" or (tokens[quoted[0] - 1].text in '"\u201c' and False)):
        return Speaker(context.text((low, quoted[0] - 1)) or ":", is_own(context, (low, quoted[0])))
    noun = context.last("utterance-noun", max(low, quoted[0] - 5), quoted[0]) or context.first(
        "utterance-noun", quoted[1], quoted[1] + 6
    )
    if noun is not None:
        return Speaker(context.text(noun), is_own(context, (low, quoted[0])))
    return _tag_of_neighbour(context, quoted)


def _end_after(context: Context, index: int) -> int:
    """The end of the sentence in which a tag after a quotation stands."""
    text = context.site.text
    if index >= len(context.tokens) or not text.sentences:
        return index
    if context.tokens[index].norm[:1].isupper() or index >= len(context.tokens):
        return index
    sentence = text.sentences[text.sentence_at(context.tokens[index].start)]
    outer = context.quotation.outer if context.quotation else None
    if outer is not None and sentence.start >= outer.end:
        return index
    return text.token_at(sentence.end)


def _tag(context: Context, start: int, end: int) -> Speaker | None:
    """A verb of saying in a window outside the quotation, with its speaker."""
    verbs = [found for found in context.find("speech-verb", start, end) if is_verb(context, found)]
    verbs = [found for found in verbs if not (found[0] > start and context.tokens[found[0] - 1].norm in NOBODY)]
    if not verbs:
        return None
    verb = verbs[-1] if context.quoted_range and end <= context.quoted_range[0] else verbs[0]
    left, right = start, end
    if context.tokens[verb[0]].norm in _ADDRESSING:
        right = verb[1]
    own = is_own(context, (max(left, verb[0] - 10), min(right, verb[1] + 10)))
    return Speaker(context.text(verb), own)


def _tag_of_neighbour(context: Context, quoted: Range) -> Speaker | None:
    """ "A," says X. "B.": the second quotation is the same speaker's."""
    text = context.site.text
    for index in (context.site.sentence_index - 1, context.site.sentence_index + 1):
        if not 0 <= index < len(text.sentences):
            continue
        sentence = text.sentences[index]
        start, end = text.token_at(sentence.start), text.token_at(sentence.end)
        if not any(token.text in '"\u201c\u201d\u00ab\u00bb\u2018' for token in context.tokens[start:end]):
            continue
        verb = context.first("speech-verb", start, end)
        if verb is not None:
            return Speaker(context.text(verb), is_own(context, (max(start, verb[0] - 8), min(end, verb[1] + 8))))
    return None
