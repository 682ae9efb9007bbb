"""Files that a command writes: never over what it reads, and never left over from an earlier run that went well."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from uts_policy.common.boundary import leads_out

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
    endings = {path.suffix.lower() for path in (file, _real(file))} & _READ
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
    inputs = {_real(path): path for path in _files(read)}
    for file in write:
        if _real(file) in inputs:
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
    read = {_real(Path(word)) for word in _others(given, arguments)}
    return tuple(
        each
        for each in (output for _, output in given)
        if each.path is None or (not refusal(each.path) and _real(each.path) not in read)
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


def _real(file: Path) -> Path:
    return Path(os.path.realpath(file))
