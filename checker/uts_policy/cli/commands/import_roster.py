"""`uts-policy import roster`: a staff list becomes units, roles and holders."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.import_options import importing_with_map, pseudonym_key_option
from uts_policy.model.errors import Exit


@click.command(
    "roster",
    cls=Command,
    examples=[
        "uts-policy import roster staff.xlsx --dry-run",
        "uts-policy import roster staff.xlsx --map staff.map.yaml",
        "uts-policy import roster staff.xlsx --update",
    ],
)
@importing_with_map
@pseudonym_key_option
@click.option("--table", is_flag=True, help="Write who is who to a table beside the key.")
@click.option("--with-names", is_flag=True, help="Write the names of people into the declarations.")
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
    pseudonym_key: Path | None,
    table: bool,
    with_names: bool,
) -> int:
    """Turn a staff list into units, roles and who holds them.

    Reads .xlsx, .ods, .csv, .tsv, .md, .html and .docx. Columns are found by their heads: post, name or staff number,
    unit, reports to, start, end, share, status. Vacant, not disclosed, redacted, eliminated and blank are told apart.
    A role that is declared already, with the same title, gets its holders.

    People have pseudonyms, made with a key that lies outside of the repository: names, addresses, telephone numbers and
    pay are not written. What the list leaves open stops the import, and a map settles it. With --update a later list is
    merged, and who joined, left and moved is listed.
    """
    import os

    from uts_policy.cli.importing import show, write_map, write_merge, write_new
    from uts_policy.cli.output import Output, say
    from uts_policy.cli.pseudonym_key import key_file, new_key, read_key, write_private
    from uts_policy.pipeline.roster_import import import_roster, refuse_open, update_roster
    from uts_policy.render.queries.roster_reading import as_list, as_moves, as_summary, names_table

    written = as_list if dry_run else as_summary
    place = key_file(pseudonym_key, out, os.environ)
    known = read_key(place)
    key = known or new_key()

    def keep(people: tuple[tuple[str, str, str], ...]) -> None:
        if known is None:
            write_private(place, f"{key.hex()}\n".encode())
            say(f'The key for pseudonyms is in "{place}". Keep it, and keep it to yourself.')
        if table:
            names = place.with_name(f"{files[0].stem}.names.csv")
            names.unlink(missing_ok=True)
            write_private(names, names_table(people).encode())
            say(f'Who is who is in "{names}".')

    if update:
        later = update_roster(
            files, out=out, map_file=map_file, key=key, with_names=with_names, markers=conflicts == "markers"
        )
        show(written(later.reading))
        refuse_open(later.reading, map_file)
        show(as_moves(later.moves))
        code = write_merge(later.merged, dry_run=dry_run)
        if code == Exit.PASS and not dry_run:
            keep(later.people)
        return code
    made = import_roster(files, out=out, map_file=map_file, key=key, with_names=with_names)
    if new_map is not None:
        return write_map(new_map, made.map_text, "import roster")
    show(written(made.reading) + "".join(f"{each}\n" for each in made.differing))
    refuse_open(made.reading, map_file)
    if dry_run:
        return Exit.PASS
    outputs = [
        Output(file=made.file, data=made.text.encode()),
        Output(file=made.record, data=made.record_text.encode()),
    ]
    keep(made.people)
    return write_new(outputs, out, made.files)
