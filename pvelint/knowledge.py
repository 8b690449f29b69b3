"""Everything that a run knows, loaded once: lexicon, names, acronyms, cues, conditions, and the scanner over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pvelint import shipped
from pvelint.acronyms import Acronym, load_acronyms
from pvelint.causality import CausalWords, load_causal_words
from pvelint.conditions import ConditionReader, class_files, read_classes
from pvelint.cues import Cues, load_cues
from pvelint.donors import Overlay, apply_overlay, load_overlay
from pvelint.findings import Tier
from pvelint.lexicon import ApprovedTerm, AvoidedTerm, Concept, Lexicon, concept_files, load_lexicon
from pvelint.names import Name, load_names
from pvelint.ruleindex import RuleIndex, index_rules
from pvelint.rules import Rule, load_rules, rule_files
from pvelint.scan import Pattern, Scanner
from pvelint.sides import SideJudge, adjective_use, attributive, group_subject, noun_use, verb_use
from pvelint.sites import Site
from pvelint.tokens import tokenise
from pvelint.usage import UsageJudge
from pvelint.variants import Features, Surface, expand


@dataclass(frozen=True)
class Knowledge:
    """The data of a run and what is built from it.

    builtins: the conditions that code answers, by name.
    """

    lexicon: Lexicon
    names: tuple[Name, ...]
    acronyms: tuple[Acronym, ...]
    cues: Cues
    builtins: Mapping[str, Callable[[Site], bool]]
    overlay: Overlay | None = None
    rules: tuple[Rule, ...] = ()
    causal: CausalWords | None = None

    @cached_property
    def avoided(self) -> tuple[tuple[Concept, AvoidedTerm], ...]:
        return tuple((concept, term) for concept in self.lexicon.concepts for term in concept.avoided)

    @cached_property
    def approved(self) -> tuple[tuple[Concept, Tier, ApprovedTerm], ...]:
        return tuple(
            (concept, tier, term)
            for concept in self.lexicon.concepts
            for tier in Tier
            for term in concept.approved[tier]
        )

    @cached_property
    def scanner(self) -> Scanner:
        return Scanner(self._patterns())

    @cached_property
    def rule_index(self) -> RuleIndex:
        return index_rules(self.rules)

    @cached_property
    def usage(self) -> UsageJudge:
        return UsageJudge(self.cues)

    def _patterns(self) -> list[Pattern]:
        patterns: list[Pattern] = []
        for key, (_, avoided) in enumerate(self.avoided):
            for surface in expand(avoided.term, form=avoided.form, head=avoided.head, plural=avoided.plural):
                patterns.append(Pattern("avoided", key, surface))
        for key, (_, _, approved) in enumerate(self.approved):
            wording = approved.wording
            for surface in expand(wording.term, form=wording.form, head=wording.head, plural=wording.plural):
                patterns.append(Pattern("approved", key, surface))
        for key, name in enumerate(self.names):
            tokens = tokenise(name.name)
            surface = Surface(tuple(token.norm for token in tokens), Features())
            patterns.append(Pattern("name", key, surface, tuple(token.text[:1].isupper() for token in tokens)))
        for key, acronym in enumerate(self.acronyms):
            for surface in expand(acronym.acronym, form="acronym"):
                patterns.append(Pattern("acronym", key, surface))
        return patterns


def builtin_conditions(cues: Cues) -> dict[str, Callable[[Site], bool]]:
    """The conditions that code answers."""
    sides = SideJudge(cues)
    return {
        "own-work": sides.own_work,
        "noun-use": noun_use,
        "adjective-use": adjective_use,
        "verb-use": verb_use,
        "attributive": attributive,
        "group-subject": group_subject,
    }


def load_knowledge(
    *, donor: str | None = None, extra_lexicons: Sequence[str | Path] = (), only: Sequence[Path] = ()
) -> Knowledge:
    """Load the shipped data, an office's own lexicons and a donor's overlay.

    only: concept files to load instead of the shipped ones (for testing one file). Raises DataError and UsageError.
    """
    lexicons, rules = shipped.folder("lexicons"), shipped.folder("rules")
    cues = load_cues(rules / "cues.yml")
    builtins = builtin_conditions(cues)
    reader = ConditionReader(classes=read_classes(*class_files(rules)), builtins=builtins)
    reader.read_named(rules / "conditions.yml")
    files = [*(only or concept_files(lexicons)), *(Path(extra) for extra in extra_lexicons)]
    lexicon = load_lexicon(files, conditions=reader)
    found = load_rules(rule_files(rules), conditions=reader)
    overlay = load_overlay(donor, lexicons) if donor else None
    if overlay is not None:
        lexicon = apply_overlay(lexicon, overlay)
    return Knowledge(
        lexicon=lexicon,
        names=load_names(lexicons / "names.yml"),
        acronyms=load_acronyms(lexicons / "acronyms.yml"),
        cues=cues,
        builtins=builtins,
        overlay=overlay,
        rules=found,
        causal=load_causal_words(rules / "causal-words.yml"),
    )
