"""Names that only their capital tells."""

import pytest

from pvelint.capitalized import capitalized_names
from pvelint.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Reports of Kadoumi extremism reached the ports.", ["Kadoumi"]),
        ("Kadoumi extremism reached the ports of the south.", []),
        ("On Friday the Sahri clans met in March.", ["Sahri"]),
        ("The Rise of Kadoumi Extremism", []),
        ("The plan for Preventing Violent Extremism was adopted last year.", []),
        ("the office in VELM works with local schools every week", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    tokens = tokenise(text)
    assert [tokens[index].text for index in sorted(capitalized_names(tokens, 0, len(tokens)))] == names
