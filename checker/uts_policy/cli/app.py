"""One run of the command line: whatever happens in it becomes an exit code and at most a few lines."""

import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

import click

from uts_policy.cli.root import COMPLETION, NAME, uts_policy
from uts_policy.model.errors import Exit, NoVerdictError, UtsPolicyError

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
        _say(f"uts-policy: error: {error.message}")
        if error.hint:
            _say(f"hint: {error.hint}")
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
    _say(f"Error: {error.format_message()}")


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
    from uts_policy.cli.deliver import give_no_verdict
    from uts_policy.cli.formats import Wanted
    from uts_policy.cli.output import withdraw
    from uts_policy.cli.output_path import named_outputs
    from uts_policy.render.interface import Format

    name, command, rest = _command_of(arguments)
    usage = error if isinstance(error, click.ClickException) else None
    named = () if command is None else named_outputs(command, rest)
    outputs = [each for each in named if usage is not None or not each.format]
    reports = [each for each in outputs if name in _REPORTING and each.format in list(Format)]
    if usage is not None and reports:
        shared = sum(each.path is None for each in named) > 1  # nothing can be told to who reads both at once
        wanted = [
            Wanted(format=Format(each.format), file=each.path)
            for each in reports
            if each.path is not None or not shared
        ]
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
