"""CriticMarkup copies: what is certain is marked, nothing is misread, and undoing gives the draft back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import concept, knowledge_of
from pvelint.config import Settings
from pvelint.critic import diff, marked_up, suggested, without_marks
from pvelint.document import Document
from pvelint.findings import Finding
from pvelint.knowledge import Knowledge
from pvelint.pipeline import check_document
from pvelint.readers import read

MARK = re.compile(r"pvelint [A-Z]\d{3}(, [A-Z]\d{3})* \([0-9a-f]{8}\)<<\}")


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return knowledge_of(concept("ship", "old boat"), tmp_path_factory.mktemp("lexicon"))


def found(text: str, knowledge: Knowledge, name: str = "a.md") -> tuple[Document, tuple[Finding, ...]]:
    document = read(name, data=text.encode())
    report = check_document(document, settings=Settings(), knowledge=knowledge)
    return document, report.findings


def copy(text: str, knowledge: Knowledge, *, name: str = "a.md", suggest: str = "offer") -> str:
    document, findings = found(text, knowledge, name)
    assert findings
    return marked_up(document, findings, suggest=suggest, sources={"000": "A briefing note"})


def accepted(text: str) -> str:
    """What a CriticMarkup processor makes of a text when everything is accepted, found without the product."""
    text = re.sub(r"\{>>.*?<<\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{~~.*?~>(.*?)~~\}", r"\1", text, flags=re.DOTALL)
    return re.sub(r"\{==(.*?)==\}", r"\1", text, flags=re.DOTALL)


def test_a_replacement_and_why(knowledge: Knowledge) -> None:
    text = copy("An old boat came.\n", knowledge)
    assert text.startswith("{~~An old boat~>A better ship~~}{>>")
    for part in ("Because.", "A briefing note", "Marked as a change: accept or reject it."):
        assert part in text
    assert MARK.search(text)
    assert text.endswith("<<} came.\n")
    assert accepted(text) == "A better ship came.\n"


def test_without_a_replacement_the_words_are_highlighted(knowledge: Knowledge) -> None:
    text = copy("An old boat came.\n", knowledge, suggest="none")
    assert text.startswith("{==An old boat==}{>>")
    assert 'write "A better ship"' in text


LEFT = {
    "existing comment": "A {>>note on an old boat<<} here.\n",
    "existing deletion": "An {--old boat--} here.\n",
    "existing substitution": "An {~~old boat~>ship~~} here.\n",
    "bare bracket": "An [old boat] here.\n\n[old boat]: https://example.org\n",
    "image": "![An old boat](a.png) here.\n",
    "tags inside": 'An <b class="y">old</b> boat here.\n',
    "emphasis inside": "An *old* boat here.\n",
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT.keys())
def test_where_a_mark_could_be_misread_a_remark_follows(text: str, knowledge: Knowledge) -> None:
    document, findings = found(text, knowledge)
    assert findings
    marked = marked_up(document, findings, suggest="offer")
    assert "old boat~>better" not in marked
    assert "{==old boat==}" not in marked
    assert re.sub(r"\s*\{>>(?:(?!<<\}).)*pvelint T\d{3} \([0-9a-f]{8}\)<<\}", "", marked).rstrip() == text.rstrip()
    assert without_marks(marked) == text


def test_code_is_left_alone(knowledge: Knowledge) -> None:
    code = "```\nan old boat\n```\n\nUse `old boat` here.\n\n    an old boat\n"
    text = copy(f"An old boat.\n\n{code}", knowledge)
    assert text.endswith(code)


def test_front_matter_stays_readable_by_machines(knowledge: Knowledge) -> None:
    source = "---\ntitle: An old boat\n---\n\nBody.\n"
    document, findings = found(source, knowledge)
    if not findings:
        pytest.skip("front matter is not checked")
    marked = marked_up(document, findings, suggest="offer")
    assert marked.startswith(source)
    assert "In the front matter, line 2: “An old boat”" in marked
    assert without_marks(marked) == source


def test_remarks_on_suppressions_leave_them_as_they_are(knowledge: Knowledge) -> None:
    source = "<!-- pvelint: ignore[T501] not needed -->\n\nAll is well.\n"
    document, findings = found(source, knowledge)
    assert [finding.rule for finding in findings] == ["X001"]
    marked = marked_up(document, findings, suggest="offer")
    assert marked.startswith(f"{source}\n\n{{>>Line 1: Nothing here needs the suppression of T501.")
    assert without_marks(marked) == source
    assert suggested(document, findings, suggest="offer") == source


def test_a_table_keeps_its_cells(knowledge: Knowledge) -> None:
    source = "| a | b |\n| --- | --- |\n| an old boat | c |\n"
    document, findings = found(source, knowledge)
    (finding,) = findings
    line = marked_up(document, findings, suggest="offer").splitlines()[2]
    assert line.count("|") == 3
    assert finding.text == "an old boat"


@pytest.mark.parametrize("source", ['The minister said: "It was an old boat."\n', "> It was an old boat.\n"])
def test_quotations_are_not_changed(knowledge: Knowledge, source: str) -> None:
    text = copy(source, knowledge)
    assert "~>" not in text
    assert "old boat==}{>>" in text
    document, findings = found(source, knowledge)
    assert suggested(document, findings, suggest="offer") == source


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_second_review_adds_nothing_twice(knowledge: Knowledge, ending: str) -> None:
    source = f"An old boat.{ending}{ending}Two old boats and *old* boats.{ending}"
    once = copy(source, knowledge)
    assert without_marks(once) == source
    assert copy(without_marks(once), knowledge) == once


def test_what_a_person_wrote_in_a_remark_stays(knowledge: Knowledge) -> None:
    once = copy("An old boat.\n\nAn old boat.\n", knowledge, suggest="none")
    touched = once.replace("Because.", "No: it is its name.", 1)
    cleaned = without_marks(touched)
    assert cleaned.count("{>>") == 1
    assert "No: it is its name." in cleaned
    again = copy(cleaned, knowledge, suggest="none")
    assert again.count("{>>") == 2
    assert "No: it is its name." in again


def test_the_suggested_text_and_its_diff(knowledge: Knowledge) -> None:
    source = "Head.\n\nAn old boat came.\n\nThe end.\n"
    document, findings = found(source, knowledge)
    assert suggested(document, findings, suggest="offer") == source.replace("An old boat", "A better ship")
    assert suggested(document, findings, suggest="none") == source
    lines = list(diff(document, findings, suggest="offer", path="a.md"))
    assert lines[:2] == ["--- a.md", "+++ a.md (suggested)"]
    assert [line for line in lines[2:] if line[0] in "+-"] == ["-An old boat came.", "+A better ship came."]
    assert not list(diff(document, findings, suggest="none", path="a.md"))


PIECES = st.lists(
    st.sampled_from(
        ["An old boat came.", "old boats", "*old* boat", "[old boat](x)", "[old boat]", "{--", "--}", "{>>", "<<}",
         "{~~", "~>", "~~}", "`old boat`", "> old boat", "\n\n", "\n", " ", "é", "# old boat", "- old boat",
         "| old boat |", "---\n", "pvelint T501 (00000000)", "<b>old boat</b>", "![old boat](a)"]
    ),
    max_size=14,
)  # fmt: skip


def test_undoing_gives_the_draft_back_whatever_it_holds(knowledge: Knowledge) -> None:
    @settings(deadline=None)
    @given(PIECES)
    def comes_back(pieces: list[str]) -> None:
        source = "".join(pieces)
        for name, suggest in (("a.md", "offer"), ("a.txt", "none")):
            document, findings = found(source, knowledge, name)
            assert without_marks(marked_up(document, findings, suggest=suggest)) == document.text

    comes_back()


def test_the_example_drafts_come_back(tmp_path: Path) -> None:
    from helpers import whole

    folder = Path(__file__).parent / "documents"
    total = 0
    for path in sorted(folder.glob("*.md"))[:3]:
        document = read(path)
        report = check_document(document, settings=Settings(), knowledge=whole())
        marked = marked_up(document, report.findings, suggest="offer")
        total += len(report.findings)
        assert without_marks(marked) == document.text
        assert accepted(marked) == suggested(document, report.findings, suggest="offer")
    assert total
