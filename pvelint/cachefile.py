"""Files in the user's cache folder: written whole or not at all, read only when nobody else can have written them.

A cache is a convenience. Whatever goes wrong with it (a full disk, a read-only home, a torn or foreign file) means
that the work is done again, and never ends a run.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

#: Names the folder in the place of the user's own; tests and read-only homes use it.
VARIABLE = "PVELINT_CACHE_DIR"
NAME = "pvelint"
#: No file of ours comes near to this (bytes).
LARGEST = 64 * 2**20


def cache_folder() -> Path:
    """The folder for all caches, which need not exist yet."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path(NAME, appauthor=False)


def is_private(path: Path) -> bool:
    """Whether only this user can have written a file or folder, as far as the system tells.

    Links are refused. Windows has no such bits; there the folder lies in the user's profile, which others can't write.
    """
    try:
        found = os.lstat(path)
    except OSError:
        return False
    if stat.S_ISLNK(found.st_mode) or not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        return False
    if os.name != "posix":
        return True
    return found.st_uid == os.geteuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def make_private(folder: Path) -> bool:
    """Make a cache folder and say whether it is fit for use."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return is_private(folder)


def read_private(path: Path) -> bytes | None:
    """The bytes of a cache file; None when there is none that can be trusted."""
    if not (is_private(path.parent) and is_private(path)):
        return None
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as stream:  # noqa: PTH123  (a path would follow links)
            if os.fstat(stream.fileno()).st_size > LARGEST:
                return None
            return stream.read(LARGEST + 1)
    except OSError:
        return None


def write_private(path: Path, data: bytes) -> bool:
    """Write a cache file in one step, so that a reader in another process sees the old one or the new one."""
    import secrets

    if not make_private(path.parent):
        return False
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(draft, flags, 0o600), "wb") as stream:  # noqa: PTH123
            stream.write(data)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        return False
    return True


def keep_latest(folder: Path, pattern: str, count: int) -> None:
    """Remove all files of a pattern in a cache folder but the ``count`` latest."""
    found: list[tuple[float, Path]] = []
    with suppress(OSError):
        for path in folder.glob(pattern):
            with suppress(OSError):
                found.append((path.stat().st_mtime, path))
    for _, path in sorted(found, reverse=True)[count:]:
        with suppress(OSError):
            path.unlink()
