"""Figures on reviewed Word copies: how many comments and changes, what could not be placed and why, how long it takes.

    python tools/measure_review.py FOLDER...

Each file is annotated twice: with what the shipped rules find in it, and with findings on words taken by chance
(the same each time), because few real files hold words that the rules know.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from annotate_fixtures import by_chance  # noqa: E402
from pvelint.config import Settings  # noqa: E402
from pvelint.errors import PvelintError  # noqa: E402
from pvelint.findings import Finding  # noqa: E402
from pvelint.knowledge import load_knowledge  # noqa: E402
from pvelint.pipeline import check_document  # noqa: E402
from pvelint.readers.docx import read_docx  # noqa: E402
from pvelint.word.annotate import AnnotateOptions, annotate  # noqa: E402

OPTIONS = AnnotateOptions(date="2026-01-02T03:04:05Z", force=True, limit=10_000)


@dataclass
class Tally:
    """Sums over all files. seconds: of annotating and proving alone."""

    files: int = 0
    words: int = 0
    findings: int = 0
    comments: int = 0
    changes: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    how: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)

    def add(self, data: bytes, name: str, findings: list[Finding], words: int) -> None:
        begun = perf_counter()
        result = annotate(data, path=name, findings=findings, options=OPTIONS)
        spent = perf_counter() - begun
        self.files += 1
        self.words += words
        self.findings += len(findings)
        self.comments += result.comments
        self.changes += result.changes
        self.seconds += spent
        self.longest = max(self.longest, spent)
        self.how.update(placed.how.value for placed in result.placed)
        self.refused.update(placed.refused for placed in result.placed if placed.refused)
        self.lost.update(reason for _, reason in result.not_anchored)

    def lines(self, title: str) -> Iterator[str]:
        yield f"{title}: {self.files} files, {self.words:,} words, {self.findings:,} findings"
        yield f"  {self.comments:,} comments, {self.changes:,} tracked changes; findings placed: {dict(self.how)}"
        each, rate = self.seconds / max(self.files, 1), 10_000 * self.seconds / max(self.words, 1)
        yield f"  annotated and proved in {self.seconds:.1f} s: {each:.3f} s a file (longest {self.longest:.2f} s), "
        yield f"  {rate:.2f} s for 10,000 words"
        yield from (f"  no change, {reason}: {number}" for reason, number in self.refused.most_common())
        yield from (f"  no comment, {reason}: {number}" for reason, number in self.lost.most_common())


def main(folders: list[str]) -> int:
    files = sorted(path for folder in folders for path in Path(folder).rglob("*.do[ct][xm]"))
    knowledge = load_knowledge()
    real, chance = Tally(), Tally()
    checking = 0.0
    for path in files:
        data = path.read_bytes()
        try:
            begun = perf_counter()
            report = check_document(read_docx(data, path=path.name), settings=Settings(), knowledge=knowledge)
            checking += perf_counter() - begun
            real.add(data, path.name, list(report.findings), report.words)
            document = read_docx(data, path=path.name)
            chance.add(data, path.name, by_chance(document, seed=1, most=10_000), report.words)
        except PvelintError as error:
            print(f"refused: {path.name}: {error.message}")
    print(f"checking (reading, rules, language) took {checking:.1f} s")
    print(*real.lines("rules"), *chance.lines("by chance"), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
