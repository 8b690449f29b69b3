"""The page of a rule: what, why, on whose authority, levels, examples, how to write instead, measured precision.

One list of sections; ``explain`` prints it as text, tools/make_rule_docs.py writes it as Markdown into docs/rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pvelint.findings import Tier
from pvelint.rulebook import RuleInfo, Shown
from pvelint.sources import named

READERS = {Tier.DONOR: "donors and the public", Tier.FIELD: "field teams and communities"}
_OWN_LEVELS = {
    "terms": "Each concept has its own level for each reader: `pvelint terms list`.",
    "tool": "warning, for every reader",
}
NOT_MEASURED = "not yet measured"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, with paragraphs or with items of a list."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def sections(rule: RuleInfo, titles: Mapping[str, str]) -> Iterator[Section]:
    """What there is to say of a rule. titles: of sources, by id."""
    yield Section("What", (rule.summary,))
    if rule.why:
        yield Section("Why", (rule.why,))
    yield Section("Level", tuple(_levels(rule)))
    if rule.advice:
        yield Section("Write instead", tuple(_advice(rule)))
    elif rule.kind == "terms":
        yield Section("Write instead", ("Each concept offers its own words: `pvelint term WORDS`.",))
    for title, examples in (("Found", rule.flag), ("Left alone", rule.leave)):
        if examples:
            yield Section(title, items=tuple(_example(one) for one in examples))
    if rule.source:
        yield Section("On whose authority", items=tuple(named(rule.source, titles)))
    if rule.kind != "tool":
        yield Section("Measured precision", (precision(rule),))
    if rule.file is not None:
        yield Section("Where it stands", (rule.file,))


def precision(rule: RuleInfo) -> str:
    """How often the rule was right on labelled sentences, in words."""
    measured = rule.precision
    if measured is None:
        return NOT_MEASURED
    return f"{measured.share:.0%}: {measured.right} of {measured.all} findings on labelled sentences were right"


def _levels(rule: RuleInfo) -> Iterator[str]:
    if rule.kind in _OWN_LEVELS:
        yield _OWN_LEVELS[rule.kind]
        return
    for tier, reader in READERS.items():
        level = rule.levels.get(tier)
        yield f"for {reader}: {level.value if level is not None else 'not checked'}"
    if rule.red_line:
        yield f"Behind the red line {rule.red_line}: it stays in every report, accepted exceptions with their reason."
    if rule.preview:
        yield "In preview: it runs only with `preview: true` in the configuration, until its precision is good enough."


def _advice(rule: RuleInfo) -> Iterator[str]:
    if len(set(rule.advice.values())) == 1:
        yield next(iter(rule.advice.values()))
        return
    for tier, words in rule.advice.items():
        yield f"for {READERS[tier]}: {words}"


def _example(one: Shown) -> str:
    return one.text if one.tier is None else f"{one.text} (for {READERS[one.tier]})"


def heading(rule: RuleInfo) -> str:
    """``S101 faith-as-violence (stigma)``."""
    return f"{rule.id} {rule.name} ({rule.family.value})"


def markdown(rule: RuleInfo, titles: Mapping[str, str]) -> str:
    """The page in Markdown."""
    lines = [f"# {rule.id} {rule.name}", "", f"Family: {rule.family.value}."]
    for section in sections(rule, titles):
        lines += ["", f"## {section.title}", ""]
        lines += "\n\n".join(_escaped(text) for text in section.paragraphs).split("\n") if section.paragraphs else []
        lines += [f"- {_escaped(item)}" for item in section.items]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """Text in which Markdown reads nothing but words (code marks of our own are kept)."""
    for char in "\\*_<>[]":
        text = text.replace(char, f"\\{char}")
    return text


def as_object(rule: RuleInfo, titles: Mapping[str, str]) -> dict[str, Any]:
    """The rule as plain data, for ``--format json``."""
    return {
        "rule": rule.id,
        "name": rule.name,
        "family": rule.family.value,
        "kind": rule.kind,
        "summary": rule.summary,
        "why": rule.why,
        "levels": {tier.value: level.value for tier, level in rule.levels.items()},
        "red_line": rule.red_line,
        "preview": rule.preview,
        "advice": {tier.value: words for tier, words in rule.advice.items()},
        "examples": {"flag": [_shown(one) for one in rule.flag], "leave": [_shown(one) for one in rule.leave]},
        "source": list(rule.source),
        "source_titles": named(rule.source, titles),
        "precision": {"right": rule.precision.right, "all": rule.precision.all} if rule.precision else None,
        "file": rule.file,
    }


def _shown(one: Shown) -> dict[str, str | None]:
    return {"text": one.text, "tier": one.tier.value if one.tier else None, "mark": one.mark}
