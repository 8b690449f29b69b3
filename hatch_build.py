"""Puts the shipped lexicons and rules into the wheel compiled, so that no user waits for that.

A build hook of hatchling. An editable install has none of it: there the sources change, and the user's cache serves.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``pvelint/data/knowledge.bin`` into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the data of this source tree. Raises what the loaders raise for a mistake in it."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from pvelint.compiler import compile_shipped

            target = root / "build" / "knowledge.bin"
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(compile_shipped())
        finally:
            sys.path.remove(str(root))
        build_data["force_include"][str(target)] = "pvelint/data/knowledge.bin"
