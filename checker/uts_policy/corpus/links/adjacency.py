"""Links by one field: which entries name which, and what follows from that alone."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from uts_policy.corpus.in_force import Section, Sections, waiver_in_force
from uts_policy.corpus.links.references import letters


def same_statement(responsibilities: Section) -> list[list[str]]:
    """Groups of two or more ids under one heading (`group`, as written), whatever their state.

    Statements compare case-folded, by letters and digits.
    """
    groups: dict[tuple[str | None, str], list[str]] = {}
    for entry_id, entry in responsibilities.items():
        text = letters(str(entry.get("statement", "")))
        groups.setdefault((entry.get("group"), text), []).append(entry_id)
    return sorted(group for (_, text), group in groups.items() if text and len(group) > 1)


def excused(sections: Sections, now: Mapping[str, Mapping[str, str]], as_of: str) -> dict[str, list[str]]:
    """{waiver ["section/id"]}: the entries that the subject of each waiver stands for that has not expired.

    A glob stands for the entries of its section that there are, by any of their names; an id for itself, declared or
    not, a former name for the entry. `now` has the ids for former names, by section.
    """
    return {
        entry_id: _subjects(waiver["subject"], sections, now)
        for entry_id, waiver in sections["waivers"].items()
        if as_of <= waiver["expires"]
    }


def _subjects(subject: str, sections: Sections, now: Mapping[str, Mapping[str, str]]) -> list[str]:
    section, _, name = subject.partition("/")
    renamed = now.get(section, {})
    if "*" not in name:
        return [f"{section}/{renamed.get(name, name)}"]
    fits = re.compile(".*".join(map(re.escape, name.split("*"))), re.DOTALL).fullmatch
    found = {entry_id for entry_id in sections.get(section, ()) if fits(entry_id)}
    return [f"{section}/{entry_id}" for entry_id in sorted(found | {renamed[each] for each in renamed if fits(each)})]


def waived(waivers: Section, subjects: Mapping[str, Sequence[str]], as_of: str) -> dict[str, dict[str, list[str]]]:
    """Waivers in force by rule and entry (`section/id`). One with `key` hides the finding with that key only."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry_id, waiver in waivers.items():
        if waiver_in_force(waiver, as_of):
            by_entry = found.setdefault(waiver["rule"], {})
            for entry in subjects[entry_id]:
                by_entry.setdefault(entry, []).append(entry_id)
    return found


def by_field(section: Section, field: str) -> dict[str, list[str]]:
    """The ids of the entries that write a value in `field`, by that value."""
    found: dict[str, list[str]] = {}
    for entry_id, entry in section.items():
        value = entry.get(field)
        if value is not None:
            found.setdefault(value, []).append(entry_id)
    return found


def by_list(section: Section, field: str) -> dict[str, list[str]]:
    """The ids of the entries that list a value in `field`, by that value."""
    found: dict[str, list[str]] = {}
    for entry_id, entry in section.items():
        for value in dict.fromkeys(entry[field]):
            found.setdefault(value, []).append(entry_id)
    return found


def below(section: Section, field: str) -> dict[str, list[str]]:
    """The same with a key for every entry of the section, so that a walk along it meets no gap."""
    return {entry_id: [] for entry_id in section} | by_field(section, field)


def without(section: Section, field: str) -> list[str]:
    """The ids of the entries that write nothing in `field`."""
    return [entry_id for entry_id, entry in section.items() if field not in entry]


def assignments(section: Section, field: str) -> dict[str, dict[str, list[str]]]:
    """The ids of assignments by `field` (responsibility or role) and code."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry_id, entry in section.items():
        found.setdefault(entry[field], {}).setdefault(entry["code"], []).append(entry_id)
    return found


def inside(section: Section, many: str, field: str) -> dict[str, list[list[str | int]]]:
    """[id, index] of the items of the list `many` by their value in `field`: holdings by person, for one."""
    found: dict[str, list[list[str | int]]] = {}
    for entry_id, entry in section.items():
        for index, item in enumerate(entry[many]):
            value = item.get(field)
            if value is not None:
                found.setdefault(value, []).append([entry_id, index])
    return found


def records(section: Section) -> dict[str, dict[str, list[str]]]:
    """Training records by person and module, the earliest first."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry_id in sorted(section, key=lambda entry_id: (section[entry_id]["completed_on"], entry_id)):
        record = section[entry_id]
        found.setdefault(record["person"], {}).setdefault(record["module"], []).append(entry_id)
    return found


def delegations_to(section: Section) -> dict[str, dict[str, list[str]]]:
    """Delegations by delegate and authority."""
    found: dict[str, dict[str, list[str]]] = {}
    for entry_id, entry in section.items():
        for authority in dict.fromkeys(entry["authorities"]):
            found.setdefault(entry["delegate"], {}).setdefault(authority, []).append(entry_id)
    return found


def modules(training: Section) -> Mapping[str, Any]:
    """Training modules by who has to take them: everyone, a role, or whoever is exposed to a vector."""
    roles: dict[str, list[str]] = {}
    vectors: dict[str, list[str]] = {}
    for entry_id, module in training.items():
        for role in dict.fromkeys(module["audience"]["roles"]):
            roles.setdefault(role, []).append(entry_id)
        for vector in dict.fromkeys(module["audience"]["exposure"]):
            vectors.setdefault(vector, []).append(entry_id)
    everyone = [entry_id for entry_id, module in training.items() if module["audience"]["everyone"]]
    return {"everyone": everyone, "role": roles, "vector": vectors}


def plain(sections: Sections) -> dict[str, Any]:
    """All of the above."""
    units, roles, directives = sections["units"], sections["roles"], sections["directives"]
    return {
        "assignments": assignments(sections["assignments"], "responsibility"),
        "assignments_by_role": assignments(sections["assignments"], "role"),
        "holdings": inside(roles, "holders", "person"),
        "records": records(sections["training_records"]),
        "children": below(units, "parent"),
        "root_units": without(units, "parent"),
        "roles_by_unit": by_field(roles, "unit"),
        "reports": below(roles, "reports_to"),
        "top_roles": without(roles, "reports_to"),
        "delegations_to": delegations_to(sections["delegations"]),
        "exposed": by_list(roles, "exposure"),
        "modules": modules(sections["training"]),
        "directives_by_topic": by_field(directives, "topic"),
        "assigns": inside(directives, "assigns", "responsibility"),
        "superseded_by": by_list(directives, "supersedes"),
        "obligations": by_field(sections["obligations"], "directive"),
        "lines": by_field(sections["incident_lines"], "incident"),
        "escalated_from": by_field(sections["incident_lines"], "escalate_to"),
    }
