"""Whose business a finding is, from the corpus alone: the roles that its entry names.

NOTE: this names and does not judge; `policies/uts/view/answerable.rego` says the same to whoever asks an engine, and a
test holds the two together. A report is made from one query, so it cannot ask a second one.
"""

from collections.abc import Iterator, Mapping
from typing import Any

_FIELDS = {
    "assignments": "role",
    "delegations": "delegator",
    "incident_lines": "command",
    "units": "chair",
    "waivers": "approved_by",
}


def answerable(data: Mapping[str, Any], entry: str) -> tuple[str, ...]:
    """The declared roles, sorted, whose business `entry` (`section/id`) is; none where nobody is named."""
    section, _, name = entry.partition("/")
    if name not in data.get(section, {}):
        return ()
    return tuple(sorted({role for role in _named(data, section, name) if role in data["roles"]}))


def living(role: Mapping[str, Any], as_of: str) -> bool:
    """Not abolished. A day, where one is given, decides; otherwise the status does."""
    ended = role.get("abolished_on")
    return role["status"] != "abolished" if ended is None else as_of < str(ended)


def current(term: Mapping[str, Any], as_of: str) -> bool:
    """Both ends inclusive."""
    return bool(term["from"] <= as_of <= term["to"])


def _named(data: Mapping[str, Any], section: str, name: str) -> Iterator[str]:
    entry, as_of = data[section][name], data["as_of"]
    match section:
        case "roles":
            yield name
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
    """Living roles with an A that is in force."""
    if data["responsibilities"][responsibility]["status"] != "active":
        return
    for id_ in data["links"]["assignments"].get(responsibility, {}).get("A", ()):
        assignment = data["assignments"][id_]
        role = data["roles"].get(assignment["role"])
        if role is not None and current(assignment, data["as_of"]) and living(role, data["as_of"]):
            yield assignment["role"]
