"""Weighing: signs, sums, the stretch that weighed most, bars, and weights as fresh as their training sentences."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path

import pytest

from helpers import check, whole
from pvelint.errors import DataError
from pvelint.tokens import tokenise
from pvelint.weighing.features import signs
from pvelint.weighing.weights import Bars, load_weights, stretch

ROOT = Path(__file__).resolve().parents[1]
#: What a weighed rule alone finds in our own sentence.
ALONE = "Where the call to prayer is loudest, our enumerators should be most careful."


def rules_of(text: str, **settings: object) -> list[str]:
    return [finding.rule for finding in check(text, whole(), **settings).findings]  # type: ignore[arg-type]


def test_signs_are_words_pairs_parts_classes_and_the_sentences_around() -> None:
    found = signs(
        tokenise("Boats carry 12"), before=tokenise("Before."), after=tokenise("None."), classes={"vessels": ((0, 1),)}
    )
    words = {sign.name: sign.at for sign in found["words"]}
    assert words["w boats"] == ((0, 1),) and words["w boats carry"] == ((0, 2),) and words["w carry 00"] == ((1, 3),)
    assert {sign.name for sign in found["parts"]} >= {"c bo", "cboat", "cats "}
    assert [sign.name for sign in found["classes"]] == ["@vessels"]
    assert {sign.name for sign in found["around"]} == {"p before", "p .", "n none", "n ."}


def test_the_ends_of_a_text_are_signs_too() -> None:
    found = signs(tokenise("Boats"), classes={})
    assert {sign.name for sign in found["around"]} == {"p", "n"}


def test_two_classes_are_a_sign_together_where_one_is_on_the_matter() -> None:
    classes = {name: ((number, number + 1),) for number, name in enumerate(("boats", "carry", "some", "threats"))}
    found = signs(tokenise("Boats carry some threats"), classes=classes, telling=("boats", "threats", "absent"))
    pairs = {sign.name: sign.at for sign in found["pairs"]}
    assert set(pairs) == {"@boats&carry", "@boats&some", "@boats&threats", "@carry&threats", "@some&threats"}
    assert pairs["@boats&threats"] == ((0, 1), (3, 4))
    assert not signs(tokenise("Boats carry"), classes=classes)["pairs"]


def test_a_sum_is_bias_and_scaled_weights(tmp_path: Path) -> None:
    path = tmp_path / "weights.tsv"
    bars = {family: [1.0, 0.0] for family in "SCMK"}
    head = {"bias": dict.fromkeys("SCMK", -1.0), "bars": bars, "telling": [], "trained-on": "x"}
    path.write_text(json.dumps(head) + "\nw boats\t400\t0\t-800\t0\n", encoding="utf-8")
    weights = load_weights(path)
    tokens = tokenise("Boats")
    found = signs(tokens, classes={})
    weighed = weights.weigh(found, len(tokens))
    scale = 1 / (4 * len(found["words"]) ** 0.5)
    assert weighed.sums["S"] == pytest.approx(-1 + 4 * scale) and weighed.sums["M"] == pytest.approx(-1 - 8 * scale)
    assert weighed.sums["C"] == -1 and weighed.by_token["S"] == (pytest.approx(4 * scale),)


@pytest.mark.parametrize("text", ["", "[]", '{"bias": {}}', '{"bias": {}, "bars": {}, "trained-on": "x"}\nw a\tb'])
def test_a_file_that_is_none_of_ours_is_an_error_with_a_cure(tmp_path: Path, text: str) -> None:
    path = tmp_path / "weights.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"weights\.tsv is no file of weights"):
        load_weights(path)


def test_the_stretch_is_where_the_weight_lies() -> None:
    assert stretch([0.0, -0.2, 0.9, 0.1, 0.8, -0.5, 0.0]) == (2, 5)
    first, last = stretch([0.0, 0.0])
    assert 0 <= first < last <= 2


def test_weights_alone_find_a_claim_without_a_telling_word() -> None:
    assert rules_of(ALONE) == ["S190"]


def test_weights_alone_yield_to_a_rejection_in_the_next_sentence() -> None:
    assert rules_of(f'"{ALONE}" So said the leaflet. This is false.') == []


@pytest.mark.parametrize(
    "text", ["## pip", "The report lists the second argument of each method.", "Convert the column to a nested table."]
)
def test_weights_alone_are_silent_on_other_matters(text: str) -> None:
    assert rules_of(text) == []


def test_a_rule_does_not_stand_where_its_sentence_reads_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = whole()
    text = "Ten years of drought turned herders into insurgents."
    assert rules_of(text) == ["K401"]
    weights = knowledge.weights
    assert weights is not None
    strict = dataclasses.replace(weights, bars={**weights.bars, "K": Bars(alone=99.0, floor=98.0)})
    monkeypatch.setattr(type(knowledge), "weights", property(lambda _: strict))
    assert rules_of(text) == []


def test_weights_are_as_new_as_their_training_sentences() -> None:
    sentences = ROOT / "tests" / "sentences"
    files = [*sorted((ROOT / "training").glob("*.jsonl")), *sorted(sentences.glob("*-working.jsonl"))]
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    trained = load_weights(ROOT / "rules" / "weights.tsv").trained_on
    assert trained == digest.hexdigest()[:16], "run python tools/train.py --write"


def test_measured_figures_are_as_new_as_what_they_measure() -> None:
    digest = hashlib.sha256()
    for folder in ("rules", "lexicons", "tests/sentences", "tests/documents"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    stale = "run make evaluate"
    page = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    assert f"Data: {digest.hexdigest()[:16]}" in page, stale
    assert json.loads((ROOT / "docs" / "evaluation.json").read_text(encoding="utf-8"))["data"] in page, stale
