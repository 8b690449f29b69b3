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
            from pvelint.compiled import installed_key
            from pvelint.compiler import compile_knowledge
            from pvelint.knowledge import read_knowledge

            target = root / "build" / "knowledge.bin"
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(compile_knowledge(read_knowledge(), installed_key()))
        finally:
            sys.path.remove(str(root))
        build_data["force_include"][str(target)] = "pvelint/data/knowledge.bin"
