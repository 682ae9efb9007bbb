"""Runs of the command without the time in which Python imports it: a process that has imported it forks for each.

Each run is a process of its own, which has not run anything before: its arguments, environment, working directory and
standard streams are those of the test, and it ends as the command does. Run as a script, this file is that process:
it reads a line of JSON for each run, and answers with a line that holds how it ended.
"""

import atexit
import gc
import importlib
import io
import json
import os
import pkgutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

CHANGING = ("PYTHONIOENCODING", "PYTHONUTF8")
"""Variables that change what is printed, of which tests take no notice."""
_AT_START = ("PYTHON", "LC_", "LANG", "MALLOC", "LD_")
"""Variables that Python looks at when it starts, and not again."""


def can_run(environment: Mapping[str, str], cwd: Path) -> bool:
    """Whether a fork behaves as a process that starts anew."""
    ours = _environment_of_server()
    names = {name for name in {*ours, *environment} if name.startswith(_AT_START)}
    return (
        Path("/proc/self/fd").is_dir()
        and cwd.is_dir()
        and all(ours.get(name) == environment.get(name) for name in names)
    )


def run(
    arguments: Sequence[str], *, cwd: Path, stdin: bytes, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """One run to its end."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        streams = [each.fileno() for each in (given, out, err)]
        server = _server(os.getpid())
        asked = {"arguments": arguments, "cwd": str(cwd), "environment": dict(environment), "of": os.getpid()}
        server.stdin.write(json.dumps({**asked, "streams": streams}).encode() + b"\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(["uts-policy", *arguments], code, out.read(), err.read())


@cache
def _environment_of_server() -> Mapping[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in CHANGING}
    return {**kept, "LC_ALL": "C.UTF-8"}


@cache
def _server(_process: int) -> Any:
    """The process that forks, for this process."""
    server = subprocess.Popen(
        [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(_environment_of_server())
    )
    atexit.register(_end, server)
    return server


def _end(server: subprocess.Popen[bytes]) -> None:
    server.stdin.close()
    server.wait()
    server.stdout.close()


def _serve() -> None:
    import uts_policy

    for module in pkgutil.walk_packages(uts_policy.__path__, "uts_policy."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(asked)
            return
        _, status = os.waitpid(child, 0)
        sys.stdout.buffer.write(b"%d\n" % os.waitstatus_to_exitcode(status))
        sys.stdout.buffer.flush()


def _become(asked: Mapping[str, Any]) -> None:
    """Makes this process, a fork, the command; ends with SystemExit."""
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    os.chdir(asked["cwd"])
    for number, stream in enumerate(asked["streams"]):
        opened = os.open(f"/proc/{asked['of']}/fd/{stream}", os.O_RDWR)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout = _text(0, "rb", "surrogateescape"), _text(1, "wb", "surrogateescape")
    sys.stderr = _text(2, "wb", "backslashreplace")
    sys.argv = ["uts-policy", *asked["arguments"]]
    from uts_policy.cli import main

    main()


def _text(number: int, mode: str, errors: str) -> io.TextIOWrapper:
    """A standard stream as Python makes it at its start, in UTF-8."""
    return io.TextIOWrapper(os.fdopen(number, mode, closefd=False), encoding="utf-8", errors=errors)


if __name__ == "__main__":
    _serve()
