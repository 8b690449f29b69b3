"""What a paragraph's or run's style means: title, heading, caption, quotation, hidden, emphasised.

Styles are known by their *name*, which Word always stores in English; their ids are in the language of
the person who made the file (``berschrift1``, ``Titre1``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pvelint.document import BlockKind
from pvelint.word.names import PPR, RPR, VAL, Element, is_on, w, whole_number

_HEADING_NAME = re.compile(r"heading ?([1-9])")
_KINDS: Final = {
    "title": BlockKind.TITLE,
    "caption": BlockKind.CAPTION,
    "quote": BlockKind.BLOCK_QUOTE,
    "intense quote": BlockKind.BLOCK_QUOTE,
    "block text": BlockKind.BLOCK_QUOTE,
    "quotations": BlockKind.BLOCK_QUOTE,  # LibreOffice's name
}
_CODE_NAMES: Final = frozenset(
    {"html code", "html preformatted", "source code", "verbatim char", "source text", "preformatted text"}
)
_LINK_NAMES: Final = frozenset({"hyperlink", "followedhyperlink", "internet link", "visited internet link"})
BODY_TEXT_LEVEL: Final = 9


@dataclass(frozen=True, slots=True)
class Style:
    """One style, its parents already in it.

    names:     its own name and its parents', nearest first, in lower case.
    level:     outline level 0-8, `BODY_TEXT_LEVEL` for body text said so, None when nothing is said.
    hidden, italic, underlined: None when nothing is said.
    numbering: its ``w:numPr``, or None.
    """

    names: tuple[str, ...] = ()
    level: int | None = None
    hidden: bool | None = None
    italic: bool | None = None
    underlined: bool | None = None
    numbering: Element | None = None

    @property
    def kind(self) -> BlockKind | None:
        """The kind of block that the style's name (or a parent's) stands for, headings apart."""
        return next((_KINDS[name] for name in self.names if name in _KINDS), None)

    @property
    def is_code(self) -> bool:
        return any(name in _CODE_NAMES for name in self.names)

    @property
    def is_link(self) -> bool:
        return any(name in _LINK_NAMES for name in self.names)


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run is set: hidden from readers, emphasised, in a style for code."""

    hidden: bool
    emphasised: bool
    code: bool


class Styles:
    """The styles of a document; of an empty one when it has no styles part."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        self._cache: dict[str, Style] = {}
        self._root = root
        for element in root.iterfind(w("style")) if root is not None else ():
            style_id = element.get(w("styleId"), "")
            self._elements.setdefault(style_id, element)
            if element.get(w("default"), "0") in ("1", "true", "on"):
                self._defaults.setdefault(element.get(w("type"), ""), style_id)

    def style(self, style_id: str | None, *, family: str = "paragraph") -> Style:
        """The style of that id, or the family's default for None; an unknown id is read as a name."""
        key = self._defaults.get(family) if style_id is None else style_id
        if key is None:
            return Style()
        if key not in self._cache:
            self._cache[key] = self._resolve(key)
        return self._cache[key]

    def paragraph(self, properties: Element | None) -> Style:
        """The style of a paragraph, from its ``w:pPr``."""
        return self.style(_value(properties, "pStyle"))

    def heading_level(self, properties: Element | None) -> int | None:
        """Outline level 0-8 of a paragraph, or None when it is no heading."""
        level = _outline_level(properties)
        if level is None:
            level = self.paragraph(properties).level
        return level if level is not None and level < BODY_TEXT_LEVEL else None

    def look(self, properties: Element | None, paragraph: Style, *, in_link: bool) -> RunLook:
        """How a run is set, from its ``w:rPr``, its character style and its paragraph's style."""
        hidden = italic = underlined = None
        style_id = None
        for entry in properties if properties is not None else ():
            if entry.tag == w("vanish"):
                hidden = is_on(entry)
            elif entry.tag == w("i"):
                italic = is_on(entry)
            elif entry.tag == w("u"):
                underlined = entry.get(VAL, "single") != "none"
            elif entry.tag == w("rStyle"):
                style_id = entry.get(VAL)
        character = Style() if style_id is None else self.style(style_id, family="character")
        if hidden is None:
            hidden = self._hidden_by_style(paragraph, character)
        if italic is None:
            italic = bool(character.italic)
        if underlined is None:
            underlined = bool(character.underlined)
        is_link = in_link or character.is_link  # links are underlined by habit, not for emphasis
        return RunLook(
            hidden=hidden,
            emphasised=italic or (underlined and not is_link),
            code=character.is_code or paragraph.is_code,
        )

    @cached_property
    def _hidden_by_default(self) -> bool:
        if self._root is None:
            return False
        return is_on(self._root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{RPR}/{w('vanish')}"))

    def _hidden_by_style(self, paragraph: Style, character: Style) -> bool:
        """A toggle: set by both the paragraph's and the character's style, it is off again."""
        if paragraph.hidden is None and character.hidden is None:
            return self._hidden_by_default
        return bool(paragraph.hidden) != bool(character.hidden)

    def _resolve(self, style_id: str) -> Style:
        chain = list(self._chain(style_id))
        if not chain:
            name = style_id.casefold()
            match = _HEADING_NAME.fullmatch(name)
            return Style(names=(name,), level=int(match[1]) - 1 if match else None)
        run_properties = [properties for e in chain if (properties := e.find(RPR)) is not None]
        return Style(
            names=tuple((_value(element, "name") or "").casefold() for element in chain),
            level=next((level for e in chain if (level := _style_level(e)) is not None), None),
            hidden=_first_toggle(run_properties, "vanish"),
            italic=_first_toggle(run_properties, "i"),
            underlined=_first_underline(run_properties),
            numbering=next((n for e in chain if (n := e.find(f"{PPR}/{w('numPr')}")) is not None), None),
        )

    def _chain(self, style_id: str) -> Iterator[Element]:
        """A style's element and its parents'; a style that is its own ancestor ends the chain."""
        seen: set[str] = set()
        key: str | None = style_id
        while key is not None and key not in seen and key in self._elements:
            seen.add(key)
            yield self._elements[key]
            key = _value(self._elements[key], "basedOn")


def _value(parent: Element | None, name: str, default: str | None = None) -> str | None:
    child = parent.find(w(name)) if parent is not None else None
    return default if child is None else child.get(VAL, default)


def _outline_level(properties: Element | None) -> int | None:
    return whole_number(_value(properties, "outlineLvl"))


def _style_level(element: Element) -> int | None:
    level = _outline_level(element.find(PPR))
    if level is not None:
        return level
    match = _HEADING_NAME.fullmatch((_value(element, "name") or "").casefold())
    return int(match[1]) - 1 if match else None


def _first_toggle(run_properties: list[Element], name: str) -> bool | None:
    found = next((t for properties in run_properties if (t := properties.find(w(name))) is not None), None)
    return None if found is None else is_on(found)


def _first_underline(run_properties: list[Element]) -> bool | None:
    found = next((u for properties in run_properties if (u := properties.find(w("u"))) is not None), None)
    return None if found is None else found.get(VAL, "single") != "none"
