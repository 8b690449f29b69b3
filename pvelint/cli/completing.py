"""Arguments that shells can complete: rules, concepts, donors. Nothing is checked here; the commands do that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    _Base = click.ParamType[str]
else:
    _Base = click.ParamType  # not generic before click 8.2


class _Free(_Base):
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return str(value)


class Rules(_Free):
    """Rule ids, several with commas."""

    name = "rules"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from pvelint.quicklist import concept_ids, rule_names

        done, comma, word = incomplete.rpartition(",")
        rule, colon, concept = word.partition(":")
        if colon:
            words = [(f"{rule}:{one}", "") for one in concept_ids() if one.startswith(concept)]
        else:
            folded = word.casefold()
            words = [
                (rule, name)
                for rule, name in rule_names().items()
                if rule.casefold().startswith(folded) or (folded and name.startswith(folded))
            ]
        return [CompletionItem(f"{done}{comma}{one}", help=note or None) for one, note in words]


class Concepts(_Free):
    """Ids of concepts."""

    name = "concept"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from pvelint.quicklist import concept_ids

        return [CompletionItem(one) for one in concept_ids() if one.startswith(incomplete)]


class Donors(_Free):
    """Ids of donors."""

    name = "donor"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from pvelint.quicklist import donors

        return [CompletionItem(one) for one in donors() if one.startswith(incomplete)]
