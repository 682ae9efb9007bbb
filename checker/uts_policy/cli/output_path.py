"""Files that a command writes: never over what it reads."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from uts_policy.boundary import leads_out

_READ = frozenset({".yaml", ".yml", ".rego"})
"""The endings of declarations, configuration, baselines and rules. No format that we write has one of them."""


class OutputPath(click.Path):
    """The type of an option that names a file to write."""

    def __init__(self, *, allow_dash: bool = False) -> None:
        super().__init__(dir_okay=False, allow_dash=allow_dash, path_type=Path)

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


def _files(paths: list[Path]) -> Iterator[Path]:
    return (path for path in paths if str(path) != "-" and not path.is_dir())


def _real(file: Path) -> Path:
    return Path(os.path.realpath(file))
