"""`uts-policy schema`: the JSON Schemas, for editors."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, paths_argument, redact_option, today
from uts_policy.schema.definitions import NAMES


@click.command(
    "schema",
    cls=Command,
    examples=[
        "uts-policy schema declarations >declarations.schema.json",
        "uts-policy schema declarations --with-ids declarations/ >ours.schema.json",
    ],
)
@click.argument("name", type=click.Choice(NAMES))
@click.option("--with-ids", is_flag=True, help="With the ids declared in PATHs as examples of what may be referred to.")
@paths_argument
@redact_option
@click.pass_obj
def command(options: Globals, *, name: str, with_ids: bool, paths: tuple[Path, ...], redact: bool) -> None:
    """Print a JSON Schema, for editors.

    Put `# yaml-language-server: $schema=declarations.schema.json` at the top of a file of declarations, and an editor
    completes and explains what you type.
    """
    from uts_policy.cli.output import encoded, write
    from uts_policy.schema.definitions import schema_text

    if not with_ids:
        if paths:
            raise click.UsageError("PATHs are looked at with --with-ids only.")
        write(encoded(schema_text(name), "json"))
        return
    if name != "declarations":
        raise click.UsageError("--with-ids goes with `declarations`: the other schemas refer to no ids.")
    from uts_policy.cli.session import here, request_for
    from uts_policy.pipeline import exports, inputs

    configuration = inputs.read_settings(options.config, here())
    request = request_for(configuration, configuration.settings, Choices(paths=paths, as_of=today(), redact=redact))
    write(encoded(exports.schema_for_editors(request), "json"))
