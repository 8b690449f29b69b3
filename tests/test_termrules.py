"""Which rule, level and words a term gives, and acronyms at their first use."""

from pathlib import Path

import pytest

from helpers import check, concept, knowledge_of, name, whole
from pvelint.config import Settings
from pvelint.document import Block, BlockKind, Document, OffsetMap
from pvelint.findings import FileReport, Level, Tier
from pvelint.pipeline import check_document


def document(*texts: str) -> Document:
    blocks, base = [], 0
    for number, text in enumerate(texts, 1):
        blocks.append(
            Block(text=text, kind=BlockKind.PARAGRAPH, offsets=OffsetMap.shifted(len(text), base), number=number)
        )
        base += len(text) + 1
    return Document("x", "text", "\n".join(texts), tuple(blocks))


def run(*texts: str, tier: Tier = Tier.DONOR) -> FileReport:
    return check_document(document(*texts), settings=Settings(tier=tier), knowledge=whole())


@pytest.mark.parametrize(
    ("family", "rule"),
    [("stigma", "S100"), ("framing", "C200"), ("conflation", "M300"), ("causes", "K400"), ("terminology", "T501")],
)
def test_the_family_gives_the_rule(family: str, rule: str, tmp_path: Path) -> None:
    found = check("We saw a barn.", knowledge_of(concept("x", "barn", family=family), tmp_path)).findings
    assert [finding.rule for finding in found] == [rule]


def test_a_term_avoided_for_one_reader_is_of_the_wrong_tier(tmp_path: Path) -> None:
    text = concept("x", "barn").replace(
        "preferred: [plain x]}", "preferred: [plain x], avoided: [{term: byre, level: warning}]}"
    )
    knowledge = knowledge_of(text, tmp_path)
    assert [finding.rule for finding in check("A byre.", knowledge, tier=Tier.FIELD).findings] == ["T502"]
    assert not check("A byre.", knowledge).findings


def test_also_gives_a_finding_of_each_family(tmp_path: Path) -> None:
    found = check(
        "A barn.", knowledge_of(concept("x", "barn", family="framing", extra="  also: [terminology]"), tmp_path)
    )
    assert [finding.rule for finding in found.findings] == ["C200", "T501"]
    assert len({finding.fingerprint for finding in found.findings}) == 2


def test_the_longest_match_wins(tmp_path: Path) -> None:
    knowledge = knowledge_of(concept("x", "barn") + concept("y", "barn door", level="warning"), tmp_path)
    assert [finding.concept for finding in check("A barn door.", knowledge).findings] == ["y"]


def test_approved_terms_and_names_shield_what_is_inside(tmp_path: Path) -> None:
    text = concept("x", "barn") + concept("z", "shed").replace("preferred: [better z]", "preferred: [barn swallow]")
    knowledge = knowledge_of(text, tmp_path, names=(name("Barn Committee"), name("Barn", "group")))
    assert not check("Two barn swallows flew.", knowledge).findings
    assert not check("The Barn Committee met.", knowledge).findings
    assert check("The barn committee met.", knowledge).findings
    assert check("They met the Barn.", knowledge).findings


@pytest.mark.parametrize(
    "text",
    [
        "Old-barn",
        "old barn",
        "OLD BARN",
        "Old Barns",
        "old\u2011barn",
        "old\u00a0barn",
        "o\u00adld barn",
        "old- barn",
        "old barn's",
    ],
)
def test_variants_of_writing(text: str, tmp_path: Path) -> None:
    assert check(f"See the {text} there.", knowledge_of(concept("x", "old barn"), tmp_path)).findings


def test_a_word_cut_at_the_line_end_is_found(tmp_path: Path) -> None:
    assert check("The radicali-zation of farms", knowledge_of(concept("x", "radicalization"), tmp_path)).findings


def test_spelling_does_not_matter(tmp_path: Path) -> None:
    knowledge = knowledge_of(concept("x", "radicalization centre"), tmp_path)
    assert check("A radicalisation center.", knowledge).findings


def test_quotations_are_lowered_and_not_corrected() -> None:
    (finding,) = run('"Illegal migrants must go," said the mayor.').findings
    assert finding.usage.kind.value == "quoted"
    assert finding.level is Level.WARNING
    assert not finding.suggestions
    assert "paraphrase" in finding.advice[0]


def test_protected_words_are_never_found() -> None:
    from pvelint.readers import read

    draft = b"See `illegal migrants` and https://example.org/illegal-migrants and illegal-migrants.docx.\n"
    report = check_document(read("a.md", data=draft), settings=Settings(), knowledge=whole())
    assert not report.findings


LONG = " ".join(["The team met the elders and planned the work for the year with care."] * 12)


def test_an_acronym_is_written_out_at_its_first_use() -> None:
    found = run(LONG, "The SSR work goes on. SSR is slow.").findings
    assert [(finding.rule, finding.text) for finding in found] == [("T504", "SSR")]


def test_written_out_acronyms_are_left() -> None:
    assert not run(LONG, "Security sector reform (SSR) goes on.", "SSR is slow.").findings
    assert not run(LONG, "SSR (security sector reform) goes on.").findings


def test_a_sentence_has_no_first_use() -> None:
    assert not run("The SSR work goes on.").findings


def test_field_text_avoids_acronyms() -> None:
    found = run("The GBV team comes on Monday.", tier=Tier.FIELD).findings
    assert [(finding.rule, finding.text) for finding in found] == [("T505", "GBV")]


def test_fingerprints_do_not_depend_on_the_place() -> None:
    one = run("Illegal migrants came.").findings[0]
    two = run("First.", "Illegal migrants came.").findings[0]
    assert one.fingerprint == two.fingerprint
    assert one.location.offset != two.location.offset


def test_equal_sentences_have_ordinals() -> None:
    found = run("Illegal migrants came.", "Illegal migrants came.").findings
    assert len({finding.fingerprint for finding in found}) == 2
