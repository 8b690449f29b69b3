"""Compiled knowledge: what the YAML files say, in a file that is read in milliseconds.

The file lies in the wheel for the shipped data and in the user's cache for everything else (an office's own lexicons,
donors, checkouts). Its key is a hash over the content of all source files and our version, so a stale file is simply
never found; that of the wheel is used while the sources beside it have the sizes that they were installed with, and
``pvelint doctor`` compares the hash. It holds text, JSON and MessagePack in sections, each with its digest, and nothing
that could run; a file in the cache is read only when nobody else can have written it (see ``cachefile``). Sections are
decoded when they are first asked for: a draft without a candidate needs no more than the indexes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pvelint import cachefile
from pvelint.findings import Tier
from pvelint.hashtable import Table
from pvelint.knowledge import Knowledge, builtin_conditions, read_knowledge, sources
from pvelint.matching import RuleIndex, bit_of
from pvelint.office import NO_OFFICE, Office
from pvelint.packing import MAGIC, Blobs, Sections
from pvelint.scan import Scanner
from pvelint.stored import (
    KnownSurfaces,
    Pairs,
    StoredConcepts,
    TermRoots,
    WordRoots,
    approved_term,
    ready_rule,
    stored_weights,
)
from pvelint.wordindex import WordIndex

if TYPE_CHECKING:
    from pvelint.acronyms import Acronym
    from pvelint.causality import CausalWords
    from pvelint.compiler import Stored
    from pvelint.cues import Cues
    from pvelint.donors import Overlay
    from pvelint.lexicon import ApprovedTerm, AvoidedTerm, Concept, Lexicon
    from pvelint.names import Name
    from pvelint.rules import Rule
    from pvelint.sites import Site
    from pvelint.weighing.weights import Weights

#: Compiled files kept in the user's cache, the latest first; each is a few megabytes.
KEPT = 16
_PACKAGE = Path(__file__).resolve().parent
#: Where the wheel carries the shipped data compiled.
PACKAGED = _PACKAGE / "data" / "knowledge.bin"
_T = TypeVar("_T")


def _concepts_of(whole: Knowledge) -> Sequence[Concept]:
    return whole.lexicon.concepts


class CompiledKnowledge(Knowledge):
    """Knowledge out of a compiled file.

    read: reads the YAML files instead, should a section turn out to be unreadable after all.
    """

    def __init__(self, sections: Sections, read: Callable[[], Knowledge]) -> None:
        self.__dict__["_sections"] = sections
        self.__dict__["_read"] = read

    @property
    def key(self) -> str:
        key: str = self.__dict__["_sections"].key
        return key

    @cached_property
    def _whole(self) -> Knowledge:
        made: Knowledge = self.__dict__["_read"]()
        return made

    def _section(self, decode: Callable[[Sections], _T], instead: Callable[[Knowledge], _T]) -> _T:
        """A part of the file decoded, or the same from the YAML files."""
        try:
            return decode(self.__dict__["_sections"])
        except (ValueError, KeyError, TypeError, IndexError):  # msgspec's errors are ValueErrors
            return instead(self._whole)

    @cached_property
    def _index(self) -> Mapping[str, Any]:
        return self._section(lambda sections: dict(json.loads(sections.bytes("index"))), lambda _: {})

    @cached_property
    def _stored(self) -> Stored:
        from pvelint.compiler import decode_stored, stored

        return self._section(lambda sections: decode_stored(sections.bytes("knowledge")), stored)

    @cached_property
    def scanner(self) -> Scanner:
        return self._section(lambda sections: Scanner(TermRoots(sections.table("terms"))), lambda whole: whole.scanner)

    @cached_property
    def rule_index(self) -> RuleIndex:
        def decode(sections: Sections) -> RuleIndex:
            lists = WordIndex(WordRoots(sections.table("lists"), Blobs(sections.bytes("masks"))))
            classes = {name: bit_of(number) for name, number in self._index["classes"]}
            rules = tuple(ready_rule(entry) for entry in self._index["rules"])
            return RuleIndex(lists, rules, classes, self._index["commonness"])

        return self._section(decode, lambda whole: whole.rule_index)

    @cached_property
    def rule_names(self) -> Mapping[str, str]:
        return self._section(lambda _: dict(self._index["rule_names"]), lambda whole: whole.rule_names)

    @cached_property
    def concept_ids(self) -> tuple[str, ...]:
        return self._section(
            lambda _: tuple(name for name, _, _ in self._index["concepts"]), lambda whole: whole.concept_ids
        )

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return self._section(lambda _: dict(self._index["titles"]), lambda whole: whole.titles)

    @cached_property
    def rule_by_id(self) -> Mapping[str, Rule]:
        """The rules without their patterns and relations, which ``rules`` has."""
        return {rule.id: rule for rule in self._stored.rules}

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Whole rules; only who tests or trains with them needs them, and gets them from the YAML files."""
        return self._whole.rules

    @cached_property
    def classes(self) -> Mapping[str, tuple[str, ...]]:
        """The words of the classes; only training needs them."""
        return self._whole.classes

    @cached_property
    def weights(self) -> Weights | None:
        return self._section(stored_weights, lambda whole: whole.weights)

    @cached_property
    def lexicon(self) -> Lexicon:
        from pvelint.lexicon import Lexicon

        return Lexicon.of(self._concepts)

    @cached_property
    def _concepts(self) -> Sequence[Concept]:
        return self._section(lambda sections: StoredConcepts(Blobs(sections.bytes("concepts"))), _concepts_of)

    @cached_property
    def avoided(self) -> Sequence[tuple[Concept, AvoidedTerm]]:
        """As in ``Knowledge``, but a concept is decoded when one of its terms is asked for."""
        counts = [count for _, count, _ in self._index["concepts"]]
        return Pairs(counts, self._concepts, lambda concept, number: (concept, concept.avoided[number]))

    @cached_property
    def approved(self) -> Sequence[tuple[Concept, Tier, ApprovedTerm]]:
        """As in ``Knowledge``, but a concept is decoded when one of its terms is asked for."""
        counts = [sum(numbers) for _, _, numbers in self._index["concepts"]]
        return Pairs(counts, self._concepts, approved_term)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return self._stored.names

    @cached_property
    def acronyms(self) -> tuple[Acronym, ...]:
        return self._stored.acronyms

    @cached_property
    def cues(self) -> Cues:
        return self._stored.cues

    @cached_property
    def causal(self) -> CausalWords | None:
        return self._stored.causal

    @cached_property
    def overlay(self) -> Overlay | None:
        return self._stored.overlay

    @cached_property
    def builtins(self) -> Mapping[str, Callable[[Site], bool]]:
        return builtin_conditions(self.cues)


# ------------------------------------------------------------------ finding the file, or making it


def key_of(
    *, donor: str | None = None, office: Office = NO_OFFICE, only: Sequence[Path] = ()
) -> str:
    """The key of a compiled file: over our version, the donor and the content of every source file.

    In a checkout our own code belongs to the sources too, because there it changes without a version.
    Raises OSError for a file that can't be read and DataError for an installation that is not whole.
    """
    code = [] if (_PACKAGE / "data" / "lexicons").is_dir() else sorted(_PACKAGE.rglob("*.py"))
    return _key(donor, len(only), (*sources(donor=donor, office=office, only=only), *code))


def installed_key() -> str:
    """The key that the shipped data has where it is installed, also when asked in a checkout."""
    return _key(None, 0, sources())


def _key(donor: str | None, only: int, files: Sequence[Path]) -> str:
    from pvelint import __version__

    found = hashlib.blake2b(digest_size=20)
    found.update(f"{MAGIC!r} {__version__} {donor} {only}\n".encode())
    for path in files:
        data = path.read_bytes()
        found.update(f"{path.name} {len(data)}\n".encode("utf-8", "surrogatepass"))
        found.update(data)
    return found.hexdigest()


def compiled_knowledge(
    *, donor: str | None = None, office: Office = NO_OFFICE, only: Sequence[Path] = ()
) -> Knowledge:
    """Knowledge from the compiled file, which is made first where there is none. Raises DataError and UsageError."""

    def read() -> Knowledge:
        return read_knowledge(donor=donor, office=office, only=only)

    if office.empty and not (donor or only):
        packaged = _packaged()
        if packaged is not None:
            return _with_surfaces(packaged, CompiledKnowledge(packaged, read))
    try:
        key = key_of(donor=donor, office=office, only=only)
    except OSError:
        return read()  # which says what is wrong with the file
    path = cachefile.cache_folder() / f"knowledge-{key}.bin"
    sections = _open(cachefile.read_private(path), key)
    if sections is None:
        from pvelint.compiler import compile_knowledge

        whole = read()
        data = compile_knowledge(whole, key)
        if cachefile.write_private(path, data):
            cachefile.keep_latest(path.parent, "knowledge-*.bin", KEPT)
        sections = Sections(data, key)
    return _with_surfaces(sections, CompiledKnowledge(sections, read))


def _packaged() -> Sections | None:
    """The file in the installed package, unless it is not whole or the sources beside it have other sizes."""
    try:
        with PACKAGED.open("rb") as stream:
            data = mmap(stream.fileno(), 0, access=ACCESS_READ)
        sections = _open(data, None)
        return sections if sections is not None and sections.sizes == source_sizes() else None
    except (OSError, ValueError):
        return None


def source_sizes() -> dict[str, int]:
    """The sizes in bytes of the shipped sources, by their path below the data. Raises OSError and DataError."""
    from pvelint import shipped

    found: dict[str, int] = {}
    waiting = [(name, os.fspath(shipped.folder(name))) for name in ("lexicons", "rules")]
    while waiting:
        name, folder = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                below = f"{name}/{entry.name}"
                if entry.is_dir():
                    waiting.append((below, entry.path))
                elif entry.name.endswith((".yml", ".yaml", ".tsv")):
                    found[below] = entry.stat().st_size
    return found


def damage() -> str:
    """What is wrong with the compiled file of the wheel, every digest looked at; empty when nothing is, or none is."""
    try:
        data = PACKAGED.read_bytes()
    except OSError:
        return ""
    try:
        sections = Sections(data, installed_key())
        for name in sections.names:
            sections.bytes(name)
    except (ValueError, KeyError, TypeError) as error:
        return str(error)
    return ""


def _open(data: bytes | mmap | None, key: str | None) -> Sections | None:
    try:
        return Sections(data, key) if data else None
    except (ValueError, KeyError, TypeError):
        return None


def _with_surfaces(sections: Sections, knowledge: CompiledKnowledge) -> CompiledKnowledge:
    from pvelint.phrases import look_up_in

    def read() -> Table | None:
        try:
            return sections.table("surfaces")
        except ValueError:
            return None

    look_up_in(KnownSurfaces(read))
    return knowledge
