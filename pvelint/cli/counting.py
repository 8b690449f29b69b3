"""How many drafts are done, for a person who waits at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

_PROGRESS_AFTER = 1.0  # seconds


def counted(files: Sequence[str]) -> Iterator[str]:
    """The files, each counted as it is begun."""
    with counter(len(files)) as count:
        for number, path in enumerate(files, 1):
            count(number, len(files))
            yield path


@contextmanager
def counter(total: int) -> Iterator[Callable[[int, int], None]]:
    """Counts on a terminal's standard error when it takes longer than a second; elsewhere nothing is written."""
    from pvelint.report.streams import is_terminal

    begun = monotonic()
    shown = False
    talk = total > 1 and is_terminal(sys.stderr)

    def count(number: int, of: int) -> None:
        nonlocal shown
        if talk and monotonic() - begun > _PROGRESS_AFTER:
            shown = True
            print(f"\rchecking {number} of {of} ", end="", file=sys.stderr, flush=True)

    try:
        yield count
    finally:
        if shown:
            print("\r" + " " * 40 + "\r", end="", file=sys.stderr, flush=True)
