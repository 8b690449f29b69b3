"""The index of word lists finds what each list would find by itself."""

import pytest

from helpers import whole
from pvelint.phrases import phrase_set
from pvelint.ruleindex import index_rules
from pvelint.tokens import tokenise
from pvelint.wordindex import IndexBuilder, WordList

PEOPLE = ("migrant", "asylum seeker", "asylum")
PLACES = ("camp", "shore", "asylum")


def test_lists_share_the_trie_but_keep_their_words() -> None:
    lists = IndexBuilder([WordList(PEOPLE), WordList(PLACES)])
    tokens = tokenise("Asylum seekers left the camps.")
    found = lists.index.scan(tokens, 0, len(tokens))
    assert list(found.find(lists.bit(PEOPLE))) == [(0, 2)]
    assert list(found.find(lists.bit(PLACES))) == [(0, 1), (4, 5)]


def test_a_phrase_beyond_the_range_does_not_count() -> None:
    lists = IndexBuilder([WordList(PEOPLE)])
    tokens = tokenise("two asylum seekers")
    assert list(lists.index.scan(tokens, 0, 2).find(lists.bit(PEOPLE))) == [(1, 2)]


def test_exact_tokens_are_not_inflected() -> None:
    fuels = WordList(("feed",), ("fuels",))
    lists = IndexBuilder([fuels])
    tokens = tokenise("fuels fuel feeds")
    assert list(lists.index.scan(tokens, 0, 3).find(lists.bit(fuels.words, fuels.exact))) == [(0, 1), (2, 3)]


def test_an_equal_list_is_the_same_list() -> None:
    lists = IndexBuilder([WordList(PEOPLE)])
    assert lists.bit((*PEOPLE[:1], *PEOPLE[1:])) == lists.bit(PEOPLE)
    with pytest.raises(KeyError):
        lists.bit(PLACES)


@pytest.mark.parametrize(
    "text",
    [
        "Smugglers brought hidden fighters in among the families who fled the camps last year.",
        "Poverty breeds terror, they say; the mosques of the north-east are no breeding ground.",
        "We will crush the enemies of peace, root out their hate and win back our young people.",
    ],
)
def test_every_list_of_the_rules_is_found_as_by_itself(text: str) -> None:
    tokens = tokenise(text)
    ready, lists = index_rules(whole().rules, whole().classes)
    found = ready.lists.scan(tokens, 0, len(tokens))
    compared = 0
    for rule in whole().rules:
        for relation in rule.relations:
            for words in relation.roles.values():
                alone = list(phrase_set(words).find(tokens, 0, len(tokens)))
                assert list(found.find(lists.bit(words))) == alone
                compared += len(alone)
    assert compared
