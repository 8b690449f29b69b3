"""Bars of findings by family, as inline SVG without any style or script of its own.

A bar stretches with its cell and holds no letters, so that it stays readable on a telephone; the numbers stand
beside it and are told to screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

_WIDTH = 1000  # units of the drawing, not of the page


def bar(counts: Sequence[tuple[str, int]], most: int) -> str:
    """One bar of several colours.

    counts: (name of the family, number), in the order of the legend.
    most:   the number that fills the whole width.
    """
    told = ", ".join(f"{number} {name}" for name, number in counts if number)
    if not told or most <= 0:
        return '<span class="quiet">none</span>'
    parts: list[str] = []
    position = 0.0
    for name, number in counts:
        width = _WIDTH * number / most
        if number:
            title = f"<title>{number} {escape(name)}</title>"
            parts.append(
                f'<rect class="f-{escape(name)}" x="{position:.1f}" y="0" width="{max(width - 3, 1):.1f}" height="10">'
                f"{title}</rect>"
            )
        position += width
    return (
        f'<svg viewBox="0 0 {_WIDTH} 10" preserveAspectRatio="none" role="img" aria-label="{escape(told)}">'
        f"{''.join(parts)}</svg>"
    )


def legend(families: Sequence[tuple[str, str]]) -> str:
    """What the colours stand for: (name of the family, its meaning)."""
    items = "".join(
        f'<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="f-{escape(name)}" width="10" height="10"/></svg>'
        f"{escape(meaning)}</li>"
        for name, meaning in families
    )
    return f'<ul class="legend" aria-label="Colours of the families">{items}</ul>'
