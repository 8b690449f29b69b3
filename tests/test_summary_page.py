"""The page: whole in itself, safe with any text, worst first, and usable in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html as lxml_html

from browser import Browser, browser, installed
from pvelint.cli.page import address
from pvelint.document import Document
from pvelint.findings import Level
from pvelint.report.html import result, to_html
from pvelint.report.told import Draft, draft_of, summary_of
from report_fixtures import document, file_report, finding, full_report
from summary_fixtures import hostile, ordinary, row, summary


def tree(page: bytes) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(page.decode("utf-8"))


def words_of(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_nothing_is_fetched_and_nothing_foreign_runs() -> None:
    page = tree(to_html(ordinary()))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        (inline,) = page.xpath(f"//{kind}")
        digest = base64.b64encode(hashlib.sha256(inline.text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not page.xpath("//@src | //link | //iframe | //object | //@style | //@onclick | //base")
    assert all(re.match(r"#|\./", link) for link in page.xpath("//@href"))


def test_hostile_texts_stay_text() -> None:
    page = to_html(hostile())
    parsed = tree(page)
    assert [element.tag for element in parsed.iter("script", "img", "svg") if element.tag != "svg"] == ["script"]
    assert not [name for element in parsed.iter() for name in element.attrib if name.startswith("on")]
    assert "\x1b" not in page.decode()
    assert "\u202e" not in page.decode()
    assert parsed.xpath("//title")[0].text.startswith("</script>")
    assert any(words_of(mark).startswith("</script><script>") for mark in parsed.xpath("//mark"))


def test_the_worst_document_and_the_gravest_rule_come_first() -> None:
    page = tree(to_html(ordinary()))
    documents, rules = page.xpath("//table")
    assert [words_of(head) for head in documents.xpath(".//th[@scope='row']")] == [
        "grave.md",
        "a/mild.docx",
        "clean.txt",
        "exception.docx",
    ]
    assert [words_of(head) for head in rules.xpath(".//th[@scope='row']")] == [
        "S100 stigmatizing term",
        "T501 avoided term",
    ]
    assert [words_of(article.xpath(".//h4")[0]) for article in page.xpath("//article")][:3] == [
        "errorS100 stigmatizing term",
        "errorS100 stigmatizing term",
        "warningT501 avoided term",
    ]


def test_each_finding_says_sentence_place_why_and_what_instead() -> None:
    page = tree(to_html(ordinary()))
    (article,) = page.xpath("//section[@class='group'][.//h3[normalize-space()='a/mild.docx']]//article")
    told = words_of(article)
    assert "The centre hosts illegal migrants from the coast." in told
    assert words_of(article.xpath(".//mark")[0]) == "illegal migrants"
    for part in ("paragraph 1", "Why: A person is not illegal.", "Write instead: irregular migrants", "IOM, Glossary"):
        assert part in told
    assert next(article.iterancestors("section")).xpath(".//a/@href") == ["./a/mild.docx"]


def test_what_failed_was_not_checked_and_was_set_aside_have_their_places() -> None:
    page = tree(to_html(ordinary()))
    sections = {words_of(s.xpath("./h2")[0]): words_of(s) for s in page.xpath("//section[./h2]")}
    assert "locked.docx The file has a password." in sections["Failed"]
    assert "text inside pictures is not read" in sections["Not checked"]
    assert "Rule M301 could not be run: the language model is missing" in sections["Not checked"]
    assert "title of the ministry's law" in sections["Set aside"]
    assert "4 findings known from the baseline" in sections["Set aside"]
    assert "the donor's own title" in sections["Accepted exceptions to red lines"]
    assert "~$a.docx" in sections["Passed over"]
    assert words_of(page.xpath("//p[@class='result']")[0]) == (
        "To look at: 2 errors, 1 warning, 1 suggestion in 2 of 4 documents. 1 document failed."
    )


@pytest.mark.parametrize(
    ("drafts", "told"),
    [
        ((), "No documents were found to check."),
        ((Draft(path="a"),), "Nothing to change in 1 document."),
        ((Draft(path="a", error="e"),), "Nothing was checked. 1 document failed."),
        ((Draft(path="a", rows=(row(),)),), "To look at: 1 error in 1 document."),
    ],
)
def test_the_result_in_a_sentence(drafts: tuple[Draft, ...], told: str) -> None:
    assert result(summary(*drafts)) == told
    assert told in words_of(tree(to_html(summary(*drafts))))


def test_a_page_that_would_be_too_large_says_what_it_leaves_out() -> None:
    page = tree(to_html(ordinary(), largest=2, more="The others are in the book."))
    assert len(page.xpath("//article")) == 2
    assert "the first 2 of 5 findings, the gravest documents first. The others are in the book." in words_of(page)


def test_the_report_of_a_run_becomes_a_page() -> None:
    made = summary_of(full_report(), title="Check", made="today", sources={"001": "A symposium"}, link=lambda path: "")
    page = words_of(tree(to_html(made)))
    assert "A symposium" in page
    assert "The file has a password. Take it off." in page
    assert "in a quotation" in page.lower()
    assert "illegal migrants" in page


def test_the_sentence_is_shown_as_it_stands_around_the_words() -> None:
    source: Document = document("We  saw\n illegal   migrants there. " + "Many words follow. " * 60)
    (told,) = draft_of(file_report(source, finding(source, "illegal   migrants")), sources={}).rows
    assert (told.before, told.words) == ("We saw ", "illegal migrants")
    assert told.after.startswith(" there. Many words")
    assert told.after.endswith(" …")
    assert len(told.after) < 450
    assert told.level is Level.ERROR


@pytest.mark.parametrize(
    ("path", "page", "link"),
    [
        ("drafts/a b#1.docx", "out/page.html", "./../drafts/a%20b%231.docx"),
        ("javascript:alert(1).md", "page.html", "./javascript%3Aalert%281%29.md"),
        ("é\udcff.md", "page.html", "./%C3%A9%FF.md"),
        ("-", "page.html", ""),
    ],
)
def test_links_are_addresses_of_files_and_nothing_else(path: str, page: str, link: str) -> None:
    assert address(path, page) == link


# in a browser


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    program = installed()
    if program is None:
        pytest.skip("no Chromium or Chrome is installed")
    with browser(program, tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def shown(chromium: Browser, tmp_path: Path) -> Browser:
    """The ordinary page in a window of a desk's size."""
    page = tmp_path / "summary.html"
    page.write_bytes(to_html(ordinary()))
    chromium.size(1200, 900)
    chromium.media()
    chromium.open(page)
    return chromium


VISIBLE = "Array.from(document.querySelectorAll('.finding')).filter((item) => item.offsetParent !== null)"


def chosen(page: Browser, name: str, value: str) -> None:
    page.run(
        f"(function () {{ const field = document.forms[0].elements[{name!r}]; field.value = {value!r};"
        " field.form.requestSubmit(); }())"
    )


def test_the_page_asks_for_nothing_and_complains_of_nothing(chromium: Browser, tmp_path: Path) -> None:
    page = tmp_path / "hostile.html"
    page.write_bytes(to_html(hostile()))
    chromium.open(page)
    assert chromium.run("document.title") != "x"
    assert chromium.run("document.images.length") == 0
    assert chromium.complaints() == []
    assert chromium.requests() == [page.as_uri()]


@pytest.mark.parametrize(
    ("name", "value", "left"),
    [("family", "stigma", 2), ("rule", "T501", 3), ("doc", "0", 3), ("words", "QUOTATION", 1), ("words", "", 5)],
)
def test_filters(shown: Browser, name: str, value: str, left: int) -> None:
    chosen(shown, name, value)
    assert shown.run(f"{VISIBLE}.length") == left
    told = shown.run("document.getElementById('shown').textContent")
    assert told == ("All 5 findings are shown." if left == 5 else f"{left} of 5 findings are shown.")
    shown.run("document.forms[0].reset()")
    assert shown.run(f"new Promise((done) => setTimeout(() => done({VISIBLE}.length), 50))") == 5


def test_levels_can_be_hidden_with_their_empty_documents(shown: Browser) -> None:
    shown.run("document.querySelector('input[value=suggestion]').click(); document.forms[0].requestSubmit()")
    assert shown.run(f"{VISIBLE}.length") == 4
    visible = "Array.from(document.querySelectorAll('#groups h3')).filter((head) => head.offsetParent !== null)"
    assert shown.run(f"{visible}.map((head) => head.textContent)") == ["grave.md", "exception.docx"]


def test_findings_by_rule_and_in_the_order_of_the_text(shown: Browser) -> None:
    chosen(shown, "grouping", "rule")
    heads = "Array.from(document.querySelectorAll('#groups > section > h3'), (head) => head.textContent)"
    assert shown.run(heads) == ["S100 stigmatizing term", "T501 avoided term"]
    assert "grave.md" in shown.run(f"{VISIBLE}[0].querySelector('.where').textContent")
    chosen(shown, "grouping", "document")
    chosen(shown, "order", "text")
    places = f"{VISIBLE}.slice(0, 3).map((item) => item.querySelector('.where').lastChild.textContent)"
    assert shown.run(places) == ["line 1", "line 4", "line 9"]


def test_the_keyboard_reaches_everything_and_can_skip(shown: Browser) -> None:
    shown.run("document.body.focus()")
    shown.key("Tab", 9)
    assert shown.run("document.activeElement.className") == "skip"
    assert shown.run("document.activeElement.getBoundingClientRect().left") >= 0
    reached = []
    for _ in range(40):
        shown.key("Tab", 9)
        reached.append(shown.run("document.activeElement.name || document.activeElement.textContent.trim()"))
    assert {"words", "level", "family", "rule", "doc", "grouping", "order", "Show all again"} <= set(reached)
    assert "Open the reviewed copy of grave.md" in reached


def test_screen_readers_are_told_what_is_what(shown: Browser) -> None:
    nodes = shown("Accessibility.getFullAXTree")["nodes"]
    named = {
        (n["role"]["value"], n.get("name", {}).get("value", "")) for n in nodes if "role" in n and not n["ignored"]
    }
    assert ("image", "2 stigma, 1 terminology") in named
    assert ("searchbox", "Words in the finding") in named
    assert ("combobox", "Rule") in named
    assert ("group", "Level") in named
    assert ("main", "") in named
    assert ("navigation", "On this page") in named
    unnamed = [role for role, name in named if role in {"button", "link", "combobox", "checkbox", "image"} and not name]
    assert not unnamed


def test_a_telephone_needs_no_sideways_scrolling(shown: Browser, tmp_path: Path) -> None:
    shown.size(360, 740, mobile=True)
    shown.open(tmp_path / "summary.html")
    assert shown.run("document.documentElement.scrollWidth") <= 360
    assert shown.run("Math.min(...Array.from(document.querySelectorAll('select'), (s) => s.offsetHeight))") >= 40
    size = "parseFloat(getComputedStyle(document.querySelector('.finding blockquote')).fontSize)"
    assert shown.run(size) >= 15


CONTRAST = """
(function () {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (!/^rgba\\(.*, 0\\)$/.test(colour)) { return colour; }
    }
    return "rgb(255, 255, 255)";
  };
  return Math.min(...Array.from(document.querySelectorAll("p, h1, h2, h3, h4, td, th, a, mark, .level, .use, label"),
    (element) => {
      const one = light(getComputedStyle(element).color), other = light(ground(element));
      return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }));
}())
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_their_ground(shown: Browser, scheme: str) -> None:
    shown.media(scheme)
    assert shown.run(CONTRAST) >= 4.5  # what WCAG 2.2 AA asks of ordinary text
    ground = shown.run("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(22, 24, 29)") == (scheme == "dark")


def test_it_prints_without_its_controls(shown: Browser) -> None:
    shown.media("dark", "print")
    assert shown.run("getComputedStyle(document.getElementById('filter')).display") == "none"
    assert shown.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert base64.b64decode(shown("Page.printToPDF")["data"]).startswith(b"%PDF")


def test_without_its_script_everything_is_there(chromium: Browser, tmp_path: Path) -> None:
    page = tmp_path / "summary.html"
    page.write_bytes(to_html(ordinary()))
    chromium("Emulation.setScriptExecutionDisabled", value=True)
    try:
        chromium.open(page)
        assert chromium.run(f"{VISIBLE}.length") == 5
        assert chromium.run("getComputedStyle(document.getElementById('filter')).display") == "none"
    finally:
        chromium("Emulation.setScriptExecutionDisabled", value=False)
