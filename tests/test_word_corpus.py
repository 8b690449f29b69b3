"""Real files from other people's test suites: each is read or refused rightly, no visible letter lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from docx_fixtures import CORPUS
from pvelint.document import Document, Span
from pvelint.errors import ReadError
from pvelint.readers.docx import read_package
from pvelint.word.characters import read_back
from pvelint.word.package import Package, open_package

FILES = sorted(path for path in CORPUS.glob("*.do[ct][xm]")) if CORPUS.is_dir() else []
REFUSED = {
    "openxmlsdk__document_with_password.docx": "encrypted",
    "poi__ExternalEntityInText.docx": "dtd",
    "poi__truncated62886.docx": "truncated",
}
READABLE = [path for path in FILES if path.name not in REFUSED]
pytestmark = pytest.mark.skipif(not FILES, reason="the sample files are not beside this checkout")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def opened(path: Path) -> tuple[Package, Document]:
    package = open_package(path.read_bytes(), path=path.name)
    return package, read_package(package)


def test_all_files_are_there() -> None:
    assert len(FILES) == 73


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_what_must_not_be_read_is_refused_by_name(name: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        open_package((CORPUS / name).read_bytes(), path=name)
    assert caught.value.code == code


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_anchors_and_offsets_lead_back_to_every_character(path: Path) -> None:
    _, document = opened(path)
    for number, block in enumerate(document.blocks, start=1):
        assert block.number == number
        source = block.offsets.source(Span(0, len(block.text)))
        assert document.text[source.start : source.end] == block.text
        position = 0
        for anchor in block.anchors:
            assert anchor.span.start == position
            assert block.text[anchor.span.start : anchor.span.end] in read_back(anchor)
            position = anchor.span.end
        assert position == len(block.text)


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_every_visible_letter_is_read_once(path: Path) -> None:
    """A second, simpler way of finding the visible text gives the same letters, part by part."""
    package, document = opened(path)
    read: dict[str, Counter[str]] = {}
    for block in document.blocks:
        for anchor in block.anchors:
            if anchor.node.tag in (f"{W}t", f"{M}t"):
                letters = block.text[anchor.span.start : anchor.span.end].split()
                read.setdefault(anchor.part, Counter()).update("".join(letters))
    must = {package.names[package.main]}
    must |= {
        package.names[part]
        for kind in ("footnotes", "endnotes")
        for part in package.related(package.main, kind)
    }
    for part in must | set(read):
        assert read.get(part, Counter()) == expected(package.tree(part)), part


def expected(root: etree._Element) -> Counter[str]:
    """The letters of a part that somebody sees: one pass over its elements as a flat stream."""
    found: Counter[str] = Counter()
    fields: dict[object, list[list[str]]] = {}  # for each text box (or none): the code of each open field
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        ancestors = {parent.tag: parent for parent in element.iterancestors()}
        if FALLBACK in ancestors:
            continue
        stack = fields.setdefault(ancestors.get(f"{W}txbxContent"), [])
        if element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                stack.append(["code", ""])
            elif kind == "separate":
                stack[-1][0] = "result"
            else:
                stack.pop()
        elif element.tag == f"{W}instrText" and stack:
            stack[-1][1] += element.text or ""
        elif element.tag in (f"{W}t", f"{M}t"):
            open_fields = [field for scope in fields.values() for field in scope]
            in_toc = any(code.split()[:1] == ["TOC"] for _, code in open_fields)
            in_code = any(state == "code" for state, _ in stack)
            if not in_code and not in_toc and not gone(element, ancestors):
                found.update("".join("".join(element.xpath("text()")).split()))
    return found


def gone(element: etree._Element, ancestors: dict[str, etree._Element]) -> bool:
    """Whether the text was deleted, moved away, is a prompt or stands above other text."""
    if ancestors.keys() & {f"{W}del", f"{W}moveFrom", f"{W}rt"}:
        return True
    w = {"w": W.strip("{}")}
    return bool(
        element.xpath("ancestor::w:sdt/w:sdtPr/w:showingPlcHdr | ancestor::w:tr/w:trPr/w:del", namespaces=w)
    )


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.stem)
def test_reading_is_the_same_each_time(path: Path) -> None:
    first, second = opened(path)[1], opened(path)[1]
    assert first.text == second.text
    assert first.blocks == second.blocks
    assert first.not_checked == second.not_checked


SEEN = {
    "docx2python__strict.docx": None,
    "powertools__RP015-MoveFrom-MoveTo.docx": "paragraph 4",
    "powertools__HC028-No-Break-Hyphen.docx": "paragraph 1",
}


@pytest.mark.parametrize(("name", "last"), SEEN.items())
def test_strict_moves_and_hyphens_are_read(name: str, last: str | None) -> None:
    _, document = opened(CORPUS / name)
    assert document.blocks
    assert last is None or document.blocks[-1].place == last


def test_python_docx_finds_no_paragraph_that_we_lost() -> None:
    """A second opinion on plain files, where both should see the same paragraphs."""
    docx = pytest.importorskip("docx")
    for name in ("unstructured__docx-tables.docx", "openxmlsdk__ftEdNote.docx", "poi__58618.docx"):
        theirs = [q.text for q in docx.Document(str(CORPUS / name)).paragraphs if q.text.strip()]
        _, document = opened(CORPUS / name)
        ours = [
            block.text for block in document.blocks if block.part == "body" and "table" not in block.place
        ]
        assert ours == theirs
