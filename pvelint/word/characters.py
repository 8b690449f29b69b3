"""The characters of a document: from an XML node to what a reader sees, and back.

One rule for both directions, so that an anchor can always be read back to the text it stands for.
"""

from __future__ import annotations

import re
from typing import Final

from pvelint.document import Anchor
from pvelint.word.names import (
    A_BR,
    A_T,
    BR,
    CR,
    NO_BREAK_HYPHEN,
    PTAB,
    SOFT_HYPHEN,
    SYM,
    TAB,
    XML_SPACE,
    Element,
    w,
)

OBJECT: Final = "\ufffc"  # stands for a symbol that has no known character
_EDGE: Final = " \t\r\n"  # what Word trims; a no-break space is never trimmed
_BREAKS: Final = str.maketrans("\t\r\n", "   ")

ATOMS: Final[dict[str, str]] = {
    TAB: "\t",
    PTAB: "\t",
    BR: "\n",
    CR: "\n",
    A_BR: "\n",
    NO_BREAK_HYPHEN: "\u2011",
    SOFT_HYPHEN: "\u00ad",
}
_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨"
_SYMBOL: Final[dict[int, str]] = {
    **{0x20 + index: char for index, char in enumerate(_SYMBOL_LOW)},
    **{0xA0 + index: char for index, char in enumerate(_SYMBOL_HIGH)},
}
_WINGDINGS: Final[dict[int, str]] = {
    0x20: " ",
    0x28: "☎",
    0x2A: "✉",
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "◻",
    0xAB: "★",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_FONTS: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_HEX = re.compile(r"[0-9A-Fa-f]{1,6}")


def node_text(node: Element) -> str:
    """All text directly in a node, with what stands after XML comments inside it.

    This is the text that `Anchor.offset` counts in.
    """
    if not len(node):
        return node.text or ""
    return (node.text or "") + "".join(child.tail or "" for child in node)


def visible_text(node: Element) -> tuple[str, int]:
    """The text of a text node as Word shows it, and the index in `node_text` where it begins.

    Edge spaces count only under ``xml:space="preserve"``; a tab or line end in the text is a space.
    """
    raw = node_text(node)
    if not raw:
        return "", 0
    start = 0
    if (raw[0] in _EDGE or raw[-1] in _EDGE) and node.tag != A_T and not _keeps_space(node):
        trimmed = raw.lstrip(_EDGE)
        start = len(raw) - len(trimmed)
        raw = trimmed.rstrip(_EDGE)
    return raw.translate(_BREAKS), start


def atom_text(node: Element) -> str:
    """The one character (or few) that an element such as a tab, break or symbol stands for."""
    return symbol_text(node) if node.tag == SYM else ATOMS[node.tag]


def symbol_text(node: Element) -> str:
    """The character of a ``w:sym``, or U+FFFC when its font's character is not known."""
    digits = node.get(w("char"), "")
    if not _HEX.fullmatch(digits):
        return OBJECT
    code = int(digits, 16)
    font = node.get(w("font"), "").casefold()
    if 0xF000 <= code <= 0xF0FF:  # the private range in which symbol fonts keep their 8-bit codes
        return _FONTS.get(font, {}).get(code - 0xF000, OBJECT)
    if font in _FONTS:
        return _FONTS[font].get(code, OBJECT)
    return chr(code) if code <= 0x10FFFF and chr(code).isprintable() else OBJECT


def read_back(anchor: Anchor) -> frozenset[str]:
    """The texts that an anchor can stand for in its XML: one, or for an attribute each of its owner's.

    The annotator and the tests use it to prove that a block's anchors lead to its characters.
    """
    node: Element = anchor.node
    length = anchor.span.end - anchor.span.start
    if anchor.offset is not None:
        text = node_text(node)[anchor.offset : anchor.offset + length]
        return frozenset({text.translate(_BREAKS), text})
    if node.tag in ATOMS or node.tag == SYM:
        return frozenset({atom_text(node)})
    return frozenset(str(value) for value in node.attrib.values())


def _keeps_space(node: Element) -> bool:
    """Whether ``xml:space`` is ``preserve`` for the node; the attribute is inherited."""
    walker: Element | None = node
    while walker is not None:
        value = walker.get(XML_SPACE)
        if value is not None:
            return value == "preserve"
        walker = walker.getparent()
    return False
