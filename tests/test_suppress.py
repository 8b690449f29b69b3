from pathlib import Path

from helpers import concept, knowledge_of
from pvelint.config import Settings
from pvelint.findings import FileReport
from pvelint.pipeline import check_document
from pvelint.readers import read

TEXT = concept("ship", "old boat", level="warning") + concept(
    "counter", "counter barn", family="framing", extra="  red-line: RL-MESSAGING"
)


def run(markdown: str, folder: Path) -> FileReport:
    document = read("draft.md", data=markdown.encode())
    return check_document(document, settings=Settings(), knowledge=knowledge_of(TEXT, folder))


def test_ignore_with_a_reason_covers_the_next_block(tmp_path: Path) -> None:
    report = run("<!-- pvelint: ignore[T501] the ministry's title -->\n\nAn old boat.\n\nAn old boat.\n", tmp_path)
    assert len(report.findings) == 1
    assert len(report.suppressed) == 1


def test_a_reason_is_required(tmp_path: Path) -> None:
    assert len(run("<!-- pvelint: ignore[T501] -->\n\nAn old boat.\n", tmp_path).findings) == 1


def test_other_ids_are_not_covered(tmp_path: Path) -> None:
    assert len(run("<!-- pvelint: ignore[S] reason -->\n\nAn old boat.\n", tmp_path).findings) == 1


def test_a_range_ends_where_it_is_enabled(tmp_path: Path) -> None:
    text = "<!-- pvelint: disable[T] annex -->\n\nAn old boat.\n\n<!-- pvelint: enable[T] -->\n\nAn old boat.\n"
    report = run(text, tmp_path)
    assert (len(report.findings), len(report.suppressed)) == (1, 1)


def test_a_red_line_stays_as_an_accepted_exception(tmp_path: Path) -> None:
    report = run(
        "<!-- pvelint: file-ignore[C,T] donor's annex -->\n\nWe built a counter barn and an old boat.\n",
        tmp_path,
    )
    assert [(finding.rule, finding.accepted) for finding in report.findings] == [("C200", "donor's annex")]
    assert [finding.rule for finding in report.suppressed] == ["T501"]
