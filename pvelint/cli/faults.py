"""How an unexpected exception is told: its kind and place in the program, never the draft's words."""

from __future__ import annotations

import traceback
from pathlib import Path


def told(error: BaseException) -> str:
    """``KeyError in scan.py, line 40``: enough for a report of the fault, nothing of the draft.

    The exception's own message is left out because it may quote the draft.
    """
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "pvelint" in Path(frame.filename).parts] or list(frames)
    place = f" in {Path(own[-1].filename).name}, line {own[-1].lineno}" if own else ""
    return f"{type(error).__name__}{place}"
