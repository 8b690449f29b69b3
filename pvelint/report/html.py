"""The summary as one page: no network, no other files, safe whatever a draft holds.

Everything that comes from a draft or a file name is escaped. A content security policy forbids all requests and
every script and style but the two that stand in the page, known by their hashes; without the script everything
is there too, only the filters are not.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape as escaped
from importlib.resources import files
from typing import Final

from pvelint.findings import Family, Level
from pvelint.report.chart import bar, legend
from pvelint.report.summary import FAMILIES
from pvelint.report.told import Draft, Row, Summary, clean, worst_first

LARGEST: Final = 3000  # findings in one page; browsers get slow beyond
_LEVELS: Final = (Level.ERROR, Level.WARNING, Level.SUGGESTION)


@dataclass(frozen=True, slots=True)
class RuleTold:
    """One rule over all documents."""

    rule: str
    name: str
    family: Family
    why: str
    counts: tuple[int, ...]
    drafts: int


@dataclass
class _Tally:
    row: Row
    counts: dict[Level, int] = field(default_factory=dict)
    drafts: set[int] = field(default_factory=set)


def to_html(summary: Summary, *, largest: int = LARGEST, more: str = "") -> bytes:
    """The page, as UTF-8.

    largest: how many findings are shown one by one. more: where the others are told, as a whole sentence.
    """
    style, script = asset("page.css"), asset("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    body = "\n".join(_body(summary, largest, more))
    page = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(summary.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{body}\n<script>{script}</script>\n</body>\n</html>\n"
    )
    return page.encode("utf-8", "replace")


def escape(text: str) -> str:
    """Any text as text of the page or of an attribute."""
    return escaped(clean(text))


def asset(name: str) -> str:
    """The style or script of the page."""
    return files("pvelint.report").joinpath("page", name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")


def rules_told(summary: Summary) -> list[RuleTold]:
    """The rules that have open findings, the gravest and most frequent first."""
    tallies: dict[str, _Tally] = {}
    for number, draft in enumerate(summary.worst_first):
        for row in draft.open:
            tally = tallies.setdefault(row.rule, _Tally(row))
            tally.counts[row.level] = tally.counts.get(row.level, 0) + 1
            tally.drafts.add(number)
    told = [
        RuleTold(
            rule=tally.row.rule,
            name=tally.row.name,
            family=tally.row.family,
            why=tally.row.why,
            counts=tuple(tally.counts.get(level, 0) for level in _LEVELS),
            drafts=len(tally.drafts),
        )
        for tally in tallies.values()
    ]
    return sorted(told, key=lambda rule: (*(-number for number in rule.counts), rule.rule))


def _body(summary: Summary, largest: int, more: str) -> Iterator[str]:
    rules = rules_told(summary)
    yield '<a class="skip" href="#main">Skip to the content</a>'
    yield "<header>"
    yield f"<h1>{escape(summary.title)}</h1>"
    yield f'<p class="result">{escape(result(summary))}</p>'
    by = f"pvelint {summary.version}" + (f", {summary.model}" if summary.model else "")
    yield f'<p class="quiet">Made on {escape(summary.made)} by {escape(by)}. Nothing left the computer.</p>'
    yield _navigation(summary, rules)
    yield "</header>"
    yield '<main id="main" tabindex="-1">'
    if summary.worst_first:
        yield from _documents(summary)
    if rules:
        yield from _rules(rules)
    if any(draft.rows for draft in summary.worst_first):
        yield from _findings(summary, rules, largest, more)
    yield from _sides(summary)
    yield "</main>"
    yield '<footer class="quiet"><p>A person decides what changes. The findings are about wording, not facts.</p>'
    yield "</footer>"


def result(summary: Summary) -> str:
    """One or two sentences: what there is to look at, and what failed."""
    documents = _count(len(summary.worst_first), "document")
    levels = [sum(draft.count(level) for draft in summary.worst_first) for level in _LEVELS]
    parts = [_count(number, level.value) for number, level in zip(levels, _LEVELS, strict=True) if number]
    concerned = sum(bool(draft.open) for draft in summary.worst_first)
    if not summary.drafts:
        told = "No documents were found to check."
    elif not summary.worst_first:
        told = "Nothing was checked."
    elif not parts:
        told = f"Nothing to change in {documents}."
    else:
        of = documents if concerned == len(summary.worst_first) else f"{concerned:,} of {documents}"
        told = f"To look at: {', '.join(parts)} in {of}."
    failed = len(summary.failed)
    return told + (f" {_count(failed, 'document')} failed." if failed else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _navigation(summary: Summary, rules: Sequence[RuleTold]) -> str:
    links = []
    if summary.worst_first:
        links.append(("documents", "Documents"))
    if rules:
        links.append(("rules", "Rules"))
    if any(draft.rows for draft in summary.worst_first):
        links.append(("findings", "Findings"))
    links += [(name, heading) for name, heading, entries in _side_sections(summary) if entries]
    items = "".join(f'<li><a href="#{name}">{escape(heading)}</a></li>' for name, heading in links)
    return f'<nav aria-label="On this page"><ul>{items}</ul></nav>' if items else ""


# documents and rules


def _documents(summary: Summary) -> Iterator[str]:
    drafts = summary.worst_first
    most = max((len(draft.open) for draft in drafts), default=0)
    used = [family for family in Family if any(row.family is family for draft in drafts for row in draft.open)]
    yield '<section aria-labelledby="documents"><h2 id="documents">Documents</h2>'
    if used:
        yield legend([(family.value, FAMILIES[family]) for family in used])
    yield "<table><caption>The documents with the gravest findings first"
    yield " (a bar shows the findings by family).</caption>" if used else ".</caption>"
    copies = any(draft.comments is not None for draft in drafts)
    heads = ["Document", "For", "Words", "Errors", "Warnings", "Suggestions"]
    heads += ["In the copy"] if copies else []
    cells = [_head(head, number=head in {"Words", "Errors", "Warnings", "Suggestions"}) for head in heads]
    yield f"<thead><tr>{''.join(cells)}<th scope='col'>Findings by family</th></tr></thead><tbody>"
    for number, draft in enumerate(drafts):
        yield from _document_row(draft, number, most, used, copies=copies)
    yield "</tbody></table></section>"


def _head(name: str, *, number: bool = False) -> str:
    kind = ' class="number"' if number else ""
    return f'<th scope="col"{kind}>{escape(name)}</th>'


def _document_row(draft: Draft, number: int, most: int, families: Sequence[Family], *, copies: bool) -> Iterator[str]:
    name = _path(draft)
    if draft.rows:
        name = f'<a href="#d{number}">{name}</a>'
    yield f'<tr><th scope="row">{name}</th><td data-label="For">{escape(draft.reader)}</td>'
    yield f'<td class="number" data-label="Words">{draft.length:,}</td>'
    for level in _LEVELS:
        yield f'<td class="number" data-label="{level.value.capitalize()}s">{draft.count(level):,}</td>'
    if copies:
        yield f'<td data-label="In the copy">{escape(_marks(draft))}</td>'
    counts = [(family.value, sum(row.family is family for row in draft.open)) for family in families]
    yield f'<td class="bar">{bar(counts, most)}</td></tr>'


def _marks(draft: Draft) -> str:
    if draft.comments is None:
        return ""
    told = _count(draft.comments, "comment")
    return f"{told}, {_count(draft.changes, 'change')}" if draft.changes else told


def _path(draft: Draft) -> str:
    return f"<bdi>{escape(draft.path)}</bdi>"


def _rules(rules: Sequence[RuleTold]) -> Iterator[str]:
    yield '<section aria-labelledby="rules"><h2 id="rules">Rules</h2>'
    yield "<table><caption>What was found, the gravest first.</caption><thead><tr>"
    yield _head("Rule") + _head("Family")
    yield "".join(_head(f"{level.value.capitalize()}s", number=True) for level in _LEVELS)
    yield _head("Documents", number=True) + "</tr></thead><tbody>"
    for rule in rules:
        yield f'<tr><th scope="row">{escape(rule.rule)} {escape(rule.name.replace("-", " "))}</th>'
        yield f'<td data-label="Family">{escape(rule.family.value)}</td>'
        for level, number in zip(_LEVELS, rule.counts, strict=True):
            yield f'<td class="number" data-label="{level.value.capitalize()}s">{number:,}</td>'
        yield f'<td class="number" data-label="Documents">{rule.drafts:,}</td></tr>'
    yield "</tbody></table></section>"


# findings


def _findings(summary: Summary, rules: Sequence[RuleTold], largest: int, more: str) -> Iterator[str]:
    drafts = [draft for draft in summary.worst_first if draft.rows]
    total = sum(len(draft.rows) for draft in drafts)
    yield '<section aria-labelledby="findings"><h2 id="findings">Findings</h2>'
    if total > largest:
        told = f"The page shows the first {largest:,} of {total:,} findings, the gravest documents first. {more}"
        yield f"<p>{escape(told.strip())}</p>"
    yield from _filter(summary, rules)
    yield '<p id="shown" role="status" aria-live="polite" class="quiet" hidden></p>'
    yield '<div id="groups">'
    rank, left = 0, largest
    for number, draft in enumerate(summary.worst_first):
        rows = worst_first(draft.rows)[:left]
        if not rows:
            continue
        left -= len(rows)
        places = {id(row): place for place, row in enumerate(sorted(rows, key=lambda row: row.offset))}
        yield f'<section class="group" aria-labelledby="d{number}"><div class="group-head">'
        yield f'<h3 id="d{number}">{_path(draft)}</h3>'
        if draft.link:
            what = "Open the reviewed copy" if summary.copies else "Open the document"
            yield f'<a href="{escape(draft.link)}">{what}<span class="skip"> of {escape(draft.path)}</span></a>'
        yield "</div>"
        yield from (f'<p class="quiet">{escape(note)}</p>' for note in draft.notes)
        for row in rows:
            yield from _finding(draft, number, row, rank, number * largest + places[id(row)])
            rank += 1
        yield "</section>"
    yield "</div></section>"


def _filter(summary: Summary, rules: Sequence[RuleTold]) -> Iterator[str]:
    rows = [row for draft in summary.worst_first for row in draft.rows]
    yield '<form id="filter" aria-label="Filter the findings" hidden>'
    yield '<div><label class="field" for="words">Words in the finding</label>'
    yield '<input type="search" id="words" name="words" autocomplete="off"></div>'
    yield "<fieldset><legend>Level</legend>"
    for level in _LEVELS:
        yield f'<label><input type="checkbox" name="level" value="{level.value}" checked> {level.value}s</label>'
    yield "</fieldset>"
    families = [(family.value, FAMILIES[family], "") for family in Family if any(row.family is family for row in rows)]
    yield _select("family", "Family", "all families", families)
    names = {row.rule: row.name for row in rows}
    ordered = [*(rule.rule for rule in rules), *sorted(names.keys() - {rule.rule for rule in rules})]
    labels = [(rule, f"{rule} {names[rule].replace('-', ' ')}") for rule in ordered if rule in names]
    yield _select("rule", "Rule", "all rules", [(rule, label, label) for rule, label in labels])
    documents = [(str(number), draft.path, "") for number, draft in enumerate(summary.worst_first) if draft.rows]
    yield _select("doc", "Document", "all documents", documents)
    yield _select("grouping", "Together", None, [("document", "by document", ""), ("rule", "by rule", "")])
    yield _select("order", "Order", None, [("worst", "the gravest first", ""), ("text", "as in the text", "")])
    yield '<div><button type="reset">Show all again</button></div></form>'


def _select(name: str, label: str, everything: str | None, options: Iterable[tuple[str, str, str]]) -> str:
    start = f'<option value="">{escape(everything)}</option>' if everything else ""
    items = "".join(
        f'<option value="{escape(value)}"{f" data-name={_quoted(told)}" if told else ""}>{escape(text)}</option>'
        for value, text, told in options
    )
    return (
        f'<div><label class="field" for="by-{name}">{escape(label)}</label>'
        f'<select id="by-{name}" name="{name}">{start}{items}</select></div>'
    )


def _quoted(text: str) -> str:
    return f'"{escape(text)}"'


def _finding(draft: Draft, number: int, row: Row, rank: int, place: int) -> Iterator[str]:
    accepted = " accepted" if row.accepted is not None else ""
    yield (
        f'<article class="finding {row.level.value}{accepted}" data-level="{row.level.value}" '
        f'data-family="{row.family.value}" data-rule="{escape(row.rule)}" data-doc="{number}" '
        f'data-rank="{rank}" data-place="{place}">'
    )
    yield (
        f'<h4><span class="level {row.level.value}">{row.level.value}</span>'
        f"{escape(row.rule)} {escape(row.name.replace('-', ' '))}</h4>"
    )
    yield f'<p class="where"><span class="in" hidden>{_path(draft)}, </span>{escape(row.where)}</p>'
    if row.sentence:
        yield f"<blockquote><p dir='auto'>{marked(row)}</p></blockquote>"
    yield f"<p>{escape(row.message)}</p>"
    if row.suggestions:
        yield f'<p>Write instead: <span class="use">{escape(" / ".join(row.suggestions))}</span></p>'
    yield from (f"<p>{escape(line)}</p>" for line in row.advice)
    if row.why:
        yield f'<p class="why">Why: {escape(row.why)}</p>'
    if row.sources:
        yield f'<p class="source">Source: {escape("; ".join(row.sources))}.</p>'
    remarks = [note.capitalize() for note in row.notes]
    if row.accepted is not None:
        remarks.append(f"Accepted exception: {row.accepted or 'no reason given'}")
    if row.copy:
        remarks.append(row.copy)
    if remarks:
        yield f'<p class="quiet">{escape(". ".join(remarks))}.</p>'
    yield "</article>"


def marked(row: Row) -> str:
    """The sentence of a finding with its words marked, escaped."""
    words = f"<mark>{escape(row.words)}</mark>" if row.words else ""
    return f"{escape(row.before)}{words}{escape(row.after)}"


# what stands beside the findings


def _side_sections(summary: Summary) -> list[tuple[str, str, list[tuple[str, list[str]]]]]:
    """(anchor, heading, entries by document) of what failed, was not checked and was set aside."""
    failed = [(draft.path, [draft.error]) for draft in summary.failed]
    unread = [
        (draft.path, [_part(part, reason) for part, reason in draft.unread])
        for draft in summary.worst_first
        if draft.unread
    ]
    unread += [(f"Rule {rule}", [f"could not be run: {reason}"]) for rule, reason in summary.rules_not_run]
    passed = [(path, [reason]) for path, reason in summary.skipped]
    aside = [
        (draft.path, [_aside(row) for row in draft.aside] + _baselined(draft))
        for draft in summary.worst_first
        if draft.aside or draft.baselined
    ]
    accepted = [
        (draft.path, [_aside(row) for row in draft.rows if row.accepted is not None])
        for draft in summary.worst_first
        if any(row.accepted is not None for row in draft.rows)
    ]
    return [
        ("failed", "Failed", failed),
        ("unread", "Not checked", unread),
        ("aside", "Set aside", aside),
        ("accepted", "Accepted exceptions to red lines", accepted),
        ("passed", "Passed over", passed),
    ]


def _part(part: str, reason: str) -> str:
    return reason if part.casefold().rstrip("s") in reason.casefold() else f"{part}: {reason}"


def _baselined(draft: Draft) -> list[str]:
    return [f"{_count(draft.baselined, 'finding')} known from the baseline"] if draft.baselined else []


def _aside(row: Row) -> str:
    return f"“{row.words or row.sentence}” ({row.rule}, {row.where}): {row.accepted or 'no reason given'}"


def _sides(summary: Summary) -> Iterator[str]:
    for name, heading, entries in _side_sections(summary):
        if not entries:
            continue
        yield f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(heading)}</h2><dl>'
        for what, lines in entries:
            yield f"<dt><bdi>{escape(what)}</bdi></dt>"
            yield from (f"<dd>{escape(line)}</dd>" for line in lines)
        yield "</dl></section>"
