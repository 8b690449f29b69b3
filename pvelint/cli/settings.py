"""``pvelint config``: the settings that hold for a draft, and where each comes from."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from pvelint.cli.lazy import Word

if TYPE_CHECKING:
    from pvelint.config import Settings


@click.command()
@click.argument("file", default="-", type=click.Path())
@click.option("--config", "config_file", metavar="FILE", type=click.Path(), help="Take settings from here.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--format", "form", type=Word("text", "json"), default="text", help="Form of the answer.")
def config(file: str, config_file: str | None, isolated: bool, form: str) -> None:
    """Show the settings for a draft FILE, or for this folder.

    What a draft says of itself and what the command line says come on top.
    """
    from pathlib import Path

    from pvelint.config import Config
    from pvelint.report.words import Surface

    if config_file and isolated:
        raise click.UsageError("--config and --isolated exclude each other.")
    loaded = Config.load(file=config_file, isolated=isolated)
    settings = loaded.for_folder(file) if file != "-" and Path(file).is_dir() else loaded.for_file(file)
    rows = list(_rows(settings))
    if form == "json":
        content = {
            "schema": 1,
            "file": settings.source,
            "settings": {key: {"value": value, "from": origin} for key, value, origin in rows},
        }
        click.echo(json.dumps(content, indent=2, ensure_ascii=True))
        return
    surface = Surface.of(sys.stdout)
    click.echo(surface.clean(f"Configuration file: {settings.source or 'none'}"))
    for key, value, origin in rows:
        shown = ", ".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(value, dict):
            shown = ", ".join(f"{name}: {level}" for name, level in value.items())
        click.echo(surface.clean(f"  {key + ':':10} {shown if shown else '-'}  ({origin})"))


def _rows(settings: Settings) -> list[tuple[str, Any, str]]:
    """(key, value, where from) in the order of the documentation."""
    values: list[tuple[str, Any]] = [
        ("tier", settings.tier.value),
        ("type", settings.type),
        ("donor", settings.donor),
        ("select", list(settings.select)),
        ("ignore", list(settings.ignore)),
        ("levels", {name: level.value for name, level in settings.levels.items()}),
        ("fail-on", settings.fail_on),
        ("exclude", list(settings.exclude.globs) if settings.exclude is not None else []),
        ("lexicons", list(settings.lexicons)),
        ("rules", list(settings.rules)),
        ("names", list(settings.names)),
        ("spelling", settings.spelling),
        ("preview", settings.preview),
        ("baseline", settings.baseline),
    ]
    return [(key, value, settings.origins.get(key, "default")) for key, value in values]
