"""A small lexicon and a way to run the command line in this process, for the tests of the commands."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from pvelint import knowledge as knowledge_module
from pvelint.__main__ import main
from pvelint.office import NO_OFFICE, Office

LEXICON = """\
- id: illegal-migrant
  family: terminology
  definition:
    donor: A person without the authorization that the law asks for.
    field: A person without papers.
  donor:
    preferred: [irregular migrant]
  field:
    preferred: [migrant without papers]
    avoided:
      - {term: irregular migrant, level: suggestion, use: [migrant without papers]}
  avoided:
    - {term: illegal migrant, level: error}
    - {term: migrant wave, level: warning, use: [], advice: Give the number of people.}
  why: A person is not illegal.
  source: ["001"]
  examples:
    flag:
      - The centre hosts illegal migrants from the coast.
      - Illegal migrants were found.
    leave:
      - The town hosts families.
      - {text: Irregular migrants asked for advice., tier: donor}
- id: own-cve
  family: framing
  definition:
    donor: Work that prevents violent extremism.
    field: Work that keeps people safe.
  donor:
    preferred: [PVE]
  field:
    preferred: [safety work]
  avoided:
    - {term: CVE, form: acronym, level: error, use: {donor: [PVE], field: [safety work]}}
  red-line: RL-CVE
  why: The word sets us against others.
  source: ["001"]
  examples:
    flag: [Our CVE project begins., The CVE project ends.]
    leave: [Our project begins., The project ends.]
"""


@dataclass(frozen=True)
class Ran:
    """What a run of the command line gave."""

    status: int
    out: str
    err: str


class Line:
    """The command line in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._captured = capsys

    def __call__(self, *arguments: str, stdin: bytes | None = None) -> Ran:
        if stdin is not None:
            self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(list(arguments))
        captured = self._captured.readouterr()
        return Ran(status, captured.out, captured.err)


def small_knowledge(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let every command load the small lexicon in the place of the shipped concepts."""
    lexicon = folder / "small.yml"
    lexicon.write_text(LEXICON, encoding="utf-8")
    real = knowledge_module.load_knowledge

    def load(
        *, donor: str | None = None, office: Office = NO_OFFICE
    ) -> knowledge_module.Knowledge:
        return real(donor=donor, office=office, only=[lexicon])

    monkeypatch.setattr(knowledge_module, "load_knowledge", load)
