"""Small knowledge and documents for tests that do not need the shipped lexicons."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pvelint import shipped
from pvelint.conditions import ConditionReader, class_files, read_classes
from pvelint.config import Settings
from pvelint.cues import load_cues
from pvelint.errors import Where
from pvelint.examples import one_block
from pvelint.findings import FileReport, Tier
from pvelint.knowledge import Knowledge, builtin_conditions, load_knowledge
from pvelint.lexicon import Lexicon, load_lexicon
from pvelint.names import Name
from pvelint.pipeline import check_document


@lru_cache(maxsize=1)
def whole() -> Knowledge:
    """The shipped knowledge."""
    return load_knowledge()


def reader() -> ConditionReader:
    """A condition reader with the shipped classes, cues and named conditions."""
    rules = shipped.folder("rules")
    made = ConditionReader(
        classes=read_classes(*class_files(rules)),
        builtins=builtin_conditions(load_cues(rules / "cues.yml")),
    )
    made.read_named(rules / "conditions.yml")
    return made


def lexicon_of(text: str, folder: Path) -> Lexicon:
    """A lexicon from YAML text."""
    path = folder / "own.yml"
    path.write_text(text, encoding="utf-8")
    return load_lexicon([path], conditions=reader())


def knowledge_of(text: str, folder: Path, *, names: tuple[Name, ...] = ()) -> Knowledge:
    """Knowledge with only the concepts of this YAML text."""
    cues = load_cues(shipped.folder("rules") / "cues.yml")
    return Knowledge(lexicon_of(text, folder), names, (), cues, builtin_conditions(cues))


def name(words: str, kind: str = "body") -> Name:
    return Name(words, kind, Where("test", 1))


def check(
    text: str, knowledge: Knowledge, *, tier: Tier = Tier.DONOR, kind: str = "paragraph", **settings: object
) -> FileReport:
    """Check one block."""
    return check_document(one_block(text, kind), settings=Settings(tier=tier, **settings), knowledge=knowledge)  # type: ignore[arg-type]


def concept(
    identifier: str,
    term: str,
    *,
    family: str = "terminology",
    more: str = "",
    level: str = "error",
    extra: str = "",
) -> str:
    """A minimal concept in YAML with one avoided term."""
    return f"""
- id: {identifier}
  family: {family}
  definition: {{donor: A thing., field: A thing.}}
  donor: {{preferred: [better {identifier}]}}
  field: {{preferred: [plain {identifier}]}}
  avoided:
    - {{term: {term}, level: {level}{", " + more if more else ""}}}
  why: Because.
  source: ["000"]
{extra}
  examples: {{flag: [One., Two.], leave: [Three., Four.]}}
"""
