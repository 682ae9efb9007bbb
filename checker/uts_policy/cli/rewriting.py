"""Declarations written back: several files together or none, and none that somebody else has changed meanwhile."""

from collections.abc import Sequence
from pathlib import Path

from uts_policy.cli.output import Output, place, publish
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
    read = {each.path: each for each in files}

    def put_back(path: Path) -> None:
        before = Output(file=path, data=read[path].before, keep_mode=True)
        place([before], undo=lambda _: None)

    place(
        [Output(file=each.path, data=each.after, keep_mode=True) for each in files],
        refuse=lambda path: _refuse_changed(read[path]),
        undo=put_back,
    )


def _refuse_changed(file: Rewritten) -> None:
    try:
        now = file.path.read_bytes()
    except OSError as error:
        raise NoVerdictError(f'cannot read "{file.name}" again: {error.strerror or error}') from error
    if now != file.before:
        raise NoVerdictError(
            f'"{file.name}" has changed since it was read', "Run the command again; nothing was written."
        )
