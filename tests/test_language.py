"""The door to spaCy: what is left out of it makes no difference."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import pytest

from pvelint import language


@pytest.fixture(autouse=True)
def _needs_the_model() -> None:
    if language.installed_model() is None:
        pytest.skip("the language model is not installed")


def test_the_model_is_found_without_importing_it() -> None:
    code = (
        "import sys, json; from pvelint.language import installed_model; model = installed_model(); "
        "print(json.dumps([model.package, model.version, 'spacy' in sys.modules, model.package in sys.modules]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[1])
    package, number, spacy_loaded, model_loaded = json.loads(ran.stdout)
    assert number == version(package.replace("_", "-")) and not spacy_loaded and not model_loaded


def test_a_package_that_is_no_model_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "MODEL_PACKAGES", ("made_up_model",))
    assert language.installed_model() is None
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "made_up_model").mkdir()
    for text in (None, "{", "[]", "{}", '{"version": "2.0.0"}'):
        if text is not None:
            (tmp_path / "made_up_model" / "meta.json").write_text(text, encoding="utf-8")
        assert language.installed_model() is None
    (tmp_path / "made_up_model" / "meta.json").write_text('{"version": "3.8.5"}', encoding="utf-8")
    assert language.installed_model() == language.Model("made_up_model", "3.8.5")


def test_the_tokenizer_of_the_language_is_that_of_the_model() -> None:
    package = language.model_package()
    assert package is not None
    stored = import_module(package).load(exclude=["ner", "parser", "tagger", "tok2vec", "lemmatizer"]).tokenizer
    ours = language._pipeline().tokenizer
    assert stored.rules == ours.rules
    for name in ("prefix_search", "suffix_search", "infix_finditer", "token_match", "url_match"):
        first, second = getattr(stored, name), getattr(ours, name)
        # Bound methods of compiled patterns: equal when the patterns are.
        assert getattr(first, "__self__", first) == getattr(second, "__self__", second), name


def test_spacy_is_whole_after_our_start() -> None:
    code = (
        "from pvelint.language import parse; parse('Families fled.'); "
        "import sys; assert 'spacy.cli' not in sys.modules; "
        "import spacy.cli; assert callable(spacy.cli.download); assert spacy.info(silent=True)['spacy_version']"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, cwd=Path(__file__).parents[1])
