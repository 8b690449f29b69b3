"""Names are never findings: listed ones (``lexicons/names.yml``) and those that look like names of bodies or laws.

A listed name is matched in the same pass as the terms (see ``scan``); here is its format and the test for
names that no list can hold: a capitalised run of words around an institution's noun ("Ministry for
Counter-Terrorism", "Illegal Migration Act").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pvelint.decode import load_yaml
from pvelint.errors import Where
from pvelint.tokens import Token

if TYPE_CHECKING:
    from pvelint.cues import Cues
    from pvelint.document import Span
    from pvelint.sites import Site

KINDS = ("body", "law", "report", "post", "programme", "group", "place", "person", "work", "event")

#: Nouns that make a capitalised run the name of a body, a law, a post, a plan or an event.
INSTITUTION_NOUNS = frozenset(
    [
        "ministry",
        "minister",
        "department",
        "directorate",
        "division",
        "bureau",
        "office",
        "agency",
        "authority",
        "commission",
        "commissioner",
        "committee",
        "council",
        "court",
        "tribunal",
        "parliament",
        "senate",
        "assembly",
        "board",
        "institute",
        "institution",
        "centre",
        "center",
        "academy",
        "university",
        "school",
        "college",
        "foundation",
        "fund",
        "facility",
        "forum",
        "alliance",
        "coalition",
        "coordinator",
        "rapporteur",
        "envoy",
        "secretariat",
        "service",
        "unit",
        "section",
        "task",
        "force",
        "taskforce",
        "command",
        "convention",
        "treaty",
        "protocol",
        "covenant",
        "charter",
        "act",
        "law",
        "bill",
        "code",
        "decree",
        "directive",
        "regulation",
        "ordinance",
        "resolution",
        "declaration",
        "agreement",
        "accord",
        "compact",
        "framework",
        "strategy",
        "policy",
        "plan",
        "programme",
        "program",
        "initiative",
        "mechanism",
        "network",
        "observatory",
        "index",
        "conference",
        "summit",
        "symposium",
        "congress",
        "bank",
        "union",
        "organization",
        "organisation",
        "association",
        "federation",
        "society",
        "movement",
        "party",
        "report",
        "review",
        "journal",
        "handbook",
        "guidelines",
        "principles",
        "pact",
        "database",
        "police",
        "army",
        "guard",
        "corps",
        "prize",
        "award",
        "day",
        "week",
        "executive",
        "branch",
        "panel",
        "mission",
        "delegation",
        "embassy",
        "consulate",
        "library",
        "museum",
        "museum",
        "foundation",
        "trust",
        "consortium",
    ]
)
#: These make a name only in the name of an act of law or a body, never in a project's own heading.
_WEAK = frozenset(
    [
        "strategy",
        "policy",
        "plan",
        "programme",
        "program",
        "initiative",
        "framework",
        "report",
        "network",
        "unit",
        "section",
        "review",
        "mission",
        "consortium",
        "index",
        "handbook",
        "guidelines",
        "day",
        "week",
        "school",
        "movement",
        "mechanism",
    ]
)
_LINKS = frozenset(
    {
        "of",
        "the",
        "for",
        "and",
        "on",
        "against",
        "to",
        "in",
        "&",
        "/",
        "with",
        "de",
        "des",
        "du",
        "la",
        "(",
        ")",
    }
)
_REFERENCE = re.compile(r"\(\s*[^()]{0,80}\b(19|20)\d\d[a-z]?\b[^()]*\)|\bA/(RES|HRC|\d)|\bS/RES")


@dataclass(frozen=True)
class Name:
    """A listed name and its kind; names of kind ``group`` yield to a term avoided for the reader."""

    name: str
    kind: str
    where: Where


def load_names(path: Path) -> tuple[Name, ...]:
    """Read ``names.yml``: a mapping of kind to names. Raises DataError."""
    root = load_yaml(path, shown=f"{path.parent.name}/{path.name}")
    found: list[Name] = []
    for kind, node in root.mapping("the names", allowed=KINDS).items():
        for item in node.items(kind):
            found.append(Name(item.string("a name"), kind, item.where))
    return tuple(found)


def looks_like_name(site: Site) -> str | None:
    """The name that the words are part of, when they stand in a capitalised run with an institution's noun."""
    tokens = site.tokens
    if not any(_capital(token) for token in tokens[site.first : site.last]):
        return None
    first, last = _run(tokens, site.first, site.last, site.sentence_first, site.sentence_last)
    run = tokens[first:last]
    nouns = [token for token in run if token.norm in INSTITUTION_NOUNS or token.norm.rstrip("s") in INSTITUTION_NOUNS]
    nouns = [token for token in nouns if _capital(token)]
    if not nouns:
        return None
    shouting = all(token.text.isupper() for token in run if token.kind == "word" and len(token.text) > 1)
    title_case = _title_case(tokens[site.sentence_first : site.sentence_last])
    strong = [token for token in nouns if token.norm not in _WEAK]
    if (shouting or title_case) and not strong:
        return None
    if any(token.norm in {"our", "we"} for token in tokens[max(site.sentence_first, first - 2) : site.first]):
        return None
    if len([token for token in run if _capital(token)]) < 2:
        return None
    if not strong and not any(
        _capital(token) and site.sentence_first < index for index, token in enumerate(run, first)
    ):
        return None
    return site.block.text[run[0].start : run[-1].end]


def looks_like_title(site: Site, title: Span, cues: Cues, *, emphasized: bool) -> str | None:
    """A work's title in italics or quotation marks: set with capitals, longer than the words, and not one's own.

    In quotation marks it also needs a word for the work or a reference, for headlines and slogans are utterances.
    """
    text = site.block.text
    words = text[title.start : title.end].strip(" .,").split()
    content = [word for word in words if len(word) > 3]
    capitals = sum(word[0].isupper() for word in content)
    if len(words) < 3 or capitals < max(2, (2 * len(content) + 2) // 3):
        return None
    first, last = site.text.token_at(title.start), site.text.token_at(title.end)
    before = [token.norm for token in site.tokens[max(0, first - 8) : first]]
    if "our" in before or "we" in before:
        return None
    if emphasized:
        return text[title.start : title.end]
    if next(cues.phrases("utterance-noun").find(site.tokens, max(0, first - 5), first), None) is not None:
        return None
    work = next(cues.phrases("work-noun").find(site.tokens, max(0, first - 7), first), None)
    if next(cues.phrases("speech-verb").find(site.tokens, last, min(len(site.tokens), last + 5)), None) is not None:
        return None
    reference = _REFERENCE.match(text, min(title.end + 1, len(text))) or re.match(
        r".{0,3}\([^()]{6,90}\)", text[title.end :]
    )
    return text[title.start : title.end] if work is not None or reference else None


def _capital(token: Token) -> bool:
    return token.kind == "word" and token.text[:1].isupper()


def _run(tokens: Sequence[Token], first: int, last: int, low: int, high: int) -> tuple[int, int]:
    """The capitalised run around a range, with the small words inside it."""
    left = first
    probe = first - 1
    while probe >= low and (_capital(tokens[probe]) or tokens[probe].norm in _LINKS or tokens[probe].joined):
        if _capital(tokens[probe]):
            left = probe
        probe -= 1
    right = last
    probe = last
    while probe < high and (_capital(tokens[probe]) or tokens[probe].norm in _LINKS):
        if _capital(tokens[probe]):
            right = probe + 1
        probe += 1
    return left, right


def _title_case(tokens: Sequence[Token]) -> bool:
    """Whether a whole sentence is set with capitals, so that they prove nothing."""
    words = [token for token in tokens if token.kind == "word" and len(token.text) > 3]
    loud = len(words) >= 2 and sum(token.text[:1].isupper() for token in words) >= 0.8 * len(words)
    return loud and not (tokens[-1].text == "." and any(token.text.islower() for token in words))
