"""Markdown: what is prose, what is not, and exact positions of all of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from pvelint.document import BlockKind, Document, Span
from reading_checks import block_with, check_document, protected_words, read_source, source_of, texts, words

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def markdown(source: str) -> Document:
    document = read_source("draft.md", source)
    check_document(document)
    return document


# What is prose


def test_first_heading_is_the_title_and_others_stand_under_it() -> None:
    document = markdown("# A *plan* #\n\nText.\n\nBackground\n-----\n\nMore.\n")
    assert [(b.kind, b.text, b.heading) for b in document.blocks] == [
        (BlockKind.TITLE, "A plan", None),
        (BlockKind.PARAGRAPH, "Text.", "A plan"),
        (BlockKind.HEADING, "Background", "A plan"),
        (BlockKind.PARAGRAPH, "More.", "Background"),
    ]


def test_a_heading_after_text_is_no_title() -> None:
    assert markdown("Text.\n\n# One\n").blocks[1].kind is BlockKind.HEADING


def test_hashes_inside_a_heading_do_not_move_it() -> None:
    document = markdown("text\n\n# # #\n\n## \\# b ##\n")
    assert texts(document) == ["text", "#", "# b"]
    assert document.blocks[1].offsets.source(Span(0, 1)) == Span(8, 9)


def test_lists_quotes_and_their_places() -> None:
    document = markdown("- one\n  goes on\n  1. two\n\n> said\n> - three\n\n- > four\n")
    assert [(b.kind, b.text, b.quoted, b.place) for b in document.blocks] == [
        (BlockKind.LIST_ITEM, "one goes on", False, "list item 1"),
        (BlockKind.LIST_ITEM, "two", False, "list item 2"),
        (BlockKind.BLOCK_QUOTE, "said", True, "block quote 1"),
        (BlockKind.LIST_ITEM, "three", True, "list item 3"),
        (BlockKind.BLOCK_QUOTE, "four", True, "block quote 2"),
    ]


def test_table_cells_say_where_they_stand() -> None:
    document = markdown("> | a | b |\n> |---|---|\n> | c \\| d |  `x\\|y`  |\n> | e |\n")
    assert [(b.text, b.place) for b in document.blocks] == [
        ("a", "table 1, row 1, column 1"),
        ("b", "table 1, row 1, column 2"),
        ("c | d", "table 1, row 2, column 1"),
        ("x|y", "table 1, row 2, column 2"),
        ("e", "table 1, row 3, column 1"),
    ]
    assert source_of(document, document.blocks[2], "c | d") == "c \\| d"
    assert source_of(document, document.blocks[2], "d") == "d"
    assert protected_words(document.blocks[3]) == [("x|y", "code")]
    assert source_of(document, document.blocks[3], "y") == "y"


def test_footnotes_are_blocks_where_they_stand() -> None:
    document = markdown("Text[^n] goes ^[an *aside*] on.\n\n[^n]: A note\n    goes on.\n\n    Twice.\n")
    assert [(b.kind, b.text, b.place, b.part) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "Text goes on.", "paragraph 1", "body"),
        (BlockKind.FOOTNOTE, "an aside", "footnote 1 (inline)", "footnotes"),
        (BlockKind.FOOTNOTE, "A note goes on.", "footnote n", "footnotes"),
        (BlockKind.FOOTNOTE, "Twice.", "footnote n", "footnotes"),
    ]
    assert source_of(document, document.blocks[1], "aside") == "aside"


def test_a_footnote_nobody_refers_to_is_read_too() -> None:
    assert texts(markdown("Text.\n\n[^n]: A note.\n")) == ["Text.", "A note."]


def test_alternative_text_follows_its_paragraph() -> None:
    document = markdown('See ![a *tall* camp](camp.png "hover") here.\n')
    assert texts(document) == ["See here.", "a tall camp"]
    alt = document.blocks[1]
    assert (alt.kind, alt.part) == (BlockKind.ALT_TEXT, "alt text")
    assert source_of(document, alt, "tall") == "tall"
    assert source_of(document, alt, "camp") == "camp"


def test_link_text_is_prose_and_targets_are_not() -> None:
    document = markdown(
        "A [worn *word*](http://x.test/target) and [ref][r] and [r].\n\n[r]: /other 'title'\n"
    )
    assert texts(document) == ["A worn word and ref and r."]
    assert source_of(document, document.blocks[0], "word") == "word"


def test_code_and_addresses_are_protected_in_place() -> None:
    document = markdown("Run `` a ` b `` at <https://x.test/a%20b> or <me@x.test>, see x.org/y and f.docx.\n")
    block = document.blocks[0]
    assert protected_words(block) == [
        ("a ` b", "code"),
        ("https://x.test/a%20b", "url"),
        ("me@x.test", "email"),
        ("x.org/y", "url"),
        ("f.docx", "file-name"),
    ]
    for address, _ in protected_words(block):
        assert source_of(document, block, address) == address


def test_code_blocks_are_no_blocks() -> None:
    assert texts(markdown("a\n\n```\ncode\n```\n\n    more code\n\nb\n")) == ["a", "b"]


def test_tags_are_left_out_and_their_code_is_protected() -> None:
    document = markdown("wo<b>rd</b> <kbd>Ctrl</kbd>\nline<br>next\n")
    assert texts(document) == ["word Ctrl line next"]
    assert protected_words(document.blocks[0]) == [("Ctrl", "code")]


def test_emphasis_is_marked_and_strong_is_not() -> None:
    block = markdown("*one __two__* **three** in*fix*ed\n").blocks[0]
    assert [block.text[s.start : s.end] for s in block.emphasis] == ["one two", "fix"]


def test_raw_html_is_said_not_to_be_read() -> None:
    document = markdown("a\n\n<div>\nvisible\n</div>\n\nb\n")
    assert texts(document) == ["a", "b"]
    assert [note.part for note in document.not_checked] == ["raw HTML at line 3"]


# Positions


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_positions_survive_markup_of_every_kind(end: str) -> None:
    source = end.join(
        [
            "> 1. Some *very* in*fix*ed \\*text\\* &amp; [a **bold**",
            ">    link](/u) hard  ",
            ">    wrapped ~~struck~~ &#x41;fter",
            "lazily.",
        ]
    )
    document = markdown(source)
    block = document.blocks[0]
    assert block.text == "Some very infixed *text* & a bold link hard wrapped struck After lazily."
    for word in ("Some", "very", "text", "bold", "link", "hard", "wrapped", "struck", "lazily"):
        assert source_of(document, block, word) == word
    assert source_of(document, block, "infixed") == "in*fix*ed"
    assert source_of(document, block, "*") == "\\*"
    assert source_of(document, block, "&") == "&amp;"
    assert source_of(document, block, "After") == "&#x41;fter"
    place = document.locate(block, Span(block.text.index("wrapped"), block.text.index("wrapped") + 7))
    assert (place.line, place.column) == (3, 6)


def test_a_byte_order_mark_moves_nothing() -> None:
    document = read_source("a.md", "word", "utf-8-sig")
    assert document.text == "word"
    assert document.locate(document.blocks[0], Span(0, 4)).column == 1


# Comments and front matter


def test_comments_are_kept_with_their_places() -> None:
    source = "<!-- one --> First.\n\nSecond <!-- two --> goes on.\n\n> <!-- three\n> more -->\n> third\n\n"
    source += "`<!-- no -->`\n"
    document = markdown(source)
    assert texts(document) == ["First.", "Second goes on.", "third", "<!-- no -->"]
    assert [inner.split()[0] for _, inner in document.comments] == ["one", "two", "three"]
    assert source_of(document, document.blocks[0], "First") == "First"


def test_an_unclosed_comment_is_said() -> None:
    document = markdown("a\n\n<!-- open\n\nb\n")
    assert texts(document) == ["a"]
    assert "never closed" in document.not_checked[0].reason


def test_front_matter_gives_settings_and_a_title() -> None:
    document = markdown(
        '---\ntitle: "A: plan"\npvelint-tier: field\nother: x\npvelint-off: no\n---\n\n# Head\n'
    )
    assert dict(document.properties) == {"title": "A: plan", "pvelint-tier": "field", "pvelint-off": "no"}
    title = document.blocks[0]
    assert (title.kind, title.text, title.part) == (BlockKind.TITLE, "A: plan", "front matter")
    assert source_of(document, title, "plan") == "plan"
    assert document.blocks[1].kind is BlockKind.HEADING


def test_bad_front_matter_is_read_as_text_and_said() -> None:
    document = markdown("---\ntitle: [open\n---\n\nText.\n")
    assert texts(document)[-1] == "Text."
    assert any("title" in text for text in texts(document))
    assert document.not_checked[0].part == "front matter"
    assert not document.properties


def test_two_rules_around_prose_are_no_front_matter() -> None:
    document = markdown("---\n\nJust prose.\n\n---\n")
    assert texts(document) == ["Just prose."]
    assert not document.not_checked


# Hostile input


@pytest.mark.parametrize(
    "source",
    [
        "[" * 50_000,
        "[" * 10_000 + "]" * 10_000,
        "![" * 5_000 + "]",
        ">" * 100_000,
        "> " * 50 + "a\n" * 2_000,
        "*a_ " * 5_000,
        "<!--" * 20_000,
        "x <!--" * 5_000,
        "`" * 50_000,
        "- " * 20_000,
        "\\" * 20_000,
        "&" * 20_000,
        "| a " * 4_000,
        "---\n" + "[ " * 3_000 + "\n---\n",
        "\x0b\x0c\u2028\u00a0\n",
        "word " * 40_000,
    ],
)
def test_hostile_input_ends(source: str) -> None:
    check_document(read_source("a.md", source))


def test_what_is_nested_too_deep_is_said() -> None:
    assert markdown("> " * 200 + "words").not_checked[0].part == "deep nesting"


# Properties


@dataclass
class Made:
    """Generated Markdown: its lines, the words that are prose and those that are not."""

    lines: list[str]
    prose: list[str]
    hidden: list[str]


class _Maker:
    """Draws nested Markdown whose words w1, w2, ... are all different."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.count = 0
        self.prose: list[str] = []
        self.hidden: list[str] = []

    def pick(self, options: int) -> int:
        return self.data.draw(st.integers(0, options - 1))

    def word(self, *, prose: bool = True) -> str:
        self.count += 1
        word = f"w{self.count}w"
        (self.prose if prose else self.hidden).append(word)
        return word

    def inline(self, depth: int = 2) -> str:
        choice = self.pick(12 if depth else 5)
        if choice < 4:
            return self.word()
        if choice == 4:
            return f"{self.word()} &amp; \\* {self.word()} é😀"
        inner = self.inline(depth - 1) if choice != 8 else ""
        simple = {5: f"*{inner}*", 6: f"**{inner}**", 7: f"~~{inner}~~"}
        if choice in simple:
            return simple[choice]
        if choice == 8:
            target = f"http://{self.word(prose=False)}.test/ '{self.word(prose=False)}'"
            return f"[{self.inline(0)} *{self.word()}*]({target})"
        if choice == 9:
            return f"{inner} `{self.word(prose=False)} *`"
        if choice == 10:
            return f"{inner} ![{self.word()} _{self.word()}_]({self.word(prose=False)}.png)"
        tag, comment = self.word(prose=False), self.word(prose=False)
        return f"a{inner} <b title='{tag}'>{self.word()}</b> <!-- {comment} -->"

    def paragraph(self) -> list[str]:
        lines = [f"{self.word()} {self.inline()}" for _ in range(1 + self.pick(3))]
        return [line + ("  " if self.pick(4) == 0 else "") for line in lines]

    def blocks(self, depth: int = 3) -> list[str]:
        lines: list[str] = []
        for _ in range(1 + self.pick(3)):
            lines += [*self.block(depth), ""]
        return lines

    def block(self, depth: int) -> list[str]:
        choice = self.pick(8 if depth else 4)
        if choice < 2:
            return self.paragraph()
        if choice == 2:
            return [f"## {self.inline()} ##"]
        if choice == 3:
            return ["```", self.word(prose=False), "```"]
        if choice == 4:
            return [f"> {line}".rstrip(" ") if not line else f"> {line}" for line in self.blocks(depth - 1)]
        if choice == 5:
            inner = self.blocks(depth - 1)
            return ["- " + inner[0], *(f"  {line}" if line else "" for line in inner[1:])]
        if choice == 6:
            inner = self.blocks(depth - 1)
            return ["1. " + inner[0], *(f"   {line}" if line else "" for line in inner[1:])]
        rows = [f"| {self.inline(1)} | {self.word()} \\| {self.word()} |" for _ in range(2)]
        return [rows[0], "|---|:-:|", rows[1]]


@QUICK
@given(st.data())
def test_every_word_is_found_once_and_where_it_stands(data: st.DataObject) -> None:
    maker = _Maker(data)
    end = data.draw(st.sampled_from(["\n", "\r\n", "\r"]))
    lines = [*maker.blocks(), f"{maker.word()}[^n] end", "", "[^n]: " + maker.word()]
    document = markdown(end.join(lines) + end)
    for word in maker.prose:
        block = block_with(document, word)
        start = block.text.index(word)
        span = Span(start, start + len(word))
        assert source_of(document, block, word) == word
        assert not any(p.span.overlaps(span) for p in block.protected)
        place = document.locate(block, span)
        line = re.split(r"\r\n|\r|\n", document.text)[place.line - 1]
        assert line[place.column - 1 :].startswith(word)
    for word in maker.hidden:
        for block in document.blocks:
            start = block.text.find(word)
            assert start < 0 or any(p.span.contains(Span(start, start + len(word))) for p in block.protected)


@QUICK
@given(st.data())
def test_every_span_leads_to_its_own_text(data: st.DataObject) -> None:
    document = markdown("\n".join(_Maker(data).blocks()))
    block = data.draw(st.sampled_from(document.blocks)) if document.blocks else None
    if block is None:
        return
    start = data.draw(st.integers(0, len(block.text) - 1))
    end = data.draw(st.integers(start + 1, len(block.text)))
    span = block.offsets.source(Span(start, end))
    found, shown = document.text[span.start : span.end], block.text[start:end]
    if not re.search(r"[*_~`<>\[\]()\\&!|\n#]", found):
        assert " ".join(found.split()) == " ".join(shown.split())
    # Whatever markup stands between, the first and the last character are the right ones.
    for offset in (start, end - 1):
        one = block.offsets.source(Span(offset, offset + 1))
        char = block.text[offset]
        assert char.isspace() or char in ("&", "*", "|") or document.text[one.start : one.end] == char


_FRAGMENTS = [
    *words(
        "a b w1 * ** _ ` `` ~~ [ ] ( ) (u) ![ &amp; &#35; \\ \\* < > <b> </b> <!-- --> <br> |"
        " [^1] ^[ [r] é 😀 \\| `a|b`"
    ),
    *(
        "\n",
        "\n\n",
        "\r\n",
        "# ",
        "## ",
        "- ",
        "1. ",
        "    ",
        "  ",
        "\t",
        "> ",
        "|a|b|\n|-|-|\n",
        "[^1]: ",
        "[r]: /u\n",
    ),
    *(
        "---\n",
        "===\n",
        "```\n",
        "<http://x.y>",
        "<a@b.cd>",
        "\u00a0",
        "\\\n",
        "  \n",
        "<div>\n",
        "~~~",
        "\u2028",
    ),
]


def _independent(source: str) -> str | None:
    """All inline text as the parser gives it without our tracking, without white space."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(front_matter_plugin).disable("footnote_tail")
    tokens = parser.parse(source)
    if any(token.type in ("html_block", "front_matter") for token in tokens) or "<http" in source:
        return None
    children = [child for token in tokens for child in token.children or []]
    kinds = ("text", "text_special", "code_inline")
    return re.sub(r"\s", "", "".join(child.content for child in children if child.type in kinds))


@QUICK
@given(st.lists(st.sampled_from(_FRAGMENTS), max_size=60).map("".join))
def test_any_markup_reads_as_the_parser_reads_it(source: str) -> None:
    document = markdown(source)
    expected = _independent(source)
    if expected is not None:
        kept = [
            b.text for b in document.blocks if b.kind is not BlockKind.ALT_TEXT and "(inline)" not in b.place
        ]
        assert re.sub(r"\s", "", "".join(kept)) == expected


@QUICK
@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n\r\x0b\x0c"), max_size=200)
)
def test_any_text_is_read(source: str) -> None:
    check_document(read_source("a.md", source))
