"""``pvelint schema``: print a checked-in JSON schema."""

from __future__ import annotations

import sys

import click

from pvelint.cli.lazy import Word
from pvelint.shipped import SCHEMAS


@click.command()
@click.argument("name", type=Word(*SCHEMAS))
def schema(name: str) -> None:
    """Print the JSON schema NAME of a file format."""
    from pvelint import shipped
    from pvelint.errors import DataError
    from pvelint.report.streams import write_bytes

    try:
        data = shipped.schema(name).read_bytes()
    except OSError:
        raise DataError(
            "data-missing", f"the schema '{name}' of pvelint is missing.", cure="Install pvelint again."
        ) from None
    write_bytes(sys.stdout, data)
