"""The workbook: everything is text, nothing is a formula, and every place has its sheet."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from pvelint.report.told import Draft
from pvelint.report.xlsx import to_xlsx
from summary_fixtures import HOSTILE, hostile, ordinary, row, summary

openpyxl = pytest.importorskip("openpyxl")


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def test_each_place_has_its_sheet_and_the_worst_comes_first() -> None:
    book = opened(to_xlsx(ordinary()))
    assert book.sheetnames == ["Documents", "Findings", "Failed", "Not checked", "Set aside", "Passed over"]
    documents = rows(book["Documents"])
    assert documents[0][:7] == ["Document", "Reviewed copy", "For", "Words", "Errors", "Warnings", "Suggestions"]
    assert documents[1] == ["grave.md", "grave.md", "field", 900, 2, 1, 0, None, None, 5, None]
    assert [line[0] for line in documents[1:]] == ["grave.md", "a/mild.docx", "clean.txt", "exception.docx"]
    findings = rows(book["Findings"])
    assert [line[:3] for line in findings[1:4]] == [
        ["grave.md", "error", "S100"],
        ["grave.md", "error", "S100"],
        ["grave.md", "warning", "T501"],
    ]
    assert findings[4][6:10] == [
        "illegal migrants",
        "The centre hosts illegal migrants from the coast.",
        '"illegal migrants" is not approved.',
        "irregular migrants",
    ]
    assert rows(book["Failed"])[1] == ["locked.docx", "The file has a password. Take it off."]
    assert rows(book["Set aside"])[1][-1] == "title of the ministry's law"


def test_findings_have_filters_and_links_to_the_copies() -> None:
    drafts = [Draft(path=name, link=link, rows=(row(),)) for name, link in LINKS]
    sheet = opened(to_xlsx(summary(*drafts, copies=True)))["Findings"]
    assert sheet.auto_filter.ref == "A1:Q5"
    assert sheet.freeze_panes == "B2"
    assert [line[-1].hyperlink.target for line in sheet.iter_rows(min_row=2)] == [
        "a\\b.docx",
        "it%20is%20%231%2550.docx",
        "javascript%3Ax.docx",
        "é.docx",
    ]
    shown = [line[-1].value for line in sheet.iter_rows(min_row=2)]
    assert shown == ["a/b.docx", "it is #1%50.docx", "javascript:x.docx", "é.docx"]


LINKS = [
    ("1", "./a/b.docx"),
    ("2", "./it%20is%20%231%2550.docx"),
    ("3", "./javascript%3Ax.docx"),
    ("4", "./%C3%A9.docx"),
]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\u200b=", "|", "%"])
def test_no_formula_starts_from_a_text(start: str) -> None:
    attack = f"{start}HYPERLINK(\"http://example.org\",1)+cmd|' /C calc'!A0"
    bad = row(
        words=attack, before=attack, after=attack, message=attack, where=attack, suggestions=(attack,), why=attack
    )
    data = to_xlsx(summary(Draft(path=attack, reader=attack, rows=(bad,), aside=(bad,), unread=((attack, attack),)),
                           Draft(path=attack, error=attack), skipped=((attack, attack),)))  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets
        assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
        assert not any("externalLink" in name for name in archive.namelist())
        assert not any(b"<hyperlink" in sheet for sheet in sheets)
    book = opened(data)
    texts = [
        cell for sheet in book for line in sheet.iter_rows(min_row=2) for cell in line if isinstance(cell.value, str)
    ]
    attacks = [cell for cell in texts if "HYPERLINK" in cell.value]
    assert len(attacks) >= 12
    assert all(cell.data_type == "s" for cell in attacks)
    assert all(cell.quotePrefix for cell in attacks if cell.value.lstrip()[:1] in "=+-@|%")


def test_hostile_texts_make_a_book_that_opens() -> None:
    data = to_xlsx(hostile())
    texts = [cell for sheet in opened(data) for line in rows(sheet) for cell in line if isinstance(cell, str)]
    assert any(text.startswith("</script>") for text in texts)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", archive.read(name)) for name in archive.namelist())
    assert HOSTILE not in texts  # its control characters are gone


def test_a_text_that_no_cell_holds_is_cut() -> None:
    book = opened(to_xlsx(summary(Draft(path="a", rows=(row(why="long " * 20_000),)))))
    why = rows(book["Findings"])[1][11]
    assert len(why) < 32_767
    assert why.endswith(" …")


def test_an_empty_run_makes_a_book() -> None:
    assert opened(to_xlsx(summary())).sheetnames == ["Documents", "Findings"]


def test_nothing_is_written_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def refused(*arguments: object, **options: object) -> None:
        raise AssertionError("a temporary file would hold words of a draft")

    for name in ("mkstemp", "mkdtemp", "TemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    assert to_xlsx(ordinary()).startswith(b"PK")
