"""Usage cues as data (``rules/cues.yml``): categories of words, matched in any inflection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pvelint.decode import load_yaml
from pvelint.phrases import PhraseSet, phrase_set

CATEGORIES = (
    "mention-noun",
    "label-verb",
    "mention-verb",
    "mention-prefix",
    "mention-instruction",
    "mention-preposition",
    "mention-predicate",
    "criticism-verb",
    "refusal-verb",
    "cessation-verb",
    "refusal-preposition",
    "pseudo-negation",
    "negative-adverb",
    "factive-verb",
    "label-noun",
    "light-noun",
    "rebuttal-noun",
    "rebuttal-adjective",
    "claim-noun",
    "evidence-noun",
    "rebuttal-phrase",
    "rebuttal-verb",
    "rebuttal-next",
    "rebuttal-answer",
    "rebuttal-previous",
    "evidence-source",
    "evidence-contrary",
    "retraction-verb",
    "reaction",
    "too-simple",
    "asking",
    "seeing",
    "answering",
    "risk-subject",
    "mention-after",
    "warning",
    "speech-verb",
    "claim-verb",
    "claim-adjective",
    "attribution-phrase",
    "attribution-noun",
    "own-speaker",
    "outside-speaker",
    "utterance-noun",
    "work-noun",
    "own-side",
    "other-side",
    "activity-verb",
    "community",
)


@lru_cache(maxsize=256)
def _first_words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.split()[0].lower() for word in words)


@lru_cache(maxsize=256)
def _lowered(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


@dataclass(frozen=True)
class Cues:
    """The cue words of each category."""

    words: Mapping[str, tuple[str, ...]]

    def phrases(self, category: str) -> PhraseSet:
        """The category as a phrase set, in any inflection."""
        return phrase_set(self.words[category])

    def lemmas(self, category: str) -> frozenset[str]:
        """The first words of the category, for comparing with lemmas of a parse."""
        return _first_words(self.words[category])

    def single(self, category: str) -> frozenset[str]:
        """The category as it is written, in lower case: single words and verbs with their particle."""
        return _lowered(self.words[category])


def load_cues(path: Path) -> Cues:
    """Read the cue file. Raises DataError for an unknown or missing category."""
    nodes = load_yaml(path, shown=f"rules/{path.name}").mapping("the cues", allowed=CATEGORIES, required=CATEGORIES)
    return Cues({name: node.strings(name) for name, node in nodes.items()})
