"""The schemas for editors: fresh, true of all shipped files, and refusing what the loaders refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cli_fixtures import Line
from pvelint import shipped
from pvelint.decode import Node, load_yaml
from pvelint.schemata import schemas
from pvelint.shipped import SCHEMAS

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import make_schemas  # noqa: E402 - a tool, not part of the package


def test_schemas_are_fresh_and_named_in_every_file() -> None:
    command = [sys.executable, str(ROOT / "tools" / "make_schemas.py"), "--check"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def plain(path: Path) -> Any:
    """A YAML file as our own reader has it ("on" and "no" are words, as in YAML 1.2)."""
    return unwrapped(load_yaml(path))


def unwrapped(node: Node) -> Any:
    if isinstance(node.value, dict):
        return {key: unwrapped(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [unwrapped(value) for value in node.value]
    return node.value


@pytest.mark.parametrize("path", [path for path, _ in make_schemas.data_files()], ids=lambda path: path.name)
def test_every_shipped_file_fits_its_schema(path: Path) -> None:
    name = make_schemas.schema_of(path)
    assert name is not None
    found = Draft202012Validator(schemas()[name]).iter_errors(plain(path))
    assert [f"{list(error.path)}: {error.message[:200]}" for error in found] == []


def test_the_examples_configuration_fits() -> None:
    Draft202012Validator(schemas()["config"]).validate(plain(ROOT / "examples" / "pvelint.yaml"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_printed_and_valid(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = json.loads(Line(monkeypatch, capsys)("schema", name).out)
    Draft202012Validator.check_schema(printed)
    if name != "report":
        assert printed == schemas()[name] == json.loads(shipped.schema(name).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("rule", {"id": "S1", "name": "x"}),
        ("rule", {"idd": "S101"}),
        ("config", {"teir": "donor"}),
        ("config", {"tier": "donors"}),
        ("lexicon", [{"id": "A b"}]),
        ("names", {"bodies": []}),
        ("donor", {"id": "x"}),
        ("baseline", {"schema": 1, "entries": [{"path": "a"}]}),
        ("conditions", {"a": [{"nearr": "x"}]}),
    ],
)
def test_mistakes_are_refused(name: str, wrong: Any) -> None:
    assert not Draft202012Validator(schemas()[name]).is_valid(wrong)
