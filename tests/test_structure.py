"""Promises about the whole: light start, one door to spaCy, no machine paths, fresh schemas, data that loads."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import pvelint
from pvelint import shipped

ROOT = Path(__file__).resolve().parents[1]


def loaded(code: str) -> set[str]:
    script = f"{code}\nimport sys; print(' '.join(sys.modules))"
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    return {name.split(".")[0] for name in out.split()}


def test_importing_pvelint_is_light() -> None:
    assert not loaded("import pvelint, pvelint.__main__") & {"spacy", "docx", "rich", "yaml", "numpy", "lxml"}


def test_a_clean_text_file_needs_no_model(tmp_path: Path) -> None:
    draft = tmp_path / "a.txt"
    draft.write_text("The team met on Monday.\n", encoding="utf-8")
    code = f"import pvelint; assert not pvelint.check({str(draft)!r}).findings"
    assert not loaded(code) & {"spacy", "docx", "rich"}


def test_only_one_module_imports_spacy_or_the_model() -> None:
    users = [
        path.name
        for path in (ROOT / "pvelint").rglob("*.py")
        if re.search(
            r"^\s*(import|from) spacy|import_module\(package\)", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert users == ["language.py"]


def test_exported_names_exist() -> None:
    for name in pvelint.__all__:
        assert hasattr(pvelint, name), name


def test_schemas_are_fresh() -> None:
    command = [sys.executable, str(ROOT / "tools" / "make_schemas.py"), "--check"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_every_shipped_data_file_names_its_schema_or_its_content() -> None:
    for path in shipped.folder("lexicons").rglob("*.yml"):
        assert path.read_text(encoding="utf-8").startswith("#"), path


def test_no_machine_path_stands_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    pattern = re.compile(rb"(^|[^a-z])/(" + b"|".join([b"wo" + b"rk", b"ro" + b"ot", b"ho" + b"me/[a-z]+"]) + rb")/")
    for name in listed.stdout.decode().split("\0"):
        path = ROOT / name
        if name and path.is_file() and path.suffix not in {".docx", ".png"}:
            assert not pattern.search(path.read_bytes()), name
