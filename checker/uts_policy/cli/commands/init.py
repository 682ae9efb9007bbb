"""`uts-policy init`: a repository of declarations to begin with."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.model.errors import Exit


@click.command(
    "init", cls=Command, examples=["uts-policy init", "uts-policy init our-duties --ci github --template uts"]
)
@click.argument("directory", metavar="[DIRECTORY]", type=click.Path(file_okay=False, path_type=Path), default=Path())
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab", "pre-commit"]),
    help="Also a workflow that checks each change.",
)
@click.option(
    "--template",
    type=click.Choice(["uts"]),
    help="Also a set to fill in: `uts` has the duties of a plan against technical surveillance, as questions.",
)
@click.pass_obj
def command(options: Globals, *, directory: Path, ci: str | None, template: str | None) -> int:  # noqa: ARG001 - what click passes
    """Make a repository of declarations that passes its own check.

    It has one unit, one role, one duty, the configuration with its keys explained, and the schema that editors read. No
    file is overwritten.
    """
    from uts_policy import resources
    from uts_policy.cli.output import Output, encoded, publish, write
    from uts_policy.model.errors import UsageError
    from uts_policy.scaffold.new_repository import new_repository

    schema = resources.schema_text("declarations")
    files = {directory / path: text for path, text in new_repository(schema, ci, template).items()}
    there = [file for file in files if file.exists()]
    if there:
        raise UsageError(f'"{there[0]}" already exists', "Name another directory, or remove it first.")
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
    publish([Output(file=file, data=text.encode()) for file, text in files.items()])
    first = [] if directory == Path() else [f"  cd {directory}"]
    lines = [
        *(file.as_posix() for file in files),
        "",
        "Next:",
        *first,
        "  uts-policy check",
        "  uts-policy import raci MATRIX.xlsx --dry-run",
        "  uts-policy coverage",
    ]
    write(encoded("".join(f"{line}\n" for line in lines), "text"))
    return Exit.PASS
