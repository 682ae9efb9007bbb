"""`uts-policy matrix`: responsibilities by roles, with the letters R, A, S, C and I."""

from pathlib import Path

import click

from uts_policy.cli.choices import Choices, as_of_option, paths_argument
from uts_policy.cli.help import Command
from uts_policy.cli.root import Globals
from uts_policy.model.matrix import Matrix

_CRITICALITY = ("critical", "high", "normal", "low")


@click.command(
    "matrix",
    cls=Command,
    examples=[
        "uts-policy matrix --criticality critical",
        "uts-policy matrix --unit field --by unit",
        "uts-policy matrix --format xlsx -o matrix.xlsx",
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
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "csv", "xlsx", "html"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="Where to write it.  [default: standard output]",
)
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
    shape: str,
    output: Path | None,
) -> int:
    """Show the responsibility matrix: who has what.

    R does the work, A answers for it, S helps, C is asked before, I is told after. A gap is marked G, more than one
    accountable role D, what is no living role X; a small letter is for a part of the scope. The verdict is that of the
    rules. The exit code is 0 whatever the matrix shows; it is 1 where the declarations are invalid.
    """
    from uts_policy import pipeline
    from uts_policy.cli.engines import make_embedded
    from uts_policy.cli.output import Output, publish, say, withdraw
    from uts_policy.cli.setup import request_for, settings_for
    from uts_policy.cli.style import style_for
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.model.tabulation import MatrixQuestion
    from uts_policy.render.text import render

    file = None if output is None or str(output) == "-" else output
    try:
        choices = Choices(paths=paths, as_of=as_of)
        configuration = pipeline.read_settings(options.config, Path.cwd())
        settings = settings_for(configuration, choices)
        policies = pipeline.read_policies(settings)
        question = MatrixQuestion(unit=unit, vector=vector, criticality=criticality, by=by or "")
        request = request_for(configuration, settings, choices)
        found = pipeline.matrix(request, policies, make_embedded(settings.timeout), question)
        if isinstance(found, Report):
            withdraw([file] if file else [])
            say(render(found, style_for("never")).rstrip())
            return found.exit
        publish([Output(file=file, data=_written(found, shape, options.color, to_file=file is not None))])
    except BaseException:
        withdraw([file] if file else [])
        raise
    return Exit.PASS


def _written(matrix: Matrix, shape: str, color: str, *, to_file: bool) -> bytes:
    from uts_policy.cli.deliver import encoding_for_people
    from uts_policy.cli.output import encoded
    from uts_policy.cli.style import style_for
    from uts_policy.render.matrix import as_csv, as_json, as_text

    match shape:
        case "json":
            return encoded(as_json(matrix))
        case "csv":
            return encoded(as_csv(matrix))
        case "xlsx":
            from uts_policy.render.matrix_xlsx import as_xlsx

            return as_xlsx(matrix)
        case "html":
            from uts_policy.render.html.matrix import as_html

            return encoded(as_html(matrix))
        case _:
            style = style_for(color, to_file=to_file)
            return encoded(as_text(matrix, style), "utf-8" if to_file else encoding_for_people())
