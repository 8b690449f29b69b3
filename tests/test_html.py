"""HTML: what a person sees on the page, and where it stands in the source."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pvelint.document import BlockKind, Document, Span
from reading_checks import block_with, check_document, protected_words, read_source, source_of, texts, words

QUICK = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def html(source: str) -> Document:
    document = read_source("draft.html", source)
    check_document(document)
    return document


def test_blocks_by_element() -> None:
    document = html(
        "<html><head><title>A &amp; B</title><style>p{}</style><script>'<p>no'</script></head><body>"
        "<h1>Head</h1><p>One<p>Two<ul><li>a<li>b<ul><li>c</ul></ul>"
        "<blockquote><p>said</blockquote><figure><figcaption>Fig</figcaption></figure><div>loose</div>end"
    )
    assert [(b.kind, b.text, b.heading) for b in document.blocks] == [
        (BlockKind.TITLE, "A & B", None),
        (BlockKind.HEADING, "Head", None),
        (BlockKind.PARAGRAPH, "One", "Head"),
        (BlockKind.PARAGRAPH, "Two", "Head"),
        (BlockKind.LIST_ITEM, "a", "Head"),
        (BlockKind.LIST_ITEM, "b", "Head"),
        (BlockKind.LIST_ITEM, "c", "Head"),
        (BlockKind.BLOCK_QUOTE, "said", "Head"),
        (BlockKind.CAPTION, "Fig", "Head"),
        (BlockKind.PARAGRAPH, "loose", "Head"),
        (BlockKind.PARAGRAPH, "end", "Head"),
    ]
    assert [b.text for b in document.blocks if b.quoted] == ["said"]
    assert document.properties["title"] == "A & B"
    assert source_of(document, document.blocks[0], "&") == "&amp;"


def test_tables_say_where_their_cells_stand() -> None:
    document = html("<table><caption>T</caption><tr><th>a<td>b<tr><td>c<td>d</table><table><tr><td>e</table>")
    assert [b.place for b in document.blocks[1:]] == [
        "table 1, row 1, column 1",
        "table 1, row 1, column 2",
        "table 1, row 2, column 1",
        "table 1, row 2, column 2",
        "table 2, row 1, column 1",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_white_space_is_collapsed_and_mapped_back(end: str) -> None:
    document = html(f"<p>{end}  One <b> two</b>{end}\tthree<br>four &nbsp;f&eacute;e wo<i>r</i>d.  </p>")
    block = document.blocks[0]
    assert block.text == "One two three four \xa0fée word."
    assert source_of(document, block, "two three") == f"two</b>{end}\tthree"
    assert source_of(document, block, "fée") == "f&eacute;e"
    assert source_of(document, block, "word") == "wo<i>r</i>d"
    assert [block.text[s.start : s.end] for s in block.emphasis] == ["r"]
    place = document.locate(block, Span(block.text.index("three"), block.text.index("three") + 5))
    assert (place.line, place.column) == (3, 2)


def test_character_references_of_every_form() -> None:
    block = html("<p>AT&T &lt;x&gt; &#65;&#x42; &bogus; &amp &copy2 a&b</p>").blocks[0]
    assert block.text == "AT&T <x> AB &bogus; & ©2 a&b"


def test_alternative_text_is_a_block_with_its_place() -> None:
    document = html('<p>A <img src="x.png" title=t alt = "A &quot;camp&quot;\n here" > b <img alt=""></p>')
    assert texts(document) == ["A b", 'A "camp" here']
    assert document.blocks[1].kind is BlockKind.ALT_TEXT
    assert source_of(document, document.blocks[1], "here") == "here"
    assert source_of(document, document.blocks[1], '"') == "&quot;"


def test_code_is_protected() -> None:
    document = html("<p>Use <code>a b</code>, press <kbd>Ctrl</kbd> at https://x.org/y.</p><pre>x\n y</pre>")
    assert protected_words(document.blocks[0]) == [
        ("a b", "code"),
        ("Ctrl", "code"),
        ("https://x.org/y", "url"),
    ]
    assert document.blocks[1].kind is BlockKind.CODE
    assert protected_words(document.blocks[1]) == [("x y", "code")]


def test_hidden_text_is_read_and_said_to_be_hidden() -> None:
    document = html('<p>a <span style="display : none">b</span> c</p><div hidden><p>d</p></div><p>e</p>')
    assert [(b.text, b.hidden) for b in document.blocks] == [
        ("a c", False),
        ("b", True),
        ("d", True),
        ("e", False),
    ]


def test_quotation_elements_get_their_marks() -> None:
    document = html("<p>He said <q>no</q>.</p>")
    assert texts(document) == ["He said “no”."]
    assert source_of(document, document.blocks[0], "no") == "no"


def test_note_marks_do_not_become_part_of_words() -> None:
    document = html('<p>camps<sup><a href="#n">12</a></sup> and 5 km<sup>2</sup> and 1<sup>st</sup></p>')
    assert texts(document) == ["camps and 5 km2 and 1st"]


def test_settings_and_comments() -> None:
    document = html(
        '<meta name="pvelint-tier" content=" field "><meta name=author content=x><p>a <!-- c --> b'
    )
    assert dict(document.properties) == {"pvelint-tier": "field"}
    assert [inner for _, inner in document.comments] == [" c "]
    assert texts(document) == ["a b"]


def test_words_own_html() -> None:
    source = "<p class=MsoNormal><![if !supportLists]><span>1.</span><![endif]>Text<o:p></o:p></p>"
    assert texts(html(source + "<!--[if x]>no<![endif]-->")) == ["1.Text"]


def test_what_is_never_closed_is_said_or_read() -> None:
    document = html("<p>a <!-- open <p>b")
    assert texts(document) == ["a"]
    assert "never closed" in document.not_checked[0].reason
    assert texts(html("<p>5 < 6 and x <y")) == ["5 < 6 and x <y"]


def test_a_declared_encoding_is_obeyed_when_needed() -> None:
    source = '<meta charset="windows-1251"><p>лагерь'
    assert texts(read_source("a.htm", source, "cp1251")) == ["лагерь"]


@pytest.mark.parametrize(
    "source",
    [
        "<" * 100_000,
        "<!--" * 30_000,
        "<!" * 30_000,
        "<?" * 30_000,
        "</" * 30_000,
        "<a b='" * 20_000,
        "<a " * 30_000 + ">",
        "&#" * 50_000 + ";",
        "<div>" * 20_000 + "</x>" * 20_000,
        "<p>" + "<b>" * 20_000 + "<p>x" * 2_000,
        "<table>" + "<td>x" * 20_000,
        "<b hidden>x" * 10_000,
        "<script>" * 10_000,
        "<![" * 20_000,
        " " * 200_000,
        "a<sup><a " * 10_000,
    ],
)
def test_hostile_input_ends(source: str) -> None:
    html(source)


_PIECES = [
    *words(
        "<p> </p> <b> </b> <em> </em> <li> <ul> </ul> <table> <tr> <td> </table> <!-- --> <br>"
        " &amp; &lt &nbsp;"
    ),
    *words(
        "&#x41; &bogus; & < > <q> </q> <script> </script> <title> </title> <blockquote>"
        " </blockquote> <h1> </h1>"
    ),
    *words(
        "<pre> </pre> <code> </code> <sup>1</sup> </ <?x <!d <svg> </svg> <textarea>"
        " </textarea> ' \" </> é 😀 a"
    ),
    *(
        " ",
        "\n",
        "\r\n",
        "\r",
        "word ",
        '<img alt="x &amp; y">',
        "<span hidden>",
        "</span>",
        '<a href="',
        '">',
        "<![if x]>",
    ),
]


@QUICK
@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_tags_are_read(source: str) -> None:
    html(source)


@QUICK
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&!-\"'/=\n\r\t"), max_size=200
    )
)
def test_any_text_is_read(source: str) -> None:
    html(source)


@QUICK
@given(st.data())
def test_every_word_is_found_once_and_where_it_stands(data: st.DataObject) -> None:
    before = st.sampled_from(
        ["<p>", "<li>", "<td>", "<em>", "<b>", " ", "\n", "<br>", "<!-- x -->", "<div><h2>", "&amp;", "é😀"]
    )
    after = st.sampled_from(
        ["</p>", "</li>", "</em>", "</b>", " ", "\r\n", "</div>", "<hr>", "&lt;", '<img alt="q">', ""]
    )
    count = data.draw(st.integers(1, 20))
    source = "".join(f"{data.draw(before)} w{number}w{data.draw(after)}" for number in range(count))
    document = html(source)
    for number in range(count):
        word = f"w{number}w"
        assert source_of(document, block_with(document, word), word) == word
