"""Summaries made by hand: ordinary ones, and one in which every text is hostile."""

from __future__ import annotations

from typing import Any

from pvelint.findings import Family, Level
from pvelint.report.told import Draft, Row, Summary

HOSTILE = "</script><script>document.title='x'</script><img src=x onerror=alert(1)>\"'&<!--\x1b[31m\u202e\ud800]]>"


def row(**changes: Any) -> Row:
    values: dict[str, Any] = {
        "rule": "T501",
        "name": "avoided-term",
        "family": Family.TERMINOLOGY,
        "level": Level.ERROR,
        "red_line": False,
        "message": '"illegal migrants" is not approved.',
        "why": "A person is not illegal.",
        "sources": ("IOM, Glossary on Migration, 2019",),
        "offset": 10,
        "where": 'paragraph 2, under "Background"',
        "before": "The centre hosts ",
        "words": "illegal migrants",
        "after": " from the coast.",
        "suggestions": ("irregular migrants",),
    }
    return Row(**{**values, **changes})


STIGMA = {"rule": "S100", "name": "stigmatizing-term", "family": Family.STIGMA, "message": "It stigmatizes people."}


def summary(*drafts: Draft, **changes: Any) -> Summary:
    values: dict[str, Any] = {
        "title": "Review of drafts",
        "version": "0.0",
        "model": None,
        "made": "1 May 2026, 10:00",
        "drafts": drafts,
    }
    return Summary(**{**values, **changes})


def ordinary() -> Summary:
    """Three documents with findings, one without, one that failed, and all that stands beside."""
    return summary(
        Draft(
            path="a/mild.docx",
            link="./a/mild.docx",
            reader="donor, report",
            length=200,
            rows=(row(level=Level.SUGGESTION, offset=5, where="paragraph 1"),),
            comments=1,
            changes=0,
        ),
        Draft(
            path="grave.md",
            link="./grave.md",
            reader="field",
            length=900,
            rows=(
                row(level=Level.WARNING, offset=3, where="line 1"),
                row(**STIGMA, offset=30, where="line 4"),
                row(**STIGMA, offset=60, where="line 9", notes=("in a quotation",)),
            ),
            aside=(row(words="project", accepted="title of the ministry's law"),),
            baselined=4,
            unread=(("image 1", "text inside pictures is not read"),),
        ),
        Draft(
            path="exception.docx",
            link="./exception.docx",
            reader="donor",
            length=50,
            rows=(row(accepted="the donor's own title", red_line=True),),
            comments=0,
            changes=0,
            notes=("The document is marked as final.",),
        ),
        Draft(path="clean.txt", link="./clean.txt", reader="donor", length=70),
        Draft(path="locked.docx", error="The file has a password. Take it off."),
        skipped=(("~$a.docx", "a lock file of an open document"),),
        rules_not_run=(("M301", "the language model is missing"),),
        copies=True,
    )


def hostile() -> Summary:
    """Every text that can come from a draft, a file name or a lexicon is an attack."""
    bad = row(
        message=HOSTILE,
        why=HOSTILE,
        sources=(HOSTILE,),
        where=HOSTILE,
        before=HOSTILE,
        words=HOSTILE,
        after=HOSTILE,
        notes=(HOSTILE,),
        suggestions=(HOSTILE,),
        advice=(HOSTILE,),
        accepted=HOSTILE,
        copy=HOSTILE,
    )
    return summary(
        Draft(
            path=HOSTILE,
            link="./javascript%3Aalert%281%29",
            reader=HOSTILE,
            rows=(bad, row(name="x", message=HOSTILE)),
            aside=(bad,),
            unread=((HOSTILE, HOSTILE),),
            notes=(HOSTILE,),
        ),
        Draft(path=HOSTILE + "2", error=HOSTILE),
        title=HOSTILE,
        skipped=((HOSTILE, HOSTILE),),
        rules_not_run=(("M301", HOSTILE),),
        copies=True,
    )
