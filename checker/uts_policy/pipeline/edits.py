"""Edits of declarations on their way to the disk: what is read for them, what may be written, and where."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from uts_policy.common.boundary import work_tree
from uts_policy.edit.write import LONGEST_LINE, flow, item
from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import NoVerdictError, UsageError
from uts_policy.model.finding import Problem
from uts_policy.pipeline.request import STANDARD_INPUT, Declared, Request
from uts_policy.schema.validate import schema_problems


@lru_cache(maxsize=2)  # a file before and after: an edit and its judge read both
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
    """The files that differ, by name. Raises UsageError where one lies outside of the repository of the run.

    The command line may name what lies elsewhere, to be read; it is not changed, for no commit holds both.
    """
    paths = {found.name: found.path for found in declared.files.found}
    before = declared.files.sources
    files = tuple(
        Rewritten(path=paths[name], name=name, before=before[name].data, after=source.data)
        for name, source in sorted(after.items())
        if before[name].data != source.data
    )
    top = work_tree(Path(os.path.realpath(request.settings.root)))
    for file in files:
        if top is not None and work_tree(Path(os.path.realpath(file.path))) != top:
            raise UsageError(
                f'"{file.name}" would change and lies outside of the repository "{top.name}"; nothing was written',
                "Leave it out, or run the command in its own repository.",
            )
    return files


_SHORT: Final = frozenset({"units", "roles", "people", "directives"})
"""Sections whose entries may stand on one line each."""


def declarations_text(entries: Mapping[str, Sequence[Mapping[str, Any]]]) -> str:
    """Sections as YAML, as people write them: short entries on one line, others set apart by blank lines."""
    sections = []
    for section, found in entries.items():
        if not found:
            continue
        short = [f"  - {flow(dict(entry))}\n" for entry in found]
        if all(len(line) <= LONGEST_LINE for line in short) and section in _SHORT:
            sections.append(f"{section}:\n{''.join(short)}")
        else:
            blocks = ("".join(f"  {line}\n" for line in item(dict(entry))) for entry in found)
            sections.append(f"{section}:\n" + "\n".join(blocks))
    return "\n".join(sections)


def require_sound(file: Path, text: str) -> None:
    """Raises NoVerdictError if a text of ours is not what a check takes for well formed."""
    data = text.encode()
    source = Source(path=str(file), data=data, sha256=sha256(data).hexdigest(), text=text)
    loaded = parse(source)
    problems = loaded.problems or schema_problems(loaded.documents, {source.path: source})
    if problems:
        problem = problems[0]
        raise NoVerdictError(
            f"what would be written is not well formed: {problem.location.span.line}: {problem.message}",
            "This is a fault of uts-policy: report it with the file.",
        )
