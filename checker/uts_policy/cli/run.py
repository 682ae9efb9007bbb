"""One run of the command line: whatever happens in it becomes an exit code and at most a few lines."""

import os
import signal
from collections.abc import Sequence
from types import FrameType

import click

from uts_policy.cli.root import COMPLETION, NAME, uts_policy
from uts_policy.model.errors import Exit, UtsPolicyError

TRACEBACK = "UTS_POLICY_TRACEBACK"
"""Environment variable that shows where a fault of the program arose."""
TERMINATED = 128 + signal.SIGTERM
"""What a shell reports for a process that SIGTERM ended."""


class Terminated(BaseException):
    """SIGTERM arrived. No `Exception`, so that nothing on the way takes it for a fault it could handle."""


def run(arguments: Sequence[str]) -> int:
    """Runs one command and returns the exit code of the process; a fault never comes out as 0 or 1."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        return _invoke(arguments)
    except click.ClickException as error:
        _explain_usage(error)
        return Exit.USAGE
    except KeyboardInterrupt:
        _say("uts-policy: interrupted")
        return Exit.INTERRUPTED
    except Terminated:
        return TERMINATED
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


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    raise Terminated
