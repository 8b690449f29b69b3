"""Donor overlays (``lexicons/donors/*.yml``): what a donor expects, inside the agency's red lines.

An overlay may admit a term for the donor tier, change the order of preferred terms and switch the spelling of
suggestions. It may not touch the field tier, and it may not relax a red line: an ``error`` term of a concept with
a red line. Trying to is a DataError, not a silent no.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from pvelint.decode import Node, iterate_files, load_yaml, nearest
from pvelint.errors import DataError, UsageError
from pvelint.findings import Level, Tier
from pvelint.lexicon import ApprovedTerm, Concept, Lexicon
from pvelint.suggest import Wording

KEYS = ("id", "name", "expects", "red-lines", "admit", "prefer", "spelling", "source", "note")
SPELLINGS = ("un", "uk", "us")


@dataclass(frozen=True)
class Change:
    """Terms of one concept that the donor admits or prefers, best first."""

    concept: str
    terms: tuple[str, ...]
    node: Node


@dataclass(frozen=True)
class Overlay:
    """One donor's expectations.

    expects:   sentences for people: what this donor writes and expects.
    red_lines: sentences for people: what stays out of the text all the same.
    """

    id: str
    name: str
    expects: tuple[str, ...]
    red_lines: tuple[str, ...]
    admit: tuple[Change, ...]
    prefer: tuple[Change, ...]
    spelling: str
    source: tuple[str, ...]


def overlay_files(folder: Path) -> dict[str, Path]:
    """The shipped overlays by id."""
    donors = folder / "donors"
    return {path.stem: path for path in iterate_files(donors)} if donors.is_dir() else {}


def load_overlay(name: str, folder: Path) -> Overlay:
    """Load the overlay of that id. Raises UsageError for an unknown donor and DataError for a bad file."""
    files = overlay_files(folder)
    if name not in files:
        raise UsageError("unknown-donor", f"unknown donor '{name}'.", cure=nearest(name, files))
    return read_overlay(files[name])


def read_overlay(path: Path) -> Overlay:
    """Read one overlay file. Raises DataError."""
    keys = load_yaml(path, shown=f"{path.parent.name}/{path.name}").mapping(
        "an overlay", allowed=KEYS, required=("id", "name", "expects", "red-lines")
    )
    return Overlay(
        id=keys["id"].string("id"),
        name=keys["name"].string("name"),
        expects=keys["expects"].strings("expects"),
        red_lines=keys["red-lines"].strings("red-lines"),
        admit=_changes(keys, "admit"),
        prefer=_changes(keys, "prefer"),
        spelling=keys["spelling"].choice("spelling", SPELLINGS) if "spelling" in keys else "un",
        source=keys["source"].strings("source") if "source" in keys else (),
    )


def _changes(keys: Mapping[str, Node], name: str) -> tuple[Change, ...]:
    found = []
    for node in keys[name].items(name) if name in keys else ():
        inner = node.mapping(f"an item of {name}", allowed=("concept", "terms"), required=("concept", "terms"))
        found.append(Change(inner["concept"].string("concept"), inner["terms"].strings("terms"), node))
    return tuple(found)


def apply_overlay(lexicon: Lexicon, overlay: Overlay) -> Lexicon:
    """The lexicon as this donor's texts are judged by.

    Raises DataError for an unknown concept and for an attempt on a red line (code ``red-line``).
    """
    concepts = dict(lexicon.by_id)
    for change in overlay.admit:
        concepts[change.concept] = _admit(_concept(concepts, change), change)
    for change in overlay.prefer:
        concepts[change.concept] = _prefer(_concept(concepts, change), change)
    return Lexicon.of(concepts.values())


def _concept(concepts: Mapping[str, Concept], change: Change) -> Concept:
    if change.concept not in concepts:
        change.node.fail(
            f"unknown concept '{change.concept}'.",
            code="unknown-concept",
            cure=nearest(change.concept, concepts),
        )
    return concepts[change.concept]


def _admit(concept: Concept, change: Change) -> Concept:
    terms = {term.lower() for term in change.terms}
    kept = []
    for avoided in concept.avoided:
        if avoided.term.lower() not in terms or Tier.DONOR not in avoided.levels:
            kept.append(avoided)
            continue
        if concept.is_red_line(avoided, Tier.DONOR):
            raise DataError(
                "red-line",
                f"'{avoided.term}' is behind the red line {concept.red_line}; no donor's overlay can admit it.",
                where=change.node.where,
            )
        levels: Mapping[Tier, Level] = MappingProxyType(
            {tier: level for tier, level in avoided.levels.items() if tier is not Tier.DONOR}
        )
        if levels:
            kept.append(dataclasses.replace(avoided, levels=levels))
    known = {term.term.lower() for term in concept.approved[Tier.DONOR]}
    added = tuple(
        ApprovedTerm(Wording(term=term), False, (), change.node.where)
        for term in change.terms
        if term.lower() not in known
    )
    return _with_approved(dataclasses.replace(concept, avoided=tuple(kept)), (*concept.approved[Tier.DONOR], *added))


def _prefer(concept: Concept, change: Change) -> Concept:
    order = {term.lower(): rank for rank, term in enumerate(change.terms)}
    for avoided in concept.avoided:
        if avoided.term.lower() in order and Tier.DONOR in avoided.levels:
            change.node.fail(
                f"'{avoided.term}' is avoided; admit it before it can be preferred.", code="avoided-preferred"
            )
    known = {term.term.lower() for term in concept.approved[Tier.DONOR]}
    for term in change.terms:
        if term.lower() not in known:
            change.node.fail(
                f"'{term}' is not an approved term of '{concept.id}'.",
                code="unknown-term",
                cure=nearest(term, known),
            )
    ranked = sorted(concept.approved[Tier.DONOR], key=lambda term: order.get(term.term.lower(), len(order)))
    return _with_approved(
        concept,
        tuple(dataclasses.replace(term, preferred=term.preferred or term.term.lower() in order) for term in ranked),
    )


def _with_approved(concept: Concept, approved: tuple[ApprovedTerm, ...]) -> Concept:
    return dataclasses.replace(concept, approved=MappingProxyType({**concept.approved, Tier.DONOR: approved}))
