"""`uts-policy forecast`: what will start to fail, and on which day."""

import sys
from dataclasses import replace

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing, shape_option


@click.command(
    "forecast",
    cls=Command,
    bounded=True,
    examples=["uts-policy forecast --days 180 --by role", "uts-policy forecast --format ics > governance.ics"],
)
@choosing
@click.option(
    "--days",
    metavar="N",
    type=click.IntRange(min=1, max=36_525),
    default=90,
    show_default=True,
    help="How far to look ahead.",
)
@click.option(
    "--by",
    type=click.Choice(["day", "role", "unit"]),
    default="day",
    show_default=True,
    help="In text: one list for each day, or for each role or unit whose business it is.",
)
@shape_option("text", "json", "ics")
@click.pass_obj
def command(options: Globals, *, choices: Choices, days: int, by: str, shape: str) -> int:
    """Show what will start to fail, and on which day.

    The declarations are judged as they are on each day to come on which something changes; shown is what begins to
    count. A forecast is no verdict: the exit code is 0, and 1 only where the declarations are invalid.
    """
    from uts_policy.cli.delivery import rendered, say_report
    from uts_policy.cli.output import style_for, write
    from uts_policy.cli.progress import progress
    from uts_policy.cli.session import query_for
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import queries

    with progress(sys.stderr) as shown:
        query = query_for(options, choices, shown)
        found = queries.forecast(query.request, query.policies, query.engine, days)
    if isinstance(found, Report):
        say_report(found)
        return found.exit
    write(rendered("queries.forecast", shape, replace(found, by=by), style_for(options.color)))
    return Exit.PASS
