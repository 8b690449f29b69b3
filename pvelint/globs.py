"""Path patterns of a configuration file: those of ``discover.excluded``, relative to the file's folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from pvelint.discover import excluded


@dataclass(frozen=True, slots=True)
class Patterns:
    """Patterns as in .gitignore (the last that matches decides) and the folder they are relative to."""

    folder: Path
    globs: tuple[str, ...] = ()

    def cover(self, path: str | Path) -> bool:
        """Whether the patterns cover a file; nothing outside the folder is covered."""
        try:
            relative = os.path.relpath(Path(path).absolute(), self.folder)
        except ValueError:  # another drive on Windows
            return False
        if relative == os.pardir or relative.startswith(os.pardir + os.sep):
            return False
        return excluded(relative, self.globs)
