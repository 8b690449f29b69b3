"""The summary as a workbook: documents, findings with filters and links to the copies, and what stands beside.

Every cell that holds words of a draft or a file name is written as text, never as a formula or a guessed link.
Words that begin like a formula also carry Excel's own mark for text (the quote prefix), so that editing the cell
does not turn it into one.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from pvelint.findings import Level
from pvelint.report.summary import FAMILIES
from pvelint.report.told import Draft, Row, Summary, clean, worst_first

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LONGEST: Final = 32_000  # characters; Excel takes 32,767 in a cell
_MOST_ROWS: Final = 1_048_575  # below the heading
_MOST_LINKS: Final = 60_000  # in a sheet; Excel takes 65,530
_LONGEST_LINK: Final = 2_000  # characters; Excel takes 2,079
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "|", "%")
#: What a link to a file may not hold as it stands: the rest is left, as Excel itself leaves it.
_ESCAPED: Final = {"%": "%25", "#": "%23", "?": "%3F", " ": "%20", ":": "%3A"}
_LEVELS: Final = (Level.ERROR, Level.WARNING, Level.SUGGESTION)

#: A column: heading and width in characters.
Column = tuple[str, int]


def to_xlsx(summary: Summary) -> bytes:
    """The workbook as the bytes of a file; nothing is written anywhere else on the way."""
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        told = {"title": clean(summary.title), "comments": f"pvelint {summary.version}", "created": _now()}
        book.set_properties(told)
        _Sheets(book, summary).write()
    return out.getvalue()


class _Sheets:
    def __init__(self, book: Workbook, summary: Summary) -> None:
        self._book = book
        self._summary = summary
        self._head: Format = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
        self._text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._guarded: Format = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self._number: Format = book.add_format({"valign": "top", "num_format": "#,##0"})
        self._link: Format = book.add_format(
            {"text_wrap": True, "valign": "top", "font_color": "#0B5394", "underline": 1, "quote_prefix": True}
        )

    def write(self) -> None:
        self._documents()
        self._findings()
        failed = [(draft.path, draft.error) for draft in self._summary.failed]
        self._pairs("Failed", ("Document", "What went wrong and what to do"), failed)
        unread = [(d.path, f"{part}: {reason}") for d in self._summary.worst_first for part, reason in d.unread]
        unread += [(f"Rule {rule}", f"could not be run: {reason}") for rule, reason in self._summary.rules_not_run]
        self._pairs("Not checked", ("Document", "What was not checked"), unread)
        self._aside()
        self._pairs("Passed over", ("File", "Why"), list(self._summary.skipped))

    def _documents(self) -> None:
        sheet = self._sheet(
            "Documents",
            [
                ("Document", 42), ("Reviewed copy", 42), ("For", 18), ("Words", 10), ("Errors", 10), ("Warnings", 10),
                ("Suggestions", 12), ("Comments", 10), ("Marked changes", 10), ("Set aside", 10), ("Remarks", 50),
            ],
            len(self._summary.worst_first),
        )  # fmt: skip
        for line, draft in enumerate(self._summary.worst_first, 1):
            self._words(sheet, line, 0, draft.path)
            if draft.link and self._summary.copies:
                self._linked(sheet, line, 1, draft.link)
            self._words(sheet, line, 2, draft.reader)
            aside = len(draft.aside) + draft.baselined
            numbers = [draft.length, *draft.weight, draft.comments, draft.changes, aside]
            for column, number in enumerate(numbers, 3):
                if number is not None:
                    sheet.write_number(line, column, number, self._number)
            self._words(sheet, line, 10, " ".join(draft.notes))

    def _findings(self) -> None:
        columns: list[Column] = [
            ("Document", 30), ("Level", 11), ("Rule", 8), ("Rule's name", 22), ("Family", 18), ("Where", 26),
            ("Words", 26), ("Sentence", 60), ("What is wrong", 40), ("Write instead", 30), ("Advice", 36), ("Why", 40),
            ("Source", 30), ("Red line", 9), ("Accepted because", 24), ("In the copy", 26), ("Reviewed copy", 30),
        ]  # fmt: skip
        rows = [(draft, row) for draft in self._summary.worst_first for row in worst_first(draft.rows)]
        sheet = self._sheet("Findings", columns, len(rows))
        for line, (draft, row) in enumerate(rows[:_MOST_ROWS], 1):
            for column, text in enumerate(_cells(draft, row)):
                self._words(sheet, line, column, text)
            if draft.link and self._summary.copies:
                self._linked(sheet, line, len(columns) - 1, draft.link)

    def _aside(self) -> None:
        rows = [(draft, row) for draft in self._summary.worst_first for row in draft.aside]
        if not rows:
            return
        columns = [("Document", 42), ("Rule", 8), ("Where", 26), ("Words", 30), ("Sentence", 60), ("Reason", 50)]
        sheet = self._sheet("Set aside", columns, len(rows))
        for line, (draft, row) in enumerate(rows[:_MOST_ROWS], 1):
            cells = (draft.path, row.rule, row.where, row.words, row.sentence, row.accepted or "")
            for column, text in enumerate(cells):
                self._words(sheet, line, column, text)

    def _pairs(self, name: str, heads: tuple[str, str], pairs: Sequence[tuple[str, str]]) -> None:
        """A sheet of two columns; left out when it would be empty."""
        if not pairs:
            return
        sheet = self._sheet(name, [(heads[0], 42), (heads[1], 100)], len(pairs))
        for line, pair in enumerate(pairs[:_MOST_ROWS], 1):
            for column, text in enumerate(pair):
                self._words(sheet, line, column, text)

    def _sheet(self, name: str, columns: Sequence[Column], lines: int) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        for column, (heading, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, self._head)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(min(lines, _MOST_ROWS), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def _words(self, sheet: Worksheet, line: int, column: int, text: str) -> None:
        """Text that may come from anywhere, as text."""
        shown = clean(text)
        if not shown:
            return
        if len(shown) > _LONGEST:
            shown = shown[:_LONGEST] + " …"
        guarded = shown.lstrip().startswith(_FORMULA_STARTS) or text.startswith(_FORMULA_STARTS)
        sheet.write_string(line, column, shown, self._guarded if guarded else self._text)

    def _linked(self, sheet: Worksheet, line: int, column: int, address: str) -> None:
        """A link to a file beside the workbook; plain text where Excel takes no link."""
        from urllib.parse import unquote

        path = unquote(address).removeprefix("./")
        shown = clean(path)
        if line > _MOST_LINKS or len(address) > _LONGEST_LINK:
            self._words(sheet, line, column, shown)
            return
        target = "".join(_ESCAPED.get(char, char) for char in path)
        sheet.write_url(line, column, f"external:{target}", self._link, shown)


def _cells(draft: Draft, row: Row) -> tuple[str, ...]:
    return (
        draft.path,
        row.level.value,
        row.rule,
        row.name.replace("-", " "),
        FAMILIES[row.family],
        row.where,
        row.words,
        row.sentence,
        row.message,
        " / ".join(row.suggestions),
        " ".join(row.advice),
        row.why,
        "; ".join(row.sources),
        "yes" if row.red_line else "",
        row.accepted if row.accepted is not None else "",
        row.copy,
    )


def _now() -> datetime:
    """Now, or SOURCE_DATE_EPOCH (seconds, UTC)."""
    epoch: Any = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), tz=UTC).replace(tzinfo=None)
    return datetime.now()
