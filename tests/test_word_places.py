"""What a paragraph of a Word file is and where it is, in words for a person."""

from __future__ import annotations

import pytest

from docx_fixtures import (
    NUMBERING,
    STYLES,
    box,
    docx,
    p,
    picture,
    r,
    read,
    root,
    table,
    tc,
    texts,
    tr,
)
from pvelint.document import BlockKind, Span
from pvelint.readers.docx import read_docx

NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
PARTS = {"styles.xml": STYLES, "numbering.xml": NUMBERING}

KINDS = [
    (p(r("a")), BlockKind.PARAGRAPH),
    (p(r("a"), "Titel"), BlockKind.TITLE),
    (p(r("a"), "berschrift1"), BlockKind.HEADING),
    (p(r("a"), "Ours"), BlockKind.HEADING),
    (p(r("a"), "Level"), BlockKind.HEADING),
    (p(r("a"), "NoLevel"), BlockKind.PARAGRAPH),
    (p(r("a"), properties='<w:outlineLvl w:val="2"/>'), BlockKind.HEADING),
    (p(r("a"), "berschrift1", '<w:outlineLvl w:val="9"/>'), BlockKind.PARAGRAPH),
    (p(r("a"), "Heading3"), BlockKind.HEADING),
    (p(r("a"), "berschrift1", NUMBERED), BlockKind.HEADING),
    (p(r("a"), properties=NUMBERED), BlockKind.LIST_ITEM),
    (p(r("a"), "Aufz"), BlockKind.LIST_ITEM),
    (p(r("a"), "Aufz", '<w:numPr><w:numId w:val="0"/></w:numPr>'), BlockKind.PARAGRAPH),
    (p(r("a"), "Beschriftung"), BlockKind.CAPTION),
    (p(r("a"), "Zitat"), BlockKind.BLOCK_QUOTE),
    (p(r("a"), "ZitatIntensiv"), BlockKind.BLOCK_QUOTE),
    (p(r("a"), "Blocktext"), BlockKind.BLOCK_QUOTE),
    (table(tr(tc(p(r("a"), "Aufz")))), BlockKind.TABLE_CELL),
    (table(tr(tc(p(r("a"), "Beschriftung")))), BlockKind.CAPTION),
    (p(box(p(r("a")))), BlockKind.TEXT_BOX),
    (p(picture("a")), BlockKind.ALT_TEXT),
]


@pytest.mark.parametrize(("body", "kind"), KINDS)
def test_kind_comes_from_the_style_the_list_and_the_place(body: str, kind: BlockKind) -> None:
    block = read(body, parts=PARTS).blocks[0]
    assert block.kind is kind
    assert block.quoted is (kind is BlockKind.BLOCK_QUOTE)


def test_a_quotation_in_a_cell_is_a_cell_and_quoted() -> None:
    block = read(table(tr(tc(p(r("a"), "Zitat")))), parts=PARTS).blocks[0]
    assert (block.kind, block.quoted) == (BlockKind.TABLE_CELL, True)


def test_a_style_that_is_its_own_parent_does_no_harm() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="A"/></w:style>'
    assert read(p(r("a"), "A"), parts={"styles.xml": root("w:styles", styles)}).text == "a"


def test_the_default_paragraph_style_counts_where_none_is_named() -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    assert read(p(r("a")), parts={"styles.xml": root("w:styles", styles)}).blocks[0].hidden


def test_body_paragraphs_with_text_are_counted_and_cells_are_not() -> None:
    body = p(r("one")) + p("") + table(tr(tc(p(r("cell"))))) + p(r("secret", "<w:vanish/>")) + p(r("two"))
    assert [(b.text, b.place) for b in read(body).blocks] == [
        ("one", "paragraph 1"),
        ("cell", "table 1, row 1, column 1"),
        ("secret", "after paragraph 1 (hidden text)"),
        ("two", "paragraph 2"),
    ]


def test_cells_are_named_by_table_row_and_column_of_the_grid() -> None:
    span = '<w:gridSpan w:val="2"/>'
    inner = table(tr(tc(p(r("inner")))))
    deleted = "<w:tr><w:trPr><w:del/></w:trPr>" + tc(p(r("gone"))) + "</w:tr>"
    shifted = "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>" + tc(p(r("shifted"))) + "</w:tr>"
    body = table(tr(tc(p(r("first"))))) + table(
        tr(tc(p(r("wide")), span), tc(p(r("third")))), deleted, shifted, tr(tc(inner + p(r("outer"))))
    )
    assert [(b.text, b.place) for b in read(body).blocks] == [
        ("first", "table 1, row 1, column 1"),
        ("wide", "table 2, row 1, column 1"),
        ("third", "table 2, row 1, column 3"),
        ("shifted", "table 2, row 2, column 2"),
        ("inner", "table 2, row 3, column 1, table 1, row 1, column 1"),
        ("outer", "table 2, row 3, column 1"),
    ]


def test_text_boxes_alternative_texts_and_hidden_text_are_placed_by_their_paragraph() -> None:
    body = (
        p(box(p(r("cover"))))
        + p(r("one") + r(" secret", "<w:vanish/>") + picture("A queue") + box(p(r("x")) + p(r("y")) + p("")))
        + p(f'<w:hyperlink w:tooltip="tip">{r("two")}</w:hyperlink>')
        + table(tr(tc(p(r("cell") + box(p(r("z")))))))
    )
    assert [(b.text, b.place) for b in read(body).blocks] == [
        ("cover", "text box 1 before paragraph 1"),
        ("one", "paragraph 1"),
        (" secret", "paragraph 1 (hidden text)"),
        ("A queue", "alt text of picture 1"),
        ("x", "text box 2 at paragraph 1, paragraph 1"),
        ("y", "text box 2 at paragraph 1, paragraph 2"),
        ("two", "paragraph 2"),
        ("tip", "tooltip of a link at paragraph 2"),
        ("cell", "table 1, row 1, column 1"),
        ("z", "text box 3 at table 1, row 1, column 1"),
    ]


def test_a_text_box_in_a_text_box_is_read_and_counted_from_outside() -> None:
    document = read(p(r("a") + box(p(box(p(r("inner")))) + p(r("outer")))))
    assert [(b.text, b.place) for b in document.blocks[1:]] == [
        ("inner", "text box 2 in text box 1 at paragraph 1"),
        ("outer", "text box 1 at paragraph 1"),
    ]


def test_heading_is_the_nearest_above_in_the_body() -> None:
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = (
        p(r("start"))
        + p(r("Part  one"), "berschrift1")
        + p(r("a") + note + box(p(r("boxed"))))
        + table(tr(tc(p(r("Not a heading"), "berschrift1")), tc(p(r("b")))))
        + p(r("Part two"), "Ours")
    )
    notes = root("w:footnotes", f'<w:footnote w:id="1">{p(r("note"))}</w:footnote>')
    found = {b.text: b.heading for b in read(body, parts={**PARTS, "footnotes.xml": notes}).blocks}
    assert found == {
        "start": None,
        "Part  one": None,
        "a": "Part one",
        "boxed": "Part one",
        "Not a heading": "Part one",
        "b": "Part one",
        "Part two": "Part one",
        "note": "Part one",
    }


def test_notes_with_their_own_mark_take_no_number() -> None:
    reference = '<w:r><w:endnoteReference w:id="{}"{}/></w:r>'
    own = ' w:customMarkFollows="1"'
    body = p(r("a") + reference.format(1, "") + reference.format(2, own) + reference.format(3, ""))
    inner = "".join(f'<w:endnote w:id="{i}">{p(r(f"note {i}"))}</w:endnote>' for i in (1, 2, 3))
    document = read(body, parts={"endnotes.xml": root("w:endnotes", inner)})
    assert [b.place for b in document.blocks[1:]] == [
        "endnote 1",
        "endnote with its own mark after endnote 1",
        "endnote 2",
    ]
    assert {b.part for b in document.blocks[1:]} == {"endnotes"}
    assert {b.kind for b in document.blocks[1:]} == {BlockKind.FOOTNOTE}


HEADERS = {
    "header1.xml": root("w:hdr", p(r("all"))),
    "header2.xml": root("w:hdr", p(r("first"))),
    "header3.xml": root("w:hdr", p(r("even"))),
    "footer1.xml": root("w:ftr", p(r("foot")) + table(tr(tc(p(r("cell")))))),
    "header9.xml": root("w:hdr", p(r("stale"))),
}
SECTION = (
    '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
    '<w:headerReference w:type="first" r:id="header2"/><w:headerReference w:type="even" r:id="header3"/>'
    '<w:footerReference w:type="default" r:id="footer1"/>{}</w:sectPr>'
)


def margins(body: str, settings: str = "") -> list[tuple[str, str]]:
    parts = {**HEADERS, "settings.xml": root("w:settings", settings)}
    blocks = read(body, parts=parts).blocks
    return [(b.text, b.place) for b in blocks if b.part in ("header", "footer")]


FOOTER = [("foot", "footer of section 1"), ("cell", "footer of section 1, table 1, row 1, column 1")]


def test_headers_are_read_only_where_some_page_shows_them() -> None:
    every = [("all", "header of section 1")]
    first = [("first", "header of section 1 (first page)")]
    even = [("even", "header of section 1 (even pages)")]
    assert margins(p(r("a")) + SECTION.format("")) == every + FOOTER
    assert margins(p(r("a")) + SECTION.format("<w:titlePg/>")) == every + first + FOOTER
    assert margins(p(r("a")) + SECTION.format('<w:titlePg w:val="0"/>')) == every + FOOTER
    assert margins(p(r("a")) + SECTION.format(""), "<w:evenAndOddHeaders/>") == every + even + FOOTER


def test_a_header_is_read_once_and_a_later_section_can_be_the_first_to_show_it() -> None:
    body = p(r("a"), properties=SECTION.format("")) + p(r("b")) + "<w:sectPr><w:titlePg/></w:sectPr>"
    found = margins(body)
    assert found == [("all", "header of section 1"), *FOOTER, ("first", "header of section 2 (first page)")]


def test_the_former_section_in_a_tracked_change_is_no_section() -> None:
    former = "<w:sectPrChange><w:sectPr><w:titlePg/></w:sectPr></w:sectPrChange>"
    assert len(margins(p(r("a")) + SECTION.format(former))) == 3


def test_title_property_is_read_unless_the_document_shows_it_as_its_title() -> None:
    document = read(p(r("a")), title=" Aid in  crisis ")
    assert (document.blocks[0].kind, document.blocks[0].part) == (BlockKind.TITLE, "properties")
    assert document.blocks[0].place == "document title"
    assert document.properties["title"] == "Aid in crisis"
    assert texts(read(p(r("Aid in crisis"), "Titel"), title="Aid in  crisis", parts=PARTS)) == [
        "Aid in crisis"
    ]
    assert texts(read(p(r("a")), title=" ")) == ["a"]
    assert "title" not in read(p(r("a"))).properties


def test_settings_for_pvelint_are_read_from_the_custom_properties() -> None:
    document = read(p(r("a")), custom={"PVElint-Tier": "donor", "pvelint-type": "proposal", "Other": "x"})
    assert dict(document.properties) == {"pvelint-tier": "donor", "pvelint-type": "proposal"}


def test_blocks_are_numbered_and_located_over_the_whole_document() -> None:
    document = read_docx(docx(p(r("one")) + p(r("two words"))), path="a.docx")
    assert [block.number for block in document.blocks] == [1, 2]
    assert document.format == "word"
    assert document.encoding is None
    location = document.locate(document.blocks[1], Span(4, 9))
    assert document.text[location.offset : location.end_offset] == "words"
    assert (location.line, location.column, location.place) == (2, 5, "paragraph 2")


def test_an_empty_document_has_no_blocks() -> None:
    document = read("")
    assert (document.text, document.blocks) == ("", ())
