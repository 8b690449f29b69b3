"""``pvelint cache``: where the caches lie, and clearing them."""

from __future__ import annotations

import click


@click.group()
def cache() -> None:
    """What is kept between runs: compiled lexicons and results, never text of drafts."""


@cache.command("dir")
def folder() -> None:
    """Print the folder of the caches."""
    from pvelint.cachefile import cache_folder

    click.echo(str(cache_folder()))


@cache.command("clear")
def clear() -> None:
    """Remove everything that is kept. The next run makes it again."""
    from pvelint.cachefile import cache_folder
    from pvelint.results import clear as remove

    count = remove(cache_folder())
    click.echo(f"{count} file{'' if count == 1 else 's'} removed.")
