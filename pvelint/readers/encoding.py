"""Turns the bytes of a draft into text, whatever a Windows office wrote it with.

Guessing is kept small and honest: a byte order mark decides; then the pattern that UTF-16 leaves; then
strict UTF-8, which other text practically never passes; then the encoding a page declares; then
Windows-1252. Bytes that are no text at all are refused with what they really are, because reading a
Word file renamed to ``.txt`` as letters would report nothing and look like a pass.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pvelint.document import NotChecked
from pvelint.errors import ReadError

#: The five bytes that Windows-1252 leaves undefined; they become the control characters of Latin-1.
_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
_CP1252 = "".join(chr(byte) if byte in _UNDEFINED else bytes([byte]).decode("cp1252") for byte in range(256))
#: Control characters that do occur in text: tab, line ends, form feed, and the old end-of-file mark.
_BINARY = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1a\x1b")
_SAFE_DECLARED = re.compile(
    r"(?:utf_?8|iso_?8859_?\d+|latin_?\d|windows_?125\d|cp\d{3,4}|koi8_?[rut]|mac(?:intosh|_roman|_?cyrillic)?"
    r"|gb2312|gbk|gb18030|big5|shift_jis|euc_(?:jp|kr)|us_ascii|ascii)"
)
_META_CHARSET = re.compile(rb"<meta\b[^>]{0,400}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SAVE_AS_DOCX = "Open it in its own program and save it as .docx."
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file or an encrypted one", _SAVE_AS_DOCX),
    (b"%PDF-", "a PDF", "Export the draft it was made from as .docx."),
    (b"{\\rtf", "a Rich Text (RTF) file", _SAVE_AS_DOCX),
    (b"\x89PNG\r\n", "a PNG picture", ""),
    (b"\xff\xd8\xff", "a JPEG picture", ""),
    (b"GIF8", "a GIF picture", ""),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it first."),
    (b"Rar!\x1a\x07", "a RAR archive", "Unpack it first."),
    (b"SQLite format 3\x00", "a database", ""),
    (b"\x7fELF", "a program", ""),
)
_ZIP_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"word/", "a Word document", "Rename it so that it ends in .docx."),
    (b"xl/", "an Excel workbook", "Copy the text into a .docx and check that."),
    (b"ppt/", "a PowerPoint presentation", "Copy the text into a .docx and check that."),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file", _SAVE_AS_DOCX),
    (b"mimetypeapplication/epub", "an e-book", ""),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text as decoded, without the byte order mark, line endings untouched.

    encoding: Python's name of the encoding that was used.
    notes:    what could not be decoded faithfully, for ``Document.not_checked``.
    """

    text: str
    encoding: str
    notes: tuple[NotChecked, ...] = ()


def decode(data: bytes, *, path: str, sniff_html: bool = False) -> Decoded:
    """Decode a text file.

    sniff_html: obey ``<meta charset>``, but only for bytes that are neither UTF-8 nor UTF-16: pages
        that were converted to UTF-8 often still declare what they were before.

    Raises ReadError ``wrong-extension`` (another kind of file, named), ``not-text`` (binary) and
    ``broken-encoding`` (a byte order mark promises what the bytes do not keep).
    """
    _refuse_other_kinds(data, path)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, path)
    if b"\x00" in data:
        return _without_bom(data, path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data, path, sniff_html=sniff_html)
    _refuse_binary(data, path)
    return Decoded(text, "utf-8")


def true_kind(data: bytes) -> tuple[str, str] | None:
    """What bytes really are and what to do about it, when they are a kind known by its first bytes."""
    if data.startswith(b"PK\x03\x04"):
        for sign, kind, cure in _ZIP_KINDS:
            if sign in data[:4096] or (not sign.startswith(b"mime") and sign in data[-65536:]):
                return kind, cure
        return "a ZIP archive", "Unpack it first."
    for magic, kind, cure in _MAGIC:
        if data.startswith(magic):
            return kind, cure
    return None


def _refuse_other_kinds(data: bytes, path: str) -> None:
    known = true_kind(data)
    if known is not None:
        kind, cure = known
        raise ReadError("wrong-extension", f"This is {kind}, not a text file.", cure=cure, path=path)


def _not_text(path: str) -> ReadError:
    return ReadError(
        "not-text",
        "This is not a text file: it holds binary data.",
        cure="Check the name, or save the draft as .docx, .md, .txt or .html.",
        path=path,
    )


def _refuse_binary(data: bytes, path: str) -> None:
    """A few stray control characters are forgiven; more than one in a hundred is no prose."""
    controls = len(data) - len(data.translate(None, _BINARY))
    if controls > max(2, len(data) // 100):
        raise _not_text(path)


def _strict(data: bytes, encoding: str, path: str) -> Decoded:
    try:
        return Decoded(data.decode("utf-8" if encoding == "utf-8-sig" else encoding), encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        raise ReadError(
            "broken-encoding",
            f"The file says it is {name} but byte {error.start + 1} is not.",
            cure="Open it in its editor and save it again as UTF-8.",
            path=path,
        ) from None


def _without_bom(data: bytes, path: str) -> Decoded:
    """UTF-16 without a mark: the zero bytes of Latin letters, spaces and line ends all fall on one side."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 == 0 and max(even, odd) >= 8 * min(even, odd):
        encoding = "utf-16-le" if odd > even else "utf-16-be"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise _not_text(path) from None
        controls = sum(1 for char in text if char < " " and char not in "\t\n\r\x0b\x0c\x1a")
        if controls <= len(text) // 100 and "\x00" not in text and _plausible(text):
            return Decoded(text, encoding)
    raise _not_text(path)


def _plausible(text: str) -> bool:
    """Binary tables decode to characters that no draft holds: private use and unassigned ones."""
    odd = sum(
        "\ue000" <= char <= "\uf8ff" or "\ufdd0" <= char <= "\ufdef" or "\ufff0" <= char <= "\uffff" for char in text
    )
    return odd <= len(text) // 20


def _eight_bit(data: bytes, path: str, *, sniff_html: bool) -> Decoded:
    _refuse_binary(data, path)
    if sniff_html and (declared := _declared(data)) is not None:
        return declared
    text = codecs.charmap_decode(data, "strict", _CP1252)[0]
    undefined = len(data) - len(data.translate(None, _UNDEFINED))
    if not undefined:
        return Decoded(text, "cp1252")
    note = NotChecked(
        f"{undefined} byte{'s' if undefined > 1 else ''}",
        "not valid in UTF-8 or in Windows-1252, with which the file was read; save the file as UTF-8",
    )
    return Decoded(text, "cp1252", (note,))


def _declared(data: bytes) -> Decoded | None:
    match = _META_CHARSET.search(data[:4096])
    if match is None:
        return None
    name = match.group(1).decode("ascii").lower().replace("-", "_")
    if not _SAFE_DECLARED.fullmatch(name):
        return None
    try:
        # Browsers read Latin-1 as Windows-1252, and so do the offices that write the pages.
        codec = "cp1252" if name in ("iso_8859_1", "iso8859_1", "latin1", "ascii", "us_ascii") else name
        return Decoded(data.decode(codec), codecs.lookup(codec).name)
    except (LookupError, UnicodeError):
        return None
