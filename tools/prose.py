"""Ordinary prose that every machine with the same Python has: the paragraphs of the standard library's docstrings.

Nothing of it is kept; only what was counted in it is (which word classes are rare in prose, how long a check takes).
"""

from __future__ import annotations

import ast
import sysconfig
from collections.abc import Iterator
from pathlib import Path

_FEWEST_WORDS = 8


def paragraphs() -> Iterator[str]:
    """Each paragraph once, in the order of the files, with its white space normalised."""
    seen: set[str] = set()
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).rglob("*.py")):
        if {"site-packages", "test", "tests", "idlelib"} & set(path.parts):
            continue
        try:
            tree = ast.parse(path.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError, ValueError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                for paragraph in (ast.get_docstring(node) or "").split("\n\n"):
                    text = " ".join(paragraph.split())
                    if len(text.split()) >= _FEWEST_WORDS and ">>>" not in text and text not in seen:
                        seen.add(text)
                        yield text
