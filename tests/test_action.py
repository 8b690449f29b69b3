"""The GitHub Action: its check step is run as GitHub runs it, and nothing of an input becomes shell."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    content = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def run(action: dict[str, Any], folder: Path, **inputs: str) -> tuple[str, dict[str, str]]:
    """The check step's log and outputs, with a pvelint that is this checkout."""
    if shutil.which("bash") is None:
        pytest.skip("bash is not installed")
    tools = folder / "bin"
    tools.mkdir()
    program = tools / "pvelint"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m pvelint "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    step = next(one for one in action["runs"]["steps"] if one.get("id") == "check")
    given = {name: str(entry.get("default", "")) for name, entry in action["inputs"].items()} | inputs
    env = {
        key: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: given[match[1]], value)
        for key, value in step["env"].items()
    }
    output = folder / "output"
    output.touch()
    work = folder / "work"
    work.mkdir(exist_ok=True)
    whole = {**os.environ, **env, "PVELINT_BIN": str(tools), "GITHUB_OUTPUT": str(output), "PYTHONPATH": str(ROOT)}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    ran = subprocess.run(command, cwd=work, env=whole, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    told = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
    return ran.stdout, told


def test_it_checks_writes_sarif_and_annotates(action: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "a b.md").write_text("The centre hosts illegal migrants.\n", encoding="utf-8")
    log, told = run(action, tmp_path, paths="a b.md", arguments="--tier=donor\n--select=T")
    assert told["status"] == "1" and "::error file=a b.md,line=1" in log
    report = json.loads((tmp_path / "work" / told["sarif-file"]).read_text(encoding="utf-8"))
    assert report["runs"][0]["results"][0]["ruleId"] == "T501"


def test_a_clean_folder_and_a_broken_draft(action: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "a.md").write_text("The town hosts families.\n", encoding="utf-8")
    assert run(action, tmp_path)[1]["status"] == "0"
    shutil.rmtree(tmp_path / "bin")
    (tmp_path / "output").unlink()
    (tmp_path / "work" / "b.docx").write_bytes(b"no Word file")
    assert run(action, tmp_path)[1]["status"] == "2"


def test_no_input_is_shell_or_option(action: dict[str, Any], tmp_path: Path) -> None:
    evil = '$(touch ran)`touch ran`"; touch ran; "\n--output=stolen'
    _, told = run(action, tmp_path, paths=evil)
    assert told["status"] == "2"
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["pvelint.sarif"]
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
