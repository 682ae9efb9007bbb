"""The parent's side of the embedded engine: starts the worker, talks to it, and ends it come what may."""

import importlib.util
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from uts_policy.common.confine import allowed_memory
from uts_policy.engine.result import MOST_ANSWERED, OverLimitError, too_long
from uts_policy.model.errors import NoVerdictError

WORKER = Path(__file__).with_name("worker.py")

GRACE = 10.0
"""Seconds beyond the time limit after which a worker ends by itself, should its parent have been killed."""

MEMORY = 4 * 2**30
"""Bytes that a worker may take, where the system can limit them: 100,000 roles need 1.8 GiB."""

_SLICE = 0.1  # NOTE: on Windows a wait does not notice Ctrl-C, so it has to be short
_FAREWELL = 5.0  # seconds from the last answer to the end of the process, which says why it ended
_LONGEST_HEADER = 100
_ANSWERED = frozenset({"query", "timed", "prints", "report", "syntax"})
_MORE_MEMORY = (
    "Check fewer paths, or repair the rule that needs it (`--rule` runs one by itself); "
    "UTS_POLICY_ENGINE_MEMORY=8 allows 8 GiB."
)
_OTHER_ENGINE = "Use `--engine opa` with an `opa` binary on PATH, or name a server with `--opa-url`."
_ENDED = {getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP", "SIGINT", "SIGQUIT")}
"""Signals that somebody sends, and no fault of a program."""
_NO_MEMORY = ("memory allocation of", "MemoryError", "Cannot allocate memory", "failed to map segment")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerAnswer:
    """What the worker said to one question: JSON, or, where `ok` is false, the engine's own words.

    `refused` is an answer to no question: a policy or document did not parse, and nothing after it was read.
    """

    ok: bool
    text: str
    refused: bool = False


def converse(
    frames: Iterable[tuple[str, str]], *, timeout: float, limit: float | None = None, memory: int = MEMORY
) -> tuple[WorkerAnswer, ...]:
    """Put `frames` (name, body) to a worker of their own and return its answers, one for each frame that has one.

    Where a policy or document is refused the last answer is that refusal, and answers to what follows are missing.
    Frames are let go of as they are sent. Raises NoVerdictError where the worker cannot start, dies, takes longer than
    `timeout` seconds or more than `memory` bytes, answers more than MOST_ANSWERED bytes or stops short of an answer.
    However this ends, the worker has ended too. `limit` is what the user allowed, where `timeout` is what earlier
    conversations have left of it.
    """
    deadline = time.monotonic() + timeout
    memory = allowed_memory(memory)
    queue = deque(frames)
    expected = sum(name in _ANSWERED for name, _ in queue)
    with tempfile.TemporaryFile() as errors:
        process = _start(timeout, memory, errors)
        pipe = process.stdout
        assert pipe is not None  # noqa: S101 - it was asked for
        answers: list[WorkerAnswer] = []
        too_much = threading.Event()
        reader = threading.Thread(target=_receive, args=(pipe, answers, too_much), daemon=True)
        writer = threading.Thread(target=_send, args=(process, queue), daemon=True)
        try:
            reader.start()
            writer.start()
            while reader.is_alive() and time.monotonic() < deadline:
                reader.join(_SLICE)
            late = reader.is_alive()
            if not late and not too_much.is_set():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_FAREWELL)
        finally:
            process.kill()
            process.wait()
            for thread in (writer, reader):
                if thread.ident is not None:  # Ctrl-C may come before they start
                    thread.join()
            pipe.close()
        if late:
            raise NoVerdictError(
                f"the rules took longer than {limit or timeout:g} s and were stopped",
                "Allow more with --timeout, or see with `check --profile-rules` which rule needs it.",
            )
        if too_much.is_set():
            raise too_long(MOST_ANSWERED)
        refused = bool(answers) and answers[-1].refused
        if len(answers) < expected and not refused:
            errors.seek(0)
            raise _death(process.returncode, errors.read().decode("utf-8", "replace"), memory)
        return tuple(answers)


def _start(timeout: float, memory: int, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-S", str(WORKER), str(site()), str(timeout + GRACE), str(memory)]
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,  # Ctrl-C goes to the parent alone, which then kills
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # the same on Windows
        )
    except OSError as error:
        raise NoVerdictError(f"the embedded engine's process cannot be started: {error.strerror}") from error


def site() -> Path:
    """The directory that holds the engine's package. Raises NoVerdictError where there is none."""
    found = importlib.util.find_spec("regorus")
    if found is None or found.origin is None:
        raise NoVerdictError("the embedded engine (gordon-to-regorus) is not installed", _OTHER_ENGINE)
    return Path(found.origin).parent.parent


def version() -> str:
    """The installed engine's version, from the name of its metadata: asking importlib.metadata takes longer."""
    for folder in site().glob("gordon_to_regorus-*.dist-info"):
        return folder.name.removesuffix(".dist-info").partition("-")[2]
    return "unknown"


def _send(process: subprocess.Popen[bytes], queue: deque[tuple[str, str]]) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for
    try:
        with process.stdin as pipe:
            while queue:
                name, body = queue.popleft()
                data = body.encode("utf-8", "surrogatepass")
                body = ""  # one copy of a large corpus is enough
                pipe.write(b"%s %d\n" % (name.encode(), len(data)))
                pipe.write(data)
            pipe.write(b"end 0\n")
    except OSError:
        return  # the worker has gone; what is missing of its answers tells


def _receive(pipe: IO[bytes], answers: list[WorkerAnswer], too_much: threading.Event) -> None:
    """Read answers until there are no more, or more than MOST_ANSWERED bytes: those are not even read."""
    left = MOST_ANSWERED
    while header := pipe.readline(_LONGEST_HEADER).split():
        kind, length = header[0], int(header[1])
        left -= length
        if left < 0:
            too_much.set()
            return
        data = pipe.read(length)
        if len(data) < length:
            return
        answers.append(WorkerAnswer(ok=kind == b"ok", refused=kind == b"refused", text=data.decode("utf-8")))
        data = b""  # one copy of a large answer is enough


def out_of_memory(what: str, memory: int) -> OverLimitError:
    """What is to be told where an engine took all of the bytes that it may take."""
    return OverLimitError(f"{what} ran out of memory: it may take {memory / 2**30:.3g} GiB", _MORE_MEMORY)


def _death(code: int, errors: str, memory: int) -> NoVerdictError:
    if any(word in errors for word in _NO_MEMORY):
        return out_of_memory("the embedded engine", memory)
    if code < 0 and -code == getattr(signal, "SIGKILL", None):
        return NoVerdictError(
            "the embedded engine was killed from outside, as systems do when memory runs out", _MORE_MEMORY
        )
    if code < 0 and -code in _ENDED:
        return NoVerdictError(
            f"the embedded engine was ended from outside ({signal.Signals(-code).name})",
            "Run it again: the rules and the declarations did not do this.",
        )
    if code < 0:
        return NoVerdictError(f"the embedded engine crashed ({signal.Signals(-code).name})", _OTHER_ENGINE)
    last = next((line.strip() for line in reversed(errors.splitlines()) if line.strip()), "it gave no reason")
    if "ImportError" in last or "ModuleNotFoundError" in last:
        return NoVerdictError(f"the embedded engine does not run on this system: {last}", _OTHER_ENGINE)
    return NoVerdictError(f"the embedded engine ended without an answer (exit {code}): {last}", _OTHER_ENGINE)
