"""Headers and footers: which of them a reader is shown, and where first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pvelint.word.names import SECTPR, Element, is_on, r, w
from pvelint.word.package import Package

_PAGES: Final = {"default": "", "first": " (first page)", "even": " (even pages)"}


@dataclass(frozen=True, slots=True)
class Margin:
    """A shown header or footer.

    part:  compared name of its package part.
    what:  ``header`` or ``footer``.
    place: for people: ``header of section 2 (first page)``.
    """

    part: str
    what: str
    place: str


def shown_margins(package: Package, settings: Element | None) -> list[Margin]:
    """Every header and footer that some page can show, once each, in the order of the sections.

    A first-page one is shown only where the section asks for it, one for even pages only when the
    document does; what stays behind from earlier layouts is nobody's text any more.
    """
    even_pages = is_on(settings.find(w("evenAndOddHeaders"))) if settings is not None else False
    inherited: dict[tuple[str, str], str] = {}
    margins: dict[str, Margin] = {}
    for number, section in enumerate(_sections(package.body), start=1):
        for what in ("header", "footer"):
            for reference in section.iterfind(w(f"{what}Reference")):
                part = package.part_of(package.main, reference.get(r("id")))
                if part is not None:
                    inherited[what, reference.get(w("type"), "default")] = part
        shown = ["default", *["first"] * is_on(section.find(w("titlePg"))), *["even"] * even_pages]
        for what in ("header", "footer"):
            for pages in shown:
                part = inherited.get((what, pages))
                if part is not None and part not in margins:
                    place = f"{what} of section {number}{_PAGES[pages]}"
                    margins[part] = Margin(part, what, place)
    return list(margins.values())


def _sections(body: Element) -> Iterator[Element]:
    """The sections' properties in order; those inside a tracked change are the former ones."""
    for section in body.iter(SECTPR):
        parent = section.getparent()
        if parent is not None and parent.tag in (w("pPr"), w("body")):
            yield section
