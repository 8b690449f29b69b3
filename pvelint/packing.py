"""The form of a compiled file: sections, each with its digest, and nothing in them that could run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from itertools import accumulate
from mmap import mmap

from pvelint.hashtable import Table

MAGIC = b"pvelint knowledge 2\n"


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
