"""Faults of a run. Faults in what the user declared are findings, never exceptions."""

from enum import IntEnum


class Exit(IntEnum):
    """What the process tells its caller; the output format never changes it."""

    PASS = 0
    FINDINGS = 1
    USAGE = 2
    NO_VERDICT = 3
    INTERRUPTED = 130


class UtsPolicyError(Exception):
    """The one root. `message` says what is wrong and where, `hint` names the next step."""

    exit: Exit = Exit.NO_VERDICT

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(UtsPolicyError):
    """The command line or the configuration is wrong."""

    exit = Exit.USAGE


class NoVerdictError(UtsPolicyError):
    """The check could not be completed, so nothing may be concluded from it."""

    exit = Exit.NO_VERDICT


class SettingError(UsageError):
    """A value of the configuration or the command line is wrong.

    `route` leads through the configuration to the value, and is empty for what the command line said; who knows the
    file adds its place.
    """

    def __init__(self, message: str, hint: str = "", *, route: tuple[str | int, ...] = ()) -> None:
        super().__init__(message, hint)
        self.route = route
