"""Path patterns of configuration files, the same on every system.

``*`` and ``?`` stay inside one path segment, ``**`` crosses segments, ``[...]`` is a character class. A
pattern without a slash is looked for at any depth; one that names a folder covers all that lies in it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern and the folder that it is relative to."""

    folder: Path
    glob: str

    def matches(self, path: str | Path) -> bool:
        """Whether the pattern covers a file (relative paths count from the current folder)."""
        try:
            relative = os.path.relpath(Path(path).absolute(), self.folder)
        except ValueError:  # another drive on Windows
            return False
        parts = relative.replace(os.sep, "/")
        if parts.startswith("../"):
            return False
        return _compiled(self.glob).fullmatch(parts) is not None


@lru_cache(maxsize=512)
def _compiled(glob: str) -> re.Pattern[str]:
    pattern = glob.replace("\\", "/").strip()
    pattern = pattern.removeprefix("./")
    anchored = "/" in pattern.rstrip("/")
    body = _translate(pattern.strip("/"))
    start = "" if anchored else "(?:.*/)?"
    return re.compile(f"{start}{body}(?:/.*)?", re.DOTALL)


def _translate(pattern: str) -> str:
    out: list[str] = []
    position = 0
    while position < len(pattern):
        char = pattern[position]
        if pattern.startswith("**/", position):
            out.append("(?:.*/)?")
            position += 3
            continue
        if pattern.startswith("**", position):
            out.append(".*")
            position += 2
            continue
        if char == "*":
            out.append("[^/]*")
        elif char == "?":
            out.append("[^/]")
        elif char == "[" and "]" in pattern[position + 2 :]:
            end = pattern.index("]", position + 2)
            inside = pattern[position + 1 : end].replace("\\", "\\\\")
            inside = f"^{inside[1:]}" if inside.startswith("!") else inside.replace("^", "\\^")
            out.append(f"(?!/)[{inside}]")
            position = end
        else:
            out.append(re.escape(char))
        position += 1
    return "".join(out)
