"""Standard output and error: encodings, terminals, files written whole.

Nothing here knows what is written. A stream that goes to a pipe or a file is set to UTF-8, whatever the
code page of the console is; a terminal keeps its encoding, and what it can't show is replaced.
"""

from __future__ import annotations

import contextlib
import io
import os
import stat
import sys
from pathlib import Path
from typing import TextIO

from pvelint.errors import UsageError

#: Width in columns of everything that does not go to a terminal.
WIDTH = 80
_WIDEST = 100
_NARROWEST = 40


def prepare() -> None:
    """Make standard output and error safe for any text (never an encoding error)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(ValueError, OSError):
                if stream.isatty():
                    stream.reconfigure(errors="replace")
                else:
                    stream.reconfigure(encoding="utf-8", errors="replace")


def silence() -> None:
    """After a closed pipe: send what is still buffered nowhere, so that Python's exit says nothing."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def remark(line: str) -> None:
    """One remark for the person, on standard error; control characters are made harmless."""
    from pvelint.report.words import Surface

    surface = Surface.of(sys.stderr)
    cleaned = "\n".join(surface.clean(part) for part in line.split("\n"))
    with contextlib.suppress(OSError, ValueError, AttributeError):
        print(cleaned, file=sys.stderr, flush=True)


def is_terminal(stream: TextIO) -> bool:
    """Whether a person sees the stream directly; closed and odd streams are no terminals."""
    try:
        return bool(stream.isatty())
    except (ValueError, AttributeError, OSError):
        return False


def wants_colour(stream: TextIO, choice: str) -> bool:
    """Whether to colour: ``always``, ``never``, or ``auto`` (a terminal, and NO_COLOR is not set)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return is_terminal(stream)


def width_of(stream: TextIO) -> int:
    """Columns to write in: 80, or on a terminal its own width between 40 and 100."""
    if not is_terminal(stream):
        return WIDTH
    with contextlib.suppress(OSError, ValueError, AttributeError):
        columns = os.get_terminal_size(stream.fileno()).columns
        if columns:
            return max(_NARROWEST, min(columns, _WIDEST))
    return WIDTH


def write_bytes(stream: TextIO, data: bytes) -> None:
    """Write encoded output as it is (JSON is UTF-8 on every system)."""
    raw = getattr(stream, "buffer", None)
    if raw is None:
        stream.write(data.decode("utf-8", "replace"))
    else:
        stream.flush()
        raw.write(data)
        raw.flush()


def write_whole(path: str, data: bytes) -> None:
    """Write a file completely or not at all; what stood there before is replaced.

    A new file gets the usual permissions, an old one keeps its own; devices such as ``/dev/null`` are
    written to directly. Raises UsageError (``cannot-write``).
    """
    import tempfile

    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise UsageError(
                    "cannot-write", "is a folder, not a file.", path=path, cure="Name a file after --output."
                )
            target.write_bytes(data)
            return
        real = Path(os.path.realpath(target))
        mode = stat.S_IMODE(real.stat().st_mode) if real.exists() else 0o666 & ~_umask()
        descriptor, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
        try:
            with os.fdopen(descriptor, "wb") as temporary:
                temporary.write(data)
            Path(name).chmod(mode)
            Path(name).replace(real)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(
            "cannot-write",
            f"the report can't be written ({error.strerror}).",
            path=path,
            cure="Name a file in a folder that exists and that you may write to.",
        ) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
