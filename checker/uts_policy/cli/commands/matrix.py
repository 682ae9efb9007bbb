"""`uts-policy matrix`: responsibilities by roles, with the letters R, A, S, C and I."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, Wanted, as_of_option, formats_option, paths_argument, redact_option

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
@paths_argument
@click.option("--unit", metavar="ID", help="What holds in this unit and all below it.")
@click.option("--vector", metavar="ID", help="What holds for this vector.")
@click.option(
    "--criticality",
    multiple=True,
    type=click.Choice(_CRITICALITY),
    help="Only responsibilities of this weight. Repeatable.",
)
@click.option("--by", type=click.Choice(["unit", "vector"]), help="A matrix for each unit or each vector.")
@as_of_option
@redact_option
@formats_option("matrix")
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    paths: tuple[Path, ...],
    unit: str | None,
    vector: str | None,
    criticality: tuple[str, ...],
    by: str | None,
    as_of: str,
    redact: bool,
    formats: tuple[Wanted, ...],
) -> int:
    """Show the responsibility matrix: who has what.

    R does the work, A answers for it, S helps, C is asked before, I is told after. A gap is marked G, more than one
    accountable role D, what is no living role X; a small letter is for a part of the scope. The verdict is that of the
    rules. The exit code is 0 whatever the matrix shows; it is 1 where the declarations are invalid.
    """
    from uts_policy.cli.delivery import rendered, say_report
    from uts_policy.cli.output import Output, publish, style_for, withdraw
    from uts_policy.cli.session import make_embedded, request_for, settings_for
    from uts_policy.common.tabulation import MatrixQuestion
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import inputs, queries

    files = [wanted.file for wanted in formats if wanted.file is not None]
    try:
        choices = Choices(paths=paths, as_of=as_of, redact=redact)
        configuration = inputs.read_settings(options.config, Path.cwd())
        settings = settings_for(configuration, choices)
        policies = inputs.read_policies(settings)
        question = MatrixQuestion(unit=unit, vector=vector, criticality=criticality, by=by or "")
        request = request_for(configuration, settings, choices)
        found = queries.matrix(request, policies, make_embedded(settings.timeout), question)
        if isinstance(found, Report):
            withdraw(files)
            say_report(found)
            return found.exit
        outputs = []
        for each in formats:
            to_file = each.file is not None
            style = style_for(options.color, to_file=to_file)
            outputs.append(Output(file=each.file, data=rendered("matrix", each.format, found, style, to_file=to_file)))
        publish(outputs)
    except BaseException:
        withdraw(files)
        raise
    return Exit.PASS
