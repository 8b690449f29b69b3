"""Bytes to text: the encodings of a Windows office, and refusals that name what a file really is."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pvelint.errors import ReadError
from pvelint.readers.encoding import decode

WORDS = "Köln – “camps” and naïve words, 12 €\r\nSecond line\r\n"


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("written", "mark", "encoding"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16-le"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf-32-le"),
        ("cp1252", b"", "cp1252"),
    ],
)
def test_every_encoding_of_a_windows_office(written: str, mark: bytes, encoding: str) -> None:
    decoded = decode(mark + WORDS.encode(written), path="a.txt")
    assert (decoded.text, decoded.encoding, decoded.notes) == (WORDS, encoding, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", ["مخيم اللاجئين في المدينة\n", "лагерь для беженцев\n", "Flüchtlinge 😀\n"])
def test_unmarked_utf16_of_other_scripts(encoding: str, words: str) -> None:
    assert decode(words.encode(encoding), path="a.txt").text == words


def test_undefined_bytes_of_cp1252_are_kept_and_said() -> None:
    decoded = decode(b"caf\xe9 \x81\x9d", path="a.txt")
    assert decoded.text == "café \x81\x9d"
    assert decoded.notes[0].part == "2 bytes"


def test_an_empty_file_is_empty_text() -> None:
    assert decode(b"", path="a.txt").text == ""


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (zipped("word/document.xml"), "Word document"),
        (zipped("xl/workbook.xml"), "Excel"),
        (zipped("ppt/presentation.xml"), "PowerPoint"),
        (zipped("a.txt"), "ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "old Office file"),
        (b"%PDF-1.7\n", "PDF"),
        (b"{\\rtf1 text}", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "PNG"),
    ],
)
def test_another_kind_of_file_is_named(data: bytes, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, path="draft.txt")
    assert caught.value.code == "wrong-extension"
    assert kind in caught.value.message
    assert caught.value.path == "draft.txt"


def test_a_word_file_with_a_wrong_name_has_its_cure() -> None:
    with pytest.raises(ReadError) as caught:
        decode(zipped("word/document.xml"), path="draft.txt")
    assert ".docx" in caught.value.cure


@pytest.mark.parametrize(
    "data",
    [
        b"a\x00b",
        bytes(range(256)) * 4,
        b"text\x00\x00text\x00",
        b"\x01\x02\x03\x04\x05 text",
        b"a\x00" * 20 + b"\x01\xd8",
    ],
)
def test_binary_is_not_text(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, path="a.txt")
    assert caught.value.code == "not-text"
    assert caught.value.cure


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfcaf\xe9", b"\xff\xfea\x00b", b"\xff\xfe\x00\xd8a\x00"])
def test_a_mark_that_is_not_kept_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, path="a.txt")
    assert caught.value.code == "broken-encoding"


def test_a_declared_encoding_counts_only_when_it_is_needed() -> None:
    page = '<meta charset="windows-1251"><p>лагерь</p>'
    assert decode(page.encode("cp1251"), path="a.html", sniff_html=True).text == page
    assert decode(page.encode("utf-8"), path="a.html", sniff_html=True).text == page


@pytest.mark.parametrize("name", ["rot13", "unicode_escape", "zip", "idna", "no-such", "utf-7"])
def test_a_strange_declared_encoding_is_ignored(name: str) -> None:
    decoded = decode(f'<meta charset="{name}">caf'.encode() + b"\xe9", path="a.html", sniff_html=True)
    assert decoded.encoding == "cp1252"


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04"])
)
def test_any_bytes_give_text_or_a_read_error(data: bytes, head: bytes) -> None:
    try:
        decode(head + data, path="a.txt", sniff_html=True)
    except ReadError as error:
        assert error.code in ("not-text", "wrong-extension", "broken-encoding")
