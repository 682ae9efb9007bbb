"""Runs one OPA server for one parent, and ends with it, however the parent ends. Run as a script.

The parent holds the other end of standard input. While it is open, the server may run; when it closes, because the
parent closed it or was killed, the server is ended and the private directory removed. Nothing needs to be told.

Arguments: the bytes of memory that the command may take, then the command, in which `{dir}` stands for the directory.

Protocol: prints the path of the private directory; waits for a line on standard input; starts the command; when it ends
by itself, prints the end of its log, or where its memory ran out, "out of memory".
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
OUT_OF_MEMORY = "out of memory"
# NOTE: a Unix socket's path has room for 104 bytes on macOS and 108 on Linux, so a deep TMPDIR cannot be used.
LONGEST_DIRECTORY = 80


def private_directory() -> str:
    """A new directory that only this user can enter, with a path short enough for a socket."""
    path = tempfile.mkdtemp(prefix="uts-opa-")
    if len(os.fsencode(path)) <= LONGEST_DIRECTORY:
        return path
    os.rmdir(path)  # noqa: PTH106 - no pathlib: this script starts in milliseconds
    return tempfile.mkdtemp(prefix="uts-opa-", dir="/tmp")


def limit_opa(most: int) -> None:
    """Let OPA take `most` bytes, where the system can limit that."""
    # NOTE: the directory above the package; this script starts without the site packages.
    sys.path.insert(0, __file__.rpartition("uts_policy")[0])
    from uts_policy.common.confine import limit_memory  # noqa: PLC0415 - found only now

    limit_memory(most, "RLIMIT_DATA")  # not RLIMIT_AS: Go reserves far more addresses than it uses
    # The collector works harder in time, instead of leaving waste until there is no room.
    os.environ["GOMEMLIMIT"] = str(most * 9 // 10)


def last_words(log: bytes) -> str:
    """What a log says of why its program ended: Go writes pages of stacks below "out of memory"."""
    text = log.decode("utf-8", "replace")
    if any(words in text for words in (OUT_OF_MEMORY, "cannot allocate memory", "errno=12")):
        return OUT_OF_MEMORY
    return text[-LOG_TAIL:]


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
        sys.stdout.write(last_words(written.read()))
        with contextlib.suppress(BrokenPipeError):
            sys.stdout.flush()


def main() -> None:
    """Make the directory, wait for the word to start, serve, clean up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    limit_opa(int(sys.argv[1]))
    directory = private_directory()
    try:
        print(directory, flush=True)  # noqa: T201 - the protocol
        # NOTE: not sys.stdin, whose buffer could swallow what the thread waits for.
        if os.read(0, 1):
            serve(directory, [argument.replace("{dir}", directory) for argument in sys.argv[2:]])
    except BrokenPipeError:
        pass
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
