"""The plain case of ``check``, read without click: files, and the few options that a hook or a script gives.

Importing click takes as long as checking a clean page. Whatever is not plain (an unknown or mistyped option, help, a
value after ``=``, a pattern that click expands on Windows) is left to click, which knows what to say about it; a test
compares what the two make of the same arguments.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pvelint.cli.words import FAIL_ON, FORMS, TIERS, TYPES

if TYPE_CHECKING:
    from pvelint.cli.request import Request

#: Options without a value: the field of the request, and what they make of it.
_FLAGS: dict[str, tuple[str, bool]] = {
    "--explain": ("explain", True),
    "--force-exclude": ("force_exclude", True),
    "--isolated": ("isolated", True),
    "--no-baseline": ("no_baseline", True),
    "--no-cache": ("cache", False),
    "--quiet": ("quiet", True),
    "-q": ("quiet", True),
    "--statistics": ("statistics", True),
}
_WORDS = {
    "--format": ("form", FORMS),
    "--tier": ("tier", TIERS),
    "--type": ("type", TYPES),
    "--fail-on": ("fail_on", FAIL_ON),
}
#: The shell asks for completions through this variable.
_COMPLETE = "_PVELINT_COMPLETE"


def plain_request(arguments: Sequence[str]) -> Request | None:
    """What the arguments ask for when they are plain; None when click must read them."""
    if not arguments or arguments[0] != "check" or _COMPLETE in os.environ or sys.platform == "win32":
        return None
    asked: dict[str, Any] = {"cache": True}
    paths: list[str] = []
    rest = iter(arguments[1:])
    for argument in rest:
        if argument in _FLAGS:
            name, value = _FLAGS[argument]
            asked[name] = value
        elif argument in _WORDS:
            name, known = _WORDS[argument]
            word = next(rest, "")
            if word not in known:
                return None
            asked[name] = word
        elif argument.startswith("-"):
            return None
        else:
            paths.append(argument)
    from pvelint.cli.request import Request
    from pvelint.findings import Tier

    if "tier" in asked:
        asked["tier"] = Tier(asked["tier"])
    return Request(paths=tuple(paths) or (".",), **asked)
