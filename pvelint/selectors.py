"""What ``select``, ``ignore`` and ``levels`` name: a rule, a prefix, a family, a rule's name, one concept.

``S101`` one rule, ``S1`` and ``S`` all that begin so, ``stigma`` the family, ``faith-as-adjective`` the rule
of that name, ``T501:illegal-migrant`` one concept under a rule. Of two that fit, the more exact one decides;
of two equally exact ones, ``ignore``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pvelint.decode import nearest
from pvelint.findings import Family

_PREFIX = re.compile(r"[A-Z]\d{0,4}")


def split(words: Iterable[str]) -> tuple[str, ...]:
    """Selectors from the command line: repeated, separated by commas, or both."""
    return tuple(part.strip() for word in words for part in word.split(",") if part.strip())


def canonical(word: str) -> str:
    """Ids and prefixes in capitals, families as their letter, everything else as it is."""
    head, colon, concept = word.partition(":")
    if _PREFIX.fullmatch(head.upper()):
        head = head.upper()
    else:
        letters = {family.value: family.letter for family in Family}
        head = letters.get(head.casefold(), head)
    return f"{head}{colon}{concept}"


def exactness(selector: str, *, rule: str, name: str, concept: str | None = None) -> int:
    """How exactly a selector fits a rule: 0 not at all, then by length of the prefix, name, concept."""
    head, colon, wanted = canonical(selector).partition(":")
    if head in (name, rule):
        fits = 90
    elif _PREFIX.fullmatch(head) and rule.startswith(head):
        fits = len(head)
    else:
        return 0
    if colon:
        return 99 if wanted == concept else 0
    return fits


def chosen(
    *,
    rule: str,
    name: str,
    concept: str | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> bool:
    """Whether a rule runs. An empty ``select`` selects everything."""

    def best(selectors: Sequence[str]) -> int:
        return max((exactness(word, rule=rule, name=name, concept=concept) for word in selectors), default=0)

    selected, ignored = best(select), best(ignore)
    if select and not selected:
        return False
    return ignored == 0 or selected > ignored


def unknown(
    selectors: Iterable[str], *, rules: Mapping[str, str], concepts: Collection[str] = ()
) -> list[tuple[str, str]]:
    """Selectors that fit nothing, each with a hint at the nearest word that would.

    rules: ids and names of all known rules.
    """
    found: list[tuple[str, str]] = []
    words = {*rules, *rules.values(), *(family.value for family in Family)}
    for selector in selectors:
        head, colon, concept = canonical(selector).partition(":")
        if not any(exactness(head, rule=rule, name=name) for rule, name in rules.items()):
            found.append((selector, nearest(head, words) or "See `pvelint rules`."))
        elif colon and concept not in concepts:
            found.append((selector, nearest(concept, concepts) or "See `pvelint terms list`."))
    return found
