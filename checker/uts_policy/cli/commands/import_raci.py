"""`uts-policy import raci`: a responsibility matrix becomes declarations."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.import_options import importing_with_map
from uts_policy.model.errors import Exit


@click.command(
    "raci",
    cls=Command,
    examples=[
        "uts-policy import raci matrix.xlsx --dry-run",
        "uts-policy import raci matrix.xlsx --write-map matrix.map.yaml",
        "uts-policy import raci matrix.xlsx --map matrix.map.yaml",
    ],
)
@importing_with_map
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,  # noqa: ARG001 - what click passes
    *,
    files: tuple[Path, ...],
    out: Path,
    map_file: Path | None,
    new_map: Path | None,
    update: bool,
    conflicts: str,
    dry_run: bool,
) -> int:
    """Turn a responsibility matrix into units, roles and responsibilities.

    Reads .xlsx, .ods, .csv, .tsv, .md, .html and .docx. Finds the table, its roles, letters, headings, legend and
    footnotes, and says how each was taken. Nothing is dropped in silence: the cells that were read and those that were
    not add up. What the file leaves open stops the import, and a map settles it.

    What was written is recorded in .uts-policy/imports, to be kept with the declarations. With --update a later version
    of the file is compared with that and merged: what people have edited since stays, and if both changed the same
    field, both are shown and nothing is written, or, with --conflicts markers,
    the other side is written as a comment.
    """
    from uts_policy.cli.importing import show, write_map, write_merge, write_new
    from uts_policy.cli.output import Output
    from uts_policy.pipeline.matrix_import import import_matrix, refuse_open
    from uts_policy.pipeline.matrix_update import update_matrix
    from uts_policy.render.queries.matrix_reading import as_summary, as_table

    written = as_table if dry_run else as_summary
    if update:
        later = update_matrix(files, out=out, map_file=map_file, markers=conflicts == "markers")
        show(written(later.reading))
        refuse_open(later.reading, map_file)
        return write_merge(later.merged, dry_run=dry_run)
    made = import_matrix(files, out=out, map_file=map_file)
    if new_map is not None:
        return write_map(new_map, made.map_text, "import raci")
    show(written(made.reading))
    refuse_open(made.reading, map_file)
    if dry_run:
        return Exit.PASS
    return write_new(
        [
            Output(file=made.file, data=made.text.encode()),
            Output(file=made.record, data=made.record_text.encode()),
        ],
        out,
    )
