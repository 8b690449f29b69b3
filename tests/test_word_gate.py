"""What comes in instead of a readable Word file: each is refused by name, or read all the same."""

from __future__ import annotations

import io
import zipfile

import pytest

from docx_fixtures import docx, p, parts_of, r, read, root, zipped
from pvelint.errors import ReadError
from pvelint.readers.docx import read_docx
from pvelint.word.gate import REFUSALS, Limits
from pvelint.word.package import open_package

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
GOOD = parts_of(p(r("words")))
BODY = "<w:body/>"
DOCTYPE = '<!DOCTYPE w [<!ENTITY x "y">]>'


def utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def main_part(xml: str | bytes) -> bytes:
    return zipped({**GOOD, "word/document.xml": xml})


def patched(data: bytes, *, offset_in_local: int, offset_in_central: int, value: int) -> bytes:
    """A zip with one two-byte field of its first entry changed in both of its headers."""
    raw = bytearray(data)
    central = raw.index(b"PK\x01\x02")
    for position in (offset_in_local, central + offset_in_central):
        raw[position : position + 2] = value.to_bytes(2, "little")
    return bytes(raw)


def two_of_one_name(second: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in GOOD.items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning) if second == "word/document.xml" else _nothing():
            archive.writestr(second, "<x/>")
    return buffer.getvalue()


class _nothing:
    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass


def bad_crc() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in GOOD.items():
            archive.writestr(name, content)
    return buffer.getvalue().replace(b">words<", b">sword<")


REFUSED = [
    ("empty", b""),
    ("empty", b"\0" * 4096),
    ("encrypted", OLE + utf16("WordDocument") + utf16("EncryptedPackage")),
    ("legacy-doc", OLE + utf16("WordDocument")),
    ("other-ole", OLE + utf16("Workbook")),
    ("other-ole", OLE),
    ("rtf", b"{\\rtf1\\ansi Hello}"),
    ("html-not-docx", b"<!DOCTYPE html><html><body>Hello</body></html>"),
    ("html-not-docx", b"\xef\xbb\xbf  <HTML>Hello</HTML>"),
    ("html-not-docx", "<html>Hello</html>".encode("utf-16")),
    ("html-not-docx", b"MIME-Version: 1.0\nContent-Type: multipart/related\n\nContent-Type: text/html\n"),
    (
        "word-2003-xml",
        b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>',
    ),
    (
        "flat-opc",
        b'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>',
    ),
    ("other-xml", b'<?xml version="1.0"?><note/>'),
    (
        "opendocument",
        b'<?xml version="1.0"?><o:d xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    ),
    ("opendocument", zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"})),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3"),
    ("plain-text", "Just a draft, naïve.".encode()),
    ("unknown-format", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ("truncated", docx(p(r("words")))[:-200]),
    ("truncated", b"PK\x03\x04"),
    ("other-zip", zipped({"readme.txt": "hello"})),
    ("other-zip", zipped({"[Content_Types].xml": GOOD["[Content_Types].xml"].replace("document.main", "x")})),
    ("damaged", bad_crc()),
    ("not-word", main_part('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>')),
    ("not-word", main_part('<x xmlns="urn:x"/>')),
    ("duplicate-entry", two_of_one_name("word/document.xml")),
    ("duplicate-entry", two_of_one_name("Word\\Document.XML")),
    ("dtd", main_part(f"<?xml version='1.0'?>{DOCTYPE}" + root("w:document", BODY).split("?>")[1])),
    (
        "dtd",
        main_part(
            f"<?xml version='1.0'?><!-- {'x' * 99_999} -->{DOCTYPE}" + root("w:document", BODY).split("?>")[1]
        ),
    ),
    ("dtd", main_part(f"<?xml version='1.0' encoding='UTF-16'?>{DOCTYPE}<a/>".encode("utf-16"))),
    ("not-well-formed", main_part(root("w:document", "<w:body><w:p></w:body>"))),
    ("not-well-formed", main_part(root("w:document", f"<w:body>{p(r('a&#1;b'))}</w:body>"))),
    (
        "not-well-formed",
        main_part(root("w:document", "<w:body>" + "<w:p>" * 3_000 + "</w:p>" * 3_000 + "</w:body>")),
    ),
    ("no-body", main_part(root("w:document", ""))),
    ("zip-password", patched(docx(p("")), offset_in_local=6, offset_in_central=8, value=1)),
    ("unsupported-compression", patched(docx(p("")), offset_in_local=8, offset_in_central=10, value=9)),
    ("zip-bomb", zipped({**GOOD, "word/media/a.bin": bytes(3 * 1024 * 1024)})),
]


@pytest.mark.parametrize(("code", "data"), REFUSED, ids=[f"{c}-{i}" for i, (c, _) in enumerate(REFUSED)])
def test_each_bad_input_is_refused_by_its_name_with_a_cure(code: str, data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_docx(data, path="drafts/a.docx")
    error = caught.value
    assert error.code == code
    assert error.path == "drafts/a.docx"
    assert error.message.endswith(".") and error.cure.endswith(".")
    assert "{" not in error.message
    assert "\n" not in str(error)


LIMITED = [
    ("too-large", Limits(file_bytes=100), GOOD),
    ("zip-bomb", Limits(unpacked_bytes=1_000), GOOD),
    ("zip-bomb", Limits(xml_part_bytes=500), GOOD),
    ("zip-bomb", Limits(ratio_from_bytes=100, ratio=5), {**GOOD, "a.bin": "x" * 9_999}),
    ("too-many-parts", Limits(parts=3), GOOD),
]


@pytest.mark.parametrize(("code", "limits", "parts"), LIMITED)
def test_limits_are_kept(code: str, limits: Limits, parts: dict[str, str]) -> None:
    with pytest.raises(ReadError) as caught:
        open_package(zipped(parts), path="a.docx", limits=limits)
    assert caught.value.code == code


def test_a_very_long_list_of_entries_is_refused_before_it_is_loaded() -> None:
    data = bytearray(docx(p("")))
    end = data.rindex(b"PK\x05\x06")
    data[end + 10 : end + 12] = (60_000).to_bytes(2, "little")
    with pytest.raises(ReadError) as caught:
        open_package(bytes(data), path="a.docx")
    assert caught.value.code == "too-many-parts"


def test_every_refusal_has_a_test() -> None:
    tested = {code for code, _ in REFUSED} | {code for code, *_ in LIMITED}
    assert tested == set(REFUSALS)


def test_a_line_is_named_when_xml_is_not_well_formed() -> None:
    with pytest.raises(ReadError, match=r"word/document\.xml is not well-formed XML \(line 3:"):
        read_docx(main_part(root("w:document", "<w:body>\n\n<w:p></w:body>")), path="a.docx")


def test_the_word_doctype_in_text_is_no_document_type() -> None:
    assert read(p(r("A &lt;!DOCTYPE in prose"))).text == "A <!DOCTYPE in prose"


@pytest.mark.parametrize(
    "rename",
    [str.upper, lambda name: name.replace("/", "\\"), lambda name: "/" + name],
    ids=["other case", "back slashes", "leading slash"],
)
def test_part_names_are_compared_case_blind_and_with_slashes(rename) -> None:  # type: ignore[no-untyped-def]
    assert read_docx(zipped({rename(k): v for k, v in GOOD.items()}), path="a.docx").text == "words"


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template", "template.macroEnabledTemplate"])
def test_macro_files_and_templates_are_read(kind: str) -> None:
    types = GOOD["[Content_Types].xml"].replace("wordprocessingml.document.main", f"ms-word.{kind}.main")
    assert read_docx(zipped({**GOOD, "[Content_Types].xml": types}), path="a.docm").text == "words"


def test_the_main_part_may_have_another_name() -> None:
    parts = {
        k.replace("document.xml", "blah.xml"): v.replace("document.xml", "blah.xml") for k, v in GOOD.items()
    }
    assert read_docx(zipped(parts), path="a.docx").text == "words"


def test_the_main_part_is_found_by_its_type_when_its_relationship_is_missing() -> None:
    parts = {k: v for k, v in GOOD.items() if k != "_rels/.rels"}
    assert read_docx(zipped(parts), path="a.docx").text == "words"


@pytest.mark.parametrize("target", ["styles.xml", "/word/styles.xml", "./x/../Styles.XML", "%73tyles.xml"])
def test_relationship_targets_are_resolved_however_they_are_written(target: str) -> None:
    parts = parts_of(p(r("words"), "S"), parts={"styles.xml": root("w:styles", "")})
    links = parts["word/_rels/document.xml.rels"].replace('"styles.xml"', f'"{target}"')
    package = open_package(zipped({**parts, "word/_rels/document.xml.rels": links}), path="a.docx")
    assert package.related(package.main, "styles") == ("word/styles.xml",)


@pytest.mark.parametrize("target", ["styles.xml", "NULL", "#_top", "../../outside.xml", "", "%00"])
def test_relationships_to_missing_parts_do_no_harm(target: str) -> None:
    links = GOOD["word/_rels/document.xml.rels"].replace(
        "></Relationships>",
        f'><Relationship Id="s" Type="http://x/styles" Target="{target}"/></Relationships>',
    )
    data = zipped({**GOOD, "word/_rels/document.xml.rels": links})
    assert read_docx(data, path="a.docx").text == "words"


def test_strict_namespaces_are_read_and_words_about_them_are_left_alone() -> None:
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = p(r(f"see {strict} there"))
    package = open_package(docx(body), path="a.docx")
    assert not package.strict
    parts = parts_of(body)
    parts["word/document.xml"] = parts["word/document.xml"].replace(f'"{usual}"', f'"{strict}"')
    package = open_package(zipped(parts), path="a.docx")
    assert package.strict
    assert read_docx(zipped(parts), path="a.docx").text == f"see {strict} there"


def test_byte_order_marks_and_utf_16_parts_are_read() -> None:
    xml = GOOD["word/document.xml"]
    assert read_docx(main_part(b"\xef\xbb\xbf" + xml.encode()), path="a.docx").text == "words"
    wide = xml.replace("UTF-8", "UTF-16").encode("utf-16")
    assert read_docx(main_part(wide), path="a.docx").text == "words"


def test_damaged_properties_are_reported_and_the_text_is_read() -> None:
    parts = parts_of(p(r("words")), title="T")
    parts["docProps/core.xml"] = "<broken"
    document = read_docx(zipped(parts), path="a.docx")
    assert document.text == "words"
    assert document.not_checked[0].part == "properties"


def test_trees_are_parsed_once_and_bytes_are_untouched() -> None:
    package = open_package(zipped(GOOD), path="a.docx")
    assert package.tree("word/document.xml") is package.tree("WORD\\document.xml")
    assert package.read("word/document.xml") == GOOD["word/document.xml"].encode()
    assert "word/document.xml" in package and "word/missing.xml" not in package
    assert package.content_type("word/document.xml").endswith("document.main+xml")
    assert package.content_type("word/other.xml") == "application/xml"


def test_an_entry_without_a_name_is_damage() -> None:
    """Found by fuzzing: a name that begins with a null character is empty to the zip reader."""
    data = zipped({**GOOD, "Qabc": "<x/>"}).replace(b"Qabc", b"\0abc")
    with pytest.raises(ReadError) as raised:
        read_docx(data, path="a.docx")
    assert raised.value.code == "damaged" and "no name" in str(raised.value)
