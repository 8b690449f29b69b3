"""``pvelint test``: the examples in lexicons and rules are their tests."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pvelint.knowledge import Knowledge


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--coverage", is_flag=True, help="Also name rules, classes and terms that no example exercises.")
@click.pass_context
def test(ctx: click.Context, paths: tuple[str, ...], coverage: bool) -> None:
    """Run the examples of lexicons and rules: all of them, or those of PATHS.

    Without PATHS an office's own files, as configured here, are among them.
    Ends with 0 when all hold, 1 when one does not, 2 when a file does not load.
    """
    from pvelint.cli.knowing import data_files, office_of
    from pvelint.config import Config
    from pvelint.examples import run_examples
    from pvelint.knowledge import load_knowledge
    from pvelint.report.words import Surface, wrap

    shipped, extra = data_files(paths)
    office = office_of(extra) if paths else Config.load().for_file("-").office
    knowledge = load_knowledge(office=office)
    concepts = rules = None
    if paths:
        wanted = {path.name for path in (*shipped, *extra)}
        concepts = [one.id for one in knowledge.lexicon.concepts if Path(one.where.path).name in wanted]
        rules = [one.id for one in knowledge.rules if Path(one.path).name in wanted]
    report = run_examples(knowledge, concepts=concepts, rules=rules)
    surface = Surface.of(sys.stdout)
    for failure in report.failures:
        click.echo(surface.clean(f"{failure.where.path}:{failure.where.line}: {failure.concept}"))
        for line in wrap(f"{failure.kind} ({failure.tier.value}): {failure.text}", width=76, surface=surface):
            click.echo(f"    {line}")
        for line in wrap(failure.message, width=76, surface=surface):
            click.echo(f"    {line}")
    if coverage:
        _tell_coverage(knowledge)
    failed = len(report.failures)
    click.echo(f"{report.passed} passed, {failed} failed")
    ctx.exit(1 if failed else 0)


def _tell_coverage(knowledge: Knowledge) -> None:
    from pvelint.coverage import uncovered
    from pvelint.report.words import Surface, wrap

    surface = Surface.of(sys.stdout)
    found = uncovered(knowledge)
    for title, names in (
        ("Rules that no example finds", found.rules),
        ("Word classes of which no word stands in an example", found.classes),
        ("Avoided terms that stand in no example", found.terms),
    ):
        lines = wrap(f"{title} ({len(names)}): {', '.join(names) or 'none'}", width=76, surface=surface)
        click.echo("\n".join(f"{'  ' if number else ''}{line}" for number, line in enumerate(lines)))
