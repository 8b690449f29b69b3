"""Fuzz what reads files of others, until nothing but our own clear errors comes out.

    python tools/fuzz.py TARGET SECONDS [FOLDER]

TARGET is one of the names below. With atheris installed the runs are guided by coverage and FOLDER keeps what was
found interesting (and what failed); without it, hypothesis makes random inputs for as long. The exit status is 1 when
an exception other than ours came out; the input is then printed in base64, so that it can become a test.
"""

from __future__ import annotations

import base64
import io
import pkgutil
import random
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _targets() -> dict[str, Callable[[bytes], object]]:
    """Each target takes bytes and may raise nothing but PvelintError."""
    from pvelint.baseline import load
    from pvelint.configfile import read_config
    from pvelint.decode import parse_yaml
    from pvelint.document import Document
    from pvelint.lexicon import load_lexicon
    from pvelint.names import load_names
    from pvelint.readers import read
    from pvelint.rules import load_rules
    from pvelint.suppress import read_suppressions, remarks, settle

    _import_all()
    sys.path.insert(0, str(ROOT / "tests"))
    from helpers import reader

    conditions = reader()
    scratch = Path(tempfile.mkdtemp(prefix="fuzz"))

    def suppressions(document: Document) -> None:
        asked, faults = read_suppressions(document)
        unused = settle((), asked, document).unused
        list(remarks(document, asked, unused, faults, known={"T501": "x"}, concepts=(), ran=lambda rule: True))

    def draft(name: str) -> Callable[[bytes], object]:
        def run(data: bytes) -> None:
            document = read(name, data=data)
            for block in document.blocks:
                document.locate(block, block.protected[0].span) if block.protected else None
            suppressions(document)

        return run

    def kept(name: str, load_it: Callable[[Path], object]) -> Callable[[bytes], object]:
        def run(data: bytes) -> None:
            path = scratch / name
            path.write_bytes(data)
            load_it(path)

        return run

    def word(data: bytes) -> None:
        """The bytes as the main part of a Word file, and as the file itself."""
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as made:
            made.writestr("[Content_Types].xml", _TYPES)
            made.writestr("_rels/.rels", _RELS)
            made.writestr("word/document.xml", _MAIN % data.decode("utf-8", "replace"))
        read("a.docx", data=package.getvalue())

    def comment(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        suppressions(
            read("a.md", data=f"One. <!-- pvelint:{text} --> Two.\n\n<!-- pvelint:{text} -->\n\nThree.".encode())
        )

    return {
        "text": draft("a.txt"),
        "markdown": draft("a.md"),
        "html": draft("a.html"),
        "docx": draft("a.docx"),
        "word": word,
        "suppress": comment,
        "yaml": lambda data: parse_yaml(data, name="x"),
        "config": kept("pvelint.yaml", read_config),
        "toml": kept("pyproject.toml", read_config),
        "lexicon": kept("l.yml", lambda path: load_lexicon([path], conditions=conditions)),
        "rule": kept("r.yml", lambda path: load_rules([path], conditions=conditions)),
        "names": kept("n.yml", load_names),
        "baseline": kept("b.json", load),
    }


def _import_all() -> None:
    """Import what is otherwise imported late: only what is imported while atheris looks on guides it."""
    import pvelint.readers
    import pvelint.word

    for package in (pvelint.readers, pvelint.word):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_MAIN = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'
_SEEDS: dict[str, list[str | bytes]] = {
    "text": ["examples/field-flyer.txt"],
    "markdown": ["examples/press-release.md", "README.md"],
    "html": [
        b"<!doctype html><html><head><meta charset=utf-8><title>T</title><style>p{}</style></head><body><h1>One</h1>"
        b"<p lang=fr>Two <b>three</b>&amp;<a href='x'>four</a><br>five<!-- pvelint: ignore[S101] why --></p>"
        b"<ul><li>a<li>b</ul><table><tr><td>c<td>d</table><blockquote cite=x>e</blockquote><pre>f</pre>"
        b"<script>g</script><q>h</q></body></html>"
    ],
    "suppress": [
        b" ignore[S101, T501] a reason ",
        b" disable[S101] why ",
        b" enable[S101] ",
        b" ignore-file[T501] why ",
    ],
    "yaml": ["lexicons/acronyms.yml"],
    "config": ["examples/pvelint.yaml"],
    "toml": ["pyproject.toml"],
    "lexicon": ["lexicons/security.yml"],
    "rule": ["rules/causes/K405-nothing-else.yml"],
    "names": ["lexicons/names.yml"],
    "baseline": [
        b'{"schema": 1, "entries": [\n\n{"path": "a.md", "fingerprint": "9702b7f542bdddf7", "rule": "T501", '
        b'"text": "b", "state": "accepted", "reason": "c"},\n\nnull]}'
    ],
}
#: The parts of an example that a Word reader looks at; its long style sheets would only slow the runs.
_PARTS = ("Types", ".rels", "document", "numbering", "footnotes", "header", "footer", "settings", "core")


def seeds(name: str) -> list[bytes]:
    """What a target begins with."""
    if name in {"docx", "word"}:
        package, body = _word_seeds()
        return [package if name == "docx" else body]
    return [data if isinstance(data, bytes) else (ROOT / data).read_bytes()[:20000] for data in _SEEDS[name]]


def _word_seeds() -> tuple[bytes, bytes]:
    """The example proposal with the parts that are read, and the body of its main part."""
    package = io.BytesIO()
    with (
        zipfile.ZipFile(ROOT / "examples" / "proposal.docx") as example,
        zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in example.namelist():
            if any(part in name for part in _PARTS):
                made.writestr(name, example.read(name))
        body = example.read("word/document.xml").partition(b"<w:body>")[2].partition(b"</w:body>")[0]
    return package.getvalue(), body


def _change_a_part(data: bytes, size: int, seed: int) -> bytes:
    """Change one part inside a Word file, now and then the file itself: changed bytes of a zip are rarely one."""
    import atheris

    chance = random.Random(seed)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError):
        parts = {}
    if not parts or chance.random() < 0.1:
        return bytes(atheris.Mutate(data, size))
    name = chance.choice(sorted(parts))
    parts[name] = bytes(atheris.Mutate(parts[name], len(parts[name]) + 500))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()[:size]


def main() -> int:
    name, seconds = sys.argv[1], float(sys.argv[2])
    folder = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(tempfile.mkdtemp(prefix=f"corpus-{name}-"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (folder / f"seed-{number}").write_bytes(data)
    try:
        import atheris
    except ImportError:
        return _with_hypothesis(name, seconds)
    with atheris.instrument_imports(include=["pvelint"]):
        target = _targets()[name]
    runs = _Runs(target)
    arguments = [sys.argv[0], str(folder), f"-max_total_time={int(seconds)}", "-rss_limit_mb=4096", "-max_len=60000"]
    arguments += ["-timeout=60", f"-artifact_prefix={folder}/crash-", "-print_final_stats=1"]
    atheris.Setup(arguments, runs, **({"custom_mutator": _change_a_part} if name == "docx" else {}))
    atheris.Fuzz()
    return 0


class _Runs:
    def __init__(self, target: Callable[[bytes], object]) -> None:
        self.target = target

    def __call__(self, data: bytes) -> None:
        from pvelint.errors import PvelintError

        try:
            self.target(data)
        except PvelintError as error:
            assert str(error), "an error without words"
        except BaseException:
            print("input:", base64.b64encode(data).decode(), flush=True)
            raise


def _with_hypothesis(name: str, seconds: float) -> int:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    runs = _Runs(_targets()[name])
    end, number = time.monotonic() + seconds, 0

    @settings(max_examples=200, deadline=None, database=None)
    @given(st.binary(max_size=4000) | st.text(max_size=2000).map(lambda text: text.encode("utf-8", "replace")))
    def some(data: bytes) -> None:
        nonlocal number
        number += 1
        runs(data)

    while time.monotonic() < end:
        some()
    print(f"{name}: {number} runs")
    return 0


if __name__ == "__main__":
    sys.exit(main())
