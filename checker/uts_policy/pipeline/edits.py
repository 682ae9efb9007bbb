"""Edits of declarations on their way to the disk: what is read for them, what may be written, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from uts_policy.common.boundary import leads_out, lies_within
from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem
from uts_policy.pipeline.inputs import asked_for
from uts_policy.pipeline.request import STANDARD_INPUT, Declared, Request


def read(source: Source) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The loader as edit/ wants it: a file's documents and problems."""
    loaded = parse(source)
    return loaded.documents, loaded.problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A file as it was read, and as it is to be. `name` is what reports call it."""

    path: Path
    name: str
    before: bytes
    after: bytes


def refuse_unwritable(request: Request) -> None:
    """Raises UsageError where the request reads what an edit cannot write back."""
    if request.redaction is not None:
        raise UsageError("--redact replaces people in what is read, and that is not to be written", "Leave it out.")
    if any(str(path) == STANDARD_INPUT for path in request.paths):
        raise UsageError("standard input cannot be written back", "Name the file.")


def rewritten(request: Request, declared: Declared, after: Mapping[str, Source]) -> tuple[Rewritten, ...]:
    """The files that differ, by name. Raises UsageError for one that lies outside of the paths or the repository."""
    paths = {found.name: found.path for found in declared.files.found}
    changed = [(name, source) for name, source in sorted(after.items()) if declared.files.sources[name] != source]
    asked = asked_for(request)
    for name, _ in changed:
        if not _inside(paths[name], asked):
            raise UsageError(f'"{name}" lies outside of what was to be changed: a link leads there', "Edit it there.")
    return tuple(
        Rewritten(path=paths[name], name=name, before=declared.files.sources[name].data, after=source.data)
        for name, source in changed
    )


def _inside(path: Path, asked: Iterable[Path]) -> bool:
    """Whether a file, links resolved, is one of the paths or below one, and in the repository it seems to be in."""
    return not leads_out(path) and any(lies_within(path, each) for each in asked)
