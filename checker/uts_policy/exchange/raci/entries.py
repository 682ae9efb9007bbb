"""Duties and roles of a matrix as entries of declarations."""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from uts_policy.exchange.ids import unique_ids
from uts_policy.exchange.text import folded, id_words, slug
from uts_policy.model.raci import MatrixDuty, MatrixMap, MatrixReading, RoleChoice

UNIT_ID: Final = "organisation"
UNIT_NAME: Final = "Organisation"
"""The unit of every role if the map names none: matrices do not say whose they are."""

_NONE: Final[Mapping[str, str]] = MappingProxyType({})
_KEYS: Final = {"A": "accountable", "R": "responsible", "S": "support", "C": "consulted", "I": "informed"}
_STATED: Final = ("R", "C", "I")
"""Letters of which a file that shows everybody says that there is none."""


def entries_of(
    reading: MatrixReading, chosen: MatrixMap, taken: Collection[str] = (), known: Mapping[str, str] = _NONE
) -> Mapping[str, list[dict[str, Any]]]:
    """The entries by section, in document order; every id is unique in its section. `taken`: ids of other duties.

    `known`: the id of a duty that has one, by its address in the file.
    """
    units = _units(chosen)
    roles, ids = _roles(reading, chosen, units[0]["id"])
    duties = [
        _settled(entry, duty, chosen)
        for entry, duty in zip(_responsibilities(reading.duties, ids, taken, known), reading.duties, strict=True)
    ]
    assignments = [
        {"responsibility": entry["id"], "role": ids[title], "code": code, **limits}
        for entry, duty in zip(duties, reading.duties, strict=True)
        for title, limited in duty.limits.items()
        for code, limits in limited
    ]
    scopes = [each["scope"] for each in assignments if "scope" in each]
    named = dict.fromkeys(unit for scope in scopes for unit in scope.get("units", ()))
    units += [
        {"id": unit, "name": unit, "parent": units[0]["id"]}
        for unit in named
        if unit not in {each["id"] for each in units}
    ]
    vectors = dict.fromkeys(vector for scope in scopes for vector in scope.get("vectors", ()))
    return {
        "units": units,
        "roles": roles,
        "responsibilities": duties,
        **({"assignments": assignments} if assignments else {}),
        **({"vectors": [{"id": each, "title": each} for each in vectors]} if vectors else {}),
    }


def _units(chosen: MatrixMap) -> list[dict[str, Any]]:
    name = chosen.unit_name or UNIT_NAME
    first = {"id": chosen.unit_id or slug(id_words(name), name) or UNIT_ID, "name": name}
    return [first, *({"id": id_, "name": each, "parent": first["id"]} for id_, each in chosen.units.items())]


def _roles(reading: MatrixReading, chosen: MatrixMap, unit: str) -> tuple[list[dict[str, Any]], Mapping[str, str]]:
    choices = {title: _choice(title, chosen) for title in (role.title for role in reading.roles)}
    given = {title: choice.id for title, choice in choices.items() if choice.id}
    elsewhere = chosen.elsewhere.get("id")
    open_ = [(role.title, role.band) for role in reading.roles if role.title not in given]
    ids = {
        **given,
        **dict(
            zip(
                (title for title, _ in open_),
                unique_ids(open_, {*given.values(), *([elsewhere] if elsewhere else [])}, whole=True),
                strict=True,
            )
        ),
    }
    entries = []
    for role in reading.roles:
        entry: dict[str, Any] = {"id": ids[role.title], "title": role.title, "unit": choices[role.title].unit or unit}
        if role.description:
            entry["description"] = role.description
        entries.append(entry)
    if elsewhere:
        entries.append({"id": elsewhere, "title": chosen.elsewhere["title"], "unit": unit, "external": True})
    return entries, ids


def _choice(title: str, chosen: MatrixMap) -> RoleChoice:
    by_title = {folded(each.title): each for each in chosen.roles.values() if each.title}
    return chosen.roles.get(folded(title)) or by_title.get(folded(title)) or RoleChoice()


def _responsibilities(
    duties: Sequence[MatrixDuty], roles: Mapping[str, str], taken: Collection[str], known: Mapping[str, str]
) -> list[dict[str, Any]]:
    new = [duty for duty in duties if duty.where not in known]
    made = unique_ids([(duty.statement, duty.group) for duty in new], {*taken, *known.values()})
    ids = {**known, **{duty.where: id_ for duty, id_ in zip(new, made, strict=True)}}
    return [_responsibility(ids[duty.where], duty, roles) for duty in duties]


def _responsibility(id_: str, duty: MatrixDuty, roles: Mapping[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": id_, "statement": duty.statement}
    if duty.group:
        entry["group"] = duty.group
    if duty.description:
        entry["description"] = duty.description
    for code, key in _KEYS.items():
        having = [
            roles[title]
            for title, codes in duty.codes.items()
            if code in codes and all(code != limited for limited, _ in duty.limits.get(title, ()))
        ]
        if having:
            entry[key] = having[0] if len(having) == 1 else having
    if not duty.is_partial:
        _state_none(entry, {code for limited in duty.limits.values() for code, _ in limited})
    entry["source"] = duty.file if duty.table.startswith("table") else f"{duty.file}, {duty.table}"
    return entry


def _settled(entry: dict[str, Any], duty: MatrixDuty, chosen: MatrixMap) -> dict[str, Any]:
    """The entry with what the map says of a duty that several answer for, or nobody whom the file shows."""
    accountable = entry.get("accountable")
    if isinstance(accountable, list) and chosen.shared:
        before = list(entry).index("accountable")
        items = list(entry.items())
        return dict([*items[:before], ("joint_accountability", dict(chosen.shared)), *items[before:]])
    if accountable is None and duty.is_partial and chosen.elsewhere:
        last = len(entry) - sum(key in entry for key in (*_KEYS.values(), "source"))
        items = list(entry.items())
        return dict([*items[:last], ("accountable", chosen.elsewhere["id"]), *items[last:]])
    return entry


def _state_none(entry: dict[str, Any], limited: Collection[str]) -> None:
    """The file states that there is none: empty lists, in the usual order of keys. `limited` are codes that it has."""
    if "responsible" not in entry and "R" not in limited:
        entry["responsible"] = []
    if not {"consulted", "informed"} & entry.keys() and not {"C", "I"} & set(limited):
        entry["consulted"] = entry["informed"] = []
    ordered = [key for key in _KEYS.values() if key in entry]
    letters = {key: entry.pop(key) for key in ordered}
    entry.update({key: list(value) if value == [] else value for key, value in letters.items()})
