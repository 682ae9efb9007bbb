"""The command itself: global options, help, the list of commands, and how a run ends."""

import importlib
import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Any, cast

import click

from uts_policy import __version__
from uts_policy.cli.commands import COMMANDS
from uts_policy.cli.output import refuse_inputs
from uts_policy.common.invisible import named, unescaped
from uts_policy.common.nearest import nearest
from uts_policy.model.errors import Exit, NoVerdictError, UtsPolicyError


class Command(click.Command):
    """A click command with `examples`: each a command line, shown as it stands.

    A `bounded` one has --timeout, and all of its run is held to it: see `time_limit.bounded`.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - click's own
        examples: Sequence[str] = (),
        bounded: bool = False,
        **options: Any,  # noqa: ANN401 - click's own
    ) -> None:
        super().__init__(*args, **options)
        self._examples = tuple(examples)
        self._bounded = bounded
        if bounded:
            from uts_policy.cli.options import timeout_option

            timeout_option()(self)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        """Runs it, unless it would write over what it reads."""
        refuse_inputs(ctx)
        if not self._bounded:
            return super().invoke(ctx)
        from uts_policy.cli.time_limit import TimeLimit

        limit = ctx.meta[LIMIT] = TimeLimit(ctx.params.pop("timeout"), f"`{ctx.info_name}`")
        with limit.running():
            return super().invoke(ctx)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`, written as everything else is."""
        return help_option(self, ctx)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the examples below the options."""
        super().format_epilog(ctx, formatter)
        write_examples(formatter, self._examples)


LIMIT = "uts_policy.limit"
"""Where the context of a command keeps the time limit of its run."""


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


class Verbs(Group):
    """A group that imports a command when it runs or its own help is asked.

    `verbs`: each command, its module, and its line in `--help`, in the order in which one needs them.
    """

    def __init__(self, *args: Any, verbs: Mapping[str, tuple[str, str]], **options: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(*args, **options)
        self._verbs = verbs

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands in the order in which one needs them."""
        return list(self._verbs)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in self._verbs:
            return None
        module = importlib.import_module(f"uts_policy.cli.commands.{self._verbs[cmd_name][0]}")
        return cast("click.Command", module.command)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table, so that no command is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in self._verbs.items()])


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


NAME = "uts-policy"
COMPLETION = "_UTS_POLICY_COMPLETE"
"""The environment variable by which a shell asks for completions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Globals:
    """The options before the command. `color` is auto, always or never, `config` a file."""

    config: str | None
    color: str


class Commands(Verbs):
    """The commands: with the nearest one for one that there is not, and what the exit codes mean."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's own, with the nearest command there is for one that there is not."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = nearest(args[0], COMMANDS, guessing=True)
            suggestion = f' Did you mean "{near}"?' if near else ""
            ctx.fail(f'there is no command "{args[0]}".{suggestion}')
        return super().resolve_command(ctx, args)

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


@click.group(cls=Commands, verbs=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
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


TRACEBACK = "UTS_POLICY_TRACEBACK"
"""Environment variable that shows where a fault of the program arose."""
_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that end a run; Windows has no SIGHUP."""


class Terminated(BaseException):
    """A signal arrived. Not an `Exception`, so that nothing on the way takes it for a fault it could handle.

    `code` is what a shell reports for a process that the signal ended.
    """

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.code = 128 + number


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns the exit code of the process; a fault never comes out as 0 or 1."""
    for each in _ENDING:
        if signal.getsignal(each) is not signal.SIG_IGN:  # `nohup` has it ignored
            signal.signal(each, _terminate)
    try:
        try:
            return _invoke(arguments)
        except BaseException as error:
            _leave_nothing_stale(arguments, error)
            raise
    except click.ClickException as error:
        _explain_usage(error)
        return Exit.USAGE
    except KeyboardInterrupt:
        _say("uts-policy: interrupted")
        return Exit.INTERRUPTED
    except Terminated as error:
        return error.code
    except UtsPolicyError as error:
        _say(f"uts-policy: error: {named(error.message)}")
        if error.hint:
            _say(f"hint: {named(error.hint)}")
        return error.exit
    except Exception as error:  # noqa: BLE001 - the last one: a fault of the program ends in one line, and as exit 3
        _explain_fault(error)
        return Exit.NO_VERDICT


def _invoke(arguments: Sequence[str]) -> int:
    """What click's own `main` does, without its views on exit codes and closed pipes."""
    instruction = os.environ.get(COMPLETION)
    if instruction:
        from click.shell_completion import shell_complete

        return shell_complete(uts_policy, {}, NAME, COMPLETION, instruction)
    try:
        with uts_policy.make_context(NAME, list(arguments)) as context:
            code = uts_policy.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    return code if isinstance(code, int) else Exit.PASS


def _say(text: str) -> None:
    """A line on standard error; what does it is imported when there is something to say."""
    from uts_policy.cli.output import say

    say(text)


def _explain_usage(error: click.ClickException) -> None:
    """What click's own `show` says, written as everything else is: the name of a file can hold a command for a CI."""
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _say(error.ctx.get_usage())
        if error.ctx.command.get_help_option(error.ctx) is not None:
            _say(f"Try '{error.ctx.command_path} {error.ctx.help_option_names[0]}' for help.\n")
    _say(f"Error: {named(unescaped(' '.join(error.format_message().split())))}")


def _explain_fault(error: Exception) -> None:
    if isinstance(error, MemoryError):
        _say("uts-policy: error: out of memory, no verdict")
    elif isinstance(error, OSError):
        _say(f"uts-policy: error: the system refused, no verdict: {error}")
    else:
        _say(f"uts-policy: error: a defect of uts-policy, no verdict: {type(error).__name__}: {error}")
    if os.environ.get(TRACEBACK):
        import traceback

        _say("".join(traceback.format_exception(error)).rstrip())
    else:
        _say(f"hint: {TRACEBACK}=1 shows where it arose")


def _leave_nothing_stale(arguments: Sequence[str], error: BaseException) -> None:
    """Removes the reports of an earlier run that this one was to replace, whatever ended it.

    A command that got as far as its own work sees to the files of `--format` itself. Where the command line is wrong,
    none did.
    """
    from uts_policy.cli.delivery import give_no_verdict
    from uts_policy.cli.options import Wanted
    from uts_policy.cli.output import named_outputs, withdraw
    from uts_policy.render.interface import REPORT, formats

    name, command, rest = _command_of(arguments)
    usage = error if isinstance(error, click.ClickException) else None
    named = () if command is None else named_outputs(command, rest)
    outputs = [each for each in named if usage is not None or not each.format]
    reports = [each for each in outputs if name in _REPORTING and each.format in formats(REPORT)]
    if usage is not None and reports:
        shared = sum(each.path is None for each in named) > 1  # nothing can be told to who reads both at once
        wanted = [Wanted(format=each.format, file=each.path) for each in reports if each.path is not None or not shared]
        give_no_verdict(wanted, usage.format_message())
    with suppress(NoVerdictError):
        withdraw(each.path for each in outputs if each not in reports and each.path is not None)


_REPORTING = frozenset({"check", "validate"})
"""The commands whose `--format` is one of a report's."""


def _command_of(arguments: Sequence[str]) -> tuple[str, click.Command | None, Sequence[str]]:
    """The command that the arguments name, as `evidence diff`, and what follows it; none where they name none."""
    found: click.Command = uts_policy
    names: list[str] = []
    rest = list(arguments)
    context = click.Context(uts_policy)
    for place, word in enumerate(arguments):
        inner = found.get_command(context, word) if isinstance(found, click.Group) else None
        if inner is not None:
            found, rest = inner, list(arguments[place + 1 :])
            names.append(word)
    return " ".join(names), None if isinstance(found, click.Group) else found, rest


def _terminate(number: int, _frame: FrameType | None) -> None:
    raise Terminated(number)
