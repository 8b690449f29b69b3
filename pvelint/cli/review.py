"""``pvelint review``: reviewed copies of drafts. Options here, the work in ``cli.reviewing``."""

from __future__ import annotations

import click

from pvelint.cli.lazy import Word

_TIERS = ("donor", "field")
_TYPES = ("proposal", "report", "press", "flyer", "note", "policy", "web")


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("-o", "--output", metavar="FOLDER", type=click.Path(), help="Where the copies go.")
@click.option(
    "--suggest",
    type=Word("safe", "offer", "none"),
    default="safe",
    help="Which replacements are marked as changes (default: safe).",
)
@click.option("--force", is_flag=True, help="Replace changed copies; copy protected and signed drafts.")
@click.option("--diff", is_flag=True, help="Show what the replacements would change; no -o needed.")
@click.option("--tier", type=Word(*_TIERS), help="Reader: donors and public, or field teams.")
@click.option("--type", "kind", type=Word(*_TYPES), help="Type of document.")
@click.option("--donor", metavar="NAME", help="Donor whose wording is expected.")
@click.option("--select", multiple=True, metavar="RULES", help="Only these rules (S101, S1, a name; commas).")
@click.option("--ignore", multiple=True, metavar="RULES", help="Not these rules.")
@click.option("--config", "config_file", metavar="FILE", type=click.Path(), help="Take settings from here.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over these files (*, **, folder/).")
@click.option("--force-exclude", is_flag=True, help="Pass over them even when named one by one.")
@click.option("--jobs", "-j", type=click.IntRange(0), default=0, metavar="N", help="Processes (0: what pays).")
@click.option("--color", type=Word("auto", "always", "never"), default="auto", help="Colour.")
@click.option("--quiet", "-q", is_flag=True, help="Only what could not be done.")
@click.pass_context
def review(
    ctx: click.Context,
    paths: tuple[str, ...],
    output: str | None,
    suggest: str,
    force: bool,
    diff: bool,
    tier: str | None,
    kind: str | None,
    donor: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    config_file: str | None,
    isolated: bool,
    exclude: tuple[str, ...],
    force_exclude: bool,
    jobs: int,
    color: str,
    quiet: bool,
) -> None:
    """Write copies of drafts with the findings in them.

    A Word draft gets comments on the very words, and safe replacements as tracked changes that can be accepted
    or rejected; Markdown and text get the same as CriticMarkup. A summary of all of them, summary.html and
    summary.xlsx, is put beside the copies. The drafts themselves are never changed. Run the same command again
    to do what is missing or has changed.

    \b
    Ends with 0 when every draft has its copy, 2 when one could not be made.
    """
    from pvelint.cli.request import Request
    from pvelint.cli.reviewing import ReviewRequest, review_and_report
    from pvelint.findings import Tier
    from pvelint.selectors import split

    if config_file and isolated:
        raise click.UsageError("--config and --isolated exclude each other.")
    if output is None and not diff:
        raise click.UsageError("Say where the copies go: -o FOLDER (or --diff to see the changes only).")
    request = Request(
        paths=paths or (".",),
        tier=Tier(tier) if tier else None,
        type=kind,
        donor=donor,
        select=split(select),
        ignore=split(ignore),
        config_file=config_file,
        isolated=isolated,
        exclude=exclude,
        force_exclude=force_exclude,
        quiet=quiet,
        jobs=jobs or None,
        colour=color,
    )
    ctx.exit(review_and_report(ReviewRequest(request, output, suggest, force, diff)))
