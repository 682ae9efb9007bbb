"""`uts-policy who`: who answers for a responsibility, and the chain that makes it so."""

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, asking, shape_option


@click.command(
    "who",
    cls=Command,
    bounded=True,
    examples=["uts-policy who command-uts-incident", "uts-policy who 'cover travel' --unit field --as-of 2026-12-31"],
)
@click.argument("responsibility")
@asking
@click.option("--unit", metavar="ID", help="In this unit only; it stands for itself, not for what is below it.")
@click.option("--vector", metavar="ID", help="For this vector only.")
@shape_option("text", "json")
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    responsibility: str,
    choices: Choices,
    unit: str | None,
    vector: str | None,
    shape: str,
) -> int:
    """Say who answers for a responsibility, and by which chain.

    RESPONSIBILITY is an id, or a part of ids and statements: then all that have it are answered. The chain leads from
    assignment to role, holder, each authority that is needed, delegations and instruments, each with file and line.
    "Nobody" is an answer too, and the exit code is 0; it is 1 where the declarations are invalid.
    """
    from uts_policy.cli.delivery import rendered, say_report
    from uts_policy.cli.output import style_for, write
    from uts_policy.cli.session import query_for
    from uts_policy.model.answers import Question
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import queries

    query = query_for(options, choices)
    question = Question(responsibility=responsibility, unit=unit, vector=vector)
    found = queries.who(query.request, query.policies, query.engine, question)
    if isinstance(found, Report):
        say_report(found)
        return found.exit
    write(rendered("queries.who", shape, found, style_for(options.color)))
    return Exit.PASS
