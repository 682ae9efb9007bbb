"""The corpus: all declarations of one check, merged, normalised and linked."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from uts_policy.model.document import Document
from uts_policy.model.place import Location, Route

FIRST_DAY = "0001-01-01"
"""Where a term begins that states no beginning."""
LAST_DAY = "9999-12-31"
"""Where a term ends that states no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where an entry of the corpus was written: a document, and the route in it."""

    document: Document
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of how many entries a fact is asked, and the ids of those that do not state it, sorted, and of those that do."""

    count: int
    silent: tuple[str, ...]
    stating: frozenset[str] = field(default_factory=frozenset, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """What the rules get as `input` (`data`, JSON types only), and where each entry was written.

    `origins` is keyed by (section, id). `details` holds, by full corpus route, the places that do not follow from the
    entry's own route (a field that a short form filled in, say). `facts` are those that authors state or leave unsaid,
    by name, whatever of them is said to be complete.
    """

    data: Mapping[str, Any]
    origins: Mapping[tuple[str, str], Origin]
    details: Mapping[Route, Origin]
    facts: Mapping[str, Asked] = field(default_factory=dict)

    @property
    def root_name(self) -> str:
        """The name of the unit that most units lie in; empty if two have as many."""
        units = self.data["units"]
        most = Counter(unit["path"][0] for unit in units.values() if unit["status"] == "active").most_common(2)
        if not most or (len(most) > 1 and most[0][1] == most[1][1]):
            return ""
        return str(units[most[0][0]]["name"])

    def locate(self, path: Route) -> Location | None:
        """The file, line and column of a corpus route: of the deepest part of it that was written.

        None where even the entry is not known.
        """
        origin = self.origin(path)
        return None if origin is None else origin.document.locate(origin.route)

    def origin(self, path: Route) -> Origin | None:
        """The document, and the route in it, of a corpus route; the route may lead on from what was written."""
        for length in range(len(path), 1, -1):
            found = self.details.get(tuple(path[:length]))
            if found is not None:
                return Origin(document=found.document, route=found.route + tuple(path[length:]))
        if len(path) < 2:  # noqa: PLR2004 - section and id
            return None
        origin = self.origins.get((str(path[0]), str(path[1])))
        return None if origin is None else Origin(document=origin.document, route=origin.route + tuple(path[2:]))
