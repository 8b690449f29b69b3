"""``pvelint completion``: the script that lets a shell complete commands, rules and concepts."""

from __future__ import annotations

import click

from pvelint.cli.lazy import Word


@click.command()
@click.argument("shell", type=Word("bash", "zsh", "fish"))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for bash, zsh or fish.

    \b
    bash:  pvelint completion bash >> ~/.bash_completion
    zsh:   pvelint completion zsh > a folder of $fpath, named _pvelint
    fish:  pvelint completion fish > ~/.config/fish/completions/pvelint.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # the shells above are those that click knows
    click.echo(made(ctx.find_root().command, {}, "pvelint", "_PVELINT_COMPLETE").source())
