"""Usage with evidence: each kind by its cues and their scope."""

from functools import lru_cache

import pytest

from helpers import whole
from pvelint.document import Block, BlockKind, Document, OffsetMap
from pvelint.findings import Usage, UsageKind
from pvelint.language import parse
from pvelint.sites import DocumentText, Site
from pvelint.usage import UsageJudge


@lru_cache(maxsize=1)
def judge() -> UsageJudge:
    return whole().usage


def usage(
    marked: str,
    *,
    leave: tuple[UsageKind, ...] = tuple(UsageKind),
    kind: BlockKind = BlockKind.PARAGRAPH,
    quoted: bool = False,
    emphasis: bool = False,
) -> Usage:
    """The usage of the words in [brackets]."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    spans = ()
    if emphasis:
        from pvelint.document import Span

        spans = (Span(max(0, start - 40), min(len(text), end + 40)),)
    block = Block(text=text, kind=kind, offsets=OffsetMap.shifted(len(text), 0), quoted=quoted, emphasis=spans)
    document = DocumentText(Document("x", "text", text, (block,)), parse)
    first = document.blocks[0].token_at(start)
    return judge().judge(Site(document.blocks[0], first, document.blocks[0].token_at(end)), leave=leave)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("The project will produce [counter-narratives] in three languages.", "asserted"),
        ("IOM does not undertake [counter-messaging].", "negated"),
        ("We will never use [counter-narratives] with pupils.", "negated"),
        ("The team refrains from [counter-messaging] and from profiling.", "negated"),
        ("The project avoids [counter-narratives].", "negated"),
        ("No [counter-narratives] will be produced.", "negated"),
        ("Reducing vulnerability is not as simple as [counter messaging].", "negated"),
        ("The project does not only fund [counter-narratives] but also radio.", "asserted"),
        ("The office does not stop there but funds [counter-narratives].", "asserted"),
        ("Journalists who do not speak French will produce [counter-narratives].", "asserted"),
        ("Peace clubs work without [counter-messaging].", "negated"),
        ("Radio drama is used instead of [counter-narratives].", "negated"),
        ("Avoid the term [illegal migrants].", "mention"),
        ("The word [jihadi] hurts a whole faith.", "mention"),
        ('The label "[illegal migrants]" is inaccurate.', "mention"),
        ("Some are labelled as [terrorists] by neighbours.", "mention"),
        ("They are called [ISIS brides] at school.", "mention"),
        ("The so-called [caliphate] fell.", "mention"),
        ('"[Illegal migrants] are pouring in," the mayor said.', "quoted"),
        ('"We will defeat them with [counter-narratives]," said our programme manager.', "asserted"),
        ("It is a myth that [illegal migrants] bring crime.", "rebutted"),
        ("The false claim that [illegal migrants] bring crime is common.", "rebutted"),
        ("[Illegal migrants] bring crime. This is false.", "rebutted"),
        ("Myth: [illegal migrants] bring crime.", "rebutted"),
        ("The [Counter-Terrorism] Committee met in May.", "name"),
        ("She works at the Ministry for [Counter-Terrorism].", "name"),
        ("The [Illegal Migration] Act was passed.", "name"),
        ("Our [Counter-Radicalization] Work in the Western Region", "asserted"),
        ("[Counter-narrative] workshops are held on Mondays.", "asserted"),
    ],
)
def test_usage(marked: str, kind: str) -> None:
    assert usage(marked).kind.value == kind


def test_block_quotations_are_quoted() -> None:
    assert usage("The [illegal migrants] must go.", quoted=True).kind.value == "quoted"


def test_only_usages_that_matter_are_looked_for() -> None:
    text = "The mayor said: \u201cWe will stop the [illegal migrants] at the river.\u201d"
    assert usage(text).kind is UsageKind.NEGATED
    assert usage(text, leave=(UsageKind.NAME, UsageKind.MENTION)).kind is UsageKind.QUOTED


def test_evidence_names_the_cue() -> None:
    assert usage("IOM does not undertake [counter-messaging].").evidence == "not"
    assert usage("The project avoids [counter-narratives].").evidence == "avoids"
    assert usage("It is a myth that [illegal migrants] bring crime.").evidence == "myth"
