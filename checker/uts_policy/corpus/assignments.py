"""Assignments from their long and their short form, one for each code, each with an id."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from uts_policy.corpus.entries import Written, duplicates
from uts_policy.corpus.normalise import Normaliser
from uts_policy.corpus.tables import ASSIGNMENT, SHORT_FORMS
from uts_policy.model.corpus import FIRST_DAY, LAST_DAY, Origin
from uts_policy.model.finding import Problem
from uts_policy.model.place import Route


class _One(NamedTuple):
    """One assignment of one code. `position` is that of the code in its list, -1 where it was no list."""

    place: Written
    data: dict[str, Any]
    triple: tuple[str, str, str]
    own_id: str | None = None
    position: int = -1
    short: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanded:
    """The assignments by id, and where each was written.

    `details` are the places of codes in lists, and of scopes that were taken over from a responsibility. `together`
    holds, for each assignment of a list of several codes, the ids of all of them in the order written; `own_scope` the
    ids of those that state a scope themselves.
    """

    entries: dict[str, dict[str, Any]]
    origins: dict[tuple[str, str], Origin]
    details: dict[Route, Origin]
    together: dict[str, list[str]]
    own_scope: list[str]
    problems: tuple[Problem, ...]


def expand(
    long: Sequence[Written], duties: Mapping[str, Written], scopes: Mapping[str, Any], normaliser: Normaliser
) -> Expanded:
    """Every assignment. `duties` are responsibilities as written, `scopes` their normalised scopes, both by id."""
    ones = [*_long(long, normaliser), *_short(duties)]
    named: dict[str, list[_One]] = {}
    for entry_id, one in _named(ones):
        named.setdefault(entry_id, []).append(one)
    entries: dict[str, dict[str, Any]] = {}
    origins: dict[tuple[str, str], Origin] = {}
    details: dict[Route, Origin] = {}
    own_scope: list[str] = []
    scope_places = {duty: place.at("scope") for duty, place in duties.items()}
    lists: dict[tuple[str, int, Route], list[tuple[int, str]]] = {}
    for entry_id in sorted(named):
        one = named[entry_id][0]
        place = one.place
        origins["assignments", entry_id] = place.origin
        entry = {**one.data, "id": entry_id, "code": one.triple[2]}
        if not one.short and "scope" in place.data:
            own_scope.append(entry_id)
        else:
            duty = entry["responsibility"]
            entry["scope"] = scopes.get(duty, {})
            if entry["scope"]:
                details["assignments", entry_id, "scope"] = scope_places[duty]
        entries[entry_id] = entry
        if one.position >= 0:
            details["assignments", entry_id, "code"] = place.at("code", one.position)
            lists.setdefault(place.key, []).append((one.position, entry_id))
    return Expanded(
        entries=entries,
        origins=origins,
        details=details,
        together={each: ids for group in lists.values() for ids in [_in_order(group)] if len(ids) > 1 for each in ids},
        own_scope=own_scope,
        problems=tuple(_clashes(named, ones)),
    )


def _in_order(group: list[tuple[int, str]]) -> list[str]:
    return [entry_id for _, entry_id in sorted(group)]


def _long(long: Sequence[Written], normaliser: Normaliser) -> Iterator[_One]:
    for place in long:
        data = normaliser.entry(place, ASSIGNMENT)
        duty, role, codes, own_id = (data.get(key) for key in ("responsibility", "role", "code", "id"))
        if not isinstance(duty, str) or not isinstance(role, str):
            continue
        if isinstance(codes, str):
            yield _One(place, data, (duty, role, codes), own_id)
        elif isinstance(codes, list):
            several = len(codes) > 1
            for position, code in enumerate(codes):
                if isinstance(code, str):
                    name = f"{own_id}/{code}" if own_id and several else own_id
                    yield _One(place, data, (duty, role, code), name, position)


def _short(duties: Mapping[str, Written]) -> Iterator[_One]:
    for duty, place in duties.items():
        for key, code in SHORT_FORMS.items():
            value = place.data.get(key)
            if isinstance(value, str):
                yield _short_one(duty, value, code, place.into(key))
            elif isinstance(value, list):
                for index, role in enumerate(value):
                    if isinstance(role, str):
                        yield _short_one(duty, role, code, place.into(key, index))


def _short_one(duty: str, role: str, code: str, place: Written) -> _One:
    data = {"responsibility": duty, "role": role, "overrides": False, "from": FIRST_DAY, "to": LAST_DAY}
    return _One(place, data, (duty, role, code), short=True)


def _named(ones: Sequence[_One]) -> Iterator[tuple[str, _One]]:
    unnamed: dict[tuple[str, str, str], list[_One]] = {}
    for one in ones:
        if one.own_id is not None:
            yield one.own_id, one
        elif one.short:
            yield "/".join(one.triple), one
        else:
            unnamed.setdefault(one.triple, []).append(one)
    for triple, alike in unnamed.items():
        name = "/".join(triple)
        earliest = min(one.data["from"] for one in alike)
        for one in alike:
            start = one.data["from"]
            yield (name if start == earliest else f"{name}@{start}"), one


def _clashes(named: Mapping[str, Sequence[_One]], ones: Sequence[_One]) -> Iterator[Problem]:
    """What carries one id, and a short form beside a long form that says the same under an id of its own.

    Codes of one list share one written place, which is told once.
    """
    groups = {entry_id: [one.place for one in group] for entry_id, group in named.items() if len(group) > 1}
    short = {one.triple: one.place for one in ones if one.short}
    for one in ones:
        if one.own_id is not None and one.triple in short:
            groups.setdefault("/".join(one.triple), [short[one.triple]]).append(one.place)
    told: set[tuple[str, int, Route]] = set()
    for entry_id in sorted(groups):
        for later, problem in duplicates("assignments", entry_id, groups[entry_id]):
            if later.key not in told:
                told.add(later.key)
                yield problem
