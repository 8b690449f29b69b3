from pvelint.tokens import tokenise


def norms(text: str) -> list[str]:
    return [token.norm for token in tokenise(text)]


def test_words_hyphens_and_possessives() -> None:
    assert norms("The migrants\u2019 camp\u2019s counter\u2011narrative") == [
        "the",
        "migrants",
        "'s",
        "camp",
        "'s",
        "counter",
        "narrative",
    ]


def test_apostrophes_inside_words_stay() -> None:
    assert norms("Da\u2019esh don't") == ["da'esh", "don't"]


def test_soft_hyphens_do_not_matter() -> None:
    assert norms("mi\u00adgrants") == ["migrants"]


def test_joined_says_that_a_hyphen_ties() -> None:
    joined = {token.text: token.joined for token in tokenise("counter- narrative and well-being")}
    assert joined == {"counter": False, "narrative": True, "and": False, "well": False, "being": True}


def test_offsets_are_those_of_the_text() -> None:
    text = "P/CVE, (“x”) — é\u0301tat"
    assert [text[token.start : token.end] for token in tokenise(text)] == [token.text for token in tokenise(text)]


def test_marks_are_tokens() -> None:
    assert norms("P/CVE.") == ["p", "/", "cve", "."]
