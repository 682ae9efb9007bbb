"""The limit of a whole run stops it wherever it is."""

import signal
import time

import pytest

from uts_policy.cli.time_limit import TimeLimit
from uts_policy.model.errors import Exit, NoVerdictError

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="rings by an interval timer")


def busy(seconds: float = 30) -> None:
    """Work that takes every fault of its own for a fault of its input, as a parser does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001, S112 - that is the point
            continue


def refusal(limit: TimeLimit) -> str:
    with pytest.raises(NoVerdictError) as caught, limit.running():
        busy()
    assert caught.value.exit is Exit.NO_VERDICT
    return caught.value.message


def test_work_that_takes_too_long_is_stopped_whatever_it_catches() -> None:
    assert refusal(TimeLimit(0.05)) == "the check took longer than 0.05 s and was stopped while reading"


def test_it_is_said_what_was_being_done() -> None:
    limit, heard = TimeLimit(0.05), []
    limit.noting(heard.append)("counting")
    assert refusal(limit) == "the check took longer than 0.05 s and was stopped while counting"
    assert heard == ["counting"]


def test_a_wait_is_stopped_too() -> None:
    with pytest.raises(NoVerdictError), TimeLimit(0.05).running():
        time.sleep(30)


def test_what_the_configuration_allows_counts_from_the_start_of_the_run() -> None:
    limit = TimeLimit(None)
    time.sleep(0.1)
    limit.allow(0.05)
    begin = time.monotonic()
    assert refusal(limit) == "the check took longer than 0.05 s and was stopped while reading"
    assert time.monotonic() - begin < 10  # seconds: those that are usual without a configuration are 60


def changed_under_way(limit: TimeLimit) -> None:
    with limit.running():
        limit.allow(0.05)
        busy()


def test_what_the_configuration_allows_replaces_the_limit_that_runs() -> None:
    with pytest.raises(NoVerdictError, match=r"longer than 0\.05 s"):
        changed_under_way(TimeLimit(None))


def test_time_that_is_allowed_afresh_counts_from_now_on() -> None:
    limit = TimeLimit(10)
    with limit.running():
        time.sleep(0.1)
        limit.allow(0.09, afresh=True)
        reached = True
    assert reached


def test_nothing_rings_after_the_run() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with TimeLimit(0.05).running():
        pass
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before
    time.sleep(0.1)
