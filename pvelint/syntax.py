"""Small questions to a parse: subjects, objects, agents, phrases, with coordination and control resolved.

Dependency labels are spaCy's English ones (ClearNLP style). Indices are those of ``Parse.words``.
"""

from __future__ import annotations

from pvelint.language import Parse, Word

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
SUBJECT_LABELS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
RELATIVE = frozenset({"who", "which", "that", "whom", "where"})
#: Dependencies through which a verb stays in the clause of the verb above it.
_INNER = frozenset({"conj", "xcomp", "ccomp", "advcl", "aux", "acomp", "attr"})
#: Dependencies over which a verb without a subject shares that of the verb above it.
_SHARING = frozenset({"conj", "acl", "xcomp", "advcl", "pcomp", "aux", "ccomp", "prep", "dep", "acomp", "attr"})
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
    if verb.tag != "VBN" or children(parse, verb.index, "aux", "nsubj"):
        return False
    above = parse.words[verb.head]
    if verb.dep == "conj" and above.tag == "VBN" and above.index != verb.index:
        return is_passive(parse, above)
    return verb.dep in {"acl", "amod", "relcl", "advcl"}


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
        found = children(parse, current.index, *SUBJECT_LABELS)
        real = [word for word in found if word.dep != "expl"]
        if real:
            return _antecedents(parse, current, real)
        if current.dep == "relcl" or (current.dep == "acl" and not _of_purpose(parse, current)):
            return [antecedent(parse, current)]
        if current.dep == "pobj" or current.head == current.index:
            return []
        if current.dep not in {
            "conj",
            "acl",
            "xcomp",
            "advcl",
            "pcomp",
            "aux",
            "ccomp",
            "prep",
            "dep",
            "acomp",
            "attr",
        }:
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


def _of_purpose(parse: Parse, verb: Word) -> bool:
    """An infinitive on a noun that does not act: "uses routes to send goods", but "the first people to leave"."""
    if not any(word.tag == "TO" for word in children(parse, verb.index, "aux")):
        return False
    noun = parse.words[verb.head]
    return not any(word.lemma in {"first", "last", "only", "next"} for word in children(parse, noun.index))


def _antecedents(parse: Parse, verb: Word, found: list[Word]) -> list[Word]:
    """Relative pronouns stand for the noun that their clause hangs on."""
    if verb.dep == "relcl":
        return [antecedent(parse, verb) if word.lemma in RELATIVE else word for word in found]
    return found


def antecedent(parse: Parse, clause: Word) -> Word:
    """The noun that a relative or participial clause hangs on; of a noun in apposition, the noun before it."""
    noun = parse.words[clause.head]
    while noun.dep == "appos" and noun.head != noun.index:
        noun = parse.words[noun.head]
    return noun


def relative_clause(parse: Parse, index: int) -> Word | None:
    """The relative clause that a word stands in, through its own verbs only."""
    current = parse.words[index]
    for _ in range(6):
        if current.dep == "relcl":
            return current
        if current.head == current.index or current.dep not in {
            "conj",
            "xcomp",
            "ccomp",
            "advcl",
            "aux",
            "acomp",
            "attr",
        }:
            return None
        current = parse.words[current.head]
    return None


#: Verbs whose object does the action of their infinitive ("help migrants to settle").
_OBJECT_CONTROL = frozenset(
    {
        "help",
        "allow",
        "enable",
        "let",
        "make",
        "force",
        "lead",
        "drive",
        "push",
        "encourage",
        "permit",
        "cause",
        "get",
        "persuade",
        "train",
        "teach",
        "ask",
        "tell",
        "want",
        "invite",
        "urge",
        "prompt",
        "compel",
        "motivate",
        "radicalize",
        "turn",
        "send",
    }
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
        return _antecedents(parse, verb, found)
    gap = not children(parse, verb.index, "prep") and not any(
        word.lemma in {"where", "when", "why", "how"} for word in children(parse, verb.index, "advmod")
    )
    if verb.dep == "relcl" and children(parse, verb.index, "nsubj") and gap:
        subject = children(parse, verb.index, "nsubj")[0]
        if subject.lemma not in RELATIVE:
            return [antecedent(parse, verb)]
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
            found += _antecedents(parse, verb, children(parse, by.index, "pobj"))
    return found


def prepositional(parse: Parse, index: int) -> list[tuple[str, Word]]:
    """Pairs of preposition and noun (or gerund) that hang on a word, chains like *out of* joined.

    In a relative clause the antecedent stands for "by which", for a stranded preposition and for "where".
    """
    found: list[tuple[str, Word]] = []
    clause = relative_clause(parse, index) if parse.words[index].pos in VERBAL else None
    for preposition in children(parse, index, "prep", "agent", "dative"):
        if preposition.pos not in {"ADP", "SCONJ", "VERB", "ADV"}:
            continue
        name = preposition.lemma
        inside = children(parse, preposition.index)
        for inner in inside:
            if inner.dep in {"pobj", "pcomp"}:
                relative = clause is not None and inner.lemma in RELATIVE
                found.append((name, antecedent(parse, clause) if clause is not None and relative else inner))
            elif inner.dep == "prep":
                found += [(f"{name} {inner.lemma}", deep) for deep in children(parse, inner.index, "pobj", "pcomp")]
        if not inside and clause is not None and name not in {"before", "since", "after"}:
            found.append((name, antecedent(parse, clause)))
    if clause is not None and any(word.lemma == "where" for word in children(parse, index, "advmod")):
        found.append(("in", antecedent(parse, clause)))
    return found


def carried_by(parse: Parse, noun: Word) -> list[Word]:
    """The nouns of a *by* phrase that the parse hangs on a noun inside: "the infiltration of flows by militants"."""
    found: list[Word] = []
    for name, inner in prepositional(parse, noun.index):
        if name in {"of", "against", "on", "in", "into"} and inner.pos in NOMINAL:
            found += [deep for by, deep in prepositional(parse, inner.index) if by == "by" and deep.pos in NOMINAL]
    return found


def finite(parse: Parse) -> bool:
    """Whether the sentence has a finite verb."""
    return any(word.tag in {"VBZ", "VBP", "VBD", "MD"} for word in parse.words)
