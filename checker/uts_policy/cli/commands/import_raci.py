"""`uts-policy import raci`: a responsibility matrix becomes declarations."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
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
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("declarations"),
    show_default=True,
    help="The directory of declarations.",
)
@click.option(
    "--map", "map_file", metavar="MAP", type=click.Path(dir_okay=False, path_type=Path),
    help="A map, which says what the file leaves open.",
)  # fmt: skip
@click.option(
    "--write-map", metavar="MAP", type=click.Path(dir_okay=False, path_type=Path),
    help="Write how the file is read as a map, to be corrected, and no declarations.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be read, and write nothing.")
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,  # noqa: ARG001 - what click passes
    *,
    files: tuple[Path, ...],
    out: Path,
    map_file: Path | None,
    write_map: Path | None,
    dry_run: bool,
) -> int:
    """Turn a responsibility matrix into units, roles and responsibilities.

    Reads .xlsx, .ods, .csv, .tsv, .md, .html and .docx. Finds the table, its roles, letters, headings, legend and
    footnotes, and says how each was taken. Nothing is dropped in silence: the cells that were read and those that were
    not add up. What the file leaves open stops the import, and a map settles it.
    """
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import Output, encoded, publish, say, write
    from uts_policy.pipeline.matrix_import import import_matrix, refuse_open
    from uts_policy.render.queries.matrix_reading import as_summary, as_table

    made = import_matrix(files, out=out, map_file=map_file)
    show = as_table if dry_run else as_summary
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
    made.file.parent.mkdir(parents=True, exist_ok=True)
    publish([Output(file=made.file, data=made.text.encode())])
    say(f'Written to "{made.file}". Next: uts-policy check {out}')
    return Exit.PASS


def _refuse_existing(file: Path) -> None:
    from uts_policy.model.errors import UsageError

    if file.exists():
        raise UsageError(f'"{file}" already exists', "Name another place, or remove it first.")
