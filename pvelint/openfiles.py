"""Whether somebody has a document open, as far as the lock file beside it tells."""

from __future__ import annotations

import os
from pathlib import Path


def is_open(path: str | Path) -> bool:
    """Whether Word or LibreOffice has put a lock file beside a document.

    Word replaces the first one or two letters of long names by ``~$``; LibreOffice writes ``.~lock.NAME#``.
    """
    folder, name = os.path.split(os.fspath(path))
    candidates = {f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#"}
    return any(Path(folder, candidate).is_file() for candidate in candidates)
