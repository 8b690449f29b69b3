"""Names of rules and concepts for shells to complete, from file names and first lines: no YAML, no model, no wait."""

from __future__ import annotations

import re
from pathlib import Path

from pvelint import shipped
from pvelint.errors import PvelintError
from pvelint.ruletable import TERM_RULES, TOOL_RULES

_RULE_FILE = re.compile(r"([A-Z]\d{3})-([a-z0-9-]+)\.ya?ml")
_CONCEPT = re.compile(r"^- id: ([a-z0-9-]+)", re.MULTILINE)


def rule_names() -> dict[str, str]:
    """Every shipped rule, id to name, sorted; what can't be read is left out, for a shell can't show errors."""
    names = {rule.id: rule.name for rule in TERM_RULES.values()}
    names |= {rule.id: rule.name for rule in TOOL_RULES.values()}
    for path in _files("rules", "*/*.y*ml"):
        match = _RULE_FILE.fullmatch(path.name)
        if match:
            names[match[1]] = match[2]
    return dict(sorted(names.items()))


def concept_ids() -> list[str]:
    """The ids of the shipped concepts, sorted."""
    found: set[str] = set()
    for path in _files("lexicons", "*.y*ml"):
        try:
            found.update(_CONCEPT.findall(path.read_text(encoding="utf-8", errors="replace")))
        except OSError:
            continue
    return sorted(found)


def donors() -> list[str]:
    """The ids of the shipped donor overlays, sorted."""
    return sorted(path.stem for path in _files("lexicons", "donors/*.y*ml"))


def _files(folder: str, pattern: str) -> list[Path]:
    try:
        return sorted(shipped.folder(folder).glob(pattern))
    except (PvelintError, OSError):
        return []
