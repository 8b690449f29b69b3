"""Write docs/rules: a page for each rule and an index, from the rule files, the lexicon and docs/evaluation.json.

    python tools/make_rule_docs.py [--check]

With ``--check`` nothing is written; the exit status is 1 when a page is stale, missing or left over.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pvelint.findings import Family
from pvelint.knowledge import load_knowledge
from pvelint.rulebook import RuleInfo, rulebook
from pvelint.rulepage import markdown, precision
from pvelint.sources import titles

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"
_NOTE = "<!-- Written by tools/make_rule_docs.py from the rule's own file; change that, not this. -->\n\n"


def pages() -> dict[str, str]:
    """All pages by file name."""
    book = rulebook(load_knowledge())
    found = {f"{rule.id}.md": _NOTE + markdown(rule, titles()) for rule in book}
    found["README.md"] = _NOTE + _index(book)
    return found


def _index(book: tuple[RuleInfo, ...]) -> str:
    lines = [
        "# Rules",
        "",
        "What is found, why, and what to write instead. `pvelint explain ID` prints the same pages.",
    ]
    for family in Family:
        rules = [rule for rule in book if rule.family is family]
        if not rules:
            continue
        lines += ["", f"## {family.value.capitalize()}", "", "| rule | what | precision |", "|---|---|---|"]
        for rule in rules:
            preview = " (preview)" if rule.preview else ""
            what = rule.summary.replace("|", "\\|")
            figure = precision(rule) if rule.kind != "tool" else ""
            lines.append(f"| [{rule.id} {rule.name}]({rule.id}.md){preview} | {what} | {figure} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    wanted = pages()
    present = {path.name: path for path in FOLDER.glob("*.md")} if FOLDER.is_dir() else {}
    if "--check" in sys.argv:
        stale = [
            name
            for name in sorted({*wanted, *present})
            if name not in wanted or name not in present or present[name].read_text(encoding="utf-8") != wanted[name]
        ]
        for name in stale:
            print(f"docs/rules/{name} is stale; run python tools/make_rule_docs.py")
        return 1 if stale else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, path in present.items():
        if name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(wanted)} pages in docs/rules")
    return 0


if __name__ == "__main__":
    sys.exit(main())
