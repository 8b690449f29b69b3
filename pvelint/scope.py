"""How far a negation or refusal reaches in the parse: up through the governors whose complement the words are."""

from __future__ import annotations

from pvelint.context import Context
from pvelint.language import Parse, Word
from pvelint.syntax import VERBAL, children

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})

_NOTHING = frozenset({"nobody", "none", "nothing", "no-one", "noone", "neither"})

NEGATIVES = frozenset(
    {"no", "not", "n't", "never", "nor", "neither", "nobody", "none", "nothing", "without", "cannot", "nowhere"}
)

_COMPLEMENTS = frozenset(
    {"dobj", "xcomp", "ccomp", "prep", "pobj", "nsubjpass", "attr", "pcomp", "oprd", "agent", "csubj", "acomp"}
)

#: Copulas and intransitives that deny their subject when they are negated.
_EXISTENCE = frozenset(
    {
        "be",
        "work",
        "form",
        "feature",
        "belong",
        "help",
        "fit",
        "exist",
        "hold",
        "stand",
        "survive",
        "appear",
        "figure",
        "apply",
        "matter",
        "count",
        "prove",
        "arise",
    }
)


def negative_before(context: Context, index: int) -> bool:
    """ "Not a day passes without X" asserts X."""
    return any(norm in NEGATIVES or norm.endswith("n't") for norm in context.norms(context.low, index))


def pseudo(context: Context, index: int) -> bool:
    """Whether the token is part of what only looks like a negation."""
    cues = context.cues.phrases("pseudo-negation")
    for start in range(max(context.low, index - 3), index + 1):
        length = cues.starting_at(context.tokens, start, len(context.tokens))
        if length and start <= index < start + length:
            return True
    return False


def governing(context: Context) -> str | None:
    """Climb from the head of the words to its governors while their negation would reach it."""
    parse, head = context.parse, context.head
    if parse is None or head is None:
        return None
    found = _climb(context, parse, head)
    if found is None:
        return None
    index = context.token_of(found)
    if index is not None:
        if pseudo(context, index) or _tag_or_question(context, index):
            return None
        if index < context.site.first and context.turns(index, context.site.first + 1):
            return None
        between = context.norms(index + 1, context.site.first)
        if "without" in between or (between[-1:] == ["that"] and between[-2:-1] and between[-2] in _JUDGED):
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
        if (
            climbed
            and child.dep in {"ccomp", "csubj"}
            and any(inner.lemma in _JUDGED for inner in children(parse, word.index, "acomp"))
        ):
            return None
        if climbed and word.lemma == "mean" and child.dep in {"dobj", "ccomp"}:
            return None
        if (
            climbed
            and child.dep in {"prep", "pcomp"}
            and word.lemma in KEEPING
            and negation_on(parse, word, child) is not None
        ):
            return None
        if (
            climbed
            and child.dep in {"ccomp", "xcomp"}
            and word.lemma in _LETTING
            and _done_by_label(context, parse, head)
        ):
            return None
        if (
            climbed
            and child.dep in {"ccomp", "xcomp"}
            and word.lemma in context.cues.lemmas("factive-verb")
            and child.dep == "ccomp"
        ):
            return None
        negative = negation_on(parse, word, child)
        if negative is not None:
            return negative
        if climbed and word.pos in VERBAL and _refuses(context, parse, word, child, head):
            return word
        if (
            climbed
            and word.pos in {"ADP", "SCONJ"}
            and child.dep in {"pobj", "pcomp"}
            and _prepositional(context, parse, word, head)
        ):
            return word
        child = word
    return None


def negation_on(parse: Parse, word: Word, below: Word) -> Word | None:
    """A negation on a verb, noun or adjective, or on the subject of a verb."""
    if word.pos not in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "PRON", "NUM"}:
        return None
    for child in children(parse, word.index):
        if child.index == below.index and child.index != word.index:
            continue
        if child.dep == "neg" or child.lemma in {
            "never",
            "nor",
            "neither",
            "hardly",
            "scarcely",
            "rarely",
            "seldom",
            "barely",
            "nowhere",
        }:
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
            denied = next(
                (inner for inner in children(parse, child.index) if inner.lemma == "no" and inner.dep == "det"), None
            )
            if denied is not None and word.lemma in _HAVING:
                return denied
        if word.pos in VERBAL and child.dep in _SUBJECTS:
            if child.lemma in _NOTHING or child.text.lower() in _NOTHING:
                return child
            if child.lemma == "one" and any(inner.lemma in {"no", "not"} for inner in children(parse, child.index)):
                return child
            negative = next(
                (
                    inner
                    for inner in children(parse, child.index)
                    if inner.lemma in {"no", "neither", "not"} and inner.dep in {"det", "neg", "preconj", "advmod"}
                ),
                None,
            )
            if negative is not None and word.lemma not in {"mean", "spell", "equal"}:
                return negative
    return None


#: "Nothing kept them from fighting X": a negation here is cancelled.
KEEPING = frozenset({"keep", "stop", "prevent", "deter", "hinder", "discourage", "dissuade"})

#: "It cannot be right that X" is said of what happens.
_JUDGED = frozenset(
    {
        "right",
        "acceptable",
        "fair",
        "normal",
        "tolerable",
        "enough",
        "surprising",
        "good",
        "surprised",
        "sorry",
        "happy",
        "just",
        "healthy",
    }
)

_AGAINST = frozenset({"warn", "caution", "advise", "decide", "vote", "argue", "counsel", "choose", "rule", "recommend"})

SHOWING = frozenset({"show", "prove", "establish", "demonstrate", "confirm", "suggest", "find", "indicate", "document"})

#: Verbs that deny their whole clause when their object is "no" something.
_HAVING = frozenset(
    {"have", "pose", "bring", "carry", "bear", "find", "show", "hold", "give", "breed", "cause", "play", "see", "make"}
)

#: Under "cannot" and "must not" these presuppose what others do: "we cannot let terrorists in".
_LETTING = frozenset({"allow", "let", "permit", "tolerate", "afford", "risk", "want", "wait"})


def _done_by_label(context: Context, parse: Parse, head: Word) -> bool:
    """The claim is about what people, groups or violence do."""
    words = context.cues.phrases("label-noun").by_first
    return any(word.lemma in words for word in children(parse, head.index, "nsubj", "nsubjpass"))


def _scope_ends(parse: Parse, child: Word, governor: Word) -> bool:
    """Whether the step from a word to its governor leaves the scope of the governor's negation."""
    if child.dep == "conj":
        between = [
            w for w in parse.words[governor.index + 1 : child.index] if w.dep == "cc" or w.lemma in {"but", "yet"}
        ]
        if any(word.lemma in {"but", "yet"} for word in between):
            return True
        return child.pos in VERBAL and bool(children(parse, child.index, *_SUBJECTS)) and governor.pos in VERBAL
    if child.dep in {"nsubj", "csubj"}:
        return child.dep == "nsubj" and governor.lemma not in _EXISTENCE
    if child.dep == "relcl":
        return not any(inner.lemma in {"no", "any", "not"} for inner in children(parse, governor.index))
    if child.dep == "advcl":
        return (
            bool(children(parse, child.index, "nsubj", "nsubjpass", "expl"))
            or bool(children(parse, child.index, "mark"))
            or governor.pos not in VERBAL
        )
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
        if below.lemma in context.cues.phrases("label-noun").by_first:
            return False
        if verb.tag == "VB" and verb.lemma in {"stop", "halt", "end", "ban"} and below.dep == "dobj":
            return False
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
    where = context.token_of(cue)
    if cue.lemma == "without" and where is not None and negative_before(context, where):
        return False
    if cue.lemma == "than":
        return parse.words[max(0, cue.index - 1)].lemma in {"rather", "other"}
    nouns = [
        word
        for word in parse.words[cue.index + 1 : head.index]
        if word.pos in {"NOUN", "PROPN"} and word.index not in {w.index for w in context.site.parsed_words}
    ]
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
