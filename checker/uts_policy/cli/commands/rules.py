"""`uts-policy rules`: the catalogue."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import policies_option, shape_option


@click.command("rules", cls=Command, examples=["uts-policy rules 'ownership/*'", "uts-policy rules --format json"])
@click.argument("patterns", nargs=-1, metavar="[RULE]...")
@shape_option("text", "json")
@policies_option
@click.pass_obj
def command(options: Globals, *, patterns: tuple[str, ...], shape: str, policies: tuple[Path, ...]) -> None:
    """List the rules and what they look for.

    RULE is an id, a category or a glob. The columns are level and profile: the smallest of starter, standard and strict
    that the rule belongs to; `host` marks what holds in every profile.
    """
    from uts_policy.cli.delivery import rendered
    from uts_policy.cli.output import style_for, write
    from uts_policy.cli.session import catalogue_for, matching

    rules = matching(catalogue_for(options, policies), patterns)
    write(rendered("queries.catalogue", shape, rules, style_for(options.color)))
