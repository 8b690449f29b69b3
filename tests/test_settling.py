"""Settling inside Word: what people write, answer and resolve there counts in every later run."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from annotate_fixtures import OPTIONS, as_word_saves_it, comments_of
from docx_fixtures import docx, root
from helpers import concept, knowledge_of
from pvelint.config import Settings
from pvelint.findings import Family, FileReport
from pvelint.knowledge import Knowledge
from pvelint.pipeline import check_document
from pvelint.readers.docx import read_docx
from pvelint.suppress import is_about
from pvelint.word.annotate import annotate, standing, without_marks
from pvelint.word.annotate.writing import copy_of

RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
PARAGRAPH = f"<w:p>{RUN}</w:p>"
NO_USE = "use: []"


@pytest.fixture
def knowledge(tmp_path: Path) -> Knowledge:
    text = concept("ship", "old boat", more=NO_USE) + concept(
        "barn", "counter barn", family="framing", more=NO_USE, extra="  red-line: RL-MESSAGING"
    )
    return knowledge_of(text, tmp_path)


def check(data: bytes, knowledge: Knowledge) -> FileReport:
    """The report without the program's own remarks on suppressions."""
    report = check_document(read_docx(data, path="a.docx"), settings=Settings(), knowledge=knowledge)
    return replace(report, findings=tuple(f for f in report.findings if f.family is not Family.TOOL))


def commented(inner: str, said: str, more: str = "") -> bytes:
    """A document with a person's comment 0; ``inner`` has its marks."""
    comment = f'<w:comment w:id="0" w:author="Ana"><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:comment>'
    return docx(inner + more, parts={"comments.xml": root("w:comments", comment)})


def ranged(inner: str) -> str:
    end = '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    return f'<w:commentRangeStart w:id="0"/>{inner}{end}'


def reviewed(data: bytes, knowledge: Knowledge) -> bytes:
    """A copy as a review makes it."""
    return annotate(data, path="a.docx", findings=check(data, knowledge).findings, options=OPTIONS).data


@pytest.mark.parametrize("said", ["pvelint: ignore[T501] the ship's name", "Pvelint: Ignore [t501, S] its name"])
def test_a_comment_on_the_words_settles_them(knowledge: Knowledge, said: str) -> None:
    other = PARAGRAPH.format("Another old boat.")
    report = check(
        commented(f"<w:p>{RUN.format('An ')}{ranged(RUN.format('old'))}{RUN.format(' boat.')}</w:p>", said, other),
        knowledge,
    )
    assert [finding.sentence for finding in report.findings] == ["Another old boat."]
    assert [finding.accepted for finding in report.suppressed] == [said.partition("] ")[2]]


def test_a_comment_on_a_whole_paragraph_covers_that_paragraph_only(knowledge: Knowledge) -> None:
    other = PARAGRAPH.format("The old boat left.")
    data = commented(f"<w:p>{ranged(RUN.format('An old boat.'))}</w:p>", "pvelint: ignore[T501] a name", other)
    report = check(data, knowledge)
    assert [finding.sentence for finding in report.findings] == ["The old boat left."]
    assert [finding.sentence for finding in report.suppressed] == ["An old boat."]


def test_a_comment_without_a_range_covers_its_paragraph(knowledge: Knowledge) -> None:
    point = '<w:r><w:commentReference w:id="0"/></w:r>'
    other = PARAGRAPH.format("The old boat left.")
    data = commented(f"<w:p>{RUN.format('An old boat.')}{point}</w:p>", "pvelint: ignore[T] a name", other)
    assert [finding.sentence for finding in check(data, knowledge).findings] == ["The old boat left."]


@pytest.mark.parametrize("said", ["pvelint: ignore[T501]", "ignore[T501] reason", "pvelint: ignore[S] reason", "Why?"])
def test_other_comments_settle_nothing(knowledge: Knowledge, said: str) -> None:
    report = check(commented(f"<w:p>{ranged(RUN.format('An old boat.'))}</w:p>", said), knowledge)
    assert (len(report.findings), len(report.suppressed)) == (1, 0)


def test_an_answer_that_says_so_settles(knowledge: Knowledge) -> None:
    copy = reviewed(docx(PARAGRAPH.format("An old boat.")), knowledge)
    answered = as_word_saves_it(copy, reply="pvelint: ignore[T501] the ship's name")
    for data in (answered, without_marks(answered, path="a.docx")):
        report = check(data, knowledge)
        assert not report.findings
        assert [finding.accepted for finding in report.suppressed] == ["the ship's name"]


def test_our_own_comment_settles_nothing_before_a_person_resolves_it(knowledge: Knowledge) -> None:
    copy = reviewed(docx(PARAGRAPH.format("An old boat.")), knowledge)
    assert len(check(copy, knowledge).findings) == 1
    report = check(as_word_saves_it(copy, done="1"), knowledge)
    assert not report.findings
    assert [finding.accepted for finding in report.suppressed] == ["resolved in Word"]


def test_a_red_line_needs_a_reason(knowledge: Knowledge) -> None:
    copy = reviewed(docx(PARAGRAPH.format("We built a counter barn.")), knowledge)
    (found,) = check(as_word_saves_it(copy, done="1"), knowledge).findings
    assert found.accepted is None
    (found,) = check(as_word_saves_it(copy, done="1", reply="The donor&apos;s title."), knowledge).findings
    assert found.accepted == "The donor's title."


NOTES = root("w:footnotes", f'<w:footnote w:id="2"><w:p>{RUN.format("A noted old boat.")}</w:p></w:footnote>')


def test_resolving_a_comment_that_stands_elsewhere_settles_the_words_it_quotes(knowledge: Knowledge) -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p>{RUN.format('Body')}{reference}</w:p>"
    resolved = as_word_saves_it(reviewed(docx(body, parts={"footnotes.xml": NOTES}), knowledge), done="1")
    assert comments_of(resolved)[0][0].startswith("In footnote 1: “A noted old boat.”.")
    assert not check(resolved, knowledge).findings
    (aside,) = check(resolved, knowledge).suppressed
    assert aside.location.part == "footnotes"


def test_an_answer_without_a_verdict_leaves_the_finding_but_adds_no_second_comment(knowledge: Knowledge) -> None:
    copy = reviewed(docx(PARAGRAPH.format("An old boat.")), knowledge)
    cleaned = without_marks(as_word_saves_it(copy, reply="Who says so?"), path="a.docx")
    report = check(cleaned, knowledge)
    (found,) = report.findings
    assert report.document is not None
    (kept,) = standing(report.document)
    assert is_about(kept, found, report.document.blocks[found.block])


def test_somebody_elses_resolved_comment_settles_nothing(knowledge: Knowledge) -> None:
    copy = reviewed(docx(PARAGRAPH.format("An old boat.")), knowledge)
    resolved = as_word_saves_it(copy, done="1")
    document = read_docx(resolved, path="a.docx")
    assert len(document.resolved) == 1
    with zipfile.ZipFile(io.BytesIO(resolved)) as archive:
        xml = archive.read("word/comments.xml").replace(b'w:author="pvelint"', b'w:author="Ben"')
    other = copy_of(resolved, {"word/comments.xml": xml}, {}, path="a.docx")
    assert not read_docx(other, path="a.docx").resolved
    assert len(check(other, knowledge).findings) == 1


def test_a_remark_on_a_suppression_gets_its_comment_at_the_paragraph(knowledge: Knowledge) -> None:
    data = commented(f"<w:p>{ranged(RUN.format('All is well.'))}</w:p>", "pvelint: ignore[T501] not needed")
    report = check_document(read_docx(data, path="a.docx"), settings=Settings(), knowledge=knowledge)
    (remark,) = report.findings
    assert remark.rule == "X001"
    copy = annotate(data, path="a.docx", findings=report.findings, options=OPTIONS)
    assert copy.comments == 1
    assert comments_of(copy.data)[1][0] == "In a comment here: Nothing here needs the suppression of T501."
    nowhere = replace(remark, block=-1)
    assert annotate(data, path="a.docx", findings=[nowhere], options=OPTIONS).not_anchored[0][0] is nowhere
