"""What the annotator is asked for and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pvelint.errors import PvelintError
from pvelint.findings import Finding
from pvelint.word.ownmarks import AUTHOR

INITIALS: Final = "pve"  # Word takes nine characters at most
LARGEST_COUNT: Final = 500


class Suggest(StrEnum):
    """Which replacements become tracked changes."""

    SAFE = "safe"  # those that can be taken unread
    OFFER = "offer"  # also the first of those that need a choice
    NONE = "none"


class How(StrEnum):
    """How exactly a comment stands on the words of its finding."""

    EXACT = "exact"
    WIDENED = "widened"  # on a whole that must not be cut: a field, a formula, a bound control
    STAND_IN = "stand-in"  # elsewhere, because Word takes no comment where the words are


@dataclass(frozen=True, slots=True)
class AnnotateOptions:
    """How to annotate.

    suggest:  see `Suggest`.
    author:   name that comments and changes carry.
    initials: at most nine characters are written.
    date:     ISO 8601 to the second with a final ``Z``; None for now, or SOURCE_DATE_EPOCH (seconds, UTC).
    reader:   whom the draft is for, in words for a person; empty to leave it out.
    sources:  titles of the sources by their ids; an id without one stands for itself.
    force:    also annotate documents that are protected or signed.
    limit:    how many comments one file gets at most.
    """

    suggest: Suggest = Suggest.SAFE
    author: str = AUTHOR
    initials: str = INITIALS
    date: str | None = None
    reader: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    force: bool = False
    limit: int = LARGEST_COUNT


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding that has a comment.

    comment:   id of the comment in the copy.
    suggested: the words put in by a tracked change; None when there is only the comment.
    refused:   why a suggestion did not become a tracked change, or an empty string.
    """

    finding: Finding
    how: How
    comment: int
    suggested: str | None = None
    refused: str = ""


@dataclass(frozen=True)
class Annotated:
    """A copy that is proved to be the original but for our marks.

    data:         the whole file; the very bytes of the original when nothing was placed.
    placed:       in the order of the comments.
    not_anchored: findings without a place for a comment, each with the reason.
    notes:        what a person should know of the document (final, write-protected, signed).
    comments:     how many comments were added.
    changes:      how many tracked replacements were added.
    """

    data: bytes
    placed: tuple[PlacedFinding, ...] = ()
    not_anchored: tuple[tuple[Finding, str], ...] = ()
    notes: tuple[str, ...] = ()
    comments: int = 0
    changes: int = 0


class AnnotateError(PvelintError):
    """No copy can or may be made of this document; the original is as it was."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What all marks of one run carry."""

    author: str
    initials: str
    date: str
