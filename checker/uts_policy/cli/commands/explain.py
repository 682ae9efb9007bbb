"""`uts-policy explain`: one rule's page, or one finding with the facts that it names."""

import re
import sys

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing
from uts_policy.model.errors import UsageError

_IDENTITY = re.compile(r"1:[0-9a-f]{4,32}")
"""A finding's identity, or enough of its beginning."""
_WITHOUT_VERSION = re.compile(r"[0-9a-f]{4,32}")
"""The same without the version in front of it, and no rule's name unless one is spelled so."""


@click.command(
    "explain",
    cls=Command,
    bounded=True,
    examples=["uts-policy explain ownership/unassigned", "uts-policy explain 1:4f0c declarations/"],
)
@click.argument("what", metavar="RULE|FINDING")
@choosing
@click.pass_obj
def command(options: Globals, *, what: str, choices: Choices) -> None:
    """Show one rule's page, or one finding and the facts behind it.

    RULE is an id, a category or a glob: what it flags, why, and what to do. FINDING is an identity as `check --format
    json` shows it, or its beginning: the entries that it names, and what ties them together, with file, line and
    excerpt. For a finding the PATHs, the day and the choice of rules are those of the check; for a rule they mean
    nothing.
    """
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import encoded, write

    if _WITHOUT_VERSION.fullmatch(what) and (choices.paths or not _names_a_rule(options, choices, what)):
        what = f"1:{what}"
    if _IDENTITY.fullmatch(what):
        text = _finding(options, choices, what)
    elif choices.paths:
        raise UsageError(f'PATHs are for a finding, and "{what}" is none', "leave them out; an identity begins with 1:")
    else:
        text = _rule(options, choices, what)
    write(encoded(text, "text", encoding_for_people()))


def _names_a_rule(options: Globals, choices: Choices, name: str) -> bool:
    from uts_policy.cli.session import catalogue_for

    return any(name == rule.category for rule in catalogue_for(options, choices.policies))


def _rule(options: Globals, choices: Choices, rule: str) -> str:
    from uts_policy.cli.output import style_for
    from uts_policy.cli.session import catalogue_for, matching
    from uts_policy.render.interface import renderer

    pages = renderer("queries.catalogue", "pages")
    return str(pages(matching(catalogue_for(options, choices.policies), [rule]), style_for(options.color)))


def _finding(options: Globals, choices: Choices, identity: str) -> str:
    from uts_policy.cli.output import style_for
    from uts_policy.cli.progress import progress
    from uts_policy.cli.session import query_for
    from uts_policy.pipeline import queries
    from uts_policy.render.interface import renderer

    with progress(sys.stderr) as shown:
        query = query_for(options, choices, shown)
        found = queries.explain(query.request, query.policies, query.engine, identity)
    return str(renderer("queries.grounds", "text")(found, style_for(options.color)))
