"""Real files: each copy is proved by undoing it, opened by a second library, and audited for new faults."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate_fixtures import OPTIONS, accepted, by_chance, comments_of
from docx_fixtures import CORPUS
from pvelint.errors import ReadError
from pvelint.readers.docx import read_docx
from pvelint.word.annotate import Annotated, AnnotateError, AnnotateOptions, How, annotate, without_marks
from pvelint.word.package import open_package

FILES = sorted(CORPUS.glob("*.do[ct][xm]")) if CORPUS.is_dir() else []
EXAMPLES = sorted((Path(__file__).resolve().parents[1] / "examples").glob("*.docx"))
pytestmark = pytest.mark.skipif(not FILES, reason="the sample files are not beside this checkout")
UNREADABLE = 3
REFUSED = {
    "poi__documentProtection_forms_no_password.docx": "protected",
    "poi__documentProtection_readonly_no_password.docx": "protected",
    "poi__hyperlink-example-signed.docx": "signed",
}


def copies(path: Path, seed: int) -> Annotated | None:
    """A copy with findings by chance; None for a file that is not read."""
    data = path.read_bytes()
    try:
        document = read_docx(data, path=path.name)
    except ReadError:
        return None
    options = AnnotateOptions(date=OPTIONS.date, force=path.name in REFUSED)
    return annotate(data, path=path.name, findings=by_chance(document, seed), options=options)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_copies_are_sound(path: Path) -> None:
    """`annotate` itself undoes its marks and compares; here the words are checked without it."""
    result = copies(path, seed=1)
    if result is None:
        return
    original = read_docx(path.read_bytes(), path=path.name)
    copy = read_docx(result.data, path=path.name)
    own = [(b.part, t) for b, t in zip(original.blocks, accepted(original, result), strict=True)]
    assert [b.text for b in copy.blocks if b.part not in SIDE] == [text for part, text in own if part not in SIDE]
    spans = [copy.text[span.start : span.end] for span, text in copy.comments if "\npvelint T501 (" in text]
    for placed in result.placed:
        hidden = original.blocks[placed.finding.block].hidden
        if placed.how is How.EXACT and placed.finding.rule == "T501" and not hidden and placed.suggested is None:
            asked = original.text[placed.finding.location.offset : placed.finding.location.end_offset]
            assert asked in spans or any(p.suggested for p in result.placed)
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(io.BytesIO(result.data)) as after:
        package = open_package(path.read_bytes(), path=path.name)
        for name in before.namelist():
            if before.read(name) != after.read(name):
                assert name.casefold() in {package.main, "[content_types].xml"} or "comments" in name or "rels" in name


SIDE = ("properties", "list labels")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_undone_copy_reads_like_the_original(path: Path) -> None:
    result = copies(path, seed=2)
    if result is None:
        return
    cleaned = without_marks(result.data, path=path.name)
    original = read_docx(path.read_bytes(), path=path.name)
    assert read_docx(cleaned, path=path.name).text == original.text
    again = annotate(
        cleaned,
        path=path.name,
        findings=by_chance(original, 2),
        options=AnnotateOptions(date=OPTIONS.date, force=True),
    )
    assert (again.comments, again.changes) == (result.comments, result.changes)


@pytest.mark.parametrize(("name", "code"), REFUSED.items())
def test_protected_and_signed_files_get_no_copy(name: str, code: str) -> None:
    data = (CORPUS / name).read_bytes()
    with pytest.raises(AnnotateError) as caught:
        annotate(data, path=name, findings=(), options=OPTIONS)
    assert caught.value.code == code


def test_python_docx_opens_what_it_opened_and_sees_our_comments() -> None:
    docx = pytest.importorskip("docx")
    opened = 0
    for path in FILES:
        try:
            docx.Document(str(path))
        except Exception:
            continue
        result = copies(path, seed=3)
        if result is None or not result.comments:
            continue
        theirs = docx.Document(io.BytesIO(result.data))
        opened += 1
        if "word/comments.xml" in zipfile.ZipFile(io.BytesIO(result.data)).namelist():
            assert len(comments_of(result.data)) >= result.comments
            if hasattr(theirs, "comments"):
                assert sum(c.author == "pvelint" for c in theirs.comments) == result.comments
    assert opened > 50


def faults(path: Path) -> Iterator[tuple[str, str]]:
    audit = pytest.importorskip("openxml_audit")
    for error in audit.OpenXmlValidator().validate(str(path)).errors:  # a new one each time: it carries ids over
        yield str(error.error_type), error.description


@pytest.mark.parametrize("path", [*FILES, *EXAMPLES], ids=lambda path: path.stem)
def test_the_audit_finds_nothing_new(path: Path, tmp_path: Path) -> None:
    pytest.importorskip("openxml_audit", reason="the audit is not installed")
    result = copies(path, seed=4)
    if result is None:
        return
    copy = tmp_path / path.name
    copy.write_bytes(result.data)
    assert set(faults(copy)) <= set(faults(path))
