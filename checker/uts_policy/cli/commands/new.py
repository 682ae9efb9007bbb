"""`uts-policy new`: files to start from."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals, Group
from uts_policy.model.errors import Exit


@click.group("new", cls=Group, examples=["uts-policy new rule reporting/no-description"])
def command() -> None:
    """Write a new rule in Rego, its test and samples."""


@command.command("rule", cls=Command, examples=["uts-policy new rule reporting/no-description"])
@click.argument("rule", metavar="CATEGORY/NAME")
@click.pass_obj
def new_rule(options: Globals, *, rule: str) -> int:
    """Write a new rule in Rego, its test, and a sample of what it flags and of what it does not.

    They work as they are: change them step by step. Rule and test go into the first of `policies` of the configuration,
    else policies/; samples into examples/rules/. No file is overwritten.
    """
    from uts_policy.cli.output import Output, encoded, publish, write
    from uts_policy.model.errors import UsageError
    from uts_policy.pipeline import inputs
    from uts_policy.scaffold import new_rule as scaffold

    settings = inputs.read_settings(options.config, Path.cwd()).settings
    directory = settings.policies[0] if settings.policies else scaffold.POLICIES
    files = {settings.root / path: text for path, text in scaffold.new_rule(rule, directory).items()}
    inputs.refuse_taken(rule, settings)
    for file in files:
        if file.exists():
            raise UsageError(f'"{_shown(file)}" is there already', "choose another name, or remove what is there")
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
    publish([Output(file=file, data=encoded(text, "rego")) for file, text in files.items()])
    named = "" if settings.policies else f" --policies {directory}"
    samples = [f"  uts-policy check{named} --rule {rule} {_shown(file)}" for file in list(files)[2:]]
    lines = [*map(_shown, files), "", "Try:", "  uts-policy test", *samples]
    write(encoded("".join(f"{line}\n" for line in lines), "text"))
    return Exit.PASS


def _shown(file: Path) -> str:
    """The path from here, where it lies below."""
    here = Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file).as_posix()
