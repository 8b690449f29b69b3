import pytest

from helpers import reader
from pvelint.decode import parse_yaml
from pvelint.errors import DataError
from pvelint.patterns import find_pattern, parse_pattern
from pvelint.tokens import tokenise


def found(pattern: str, text: str) -> str | None:
    elements = parse_pattern(parse_yaml(f'"{pattern}"'.encode(), name="x"), reader())
    tokens = tokenise(text)
    match = find_pattern(elements, tokens, 0, len(tokens))
    return text[tokens[match[0]].start : tokens[match[1] - 1].end] if match else None


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("hide among", "They were hiding among us.", "hiding among"),
        ("hide|conceal ..2 refugee", "They concealed many among refugees.", "concealed many among refugees"),
        ("hide ..1 refugee", "They hid far away from refugees.", None),
        ("no_longer hide", "They can no longer hide.", "no longer hide"),
        ("?the camp breed", "Camps breed flies.", "Camps breed"),
        ("=fuels peace", "Radio fuels peace.", "fuels peace"),
        ("=fuels peace", "They fuel peace.", None),
        ("@people-on-the-move ..2 tent", "Asylum seekers slept in tents.", "Asylum seekers slept in tents"),
        ("^ camp", "The camp", None),
        ("^ the camp $", "The camp.", "The camp"),
        ("poverty → terror", "poverty → terror", "poverty → terror"),
        ("fight , fight", "fight, fight", "fight, fight"),
        ("counter narrative", "a counter-narrative", "counter-narrative"),
    ],
)
def test_patterns(pattern: str, text: str, expected: str | None) -> None:
    assert found(pattern, text) == expected


@pytest.mark.parametrize("pattern", ["@no-such-class", "..3", "^ $"])
def test_bad_patterns_are_data_errors(pattern: str) -> None:
    with pytest.raises(DataError):
        found(pattern, "x")


def test_gaps_do_not_explode() -> None:
    assert found("a ..9 a ..9 a ..9 a ..9 a ..9 zebra", "a " * 400) is None
