"""Suggestions fitted into sentences: the table ``suggestions.tsv``, and what a table cannot say."""

# ruff: noqa: E501  (tables read better unbroken)

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pvelint.suggest import Fitted, Slot, Wording, apply, fit
from pvelint.surfaces import Features
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


def test_the_range_covers_the_article_for_all_wordings_alike() -> None:
    slot = Slot("An illegal migrant spoke.", 3, 18, Features(number="singular"))
    fitted = fit(slot, [Wording("irregular migrant"), Wording("migrant without papers")])
    assert fitted == Fitted(0, 18, ("An irregular migrant", "A migrant without papers"))


def test_without_need_the_range_is_the_hit() -> None:
    slot = Slot("An illegal migrant spoke.", 3, 18, Features(number="singular"))
    assert fit(slot, [Wording("irregular migrant")]) == Fitted(3, 18, ("irregular migrant",))
    assert fit(slot, []) == Fitted(3, 18, ())


def test_a_wording_that_changes_nothing_does_not_fit() -> None:
    slot = Slot("Violent extremist groups left.", 8, 24, Features(number="plural"))
    assert fit(slot, [Wording("extremist group"), Wording("violent extremist group")]).texts == (None, None)


def test_a_name_hit_exactly_is_replaced_with_an_article() -> None:
    slot = Slot("They fled from ISIS at night.", 15, 19, Features(), term="ISIS")
    assert fit(slot, [Wording("armed group")]).texts == ("an armed group",)


def test_a_list_item_in_lower_case_stays_so() -> None:
    slot = Slot("illegal migrants and their families", 0, 16, Features(number="plural"), sentence_start=True)
    assert fit(slot, [Wording("irregular migrant")]).texts == ("irregular migrants",)


def test_mistakes_are_errors() -> None:
    with pytest.raises(ValueError, match="range"):
        fit(Slot("text", 2, 9, Features()), [Wording("word")])
    with pytest.raises(ValueError, match="variety"):
        fit(Slot("text", 0, 4, Features(), variety="fr"), [Wording("word")])
    with pytest.raises(ValueError, match="fit"):
        apply("text", Fitted(0, 4, (None,)), 0)


_WORDS = [
    "a",
    "an",
    "the",
    "many",
    "illegal",
    "migrant",
    "migrants'",
    "CVE",
    "is",
    "of",
    "-",
    "’s",
    "(",
    "Former",
    "12",
]
_WORDINGS = [
    Wording("migrant in an irregular situation"), Wording("violence prevention"), Wording("PVE", form="acronym"),
    Wording("women and girls"), Wording("prevent", form="verb"), Wording("at risk", form="adjective"), Wording("Boko Haram"),
]  # fmt: skip


@given(
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=7),
    st.lists(st.sampled_from(_WORDS), max_size=5),
    st.lists(st.sampled_from(_WORDS), max_size=5),
    st.sampled_from(["singular", "plural", None]),
    st.sampled_from(["base", "third", "past", "participle", "gerund", None]),
    st.booleans(),
)
def test_whatever_stands_there_the_rest_of_the_text_stays(hit, before, after, number, verb, flag) -> None:  # type: ignore[no-untyped-def]
    left, middle, right = " ".join(before), " ".join(hit), " ".join(after)
    text = f"{left} {middle} {right}"
    slot = Slot(
        text,
        len(left) + 1,
        len(left) + 1 + len(middle),
        Features(number, verb),
        heading=flag,
        attributive=flag,
    )
    fitted = fit(slot, _WORDINGS)
    assert fitted.start <= slot.start < slot.end <= fitted.end
    for index, inserted in enumerate(fitted.texts):
        if inserted is not None:
            assert inserted.strip()
            assert apply(text, fitted, index) != text
            assert inserted == inserted.strip()
