"""What a comment says: what is wrong, why, for which reader, on whose authority, what to write instead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pvelint.findings import Finding
from pvelint.sources import named
from pvelint.word.ownmarks import mark

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_SUGGESTIONS = 3
_MOST_SOURCES = 2
_OURS = frozenset({"ANNOTATION", "HOUSE"})  # told only where there is no outside source
_TOLD_IN_FULL = 3  # how often the same reason is given in one document


@dataclass(frozen=True, slots=True)
class Note:
    """One thing a comment says: findings on the same words.

    place:   where the words are, when the comment stands elsewhere; with their surroundings.
    changed: the words put in by a tracked change.
    """

    findings: tuple[Finding, ...]
    place: str = ""
    changed: str | None = None


@dataclass
class Wording:
    """Writes the comments of one document; the same reason is given in full three times, then referred to.

    reader:  whom the draft is for, in words for a person; empty to leave it out.
    sources: titles of sources by their ids; an id without a title stands for itself.
    """

    reader: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    _told: Counter[str] = field(default_factory=Counter)

    def paragraphs(self, notes: Sequence[Note]) -> list[str]:
        """The paragraphs of a comment, the last one our mark with the rule ids."""
        lines: list[str] = []
        for note in notes:
            lines += _what(note)
            lines += self._why(note)
        if self.reader:
            lines.append(f"For {self.reader}.")
        lines = [clean(line) for line in lines]
        rules = sorted({finding.rule for note in notes for finding in note.findings})
        return [*lines, mark(rules, lines)]

    def _why(self, note: Note) -> list[str]:
        lines: list[str] = []
        whys: dict[str, list[Finding]] = {}
        for finding in note.findings:
            if finding.why or finding.source:
                whys.setdefault(finding.why, []).append(finding)
        for why, findings in whys.items():
            ids = [source for finding in findings for source in finding.source]
            sources = named([source for source in ids if source not in _OURS] or ids, self.sources)
            key = "\x1f".join((why, *sources))
            self._told[key] += 1
            if self._told[key] > _TOLD_IN_FULL:
                lines.append(f"Why: see the first comments with {findings[0].rule}.")
                continue
            if why:
                lines.append(f"Why: {why}")
            if sources:
                more = len(sources) - _MOST_SOURCES
                rest = f"; and {more} more" if more > 0 else ""
                lines.append(f"Source: {'; '.join(sources[:_MOST_SOURCES])}{rest}.")
        return lines


def _what(note: Note) -> list[str]:
    findings = note.findings
    lines = list(dict.fromkeys(finding.message for finding in findings))
    if note.place:
        lines[0] = f"{note.place} {lines[0]}"
    texts = list(dict.fromkeys(s.text for finding in findings for s in finding.suggestions))
    if note.changed is not None:
        known = any(f'"{text}"' in lines[0] for text in texts[:1])
        lines.append("Marked as a change: accept or reject it." if known else f"Marked as a change: “{note.changed}”.")
        if len(texts) > 1:
            lines.append(f"Or write: {' / '.join(texts[1 : 1 + _MOST_SUGGESTIONS])}")
    elif texts and (len(texts) > 1 or f'"{texts[0]}"' not in lines[0]):
        more = len(texts) - _MOST_SUGGESTIONS
        shown = " / ".join(texts[:_MOST_SUGGESTIONS]) + (f" (and {more} more)" if more > 0 else "")
        lines.append(f"Write instead: {shown}")
    lines += dict.fromkeys(line for finding in findings for line in finding.advice)
    if any(finding.red_line for finding in findings):
        lines.append("A red line: these words may stay only with a recorded reason.")
    return lines


def clean(text: str) -> str:
    """The text without characters that XML cannot hold, line breaks as spaces."""
    return " ".join(_ILLEGAL.sub("\ufffd", text).split())
