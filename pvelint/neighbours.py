"""Fit the words beside a replacement to it: possessive, verb, determiner, article and repetitions."""

from __future__ import annotations

import re
from typing import Literal

from pvelint.agreement import article_before, countability, exchanged_determiner, exchanged_verb, word_before
from pvelint.articles import indefinite_article
from pvelint.capitals import Capitals, raise_first
from pvelint.heads import has_tail
from pvelint.inflect import is_plural
from pvelint.slots import Edit, Slot, Wording
from pvelint.spelling import canonical


def with_neighbours(slot: Slot, wording: Wording, edit: Edit, number: str, capitals: Capitals) -> Edit | None:
    """The edit grown over possessive, verb, determiner and repeated words beside it; None if it cannot."""
    noun = wording.form in ("noun", "acronym") and slot.features.verb is None
    plural = number == "plural" or (number == "as is" and is_plural(edit.text.split()[-1]))
    possessed = _possessive(slot, wording, edit, plural=plural)
    if possessed is None:
        return None
    repeated = _without_repetition(slot, possessed)
    if noun and not slot.attributive:
        repeated = _agreeing_verb(slot, repeated, number)
    if repeated.start < slot.start:
        return repeated
    return _with_determiner(slot, repeated, number if noun else "as is", capitals, wording)


def _possessive(slot: Slot, wording: Wording, edit: Edit, *, plural: bool) -> Edit | None:
    """The ending of *the aliens' papers* as the wording needs it; None for a wording with a tail."""
    found = re.match(r"['’ʼ](?:[sS](?!\w)|(?=\s+\w))", slot.text[slot.end :])
    quoted = slot.text[: slot.start].endswith(("'", "‘"))
    if found is None or (found.end() == 1 and (quoted or slot.hit[-1] not in "sS")):
        return edit
    if has_tail(edit.text, head=wording.head):
        return None
    mark = found.group()[0]
    ending = mark if plural and edit.text[-1] in "sS" else mark + ("S" if edit.text.isupper() else "s")
    if ending == found.group():
        return edit
    return Edit(edit.start, slot.end + found.end(), edit.text + ending)


#: More words than this are not looked back or ahead for.
_LONGEST_REPETITION = 5


def _without_repetition(slot: Slot, edit: Edit) -> Edit:
    """Grow over a neighbour that the wording would say again: *former* before *former fighters*."""
    words = edit.text.split()
    start, text, place = edit.start, edit.text, slot.start
    before: list[str] = []
    for count in range(1, min(len(words), _LONGEST_REPETITION) + 1):
        word, place = word_before(slot.text, place)
        if not word:
            break
        before.insert(0, word)
        if _same(before, words[:count]):
            start = place
            text = raise_first(edit.text) if word[0].isupper() and not word.isupper() else edit.text
    end = edit.end
    if end == slot.end:
        end = _repeated_after(slot, words)
    return Edit(start, end, text)


def _repeated_after(slot: Slot, words: list[str]) -> int:
    after = list(re.finditer(r"[^\S\n]+([^\W_]+(?:['’-][^\W_]+)*)", slot.text[slot.end : slot.end + 60]))
    end = slot.end
    place = 0
    following: list[str] = []
    for match in after[: min(len(words), _LONGEST_REPETITION)]:
        if match.start() != place:
            break
        place = match.end()
        following.append(match[1])
        if _same(following, words[-len(following) :]):
            end = slot.end + place
    return end


def _same(left: list[str], right: list[str]) -> bool:
    return [canonical(word.lower()) for word in left] == [canonical(word.lower()) for word in right]


def _turned(slot: Slot, number: str, wording_kind: str) -> Literal["mass", "many"] | None:
    """Whether the replacement turned a plural into a mass noun, or a mass noun into a plural."""
    asked = slot.features.number
    if asked == "plural" and number == "as is" and wording_kind == "mass":
        return "mass"
    return "many" if asked == "singular" and number == "plural" else None


def _agreeing_verb(slot: Slot, edit: Edit, number: str) -> Edit:
    turned = _turned(slot, number, countability(edit.text.lower() if edit.text.istitle() else edit.text))
    if turned is None or edit.end != slot.end:
        return edit
    changed = exchanged_verb(slot.text, slot.end, to="singular" if turned == "mass" else "plural")
    if changed is None:
        return edit
    return Edit(edit.start, changed[1], edit.text + changed[0])


def _with_determiner(slot: Slot, edit: Edit, number: str, capitals: Capitals, wording: Wording) -> Edit | None:
    kind = countability(wording.term)
    turned = _turned(slot, number, kind)
    if turned is not None:
        exchanged = exchanged_determiner(slot.text, slot.start, to=turned)
        if exchanged is not None:
            between = slot.text[exchanged[1] + len(word_before(slot.text, slot.start)[0]) : slot.start]
            return Edit(exchanged[1], edit.end, exchanged[0] + between + edit.text)
    article, place = article_before(slot.text, slot.start)
    if not article or (slot.features.number == "plural" and not slot.attributive):
        return edit
    if kind == "mass" and not slot.attributive and slot.features.number == "singular":
        upper = article[0].isupper() and capitals != "caps"
        return Edit(place, edit.end, raise_first(edit.text) if upper else edit.text)
    wanted = indefinite_article(edit.text if capitals != "caps" else wording.term)
    if wanted == article.lower():
        return edit
    written = wanted.upper() if capitals == "caps" else raise_first(wanted) if article[0].isupper() else wanted
    return Edit(place, edit.end, written + slot.text[place + len(article) : slot.start] + edit.text)
