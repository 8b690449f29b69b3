"""The place of a hit and the wordings to put there: what ``suggest`` takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pvelint.surfaces import Features
from pvelint.variants import Form


@dataclass(frozen=True, slots=True)
class Wording:
    """An approved wording in base form.

    plural, head: as in the lexicon, where the head's plural is not all that changes or the head is not found.
    position:     ``attributive`` fits only before a noun, ``head`` never does.
    form:         ``verb`` is conjugated; ``noun`` and ``acronym`` take number; the others stay as they are.
    """

    term: str
    plural: str | None = None
    head: str | None = None
    position: Literal["any", "attributive", "head"] = "any"
    form: Form = "noun"


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a hit.

    start, end: code points of ``text``, half-open, without a possessive ending.
    heading:    the text is a heading, where capitals may be a title's.
    variety:    spelling of what is inserted: un, uk or us.
    term:       the base form that was hit, when known: its own capitals are then no title's.
    """

    text: str
    start: int
    end: int
    features: Features
    heading: bool = False
    sentence_start: bool = False
    attributive: bool = False
    variety: str = "un"
    term: str = ""

    @property
    def hit(self) -> str:
        return self.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The range to replace and, for each wording, what to put there, or None where it does not fit."""

    start: int
    end: int
    texts: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One wording's own change, which may be wider or narrower than the others'."""

    start: int
    end: int
    text: str
