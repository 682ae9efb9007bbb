"""An OPA server of our own: started with the rule set on a Unix socket, ended with us."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from uts_policy.common.boundary import checkout, find_program
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import RuleSet

POLL_SECONDS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnServer:
    """A running server: its socket, and the process that keeps it."""

    socket: Path
    supervisor: subprocess.Popen[bytes]

    def failure(self, wait: float = 0.0) -> str | None:
        """What the server said last, where it has ended by itself; None while it runs.

        A connection closes before the supervisor has seen why: `wait` is how many seconds it has for that.
        """
        try:
            self.supervisor.wait(wait)
        except subprocess.TimeoutExpired:
            return None
        output = self.supervisor.stdout.read() if self.supervisor.stdout else b""
        return output.decode("utf-8", "replace").strip() or "it said nothing"


def find_binary(named: str | None) -> str:
    """The path of the `opa` to start: the one named (UTS_POLICY_OPA), else the one on PATH.

    Raises:
        NoVerdictError: there is none, or this system has no Unix sockets.
    """
    if os.name == "nt":
        raise NoVerdictError(
            "engine opa cannot start a server of its own on Windows, which has no Unix sockets for it",
            "start one with `opa run --server` and name it with --opa-url",
        )
    # A file of the checkout must never run; what UTS_POLICY_OPA names is for its setter to know.
    found = shutil.which(named) if named else find_program("opa", os.environ, checkout(Path.cwd()))
    if found is None:
        where = f"{named!r}, which UTS_POLICY_OPA names," if named else '"opa"'
        raise NoVerdictError(
            f"engine opa needs an OPA binary, and {where} was not found",
            "put `opa` on PATH, name it in UTS_POLICY_OPA, name a running server with --opa-url, "
            "or use --engine embedded",
        )
    return found


def write_rule_set(directory: Path, rule_set: RuleSet) -> None:
    """The rule set as OPA loads it from a directory: policies in their folders, the digest as data."""
    for file in rule_set.files:
        # User rules may repeat a built-in path (`uts/lib/x.rego`); OPA takes every file under any name.
        target = directory / ("builtin" if file.builtin else "user") / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8")
    data = directory / "uts_ruleset" / "data.json"
    data.parent.mkdir(parents=True)
    data.write_text(json.dumps({"digest": rule_set.digest}), encoding="utf-8")


@contextlib.contextmanager
def own_server(binary: str, rule_set: RuleSet, deadline: float, memory: int) -> Iterator[OwnServer]:
    """A server with the rule set, for as long as the block runs.

    Its socket lies in a directory that only this user can enter. A supervising process ends it and removes the
    directory when this process ends, were it by SIGKILL.

    Args:
        binary: Path of `opa`.
        rule_set: What it serves.
        deadline: On the clock of `time.monotonic`.
        memory: Bytes that it may take, where the system can limit them.

    Raises:
        NoVerdictError: it did not start, or was not ready by the deadline.
    """
    command = [binary, "run", "--server", "--addr", "unix://{dir}/opa.sock", "--log-level", "error", "--log-format",
               "text", "--skip-version-check", "--shutdown-grace-period", "1", "{dir}/rules"]  # fmt: skip
    supervisor = subprocess.Popen(
        [sys.executable, "-I", "-S", str(Path(__file__).with_name("opa_supervisor.py")), str(memory), *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(os.environ),
        start_new_session=True,
    )
    try:
        directory = Path(_pipe(supervisor.stdout).readline().decode("utf-8", "surrogateescape").rstrip("\n"))
        if directory == Path():
            raise NoVerdictError("the OPA server could not be started: its supervisor ended at once")
        write_rule_set(directory / "rules", rule_set)
        go = _pipe(supervisor.stdin)
        go.write(b"\n")
        go.flush()
        server = OwnServer(socket=directory / "opa.sock", supervisor=supervisor)
        _await_socket(server, deadline)
        yield server
    finally:
        _pipe(supervisor.stdin).close()
        supervisor.wait()
        _pipe(supervisor.stdout).close()


def _await_socket(server: OwnServer, deadline: float) -> None:
    """Until the server listens: it does so after it has compiled the rules."""
    while not _listens(server.socket):
        said = server.failure()
        if said is not None:
            raise NoVerdictError(f"the OPA server did not start: {one_line(said)}")
        if time.monotonic() >= deadline:
            raise NoVerdictError(
                "the OPA server was not ready within the time limit", "give more time with --timeout SECONDS"
            )
        time.sleep(POLL_SECONDS)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except (FileNotFoundError, ConnectionRefusedError):
            return False
    return True


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """What the server needs and no more: no proxy, no token, no configuration of somebody's OPA."""
    return {name: ours[name] for name in ("HOME", "PATH", "TMPDIR", "LANG") if name in ours}


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None  # noqa: S101 - it was asked for, as PIPE
    return stream


def one_line(text: str, limit: int = 300) -> str:
    """A foreign text as part of one readable line."""
    joined = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return joined if len(joined) <= limit else joined[: limit - 1] + "…"
