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

from uts_policy.model.errors import NoVerdictError

WORKER = Path(__file__).with_name("worker.py")

GRACE = 10.0
"""Seconds beyond the time limit after which a worker ends by itself, should its parent have been killed."""

_SLICE = 0.1  # NOTE: on Windows a wait does not notice Ctrl-C, so it has to be short
_FAREWELL = 5.0  # seconds from the last answer to the end of the process, which says why it ended
_ANSWERED = frozenset({"query", "timed", "prints", "report", "syntax"})
_OTHER_ENGINE = "Use `--engine opa` with an `opa` binary on PATH, or name a server with `--opa-url`."
_MEMORY = ("memory allocation of", "MemoryError", "Cannot allocate memory", "failed to map segment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the worker said to one question: JSON, or, where `ok` is false, the engine's own words.

    `refused` is an answer to no question: a policy or document did not parse, and nothing after it was read.
    """

    ok: bool
    text: str
    refused: bool = False


def converse(frames: Iterable[tuple[str, str]], *, timeout: float, limit: float | None = None) -> tuple[Answer, ...]:
    """Put `frames` (name, body) to a worker of their own and return its answers, one for each frame that has one.

    Where a policy or document is refused the last answer is that refusal, and answers to what follows are missing.
    Frames are let go of as they are sent. Raises NoVerdictError where the worker cannot start, dies, takes longer than
    `timeout` seconds or stops short of an answer. However this ends, the worker has ended too. `limit` is what the
    user allowed, where `timeout` is what earlier conversations have left of it.
    """
    deadline = time.monotonic() + timeout
    queue = deque(frames)
    expected = sum(name in _ANSWERED for name, _ in queue)
    with tempfile.TemporaryFile() as errors:
        process = _start(timeout, errors)
        pipe = process.stdout
        assert pipe is not None  # noqa: S101 - it was asked for
        chunks: list[bytes] = []
        reader = threading.Thread(target=lambda: chunks.append(pipe.read()), daemon=True)
        writer = threading.Thread(target=_send, args=(process, queue), daemon=True)
        try:
            reader.start()
            writer.start()
            while reader.is_alive() and time.monotonic() < deadline:
                reader.join(_SLICE)
            late = reader.is_alive()
            if not late:
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
        answers = _answers(chunks.pop())
        refused = bool(answers) and answers[-1].refused
        if len(answers) < expected and not refused:
            errors.seek(0)
            raise _death(process.returncode, errors.read().decode("utf-8", "replace"))
        return answers


def _start(timeout: float, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-S", str(WORKER), str(site()), str(timeout + GRACE)]
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


def _answers(data: bytes) -> tuple[Answer, ...]:
    found: list[Answer] = []
    position = 0
    while (line_end := data.find(b"\n", position)) >= 0:
        kind, length = data[position:line_end].split()
        position = line_end + 1 + int(length)
        if position > len(data):
            break
        found.append(
            Answer(ok=kind == b"ok", refused=kind == b"refused", text=data[line_end + 1 : position].decode("utf-8"))
        )
    return tuple(found)


def _death(code: int, errors: str) -> NoVerdictError:
    if any(word in errors for word in _MEMORY):
        return NoVerdictError("the embedded engine ran out of memory", "Give it more memory, or check fewer paths.")
    if code < 0 and -code == getattr(signal, "SIGKILL", None):
        return NoVerdictError(
            "the embedded engine was killed from outside, as systems do when memory runs out",
            "Give it more memory, or check fewer paths.",
        )
    if code < 0:
        return NoVerdictError(f"the embedded engine crashed ({signal.Signals(-code).name})", _OTHER_ENGINE)
    last = next((line.strip() for line in reversed(errors.splitlines()) if line.strip()), "it gave no reason")
    if "ImportError" in last or "ModuleNotFoundError" in last:
        return NoVerdictError(f"the embedded engine does not run on this system: {last}", _OTHER_ENGINE)
    return NoVerdictError(f"the embedded engine ended without an answer (exit {code}): {last}", _OTHER_ENGINE)
