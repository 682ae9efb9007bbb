"""Where output goes: standard streams, and files that appear whole and together, or not at all."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import click

from uts_policy.common.boundary import leads_out
from uts_policy.common.sanitise import disarmed
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.render.interface import PLAIN_WIDTH, Style

TOP = 20
"""Causes that a terminal shows where nobody says how many."""
NARROWEST = 40
"""Columns below which an excerpt says nothing any more."""


def style_for(color: str, *, to_file: bool = False, verbose: bool = False, top: int | None = None) -> Style:
    """The style for standard output, or for a file. `color` is auto, always or never; no `top`: on a terminal `TOP`."""
    terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
    columns = PLAIN_WIDTH if to_file else shutil.get_terminal_size((PLAIN_WIDTH, 0)).columns
    return Style(
        width=max(columns, NARROWEST),
        color=color == "always" or (color == "auto" and terminal and _colour_is_welcome()),
        unicode=to_file or sys.stdout is None or (sys.stdout.encoding or "").lower().startswith("utf"),
        verbose=verbose,
        top=TOP if top is None and terminal and not verbose else top,
    )


def _colour_is_welcome() -> bool:
    # NOTE: an older console of Windows prints the sequences as they are; the newer one names its session.
    capable = os.name != "nt" or "WT_SESSION" in os.environ
    return capable and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Bytes and the file they belong in; no file is standard output.

    `append` adds them to what the file holds, `keep_mode` keeps the permissions of the file that they replace.
    """

    file: Path | None
    data: bytes
    append: bool = False
    keep_mode: bool = False


def say(text: str) -> None:
    """A line for a person on standard error; where that is closed, nobody listens."""
    if not all(line.isprintable() for line in text.split("\n")):
        from uts_policy.common.sanitise import visible

        text = "\n".join(visible(line) for line in text.split("\n"))
    text = disarmed(text, "text")
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def encoded(text: str | bytes, syntax: str, encoding: str = "utf-8") -> bytes:
    """Text as bytes, with no command for a CI system in it. Every output of text goes through here.

    `syntax` is one of those of `sanitise.disarmed`. What the encoding lacks, half a surrogate too, becomes the escape
    that JSON and Python share.
    """
    if isinstance(text, bytes):
        return text
    return disarmed(text, syntax).encode(encoding, "backslashreplace")


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
    replaced = [each for each in outputs if each.file is not None and not each.append and _replaceable(each.file)]

    def write_others() -> None:
        for output in outputs:
            _write_directly(output)

    place(replaced, meanwhile=write_others, undo=lambda each: real_path(each).unlink(missing_ok=True))


def place(
    outputs: Sequence[Output],
    *,
    undo: Callable[[Path], None],
    meanwhile: Callable[[], None] = lambda: None,
    refuse: Callable[[Path], None] = lambda _: None,
) -> None:
    """Writes each file beside its place, then moves all of them there; `meanwhile` comes between the two.

    `refuse` raises if a file must not be replaced, and is asked before each of the two steps. If anything fails, `undo`
    is called for each file that was moved, and nothing is left beside one. Raises NoVerdictError.
    """
    staged: list[tuple[Path, Path]] = []
    placed: list[Path] = []
    try:
        for output in outputs:
            if output.file is not None:
                refuse(output.file)
                staged.append((_stage(output.file, output.data, keep_mode=output.keep_mode), output.file))
        meanwhile()
        for temporary, file in staged:
            refuse(file)
            with _naming(file):
                temporary.replace(real_path(file))
            placed.append(file)
    except BaseException:
        for file in placed:
            with suppress(OSError, NoVerdictError):
                undo(file)
        raise
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def withdraw(files: Iterable[Path]) -> None:
    """Removes the outputs of an earlier run: what is not a verdict of this run must not be taken for one.

    Raises NoVerdictError where one cannot be removed, for then it would be believed.
    """
    for file in files:
        if _replaceable(file):
            with _naming(file, "remove the earlier"):
                real_path(file).unlink(missing_ok=True)


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


def _stage(file: Path, data: bytes, *, keep_mode: bool = False) -> Path:
    """The data in a file of its own beside the place it is for. Raises NoVerdictError."""
    real = real_path(file)
    temporary = _beside(real)
    try:
        with _naming(file), temporary.open("xb") as stream:
            stream.write(data)
        if keep_mode:
            with suppress(OSError):  # a file system without permissions
                shutil.copymode(real, temporary)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    return temporary


def _beside(file: Path) -> Path:
    """A name that nothing has, in the directory of the file."""
    return file.with_name(f".{file.name}.{os.urandom(4).hex()}.tmp")


def real_path(file: Path) -> Path:
    """Where a symbolic link leads: the file is replaced, not the link."""
    return Path(os.path.realpath(file))


def _replaceable(file: Path) -> bool:
    """Whether `file` is a regular file or nothing yet: a device or a pipe is written to, never replaced or removed."""
    return file.is_file() or not file.exists()


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "it is closed"


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
    temporary = _beside(file)
    try:
        with _naming(file):
            with os.fdopen(os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, mode), "w+b") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            _move(temporary, file, force=force)
            _flush_directory(file.parent)
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


_READ = frozenset({".yaml", ".yml", ".rego"})
"""The endings of declarations, configuration, baselines and rules. No format that we write has one of them."""


class OutputPath(click.Path):
    """The type of an option that names a file to write."""

    def __init__(self, *, allow_dash: bool = False, report: bool = False) -> None:
        super().__init__(dir_okay=False, allow_dash=allow_dash, path_type=Path)
        self.report = report
        """Whether it says what a run found, so that an older one must not outlive a run that found nothing out.

        Off for what is worth keeping by itself: a bag, a bundle, a key.
        """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's signature
        """The path, unless it has the name of something that is read."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        why = refusal(path)
        if why:
            self.fail(f"{why}.", param, ctx)
        return path


def refusal(file: Path) -> str:
    """Why nothing may be written to `file`; empty where it may."""
    if leads_out(file):
        # A change can put a link in the place of a report, and what it leads to would be overwritten.
        return f'"{file}" is or lies behind a link that leaves its repository'
    endings = {path.suffix.lower() for path in (file, real_path(file))} & _READ
    if not endings:
        return ""
    return f'"{file}" has the name of a declaration or a rule ({min(endings)}), which a report would replace'


def refuse_inputs(ctx: click.Context) -> None:
    """Raises UsageError where the command is to write what it reads: it would be gone, whatever came of the run."""
    read, write = [], []
    for param in ctx.command.params:
        values = ctx.params.get(param.name or "")
        for value in values if isinstance(values, tuple) else (values,):
            if isinstance(param.type, OutputPath):
                write += [value] if isinstance(value, Path) else []
            elif isinstance(value, Path):
                read.append(value)
            elif isinstance(file := getattr(value, "file", None), Path):
                write.append(file)
    inputs = {real_path(path): path for path in _files(read)}
    for file in write:
        if real_path(file) in inputs:
            raise click.UsageError(
                f'"{file}" is read by this command, and what it writes would replace it; write to another file.', ctx
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOutput:
    """A report that the command line names: its format, empty where an option of its own says that, and its file."""

    format: str
    path: Path | None
    """None for standard output."""


def named_outputs(command: click.Command, arguments: Sequence[str]) -> tuple[NamedOutput, ...]:
    """The reports that the arguments of a command name, as far as they can be told where these are wrong.

    What another argument names as well is left out: it may be what the command reads. So is what has the name of a
    declaration or a rule, to which no report is ever written.
    """
    given = list(_given(command, arguments))
    read = {real_path(Path(word)) for word in _others(given, arguments)}
    return tuple(
        each
        for each in (output for _, output in given)
        if each.path is None or (not refusal(each.path) and real_path(each.path) not in read)
    )


def _given(command: click.Command, arguments: Sequence[str]) -> Iterator[tuple[int, NamedOutput]]:
    """Each report with the place of the argument that names it."""
    options = {
        name: param
        for param in command.params
        if param.name == "formats" or (isinstance(param.type, OutputPath) and param.type.report)
        for name in param.opts
    }
    for place, word in enumerate(arguments):
        if word == "--":
            return
        name, equals, value = word.partition("=")
        if word in options and place + 1 < len(arguments):
            name, place, value = word, place + 1, arguments[place + 1]  # noqa: PLW2901 - the next word is its value
        elif not (equals and name in options):
            continue
        kind, colon, file = value.partition(":") if options[name].name == "formats" else ("", "", value)
        if colon and not file:
            continue
        yield place, NamedOutput(format=kind, path=None if file in {"", "-"} else Path(file))


def _others(given: Sequence[tuple[int, NamedOutput]], arguments: Sequence[str]) -> Iterator[str]:
    """Every word of the command line that may name a file, but those that name a report."""
    taken = {place for place, _ in given}
    for place, word in enumerate(arguments):
        if place not in taken:
            yield word.rpartition("=")[2] if word.startswith("-") else word


def _files(paths: list[Path]) -> Iterator[Path]:
    return (path for path in paths if str(path) != "-" and not path.is_dir())
