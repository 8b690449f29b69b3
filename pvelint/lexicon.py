"""Concepts and their terms, strictly loaded from ``lexicons/*.yml`` (format: docs/writing-lexicons.md).

The model is that of TBX (ISO 30042): a concept, then terms with an administrative status (preferred,
admitted, avoided), here for each of two readers. Loading raises DataError with file and line for every
unknown key, level, family, condition or class, for a term that is approved and avoided for one reader
under the same conditions, and for a suggestion that is itself avoided for its reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from pvelint.conditions import Condition, ConditionReader
from pvelint.decode import Node, iterate_files, load_yaml, nearest
from pvelint.errors import DataError, Where
from pvelint.findings import Family, Level, Tier, UsageKind
from pvelint.suggest import Wording
from pvelint.variants import Form

FORMS: tuple[Form, ...] = ("noun", "verb", "adjective", "acronym", "fixed", "exact")
GRADES = ("safe", "offer", "advise")
POSITIONS = ("any", "attributive", "head")

#: Usages that are left, by family, where a concept does not say otherwise.
_LEFT_TERMS = (UsageKind.NAME, UsageKind.MENTION, UsageKind.REBUTTED)
_LEFT_CLAIMS = (UsageKind.NAME, UsageKind.MENTION, UsageKind.NEGATED, UsageKind.REBUTTED)
DEFAULT_LEAVE: Mapping[Family, tuple[UsageKind, ...]] = MappingProxyType(
    {
        Family.TERMINOLOGY: _LEFT_TERMS,
        Family.STIGMA: _LEFT_TERMS,
        Family.FRAMING: _LEFT_CLAIMS,
        Family.CONFLATION: _LEFT_CLAIMS,
        Family.CAUSES: _LEFT_CLAIMS,
    }
)

_CONCEPT_KEYS = (
    "id",
    "family",
    "also",
    "definition",
    "donor",
    "field",
    "avoided",
    "why",
    "source",
    "red-line",
    "leave",
    "examples",
)
_TIER_KEYS = ("preferred", "admitted", "avoided")
_AVOIDED_KEYS = (
    "term",
    "form",
    "head",
    "plural",
    "level",
    "variants",
    "use",
    "grade",
    "advice",
    "when",
    "unless",
)
_WORDING_KEYS = ("term", "plural", "head", "form", "position", "when")
_EXAMPLE_KEYS = ("text", "tier", "term", "use", "kind", "type")


@dataclass(frozen=True)
class ApprovedTerm:
    """A preferred or admitted term; ``when`` are the conditions under which it is approved."""

    wording: Wording
    preferred: bool
    when: tuple[Condition, ...]
    where: Where

    @property
    def term(self) -> str:
        return self.wording.term


@dataclass(frozen=True)
class AvoidedTerm:
    """A term that is not approved for one or both readers.

    levels: the level for each reader it is avoided for.
    use:    replacements for each reader, best first; a missing reader means the concept's approved terms.
    """

    term: str
    form: Form
    head: str | None
    plural: str | None
    levels: Mapping[Tier, Level]
    use: Mapping[Tier, tuple[Wording, ...]]
    grade: str
    advice: Mapping[Tier, str]
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    where: Where


@dataclass(frozen=True)
class Example:
    """A sentence that tests its concept.

    flag: whether the concept must be found (else: must not be).
    tier: the reader it holds for, or None for both.
    term: the words that must be found; use: the sentence with the first suggestion put in.
    kind: the kind of block it stands in (default: paragraph).
    """

    text: str
    flag: bool
    tier: Tier | None
    term: str | None
    use: str | None
    kind: str
    where: Where


@dataclass(frozen=True)
class Concept:
    """A meaning with its terms for each reader."""

    id: str
    domain: str
    family: Family
    also: tuple[Family, ...]
    definition: Mapping[Tier, str]
    approved: Mapping[Tier, tuple[ApprovedTerm, ...]]
    avoided: tuple[AvoidedTerm, ...]
    why: str
    source: tuple[str, ...]
    red_line: str | None
    leave: tuple[UsageKind, ...]
    examples: tuple[Example, ...]
    where: Where

    @property
    def families(self) -> tuple[Family, ...]:
        """The families that its findings carry, the main one first."""
        return (self.family, *self.also)

    def preferred(self, tier: Tier) -> tuple[ApprovedTerm, ...]:
        return tuple(term for term in self.approved[tier] if term.preferred)

    def admitted(self, tier: Tier) -> tuple[ApprovedTerm, ...]:
        return tuple(term for term in self.approved[tier] if not term.preferred)

    def is_red_line(self, term: AvoidedTerm, tier: Tier) -> bool:
        """Whether a finding of this term can never be relaxed: an error with a red line behind it."""
        return self.red_line is not None and term.levels.get(tier) is Level.ERROR


@dataclass(frozen=True)
class Lexicon:
    """All concepts of a run, sorted by id."""

    concepts: tuple[Concept, ...]
    by_id: Mapping[str, Concept] = field(default_factory=dict)

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Lexicon:
        ordered = tuple(sorted(concepts, key=lambda concept: concept.id))
        return cls(ordered, MappingProxyType({concept.id: concept for concept in ordered}))


#: Files of the lexicon folder that hold no concepts.
NOT_CONCEPTS = ("names.yml", "acronyms.yml", "sources.yml")


def concept_files(folder: Path) -> list[Path]:
    """The concept files of a lexicon folder."""
    return [path for path in iterate_files(folder) if path.name not in NOT_CONCEPTS]


def load_lexicon(
    paths: Sequence[Path], *, conditions: ConditionReader, sources: frozenset[str] | None = None
) -> Lexicon:
    """Load concept files into one lexicon.

    sources: known source ids; None accepts any. Raises DataError.
    """
    reader = _ConceptReader(conditions, sources)
    concepts: dict[str, Concept] = {}
    for path in paths:
        root = load_yaml(path, shown=_shown(path))
        for node in root.items("a lexicon") if root.value is not None else []:
            concept = reader.concept(node, domain=path.stem)
            if concept.id in concepts:
                first = concepts[concept.id].where
                node.fail(
                    f"the concept '{concept.id}' stands already in {first.path}:{first.line}.",
                    code="duplicate-id",
                )
            concepts[concept.id] = concept
    lexicon = Lexicon.of(concepts.values())
    check_suggestions(lexicon)
    return lexicon


def _shown(path: Path) -> str:
    """A short name for errors: the folder and the file, never a machine's whole path for shipped data."""
    return f"{path.parent.name}/{path.name}" if path.parent.name in {"lexicons", "donors", "rules"} else str(path)


class _ConceptReader:
    """Reads one concept node; holds what all of them share."""

    def __init__(self, conditions: ConditionReader, sources: frozenset[str] | None) -> None:
        self.conditions = conditions
        self.sources = sources

    def concept(self, node: Node, *, domain: str) -> Concept:
        keys = node.mapping(
            "a concept",
            allowed=_CONCEPT_KEYS,
            required=("id", "family", "definition", "why", "source", "examples"),
        )
        identifier = keys["id"].string("id")
        if not identifier.replace("-", "").isalnum() or identifier != identifier.lower():
            keys["id"].fail(f"the id '{identifier}' must be kebab-case.", code="bad-id")
        families = [
            name.value for name in (Family.STIGMA, Family.FRAMING, Family.CONFLATION, Family.CAUSES, Family.TERMINOLOGY)
        ]
        family = Family(keys["family"].choice("family", families))
        also = (
            tuple(Family(item.choice("family", families)) for item in keys["also"].items("also"))
            if "also" in keys
            else ()
        )
        tiers = {
            tier: keys[tier.value].mapping(tier.value, allowed=_TIER_KEYS) if tier.value in keys else {}
            for tier in Tier
        }
        avoided = [term for item in _list(keys, "avoided") for term in self.avoided(item, tuple(Tier))]
        for tier, tier_keys in tiers.items():
            avoided += [term for item in _list(tier_keys, "avoided") for term in self.avoided(item, (tier,))]
        concept = Concept(
            id=identifier,
            domain=domain,
            family=family,
            also=also,
            definition=self.both(keys["definition"], "definition"),
            approved=MappingProxyType({tier: self.approved(tier_keys) for tier, tier_keys in tiers.items()}),
            avoided=tuple(avoided),
            why=keys["why"].string("why"),
            source=self.source(keys["source"]),
            red_line=keys["red-line"].string("red-line") if "red-line" in keys else None,
            leave=self.leave(keys.get("leave"), family),
            examples=self.examples(keys["examples"]),
            where=node.where,
        )
        self.check(concept, node)
        return concept

    def check(self, concept: Concept, node: Node) -> None:
        flagged = sum(example.flag for example in concept.examples)
        left = len(concept.examples) - flagged
        if concept.avoided and flagged < 2:
            node.fail(f"the concept '{concept.id}' needs at least two examples to flag.", code="few-examples")
        if left < 2:
            node.fail(f"the concept '{concept.id}' needs at least two examples to leave.", code="few-examples")
        for tier in Tier:
            for term in concept.avoided:
                if (
                    tier in term.levels
                    and not concept.approved[tier]
                    and not term.use.get(tier)
                    and tier not in term.advice
                ):
                    raise DataError(
                        "no-way-out",
                        f"'{term.term}' is avoided for {tier.value} but the concept offers neither a term nor advice.",
                        where=term.where,
                    )

    def source(self, node: Node) -> tuple[str, ...]:
        found = node.strings("source")
        for item, name in zip(node.items("source"), found, strict=True):
            if self.sources is not None and name not in self.sources:
                item.fail(f"unknown source '{name}'.", code="unknown-source", cure=nearest(name, self.sources))
        return found

    def both(self, node: Node, what: str) -> Mapping[Tier, str]:
        keys = node.mapping(what, allowed=("donor", "field"), required=("donor", "field"))
        return MappingProxyType({tier: keys[tier.value].string(what) for tier in Tier})

    def leave(self, node: Node | None, family: Family) -> tuple[UsageKind, ...]:
        if node is None:
            return DEFAULT_LEAVE[family]
        known = [kind.value for kind in UsageKind if kind is not UsageKind.ASSERTED]
        return tuple(UsageKind(item.choice("usage", known)) for item in node.items("leave"))

    def approved(self, keys: Mapping[str, Node]) -> tuple[ApprovedTerm, ...]:
        found: list[ApprovedTerm] = []
        for status in ("preferred", "admitted"):
            for item in _list(keys, status):
                wording, when = self.wording(item, status)
                found.append(ApprovedTerm(wording, status == "preferred", when, item.where))
        return tuple(found)

    def wording(self, node: Node, what: str) -> tuple[Wording, tuple[Condition, ...]]:
        if not isinstance(node.value, dict):
            return Wording(term=node.string(what)), ()
        keys = node.mapping(what, allowed=_WORDING_KEYS, required=("term",))
        wording = Wording(
            term=keys["term"].string("term"),
            plural=_optional(keys, "plural"),
            head=_optional(keys, "head"),
            position=keys["position"].choice("position", POSITIONS) if "position" in keys else "any",  # type: ignore[arg-type]
            form=keys["form"].choice("form", FORMS) if "form" in keys else "noun",  # type: ignore[arg-type]
        )
        return wording, self.conditions.read_all(keys.get("when"))

    def avoided(self, node: Node, tiers: tuple[Tier, ...]) -> list[AvoidedTerm]:
        if not isinstance(node.value, dict):
            node.fail("an avoided term must be a mapping with 'term' and 'level'.", code="wrong-type")
        keys = node.mapping("an avoided term", allowed=_AVOIDED_KEYS, required=("term", "level"))
        form: Form = keys["form"].choice("form", FORMS) if "form" in keys else "noun"  # type: ignore[assignment]
        levels = self.levels(keys["level"], tiers)
        use = self.use(keys.get("use"), tiers, form)
        names = [
            keys["term"].string("term"),
            *(keys["variants"].strings("variants") if "variants" in keys else ()),
        ]
        shared = {
            "form": form,
            "head": _optional(keys, "head"),
            "plural": _optional(keys, "plural"),
            "levels": levels,
            "use": use,
            "grade": keys["grade"].choice("grade", GRADES) if "grade" in keys else "offer",
            "advice": self.advice(keys.get("advice"), tiers),
            "when": self.conditions.read_all(keys.get("when")),
            "unless": self.conditions.read_any(keys.get("unless")),
            "where": node.where,
        }
        return [AvoidedTerm(term=name, **shared) for name in dict.fromkeys(names)]  # type: ignore[arg-type]

    def levels(self, node: Node, tiers: tuple[Tier, ...]) -> Mapping[Tier, Level]:
        known = [level.value for level in Level]
        if isinstance(node.value, dict):
            keys = node.mapping("level", allowed=[tier.value for tier in tiers])
            return MappingProxyType({Tier(name): Level(item.choice("level", known)) for name, item in keys.items()})
        level = Level(node.choice("level", known))
        return MappingProxyType(dict.fromkeys(tiers, level))

    def use(self, node: Node | None, tiers: tuple[Tier, ...], form: Form) -> Mapping[Tier, tuple[Wording, ...]]:
        if node is None:
            return MappingProxyType({})
        if isinstance(node.value, dict):
            keys = node.mapping("use", allowed=[tier.value for tier in tiers])
            return MappingProxyType({Tier(name): self.replacements(item, form) for name, item in keys.items()})
        return MappingProxyType(dict.fromkeys(tiers, self.replacements(node, form)))

    def replacements(self, node: Node, form: Form) -> tuple[Wording, ...]:
        """The wordings of a ``use``; they take the part of speech of the term that they replace."""
        found = []
        for item in node.items("use"):
            wording, _ = self.wording(item, "a replacement")
            if not isinstance(item.value, dict) or "form" not in item.value:
                part = form if form in ("verb", "adjective", "fixed") else "noun"
                wording = Wording(wording.term, wording.plural, wording.head, wording.position, part)
            found.append(wording)
        return tuple(found)

    def advice(self, node: Node | None, tiers: tuple[Tier, ...]) -> Mapping[Tier, str]:
        if node is None:
            return MappingProxyType({})
        if isinstance(node.value, dict):
            keys = node.mapping("advice", allowed=[tier.value for tier in tiers])
            return MappingProxyType({Tier(name): item.string("advice") for name, item in keys.items()})
        return MappingProxyType(dict.fromkeys(tiers, node.string("advice")))

    def examples(self, node: Node) -> tuple[Example, ...]:
        keys = node.mapping("examples", allowed=("flag", "leave"), required=("flag", "leave"))
        return tuple(
            self.example(item, status == "flag") for status in ("flag", "leave") for item in keys[status].items(status)
        )

    def example(self, node: Node, flag: bool) -> Example:
        if not isinstance(node.value, dict):
            return Example(node.string("an example"), flag, None, None, None, "paragraph", node.where)
        keys = node.mapping("an example", allowed=_EXAMPLE_KEYS, required=("text",))
        tier = keys["tier"].choice("tier", [tier.value for tier in Tier]) if "tier" in keys else None
        return Example(
            text=keys["text"].string("text"),
            flag=flag,
            tier=Tier(tier) if tier else None,
            term=_optional(keys, "term"),
            use=_optional(keys, "use"),
            kind=_optional(keys, "kind") or "paragraph",
            where=node.where,
        )


def _list(keys: Mapping[str, Node], name: str) -> list[Node]:
    return keys[name].items(name) if name in keys and keys[name].value is not None else []


def _optional(keys: Mapping[str, Node], name: str) -> str | None:
    return keys[name].string(name) if name in keys else None


def check_suggestions(lexicon: Lexicon) -> None:
    """Refuse a lexicon that approves or offers for a reader what it avoids unconditionally for that reader."""
    from pvelint.tokens import tokenise

    def words(term: str) -> tuple[str, ...]:
        return tuple(token.norm for token in tokenise(term))

    for tier in Tier:
        avoided = {
            words(term.term): concept
            for concept in lexicon.concepts
            for term in concept.avoided
            if tier in term.levels and not term.when and not term.unless
        }
        for concept in lexicon.concepts:
            offers = [(term.wording, term.where) for term in concept.approved[tier]]
            offers += [(wording, term.where) for term in concept.avoided for wording in term.use.get(tier, ())]
            for wording, where in offers:
                clash = avoided.get(words(wording.term))
                if clash is not None:
                    raise DataError(
                        "approved-and-avoided",
                        f"'{wording.term}' is offered for {tier.value} by '{concept.id}' but avoided by '{clash.id}'.",
                        where=where,
                    )


def json_schema() -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a lexicon file, made from the keys that the loader accepts."""
    text = {"type": "string", "minLength": 1}
    texts = {"type": "array", "items": text}
    tiers = [tier.value for tier in Tier]
    level = {"enum": [item.value for item in Level]}
    by_tier = {"type": "object", "additionalProperties": False}

    def one_or_by_tier(inner: Mapping[str, object]) -> dict[str, object]:
        return {"oneOf": [inner, {**by_tier, "properties": dict.fromkeys(tiers, inner)}]}

    wording = {
        "oneOf": [
            text,
            {
                "type": "object",
                "properties": {
                    **dict.fromkeys(_WORDING_KEYS, text),
                    "position": {"enum": list(POSITIONS)},
                    "form": {"enum": list(FORMS)},
                    "when": {"$ref": "#/$defs/conditions"},
                },
                "required": ["term"],
                "additionalProperties": False,
            },
        ]
    }
    wordings = {"type": "array", "items": {"$ref": "#/$defs/wording"}}
    avoided = {
        "type": "object",
        "properties": {
            "term": text,
            "form": {"enum": list(FORMS)},
            "head": text,
            "plural": text,
            "level": one_or_by_tier(level),
            "variants": texts,
            "use": one_or_by_tier(wordings),
            "grade": {"enum": list(GRADES)},
            "advice": one_or_by_tier(text),
            "when": {"$ref": "#/$defs/conditions"},
            "unless": {"$ref": "#/$defs/conditions"},
        },
        "required": ["term", "level"],
        "additionalProperties": False,
    }
    example = {
        "oneOf": [
            text,
            {
                "type": "object",
                "properties": {**dict.fromkeys(_EXAMPLE_KEYS, text), "tier": {"enum": tiers}},
                "required": ["text"],
                "additionalProperties": False,
            },
        ]
    }
    examples = {"type": "array", "items": example}
    tier = {
        "type": "object",
        "properties": {"preferred": wordings, "admitted": wordings, "avoided": {"$ref": "#/$defs/avoided"}},
        "additionalProperties": False,
    }
    family = {"enum": [item.value for item in DEFAULT_LEAVE]}
    concept = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
            "family": family,
            "also": {"type": "array", "items": family},
            "definition": {**by_tier, "properties": dict.fromkeys(tiers, text), "required": tiers},
            "donor": {"$ref": "#/$defs/tier"},
            "field": {"$ref": "#/$defs/tier"},
            "avoided": {"$ref": "#/$defs/avoided"},
            "why": text,
            "source": texts,
            "red-line": text,
            "leave": {
                "type": "array",
                "items": {"enum": [kind.value for kind in UsageKind if kind is not UsageKind.ASSERTED]},
            },
            "examples": {
                "type": "object",
                "properties": {"flag": examples, "leave": examples},
                "required": ["flag", "leave"],
                "additionalProperties": False,
            },
        },
        "required": ["id", "family", "definition", "why", "source", "examples"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "pvelint lexicon",
        "description": "A list of concepts with their terms for each reader; see docs/writing-lexicons.md.",
        "type": "array",
        "items": concept,
        "$defs": {
            "wording": wording,
            "avoided": {"type": "array", "items": avoided},
            "conditions": {"type": "array", "items": {"type": ["string", "object"]}},
            "tier": tier,
        },
    }
