"""Builds minimal Word packages from raw XML, so that each test shows the very markup it is about."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from pvelint.document import Block, Document
from pvelint.readers.docx import read_docx

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpora" / "docx"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{_OFFICE}/relationships",
        "m": f"{_OFFICE}/math",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "header",
    "footer": "footer",
    "chart": "chart",
    "data": "diagramData",
}


def root(tag: str, inner: str) -> str:
    """An XML part: a root element of that tag with all namespaces declared."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{tag} {NAMESPACES}>{inner}</{tag}>'


def parts_of(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    title: str | None = None,
    custom: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """The parts of a package by name. Parts given by file name (``header1.xml``) are related to the main
    part under the id that is their name without the ending."""
    parts = parts or {}
    links = [
        f'<Relationship Id="{name.removesuffix(".xml")}" Target="{name}" '
        f'Type="{_OFFICE}/relationships/{_KINDS[name.removesuffix(".xml").rstrip("0123456789")]}"/>'
        for name in parts
    ]
    top = [f'<Relationship Id="a" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>']
    package = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "word/document.xml": root("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _relationships(links),
    }
    package.update({f"word/{name}": xml for name, xml in parts.items()})
    if title is not None:
        kind = f"{_RELATIONS}/metadata/core-properties"
        top.append(f'<Relationship Id="b" Type="{kind}" Target="docProps/core.xml"/>')
        package["docProps/core.xml"] = (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
            'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title></cp:coreProperties>"
        )
    if custom is not None:
        kind = f"{_OFFICE}/relationships/custom-properties"
        top.append(f'<Relationship Id="c" Type="{kind}" Target="docProps/custom.xml"/>')
        entries = "".join(
            f'<property name="{k}"><vt:lpwstr>{v}</vt:lpwstr></property>' for k, v in custom.items()
        )
        package["docProps/custom.xml"] = (
            f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
            f"{entries}</Properties>"
        )
    package["_rels/.rels"] = _relationships(top)
    return package


def _relationships(links: list[str]) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(links)}</Relationships>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """The parts as a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    title: str | None = None,
    custom: Mapping[str, str] | None = None,
) -> bytes:
    """A whole .docx file with that body."""
    return zipped(parts_of(body, parts=parts, title=title, custom=custom))


def read(
    body: str,
    *,
    parts: Mapping[str, str] | None = None,
    title: str | None = None,
    custom: Mapping[str, str] | None = None,
) -> Document:
    """The document read from a .docx file with that body."""
    return read_docx(docx(body, parts=parts, title=title, custom=custom), path="draft.docx")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def only(document: Document) -> Block:
    """The one block of a document that has one."""
    (block,) = document.blocks
    return block


def p(inner: str, style: str = "", properties: str = "") -> str:
    """A paragraph around runs."""
    pstyle = f'<w:pStyle w:val="{style}"/>' if style else ""
    ppr = f"<w:pPr>{pstyle}{properties}</w:pPr>" if pstyle or properties else ""
    return f"<w:p>{ppr}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run with that text, its spaces kept."""
    rpr = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{rpr}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    """A complex field around result runs; ``code`` may hold runs of its own when it starts with ``<``."""
    inner = code if code.startswith("<") else f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    return f"{begin}{inner}{separate}{result}{end}"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tc(inner: str, properties: str = "") -> str:
    tcpr = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return f"<w:tc>{tcpr}{inner}</w:tc>"


def box(inner: str) -> str:
    """A run with a text box as Word writes it: a Choice, and a Fallback that repeats the text."""
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f"<wp:docPr/><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(descr: str = "", title: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" title="{title}" descr="{descr}"/><a:graphic>'
        f'<a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p.png" descr="{descr}"/></pic:nvPicPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


STYLES = root(
    "w:styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Ours"><w:name w:val="Agency chapter"/>'
    '<w:basedOn w:val="berschrift1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Level"><w:name w:val="Agency part"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="NoLevel"><w:name w:val="TOC Heading"/>'
    '<w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="ZitatIntensiv"><w:name w:val="Intense Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Blocktext"><w:name w:val="Block Text"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Aufz"><w:name w:val="List Bullet"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Secret"><w:name w:val="Secret"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="paragraph" w:styleId="Secret2"><w:name w:val="Secret 2"/>'
    '<w:basedOn w:val="Secret"/></w:style>'
    '<w:style w:type="character" w:styleId="Aside"><w:name w:val="Aside"/>'
    "<w:rPr><w:vanish/></w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Emph"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Link"><w:name w:val="Hyperlink"/>'
    '<w:rPr><w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Mono"><w:name w:val="Verbatim Char"/></w:style>',
)
NUMBERING = root(
    "w:numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="Recommendation %1:"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
)
