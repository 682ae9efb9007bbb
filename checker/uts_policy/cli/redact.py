"""`--redact`: pseudonyms in place of people, in whatever the command writes."""

import os
from dataclasses import replace

import click

KEY = "UTS_POLICY_REDACT_KEY"
"""Environment variable with the key of the pseudonyms: whoever has it can tell who is who by trying ids."""
SHORTEST = 16
"""Characters of a key below which guessing it is no work."""


def _chosen(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    """Puts the key where the request is made; a callback of click's. Raises click.BadParameter for a short one."""
    if not value:
        return
    from uts_policy.cli.output import say

    given = os.environ.get(KEY)
    if given and len(given) < SHORTEST:
        raise click.BadParameter(f"{KEY} has fewer than {SHORTEST} characters, and could be guessed.", ctx, param)
    if not given:
        say(f"uts-policy: note: {KEY} is not set, so the pseudonyms are those of this run alone.")
    ctx.obj = replace(ctx.obj, redact=given.encode() if given else os.urandom(32))


redact_option = click.option(
    "--redact",
    is_flag=True,
    expose_value=False,
    callback=_chosen,
    help=f"Keyed pseudonyms in place of people, in everything that is written. Their key: {KEY}.  [default: random]",
)


def redact_key() -> bytes | None:
    """The key that the command which is running was asked to redact with."""
    context = click.get_current_context(silent=True)
    return None if context is None or context.obj is None else context.obj.redact
