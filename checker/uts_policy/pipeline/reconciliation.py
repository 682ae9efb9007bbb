"""What a staff list or a text says against what is declared; nothing is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from uts_policy.corpus.in_force import current, departed, living
from uts_policy.exchange.obligations.match import match_demands
from uts_policy.exchange.roster.entries import entries_of
from uts_policy.exchange.roster.read import read_rosters
from uts_policy.exchange.roster.words import PersonIds, name_key
from uts_policy.exchange.tables.read import read_file
from uts_policy.model.corpus import Corpus
from uts_policy.model.reconciliation import DemandDifferences, PostDifference, RosterDifferences
from uts_policy.model.report import Report
from uts_policy.model.roster import PersonState, PostState, RosterMap, RosterReading, RosterRow
from uts_policy.pipeline.obligation_import import read_demands
from uts_policy.pipeline.prepare import corpus_of
from uts_policy.pipeline.request import Policies, Request
from uts_policy.pipeline.roster_import import known_posts, read_roster_map, refuse_open


def reconcile_roster(
    files: Sequence[Path], request: Request, policies: Policies, *, map_file: Path | None, key: bytes
) -> RosterDifferences | Report:
    """How staff lists and the declarations differ on the as-of date; the report if there is no corpus.

    A person is known by the pseudonym that the key gives, or by the name, if the declarations have names. Raises
    UsageError for a list or a map that cannot be read, and for what the list leaves open.
    """
    chosen = read_roster_map(map_file) if map_file else RosterMap()
    reading = read_rosters([read_file(file) for file in files], chosen)
    refuse_open(reading, map_file)
    corpus = corpus_of(request, policies)
    if isinstance(corpus, Report):
        return corpus
    data = corpus.data
    known = known_posts(data["units"], data["roles"])
    made = entries_of(reading, chosen, known, PersonIds(key), earlier={})
    rows: dict[str, list[RosterRow]] = {}
    for row in reading.rows:
        rows.setdefault(made.roles[row.key], []).append(row)
    people = _people(reading, data["people"], PersonIds(key))
    declared = _holders_in_force(data)
    listed = {
        role: {people[row.person] for row in found if row.person and _is_in_force(row, data["as_of"])}
        for role, found in rows.items()
    }
    entries = {entry["id"]: entry for entry in made.sections["roles"]}
    on_list = {person for found in listed.values() for person in found}
    holding = {person for found in declared.values() for person in found}
    return RosterDifferences(
        without_role=tuple(
            (person, row.title, row.where)
            for person in sorted(on_list - holding)
            for row in [next(each for each in reading.rows if each.person and people[each.person] == person)]
        ),
        not_listed=tuple(
            (person, roles, _place(corpus, ("roles", roles[0])))
            for person in sorted(holding - on_list)
            for roles in [tuple(role for role, found in declared.items() if person in found)]
        ),
        posts=tuple(
            difference
            for role, found in rows.items()
            if role in data["roles"]
            for difference in _post(corpus, role, entries[role], found[0].where, declared[role], listed[role])
        ),
        undeclared=tuple(
            (found[0].title, found[0].where)
            for role, found in rows.items()
            if role not in data["roles"] and any(row.state is not PostState.ELIMINATED for row in found)
        ),
        unlisted=tuple(
            (id_, _place(corpus, ("roles", id_)))
            for id_, role in data["roles"].items()
            if id_ not in rows and living(role, data["as_of"]) and not _is_no_post(role)
        ),
        listed_people=len(on_list),
        declared_people=len(holding),
    )


def _people(reading: RosterReading, declared: Mapping[str, Any], ids: PersonIds) -> dict[str, str]:
    """The id of each person on the list: that of the declarations, if one has the name, else the pseudonym."""
    by_name: dict[str, list[str]] = {}
    for id_, person in declared.items():
        if person.get("name"):
            by_name.setdefault(name_key(str(person["name"])), []).append(id_)
    found = {}
    for row in reading.rows:
        if row.person:
            same = by_name.get(name_key(row.name), [])
            pseudonym = ids.of(row.person)
            found[row.person] = same[0] if pseudonym not in declared and len(same) == 1 else pseudonym
    return found


def _holders_in_force(data: Mapping[str, Any]) -> dict[str, set[str]]:
    as_of = data["as_of"]
    return {
        id_: {
            holder["person"]
            for holder in role.get("holders", ())
            if current(holder, as_of) and not departed(data["people"].get(holder["person"], {}), as_of)
        }
        for id_, role in data["roles"].items()
    }


def _is_in_force(row: RosterRow, as_of: str) -> bool:
    """Whether the row's holder holds the post on a date; a month or year ends with its last day."""
    ends = [f"{end}-99-99"[:10] for end in (row.end, row.left) if end]
    return (
        row.status is not PersonState.DEPARTED
        and row.state is PostState.HELD
        and row.begin <= as_of
        and all(as_of <= end for end in ends)
    )


def _is_no_post(role: Mapping[str, Any]) -> bool:
    """Whether staff lists do not have such a role: a body, a class of people, or somebody outside."""
    return bool(role.get("collective") or role.get("everyone") or role.get("external"))


def _post(  # noqa: PLR0913, PLR0917 - a role, where it is, and who holds it here and there
    corpus: Corpus, id_: str, entry: Mapping[str, Any], where: str, declared: set[str], listed: set[str]
) -> list[PostDifference]:
    role = corpus.data["roles"][id_]
    sides = [("holders", tuple(sorted(declared)), tuple(sorted(listed)))]
    stated = [key for key in ("unit", "reports_to") if entry.get(key) and role.get(key)]
    sides += [(key, (str(role[key]),), (str(entry[key]),)) for key in stated]
    if (entry.get("status") == "abolished") is living(role, corpus.data["as_of"]):
        sides.append(("status", (str(role.get("status")),), (str(entry.get("status", "active")),)))
    return [
        PostDifference(
            role=id_, field=key, declared=mine, listed=theirs, place=_place(corpus, ("roles", id_, key)), where=where
        )
        for key, mine, theirs in sides
        if mine != theirs
    ]


def _place(corpus: Corpus, route: tuple[str, ...]) -> str:
    location = corpus.locate(route)
    return "" if location is None else f"{location.file}:{location.span.line}"


def reconcile_obligations(files: Sequence[Path], request: Request, policies: Policies) -> DemandDifferences | Report:
    """Which statements of texts no obligation covers; the report if there is no corpus.

    An obligation covers a statement with the same words, or with the same place (`ref`) and words that are alike, or
    with words that are alike. Raises UsageError for a text that cannot be read.
    """
    demands = [demand for file in files for demand in read_demands(file).demands]
    corpus = corpus_of(request, policies)
    if isinstance(corpus, Report):
        return corpus
    matched = match_demands(demands, corpus.data["obligations"])
    directives = {corpus.data["obligations"][id_]["directive"] for id_, _ in matched.values()}
    covering = {id_ for id_, _ in matched.values()}
    return DemandDifferences(
        uncovered=tuple(
            (demand.ref, demand.text, demand.where) for place, demand in enumerate(demands) if place not in matched
        ),
        reworded=tuple(
            (demands[place].text, id_, _place(corpus, ("obligations", id_)), measure)
            for place, (id_, measure) in sorted(matched.items())
            if measure < 1
        ),
        gone=tuple(
            (id_, _place(corpus, ("obligations", id_)))
            for id_, obligation in corpus.data["obligations"].items()
            if obligation["directive"] in directives and id_ not in covering
        ),
        covered=len(matched),
        statements=len(demands),
    )
