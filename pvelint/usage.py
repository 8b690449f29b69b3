"""How the writer uses the words found: asserted, quoted, negated, rebutted, mention, name or hypothetical.

The method is that of the ConText family (cues as data with category and direction; Harkema et al. 2009), with scope
from the parse: a cue counts only when it governs the words. The first judgement that has evidence wins, in the order
name, mention, rebutted, negated, quoted, hypothetical; plain text is asserted. Each judgement has its own module:
``names``, ``mention``, ``rebuttal`` (with ``undercut`` for the sentences around), ``negation``, ``voice``.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pvelint.context import Context
from pvelint.cues import Cues
from pvelint.findings import Usage, UsageKind
from pvelint.indirect import reported_label
from pvelint.mention import mention
from pvelint.names import looks_like_name, looks_like_title
from pvelint.negation import negation
from pvelint.rebuttal import rebuttal
from pvelint.sites import Site
from pvelint.voice import own_label, speaker

ASSERTED = Usage(UsageKind.ASSERTED)
#: What shows that somebody's very words are given: they cannot be edited, as a report of what was said can.
VERBATIM = frozenset({"quotation marks", "block quotation"})
_CONDITIONS = frozenset({"if", "unless", "suppose", "supposing", "imagine", "whether", "lest"})


@dataclass(frozen=True)
class UsageJudge:
    """Judges the usage of a site; the cue words are data."""

    cues: Cues

    def judge(self, site: Site, *, leave: Collection[UsageKind] = tuple(UsageKind), negative: bool = False) -> Usage:
        """The usage with the words that decided it.

        leave:    the usages that matter to the asker; evidence for another kind does not end the search.
        negative: the words were found by a pattern that asks for a negation ("no X, no Y"): one inside them is theirs.
        """
        context = Context(site, self.cues, negative)
        for kind, test in (
            (UsageKind.NAME, _name),
            (UsageKind.MENTION, mention),
            (UsageKind.REBUTTED, rebuttal),
            (UsageKind.NEGATED, negation),
        ):
            if kind not in leave:
                continue
            evidence = test(context)
            if evidence is not None:
                return Usage(kind, evidence)
        return _quoted(context) or _hypothetical(context) or ASSERTED


def _name(context: Context) -> str | None:
    site = context.site
    name = looks_like_name(site)
    if name is not None:
        return name
    emphasis = next((span for span in site.block.emphasis if span.contains(site.span)), None)
    if emphasis is not None:
        return looks_like_title(site, emphasis, context.cues, emphasized=True)
    if context.quotation is not None:
        return looks_like_title(site, context.quotation.inner, context.cues, emphasized=False)
    return None


def _quoted(context: Context) -> Usage | None:
    quotation = context.quotation
    who = speaker(context)
    if quotation is not None and quotation.outer.end - quotation.outer.start > 2:
        if own_label(context) or (who is not None and who.own):
            return None
        return Usage(UsageKind.QUOTED, "quotation marks")
    if context.site.block.quoted:
        return Usage(UsageKind.QUOTED, "block quotation")
    if who is not None and not who.own:
        return Usage(UsageKind.QUOTED, who.evidence)
    label = reported_label(context)
    return Usage(UsageKind.QUOTED, label) if label is not None else None


def _hypothetical(context: Context) -> Usage | None:
    """The words stand in a condition: "if migrants were terrorists"."""
    parse, head = context.parse, context.head
    if parse is None or head is None:
        return None
    for word in (head, *parse.ancestors(head.index)):
        for child in parse.children[word.index]:
            mark = parse.words[child]
            if mark.dep == "mark" and mark.lemma in _CONDITIONS:
                return Usage(UsageKind.HYPOTHETICAL, mark.text)
        if word.lemma in {"suppose", "imagine"} and word.tag in {"VB", "VBP"} and word.index != head.index:
            return Usage(UsageKind.HYPOTHETICAL, word.text)
        if word.dep in {"ROOT", "relcl"}:
            break
    return None
