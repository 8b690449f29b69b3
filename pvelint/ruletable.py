"""The rules that have no file of their own: those made from the lexicon, and the program's own remarks.

S100, C200, M300 and K400 are terms of the families stigma, framing, conflation and causes; T501 is a term that no
reader is given, T502 one that is approved for the other reader, T504 an acronym not expanded at its first use
and T505 an acronym in field text. X001 to X003 are about suppressions. Light, so that shells can complete from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pvelint.findings import Family


@dataclass(frozen=True, slots=True)
class TermRule:
    """A rule made from the lexicon."""

    id: str
    name: str
    family: Family
    summary: str


TERM_RULES = {
    rule.id: rule
    for rule in (
        TermRule(
            "S100",
            "stigmatizing-term",
            Family.STIGMA,
            "A term that ties violence or danger to people for what they are.",
        ),
        TermRule(
            "C200",
            "confrontational-term",
            Family.FRAMING,
            "A term that makes our side confront violent groups.",
        ),
        TermRule("M300", "conflating-term", Family.CONFLATION, "A term that ties migration to violent extremism."),
        TermRule("K400", "simple-cause-term", Family.CAUSES, "A term that gives one cause, or a certain one."),
        TermRule("T501", "avoided-term", Family.TERMINOLOGY, "A term that is not approved for any reader."),
        TermRule(
            "T502",
            "wrong-tier-term",
            Family.TERMINOLOGY,
            "A term that is approved for the other reader only.",
        ),
        TermRule(
            "T504",
            "unexpanded-acronym",
            Family.TERMINOLOGY,
            "An acronym that is not written out at its first use.",
        ),
        TermRule(
            "T505",
            "acronym-in-field-text",
            Family.TERMINOLOGY,
            "An acronym in text for field teams and communities.",
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ToolRule:
    """One of the program's own remarks."""

    id: str
    name: str
    summary: str
    why: str
    cure: str


TOOL_RULES: Mapping[str, ToolRule] = MappingProxyType(
    {
        rule.id: rule
        for rule in (
            ToolRule(
                "X001",
                "unused-suppression",
                "A suppression that silences nothing.",
                "It would silence a later finding that nobody has looked at.",
                "Remove it, or the code that is not needed.",
            ),
            ToolRule(
                "X002",
                "unclosed-suppression",
                "A range of suppression that is never closed.",
                "It silences everything to the end of the document, whatever is added there.",
                "Put an enable comment with the same codes where the range is to end.",
            ),
            ToolRule(
                "X003",
                "faulty-suppression",
                "A suppression that can't be understood and has no effect.",
                "Its writer believes that a finding is settled, and it is not.",
                "Write <!-- pvelint: ignore[S101] the reason -->, with a rule that exists and a reason.",
            ),
        )
    }
)
