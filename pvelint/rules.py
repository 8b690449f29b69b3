"""Rules as data: one file each in ``rules/<family>/``, in a closed set of kinds (format: docs/writing-rules.md).

``phrase`` rules match sequences of words, classes and gaps; ``relation`` rules match propositions by role. Both kinds
may stand in one rule, because one matter is said in many ways. Loading raises DataError with file and line for
unknown keys, roles, classes and conditions, and for a rule without four examples to flag and four to leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pvelint.conditions import Condition, ConditionReader
from pvelint.configfile import shown_path
from pvelint.decode import Node, iterate_files, load_yaml
from pvelint.errors import DataError
from pvelint.findings import Family, Level, Tier, UsageKind
from pvelint.lexicon import Example
from pvelint.patterns import Element, parse_pattern

ROLES = ("agent", "theme", "source", "goal", "instrument", "place", "topic", "cover", "cause", "effect", "subject",
         "attribute", "modifier", "head", "member", "any", "other", "result", "doer")  # fmt: skip
RELATION_KEYS = (
    *ROLES,
    *(f"not-{role}" for role in ROLES),
    "predicate",
    "members",
    "under",
    "near",
    "not-near",
    "side",
    "beside",
    "apart",
    "acts",
    "ordered",
    "undergoer",
    "reached",
    "through",
    "owned",
)
KEYS = (
    "id", "name", "levels", "patterns", "relations", "leave", "when", "unless", "side", "why", "source", "advice",
    "message", "red-line", "examples", "also", "span", "preview", "weighed",
)  # fmt: skip
REQUIRED = ("id", "name", "levels", "why", "source", "advice", "examples")
MINIMUM_EXAMPLES = 4
FOLDERS = ("stigma", "framing", "conflation", "causes")
_LETTERS = {family.letter: family for family in (Family.STIGMA, Family.FRAMING, Family.CONFLATION, Family.CAUSES)}
_DEFAULT_LEAVE = (UsageKind.NAME, UsageKind.MENTION, UsageKind.NEGATED, UsageKind.REBUTTED)


@dataclass(frozen=True)
class Relation:
    """A shape of propositions: for each role the words of which one must stand in it, and those that may not.

    predicate: lemmas (with particle or preposition) of which the predicate must be one; empty for any.
    members:   for lists: each group must be met by a member of its own; ``under``: words for the head of the list.
    near:      words that must stand somewhere in the sentence outside the arguments.
    ordered:   the effect's word stands before the result's ("swear ... allegiance").
    undergoer: words to which an act is done that is not harmless (``apart``), themselves or ``through`` what belongs
               to them (``pvelint.undergoing``).
    reached:   the same for words that an act reaches at any depth of its clause; ``owned`` asks that it does so
               through what belongs to them.
    beside:    two groups of words tied in one clause (``pvelint.beside``), with ``apart`` and ``acts``.
    """

    roles: Mapping[str, tuple[str, ...]]
    excluded: Mapping[str, tuple[str, ...]]
    predicate: tuple[str, ...]
    members: tuple[tuple[str, ...], ...]
    under: tuple[str, ...]
    near: tuple[str, ...]
    not_near: tuple[str, ...]
    own_side: bool
    beside: tuple[tuple[str, ...], ...] = ()
    apart: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    ordered: bool = False
    undergoer: tuple[str, ...] = ()
    reached: tuple[str, ...] = ()
    owned: bool = False
    through: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Which kind of proposition the relation is about."""
        if self.beside:
            return "beside"
        if self.undergoer or self.reached:
            return "undergo"
        if self.members:
            return "list"
        if "cause" in self.roles or "effect" in self.roles:
            return "cause"
        if "subject" in self.roles or "attribute" in self.roles:
            return "be"
        if "modifier" in self.roles or "head" in self.roles:
            return "compound"
        return "act"


@dataclass(frozen=True)
class Rule:
    """One rule with its examples.

    weighed: the rule stands for what the weights of many signs find in sentences where no other rule of its family
    finds anything (``pvelint.weighing``).
    """

    id: str
    name: str
    family: Family
    also: tuple[Family, ...]
    levels: Mapping[Tier, Level]
    patterns: tuple[tuple[Element, ...], ...]
    relations: tuple[Relation, ...]
    leave: tuple[UsageKind, ...]
    leave_when: tuple[Condition, ...]
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    own_side: bool
    span: str
    why: str
    source: tuple[str, ...]
    advice: Mapping[Tier, tuple[str, ...]]
    message: str
    red_line: str | None
    examples: tuple[Example, ...]
    path: str
    preview: bool = False
    weighed: bool = False


def rule_files(folder: Path) -> list[Path]:
    """The rule files below the rules folder."""
    return [path for name in FOLDERS if (folder / name).is_dir() for path in iterate_files(folder / name)]


def load_rules(paths: Iterable[Path], *, conditions: ConditionReader) -> tuple[Rule, ...]:
    """Load rules, sorted by id. Raises DataError."""
    found: dict[str, Rule] = {}
    for path in paths:
        ours = path.parent.name in FOLDERS and path.parent.parent.name == "rules"
        shown = f"rules/{path.parent.name}/{path.name}" if ours else shown_path(path)
        node = load_yaml(path, shown=shown)
        rule = _Reader(conditions, shown).rule(node)
        if rule.id in found:
            taken = f"the rule {rule.id} stands already in {found[rule.id].path}."
            free = "Numbers from 900 are left to offices."
            raise DataError("duplicate-id", taken, where=node.where, cure=free)
        found[rule.id] = rule
    return tuple(found[key] for key in sorted(found))


class _Reader:
    """Reads one rule file."""

    def __init__(self, conditions: ConditionReader, shown: str) -> None:
        self.conditions = conditions
        self.shown = shown

    def rule(self, node: Node) -> Rule:
        keys = node.mapping(
            "a rule", allowed=KEYS, required=REQUIRED
        )
        identifier = keys["id"].string("id")
        if identifier[:1] not in _LETTERS or not identifier[1:].isdigit() or len(identifier) != 4:
            keys["id"].fail("a rule's id is one of S, C, M, K and three digits.", code="bad-id")
        weighed = keys["weighed"].boolean("weighed") if "weighed" in keys else False
        if "patterns" not in keys and "relations" not in keys and not weighed:
            node.fail("a rule needs patterns or relations.", code="missing-key")
        leave = keys["leave"].mapping("leave", allowed=("usage", "when")) if "leave" in keys else {}
        rule = Rule(
            id=identifier,
            name=keys["name"].string("name"),
            family=_LETTERS[identifier[0]],
            also=tuple(
                Family(item.choice("family", [f.value for f in _LETTERS.values()])) for item in _items(keys, "also")
            ),
            levels=self.levels(keys["levels"]),
            patterns=tuple(parse_pattern(item, self.conditions) for item in _items(keys, "patterns")),
            relations=tuple(self.relation(item) for item in _items(keys, "relations")),
            leave=tuple(UsageKind(i.choice("usage", [k.value for k in UsageKind])) for i in _items(leave, "usage"))
            or _DEFAULT_LEAVE,
            leave_when=self.conditions.read_any(leave.get("when")),
            when=self.conditions.read_all(keys.get("when")),
            unless=self.conditions.read_any(keys.get("unless")),
            own_side="side" in keys and keys["side"].choice("side", ("own",)) == "own",
            span=keys["span"].choice("span", ("match", "sentence", "clause")) if "span" in keys else "match",
            why=keys["why"].string("why"),
            source=keys["source"].strings("source"),
            advice=self.advice(keys["advice"]),
            message=keys["message"].string("message") if "message" in keys else "",
            red_line=keys["red-line"].string("red-line") if "red-line" in keys else None,
            examples=self.examples(keys["examples"]),
            path=self.shown,
            preview=keys["preview"].boolean("preview") if "preview" in keys else False,
            weighed=weighed,
        )
        for flag, what in ((True, "flag"), (False, "leave")):
            if sum(example.flag is flag for example in rule.examples) < MINIMUM_EXAMPLES:
                node.fail(f"the rule needs at least {MINIMUM_EXAMPLES} examples to {what}.", code="few-examples")
        return rule

    def levels(self, node: Node) -> Mapping[Tier, Level]:
        known = [level.value for level in Level]
        if not isinstance(node.value, dict):
            return MappingProxyType(dict.fromkeys(Tier, Level(node.choice("level", known))))
        keys = node.mapping("levels", allowed=[tier.value for tier in Tier])
        return MappingProxyType({Tier(name): Level(item.choice("level", known)) for name, item in keys.items()})

    def advice(self, node: Node) -> Mapping[Tier, tuple[str, ...]]:
        if isinstance(node.value, dict):
            keys = node.mapping("advice", allowed=[tier.value for tier in Tier], required=[tier.value for tier in Tier])
            return MappingProxyType({Tier(name): (item.string("advice"),) for name, item in keys.items()})
        return MappingProxyType(dict.fromkeys(Tier, (node.string("advice"),)))

    def relation(self, node: Node) -> Relation:
        keys = node.mapping("a relation", allowed=RELATION_KEYS)
        roles = {role: self.conditions.words(keys[role]) for role in ROLES if role in keys}
        excluded = {role: self.conditions.words(keys[f"not-{role}"]) for role in ROLES if f"not-{role}" in keys}
        members = tuple(self.conditions.words(group) for group in _items(keys, "members"))
        beside = tuple(self.conditions.words(group) for group in _items(keys, "beside"))
        if not roles and not members and not beside and not {"undergoer", "reached"} & set(keys):
            node.fail("a relation names at least one role.", code="empty-relation")
        if beside and len(beside) != 2:
            keys["beside"].fail("beside names two lists of words.", code="bad-beside")
        return Relation(
            roles=MappingProxyType(roles),
            excluded=MappingProxyType(excluded),
            predicate=self.conditions.words(keys["predicate"]) if "predicate" in keys else (),
            members=members,
            under=self.conditions.words(keys["under"]) if "under" in keys else (),
            near=self.conditions.words(keys["near"]) if "near" in keys else (),
            not_near=self.conditions.words(keys["not-near"]) if "not-near" in keys else (),
            own_side="side" in keys and keys["side"].choice("side", ("own",)) == "own",
            beside=beside,
            apart=self.conditions.words(keys["apart"]) if "apart" in keys else (),
            acts=self.conditions.words(keys["acts"]) if "acts" in keys else (),
            ordered="ordered" in keys and keys["ordered"].boolean("ordered"),
            undergoer=self.conditions.words(keys["undergoer"]) if "undergoer" in keys else (),
            reached=self.conditions.words(keys["reached"]) if "reached" in keys else (),
            owned="owned" in keys and keys["owned"].boolean("owned"),
            through=self.conditions.words(keys["through"]) if "through" in keys else (),
        )

    def examples(self, node: Node) -> tuple[Example, ...]:
        keys = node.mapping("examples", allowed=("flag", "leave"), required=("flag", "leave"))
        return tuple(
            self.example(item, status == "flag") for status in ("flag", "leave") for item in keys[status].items(status)
        )

    def example(self, node: Node, flag: bool) -> Example:
        if not isinstance(node.value, dict):
            return Example(node.string("an example"), flag, None, None, None, "paragraph", node.where)
        keys = node.mapping("an example", allowed=("text", "mark", "tier", "kind"), required=("text",))
        tier = keys["tier"].choice("tier", [tier.value for tier in Tier]) if "tier" in keys else None
        return Example(
            keys["text"].string("text"),
            flag,
            Tier(tier) if tier else None,
            keys["mark"].string("mark") if "mark" in keys else None,
            None,
            keys["kind"].string("kind") if "kind" in keys else "paragraph",
            node.where,
        )


def _items(keys: Mapping[str, Node], name: str) -> list[Node]:
    return keys[name].items(name) if name in keys else []
