"""What tools/fuzz.py does for hours, for a moment: seeds with random cuts, joins and bytes give our own errors only."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import fuzz  # noqa: E402 - a tool, not part of the package

TARGETS = fuzz._targets()
_ODD = (
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"- ",
    b"[",
    b"{",
    b"&a ",
    b"*a",
    b"!!x ",
    b"<<: ",
    b"\r",
    b"\xe2\x80\xae",
    b"-->",
)


def seed_of(name: str) -> bytes:
    return b"\n".join(data if name == "docx" else data[:3000] for data in fuzz.seeds(name))


@pytest.mark.parametrize("name", sorted(TARGETS))
@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_changed_seeds_give_our_own_errors_only(name: str, data: st.DataObject) -> None:
    content = bytearray(seed_of(name))
    for _ in range(data.draw(st.integers(0, 6))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        content[start : start + length] = data.draw(st.sampled_from(_ODD) | st.binary(max_size=12))
    fuzz._Runs(TARGETS[name])(bytes(content))
