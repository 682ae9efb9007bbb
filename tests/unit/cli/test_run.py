import errno
import signal
import sys
from types import ModuleType
from typing import Any

import click
import pytest

from uts_policy.cli.app import TRACEBACK, run
from uts_policy.cli.commands import COMMANDS
from uts_policy.model.errors import NoVerdictError, UsageError


@pytest.fixture(autouse=True)
def handlers() -> Any:
    """The handlers that a run replaces, put back afterwards."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A command `end` that ends in a way of the test's."""

    def end_with(how: BaseException | int | None) -> int:
        @click.command("end")
        def command() -> int | None:
            if isinstance(how, BaseException):
                raise how
            return how

        module = ModuleType("uts_policy.cli.commands.end")
        module.command = command  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "uts_policy.cli.commands.end", module)
        monkeypatch.setitem(COMMANDS, "end", ("end", "Ends."))
        return run(["end"])

    return end_with


@pytest.mark.parametrize(
    ("how", "code", "errors"),
    [
        (None, 0, ""),
        (0, 0, ""),
        (1, 1, ""),
        (3, 3, ""),
        (NoVerdictError("no rule"), 3, "uts-policy: error: no rule\n"),
        (UsageError("no such rule", "look"), 2, "uts-policy: error: no such rule\nhint: look\n"),
        (KeyboardInterrupt(), 130, "uts-policy: interrupted\n"),
    ],
)
def test_an_end_becomes_an_exit_code_and_a_few_words(
    ending: Any, capfd: pytest.CaptureFixture[str], how: BaseException | int | None, code: int, errors: str
) -> None:
    assert ending(how) == code
    assert capfd.readouterr() == ("", errors)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (ValueError("seven"), "a defect of uts-policy, no verdict: ValueError: seven"),
        (EOFError(), "a defect of uts-policy, no verdict: EOFError: "),
        (RecursionError("deep"), "a defect of uts-policy, no verdict: RecursionError: deep"),
        (MemoryError(), "out of memory, no verdict"),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), "the system refused, no verdict: [Errno 32] Broken pipe"),
        (PermissionError(errno.EACCES, "Denied", "x"), "the system refused, no verdict: [Errno 13] Denied: 'x'"),
    ],
)
def test_a_fault_is_3_in_one_line_and_says_how_to_see_more(
    ending: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fault: Exception, words: str
) -> None:
    monkeypatch.delenv(TRACEBACK, raising=False)
    assert ending(fault) == 3
    assert capfd.readouterr() == (
        "",
        f"uts-policy: error: {words}\nhint: UTS_POLICY_TRACEBACK=1 shows where it arose\n",
    )


def test_a_traceback_is_shown_on_request(
    ending: Any, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(TRACEBACK, "1")
    assert ending(ValueError("seven")) == 3
    errors = capfd.readouterr().err
    assert "Traceback (most recent call last)" in errors
    assert errors.endswith("ValueError: seven\n")


def test_words_of_an_error_cannot_command_a_terminal(ending: Any, capfd: pytest.CaptureFixture[str]) -> None:
    assert ending(NoVerdictError("\x1b[31m\u202ered\nnext line")) == 3
    assert capfd.readouterr().err == "uts-policy: error: ␛[31m<U+202E right-to-left override>red\nnext line\n"
