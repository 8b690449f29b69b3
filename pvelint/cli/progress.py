"""How far a batch is: a line with the file and the remaining time on a terminal, nothing elsewhere.

Elsewhere the finished drafts are told one by one in plain lines, which is progress enough.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TextIO

_SETTLED = 3  # files after which a guess of the remaining time is worth showing
_MINUTE = 60


class Progress:
    """Call `begin` before each file, or `wait_for` and `counter` where several are worked on at once; `clear` before
    anything else is printed.

    paths:  all files, in their order; their sizes weigh the guess.
    stream: where the line goes; nothing is written unless it is a terminal.
    clock:  seconds; replaced by tests.
    """

    def __init__(
        self, paths: Sequence[str], *, stream: TextIO | None = None, clock: Callable[[], float] = monotonic
    ) -> None:
        from pvelint.report.streams import is_terminal

        self._stream = stream or sys.stderr
        self._clock = clock
        self._sizes = [_size(path) for path in paths]
        self._begun = clock()
        self._done = 0  # files begun, or finished where several are worked on at once
        self._counted = False
        self._name = ""
        self._shown = 0
        self._talks = len(paths) > 1 and is_terminal(self._stream)

    def begin(self, path: str) -> None:
        """A file is begun; the one before it is done."""
        self._done += 1
        self._show(path)

    def counter(self, before: int) -> Callable[[int, int], None]:
        """A callback for how many files of a part are done. before: files done in earlier parts."""

        def count(number: int, _of: int) -> None:
            self._counted = True
            self._done = before + number
            self._show(self._name)

        return count

    def wait_for(self, path: str) -> None:
        """The file whose result is the next to be told."""
        self._show(path)

    def _show(self, path: str) -> None:
        self._name = path
        if not self._talks or not path:
            return
        from pvelint.report.streams import width_of
        from pvelint.report.words import Surface, cells

        left = self.remaining()
        time = f", {left} left" if left else ""
        head = f"{self._done} of {len(self._sizes)}{time}: "
        name = Surface.of(self._stream).clean(path)
        room = max(width_of(self._stream) - len(head) - 1, 10)
        if cells(name) > room:
            name = "..." + name[-(room - 3) :]
            while cells(name) > room:
                name = "..." + name[4:]
        line = head + name
        self._put("\r" + line + " " * max(self._shown - cells(line), 0))
        self._shown = cells(line)

    def remaining(self) -> str:
        """The remaining time in words; empty when it is too early.

        By the sizes of what is done and what is not, or by the numbers where nobody knows which are done.
        """
        spent = self._clock() - self._begun
        done = self._done if self._counted else self._done - 1
        if done < _SETTLED or spent < 1:
            return ""
        if self._counted:
            seconds = spent * (len(self._sizes) - done) / done
        else:
            seconds = spent * sum(self._sizes[done:]) / sum(self._sizes[:done])
        if seconds < _MINUTE:
            return "less than a minute"
        minutes = round(seconds / _MINUTE)
        return f"about {minutes} minute{'' if minutes == 1 else 's'}"

    def clear(self) -> None:
        """Take the line away, so that something else can be printed."""
        if self._shown:
            self._put("\r" + " " * self._shown + "\r")
            self._shown = 0

    def _put(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._talks = False


def _size(path: str) -> int:
    try:
        return max(Path(path).stat().st_size, 1)
    except OSError:
        return 1
