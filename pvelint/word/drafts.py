"""What the walk through a story gives: logical paragraphs as pieces, before they have a place."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from pvelint.document import BlockKind
from pvelint.word.names import Element
from pvelint.word.numbering import ListLevel, Numbering
from pvelint.word.package import Package
from pvelint.word.styles import Styles


class Piece(NamedTuple):
    """A run of characters and where it lives; ``offset`` is as in `pvelint.document.Anchor`.

    protected: why nothing may be found in it (see `pvelint.document.Protected`), or an empty string.
    """

    text: str
    node: Element
    offset: int | None
    hidden: bool = False
    emphasised: bool = False
    generated: bool = False
    protected: str = ""


class Cell(NamedTuple):
    """A cell of a table, all from 1; ``column`` counts the columns of the grid, not the cells."""

    table: int
    row: int
    column: int

    def __str__(self) -> str:
        return f"table {self.table}, row {self.row}, column {self.column}"


@dataclass(frozen=True, slots=True)
class Story:
    """A stream of paragraphs of its own: the body, one note, one header, one text box.

    xml_part: name of the package part, as its anchors give it.
    part:     `Block.part`.
    kind:     kind of a paragraph when nothing more special is known.
    place:    for people; empty for the body, whose paragraphs are counted.
    """

    xml_part: str
    part: str
    kind: BlockKind
    place: str = ""


@dataclass
class Draft:
    """A logical paragraph.

    properties: ``w:pPr`` of the paragraph mark that the final text keeps.
    cells:      the cells it stands in, outermost first.
    attached:   what hangs on it, in order: alternative texts and text boxes.
    place:      given for what has no ordinal of its own; ``{}`` stands for the holder's place.
    heading:    text of the nearest heading above, filled in when places are given.
    """

    story: Story
    pieces: list[Piece] = field(default_factory=list)
    properties: Element | None = None
    cells: tuple[Cell, ...] = ()
    attached: list[Draft | TextBox] = field(default_factory=list)
    kind: BlockKind | None = None
    quoted: bool = False
    place: str = ""
    heading: str | None = None
    list_level: ListLevel | None = None
    length: int = 0

    def add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.length += len(piece.text)

    def text(self, *, hidden: bool = False) -> str:
        """The visible characters, or the hidden ones."""
        return "".join(piece.text for piece in self.pieces if piece.hidden == hidden)


@dataclass
class TextBox:
    """A text box: its paragraphs, in order."""

    drafts: list[Draft]


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A reference to a foot- or endnote in the visible text, and the paragraph that has it.

    hidden:   the reference is hidden, and so is the note.
    own_mark: the writer chose the mark, so the note takes no number.
    """

    kind: str
    id: str
    own_mark: bool
    holder: Draft
    hidden: bool


@dataclass(frozen=True, slots=True)
class CommentMark:
    """Where a reviewer's comment begins (``start``), ends (``end``) or is referred to (``point``)."""

    id: str
    what: str
    holder: Draft
    offset: int


@dataclass
class Reading:
    """What all stories of one document share while they are read.

    counts: of what was numbered (``picture``) and of what could not be read (``equation``).
    """

    package: Package
    styles: Styles
    numbering: Numbering
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[NoteReference] = field(default_factory=list)
    comment_marks: list[CommentMark] = field(default_factory=list)

    def next_number(self, what: str) -> int:
        self.counts[what] += 1
        return self.counts[what]
