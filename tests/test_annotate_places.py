"""Comments stand on the very words: across runs, links, controls and insertions; wholes are never cut."""

from __future__ import annotations

import pytest
from lxml import etree

from annotate_fixtures import OPTIONS, W, annotated, body_xml, commented, comments_of, on, part
from docx_fixtures import docx, parts_of, root, zipped
from pvelint.readers.docx import read_docx
from pvelint.word.annotate import AnnotateError, AnnotateOptions, How, annotate

QUIET = {"use": None}


def test_only_the_runs_at_the_ends_are_cut_and_keep_their_looks() -> None:
    data = docx(
        '<w:p><w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr><w:t>The ille</w:t></w:r><w:bookmarkStart w:id="7" w:name="x"/>'
        '<w:r><w:t>gal migr</w:t></w:r><w:bookmarkEnd w:id="7"/><w:r><w:rPr><w:i/></w:rPr><w:t>ants.</w:t></w:r></w:p>'
    )
    copy = annotated(data, "illegal migrants", **QUIET).data
    assert commented(copy) == ["illegal migrants"]
    assert body_xml(copy) == (
        '<w:p><w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">The </w:t></w:r>'
        '<w:commentRangeStart w:id="0"/>'
        '<w:r w:rsidR="00A1"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">ille</w:t></w:r>'
        '<w:bookmarkStart w:id="7" w:name="x"/><w:r><w:t>gal migr</w:t></w:r><w:bookmarkEnd w:id="7"/>'
        '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">ants</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
        '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">.</w:t></w:r></w:p>'
    )


CONTAINERS = {
    "link": '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
    "insertion": '<w:ins w:id="3" w:author="Ana">{}</w:ins>',
    "move": '<w:moveTo w:id="3" w:author="Ana">{}</w:moveTo>',
    "smart tag": '<w:smartTag w:uri="u" w:element="e">{}</w:smartTag>',
    "control": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "direction": '<w:dir w:val="ltr">{}</w:dir>',
}
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


@pytest.mark.parametrize("container", CONTAINERS.values(), ids=CONTAINERS.keys())
def test_ranges_begin_and_end_inside_containers(container: str) -> None:
    data = docx(f"<w:p>{RUN.format('one two')}{container.format(RUN.format('three four'))}{RUN.format('five')}</w:p>")
    copy = annotated(data, "twothree", "four", "fourfive", "hree f", **QUIET)
    assert sorted(commented(copy.data)) == ["four", "fourfive", "hree f", "twothree"]
    assert all(placed.how is How.EXACT for placed in copy.placed)
    paragraph = part(copy.data)[0][0]
    references = [e for e in paragraph.iter() if str(e.tag).endswith("}commentReference")]
    assert all(r.getparent().getparent() is paragraph for r in references)  # type: ignore[union-attr]


WHOLES = {
    "field": '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r><w:r>'
    '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>three four</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    "simple field": '<w:fldSimple w:instr="REF a"><w:r><w:t>three four</w:t></w:r></w:fldSimple>',
    "text control": "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>"
    "<w:r><w:t>three four</w:t></w:r></w:sdtContent></w:sdt>",
    "formula": "<m:oMath><m:r><m:rPr><m:nor/></m:rPr><m:t>three four</m:t></m:r></m:oMath>",
    "ruby": "<w:r><w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>three four</w:t></w:r></w:rubyBase></w:ruby></w:r>",
}


@pytest.mark.parametrize("whole", WHOLES.values(), ids=WHOLES.keys())
def test_wholes_are_taken_whole_and_never_changed(whole: str) -> None:
    data = docx(f"<w:p>{RUN.format('one two ')}{whole}{RUN.format(' five')}</w:p>")
    copy = annotated(data, "hree")
    (words,) = commented(copy.data)
    assert words in ("three four", "xthree four")
    assert copy.placed[0].how is How.WIDENED
    assert copy.changes == 0
    assert copy.placed[0].refused


def test_two_pieces_of_one_run_are_cut_apart() -> None:
    data = docx("<w:p><w:r><w:t>one</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r></w:p>")
    assert commented(annotated(data, "two", **QUIET).data) == ["two"]


def test_spaces_that_word_does_not_show_do_not_appear() -> None:
    data = docx("<w:p><w:r><w:t> lead words </w:t></w:r><w:r><w:t>x</w:t></w:r></w:p>")
    copy = annotated(data, "lead", "words")
    assert read_docx(copy.data, path="a.docx").blocks[0].text == "other wording other wordingx"


def test_comments_inside_text_nodes_survive_a_cut() -> None:
    data = docx("<w:p><w:r><w:t>be<!--c-->fore a<!--d-->fter</w:t></w:r></w:p>")
    copy = annotated(data, "fore", "after", **QUIET)
    assert commented(copy.data) == ["fore", "after"]


def test_several_findings_on_the_same_words_make_one_comment() -> None:
    data = docx(f"<w:p>{RUN.format('The illegal migrants came.')}</w:p>")
    document = read_docx(data, path="a.docx")
    found = [on(document, "illegal migrants", rule=rule) for rule in ("T501", "S100", "T501")]
    copy = annotate(data, path="a.docx", findings=found, options=OPTIONS)
    assert copy.comments == 1
    assert copy.changes == 1
    assert len(copy.placed) == 3
    (lines,) = comments_of(copy.data)
    assert lines[0] == '"illegal migrants" is not approved wording.'
    assert lines[-1].startswith("pvelint S100, T501 (")
    assert "Why: It hurts." in lines


def test_what_stands_elsewhere_gets_a_comment_that_says_where() -> None:
    data = docx(
        '<w:p><w:r><w:t>Body</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:drawing><wp:inline>'
        '<wp:docPr id="1" name="p" descr="a picture of illegal migrants"/></wp:inline></w:drawing></w:r></w:p>'
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>boxed words</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>',
        parts={
            "footnotes.xml": root(
                "w:footnotes", '<w:footnote w:id="2"><w:p><w:r><w:t>noted words</w:t></w:r></w:p></w:footnote>'
            ),
            "header1.xml": root("w:hdr", "<w:p><w:r><w:t>headed words and more</w:t></w:r></w:p>"),
        },
        title="Titled words",
    )
    copy = annotated(data, "noted", "boxed", "headed", "more", "Titled", "illegal migrants")
    assert {placed.how for placed in copy.placed} == {How.STAND_IN}
    assert copy.changes == 0
    said = [" ".join(lines) for lines in comments_of(copy.data)]
    for place in (
        "In footnote 1: “noted words”",
        "In text box 1 ",
        "In the header of section 1",
        "document title",
    ):
        assert any(place in text for text in said), (place, said)
    assert sum("header of section 1" in text for text in said) == 1
    assert not copy.not_anchored


def test_a_document_without_paragraphs_says_what_has_no_place() -> None:
    copy = annotated(docx("", title="Titled words"), "Titled")
    assert copy.comments == 0
    assert [reason for _, reason in copy.not_anchored] == ["The document has no paragraph that can carry a comment."]


def test_other_peoples_comments_keep_their_numbers() -> None:
    data = docx(
        '<w:p><w:commentRangeStart w:id="4"/><w:r><w:t>Some words</w:t></w:r><w:commentRangeEnd w:id="4"/>'
        '<w:r><w:commentReference w:id="4"/></w:r></w:p>',
        parts={"comments.xml": root("w:comments", '<w:comment w:id="4" w:author="Ana"><w:p/></w:comment>')},
    )
    copy = annotated(data, "words", **QUIET)
    assert [c.get(f"{W}id") for c in part(copy.data, "word/comments.xml")] == ["4", "5"]


def test_a_limit_leaves_the_rest_with_a_reason() -> None:
    data = docx(f"<w:p>{RUN.format('one two three')}</w:p>")
    copy = annotated(data, "one", "two", "three", options=AnnotateOptions(limit=2))
    assert copy.comments == 2
    assert [reason for _, reason in copy.not_anchored] == ["The copy has 2 comments already."]


def test_findings_of_another_document_are_refused() -> None:
    document = read_docx(docx(f"<w:p>{RUN.format('some words')}</w:p>"), path="a.docx")
    other = docx(f"<w:p>{RUN.format('else')}</w:p>")
    with pytest.raises(AnnotateError) as caught:
        annotate(other, path="a.docx", findings=[on(document, "words")], options=OPTIONS)
    assert caught.value.code == "changed"


PROTECTION = '<w:documentProtection w:edit="{}" w:enforcement="1"/>'


@pytest.mark.parametrize(
    ("kind", "comments", "changes"), [("comments", 1, 0), ("trackedChanges", 1, 1), ("none", 1, 1)]
)
def test_protection_that_allows_comments(kind: str, comments: int, changes: int) -> None:
    settings = root("w:settings", PROTECTION.format(kind))
    copy = annotated(docx(f"<w:p>{RUN.format('some words')}</w:p>", parts={"settings.xml": settings}), "words")
    assert (copy.comments, copy.changes) == (comments, changes)


@pytest.mark.parametrize("kind", ["readOnly", "forms"])
def test_protection_that_does_not_is_told_and_can_be_forced(kind: str) -> None:
    settings = root("w:settings", PROTECTION.format(kind))
    data = docx(f"<w:p>{RUN.format('some words')}</w:p>", parts={"settings.xml": settings})
    with pytest.raises(AnnotateError) as caught:
        annotated(data, "words")
    assert caught.value.code == "protected"
    forced = annotated(data, "words", options=AnnotateOptions(force=True))
    assert (forced.comments, forced.changes) == (1, 0)
    assert forced.notes


def test_a_signed_document_gets_no_copy() -> None:
    parts = parts_of(f"<w:p>{RUN.format('some words')}</w:p>") | {"_xmlsignatures/sig1.xml": "<a/>"}
    with pytest.raises(AnnotateError) as caught:
        annotated(zipped(parts), "words")
    assert caught.value.code == "signed"


def test_names_that_lead_out_get_no_copy() -> None:
    parts = parts_of(f"<w:p>{RUN.format('some words')}</w:p>") | {"../evil.xml": "<a/>"}
    with pytest.raises(AnnotateError) as caught:
        annotated(zipped(parts), "words")
    assert caught.value.code == "outward-names"


def test_the_date_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    data = docx(f"<w:p>{RUN.format('some words')}</w:p>")
    first, second = (annotated(data, "words", options=AnnotateOptions()).data for _ in range(2))
    assert first == second
    assert b"1970-01-01T00:00:00Z" in etree.tostring(part(first, "word/comments.xml"))
