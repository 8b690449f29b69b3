"""Lists: whether a paragraph is an item, and the words that Word writes in front of it.

A computed label ("Recommendation 3:") is not in any paragraph; its pattern ("Recommendation %1:") is in
the numbering part, and is read once for all the items that use it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pvelint.word.names import VAL, Element, w
from pvelint.word.styles import Style

_NO_LIST: Final = "0"
_PLACEHOLDER = re.compile(r"%\d")
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """A level of a list: the list's id and the depth, both as the XML writes them."""

    list_id: str
    depth: str


class Numbering:
    """The lists of a document; of an empty one when it has no numbering part."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, Element] = {}
        self._patterns: dict[str, Element] = {}
        self._by_style: dict[str, Element] = {}
        if root is None:
            return
        for entry in root.iterfind(w("num")):
            self._lists.setdefault(entry.get(w("numId"), ""), entry)
        for entry in root.iterfind(w("abstractNum")):
            self._patterns.setdefault(entry.get(w("abstractNumId"), ""), entry)
            named = entry.find(w("styleLink"))
            if named is not None:
                self._by_style.setdefault(named.get(VAL, ""), entry)

    def level(self, properties: Element | None, style: Style) -> ListLevel | None:
        """The list level of a paragraph (its own ``w:numPr``, else its style's), or None."""
        own = properties.find(w("numPr")) if properties is not None else None
        list_id = _value(own, "numId") or _value(style.numbering, "numId")
        if list_id is None or list_id == _NO_LIST:
            return None
        depth = _value(own, "ilvl") or _value(style.numbering, "ilvl") or "0"
        return ListLevel(list_id, depth)

    def label(self, level: ListLevel) -> Element | None:
        """The ``w:lvlText`` of a level when its label has words, else None."""
        element = self._level_element(level)
        label = element.find(w("lvlText")) if element is not None else None
        if label is None or not _WORD.search(_PLACEHOLDER.sub("", label.get(VAL, ""))):
            return None
        return label

    def _level_element(self, level: ListLevel) -> Element | None:
        entry = self._lists.get(level.list_id)
        if entry is None:
            return None
        for override in entry.iterfind(w("lvlOverride")):
            own = override.find(w("lvl"))
            if override.get(w("ilvl")) == level.depth and own is not None:
                return own
        pattern = self._patterns.get(_value(entry, "abstractNumId") or "")
        if pattern is None:
            return None
        pattern = self._by_style.get(_value(pattern, "numStyleLink") or "", pattern)
        return next((e for e in pattern.iterfind(w("lvl")) if e.get(w("ilvl")) == level.depth), None)


def _value(parent: Element | None, name: str) -> str | None:
    child = parent.find(w(name)) if parent is not None else None
    return None if child is None else child.get(VAL)
