"""`uts-policy import raci`: a responsibility matrix becomes declarations."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import declarations_option, dry_run_option
from uts_policy.model.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from uts_policy.model.raci import MatrixReading


@click.command(
    "raci",
    cls=Command,
    examples=[
        "uts-policy import raci matrix.xlsx --dry-run",
        "uts-policy import raci matrix.xlsx --write-map matrix.map.yaml",
        "uts-policy import raci matrix.xlsx --map matrix.map.yaml",
    ],
)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@declarations_option
@click.option(
    "--map", "map_file", metavar="MAP", type=click.Path(dir_okay=False, path_type=Path),
    help="A map, which says what the file leaves open.",
)  # fmt: skip
@click.option(
    "--write-map", metavar="MAP", type=click.Path(dir_okay=False, path_type=Path),
    help="Write how the file is read as a map, to be corrected, and no declarations.",
)  # fmt: skip
@click.option(
    "--update", is_flag=True, help="Merge a later version into declarations that were imported and edited since."
)
@dry_run_option
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,  # noqa: ARG001 - what click passes
    *,
    files: tuple[Path, ...],
    out: Path,
    map_file: Path | None,
    write_map: Path | None,
    update: bool,
    dry_run: bool,
) -> int:
    """Turn a responsibility matrix into units, roles and responsibilities.

    Reads .xlsx, .ods, .csv, .tsv, .md, .html and .docx. Finds the table, its roles, letters, headings, legend and
    footnotes, and says how each was taken. Nothing is dropped in silence: the cells that were read and those that were
    not add up. What the file leaves open stops the import, and a map settles it.

    What was written is recorded in .uts-policy/imports, to be kept with the declarations. With --update a later version
    of the file is compared with that and merged: what people have edited since stays, and if both changed the same
    field, both are shown and nothing is written.
    """
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import Output, encoded, publish, say, write
    from uts_policy.pipeline.matrix_import import import_matrix, refuse_open
    from uts_policy.render.queries.matrix_reading import as_summary, as_table

    show = as_table if dry_run else as_summary
    if update:
        return _update(files, out, map_file, show, dry_run=dry_run)
    made = import_matrix(files, out=out, map_file=map_file)
    if write_map is not None:
        _refuse_existing(write_map)
        publish([Output(file=write_map, data=made.map_text.encode())])
        say(f'The map is in "{write_map}". Correct it, then: uts-policy import raci … --map {write_map}')
        return Exit.PASS
    write(encoded(show(made.reading), "text", encoding_for_people()))
    refuse_open(made.reading, map_file)
    if dry_run:
        return Exit.PASS
    _refuse_existing(made.file)
    _refuse_existing(made.record)
    for file in (made.file, made.record):
        file.parent.mkdir(parents=True, exist_ok=True)
    outputs = [
        Output(file=made.file, data=made.text.encode()),
        Output(file=made.record, data=made.record_text.encode()),
    ]
    publish(outputs)
    say(f'Written to "{made.file}". Next: uts-policy check {out}')
    return Exit.PASS


def _update(
    files: tuple[Path, ...],
    out: Path,
    map_file: Path | None,
    show: "Callable[[MatrixReading], str]",
    *,
    dry_run: bool,
) -> int:
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import Output, encoded, publish, say, write
    from uts_policy.cli.rewriting import rewrite
    from uts_policy.pipeline.matrix_import import refuse_open
    from uts_policy.pipeline.matrix_update import update_matrix
    from uts_policy.render.queries.matrix_merge import as_lines

    made = update_matrix(files, out=out, map_file=map_file)
    write(encoded(show(made.reading), "text", encoding_for_people()))
    refuse_open(made.reading, map_file)
    write(encoded(as_lines(made.report, made.remarks), "text", encoding_for_people()))
    if made.report.conflicts:
        say("Nothing was written. Settle each in the declarations or in the file, and import again.")
        return Exit.FINDINGS
    if dry_run:
        return Exit.PASS
    rewrite(made.files)
    if made.record.read_text(encoding="utf-8") != made.record_text:
        publish([Output(file=made.record, data=made.record_text.encode())])
    return Exit.PASS


def _refuse_existing(file: Path) -> None:
    from uts_policy.model.errors import UsageError

    if file.exists():
        raise UsageError(f'"{file}" already exists', "Merge into it with --update, or name another place.")
