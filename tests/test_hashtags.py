"""Hashtags as the words that they are made of."""

from pvelint.hashtags import spread
from pvelint.tokens import tokenise


def test_words_of_a_hashtag_keep_their_places() -> None:
    text = "Join us! #SilenceTheirSermons now"
    tokens = tokenise(text)
    found = spread(tokens, 0, len(tokens))
    assert found is not None
    words, origin = found
    assert [word.norm for word in words] == ["join", "us", "!", "#", "silence", "their", "sermons", "now"]
    assert [text[word.start : word.end] for word in words][4:7] == ["Silence", "Their", "Sermons"]
    assert origin == (0, 1, 2, 3, 4, 4, 4, 5, 6)


def test_nothing_to_take_apart() -> None:
    tokens = tokenise("See #peace and issue #12.")
    assert spread(tokens, 0, len(tokens)) is None
