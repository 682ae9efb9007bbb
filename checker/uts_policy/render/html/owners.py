"""Whose business a finding is, from the corpus alone: the roles that its entry names.

NOTE: this names and does not judge; `policies/uts/view/answerable.rego` says the same to whoever asks an engine, and a
test holds the two together. A report is made from one query, so it cannot ask a second one.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_FIELDS = {
    "assignments": "role",
    "delegations": "delegator",
    "incident_lines": "command",
    "units": "chair",
    "waivers": "approved_by",
}


def answerable(data: Mapping[str, Any], entry: str) -> tuple[str, ...]:
    """The roles, sorted, whose business `entry` (`section/id`) is; none where nobody is named.

    Living ones only, a role itself aside: an assignment to a role that is no more is the business of who is accountable
    for the responsibility, a delegation by one that of the delegate.
    """
    section, _, name = entry.partition("/")
    if name not in data.get(section, {}):
        return ()
    if section == "roles":
        return (name,)
    found = _living(data, _named(data, section, name))
    if not found and section == "assignments":
        found = _living(data, _accountable(data, data["assignments"][name]["responsibility"]))
    if not found and section == "delegations":
        found = _living(data, [data["delegations"][name]["delegate"]])
    return tuple(sorted(found))


def _living(data: Mapping[str, Any], roles: Iterable[str]) -> set[str]:
    return {role for role in roles if role in data["roles"] and living(data["roles"][role], data["as_of"])}


def living(role: Mapping[str, Any], as_of: str) -> bool:
    """Not abolished. A day, where one is given, decides; otherwise the status does."""
    ended = role.get("abolished_on")
    return role["status"] != "abolished" if ended is None else as_of < str(ended)


def serving(person: Mapping[str, Any] | None, as_of: str) -> bool:
    """Declared, and has not left. A day, where one is given, decides; otherwise the status does."""
    if person is None:
        return False
    left = person.get("departed_on")
    return person["status"] != "departed" if left is None else as_of < str(left)


def current(term: Mapping[str, Any], as_of: str) -> bool:
    """Both ends inclusive."""
    return bool(term["from"] <= as_of <= term["to"])


def _named(data: Mapping[str, Any], section: str, name: str) -> Iterator[str]:
    entry, as_of = data[section][name], data["as_of"]
    match section:
        case "responsibilities":
            yield from _accountable(data, name)
        case "people":
            for role, index in data["links"]["holdings"].get(name, ()):
                if current(data["roles"][role]["holders"][index], as_of):
                    yield role
        case "obligations":
            yield str(data["directives"].get(entry["directive"], {}).get("owner", ""))
        case _:
            yield str(entry.get(_FIELDS.get(section, "owner"), ""))


def _accountable(data: Mapping[str, Any], responsibility: str) -> Iterator[str]:
    """Roles with an A that is in force."""
    if data["responsibilities"].get(responsibility, {}).get("status") != "active":
        return
    for id_ in data["links"]["assignments"].get(responsibility, {}).get("A", ()):
        assignment = data["assignments"][id_]
        if current(assignment, data["as_of"]):
            yield assignment["role"]
