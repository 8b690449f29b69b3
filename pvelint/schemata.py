"""The JSON Schemas of our file formats, made from the keys and words that the loaders accept.

Editors check files with them as they are typed; the loaders check more (classes, conditions, clashes), and theirs is
the last word. Written to ``pvelint/schemas`` by tools/make_schemas.py; the report's schema is kept by hand, because it
is the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pvelint import baseline, conditions, config, configfile, donors, lexicon, names, rules
from pvelint.document import BlockKind
from pvelint.findings import Level, Tier, UsageKind

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_ONE_OR_MORE: Schema = {"oneOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_LEVEL: Schema = {"enum": [level.value for level in Level]}
_TIER: Schema = {"enum": [tier.value for tier in Tier]}
#: Names of the schemas that are made here, with the files that they are for.
NAMES = ("lexicon", "rule", "classes", "conditions", "names", "acronyms", "donor", "config", "baseline")

_CONFIG_SAYS = {
    "tier": "The reader: donors, the UN and the public, or field teams and communities.",
    "type": "The type of document.",
    "donor": "Id of a donor's overlay.",
    "select": "Only these rules; one or several, a single string may hold commas.",
    "ignore": "Not these rules; one or several, a single string may hold commas.",
    "levels": "A level for each rule, prefix, family or concept named.",
    "fail-on": "The lowest level that ends a run with 1.",
    "exclude": "Patterns as in .gitignore, relative to this file.",
    "lexicons": "An office's own lexicon files (or folders of them), relative to this file.",
    "rules": "An office's own rule files (or folders of them), relative to this file.",
    "names": "An office's own files of names (or folders of them), relative to this file.",
    "per-file": "Settings for some files; later entries win.",
    "spelling": "The spelling of suggestions.",
    "preview": "Run the rules that are still being measured, too.",
    "baseline": "The baseline of known findings, in this folder or below it (default: .pvelint-baseline.json).",
    "extend": "Another configuration, relative to this file, on top of which this one stands.",
}


def schemas() -> dict[str, Schema]:
    """Every schema by its name."""
    made = {
        "lexicon": lexicon.json_schema(),
        "rule": _rule(),
        "classes": _object("Words by class or category; @name includes a class.", {}, free=_TEXTS),
        "conditions": _object("Named conditions, all of which must hold.", {}, free=_conditions()),
        "names": _object("Names that are never findings, by kind.", dict.fromkeys(names.KINDS, _TEXTS)),
        "acronyms": _acronyms(),
        "donor": _donor(),
        "config": _config(),
        "baseline": _baseline(),
    }
    head = "https://json-schema.org/draft/2020-12/schema"
    return {
        name: {"$schema": head, "title": f"pvelint {name}", **{k: v for k, v in made[name].items() if k != "$schema"}}
        for name in NAMES
    }


def _object(
    says: str,
    properties: Mapping[str, Schema],
    *,
    required: Iterable[str] = (),
    free: Schema | None = None,
) -> Schema:
    found: Schema = {"description": says, "type": "object"}
    if properties:
        found["properties"] = dict(properties)
    if required:
        found["required"] = list(required)
    found["additionalProperties"] = free if free is not None else False
    return found


def _by_tier(inner: Schema) -> Schema:
    return {
        "oneOf": [
            inner,
            {"type": "object", "properties": dict.fromkeys(_TIER["enum"], inner), "additionalProperties": False},
        ]
    }


def _conditions() -> Schema:
    windows = dict.fromkeys(conditions.WINDOWS, _ONE_OR_MORE)
    one = _object("A window of words.", {**windows, "within": {"enum": list(conditions.SCOPES)}})
    return {"type": "array", "items": {"oneOf": [_TEXT, one]}}


def _example() -> Schema:
    properties = {"text": _TEXT, "mark": _TEXT, "tier": _TIER, "kind": {"enum": [kind.value for kind in BlockKind]}}
    return {"oneOf": [_TEXT, _object("A sentence that tests the rule.", properties, required=("text",))]}


def _rule() -> Schema:
    """A rule file: every key that the loader takes; those that are not described here take anything."""
    usages = {"type": "array", "items": {"enum": [kind.value for kind in UsageKind if kind is not UsageKind.ASSERTED]}}
    examples = {"type": "array", "items": _example(), "minItems": rules.MINIMUM_EXAMPLES}
    known: dict[str, Schema] = {
        "id": {"type": "string", "pattern": "^[SCMK][0-9]{3}$"},
        "name": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "levels": _by_tier(_LEVEL),
        "patterns": _TEXTS,
        "relations": {"type": "array", "items": _relation()},
        "leave": _object("What is left.", {"usage": usages, "when": _conditions()}),
        "when": _conditions(),
        "unless": _conditions(),
        "side": {"const": "own"},
        "why": _TEXT,
        "source": _TEXTS,
        "advice": _by_tier(_TEXT),
        "message": _TEXT,
        "red-line": _TEXT,
        "examples": _object("The rule's tests.", {"flag": examples, "leave": examples}, required=("flag", "leave")),
        "also": {"type": "array", "items": {"enum": list(rules.FOLDERS)}},
        "span": {"enum": ["match", "sentence", "clause"]},
        "preview": {"type": "boolean"},
    }
    properties = {key: known.get(key, {}) for key in rules.KEYS}
    return _object("One rule; see docs/writing-rules.md.", properties, required=rules.REQUIRED)


def _relation() -> Schema:
    known: dict[str, Schema] = {"side": {"const": "own"}, "members": {"type": "array", "items": _ONE_OR_MORE}}
    known |= dict.fromkeys((*rules.ROLES, *(f"not-{role}" for role in rules.ROLES)), _ONE_OR_MORE)
    known |= dict.fromkeys(("predicate", "under", "near", "not-near"), _ONE_OR_MORE)
    return _object("Roles and the words that must fill them.", {key: known.get(key, {}) for key in rules.RELATION_KEYS})


def _acronyms() -> Schema:
    properties = {"acronym": _TEXT, "expansions": _TEXTS, "field": _TEXT, "familiar": {"type": "boolean"}}
    one = _object("An acronym.", properties, required=("acronym", "expansions"))
    return {"description": "Acronyms and what they stand for.", "type": "array", "items": one}


def _donor() -> Schema:
    change = _object("Terms of a concept.", {"concept": _TEXT, "terms": _TEXTS}, required=("concept", "terms"))
    changes = {"type": "array", "items": change}
    known: dict[str, Schema] = {
        "id": _TEXT,
        "name": _TEXT,
        "expects": _TEXTS,
        "red-lines": _TEXTS,
        "admit": changes,
        "prefer": changes,
        "spelling": {"enum": list(donors.SPELLINGS)},
        "source": _TEXTS,
        "note": _TEXT,
    }
    required = ("id", "name", "expects", "red-lines")
    return _object("What a donor's readers expect.", {key: known[key] for key in donors.KEYS}, required=required)


def _config() -> Schema:
    known: dict[str, Schema] = {
        "tier": {"enum": list(config.TIERS), "default": "donor"},
        "type": {"enum": list(config.TYPES)},
        "donor": _TEXT,
        "select": _ONE_OR_MORE,
        "ignore": _ONE_OR_MORE,
        "levels": {"type": "object", "additionalProperties": _LEVEL},
        "fail-on": {"enum": list(config.FAIL_ON), "default": "error"},
        "exclude": _ONE_OR_MORE,
        "lexicons": _ONE_OR_MORE,
        "rules": _ONE_OR_MORE,
        "names": _ONE_OR_MORE,
        "spelling": {"enum": list(config.SPELLINGS), "default": "un"},
        "preview": {"type": "boolean", "default": False},
        "baseline": _TEXT,
        "extend": _TEXT,
    }
    entry = {key: known.get(key, _ONE_OR_MORE) for key in config.PER_FILE_KEYS}
    known["per-file"] = {"type": "array", "items": _object("Settings for some files.", entry, required=("files",))}
    properties = {key: {"description": _CONFIG_SAYS[key], **known[key]} for key in configfile.KEYS}
    return _object("pvelint.yaml, .pvelint.yaml, or [tool.pvelint] in pyproject.toml.", properties)


def _baseline() -> Schema:
    entry = _object(
        "A known finding.",
        {**{key: {"type": "string"} for key in baseline.KEYS}, "state": {"enum": list(baseline.STATES)}},
        required=("path", "fingerprint", "rule"),
    )
    entries = {"type": "array", "items": {"oneOf": [entry, {"type": "null"}]}}
    properties: dict[str, Schema] = {"schema": {"const": baseline.SCHEMA}, "entries": entries}
    return _object("Known findings; written by `pvelint baseline write`.", properties, required=("schema", "entries"))
