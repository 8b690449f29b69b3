"""``pvelint check``: the main job. Options here, the work in ``cli.run``."""

from __future__ import annotations

import click

from pvelint.cli.completing import Donors, Rules
from pvelint.cli.lazy import Word
from pvelint.cli.words import FAIL_ON, FORMS, TIERS, TYPES


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--tier", type=Word(*TIERS), help="Reader: donors and public, or field teams.")
@click.option("--type", "kind", type=Word(*TYPES), help="Type of document.")
@click.option("--donor", metavar="NAME", type=Donors(), help="Donor whose wording is expected.")
@click.option("--format", "form", type=Word(*FORMS), default="text", help="Report form.")
@click.option("--output", metavar="FILE", type=click.Path(), help="Write the report to a file.")
@click.option("--select", multiple=True, metavar="RULES", type=Rules(), help="Only these rules (S101, S1, names).")
@click.option("--ignore", multiple=True, metavar="RULES", type=Rules(), help="Not these rules.")
@click.option("--fail-on", type=Word(*FAIL_ON), help="Lowest level that ends with 1 (default: error).")
@click.option("--explain", is_flag=True, help="Add why, the source and how the words were read.")
@click.option("--statistics", is_flag=True, help="Count the findings by rule.")
@click.option("--show-set-aside", is_flag=True, help="Also show what was left, and why.")
@click.option("--show-suppressed", is_flag=True, help="Also show what remarks and the baseline silence.")
@click.option("--changed-since", metavar="REV", help="Only what changed since this Git revision.")
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Leave out the findings of this baseline.")
@click.option("--no-baseline", is_flag=True, help="Use no baseline.")
@click.option("--config", "config_file", metavar="FILE", type=click.Path(), help="Take settings from here.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over these files (*, **, folder/).")
@click.option("--force-exclude", is_flag=True, help="Pass over them even when named one by one.")
@click.option("--stdin-filename", metavar="NAME", help="Name of what is read from standard input.")
@click.option("--no-cache", is_flag=True, help="Use no results of earlier runs, and keep none.")
@click.option("--jobs", "-j", type=click.IntRange(0), default=0, metavar="N", help="Processes (0: what pays).")
@click.option("--quiet", "-q", is_flag=True, help="Findings only, no summary.")
@click.option("--color", type=Word("auto", "always", "never"), default="auto", help="Colour.")
@click.pass_context
def check(
    ctx: click.Context,
    paths: tuple[str, ...],
    tier: str | None,
    kind: str | None,
    donor: str | None,
    form: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    explain: bool,
    statistics: bool,
    show_set_aside: bool,
    show_suppressed: bool,
    changed_since: str | None,
    baseline: str | None,
    no_baseline: bool,
    config_file: str | None,
    isolated: bool,
    exclude: tuple[str, ...],
    force_exclude: bool,
    stdin_filename: str | None,
    no_cache: bool,
    jobs: int,
    quiet: bool,
    color: str,
) -> None:
    """Check drafts: files, folders, or - for standard input (default: this folder).

    The drafts are never changed, and nothing is sent anywhere.
    """
    from pvelint.cli.request import Request
    from pvelint.cli.run import run_and_report
    from pvelint.findings import Tier
    from pvelint.selectors import split

    if config_file and isolated:
        raise click.UsageError("--config and --isolated exclude each other.")
    if baseline and no_baseline:
        raise click.UsageError("--baseline and --no-baseline exclude each other.")
    request = Request(
        paths=paths or (".",),
        tier=Tier(tier) if tier else None,
        type=kind,
        donor=donor,
        form=form,
        output=output,
        select=split(select),
        ignore=split(ignore),
        fail_on=fail_on,
        explain=explain,
        statistics=statistics,
        show_set_aside=show_set_aside,
        show_suppressed=show_suppressed,
        changed_since=changed_since,
        baseline=baseline,
        no_baseline=no_baseline,
        config_file=config_file,
        isolated=isolated,
        exclude=exclude,
        force_exclude=force_exclude,
        stdin_filename=stdin_filename,
        quiet=quiet,
        jobs=jobs or None,
        cache=not no_cache,
        colour=color,
    )
    ctx.exit(run_and_report(request))
