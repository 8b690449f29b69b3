"""``pvelint baseline``: findings that a repository knows of. Options here, the work in ``cli.baselining``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

_Command = Callable[..., Any]


def _shared(command: _Command) -> _Command:
    """The arguments that the three commands share."""
    for option in (
        click.option("--isolated", is_flag=True, help="Use no configuration file."),
        click.option("--config", "config_file", metavar="FILE", type=click.Path(), help="Take settings from here."),
        click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over these files."),
        click.option("--baseline", metavar="FILE", type=click.Path(), help="The baseline (default: as configured)."),
        click.argument("paths", nargs=-1, type=click.Path()),
    ):
        command = option(command)
    return command


@click.group()
def baseline() -> None:
    """Known findings, so that only new ones are reported.

    The baseline is a file that belongs into the repository. A red line is set
    aside by it only when it was accepted with a reason.
    """


@baseline.command("write")
@_shared
@click.option("--no-text", is_flag=True, help="Keep the words of drafts out of the file.")
@click.pass_context
def write(ctx: click.Context, /, no_text: bool, **given: Any) -> None:
    """Write the findings of PATHS (default: this folder) into the baseline.

    Answers that were given stay; entries that nothing answers to go.
    """
    from pvelint.cli.baselining import write_baseline

    ctx.exit(write_baseline(_request(**given), text=not no_text))


@baseline.command("audit")
@_shared
@click.option("--all", "again", is_flag=True, help="Also ask again about those that were left open.")
@click.pass_context
def audit(ctx: click.Context, /, again: bool, **given: Any) -> None:
    """Go through the entries one by one: accept with a reason, or leave open.

    Every answer is saved at once, so you can quit and go on later.
    """
    from pvelint.cli.baselining import audit_baseline

    ctx.exit(audit_baseline(_request(**given), again=again))


@baseline.command("prune")
@_shared
@click.pass_context
def prune(ctx: click.Context, /, **given: Any) -> None:
    """Take out the entries that nothing in PATHS answers to any more."""
    from pvelint.cli.baselining import prune_baseline

    ctx.exit(prune_baseline(_request(**given)))


def _request(
    *,
    paths: tuple[str, ...],
    baseline: str | None,
    config_file: str | None,
    isolated: bool,
    exclude: tuple[str, ...],
) -> Any:
    from pvelint.cli.request import Request

    if config_file and isolated:
        raise click.UsageError("--config and --isolated exclude each other.")
    return Request(
        paths=paths or (".",), baseline=baseline, config_file=config_file, isolated=isolated, exclude=exclude
    )
