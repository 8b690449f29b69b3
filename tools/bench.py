"""Measure pvelint against its peers and against the plain design, as ratios in one run: ``make bench``.

    python tools/bench.py [--scratch DIR] [--files 100] [--many 1000] [--rounds 3] [--no-peers] [--only PART] [--write FILE]

What is measured is a wheel of this tree, installed with its bytecode into the scratch folder, as users have it. Two
kinds of drafts are made, the same every time, as Markdown and as Word files: ``ordinary`` (paragraphs of the Python
standard library's docstrings, with one of our own labelled claims for 3 in 100 sentences) and ``dense`` (our labelled
sentences, 3 in 100 with a claim, where nearly every one holds a word of some list). Each command is a process of its
own; rounds are interleaved, so that a busy minute meets all of them. Wall time is the median; CPU time and peak memory
are those of the process and its children; ``load`` is how many other processes wanted a core. The many drafts are
measured once. Peers are installed into the scratch folder with npm and pip; one that can't be is left out, with the
reason. Nothing is installed anywhere else.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from prose import paragraphs

ROOT = Path(__file__).resolve().parent.parent
SENTENCES_A_FILE = 150
PARAGRAPHS_A_FILE = 110
CLAIMS = 0.03
NPM = {"alex": ["alex@11.0.1"], "textlint": ["textlint@15.8.0", "textlint-rule-terminology@5.2.16"]}
PIP = {"proselint": ["proselint==0.16.0"]}
#: The plain design: every sentence of every draft through the whole language model, and nothing else.
PLAIN = """
import sys
from pathlib import Path
from pvelint.language import model_package
from importlib import import_module
from pvelint.readers import read
model = import_module(model_package()).load()
for path in sys.argv[1:]:
    for document in model.pipe(block.text for block in read(path).blocks):
        list(document.sents)
"""


@dataclass
class Run:
    """One command with what was measured of it (seconds, MiB)."""

    name: str
    command: list[str]
    before: list[str] = field(default_factory=list)
    folder: Path = ROOT
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    load: list[float] = field(default_factory=list)


def sentences() -> tuple[list[str], list[str]]:
    """Our own sentences: the innocent ones and those with a claim."""
    plain, claims = [], []
    for path in sorted((ROOT / "tests" / "sentences").glob("*-working.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            (claims if record["labels"] else plain).append(record["text"])
    return plain, claims


def dense(count: int) -> Iterator[list[str]]:
    """The paragraphs of each draft of our own sentences."""
    chance = random.Random(20)
    plain, claims = sentences()
    for _ in range(count):
        chosen = [chance.choice(claims if chance.random() < CLAIMS else plain) for _ in range(SENTENCES_A_FILE)]
        yield [" ".join(chosen[start : start + 5]) for start in range(0, len(chosen), 5)]


def ordinary(count: int) -> Iterator[list[str]]:
    """The paragraphs of each draft of ordinary prose."""
    chance = random.Random(20)
    _, claims = sentences()
    prose = list(paragraphs())
    for _ in range(count):
        chosen = [chance.choice(prose) for _ in range(PARAGRAPHS_A_FILE)]
        # A paragraph of the prose has one sentence and a half.
        yield [f"{text} {chance.choice(claims)}" if chance.random() < 1.5 * CLAIMS else text for text in chosen]


@dataclass(frozen=True)
class Corpus:
    """Markdown and Word drafts with the same paragraphs, and the number of words of one kind."""

    markdown: list[str]
    word: list[str]
    words: int


def make_corpus(folder: Path, drafts: Iterable[list[str]], *, with_word: bool = True) -> Corpus:
    """Write the drafts."""
    import docx

    markdown, word, words = [], [], 0
    folder.mkdir(parents=True, exist_ok=True)
    for number, texts in enumerate(drafts):
        words += sum(len(paragraph.split()) for paragraph in texts)
        path = folder / f"{number:04}.md"
        path.write_text(f"# Draft {number}\n\n" + "\n\n".join(texts) + "\n", encoding="utf-8")
        markdown.append(str(path))
        if with_word:
            document = docx.Document()
            document.add_heading(f"Draft {number}")
            for paragraph in texts:
                document.add_paragraph(paragraph)
            document.save(str(folder / f"{number:04}.docx"))
            word.append(str(folder / f"{number:04}.docx"))
    return Corpus(markdown, word, words)


def install(scratch: Path) -> None:
    """Put a wheel of this tree below the scratch folder, with its bytecode, and let every process find it there."""
    home = scratch / "pvelint"
    shutil.rmtree(home, ignore_errors=True)
    wheels = scratch / "wheel"
    shutil.rmtree(wheels, ignore_errors=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT)]
    subprocess.run(build, check=True, **quiet)  # type: ignore[call-overload]
    (wheel,) = wheels.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(home)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(home)], check=True)
    os.environ["PYTHONPATH"] = str(home)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def peers(scratch: Path) -> tuple[dict[str, list[str]], list[str]]:
    """Commands of the peers that could be installed, and why others are left out."""
    found: dict[str, list[str]] = {}
    missing: list[str] = []
    for name, packages in NPM.items():
        home = scratch / name
        program = home / "node_modules" / ".bin" / name
        if not program.exists() and (npm := shutil.which("npm")):
            home.mkdir(parents=True, exist_ok=True)
            quiet = [npm, "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(home), *packages]
            subprocess.run(quiet, capture_output=True, check=False)
        if program.exists():
            found[name] = [str(program)]
        else:
            missing.append(f"{name}: " + ("npm could not install it" if shutil.which("npm") else "there is no npm"))
    for name, packages in PIP.items():
        home = scratch / name
        program = home / "bin" / name
        if not program.exists():
            subprocess.run([sys.executable, "-m", "venv", str(home)], capture_output=True, check=False)
            subprocess.run([str(home / "bin" / "pip"), "install", "-q", *packages], capture_output=True, check=False)
        if program.exists():
            found[name] = [str(program)]
        else:
            missing.append(f"{name}: pip could not install it")
    if "textlint" in found:
        terms = scratch / "textlint" / "textlintrc.json"
        rule = {"defaultTerms": False, "terms": [[f"illegal migrant{end}", "migrant"] for end in ("", "s")]}
        terms.write_text(json.dumps({"rules": {"terminology": rule}}), encoding="utf-8")
        found["textlint"] += ["--config", str(terms), "--format", "compact"]
    if "proselint" in found:
        found["proselint"] += ["check"]
    if "alex" in found:
        found["alex"] += ["--quiet"]
    return found, missing


#: Runs a command and prints its wall time, CPU time and peak memory (MiB), without those of this little program.
WATCH = """
import resource, subprocess, sys, time
begun = time.monotonic()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
wall, used = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""


def measure(run: Run) -> None:
    """Run the command once and keep what it took; its exit status says what it found, so it is not looked at."""
    if run.before:
        subprocess.run(run.before, stdout=subprocess.DEVNULL, check=True)
    watched = [sys.executable, "-I", "-S", "-c", WATCH, *run.command]
    told = subprocess.run(watched, capture_output=True, text=True, check=True, cwd=run.folder)
    wall, cpu, memory = map(float, told.stdout.split())
    run.wall.append(wall)
    run.cpu.append(cpu)
    run.memory.append(memory)
    run.load.append(max(0.0, os.getloadavg()[0] - cpu / max(wall, 1e-9)))


def table(title: str, runs: Sequence[Run], words: int, base: str) -> str:
    """A Markdown table with the ratio of each to one of them, by CPU time: wall time suffers from other work."""
    by_name = {run.name: run for run in runs}
    reference = statistics.median(by_name[base].cpu) if base in by_name else None
    lines = [
        f"### {title}",
        "",
        f"{words:,} words.",
        "",
        f"| what | wall s | CPU s | ÷ {base} (CPU) | peak MiB | words a CPU second | load |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for run in runs:
        wall, cpu = statistics.median(run.wall), statistics.median(run.cpu)
        ratio = f"{cpu / reference:.2f}" if reference else "-"
        rate = f"{words / cpu:,.0f}" if cpu else "-"
        load = statistics.median(run.load)
        lines.append(f"| {run.name} | {wall:.2f} | {cpu:.2f} | {ratio} | {max(run.memory):.0f} | {rate} | {load:.1f} |")
    return "\n".join([*lines, ""])


def pvelint(*arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", "pvelint", "check", "--isolated", "--fail-on", "never", "--quiet", *arguments]


def cold(corpus: Corpus, clean: str, peers_of: dict[str, list[str]], homes: dict[str, Path]) -> list[Run]:
    """One draft, each time by a new process."""
    draft = corpus.markdown[0]
    return [
        Run("python -c pass", [sys.executable, "-c", "pass"]),
        Run("pvelint, a clean page", pvelint("--no-cache", clean)),
        Run("pvelint, the draft", pvelint("--no-cache", draft)),
        Run("pvelint, the draft in Word", pvelint("--no-cache", corpus.word[0])),
        Run("pvelint, the draft, again", pvelint(draft), before=pvelint(draft)),
        Run("plain design", [sys.executable, "-P", "-c", PLAIN, draft]),
        *(Run(name, [*command, draft], folder=homes[name]) for name, command in peers_of.items()),
    ]


def batch(corpus: Corpus, peers_of: dict[str, list[str]], homes: dict[str, Path], *, whole: bool) -> list[Run]:
    """All drafts by one command; ``whole`` with the slower ways too."""
    found = [
        Run("pvelint", pvelint("--no-cache", *corpus.markdown)),
        Run("pvelint, again", pvelint(*corpus.markdown), before=pvelint(*corpus.markdown)),
    ]
    if whole:
        found += [
            Run("pvelint, one process", pvelint("--no-cache", "--jobs", "1", *corpus.markdown)),
            Run("pvelint, Word files", pvelint("--no-cache", *corpus.word)),
            Run("pvelint, Word files, again", pvelint(*corpus.word), before=pvelint(*corpus.word)),
            Run("plain design", [sys.executable, "-P", "-c", PLAIN, *corpus.markdown]),
        ]
    return [
        *found,
        *(Run(name, [*command, *corpus.markdown], folder=homes[name]) for name, command in peers_of.items()),
    ]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--scratch", type=Path, default=ROOT / "build" / "bench")
    asked.add_argument("--files", type=int, default=100)
    asked.add_argument("--many", type=int, default=1000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--no-peers", action="store_true")
    asked.add_argument("--only", choices=("cold", "ordinary", "dense", "many"), action="append")
    asked.add_argument("--write", type=Path)
    options = asked.parse_args()
    scratch = options.scratch.resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    os.environ["PVELINT_CACHE_DIR"] = str(scratch / "cache")
    prose = make_corpus(scratch / f"ordinary-{options.files}", ordinary(options.files))
    own = make_corpus(scratch / f"dense-{options.files}", dense(options.files))
    large = make_corpus(scratch / f"ordinary-{options.many}", ordinary(options.many), with_word=False)
    found, missing = ({}, ["peers: not asked for"]) if options.no_peers else peers(scratch)
    install(scratch)
    clean = scratch / "clean.txt"
    clean.write_text("The water committee met on Tuesday to plan repairs.\n" * 100, encoding="utf-8")
    base = "alex" if "alex" in found else "plain design"
    homes = {name: scratch / name for name in found}  # textlint looks for its rules where it is run
    tables = {
        "cold": ("Cold start, one ordinary draft", cold(prose, str(clean), found, homes), prose.words // options.files),
        "ordinary": (f"{options.files} ordinary drafts", batch(prose, found, homes, whole=True), prose.words),
        "dense": (f"{options.files} dense drafts", batch(own, found, homes, whole=True), own.words),
        "many": (f"{options.many:,} ordinary drafts", batch(large, found, homes, whole=False), large.words),
    }
    chosen = {part: tables[part] for part in tables if part in (options.only or tables)}
    for number in range(options.rounds):
        for part, (title, runs, _) in chosen.items():
            for run in runs if part != "many" or not number else ():
                print(f"round {number + 1} of {options.rounds}: {title}: {run.name}", file=sys.stderr)
                measure(run)
    reasons = [f"Left out: {reason}." for reason in missing]
    shown = "\n".join([*(table(title, runs, words, base) for title, runs, words in chosen.values()), *reasons])
    print(shown)
    if options.write:
        options.write.write_text(shown + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
