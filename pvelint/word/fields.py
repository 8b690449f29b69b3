"""Fields: which text is a code that nobody sees, which a result, and who wrote the result."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from pvelint.word.names import FALLBACK, FLDCHAR, TXBX, Element, w, whole_number

WRITERS_OWN: Final = frozenset({"HYPERLINK", "FORMTEXT"})  # their results are typed by the writer
REPEATING: Final = frozenset({"TOC"})  # their results repeat text that is read where it stands
PROMPTS: Final = frozenset({"MACROBUTTON", "GOTOBUTTON"})  # they show words of their own code
_CODE_WORD = re.compile(r"\s*([A-Za-z]+|=)")
_PROMPT = re.compile(r"\s*\S+\s+\S+\s+")


@dataclass
class Field:
    """An open field: its code so far, the nodes of that code, and whether its result has begun."""

    begin: Element | None = None
    code: list[tuple[Element, str]] = field(default_factory=list)
    in_result: bool = False
    shown: bool = False

    @property
    def kind(self) -> str:
        """The field's first word in capitals, for example ``TOC``; empty for an empty code."""
        match = _CODE_WORD.match("".join(text for _, text in self.code))
        return match[1].upper() if match else ""

    def prompt(self) -> list[tuple[Element, int, str]]:
        """The words of a prompt field after its macro's name: node, index in the node, text."""
        match = _PROMPT.match("".join(text for _, text in self.code))
        skip = match.end() if match else sum(len(text) for _, text in self.code)
        words = []
        for node, text in self.code:
            taken = min(skip, len(text))
            if text[taken:]:
                words.append((node, taken, text[taken:]))
            skip -= taken
        return words

    def chosen(self) -> tuple[Element, str] | None:
        """The entry that a legacy drop-down shows, or None."""
        choices = self.begin.find(f"{w('ffData')}/{w('ddList')}") if self.begin is not None else None
        if choices is None:
            return None
        entries = choices.findall(w("listEntry"))
        picked = choices.find(w("result"))
        if picked is None:
            picked = choices.find(w("default"))
        number = whole_number(picked.get(w("val"))) if picked is not None else 0
        if number is None or number >= len(entries):
            return None
        entry = entries[number]
        return entry, entry.get(w("val"), "")


class FieldStack:
    """The fields open at a point of a story.

    visible:   text here is seen (in no field's code, in no repeated result).
    generated: text here was made by the application.
    in_link:   text here is the result of a HYPERLINK field.
    """

    def __init__(self, story: Element) -> None:
        self._ignored = _unmatched(story)
        self._open: list[Field] = []
        self._refresh()

    def feed(self, mark: Element) -> Field | None:
        """Take in a ``w:fldChar``; return the field that it closes, if any."""
        if mark in self._ignored:
            return None
        kind = mark.get(w("fldCharType"))
        closed = None
        if kind == "begin":
            self._open.append(Field(begin=mark))
        elif kind == "separate" and self._open:
            self._open[-1].in_result = True
        elif kind == "end" and self._open:
            closed = self._open.pop()
        self._refresh()
        return closed

    def add_code(self, node: Element, text: str) -> None:
        """Take in a piece of field code."""
        if self._open and not self._open[-1].in_result:
            self._open[-1].code.append((node, text))

    def enter_simple(self, node: Element) -> int:
        """Open the result of a ``w:fldSimple``; give the return value to `leave_simple`."""
        depth = len(self._open)
        self._open.append(Field(code=[(node, node.get(w("instr"), ""))], in_result=True))
        self._refresh()
        return depth

    def leave_simple(self, depth: int) -> None:
        """Close a simple field and whatever was left open in it."""
        del self._open[depth:]
        self._refresh()

    def mark_shown(self) -> None:
        """Remember that the innermost field has shown text."""
        if self._open:
            self._open[-1].shown = True

    def _refresh(self) -> None:
        kinds = [entry.kind for entry in self._open if entry.in_result]
        self.visible = len(kinds) == len(self._open) and not REPEATING.intersection(kinds)
        self.generated = any(kind not in WRITERS_OWN for kind in kinds)
        self.in_link = "HYPERLINK" in kinds


def _unmatched(story: Element) -> frozenset[Element]:
    """The beginnings of fields that never end: taken for fields, they would hide the rest of the story."""
    open_by_scope: dict[Element | None, list[Element]] = {}
    for mark in story.iter(FLDCHAR):
        kind = mark.get(w("fldCharType"))
        if kind not in ("begin", "end"):
            continue
        scope = next(mark.iterancestors(TXBX, FALLBACK), None)
        stack = open_by_scope.setdefault(scope, [])
        if kind == "begin":
            stack.append(mark)
        elif stack:
            stack.pop()
    return frozenset(mark for stack in open_by_scope.values() for mark in stack)
