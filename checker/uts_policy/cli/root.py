"""The command itself: global options, and the list of commands, each imported when it runs."""

import importlib
from dataclasses import dataclass
from typing import cast

import click

from uts_policy import __version__
from uts_policy.cli.help import help_option, show, write_examples

NAME = "uts-policy"
COMPLETION = "_UTS_POLICY_COMPLETE"
"""The environment variable by which a shell asks for completions."""
COMMANDS = {
    "check": ("check", "Check declarations against the rules."),
    "baseline": ("baseline", "Keep a list of findings that were there before."),
    "diff": ("diff", "Say what a change means: who gains, who loses, whose yes it needs."),
    "comment": ("comment", "Keep one comment on a GitHub pull request: what `diff` wrote."),
    "validate": ("validate", "Check the form of declarations only: YAML and schema."),
    "rules": ("rules", "List the rules and what they look for."),
    "explain": ("explain", "Show one rule's page, or one finding and the facts behind it."),
    "scorecard": ("scorecard", "Answer the audit's four questions: met, not met, not assessed."),
    "who": ("who", "Say who answers for a responsibility, and by which chain."),
    "matrix": ("matrix", "Show the responsibility matrix: who has what."),
    "forecast": ("forecast", "Show what will start to fail, and on which day."),
    "graph": ("graph", "Draw units, roles and escalation, as Mermaid."),
    "evidence": ("evidence", "Write, verify and compare signed evidence for auditors."),
    "corpus": ("corpus", "Print the corpus: what the rules see, as JSON."),
    "new": ("new", "Write a new rule in Rego, its test and samples."),
    "bundle": ("bundle", "Write an OPA bundle of the rules."),
    "schema": ("schema", "Print a JSON Schema, for editors."),
    "test": ("testing", "Run the tests of rules in Rego, with coverage."),
    "completion": ("completion", "Print the completion script of a shell."),
}
"""Each command, its module, and its line in `--help`: help needs no command's imports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Globals:
    """The options before the command. `color` is auto, always or never, `config` a file."""

    config: str | None
    color: str


class LazyGroup(click.Group):
    """A group that imports a command when it runs or its own help is asked."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, written as everything else is."""
        return help_option(self, ctx)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"uts_policy.cli.{COMMANDS[cmd_name][0]}")
        return cast("click.Command", module.command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's own, with the nearest command there is for one that there is not."""
        from difflib import get_close_matches

        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            suggestion = f' Did you mean "{near[0]}"?' if near else ""
            ctx.fail(f'there is no command "{args[0]}".{suggestion}')
        return super().resolve_command(ctx, args)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table, so that no command is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the exit codes mean, and an example."""
        with formatter.section("Exit codes"):
            formatter.write_dl(
                [
                    ("0", "no finding at or above --fail-on"),
                    ("1", "findings at or above it"),
                    ("2", "the command line or the configuration is wrong"),
                    ("3", "no verdict"),
                    ("130", "interrupted"),
                ]
            )
        write_examples(formatter, ["uts-policy check declarations/"])


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        show(ctx, f"{NAME} {__version__}\n")


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Configuration file.  [default: uts-policy.yaml in this directory or the nearest above]",
)
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour in text output. `auto` obeys NO_COLOR.",
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
@click.pass_context
def uts_policy(ctx: click.Context, config: str | None, color: str) -> None:
    """Check who answers for each duty, and whether they have the power to act."""
    ctx.obj = Globals(config=config, color=color)
