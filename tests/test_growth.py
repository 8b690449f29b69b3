"""Time and memory grow with the length of a draft and no faster, whatever stands in it.

Nothing here knows what is fast: each test compares a draft with one four times as long, in CPU time of this process.
Linear growth gives four; quadratic growth gives sixteen.
"""

from __future__ import annotations

import time
import tracemalloc

import pytest

from helpers import whole
from pvelint.config import Settings
from pvelint.findings import FileReport
from pvelint.pipeline import check_document
from pvelint.readers import read

#: Growth that is still taken for linear, on a machine that does other things as well.
_LINEAR = 9.0
#: Below this (seconds) a measurement says nothing; then there is nothing to fear either.
_TOO_SHORT = 0.05
SENTENCE = "The nurse wrote the plan for the new clinic, and the driver took the report to the office in town. "

HOSTILE = [
    "a", "a-", "'", "(", '"', "[", "<", "*", "_", "`", "http://", "@", "counter-", "no ", "A ", ".", "1.", "#aB",
    "\u00ad", "é", "<!--", "&", "| ", "> ", "- ", "\u201c", "x@", "www.", "../", "a.b", "((", "\u2019s ", "A. ", "Mr. ",
    "![", "](", "**a", "<b>", "<div>", "&#", "\\", "{", "illegal ", "migrants ", "of the ", "0,", "e.g. ", "~", "\t",
    "\n", "A\n", "# ",
]  # fmt: skip


def check(text: str, name: str = "draft.txt") -> FileReport:
    return check_document(read(name, data=text.encode()), settings=Settings(), knowledge=whole())


def cost(text: str, name: str) -> float:
    begun = time.process_time()
    check(text, name)
    return time.process_time() - begun


def grows_like_the_text(make: str, times: int, name: str) -> bool:
    """Whether four times the text costs about four times as much, at the best of three tries."""
    for _ in range(3):
        short, long = cost(make * times, name), cost(make * times * 4, name)
        if long < _TOO_SHORT or long < _LINEAR * max(short, _TOO_SHORT / 4):
            return True
    return False


@pytest.mark.parametrize("ending", ["txt", "md", "html"])
@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_texts_cost_no_more_than_their_length(unit: str, ending: str) -> None:
    assert grows_like_the_text(unit, 4000 // len(unit), f"draft.{ending}")


@pytest.mark.parametrize(
    "unit",
    [SENTENCE, SENTENCE.replace(".", ","), SENTENCE + "\n\n", "Illegal migrants came again.\n\n"],
    ids=["one paragraph", "one sentence", "many paragraphs", "many findings"],
)
def test_long_drafts(unit: str) -> None:
    assert grows_like_the_text(unit, 12_000 // len(unit), "draft.txt")


def test_no_finding_is_lost_in_a_long_draft() -> None:
    assert len(check("Illegal migrants came again.\n\n" * 3000).findings) == 3000


def test_memory_grows_with_the_draft() -> None:
    def peak(times: int) -> int:
        tracemalloc.start()
        try:
            check(SENTENCE * times)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(50)
    assert peak(1600) < 6 * peak(400)
