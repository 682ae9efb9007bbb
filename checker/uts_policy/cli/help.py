"""A command whose help ends with examples."""

from collections.abc import Sequence
from typing import Any

import click

from uts_policy.cli.output_path import refuse_inputs


class Command(click.Command):
    """A click command with `examples`: each a command line, shown as it stands."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **options: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **options)
        self._examples = tuple(examples)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Runs it, unless it would write over what it reads."""
        refuse_inputs(ctx)
        return super().invoke(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, written as everything else is."""
        return help_option(self, ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples below the options."""
        super().format_epilog(ctx, formatter)
        write_examples(formatter, self._examples)


class Group(click.Group):
    """A click group with `examples`, as above."""

    def __init__(self, *args: Any, examples: Sequence[str] = (), **options: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **options)
        self._examples = tuple(examples)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, written as everything else is."""
        return help_option(self, ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples below the commands."""
        super().format_epilog(ctx, formatter)
        write_examples(formatter, self._examples)


def help_option(command: click.Command, ctx: click.Context) -> click.Option | None:
    """The option that shows a command's help: click's, but for a closed pipe being quiet and a full disk being told."""
    names = command.get_help_option_names(ctx)
    if not names:
        return None

    def show_help(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
        if value:
            show(ctx, f"{ctx.get_help()}\n")

    return click.Option(
        names, is_flag=True, is_eager=True, expose_value=False, callback=show_help, help="Show this message and exit."
    )


def show(ctx: click.Context, text: str) -> None:
    """Writes to standard output and ends the command."""
    from uts_policy.cli.output import encoded, write

    write(encoded(text, "text"))
    ctx.exit()


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """A section of command lines, never wrapped: a broken line cannot be copied."""
    if examples:
        with formatter.section("Example" if len(examples) == 1 else "Examples"):
            for line in examples:
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")
