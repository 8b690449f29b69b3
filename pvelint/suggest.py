"""Fit approved wordings into the sentence, so that each can be inserted as it stands.

A wording comes in base form and leaves with the number, verb form, article, possessive and capitals that
its place asks for. Where that needs a neighbouring word too (*an* before a consonant, *are* after what is
now singular), the range grows over it, for all wordings alike; where it cannot be done, the wording is
None and the finding's advice has to serve.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from pvelint.agreement import (
    agreeing_be,
    article_before,
    article_further_left,
    countability,
    is_both_numbers,
    is_definite,
    is_one,
    noun_follows,
    takes_mass,
    verb_form,
)
from pvelint.capitals import put_capitals, read_capitals
from pvelint.heads import has_tail, head_index, is_adjectival
from pvelint.inflect import (
    VerbForm,
    conjugate,
    indefinite_article,
    is_plural,
    pluralise,
    singularise,
    verb_index,
)
from pvelint.neighbours import with_neighbours
from pvelint.slots import Edit, Fitted, Slot, Wording
from pvelint.spelling import respell
from pvelint.surfaces import Features, Number
from pvelint.wordforms import PREPOSITIONS

__all__ = ["Fitted", "Slot", "Wording", "apply", "fit"]


def fit(slot: Slot, wordings: Sequence[Wording]) -> Fitted:
    """Fit each wording into the slot; the texts come in the order of the wordings.

    A wording that would leave the text as it is counts as not fitting.

    Raises ValueError for a range outside the text or an unknown spelling variety.
    """
    if not 0 <= slot.start < slot.end <= len(slot.text):
        raise ValueError(f"no such range: {slot.start}-{slot.end} of {len(slot.text)} characters")
    edits = [_edit(slot, wording) for wording in wordings]
    start = min([slot.start, *(edit.start for edit in edits if edit)])
    end = max([slot.end, *(edit.end for edit in edits if edit)])
    texts = tuple(
        slot.text[start : edit.start] + edit.text + slot.text[edit.end : end] if edit else None for edit in edits
    )
    return Fitted(start, end, tuple(text if text != slot.text[start:end] else None for text in texts))


def apply(text: str, fitted: Fitted, index: int) -> str:
    """The text with one of the wordings inserted.

    Raises IndexError when there is no such wording and ValueError when it does not fit.
    """
    inserted = fitted.texts[index]
    if inserted is None:
        raise ValueError(f"wording {index} does not fit")
    return text[: fitted.start] + inserted + text[fitted.end :]


# ------------------------------------------------------------------ one wording


def _edit(slot: Slot, wording: Wording) -> Edit | None:
    slot = _settled(slot)
    if not _belongs(slot, wording):
        return None
    number = _number(slot, wording)
    if number == "unfit":
        return None
    body = _inflected(slot, wording, number)
    if slot.attributive:
        attributive = _before_noun(slot, wording, body)
        if attributive is None:
            return None
        body = attributive
    body = _in_the_texts_marks(slot, respell(body, variety=slot.variety))
    capitals = read_capitals(
        slot.text,
        slot.start,
        slot.end,
        heading=slot.heading,
        sentence_start=slot.sentence_start,
        term=slot.term,
    )
    cased = put_capitals(body, capitals, hyphen_parts=_hyphen_parts(slot.hit))
    return with_neighbours(slot, wording, Edit(slot.start, slot.end, cased), number, capitals)


def _settled(slot: Slot) -> Slot:
    """The slot with what its own words decide: the number of *youth*, and a noun tied on by a hyphen."""
    features = slot.features
    if features.number is None and features.verb is None and is_both_numbers(slot.hit):
        one = is_one(slot.text, slot.start, slot.end)
        features = Features(number="singular" if one else "plural")
    tied = re.match(r"[-\u2010\u2011]\w", slot.text[slot.end :]) is not None
    # "a deradicalization course": an article before what cannot be counted belongs to a noun further on.
    borrowed = (
        bool(article_before(slot.text, slot.start)[0])
        and countability(slot.hit) == "mass"
        and noun_follows(slot.text, slot.end)
    )
    modifies = features.verb is None and (tied or (borrowed and features.number == "singular"))
    return replace(slot, features=features, attributive=slot.attributive or modifies)


def _belongs(slot: Slot, wording: Wording) -> bool:
    """Whether the wording is of the right kind and position at all."""
    if wording.position == ("head" if slot.attributive else "attributive"):
        return False
    if re.search(r"\w[-\u2010\u2011]$", slot.text[: slot.start]) and " " in wording.term:
        return False
    if slot.features.verb is not None and wording.form in ("noun", "acronym"):
        return slot.features.verb == "gerund" and _gerund_as_noun(slot, wording)
    return not (slot.features.number is not None and wording.form == "verb")


def _gerund_as_noun(slot: Slot, wording: Wording) -> bool:
    """*work on countering extremism*: the whole phrase is a noun, unless *is* makes it a verb."""
    if " " not in slot.hit or countability(wording.term) != "mass":
        return False
    return verb_form(slot.text, slot.start, slot.end, "past") != "participle"


def _number(slot: Slot, wording: Wording) -> Number | Literal["as is", "unfit"]:
    """The number that the wording takes; ``unfit`` where it cannot be counted as the place asks."""
    asked = slot.features.number
    if wording.form not in ("noun", "acronym") or slot.attributive or asked is None:
        return "as is"
    kind = countability(wording.term)
    if is_adjectival(wording.term) and wording.head is None:
        return "unfit"
    if kind == "name":
        return "unfit" if asked == "plural" or is_definite(slot.text, slot.start) else "as is"
    if asked == "singular" and _is_pair(wording):
        # "the safety and rights of everyone" has no singular.
        return "unfit" if _single(slot) or not takes_mass(slot.text, slot.start, plural=False) else "plural"
    found = countability(slot.hit)
    if found == "both" and is_definite(slot.text, slot.start):
        found = "count"
    if found not in ("count", "name") and asked == "singular":
        return "plural" if kind == "count" and not _single(slot) else "as is"
    if kind == "mass":
        return "as is" if takes_mass(slot.text, slot.start, plural=asked == "plural") else "unfit"
    return asked


def _is_pair(wording: Wording) -> bool:
    """Whether the wording is two nouns in the plural (*women and girls*)."""
    words = wording.term.split()
    index = head_index(words, wording.head)
    return "and" in words[:index] and is_plural(words[index])


def _single(slot: Slot) -> bool:
    return bool(article_before(slot.text, slot.start)[0]) or article_further_left(slot.text, slot.start)


def _inflected(slot: Slot, wording: Wording, number: str) -> str:
    if wording.form == "verb" and slot.features.verb is not None:
        form = verb_form(slot.text, slot.start, slot.end, slot.features.verb)
        return _conjugated(slot, wording.term, form)
    if number == "plural":
        return wording.plural or pluralise(wording.term, head=wording.head)
    if number == "singular":
        return _one_article(slot, singularise(wording.term, head=wording.head))
    return _one_article(slot, wording.term)


#: Names come as nouns in the singular, or exactly, which tells no number.
_NAMES_FEATURES = (Features(number="singular"), Features())


def _one_article(slot: Slot, term: str) -> str:
    """A wording given with its own article, without it where the text has a determiner already."""
    first, _, rest = term.partition(" ")
    determined = slot.attributive or is_definite(slot.text, slot.start)
    if first in ("a", "an", "the"):
        return rest if determined and rest else term
    if not determined and slot.features in _NAMES_FEATURES and countability(slot.hit) == "name":
        # Names stand without an article where "armed group" cannot.
        return f"{indefinite_article(term)} {term}" if countability(term) == "count" else term
    return term


def _conjugated(slot: Slot, term: str, form: VerbForm) -> str:
    words = term.split()
    index = verb_index(term)
    if words[index] != "be":
        return conjugate(term, form)
    written = conjugate(words[index], form)
    words[index] = agreeing_be(slot.text, slot.start, form, written)
    return " ".join(words)


_PREFIXES = frozenset(
    {"counter", "anti", "ex", "non", "pre", "post", "co", "de", "re", "pro", "al", "self", "so", "multi"}
)


def _before_noun(slot: Slot, wording: Wording, body: str) -> str | None:
    """The wording as a modifier: no words after its head, hyphens for *at-risk youth*."""
    words = body.split()
    if wording.form != "verb" and words[0].lower() in PREPOSITIONS and len(words) > 1:
        return "-".join(words) if wording.form in ("adjective", "fixed", "exact") else None
    if any(word.lower() in PREPOSITIONS for word in words[1:]) or has_tail(body, head=wording.head):
        return None
    first, dash, rest = re.sub(r"[\u2010\u2011]", "-", slot.hit).partition("-")
    if dash and " " not in first + rest and first.lower() not in _PREFIXES and len(words) == 2 and "-" not in body:
        # "foreign-fighter family" was written with a hyphen, so its replacement is too.
        return "-".join(words)
    return body


def _in_the_texts_marks(slot: Slot, body: str) -> str:
    """Curly apostrophes where the text has them, and the hit's own kind of hyphen."""
    if "’" in slot.text:
        body = body.replace("'", "’")
    if "\u2011" in slot.hit:
        body = body.replace("-", "\u2011")
    return body


def _hyphen_parts(hit: str) -> bool:
    """Whether a title puts capitals after hyphens: as the hit does, and by default."""
    after = re.search(r"\w[-\u2010\u2011](\w)", hit)
    return after is None or after[1].isupper()
