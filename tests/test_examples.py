"""The drafts of ``examples/``: what is found in them, what is left, and that each suggestion settles its finding."""

from __future__ import annotations

import re
import runpy
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from pvelint.__main__ import main
from pvelint.config import Config
from pvelint.document import Block, OffsetMap, Span
from pvelint.findings import FileReport, Finding
from pvelint.office import Office
from pvelint.pipeline import KnowledgeStore, Options, check_document, check_file
from pvelint.readers import read

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"

#: Per draft: rule, words, and the level. Of an image only its own word: how much of the phrase goes with it
#: is for the examples of the lexicon to say.
IMAGES = ("hotbed", "breeding ground")
EXPECTED = {
    "proposal.docx": {
        ("T501", "influx of refugees", "suggestion"),
        ("S100", "hotbed", "error"),
        ("T501", "illegal migrants", "warning"),  # a politician's words, one level lower
        ("C200", "Countering Violent Extremism", "error"),  # a heading
        ("T501", "Countering Violent Extremism", "error"),
        ("C200", "counter-narratives", "error"),
        ("C200", "win hearts and minds", "error"),
        ("S100", "Radicalized youth", "error"),  # a table cell
        ("T501", "Ex-combatants", "suggestion"),  # a table cell
        ("T501", "root causes of violent extremism", "suggestion"),
    },
    "donor-report.docx": {
        ("C200", "Winning Hearts and Minds", "error"),  # a heading
        ("S100", "breeding ground", "error"),
        ("S100", "ISIS brides", "error"),
        ("T501", "deradicalization", "warning"),
        ("S100", "radicalized woman", "error"),  # a footnote
        ("T501", "Illegal migrants", "error"),  # a table cell
        ("M310", "alternative to irregular migration and radicalization", "error"),
        ("S100", "tide", "warning"),  # a politician's words, one level lower
    },
    "press-release.md": {
        ("S100", "Flood", "error"),  # the title, with capitals
        ("T501", "an illegal migrant", "error"),  # with its article
        ("T501", "Illegal migrants", "error"),  # at the start of a sentence
        ("T501", "illegal migrants", "error"),  # in the text for a picture
        ("T501", "failed asylum seeker", "warning"),  # a footnote
    },
    "field-flyer.txt": {
        ("T502", "preventing violent extremism", "warning"),
        ("T502", "Beneficiaries", "suggestion"),
        ("T502", "IDPs", "suggestion"),
        ("T502", "sensitization session", "suggestion"),
    },
}

#: Words that look like findings and are none.
LEFT = {
    "proposal.docx": (
        "people who fled attacks by violent extremist groups",
        "floods of 2023",
        "a flood of donations",
        "radical reform",
        "the claim that refugees bring extremism with them",
        "the first victims of the attacks",
        "Global Counterterrorism Forum",
        "former fighters",
        "young men from the camp say they are stopped for their accent",
        "does not undertake counter-messaging",
        "We avoid the term “deradicalization”",
        "Islamic Development Bank",
        "fighting cholera and rumours",
        "wave of returns in 2024",
        "Participants are called informers",
    ),
    "donor-report.docx": (
        "victims of violent extremism",
        "Return of women and children",
        "do not support the claim that poverty breeds terrorism",
        "Border Security Act",
        "has stopped speaking of “terrorist families” and of “hotbeds”",
        "United Nations Office of Counter-Terrorism",
        "Muslim Women’s Association",
        "Counter-narratives can put staff and neighbours at risk",
        "the stream of visitors to the repaired mosque",
    ),
    "press-release.md": (
        "people who fled the shelling",
        "mosques, churches and the rowing club",
        "A flood of donations",
        "claimed that terrorists pose as refugees. The claim is false",
        "does not engage in counter-messaging",
        'not to use the term "human cargo"',
        '"an invasion of migrants will empty our clinics". That is false',
        "Islamic Development Bank",
        "Act on Illegal Entry and Stay of 1998",
    ),
    "field-flyer.txt": ("people from both shores", "from the camp and from the town", "take no photographs"),
}


@cache
def report(name: str) -> FileReport:
    return check_file(str(EXAMPLES / name), options=Options(), config=Config.load(), store=_STORE)


_STORE = KnowledgeStore()


def image_of(text: str) -> str:
    """The image in these words, or else the words."""
    return next((image for image in IMAGES if image in text), text)


def blocks(name: str) -> tuple[Block, ...]:
    document = report(name).document
    assert document is not None
    return document.blocks


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_found(name: str) -> None:
    found = [(finding.rule, image_of(finding.text), finding.level.value) for finding in report(name).findings]
    assert sorted(found) == sorted(EXPECTED[name])


@pytest.mark.parametrize(("name", "words"), [(name, words) for name in LEFT for words in LEFT[name]])
def test_what_is_left(name: str, words: str) -> None:
    places = [
        (index, Span(hit.start(), hit.end()))
        for index, block in enumerate(blocks(name))
        for hit in re.finditer(re.escape(words), block.text)
    ]
    assert places, "the draft no longer says this"
    for index, span in places:
        assert not [f.text for f in report(name).findings if f.block == index and f.span.overlaps(span)]


def test_readers_and_types() -> None:
    read_for = {name: (report(name).tier, report(name).type) for name in EXPECTED}
    assert read_for == {
        "proposal.docx": ("donor", "proposal"),
        "donor-report.docx": ("donor", "report"),
        "press-release.md": ("donor", "press"),
        "field-flyer.txt": ("field", "flyer"),
    }
    assert all(report(name).not_checked == () for name in EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_suggestions_settle_the_finding(name: str) -> None:
    for finding in report(name).findings:
        for suggestion in finding.suggestions:
            assert found_again(name, finding, suggestion.text) == [], suggestion.text


def found_again(name: str, finding: Finding, words: str) -> list[str]:
    """What is found at the place of a finding after these words were put in."""
    document = report(name).document
    assert document is not None
    block = document.blocks[finding.block]
    text = block.text[: finding.span.start] + words + block.text[finding.span.end :]
    corrected = replace(
        block, text=text, offsets=OffsetMap.shifted(len(text), 0), protected=(), emphasis=(), anchors=()
    )
    changed = replace(
        document,
        blocks=(*document.blocks[: finding.block], corrected, *document.blocks[finding.block + 1 :]),
    )
    path = str(EXAMPLES / name)
    settings = Config.load().for_file(path).with_document(document.properties)
    again = check_document(changed, settings=settings, knowledge=_STORE.get(None, Office()))
    place = Span(finding.span.start, finding.span.start + len(words))
    return [f.text for f in again.findings if f.block == finding.block and f.span.overlaps(place)]


def test_articles_and_capitals_of_suggestions() -> None:
    first = {f.text: f.suggestions[0].text for f in report("press-release.md").findings}
    assert first["Flood"] == "Large Number"
    assert first["Illegal migrants"] == "Irregular migrants"
    assert first["an illegal migrant"] == "an irregular migrant"


def test_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EXAMPLES), "--fail-on", "never"]) == 0
    shown = capsys.readouterr().out
    assert "Checked: 4 files" in shown
    assert main(["check", str(EXAMPLES), "--quiet"]) == 1


@pytest.mark.parametrize(("maker", "name"), [("proposal", "proposal.docx"), ("report", "donor-report.docx")])
def test_word_drafts_are_those_of_the_script(maker: str, name: str, tmp_path: Path) -> None:
    make = runpy.run_path(str(ROOT / "tools" / "make_examples.py"))[maker]
    first, second = tmp_path / "first.docx", tmp_path / "second.docx"
    make().save(first)
    make().save(second)
    assert first.read_bytes() == second.read_bytes()
    made, kept = read(first), read(EXAMPLES / name)
    assert [(block.kind, block.part, block.text) for block in made.blocks] == [
        (block.kind, block.part, block.text) for block in kept.blocks
    ]
    assert made.properties == kept.properties
