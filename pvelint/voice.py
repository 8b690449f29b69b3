"""Who speaks: quotations, block quotations and indirect speech, and whether the speaker is the writer's own side.

The words of the organization's own staff, of its reports and of its data are its own words. Verbs that vouch for what
they introduce (show, prove, confirm) leave the claim with the writer; verbs that only report it do not.
"""

from __future__ import annotations

from dataclasses import dataclass

from pvelint.context import Context, Range
from pvelint.language import Parse, Word
from pvelint.syntax import VERBAL, children

#: The hearers of these verbs are no speakers ("told us", "assured our visitors").
_ADDRESSING = frozenset({"tell", "told", "tells", "telling", "assure", "assured", "remind", "reminded", "thank", "thanked", "ask", "asked", "warn", "warned", "advise", "advised", "inform"})
_COMPLEMENTS = frozenset({"ccomp", "xcomp", "acl", "dobj", "advcl", "pcomp"})
_OWN_LABEL = frozenset({"our", "we", "project", "campaign", "programme", "program", "entitled", "titled", "my"})
_SAY = frozenset({"write", "say", "call", "put", "use", "enter", "mark", "print", "label", "name", "type"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_ASCRIBING = frozenset({"attribute", "ascribe", "blame", "put", "pin"})
#: Finite forms that are nothing else, for where the parser took them for nouns.
_FINITE = frozenset({"said", "says", "wrote", "writes", "told", "tells", "insists", "argued", "argues", "believes", "thinks", "warned", "warns"})
#: Subjects that nobody in particular stands behind.
_NOBODY = frozenset({"you", "one", "nobody", "none", "who"})


@dataclass(frozen=True)
class Speaker:
    """A speaker of the words: the cue that shows it, and whether it is the writer's own side."""

    evidence: str
    own: bool


def speaker(context: Context) -> Speaker | None:
    """Who is said to say the words; None where nobody is."""
    if context.quoted_range is not None:
        found = _of_quotation(context, context.quoted_range)
        if found is not None:
            return found
    return _indirect(context)


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
        word.tag in {"VBZ", "VBP", "VBD", "MD"} and any(child.dep == "nsubj" and child.index in inside for child in children(parse, word.index))
        for word in words
    )


def own_label(context: Context) -> bool:
    """The quotation is the writer's own title or slogan, or what a reader is told to write."""
    quoted = context.quoted_range
    if quoted is None:
        return False
    start = max(context.low, quoted[0] - 4)
    before = context.norms(start, quoted[0])
    if any(word in _OWN_LABEL for word in before) and not _outsider(context, (max(context.low, quoted[0] - 6), quoted[0])):
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
    if quoted[0] > low and (tokens[quoted[0] - 1].text == ":" or (tokens[quoted[0] - 1].text in "\"\u201c" and False)):
        return Speaker(context.text((low, quoted[0] - 1)) or ":", _is_own(context, (low, quoted[0])))
    noun = context.last("utterance-noun", max(low, quoted[0] - 5), quoted[0]) or context.first("utterance-noun", quoted[1], quoted[1] + 6)
    if noun is not None:
        return Speaker(context.text(noun), _is_own(context, (low, quoted[0])))
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
    verbs = [found for found in context.find("speech-verb", start, end) if _is_verb(context, found)]
    verbs = [found for found in verbs if not (found[0] > start and context.tokens[found[0] - 1].norm in _NOBODY)]
    if not verbs:
        return None
    verb = verbs[-1] if context.quoted_range and end <= context.quoted_range[0] else verbs[0]
    left, right = start, end
    if context.tokens[verb[0]].norm in _ADDRESSING:
        right = verb[1]
    own = _is_own(context, (max(left, verb[0] - 10), min(right, verb[1] + 10)))
    return Speaker(context.text(verb), own)


def _is_verb(context: Context, found: Range) -> bool:
    word = context.word_at(found[0]) if context.low <= found[0] < context.site.sentence_last else None
    if context.tokens[found[0]].norm in _FINITE:
        return True
    if word is not None and word.tag == "VB" and word.dep in {"ROOT", "ccomp", "advcl"} and context.parse is not None:
        return any(child.dep in {"nsubj", "aux"} for child in children(context.parse, word.index))
    if word is None or word.pos in VERBAL or found[1] - found[0] > 1:
        return True
    return word.tag in {"VBZ", "VBD", "VBP", "VBN"} or (word.pos == "NOUN" and word.text.endswith("s") and word.dep in {"ROOT", "dep"})


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
            return Speaker(context.text(verb), _is_own(context, (max(start, verb[0] - 8), min(end, verb[1] + 8))))
    return None


def _outsider(context: Context, window: Range) -> bool:
    return context.first("outside-speaker", *window) is not None


def _is_own(context: Context, window: Range) -> bool:
    """The speaker in a window is one's own: named as such, and no partner, donor or other body."""
    own = [found for found in context.find("own-speaker", *window) if context.tokens[found[0]].norm not in {"i"} or context.tokens[found[0]].text == "I"]
    own = [found for found in own if not context.inside_quotation(found[0])]
    return bool(own) and all(context.inside_quotation(found[0]) for found in context.find("outside-speaker", *window))


def _indirect(context: Context) -> Speaker | None:
    """Indirect speech: by the parse ("the minister said that X"), by phrases ("according to X") or by the verb before."""
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
                if subject is not None and subject.lemma in _NOBODY:
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
    if word.pos in VERBAL and word.lemma in verbs and child.dep in _COMPLEMENTS:
        if child.dep in {"ccomp"}:
            return True
        return child.dep == "dobj" and word.lemma in {"say", "allege", "suspect", "claim", "predict"}
    if word.pos in VERBAL and child.dep == "prep" and child.lemma in {"to", "on"} and word.lemma in _ASCRIBING:
        return word.lemma != "put" or any(inner.lemma == "down" for inner in children(parse, word.index))
    if word.pos in VERBAL and word.lemma == "have" and child.dep == "ccomp":
        return any(inner.lemma == "it" for inner in children(parse, word.index))
    return word.lemma in context.cues.lemmas("claim-adjective") and child.dep in {"ccomp", "acl", "xcomp"} and word.pos in {"ADJ", "VERB"}


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
    words = [subject, *[word for word in parse.words if any(up.index == subject.index for up in parse.ancestors(word.index))]]
    start = context.site.sentence.start
    tokens = [context.site.text.token_at(start + word.start) for word in words]
    low, high = min(tokens), max(tokens) + 1
    return _is_own(context, (low, high))


def _phrase(context: Context) -> Speaker | None:
    """ "According to X, ...", "in X's view ...", "as X told us, ..."."""
    low, high = context.low, context.high
    for found in (*context.find("attribution-phrase", low, high),):
        if context.site.first <= found[0] < context.site.last:
            continue
        return Speaker(context.text(found), _is_own(context, (found[0], min(high, found[1] + 6))))
    tokens = context.tokens
    for found in context.find("attribution-noun", low, min(high, context.site.first)):
        start = next((index for index in range(found[0] - 1, max(low - 1, found[0] - 8), -1) if tokens[index].norm in {"in", "to"}), None)
        if start is not None and "'s" in context.norms(start, found[0]) or (start is not None and "'" in context.norms(start, found[0])):
            return Speaker(context.text((start or 0, found[1])), _is_own(context, (start or 0, found[1])))
    if tokens[low].norm == "as":
        verb = context.first("claim-verb", low + 1, min(low + 10, context.site.first))
        if verb is not None and any(token.text == "," for token in tokens[verb[1] : context.site.first]):
            return Speaker(context.text((low, verb[1])), _is_own(context, (low, verb[0])))
    return None


def _parenthetical(context: Context, parse: Parse, head: Word) -> Speaker | None:
    """ "X, the mayor said": the tag follows the words behind a comma."""
    last = context.site.last
    tokens = context.tokens
    if last >= context.high or tokens[last].text not in {",", "\u2013", "\u2014"}:
        return None
    verb = context.first("claim-verb", last + 1, min(last + 9, context.high))
    if verb is None or not _is_verb(context, verb) or any(token.text in {",", ";"} for token in tokens[last + 1 : verb[0]]):
        return None
    words = context.norms(last + 1, verb[0])
    if not words or words[0] in {"and", "but", "or", "who", "which", "that", "so", "because", "as", "to", "if", "although", "while", "when"}:
        return None
    if verb[1] < context.high and tokens[verb[1]].kind == "word" and tokens[verb[1]].norm not in {"in", "on", "at", "yesterday", "today", "last", "during", "to", "us", "after"}:
        return None
    del parse, head
    return Speaker(context.text(verb), _is_own(context, (last + 1, verb[0])))


def _verb_before(context: Context) -> Speaker | None:
    """A verb of claiming right before the words, where the parser missed it: "Chief says people ...", "says that X"."""
    first, low = context.site.first, context.low
    for start in range(first - 1, max(low, first - 5) - 1, -1):
        length = context.cues.phrases("claim-verb").starting_at(context.tokens, start, first)
        if not length or start == low or not _is_verb(context, (start, start + length)):
            continue
        between = context.norms(start + length, first)
        if between and between[0] != "that" and not (context.is_claim and all(norm in {"the", "a", "an", "all", "every", "each", "these", "those"} for norm in between)):
            return None
        if not between and not context.is_claim:
            return None
        before = context.norms(max(low, start - 6), start)
        if before and before[-1] in {"to", "not", "n't", "never", "can", "will", "would", "may"}:
            return None
        return Speaker(context.text((start, start + length)), _is_own(context, (max(low, start - 6), start)))
    return None


def reported_label(context: Context) -> str | None:
    """ "The press calls them X": the label is somebody else's, and left standing."""
    first, low = context.site.first, context.low
    verb = context.last("label-verb", max(low, first - 8), first)
    if verb is None or not _is_verb(context, verb):
        return None
    word = context.word_at(verb[0])
    if word is not None and word.pos not in VERBAL:
        return None
    between = [token for token in context.tokens[verb[1] : first] if token.kind == "word"]
    if len(between) > 3 or context.turns(verb[1], first):
        return None
    before = (max(low, verb[0] - 4), verb[0])
    if _is_own(context, before) or before[0] == before[1]:
        return None
    return context.text(verb)
