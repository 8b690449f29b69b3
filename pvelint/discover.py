"""Finds the drafts that a command line names: files, folders and patterns.

A file named by hand is always taken (a hook passes such names, and silence about one would be a lie),
unless ``force_exclude`` says that the exclusions hold for it too. A folder gives the drafts in it. What
is passed over is counted and said. Nothing here opens a file.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pvelint.errors import ReadError

#: Reader by ending. The first four are what people are told; the others are their relatives.
FORMATS = {
    ".docx": "word",
    ".md": "markdown",
    ".txt": "text",
    ".html": "html",
    ".docm": "word",
    ".dotx": "word",
    ".dotm": "word",
    ".markdown": "markdown",
    ".text": "text",
    ".htm": "html",
}
#: Drafts in formats that are not read: what each is called.
_OTHER_DRAFTS = {
    ".doc": "old Word files",
    ".dot": "old Word templates",
    ".rtf": "Rich Text files",
    ".odt": "OpenDocument texts",
    ".pdf": "PDF files",
    ".pages": "Pages documents",
    ".wpd": "WordPerfect files",
}
SUPPORTED = ".docx, .docm, .dotx, .dotm, .md, .markdown, .txt, .text, .html and .htm"
_PASSED_FOLDERS = frozenset({"node_modules", "__pycache__", "venv", "__MACOSX"})
_LOCK = re.compile(r"~\$.*|\.~lock\..*#|~WRL\d+\.tmp", re.IGNORECASE | re.DOTALL)
_LOCKED = "a lock file of an open document"
_OUTWARD = "a link that leads out of the folder"


@dataclass(frozen=True)
class Discovery:
    """What was found.

    files:   paths to read, sorted within each folder, in the order the arguments gave, without doubles.
    errors:  one per argument that gave nothing to read.
    skipped: (path, reason) of what was passed over although a person might expect it to be read.
    """

    files: tuple[str, ...] = ()
    errors: tuple[ReadError, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()


def discover(paths: Sequence[str], *, exclude: Sequence[str] = (), force_exclude: bool = False) -> Discovery:
    """The drafts that ``paths`` (files, folders, patterns with ``*``) stand for.

    exclude:       patterns as in .gitignore: ``annex/``, ``*.txt``, ``drafts/**/old.md``, ``/top.md``,
                   ``!kept.md``; matched against the path as named and the path below the folder.
    force_exclude: let the exclusions hold for files that are named one by one as well.

    Never raises for a bad path: each becomes a ReadError in ``errors`` (``missing``, ``no-drafts``,
    ``unreadable``) and the others are still found.
    """
    return _Search(tuple(exclude), force_exclude).run(paths)


def display_path(path: str) -> str:
    """A path that can be printed and written as UTF-8: undecodable bytes are shown as ``\\xNN``.

    Control characters are shown escaped too, so that a name cannot rewrite the terminal.
    """
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    if shown.isprintable():
        return shown
    return "".join(char if char.isprintable() or char == " " else _escaped(char) for char in shown)


def _escaped(char: str) -> str:
    return char if char.isspace() and ord(char) > 0xA0 else char.encode("unicode_escape").decode("ascii")


def unsupported(ending: str, path: str) -> ReadError:
    """The error for a file whose ending no reader takes; ``path`` is printable already."""
    known = _OTHER_DRAFTS.get(ending)
    if known is not None:
        cure = "Save the draft as .docx." if ending != ".pdf" else "Save the draft it was made from as .docx."
        what = f"{known[0].upper()}{known[1:]} ({ending}) are not read."
        return ReadError("unsupported", what, cure=cure, path=path)
    what = f"Files ending in {display_path(ending)}" if ending else "Files whose names have no ending"
    what += " are not read."
    return ReadError("unsupported", what, cure=f"Save the draft as .docx; {SUPPORTED} are read.", path=path)


def passed_over(name: str, *, folder: bool) -> str:
    """Why a file or folder of this name is not looked at in a folder; empty when it is."""
    if folder:
        if name.startswith("."):
            return "a hidden folder"
        return "a folder of programs" if name in _PASSED_FOLDERS else ""
    ending = os.path.splitext(name)[1].lower()  # noqa: PTH122
    if _LOCK.fullmatch(name):
        return _LOCKED
    if ending in FORMATS:
        return ""
    if ending in _OTHER_DRAFTS:
        return f"{_OTHER_DRAFTS[ending]} are not read; save as .docx"
    return f"files ending in {display_path(ending)} are not read" if ending else "files without an ending are not read"


@dataclass
class _Search:
    exclude: tuple[str, ...]
    force_exclude: bool
    files: dict[str, None] = field(default_factory=dict)
    errors: list[ReadError] = field(default_factory=list)
    skipped: dict[tuple[str, str], None] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def run(self, paths: Sequence[str]) -> Discovery:
        for path in paths:
            self._argument(path)
        return Discovery(tuple(self.files), tuple(self.errors), tuple(self.skipped))

    def _argument(self, path: str) -> None:
        kind = _kind(path)
        if kind == "folder":
            self._folder(path)
        elif kind == "file":
            self._named(path)
        elif kind == "denied":
            message, cure = "It may not be opened: access is denied.", "Ask for the right to read it."
            self.errors.append(ReadError("unreadable", message, cure=cure, path=display_path(path)))
        elif (matches := _expand(path)) is not None:
            self._pattern(path, matches)
        else:
            self.errors.append(_missing(path))

    def _pattern(self, path: str, matches: list[str]) -> None:
        """A pattern the shell left alone (on Windows every one): only drafts of it are taken."""
        before = len(self.files) + len(self.skipped)
        for match in matches:
            if Path(match).is_dir():
                self._folder(match)
            elif self._is_draft(match):
                self._take(match, excluded=excluded(match, self.exclude))
        if len(self.files) + len(self.skipped) == before and not self._any_known(matches):
            message = "No draft matches this pattern."
            cure = f"Check the folder and the pattern; {SUPPORTED} are read."
            self.errors.append(ReadError("no-drafts", message, cure=cure, path=display_path(path)))

    def _any_known(self, matches: list[str]) -> bool:
        return any(_identity(match) in self._seen for match in matches)

    def _named(self, path: str) -> None:
        if _LOCK.fullmatch(os.path.basename(path)):  # noqa: PTH119 - a Path would drop the user's spelling
            self.skipped[(path, _LOCKED)] = None
            return
        self._take(path, excluded=self.force_exclude and excluded(path, self.exclude))

    def _take(self, path: str, *, excluded: bool) -> None:
        if excluded:
            self.skipped[(path, "excluded")] = None
            return
        identity = _identity(path)
        if identity not in self._seen:
            self._seen.add(identity)
            self.files[path] = None

    def _is_draft(self, path: str) -> bool:
        name = os.path.basename(path)  # noqa: PTH119
        ending = os.path.splitext(name)[1].lower()  # noqa: PTH122
        if _LOCK.fullmatch(name):
            self.skipped[(path, _LOCKED)] = None
        elif ending in FORMATS:
            return True
        elif ending in _OTHER_DRAFTS:
            self.skipped[(path, f"{_OTHER_DRAFTS[ending]} are not read; save as .docx")] = None
        return False

    def _folder(self, folder: str) -> None:
        found = passed = 0
        real = os.path.realpath(folder)
        problems: list[OSError] = []
        for parent, names, files in os.walk(folder, onerror=problems.append):
            names[:] = sorted(name for name in names if self._enter(parent, name, folder, real))
            for name in sorted(files):
                path = os.path.join(parent, name)  # noqa: PTH118
                if not self._is_draft(path):
                    continue
                if not _inside(path, real):
                    self.skipped[(path, _OUTWARD)] = None
                    continue
                out = excluded(path, self.exclude) or excluded(_below(path, folder), self.exclude)
                passed += out
                found += not out
                self._take(path, excluded=out)
        for problem in problems:
            path = display_path(str(problem.filename or folder))
            message = f"The folder cannot be read: {problem.strerror or 'access is denied'}."
            cure = "Ask for the right to read it."
            self.errors.append(ReadError("unreadable", message, cure=cure, path=path))
        if not found and not passed and not problems:
            message = "No draft in this folder."
            cure = f"{SUPPORTED} are read."
            self.errors.append(ReadError("no-drafts", message, cure=cure, path=display_path(folder)))

    def _enter(self, parent: str, name: str, folder: str, real: str) -> bool:
        path = os.path.join(parent, name)  # noqa: PTH118
        if name.startswith(".") or name in _PASSED_FOLDERS:
            return False
        if os.path.islink(path):  # noqa: PTH114 - os.walk does not follow it: say so
            inside = _inside(path, real)
            reason = "a link to a folder that is read anyway" if inside else _OUTWARD
            self.skipped[(path, reason)] = None
            return False
        if excluded(path, self.exclude) or excluded(_below(path, folder), self.exclude):
            self.skipped[(path, "excluded")] = None
            return False
        return True


def _kind(path: str) -> str:
    """``file``, ``folder``, ``denied`` or ``missing``; anything impossible is missing."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except PermissionError:
        return "denied"
    except (OSError, ValueError):
        return "missing"
    return "folder" if (mode & 0o170000) == 0o040000 else "file"


def _expand(path: str) -> list[str] | None:
    """What a pattern matches, or None when the path is no pattern."""
    if not glob.has_magic(path) or "\x00" in path:
        return None
    return sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - keeps the user's spelling


def _missing(path: str) -> ReadError:
    near = _nearest(path)
    cure = f"Did you mean {display_path(near)}?" if near else "Check the name and the folder."
    return ReadError("missing", "There is no such file or folder.", cure=cure, path=display_path(path))


def _nearest(path: str) -> str | None:
    """The existing name most like a missing one, in the nearest folder that exists."""
    import difflib

    wanted = Path(path.replace("\x00", ""))
    parent = wanted.parent
    try:
        names = sorted(entry.name for entry in parent.iterdir() if not entry.name.startswith((".", "~$")))
    except (OSError, ValueError):
        return None
    folded = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(wanted.name.casefold(), folded, n=1, cutoff=0.6)
    return str(parent / folded[close[0]]) if close else None


def _identity(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _inside(path: str, real_folder: str) -> bool:
    real = os.path.realpath(path)
    return real == real_folder or real.startswith(real_folder.rstrip(os.sep) + os.sep)


def _below(path: str, folder: str) -> str:
    return os.path.relpath(path, folder)


def excluded(path: str, patterns: Sequence[str]) -> bool:
    """Whether .gitignore-like patterns exclude a path; the last pattern that matches decides.

    A pattern without a slash matches a name at any depth; one with a slash is anchored; ``**`` crosses
    folders; a pattern that matches a folder excludes what is in it; ``!`` takes back.
    """
    normal = os.path.normpath(path).replace("\\", "/")
    names = tuple(normal.lstrip("/").split("/"))
    verdict = False
    for pattern in patterns:
        keep = pattern.startswith("!")
        compiled = _pattern(pattern[1:] if keep else pattern)
        if compiled is not None and compiled.matches(names):
            verdict = not keep
    return verdict


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A pattern as its parts. No regular expression: a configuration that came with a clone may not cost hours.

    parts:       names with wildcards, or ``**``.
    anchored:    it begins at the top. only_folder: it means folders only.
    """

    parts: tuple[str, ...]
    anchored: bool
    only_folder: bool

    def matches(self, names: Sequence[str]) -> bool:
        """Whether it matches a path or one of the folders above it: a walk along all readings at once."""
        end = len(self.parts)
        now: set[int] = {0}
        for place, name in enumerate(names):
            if not self.anchored:
                now.add(0)
            following: set[int] = set()
            for position in self._open(now):
                if self.parts[position] == "**":
                    following.add(end if position == end - 1 else position)
                elif _fits(self.parts[position], name):
                    following.add(position + 1)
            if end in following and (not self.only_folder or place < len(names) - 1):
                return True
            now = following - {end}
        return False

    def _open(self, positions: set[int]) -> set[int]:
        """The positions, and those behind a ``**`` that may stand for nothing."""
        found: set[int] = set()
        for position in positions:
            found.add(position)
            while self.parts[position] == "**" and position < len(self.parts) - 1:
                position += 1
                found.add(position)
        return found


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> _Pattern | None:
    """A pattern taken apart, or None for an empty one."""
    pattern = pattern.strip().replace("\\", "/").removeprefix("./")
    bare = pattern.rstrip("/")
    anchored = "/" in bare
    bare = bare.lstrip("/")
    if not bare:
        return None
    return _Pattern(tuple(part for part in bare.split("/") if part), anchored, pattern.endswith("/"))


def _fits(part: str, name: str) -> bool:
    """Whether a name fits a part with ``*``, ``?`` and ``[...]``; a star goes back only to the last star."""
    tokens = _tokens(part)
    at = here = 0
    star, since = -1, 0
    while here < len(name):
        if at < len(tokens) and tokens[at] is None:
            star, since = at, here
            at += 1
        elif at < len(tokens) and _takes(tokens[at], name[here]):
            at += 1
            here += 1
        elif star >= 0:
            since += 1
            at, here = star + 1, since
        else:
            return False
    return all(token is None for token in tokens[at:])


def _takes(token: _Token, char: str) -> bool:
    if token is None:
        return False
    ranges, without = token
    return any(low <= char <= high for low, high in ranges) is not without


#: None for a star; else ranges of characters, and whether they are those that do not fit.
_Token = tuple[tuple[tuple[str, str], ...], bool] | None


@lru_cache(maxsize=512)
def _tokens(part: str) -> tuple[_Token, ...]:
    found: list[_Token] = []
    index = 0
    while index < len(part):
        char = part[index]
        close = part.find("]", index + 2) if char == "[" else -1
        if char == "*":
            if not found or found[-1] is not None:
                found.append(None)
        elif char == "?":
            found.append(((), True))
        elif close > 0:
            found.append(_set(part[index + 1 : close]))
            index = close
        else:
            found.append((((char, char),), False))
        index += 1
    return tuple(found)


def _set(inner: str) -> _Token:
    """``a-z`` or ``!a-z`` between brackets."""
    without = inner[0] in "!^"
    chars = inner[1:] if without else inner
    ranges: list[tuple[str, str]] = []
    index = 0
    while index < len(chars):
        if chars[index + 1 : index + 2] == "-" and index + 2 < len(chars):
            ranges.append((chars[index], chars[index + 2]))
            index += 3
        else:
            ranges.append((chars[index], chars[index]))
            index += 1
    return tuple(ranges), without
