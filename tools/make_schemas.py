"""Write the JSON Schemas that are made from the code, and name them in the data files, so that editors check both.

    python tools/make_schemas.py [--check]

With ``--check`` nothing is written; the exit status is 1 when a checked-in schema is stale or a data file does not
name its schema in its first line.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from pvelint import shipped
from pvelint.schemata import schemas

_BY_NAME = {
    "names": "names",
    "acronyms": "acronyms",
    "sources": None,
    "conditions": "conditions",
    "word-classes": "classes",
    "cues": "classes",
    "causal-words": "classes",
}


def schema_of(path: Path) -> str | None:
    """The name of the schema of a shipped data file; None for one that has none."""
    if path.stem in _BY_NAME:
        return _BY_NAME[path.stem]
    if path.parent.name == "donors":
        return "donor"
    if path.parent.name == "lexicons":
        return "lexicon"
    if path.parent.name == "rules":
        return "classes" if path.stem.startswith("classes-") else None
    return "rule"


def data_files() -> Iterator[tuple[Path, str]]:
    """The shipped data files that have a schema, with the first line that names it."""
    for folder in ("lexicons", "rules"):
        for path in sorted(shipped.folder(folder).rglob("*.yml")):
            name = schema_of(path)
            if name is not None:
                place = os.path.relpath(shipped.schema(name), path.parent).replace(os.sep, "/")
                yield path, f"# yaml-language-server: $schema={place}\n"


def main() -> int:
    stale: list[str] = []
    for name, content in schemas().items():
        path = shipped.schema(name)
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(path.name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8", newline="\n")
    for path, line in data_files():
        text = path.read_text(encoding="utf-8")
        if not text.startswith(line):
            stale.append(f"{path.parent.name}/{path.name}")
            if "--check" not in sys.argv:
                path.write_text(line + text, encoding="utf-8", newline="\n")
    for name in stale:
        print(f"{name}: {'stale; run python tools/make_schemas.py' if '--check' in sys.argv else 'written'}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
