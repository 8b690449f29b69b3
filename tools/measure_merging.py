"""Measure whether domain words should be merged before or after tagging: ``python tools/measure_merging.py``.

Each sentence has a verb with its subject and object as a reader sees them (heads, lower case). A parse is right when it
gives both. Three ways: no merging, merging after tagging and before parsing, merging before tagging (what ``language`` does).
The figures stand in docs/decisions/parsing.md.
"""

from __future__ import annotations

from typing import Any

from pvelint import language

SENTENCES = """
The project funds counter-narratives in two districts. | fund | project | counter-narratives
Al-Shabaab attacked the village at dawn. | attack | al-shabaab | village
Boko Haram recruits boys near the lake. | recruit | haram | boys
Ex-combatants run the bakery. | run | ex-combatants | bakery
Partners produce counter-messaging materials for radio. | produce | partners | materials
The non-profit trains ex-fighters. | train | non-profit | ex-fighters
Anti-migrant posts reached thousands. | reach | posts | thousands
Volunteers filmed a counter-recruitment clip. | film | volunteers | clip
The Islamic State lost the town. | lose | state | town
The council adopted a P/CVE plan. | adopt | council | plan
Militants of Al-Qaida burned the school. | burn | militants | school
De-radicalization programmes cost millions. | cost | programmes | millions
The co-operative hired self-taught carpenters. | hire | co-operative | carpenters
Our team drafts counter-arguments every night. | draft | team | counter-arguments
Re-integration grants helped families. | help | grants | families
Counter-propaganda reaches nobody. | reach | counter-propaganda | nobody
Pre-departure sessions inform migrants. | inform | sessions | migrants
Cyber-recruiters contact girls on forums. | contact | cyber-recruiters | girls
Da'esh published a video. | publish | da'esh | video
The multi-agency group screens new arrivals. | screen | group | arrivals
Al Shabaab taxes traders on the road. | tax | shabaab | traders
Counter-terrorism laws restrict charities. | restrict | laws | charities
Ex-detainees distrust the counter-extremism hub. | distrust | ex-detainees | hub
Post-conflict towns need jobs. | need | towns | jobs
"""


def document(text: str, way: str) -> Any:
    """The parsed document in one of the three ways."""
    pipeline = language._pipeline()
    made = pipeline.make_doc(text)
    done = False
    for name, component in pipeline.pipeline:
        if not done and (way == "before" or (way == "after" and name == "parser")):
            merge(made, text)
            done = True
        made = component(made)
    return made


def merge(made: Any, text: str) -> None:
    spans = [
        made.char_span(*match.span())
        for pattern in (language._HYPHENATED, language._NAMES)
        for match in pattern.finditer(text)
    ]
    with made.retokenize() as retokenizer:
        for span in spans:
            if span is not None and len(span) > 1:
                retokenizer.merge(span)


def right(made: Any, verb: str, subject: str, target: str) -> bool:
    for token in made:
        if token.lemma_.lower() == verb and token.pos_ == "VERB":
            roles = {child.dep_: child.text.lower().split()[-1].split("/")[-1] for child in token.children}
            ends = (roles.get("nsubj", ""), roles.get("dobj", ""))
            return ends[0].endswith(subject.split("-")[-1]) and ends[1].endswith(target.split("-")[-1])
    return False


def main() -> None:
    cases = [[part.strip() for part in line.split("|")] for line in SENTENCES.strip().splitlines()]
    for way in ("none", "after", "before"):
        found = sum(right(document(text, way), verb, subject, target) for text, verb, subject, target in cases)
        print(f"{way:7} {found} of {len(cases)} right")


if __name__ == "__main__":
    main()
