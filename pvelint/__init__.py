"""pvelint: a linter for the words that humanitarian agencies use about migration and violent extremism.

    >>> import pvelint
    >>> report = pvelint.check("draft.docx", tier="donor")
    >>> [(finding.rule, finding.text) for finding in report.findings]

Everything runs on this machine; nothing is sent anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pvelint.findings import FileReport

__all__ = ["__version__", "check"]


def check(
    path: str, *, tier: str | None = None, type: str | None = None, donor: str | None = None, data: bytes | None = None
) -> FileReport:
    """Check one draft with the shipped lexicons and the configuration closest to it.

    path: the file; with ``data`` only its name, which tells the kind.
    tier: ``donor`` or ``field``; None takes the document's, then the configuration's, then ``donor``.

    A draft that can't be read gives a report with ``error``. Raises DataError and UsageError for a mistake in a
    configuration or a lexicon, and ValueError for an unknown tier.
    """
    from pvelint.config import Config
    from pvelint.findings import Tier
    from pvelint.pipeline import KnowledgeStore, Options, check_file

    options = Options(tier=Tier(tier) if tier else None, type=type, donor=donor)
    return check_file(path, options=options, config=Config.load(), store=KnowledgeStore(), data=data)
