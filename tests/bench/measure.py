"""Whole processes, measured: elapsed time, processor time with that of their children, and memory of all of them."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = 0.02
"""Seconds between two looks at the memory of a process and its children."""
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """What a run took: seconds on the clock, seconds of processors, bytes at its peak (0 where nobody looked)."""

    clock: float
    processor: float
    memory: int = 0
    output: str = ""

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.clock + other.clock, self.processor + other.processor, max(self.memory, other.memory))


def run(command: Sequence[str | Path], *, codes: Sequence[int] = (0,), memory: bool = False) -> Cost:
    """Runs a command to its end. Raises RuntimeError for an exit code that is none of `codes`."""
    before, start = _children(), time.perf_counter()
    process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    peak = _Peak(process.pid) if memory else None
    output, errors = process.communicate()
    clock, spent = time.perf_counter() - start, _children() - before
    if process.returncode not in codes:
        raise RuntimeError(f"{' '.join(map(str, command))}: exit {process.returncode}: {errors[-2000:]}")
    return Cost(clock, spent, peak.stop() if peak else 0, output)


def _children() -> float:
    """Seconds of processor of all children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each measure, and the last output."""
    return Cost(
        median(cost.clock for cost in costs),
        median(cost.processor for cost in costs),
        max(cost.memory for cost in costs),
        costs[-1].output,
    )


def alternate(ways: Sequence[Sequence[Sequence[str | Path]]], runs: int) -> list[Cost]:
    """The median cost of each way, A B A B. A way is a list of commands, one after the other."""
    costs: list[list[Cost]] = [[] for _ in ways]
    for _ in range(runs):
        for way, found in zip(ways, costs, strict=True):
            each = [run(command, codes=(0, 1)) for command in way]
            found.append(sum(each[1:], each[0]))
    return [middle(found) for found in costs]


class _Peak:
    """Watches the resident memory of a process and all that came from it, summed."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def stop(self) -> int:
        self._over.set()
        self._watch.join()
        return self._most

    def _look(self) -> None:
        while not self._over.wait(STEP):
            self._most = max(self._most, sum(_resident(pid) for pid in _family(self._pid)))


def _family(pid: int) -> list[int]:
    """The process and its descendants, as Linux lists them; what ends meanwhile is left out."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").glob("*/children"):
                found += map(int, task.read_text(encoding="ascii").split())
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
