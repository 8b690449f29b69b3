"""``pvelint files``: which drafts a check would read, for which reader, and why others are left."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence

import click

from pvelint.cli.lazy import Word

#: Folders of programs: told by their name, not file by file.
_MOST = 200


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--config", "config_file", metavar="FILE", type=click.Path(), help="Take settings from here.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Pass over these files (*, **, folder/).")
@click.option("--force-exclude", is_flag=True, help="Pass over them even when named one by one.")
@click.option("--changed-since", metavar="REV", help="Only what changed since this Git revision.")
@click.option("--format", "form", type=Word("text", "json"), default="text", help="Form of the answer.")
@click.pass_context
def files(
    ctx: click.Context,
    paths: tuple[str, ...],
    config_file: str | None,
    isolated: bool,
    exclude: tuple[str, ...],
    force_exclude: bool,
    changed_since: str | None,
    form: str,
) -> None:
    """List the drafts that a check of PATHS would read, and why others are not.

    Nothing is opened, so what a draft says of its own reader is not known here.
    """
    from pvelint.cli.request import Request
    from pvelint.cli.run import Runner
    from pvelint.discover import display_path

    if config_file and isolated:
        raise click.UsageError("--config and --isolated exclude each other.")
    request = Request(
        paths=paths or (".",),
        config_file=config_file,
        isolated=isolated,
        exclude=exclude,
        force_exclude=force_exclude,
        changed_since=changed_since,
    )
    runner = Runner(request)
    found, errors, skipped = runner.drafts()
    checked = []
    for path in found:
        settings = runner.config.for_file(path)
        checked.append({"path": display_path(path), "tier": settings.tier.value, "type": settings.type})
    reasons = dict(skipped)
    known = {os.path.normpath(path) for path in (*found, *reasons)}
    others = list(_others(request.paths, known)) if changed_since is None else []
    left = [*sorted(reasons.items()), *others]
    if form == "json":
        content = {
            "schema": 1,
            "files": checked,
            "not_checked": [{"path": path, "reason": reason} for path, reason in left],
            "errors": [{"path": error.path, "code": error.code, "message": error.message} for error in errors],
        }
        click.echo(json.dumps(content, indent=2, ensure_ascii=True))
    else:
        _print(checked, left)
    from pvelint.report.streams import remark

    for error in errors:
        remark(f"error: {error.path}: {error.message} {error.cure}".rstrip())
    ctx.exit(2 if errors else 0)


def _others(paths: Sequence[str], known: set[str]) -> Iterator[tuple[str, str]]:
    """What lies in the folders besides: hidden things and files of other kinds, with the reason."""
    from pvelint.discover import display_path, passed_over

    for folder in paths:
        if not os.path.isdir(folder):  # noqa: PTH112
            continue
        for parent, names, inside in os.walk(folder):
            for name in sorted(names):
                reason = passed_over(name, folder=True)
                if reason:
                    yield display_path(os.path.join(parent, name)), reason  # noqa: PTH118
            names[:] = sorted(name for name in names if not passed_over(name, folder=True))
            for name in sorted(inside):
                path = os.path.join(parent, name)  # noqa: PTH118
                reason = passed_over(name, folder=False)
                if reason and os.path.normpath(path) not in known:
                    yield display_path(path), reason


def _print(checked: Sequence[dict[str, str | None]], left: Sequence[tuple[str, str]]) -> None:
    from pvelint.report.words import Surface

    surface = Surface.of(sys.stdout)
    lines = [f"{one['path']}  (for: {one['tier']}{', ' + one['type'] if one['type'] else ''})" for one in checked]
    lines.append(f"{len(checked)} file{'' if len(checked) == 1 else 's'} to check")
    if left:
        lines += ["", "Not checked:"]
        lines += [f"  {path}: {reason}" for path, reason in left[:_MOST]]
        if len(left) > _MOST:
            lines.append(f"  and {len(left) - _MOST} more (--format json lists all)")
    sys.stdout.writelines(surface.clean(line) + "\n" for line in lines)
