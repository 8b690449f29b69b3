"""One spelling for matching (placeholder until the spelling module lands)."""

from __future__ import annotations


def canonical(word: str) -> str:
    """The spelling that words are compared in."""
    return word
