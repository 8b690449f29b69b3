import pytest

from helpers import whole
from pvelint.config import Settings
from pvelint.examples import one_block
from pvelint.findings import Tier
from pvelint.pipeline import check_document


@pytest.mark.parametrize(
    "text",
    [
        "The Global Counterterrorism Forum met in May.",
        "She briefed the Counter-Terrorism Committee of the Security Council.",
        "He leads the Hedayah International Center of Excellence for Countering Violent Extremism.",
        "The Illegal Immigration (Offences) Act was repealed.",
        "The Ministry for Countering Violent Extremism sent two officers.",
        "The National Countering Violent Extremism Strategy 2021 was launched by the President.",
        "They cited the Foreign Aliens Registration Act of 1940.",
        "The Department of Counter-Narratives Research closed.",
        "The journal article *Counter-Narratives and the Craft of Persuasion in Schools* was cited.",
    ],
)
def test_names_are_left(text: str) -> None:
    document = one_block(text.replace("*", ""))
    if "*" in text:
        from dataclasses import replace

        from pvelint.document import Span

        start, end = text.index("*"), text.rindex("*") - 1
        document = replace(document, blocks=(replace(document.blocks[0], emphasis=(Span(start, end),)),))
    assert not check_document(document, settings=Settings(tier=Tier.DONOR), knowledge=whole()).findings


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Our Countering Violent Extremism Project in the North", "heading"),
        ("Our Countering Violent Extremism Project in the north reached forty villages.", "paragraph"),
        ("Countering Violent Extremism: Our Plan", "heading"),
    ],
)
def test_own_titles_are_no_names(text: str, kind: str) -> None:
    assert check_document(one_block(text, kind), settings=Settings(), knowledge=whole()).findings
