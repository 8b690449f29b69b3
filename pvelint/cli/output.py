"""The report of a run in the form that was asked for, to standard output or as the bytes of a file."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pvelint.findings import RunReport

if TYPE_CHECKING:
    from pvelint.cli.request import Request
    from pvelint.cli.run import Runner

#: Forms for programs: each module has ``to_bytes(report, options)``.
PROGRAM_FORMS = ("sarif", "github", "junit", "rdjson")


def rendered(report: RunReport, request: Request, runner: Runner) -> bytes:
    """The report as the bytes of a file."""
    if request.form == "json":
        from pvelint.report.json import to_bytes

        return to_bytes(report, show_set_aside=request.show_set_aside, show_suppressed=request.show_suppressed)
    if request.form in PROGRAM_FORMS:
        from importlib import import_module

        from pvelint.report.common import ProgramOptions

        options = ProgramOptions(
            rules=runner.rules,
            fails=runner.fails,
            show_set_aside=request.show_set_aside,
            show_suppressed=request.show_suppressed,
        )
        rendered: bytes = import_module(f"pvelint.report.{request.form}").to_bytes(report, options)
        return rendered
    if request.form == "html":
        from pvelint.cli.page import page

        return page(report, output=request.output)
    with _memory() as stream:
        _write_people(report, request, runner, stream, colour=request.colour == "always")
        stream.flush()
        buffer = stream.buffer
        assert isinstance(buffer, io.BytesIO)
        return buffer.getvalue()


@contextmanager
def _memory() -> Iterator[io.TextIOWrapper]:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="replace", newline="\n")
    try:
        yield stream
    finally:
        stream.close()


def write(report: RunReport, request: Request, runner: Runner) -> None:
    """The report on standard output."""
    from pvelint.report.streams import wants_colour, write_bytes

    if request.form in {"json", "html", *PROGRAM_FORMS}:
        write_bytes(sys.stdout, rendered(report, request, runner))
    else:
        colour = wants_colour(sys.stdout, request.colour)
        _write_people(report, request, runner, sys.stdout, colour=colour)  # type: ignore[arg-type]


def _write_people(
    report: RunReport, request: Request, runner: Runner, stream: io.TextIOWrapper, *, colour: bool
) -> None:
    from pvelint.report.streams import width_of
    from pvelint.report.words import Surface

    if request.form == "concise":
        from pvelint.report.concise import concise

        stream.write(
            concise(
                report,
                surface=Surface.of(stream),
                show_set_aside=request.show_set_aside,
                show_suppressed=request.show_suppressed,
            )
        )
        return
    from pvelint.report.text import TextOptions, write_text

    options = TextOptions(
        width=width_of(stream),
        colour=colour,
        explain=request.explain,
        quiet=request.quiet,
        show_set_aside=request.show_set_aside,
        show_suppressed=request.show_suppressed,
        definition=runner.definition,
    )
    write_text(report, stream, options)
