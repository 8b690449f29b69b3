"""What the command line asked ``check`` for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pvelint.findings import Tier


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the command line asked for."""

    paths: tuple[str, ...]
    tier: Tier | None = None
    type: str | None = None
    donor: str | None = None
    form: str = "text"
    output: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str | None = None
    explain: bool = False
    statistics: bool = False
    show_set_aside: bool = False
    show_suppressed: bool = False
    changed_since: str | None = None
    baseline: str | None = None
    no_baseline: bool = False
    config_file: str | None = None
    isolated: bool = False
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    stdin_filename: str | None = None
    quiet: bool = False
    colour: str = "auto"
    jobs: int | None = None
    cache: bool = False
