"""`uts-policy export raci`: the matrix as people edit it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, as_of_option, out_option, paths_argument

if TYPE_CHECKING:
    from uts_policy.model.raci import ExportedMatrix


@click.command(
    "raci",
    cls=Command,
    examples=["uts-policy export raci --out matrix.xlsx", "uts-policy export raci --format md --only-gaps"],
)
@paths_argument
@click.option(
    "--format",
    "shape",
    type=click.Choice(["xlsx", "csv", "md"]),
    help="What to write.  [default: by the name of the file, else csv]",
)
@click.option(
    "--only-gaps",
    is_flag=True,
    help="Only the duties that `matrix` marks: without an accountable role, or with several.",
)
@as_of_option
@out_option()
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals, *, paths: tuple[Path, ...], shape: str | None, only_gaps: bool, as_of: str, out: Path | None
) -> int:
    """Write the responsibility matrix as people edit it, with the letters in force.

    A workbook offers the letters to choose from and has a legend on its second sheet. What holds for a part of the
    organisation, or for a time, has a footnote. `import raci` reads each of the formats.

    With --out, what was written is recorded in .uts-policy/imports, so that `import raci FILE --update` merges what
    people changed in it with what was changed in the declarations meanwhile.
    """
    from uts_policy.cli.delivery import say_report
    from uts_policy.cli.output import Output, encoded, publish
    from uts_policy.cli.session import query_for
    from uts_policy.model.errors import Exit, UsageError
    from uts_policy.model.report import Report
    from uts_policy.pipeline.inputs import asked_for
    from uts_policy.pipeline.matrix_export import export_matrix
    from uts_policy.render.raci import FORMATS, render

    ending = "" if out is None else out.suffix.lower().removeprefix(".")
    chosen = shape or (ending if ending in FORMATS else "csv")
    if chosen == "xlsx" and out is None:
        raise UsageError("a workbook needs a file", "Add --out FILE.")
    query = query_for(options, Choices(paths=paths, as_of=as_of))
    matrix = export_matrix(query.request, query.policies, query.engine if only_gaps else None)
    if isinstance(matrix, Report):
        say_report(matrix)
        return matrix.exit
    publish([Output(file=out, data=encoded(render(matrix, chosen), "plain"))])
    declarations = asked_for(query.request)[0]
    if out is not None and matrix.duties and declarations.is_dir():
        _record(matrix, out, declarations)
    return Exit.PASS


def _record(matrix: "ExportedMatrix", file: Path, declarations: Path) -> None:
    """Records what was written, and says how it is taken back; if it cannot be read again here, says why."""
    import os

    from uts_policy.cli.output import Output, publish, say
    from uts_policy.model.errors import UsageError
    from uts_policy.pipeline.matrix_export import export_record

    try:
        record, text = export_record(matrix, file, declarations)
    except UsageError as error:
        say(f"Not recorded, so `import raci --update` cannot merge it: {error.message}. {error.hint}")
        return
    record.parent.mkdir(parents=True, exist_ok=True)
    publish([Output(file=record, data=text.encode())])
    place = os.path.relpath(declarations)
    where = "" if place == "declarations" else f" --out {place}"
    say(f"Recorded. When the file comes back: uts-policy import raci {file} --update{where}")
