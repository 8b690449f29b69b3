"""Usage cues as data (``rules/cues.yml``): categories of words, matched in any inflection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pvelint.decode import load_yaml
from pvelint.phrases import PhraseSet, phrase_set

CATEGORIES = (
    "mention-noun",
    "mention-verb",
    "label-verb",
    "mention-prefix",
    "mention-instruction",
    "mention-preposition",
    "refusal-verb",
    "refusal-preposition",
    "rebuttal-noun",
    "rebuttal-adjective",
    "rebuttal-phrase",
    "rebuttal-verb",
    "rebuttal-next",
    "rebuttal-previous",
    "speech-verb",
    "own-side",
    "other-side",
    "activity-verb",
    "community",
)


@dataclass(frozen=True)
class Cues:
    """The cue words of each category."""

    words: Mapping[str, tuple[str, ...]]

    def phrases(self, category: str) -> PhraseSet:
        """The category as a phrase set, in any inflection."""
        return phrase_set(self.words[category])

    def lemmas(self, category: str) -> frozenset[str]:
        """The first words of the category, for comparing with lemmas of a parse."""
        return frozenset(word.split()[0].lower() for word in self.words[category])


def load_cues(path: Path) -> Cues:
    """Read the cue file. Raises DataError for an unknown or missing category."""
    nodes = load_yaml(path, shown=f"rules/{path.name}").mapping("the cues", allowed=CATEGORIES, required=CATEGORIES)
    return Cues({name: node.strings(name) for name, node in nodes.items()})
