"""Suggestions fitted into sentences: the table ``suggestions.tsv``, and what a table cannot say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pvelint.suggest import Slot, Wording, apply, fit
from pvelint.tokens import tokenise
from pvelint.variants import expand

TABLE = Path(__file__).with_name("suggestions.tsv")
_FORMS = {"v": "verb", "adj": "adjective", "acr": "acronym", "fixed": "fixed"}
_POSITIONS = {"attr": "attributive", "head": "head"}


def read_wording(text: str) -> Wording:
    match = re.fullmatch(r"\s*(.*?)\s*(?:\{(.*)\})?\s*", text)
    assert match
    options: dict[str, str] = {}
    for option in (match[2] or "").split(",") if match[2] else ():
        name, _, value = option.strip().partition("=")
        if name in _FORMS:
            options["form"] = _FORMS[name]
        elif name in _POSITIONS:
            options["position"] = _POSITIONS[name]
        else:
            options[{"pl": "plural", "h": "head"}[name]] = value
    return Wording(match[1], **options)  # type: ignore[arg-type]


def read_slot(flags: str, marked: str, term: str, form: str) -> Slot:
    """The slot of the last [marked] hit, with the features that ``expand`` gives its surface."""
    plain = re.sub(r"\[([^\[\]]*)\](?=.*\[)", r"\1", marked)
    start = plain.index("[")
    end = plain.index("]") - 1
    text = plain.replace("[", "").replace("]", "")
    tokens = tokenise(text[start:end])
    norms, texts = tuple(t.norm for t in tokens), tuple(t.text for t in tokens)
    found = [s for s in expand(term, form=form) if s.words == (texts if s.case_sensitive else norms)]  # type: ignore[arg-type]
    assert found, f"{term!r} does not match {text[start:end]!r}"
    variety = next((name for name in ("us", "uk") if name in flags), "un")
    return Slot(text, start, end, found[0].features, heading="H" in flags, attributive="A" in flags,
                sentence_start=re.search(r"(?:^|[.!?]\s+)[“\"]?$", text[:start]) is not None, variety=variety,
                term=term)  # fmt: skip


def rows() -> list[tuple[str, ...]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def results(row: tuple[str, ...]) -> list[str]:
    _, flags, marked, term, form, wordings, _ = row
    slot = read_slot(flags, marked, term, form)
    fitted = fit(slot, [read_wording(wording) for wording in wordings.split(";")])
    assert fitted.start <= slot.start < slot.end <= fitted.end
    return [
        "NONE" if text is None else apply(slot.text, fitted, index) for index, text in enumerate(fitted.texts)
    ]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]}: {row[2]}")
def test_each_case_of_the_table_reads_as_written_out_by_hand(row: tuple[str, ...]) -> None:
    assert results(row) == [text.strip() for text in row[6].split(" | ")]


def test_the_table_is_large_and_even_enough() -> None:
    assert len(rows()) >= 250
