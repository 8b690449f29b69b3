"""Copies in a real word processor: LibreOffice, where it is installed, loads each with every comment and change."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from annotate_fixtures import OPTIONS, by_chance, on
from docx_fixtures import CORPUS, box, docx, p, r, root, table, tc, tr
from pvelint.readers.docx import read_docx
from pvelint.word.annotate import AnnotateOptions, annotate

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
#: LibreOffice drops comments that begin in the first paragraph of a content control around blocks or cells, whoever
#: wrote them; these files have such controls.
CONTROLS = re.compile(rb"<w:sdt>|<w:sdt ")


def loaded(files: dict[str, bytes], folder: Path) -> dict[str, str]:
    """The files as LibreOffice reads them: name to the XML of the document's content."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = [str(PROGRAM), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "odt", "--outdir", str(folder), *(str(folder / name) for name in files)]
    subprocess.run(command, capture_output=True, check=False)
    found: dict[str, str] = {}
    for name in files:
        target = folder / Path(name).with_suffix(".odt")
        if target.exists():
            with zipfile.ZipFile(target) as archive:
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
