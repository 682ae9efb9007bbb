"""`uts-policy completion`: what a shell needs to complete commands and options."""

import click
from click.shell_completion import get_completion_class

from uts_policy.cli.app import COMPLETION, NAME, Command


@click.command("completion", cls=Command, examples=['eval "$(uts-policy completion bash)"'])
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    Put the example into ~/.bashrc, with zsh into ~/.zshrc; with fish write
    ~/.config/fish/completions/uts-policy.fish.
    """
    from uts_policy.cli.output import encoded, write

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"{shell} is not supported by the installed click.")
    root = ctx.find_root()
    write(encoded(found(root.command, {}, NAME, COMPLETION).source(), "text"))
