"""The capitals of a hit, read from the text, and put on the words that replace it."""

from __future__ import annotations

import re
from typing import Literal

Capitals = Literal["keep", "first", "title", "caps"]

_WORD = re.compile(r"[^\W\d_][\w'’]*")
#: Not capitalised inside a title.
_SMALL = "a an and as at but by for from in into near nor of off on onto or per the to up via who with without"
SMALL_WORDS = frozenset(_SMALL.split())
#: Words that are capitalised anywhere, so that their capital says nothing about a title.
_PROPER = re.compile(
    r"islam|haram|shabaab|qa'?[ie]da|taliban|muslim|moslem|salaf|wahhab|takfir|arab|christian|shi['’]?[ai]|sunn|quran|boko|isis|isil|daesh|al(?:-|$)"
    r"|africa|asia|europ|somal|niger|mali(?!c|g)|fulani|hausa|kanuri|syria|iraq|afghan|chechen|western|american"
)


def read_capitals(text: str, start: int, end: int, *, heading: bool, sentence_start: bool, term: str = "") -> Capitals:
    """How ``text[start:end]`` is capitalised, judged with the words around it.

    term: the base form when it is known; its own capitals (*Islamic State*) are then no title.
    """
    hit = text[start:end]
    words = _WORD.findall(hit)
    if not words:
        return "keep"
    around = _WORD.findall(text[max(0, start - 120) : start]) + _WORD.findall(text[end : end + 120])
    if _is_caps(words, around):
        return "caps"
    if not hit.lstrip("‘“'\"")[:1].isupper():
        return "keep"
    # A hyphenated word counts by its beginning: "Counter-narratives" can stand in a title.
    main = [word for word in map(_leading, hit.split()) if word and word.lower() not in SMALL_WORDS]
    # "3.2 Illegal migration" opens its heading too.
    opening = sentence_start or _WORD.search(text, 0, start) is None
    own = {word.lower() for word in map(_leading, term.split()) if word[:1].isupper()}
    if re.match(r"islamic state", hit, re.IGNORECASE):
        own.add("state")
    telling = [word for word in main if not (_is_acronym(word) or word.lower() in own or _is_proper(word))]
    if not all(word[0].isupper() for word in telling):
        return "first" if opening else "keep"
    if opening and telling and telling[0] == main[0]:
        # The first word of a sentence has its capital anyway.
        telling = telling[1:]
    if telling:
        return "title"
    # What remains has capitals wherever it stands; only a heading's other words say that it is a title.
    if heading and _in_title(around):
        return "title"
    return "first" if opening else "keep"


def _leading(word: str) -> str:
    """The part of a word that shows its capital; all of it for *P/CVE*."""
    bare = re.sub(r"[\W_]", "", word)
    if _is_acronym(bare):
        return bare
    match = _WORD.search(word)
    return match[0] if match else ""


def _is_proper(word: str) -> bool:
    return _PROPER.match(word.lower()) is not None


def _is_acronym(word: str) -> bool:
    bare = word[:-1] if word.endswith("s") else word
    return len(bare) > 1 and bare.isupper()


def _is_caps(words: list[str], around: list[str]) -> bool:
    if not all(word.isupper() or _is_acronym(word) for word in words):
        return False
    shouted = [word for word in around if len(word) > 1]
    if shouted and all(word.isupper() or _is_acronym(word) for word in shouted):
        return any(len(word) > 5 or word.lower() in SMALL_WORDS for word in shouted + words if word.isupper())
    if len(words) > 1:
        return any(len(word) > 5 and word.isupper() for word in words)
    return len(words[0]) > 5 and words[0].isupper()


def _in_title(around: list[str]) -> bool:
    main = [word for word in around if word.lower() not in SMALL_WORDS and not _is_acronym(word)]
    return bool(main) and 3 * sum(word[0].isupper() for word in main) >= 2 * len(main)


def put_capitals(words: str, capitals: Capitals, *, hyphen_parts: bool = True) -> str:
    """``words`` with the capitals; acronyms and names inside keep their own.

    hyphen_parts: whether a title capitalises after a hyphen too (*Counter-Narrative*).
    """
    if capitals == "caps":
        return re.sub(r"[\w'’]+", lambda match: _shout(match.group()), words)
    if capitals == "first":
        return raise_first(words)
    if capitals == "title":
        parts = words.split(" ")
        done = [_title(part, hyphen_parts=hyphen_parts, first=not at) for at, part in enumerate(parts)]
        return " ".join(done)
    return words


def _shout(word: str) -> str:
    return word if _is_acronym(word) else word.upper()


def raise_first(words: str) -> str:
    """A capital for the first letter, unless the first word has capitals of its own."""
    return words[:1].upper() + words[1:]


def _title(word: str, *, hyphen_parts: bool, first: bool) -> str:
    pieces = re.split(r"([-‑])", word)
    done = []
    for index, piece in enumerate(pieces):
        plain = piece.islower() and (index == 0 or hyphen_parts)
        small = piece in SMALL_WORDS and not (first and index == 0) and (index == 0 or index < len(pieces) - 1)
        done.append(raise_first(piece) if plain and not small else piece)
    return "".join(done)
