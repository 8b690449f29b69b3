"""Readers: one per format, all of them giving a ``Document``.

``read`` is the only door. It opens the file, chooses the reader by the name's ending, and turns whatever
goes wrong into one ``ReadError`` with its cure, so that a batch can go on. Readers are imported when they
are needed: the command line must answer ``--help`` without loading a parser.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pvelint.discover import FORMATS, display_path, unsupported
from pvelint.document import Document
from pvelint.errors import ReadError


def read(path: Path | str, *, data: bytes | None = None, name: str | None = None, discovered: bool = False) -> Document:
    """Read a draft.

    path:       the file, or any label when ``data`` is given (``-`` for standard input).
    data:       the content, when it has been read already.
    name:       the name that errors and reports show and whose ending decides the format; ``path``
                when it is not given. Content without an ending is read as plain text.
    discovered: the file was seen a moment ago, so that its absence now means it vanished.

    Raises ReadError: ``missing``, ``vanished``, ``unreadable``, ``directory``, ``unsupported``,
    ``wrong-extension``, ``not-text``, ``broken-encoding`` and those of the Word reader.
    """
    shown = display_path(name if name is not None else os.fspath(path))
    ending = Path(name if name is not None else os.fspath(path)).suffix.lower()
    if data is not None and not ending:
        ending = ".txt"
    reader = _reader(ending, shown)
    if data is None:
        data = _bytes(path, shown, discovered=discovered)
    return _protected(reader(data, shown))


def _reader(ending: str, shown: str) -> Callable[[bytes, str], Document]:
    kind = FORMATS.get(ending)
    if kind == "text":
        return _text
    if kind == "markdown":
        return _markdown
    if kind == "html":
        return _html
    if kind == "word":
        return _word
    raise unsupported(ending, shown)


def _bytes(path: Path | str, shown: str, *, discovered: bool) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        if discovered:
            message = "The file vanished before it was read."
            cure = "Close the program that has it open, then run again."
            raise ReadError("vanished", message, cure=cure, path=shown) from None
        raise ReadError("missing", "There is no such file.", cure="Check the name.", path=shown) from None
    except PermissionError:
        message = "The file may not be read: access is denied."
        cure = "Close the program that has it open, or ask for the right to read it."
        raise ReadError("unreadable", message, cure=cure, path=shown) from None
    except IsADirectoryError:
        raise ReadError("directory", "This is a folder, not a file.", cure="", path=shown) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not possible here"
        message = f"The file cannot be read: {reason}."
        raise ReadError("unreadable", message, cure="Copy it to a local folder.", path=shown) from None


def _text(data: bytes, path: str) -> Document:
    from pvelint.readers.text import read_text

    return read_text(data, path=path)


def _markdown(data: bytes, path: str) -> Document:
    from pvelint.readers.markdown import read_markdown

    return read_markdown(data, path=path)


def _html(data: bytes, path: str) -> Document:
    from pvelint.readers.html import read_html

    return read_html(data, path=path)


def _word(data: bytes, path: str) -> Document:
    from pvelint.readers.docx import read_docx

    return read_docx(data, path=path)


def _protected(document: Document) -> Document:
    from pvelint.readers.protect import with_protection

    return replace(document, blocks=tuple(with_protection(block) for block in document.blocks))
