"""All the surfaces in which a term can stand in a text, as the token norms that the scan compares.

Spaces and hyphens, curly quotes, capitals and British and American spelling need no surfaces of their own:
``tokens`` makes them the same. What is left for here is inflection and words written closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Literal, get_args

from pvelint.heads import head_index, is_adjectival, is_clause
from pvelint.inflect import (
    VerbForm,
    is_plural,
    noun_plurals,
    plural_verb,
    verb_forms,
    verb_index,
)
from pvelint.surfaces import Features, Number, Surface
from pvelint.tokens import tokenise
from pvelint.wordforms import BOTH_NUMBERS

Form = Literal["noun", "verb", "adjective", "acronym", "fixed", "exact"]


#: Closed words that are as often written apart, and are looked for in both ways.
_PREFIXED = re.compile(
    r"\b(counter(?!part|feit|r?ing|r?ed\b|s\b|er|balance|point|sign)|anti(?!c|que|dot|gen|pod)|post(?=war|conflict|migr)"
    r"|co(?=operat|ordinat|exist)|cyber(?=[a-z]{4})|ultra(?=[a-z]{4})|multi(?=[a-z]{4})|pseudo(?=[a-z]{4}))"
    r"(?=[a-z]{4})"
)


def expand(
    term: str, *, form: Form = "noun", head: str | None = None, plural: str | None = None
) -> tuple[Surface, ...]:
    """Every surface of a term given in its base form, without duplicates, the base form first.

    head, plural: as in the lexicon, for nouns whose head is not found or whose plural changes more words.

    Raises ValueError for an unknown form or a term without a word.
    """
    if form not in get_args(Form):
        raise ValueError(f"unknown form {form!r}: {', '.join(get_args(Form))}")
    if not _norms(term):
        raise ValueError(f"a term needs at least one word: {term!r}")
    if form == "acronym":
        return _unique(_acronym(term))
    if form == "exact":
        return (Surface(_texts(term), Features(), True),)
    if form == "verb":
        written = _verb(term)
    elif form == "noun":
        written = _noun(term, head, plural)
    else:
        written = iter([(term, Features())])
    return _unique(
        Surface(_norms(spelled), features) for text, features in written for spelled in base_hyphen_closed(text)
    )


def _unique(surfaces: Iterable[Surface]) -> tuple[Surface, ...]:
    """The first surface of each sequence of words: one hit must not have two readings."""
    seen: dict[tuple[str, ...], Surface] = {}
    for surface in surfaces:
        seen.setdefault(surface.words, surface)
    return tuple(seen.values())


def _norms(text: str) -> tuple[str, ...]:
    return tuple(norm for word in text.split() for norm in _word_norms(word))


@lru_cache(maxsize=1 << 17)
def _word_norms(word: str) -> tuple[str, ...]:
    """Tokens never cross white space, so terms can share the work on their words."""
    return tuple(token.norm for token in tokenise(word))


def _texts(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenise(text))


def base_hyphen_closed(text: str) -> tuple[str, ...]:
    """The text itself, then with each hyphenated word closed, and known prefixes of closed words cut off."""
    choices = [_spellings(word) for word in text.split(" ")]
    if all(len(spellings) == 1 for spellings in choices):
        return (text,)
    return tuple(dict.fromkeys(" ".join(words) for words in product(*choices)))


@lru_cache(maxsize=1 << 14)
def _spellings(word: str) -> tuple[str, ...]:
    if "-" in word.strip("-"):
        return (word, word.replace("-", ""))
    prefix = _PREFIXED.match(word)
    return (word, f"{prefix[1]}-{word[prefix.end() :]}") if prefix else (word,)


# ------------------------------------------------------------------ forms


def _noun(term: str, head: str | None, plural: str | None) -> Iterator[tuple[str, Features]]:
    words = term.split()
    index = head_index(words, head)
    if head is None and (is_clause(term) or is_adjectival(term)):
        yield term, Features(number=None if is_adjectival(term) else "singular")
        if plural is not None:
            yield plural, Features(number="plural")
        return
    noun, clitic = _cut_possessive(words[index])
    if noun.lower().rpartition("-")[2] in BOTH_NUMBERS:
        number: Number | None = None
    else:
        number = "plural" if is_plural(noun) else "singular"
    yield term, Features(number=number)
    if plural is not None:
        yield plural, Features(number="plural")
    if number == "plural":
        return
    for many in noun_plurals(noun):
        changed = [*words[:index], many + clitic, *words[index + 1 :]]
        if index + 2 < len(words) and words[index + 1] in ("who", "that", "which"):
            changed[index + 2] = plural_verb(changed[index + 2])
        written = " ".join(changed)
        yield written, Features(number="plural")
        if "(" in written:
            yield re.sub(r"\(([A-Z]{2,})\)", r"(\1s)", written), Features(number="plural")


def _cut_possessive(word: str) -> tuple[str, str]:
    match = re.fullmatch(r"(.+?)(['’](?:s|S)?)", word)
    return (match[1], match[2]) if match else (word, "")


def _verb(term: str) -> Iterator[tuple[str, Features]]:
    words = term.split()
    index = verb_index(term)
    prefix, dash, verb = words[index].rpartition("-")
    order: tuple[VerbForm, ...] = ("base", "third", "past", "participle", "gerund")
    forms = verb_forms(verb.lower())
    for form in order:
        for written in forms[form]:
            changed = [*words[:index], prefix + dash + written, *words[index + 1 :]]
            yield " ".join(changed), Features(verb=form)


def _acronym(term: str) -> Iterator[Surface]:
    yield Surface(_texts(term), Features(number="singular"), True)
    last = term.split()[-1]
    if last.isupper():
        yield Surface(_texts(term + "s"), Features(number="plural"), True)
        # In a heading in capitals.
        yield Surface(_texts(term + "S"), Features(number="plural"), True)
    elif not is_plural(last):
        stem = term[: len(term) - len(last)]
        for many in noun_plurals(last):
            yield Surface(_texts(stem + many), Features(number="plural"), True)
