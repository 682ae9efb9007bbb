"""The time limit of a whole run: reading, both sides of a comparison, the rules, their answer, the report.

An engine bounds its own work; this bounds all else too, wherever the run is when the time is up.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from uts_policy.cli.app import Terminated
from uts_policy.model.errors import Exit, NoVerdictError


class TimeUp(Terminated):
    """The time is up. Not an `Exception`, as for a signal: a parser's "whatever goes wrong here" must not hide it."""

    def __init__(self) -> None:
        BaseException.__init__(self, "the time is up")
        self.code = Exit.NO_VERDICT


class TimeLimit:
    """Seconds that a run may take from its construction on; `allow` changes them once the configuration is read.

    `what` is what takes the time, as messages call it. Works in the main thread; elsewhere, as in a test, only what the
    engine bounds itself is bounded.
    """

    def __init__(self, seconds: float | None, what: str = "the check") -> None:
        self.said = seconds
        self._what = what
        from uts_policy.common.fields import default_timeout

        self._seconds = default_timeout() if seconds is None else seconds
        self._started = time.monotonic()
        self._doing = "reading"
        self._running = False
        self._timer: threading.Timer | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Raises NoVerdictError, saying what was being done, where the body takes longer."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(_SIGNAL, self._ring)
        try:
            try:
                self._running = True
                self._arm()
                yield
            finally:
                self._running = False
                self._disarm()
                signal.signal(_SIGNAL, before)
        except TimeUp as up:
            raise NoVerdictError(
                f"{self._what} took longer than {self._seconds:g} s and was stopped while {self._doing}",
                "Allow more with --timeout; `check --profile-rules` then shows how long each rule takes.",
            ) from up

    def allow(self, seconds: float, *, afresh: bool = False) -> None:
        """So many seconds in all; `afresh`, from now on."""
        self._seconds = seconds
        if afresh:
            self._started = time.monotonic()
        if self._running:
            self._disarm()
            self._arm()

    def noting(self, notify: Callable[[str], None]) -> Callable[[str], None]:
        """`notify`, which from now on tells this limit too what is being done."""

        def note(doing: str) -> None:
            self._doing = doing
            notify(doing)

        return note

    def _arm(self) -> None:
        left = max(self._started + self._seconds - time.monotonic(), 0.001)
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, min(left, _LONGEST))
        else:  # Windows: nothing there interrupts a wait, but ours are short
            self._timer = threading.Timer(min(left, _LONGEST), lambda: signal.raise_signal(_SIGNAL))
            self._timer.daemon = True
            self._timer.start()

    def _disarm(self) -> None:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        elif self._timer is not None:
            self._timer.cancel()

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self._running:
            self._running = False
            raise TimeUp


_SIGNAL: signal.Signals = getattr(signal, "SIGALRM", None) or signal.Signals["SIGBREAK"]
_LONGEST = threading.TIMEOUT_MAX
"""Seconds that a timer can wait."""
