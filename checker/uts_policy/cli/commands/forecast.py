"""`uts-policy forecast`: what will start to fail, and on which day."""

import sys
from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing


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
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "ics"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@click.pass_obj
def command(options: Globals, *, choices: Choices, days: int, by: str, shape: str) -> int:
    """Show what will start to fail, and on which day.

    The declarations are judged as they are on each day to come on which something changes; shown is what begins to
    count. A forecast is no verdict: the exit code is 0, and 1 only where the declarations are invalid.
    """
    from uts_policy import __version__
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import encoded, say, style_for, write
    from uts_policy.cli.progress import progress
    from uts_policy.cli.session import make_embedded, request_for, settings_for
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import inputs, queries
    from uts_policy.render.queries.forecast import as_calendar, as_json, as_text
    from uts_policy.render.report.text import render

    with progress(sys.stderr) as shown:
        configuration = inputs.read_settings(options.config, Path.cwd())
        settings = settings_for(configuration, choices)
        policies = inputs.read_policies(settings)
        request = request_for(configuration, settings, choices, shown)
        found = queries.forecast(request, policies, make_embedded(settings.timeout), days)
    if isinstance(found, Report):
        say(render(found, style_for("never")).rstrip())
        return found.exit
    match shape:
        case "json":
            write(encoded(as_json(found), "json"))
        case "ics":
            write(encoded(as_calendar(found, __version__), "ics"))
        case _:
            write(encoded(as_text(found, by, style_for(options.color)), "text", encoding_for_people()))
    return Exit.PASS
