"""What an office adds to the shipped data: its own concepts, rules and names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """Absolute paths of an office's own files, in the order in which its configuration names them."""

    lexicons: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """All of them."""
        return (*self.lexicons, *self.rules, *self.names)

    @property
    def empty(self) -> bool:
        return not self.files


#: An office that adds nothing.
NO_OFFICE = Office()
