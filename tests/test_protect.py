"""What inside prose is no prose: addresses, file names, identifiers; and prose that only looks like it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pvelint.document import Block, BlockKind, OffsetMap, Protected, Span
from pvelint.readers.protect import protect, with_protection


def found(text: str) -> list[tuple[str, str]]:
    return [(text[p.span.start : p.span.end], p.why) for p in protect(text)]


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("see https://x.org/illegal-migrants.", "https://x.org/illegal-migrants", "url"),
        ("(http://x.org/a_(b))", "http://x.org/a_(b)", "url"),
        ("at www.x.org, then", "www.x.org", "url"),
        ("“https://x.org/a?b=c&d”", "https://x.org/a?b=c&d", "url"),
        ("on unhcr.org now", "unhcr.org", "url"),
        ("on unhcr.org's page", "unhcr.org", "url"),
        ("data.example.int/path/x", "data.example.int/path/x", "url"),
        ("x.ch/radical-youth.", "x.ch/radical-youth", "url"),
        ("write to jane.doe+x@field.example.org.", "jane.doe+x@field.example.org", "email"),
        ("mailto:a@b.org", "mailto:a@b.org", "email"),
        ("open Final_draft-v2.docx!", "Final_draft-v2.docx", "file-name"),
        ("in C:\\Users\\x\\terror", "C:\\Users\\x\\terror", "file-name"),
        ("\\\\server\\share\\a", "\\\\server\\share\\a", "file-name"),
        ("run ./scripts/build", "./scripts/build", "file-name"),
        ("drafts/annex/migrants.xlsx", "drafts/annex/migrants.xlsx", "file-name"),
        ("doi:10.1000/xyz.1", "doi:10.1000/xyz.1", "reference"),
        ("as in 10.1080/0001-migrant,", "10.1080/0001-migrant", "reference"),
        ("https://doi.org/10.1000/x", "https://doi.org/10.1000/x", "url"),
    ],
)
def test_protected(text: str, words: str, why: str) -> None:
    assert found(text) == [(words, why)]


@pytest.mark.parametrize(
    "text",
    [
        "men and/or women, his/her camp",
        "the end.The start",
        "e.g./i.e. and U.S./Mexico",
        "on 01/02/2024 or 3.5/4",
        "Ratio 2:1, see no. 4.2.1",
        "violence@home",
        "the docx format and .docx files",
        "Dr.Smith said:no",
        "a: b; c / d",
        "St.Louis/Chicago",
        "people.in the camp",
    ],
)
def test_prose_stays_prose(text: str) -> None:
    assert found(text) == []


def test_what_the_reader_protected_stays() -> None:
    code = Protected(Span(0, 20), "code")
    block = Block(
        "https://x.org/a/b/cd f.docx", BlockKind.PARAGRAPH, OffsetMap.shifted(27, 0), protected=(code,)
    )
    once = with_protection(block)
    assert [(p.span, p.why) for p in once.protected] == [(Span(0, 20), "code"), (Span(21, 27), "file-name")]
    assert with_protection(once) == once


@pytest.mark.parametrize(
    "unit", ["http://", "www.", "a.", "a@", "a/", "a-", "10.1000/", ".", "@", "(", ")", "https://a.b) "]
)
def test_long_input_is_linear(unit: str) -> None:
    protect(unit * (200_000 // len(unit)))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from([*"a.@/\\:()-_' \n", "http://", "www.", "docx", "10.1234/", "org", "é"])).map(
        "".join
    )
)
def test_spans_are_ordered_and_apart(text: str) -> None:
    spans = [p.span for p in protect(text)]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
