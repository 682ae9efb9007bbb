"""`--format FMT[:FILE]`: which reports of one run go where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from uts_policy.render.interface import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One output of a run; no file is standard output."""

    format: Format
    file: Path | None


def each_once(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[Wanted, ...]:
    """The outputs asked for, text on standard output where none was; a callback of click's.

    Raises click.BadParameter for an unknown format, a file that could not be written in the end, or two outputs in
    one place.
    """
    try:
        wanted = tuple(_wanted(value) for value in values) or (Wanted(format=Format.TEXT, file=None),)
        _refuse_shared_places(wanted)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from error
    return wanted


def job_summary(environment: Mapping[str, str]) -> Path | None:
    """The file in which GitHub Actions looks for the job summary of this step; None elsewhere."""
    named = environment.get("GITHUB_STEP_SUMMARY")
    return Path(named) if named else None


def complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """The formats that start like what was typed, for the shell."""
    return [each.value for each in Format if each.value.startswith(incomplete)]


def _wanted(value: str) -> Wanted:
    name, colon, file = value.partition(":")
    if name not in list(Format):
        raise ValueError(f'"{name}" is no format; there are: {", ".join(Format)}.')
    if colon and not file:
        raise ValueError(f'"{value}" names no file after the colon.')
    if file in {"", "-"}:
        return Wanted(format=Format(name), file=None)
    path = Path(file)
    if path.is_dir():
        raise ValueError(f'"{file}" is a directory.')
    if not path.parent.is_dir():
        raise ValueError(f'there is no directory "{path.parent}" for "{file}".')
    return Wanted(format=Format(name), file=path)


def _refuse_shared_places(wanted: Sequence[Wanted]) -> None:
    places = [None if each.file is None else each.file.resolve() for each in wanted]
    for index, place in enumerate(places):
        if place in places[:index]:
            where = "standard output" if place is None else f'"{wanted[index].file}"'
            raise ValueError(f"two outputs cannot go to {where}; write FMT:FILE.")


format_option = click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FMT[:FILE]",
    callback=each_once,
    shell_complete=complete,
    help=f"What to write, and where: {', '.join(Format)}. Repeatable.  [default: text]",
)
