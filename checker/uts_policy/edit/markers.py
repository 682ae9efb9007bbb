"""Conflicts of a merge as comments, where people look for them: above the field that both sides changed."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from uts_policy.edit.changes import EditRefusedError, Read
from uts_policy.edit.merge import declared_entries
from uts_policy.edit.plan import Splice
from uts_policy.edit.splice import with_splices
from uts_policy.edit.write import flow
from uts_policy.model.document import Document, Source
from uts_policy.model.merge import MergeConflict

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def with_markers(source: Source, conflicts: Sequence[MergeConflict], read: Read) -> Source:
    """The file with a comment for each conflict; the data stay the same, which is what people wrote.

    Raises EditRefusedError if a comment can stand neither above the field nor above its entry.
    """
    for conflict in conflicts:
        source = _marked(source, conflict, read)
    return source


def _marked(source: Source, conflict: MergeConflict, read: Read) -> Source:
    documents, _ = read(source)
    data = [document.data for document in documents]
    for line in _lines(documents, conflict):
        after = with_splices(source, [_comment_above(source.text, line, _comment(conflict))])
        again, problems = read(after)
        if not problems and [document.data for document in again] == data:
            return after
    raise EditRefusedError(
        conflict.location, "no comment can stand here without changing the data", "Import without --conflicts markers."
    )


def _lines(documents: Sequence[Document], conflict: MergeConflict) -> Iterator[int]:
    """The lines, from 1, above which the comment may stand, the best one first."""
    section, _, id_ = conflict.entry.partition("/")
    entry = declared_entries(documents, section)[id_]
    if conflict.field in entry.data:
        yield entry.document.locate_key((*entry.route, conflict.field)).span.line
    yield entry.document.locate(entry.route).span.line


def _comment(conflict: MergeConflict) -> str:
    what = f"{conflict.entry}: {conflict.field}" if conflict.field else conflict.entry
    if conflict.theirs is None:
        said = "not stated" if conflict.field else "gone"
        return f"# conflict: {what} is {said} in the imported file"
    return f"# conflict: {what} is {flow(conflict.theirs)} in the imported file"


def _comment_above(text: str, line: int, comment: str) -> Splice:
    """What puts a comment above a line, as far to the right as what stands there, and with the line's own end."""
    lines = _LINE.findall(text)
    here = lines[line - 1]
    indent = here[: len(here) - len(here.lstrip(" "))]
    end = here[len(here.rstrip("\r\n")) :] or "\n"
    offset = sum(map(len, lines[: line - 1]))
    return Splice(offset, offset, f"{indent}{comment}{end}")
