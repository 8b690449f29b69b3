"""Negation and refusal, by cue and by scope in the parse.

A negation counts when it stands on the words, or on a governor whose complement they are. Contrast ends its scope
("does not stop there but funds X"), coordination stays in it. A label on people stands, whatever is denied about them
("was refused to illegal aliens"); what is taken for granted is not denied ("they do not know that X").
"""

from __future__ import annotations

from pvelint.context import Context
from pvelint.language import Parse, Word
from pvelint.syntax import NOMINAL, VERBAL, children

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_NOTHING = frozenset({"nobody", "none", "nothing", "no-one", "noone", "neither"})
_NEGATIVES = frozenset({"no", "not", "n't", "never", "nor", "neither", "nobody", "none", "nothing", "without", "cannot", "nowhere"})
_COMPLEMENTS = frozenset({"dobj", "xcomp", "ccomp", "prep", "pobj", "nsubjpass", "attr", "pcomp", "oprd", "agent", "csubj", "acomp"})
#: Copulas and intransitives that deny their subject when they are negated.
_EXISTENCE = frozenset({"be", "work", "form", "feature", "belong", "help", "fit", "exist", "hold", "stand", "survive", "appear", "figure", "apply", "matter", "count", "prove", "arise"})
_SKIPPED = frozenset({"a", "an", "the", "any", "to", "of", "as", "in", "on", "with", "for", "by", '"', "\u201c", "\u2018", "'", "such", "more"})
_CROSSES, _TICKS = "\u2717\u2718\u274c\U0001f6ab", "\u2713\u2714\u2705"
_CONTRASTS = (("instead", "of"), ("rather", "than"), ("in", "place", "of"), ("as", "opposed", "to"), ("far", "from"), ("in", "lieu", "of"), ("short", "of"))


def negation(context: Context) -> str | None:
    """The words that negate or refuse the place, or None.

    Where a pattern asks for negations of its own (``context.negative``), those inside the words are part of them.
    """
    if _own_negation(context):
        return None
    return (
        _beside(context)
        or _fronted(context)
        or _governing(context)
        or _risk(context)
        or _refused_later(context)
        or _warned(context)
    )


def _own_negation(context: Context) -> bool:
    """A claim that is made of negations: "no X, no Y", "not one ... that we do not", "so that nobody joins"."""
    norms = context.norms(context.site.first, context.site.last)
    negatives = [norm for norm in norms if norm in _NEGATIVES or norm.endswith("n't")]
    undone = [norm for norm in norms if norm.startswith("un") and norm.endswith("ed") and norm[2:4] not in {"it", "de"}]
    if len(negatives) + len(undone) > 1 and negatives:
        return True
    before = context.norms(max(context.low, context.site.first - 6), context.site.first)
    if negatives and any(norm in _NEGATIVES or norm.endswith("n't") for norm in before):
        return True
    said = [norm for norm in (*before, *norms) if norm.isalpha() or "'" in norm]
    if ("cannot", "have") in zip(said, said[1:], strict=False) and "and" in norms:
        return True
    return bool(negatives) and "so" in norms and "that" in norms


def _risk(context: Context) -> str | None:
    """A risk that a table names so that it does not happen: "Risk: partner launches X"."""
    if context.norms(context.low, context.low + 2) not in (["risk", ":"], ["risks", ":"], ["danger", ":"]) or context.is_label:
        return None
    subject = context.first("risk-subject", context.low + 2, context.low + 5)
    return context.text((context.low, context.low + 1)) if subject is not None and subject[0] <= context.site.first else None


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
        if context.norms(found[1], found[1] + 1) and context.norms(found[1], found[1] + 1)[0] in {"such", "this", "that", "it", "them", "either", "both"}:
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
    while top.dep in {"xcomp", "pobj", "prep", "pcomp", "dobj", "conj", "compound", "acl"} and top.head != top.index:
        top = parse.words[top.head]
    subject = top.dep in {"nsubj", "csubj"} or (head.dep in {"nsubj", "csubj", "compound"} and head.pos in NOMINAL)
    if not subject and not any(word.dep in {"csubj"} or (word.dep == "relcl" and parse.words[word.head].dep == "nsubj") for word in (head, *parse.ancestors(head.index))):
        return None
    found = context.first("warning", site.last, min(context.high, site.last + 9))
    if found is None or context.turns(site.last, found[0]):
        return None
    before = context.norms(max(site.last, found[0] - 3), found[0])
    return None if any(norm in _NEGATIVES or norm.endswith("n't") for norm in before) else context.text(found)


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
    if word in {"not", "no", "never", "nor", "neither"} and not _pseudo(context, index) and not _yes_or_no(context, index):
        return tokens[index].text
    opening = context.norms(low, low + 3)
    if tokens[context.site.first - 1].norm == "to" and opening in (["it", "is", "not"], ["it", "was", "not"]) and not _pseudo(context, low + 2):
        return tokens[low + 2].text
    if context.is_label:
        return None
    contrast = _contrast_at(context, index)
    if contrast:
        return context.text((contrast, index + 1))
    refused = context.cues.phrases("refusal-verb").ending_at(tokens, index + 1, low)
    if refused > 1 and (index + 1 == context.site.first or tokens[index + 1].norm in {"of", "from", "to", "with"}):
        return context.text((index + 1 - refused, index + 1))
    if word == "without" and not _pseudo(context, index):
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
    if found is None or found[0] - context.low > 1 or found[1] > context.site.first or context.turns(found[1], context.site.first + 1):
        return None
    between = context.norms(found[1], context.site.first)
    kept = "from" in between and any(norm in _KEEPING or norm.rstrip("sped") in _KEEPING or norm == "kept" for norm in between)
    return None if kept or _pseudo(context, found[0]) else context.text(found)


def _pseudo(context: Context, index: int) -> bool:
    """Whether the token is part of what only looks like a negation."""
    cues = context.cues.phrases("pseudo-negation")
    for start in range(max(context.low, index - 3), index + 1):
        length = cues.starting_at(context.tokens, start, len(context.tokens))
        if length and start <= index < start + length:
            return True
    return False


def _governing(context: Context) -> str | None:
    """Climb from the head of the words to its governors while their negation would reach it."""
    parse, head = context.parse, context.head
    if parse is None or head is None:
        return None
    found = _climb(context, parse, head)
    if found is None:
        return None
    index = context.token_of(found)
    if index is not None:
        if _pseudo(context, index) or _tag_or_question(context, index):
            return None
        if index < context.site.first and context.turns(index, context.site.first + 1):
            return None
        if context.negative and context.site.first <= index < context.site.last:
            return None
        if context.is_label and not _denies_label(parse, head, found):
            return None
    return found.text


def _climb(context: Context, parse: Parse, head: Word) -> Word | None:
    child = head
    for word in (head, *parse.ancestors(head.index)):
        climbed = word.index != head.index
        if climbed and _scope_ends(parse, child, word):
            return None
        if climbed and child.dep in {"prep", "pcomp"} and word.lemma in _KEEPING and _negation_on(parse, word, child) is not None:
            return None
        if climbed and child.dep in {"ccomp", "xcomp"} and word.lemma in _LETTING and _done_by_label(context, parse, head):
            return None
        if climbed and child.dep in {"ccomp", "xcomp"} and word.lemma in context.cues.lemmas("factive-verb") and child.dep == "ccomp":
            return None
        negative = _negation_on(parse, word, child)
        if negative is not None:
            return negative
        if climbed and word.pos in VERBAL and _refuses(context, parse, word, child, head):
            return word
        if climbed and word.pos in {"ADP", "SCONJ"} and child.dep in {"pobj", "pcomp"} and _prepositional(context, parse, word, head):
            return word
        child = word
    return None


def _negation_on(parse: Parse, word: Word, below: Word) -> Word | None:
    """A negation on a verb, noun or adjective, or on the subject of a verb."""
    if word.pos not in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "PRON", "NUM"}:
        return None
    for child in children(parse, word.index):
        if child.index == below.index and child.index != word.index:
            continue
        if child.dep == "neg" or child.lemma in {"never", "nor", "neither", "hardly", "scarcely", "rarely", "seldom", "barely", "nowhere"}:
            return child
        if child.text.lower() == "longer" and child.index and parse.words[child.index - 1].lemma == "no":
            return parse.words[child.index - 1]
        if child.dep in {"det", "preconj"} and child.lemma in {"no", "neither", "not", "nor"}:
            return child
        if child.lemma == "not" and child.index < word.index and child.dep in {"advmod", "cc", "dep", "preconj"}:
            return child
        if word.pos in VERBAL and child.dep in {"dobj", "attr"} and not children(parse, word.index, "conj"):
            if child.lemma in {"nothing", "none"}:
                return child
            denied = next((inner for inner in children(parse, child.index) if inner.lemma == "no" and inner.dep == "det"), None)
            if denied is not None and word.lemma in _HAVING:
                return denied
        if word.pos in VERBAL and child.dep in _SUBJECTS:
            if child.lemma in _NOTHING or child.text.lower() in _NOTHING:
                return child
            if child.lemma == "one" and any(inner.lemma in {"no", "not"} for inner in children(parse, child.index)):
                return child
            negative = next((inner for inner in children(parse, child.index) if inner.lemma in {"no", "neither", "not"} and inner.dep in {"det", "neg", "preconj", "advmod"}), None)
            if negative is not None and word.lemma not in {"mean", "spell", "equal"}:
                return negative
    return None


#: "Nothing kept them from fighting X": a negation here is cancelled.
_KEEPING = frozenset({"keep", "stop", "prevent", "deter", "hinder", "discourage", "dissuade"})
_AGAINST = frozenset({"warn", "caution", "advise", "decide", "vote", "argue", "counsel", "choose", "rule", "recommend"})
_SHOWING = frozenset({"show", "prove", "establish", "demonstrate", "confirm", "suggest", "find", "indicate", "document"})
#: Verbs that deny their whole clause when their object is "no" something.
_HAVING = frozenset({"have", "pose", "bring", "carry", "bear", "find", "show", "hold", "give", "breed", "cause", "play", "see", "make"})
#: Under "cannot" and "must not" these presuppose what others do: "we cannot let terrorists in".
_LETTING = frozenset({"allow", "let", "permit", "tolerate", "afford", "risk", "want", "wait"})


def _done_by_label(context: Context, parse: Parse, head: Word) -> bool:
    """The claim is about what people, groups or violence do."""
    words = context.cues.phrases("label-noun").by_first
    return any(word.lemma in words for word in children(parse, head.index, "nsubj", "nsubjpass"))


def denied_claim(context: Context) -> str | None:
    """A negation that denies the claim or the label itself: "nobody thinks that X", "he is not an X", "no such thing as X"."""
    parse, head = context.parse, context.head
    if parse is None or head is None:
        return None
    found = negation(context)
    if found is None:
        return None
    child = head
    for word in parse.ancestors(head.index):
        if child.dep == "ccomp" and (word.lemma in context.cues.single("claim-verb") or word.lemma in _SHOWING):
            return found if _negation_on(parse, word, child) is not None else None
        if child.dep in {"relcl", "advcl"}:
            break
        child = word
    if context.is_label and head.dep in {"attr", "oprd"}:
        return found
    return None


def _scope_ends(parse: Parse, child: Word, governor: Word) -> bool:
    """Whether the step from a word to its governor leaves the scope of the governor's negation."""
    if child.dep == "conj":
        between = [w for w in parse.words[governor.index + 1 : child.index] if w.dep == "cc" or w.lemma in {"but", "yet"}]
        if any(word.lemma in {"but", "yet"} for word in between):
            return True
        return child.pos in VERBAL and bool(children(parse, child.index, *_SUBJECTS)) and governor.pos in VERBAL
    if child.dep in {"nsubj", "csubj"}:
        return child.dep == "nsubj" and governor.lemma not in _EXISTENCE
    if child.dep == "relcl":
        return not any(inner.lemma in {"no", "any", "not"} for inner in children(parse, governor.index))
    if child.dep == "advcl":
        return bool(children(parse, child.index, "nsubj", "nsubjpass", "expl")) or bool(children(parse, child.index, "mark")) or governor.pos not in VERBAL
    return child.dep in {"parataxis", "appos", "npadvmod", "nmod", "intj", "meta"}


def _refuses(context: Context, parse: Parse, verb: Word, below: Word, head: Word) -> bool:
    """Whether the verb refuses what its complement names."""
    particles = children(parse, verb.index, "prt", "advmod", "acomp")
    names = {verb.lemma, *(f"{verb.lemma} {particle.lemma}" for particle in particles)}
    refusals = context.cues.single("refusal-verb")
    if context.is_label or below.dep not in _COMPLEMENTS:
        return False
    if verb.lemma in _AGAINST:
        return below.dep == "prep" and below.lemma == "against"
    if not names & refusals:
        return False
    if below.dep == "prep" and below.lemma not in {"from", "against", "with", "of", "out", "away"}:
        return False
    if verb.lemma == "fail":
        return below.dep == "xcomp"
    if any(word.dep == "neg" for word in children(parse, verb.index)):
        return False
    if names & context.cues.single("cessation-verb"):
        if context.is_claim and head.pos in VERBAL and below.dep not in {"xcomp", "pcomp", "dobj"}:
            return False
        if below.dep == "prep" and children(parse, verb.index, "dobj"):
            return False
        if below.dep == "dobj" and any(word.lemma in {"a", "every", "each"} for word in children(parse, below.index)):
            return False
        return verb.tag != "VBN" or below.dep == "nsubjpass"
    return True


def _prepositional(context: Context, parse: Parse, preposition: Word, head: Word) -> bool:
    """ "without X", "instead of X", "than X": the words are its complement and nothing but a noun phrase away."""
    if preposition.index > head.index or context.is_label:
        return False
    cues = context.cues.lemmas("refusal-preposition")
    words = [preposition, *children(parse, preposition.index)]
    above = parse.words[preposition.head]
    if above.index != preposition.index and above.pos in {"ADP", "SCONJ", "ADV"}:
        words.append(above)
    cue = next((word for word in words if word.lemma in cues and word.index < head.index), None)
    if cue is None:
        return False
    if cue.lemma == "than":
        return parse.words[max(0, cue.index - 1)].lemma in {"rather", "other"}
    nouns = [word for word in parse.words[cue.index + 1 : head.index] if word.pos in {"NOUN", "PROPN"} and word.index not in {w.index for w in context.site.parsed_words}]
    light = context.cues.lemmas("light-noun")
    chain = {word.index for word in parse.ancestors(head.index)}
    return all(noun.lemma in light or noun.index not in chain for noun in nouns)


def _tag_or_question(context: Context, index: int) -> bool:
    """A negation that asks for a yes: "Don't they bring X?", "X, isn't it?"."""
    if context.tokens[context.high - 1].text != "?" and "?" not in context.norms(context.low, context.high):
        return False
    token = context.tokens[index]
    return token.norm.endswith("n't") and (index - context.low < 2 or index >= context.site.last)


def _denies_label(parse: Parse, head: Word, found: Word) -> bool:
    """A label is denied only where it is said of nobody: "is not an X", "no X"."""
    top = head
    while top.dep in {"amod", "compound", "nmod", "conj"} and top.head != top.index:
        top = parse.words[top.head]
    if found.head in {head.index, top.index}:
        return True
    above = parse.words[top.head]
    return top.dep in {"attr", "oprd", "acomp"} and above.lemma in {"be", "become", "make", "remain"}
