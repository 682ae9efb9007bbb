"""Posts and holders of a staff list as entries of declarations, people by pseudonyms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from uts_policy.exchange.ids import unique_ids
from uts_policy.exchange.roster.dates import day_after
from uts_policy.exchange.roster.doubts import sharers
from uts_policy.exchange.roster.words import PersonIds
from uts_policy.exchange.text import folded
from uts_policy.model.roster import PersonState, PostState, RosterMap, RosterReading, RosterRow

UNIT: Final = ("organisation", "Organisation")
"""Id and name of the unit above all others if neither the map nor the declarations name one."""
_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPosts:
    """What is declared. `units`: id by folded name; `roles`: ids and units by folded title; `root`: id and name."""

    units: Mapping[str, str]
    roles: Mapping[str, Sequence[tuple[str, str]]]
    root: tuple[str, str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntries:
    """Entries by section, and the id of the role for each key of a row."""

    sections: Mapping[str, list[dict[str, Any]]]
    roles: Mapping[_Key, str]


def entries_of(  # noqa: PLR0913 - what was read, what is said, what is known, and how people are called
    reading: RosterReading,
    chosen: RosterMap,
    known: KnownPosts,
    ids: PersonIds,
    *,
    earlier: Mapping[_Key, str],
    with_names: bool = False,
) -> RosterEntries:
    """The entries, in the order of the list. `earlier`: ids of roles by key that an earlier version of the list had.

    `with_names`: people have their names, which the author asked for.
    """
    units, unit_ids = _units(reading.rows, chosen, known)
    posts: dict[_Key, list[RosterRow]] = {}
    for row in reading.rows:
        posts.setdefault(row.key, []).append(row)
    roles = _role_ids(posts, chosen, known, unit_ids, earlier)
    shared = sharers(reading.rows, chosen)
    entries = []
    for key, rows in posts.items():
        entry: dict[str, Any] = {"id": roles[key], "title": rows[0].title, "unit": unit_ids[rows[0].units]}
        above = reading.reports_to.get(key)
        if above is not None:
            entry["reports_to"] = roles[above]
        entries.append({**entry, **_holding(rows, shared, ids)})
    return RosterEntries(
        sections={"units": units, "people": _people(reading.rows, ids, with_names=with_names), "roles": entries},
        roles=roles,
    )


def _units(
    rows: Sequence[RosterRow], chosen: RosterMap, known: KnownPosts
) -> tuple[list[dict[str, Any]], Mapping[tuple[str, ...], str]]:
    """The units as entries, and their ids by their names from the top."""
    root_id, root_name = known.root or UNIT
    if chosen.unit_name or chosen.unit_id:
        root_name = chosen.unit_name or chosen.unit_id
        root_id = chosen.unit_id or unique_ids([(root_name, "")], whole=True)[0]
    paths = list(dict.fromkeys(row.units[:depth] for row in rows for depth in range(1, len(row.units) + 1)))
    tops = {path[0] for path in paths}
    if len(tops) == 1 and all(row.units for row in rows) and not (known.root or chosen.unit_name or chosen.unit_id):
        # NOTE: a column that has the same unit in every row names the whole.
        root_name = tops.pop()
        [root_id] = unique_ids([(root_name, "")], whole=True)
    ids: dict[tuple[str, ...], str] = {(): root_id}
    ids |= {path: root_id for path in paths if len(path) == 1 and folded(path[0]) == folded(root_name)}
    ids |= {
        path: known.units[folded(path[-1])] for path in paths if path not in ids and folded(path[-1]) in known.units
    }
    new = [path for path in paths if path not in ids]
    made = unique_ids([(path[-1], path[-2] if len(path) > 1 else "") for path in new], {*ids.values()}, whole=True)
    ids |= dict(zip(new, made, strict=True))
    entries = {root_id: {"id": root_id, "name": root_name}}
    for path in paths:
        entries.setdefault(ids[path], {"id": ids[path], "name": path[-1], "parent": ids[path[:-1]]})
    return list(entries.values()), ids


def _role_ids(
    posts: Mapping[_Key, Sequence[RosterRow]],
    chosen: RosterMap,
    known: KnownPosts,
    units: Mapping[tuple[str, ...], str],
    earlier: Mapping[_Key, str],
) -> dict[_Key, str]:
    """The id of each role: that of an earlier version, of the map, of a declared role with its title, or a new one."""
    titles: dict[str, int] = {}
    for rows in posts.values():
        titles[folded(rows[0].title)] = titles.get(folded(rows[0].title), 0) + 1
    ids: dict[_Key, str] = {}
    for key, rows in posts.items():
        title = folded(rows[0].title)
        choice = chosen.roles.get(title)
        declared = known.roles.get(title, ())
        near = [id_ for id_, unit in declared if unit == units[rows[0].units]]
        if key in earlier:
            ids[key] = earlier[key]
        elif choice is not None and choice.id and titles[title] == 1:
            ids[key] = choice.id
        elif len(near) == 1:
            ids[key] = near[0]
        elif len(declared) == 1 and titles[title] == 1:
            ids[key] = declared[0][0]
    new = [key for key in posts if key not in ids]
    taken = {*ids.values(), *(id_ for found in known.roles.values() for id_, _ in found)}
    texts = [(posts[key][0].title, posts[key][0].units[-1] if posts[key][0].units else "") for key in new]
    return ids | dict(zip(new, unique_ids(texts, taken, whole=True), strict=True))


def _holding(rows: Sequence[RosterRow], shared: frozenset[str], ids: PersonIds) -> dict[str, Any]:
    """What the rows of one role say of its seats and holders."""
    entry: dict[str, Any] = {}
    living = [row for row in rows if row.state is not PostState.ELIMINATED]
    if not living:
        entry["status"] = "abolished"
    together = len([row for row in living if row.where in shared])
    seats = len({row.post or row.where for row in living if row.where in shared}) if together else 0
    if together and not any(row.post for row in living if row.where in shared):
        seats = 1
    seats += len(living) - together
    if seats > 1:
        entry["seats"] = seats
    held = [row for row in living if row.state is PostState.HELD]
    if held:
        entry["holders"] = [_holder(row, ids, is_shared=row.where in shared) for row in held]
    elif living and all(row.state is PostState.VACANT for row in living):
        entry["holders"] = []
    return entry


def _holder(row: RosterRow, ids: PersonIds, *, is_shared: bool) -> dict[str, Any]:
    holder: dict[str, Any] = {"person": ids.of(row.person)}
    if row.status is PersonState.ACTING:
        holder["kind"] = "acting"
    if row.begin:
        holder["from"] = row.begin
    if row.end or row.left:
        holder["to"] = min(filter(None, (row.end, row.left)))
    if is_shared and row.share is not None:
        holder["share"] = row.share
    return holder


def _people(rows: Sequence[RosterRow], ids: PersonIds, *, with_names: bool) -> list[dict[str, Any]]:
    people: dict[str, dict[str, Any]] = {}
    for row in rows:
        if not row.person:
            continue
        entry = people.setdefault(ids.of(row.person), {"id": ids.of(row.person)})
        if with_names and row.name:
            entry["name"] = row.name
        if row.status is PersonState.ON_LEAVE:
            entry["status"] = "on-leave"
        if row.status is PersonState.DEPARTED:
            entry["status"] = "departed"
        if row.left:
            entry["departed_on"] = day_after(row.left)
    return list(people.values())
