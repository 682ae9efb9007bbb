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
@click.option(
    "--builtin", is_flag=True, help="A rule of uts-policy itself: in a checkout of it, with its oracle's function."
)
@click.pass_obj
def new_rule(options: Globals, *, rule: str, builtin: bool) -> int:
    """Write a new rule in Rego, its test, and a sample of what it flags and of what it does not.

    They work as they are: change them step by step. Rule and test go into the first of `policies` of the configuration,
    else policies/; samples into examples/rules/. No file is overwritten.
    """
    from uts_policy.cli.output import Output, encoded, publish, write
    from uts_policy.cli.session import here
    from uts_policy.model.errors import UsageError
    from uts_policy.pipeline import inputs
    from uts_policy.scaffold import new_rule as scaffold

    settings = inputs.read_settings(options.config, here()).settings
    directory = settings.policies[0] if settings.policies else scaffold.POLICIES
    if builtin:
        root = Path.cwd()
        if not all((root / each).is_dir() for each in (scaffold.BUILTIN, scaffold.ORACLE)):
            raise UsageError("--builtin is for the top of a checkout of uts-policy", "leave it out for a rule of yours")
        made = scaffold.new_builtin(rule, lambda path: _text(root / path))
    else:
        root, made = settings.root, scaffold.new_rule(rule, directory)
    files = {root / path: text for path, text in made.items()}
    inputs.refuse_taken(rule, settings)
    for file in files:
        if file.exists() and file.parent != root / scaffold.ORACLE:
            raise UsageError(f'"{_shown(file)}" is there already', "choose another name, or remove what is there")
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
    publish([Output(file=file, data=encoded(text, "plain")) for file, text in files.items()])
    named = "" if settings.policies or builtin else f" --policies {directory}"
    samples = [f"  uts-policy check{named} --rule {rule} {_shown(file)}" for file in list(files)[2:4]]
    lines = [*map(_shown, files), "", "Try:", "  make policies" if builtin else "  uts-policy test", *samples]
    write(encoded("".join(f"{line}\n" for line in lines), "text"))
    return Exit.PASS


def _shown(file: Path) -> str:
    """The path from here, where it lies below."""
    here = Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file).as_posix()


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""
