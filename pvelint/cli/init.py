"""``pvelint init``: three questions, then a commented configuration, and the hook if it is wanted."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from pvelint.cli.completing import Donors
from pvelint.cli.lazy import Word

_TIERS = ("donor", "field")
_STOPS = ("error", "warning", "suggestion", "never")
HOOK_FILE = ".pre-commit-config.yaml"
#: The hook runs the pvelint that is installed here, so nothing has to be fetched.
HOOK = """\
  - repo: local
    hooks:
      - id: pvelint
        name: pvelint
        entry: pvelint check --force-exclude
        language: system
        types: [file]
        files: \\.(docx|docm|dotx|dotm|md|markdown|txt|text|html|htm)$
        exclude: (^|/)~\\$
        require_serial: true
"""


@click.command()
@click.argument("folder", default=".", type=click.Path())
@click.option("--tier", type=Word(*_TIERS), help="Answer to the first question.")
@click.option("--donor", metavar="NAME", type=Donors(), help="Answer to the second (none for no donor).")
@click.option("--fail-on", type=Word(*_STOPS), help="Answer to the third.")
@click.option("--hook/--no-hook", default=None, help="Whether to add the pre-commit hook.")
@click.option("--yes", is_flag=True, help="Ask nothing: take the usual answers.")
def init(folder: str, tier: str | None, donor: str | None, fail_on: str | None, hook: bool | None, yes: bool) -> None:
    """Write a commented pvelint.yaml into FOLDER (default: this one).

    Nothing that is there already is changed.
    """
    from pvelint.configfile import MISTAKEN_NAMES, YAML_NAMES
    from pvelint.errors import UsageError
    from pvelint.quicklist import donors

    place = Path(folder)
    if not place.is_dir():
        raise UsageError("no-folder", "there is no such folder.", path=folder, cure="Make it first, or name another.")
    for name in (*YAML_NAMES, *MISTAKEN_NAMES):
        if (place / name).exists():
            cure = "`pvelint config` shows what it says."
            raise UsageError("exists", "there is a configuration here already.", path=str(place / name), cure=cure)
    known = donors()
    if donor is not None and donor not in (*known, "none"):
        from pvelint.decode import nearest

        raise UsageError("unknown-donor", f"unknown donor '{donor}'.", cure=nearest(donor, known))
    answers = _Answers(ask=not yes)
    tier = tier or answers.choose("Who reads most of the drafts: donors and the public, or field teams?", _TIERS)
    donor = donor or answers.choose("Is there one donor whose wording is expected?", ("none", *known))
    fail_on = fail_on or answers.choose("From which level on is a draft stopped?", _STOPS)
    target = place / YAML_NAMES[0]
    _write(target, configuration(tier=tier, donor=donor, fail_on=fail_on))
    _say(f"Wrote {target}. `pvelint config` shows what holds, `pvelint check` begins.")
    in_git = any((parent / ".git").exists() for parent in (place.resolve(), *place.resolve().parents))
    if hook is None:
        hook = in_git and answers.yes("Add a hook, so that commits with such findings are stopped?")
    if hook:
        _add_hook(place)


def configuration(*, tier: str, donor: str, fail_on: str) -> str:
    """The configuration file with its comments."""
    named = f"donor: {donor}" if donor != "none" else "# donor: eu"
    return f"""\
# Settings of pvelint for the drafts in this folder and below. `pvelint config FILE` shows what holds for a draft,
# `pvelint schema config` all that is possible.

# The reader: donor (donors, the United Nations, headquarters, the public) or field (field teams, partners,
# communities). A draft can say its own: pvelint-tier in its front matter, or as a custom property in Word.
tier: {tier}

# The donor whose wording is expected: eu, uk, un, us. Red lines stay whatever a donor expects.
{named}

# The lowest level that stops a commit: suggestion, warning, error or never.
fail-on: {fail_on}

# Drafts that are not checked, as in .gitignore.
# exclude: [archive/, "*.old.md"]

# Rules that are not run, or run at another level: `pvelint rules` lists them.
# ignore: [T504]
# levels: {{T502: suggestion}}

# Other readers for some drafts; later entries win.
# per-file:
#   - files: ["field/**"]
#     tier: field

# An office's own words, names and rules, beside this file.
# lexicons: [ours.yml]
"""


class _Answers:
    """Asks a person, or takes the first answer when there is nobody to ask."""

    def __init__(self, *, ask: bool) -> None:
        self.ask = ask

    def choose(self, question: str, known: Sequence[str]) -> str:
        if not self.ask:
            return known[0]
        _say(question)
        while True:
            word = self._line(f"  {' / '.join(known)} [{known[0]}]: ").casefold()
            if not word:
                return known[0]
            fitting = [one for one in known if one == word] or [one for one in known if one.startswith(word)]
            if len(fitting) == 1:
                return fitting[0]
            _say("  Please write one of them.")

    def yes(self, question: str) -> bool:
        return self.ask and self._line(f"{question} [y/N]: ").casefold() in {"y", "yes"}

    def _line(self, prompt: str) -> str:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            raise click.Abort
        return " ".join(line.split())


def _add_hook(place: Path) -> None:
    target = place / HOOK_FILE
    if target.exists():
        _say(f"{target} is there already. Add this below its line `repos:`")
        sys.stdout.write(HOOK)
        return
    _write(target, f"repos:\n{HOOK}")
    _say(f"Wrote {target}. `pre-commit install` switches it on.")


def _write(target: Path, text: str) -> None:
    """Write a new file; one that appeared meanwhile is never replaced."""
    from pvelint.errors import UsageError

    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(
            "cannot-write", f"it can't be written ({error.strerror}).", path=str(target), cure="Choose another folder."
        ) from None


def _say(line: str) -> None:
    from pvelint.report.words import Surface

    sys.stdout.write(Surface.of(sys.stdout).clean(line) + "\n")
