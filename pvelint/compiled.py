"""Compiled knowledge: what the YAML files say, in a file that is read in milliseconds.

The file lies in the wheel for the shipped data and in the user's cache for everything else (an office's own lexicons,
donors, checkouts). Its key is a hash over the content of all source files and our version, so a stale file is simply
never found. It holds text, JSON and MessagePack in sections, each with its digest, and nothing that could run; a file
in the cache is read only when nobody else can have written it (see ``cachefile``). Sections are decoded when they are
first asked for: a draft without a candidate needs no more than the indexes.
"""

from __future__ import annotations

import bisect
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pvelint import cachefile
from pvelint.findings import Tier
from pvelint.hashtable import Table
from pvelint.knowledge import Knowledge, builtin_conditions, read_knowledge, sources
from pvelint.matching import Matcher, ReadyRelation, ReadyRule, RuleIndex, bit_of
from pvelint.office import NO_OFFICE, Office
from pvelint.scan import Node as TermNode
from pvelint.scan import Pattern, Scanner
from pvelint.wordindex import Node, WordIndex

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

MAGIC = b"pvelint knowledge 2\n"
#: Compiled files kept in the user's cache, the latest first; each is a few megabytes.
KEPT = 16
#: How many words of drafts are remembered with what they lead to, and without.
KNOWN_WORDS = 1 << 17
_PACKAGE = Path(__file__).resolve().parent
#: Where the wheel carries the shipped data compiled.
PACKAGED = _PACKAGE / "data" / "knowledge.bin"
_T = TypeVar("_T")


class BadFileError(ValueError):
    """A compiled file that is torn, foreign or not what it says."""


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def pack(key: str, sections: Mapping[str, bytes], *, sizes: Mapping[str, int] | None = None) -> bytes:
    """The bytes of a compiled file: a line of magic, a line with the header's digest, the header, the sections.

    sizes: those of the shipped sources, for the file that the wheel carries (see ``source_sizes``).
    """
    table: dict[str, tuple[int, int, str]] = {}
    offset = 0
    for name, data in sections.items():
        table[name] = (offset, len(data), digest(data))
        offset += len(data)
    header = json.dumps({"key": key, "sections": table, "sizes": dict(sizes or {})}).encode() + b"\n"
    return b"".join((MAGIC, digest(header).encode() + b"\n", header, *sections.values()))


class Sections:
    """The sections of a compiled file, each checked against its digest when it is asked for.

    key: the key that the file must have; None for the file of the wheel, which lies beside the code and is trusted as
    the code is, so that its digests are left to ``pvelint doctor``.

    Raises BadFileError, also at the start, for a file that is not whole or has another key.
    """

    def __init__(self, data: bytes | mmap, key: str | None) -> None:
        if data[: len(MAGIC)] != MAGIC:
            raise BadFileError("not a compiled file")
        end_of_digest = data.find(b"\n", len(MAGIC))
        end_of_header = data.find(b"\n", end_of_digest + 1)
        header = data[end_of_digest + 1 : end_of_header + 1]
        if end_of_header < 0 or digest(header).encode() != data[len(MAGIC) : end_of_digest]:
            raise BadFileError("the header is not whole")
        read = json.loads(header)
        if key is not None and read["key"] != key:
            raise BadFileError("made from other sources")
        self._table: dict[str, tuple[int, int, str]] = read["sections"]
        self._start = end_of_header + 1
        self.key: str = read["key"]
        self.sizes: dict[str, int] = read["sizes"]
        self._trusted = key is None
        self._data = data

    def bytes(self, name: str) -> bytes:
        """One section. Raises BadFileError."""
        if name not in self._table:
            raise BadFileError(f"no section '{name}'")
        offset, length, expected = self._table[name]
        data = self._data[self._start + offset : self._start + offset + length]
        if not self._trusted and digest(data) != expected:
            raise BadFileError(f"the section '{name}' is not whole")
        return data

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._table)

    def table(self, name: str) -> Table:
        """A section of texts by key. Raises ValueError."""
        return Table(self.bytes(name))


def pack_blobs(blobs: Sequence[bytes]) -> bytes:
    """Pieces of different lengths, each of which can be read alone: a line of lengths, then the pieces."""
    return b" ".join(str(len(blob)).encode() for blob in blobs) + b"\n" + b"".join(blobs)


class Blobs:
    """The pieces of a section (see ``pack_blobs``). Raises BadFileError for a section of another shape."""

    def __init__(self, data: bytes) -> None:
        lengths, separator, _ = data.partition(b"\n")
        self._data = data
        self._ends = list(accumulate(map(int, lengths.split()), initial=len(lengths) + 1))
        if not separator or self._ends[-1] != len(data):
            raise BadFileError("a section of another shape")

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> bytes:
        return self._data[self._ends[number] : self._ends[number + 1]]


# ------------------------------------------------------------------ what is decoded as it is asked for


class WordRoots:
    """First steps of the index of word lists; a text holds phrases after their first token, each with its mask.

    Values: ``rest of the phrase|number of the mask``, with tabs between.
    """

    def __init__(self, table: Table, masks: Blobs) -> None:
        self._table = table
        self._masks = masks
        self._made: dict[str, Node | None] = {}
        self._made_masks: dict[str, int] = {}

    def get(self, norm: str, /) -> Node | None:
        try:
            return self._made[norm]
        except KeyError:
            text = self._table.get(norm)
            return _keep(self._made, norm, None if text is None else self._read(text))

    def _read(self, text: str) -> Node:
        root = Node()
        for entry in text.split("\t"):
            rest, _, number = entry.rpartition("|")
            node = root
            for norm in rest.split(" ") if rest else ():
                node = node.longer.setdefault(norm, Node())
            mask = self._made_masks.get(number)
            if mask is None:
                mask = self._made_masks[number] = int.from_bytes(self._masks[int(number)], "big")
            node.mask = mask
        return root


class TermRoots:
    """First steps of the trie of terms; a text is the JSON of its patterns (see ``compiler.term_lines``)."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._made: dict[str, TermNode | None] = {}

    def get(self, norm: str, /) -> TermNode | None:
        try:
            return self._made[norm]
        except KeyError:
            text = self._table.get(norm)
            return _keep(self._made, norm, None if text is None else self._read(norm, text))

    def _read(self, first: str, text: str) -> TermNode:
        from pvelint.surfaces import Features, Surface

        root = TermNode()
        for rest, status, key, number, verb, texts, capitals in json.loads(text):
            node = root
            for norm in rest:
                node = node.children.setdefault(norm, TermNode())
            words = tuple(texts) if texts else (first, *rest)
            surface = Surface(words, Features(number, verb), texts is not None)
            node.patterns.append(Pattern(status, key, surface, tuple(map(bool, capitals))))
        return root


def _keep(made: dict[str, _T | None], key: str, value: _T | None) -> _T | None:
    """Remember an answer; an endless stream of new words does not fill the memory."""
    if len(made) > KNOWN_WORDS:
        made.clear()
    made[key] = value
    return value


class KnownSurfaces:
    """Surfaces of the words of cues and conditions; a text holds them with tabs between."""

    def __init__(self, read: Callable[[], Table | None]) -> None:
        self._read = read

    @cached_property
    def _table(self) -> Table | None:
        return self._read()

    def get(self, word: str, /) -> frozenset[tuple[str, ...]] | None:
        text = self._table.get(word) if self._table is not None else None
        if text is None:
            return None
        return frozenset(tuple(surface.split(" ")) for surface in text.split("\t")) if text else frozenset()


def _bits(numbers: Sequence[int]) -> int:
    return sum(1 << number for number in numbers)


def _rule(entry: Any) -> ReadyRule:
    return ReadyRule(
        id=entry["id"],
        tiers=frozenset(entry["tiers"]),
        preview=entry["preview"],
        weighed=entry["weighed"],
        matchers=tuple(map(Matcher, entry["patterns"])),
        relations=tuple(
            ReadyRelation(
                kind=one["kind"],
                roles={role: bit_of(number) for role, number in one["roles"]},
                excluded={role: bit_of(number) for role, number in one["excluded"]},
                predicate=frozenset(one["predicate"]),
                members=tuple(map(bit_of, one["members"])),
                under=bit_of(one["under"]),
                near=bit_of(one["near"]),
                not_near=bit_of(one["not_near"]),
                own_side=one["own_side"],
                beside=tuple(map(bit_of, one["beside"])),
                apart=bit_of(one["apart"]),
                acts=bit_of(one["acts"]),
                ordered=one["ordered"],
                undergoer=bit_of(one["undergoer"]),
                through=bit_of(one["through"]),
                reached=bit_of(one["reached"]),
                owned=one["owned"],
                here=_bits(one["here"]),
                here_or_before=_bits(one["here_or_before"]),
            )
            for one in entry["relations"]
        ),
    )


class StoredConcepts(Sequence["Concept"]):
    """The concepts of a file, each decoded when it is asked for."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._made: dict[int, Concept] = {}

    @cached_property
    def _decode(self) -> Callable[[bytes], Concept]:
        from pvelint.compiler import concept_decoder

        return concept_decoder()

    def __len__(self) -> int:
        return len(self._blobs)

    def __getitem__(self, number: int) -> Concept:  # type: ignore[override]
        made = self._made.get(number)
        if made is None:
            made = self._made[number] = self._decode(self._blobs[range(len(self))[number]])
        return made


class Pairs(Sequence[_T]):
    """What belongs to the concepts in their order, numbered through.

    counts: how many belong to each concept; take: the one of a concept by its number there.
    """

    def __init__(self, counts: Sequence[int], concepts: Sequence[Concept], take: Callable[[Concept, int], _T]) -> None:
        self._starts = list(accumulate(counts, initial=0))
        self._concepts = concepts
        self._take = take

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, number: int) -> _T:  # type: ignore[override]
        number = range(len(self))[number]
        place = bisect.bisect_right(self._starts, number) - 1
        return self._take(self._concepts[place], number - self._starts[place])


def _approved_term(concept: Concept, number: int) -> tuple[Concept, Tier, ApprovedTerm]:
    for tier in Tier:
        if number < len(concept.approved[tier]):
            return concept, tier, concept.approved[tier][number]
        number -= len(concept.approved[tier])
    raise IndexError(number)


def _concepts_of(whole: Knowledge) -> Sequence[Concept]:
    return whole.lexicon.concepts


class _Stored(Mapping[str, _T]):
    """The texts of a table, each made into something when it is asked for."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._made: dict[str, _T] = {}

    def _make(self, text: str) -> _T:
        raise NotImplementedError

    def __getitem__(self, name: str) -> _T:
        made: _T | None = self.get(name)
        if made is None:
            raise KeyError(name)
        return made

    def get(self, name: str, default: Any = None) -> Any:
        made = self._made.get(name)
        if made is not None:
            return made
        text = self._table.get(name)
        if text is None:
            return default
        made = self._made[name] = self._make(text)
        return made

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._table)

    def __len__(self) -> int:
        return len(self._table)


class StoredSigns(_Stored[tuple[int, ...]]):
    """The weights of signs by name."""

    def _make(self, text: str) -> tuple[int, ...]:
        return tuple(map(int, text.split("\t")))


class StoredPairs(_Stored[dict[str, tuple[int, ...]]]):
    """The weights of pairs of word classes, by the first and then by the second."""

    def _make(self, text: str) -> dict[str, tuple[int, ...]]:
        rows = (entry.split("\t") for entry in text.split("|"))
        return {other: tuple(map(int, numbers)) for other, *numbers in rows}


def _weights(sections: Sections) -> Weights | None:
    from pvelint.weighing.weights import Bars, Weights

    head = json.loads(sections.bytes("weighing"))
    if head is None:
        return None
    bars = {family: Bars(*numbers) for family, numbers in head["bars"].items()}
    signs = StoredSigns(sections.table("weights"))
    pairs = StoredPairs(sections.table("pairs"))
    return Weights(head["bias"], bars, signs, pairs, tuple(head["telling"]), head["trained_on"])


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
            rules = tuple(_rule(entry) for entry in self._index["rules"])
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
        return self._section(_weights, lambda whole: whole.weights)

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
        return Pairs(counts, self._concepts, _approved_term)

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
