"""Tracked changes: only where they are safe, with the looks of what they replace, undone to the letter."""

from __future__ import annotations

import pytest
from lxml import etree

import pvelint.word.annotate.undo as undo_module
from annotate_fixtures import OPTIONS, annotated, as_word_saves_it, body_xml, commented, finding, on, part
from docx_fixtures import docx
from pvelint.document import Span
from pvelint.findings import UsageKind
from pvelint.readers.docx import read_docx
from pvelint.word.annotate import AnnotateError, AnnotateOptions, Suggest, annotate, standing, without_marks

RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def test_a_change_keeps_the_looks_and_only_touches_words_that_differ() -> None:
    data = docx("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>The former fighters came.</w:t></w:r></w:p>")
    copy = annotated(data, "former fighters", use="former combatants")
    assert commented(copy.data) == ["former [fighters]combatants"]
    xml = body_xml(copy.data)
    assert (
        '<w:del w:id="0" w:author="pvelint" w:date="2026-01-02T03:04:05Z"><w:r><w:rPr><w:b/></w:rPr><w:delText' in xml
    )
    assert '<w:ins w:id="1" w:author="pvelint" w:date="2026-01-02T03:04:05Z"><w:r><w:rPr><w:b/></w:rPr><w:t' in xml
    assert read_docx(copy.data, path="a.docx").blocks[0].text == "The former combatants came."


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("illegal migrants", "irregular migrants", "[illegal]irregular migrants"),
        ("migrants", "people who migrate", "[migrants]people who migrate"),
        ("illegal migrants", "migrants", "[illegal migrants]migrants"),
        ("migrants", "irregular migrants", "[migrants]irregular migrants"),
    ],
)
def test_the_smallest_change_that_is_words_for_words(old: str, new: str, shown: str) -> None:
    copy = annotated(docx(f"<w:p>{RUN.format(f'The {old} came.')}</w:p>"), old, use=new)
    assert commented(copy.data) == [shown]


def test_each_run_is_deleted_for_itself() -> None:
    data = docx(
        f'<w:p>{RUN.format("some ")}<w:bookmarkStart w:id="9" w:name="b"/>'
        "<w:r><w:rPr><w:i/></w:rPr><w:t>longer words</w:t>"
        f'</w:r><w:bookmarkEnd w:id="9"/>{RUN.format(" here")}</w:p>'
    )
    copy = annotated(data, "some longer words", use="good things")
    xml = body_xml(copy.data)
    assert xml.count("<w:del ") == 2
    assert xml.count("<w:ins ") == 1
    assert '<w:bookmarkStart w:id="9" w:name="b"/>' in xml
    assert '<w:rPr><w:i/></w:rPr><w:t xml:space="preserve">good things' in xml


REFUSED = {
    "quotation": RUN.format("He said “bad words” twice."),
    "insertion": f'<w:ins w:id="2" w:author="Ana">{RUN.format("bad words")}</w:ins>',
    "move": f'<w:moveTo w:id="2" w:author="Ana">{RUN.format("bad words")}</w:moveTo>',
    "deletion between": f'{RUN.format("bad")}<w:del w:id="2" w:author="Ana"><w:r><w:delText>x</w:delText></w:r></w:del>'
    f"{RUN.format(' words')}",
    "note": '<w:r><w:t>bad</w:t><w:footnoteReference w:id="4"/><w:t xml:space="preserve"> words</w:t></w:r>',
    "half a link": '<w:r><w:t xml:space="preserve">bad </w:t></w:r>'
    f'<w:hyperlink w:anchor="a">{RUN.format("words")}</w:hyperlink>',
    "bound control": '<w:sdt><w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr><w:sdtContent>'
    f"{RUN.format('bad words')}</w:sdtContent></w:sdt>",
    "hidden": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>bad words</w:t></w:r>",
}


@pytest.mark.parametrize(
    "inner", [v for k, v in REFUSED.items() if k != "address"], ids=[k for k in REFUSED if k != "address"]
)
def test_where_a_change_would_do_harm_there_is_only_a_comment(inner: str) -> None:
    copy = annotated(docx(f"<w:p>{inner}</w:p>"), "bad words")
    assert (copy.comments, copy.changes) == (1, 0)
    assert copy.placed[0].refused


@pytest.mark.parametrize("usage", [UsageKind.QUOTED, UsageKind.NAME, UsageKind.MENTION])
def test_other_peoples_words_are_not_changed(usage: UsageKind) -> None:
    copy = annotated(docx(f"<w:p>{RUN.format('Some bad words')}</w:p>"), "bad words", usage=usage)
    assert copy.changes == 0


def test_suggestions_that_overlap_change_nothing() -> None:
    copy = annotated(docx(f"<w:p>{RUN.format('Some bad words here')}</w:p>"), "bad words", "words here")
    assert (copy.comments, copy.changes) == (2, 0)


@pytest.mark.parametrize(
    ("suggest", "grade", "changes"),
    [("safe", "safe", 1), ("safe", "offer", 0), ("offer", "offer", 1), ("offer", "safe", 1), ("none", "safe", 0)],
)
def test_which_suggestions_become_changes(suggest: str, grade: str, changes: int) -> None:
    options = AnnotateOptions(suggest=Suggest(suggest))
    copy = annotated(docx(f"<w:p>{RUN.format('Some bad words')}</w:p>"), "bad words", grade=grade, options=options)
    assert copy.changes == changes


@pytest.mark.parametrize("harm", ["text", "run", "part"])
def test_a_copy_that_differs_is_not_given(harm: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import pvelint.word.annotate.annotating as annotating

    data = docx(f"<w:p>{RUN.format('Some bad words')}<w:r><w:rPr><w:b/></w:rPr><w:t>!</w:t></w:r></w:p>")
    real = annotating.copy_of

    def harmed(data: bytes, changed: dict[str, bytes], added: dict[str, bytes], *, path: str) -> bytes:
        main = changed["word/document.xml"]
        if harm == "text":
            changed = {**changed, "word/document.xml": main.replace(b"Some", b"Same")}
        elif harm == "run":
            changed = {**changed, "word/document.xml": main.replace(b"<w:b/>", b"<w:i/>")}
        else:
            added = {**added, "word/more.xml": b"<a/>"}
        return real(data, changed, added, path=path)

    monkeypatch.setattr(annotating, "copy_of", harmed)
    with pytest.raises(AnnotateError) as caught:
        annotated(data, "bad words")
    assert caught.value.code == "unsound-copy"
    assert undo_module.prove


def test_a_second_review_adds_nothing_twice() -> None:
    data = docx(f"<w:p>{RUN.format('Some bad words and more')}</w:p>")
    first = annotated(data, "bad words", "more")
    cleaned = without_marks(first.data, path="a.docx")
    assert read_docx(cleaned, path="a.docx").text == read_docx(data, path="a.docx").text
    second = annotated(cleaned, "bad words", "more")
    assert body_xml(second.data) == body_xml(first.data)
    assert without_marks(data, path="a.docx") == data


def test_a_half_accepted_change_stays() -> None:
    first = annotated(docx(f"<w:p>{RUN.format('Some bad words')}</w:p>"), "bad words").data
    root = part(first)
    deletion = next(e for e in root.iter() if str(e.tag).endswith("}del"))
    deletion.getparent().remove(deletion)  # type: ignore[union-attr]
    kept = without_marks(_with_main(first, root), path="a.docx")
    assert read_docx(kept, path="a.docx").text == "Some other wording"


def test_a_comment_that_a_person_wrote_in_stays() -> None:
    first = annotated(docx(f"<w:p>{RUN.format('Some bad words')}</w:p>"), "bad words", use=None).data
    touched = _with(
        first, "word/comments.xml", _text(first, "word/comments.xml").replace("It hurts.", "No: it is the law.")
    )
    kept = without_marks(touched, path="a.docx")
    document = read_docx(kept, path="a.docx")
    assert [(comment.span, comment.rules) for comment in standing(document)] == [(Span(5, 14), ("T501",))]
    assert not document.resolved
    assert not standing(read_docx(without_marks(first, path="a.docx"), path="a.docx"))


def test_two_changes_in_one_paragraph_and_a_joined_one() -> None:
    data = docx(
        '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="Ana"/></w:rPr></w:pPr><w:r><w:t>One bad</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve"> word here</w:t></w:r></w:p>'
    )
    document = read_docx(data, path="a.docx")
    found = [finding(document, 0, Span(4, 12)), on(document, "here")]
    copy = annotate(data, path="a.docx", findings=found, options=OPTIONS)
    assert (copy.comments, copy.changes) == (2, 1)
    assert read_docx(copy.data, path="a.docx").text == "One bad word other wording"


def _text(data: bytes, name: str) -> str:
    return etree.tostring(part(data, name), encoding="unicode")


def _with_main(data: bytes, root: object) -> bytes:
    return _with(data, "word/document.xml", etree.tostring(root, encoding="unicode"))  # type: ignore[call-overload]


def _with(data: bytes, name: str, xml: str) -> bytes:
    from pvelint.word.annotate.writing import copy_of

    return copy_of(data, {name: xml.encode()}, {}, path="a.docx")


@pytest.mark.parametrize(("done", "reply"), [("1", False), ("0", True)])
def test_what_a_person_resolved_or_answered_stays(done: str, reply: bool) -> None:
    first = annotated(docx(f"<w:p>{RUN.format('Some bad words and more')}</w:p>"), "bad words", "more").data
    saved = as_word_saves_it(first, done=done, reply="" if reply else None)
    kept = without_marks(saved, path="a.docx")
    document = read_docx(kept, path="a.docx")
    assert document.text == "Some other wording and more"  # the change under the kept comment is left as well
    assert [(comment.span, comment.rules) for comment in standing(document)] == [(Span(5, 18), ("T501",))]
    assert [(comment.span, comment.rules) for comment in document.resolved] == (
        [(Span(5, 18), ("T501",))] if done == "1" else []
    )
    assert len(part(kept, "word/comments.xml")) == 1 + reply


def test_what_nobody_touched_is_forgotten_everywhere() -> None:
    first = annotated(docx(f"<w:p>{RUN.format('Some bad words and more')}</w:p>"), "bad words", "more").data
    kept = without_marks(as_word_saves_it(first), path="a.docx")
    assert len(part(kept, "word/comments.xml")) == 0
    assert len(part(kept, "word/commentsExtended.xml")) == 0


def test_comments_that_end_inside_a_change_do_not_hide_it() -> None:
    run = '<w:r><w:rPr><w:{}/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    data = docx(f"<w:p>{run.format('b', 'One bad ')}{run.format('i', 'word here')}</w:p>")
    document = read_docx(data, path="a.docx")
    found = [on(document, "bad word", use="new thing"), on(document, "bad ", use=None), on(document, "d w", use=None)]
    copy = annotate(data, path="a.docx", findings=found, options=OPTIONS)
    assert (copy.comments, copy.changes) == (3, 1)
    assert read_docx(without_marks(copy.data, path="a.docx"), path="a.docx").text == "One bad word here"
