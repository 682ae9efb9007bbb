"""Each rule by itself on a real OPA, in OPA's own metrics: what it does, which no other load changes, and its time."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

START = 120.0
"""Seconds that a server may take to read its bundle."""


SETTLED = 0.003
"""Seconds between two looks at what a server has spent."""
LOOKUP = 'count([1 | some a in data.uts_corpus.assignments; data.uts_corpus.roles[a.role].unit == ""]) >= 0'
"""What is linear and does nothing: one role looked up for each assignment."""


@dataclass(frozen=True)
class Work:
    """What a rule costs: steps of OPA's evaluation, which are the same in every run; seconds of processor, those of
    `LOOKUP` asked right before it, and those of a question about nothing taken off both.
    """

    steps: int
    seconds: float
    lookup: float

    def __or__(self, other: Work) -> Work:
        """The least of both: what disturbs a measurement only adds to it."""
        return Work(self.steps, min(self.seconds, other.seconds), min(self.lookup, other.lookup))


class _Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=3600)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self._path))


def profile(binary: str, bundle: Path, rules: Collection[str], folder: Path, *, times: int) -> dict[str, Work]:
    """The work of each rule, time as the least of so many `times`. `bundle` holds the corpus as `data.uts_corpus`."""
    path = folder / "opa.sock"
    command = [binary, "run", "--server", "--optimize-store-for-read-speed", "--log-level", "error"]
    with subprocess.Popen([*command, "--addr", f"unix://{path}", "-b", str(bundle)], stderr=subprocess.DEVNULL) as one:
        try:
            _wait(path)
            server = _Server(path, one.pid)
            return {rule: server.work(rule, times) for rule in rules}
        finally:
            one.terminate()
            one.wait()
            path.unlink(missing_ok=True)


def _wait(path: Path) -> None:
    end = time.monotonic() + START
    while True:
        try:
            if "result" in _ask(path, "x = data.uts_corpus.schema"):
                return
        except OSError:
            if time.monotonic() > end:
                raise
        time.sleep(0.05)


@dataclass(frozen=True)
class _Server:
    path: Path
    pid: int

    def work(self, rule: str, times: int) -> Work:
        category, _, name = rule.partition("/")
        query = f'count(data.uts.rules["{category}"]["{name}"].findings) >= 0 with input as data.uts_corpus'
        answer = _ask(self.path, query, "metrics=true&instrument=true")
        assert answer["result"], rule
        nothing, lookup, spent = (
            min(each) for each in zip(*(map(self._seconds, ("true", LOOKUP, query)) for _ in range(times)), strict=True)
        )
        return Work(_steps(answer["metrics"]), spent - nothing, lookup - nothing)

    def _seconds(self, query: str) -> float:
        """Seconds of processor that the server takes for a question: who else uses the machine is not in them."""
        before = self._spent()
        _ask(self.path, query)
        return self._spent() - before

    def _spent(self) -> float:
        """NOTE: a thread that still runs is behind with its account, so until it stands still."""
        last, now = -1, self._account()
        while now != last:
            time.sleep(SETTLED)
            last, now = now, self._account()
        return now / 1e9

    def _account(self) -> int:
        """Nanoseconds that all threads have run."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text(encoding="ascii").split()[0]) for task in tasks)


def _steps(metrics: dict[str, Any]) -> int:
    """How often the evaluator did anything that it counts: values put in, calls, rules and caches looked up."""
    counters = (value for name, value in metrics.items() if name.startswith("counter_eval_op_"))
    histograms = (value["count"] for name, value in metrics.items() if name.startswith("histogram_eval_op_"))
    return sum(counters) + sum(histograms)


def _ask(path: Path, query: str, options: str = "") -> dict[str, Any]:
    connection = _Connection(path)
    try:
        connection.request("POST", f"/v1/query?{options}", json.dumps({"query": query}))
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()
