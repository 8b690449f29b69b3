"""Small questions to a parse: subjects, objects, agents, phrases, with coordination and control resolved.

Dependency labels are spaCy's English ones (ClearNLP style). Indices are those of ``Parse.words``.
"""

from __future__ import annotations

from pvelint.language import Parse, Word

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
#: Clauses that hang on a noun and say something else about it; they are not part of the argument.
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})


def children(parse: Parse, index: int, *labels: str) -> list[Word]:
    """The words that a word governs, only those with these labels where any are given."""
    found = [parse.words[child] for child in parse.children[index]]
    return [word for word in found if word.dep in labels] if labels else found


def phrase(parse: Parse, index: int) -> frozenset[int]:
    """The words of a phrase: its head and what it governs, without clauses that hang on it."""
    found = {index}
    pending = [index]
    while pending:
        for child in children(parse, pending.pop()):
            if child.dep in CLAUSES or (child.dep == "conj" and child.pos in VERBAL) or child.dep in {"punct", "cc"}:
                continue
            if child.index not in found:
                found.add(child.index)
                pending.append(child.index)
    return frozenset(found)


def is_passive(parse: Parse, verb: Word) -> bool:
    """A passive: with an auxiliary or passive subject, or a bare participle that hangs on a noun."""
    if children(parse, verb.index, "auxpass", "nsubjpass"):
        return True
    return (
        verb.tag == "VBN" and verb.dep in {"acl", "amod", "relcl"} and not children(parse, verb.index, "aux", "nsubj")
    )


def coordinated(parse: Parse, word: Word) -> list[Word]:
    """A word and those coordinated with it, in order."""
    first = word
    while first.dep == "conj" and first.head != first.index:
        first = parse.words[first.head]
    found = [first]
    for member in found:
        found += [child for child in children(parse, member.index, "conj") if child not in found]
    return sorted(found, key=lambda member: member.index)


def subjects(parse: Parse, verb: Word) -> list[Word]:
    """The surface subjects of a verb, also when shared, controlled or the head of a relative clause."""
    current = verb
    for _ in range(8):
        found = children(parse, current.index, *_SUBJECT)
        real = [word for word in found if word.dep != "expl"]
        if real:
            return _antecedents(parse, current, real)
        if current.dep in {"relcl", "acl"}:
            return [parse.words[current.head]]
        if current.dep == "pobj" or current.head == current.index:
            return []
        if current.dep not in {"conj", "xcomp", "advcl", "pcomp", "aux", "ccomp", "prep", "dep", "acomp", "attr"}:
            return []
        controlled = _object_control(parse, current)
        if controlled is not None:
            return [controlled]
        above = parse.words[current.head]
        while above.pos not in VERBAL and above.head != above.index:
            above = parse.words[above.head]
        if above.pos not in VERBAL:
            return []
        current = above
    return []


def _antecedents(parse: Parse, verb: Word, found: list[Word]) -> list[Word]:
    """Relative pronouns stand for the noun that their clause hangs on."""
    if verb.dep == "relcl":
        return [parse.words[verb.head] if word.lemma in {"who", "which", "that", "whom"} else word for word in found]
    return found


#: Verbs whose object does the action of their infinitive ("help migrants to settle").
_OBJECT_CONTROL = frozenset(
    ["help", "allow", "enable", "let", "make", "force", "lead", "drive", "push", "encourage", "permit", "cause", "get", "persuade", "train", "teach", "ask", "tell", "want", "invite", "urge", "prompt", "compel", "motivate", "radicalize", "turn", "send"]
)


def _object_control(parse: Parse, verb: Word) -> Word | None:
    if verb.dep not in {"xcomp", "ccomp", "advcl"}:
        return None
    above = parse.words[verb.head]
    if above.lemma not in _OBJECT_CONTROL:
        return None
    objects = children(parse, above.index, "dobj", "nsubjpass")
    return objects[0] if objects else None


def objects(parse: Parse, verb: Word) -> list[Word]:
    """The direct objects of a verb, also when shared by coordinated verbs or gapped in a relative clause."""
    found = children(parse, verb.index, "dobj", "dative", "oprd")
    if found:
        return [
            parse.words[verb.head] if word.lemma in {"who", "which", "that", "whom"} and verb.dep == "relcl" else word
            for word in found
        ]
    if verb.dep == "relcl" and children(parse, verb.index, "nsubj") and not children(parse, verb.index, "prep"):
        subject = children(parse, verb.index, "nsubj")[0]
        if subject.lemma not in {"who", "which", "that"}:
            return [parse.words[verb.head]]
    for later in children(parse, verb.index, "conj"):
        if later.pos in VERBAL and not children(parse, later.index, "nsubj"):
            shared = children(parse, later.index, "dobj")
            if shared and verb.tag not in {"VBN"}:
                return shared
    return []


def agents(parse: Parse, verb: Word) -> list[Word]:
    """The nouns of a passive's *by* phrase."""
    found: list[Word] = []
    for by in [*children(parse, verb.index, "agent"), *children(parse, verb.index, "prep")]:
        if by.lemma == "by":
            found += children(parse, by.index, "pobj")
    return found


def prepositional(parse: Parse, index: int) -> list[tuple[str, Word]]:
    """Pairs of preposition and noun (or gerund) that hang on a word, chains like *out of* joined."""
    found: list[tuple[str, Word]] = []
    for preposition in children(parse, index, "prep", "agent", "dative"):
        if preposition.pos not in {"ADP", "SCONJ", "VERB", "ADV"}:
            continue
        name = preposition.lemma
        for inner in children(parse, preposition.index):
            if inner.dep in {"pobj", "pcomp"}:
                found.append((name, inner))
            elif inner.dep == "prep":
                found += [(f"{name} {inner.lemma}", deep) for deep in children(parse, inner.index, "pobj", "pcomp")]
    return found


def finite(parse: Parse) -> bool:
    """Whether the sentence has a finite verb."""
    return any(word.tag in {"VBZ", "VBP", "VBD", "MD"} for word in parse.words)
