"""`uts-policy export`: declarations in the shapes in which others work on them."""

import click

from uts_policy.cli.app import Verbs

VERBS = {
    "raci": ("export_raci", "Write the responsibility matrix as people edit it."),
}
"""Each command, its module, and its line in `--help`: help needs no command's imports."""


@click.group("export", cls=Verbs, verbs=VERBS, examples=["uts-policy export raci --out matrix.xlsx"])
def command() -> None:
    """Turn declarations into files that others edit."""
