"""``pvelint explain`` and ``pvelint rules``: what each rule is about, why, and how to write instead."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from pvelint.cli.completing import Rules
from pvelint.cli.lazy import Word, near

if TYPE_CHECKING:
    from pvelint.rulebook import RuleInfo

_CONFIG = click.option("--config", "config_file", metavar="FILE", type=click.Path(), help="Take settings from here.")


@click.command()
@click.argument("rules", nargs=-1, type=Rules(), metavar="[RULE]...")
@click.option("--all", "every", is_flag=True, help="Explain every rule.")
@click.option("--format", "form", type=Word("text", "markdown", "json"), default="text", help="Form.")
@_CONFIG
def explain(rules: tuple[str, ...], every: bool, form: str, config_file: str | None) -> None:
    """Say what RULE is about, why, and how to write instead.

    RULE is an id (M301), the beginning of one (M3), a family or a name.
    """
    from pvelint.rulepage import as_object, markdown
    from pvelint.sources import titles

    if every == bool(rules):
        raise click.UsageError("Name rules, or say --all." if not rules else "Name rules or say --all, not both.")
    book = _book(config_file)
    chosen = list(book) if every else _named(rules, book)
    if form == "json":
        _print_bytes(json.dumps({"schema": 1, "rules": [as_object(one, titles()) for one in chosen]}, **_JSON) + "\n")
    elif form == "markdown":
        _print("\n".join(markdown(one, titles()) for one in chosen).rstrip("\n").split("\n"))
    else:
        for number, one in enumerate(chosen):
            _print([*([""] if number else []), *_page(one)])


@click.command()
@click.option("--family", metavar="NAME", help="One family only, such as stigma.")
@click.option("--format", "form", type=Word("text", "json"), default="text", help="Form.")
@_CONFIG
def rules(family: str | None, form: str, config_file: str | None) -> None:
    """List the rules with their levels for donors and for the field."""
    from pvelint.findings import Family
    from pvelint.rulepage import as_object
    from pvelint.sources import titles

    families = [each.value for each in Family]
    if family is not None and family not in families:
        raise click.UsageError(f"unknown family '{family}'. {near(family, families)}".strip())
    chosen = [one for one in _book(config_file) if family in (None, one.family.value)]
    if form == "json":
        _print_bytes(json.dumps({"schema": 1, "rules": [as_object(one, titles()) for one in chosen]}, **_JSON) + "\n")
        return
    from pvelint.report.streams import width_of
    from pvelint.report.words import Surface, wrap

    width, surface = width_of(sys.stdout), Surface.of(sys.stdout)
    for one in chosen:
        lines = wrap(f"{one.name}: {_facts(one)}", width=width - 6, surface=surface)
        _print([f"{one.id if number == 0 else '':6}{line}" for number, line in enumerate(lines)])
    _print([f"{len(chosen)} rule{'' if len(chosen) == 1 else 's'}; `pvelint explain {chosen[0].id}` says more."])


_JSON: dict[str, Any] = {"ensure_ascii": False, "indent": 2}


def _facts(rule: RuleInfo) -> str:
    """``error for donors, warning in the field; preview; red line``."""
    from pvelint.findings import Tier

    facts = ["by concept"]
    if rule.kind != "terms":
        donor, field = rule.levels.get(Tier.DONOR), rule.levels.get(Tier.FIELD)
        facts = [donor.value] if donor and donor is field else []
        if donor is not field:
            facts = [f"{donor.value} for donors" if donor else "not for donors"]
            facts.append(f"{field.value} in the field" if field else "not in the field")
    facts += ["preview"] if rule.preview else []
    facts += ["red line"] if rule.red_line else []
    facts += [f"{rule.precision.share:.0%} right"] if rule.precision else []
    return ", ".join(facts)


def _book(config_file: str | None) -> tuple[RuleInfo, ...]:
    """The rules that hold in this folder: the shipped ones and an office's own."""
    from pvelint.config import Config
    from pvelint.knowledge import load_knowledge
    from pvelint.rulebook import rulebook

    settings = Config.load(file=config_file).for_file("-")
    return rulebook(load_knowledge(office=settings.office))


def _named(words: tuple[str, ...], book: tuple[RuleInfo, ...]) -> list[RuleInfo]:
    from pvelint.errors import UsageError
    from pvelint.selectors import exactness, split, unknown

    asked = [word.partition(":")[0] for word in split(words)]
    for word, hint in unknown(asked, rules={one.id: one.name for one in book}):
        raise UsageError("unknown-rule", f"there is no rule '{word}'.", cure=hint)
    return [one for one in book if any(exactness(word, rule=one.id, name=one.name) for word in asked)]


def _page(rule: RuleInfo) -> list[str]:
    from pvelint.report.streams import width_of
    from pvelint.report.words import Surface, wrap
    from pvelint.rulepage import heading, sections
    from pvelint.sources import titles

    width, surface = width_of(sys.stdout), Surface.of(sys.stdout)
    lines = [heading(rule)]
    for section in sections(rule, titles()):
        lines += ["", f"  {section.title}"]
        for text in section.paragraphs:
            lines += [f"    {line}" for line in wrap(text, width=width - 4, surface=surface)]
        for text in section.items:
            wrapped = wrap(text, width=width - 6, surface=surface)
            lines += [f"    {'- ' if number == 0 else '  '}{line}" for number, line in enumerate(wrapped)]
    return lines


def _print(lines: list[str]) -> None:
    from pvelint.report.words import Surface

    surface = Surface.of(sys.stdout)
    sys.stdout.writelines(surface.clean(line) + "\n" for line in lines)


def _print_bytes(text: str) -> None:
    from pvelint.report.streams import write_bytes

    write_bytes(sys.stdout, text.encode("utf-8", "backslashreplace"))
