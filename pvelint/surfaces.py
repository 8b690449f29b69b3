"""One way to write a term, and what it says of the sentence around it.

Apart from ``variants``, which makes them, because a draft without a candidate needs no more than these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pvelint.inflect import VerbForm

Number = Literal["singular", "plural"]


@dataclass(frozen=True, slots=True)
class Features:
    """What a surface says about the sentence around it; None where it says nothing.

    number: of a noun; None also for words that are both (*youth*).
    verb:   ``past`` stands for the participle too when both are written alike (*countered*).
    """

    number: Number | None = None
    verb: VerbForm | None = None


@dataclass(frozen=True, slots=True)
class Surface:
    """One way to write a term: token norms, or with ``case_sensitive`` the tokens' own text."""

    words: tuple[str, ...]
    features: Features = Features()
    case_sensitive: bool = False
