"""Assembles a block's text piece by piece, with the map back to the source.

Every reader works the same way: characters that stand in the source as they are read are *linear*;
whatever the source writes differently (an entity, an escape, a line break with its indentation) is an
*atom*; markup that is not read leaves a *gap*. Keeping the three in one place is what makes the maps of
all formats exact in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pvelint.document import OffsetMap, Protected, Segment, Span


@dataclass
class TextBuilder:
    """Text under construction; offsets count code points and are half-open."""

    _parts: list[str] = field(default_factory=list)
    _segments: list[Segment] = field(default_factory=list)
    _marks: dict[str, list[Span]] = field(default_factory=dict)
    _last: str = ""
    _gap: bool = False
    length: int = 0

    @property
    def ends_with_space(self) -> bool:
        """True at the start of a block too: a space there would be the second of two."""
        return self._last == "" or self._last.isspace()

    @property
    def last(self) -> str:
        """The last character so far, or an empty string."""
        return self._last

    def linear(self, text: str, source_start: int) -> None:
        """Append characters that stand in the source unchanged from ``source_start``."""
        if self._gap and text:
            self._gap = False
            if self.ends_with_space:
                bare = text.lstrip()
                source_start += len(text) - len(bare)
                text = bare
        if not text:
            return
        self._append(text, source_start, source_start + len(text), linear=True)

    def atom(self, text: str, source_start: int, source_end: int) -> None:
        """Append text that stands for a source range as a whole."""
        self._gap = False
        if text:
            self._append(text, source_start, source_end, linear=len(text) == source_end - source_start)

    def space(self, source_start: int, source_end: int) -> None:
        """Append one space for a break in the source, unless the text ends in white space already."""
        if not self.ends_with_space:
            self.atom(" ", source_start, source_end)

    def gap(self) -> None:
        """Something that is not read stands here; the space on its far side is not doubled."""
        self._gap = True

    def mark(self, name: str, start: int) -> None:
        """Remember that the text from ``start`` to here is, for example, ``emphasis`` or ``code``."""
        if start >= self.length:
            return
        spans = self._marks.setdefault(name, [])
        if spans and spans[-1].end == start:
            start = spans.pop().start
        spans.append(Span(start, self.length))

    def _append(self, text: str, start: int, end: int, *, linear: bool) -> None:
        previous = self._segments[-1] if self._segments else None
        if (
            linear
            and previous is not None
            and previous.source_end == start
            and previous.end - previous.start == previous.source_end - previous.source_start
        ):
            self._segments[-1] = Segment(previous.start, self.length + len(text), previous.source_start, end)
        else:
            self._segments.append(Segment(self.length, self.length + len(text), start, end))
        self._parts.append(text)
        self._last = text[-1]
        self.length += len(text)

    def build(self) -> Built:
        """The finished text, without the white space at either end."""
        whole = "".join(self._parts)
        end = len(whole.rstrip())
        start = min(len(whole) - len(whole.lstrip()), end)
        segments = tuple(cut for s in self._segments if (cut := _cut(s, start, end)) is not None)
        marks = {
            name: tuple(
                Span(max(s.start, start) - start, min(s.end, end) - start)
                for s in sorted(spans)
                if s.start < end and s.end > start
            )
            for name, spans in self._marks.items()
        }
        return Built(whole[start:end], OffsetMap(segments), marks)


@dataclass(frozen=True)
class Built:
    """What ``TextBuilder.build`` returns: text, its map and the marked ranges by name."""

    text: str
    offsets: OffsetMap
    marks: dict[str, tuple[Span, ...]]

    @property
    def emphasis(self) -> tuple[Span, ...]:
        return self.marks.get("emphasis", ())

    @property
    def protected(self) -> tuple[Protected, ...]:
        found = [
            Protected(span, why)
            for why in ("code", "url", "email", "html", "reference")
            for span in self.marks.get(why, ())
        ]
        return tuple(sorted(found, key=lambda p: (p.span.start, p.span.end)))


def _cut(segment: Segment, start: int, end: int) -> Segment | None:
    """The part of a segment inside [start, end), moved so that ``start`` becomes 0."""
    if segment.end <= start or segment.start >= end:
        return None
    first, last = max(segment.start, start), min(segment.end, end)
    if segment.end - segment.start != segment.source_end - segment.source_start:
        return Segment(first - start, last - start, segment.source_start, segment.source_end)
    return Segment(
        first - start,
        last - start,
        segment.source_start + (first - segment.start),
        segment.source_end - (segment.end - last),
    )
