"""`uts-policy import obligations`: what a directive demands becomes declarations."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.import_options import (
    conflicts_option,
    declarations_option,
    dry_run_option,
    files_argument,
    update_option,
)
from uts_policy.model.errors import Exit


@click.command(
    "obligations",
    cls=Command,
    examples=["uts-policy import obligations policy.docx --dry-run", "uts-policy import obligations catalog.json"],
)
@files_argument
@declarations_option
@update_option
@conflicts_option
@dry_run_option
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,  # noqa: ARG001 - what click passes
    *,
    files: tuple[Path, ...],
    out: Path,
    update: bool,
    conflicts: str,
    dry_run: bool,
) -> int:
    """Turn what directives demand into obligations without an owner.

    A FILE is an OSCAL catalogue (JSON, YAML or XML), a table with columns headed ref and text, or a policy in Word,
    Markdown or HTML, of which the sentences count that say shall, must or is responsible for. What was looked at and
    not taken is counted, and listed by --dry-run. The check then says what nobody answers for.

    With --update a later version is merged: a statement that was reworded keeps its id and what people wrote beside it,
    new and vanished ones are listed.
    """
    from uts_policy.cli.importing import show, write_merge, write_new
    from uts_policy.cli.output import Output
    from uts_policy.pipeline.obligation_import import import_obligations, update_obligations
    from uts_policy.render.queries.demands import as_list, as_summary

    written = as_list if dry_run else as_summary
    if update:
        later = update_obligations(files, out=out, markers=conflicts == "markers")
        show("".join(written(reading) for reading in later.readings))
        return write_merge(later.merged, dry_run=dry_run)
    made = import_obligations(files, out=out)
    show("".join(written(reading) for reading in made.readings))
    if dry_run:
        return Exit.PASS
    outputs = [
        Output(file=made.file, data=made.text.encode()),
        Output(file=made.record, data=made.record_text.encode()),
    ]
    return write_new(outputs, out)
