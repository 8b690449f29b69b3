"""The report for people: 80 columns, the right words underlined, nothing that steers a terminal."""

from __future__ import annotations

import io

import pytest

from pvelint.document import Span
from pvelint.findings import Family, Level, RunReport, Suggestion, Usage, UsageKind
from pvelint.report.concise import concise
from pvelint.report.text import TextOptions, write_text
from pvelint.report.words import REPLACEMENT, Surface, cells, marked_lines, wrap
from report_fixtures import document, file_report, finding, full_report, run_report


def shown(report: RunReport, *, encoding: str = "utf-8", **options: object) -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="\n")  # strict: any slip raises
    write_text(report, stream, TextOptions(**options))  # type: ignore[arg-type]
    stream.flush()
    return stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]


def test_an_entry_shows_position_sentence_underline_message_and_use() -> None:
    source = document(
        "Our CVE project will reach twelve districts.",
        form="word",
        path="drafts/proposal.docx",
        place="paragraph 12",
        heading="Background",
    )
    found = finding(
        source,
        "CVE",
        rule="C200",
        name="confrontational-term",
        family=Family.FRAMING,
        message='"CVE" names our own work; say "PVE" to this reader.',
        suggestions=(Suggestion("PVE", "safe"), Suggestion("preventing violent extremism", "safe")),
    )
    assert shown(run_report(file_report(source, found))).splitlines()[:8] == [
        "drafts/proposal.docx  (for: donor)",
        "",
        '  error  C200 confrontational-term   paragraph 12, under "Background"',
        "    Our CVE project will reach twelve districts.",
        "        ^^^",
        '    "CVE" names our own work; say "PVE" to this reader.',
        "    use: PVE / preventing violent extremism",
        "",
    ]


def test_text_files_are_located_by_line_and_column() -> None:
    source = document("One.\nTwo bad words.")
    assert "line 2, column 5" in shown(run_report(file_report(source, finding(source, "bad"))))


def test_same_words_make_one_entry_with_all_rules() -> None:
    text = shown(full_report())
    # once for the two rules on one term, once for CVE, once in the other file
    assert text.count("The minister spoke of illegal migrants who") == 3
    assert "S100: " in text and "T501: " in text
    assert text.count("use: irregular migrants") == 1


def test_quotation_hidden_text_and_exceptions_are_said() -> None:
    text = shown(full_report())
    for words in (
        "in a quotation",
        "hidden text",
        "accepted exception: the donor's title",
        "advice: Add context.",
    ):
        assert words in text


def test_why_and_source_come_on_demand() -> None:
    assert "why:" not in shown(full_report())
    text = shown(full_report(), explain=True, definition=lambda concept, tier: "A meaning.")
    for words in (
        "why: A person is not illegal.",
        "source: 001",
        'because of "spoke of"',
        "concept: illegal-migrant. A meaning.",
    ):
        assert words in text


def test_the_summary_tells_counts_and_what_was_not_done() -> None:
    text = " ".join(shown(full_report()).split())
    for words in (
        "Checked: 2 files",
        "terminology",
        "stigma",
        "Not checked:",
        "image 1",
        "Not read:",
        "c.docx: The file has a password. Take it off.",
        "M301: the language model is missing",
        "~$a.docx",
        "Silenced by remarks in the documents: 1",
        "Known from the baseline and not shown: 4",
        "1 file could not be read.",
    ):
        assert words in text
    # the accepted exception is not among what there is to look at
    assert "To look at: 1 error, 1 warning, 1 suggestion in 2 files." in text


@pytest.mark.parametrize("width", [40, 60, 100])
def test_other_widths_are_kept_too(width: int) -> None:
    text = shown(full_report(), width=width, explain=True)
    assert all(cells(line) <= width for line in text.splitlines())
    assert ("stigma (labels on people or faiths): 1 error" in " ".join(text.split())) == (width < 74)


def test_quiet_leaves_the_summary_out() -> None:
    assert "Summary" not in shown(full_report(), quiet=True)
    assert shown(run_report(file_report(document("Fine."))), quiet=True) == ""


def test_a_clean_run_says_so() -> None:
    assert shown(run_report(file_report(document("Fine.")))).endswith("Nothing to change in 1 file.\n")
    assert "No drafts were found" in shown(run_report())


def test_set_aside_is_shown_on_request() -> None:
    assert "Looked at and left" not in shown(full_report())
    assert 'denied in the text, because of "not"' in " ".join(
        shown(full_report(), show_set_aside=True).split()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii", "cp437"])
@pytest.mark.parametrize("explain", [False, True])
def test_every_line_fits_80_columns_in_every_encoding(encoding: str, explain: bool) -> None:
    long = (
        "They said \u201cthe \u6f22\u5b57 illegal migrants\u201d came \u2192 here \U0001f600 "
        + "and on " * 200
    )
    source = document(long, heading="A heading that is very long indeed, longer than most")
    found = finding(source, "illegal migrants", message="Long message. " * 20, why="Why \u2014 so. " * 30)
    for line in shown(
        run_report(file_report(source, found)), encoding=encoding, explain=explain
    ).splitlines():
        assert cells(line) <= 80, line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Our CVE work", "CVE"),
        ("\u6f22\u5b57\u6f22\u5b57 and CVE work", "CVE"),
        ("cafe\u0301 re\u0301sume\u0301 CVE work", "CVE"),
        ("so\u00adft hy\u00adphens, then C\u00adVE work", "C\u00adVE"),
        ("a \U0001f600 face and \u6f22\u5b57 here", "\u6f22\u5b57"),
        ("two   spaces\n and\ta break before illegal\n  migrants here", "illegal\n  migrants"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_the_underline_stands_under_the_words(text: str, words: str, encoding: str) -> None:
    surface = Surface(encoding)
    start = text.index(words)
    lines = marked_lines(text, Span(start, start + len(words)), width=76, surface=surface)
    assert len(lines) == 1
    expected = " ".join(surface.clean(words).split())
    begin = lines[0].underline.index("^")
    assert set(lines[0].underline[begin:]) == {"^"}
    before = lines[0].text[: lines[0].text.index(expected)]
    assert (begin, len(lines[0].underline) - begin) == (cells(before), cells(expected))


def test_a_mark_over_a_line_break_is_underlined_on_both_lines() -> None:
    lines = marked_lines("aaaa bbbb cccc dddd", Span(5, 14), width=9, surface=Surface())
    assert [(line.text, line.underline) for line in lines] == [
        ("aaaa bbbb", "     ^^^^"),
        ("cccc dddd", "^^^^"),
    ]


def test_a_very_long_sentence_is_cut_around_the_words() -> None:
    text = "word " * 2000 + "CVE" + " word" * 2000
    lines = marked_lines(text, Span(10000, 10003), width=76, surface=Surface("ascii"))
    assert len(lines) <= 10
    assert lines[0].text.startswith("... ") and lines[-1].text.endswith(" ...")
    assert any("^^^" in line.underline and "CVE" in line.text for line in lines)


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrap("x" * 25, width=10, surface=Surface()) == ["x" * 10, "x" * 10, "x" * 5]


def test_terminal_escapes_and_overrides_never_reach_the_terminal() -> None:
    evil = "Look \x1b[31mred\x1b[0m \x07 \u202eesrever\u202c \x9b2J \ud800 and bad words"
    source = document(evil, path="na\x1b]0;me.md", heading="head\x1b[2Jing")
    found = finding(
        source, "bad", message="mess\x1bage", why="w\x1bhy", suggestions=(Suggestion("\x1bx", "safe"),)
    )
    report = run_report(file_report(source, found))
    for text in (shown(report, explain=True), concise(report, surface=Surface())):
        assert not any(char in text for char in "\x1b\x07\x9b\u202e\u202c\ud800\r")
        assert REPLACEMENT in text


def test_colour_uses_underline_in_the_place_of_carets() -> None:
    source = document("Our CVE project.")
    text = shown(run_report(file_report(source, finding(source, "CVE"))), colour=True)
    assert "\x1b[" in text and "^^^" not in text


def test_concise_is_one_line_a_finding() -> None:
    source = document("One.\nTwo bad\nwords here.")
    found = finding(source, "bad\nwords", message="Say\nit.", level=Level.WARNING)
    assert concise(run_report(file_report(source, found)), surface=Surface()) == (
        "a.md:2:5: warning T501 Say it. [bad words -> irregular migrants]\n"
    )


def test_concise_shows_set_aside_on_request() -> None:
    source = document("No bad words.")
    aside = finding(source, "bad", usage=Usage(UsageKind.NEGATED, "No"))
    report = run_report(file_report(source, set_aside=(aside,)))
    assert concise(report, surface=Surface()) == ""
    assert "set aside (negated)" in concise(report, surface=Surface(), show_set_aside=True)
