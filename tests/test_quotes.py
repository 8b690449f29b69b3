import pytest

from pvelint.quotes import quotations


def inner(text: str) -> list[str]:
    return [text[quote.inner.start : quote.inner.end] for quote in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "go home" twice.', ["go home"]),
        ("He said \u201cgo home\u201d twice.", ["go home"]),
        ("Er sagt \u201eheim\u201c oft.", ["heim"]),
        ("Il dit \u00ab rentrez \u00bb ici.", [" rentrez "]),
        ("the label \u2018illegal\u2019 hurts", ["illegal"]),
        ("The migrants\u2019 camp isn\u2019t far.", []),
        ("The migrants' camp isn't far.", []),
        ("They use 'counter messaging' and 'CVE'.", ["counter messaging", "CVE"]),
        ("\u2018The returnees\u2019 homes burned,\u2019 she said.", ["The returnees\u2019 homes burned,"]),
        ("\u201cShe said \u2018no\u2019 to them.\u201d", ["She said \u2018no\u2019 to them.", "no"]),
        (
            "\u201cThis paragraph of a long quotation is not closed here",
            ["This paragraph of a long quotation is not closed here"],
        ),
        ('a 5" pipe and a 3" pipe', []),
        ("Er sagt \u00bbheim\u00ab oft.", ["heim"]),
        ("Hon s\u00e4ger \u201dhem\u201d ofta.", ["hem"]),
        ("der \u201aRadikale\u2018 kam", ["Radikale"]),
        ("\u300cgo\u300d he said", ["go"]),
        ("the 1990s\u2019 wars and the boys\u2019 homes", []),
        ("He said \u201cno \u2018illegals\u2019 here\u201d and left.", ["no \u2018illegals\u2019 here", "illegals"]),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert inner(text) == expected
