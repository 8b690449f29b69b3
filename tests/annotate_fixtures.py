"""Findings made by hand or by chance, and ways to look into an annotated copy."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Sequence

from lxml import etree

from docx_fixtures import zipped
from pvelint.document import Document, Span
from pvelint.findings import Family, Finding, Level, Suggestion, Usage, UsageKind
from pvelint.readers.docx import read_docx
from pvelint.word.annotate import Annotated, AnnotateOptions, annotate

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPTIONS = AnnotateOptions(date="2026-01-02T03:04:05Z")


def finding(
    document: Document,
    block: int,
    span: Span,
    *,
    rule: str = "T501",
    use: str | None = "other wording",
    grade: str = "safe",
    usage: UsageKind = UsageKind.ASSERTED,
) -> Finding:
    """A finding on some characters of a block."""
    text = document.blocks[block].text
    words = text[span.start : span.end]
    return Finding(
        rule=rule,
        name="avoided-term",
        family=Family.TERMINOLOGY,
        level=Level.ERROR,
        red_line=False,
        concept=None,
        text=words,
        message=f'"{words}" is not approved wording.',
        why="It hurts.",
        source=("001",),
        block=block,
        span=span,
        location=document.locate(document.blocks[block], span),
        sentence=text,
        sentence_span=Span(0, len(text)),
        usage=Usage(usage),
        suggestions=(Suggestion(use, grade),) if use is not None else (),
    )


def on(document: Document, words: str, **more: object) -> Finding:
    """A finding on the first place where these words stand."""
    for index, block in enumerate(document.blocks):
        start = block.text.find(words)
        if start >= 0:
            return finding(document, index, Span(start, start + len(words)), **more)  # type: ignore[arg-type]
    raise AssertionError(f"{words!r} in none of {[block.text for block in document.blocks]}")


def annotated(data: bytes, *words: str, options: AnnotateOptions = OPTIONS, **more: object) -> Annotated:
    """The copy of a file with a finding on each of these words."""
    document = read_docx(data, path="draft.docx")
    findings = [on(document, each, **more) for each in words]
    return annotate(data, path="draft.docx", findings=findings, options=options)


def by_chance(document: Document, seed: int, most: int = 200) -> list[Finding]:
    """Findings on ranges of words, some of which begin or end inside a word; the same for the same seed."""
    chance = random.Random(seed)
    found: list[Finding] = []
    for index, block in enumerate(document.blocks):
        words = list(re.finditer(r"\w+", block.text))
        for _ in range(chance.choice((1, 1, 2)) if words else 0):
            first = chance.randrange(len(words))
            last = min(len(words) - 1, first + chance.choice((0, 0, 1, 3)))
            start, end = words[first].start(), words[last].end()
            if end - start > 2 and chance.random() < 0.3:
                start += 1
            found.append(finding(document, index, Span(start, end), rule=chance.choice(("S100", "T501"))))
    chance.shuffle(found)
    return found[:most]


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def body_xml(data: bytes) -> str:
    """The inside of the body, without the declarations of namespaces."""
    body = part(data)[0]
    xml = "".join(etree.tostring(child, encoding="unicode") for child in body)
    return re.sub(r' xmlns:\w+="[^"]*"', "", xml)


def comments_of(data: bytes) -> list[list[str]]:
    """What the comments say, paragraph by paragraph."""
    root = part(data, "word/comments.xml")
    return [["".join(p.itertext()) for p in comment.iter(f"{W}p")] for comment in root]


def commented(data: bytes) -> list[str]:
    """The words that each comment stands on, as a reader sees them; deleted words in brackets."""
    found: dict[str, list[str]] = {}
    running: list[str] = []
    for element in part(data).iter():
        number = element.get(f"{W}id", "")
        if element.tag == f"{W}commentRangeStart":
            running.append(number)
            found[number] = []
        elif element.tag == f"{W}commentRangeEnd":
            running.remove(number)
        elif str(element.tag).rsplit("}", 1)[-1] in ("t", "delText"):
            text = "".join(element.itertext())
            for each in running:
                found[each].append(f"[{text}]" if element.tag == f"{W}delText" else text)
    return ["".join(found[number]) for number in sorted(found, key=int)]


def accepted(document: Document, result: Annotated, blocks: Sequence[int] = ()) -> list[str]:
    """The texts of a document's blocks with the suggested words of a copy put in, found without the product."""
    texts = [block.text for block in document.blocks]
    done = {(p.finding.block, p.finding.span, p.finding.suggestions[0].text) for p in result.placed if p.suggested}
    for block, span, text in sorted(done, key=lambda entry: (entry[0], entry[1]), reverse=True):
        texts[block] = texts[block][: span.start] + text + texts[block][span.end :]
    return [texts[index] for index in blocks] if blocks else texts


def as_word_saves_it(data: bytes, *, done: str = "0", reply: str | None = None, author: str = "Ana") -> bytes:
    """A copy after Word wrote its own notes on our first comment: resolved, or answered by a person.

    The answer has no marks of its own in the text, as some programs write it.
    """
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    comments = part(data, "word/comments.xml")
    comments[0][-1].set(f"{{{w14}}}paraId", "0000AAAA")
    answer = ""
    if reply is not None:
        xml = (
            f'<w:comment xmlns:w="{W[1:-1]}" w:id="77" w:author="{author}"><w:p><w:r><w:t>{reply}</w:t></w:r></w:p>'
            "</w:comment>"
        )
        comments.append(etree.fromstring(xml))
        comments[-1][0].set(f"{{{w14}}}paraId", "0000BBBB")
        answer = '<w15:commentEx w15:paraId="0000BBBB" w15:paraIdParent="0000AAAA" w15:done="0"/>'
    entry = f'<w15:commentEx w15:paraId="0000AAAA" w15:done="{done}"/>'
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    parts["word/comments.xml"] = etree.tostring(comments)
    parts["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{w15}">{entry}{answer}</w15:commentsEx>'
    rels = parts["word/_rels/document.xml.rels"]
    text = rels if isinstance(rels, str) else rels.decode("utf-8")
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    link = f'<Relationship Id="x9" Type="{kind}" Target="commentsExtended.xml"/>'
    parts["word/_rels/document.xml.rels"] = text.replace("</Relationships>", f"{link}</Relationships>")
    return zipped(parts)
