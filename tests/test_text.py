"""Plain text: what becomes a block, and exact positions in every encoding and with every line end."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pvelint.document import BlockKind, Document, Span
from reading_checks import block_with, check_document, protected_words, read_source, source_of, texts

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def text(source: str) -> Document:
    document = read_source("draft.txt", source)
    check_document(document)
    return document


def kinds(source: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in text(source).blocks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_lines_are_joined_and_mapped_back(end: str) -> None:
    document = text(end.join(["  One line", "\tis wrapped.  ", "Here.", " \t", "", "Two."]))
    assert texts(document) == ["One line is wrapped. Here.", "Two."]
    block = document.blocks[0]
    assert source_of(document, block, "line is") == f"line{end}\tis"
    assert source_of(document, block, "Here") == "Here"
    assert document.locate(block, Span(9, 11)).line == 2
    assert document.locate(block, Span(9, 11)).column == 2


def test_a_hyphen_at_the_line_end_stays() -> None:
    assert texts(text("a counter-\n  narrative\n")) == ["a counter- narrative"]


def test_headings() -> None:
    assert kinds(
        "The background\n\nText here.\n\nScope\n=====\nMore text.\n\nWHY NOW\nBecause.\n\nLast line"
    ) == [
        ("heading", "The background"),
        ("paragraph", "Text here."),
        ("heading", "Scope"),
        ("paragraph", "More text."),
        ("heading", "WHY NOW"),
        ("paragraph", "Because."),
        ("paragraph", "Last line"),
    ]


def test_blocks_know_the_heading_above() -> None:
    assert [b.heading for b in text("A heading\n\nText.\n").blocks] == [None, "A heading"]


def test_list_items_lose_their_markers() -> None:
    source = "Before:\n- one\n  goes on\n* two\n• three\n\n1. four\n12. five\na) six\n(ii) seven\n"
    assert kinds(source) == [
        ("paragraph", "Before:"),
        ("list item", "one goes on"),
        ("list item", "two"),
        ("list item", "three"),
        ("list item", "four"),
        ("list item", "five"),
        ("list item", "six"),
        ("list item", "seven"),
    ]


def test_a_number_or_dash_in_mid_paragraph_is_no_list() -> None:
    assert texts(text("as article\n12. says\n– or does not\n")) == ["as article 12. says – or does not"]


def test_quotations() -> None:
    document = text("He wrote:\n> the first\n> > line\nand left.\n")
    assert [(b.kind, b.text, b.quoted) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "He wrote:", False),
        (BlockKind.BLOCK_QUOTE, "the first line", True),
        (BlockKind.PARAGRAPH, "and left.", False),
    ]
    assert source_of(document, document.blocks[1], "first line") == "first\n> > line"


def test_long_lines_are_paragraphs_of_their_own() -> None:
    long = "Word " * 50
    assert kinds(f"Scope\n{long}end.\nNext one starts here.\n{long}\nand goes on.\n") == [
        ("heading", "Scope"),
        ("paragraph", f"{long}end."),
        ("paragraph", "Next one starts here."),
        ("paragraph", f"{long}and goes on."),
    ]


def test_comments_are_set_aside() -> None:
    document = text("One <!-- a --> two\n<!-- b\n\nc --> three.\n\n<!-- d -->\nFour. <!-- e -->\n")
    assert texts(document) == ["One two three.", "Four."]
    assert [inner.strip()[0] for _, inner in document.comments] == ["a", "b", "d", "e"]
    assert source_of(document, document.blocks[0], "two") == "two"


def test_addresses_are_protected() -> None:
    assert protected_words(text("See https://x.org/a now.").blocks[0]) == [("https://x.org/a", "url")]


def test_nothing_to_read() -> None:
    assert text("").blocks == ()
    assert text(" \r\n\t\n----\n").blocks == ()


@pytest.mark.parametrize(
    "unit", ["word ", "word\n", "- a\n", "> ", "<!--", "|x|\n", "CAPS\n", "a\r", "x", "1. ", "\n"]
)
def test_long_input_is_linear(unit: str) -> None:
    began = time.perf_counter()
    read_source("a.txt", unit * (300_000 // len(unit)))
    assert time.perf_counter() - began < 30


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]


@QUICK
@given(st.data())
def test_every_word_is_found_once_and_where_it_stands(data: st.DataObject) -> None:
    count = data.draw(st.integers(1, 30))
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    glue = st.sampled_from(
        [" ", "  ", end, end + "   ", end * 2, f"{end}- ", f"{end}> ", f"{end}1. ", " <!-- c --> ", ", é "]
    )
    source = ""
    for number in range(count):
        source += f"w{number}w" + data.draw(glue)
    encoding = data.draw(st.sampled_from(ENCODINGS))
    document = read_source("a.txt", source, encoding)
    check_document(document)
    assert document.text == source
    for number in range(count):
        word = f"w{number}w"
        block = block_with(document, word)
        assert source_of(document, block, word) == word
        start = block.text.index(word)
        place = document.locate(block, Span(start, start + len(word)))
        line = re.split(r"\r\n|\r|\n", source)[place.line - 1]
        assert line[place.column - 1 :].startswith(word)


@QUICK
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r>-*1.<!=#"), max_size=300)
)
def test_any_text_is_read(source: str) -> None:
    text(source)
