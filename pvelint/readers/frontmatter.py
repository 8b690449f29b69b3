"""The settings at the top of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

#: More than anyone writes by hand; the YAML parser is slow enough for a longer one to hang a batch.
_LONGEST = 100_000
_TITLE = re.compile(r"^title[ \t]*:[ \t]*", re.MULTILINE)


@dataclass(frozen=True)
class FrontMatter:
    """Front matter as read.

    properties: ``title`` and the ``pvelint-*`` keys, as text.
    title_at:   (start, end) of the title in the text that was given, when it stands there verbatim.
    """

    properties: dict[str, str] = field(default_factory=dict)
    title_at: tuple[int, int] | None = None


class BadFrontMatter(Exception):
    """The text between the dashes is no front matter; ``reason`` is None when it never meant to be."""

    def __init__(self, reason: str | None) -> None:
        super().__init__(reason)
        self.reason = reason


def read_front_matter(text: str) -> FrontMatter:
    """Read the lines between the dashes.

    Raises BadFrontMatter when they are not a YAML mapping. Every value is taken as the text that was
    written (``no`` stays ``no``, a date stays as it is typed); no object is ever constructed.
    """
    if len(text) > _LONGEST:
        raise BadFrontMatter(f"it is longer than {_LONGEST} characters")
    try:
        loaded = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" in line {mark.line + 2}" if mark else ""
        raise BadFrontMatter(f"it is not valid YAML{where}: {error.problem or 'it cannot be read'}") from None
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        raise BadFrontMatter("it is not valid YAML") from None
    if not isinstance(loaded, dict):
        raise BadFrontMatter(None)
    properties = {
        key: value
        for key, value in loaded.items()
        if isinstance(key, str) and isinstance(value, str) and (key == "title" or key.startswith("pvelint-"))
    }
    return FrontMatter(properties, _find_title(text, properties.get("title", "")))


def _find_title(text: str, title: str) -> tuple[int, int] | None:
    """Where the title stands, when it is written as it reads (no escapes, on one line)."""
    match = _TITLE.search(text)
    if match is None or not title.strip():
        return None
    start = match.end() + (1 if text[match.end() : match.end() + 1] in ("'", '"') else 0)
    return (start, start + len(title)) if text.startswith(title, start) else None
