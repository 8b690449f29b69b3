"""Where text lives in a Word file: each place that holds words, and what a reader sees of it."""

from __future__ import annotations

import pytest

from docx_fixtures import (
    NUMBERING,
    STYLES,
    box,
    docx,
    field,
    only,
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
from pvelint.document import Block, BlockKind, Span
from pvelint.readers.docx import read_docx
from pvelint.word.characters import read_back

T = "<w:r><w:t>{}</w:t></w:r>"
PLACEHOLDER = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
BOUND = '<w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr>'
DELETED_MARK = '<w:rPr><w:del w:id="9" w:author="A"/></w:rPr>'
MOVED_MARK = '<w:rPr><w:moveFrom w:id="9" w:author="A"/></w:rPr>'


def sdt(inner: str, properties: str = "") -> str:
    return f"<w:sdt>{properties}<w:sdtContent>{inner}</w:sdtContent></w:sdt>"


INLINE = [
    (
        "split runs",
        r("infil") + '<w:proofErr w:type="spellStart"/><w:bookmarkStart/>' + r("trate"),
        "infiltrate",
    ),
    ("edge spaces are trimmed", r("a") + T.format(" lead ") + r("x"), "aleadx"),
    ("edge spaces are kept", T.format("a") + r(" b ") + T.format("c"), "a b c"),
    ("no-break space is kept", T.format("\u00a0a\u00a0"), "\u00a0a\u00a0"),
    ("line end in text", T.format("one\ntwo\tthree"), "one two three"),
    ("comment in text", T.format("be<!-- x -->fore"), "before"),
    ("processing instruction in text", T.format("be<?x y?>fore"), "before"),
    ("hyperlink", r("see ") + '<w:hyperlink r:id="x">' + r("our site") + "</w:hyperlink>", "see our site"),
    ("simple field", r("on ") + f'<w:fldSimple w:instr=" DATE ">{r("4 May")}</w:fldSimple>', "on 4 May"),
    ("complex field", r("see ") + field(" REF a ", r("Table 2")), "see Table 2"),
    (
        "field in the code of a field",
        r("Dear ")
        + field("<w:r><w:instrText>IF </w:instrText></w:r>" + field("MERGEFIELD a", r("code")), r("you")),
        "Dear you",
    ),
    ("field that never ends", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("kept"), "kept"),
    ("end of a field that never began", '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("kept"), "kept"),
    ("prompt", field(" MACROBUTTON  DoIt Type your name ", ""), "Type your name "),
    (
        "legacy drop-down",
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="no"/><w:listEntry w:val="yes"/></w:ddList></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
        "yes",
    ),
    ("prompt with a result", field(" MACROBUTTON DoIt Type your name ", r("shown")), "shown"),
    ("form field", field("FORMTEXT", r("typed")), "typed"),
    ("link field", field('HYPERLINK "http://a"', r("our page")), "our page"),
    ("content control", r("a ") + sdt(r("control")), "a control"),
    ("bound control", r("a ") + sdt(r("value"), BOUND), "a value"),
    ("placeholder", r("kept") + sdt(r("Click here to enter text."), PLACEHOLDER), "kept"),
    ("smart tag", f'<w:smartTag w:element="c">{r("Paris")}</w:smartTag>', "Paris"),
    ("custom XML", f'<w:customXml w:element="c">{r("tagged")}</w:customXml>', "tagged"),
    ("direction", f'<w:dir w:val="rtl">{r("a")}<w:bdo w:val="ltr">{r("b")}</w:bdo></w:dir>', "ab"),
    ("insertion", r("a ") + f'<w:ins w:id="1" w:author="A">{r("new")}</w:ins>', "a new"),
    ("deletion", r("a") + '<w:del w:id="1"><w:r><w:delText>old</w:delText></w:r></w:del>', "a"),
    (
        "move",
        f'<w:moveFrom w:id="1">{r("gone ")}</w:moveFrom>{r("b ")}<w:moveTo w:id="2">{r("here")}</w:moveTo>',
        "b here",
    ),
    (
        "deletion inside insertion",
        f'<w:ins w:id="1">{r("a")}<w:del w:id="2"><w:r><w:delText>b</w:delText></w:r></w:del></w:ins>',
        "a",
    ),
    (
        "link unlinked with tracking",
        '<w:del w:id="1"><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText>HYPERLINK "x"'
        '</w:delInstrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r></w:del>'
        + r("words")
        + '<w:del w:id="2"><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>'
        + r(" on"),
        "words on",
    ),
    ("non-breaking hyphen", T.format("co") + "<w:r><w:noBreakHyphen/><w:t>op</w:t></w:r>", "co\u2011op"),
    ("soft hyphen", "<w:r><w:t>ex</w:t><w:softHyphen/><w:t>pert</w:t></w:r>", "ex\u00adpert"),
    ("tabs", "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:ptab/><w:t>c</w:t></w:r>", "a\tb\tc"),
    (
        "breaks",
        '<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:br w:type="page"/></w:r>',
        "a\nb\nc\n",
    ),
    ("symbol known", '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>', "α"),
    ("symbol of a text font", '<w:r><w:sym w:font="Arial" w:char="2013"/></w:r>', "–"),
    ("symbol unknown", r("a") + '<w:r><w:sym w:font="Webdings" w:char="F068"/></w:r>', "a\ufffc"),
    ("symbol without a code", r("a") + '<w:r><w:sym w:font="Webdings"/></w:r>', "a\ufffc"),
    (
        "ruby",
        "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>above</w:t></w:r></w:rt><w:rubyBase>"
        + r("base")
        + "</w:rubyBase></w:ruby></w:r>",
        "base",
    ),
    ("math", r("so ") + "<m:oMath><m:r><m:t>E=m</m:t></m:r></m:oMath>", "so E=m"),
    ("note mark", r("a") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r("b"), "ab"),
    ("web-hidden is shown", r("shown", "<w:webHidden/>"), "shown"),
    ("not hidden after all", r("shown", '<w:vanish w:val="0"/>'), "shown"),
    ("page number", field("PAGE", r("7")), "7"),
    (
        "choice, not fallback",
        f'<mc:AlternateContent><mc:Choice Requires="w14">{r("choice")}</mc:Choice>'
        f"<mc:Fallback>{r('fallback')}</mc:Fallback></mc:AlternateContent>",
        "choice",
    ),
    (
        "fallback where there is no choice",
        f"<mc:AlternateContent><mc:Fallback>{r('fallback')}</mc:Fallback></mc:AlternateContent>",
        "fallback",
    ),
    ("unknown element", f'<x:new xmlns:x="urn:x">{r("future")}</x:new>', "future"),
]


@pytest.mark.parametrize(("markup", "seen"), [c[1:] for c in INLINE], ids=[c[0] for c in INLINE])
def test_paragraph_shows_what_a_reader_sees(markup: str, seen: str) -> None:
    block = only(read(p(markup)))
    assert block.text == seen
    assert_anchored(block)


def assert_anchored(block: Block) -> None:
    """Every character is covered once, in order, and its anchor leads back to it."""
    position = 0
    for anchor in block.anchors:
        assert anchor.span.start == position
        assert block.text[anchor.span.start : anchor.span.end] in read_back(anchor)
        position = anchor.span.end
    assert position == len(block.text)


BLOCKS = [
    (
        "deleted paragraph mark",
        p(r("one "), properties=DELETED_MARK) + p(r("two")) + p(r("three")),
        ["one two", "three"],
    ),
    ("moved paragraph mark", p(r("one "), properties=MOVED_MARK) + p(r("two")), ["one two"]),
    (
        "deleted mark before a table",
        p(r("a"), properties=DELETED_MARK) + table(tr(tc(p(r("b"))))),
        ["a", "b"],
    ),
    (
        "deleted mark at the end of a cell",
        table(tr(tc(p(r("a"), properties=DELETED_MARK)), tc(p(r("b"))))),
        ["a", "b"],
    ),
    ("table", table(tr(tc(p(r("a"))), tc(p(r("b"))))), ["a", "b"]),
    ("nested table", table(tr(tc(p(r("a")) + table(tr(tc(p(r("b"))))) + p(r("c"))))), ["a", "b", "c"]),
    (
        "merged cells once",
        table(
            tr(tc(p(r("V1")), '<w:vMerge w:val="restart"/>'), tc(p(r("x")))),
            tr(tc(p(""), "<w:vMerge/>"), tc(p(r("y")))),
        ),
        ["V1", "x", "y"],
    ),
    (
        "deleted row",
        table("<w:tr><w:trPr><w:del w:id='1'/></w:trPr>" + tc(p(r("gone"))) + "</w:tr>", tr(tc(p(r("b"))))),
        ["b"],
    ),
    ("control around a paragraph", sdt(p(r("a"))), ["a"]),
    ("control around a row", table(sdt(tr(tc(p(r("a")))))), ["a"]),
    ("control around a cell", table(tr(sdt(tc(p(r("a")))), tc(p(r("b"))))), ["a", "b"]),
    ("custom XML around a paragraph", f'<w:customXml w:element="c">{p(r("a"))}</w:customXml>', ["a"]),
    (
        "style separator",
        p(r("Run-in. "), properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p(r("b")),
        ["Run-in. ", "b"],
    ),
    (
        "table of contents",
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Chapter 1")
        )
        + p(field('HYPERLINK \\l "a"', r("Chapter 2")))
        + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + p(r("after")),
        ["after"],
    ),
    (
        "text box once, behind its paragraph",
        p(r("a") + box(p(r("boxed"))) + r("b")) + p(r("c")),
        ["ab", "boxed", "c"],
    ),
    (
        "VML text box",
        p(
            f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{p(r('old'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        ),
        ["old"],
    ),
    ("text box within a field's result", p(field("REF a", box(p(r("boxed"))))), ["boxed"]),
    ("text box in a deletion", p(r("a") + f'<w:del w:id="1">{box(p(r("gone")))}</w:del>'), ["a"]),
    (
        "text box content outside a drawing",
        p(f"<w:r><w:txbxContent>{p(r('a'))}</w:txbxContent></w:r>"),
        ["a"],
    ),
    (
        "deleted text box content outside a drawing",
        p(r("a") + f"<w:del><w:r><w:txbxContent>{p(r('gone'))}</w:txbxContent></w:r></w:del>"),
        ["a"],
    ),
    ("WordArt", p('<w:r><w:pict><v:shape><v:textpath string="DRAFT"/></v:shape></w:pict></w:r>'), ["DRAFT"]),
    ("alternative text", p(r("a") + picture("A queue", "Queue")), ["a", "Queue", "A queue"]),
    ("alternative text of VML", p('<w:r><w:pict><v:shape alt="A map"/></w:pict></w:r>'), ["A map"]),
    ("tooltip", p(f'<w:hyperlink w:tooltip="Our work">{r("here")}</w:hyperlink>'), ["here", "Our work"]),
    (
        "alternative text of a table",
        table(
            '<w:tblPr><w:tblCaption w:val="Aid"/><w:tblDescription w:val="Aid by year"/></w:tblPr>',
            tr(tc(p(r("a")))),
        ),
        ["Aid", "Aid by year", "a"],
    ),
    (
        "shape text of DrawingML",
        p(
            "<w:r><w:drawing><a:sp><a:txBody><a:p><a:r><a:t> drawn</a:t></a:r><a:br/></a:p></a:txBody></a:sp>"
            "</w:drawing></w:r>"
        ),
        [" drawn\n"],
    ),
    ("text outside any paragraph", r("loose"), ["loose"]),
    ("empty paragraphs are no blocks", p("") + p(r(" ")) + p(r("a")), ["a"]),
]


@pytest.mark.parametrize(("body", "seen"), [c[1:] for c in BLOCKS], ids=[c[0] for c in BLOCKS])
def test_body_gives_blocks_in_reading_order(body: str, seen: list[str]) -> None:
    document = read(body)
    assert texts(document) == seen
    assert document.text == "\n".join(seen)
    for block in document.blocks:
        assert_anchored(block)
        span = block.offsets.source(Span(0, len(block.text)))
        assert document.text[span.start : span.end] == block.text


HIDDEN = [
    ("run", p(r("a ") + r("secret", "<w:vanish/>") + r("b")), ["a b", "secret"]),
    ("whole paragraph", p(r("secret", "<w:vanish/>")), ["secret"]),
    ("character style", p(r("a") + r("secret", '<w:rStyle w:val="Aside"/>')), ["a", "secret"]),
    ("paragraph style", p(r("secret"), "Secret"), ["secret"]),
    ("parent of the paragraph style", p(r("secret"), "Secret2"), ["secret"]),
]


@pytest.mark.parametrize(("body", "seen"), [c[1:] for c in HIDDEN], ids=[c[0] for c in HIDDEN])
def test_hidden_text_is_read_and_said_to_be_hidden(body: str, seen: list[str]) -> None:
    document = read(body, parts={"styles.xml": STYLES})
    assert texts(document) == seen
    assert [block.hidden for block in document.blocks] == [text == "secret" for text in seen]
    assert document.blocks[-1].place.endswith(" (hidden text)")
    for block in document.blocks:
        assert_anchored(block)


def test_hidden_twice_is_shown_and_a_run_can_say_so_itself() -> None:
    body = p(r("toggled", '<w:rStyle w:val="Aside"/>') + r(" said", '<w:vanish w:val="false"/>'), "Secret")
    block = only(read(body, parts={"styles.xml": STYLES}))
    assert (block.text, block.hidden) == ("toggled said", False)


def test_hidden_by_the_document_defaults() -> None:
    styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>"
    document = read(p(r("all")), parts={"styles.xml": root("w:styles", styles)})
    assert only(document).hidden


def test_what_hangs_on_hidden_text_is_hidden_with_it() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    note = f'<w:r>{hidden}<w:footnoteReference w:id="1"/></w:r>'
    hanging = (box(p(r("boxed"))) + picture("alt")).replace("<w:r><mc:", f"<w:r>{hidden}<mc:")
    body = p(r("shown") + note + hanging.replace("<w:r><w:drawing>", f"<w:r>{hidden}<w:drawing>"))
    notes = root("w:footnotes", f'<w:footnote w:id="1">{p(r("note"))}</w:footnote>')
    document = read(body, parts={"footnotes.xml": notes})
    assert [(b.text, b.hidden) for b in document.blocks] == [
        ("shown", False),
        ("boxed", True),
        ("alt", True),
        ("note", True),
    ]


def test_two_stretches_of_hidden_text_are_two_blocks() -> None:
    hidden = "<w:vanish/>"
    document = read(p(r("one", hidden) + r(" between ") + r("two", hidden)))
    assert texts(document) == [" between ", "one", "two"]


GENERATED = [
    ("page number", field("PAGE", r("7")), True),
    ("simple field", f'<w:fldSimple w:instr="REF a">{r("Table 2")}</w:fldSimple>', True),
    ("link", field('HYPERLINK "x"', r("words")), False),
    ("form text", field("FORMTEXT", r("words")), False),
    ("caption label with words", r("Figure ") + field("SEQ Figure", r("1")), False),
    ("bibliography in a link", field("BIBLIOGRAPHY", field('HYPERLINK "x"', r("words"))), True),
    ("prompt", field("MACROBUTTON A Click here", ""), True),
]


@pytest.mark.parametrize(("markup", "made"), [c[1:] for c in GENERATED], ids=[c[0] for c in GENERATED])
def test_block_is_generated_when_the_application_made_all_of_it(markup: str, made: bool) -> None:
    assert only(read(p(markup))).generated is made


def test_emphasis_is_italic_or_underlined_but_not_a_link() -> None:
    body = p(
        r("a ")
        + r("The ", "<w:i/>")
        + r("Title", '<w:rStyle w:val="Emph"/>')
        + r(" b ")
        + r("under", '<w:u w:val="single"/>')
        + r(" c ", '<w:i w:val="0"/><w:u w:val="none"/>')
        + r("styled link", '<w:rStyle w:val="Link"/>')
        + f"<w:hyperlink>{r('link', '<w:u/>')}</w:hyperlink>"
        + field('HYPERLINK "x"', r("field link", "<w:u/>"))
    )
    block = only(read(body, parts={"styles.xml": STYLES}))
    assert [block.text[s.start : s.end] for s in block.emphasis] == ["The Title", "under"]


def test_equations_and_code_are_protected_but_plain_words_in_an_equation_are_not() -> None:
    math = "<m:oMath><m:r><m:t>x=</m:t></m:r><m:r><m:rPr><m:nor/></m:rPr><m:t>words</m:t></m:r></m:oMath>"
    document = read(
        p(r("a ") + math + r(" run.py", '<w:rStyle w:val="Mono"/>')), parts={"styles.xml": STYLES}
    )
    block = only(document)
    found = [(block.text[q.span.start : q.span.end], q.why) for q in block.protected]
    assert found == [("x=", "reference"), (" run.py", "code")]
    assert [item.part for item in document.not_checked] == ["equations"]


def test_charts_and_diagrams_are_read_from_their_parts() -> None:
    drawing = (
        '<w:r><w:drawing><a:graphicData><{} r:id="chart1" r:dm="data1"/></a:graphicData></w:drawing></w:r>'
    )
    chart = root(
        "c:chartSpace",
        "<c:rich><a:p><a:r><a:t>Arrivals </a:t></a:r><a:r><a:t>by year</a:t></a:r></a:p></c:rich>"
        "<c:strCache><c:pt><c:v>Men</c:v></c:pt><c:pt><c:v>Men</c:v></c:pt></c:strCache>"
        "<c:numCache><c:pt><c:v>12</c:v></c:pt></c:numCache>",
    )
    data = root("dgm:dataModel", "<dgm:pt><dgm:t><a:p><a:r><a:t>Listen</a:t></a:r></a:p></dgm:t></dgm:pt>")
    document = read(
        p(drawing.format("c:chart") + drawing.format("dgm:relIds")),
        parts={"chart1.xml": chart, "data1.xml": data},
    )
    assert [(b.text, b.place) for b in document.blocks] == [
        ("Arrivals by year", "text of chart 1"),
        ("Men", "text of chart 1"),
        ("Listen", "text of diagram 1"),
    ]
    assert document.not_checked == ()
    for block in document.blocks:
        assert_anchored(block)


def test_what_is_not_read_is_listed() -> None:
    body = (
        p(picture() + picture("alt"))
        + p("<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject/></w:object></w:r>")
        + p("<w:r><w:drawing><w14:contentPart/></w:drawing></w:r>")
        + p('<w:r><w:drawing><c:chart r:id="missing"/></w:drawing></w:r>')
        + '<w:altChunk r:id="x"/>'
        + p('<w:subDoc r:id="y"/>')
        + p("<w:del><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:del>")
    )
    found = {item.part: item.reason for item in read(body).not_checked}
    assert list(found) == [
        "pictures",
        "embedded objects",
        "ink drawings",
        "embedded documents",
        "sub-documents",
        "charts",
    ]
    assert found["pictures"] == "2 pictures: text inside pictures is not read"
    assert found["embedded objects"].startswith("1 embedded object:")


def test_comments_are_counted_and_kept_for_suppressions_but_are_no_blocks() -> None:
    comments = root(
        "w:comments",
        f'<w:comment w:id="3">{p(r("pvelint: ignore[S101] reason"))}</w:comment><w:comment w:id="4"/>',
    )
    marked = (
        r("some ")
        + r("hidden ", "<w:vanish/>")
        + '<w:commentRangeStart w:id="3"/>'
        + r("flagged")
        + '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
        + r(" words")
    )
    document = read(p(r("before")) + p(marked), parts={"comments.xml": comments})
    ((span, text),) = document.comments
    assert document.text[span.start : span.end] == "flagged"
    assert text == "pvelint: ignore[S101] reason"
    assert document.not_checked[0].reason == "2 comments by reviewers are not checked"
    assert BlockKind.COMMENT not in {block.kind for block in document.blocks}


def test_notes_come_in_the_order_of_their_references_and_only_if_referred_to() -> None:
    notes = root(
        "w:footnotes",
        '<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        + "".join(
            f'<w:footnote w:id="{i}">{p(r(t))}</w:footnote>'
            for i, t in ((1, "first"), (2, "second"), (3, "lost"))
        ),
    )
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = p(r("a") + reference.format(2) + r("b") + reference.format(1)) + p(
        f"<w:del>{reference.format(3)}</w:del>"
    )
    document = read(body, parts={"footnotes.xml": notes})
    assert [(b.text, b.place) for b in document.blocks[1:]] == [
        ("second", "footnote 1"),
        ("first", "footnote 2"),
    ]
    assert document.not_checked[0].part == "footnotes"


def test_list_labels_with_words_are_read_once() -> None:
    item = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = p(r("a"), properties=item.format(0)) * 2 + p(r("b"), properties=item.format(1))
    document = read(body, parts={"numbering.xml": NUMBERING})
    label = document.blocks[-1]
    assert texts(document) == ["a", "a", "b", "Recommendation %1:"]
    assert (label.part, label.place, label.generated) == ("list labels", "list label at paragraph 1", True)
    assert_anchored(label)


@pytest.mark.parametrize("depth", [200, 240])
def test_deep_nesting_is_read_without_running_out_of_stack(depth: int) -> None:
    nested = "<w:smartTag>" * depth + r("deep") + "</w:smartTag>" * depth
    assert only(read(p(nested))).text == "deep"
    tables = depth // 5
    body = "<w:tbl><w:tr><w:tc>" * tables + p(r("deep")) + "</w:tc></w:tr></w:tbl>" * tables
    assert only(read(body)).place.endswith("table 1, row 1, column 1")


def test_a_long_document_takes_time_in_proportion() -> None:
    document = read_docx(docx(p(r("Some words of a long report. ")) * 5_000), path="long.docx")
    assert len(document.blocks) == 5_000
    assert document.blocks[-1].place == "paragraph 5000"
