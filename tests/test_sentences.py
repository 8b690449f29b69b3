import pytest

from pvelint.sentences import split


def parts(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two.", ["One.", "Two."]),
        ('He said "No." Then he left.', ['He said "No."', "Then he left."]),
        ("Dr. Ada came, e.g. on Monday. She left.", ["Dr. Ada came, e.g. on Monday.", "She left."]),
        ("It grew by 3.5 per cent. It fell.", ["It grew by 3.5 per cent.", "It fell."]),
        ("See Art. 3 of the law.", ["See Art. 3 of the law."]),
        ("Why? Because!", ["Why?", "Because!"]),
        ("1. First point", ["1. First point"]),
        ("no end", ["no end"]),
        ('"Go!" she said. "Now."', ['"Go!" she said.', '"Now."']),
        ("The St. Louis team won. Gov. Hale spoke.", ["The St. Louis team won.", "Gov. Hale spoke."]),
        ("", []),
        ("Mr. J. Smith of the U.N. spoke.", ["Mr. J. Smith of the U.N. spoke."]),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert parts(text) == expected
