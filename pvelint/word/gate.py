"""The gate: tells what a file really is and refuses, by name, what cannot or must not be read.

It runs before any XML is parsed, because the costly inputs (zip bombs, entity bombs, hundreds of
thousands of entries) are cheap to recognise from the outside and expensive from the inside.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass
from typing import Final
from xml.parsers import expat

from pvelint.errors import ReadError

MIB: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost; far above every real draft seen, far below what exhausts a laptop.

    file_bytes:     size of the file.
    unpacked_bytes: size of all parts, unpacked.
    xml_part_bytes: size of one XML part, unpacked (a tree takes about 14 times that in memory).
    parts:          number of entries in the zip.
    ratio:          unpacked to packed size of one part of more than ``ratio_from_bytes``.
    """

    file_bytes: int = 100 * MIB
    unpacked_bytes: int = 256 * MIB
    xml_part_bytes: int = 64 * MIB
    parts: int = 5_000
    ratio: int = 200
    ratio_from_bytes: int = MIB


LIMITS: Final = Limits()

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Open it in Word and save it as a Word document (.docx)."
_GET_AGAIN = "Ask for the file again or download it again."
_SEND_AGAIN = "Open it in Word, save it as a new .docx and use that."

REFUSALS: Final[dict[str, tuple[str, str]]] = {
    "empty": ("The file is empty.", _GET_AGAIN),
    "too-large": (
        "The file is too large ({detail}).",
        "Take out or compress the pictures and save it again.",
    ),
    "encrypted": (
        "The file is protected with a password.",
        "Open it in Word, remove the password (File, Info, Protect Document) and save a copy.",
    ),
    "legacy-doc": ("This is an old Word file (.doc).", _SAVE_AS),
    "other-ole": ("This is an old Office file ({detail}), not a Word document.", _SAVE_AS),
    "rtf": ("This is Rich Text (RTF), not a Word document, whatever its name.", _SAVE_AS),
    "html-not-docx": (
        "This is a web page (HTML), not a Word document, whatever its name.",
        "Save it as .docx in Word, or give it the ending .html.",
    ),
    "word-2003-xml": ("This is a Word 2003 XML file, not a .docx.", _SAVE_AS),
    "flat-opc": ("This is a Word XML file in one piece (Flat OPC), not a .docx.", _SAVE_AS),
    "other-xml": ("This is an XML file, not a Word document.", _SAVE_AS),
    "pdf": ("This is a PDF file, not a Word document.", "Use the Word file that the PDF was made from."),
    "plain-text": (
        "This is plain text, not a Word document, whatever its name.",
        "Give it the ending .txt or .md.",
    ),
    "unknown-format": ("This is not a Word document.", _SAVE_AS),
    "truncated": ("The file is cut off: its end is missing.", _GET_AGAIN),
    "damaged": ("The file is damaged ({detail}).", _SEND_AGAIN),
    "opendocument": ("This is an OpenDocument file (.odt), not a Word document.", "Save it as .docx first."),
    "other-zip": ("This is a zip archive without a Word document in it.", "Name the .docx file itself."),
    "not-word": ("This is {detail}, not a Word document.", "Give a .docx file."),
    "zip-bomb": ("Unpacked, the file would be far too large ({detail}); it is not opened.", _SEND_AGAIN),
    "too-many-parts": ("The file has too many parts ({detail}); it is not opened.", _SEND_AGAIN),
    "duplicate-entry": (
        "The file holds two parts of one name ({detail}), so it is not certain which is meant.",
        _SEND_AGAIN,
    ),
    "zip-password": ("The zip archive is locked with a password.", "Unpack it and save it in Word again."),
    "unsupported-compression": ("The file is packed in a way Word does not use ({detail}).", _SEND_AGAIN),
    "dtd": (
        "The file declares XML entities (in {detail}), which Word never writes and which can be harmful.",
        _SEND_AGAIN,
    ),
    "not-well-formed": ("The file is damaged: {detail}.", _SEND_AGAIN),
    "no-body": ("The file has no document text at all: its main part has no body.", _SEND_AGAIN),
}


def refusal(code: str, *, path: str, detail: str = "") -> ReadError:
    """The error of that code, with its message and cure. Raises KeyError for an unknown code."""
    message, cure = REFUSALS[code]
    return ReadError(code, message.format(detail=detail), cure=cure, path=path)


def open_archive(data: bytes, *, path: str, limits: Limits = LIMITS) -> zipfile.ZipFile:
    """The zip archive of a Word file, all limits checked, nothing unpacked yet.

    Raises ReadError for everything that is not a readable zip of Office parts.
    """
    if len(data) > limits.file_bytes:
        raise refusal("too-large", path=path, detail=_mebibytes(len(data)))
    if data[:2] != b"PK":
        code, detail = _what_it_is(data)
        raise refusal(code, path=path, detail=detail)
    if _declared_entries(data) > limits.parts:
        raise refusal("too-many-parts", path=path, detail=f"over {limits.parts}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, EOFError) as error:
        code = "damaged" if b"PK\x05\x06" in data[-65_557:] else "truncated"
        raise refusal(code, path=path, detail=str(error).rstrip(".")) from None
    if not all(entry.filename for entry in archive.infolist()):
        raise refusal("damaged", path=path, detail="an entry has no name")
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _check_kind(archive, entries, path=path)
    _check_entries(entries, path=path, limits=limits)
    return archive


def part_key(name: str) -> str:
    """A part's name as parts are compared: case-blind, with ``/``, without a leading one."""
    return name.replace("\\", "/").lstrip("/").casefold()


def refuse_doctype(xml: bytes, *, part: str, path: str) -> None:
    """Raise ReadError ``dtd`` when the XML declares a document type; read no further than its root."""

    def on_doctype(*_: object) -> None:
        raise refusal("dtd", path=path, detail=part)

    def on_root(*_: object) -> None:
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = on_doctype
    parser.StartElementHandler = on_root
    try:
        parser.Parse(xml, True)
    except (_RootReached, expat.ExpatError, LookupError, ValueError):
        return  # what is not well-formed is named by the real parser, with its line


class _RootReached(Exception):
    """Stops the search for a document type at the root element."""


def _what_it_is(data: bytes) -> tuple[str, str]:
    """Code and detail of the refusal of a file that is no zip."""
    if not data.strip(b"\0 \t\r\n"):
        return "empty", ""
    if data.startswith(_OLE_MAGIC):
        return _which_ole(data)
    if data.startswith(b"%PDF"):
        return "pdf", ""
    text = _as_text(data[:65_536])
    if text is None:
        return "unknown-format", ""
    head = text.lstrip("\ufeff \t\r\n")
    if head.startswith("{\\rtf"):
        return "rtf", ""
    return (_which_markup(head.lower()) if head.startswith("<") else _which_plain(head)), ""


def _which_ole(data: bytes) -> tuple[str, str]:
    """The kind of an OLE file, from the UTF-16 names in its directory."""
    streams = {
        "EncryptedPackage": ("encrypted", ""),  # first: Word adds an empty WordDocument beside it
        "WordDocument": ("legacy-doc", ""),
        "Workbook": ("other-ole", "a spreadsheet"),
        "PowerPoint Document": ("other-ole", "a presentation"),
    }
    for stream, verdict in streams.items():
        if stream.encode("utf-16-le") in data:
            return verdict
    return "other-ole", "of unknown kind"


def _as_text(head: bytes) -> str | None:
    """The beginning of a file as text, or None when it is not text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    if b"\0" in head:
        return None
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1a\x1b" for byte in head)
    return head.decode("utf-8", errors="replace") if control * 50 <= len(head) else None


def _which_markup(head: str) -> str:
    marks = {
        "http://schemas.microsoft.com/office/word/2003/wordml": "word-2003-xml",
        "http://schemas.microsoft.com/office/2006/xmlpackage": "flat-opc",
        "urn:oasis:names:tc:opendocument": "opendocument",
        "<html": "html-not-docx",
        "<!doctype html": "html-not-docx",
        "<body": "html-not-docx",
    }
    found = next((code for mark, code in marks.items() if mark in head), None)
    return found or ("other-xml" if head.startswith("<?xml") else "html-not-docx")


def _which_plain(head: str) -> str:
    is_web_archive = "mime-version:" in head[:2_000].lower() and "text/html" in head.lower()
    return "html-not-docx" if is_web_archive else "plain-text"


def _declared_entries(data: bytes) -> int:
    """The number of entries that the zip's last record declares, or 0 when there is none."""
    at = data.rfind(b"PK\x05\x06", max(len(data) - 65_557, 0))
    if at < 0 or at + 12 > len(data):
        return 0
    return int(struct.unpack_from("<H", data, at + 10)[0])


def _check_kind(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, path: str) -> None:
    keys = {part_key(entry.filename) for entry in entries}
    if "[content_types].xml" in keys:
        return
    is_opendocument = "mimetype" in keys and "content.xml" in keys
    raise refusal("opendocument" if is_opendocument else "other-zip", path=path)


def _check_entries(entries: list[zipfile.ZipInfo], *, path: str, limits: Limits) -> None:
    """Raise ReadError when the zip's own list of entries breaks a limit."""
    if len(entries) > limits.parts:
        raise refusal("too-many-parts", path=path, detail=str(len(entries)))
    seen: set[str] = set()
    total = 0
    for entry in entries:
        key = part_key(entry.filename)
        if key in seen:
            raise refusal("duplicate-entry", path=path, detail=entry.filename)
        seen.add(key)
        if entry.flag_bits & 0x1:
            raise refusal("zip-password", path=path)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal("unsupported-compression", path=path, detail=f"method {entry.compress_type}")
        total += entry.file_size
        _check_size(entry, key, total, path=path, limits=limits)


def _check_size(entry: zipfile.ZipInfo, key: str, total: int, *, path: str, limits: Limits) -> None:
    if total > limits.unpacked_bytes:
        raise refusal("zip-bomb", path=path, detail=f"over {_mebibytes(limits.unpacked_bytes)}")
    if key.endswith((".xml", ".rels")) and entry.file_size > limits.xml_part_bytes:
        detail = f"{entry.filename} alone {_mebibytes(entry.file_size)}"
        raise refusal("zip-bomb", path=path, detail=detail)
    if entry.file_size > limits.ratio_from_bytes and entry.file_size > limits.ratio * entry.compress_size:
        ratio = entry.file_size // max(entry.compress_size, 1)
        raise refusal("zip-bomb", path=path, detail=f"{entry.filename} grows {ratio} times")


def _mebibytes(size: int) -> str:
    return f"{size / MIB:.0f} MiB"
