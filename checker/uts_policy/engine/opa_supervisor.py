"""Runs one OPA server for one parent, and ends with it, however the parent ends. Stands alone: run as a script.

The parent holds the other end of standard input. While it is open, the server may run; when it closes, because the
parent closed it or was killed, the server is ended and the private directory removed. Nothing needs to be told.

Protocol: prints the path of the private directory; waits for a line on standard input; starts the command given as
arguments, in which `{dir}` stands for that directory; when the command ends by itself, prints the end of its log.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading

LOG_TAIL = 4000
# NOTE: a Unix socket's path has room for 104 bytes on macOS and 108 on Linux, so a deep TMPDIR cannot be used.
LONGEST_DIRECTORY = 80


def private_directory() -> str:
    """A new directory that only this user can enter, with a path short enough for a socket."""
    path = tempfile.mkdtemp(prefix="uts-opa-")
    if len(os.fsencode(path)) <= LONGEST_DIRECTORY:
        return path
    os.rmdir(path)  # noqa: PTH106 - no pathlib: this script starts in milliseconds
    return tempfile.mkdtemp(prefix="uts-opa-", dir="/tmp")


def serve(directory: str, command: list[str]) -> None:
    """Run the command until it ends or standard input closes."""
    log_path = os.path.join(directory, "opa.log")  # noqa: PTH118 - likewise
    with open(log_path, "wb") as log:  # noqa: PTH123 - likewise
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def end_with_parent() -> None:
        while os.read(0, 4096):
            pass
        with contextlib.suppress(ProcessLookupError):
            child.kill()

    threading.Thread(target=end_with_parent, daemon=True).start()
    child.wait()
    with open(log_path, "rb") as written:  # noqa: PTH123 - likewise
        sys.stdout.write(written.read().decode("utf-8", "replace")[-LOG_TAIL:])
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.flush()


def main() -> None:
    """Make the directory, wait for the word to start, serve, clean up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    directory = private_directory()
    try:
        print(directory, flush=True)  # noqa: T201 - the protocol
        # NOTE: not sys.stdin, whose buffer could swallow what the thread waits for.
        if os.read(0, 1):
            serve(directory, [argument.replace("{dir}", directory) for argument in sys.argv[1:]])
    except BrokenPipeError:
        pass
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
