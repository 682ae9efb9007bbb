"""`uts-policy schema`: the JSON Schemas, for editors."""

import click

from uts_policy.cli.help import Command


@click.command("schema", cls=Command, examples=["uts-policy schema declarations >declarations.schema.json"])
@click.argument("name", type=click.Choice(["declarations", "config", "corpus", "report"]))
def command(name: str) -> None:
    """Print a JSON Schema, for editors.

    Put `# yaml-language-server: $schema=declarations.schema.json` at the top of a file of declarations, and an editor
    completes and explains what you type.
    """
    from uts_policy.cli.output import encoded, write
    from uts_policy.schema.texts import schema_text

    write(encoded(schema_text(name)))
