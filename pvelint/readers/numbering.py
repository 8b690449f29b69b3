"""Gives blocks their number, their place in words and the heading they stand under."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from pvelint.document import Block, BlockKind

_HEADINGS = (BlockKind.TITLE, BlockKind.HEADING)


@dataclass
class Numbering:
    """Counts blocks in reading order while a reader makes them."""

    count: int = 0
    heading: str | None = None
    _by_kind: Counter[BlockKind] = field(default_factory=Counter)

    def number(self, block: Block) -> Block:
        """The block with ``number``, ``heading`` and, unless the reader gave one, ``place``."""
        self.count += 1
        self._by_kind[block.kind] += 1
        place = block.place or f"{block.kind} {self._by_kind[block.kind]}"
        numbered = replace(block, number=self.count, heading=self.heading, place=place)
        if block.kind in _HEADINGS and block.part == "body":
            self.heading = block.text
        return numbered
