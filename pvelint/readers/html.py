"""Reads HTML: the visible text, every character with its place in the source.

The parser is the standard library's: it is kept, has no dependency and says where each event begins.
Text is taken from the source between two events rather than from the parser's own unescaped copy,
so that the map stays exact whatever a version of the parser does with character references.
"""

from __future__ import annotations

from types import MappingProxyType

from pvelint.document import Document, NotChecked
from pvelint.errors import ReadError
from pvelint.readers.encoding import decode
from pvelint.readers.htmlblocks import HtmlBlocks
from pvelint.readers.htmlevents import Events


def read_html(data: bytes, *, path: str) -> Document:
    """Read an HTML draft.

    ``Document.text`` is the decoded source, tags included. ``<title>`` is a block and a property;
    ``<meta name="pvelint-...">`` are properties. Raises ReadError as ``decode`` does, and ``html`` when
    the parser gives up.
    """
    decoded = decode(data, path=path, sniff_html=True)
    try:
        result = html_blocks(decoded.text)
    except (AssertionError, ValueError, RecursionError) as error:
        raise ReadError(
            "html",
            "The HTML is broken in a way that cannot be read.",
            cure="Open it in a browser or Word and save it again.",
            path=path,
        ) from error
    return Document(
        path=path,
        format="html",
        text=decoded.text,
        blocks=tuple(result.blocks),
        properties=MappingProxyType(result.properties),
        not_checked=(*decoded.notes, *(NotChecked(part, why) for part, why in result.notes)),
        encoding=decoded.encoding,
        comments=tuple(result.comments),
    )


def html_blocks(text: str, *, base: int = 0) -> HtmlBlocks:
    """The blocks of HTML source; ``base`` is added to every source offset (code points)."""
    result = HtmlBlocks(text, base)
    Events(text, result).run()
    result.finish()
    return result
