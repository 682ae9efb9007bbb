"""Where output goes: standard streams, and files that appear together or not at all."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from uts_policy.common.sanitise import disarmed
from uts_policy.model.errors import NoVerdictError


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Bytes and the file they belong in; no file is standard output. `append` adds them to what the file holds."""

    file: Path | None
    data: bytes
    append: bool = False


def say(text: str) -> None:
    """A line for a person on standard error; where that is closed, nobody listens."""
    if not all(line.isprintable() for line in text.split("\n")):
        from uts_policy.common.sanitise import visible

        text = "\n".join(visible(line) for line in text.split("\n"))
    text = disarmed(text, "text")
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def encoded(text: str | bytes, shape: str, encoding: str = "utf-8") -> bytes:
    """Text as bytes, with no command for a CI system in it. Every output of text goes through here.

    `shape` is the name of its format. What the encoding lacks, half a surrogate too, becomes the escape that JSON and
    Python share.
    """
    if isinstance(text, bytes):
        return text
    return disarmed(text, shape).encode(encoding, "backslashreplace")


def write(data: bytes) -> None:
    """Writes to standard output. A reader that has gone is no fault; a full disk is one.

    Raises NoVerdictError.
    """
    try:
        stream = sys.stdout.buffer
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        _silence()
    except (OSError, ValueError, AttributeError) as error:
        _silence()
        raise NoVerdictError(f"cannot write to standard output: {_reason(error)}") from error


def _silence() -> None:
    """Lets what standard output still holds go nowhere: at its end the interpreter flushes it, and would fail again."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def publish(outputs: Sequence[Output]) -> None:
    """Writes all outputs: each file beside its place first, then standard output, then all files into place.

    Raises NoVerdictError, and then none of the files is there.
    """
    staged: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        for output in outputs:
            if output.file is not None and not output.append and _replaceable(output.file):
                staged.append((_stage(output.file, output.data), output.file))  # noqa: PERF401 - each as it comes: a later one may fail
        for output in outputs:
            _write_directly(output)
        for temporary, file in staged:
            with _naming(file):
                temporary.replace(_real(file))
            placed.append(file)
    except BaseException:
        for path in (*(temporary for temporary, _ in staged), *map(_real, placed)):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def withdraw(files: Iterable[Path]) -> None:
    """Removes the outputs of an earlier run: what is not a verdict of this run must not be taken for one.

    Raises NoVerdictError where one cannot be removed, for then it would be believed.
    """
    for file in files:
        if _replaceable(file):
            with _naming(file, "remove the earlier"):
                _real(file).unlink(missing_ok=True)


@contextmanager
def _naming(file: Path, doing: str = "write") -> Iterator[None]:
    """Turns what the system says into NoVerdictError, with the name that the user gave."""
    try:
        yield
    except OSError as error:
        raise NoVerdictError(f'cannot {doing} "{file}": {_reason(error)}') from error


def _write_directly(output: Output) -> None:
    """Writes what has no place to be moved to: standard output, a device, a pipe, the end of a file."""
    if output.file is None:
        write(output.data)
    elif output.append:
        with _naming(output.file), output.file.open("ab") as stream:
            stream.write(output.data)
    elif not _replaceable(output.file):
        with _naming(output.file):
            output.file.write_bytes(output.data)


def _stage(file: Path, data: bytes) -> Path:
    real = _real(file)
    temporary = real.with_name(f".{real.name}.{os.urandom(4).hex()}.tmp")
    try:
        with _naming(file), temporary.open("xb") as stream:
            stream.write(data)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _real(file: Path) -> Path:
    """Where a symbolic link leads: the file is replaced, not the link."""
    return Path(os.path.realpath(file))


def _replaceable(file: Path) -> bool:
    """Whether `file` is a regular file or nothing yet: a device or a pipe is written to, never replaced or removed."""
    return file.is_file() or not file.exists()


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is closed"
