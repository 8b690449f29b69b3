"""Copies in a real word processor: LibreOffice, where it is installed, loads each with every comment and change."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from annotate_fixtures import OPTIONS, by_chance, on
from docx_fixtures import CORPUS, box, docx, p, r, root, table, tc, tr
from pvelint.readers.docx import read_docx
from pvelint.word.annotate import AnnotateOptions, annotate, without_marks

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
#: LibreOffice drops comments that begin in the first paragraph of a content control around blocks or cells, whoever
#: wrote them; these files have such controls.
CONTROLS = re.compile(rb"<w:sdt>|<w:sdt ")


def saved(files: dict[str, bytes], folder: Path, ending: str) -> dict[str, bytes]:
    """The files as LibreOffice saves them in another (or the same) format; those that it does not load are absent."""
    out = folder / "saved"
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = [str(PROGRAM), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", ending, "--outdir", str(out), *(str(folder / name) for name in files)]
    subprocess.run(command, capture_output=True, check=False)
    targets = {name: out / Path(name).with_suffix(f".{ending}") for name in files}
    return {name: target.read_bytes() for name, target in targets.items() if target.exists()}


def loaded(files: dict[str, bytes], folder: Path) -> dict[str, str]:
    """The files as LibreOffice reads them: name to the XML of the document's content."""
    found: dict[str, str] = {}
    for name, data in saved(files, folder, "odt").items():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found[name] = archive.read("content.xml").decode("utf-8")
    return found


def comments(content: str) -> int:
    """How many comments of ours LibreOffice knows."""
    annotations = re.findall(r"<office:annotation [^>]*>(.*?)</office:annotation>", content, re.DOTALL)
    return sum("<dc:creator>pvelint</dc:creator>" in annotation for annotation in annotations)


def test_every_place_keeps_its_comment_and_every_change_is_seen(tmp_path: Path) -> None:
    notes = root("w:footnotes", f'<w:footnote w:id="2">{p(r("a noted word"))}</w:footnote>')
    data = docx(
        p(r("A bad ") + r("word here", "<w:b/>") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + p('<w:hyperlink w:anchor="x">' + r("a linked word") + "</w:hyperlink>" + r(" and more"))
        + p('<w:ins w:id="5" w:author="Ana" w:date="2026-01-01T00:00:00Z">' + r("an inserted word") + "</w:ins>")
        + table(tr(tc(p(r("a cell word")))))
        + p(box(p(r("a boxed word")))),
        parts={"footnotes.xml": notes},
    )
    document = read_docx(data, path="a.docx")
    words = ("bad word", "noted word", "linked word and", "inserted word", "cell word", "boxed word")
    found = [on(document, each) for each in words]
    copy = annotate(data, path="a.docx", findings=found, options=OPTIONS)
    content = loaded({"own.docx": copy.data}, tmp_path)["own.docx"]
    assert comments(content) == copy.comments == 6
    regions = re.findall(r"<text:changed-region .*?</text:changed-region>", content, re.DOTALL)
    ours = [region for region in regions if "<dc:creator>pvelint</dc:creator>" in region]
    assert len(ours) >= 2 * copy.changes > 0


def test_a_copy_that_libreoffice_saved_is_known_again(tmp_path: Path) -> None:
    data = docx(p(r("A bad word and ") + r("an older one", "<w:i/>") + r(" here.")) + p(r("Another bad thing.")))
    document = read_docx(data, path="a.docx")
    found = [on(document, "bad word", use="good word"), on(document, "older"), on(document, "bad thing", use=None)]
    copy = annotate(data, path="a.docx", findings=found, options=OPTIONS)
    assert (copy.comments, copy.changes) == (3, 2)
    again = saved({"own.docx": copy.data}, tmp_path, "docx")["own.docx"]
    assert read_docx(again, path="a.docx").text != document.text
    cleaned = read_docx(without_marks(again, path="a.docx"), path="a.docx")
    assert cleaned.text == document.text
    assert not cleaned.comments


def test_real_files_load_with_every_comment(tmp_path: Path) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the sample files are not beside this checkout")
    copies: dict[str, bytes] = {}
    wanted: dict[str, int] = {}
    for path in sorted(CORPUS.glob("*.docx"))[::4]:
        data = path.read_bytes()
        try:
            document = read_docx(data, path=path.name)
            with zipfile.ZipFile(path) as archive:
                controls = any(CONTROLS.search(archive.read(name)) for name in archive.namelist() if "document" in name)
        except Exception:  # a file that is refused; other tests say how
            continue
        if controls:
            continue
        options = AnnotateOptions(date=OPTIONS.date, force=True)
        result = annotate(data, path=path.name, findings=by_chance(document, seed=5), options=options)
        copies[path.name], wanted[path.name] = result.data, result.comments
    assert len(copies) >= 10
    contents = loaded(copies, tmp_path)
    assert {name: comments(contents[name]) if name in contents else None for name in wanted} == wanted
