"""The XML names that the Word reader and the annotator use, in one place.

Strict OOXML uses other namespaces for the same elements. They are mapped to the usual ones in memory,
so that no other module needs to know of two spellings.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

Element = etree._Element

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
A_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
C_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
CX_NS: Final = "http://schemas.microsoft.com/office/drawing/2014/chartex"
DGM_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
WPS_NS: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WPG_NS: Final = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
W14_NS: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
MC_NS: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V_NS: Final = "urn:schemas-microsoft-com:vml"
O_NS: Final = "urn:schemas-microsoft-com:office:office"
CT_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
REL_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
DC_NS: Final = "http://purl.org/dc/elements/1.1/"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    """The WordprocessingML tag or attribute of that local name, as lxml writes it."""
    return f"{{{W_NS}}}{name}"


def r(name: str) -> str:
    """The relationship attribute of that local name, as lxml writes it."""
    return f"{{{R_NS}}}{name}"


def m(name: str) -> str:
    """The Office Math tag of that local name, as lxml writes it."""
    return f"{{{M_NS}}}{name}"


VAL: Final = w("val")
P, R, T, TAB, BR, CR = w("p"), w("r"), w("t"), w("tab"), w("br"), w("cr")
PTAB, SYM, SOFT_HYPHEN, NO_BREAK_HYPHEN = w("ptab"), w("sym"), w("softHyphen"), w("noBreakHyphen")
PPR, RPR, SECTPR, SDT, SDTPR = w("pPr"), w("rPr"), w("sectPr"), w("sdt"), w("sdtPr")
TBL, TR, TC, TBLPR, TRPR, TCPR = w("tbl"), w("tr"), w("tc"), w("tblPr"), w("trPr"), w("tcPr")
DEL, MOVE_FROM, FLDCHAR, FLDSIMPLE, INSTR = (
    w("del"),
    w("moveFrom"),
    w("fldChar"),
    w("fldSimple"),
    w("instrText"),
)
TXBX, HYPERLINK, RUBY, RUBY_BASE = w("txbxContent"), w("hyperlink"), w("ruby"), w("rubyBase")
DRAWING, PICT, OBJECT = w("drawing"), w("pict"), w("object")
ALTERNATE, CHOICE, FALLBACK = f"{{{MC_NS}}}AlternateContent", f"{{{MC_NS}}}Choice", f"{{{MC_NS}}}Fallback"
A_P, A_R, A_T, A_BR, A_TXBODY = (f"{{{A_NS}}}{name}" for name in ("p", "r", "t", "br", "txBody"))
M_MATH, M_T, M_R, M_RPR, M_NOR = m("oMath"), m("t"), m("r"), m("rPr"), m("nor")

_STRICT = "http://purl.oclc.org/ooxml/"
_USUAL = "http://schemas.openxmlformats.org/"
STRICT_NAMESPACES: Final[dict[str, str]] = {
    _STRICT + strict: _USUAL + usual
    for strict, usual in {
        "wordprocessingml/main": "wordprocessingml/2006/main",
        "spreadsheetml/main": "spreadsheetml/2006/main",
        "presentationml/main": "presentationml/2006/main",
        "officeDocument/relationships": "officeDocument/2006/relationships",
        "officeDocument/math": "officeDocument/2006/math",
        "officeDocument/sharedTypes": "officeDocument/2006/sharedTypes",
        "officeDocument/bibliography": "officeDocument/2006/bibliography",
        "officeDocument/customXml": "officeDocument/2006/customXml",
        "officeDocument/customProperties": "officeDocument/2006/custom-properties",
        "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
        "officeDocument/docPropsVTypes": "officeDocument/2006/docPropsVTypes",
        "schemaLibrary/main": "schemaLibrary/2006/main",
        "drawingml/main": "drawingml/2006/main",
        "drawingml/chart": "drawingml/2006/chart",
        "drawingml/chartDrawing": "drawingml/2006/chartDrawing",
        "drawingml/compatibility": "drawingml/2006/compatibility",
        "drawingml/diagram": "drawingml/2006/diagram",
        "drawingml/lockedCanvas": "drawingml/2006/lockedCanvas",
        "drawingml/picture": "drawingml/2006/picture",
        "drawingml/spreadsheetDrawing": "drawingml/2006/spreadsheetDrawing",
        "drawingml/wordprocessingDrawing": "drawingml/2006/wordprocessingDrawing",
    }.items()
}


def to_usual_namespaces(xml: bytes) -> tuple[bytes, bool]:
    """The XML with Strict namespaces replaced, and whether there were any.

    Only whole quoted attribute values are replaced (declarations, relationship types, ``uri``), so the
    words of the document are never touched.
    """
    if _STRICT.encode() not in xml:
        return xml, False
    changed = xml
    for strict, usual in STRICT_NAMESPACES.items():
        for quote in ('"', "'"):
            changed = changed.replace(f"{quote}{strict}{quote}".encode(), f"{quote}{usual}{quote}".encode())
    return changed, changed != xml


_WHOLE = re.compile(r"[0-9]{1,6}", re.ASCII)


def whole_number(text: str | None) -> int | None:
    """A whole number as OOXML writes it, or None for anything else, however odd."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None


def is_on(element: Element | None, *, attribute: str = VAL) -> bool:
    """Whether an on/off property is there and not switched off (``0``, ``false``, ``off``)."""
    return element is not None and element.get(attribute, "1") not in {"0", "false", "off"}
