"""``pvelint doctor``: whether the installation is whole."""

from __future__ import annotations

import json
import sys

import click

from pvelint.cli.lazy import Word


@click.command()
@click.option("--format", "form", type=Word("text", "json"), default="text", help="Form of the answer.")
@click.pass_context
def doctor(ctx: click.Context, form: str) -> None:
    """Say whether the installation is whole and what to do about each fault.

    Ends with 0 when it is, 2 when it is not.
    """
    from pvelint.doctor import examine, whole
    from pvelint.report.streams import width_of
    from pvelint.report.words import Surface, wrap

    checks = examine()
    if form == "json":
        objects = [
            {"name": check.name, "status": check.status, "detail": check.detail, "cure": check.cure} for check in checks
        ]
        click.echo(json.dumps({"schema": 1, "whole": whole(checks), "checks": objects}, indent=2))
    else:
        surface = Surface.of(sys.stdout)
        width = width_of(sys.stdout)
        for check in checks:
            lines = wrap(f"{check.name}: {check.detail}", width=width - 11, surface=surface)
            for index, line in enumerate(lines):
                click.echo(f"{check.status if index == 0 else '':9}{line}")
            if check.status != "ok" and check.cure:
                for line in wrap(f"what to do: {check.cure}", width=width - 13, surface=surface):
                    click.echo(f"{'':11}{line}")
        faults = sum(check.status == "fault" for check in checks)
        warnings = sum(check.status == "warning" for check in checks)
        click.echo("")
        if faults:
            click.echo(f"The installation is not whole: {faults} fault{'' if faults == 1 else 's'}.")
        elif warnings:
            click.echo("The installation is whole; see the warnings.")
        else:
            click.echo("The installation is whole.")
    ctx.exit(0 if whole(checks) else 2)
