"""`uts-policy explain`: one rule's page."""

from pathlib import Path

import click

from uts_policy.cli.choices import policies_option
from uts_policy.cli.help import Command
from uts_policy.cli.root import Globals


@click.command("explain", cls=Command, examples=["uts-policy explain ownership/unassigned"])
@click.argument("rule")
@policies_option
@click.pass_obj
def command(options: Globals, *, rule: str, policies: tuple[Path, ...]) -> None:
    """Show one rule's page: what it flags, why, and what to do."""
    from uts_policy.cli.catalogue import catalogue_for, matching
    from uts_policy.cli.deliver import encoding_for_people
    from uts_policy.cli.output import encoded, write
    from uts_policy.cli.style import style_for
    from uts_policy.render.catalogue import page

    style = style_for(options.color)
    pages = [page(each, style) for each in matching(catalogue_for(options, policies), [rule])]
    write(encoded("\n".join(pages), encoding_for_people()))
