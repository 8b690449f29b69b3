"""Every error that pvelint raises for a person, kept together.

Each carries a stable ``code`` (for JSON), a one-line ``message`` that names what is wrong and, where
there is one, a ``cure``: what the person can do about it. Nothing else may reach the terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class PvelintError(Exception):
    """Base of all expected errors: exit status 2, one clear message, no traceback.

    code:    stable kebab-case word, for example ``encrypted`` or ``unknown-key``.
    message: one sentence without the file's name.
    cure:    what to do about it, one sentence, or an empty string.
    path:    the file concerned, as the user named it, or None.
    """

    def __init__(self, code: str, message: str, *, cure: str = "", path: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.cure = cure
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., PvelintError], tuple[type[PvelintError], dict[str, object]]]:
        """For the way between processes; an exception would be made anew from its message alone."""
        return _made_again, (type(self), self.__dict__)

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path else ""
        return f"{where}{self.message}{' ' + self.cure if self.cure else ''}"


def _made_again(kind: type[PvelintError], state: dict[str, object]) -> PvelintError:
    error = kind.__new__(kind, state["message"])
    error.__dict__.update(state)
    return error


class ReadError(PvelintError):
    """A draft cannot be read (or must not be); the rest of the batch goes on."""


class UsageError(PvelintError):
    """The command line asks for something impossible."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a data file: lines and columns from 1."""

    path: str
    line: int
    column: int = 1
    excerpt: str = ""


class DataError(PvelintError):
    """A mistake in a lexicon, rule, overlay or configuration file, with its place.

    The text reads ``path:line: message (did you mean 'x'?)`` and shows the offending line.
    """

    def __init__(self, code: str, message: str, *, where: Where | None = None, cure: str = "") -> None:
        super().__init__(code, message, cure=cure, path=where.path if where else None)
        self.where = where

    def __str__(self) -> str:
        if self.where is None:
            return super().__str__()
        cure = f" {self.cure}" if self.cure else ""
        excerpt = f"\n    {self.where.excerpt.strip()}" if self.where.excerpt.strip() else ""
        return f"{self.where.path}:{self.where.line}: {self.message}{cure}{excerpt}"
