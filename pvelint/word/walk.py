"""The descent through a story: everywhere by default, past a short list of things nobody sees.

A reader that lists what it descends into loses what it forgot; this one lists what it skips.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pvelint.document import BlockKind
from pvelint.word import drawings
from pvelint.word.characters import ATOMS, atom_text, visible_text
from pvelint.word.drafts import Cell, CommentMark, Draft, NoteReference, Piece, Reading, Story, TextBox
from pvelint.word.fields import PROMPTS, Field, FieldStack
from pvelint.word.names import (
    A_P,
    A_T,
    A_TXBODY,
    ALTERNATE,
    CHOICE,
    DEL,
    DRAWING,
    FALLBACK,
    FLDCHAR,
    FLDSIMPLE,
    HYPERLINK,
    INSTR,
    M_MATH,
    M_NOR,
    M_R,
    M_RPR,
    M_T,
    MOVE_FROM,
    OBJECT,
    PICT,
    PPR,
    RPR,
    RUBY,
    RUBY_BASE,
    SDT,
    SDTPR,
    SYM,
    TBL,
    TBLPR,
    TC,
    TCPR,
    TR,
    TRPR,
    TXBX,
    VAL,
    Element,
    P,
    R,
    T,
    is_on,
    m,
    w,
    whole_number,
)
from pvelint.word.styles import RunLook, Style

_PLAIN: Final = RunLook(hidden=False, emphasised=False, code=False)
_SKIPPED: Final = (PPR, RPR, TRPR, TCPR, SDTPR, w("sectPr"), w("tblGrid"), w("ffData"), w("sdtEndPr"))
_DELETED_MARKS: Final = (f"{RPR}/{DEL}", f"{RPR}/{MOVE_FROM}")


class Walker:
    """Reads one story into drafts. A text box inside it gets a walker of its own."""

    def __init__(self, story: Story, reading: Reading, *, muted: bool = False, hidden: bool = False) -> None:
        self.story = story
        self.reading = reading
        self.drafts: list[Draft] = []
        self._hidden = hidden  # the whole story hangs on hidden text
        self._muted = int(muted)  # how many open elements say that nothing here is seen
        self._draft: Draft | None = None
        self._joined: Draft | None = None  # a paragraph whose mark is deleted: the next one goes on
        self._style = Style()
        self._look = _PLAIN
        self._math: str | None = None
        self._links = 0
        self._cells: tuple[Cell, ...] = ()
        self._tables = [0]  # tables met so far, for each open cell

    def read(self, root: Element) -> list[Draft]:
        """All paragraphs below an element, in reading order."""
        self._fields = FieldStack(root)
        self._walk(root)
        self._flush()
        return self.drafts

    @property
    def visible(self) -> bool:
        """Whether text at this point is part of the final text that a reader sees."""
        return self._muted == 0 and self._fields.visible

    @property
    def hidden(self) -> bool:
        """Whether text at this point is hidden in the document."""
        return self._hidden or self._look.hidden

    def attach(self, item: Draft | TextBox) -> None:
        """Put an alternative text or a text box behind the paragraph that holds it."""
        self._current().attached.append(item)

    def read_box(self, content: Element, *, hidden: bool = False) -> None:
        """Read a text box as a story of its own; fields outside do not reach into it."""
        inner = Story(self.story.xml_part, "text box", BlockKind.TEXT_BOX)
        drafts = Walker(inner, self.reading, muted=not self.visible, hidden=hidden).read(content)
        if any(draft.attached or draft.pieces for draft in drafts):
            self.attach(TextBox(drafts))

    def _walk(self, element: Element) -> None:
        for child in element:
            handler = _HANDLERS.get(child.tag)
            if handler is None:
                self._walk(child)
            else:
                handler(self, child)

    # paragraphs

    def _paragraph(self, element: Element) -> None:
        outer = self._draft, self._style
        properties = element.find(PPR)
        draft = self._joined or Draft(self.story, cells=self._cells)
        self._joined = None
        draft.properties = properties
        self._draft, self._style = draft, self.reading.styles.paragraph(properties)
        self._look = self.reading.styles.look(None, self._style, in_link=False)
        self._walk(element)
        self._draft, self._style = outer
        self._look = _PLAIN
        if properties is not None and any(properties.find(mark) is not None for mark in _DELETED_MARKS):
            self._joined = draft
        else:
            self.drafts.append(draft)

    def _flush(self) -> None:
        """Close a paragraph that was to be joined, where no other follows in its container."""
        if self._joined is not None:
            self.drafts.append(self._joined)
            self._joined = None

    def _current(self) -> Draft:
        """The open paragraph; text outside any paragraph (of a faulty file) gets one of its own."""
        if self._draft is None:
            self._draft = Draft(self.story, cells=self._cells)
            self.drafts.append(self._draft)
        return self._draft

    # characters

    def _run(self, element: Element) -> None:
        outer = self._look
        in_link = self._links > 0 or self._fields.in_link
        self._look = self.reading.styles.look(element.find(RPR), self._style, in_link=in_link)
        self._walk(element)
        self._look = outer

    def _take(self, text: str, node: Element, offset: int | None, *, generated: bool = False) -> None:
        if not text or not self.visible:
            return
        look = self._look
        protected = self._math if self._math is not None else ("code" if look.code else "")
        made = generated or self._fields.generated
        self._fields.mark_shown()
        self._current().add(Piece(text, node, offset, self.hidden, look.emphasised, made, protected))

    def _text(self, node: Element) -> None:
        text, start = visible_text(node)
        self._take(text, node, start)

    def _atom(self, node: Element) -> None:
        self._take(atom_text(node), node, None)

    def _math_unit(self, element: Element) -> None:
        if self.visible and self._math is None:
            self.reading.counts["equation"] += 1
        outer, self._math = self._math, "reference"
        self._walk(element)
        self._math = outer

    def _math_run(self, element: Element) -> None:
        outer = self._math
        properties = element.find(M_RPR)
        if properties is not None and is_on(properties.find(M_NOR), attribute=m("val")):
            self._math = ""  # plain words inside an equation are the writer's prose
        self._run(element)
        self._math = outer

    def _ruby(self, element: Element) -> None:
        for base in element.iterfind(RUBY_BASE):
            self._walk(base)

    # what is there and not seen

    def _skip(self, element: Element) -> None:
        pass

    def _mute(self, element: Element) -> None:
        """Walk without taking: the ends of fields below still count."""
        self._muted += 1
        self._walk(element)
        self._muted -= 1

    def _alternate(self, element: Element) -> None:
        chosen = element.find(CHOICE)
        if chosen is None:
            chosen = element.find(FALLBACK)
        if chosen is not None:
            self._walk(chosen)

    def _control(self, element: Element) -> None:
        properties = element.find(SDTPR)
        prompt = properties.find(w("showingPlcHdr")) if properties is not None else None
        if is_on(prompt):
            self._mute(element)
        else:
            self._walk(element)

    # fields and links

    def _field_mark(self, mark: Element) -> None:
        closed = self._fields.feed(mark)
        if closed is not None and self.visible:
            self._show_code(closed)

    def _show_code(self, closed: Field) -> None:
        """Take the words that a reader sees although they stand in a field's code."""
        if closed.kind in PROMPTS and not closed.shown:
            for node, offset, text in closed.prompt():
                self._take(text, node, offset, generated=True)
        elif closed.kind == "FORMDROPDOWN" and not closed.shown:
            chosen = closed.chosen()
            if chosen is not None:
                self._take(chosen[1], chosen[0], None, generated=True)

    def _field_code(self, node: Element) -> None:
        self._fields.add_code(node, node.text or "")

    def _simple_field(self, element: Element) -> None:
        depth = self._fields.enter_simple(element)
        self._walk(element)
        self._fields.leave_simple(depth)

    def _link(self, element: Element) -> None:
        self._links += 1
        self._walk(element)
        self._links -= 1
        tooltip = element.get(w("tooltip"), "")
        if tooltip.strip() and self.visible:
            self.attach(drawings.alt_text(self.story, tooltip, element, "tooltip of a link {}", hidden=self._hidden))

    # tables

    def _table(self, element: Element) -> None:
        self._flush()
        outer = self._cells, self._draft
        self._draft = None
        self._tables[-1] += 1
        self._cells = (*outer[0], Cell(self._tables[-1], 0, 0))
        self._walk(element)
        self._flush()
        self._cells, self._draft = outer

    def _table_properties(self, element: Element) -> None:
        if self.visible and self._cells:
            table = f"table {self._cells[-1].table}"
            for name in ("tblCaption", "tblDescription"):
                note = element.find(w(name))
                if note is not None and note.get(VAL, "").strip():
                    place = ", ".join([*map(str, self._cells[:-1]), f"alt text of {table}"])
                    self.drafts.append(
                        drawings.alt_text(self.story, note.get(VAL, ""), note, place, hidden=self._hidden)
                    )

    def _row(self, element: Element) -> None:
        properties = element.find(TRPR)
        if properties is not None and properties.find(DEL) is not None:
            self._mute(element)
            return
        before = properties.find(w("gridBefore")) if properties is not None else None
        if self._cells:
            here = self._cells[-1]
            self._cells = (*self._cells[:-1], Cell(here.table, here.row + 1, _count(before, 0)))
        self._walk(element)

    def _cell(self, element: Element) -> None:
        if not self._cells:
            self._walk(element)
            return
        properties = element.find(TCPR)
        if properties is not None and properties.find(w("cellDel")) is not None:
            self._mute(element)
            return
        here = self._cells[-1]
        self._cells = (*self._cells[:-1], Cell(here.table, here.row, here.column + 1))
        self._tables.append(0)
        self._walk(element)
        self._flush()
        self._draft = None
        self._tables.pop()
        span = properties.find(w("gridSpan")) if properties is not None else None
        self._cells = (*self._cells[:-1], Cell(here.table, here.row, here.column + _count(span, 1)))

    # references out of the text

    def _note(self, element: Element) -> None:
        if not self.visible:
            return
        kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
        own_mark = element.get(w("customMarkFollows"), "0") in ("1", "true", "on")
        note_id = element.get(w("id"), "")
        self.reading.notes.append(NoteReference(kind, note_id, own_mark, self._current(), self.hidden))

    def _comment_mark(self, element: Element) -> None:
        draft = self._draft or self._joined or (self.drafts[-1] if self.drafts else None)
        if draft is None:
            draft = self._current()
        what = {w("commentRangeStart"): "start", w("commentRangeEnd"): "end"}.get(element.tag, "point")
        mark = CommentMark(element.get(w("id"), ""), what, draft, draft.length)
        self.reading.comment_marks.append(mark)

    def _not_read(self, element: Element) -> None:
        if self.visible:
            self.reading.counts[_UNREAD[element.tag]] += 1

    # pictures, shapes and their texts: see drawings

    def _drawing(self, element: Element) -> None:
        drawings.read_drawing(self, element)

    def _box(self, element: Element) -> None:
        self.read_box(element, hidden=self.hidden)


_UNREAD: Final = {w("altChunk"): "embedded document", w("subDoc"): "sub-document"}

_HANDLERS: Final[dict[str, Callable[[Walker, Element], None]]] = {
    **dict.fromkeys(_SKIPPED, Walker._skip),
    **dict.fromkeys(ATOMS, Walker._atom),
    **dict.fromkeys(_UNREAD, Walker._not_read),
    **dict.fromkeys((P, A_P), Walker._paragraph),
    **dict.fromkeys((DEL, MOVE_FROM), Walker._mute),
    **dict.fromkeys((T, A_T, M_T), Walker._text),
    **dict.fromkeys((w("footnoteReference"), w("endnoteReference")), Walker._note),
    **dict.fromkeys((w("commentRangeStart"), w("commentRangeEnd")), Walker._comment_mark),
    w("commentReference"): Walker._comment_mark,
    **dict.fromkeys((DRAWING, PICT, OBJECT), Walker._drawing),
    **dict.fromkeys((TXBX, A_TXBODY), Walker._box),
    R: Walker._run,
    M_R: Walker._math_run,
    M_MATH: Walker._math_unit,
    SYM: Walker._atom,
    RUBY: Walker._ruby,
    ALTERNATE: Walker._alternate,
    SDT: Walker._control,
    FLDCHAR: Walker._field_mark,
    FLDSIMPLE: Walker._simple_field,
    INSTR: Walker._field_code,
    w("delInstrText"): Walker._field_code,
    HYPERLINK: Walker._link,
    TBL: Walker._table,
    TBLPR: Walker._table_properties,
    TR: Walker._row,
    TC: Walker._cell,
}


def _count(element: Element | None, default: int) -> int:
    number = whole_number(element.get(VAL)) if element is not None else None
    return default if number is None else number
