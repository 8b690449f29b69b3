"""Measure what weighing a sentence costs beside parsing it: ``python tools/measure_weighing.py``."""

from __future__ import annotations

import json
import time
from pathlib import Path

from pvelint.examples import one_block
from pvelint.knowledge import load_knowledge
from pvelint.language import parse
from pvelint.screen import Sentence, sentence_sums
from pvelint.sites import DocumentText

SENTENCES = Path(__file__).resolve().parents[1] / "tests" / "sentences" / "c-working.jsonl"


def main() -> None:
    knowledge = load_knowledge()
    lists = knowledge.rule_index.lists
    sentences = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        for block in DocumentText(one_block(json.loads(line)["text"], "paragraph"), parse, None).blocks:
            for number, span in enumerate(block.sentences):
                first, last = block.token_at(span.start), block.token_at(span.end)
                if last > first:
                    found = lists.scan(block.tokens, first, last)
                    text = block.block.text[span.start : span.end]
                    sentences.append((Sentence(block, number, first, last, found, 0), text))
    for sentence, text in sentences:  # once unmeasured, so that everything is loaded
        sentence_sums(knowledge, sentence)
        parse(text)
    parse.cache_clear()
    start = time.process_time()
    for sentence, _ in sentences:
        sentence_sums(knowledge, sentence)
    middle = time.process_time()
    for _, text in sentences:
        parse(text)
    end = time.process_time()
    print(f"{len(sentences)} sentences: weighing {(middle - start) / (end - middle):.2f} of parsing")


if __name__ == "__main__":
    main()
