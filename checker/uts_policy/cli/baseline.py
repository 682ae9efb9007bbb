"""`uts-policy baseline`: the saved list of findings that were there before."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from uts_policy.cli.app import Command, Globals, Group
from uts_policy.cli.options import Choices, choosing_exact, today


@click.group("baseline", cls=Group, examples=['uts-policy baseline create --reason "Known when we began"'])
def command() -> None:
    """Keep a list of findings that were there before.

    `uts-policy check --baseline FILE` knows them and does not count them. The list grows only with a reason, and what
    is fixed is pruned.
    """


def _on_a_baseline(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that all of them take."""
    option = click.option(
        "--baseline",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="The list.  [default: `baseline` of the configuration, else uts-policy-baseline.yaml]",
    )
    return choosing_exact(option(click.pass_obj(function)))


@command.command(
    "create",
    cls=Command,
    examples=[
        'uts-policy baseline create --reason "There before the check was"',
        'uts-policy baseline create --accept 1:0123456789abcdef0123456789abcdef --reason "Agreed until the move"',
    ],
)
@click.option("--accept", multiple=True, metavar="ID", help="Only this finding; makes a list longer. Repeatable.")
@click.option("--reason", required=True, metavar="TEXT", help="Why these findings may stay for now.")
@_on_a_baseline
def create(options: Globals, *, choices: Choices, baseline: Path | None, accept: tuple[str, ...], reason: str) -> int:
    """Write the list: every finding that counts today, or with --accept those alone.

    A list that is there already is never made anew; with --accept it grows by the findings that are named.
    """
    from uts_policy.cli.commands.baseline import create_list

    return create_list(options, choices, baseline, accept=accept, reason=reason, day=today())


@command.command("prune", cls=Command, examples=["uts-policy baseline prune"])
@_on_a_baseline
def prune(options: Globals, *, choices: Choices, baseline: Path | None) -> int:
    """Take out of the list what is fixed, so that it cannot come back unseen.

    What a rule found that was not evaluated today stays, and all of the list does if this run reads less than the list
    was made of.
    """
    from uts_policy.cli.commands.baseline import prune_list

    return prune_list(options, choices, baseline)


@command.command("status", cls=Command, examples=["uts-policy baseline status"])
@_on_a_baseline
def status(options: Globals, *, choices: Choices, baseline: Path | None) -> int:
    """Compare the list with today's findings; nothing is written.

    The exit code is 1 where something in the list is fixed and has to be pruned.
    """
    from uts_policy.cli.commands.baseline import show_list

    return show_list(options, choices, baseline)
