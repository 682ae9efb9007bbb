"""`uts-policy matrix`: responsibilities by roles, with the letters R, A, S, C and I."""

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, Wanted, asking, formats_option

_CRITICALITY = ("critical", "high", "normal", "low")


@click.command(
    "matrix",
    cls=Command,
    bounded=True,
    examples=[
        "uts-policy matrix --criticality critical",
        "uts-policy matrix --unit field-operations-division --by unit",
        "uts-policy matrix --format text --format xlsx:matrix.xlsx",
    ],
)
@asking
@click.option("--unit", metavar="ID", help="What holds in this unit and all below it.")
@click.option("--vector", metavar="ID", help="What holds for this vector.")
@click.option(
    "--criticality",
    multiple=True,
    type=click.Choice(_CRITICALITY),
    help="Only responsibilities of this weight. Repeatable.",
)
@click.option("--by", type=click.Choice(["unit", "vector"]), help="A matrix for each unit or each vector.")
@formats_option("matrix")
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    choices: Choices,
    unit: str | None,
    vector: str | None,
    criticality: tuple[str, ...],
    by: str | None,
    formats: tuple[Wanted, ...],
) -> int:
    """Show the responsibility matrix: who has what.

    R does the work, A answers for it, S helps, C is asked before, I is told after. A gap is marked G, more than one
    accountable role D, what is no living role X; a small letter is for a part of the scope. The verdict is that of the
    rules. The exit code is 0 whatever the matrix shows; it is 1 where the declarations are invalid.
    """
    from uts_policy.cli.delivery import answer
    from uts_policy.cli.session import query_for
    from uts_policy.common.tabulation import MatrixQuestion
    from uts_policy.model.errors import Exit
    from uts_policy.model.matrix import Matrix
    from uts_policy.model.report import Report
    from uts_policy.pipeline import queries

    def ask() -> Matrix | Report:
        query = query_for(options, choices)
        question = MatrixQuestion(unit=unit, vector=vector, criticality=criticality, by=by or "")
        return queries.matrix(query.request, query.policies, query.engine, question)

    found = answer("matrix", formats, options.color, ask)
    return found.exit if isinstance(found, Report) else Exit.PASS
