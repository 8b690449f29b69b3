"""Suppressions in the source of a text, Markdown or HTML draft, with codes and reasons.

``<!-- pvelint: ignore[S101] reason -->`` covers its sentence or, alone on a line, the next block;
``disable[..]`` to ``enable[..]`` covers a range; ``file-ignore[..]``, in the first block, the whole file. Ids or
prefixes and a reason are required. A red line is never silenced: its finding stays, marked as an accepted
exception. What a suppression does not do is said by findings of our own: X001, X002 and X003.

In Word the same is written as a comment, or as an answer to one, and covers the findings on the words that the
comment stands on. A comment of an earlier review that a person resolved settles its findings too.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pvelint.decode import nearest
from pvelint.document import Block, Document, Location, Resolved, Span
from pvelint.findings import Family, Finding, Level, Usage, UsageKind
from pvelint.ruletable import TOOL_RULES
from pvelint.selectors import exactness
from pvelint.sentences import split
from pvelint.word.ownmarks import is_elsewhere, surroundings

ACTIONS = ("ignore", "disable", "enable", "file-ignore")
_OURS = re.compile(r"\s*pvelint\s*:", re.IGNORECASE)
_ACTION = re.compile(r"\s*pvelint\s*:\s*([\w-]*)\s*(?:\[([^\]]*)\])?\s*(.*?)\s*\Z", re.DOTALL | re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n]")
#: A comment longer than this is prose, not a suppression (code points).
_LONGEST = 4000


@dataclass(frozen=True)
class Suppression:
    """Where findings of one code (``S101``, ``S``, ``T501:concept``, a rule's name) are accepted, and why.

    span:     in ``Document.text``. at: the comment.
    closed:   False for a range that runs to the end for want of an end.
    touching: one common character is enough (a comment in Word, set on some of the words by hand).
    """

    code: str
    span: Span
    reason: str
    at: Span
    closed: bool = True
    touching: bool = False

    def covers(self, finding: Finding) -> bool:
        place = Span(finding.location.offset, finding.location.end_offset)
        if not (self.span.contains(place) or (self.touching and self.span.overlaps(place))):
            return False
        return fits(self.code, rule=finding.rule, name=finding.name, concept=finding.concept)


@dataclass(frozen=True, slots=True)
class Fault:
    """A comment that is meant as a suppression and is none."""

    at: Span
    message: str
    cure: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What suppressions make of findings.

    kept:       those that stay, red lines marked as accepted where a suppression names them.
    suppressed: those that are silenced, each with its reason in ``accepted``.
    unused:     suppressions of rules that ran which cover nothing.
    """

    kept: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    unused: tuple[Suppression, ...]


def fits(code: str, *, rule: str, name: str, concept: str | None = None) -> bool:
    """Whether a code of a suppression means a rule (or one concept under it)."""
    return exactness(code, rule=rule, name=name, concept=concept) > 0


def suppressions(document: Document) -> tuple[Suppression, ...]:
    """The suppressions that a document's comments ask for."""
    return read_suppressions(document)[0]


def read_suppressions(document: Document) -> tuple[tuple[Suppression, ...], tuple[Fault, ...]]:
    """The suppressions of a document, one for each code, and the comments that fail to be one."""
    found: list[Suppression] = []
    faults: list[Fault] = []
    opened: dict[str, tuple[Span, str]] = {}
    ground = _Ground(document)
    for span, text in document.comments:
        if not _OURS.match(text) or len(text) > _LONGEST:
            continue
        match = _ACTION.match(text)
        action, codes, reason = match.groups() if match else ("", None, "")
        action, reason = action.lower(), " ".join(reason.split())
        ids = list(dict.fromkeys(code.strip() for code in (codes or "").split(",") if code.strip()))
        fault = _fault(ground, span, action, ids, reason)
        if fault is not None:
            faults.append(fault)
        elif action == "enable":
            for code in ids:
                if code in opened:
                    begun, why = opened.pop(code)
                    found.append(Suppression(code, Span(begun.end, span.start), why, begun))
                else:
                    faults.append(Fault(span, f"enable[{code}] ends a range that nothing begins."))
        elif action == "disable":
            for code in ids:
                if code in opened:
                    faults.append(Fault(span, f"disable[{code}] stands inside a range of the same code."))
                else:
                    opened[code] = (span, reason)
        else:
            covered = Span(0, len(document.text)) if action == "file-ignore" else ground.scope(span)
            touching = document.format == "word"
            found += [Suppression(code, covered, reason, span, touching=touching) for code in ids]
    for code, (begun, why) in opened.items():
        found.append(Suppression(code, Span(begun.end, len(document.text)), why, begun, closed=False))
    return tuple(found), tuple(faults)


def _fault(ground: _Ground, span: Span, action: str, ids: Sequence[str], reason: str) -> Fault | None:
    if action not in ACTIONS:
        return Fault(span, f"'{action}' is no suppression.", nearest(action, ACTIONS))
    if not ids:
        return Fault(span, f"{action} names no rule.", f"Write {action}[S101] with the rule's id.")
    if not reason and action != "enable":
        return Fault(span, f"{action}[{', '.join(ids)}] has no reason, so it has no effect.", "Write why, after the ].")
    if action == "file-ignore" and not ground.in_first_block(span):
        return Fault(span, "file-ignore counts only in the first block.", "Move it to the top of the document.")
    return None


class _Ground:
    """The blocks of a document as ranges of its text, made once for all comments."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.ranges = [block.offsets.source(Span(0, len(block.text))) for block in document.blocks]
        order = sorted(range(len(self.ranges)), key=lambda index: self.ranges[index].start)
        self.order = order
        self.starts = [self.ranges[index].start for index in order]
        self.comment_starts = [span.start for span, _ in document.comments]

    def in_first_block(self, comment: Span) -> bool:
        blocks = self.document.blocks
        first = next((index for index, block in enumerate(blocks) if block.part != "front matter"), None)
        return first is None or comment.start <= self.ranges[first].end + 1

    def before(self, offset: int) -> int | None:
        """Index of the last block that starts at or before an offset."""
        position = bisect.bisect_right(self.starts, offset)
        return self.order[position - 1] if position else None

    def after(self, offset: int) -> int | None:
        """Index of the first block that starts at or after an offset."""
        position = bisect.bisect_left(self.starts, offset)
        return self.order[position] if position < len(self.order) else None

    def scope(self, comment: Span) -> Span:
        """What ``ignore`` covers: the next block when alone on its line, else the sentence around or before it."""
        if self.document.format == "word":
            return self._in_word(comment)
        line = self._line(comment)
        following = self.after(comment.end)
        if self._alone(line, comment):
            return self.ranges[following] if following is not None else comment
        index = self.before(comment.start)
        if index is None or comment.start > self.ranges[index].end + 1:
            # the comment stands before the block's first word, on the same line
            index = following if following is not None and self.ranges[following].start <= line.end else None
        if index is None:
            return line
        return self._sentence(index, comment)

    def _in_word(self, comment: Span) -> Span:
        """The words that a comment in Word stands on; the paragraph around a comment that stands on none."""
        if comment.start < comment.end:
            return comment
        index = self.before(comment.start)
        return self.ranges[index] if index is not None and comment.start <= self.ranges[index].end else comment

    def _line(self, span: Span) -> Span:
        text = self.document.text
        start = max(text.rfind("\n", 0, span.start), text.rfind("\r", 0, span.start)) + 1
        end = _LINE_END.search(text, span.end)
        return Span(start, end.start() if end else len(text))

    def _alone(self, line: Span, comment: Span) -> bool:
        """Whether nothing but comments stands on the line."""
        text, position = self.document.text, line.start
        index = bisect.bisect_left(self.comment_starts, line.start)
        for span, _ in self.document.comments[index:]:
            if span.start >= line.end:
                break
            if text[position : span.start].strip():
                return False
            position = max(position, span.end)
        return not text[position : line.end].strip()

    def _sentence(self, index: int, comment: Span) -> Span:
        """The sentence of a block in which a comment stands; between two, the one before it."""
        block = self.document.blocks[index]
        ranges = [block.offsets.source(sentence) for sentence in split(block.text)]
        before = [span for span in ranges if span.start < comment.start]
        return before[-1] if before else (ranges[0] if ranges else self.ranges[index])


def settle(findings: Sequence[Finding], rules: Sequence[Suppression], document: Document | None = None) -> Settled:
    """Apply suppressions to findings, and tell which of them cover nothing.

    document: with the comments of an earlier review that were resolved in it. A red line that was resolved without a
    word of reason stays as it is.
    """
    kept: list[Finding] = []
    suppressed: list[Finding] = []
    used: set[int] = set()
    index = _Index(rules)
    for finding in findings:
        covering = index.covering(finding)
        used.update(covering)
        reason = rules[min(covering)].reason if covering else _resolution(finding, document)
        if reason is None or (finding.red_line and not reason):
            kept.append(finding)
        elif finding.red_line:
            kept.append(dataclasses.replace(finding, accepted=reason))
        else:
            suppressed.append(dataclasses.replace(finding, accepted=reason or "resolved in Word"))
    unused = tuple(rule for number, rule in enumerate(rules) if number not in used)
    return Settled(tuple(kept), tuple(suppressed), unused)


def _resolution(finding: Finding, document: Document | None) -> str | None:
    """The reason of the resolved comment that is about a finding (it may be empty); None without one."""
    if document is None or not document.resolved:
        return None
    block = document.blocks[finding.block] if 0 <= finding.block < len(document.blocks) else None
    matching = [comment for comment in document.resolved if is_about(comment, finding, block)]
    return max((comment.reason for comment in matching), key=len, default=None)


def is_about(comment: Resolved, finding: Finding, block: Block | None) -> bool:
    """Whether a comment of an earlier review is about a finding: its rule and its words."""
    if finding.rule not in comment.rules:
        return False
    if is_elsewhere(comment.lines):
        quoted = surroundings(block.text, finding.span) if block is not None else None
        return quoted is not None and any(quoted in line for line in comment.lines)
    return comment.span.overlaps(Span(finding.location.offset, finding.location.end_offset))


class _Index:
    """Suppressions by where they start, so that many of them and many findings take no time."""

    def __init__(self, rules: Sequence[Suppression]) -> None:
        self.rules = rules
        self.order = sorted(range(len(rules)), key=lambda number: rules[number].span)
        self.starts = [rules[number].span.start for number in self.order]
        self.reach: list[int] = []  # the furthest end of all up to here
        for number in self.order:
            self.reach.append(max(rules[number].span.end, self.reach[-1] if self.reach else 0))

    def covering(self, finding: Finding) -> list[int]:
        """The numbers of the suppressions that cover a finding."""
        place = finding.location
        found: list[int] = []
        position = bisect.bisect_right(self.starts, place.end_offset) - 1
        while position >= 0 and self.reach[position] >= place.offset:
            number = self.order[position]
            if self.rules[number].covers(finding):
                found.append(number)
            position -= 1
        return found


def remarks(
    document: Document,
    asked: Iterable[Suppression],
    unused: Iterable[Suppression],
    faults: Iterable[Fault],
    *,
    known: Mapping[str, str],
    concepts: Collection[str],
    ran: Callable[[str], bool],
) -> Iterator[Finding]:
    """Findings of our own about suppressions: unused (X001), unclosed (X002), faulty (X003).

    known: id and name of every rule; concepts: ids of all concepts; ran: whether a rule of this id was run here, for
    a suppression of a rule that was not run may well be needed.
    """
    ground = _Ground(document)
    for one in asked:
        if not one.closed:
            message = f"The range disable[{one.code}] is never closed: it silences the rest of the document."
            yield _remark(ground, "X002", one.at, message)
    for fault in faults:
        yield _remark(ground, "X003", fault.at, fault.message, fault.cure)
    for one in unused:
        head, _, concept = one.code.partition(":")
        rules = [rule for rule, name in known.items() if fits(head, rule=rule, name=name)]
        if not rules:
            yield _remark(ground, "X003", one.at, f"There is no rule '{one.code}'.", nearest(one.code, known))
        elif concept and concept not in concepts:
            yield _remark(ground, "X003", one.at, f"There is no concept '{concept}'.", nearest(concept, concepts))
        elif any(ran(rule) for rule in rules):
            yield _remark(ground, "X001", one.at, f"Nothing here needs the suppression of {one.code}.")


def _remark(ground: _Ground, rule: str, at: Span, message: str, cure: str = "") -> Finding:
    own, document = TOOL_RULES[rule], ground.document
    text = " ".join(document.text[at.start : at.end].split()) if document.format != "word" else ""
    if document.format == "word":  # what a comment says is no part of the text, and nothing is quoted
        message = f"In a comment here: {message}"
    index = ground.before(at.start)
    return Finding(
        rule=rule,
        name=own.name,
        family=Family.TOOL,
        level=Level.WARNING,
        red_line=False,
        concept=None,
        text=text,
        message=message,
        why=own.why,
        source=(),
        block=-1 if index is None else index,
        span=Span(0, 0),
        location=_location(document, index, at),
        sentence=text,
        sentence_span=Span(0, 0),
        usage=Usage(UsageKind.ASSERTED),
        advice=(cure or own.cure,),
    )


def _location(document: Document, index: int | None, at: Span) -> Location:
    """Where a comment stands; in Word the block that it is on."""
    block = document.blocks[index] if index is not None else None
    if document.format == "word" and block is not None:
        return document.locate(block, Span(0, 0))
    line, column = document.line_and_column(at.start)
    end_line, end_column = document.line_and_column(at.end)
    heading = block.heading if block is not None else None
    return Location(at.start, at.end, line, column, end_line, end_column, "body", f"line {line}", heading)
