"""The line of progress: file, number and remaining time on a terminal; nothing anywhere else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from pvelint.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds, moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    made = []
    for number in range(8):
        path = tmp_path / f"draft {number}.docx"
        path.write_bytes(b"x" * 1000)
        made.append(str(path))
    return made


def test_a_terminal_sees_number_name_and_remaining_time(files: list[str]) -> None:
    terminal, clock = Terminal(), Clock()
    progress = Progress(files, stream=terminal, clock=clock)
    for path in files[:5]:
        progress.begin(Path(path).name)
        clock.now += 60
    lines = [line.strip() for line in terminal.getvalue().split("\r") if line.strip()]
    assert lines[0] == "1 of 8: draft 0.docx"
    assert lines[-1] == "5 of 8, about 4 minutes left: draft 4.docx"
    progress.clear()
    assert terminal.getvalue().endswith("\r")


def test_large_files_weigh_more(files: list[str]) -> None:
    Path(files[-1]).write_bytes(b"x" * 21_000)
    progress = Progress(files, stream=Terminal(), clock=(clock := Clock()))
    for path in files[:4]:
        progress.begin(path)
        clock.now += 20
    clock.now -= 20  # the fourth is only begun
    assert progress.remaining() == "about 8 minutes"


def test_the_last_stretch_is_less_than_a_minute(files: list[str]) -> None:
    progress = Progress(files, stream=Terminal(), clock=(clock := Clock()))
    for path in files:
        progress.begin(path)
        clock.now += 2
    assert progress.remaining() == "less than a minute"


@pytest.mark.parametrize("count", [1, 8])
def test_nothing_is_written_elsewhere(files: list[str], count: int) -> None:
    stream = io.StringIO() if count > 1 else Terminal()
    progress = Progress(files[:count], stream=stream)
    progress.begin(files[0])
    progress.clear()
    assert stream.getvalue() == ""


def test_a_name_that_steers_a_terminal_or_is_too_long_is_tamed(files: list[str]) -> None:
    terminal = Terminal()
    progress = Progress(files, stream=terminal, clock=Clock())
    progress.begin("\x1b[2J" + "folder/" * 40 + "end.docx")
    assert "\x1b" not in terminal.getvalue()
    assert len(terminal.getvalue().strip("\r")) <= 80
    assert terminal.getvalue().endswith("end.docx")


def test_several_at_once_are_counted_and_the_awaited_one_is_named(files: list[str]) -> None:
    terminal, clock = Terminal(), Clock()
    progress = Progress(files, stream=terminal, clock=clock)
    progress.wait_for("first.docx")
    count = progress.counter(2)
    clock.now = 120
    count(2, 6)
    assert terminal.getvalue().split("\r")[-1].strip() == "4 of 8, about 2 minutes left: first.docx"
