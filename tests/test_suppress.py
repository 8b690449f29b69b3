from pathlib import Path
from typing import Any

import pytest

from helpers import concept, knowledge_of
from pvelint import suppress
from pvelint.config import Settings
from pvelint.findings import FileReport
from pvelint.pipeline import check_document
from pvelint.readers import read

TEXT = concept("ship", "old boat", level="warning") + concept(
    "counter", "counter barn", family="framing", extra="  red-line: RL-MESSAGING"
)


def run(text: str, folder: Path, *, name: str = "draft.md", **settings: Any) -> FileReport:
    document = read(name, data=text.encode())
    return check_document(document, settings=Settings(**settings), knowledge=knowledge_of(TEXT, folder))


def test_ignore_with_a_reason_covers_the_next_block(tmp_path: Path) -> None:
    report = run("<!-- pvelint: ignore[T501] the ministry's title -->\n\nAn old boat.\n\nAn old boat.\n", tmp_path)
    assert len(report.findings) == 1
    assert len(report.suppressed) == 1


def test_a_reason_is_required(tmp_path: Path) -> None:
    report = run("<!-- pvelint: ignore[T501] -->\n\nAn old boat.\n", tmp_path)
    assert [(found.rule, found.location.line) for found in report.findings] == [("X003", 1), ("T501", 3)]
    assert "has no reason" in report.findings[0].message


def test_other_ids_are_not_covered(tmp_path: Path) -> None:
    report = run("<!-- pvelint: ignore[S] reason -->\n\nAn old boat.\n", tmp_path)
    assert [found.rule for found in report.findings] == ["X001", "T501"]


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


@pytest.mark.parametrize(
    ("text", "silenced"),
    [
        ("An old boat. An old boat. <!-- pvelint: ignore[T501] it is one -->\n", 1),
        ("An old boat. <!-- pvelint: ignore[T501] it is one --> An old boat.\n", 0),
        ("<!-- pvelint: ignore[T501] it is one --> An old boat. An old boat.\n", 0),
        ("An old boat <!-- pvelint: ignore[T501] it is one --> sank. An old boat.\n", 0),
    ],
)
def test_ignore_in_a_line_covers_its_sentence(text: str, silenced: int, tmp_path: Path) -> None:
    report = run(text, tmp_path)
    assert len(report.suppressed) == 1 and len(report.findings) == 1
    first = report.suppressed[0].location.offset < report.findings[0].location.offset
    assert first is (silenced == 0)
    assert report.suppressed[0].accepted == "it is one"


@pytest.mark.parametrize("name", ["draft.md", "draft.txt", "draft.html"])
def test_suppressions_are_read_in_every_source(name: str, tmp_path: Path) -> None:
    text = "<!-- pvelint: ignore[avoided-term] the ship's own name -->\n\nAn old boat.\n"
    if name.endswith("html"):
        text = text.replace("An old boat.", "<p>An old boat.</p><p>An old boat.</p>")
    else:
        text += "\nAn old boat.\n"
    report = run(text, tmp_path, name=name)
    assert (len(report.findings), len(report.suppressed)) == (1, 1)


def test_an_unclosed_range_is_a_finding_and_still_holds(tmp_path: Path) -> None:
    report = run("<!-- pvelint: disable[T] annex -->\n\nAn old boat.\n", tmp_path)
    assert [found.rule for found in report.findings] == ["X002"]
    assert [found.rule for found in report.suppressed] == ["T501"]


def test_a_suppression_that_covers_nothing_is_a_finding(tmp_path: Path) -> None:
    report = run("<!-- pvelint: ignore[T501, S] both -->\n\nAn old boat.\n", tmp_path)
    assert [(found.rule, found.message) for found in report.findings] == [
        ("X001", "Nothing here needs the suppression of S.")
    ]


def test_a_suppression_of_a_rule_that_was_not_run_is_no_finding(tmp_path: Path) -> None:
    text = "<!-- pvelint: ignore[T501] the title -->\n\nA new barn.\n"
    assert [found.rule for found in run(text, tmp_path).findings] == ["X001"]
    assert not run(text, tmp_path, select=("S", "X")).findings
    assert not run(text, tmp_path, ignore=("X001",)).findings


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("ingore[T501] reason", "Did you mean 'ignore'?"),
        ("ignore reason", "names no rule"),
        ("ignore[] reason", "names no rule"),
        ("ignore[T999] reason", "no rule 'T999'"),
        ("ignore[T501:shipp] reason", "Did you mean 'ship'?"),
        ("enable[T501]", "nothing begins"),
        ("", "is no suppression"),
    ],
)
def test_a_faulty_suppression_is_a_finding_that_says_how_to_mend_it(comment: str, told: str, tmp_path: Path) -> None:
    report = run(f"A new barn.\n\n<!-- pvelint: {comment} -->\n\nA new barn.\n", tmp_path)
    assert [found.rule for found in report.findings] == ["X003"]
    found = report.findings[0]
    assert told in " ".join((found.message, *found.advice)) and found.location.line == 3


def test_file_ignore_counts_in_the_first_block_only(tmp_path: Path) -> None:
    comment = "<!-- pvelint: file-ignore[T] an annex -->"
    assert not run(f"---\ntitle: Boats\n---\n\n{comment}\n\nAn old boat.\n", tmp_path).findings
    late = run(f"A new barn.\n\n{comment}\n\nAn old boat.\n", tmp_path)
    assert [found.rule for found in late.findings] == ["X003", "T501"]


def test_other_comments_and_code_are_left_alone(tmp_path: Path) -> None:
    text = "<!-- a note on pvelint: it works -->\n\n```\n<!-- pvelint: nonsense -->\n```\n\nA new barn.\n"
    assert not run(text, tmp_path).findings


def test_many_comments_and_findings_take_linear_work(tmp_path: Path) -> None:
    """Counted, not timed: how many suppressions are compared with findings."""
    asked = 0
    real = suppress.fits

    def counting(code: str, **words: Any) -> bool:
        nonlocal asked
        asked += 1
        return real(code, **words)

    text = "".join(f"An old boat. <!-- pvelint: ignore[T501] number {n} -->\n\n" for n in range(400))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suppress, "fits", counting)
        report = run(text, tmp_path)
    assert (len(report.findings), len(report.suppressed)) == (0, 400)
    assert asked <= 800
