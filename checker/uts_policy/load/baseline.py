"""The baseline file, read like any declaration; its shape is checked by its schema."""

from pathlib import Path
from typing import TYPE_CHECKING

from uts_policy.load.discover import FoundFile
from uts_policy.load.read import read
from uts_policy.load.single import single_document
from uts_policy.model.baseline import Baseline, BaselineEntry
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem

if TYPE_CHECKING:
    from uts_policy.model.place import Location

SCHEMA = "uts-policy/baseline/1"
"""The version that a baseline file states."""


def read_baseline(path: Path, name: str) -> Source:
    """The bytes of a baseline file, which messages call `name`. Raises UsageError where it cannot be read."""
    if not path.exists():
        raise UsageError(
            f'there is no baseline "{name}"', "`uts-policy baseline create` makes one; else leave --baseline out."
        )
    source = read(FoundFile(path=path, name=name))
    if isinstance(source, Problem):
        raise UsageError(f"{name}: {source.message}", source.remediation)
    return source


def baseline_document(source: Source) -> Document:
    """Its one document. Raises UsageError where it is no valid YAML, or there are two."""
    return single_document(source, "a baseline")


def baseline_from(document: Document) -> Baseline:
    """The baseline that a document, accepted by its schema, states. Raises UsageError for an id that is there twice."""
    entries: list[BaselineEntry] = []
    places: dict[str, Location] = {}
    for index, written in enumerate(document.data["findings"]):
        entry = BaselineEntry(**written)
        place = document.locate(("findings", index, "id"))
        if entry.id in places:
            first = places[entry.id].span.line
            raise UsageError(
                f"{place.file}:{place.span.line}:{place.span.column}: this finding stands in line {first} already",
                "Keep one of the two.",
            )
        places[entry.id] = place
        entries.append(entry)
    paths = tuple(document.data.get("paths", ()))
    return Baseline(file=document.path, entries=tuple(entries), places=places, paths=paths)
