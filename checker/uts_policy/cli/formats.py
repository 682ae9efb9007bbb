"""`--format FMT[:FILE]`: which reports of one run go where."""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

import click

from uts_policy.cli.output import refusal
from uts_policy.render.interface import Format

F = TypeVar("F", bound=StrEnum)
BINARY = "xlsx"
"""The format that no terminal shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted(Generic[F]):
    """One output of a run; no file is standard output."""

    format: F
    file: Path | None


def each_once(formats: type[F], values: Sequence[str]) -> tuple[Wanted[F], ...]:
    """The outputs asked for, the first of all formats on standard output where none was.

    Raises ValueError for an unknown format, a file that could not be written in the end, two outputs in one place, or
    bytes for a terminal.
    """
    wanted = tuple(_wanted(formats, value) for value in values) or (Wanted(format=next(iter(formats)), file=None),)
    _refuse_shared_places(wanted)
    if any(each.format == BINARY and each.file is None for each in wanted) and sys.stdout and sys.stdout.isatty():
        raise ValueError(f"{BINARY} is no text for a terminal; write {BINARY}:FILE.")
    return wanted


def job_summary(environment: Mapping[str, str]) -> Path | None:
    """The file in which GitHub Actions looks for the job summary of this step; None elsewhere."""
    named = environment.get("GITHUB_STEP_SUMMARY")
    return Path(named) if named else None


def _wanted(formats: type[F], value: str) -> Wanted[F]:
    name, colon, file = value.partition(":")
    if name not in list(formats):
        raise ValueError(f'"{name}" is no format; there are: {", ".join(formats)}.')
    if colon and not file:
        raise ValueError(f'"{value}" names no file after the colon.')
    if file in {"", "-"}:
        return Wanted(format=formats(name), file=None)
    path = Path(file)
    if path.is_dir():
        raise ValueError(f'"{file}" is a directory.')
    why = refusal(path)
    if why:
        raise ValueError(f"{why}.")
    if not path.parent.is_dir():
        raise ValueError(f'there is no directory "{path.parent}" for "{file}".')
    return Wanted(format=formats(name), file=path)


def _refuse_shared_places(wanted: Sequence[Wanted[Any]]) -> None:
    places = [None if each.file is None else each.file.resolve() for each in wanted]
    for index, place in enumerate(places):
        if place in places[:index]:
            where = "standard output" if place is None else f'"{wanted[index].file}"'
            raise ValueError(f"two outputs cannot go to {where}; write FMT:FILE.")


def formats_option(formats: type[F]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format FMT[:FILE]` for these formats, as the argument `formats`: a tuple of Wanted."""

    def parse(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[Wanted[F], ...]:
        try:
            return each_once(formats, values)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from error

    def complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        return [each.value for each in formats if each.value.startswith(incomplete)]

    return click.option(
        "--format",
        "formats",
        multiple=True,
        metavar="FMT[:FILE]",
        callback=parse,
        shell_complete=complete,
        help=f"What to write, and where: {', '.join(formats)}. Repeatable.  [default: {next(iter(formats))}]",
    )


format_option = formats_option(Format)
"""The formats of a report."""
