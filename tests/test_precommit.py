"""The hook, with the real pre-commit, in a repository made here; its environment is installed as users install it.

The environment is built once from this checkout. Building it needs the package registry; running it does not, and
is done with every way out closed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
BAD = "The centre hosts illegal migrants from the coast.\n"
CLEAN = "The town hosts families.\n"
_COPIED = (
    "pvelint",
    "lexicons",
    "rules",
    "pyproject.toml",
    "hatch_build.py",
    "docs",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    ".pre-commit-hooks.yaml",
)
#: Addresses that answer nothing: whoever asks the network fails at once.
_NO_NETWORK = {
    **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9"),
    **dict.fromkeys(("no_proxy", "NO_PROXY"), ""),
    "PIP_NO_INDEX": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


class Repository:
    """A repository with the hook installed."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        own = {"PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        self.env = {**inherited, **own, **names}
        self.env.pop("PYTHONPATH", None)

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**self.env, **more},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )

    def git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("git", *arguments)

    def pre_commit(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", "pre_commit", *arguments, **more)

    def commit(self, message: str = "a commit") -> subprocess.CompletedProcess[str]:
        self.git("add", "-A")
        return self.run("git", "commit", "-m", message, **_NO_NETWORK)

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def word(self, name: str, *paragraphs: str) -> None:
        made = docx.Document()
        for text in paragraphs:
            made.add_paragraph(text)
        made.save(str(self.folder / name))

    def configure(self, source: Path, revision: str, *args: str) -> None:
        hook: dict[str, object] = {"id": "pvelint"}
        if args:
            hook["args"] = list(args)
        config = {"repos": [{"repo": str(source), "rev": revision, "hooks": [hook]}]}
        self.write(".pre-commit-config.yaml", yaml.safe_dump(config))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This checkout as a repository of its own, whatever is committed here, and its revision."""
    pytest.importorskip("pre_commit")
    if shutil.which("git") is None:
        pytest.skip("Git is not installed")
    folder = tmp_path_factory.mktemp("source")
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    made = Repository(folder, folder)
    made.git("init", "-q", "-b", "main")
    assert made.commit("source").returncode == 0
    return folder, made.git("rev-parse", "HEAD").stdout.strip()


@pytest.fixture(scope="module")
def home(source: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """pre-commit's home with the hook's environment built."""
    folder = tmp_path_factory.mktemp("home")
    first = Repository(tmp_path_factory.mktemp("first"), folder)
    first.git("init", "-q", "-b", "main")
    first.configure(*source)
    ran = first.pre_commit("install-hooks")
    if ran.returncode:
        log = ran.stdout + ran.stderr
        if any(word in log for word in ("Connection", "No matching distribution", "timed out", "resolve", "Proxy")):
            pytest.skip("the package registry can't be reached to build the hook's environment")
        pytest.fail(log[-4000:])
    return folder


@pytest.fixture
def repository(source: tuple[Path, str], home: Path, tmp_path: Path) -> Iterator[Repository]:
    folder = tmp_path / "repository"
    folder.mkdir()
    made = Repository(folder, home)
    made.git("init", "-q", "-b", "main")
    made.configure(*source)
    assert made.pre_commit("install").returncode == 0
    yield made


def test_the_manifest_is_valid(source: tuple[Path, str]) -> None:
    ran = Repository(source[0], source[0]).pre_commit("validate-manifest", ".pre-commit-hooks.yaml")
    assert ran.returncode == 0, ran.stdout


def test_a_clean_first_commit_prints_nothing_of_ours(repository: Repository) -> None:
    repository.write("a.md", CLEAN)
    repository.word("\u00fcber uns \u6f22\u5b57.docx", CLEAN.strip())
    ran = repository.commit("first")
    assert ran.returncode == 0, ran.stderr
    told = [line for line in (ran.stdout + ran.stderr).splitlines() if "pvelint" in line or "Checked" in line]
    assert len(told) == 1 and told[0].startswith("pvelint") and told[0].endswith("Passed")


def test_a_first_commit_with_findings_is_stopped_and_says_what_a_writer_needs(repository: Repository) -> None:
    repository.write("\u00fcber uns/b\u00e9 \U0001f600.md", BAD)
    repository.word("draft.docx", "The town hosts families.", BAD.strip())
    ran = repository.commit("first")
    out = ran.stdout + ran.stderr
    assert ran.returncode == 1
    assert "use: irregular migrants" in out and out.count("illegal migrants from the coast") == 2
    assert "b\u00e9" in out and "paragraph 2" in out and "To look at: 2 errors in 2 files." in out
    assert "Traceback" not in out
    assert repository.git("rev-parse", "HEAD").returncode != 0
    repository.write("\u00fcber uns/b\u00e9 \U0001f600.md", CLEAN)
    repository.word("draft.docx", "The town hosts families.")
    assert repository.commit("mended").returncode == 0


def test_the_draft_is_not_touched(repository: Repository) -> None:
    repository.word("draft.docx", BAD.strip())
    before = (repository.folder / "draft.docx").read_bytes()
    repository.commit()
    assert (repository.folder / "draft.docx").read_bytes() == before


def test_an_excluded_file_passed_by_name_is_left(repository: Repository) -> None:
    repository.write("archive/old.md", BAD)
    repository.write("pvelint.yaml", "exclude: [archive/]\n")
    ran = repository.commit()
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert repository.pre_commit("run", "--files", "archive/old.md").returncode == 0
    repository.write("pvelint.yaml", "tier: donor\n")
    assert repository.pre_commit("run", "--files", "archive/old.md").returncode == 1


def test_arguments_are_added_and_the_exclusion_stays(repository: Repository, source: tuple[Path, str]) -> None:
    repository.configure(*source, "--tier", "field", "--format", "concise")
    repository.write("archive/old.md", BAD)
    repository.write("b.md", BAD)
    repository.write("pvelint.yaml", "exclude: [archive/]\n")
    ran = repository.commit()
    out = ran.stdout + ran.stderr
    assert ran.returncode == 1 and "b.md:1:18: error T501" in out and "archive" not in out
    assert "people without papers" in out  # what the field tier offers


def test_many_files_are_checked_in_one_run(repository: Repository) -> None:
    for number in range(400):
        repository.write(f"drafts/{number:03}-{'x' * 120}.md", BAD if number == 399 else CLEAN)
    ran = repository.commit()
    out = ran.stdout + ran.stderr
    assert ran.returncode == 1 and out.count("error  T501") == 1


def test_lock_files_and_other_kinds_are_not_passed(repository: Repository) -> None:
    (repository.folder / "~$draft.docx").write_bytes(b"lock")
    (repository.folder / "picture.png").write_bytes(b"png")
    ran = repository.commit()
    assert ran.returncode == 0 and "(no files to check)Skipped" in ran.stdout + ran.stderr


def test_known_findings_do_not_stop_a_commit_and_the_hook_never_rewrites_the_baseline(
    repository: Repository, home: Path
) -> None:
    repository.write("a.md", BAD)
    program = next(path for path in home.glob("repo*/py_env*/**/pvelint*") if path.stem == "pvelint" and path.is_file())
    assert repository.run(str(program), "baseline", "write").returncode == 0
    before = (repository.folder / ".pvelint-baseline.json").read_bytes()
    assert repository.commit().returncode == 0
    repository.write("a.md", BAD + "\nIllegal migrants were found.\n")
    ran = repository.commit()
    assert ran.returncode == 1 and "1 error" in ran.stdout + ran.stderr
    assert (repository.folder / ".pvelint-baseline.json").read_bytes() == before


def test_an_unreadable_draft_stops_the_commit_with_one_clear_line(repository: Repository) -> None:
    (repository.folder / "broken.docx").write_bytes(b"no Word file")
    ran = repository.commit()
    out = ran.stdout + ran.stderr
    assert ran.returncode == 1 and "broken.docx" in out and "Traceback" not in out
