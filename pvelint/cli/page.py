"""``check --format html``: the same page as that of ``review``, for one run."""

from __future__ import annotations

import os
from urllib.parse import quote

from pvelint.findings import RunReport


def page(report: RunReport, *, output: str | None) -> bytes:
    """The page as the bytes of a file; documents are linked from where the page will lie.

    output: the file it is for; None for standard output, where nothing can be linked.
    """
    from pvelint.cli.reviewing import made_now
    from pvelint.report.html import to_html
    from pvelint.report.told import summary_of
    from pvelint.sources import titles

    def link(path: str) -> str:
        return address(path, output) if output is not None else ""

    summary = summary_of(report, title="Check of drafts", made=made_now(), sources=titles(), link=link)
    return to_html(summary, more="pvelint check --format json gives all of them.")


def address(path: str, page: str) -> str:
    """A file as it is linked from a page; empty for standard input and for another drive."""
    if path == "-":
        return ""
    try:
        relative = os.path.relpath(path, os.path.dirname(os.path.abspath(page)))  # noqa: PTH100, PTH120
    except ValueError:
        return ""
    return "./" + quote(relative.replace(os.sep, "/").encode("utf-8", "surrogateescape"))
