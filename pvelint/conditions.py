"""Conditions under which a term counts: a closed set, read from data, asked of a site.

``near``, ``before``, ``after``, ``follows`` and ``followed-by`` look at the words around, ``of`` at the phrase
that *of* or *from* ties to the words ("a flood of desperate families"); the built-in conditions ask the parse
(``noun-use``, ``attributive`` ...) or whose side acts (``own-work``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pvelint.decode import Node, load_yaml, nearest
from pvelint.phrases import PhraseSet, phrase_set
from pvelint.sites import Site

WINDOWS = ("near", "before", "after", "follows", "followed-by", "of")
SCOPES = ("sentence", "paragraph", "document")
#: How many tokens ``follows`` and ``followed-by`` look at.
REACH = 5
_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True)
class Condition:
    """One condition, or several that must all hold (``parts``).

    kind:  one of WINDOWS, the name of a built-in, or ``all``.
    words: phrases with classes resolved, for windows.
    """

    kind: str
    words: tuple[str, ...] = ()
    within: str = "sentence"
    parts: tuple[Condition, ...] = ()

    @cached_property
    def phrases(self) -> PhraseSet:
        return phrase_set(self.words)


class ConditionReader:
    """Reads conditions from data nodes; knows the word classes and the named conditions.

    builtins: name -> test of a site; injected so that tests can replace them.
    """

    def __init__(
        self, *, classes: Mapping[str, tuple[str, ...]], builtins: Mapping[str, Callable[[Site], bool]]
    ) -> None:
        self.classes = classes
        self.builtins = builtins
        self.named: dict[str, Condition] = {}

    def read_named(self, path: Path) -> None:
        """Read the named conditions of ``rules/conditions.yml``."""
        root = load_yaml(path, shown=f"rules/{path.name}")
        for name, node in root.open_mapping("the conditions").items():
            self.named[name] = Condition("all", parts=self.read_all(node))

    def read_all(self, node: Node | None) -> tuple[Condition, ...]:
        """Conditions of which all must hold."""
        return tuple(self.read(item) for item in node.items("when")) if node is not None else ()

    read_any = read_all

    def read(self, node: Node) -> Condition:
        if not isinstance(node.value, dict):
            name = node.string("a condition")
            if name in self.builtins:
                return Condition(name)
            if name in self.named:
                return self.named[name]
            node.fail(
                f"unknown condition '{name}'.",
                code="unknown-condition",
                cure=nearest(name, [*self.builtins, *self.named]),
            )
        keys = node.mapping("a condition", allowed=(*WINDOWS, "within"))
        kinds = [key for key in keys if key in WINDOWS]
        if len(kinds) != 1:
            node.fail(f"a condition has exactly one of {', '.join(WINDOWS)}.", code="bad-condition")
        within = keys["within"].choice("within", SCOPES) if "within" in keys else "sentence"
        return Condition(kinds[0], self.words(keys[kinds[0]]), within)

    def words(self, node: Node) -> tuple[str, ...]:
        """The words of a window with ``@classes`` resolved."""
        items = node.items("words") if isinstance(node.value, list) else [node]
        found: list[str] = []
        for item in items:
            word = item.string("a word")
            if word.startswith("@"):
                if word[1:] not in self.classes:
                    item.fail(
                        f"unknown word class '{word}'.",
                        code="unknown-class",
                        cure=nearest(word[1:], self.classes),
                    )
                found += self.classes[word[1:]]
            else:
                found.append(word)
        return tuple(dict.fromkeys(found))


def class_files(folder: Path) -> list[Path]:
    """The files of word classes in a rules folder: the shared ones first."""
    return [folder / "word-classes.yml", *sorted(folder.glob("classes-*.yml"))]


def read_classes(*paths: Path) -> dict[str, tuple[str, ...]]:
    """The word classes of these files with classes inside classes resolved.

    Raises DataError for an unknown class, for one that stands twice and for a circle.
    """
    nodes: dict[str, Node] = {}
    for path in paths:
        for name, node in load_yaml(path, shown=f"rules/{path.name}").open_mapping("the word classes").items():
            if name in nodes:
                first = nodes[name].where
                node.fail(f"the class '{name}' stands already in {first.path}:{first.line}.", code="duplicate-class")
            nodes[name] = node
    resolved: dict[str, tuple[str, ...]] = {}

    def resolve(name: str, trail: tuple[str, ...]) -> tuple[str, ...]:
        if name in resolved:
            return resolved[name]
        found: list[str] = []
        for item in nodes[name].items(f"the class '{name}'"):
            word = item.string("a word")
            if not word.startswith("@"):
                found.append(word)
                continue
            inner = word[1:]
            if inner in (*trail, name):
                item.fail(f"the class '{inner}' contains itself.", code="circular-class")
            if inner not in nodes:
                item.fail(f"unknown word class '{word}'.", code="unknown-class", cure=nearest(inner, nodes))
            found += resolve(inner, (*trail, name))
        resolved[name] = tuple(dict.fromkeys(found))
        return resolved[name]

    for name in nodes:
        resolve(name, ())
    return resolved


def holds(condition: Condition, site: Site, builtins: Mapping[str, Callable[[Site], bool]]) -> bool:
    """Whether a condition holds at a site."""
    if condition.kind == "all":
        return all(holds(part, site, builtins) for part in condition.parts)
    if condition.kind in builtins:
        return builtins[condition.kind](site)
    return _WINDOW[condition.kind](condition, site)


def _near(condition: Condition, site: Site) -> bool:
    if condition.within == "document":
        return any(
            next(condition.phrases.find(tokens, 0, len(tokens)), None) is not None for tokens in site.all_tokens()
        )
    start, end = (0, len(site.tokens)) if condition.within == "paragraph" else (site.sentence_first, site.sentence_last)
    return any(
        last <= site.first or first >= site.last for first, last in condition.phrases.find(site.tokens, start, end)
    )


def _before(condition: Condition, site: Site) -> bool:
    index = site.first
    if condition.phrases.ending_at(site.tokens, index, site.sentence_first):
        return True
    while index > site.sentence_first and site.tokens[index - 1].norm in _ARTICLES:
        index -= 1
    return bool(condition.phrases.ending_at(site.tokens, index, site.sentence_first))


def _after(condition: Condition, site: Site) -> bool:
    index = site.last
    while index < len(site.tokens) and (
        site.tokens[index].norm in _ARTICLES or site.tokens[index].kind == "possessive"
    ):
        index += 1
    return index < len(site.tokens) and bool(condition.phrases.starting_at(site.tokens, index, len(site.tokens)))


def _follows(condition: Condition, site: Site) -> bool:
    start = max(site.sentence_first, site.first - REACH)
    return next(condition.phrases.find(site.tokens, start, site.first), None) is not None


def _followed_by(condition: Condition, site: Site) -> bool:
    end = min(site.sentence_last, site.last + REACH)
    return next(condition.phrases.find(site.tokens, site.last, end), None) is not None


#: What ends the phrase that *of* ties on.
_PHRASE_END = frozenset(
    {
        ".",
        ";",
        ":",
        "!",
        "?",
        "(",
        ")",
        "who",
        "that",
        "which",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "will",
        "would",
        "can",
        "could",
        "may",
        "into",
        "across",
        "through",
        "to",
        "at",
        "on",
        "in",
        "by",
        "since",
        "when",
        "after",
        "before",
    }
)


def _of(condition: Condition, site: Site) -> bool:
    index = site.last
    if index >= len(site.tokens) or site.tokens[index].norm not in {"of", "from"}:
        return False
    end = index + 1
    while end < site.sentence_last and end - index <= 8 and site.tokens[end].norm not in _PHRASE_END:
        end += 1
    return next(condition.phrases.find(site.tokens, index + 1, end), None) is not None


_WINDOW = {
    "of": _of,
    "near": _near,
    "before": _before,
    "after": _after,
    "follows": _follows,
    "followed-by": _followed_by,
}
