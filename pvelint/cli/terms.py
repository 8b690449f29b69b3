"""``pvelint term`` and ``pvelint terms``: what to say, to whom, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from pvelint.cli.completing import Concepts
from pvelint.cli.lazy import Word, near

if TYPE_CHECKING:
    from pvelint.findings import Tier
    from pvelint.lexicon import Concept
    from pvelint.terms import Answer, Verdict

_FORM = click.option("--format", "form", type=Word("text", "json"), default="text", help="Form.")
_DONOR = click.option("--donor", metavar="NAME", help="Donor whose wording is expected.")
_READERS = {"donor": "donors and the public", "field": "field teams and communities"}


@click.command()
@click.argument("words", nargs=-1, required=True)
@_DONOR
@_FORM
def term(words: tuple[str, ...], donor: str | None, form: str) -> None:
    """Say what to write instead of WORDS, for each reader, and why."""
    from pvelint.knowledge import load_knowledge
    from pvelint.terms import all_terms, look_up

    phrase = " ".join(" ".join(words).split())
    knowledge = load_knowledge(donor=donor)
    answers = look_up(phrase, knowledge)
    if form == "json":
        objects = [_answer_object(answer) for answer in answers]
        _print_json({"schema": 1, "words": phrase, "concepts": objects})
        return
    if not answers:
        known = dict(all_terms(knowledge))
        hint = near(phrase, known)
        _print([f'"{phrase}" is not in the lexicon. {hint}'.strip()])
        return
    lines: list[str] = []
    for answer in answers:
        lines += [*([""] if lines else []), *_answer(phrase, answer)]
    _print(lines)


@click.group()
def terms() -> None:
    """The terms of the lexicon."""


@terms.command("list")
@click.option("--tier", type=Word("donor", "field"), help="One reader only.")
@click.option("--family", metavar="NAME", help="One family only, such as terminology or stigma.")
@_DONOR
@_FORM
def list_terms(tier: str | None, family: str | None, donor: str | None, form: str) -> None:
    """List the concepts with what to say and what to avoid."""
    from pvelint.findings import Family, Tier
    from pvelint.knowledge import load_knowledge

    families = [each.value for each in Family]
    if family is not None and family not in families:
        raise click.UsageError(f"unknown family '{family}'. {near(family, families)}".strip())
    concepts = [
        concept
        for concept in load_knowledge(donor=donor).lexicon.concepts
        if family is None or family in {each.value for each in concept.families}
    ]
    if form == "json":
        _print_json({"schema": 1, "concepts": [_concept_object(concept) for concept in concepts]})
        return
    readers = [Tier(tier)] if tier else list(Tier)
    lines: list[str] = []
    for concept in concepts:
        lines.append(f"{concept.id}  ({', '.join(each.value for each in concept.families)})")
        for reader in readers:
            say = ", ".join(approved.term for approved in concept.approved[reader])
            avoid = ", ".join(avoided.term for avoided in concept.avoided if reader in avoided.levels)
            lines += _wrapped(f"{reader.value}: say {say or '(see the advice)'}; not {avoid or '-'}")
    lines.append(f"{len(concepts)} concept{'' if len(concepts) == 1 else 's'}")
    _print(lines)


@terms.command("show")
@click.argument("concept_id", metavar="ID", type=Concepts())
@_DONOR
@_FORM
def show_term(concept_id: str, donor: str | None, form: str) -> None:
    """Show the concept ID with its terms, all the forms that are found, and its sources."""
    from pvelint.errors import UsageError
    from pvelint.knowledge import load_knowledge
    from pvelint.terms import forms

    lexicon = load_knowledge(donor=donor).lexicon
    concept = lexicon.by_id.get(concept_id)
    if concept is None:
        hint = near(concept_id, lexicon.by_id) or "See `pvelint terms list`."
        raise UsageError("unknown-concept", f"there is no concept '{concept_id}'.", cure=hint)
    found = forms(concept)
    if form == "json":
        listed = {key: list(words) for key, words in found.items()}
        _print_json({"schema": 1, **_concept_object(concept), "forms": listed})
        return
    _print(list(_concept(concept, found)))


def _answer(phrase: str, answer: Answer) -> Iterator[str]:
    yield f'"{phrase}"' + (f'  (a form of "{answer.matched}")' if answer.matched != phrase else "")
    yield ""
    concept = answer.concept
    for verdict in answer.verdicts:
        yield f"  for {_READERS[verdict.tier.value]}: {_verdict(verdict)}"
        if verdict.say and verdict.status != "preferred":
            yield from _wrapped(f"say: {' / '.join(verdict.say)}", indent=4)
        if verdict.advice:
            yield from _wrapped(f"advice: {verdict.advice}", indent=4)
        if verdict.tier in concept.definition:
            yield from _wrapped(f"meaning: {concept.definition[verdict.tier]}", indent=4)
    yield from _common(concept)


def _verdict(verdict: Verdict) -> str:
    sometimes = " in some contexts" if verdict.sometimes else ""
    if verdict.status == "avoided":
        level = verdict.level.value if verdict.level is not None else ""
        red = ", red line" if verdict.red_line else ""
        return f"avoid it{sometimes} ({level}{red})"
    if verdict.status == "preferred":
        return f"good{sometimes}, the preferred wording"
    if verdict.status == "admitted":
        return f"approved{sometimes}"
    return "not listed"


def _common(concept: Concept) -> Iterator[str]:
    yield from _wrapped(f"why: {concept.why}")
    yield from _wrapped(f"source: {', '.join(concept.source)}")
    if concept.red_line:
        yield from _wrapped(f"red line: {concept.red_line}")
    yield from _wrapped(f"concept: {concept.id}")


def _concept(concept: Concept, found: dict[str, tuple[str, ...]]) -> Iterator[str]:
    from pvelint.findings import Tier

    yield f"{concept.id}  ({', '.join(family.value for family in concept.families)})"
    yield ""
    for tier in Tier:
        yield f"  for {_READERS[tier.value]}"
        if tier in concept.definition:
            yield from _wrapped(f"meaning: {concept.definition[tier]}", indent=4)
        preferred = ", ".join(approved.term for approved in concept.preferred(tier))
        admitted = ", ".join(approved.term for approved in concept.admitted(tier))
        if preferred:
            yield from _wrapped(f"preferred: {preferred}", indent=4)
        if admitted:
            yield from _wrapped(f"approved: {admitted}", indent=4)
        for avoided in concept.avoided:
            if tier in avoided.levels:
                yield from _wrapped(f"avoid: {avoided.term} ({avoided.levels[tier].value})", indent=4)
                if tier in avoided.advice:
                    yield from _wrapped(f"advice: {avoided.advice[tier]}", indent=6)
    yield "  forms that are found"
    for words, all_forms in found.items():
        yield from _wrapped(f"{words}: {', '.join(all_forms)}", indent=4)
    yield from _common(concept)


def _answer_object(answer: Answer) -> dict[str, Any]:
    return {
        **_concept_object(answer.concept),
        "matched": answer.matched,
        "verdicts": {
            verdict.tier.value: {
                "status": verdict.status,
                "level": verdict.level.value if verdict.level is not None else None,
                "say": list(verdict.say),
                "advice": verdict.advice,
                "sometimes": verdict.sometimes,
                "red_line": verdict.red_line,
            }
            for verdict in answer.verdicts
        },
    }


def _concept_object(concept: Concept) -> dict[str, Any]:
    from pvelint.findings import Tier

    def for_tier(tier: Tier) -> dict[str, Any]:
        return {
            "definition": concept.definition.get(tier),
            "preferred": [approved.term for approved in concept.preferred(tier)],
            "admitted": [approved.term for approved in concept.admitted(tier)],
            "avoided": [
                {
                    "term": avoided.term,
                    "level": avoided.levels[tier].value,
                    "advice": avoided.advice.get(tier),
                }
                for avoided in concept.avoided
                if tier in avoided.levels
            ],
        }

    return {
        "concept": concept.id,
        "families": [family.value for family in concept.families],
        "donor": for_tier(Tier.DONOR),
        "field": for_tier(Tier.FIELD),
        "why": concept.why,
        "source": list(concept.source),
        "red_line": concept.red_line,
    }


def _wrapped(text: str, *, indent: int = 2) -> list[str]:
    from pvelint.report.streams import width_of
    from pvelint.report.words import Surface, wrap

    lines = wrap(text, width=width_of(sys.stdout) - indent - 2, surface=Surface.of(sys.stdout))
    return [" " * (indent if index == 0 else indent + 2) + line for index, line in enumerate(lines)]


def _print(lines: list[str]) -> None:
    from pvelint.report.words import Surface

    surface = Surface.of(sys.stdout)
    sys.stdout.writelines(surface.clean(line) + "\n" for line in lines)


def _print_json(content: dict[str, Any]) -> None:
    from pvelint.report.streams import write_bytes

    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    write_bytes(sys.stdout, text.encode("utf-8", "backslashreplace"))
