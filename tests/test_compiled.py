"""Compiled knowledge says what the YAML files say; a file that is torn, stale or foreign is made anew."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pvelint import cachefile, compiled, compiler, doctor
from pvelint.compiled import CompiledKnowledge
from pvelint.knowledge import Knowledge, load_knowledge, read_knowledge
from pvelint.packing import BadFileError, Sections, pack

ROOT = Path(compiled.__file__).resolve().parent.parent
_LIGHT = {"spacy", "docx", "rich", "yaml", "lxml", "lemminflect", "numpy", "msgspec", "multiprocessing"}


@pytest.fixture(scope="module")
def whole() -> Knowledge:
    return read_knowledge()


def test_compiled_knowledge_is_what_the_files_say(whole: Knowledge) -> None:
    loaded = load_knowledge()
    assert isinstance(loaded, CompiledKnowledge)
    for part in ("lexicon", "names", "acronyms", "cues", "causal", "overlay", "rule_names", "concept_ids"):
        assert getattr(loaded, part) == getattr(whole, part), part
    assert tuple(loaded.avoided) == tuple(whole.avoided)
    assert tuple(loaded.approved) == tuple(whole.approved)
    assert dict(loaded.weights.signs) == dict(whole.weights.signs)  # type: ignore[union-attr]


def test_the_indexes_find_the_same(whole: Knowledge) -> None:
    from pvelint.tokens import tokenise

    loaded = load_knowledge()
    tokens = tokenise("The IOM and the illegal migrants' camp: a counter-narrative to terrorists in Kano, by UNHCR.")
    assert [(m.first, m.last, m.pattern) for m in loaded.scanner.scan(tokens)] == [
        (m.first, m.last, m.pattern) for m in whole.scanner.scan(tokens)
    ]
    one, other = (k.rule_index.lists.scan(tokens, 0, len(tokens)) for k in (loaded, whole))
    assert one.present == other.present != 0
    assert [rule.id for rule in loaded.rule_index.rules] == [rule.id for rule in whole.rule_index.rules]
    assert [[m.required for m in rule.matchers] for rule in loaded.rule_index.rules] == [
        [m.required for m in rule.matchers] for rule in whole.rule_index.rules
    ]
    assert [rule.relations for rule in loaded.rule_index.rules] == [rule.relations for rule in whole.rule_index.rules]


def test_words_of_conditions_keep_their_surfaces(whole: Knowledge) -> None:
    from pvelint.phrases import inflected, surfaces

    load_knowledge()
    words = [word for category in whole.cues.words.values() for word in category]
    assert words
    assert all(surfaces(word) == inflected(word) for word in words)


def damaged() -> list[bytes]:
    good = pack("key", {"one": b"first", "two": b"second"})
    return [b"", b"x", good[: len(good) // 2], good.replace(b'"key": "key"', b'"key": "yek"'), b"\0" * 100]


@pytest.mark.parametrize("data", damaged())
def test_a_file_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):
        Sections(data, "key")


def test_a_section_that_was_changed_is_refused() -> None:
    good = pack("key", {"one": b"first", "two": b"second"})
    sections = Sections(good[:-1] + b"!", "key")
    assert sections.bytes("one") == b"first"
    with pytest.raises(BadFileError):
        sections.bytes("two")


def test_a_section_of_another_shape_is_read_from_the_files_instead(whole: Knowledge) -> None:
    names = ("index", "terms", "lists", "masks", "knowledge", "concepts", "weighing")
    sections = Sections(pack("key", dict.fromkeys(names, b"\xc1?")), "key")
    loaded = CompiledKnowledge(sections, lambda: whole)
    assert loaded.lexicon.concepts == whole.lexicon.concepts
    assert loaded.rule_index.rules == whole.rule_index.rules
    assert loaded.names == whole.names


def test_another_content_is_another_key(tmp_path: Path) -> None:
    from pvelint.office import Office

    own = tmp_path / "own.yml"
    own.write_text("[]", encoding="utf-8")
    office = Office(lexicons=(str(own),))
    before = compiled.key_of(office=office)
    own.write_text("# more\n[]", encoding="utf-8")
    assert len({before, compiled.key_of(office=office), compiled.key_of(), compiled.key_of(donor="echo")}) == 4


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out of the profile by other means")
def test_what_others_can_write_is_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    path = folder / "file"
    assert cachefile.write_private(path, b"data")
    assert cachefile.read_private(path) == b"data"
    path.chmod(0o620)
    assert cachefile.read_private(path) is None
    path.chmod(0o600)
    folder.chmod(0o777)
    assert cachefile.read_private(path) is None
    assert not cachefile.write_private(path, b"more")
    folder.chmod(0o700)
    link = folder / "link"
    link.symlink_to(path)
    assert cachefile.read_private(link) is None


def test_writing_leaves_the_old_file_or_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    assert cachefile.write_private(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert not cachefile.write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert not cachefile.write_private(tmp_path / "file" / "below" / "x", b"data")
    assert cachefile.read_private(tmp_path / "file" / "below" / "x") is None


def installed(folder: Path) -> Path:
    """A copy of the package as a wheel lays it out."""
    package = folder / "pvelint"
    shutil.copytree(ROOT / "pvelint", package, ignore=shutil.ignore_patterns("__pycache__", "data"))
    for name in ("lexicons", "rules"):
        shutil.copytree(ROOT / name, package / "data" / name)
    return package


def run(folder: Path, cache: Path, *arguments: str) -> tuple[int, set[str]]:
    """Run the command line of an installed copy; its status, and which of the heavy modules were imported."""
    code = (
        "import sys; from pvelint.__main__ import main; status = main(sys.argv[1:]); "
        f"print(*sorted(set(sys.modules) & {_LIGHT!r}), file=sys.stderr); sys.exit(status)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), cachefile.VARIABLE: str(cache)},
        capture_output=True,
        check=False,
    )
    lines = ran.stderr.decode().splitlines()
    return ran.returncode, set(lines[-1].split()) if lines else set()


def test_an_installed_copy_uses_the_compiled_file_of_the_wheel(tmp_path: Path, whole: Knowledge) -> None:
    package = installed(tmp_path)
    data = compiler.compile_knowledge(whole, compiled.installed_key(), sizes=compiled.source_sizes())
    (package / "data" / "knowledge.bin").write_bytes(data)
    (tmp_path / "clean.txt").write_text("The kettle boils.\n", encoding="utf-8")
    cache = tmp_path / "cache"
    assert run(tmp_path, cache, "check", "--isolated", "--no-cache", "clean.txt") == (0, set())
    assert not cache.exists()  # nothing had to be made
    for arguments in (("term", "illegal migrant"), ("explain", "S101")):
        status, heavy = run(tmp_path, cache, *arguments)
        assert status == 0
        assert not heavy - {"msgspec"}, arguments
    for arguments in (("--help",), ("check", "--help"), ("cache", "dir")):
        assert run(tmp_path, cache, *arguments) == (0, set())


def test_sources_changed_in_an_installed_copy_are_seen(
    tmp_path: Path, whole: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = tmp_path / "knowledge.bin"
    monkeypatch.setattr(compiled, "PACKAGED", packaged)
    sizes = compiled.source_sizes()
    assert sizes["lexicons/names.yml"] == (ROOT / "lexicons" / "names.yml").stat().st_size
    packaged.write_bytes(compiler.compile_knowledge(whole, compiled.installed_key(), sizes=sizes))
    assert compiled._packaged() is not None and not compiled.damage()
    packaged.write_bytes(compiler.compile_knowledge(whole, "another key", sizes=sizes | {"lexicons/names.yml": 1}))
    assert compiled._packaged() is None  # so that the sources are compiled anew
    assert compiled.damage() == "made from other sources"


def test_a_damaged_compiled_file_is_a_fault_for_the_doctor(
    tmp_path: Path, whole: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged = tmp_path / "knowledge.bin"
    monkeypatch.setattr(compiled, "PACKAGED", packaged)
    assert compiled.damage() == ""  # a checkout has none
    data = compiler.compile_knowledge(whole, compiled.installed_key(), sizes=compiled.source_sizes())
    packaged.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert "is not whole" in compiled.damage()
    assert [check.status for check in doctor._data() if check.name == "compiled data"] == ["fault"]


def test_compiling_loads_no_parser() -> None:
    code = (
        "import sys; from pvelint.knowledge import patterns, read_knowledge; "
        "from pvelint.compiler import compile_knowledge; "
        "whole = read_knowledge(); assert whole.rules; compile_knowledge(whole, 'key'); "
        "print(*sorted(set(sys.modules) & {'spacy', 'lemminflect', 'numpy'}))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert ran.stdout.strip() == b""
