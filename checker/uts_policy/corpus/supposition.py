"""Declarations as they would be after a change that nobody has written down, and a corpus without some people."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeAlias, assert_never

from uts_policy.common.renaming import References
from uts_policy.corpus.dates import Calendar
from uts_policy.corpus.links.adjacency import inside
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Document
from uts_policy.model.supposition import Change, ChangeKind

Entry: TypeAlias = Mapping[str, Any]
Edit: TypeAlias = Callable[[str, Entry], Entry | None]
"""From a section and an entry to what stands there instead; None: nothing."""
UNITS = "units"


def supposed(documents: Sequence[Document], changes: Iterable[Change], day: str) -> tuple[Document, ...]:
    """The documents as they would be if the changes took effect on `day`, a full date; places stay as they are."""
    found = tuple(documents)
    for change in changes:
        edit = _edit(change, day, found)
        found = tuple(_edited(document, edit) for document in found)
    return found


def eve(day: str) -> str:
    """The day before."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _edit(change: Change, day: str, documents: Sequence[Document]) -> Edit:
    match change.kind:
        case ChangeKind.DEPARTS:
            return lambda section, entry: _departed(section, entry, change.subject, day)
        case ChangeKind.ABOLISH:
            return lambda section, entry: _with(section, entry, ("roles", change.subject), {"abolished_on": day})
        case ChangeKind.RESCIND:
            return lambda section, entry: _with(section, entry, ("delegations", change.subject), {"rescinded_on": day})
        case ChangeKind.MERGE:
            return _merger(change.subject, change.into, documents)
        case _:
            assert_never(change.kind)


def _edited(document: Document, edit: Edit) -> Document:
    """The same document where nothing in it changes."""
    data = {}
    for section, entries in document.data.items():
        data[section] = entries
        if isinstance(entries, list):
            made = [(entry, edit(section, entry)) for entry in entries]
            if any(new is not old for old, new in made):
                data[section] = [new for _, new in made if new is not None]
    return document if all(data[each] is document.data[each] for each in data) else replace(document, data=data)


def _with(section: str, entry: Entry, wanted: tuple[str, str], fields: Mapping[str, Any]) -> Entry:
    return {**entry, **fields} if (section, entry.get("id")) == wanted else entry


def _departed(section: str, entry: Entry, person: str, day: str) -> Entry:
    """A role without the person from `day` on: holdings end on the eve, and those that would begin later never do."""
    if section != "roles" or all(each["person"] != person for each in entry.get("holders", ())):
        return entry
    return {**entry, "holders": _without(entry["holders"], person, day)}


def _without(holders: Iterable[Entry], person: str, day: str) -> list[Entry]:
    calendar, last = Calendar(), eve(day)
    made: list[Entry] = []
    for holding in holders:
        begins = calendar.full(holding.get("from", 1), last=False) or ""
        ends = calendar.full(holding["to"], last=True) if "to" in holding else None
        if holding["person"] != person or (ends is not None and ends <= last):
            made.append(holding)
        elif begins <= last:
            made.append({**holding, "to": last})
    return made


def _merger(unit: str, into: str, documents: Sequence[Document]) -> Edit:
    """Every reference to `unit` names `into`, and the unit itself is gone; what `into` lies in is not itself."""
    references = References()
    parents = {entry["id"]: entry.get("parent") for document in documents for entry in document.data.get(UNITS, ())}

    def swap(section: str, name: str) -> str:
        return into if (section, name) == (UNITS, unit) else name

    def edit(section: str, entry: Entry) -> Entry | None:
        if section == UNITS and entry.get("id") == unit:
            return None
        if section == UNITS and entry.get("id") == into and entry.get("parent") == unit:
            above = parents.get(unit)
            rest = {name: value for name, value in entry.items() if name != "parent"}
            return rest if above is None else {**rest, "parent": above}
        new = references.swapped(section, entry, swap)
        return entry if new is entry else _once(new)

    return edit


def _once(node: Any) -> Any:  # noqa: ANN401 - JSON
    """The same with each string of a list once, at its first place."""
    if isinstance(node, Mapping):
        return {name: _once(value) for name, value in node.items()}
    if isinstance(node, list):
        return (
            list(dict.fromkeys(node)) if all(isinstance(each, str) for each in node) else [_once(each) for each in node]
        )
    return node


def without_people(corpus: Corpus, people: Collection[str]) -> Corpus:
    """The corpus that `build` makes of the same declarations if these people depart on its as-of date.

    NOTE: made from the corpus itself, since a large one takes longer to build than to judge; a test compares the two.
    """
    day = corpus.data["as_of"]
    roles = dict(corpus.data["roles"])
    for person in people:
        for name in {name for name, _ in corpus.data["links"]["holdings"].get(person, ())}:
            roles[name] = {**roles[name], "holders": _without(roles[name]["holders"], person, day)}
    links = {**corpus.data["links"], "holdings": inside(roles, "holders", "person")}
    days = {**corpus.data["days"], eve(day): date.fromisoformat(eve(day)).toordinal()}
    return replace(corpus, data={**corpus.data, "roles": roles, "links": links, "days": days})


def apart(people: Mapping[str, Collection[str]]) -> tuple[frozenset[str], ...]:
    """All people in groups of which no two belong to the same item of `people`, which has people by item.

    What befalls an item if a group is lost is then what befalls it if its one member is lost.
    """
    items: dict[str, set[str]] = {}
    for item, members in people.items():
        for each in members:
            items.setdefault(each, set()).add(item)
    groups: list[set[str]] = []
    taken: list[set[str]] = []
    for person in sorted(items, key=lambda each: (-len(items[each]), each)):
        place = next((i for i, items_of in enumerate(taken) if items_of.isdisjoint(items[person])), len(groups))
        if place == len(groups):
            groups.append(set())
            taken.append(set())
        groups[place].add(person)
        taken[place] |= items[person]
    return tuple(frozenset(group) for group in groups)
