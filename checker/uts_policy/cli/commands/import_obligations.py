"""`uts-policy import obligations`: what a directive demands becomes declarations."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.import_options import declarations_option, dry_run_option
from uts_policy.model.errors import Exit


@click.command(
    "obligations",
    cls=Command,
    examples=["uts-policy import obligations policy.docx --dry-run", "uts-policy import obligations catalog.json"],
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@declarations_option
@dry_run_option
@click.pass_obj
def command(options: Globals, *, file: Path, out: Path, dry_run: bool) -> int:  # noqa: ARG001 - what click passes
    """Turn what a directive demands into obligations without an owner.

    FILE is an OSCAL catalogue (JSON or YAML), a table with columns headed ref and text, or a policy in Word, Markdown
    or HTML, of which the sentences count that say shall, must or is responsible for. What was looked at and not taken
    is counted, and listed by --dry-run. The check then says what nobody answers for.
    """
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import Output, encoded, publish, say, write
    from uts_policy.model.errors import UsageError
    from uts_policy.pipeline.obligation_import import import_obligations
    from uts_policy.render.queries.demands import as_list, as_summary

    made = import_obligations(file, out=out)
    show = as_list if dry_run else as_summary
    write(encoded(show(made.reading), "text", encoding_for_people()))
    if dry_run:
        return Exit.PASS
    if made.file.exists():
        raise UsageError(f'"{made.file}" already exists', "Name another directory, or remove it first.")
    made.file.parent.mkdir(parents=True, exist_ok=True)
    publish([Output(file=made.file, data=made.text.encode())])
    say(f'Written to "{made.file}". Next: uts-policy check {out}')
    return Exit.PASS
