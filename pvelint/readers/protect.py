"""Finds what is no prose inside prose: addresses, file names, identifiers.

A rule that matched inside ``https://example.org/illegal-migrants`` would ask a writer to change an
address. Everything here is linear in the length of the text: patterns are single character classes, and
the parts of a candidate are judged by splitting it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pvelint.document import Block, Protected, Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_URL = re.compile(
    r"(?<![^\W_])(?:(?:https?|ftps?|sftp|file|ssh|git)://|www\.(?=[^\W_])|(?:mailto|tel|urn|doi):(?=[^\W_]))"
    r"[^\s<>\"“”«»„|\\^`{}]+",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?<![^\W_])10\.\d{4,9}/[^\s<>\"“”«»„|\\^`{}]+")
_CANDIDATE = re.compile(r"[^\s<>\"“”«»„|,;()\[\]{}‘…]+")
#: What every address, e-mail address and file name has; most paragraphs have none, and are left at once.
_HINT = re.compile(r"[/\\@]|[.:](?=[^\s<>\"“”«»„|,;()\[\]{}‘…])")
_TRAILING = ".,;:!?…'\"’”»)]}*_>"
_LABEL = re.compile(r"[^\W_](?:[\w-]*)")
_LOCAL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
#: The endings that make a bare ``name.ending`` an address; others are too often a missing space.
_KNOWN_ENDINGS = _words("com org net int edu gov mil info io eu")
_ENDINGS_WITH_PATH = _words("ngo ong africa asia news app dev site online foundation agency world page link")
_OFFICE = _words(
    "doc docx docm dot dotx dotm rtf odt ods odp pdf xls xlsx xlsm xlsb csv tsv ppt pptx pptm pps ppsx txt md"
    " markdown htm html xml json yaml yml toml ini cfg log zip rar gz png jpg jpeg gif svg tif tiff bmp webp"
    " mp3 mp4 mov avi wav msg eml ics vsd vsdx pub one mpp accdb mdb sav dta py js css exe bat ps1 sh sql"
    " geojson shp kml tex bib"
)


def protect(text: str) -> tuple[Protected, ...]:
    """The addresses, e-mail addresses, file names and DOIs of a text, in order, without overlaps.

    Offsets are code points of ``text``, half-open. ``why`` is ``url``, ``email``, ``file-name`` or
    ``reference`` (a DOI).
    """
    if not _HINT.search(text):
        return ()
    found = list(_addresses(text))
    taken = [p.span for p in found]
    position = 0
    for match in _CANDIDATE.finditer(text):
        start, end = match.span()
        while position < len(taken) and taken[position].end <= start:
            position += 1
        if position < len(taken) and taken[position].start < end:
            continue
        candidate = match.group()
        if not any(sign in candidate for sign in "./@\\"):
            continue
        if (judged := _judge(candidate)) is not None:
            lead, length, why = judged
            found.append(Protected(Span(start + lead, start + lead + length), why))
    return tuple(sorted(found, key=lambda p: p.span))


def with_protection(block: Block) -> Block:
    """The block with ``protect`` applied; what the reader protected already stays as it is."""
    own = block.protected
    extra = tuple(p for p in protect(block.text) if not any(o.span.contains(p.span) for o in own))
    if not extra:
        return block
    return replace(block, protected=tuple(sorted((*own, *extra), key=lambda p: (p.span, p.why))))


def _addresses(text: str) -> Iterator[Protected]:
    last = 0
    matches = [(m, "url") for m in _URL.finditer(text)] + [(m, "reference") for m in _DOI.finditer(text)]
    for match, why in sorted(matches, key=lambda pair: pair[0].start()):
        if match.start() < last:
            continue
        length = len(_trim(match.group()))
        prefix = match.group()[:7].lower()
        if prefix == "mailto:":
            why = "email"
        elif prefix.startswith("doi:"):
            why = "reference"
        last = match.start() + length
        yield Protected(Span(match.start(), last), why)


def _trim(address: str) -> str:
    """Without the sentence's own punctuation; a closing bracket stays when its opening one is inside."""
    opened = {")": address.count("("), "]": address.count("["), "}": address.count("{")}
    closed = {mark: address.count(mark) for mark in opened}
    end = len(address)
    while end:
        char = address[end - 1]
        if char in opened:
            if closed[char] <= opened[char]:
                break
            closed[char] -= 1
        elif char not in _TRAILING:
            break
        end -= 1
    return address[:end]


def _judge(candidate: str) -> tuple[int, int, str] | None:
    """(characters before, length, why) of what a candidate holds, or None when it is prose."""
    bare = candidate.lstrip("'‘*_:")
    lead = len(candidate) - len(bare)
    bare = bare.rstrip(_TRAILING)
    for ending in ("'s", "’s"):
        bare = bare.removesuffix(ending)
    for test, why in ((_is_email, "email"), (_is_file, "file-name"), (_is_site, "url")):
        if test(bare):
            return lead, len(bare), why
    return None


def _is_domain(name: str, endings: frozenset[str] | None) -> bool:
    labels = name.split(".")
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    ending = labels[-1]
    if endings is not None:
        return ending in endings
    return (
        ending in _KNOWN_ENDINGS
        or ending in _ENDINGS_WITH_PATH
        or (len(ending) == 2 and ending.isalpha() and ending.islower())
    )


def _is_email(word: str) -> bool:
    local, at, domain = word.rpartition("@")
    if not at or not _LOCAL.fullmatch(local):
        return False
    ending = domain.rpartition(".")[2]
    labels = domain.split(".")
    return (
        len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels) and len(ending) >= 2 and ending.isalpha()
    )


def _is_site(word: str) -> bool:
    head, slash, _ = word.partition("/")
    host, colon, port = head.partition(":")
    if colon and not port.isdigit():
        return False
    return _is_domain(host, None if slash else _KNOWN_ENDINGS)


def _is_file(word: str) -> bool:
    name = re.split(r"[\\/]", word)[-1]
    base, dot, ending = name.rpartition(".")
    if dot and ending.lower() in _OFFICE and any(char.isalnum() or char == "_" for char in base):
        return "://" not in word
    if word.startswith("\\\\") or _DRIVE.match(word):
        return len(word) > 3
    if word.startswith(("/", "./", "../", "~/")):
        return word.count("/") >= (3 if word.startswith("/") else 1) and len(word) > 3
    return word.count("\\") >= 2
