"""A later version of a matrix, merged into declarations that people have edited since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uts_policy.edit.merge import Entries
from uts_policy.exchange.raci.entries import entries_of
from uts_policy.exchange.raci.limits import limits_text
from uts_policy.exchange.raci.match import KnownDuty, match_duties, match_roles
from uts_policy.exchange.raci.read import read_matrices
from uts_policy.exchange.tables.read import read_file
from uts_policy.exchange.text import folded
from uts_policy.model.raci import MatrixMap, MatrixReading, RoleChoice
from uts_policy.pipeline.import_map import import_name, map_of
from uts_policy.pipeline.import_merge import ImportMerge, declarations_in, merge_import, renamed_ids
from uts_policy.pipeline.import_record import ImportRecord, read_record, record_path
from uts_policy.pipeline.matrix_import import KIND, KnownEntries, known_entries, read_map, recorded_duties

_SECTIONS = {"units": "name", "roles": "title", "responsibilities": "statement"}
"""The sections that an import writes, and the field by which an entry is known whose id was changed by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixUpdate:
    """A merge, and the reading that it came from."""

    reading: MatrixReading
    merged: ImportMerge


def update_matrix(files: Sequence[Path], *, out: Path, map_file: Path | None, markers: bool = False) -> MatrixUpdate:
    """Merges matrices into the declarations in `out`; nothing is written.

    `markers`: conflicts become comments.

    Raises UsageError as `import_matrix` does, and if no earlier import is recorded; EditRefusedError if a change cannot
    be made in the text that people wrote.
    """
    place = record_path(out, import_name(files))
    record = read_record(place, KIND)
    map_name, map_text = map_of(map_file) if map_file else (str(place), record.map_text)
    said = read_map(map_name, map_text) if map_text else MatrixMap()
    loaded = declarations_in(out)
    known = known_entries(loaded.documents)
    renamed = {section: renamed_ids(section, name, record, loaded.documents) for section, name in _SECTIONS.items()}
    base = {section: _in_force(record.entries.get(section, ()), renamed) for section in _SECTIONS}
    before = [_known_duty(id_, duty, renamed) for id_, duty in record.duties.items()]
    reading = read_matrices([read_file(file) for file in files], said)
    duties = match_duties(reading, before)
    roles = match_roles(reading, _titles(base, known), duties.ids, before)
    chosen = _with_ids(said, base, roles.ids)
    entries = entries_of(reading, chosen, known.duties, duties.ids)
    new = {section: entries[section] for section in _SECTIONS}
    new["units"] = entries["units"] if base["units"] else []
    new["roles"] = [entry for entry in entries["roles"] if _is_imported(entry["id"], base["roles"], known)]
    limited = entries.get("assignments", [])
    report, rewritten = merge_import(out, loaded, base, new, import_name(files), markers=markers)
    now = ImportRecord(
        kind=KIND,
        sources=tuple(file.name for file in files),
        map_text=map_text,
        entries={**new, "assignments": limited} if limited or "assignments" in record.entries else new,
        duties=recorded_duties(reading, entries),
    )
    merged = ImportMerge(
        report=report,
        files=rewritten,
        record=place,
        record_text=now.text(),
        remarks=(*duties.remarks, *roles.remarks, *_limited(record.entries.get("assignments", ()), limited)),
        is_marked=markers,
    )
    return MatrixUpdate(reading=reading, merged=merged)


def _in_force(entries: Entries, renamed: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Entries as they were imported, by the ids that they and their roles and units have now."""
    roles, units = renamed["roles"], renamed["units"]
    own = {**renamed["responsibilities"], **roles, **units}
    found = []
    for entry in entries:
        now: dict[str, Any] = {}
        for key, value in entry.items():
            if key == "id":
                now[key] = own.get(value, value)
            elif key in {"unit", "parent"}:
                now[key] = units.get(value, value)
            elif key in {"accountable", "responsible", "support", "consulted", "informed"}:
                now[key] = (
                    [roles.get(each, each) for each in value] if isinstance(value, list) else roles.get(value, value)
                )
            else:
                now[key] = value
        found.append(now)
    return found


def _known_duty(id_: str, duty: Mapping[str, Any], renamed: Mapping[str, Mapping[str, str]]) -> KnownDuty:
    return KnownDuty(
        id=renamed["responsibilities"].get(id_, id_),
        statement=duty["statement"],
        group=duty["group"],
        key=duty["key"],
        codes={renamed["roles"].get(role, role): codes for role, codes in duty["codes"].items()},
    )


def _titles(base: Mapping[str, Entries], known: KnownEntries) -> dict[str, str]:
    """Ids by folded title: those of the last import, and those that other files declare."""
    return {**known.roles, **{folded(str(entry["title"])): str(entry["id"]) for entry in base["roles"]}}


def _with_ids(said: MatrixMap, base: Mapping[str, Entries], roles: Mapping[str, str]) -> MatrixMap:
    """The map with the ids that roles have, and the unit of the last import."""
    choices = dict(said.roles)
    for title, id_ in roles.items():
        choice = choices.get(title, RoleChoice())
        choices[title] = choice if choice.id else replace(choice, id=id_)
    if said.unit_id or said.unit_name or not base["units"]:
        return replace(said, roles=choices)
    unit = base["units"][0]
    return replace(said, roles=choices, unit_id=str(unit["id"]), unit_name=str(unit["name"]))


def _is_imported(role: str, base: Entries, known: KnownEntries) -> bool:
    """Whether a role is this import's: it was before, or nothing declares it yet."""
    return role in {entry["id"] for entry in base} or role not in known.roles.values()


def _limited(before: Entries, after: Entries) -> list[str]:
    """A sentence for each letter with a limit that the file has no more, or has anew: these are not merged."""
    changed = [("is gone", each) for each in before if each not in after]
    changed += [("is new", each) for each in after if each not in before]
    return [
        f"{each['responsibility']}: {each['code']} of {each['role']} ({limits_text(each)}) {what} in the file; letters "
        "with a limit are not merged: change `assignments` by hand."
        for what, each in changed
    ]
