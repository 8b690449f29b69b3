"""What is done to words, directly, through what belongs to them, and at any depth of a clause."""

import pytest

from pvelint.language import parse
from pvelint.undergoing import reached, undergone


def indices(text: str, *words: str) -> frozenset[int]:
    return frozenset(word.index for word in parse(text).words if word.text.lower() in words)


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("We needle the emir.", ["needle"]),
        ("We study the emir.", []),
        ("We needle the emir's guests.", []),
        ("We pull apart the lies spread by the emir.", ["pull"]),
        ("The emir was needled by our clowns.", ["needled"]),
        ("Our girls turn against the emir.", ["turn"]),
        ("A complaint against the emir was filed.", []),
        ("The former emir was needled.", []),
    ],
)
def test_undergone(text: str, verbs: list[str]) -> None:
    tree = parse(text)
    acts = undergone(
        tree,
        indices(text, "emir"),
        through=indices(text, "lies", "claims"),
        harmless=indices(text, "study"),
    )
    assert [tree.words[act].text for act in acts] == verbs


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("The seminar gives clerics arguments to put the emir in his place.", "gives"),
        ("We hold a mirror to the lies of the emir.", "hold"),
        ("We work near the emir.", None),
        ("We hold talks with the emir.", None),
        ("Two boys went to the emir.", None),
        ("Poverty makes emirs of boys.", None),
    ],
)
def test_reached(text: str, verb: str | None) -> None:
    tree = parse(text)
    act = reached(
        tree,
        indices(text, "emir", "emirs"),
        through=indices(text, "lies"),
        harmless=indices(text, "talks"),
    )
    assert (tree.words[act].text if act is not None else None) == verb


def test_only_what_belongs_to_the_words() -> None:
    text = "We hold a mirror to the group."
    assert reached(parse(text), indices(text, "group"), through=frozenset(), harmless=frozenset(), owned=True) is None
