"""The baseline: findings that a repository knows of, so that only new ones are reported.

``.pvelint-baseline.json`` holds one entry a line, sorted by path and fingerprint, with no line numbers, dates or
versions, and a blank line between files: two branches that touch different drafts merge without a conflict, and the
file may be merged by union (order and doubles are forgiven when it is read). The identity of a finding is its
fingerprint; the path is for people and for two drafts that say the same, so a renamed draft keeps its entries.

An entry has no ``state`` (nobody has looked at it), is ``open`` (looked at, to be mended) or ``accepted`` with a
reason. A red line is set aside by an accepted entry only, and even then stands in the report as an exception.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pvelint.decode import nearest
from pvelint.errors import DataError, UsageError, Where
from pvelint.findings import Family, FileReport, Finding, RunReport

NAME = ".pvelint-baseline.json"
STATES = ("open", "accepted")
MAX_BYTES = 64 * 2**20
SCHEMA = 1
KEYS = ("path", "fingerprint", "rule", "text", "state", "reason")


@dataclass(frozen=True, slots=True)
class Entry:
    """One known finding.

    path:  the draft, relative to the baseline's folder, with forward slashes.
    text:  the words found; empty with ``--no-text``.
    state: None, ``open`` or ``accepted``; an accepted one has a reason.
    """

    path: str
    fingerprint: str
    rule: str
    text: str = ""
    state: str | None = None
    reason: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.path, self.fingerprint


@dataclass(frozen=True)
class Baseline:
    """The entries of one file, sorted; ``path`` is where it lies."""

    path: Path
    entries: tuple[Entry, ...] = ()

    @property
    def folder(self) -> Path:
        return self.path.parent

    def relative(self, path: str) -> str:
        """A draft's path as an entry has it (Unicode composed, so that macOS and Linux agree)."""
        absolute = os.path.normpath(Path.cwd() / path)
        try:
            below = os.path.relpath(absolute, self.folder)
        except ValueError:  # another drive on Windows
            below = absolute
        return unicodedata.normalize("NFC", below.replace(os.sep, "/"))

    def exists(self, entry: Entry) -> bool:
        """Whether the draft of an entry is still there."""
        try:
            return any((self.folder / unicodedata.normalize(form, entry.path)).exists() for form in ("NFC", "NFD"))
        except (OSError, ValueError):
            return False


def load(path: Path, *, shown: str | None = None) -> Baseline:
    """Read a baseline. Raises DataError for anything that is not one."""
    name = shown or str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _bad(name, f"the file is larger than {MAX_BYTES // 2**20} MiB.")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise _bad(name, f"the file can't be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise _bad(name, "the file is not UTF-8.") from None
    conflict = next((n for n, line in enumerate(text.splitlines(), 1) if line.startswith(("<<<<<<< ", ">>>>>>> "))), 0)
    if conflict:
        cure = "Keep the lines of both sides and remove the marks; order and doubles do no harm."
        raise _bad(name, "a merge left its conflict marks here.", line=conflict, cure=cure)
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise _bad(name, f"not valid JSON: {error.msg}.", line=error.lineno) from None
    except (RecursionError, ValueError):
        raise _bad(name, "not valid JSON: nested too deeply or a number too long.") from None
    if not isinstance(content, dict) or content.get("schema") != SCHEMA or not isinstance(content.get("entries"), list):
        raise _bad(name, "this is no baseline of pvelint.", cure="Write it with `pvelint baseline write`.")
    entries = [_entry(item, number, name) for number, item in enumerate(content["entries"], 1) if item is not None]
    return Baseline(path, _sorted(entries))


def _bad(name: str, message: str, *, line: int = 1, cure: str = "") -> DataError:
    return DataError("bad-baseline", message, where=Where(name, line), cure=cure)


def _entry(item: Any, number: int, name: str) -> Entry:
    """One entry, strictly checked."""
    if not isinstance(item, dict) or not all(isinstance(value, str) for value in item.values()):
        raise _bad(name, f"entry {number} must be an object of texts.")
    for key in item:
        if key not in KEYS:
            raise _bad(name, f"entry {number} has the unknown key '{key}'.", cure=nearest(key, KEYS))
    for key in ("path", "fingerprint", "rule"):
        if not item.get(key):
            raise _bad(name, f"entry {number} lacks '{key}'.")
    state = item.get("state")
    if state is not None and state not in STATES:
        raise _bad(name, f"entry {number} has the unknown state '{state}'.", cure=nearest(state, STATES))
    if state == "accepted" and not item.get("reason", "").strip():
        raise _bad(name, f"entry {number} is accepted without a reason.", cure="Add a reason to it.")
    path = unicodedata.normalize("NFC", item["path"])
    return Entry(path, item["fingerprint"], item["rule"], item.get("text", ""), state, item.get("reason", ""))


def _sorted(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Sorted, one entry for each path and fingerprint: of doubles the one that was answered most."""
    best: dict[tuple[str, str], Entry] = {}
    for entry in sorted(entries, key=lambda one: (one.key, one.reason)):
        if entry.key not in best or _rank(entry) > _rank(best[entry.key]):
            best[entry.key] = entry
    return tuple(best[key] for key in sorted(best))


def _rank(entry: Entry) -> int:
    return 0 if entry.state is None else 1 + STATES.index(entry.state)


def dump(entries: Iterable[Entry]) -> bytes:
    """The bytes of a baseline. Every entry's line is alike, the last one too, so that lines can be merged."""
    lines = ['{"schema": 1, "entries": [']
    path = None
    for entry in _sorted(entries):
        if entry.path != path:
            lines.append("")
            path = entry.path
        item = {key: value for key in KEYS if (value := getattr(entry, key))}
        lines.append(json.dumps(item, ensure_ascii=False) + ",")
    return ("\n".join([*lines, "", "null]}"]) + "\n").encode("utf-8", "backslashreplace")


def save(baseline: Baseline) -> None:
    """Write a baseline whole or not at all.

    Raises UsageError: ``outside`` for a link that leads elsewhere (a repository may bring one), ``cannot-write``.
    """
    from pvelint.report.streams import write_whole

    if baseline.path.is_symlink():
        raise UsageError(
            "outside",
            "the baseline is a link, which is not followed.",
            path=str(baseline.path),
            cure="Remove the link.",
        )
    write_whole(str(baseline.path), dump(baseline.entries))


def entry_of(baseline: Baseline, path: str, finding: Finding, *, text: bool = True) -> Entry:
    """A new entry for a finding of a draft."""
    words = " ".join(finding.text.split()) if text else ""
    return Entry(baseline.relative(path), finding.fingerprint, finding.rule, words)


class Ledger:
    """One baseline during a run: which finding answers to which entry, each entry to one finding at most."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self._by_key = {entry.key: entry for entry in baseline.entries}
        self._gone: dict[str, list[Entry]] = {}
        for entry in baseline.entries:
            self._gone.setdefault(entry.fingerprint, []).append(entry)
        self._exists: dict[str, bool] = {}
        self.claimed: dict[tuple[str, str], tuple[str, Finding]] = {}

    def claim(self, path: str, finding: Finding) -> Entry | None:
        """The entry of a finding: that of its draft, else one of the same fingerprint whose draft is gone."""
        relative = self.baseline.relative(path)
        entry = self._by_key.get((relative, finding.fingerprint))
        if entry is None:
            candidates = self._gone.get(finding.fingerprint, ())
            entry = next((one for one in candidates if one.key not in self.claimed and not self._is_there(one)), None)
        if entry is None or entry.key in self.claimed:
            return None
        self.claimed[entry.key] = (relative, finding)
        return entry

    def _is_there(self, entry: Entry) -> bool:
        if entry.path not in self._exists:
            self._exists[entry.path] = self.baseline.exists(entry)
        return self._exists[entry.path]

    def unclaimed(self, *, checked: Iterable[str], gone_below: Callable[[str], bool]) -> Iterator[Entry]:
        """Entries that nothing answers to: of drafts that were checked, and of drafts that are gone.

        checked: paths of drafts. gone_below: whether a run looked where a draft of this absolute path would lie.
        """
        looked = {self.baseline.relative(path) for path in checked}
        for entry in self.baseline.entries:
            if entry.key in self.claimed:
                continue
            absolute = os.path.normpath(self.baseline.folder / entry.path)
            if entry.path in looked or (not self._is_there(entry) and gone_below(absolute)):
                yield entry


def set_aside(
    report: RunReport,
    ledgers: Mapping[str, Ledger],
    *,
    whole: bool = True,
    gone_below: Callable[[str], bool] = lambda path: False,
) -> RunReport:
    """The report without the findings that baselines hold; each file's count and list of them are kept.

    ledgers: by path of the draft. whole: all rules were run on all of each draft, so that an entry which nothing
    answers to is stale.
    """
    files = tuple(_without_known(file, ledgers.get(file.path)) for file in report.files)
    stale: list[tuple[str, str, str]] = []
    if whole:
        checked = [file.path for file in report.files if file.error is None]
        for ledger in dict.fromkeys(ledgers.values()):
            for entry in ledger.unclaimed(checked=checked, gone_below=gone_below):
                stale.append((entry.path, entry.rule, entry.text))
    return replace(report, files=files, stale=tuple(sorted(stale)))


def _without_known(file: FileReport, ledger: Ledger | None) -> FileReport:
    if ledger is None or file.error is not None:
        return file
    kept: list[Finding] = []
    known: list[Finding] = []
    for finding in file.findings:
        entry = ledger.claim(file.path, finding) if baselinable(finding) else None
        reason = entry.reason if entry is not None and entry.state == "accepted" else None
        if entry is None:
            kept.append(finding)
        elif not finding.red_line:
            known.append(replace(finding, accepted=reason))
        else:  # never silenced: an accepted one stays as an exception, another as it is
            kept.append(replace(finding, accepted=reason or finding.accepted))
    return replace(file, findings=tuple(kept), known=tuple(known), baselined=len(known))


def baselinable(finding: Finding) -> bool:
    """Whether a baseline may hold a finding: not our own remarks, nor what is an accepted exception already."""
    return finding.family is not Family.TOOL and finding.accepted is None


def refreshed(
    ledger: Ledger, files: Sequence[FileReport], *, add: bool, text: bool = True, drop_gone: bool = True
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries after a run and those that were dropped as stale.

    files:     the drafts that were checked, without any baseline applied.
    add:       also make entries of findings that have none.
    drop_gone: also drop entries of drafts that are gone.

    Answers stay with their entries; an entry of a renamed draft gets its new path; drafts that were not checked keep
    theirs.
    """
    fresh: list[Entry] = []
    for file in files:
        if file.error is not None:
            continue
        for finding in file.findings:
            if not baselinable(finding):
                continue
            entry = ledger.claim(file.path, finding)
            if entry is not None:
                words = " ".join(finding.text.split()) if text else ""
                fresh.append(replace(entry, path=ledger.baseline.relative(file.path), rule=finding.rule, text=words))
            elif add:
                fresh.append(entry_of(ledger.baseline, file.path, finding, text=text))
    checked = [file.path for file in files if file.error is None]
    stale = set(ledger.unclaimed(checked=checked, gone_below=lambda path: drop_gone))
    kept = [one for one in ledger.baseline.entries if one.key not in ledger.claimed and one not in stale]
    return _sorted([*kept, *fresh]), tuple(sorted(stale, key=lambda one: one.key))
