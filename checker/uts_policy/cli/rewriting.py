"""Declarations written back: several files together or none, and none that somebody else has changed meanwhile."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from uts_policy.cli.output import Output, publish, real_path, stage
from uts_policy.model.errors import NoVerdictError
from uts_policy.pipeline.edits import Rewritten
from uts_policy.render.queries.patch import as_patch


def print_patch(files: Sequence[Rewritten]) -> None:
    """Writes nothing but a patch of these files, on standard output."""
    publish([Output(file=None, data=as_patch((each.name, each.before, each.after) for each in files))])


def rewrite(files: Sequence[Rewritten]) -> None:
    """Puts every file in its place, its permissions kept; each is written beside it first.

    Raises NoVerdictError where a file is not what was read any more, or cannot be written; then all are as they were.
    """
    staged: list[tuple[Path, Rewritten]] = []
    placed: list[Rewritten] = []
    try:
        for file in files:
            _refuse_changed(file)
            staged.append((stage(file.path, file.after), file))
            with suppress(OSError):  # a file system without permissions
                shutil.copymode(real_path(file.path), staged[-1][0])
        for temporary, file in staged:
            _refuse_changed(file)
            _replace(temporary, file)
            placed.append(file)
    except BaseException:
        for file in placed:
            with suppress(OSError, NoVerdictError):
                back = stage(file.path, file.before)
                shutil.copymode(real_path(file.path), back)
                _replace(back, file)
        raise
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _replace(temporary: Path, file: Rewritten) -> None:
    try:
        temporary.replace(real_path(file.path))
    except OSError as error:
        raise NoVerdictError(f'cannot write "{file.name}": {error.strerror or error}') from error


def _refuse_changed(file: Rewritten) -> None:
    try:
        now = file.path.read_bytes()
    except OSError as error:
        raise NoVerdictError(f'cannot read "{file.name}" again: {error.strerror or error}') from error
    if now != file.before:
        raise NoVerdictError(
            f'"{file.name}" has changed since it was read', "Run the command again; nothing was written."
        )
