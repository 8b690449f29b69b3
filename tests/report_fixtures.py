"""Findings and reports made by hand, for the tests of reports and of the command line."""

from __future__ import annotations

from typing import Any

from pvelint.document import Block, BlockKind, Document, NotChecked, OffsetMap, Span
from pvelint.errors import ReadError
from pvelint.findings import (
    Family,
    FileReport,
    Finding,
    Level,
    RunReport,
    Suggestion,
    Tier,
    Usage,
    UsageKind,
)


def document(text: str, *, path: str = "a.md", form: str = "markdown", **block: Any) -> Document:
    """A document of one block whose text is its source."""
    single = Block(text=text, kind=BlockKind.PARAGRAPH, offsets=OffsetMap.shifted(len(text), 0), **block)
    return Document(path=path, format=form, text=text, blocks=(single,))


def finding(source: Document, words: str, **changes: Any) -> Finding:
    """A finding on the first occurrence of words in a one-block document, the block as its sentence."""
    block = source.blocks[0]
    start = block.text.index(words)
    span = Span(start, start + len(words))
    values: dict[str, Any] = {
        "rule": "T501",
        "name": "avoided-term",
        "family": Family.TERMINOLOGY,
        "level": Level.ERROR,
        "red_line": False,
        "concept": "illegal-migrant",
        "text": words,
        "message": f'"{words}" is not approved.',
        "why": "A person is not illegal.",
        "source": ("001",),
        "block": 0,
        "span": span,
        "location": source.locate(block, span),
        "sentence": " ".join(block.text.split()),
        "sentence_span": Span(0, len(block.text)),
        "usage": Usage(UsageKind.ASSERTED),
        "suggestions": (Suggestion("irregular migrants", "safe"),),
        "advice": (),
        "fingerprint": "0123456789abcdef",
    }
    return Finding(**{**values, **changes})


def file_report(source: Document, *findings: Finding, **changes: Any) -> FileReport:
    values: dict[str, Any] = {
        "path": source.path,
        "tier": Tier.DONOR,
        "findings": findings,
        "document": source,
        "words": len(source.text.split()),
    }
    return FileReport(**{**values, **changes})


def run_report(*files: FileReport, **changes: Any) -> RunReport:
    return RunReport(files=files, version="0.0", model=None, **changes)


def full_report() -> RunReport:
    """A report in which every part of the contract has something."""
    text = "The minister spoke of illegal migrants who came with our CVE project."
    source = document(text, heading="Background")
    word = document(
        text, path="b.docx", form="word", heading="Background", place="table 2, row 3", hidden=True
    )
    quoted = Usage(UsageKind.QUOTED, "spoke of")
    return run_report(
        file_report(
            source,
            finding(source, "illegal migrants", usage=quoted, level=Level.WARNING, advice=("Add context.",)),
            finding(
                source,
                "illegal migrants",
                rule="S100",
                name="stigmatizing-term",
                family=Family.STIGMA,
                message="It stigmatizes people.",
            ),
            finding(
                source,
                "CVE",
                rule="C200",
                name="confrontational-term",
                family=Family.FRAMING,
                red_line=True,
                concept="cve",
                accepted="the donor's title",
                suggestions=(Suggestion("PVE", "offer"),),
            ),
            set_aside=(finding(source, "migrants", usage=Usage(UsageKind.NEGATED, "not")),),
            suppressed=(finding(source, "project"),),
            baselined=4,
            type="proposal",
        ),
        file_report(
            word,
            finding(word, "CVE", level=Level.SUGGESTION, concept=None, suggestions=()),
            not_checked=(NotChecked("image 1", "Text in pictures is not read."),),
        ),
        FileReport(
            path="c.docx", error=ReadError("encrypted", "The file has a password.", cure="Take it off.")
        ),
        rules_not_run=(("M301", "the language model is missing"),),
        skipped=(("~$a.docx", "a lock file of an open document"),),
        statistics={"T501 avoided-term": 2},
    )
