"""`uts-policy who`: who answers for a responsibility, and what a role, a person or a unit answers for."""

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, asking, shape_option


@click.command(
    "who",
    cls=Command,
    bounded=True,
    examples=[
        "uts-policy who command-uts-incident",
        "uts-policy who 'cover travel' --unit field --as-of 2026-12-31",
        "uts-policy who 'UTS Incident Commander'",
    ],
)
@click.argument("subject")
@asking
@click.option(
    "--unit",
    metavar="ID",
    help="Of a responsibility: in this unit itself, not below it.",
)
@click.option("--vector", metavar="ID", help="Of a responsibility: for this vector only.")
@shape_option("text", "json")
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    subject: str,
    choices: Choices,
    unit: str | None,
    vector: str | None,
    shape: str,
) -> int:
    """Say who answers for a responsibility, or what a role, a person or a unit answers for.

    SUBJECT is an id, a title, or a part of one. Of a responsibility, the chain leads from assignment to role, holder,
    each authority that is needed, delegations and instruments. Of a role, a person or a unit, you see its duties, its
    powers and where they come from, what it has passed on, and what ends. Each fact has its file and line. A part that
    several entries have lists them. "Nobody" is an answer too, and the exit code is 0; it is 1 where the declarations
    are invalid.
    """
    from uts_policy.cli.delivery import rendered, say_report
    from uts_policy.cli.output import style_for, write
    from uts_policy.cli.session import query_for
    from uts_policy.model.answers import Question
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import queries

    query = query_for(options, choices)
    question = Question(subject=subject, unit=unit, vector=vector)
    found = queries.who(query.request, query.policies, query.engine, question)
    if isinstance(found, Report):
        say_report(found)
        return found.exit
    write(rendered("queries.who", shape, found, style_for(options.color)))
    return Exit.PASS
