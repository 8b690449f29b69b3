"""The commands. Only click is imported here; each command's module comes when it is called."""

from __future__ import annotations

import click

from pvelint import __version__
from pvelint.cli.lazy import LazyGroup

#: Commands in the order of ``--help``: name to (module:attribute, help).
COMMANDS = {
    "check": ("pvelint.cli.check:check", "Check drafts and say what to change."),
    "review": ("pvelint.cli.review:review", "Write copies of drafts with comments in them."),
    "baseline": ("pvelint.cli.baseline:baseline", "Keep known findings, and report only new ones."),
    "term": ("pvelint.cli.terms:term", "Say what to write instead of a word, for each reader."),
    "terms": ("pvelint.cli.terms:terms", "List the terms, or show one with all its forms."),
    "explain": ("pvelint.cli.explain:explain", "Say what a rule is about and how to write instead."),
    "rules": ("pvelint.cli.explain:rules", "List the rules."),
    "test": ("pvelint.cli.examples:test", "Run the examples inside lexicons and rules."),
    "init": ("pvelint.cli.init:init", "Begin: three questions, and a configuration is written."),
    "files": ("pvelint.cli.files:files", "List the drafts that would be checked, and why others not."),
    "config": ("pvelint.cli.settings:config", "Show the settings and where each comes from."),
    "cache": ("pvelint.cli.cache:cache", "Clear what is kept between runs."),
    "doctor": ("pvelint.cli.doctor:doctor", "Say whether the installation is whole."),
    "schema": ("pvelint.cli.schema:schema", "Print the JSON schema of a file format."),
    "completion": ("pvelint.cli.completion:completion", "Print the completion script of a shell."),
}


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"pvelint {__version__}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Print the version and end.",
)
def pvelint() -> None:
    """Check the wording of drafts about migration and violent extremism.

    Reads Word, Markdown, text and HTML files. Nothing leaves this computer.

    \b
    Ends with 0 when there is nothing to change, 1 when there is something,
    2 when the work could not be done.
    """
