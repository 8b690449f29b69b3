"""The doctor finds what is missing and never falls over itself."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from pvelint import doctor, language, shipped
from pvelint.__main__ import main
from pvelint.doctor import Check, examine, whole
from pvelint.errors import DataError


def by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_the_model_as_installed_is_whole() -> None:
    if language.model_package() is None:
        pytest.skip("the language model is not installed")
    checks = by_name(tuple(doctor._model()))
    assert {name: check.status for name, check in checks.items()} == {
        "language model": "ok",
        "model files": "ok",
        "model at work": "ok",
    }


def test_a_changed_or_missing_model_file_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "m-1" / "ner").mkdir(parents=True)
    (tmp_path / "m-1" / "ner" / "model").write_bytes(b"x")
    expected = doctor.MODEL_FILES["ner/model"]
    assert doctor._weights(tmp_path, "ner/model", expected) == "ner/model is not the published one"
    assert doctor._weights(tmp_path, "parser/model", expected) == "parser/model is missing"
    right = "LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE"
    assert doctor._weights(tmp_path, "ner/model", right) == ""


def test_without_a_model_the_rest_is_still_examined(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "installed_model", lambda: None)
    checks = examine()
    assert not whole(checks)
    found = by_name(checks)
    assert found["language model"].status == "fault" and found["language model"].cure
    assert "output" in found


def test_missing_packages_and_data_are_faults_with_a_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(name: str) -> str:
        raise PackageNotFoundError(name)

    def no_folder(name: str) -> Path:
        raise DataError("data-missing", f"the folder '{name}' of pvelint is missing.", cure="Install again.")

    monkeypatch.setattr(doctor, "version", gone)
    monkeypatch.setattr(shipped, "folder", no_folder)
    checks = examine()
    found = by_name(checks)
    assert found["spacy"].status == "fault" and found["lexicons"].cure == "Install again."
    assert all(check.cure for check in checks if check.status != "ok")


def test_a_package_that_cannot_be_loaded_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise OSError("wrong architecture")

    monkeypatch.setattr(doctor, "import_module", broken)
    found = by_name(tuple(doctor._packages()))
    assert found["lxml"].status == "fault" and "wrong architecture" in found["lxml"].detail


def test_a_check_that_fails_is_itself_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(doctor, "_data", failing)
    checks = examine()
    assert any("boom" in check.detail for check in checks) and not whole(checks)


def test_an_old_version_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: "0.0.1")
    monkeypatch.setattr(doctor, "import_module", lambda name: None)
    assert {check.status for check in doctor._packages()} == {"fault"}


def test_versions_are_compared_as_numbers() -> None:
    assert doctor._numbers("3.10.1") > doctor._numbers("3.8") and doctor._numbers("4.0rc1") == (4, 0)


def test_the_packages_are_those_of_the_project() -> None:
    project = Path(__file__).parent.parent / "pyproject.toml"
    if not project.is_file():
        pytest.skip("not a checkout: pyproject.toml is not here")
    wanted = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    known = {f"{name}>={lowest}" for name, _, lowest, _ in doctor.PACKAGES}
    listed = {entry.split(",")[0] for entry in wanted if not entry.startswith("en-core-web")}
    assert listed == known


@pytest.mark.parametrize(("status", "code"), [("ok", 0), ("warning", 0), ("fault", 2)])
@pytest.mark.parametrize("form", ["text", "json"])
def test_the_command(
    status: doctor.Status,
    code: int,
    form: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda: (Check("thing", status, "as found", "do this"),))
    assert main(["doctor", "--format", form]) == code
    out = capsys.readouterr().out
    if form == "json":
        data = json.loads(out)
        assert data["whole"] is (code == 0) and data["checks"][0]["cure"] == "do this"
    else:
        assert "thing: as found" in out and ("do this" in out) == (status != "ok")
