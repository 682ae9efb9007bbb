"""A file that is there whole or not at all, for what is too long to be held in memory."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from uts_policy.model.errors import NoVerdictError, UsageError


def refuse_existing(file: Path, *, force: bool) -> None:
    """Raises UsageError where the file is there already, and nobody said that it may be replaced.

    A device or a pipe never is: what is moved into its place would be a plain file.
    """
    if file.exists() and not file.is_file():
        raise UsageError(f'"{file}" is there, and is no regular file', "name another one")
    if os.path.lexists(file) and not force:
        raise UsageError(f'"{file}" is there already', "name another file, or add --force to replace it")


@contextmanager
def appearing(file: Path, *, force: bool, mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A stream that can seek; when the body is through, what was written is `file`, flushed to the disk.

    Whatever ends the body before that leaves nothing; a kill that no program notices leaves a hidden `.tmp`, which has
    no end. `mode` is cut down by the umask. Raises UsageError where the file is there already and `force` is off.
    """
    refuse_existing(file, force=force)
    temporary = file.with_name(f".{file.name}.{os.urandom(4).hex()}.tmp")
    try:
        try:
            with os.fdopen(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, mode), "w+b") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            _move(temporary, file, force=force)
            _flush_directory(file.parent)
        except OSError as error:
            raise NoVerdictError(f'cannot write "{file}": {error.strerror or error}') from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


_BINARY = getattr(os, "O_BINARY", 0)


def _move(temporary: Path, file: Path, *, force: bool) -> None:
    """Puts the file into its place; without `force` in one step with the look whether another is there."""
    if force:
        temporary.replace(file)
        return
    try:
        os.link(temporary, file)
    except FileExistsError:
        refuse_existing(file, force=False)
        raise
    except OSError:  # NOTE: not every file system has hard links
        refuse_existing(file, force=False)
        temporary.rename(file)


def _flush_directory(directory: Path) -> None:
    """Makes the name last as well, where the system lets a directory be flushed."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
