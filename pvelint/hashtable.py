"""A table of texts by key that is read where it lies: nothing is made of it before something is asked for.

A draft of two pages asks for a few hundred of a hundred thousand keys, and splitting the whole into a dict costs more
than all the rest of a clean run. Whoever asks for many gets a dict after all.

Layout: the number of slots (a power of two) as text and a line feed; the slots, each the place of an entry plus one in
four bytes, 0 for none; the entries, each ``key NUL value LF``. A key's slot is its CRC-32 modulo the number of slots,
or the next free one (linear probing; Knuth, "The Art of Computer Programming" 3, section 6.4).
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Mapping
from zlib import crc32

#: From so many questions on, a dict of all entries is made.
MANY = 8000
_SLOT = "I"
_BYTES = array(_SLOT).itemsize


def pack_table(lines: Mapping[str, str]) -> bytes:
    """The bytes of a table. Raises ValueError for a key or value with a NUL or a line feed in it."""
    size = 8
    while size < 2 * len(lines):
        size *= 2
    slots = array(_SLOT, bytes(_BYTES * size))
    entries, place = [], 0
    for key, value in lines.items():
        if "\0" in key + value or "\n" in key + value:
            raise ValueError(f"{key!r} cannot be kept in a table")
        raw = _bytes(key)
        slot = crc32(raw) & (size - 1)
        while slots[slot]:
            slot = (slot + 1) & (size - 1)
        slots[slot] = place + 1
        entries.append(raw + b"\0" + _bytes(value) + b"\n")
        place += len(entries[-1])
    if sys.byteorder == "big":
        slots.byteswap()
    return b"".join((str(size).encode(), b"\n", slots.tobytes(), *entries))


class Table:
    """A packed table. Raises ValueError for bytes of another shape."""

    def __init__(self, data: bytes) -> None:
        head, separator, _ = data[:16].partition(b"\n")
        size = int(head)
        self._slots = array(_SLOT)
        start = len(head) + 1
        self._slots.frombytes(data[start : start + _BYTES * size])
        if sys.byteorder == "big":
            self._slots.byteswap()
        if not separator or len(self._slots) != size or size & (size - 1):
            raise ValueError("a table of another shape")
        self._entries = data[start + _BYTES * size :]
        self._mask = size - 1
        self._asked = 0
        self._all: dict[str, str] | None = None

    def get(self, key: str) -> str | None:
        """The text of a key, or None."""
        if self._all is not None:
            return self._all.get(key)
        self._asked += 1
        if self._asked > MANY:
            self._all = dict(self)
            return self._all.get(key)
        wanted = _bytes(key) + b"\0"
        slot = crc32(wanted[:-1]) & self._mask
        while place := self._slots[slot]:
            if self._entries.startswith(wanted, place - 1):
                start = place - 1 + len(wanted)
                return self._entries[start : self._entries.index(b"\n", start)].decode("utf-8", "surrogatepass")
            slot = (slot + 1) & self._mask
        return None

    def __len__(self) -> int:
        return sum(map(bool, self._slots))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Keys with their texts, in the order in which they were packed."""
        for line in self._entries.decode("utf-8", "surrogatepass").split("\n")[:-1]:
            key, _, value = line.partition("\0")
            yield key, value


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
