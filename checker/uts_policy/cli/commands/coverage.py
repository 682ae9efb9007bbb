"""`uts-policy coverage`: how far the organisation is described."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, Wanted, choosing, out_option, shape_option
from uts_policy.cli.output import OutputPath
from uts_policy.model.errors import Exit


@click.command(
    "coverage",
    cls=Command,
    bounded=True,
    examples=["uts-policy coverage declarations/", "uts-policy coverage --format json --out coverage.json"],
)
@choosing
@shape_option("text", "json")
@out_option(type=OutputPath(allow_dash=True, report=True))
@click.pass_obj
def command(options: Globals, *, choices: Choices, shape: str, out: Path | None) -> int:
    """Show what is declared, stated and assessed, and what to write down next.

    An entry that does not state a fact is not assessed by the rules that need it: neither a finding nor a pass. Invalid
    declarations have no coverage: then their findings are on standard error, and the exit code is 1.
    """
    from uts_policy.cli.delivery import answer
    from uts_policy.cli.session import query_for
    from uts_policy.model.answers import Coverage
    from uts_policy.model.report import Report
    from uts_policy.pipeline import queries

    def ask() -> Coverage | Report:
        query = query_for(options, choices)
        return queries.coverage(query.request, query.policies, query.engine)

    file = None if out is None or str(out) == "-" else out
    found = answer("queries.coverage", [Wanted(format=shape, file=file)], options.color, ask)
    return found.exit if isinstance(found, Report) else Exit.PASS
