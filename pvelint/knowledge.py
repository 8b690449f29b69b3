"""Everything that a run knows: lexicon, names, acronyms, cues, conditions, rules, and the indexes over them.

``load_knowledge`` takes it compiled (see ``compiled``) and makes it from the YAML files where that is missing or stale;
``read_knowledge`` always reads the YAML files. Both give the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pvelint.findings import Tier
from pvelint.office import NO_OFFICE, Office

if TYPE_CHECKING:
    from pvelint.acronyms import Acronym
    from pvelint.causality import CausalWords
    from pvelint.cues import Cues
    from pvelint.donors import Overlay
    from pvelint.lexicon import ApprovedTerm, AvoidedTerm, Concept, Lexicon
    from pvelint.matching import RuleIndex
    from pvelint.names import Name
    from pvelint.rules import Rule
    from pvelint.scan import Pattern, Scanner
    from pvelint.screen import Screen
    from pvelint.sites import Site
    from pvelint.usage import UsageJudge
    from pvelint.weighing.weights import Weights


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
    classes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weights_file: Path | None = None

    @property
    def key(self) -> str:
        """Stands for the whole content, where it is known; empty for knowledge that was put together by hand."""
        return ""

    @cached_property
    def avoided(self) -> Sequence[tuple[Concept, AvoidedTerm]]:
        return tuple((concept, term) for concept in self.lexicon.concepts for term in concept.avoided)

    @cached_property
    def approved(self) -> Sequence[tuple[Concept, Tier, ApprovedTerm]]:
        return tuple(
            (concept, tier, term)
            for concept in self.lexicon.concepts
            for tier in Tier
            for term in concept.approved[tier]
        )

    @cached_property
    def scanner(self) -> Scanner:
        """Finds terms, names and acronyms."""
        from pvelint.scan import Scanner

        return Scanner.of(patterns(self))

    @cached_property
    def rule_index(self) -> RuleIndex:
        """The rules made ready for matching."""
        from pvelint.ruleindex import index_rules

        return index_rules(self.rules, self.classes)[0]

    def screen(self, tier: str, *, preview: bool = False) -> Screen:
        """The first look at drafts for a reader; made once."""
        if (tier, preview) not in self._screens:
            from pvelint.screen import Screen

            self._screens[tier, preview] = Screen(self, tier, preview=preview)
        return self._screens[tier, preview]

    @cached_property
    def _screens(self) -> dict[tuple[str, bool], Screen]:
        return {}

    @cached_property
    def weights(self) -> Weights | None:
        """The weights of signs; None where there are none (tests of single rules)."""
        from pvelint.weighing.weights import load_weights

        return load_weights(self.weights_file) if self.weights_file is not None else None

    @cached_property
    def rule_by_id(self) -> Mapping[str, Rule]:
        """The rules in the order of their ids; compiled knowledge has them here without patterns and relations."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def rule_names(self) -> Mapping[str, str]:
        """Rule id to name."""
        return {rule.id: rule.name for rule in self.rules}

    @cached_property
    def concept_ids(self) -> tuple[str, ...]:
        return tuple(concept.id for concept in self.lexicon.concepts)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The titles of the sources by id."""
        from pvelint.sources import shipped_titles

        return shipped_titles()

    @cached_property
    def usage(self) -> UsageJudge:
        from pvelint.usage import UsageJudge

        return UsageJudge(self.cues)


def patterns(knowledge: Knowledge) -> list[Pattern]:
    """Every surface of every term, name and acronym, for the scanner."""
    from pvelint.scan import Pattern
    from pvelint.surfaces import Features, Surface
    from pvelint.tokens import tokenise
    from pvelint.variants import expand

    found: list[Pattern] = []
    for key, (_, avoided) in enumerate(knowledge.avoided):
        for surface in expand(avoided.term, form=avoided.form, head=avoided.head, plural=avoided.plural):
            found.append(Pattern("avoided", key, surface))
    for key, (_, _, approved) in enumerate(knowledge.approved):
        wording = approved.wording
        for surface in expand(wording.term, form=wording.form, head=wording.head, plural=wording.plural):
            found.append(Pattern("approved", key, surface))
    for key, name in enumerate(knowledge.names):
        tokens = tokenise(name.name)
        surface = Surface(tuple(token.norm for token in tokens), Features())
        found.append(Pattern("name", key, surface, tuple(token.text[:1].isupper() for token in tokens)))
    for key, acronym in enumerate(knowledge.acronyms):
        for surface in expand(acronym.acronym, form="acronym"):
            found.append(Pattern("acronym", key, surface))
    return found


def builtin_conditions(cues: Cues) -> dict[str, Callable[[Site], bool]]:
    """The conditions that code answers."""
    from pvelint.sides import (
        SideJudge,
        adjective_use,
        attributive,
        group_subject,
        negative_within,
        noun_use,
        verb_use,
    )

    sides = SideJudge(cues)
    return {
        "own-work": sides.own_work,
        "own-doer": sides.own_doer,
        "own-subject": sides.own_subject,
        "noun-use": noun_use,
        "adjective-use": adjective_use,
        "verb-use": verb_use,
        "negative-within": negative_within,
        "attributive": attributive,
        "group-subject": group_subject,
    }


def load_knowledge(
    *, donor: str | None = None, office: Office = NO_OFFICE, only: Sequence[Path] = ()
) -> Knowledge:
    """The shipped data, an office's own files and a donor's overlay, compiled where that is possible.

    only: concept files to load instead of the shipped ones (for testing one file). Raises DataError and UsageError.
    """
    from pvelint.compiled import compiled_knowledge

    return compiled_knowledge(donor=donor, office=office, only=only)


def read_knowledge(
    *, donor: str | None = None, office: Office = NO_OFFICE, only: Sequence[Path] = ()
) -> Knowledge:
    """Like ``load_knowledge``, from the YAML files themselves. Raises DataError and UsageError."""
    from pvelint import shipped
    from pvelint.acronyms import load_acronyms
    from pvelint.causality import load_causal_words
    from pvelint.conditions import ConditionReader, class_files, read_classes
    from pvelint.cues import load_cues
    from pvelint.donors import apply_overlay, load_overlay
    from pvelint.lexicon import concept_files, load_lexicon
    from pvelint.names import load_names
    from pvelint.rules import load_rules, rule_files

    lexicons, rules = shipped.folder("lexicons"), shipped.folder("rules")
    cues = load_cues(rules / "cues.yml")
    builtins = builtin_conditions(cues)
    classes = read_classes(*class_files(rules))
    reader = ConditionReader(classes=classes, builtins=builtins)
    reader.read_named(rules / "conditions.yml")
    files = [*(only or concept_files(lexicons)), *(Path(extra) for extra in office.lexicons)]
    lexicon = load_lexicon(files, conditions=reader)
    found = load_rules(
        [*rule_files(rules), *(Path(extra) for extra in office.rules)], conditions=reader
    )
    overlay = load_overlay(donor, lexicons) if donor else None
    if overlay is not None:
        lexicon = apply_overlay(lexicon, overlay)
    return Knowledge(
        lexicon=lexicon,
        names=tuple(
            name for path in (lexicons / "names.yml", *map(Path, office.names)) for name in load_names(path)
        ),
        acronyms=load_acronyms(lexicons / "acronyms.yml"),
        cues=cues,
        builtins=builtins,
        overlay=overlay,
        rules=found,
        causal=load_causal_words(rules / "causal-words.yml"),
        classes=classes,
        weights_file=rules / "weights.tsv" if (rules / "weights.tsv").is_file() else None,
    )


def sources(
    *, donor: str | None = None, office: Office = NO_OFFICE, only: Sequence[Path] = ()
) -> tuple[Path, ...]:
    """The files from which ``read_knowledge`` makes what it gives, in a fixed order. Raises DataError."""
    from pvelint import shipped

    lexicons, rules = shipped.folder("lexicons"), shipped.folder("rules")
    found = [
        path
        for base in (lexicons, rules)
        for path in sorted(base.rglob("*"))
        if path.suffix in {".yml", ".yaml", ".tsv"} and path.is_file()
    ]
    if donor is None:
        found = [path for path in found if path.parent.name != "donors"]
    if only:
        from pvelint.lexicon import concept_files

        found = [path for path in found if path not in set(concept_files(lexicons))]
    return (*found, *only, *(Path(extra) for extra in office.files))
