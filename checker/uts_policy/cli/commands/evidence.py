"""`uts-policy evidence`: what an auditor keeps, and how it is verified."""

import importlib
from typing import cast

import click

from uts_policy.cli.app import Group

VERBS = {
    "export": ("evidence_export", "Check, and write everything that it rests on into one signed file."),
    "verify": ("evidence_verify", "Say whether a bag is whole, who signed it, and whether its files tell the same."),
    "reproduce": ("evidence_reproduce", "Run the check in a bag again, from the bag alone, and compare."),
    "sample": ("evidence_sample", "Draw conclusions from a bag, to be done again by hand."),
    "diff": ("evidence_diff", "Say what changed between two bags."),
    "keygen": ("evidence_keygen", "Make a key that signs evidence."),
}
"""Each command, its module, and its line in `--help`: help needs no command's imports."""


class Verbs(Group):
    """A group that imports a command when it runs or its own help is asked."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order in which one needs them."""
        return list(VERBS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"uts_policy.cli.commands.{VERBS[cmd_name][0]}")
        return cast("click.Command", module.command)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table, so that no command is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])


@click.group(
    "evidence",
    cls=Verbs,
    examples=["uts-policy evidence keygen signer.pem", "uts-policy evidence export --out q4.zip --sign-key signer.pem"],
)
def command() -> None:
    """Write, verify and compare signed evidence for auditors.

    A bag holds the declarations, the rules, what was found and how to verify it without any software of ours.
    """
