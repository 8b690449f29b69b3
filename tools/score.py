"""Score pvelint on labelled sentences (JSON lines: text, labels, spans, quoted, tier, expect, alt).

    python tools/score.py PATH [--families T] [--show]

A family counts once per sentence; a span is found when it overlaps the labelled one by at least half of the
shorter one; terminology is scored only where ``expect`` or the label T says so. Prints counts, precision and
recall per family, and with ``--show`` every error.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from pvelint.config import Settings
from pvelint.examples import one_block
from pvelint.findings import Finding, Tier
from pvelint.knowledge import Knowledge, load_knowledge
from pvelint.pipeline import check_document

KINDS = {"heading": "heading", "table": "table cell", "list": "list item", "caption": "caption"}


def findings(record: dict[str, object], tier: Tier, knowledge: Knowledge) -> tuple[Finding, ...]:
    """What pvelint reports on one labelled sentence for one reader."""
    kind = KINDS.get(str(record.get("genre")), "paragraph")
    document = one_block(str(record["text"]), kind)
    return check_document(document, settings=Settings(tier=tier), knowledge=knowledge).findings


def tiers(record: dict[str, object]) -> tuple[Tier, ...]:
    """The readers that a record is scored for."""
    tier = record.get("tier", "donor")
    return tuple(Tier) if tier == "any" else (Tier(str(tier)),)


def expected(record: dict[str, object], tier: Tier) -> set[str]:
    """The labels that hold for a reader."""
    labels = {str(label) for label in record["labels"]}  # type: ignore[attr-defined]
    by_tier = record.get("expect")
    if isinstance(by_tier, dict) and tier.value in by_tier:
        labels = (labels - {"T"}) | set(by_tier[tier.value])
    return labels


def scores_terms(record: dict[str, object]) -> bool:
    return bool(record.get("expect")) or "T" in record["labels"]  # type: ignore[operator]


def score(
    records: Iterable[dict[str, object]], families: Sequence[str], knowledge: Knowledge, *, show: bool = False
) -> dict[str, Counter[str]]:
    """Count hits, misses and false alarms per family."""
    counts: dict[str, Counter[str]] = {family: Counter() for family in families}
    for record in records:
        for tier in _all_tiers(record):
            found = {finding.family.letter for finding in findings(record, tier, knowledge)}
            wanted = expected(record, tier)
            for family in families:
                if family == "T" and not scores_terms(record):
                    continue
                outcome = _outcome(family in found, family in wanted, family in (record.get("alt") or ()))  # type: ignore[operator]
                counts[family][outcome] += 1
                if show and outcome in {"miss", "false alarm"}:
                    print(f"{outcome:12} {family} {tier.value:6} {record.get('id', '')} {record['text']}")
    return counts


def _all_tiers(record: dict[str, object]) -> tuple[Tier, ...]:
    by_tier = record.get("expect")
    return tuple(Tier) if isinstance(by_tier, dict) else tiers(record)


def _outcome(found: bool, wanted: bool, allowed: bool) -> str:
    if found and wanted:
        return "hit"
    if found:
        return "allowed" if allowed else "false alarm"
    return "miss" if wanted else "quiet"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--families", default="SCMKT")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    records = [json.loads(line) for line in options.path.read_text(encoding="utf-8").splitlines() if line.strip()]
    for family, count in score(records, options.families, load_knowledge(), show=options.show).items():
        hits, alarms, misses = count["hit"], count["false alarm"], count["miss"]
        precision = hits / (hits + alarms) if hits + alarms else float("nan")
        recall = hits / (hits + misses) if hits + misses else float("nan")
        counted = f"{hits} hits, {alarms} false alarms, {misses} misses"
        print(f"{family}: {counted}; precision {precision:.2f}, recall {recall:.2f}")


if __name__ == "__main__":
    main()
