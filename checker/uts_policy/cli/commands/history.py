"""`uts-policy history`: how things stood, month by month."""

import sys

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, Wanted, asking, formats_option, full_date


@click.command(
    "history",
    cls=Command,
    bounded=True,
    examples=[
        "uts-policy history",
        "uts-policy history --since 2026-01-01 --every week",
        "uts-policy history --format html:history.html",
    ],
)
@asking
@click.option("--since", metavar="DATE", callback=full_date, help="The first day.  [default: that of the first commit]")
@click.option(
    "--every",
    type=click.Choice(["month", "week", "commit"]),
    default="month",
    show_default=True,
    help="Which moments: the last day of each month or week, or each commit that touches the declarations.",
)
@formats_option("history")
@click.pass_obj
def command(options: Globals, *, choices: Choices, since: str | None, every: str, formats: tuple[Wanted, ...]) -> int:
    """Show how things stood, month by month.

    Read from the commits of the branch that is checked out: findings, unanswered responsibilities and how much is
    stated, each moment judged by today's rules on its own day; a commit that is invalid is shown as such. Directories
    that were renamed are followed, and `moved` entries keep their findings. The exit code is 0.
    """
    from uts_policy.cli.delivery import answer
    from uts_policy.cli.progress import progress
    from uts_policy.cli.session import query_for
    from uts_policy.model.errors import Exit
    from uts_policy.model.history import History
    from uts_policy.pipeline.history import history

    with progress(sys.stderr) as shown:
        query = query_for(options, choices, shown)

        def ask() -> History:
            return history(query.request, query.policies, query.engine, since=since, every=every)

        answer("history", formats, options.color, ask)
    return Exit.PASS
