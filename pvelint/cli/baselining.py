"""The work behind ``baseline``: write, audit, prune. Each checks the drafts as ``check`` does, without a baseline."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

from pvelint.baseline import Baseline, Entry, Ledger, baselinable, load, refreshed, save
from pvelint.cli.request import Request
from pvelint.cli.run import FAILED, Runner
from pvelint.configfile import shown_path
from pvelint.errors import UsageError
from pvelint.findings import FileReport, Finding, RunReport
from pvelint.report.common import slashed
from pvelint.report.streams import remark, width_of
from pvelint.report.text import TextOptions, by_words, entry_lines
from pvelint.report.words import Surface

_UNION_HINT = "Two branches may both add entries: `{name} merge=union` in .gitattributes lets Git keep both."


def write_baseline(request: Request, *, text: bool) -> int:
    """Write the findings into the baselines of their drafts; the status is 0, or 2 when a draft was not read."""
    report, groups = _checked(request)
    for path, files in groups.items():
        old = _load(path)
        entries, dropped = refreshed(
            Ledger(old), files, add=True, text=text, drop_gone=_looks_everywhere(request, path)
        )
        save(replace(old, entries=entries))
        known = {entry.key for entry in old.entries}
        new = sum(entry.key not in known for entry in entries)
        _say(f"{shown_path(path)}: {_count(len(entries))}, {new} new, {len(dropped)} taken out")
        red = [one for file in files for one in file.findings if one.red_line and one.accepted is None]
        answered = {entry.fingerprint for entry in entries if entry.state == "accepted"}
        waiting = sum(one.fingerprint not in answered for one in red)
        if waiting:
            _say(
                f"{waiting} of them {'stand' if waiting != 1 else 'stands'} behind a red line and will still be "
                "reported: `pvelint baseline audit` asks for a reason."
            )
        if not known and not _has_union(path):
            _say(_UNION_HINT.format(name=path.name))
    return _end(report)


def prune_baseline(request: Request) -> int:
    """Take out what nothing answers to; the status is 0, or 2 when a draft was not read."""
    report, groups = _checked(request)
    for path, files in groups.items():
        old = _load(path, must_exist=True)
        gone = _looks_everywhere(request, path)
        entries, dropped = refreshed(Ledger(old), files, add=False, text=_keeps_text(old), drop_gone=gone)
        if entries != old.entries:
            save(replace(old, entries=entries))
        for entry in dropped:
            _say(f"  {entry.path}: {entry.rule}{f' {chr(34)}{entry.text}{chr(34)}' if entry.text else ''}")
        _say(f"{shown_path(path)}: {_count(len(entries))}, {len(dropped)} taken out")
    return _end(report)


def audit_baseline(request: Request, *, again: bool) -> int:
    """Ask about each entry that nobody has answered; every answer is saved at once."""
    report, groups = _checked(request)
    for path, files in groups.items():
        audit = _Audit(_load(path, must_exist=True), files, again=again)
        if not audit.run():
            break
    return _end(report)


def _checked(request: Request) -> tuple[RunReport, dict[Path, list[FileReport]]]:
    """The drafts checked without any baseline, and grouped by the baseline that is theirs.

    Raises UsageError when no draft has one (``--isolated`` without ``--baseline``).
    """
    runner = Runner(replace(request, no_baseline=True))
    report = runner.run()
    named = Runner(request)
    groups: dict[Path, list[FileReport]] = {}
    for file in report.files:
        path = named.baseline_path(file.path)
        if path is None:
            cure = "Name one with --baseline."
            raise UsageError("no-baseline", "there is no baseline without a configuration.", cure=cure)
        groups.setdefault(path, []).append(file)
    return report, groups


def _load(path: Path, *, must_exist: bool = False) -> Baseline:
    if path.is_file():
        return load(path, shown=shown_path(path))
    if must_exist:
        cure = "Write it with `pvelint baseline write`."
        raise UsageError("no-baseline", "there is no such baseline.", path=shown_path(path), cure=cure)
    return Baseline(path)


def _looks_everywhere(request: Request, path: Path) -> bool:
    """Whether the run looked through the baseline's whole folder, so that a missing draft is gone."""
    folder = os.path.realpath(path.parent)
    return any(
        os.path.realpath(one) == folder or folder.startswith(os.path.realpath(one) + os.sep) for one in request.paths
    )


def _keeps_text(baseline: Baseline) -> bool:
    return any(entry.text for entry in baseline.entries) or not baseline.entries


def _has_union(path: Path) -> bool:
    try:
        return "merge=union" in (path.parent / ".gitattributes").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


def _count(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"


def _end(report: RunReport) -> int:
    failed = [file for file in report.files if file.error is not None]
    for file in failed:
        assert file.error is not None
        remark(f"error: {file.path}: {file.error.message} {file.error.cure}".rstrip())
    return FAILED if failed else 0


def _say(line: str) -> None:
    sys.stdout.write(Surface.of(sys.stdout).clean(line) + "\n")
    sys.stdout.flush()


class _Audit:
    """One baseline's conversation."""

    def __init__(self, baseline: Baseline, files: list[FileReport], *, again: bool) -> None:
        self.entries = {entry.key: entry for entry in baseline.entries}
        self.baseline = baseline
        ledger = Ledger(baseline)
        self.questions: list[tuple[FileReport, list[Finding], list[Entry]]] = []
        for file in files:
            if file.error is not None:
                continue
            claimed = {id(one): ledger.claim(file.path, one) for one in file.findings if baselinable(one)}
            for same in by_words(file.findings):
                entries = [entry for one in same if (entry := claimed.get(id(one))) is not None]
                if any(entry.state is None or (again and entry.state == "open") for entry in entries):
                    self.questions.append((file, same, entries))

    def run(self) -> bool:
        """Ask until the end (True) or until the person quits (False)."""
        if not self.questions:
            _say(f"{shown_path(self.baseline.path)}: nothing to ask about.")
            return True
        for number, (file, same, entries) in enumerate(self.questions, 1):
            _say("")
            _say(f"{number} of {len(self.questions)}: {slashed(file.path)}")
            options = TextOptions(width=width_of(sys.stdout), explain=True)
            sys.stdout.writelines(f"{line}\n" for line in entry_lines(file, same, Surface.of(sys.stdout), options))
            answer = self._ask(entries)
            if answer is None:
                left = len(self.questions) - number + 1
                _say("")
                _say(f"{left} left; `pvelint baseline audit` goes on here.")
                return False
        _say("")
        _say("That was the last one.")
        return True

    def _ask(self, entries: list[Entry]) -> str | None:
        """The answer, carried out; None to quit."""
        while True:
            word = _input("[a]ccept with a reason, leave [o]pen, [s]kip, [q]uit? ")
            if word is None or word[:1] == "q":
                return None
            if word[:1] == "s":
                return "skip"
            if word[:1] == "o":
                self._record(entries, "open", "")
                return "open"
            if word[:1] == "a":
                reason = _input("Why may it stay? ", fold=False)
                if reason is None:
                    return None
                if reason:
                    self._record(entries, "accepted", reason)
                    return "accept"
                _say("Without a reason it is not accepted.")

    def _record(self, entries: list[Entry], state: str, reason: str) -> None:
        for entry in entries:
            self.entries[entry.key] = replace(entry, state=state, reason=reason)
        self.baseline = replace(self.baseline, entries=tuple(self.entries.values()))
        save(self.baseline)


def _input(prompt: str, *, fold: bool = True) -> str | None:
    """A line from the person, without its white space; None at the end of the input."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        return None
    text = " ".join(line.split())
    return text.casefold() if fold else text
