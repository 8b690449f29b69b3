"""``pvelint test``: the examples in lexicons and rules are their tests."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.pass_context
def test(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Run the examples of lexicons and rules: all of them, or those of PATHS.

    Ends with 0 when all hold, 1 when one does not, 2 when a file does not load.
    """
    from pvelint.cli.knowing import data_files
    from pvelint.examples import run_examples
    from pvelint.knowledge import load_knowledge
    from pvelint.report.words import Surface, wrap

    shipped, extra = data_files(paths)
    knowledge = load_knowledge(extra_lexicons=extra)
    concepts = None
    if paths:
        wanted = {path.name for path in (*shipped, *extra)}
        every = knowledge.lexicon.concepts
        concepts = [concept.id for concept in every if Path(concept.where.path).name in wanted]
    report = run_examples(knowledge, concepts=concepts)
    surface = Surface.of(sys.stdout)
    for failure in report.failures:
        click.echo(surface.clean(f"{failure.where.path}:{failure.where.line}: {failure.concept}"))
        for line in wrap(f"{failure.kind} ({failure.tier.value}): {failure.text}", width=76, surface=surface):
            click.echo(f"    {line}")
        for line in wrap(failure.message, width=76, surface=surface):
            click.echo(f"    {line}")
    failed = len(report.failures)
    click.echo(f"{report.passed} passed, {failed} failed")
    ctx.exit(1 if failed else 0)
