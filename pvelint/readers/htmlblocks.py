"""From HTML events to blocks: what a person sees, white space collapsed, elements closed as browsers do."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from html import unescape

from pvelint.document import Block, BlockKind, Span
from pvelint.readers.build import TextBuilder
from pvelint.readers.numbering import Numbering


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCKS = _words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup"
    " option p pre search section select summary table tbody td textarea tfoot th thead title tr ul"
)
_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_SKIPPED = _words("script style template svg math object iframe noembed noframes datalist")
_CODE = _words("code pre kbd samp tt var")
_EMPHASIS = _words("em i cite dfn")
_HEADINGS = _words("h1 h2 h3 h4 h5 h6")
#: A start tag closes an open element of the second set, unless one of the third stands between.
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
    "tr": (frozenset({"tr", "caption"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot", "caption"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
    "body": (frozenset({"head"}), frozenset()),
}
_P_SCOPE = frozenset({"table", "td", "th", "button", "object", "caption"})
_KINDS = {
    "li": BlockKind.LIST_ITEM,
    "td": BlockKind.TABLE_CELL,
    "th": BlockKind.TABLE_CELL,
    "blockquote": BlockKind.BLOCK_QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "title": BlockKind.TITLE,
    "pre": BlockKind.CODE,
}
_PIECE = re.compile(
    r"([ \t\r\n\f]+)|(&(?:#\d{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{0,40};?))"
    r"|</>|([^ \t\r\n\f&<]+|[&<])"
)
_ATTRIBUTE = re.compile(r"([^\s/>=\"']+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?|[\s/>=\"']+")
_HIDING = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_NOTE_MARK = re.compile(
    r"\s*(?:<(?:a|span)\b[^<>]{0,400}>\s*){0,3}[\[(]?\s*(?:\d{1,3}|[*†‡§])\s*[\])]?\s*"
    r"(?:</(?:a|span)>\s*){0,3}</sup",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:^|[^A-Za-z])(?:[kcm]?m|CO|H)$")


@dataclass(frozen=True, slots=True)
class _Frame:
    """An open element with what holds inside it."""

    tag: str
    kind: BlockKind | None = None
    quoted: bool = False
    hidden: bool = False
    skip: bool = False
    code: bool = False
    emphasis: bool = False
    aside: bool = False


@dataclass
class HtmlBlocks:
    """A sink for ``Events`` that makes blocks, comments, properties and notes of what is not read."""

    source: str
    base: int = 0
    blocks: list[Block] = field(default_factory=list)
    comments: list[tuple[Span, str]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    _stack: list[_Frame] = field(default_factory=lambda: [_Frame("")])
    _open: Counter[str] = field(default_factory=Counter)
    _numbering: Numbering = field(default_factory=Numbering)
    _builder: TextBuilder = field(default_factory=TextBuilder)
    _space: tuple[int, int] | None = None
    _outer: list[tuple[TextBuilder, tuple[int, int] | None]] = field(default_factory=list)
    _after: list[Block] = field(default_factory=list)
    _tables: int = 0
    _cells: list[list[int]] = field(default_factory=list)

    # Events

    def start(self, tag: str, attributes: dict[str, str], start: int, end: int) -> None:
        if tag == "meta":
            self._meta(attributes)
        if self._stack[-1].skip:
            if tag not in _VOID:
                self._push(replace(self._stack[-1], tag=tag, aside=False))
            return
        self._close_implied(tag)
        if tag in _BLOCKS:
            self._flush()
        if tag == "br":
            self._whitespace(start, end)
        elif tag in ("img", "area") or (tag == "input" and attributes.get("type", "").lower() == "image"):
            self._alt(attributes, start, end)
        if tag not in _VOID:
            self._enter(tag, attributes, start, end)

    def end(self, tag: str, start: int, end: int) -> None:
        if tag == "p" and not self._open["p"]:
            self._flush()
        if not self._open[tag]:
            return
        if tag == "q" and not self._stack[-1].skip:
            self._atom("”", start, end)
        while self._stack[-1].tag != tag:
            self._leave()
        self._leave()

    def text(self, start: int, end: int) -> None:
        frame = self._stack[-1]
        if frame.skip:
            return
        before: int | None = None
        for match in _PIECE.finditer(self.source, start, end):
            first, last = match.span()
            if match.group(1):
                self._whitespace(first, last)
                continue
            self._break()
            before = self._builder.length if before is None else before
            if match.group(2):
                self._reference(match.group(2), first, last)
            elif match.group(3):
                self._builder.linear(match.group(3), self.base + first)
        if before is not None and frame.code:
            self._builder.mark("code", before)
        if before is not None and frame.emphasis:
            self._builder.mark("emphasis", before)

    def comment(self, inner: str, start: int, end: int) -> None:
        self.comments.append((Span(self.base + start, self.base + end), inner))

    def unclosed(self, start: int) -> None:
        line = self.source.count("\n", 0, start) + 1
        self.notes.append((f"text after line {line}", "a comment (<!--) is never closed"))

    def finish(self) -> None:
        """Close what is open at the end of the source."""
        while len(self._stack) > 1:
            self._leave()
        self._flush()

    # Elements

    def _enter(self, tag: str, attributes: dict[str, str], start: int, end: int) -> None:
        parent = self._stack[-1]
        hidden = parent.hidden or "hidden" in attributes or bool(_HIDING.search(attributes.get("style", "")))
        aside = hidden and not parent.hidden and tag not in _BLOCKS
        kind = BlockKind.HEADING if tag in _HEADINGS else _KINDS.get(tag, parent.kind)
        skip = tag in _SKIPPED or (tag == "sup" and self._is_note_mark(end))
        if tag == "svg":
            self._svg()
        if tag == "table":
            self._tables += 1
            self._cells.append([self._tables, 0, 0])
        elif tag == "tr" and self._cells:
            self._cells[-1][1:] = [self._cells[-1][1] + 1, 0]
        elif tag in ("td", "th") and self._cells:
            self._cells[-1][1:] = [max(self._cells[-1][1], 1), self._cells[-1][2] + 1]
        if aside:
            self._outer.append((self._builder, self._space))
            self._builder, self._space = TextBuilder(), None
        self._push(
            _Frame(
                tag=tag,
                kind=kind,
                quoted=parent.quoted or tag == "blockquote",
                hidden=hidden,
                skip=skip,
                code=parent.code or tag in _CODE,
                emphasis=parent.emphasis or tag in _EMPHASIS,
                aside=aside,
            )
        )
        if tag == "q":
            self._atom("“", start, end)

    def _push(self, frame: _Frame) -> None:
        self._stack.append(frame)
        self._open[frame.tag] += 1

    def _leave(self) -> None:
        frame = self._stack[-1]
        if frame.aside:
            made = self._make()
            self._builder, self._space = self._outer.pop()
            if made is not None:
                self._after.append(made)
        elif frame.tag in _BLOCKS and not frame.skip:
            self._flush()
        if frame.tag == "table" and self._cells and not frame.skip:
            self._cells.pop()
        self._stack.pop()
        self._open[frame.tag] -= 1

    def _close_implied(self, tag: str) -> None:
        if tag in _BLOCKS and tag not in ("html", "body", "head", "title", "option") and self._open["p"]:
            self._close_nearest(frozenset({"p"}), _P_SCOPE)
        if tag in _CLOSES:
            closed, scope = _CLOSES[tag]
            if any(self._open[name] for name in closed):
                self._close_nearest(closed, scope)

    def _close_nearest(self, closed: frozenset[str], scope: frozenset[str]) -> None:
        for depth in range(len(self._stack) - 1, max(len(self._stack) - 200, 0), -1):
            if self._stack[depth].tag in closed:
                while len(self._stack) > depth:
                    self._leave()
                return
            if self._stack[depth].tag in scope:
                return

    def _meta(self, attributes: dict[str, str]) -> None:
        name = attributes.get("name", "").strip().lower()
        if name.startswith("pvelint-"):
            self.properties.setdefault(name, attributes.get("content", "").strip())

    def _svg(self) -> None:
        note = ("drawings (svg)", "text inside a drawing is not read")
        if note not in self.notes:
            self.notes.append(note)

    def _is_note_mark(self, tag_end: int) -> bool:
        """A raised number after a word is a note's mark and would make another word of it."""
        if not _NOTE_MARK.match(self.source, tag_end):
            return False
        return not _UNIT.search(self.source[max(tag_end - 12, 0) : tag_end].rpartition("<")[0])

    # Text

    def _whitespace(self, start: int, end: int) -> None:
        if self._space is None:
            self._space = (self.base + start, self.base + end)
        elif self._space[1] == self.base + start:
            self._space = (self._space[0], self.base + end)

    def _break(self) -> None:
        """Write the white space that stands before the next character."""
        if self._space is not None:
            self._builder.space(*self._space)
            self._space = None

    def _reference(self, written: str, start: int, end: int) -> None:
        read = unescape(written)
        if read == written:
            self._break()
            self._builder.linear(written, self.base + start)
        elif read.strip(" \t\r\n\f"):
            self._atom(read, start, end)
        else:
            self._whitespace(start, end)

    def _atom(self, text: str, start: int, end: int) -> None:
        self._break()
        self._builder.atom(text, self.base + start, self.base + end)

    def _alt(self, attributes: dict[str, str], start: int, end: int) -> None:
        if not attributes.get("alt", "").strip():
            return
        for match in _ATTRIBUTE.finditer(self.source, start + 1, end):
            group = next((g for g in (2, 3, 4) if match.group(g) is not None), 0)
            if group and (match.group(1) or "").lower() == "alt":
                outer = self._builder, self._space
                self._builder, self._space = TextBuilder(), None
                frames, self._stack = self._stack, [replace(self._stack[-1], code=False, emphasis=False)]
                self.text(match.start(group), match.end(group))
                made = self._make(BlockKind.ALT_TEXT, part="alt text")
                self._stack = frames
                self._builder, self._space = outer
                if made is not None:
                    self._after.append(made)
                return

    # Blocks

    def _make(self, kind: BlockKind | None = None, *, part: str = "body") -> Block | None:
        frame = self._stack[-1]
        built = self._builder.build()
        if not built.text:
            return None
        found = kind or frame.kind or BlockKind.PARAGRAPH
        place = ""
        if found is BlockKind.TABLE_CELL and self._cells:
            place = "table {}, row {}, column {}".format(*self._cells[-1])
        elif found is BlockKind.TITLE:
            part, place = "properties", "title"
            self.properties.setdefault("title", built.text)
        return Block(
            text=built.text,
            kind=found,
            offsets=built.offsets,
            part=part,
            place=place,
            protected=built.protected,
            emphasis=built.emphasis,
            quoted=frame.quoted,
            hidden=frame.hidden,
        )

    def _flush(self) -> None:
        """End the block that is being written; what was set aside from it follows it."""
        made = self._make()
        self._builder, self._space = TextBuilder(), None
        ready = ([made] if made is not None else []) + (self._after if not self._outer else [])
        if not self._outer:
            self._after = []
        self.blocks += [self._numbering.number(block) for block in ready]
