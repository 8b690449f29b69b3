"""What people are told about each rule: one description for ``explain``, ``rules``, SARIF and the pages in docs/rules.

Three kinds: rules with a file of their own, rules made from the lexicon (one per kind of matter), and the
program's own remarks about suppressions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pvelint import shipped
from pvelint.findings import Family, Level, Tier
from pvelint.knowledge import Knowledge
from pvelint.rules import Rule
from pvelint.ruletable import TERM_RULES, TOOL_RULES, TermRule

#: How many examples of concepts a rule made from the lexicon shows.
_SHOWN = 6
_TERM_WHY = MappingProxyType(
    {
        "S100": "The words put a group of people under suspicion for what they are.",
        "C200": "The words set our side against violent groups, and put at risk those who work with communities.",
        "M300": "The words tie people who move to violence that others commit.",
        "K400": "The words promise one cause, or a certain one, where there are many.",
        "T501": "One approved term for one thing keeps texts clear and keeps out words that do harm.",
        "T502": "Each reader has its own words: what an expert expects confuses or alarms a community.",
        "T504": "A reader who meets an acronym for the first time needs it written out.",
        "T505": "People in communities do not know the acronyms of agencies.",
    }
)


@dataclass(frozen=True, slots=True)
class Precision:
    """How many of a rule's findings on labelled sentences were right."""

    right: int
    all: int

    @property
    def share(self) -> float:
        return self.right / self.all if self.all else 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """An example as people read it. tier: the reader it holds for, None for both. mark: the words found."""

    text: str
    tier: Tier | None = None
    mark: str | None = None


@dataclass(frozen=True, kw_only=True)
class RuleInfo:
    """A rule as people are told of it.

    kind:      ``rule`` (a file of its own), ``terms`` (made from the lexicon) or ``tool``.
    levels:    by reader; empty where each concept has its own.
    advice:    how to write instead, by reader; empty where each concept has its own.
    file:      where it stands, below the repository; None for the program's own.
    precision: as measured; None when not measured.
    """

    id: str
    name: str
    family: Family
    kind: str
    summary: str
    why: str
    source: tuple[str, ...] = ()
    levels: Mapping[Tier, Level] = field(default_factory=lambda: MappingProxyType({}))
    advice: Mapping[Tier, str] = field(default_factory=lambda: MappingProxyType({}))
    flag: tuple[Shown, ...] = ()
    leave: tuple[Shown, ...] = ()
    red_line: str | None = None
    preview: bool = False
    file: str | None = None
    precision: Precision | None = None


def rulebook(knowledge: Knowledge, measured: Mapping[str, Precision] | None = None) -> tuple[RuleInfo, ...]:
    """All rules of a run, sorted by id. measured: precision by rule; None reads the shipped figures."""
    figures = precision() if measured is None else measured
    found = [
        *(_from_file(rule, figures) for rule in knowledge.rule_by_id.values()),
        *(_from_terms(rule, knowledge, figures) for rule in TERM_RULES.values()),
        *_tool(),
    ]
    return tuple(sorted(found, key=lambda rule: rule.id))


def precision() -> Mapping[str, Precision]:
    """The measured precision of each rule (``evaluation.json``, written by tools/evaluate.py); empty when absent.

    A broken file counts as absent: these are figures for people and decide nothing.
    """
    path = shipped.evaluation()
    if path is None:
        return MappingProxyType({})
    try:
        rules = json.loads(path.read_text(encoding="utf-8"))["rules"]
        return MappingProxyType(
            {str(name): Precision(int(one["right"]), int(one["all"])) for name, one in rules.items() if one["all"]}
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return MappingProxyType({})


def _from_file(rule: Rule, figures: Mapping[str, Precision]) -> RuleInfo:
    return RuleInfo(
        id=rule.id,
        name=rule.name,
        family=rule.family,
        kind="rule",
        summary=rule.message or rule.name.replace("-", " ").capitalize() + ".",
        why=rule.why,
        source=rule.source,
        levels=rule.levels,
        advice=MappingProxyType({tier: " ".join(words) for tier, words in rule.advice.items() if tier in rule.levels}),
        flag=tuple(Shown(one.text, one.tier, one.term) for one in rule.examples if one.flag),
        leave=tuple(Shown(one.text, one.tier) for one in rule.examples if not one.flag),
        red_line=rule.red_line,
        preview=rule.preview,
        file=rule.path,
        precision=figures.get(rule.id),
    )


def _from_terms(rule: TermRule, knowledge: Knowledge, figures: Mapping[str, Precision]) -> RuleInfo:
    flag, leave = _lexicon_examples(rule, knowledge)
    return RuleInfo(
        id=rule.id,
        name=rule.name,
        family=rule.family,
        kind="terms",
        summary=rule.summary,
        why=_TERM_WHY.get(rule.id, ""),
        flag=flag,
        leave=leave,
        file="lexicons/",
        precision=figures.get(rule.id),
    )


def _lexicon_examples(rule: TermRule, knowledge: Knowledge) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """One example to flag and one to leave of each of the first concepts that the rule reports."""
    flag: list[Shown] = []
    leave: list[Shown] = []
    if rule.id in {"T504", "T505"}:
        return (), ()
    for concept in knowledge.lexicon.concepts:
        if concept.family is not rule.family or len(flag) == _SHOWN:
            continue
        shown = next(
            (one for one in concept.examples if one.flag and (one.tier is not None) == (rule.id == "T502")), None
        )
        left = next((one for one in concept.examples if not one.flag), None)
        if shown is not None and left is not None:
            flag.append(Shown(shown.text, shown.tier, shown.term))
            leave.append(Shown(left.text, left.tier))
    return tuple(flag), tuple(leave)


def _tool() -> Iterator[RuleInfo]:
    for rule in TOOL_RULES.values():
        yield RuleInfo(
            id=rule.id,
            name=rule.name,
            family=Family.TOOL,
            kind="tool",
            summary=rule.summary,
            why=rule.why,
            levels=MappingProxyType(dict.fromkeys(Tier, Level.WARNING)),
            advice=MappingProxyType(dict.fromkeys(Tier, rule.cure)),
        )
