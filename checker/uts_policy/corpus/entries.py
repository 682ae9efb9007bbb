"""Entries as authors wrote them, each with its place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from uts_policy.corpus.tables import SECTIONS
from uts_policy.model.corpus import Origin
from uts_policy.model.document import Document
from uts_policy.model.finding import Problem, RelatedPlace
from uts_policy.model.place import Location, Route


class Written(NamedTuple):
    """One entry, or one value in it, as it was written: `data` stands at `route` of `document`."""

    document: Document
    route: Route
    data: Any

    @property
    def key(self) -> tuple[str, int, Route]:
        """What no other place has."""
        return self.document.path, self.document.index, self.route

    @property
    def origin(self) -> Origin:
        """The place alone."""
        return Origin(document=self.document, route=self.route)

    @property
    def location(self) -> Location:
        """File and span; of the id, where the place is an entry that has one."""
        named = isinstance(self.data, dict) and "id" in self.data
        return self.document.locate((*self.route, "id") if named else self.route)

    def at(self, *steps: str | int) -> Origin:
        """A place inside this one."""
        return Origin(document=self.document, route=self.route + steps)

    def into(self, *steps: str | int) -> "Written":
        """The value at a place inside this one."""
        value = self.data
        for step in steps:
            value = value[step]
        return Written(self.document, self.route + steps, value)


def gather(documents: Sequence[Document]) -> dict[str, list[Written]]:
    """The entries of every section, by file, document and position, whatever the order of `documents`.

    What is no list of mappings is passed over: the schema speaks of that.
    """
    gathered: dict[str, list[Written]] = {section: [] for section in SECTIONS}
    for document in sorted(documents, key=lambda document: (document.path, document.index)):
        if not isinstance(document.data, Mapping):
            continue
        for section, found in gathered.items():
            entries = document.data.get(section)
            if isinstance(entries, list):
                found.extend(
                    Written(document, (section, index), entry)
                    for index, entry in enumerate(entries)
                    if isinstance(entry, dict)
                )
    return gathered


_REMEDY = {
    "assignments": "Keep one of the two: a short form (accountable: …) already is an assignment of that role and code.",
    "training_records": "Keep one of the two: a person completes a module once a day.",
}
"""What to do where no id was written that could be changed."""


def duplicates(section: str, entry_id: str, places: Sequence[Written]) -> Iterator[tuple[Written, Problem]]:
    """One problem for each place but the first: that one has to change, and the first one is shown beside it."""
    first, *others = sorted(places, key=lambda place: (place.location, place.key))
    related = RelatedPlace(message="first declared here", entry=f"{section}/{entry_id}", location=first.location)
    for place in others:
        yield (
            place,
            Problem(
                rule="schema/duplicate-id",
                message=f'"{entry_id}" is declared twice in {section}',
                remediation=_REMEDY.get(section, "Give one of the two another id, or keep only one of them."),
                location=place.location,
                document=place.document.index,
                route=place.route,
                problem=f"{section}/{entry_id}",
                related=(related,),
            ),
        )


def bad_value(written: Written, route: Route, problem: str, message: str, remediation: str) -> Problem:
    """A value inside an entry, at `route` from the entry, that has the right shape and cannot be meant."""
    whole = written.route + route
    return Problem(
        rule="schema/value",
        message=message,
        remediation=remediation,
        location=written.document.locate(whole),
        document=written.document.index,
        route=whole,
        problem=problem,
    )
