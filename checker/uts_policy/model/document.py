"""What the loader hands on: the bytes of a file, and the documents in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from uts_policy.model.place import Location, Positions, Route


class Unread(int):
    """What stands in the data where a value could not be read; why is a problem of its own.

    Whoever judges values passes it over, wherever an alias has carried it: one defect is told once.
    """


UNREAD: Final = Unread()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A file to read. `name` is what reports call it: POSIX, relative to the root when below it, else as given."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file as it was read. `text` is `data` decoded, or empty where `data` is not UTF-8."""

    path: str
    data: bytes
    sha256: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One YAML document: plain data (dict, list, str, int, float, bool, None) and where each node stands.

    Where a value could not be read, UNREAD stands for it.

    `path` is the file, `index` the document's number in it, from 0. `sha256` is of the whole file.
    """

    path: str
    index: int
    data: Mapping[str, Any]
    sha256: str
    positions: Positions

    def locate(self, route: Route) -> Location:
        """The place of the value at `route`, or, where a step is missing, of the deepest value on the way."""
        return Location(file=self.path, span=self.positions.value(route))

    def locate_key(self, route: Route) -> Location:
        """The place of the mapping key that the last step of `route` names, else of the value."""
        return Location(file=self.path, span=self.positions.key(route))
