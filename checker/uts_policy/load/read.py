"""One file's bytes: read without ever waiting for a pipe, and never more of them than the limit."""

import os
import stat
from hashlib import sha256
from pathlib import Path

from uts_policy.model.document import FoundFile, Source
from uts_policy.model.finding import Problem
from uts_policy.model.place import START, Location

MAX_BYTES = 16 * 1024 * 1024
"""16 MiB: the largest file that is read."""

PERMISSION_REMEDY = "Give the account that runs the check the right to read it, or exclude it in the configuration."

_UTF8_BOM = b"\xef\xbb\xbf"

_KINDS = (
    (stat.S_ISDIR, "a directory"),
    (stat.S_ISFIFO, "a named pipe (FIFO)"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)

# NOTE: opening a FIFO for reading waits for a writer, for ever if need be; with O_NONBLOCK it does not.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read(found: FoundFile) -> Source | Problem:
    """The file's bytes and text, or why there are none (`yaml/unreadable`, `yaml/limit`)."""
    try:
        # What is no file need not be opened to be named, and a socket cannot be.
        mode = found.path.stat().st_mode
        if not stat.S_ISREG(mode):
            return _not_a_file(found.name, mode)
        data = _bytes(found.path)
    except OSError as error:
        return unreadable(found.name, *_words(error))
    return to_source(found.name, data)


def _bytes(path: Path) -> bytes:
    """The bytes of a file, one more than the limit at most; of a pipe that took a file's place just now, none."""
    descriptor = os.open(path, _FLAGS)
    try:
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1) or b""
    finally:
        os.close(descriptor)


def to_source(name: str, data: bytes) -> Source | Problem:
    """The bytes of a file, whether from disk or from git, as a Source; `yaml/limit` where there are too many.

    A UTF-8 byte order mark is not part of the text; where the bytes are not UTF-8, the text is empty.
    """
    if len(data) > MAX_BYTES:
        return Problem(
            rule="yaml/limit",
            message="the file is larger than 16 MiB, the most that is read",
            remediation="Split the file: all files of a check are one corpus.",
            location=Location(file=name, span=START),
            problem="size",
        )
    try:
        text = data.removeprefix(_UTF8_BOM).decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    return Source(path=name, data=data, sha256=sha256(data).hexdigest(), text=text)


def unreadable(name: str, message: str, remediation: str) -> Problem:
    """A `yaml/unreadable` finding on a file or directory as a whole."""
    return Problem(
        rule="yaml/unreadable",
        message=message,
        remediation=remediation,
        location=Location(file=name, span=START),
        problem=message,
    )


def _not_a_file(name: str, mode: int) -> Problem:
    kind = next((words for test, words in _KINDS if test(mode)), "no regular file")
    remedy = "Remove it, rename it so that it does not end in .yaml or .yml, or exclude it in the configuration."
    return unreadable(name, f"this is {kind}, not a file", remedy)


def _words(error: OSError) -> tuple[str, str]:
    """Message and remedy for a file that cannot be read."""
    if isinstance(error, PermissionError):
        return "this cannot be read: permission denied", PERMISSION_REMEDY
    if isinstance(error, FileNotFoundError):
        gone = "the file is gone: it was there when the directory was listed"
        return gone, "Run the check again once nothing changes the directory."
    return f"this cannot be read: {error.strerror or error}", "Make it readable, or exclude it in the configuration."
