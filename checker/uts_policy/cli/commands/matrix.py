"""`uts-policy matrix`: responsibilities by roles, with the letters R, A, S, C and I."""

from enum import StrEnum
from pathlib import Path
from typing import assert_never

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, Wanted, as_of_option, formats_option, paths_argument, redact_option
from uts_policy.model.matrix import Matrix

_CRITICALITY = ("critical", "high", "normal", "low")


class MatrixFormat(StrEnum):
    """What a matrix can be written as."""

    TEXT = "text"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
    JSON = "json"


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
@formats_option(MatrixFormat)
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
    formats: tuple[Wanted[MatrixFormat], ...],
) -> int:
    """Show the responsibility matrix: who has what.

    R does the work, A answers for it, S helps, C is asked before, I is told after. A gap is marked G, more than one
    accountable role D, what is no living role X; a small letter is for a part of the scope. The verdict is that of the
    rules. The exit code is 0 whatever the matrix shows; it is 1 where the declarations are invalid.
    """
    from uts_policy.cli.output import Output, publish, say, style_for, withdraw
    from uts_policy.cli.session import make_embedded, request_for, settings_for
    from uts_policy.common.tabulation import MatrixQuestion
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import inputs, queries
    from uts_policy.render.report.text import render

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
            say(render(found, style_for("never")).rstrip())
            return found.exit
        publish([Output(file=each.file, data=_written(found, each, options.color)) for each in formats])
    except BaseException:
        withdraw(files)
        raise
    return Exit.PASS


def _written(matrix: Matrix, wanted: Wanted[MatrixFormat], color: str) -> bytes:
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import encoded

    match wanted.format:
        case MatrixFormat.TEXT:
            from uts_policy.cli.output import style_for
            from uts_policy.render.matrix.text import as_text

            to_file = wanted.file is not None
            style = style_for(color, to_file=to_file)
            return encoded(as_text(matrix, style), wanted.format, "utf-8" if to_file else encoding_for_people())
        case MatrixFormat.XLSX:
            from uts_policy.render.matrix.xlsx import as_xlsx

            return as_xlsx(matrix)
        case MatrixFormat.HTML:
            from uts_policy.render.matrix.html import as_html

            return encoded(as_html(matrix), wanted.format)
        case MatrixFormat.CSV:
            from uts_policy.render.matrix.table import as_csv

            return encoded(as_csv(matrix), wanted.format)
        case MatrixFormat.JSON:
            from uts_policy.render.matrix.table import as_json

            return encoded(as_json(matrix), wanted.format)
        case unknown:
            assert_never(unknown)
