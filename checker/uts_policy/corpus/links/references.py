"""Which fields name entries of which section."""

from typing import Any, NamedTuple

from uts_policy.corpus.in_force import Sections


class Reference(NamedTuple):
    """A field of a section's entries. `path` leads to it through mappings and lists. `owner`: an owner's place."""

    section: str
    path: tuple[str, ...]
    targets: tuple[str, ...]
    owner: bool = False


def _scoped(section: str, *path: str) -> tuple[Reference, Reference]:
    return (
        Reference(section, (*path, "scope", "units"), ("units",)),
        Reference(section, (*path, "scope", "vectors"), ("vectors",)),
    )


REFERENCES: tuple[Reference, ...] = (
    Reference("units", ("parent",), ("units",)),
    Reference("units", ("chair",), ("roles",), owner=True),
    Reference("units", ("stakeholders",), ("roles", "units")),
    Reference("roles", ("unit",), ("units",)),
    Reference("roles", ("reports_to",), ("roles",)),
    Reference("roles", ("exposure",), ("vectors",)),
    Reference("roles", ("successors",), ("roles",)),
    Reference("roles", ("incompatible_with",), ("roles",)),
    Reference("roles", ("eligibility", "roles"), ("roles",)),
    Reference("roles", ("eligibility", "training"), ("training",)),
    Reference("roles", ("holders", "person"), ("people",), owner=True),
    Reference("roles", ("authorities", "authority"), ("authorities",)),
    *_scoped("roles", "authorities"),
    Reference("delegations", ("delegator",), ("roles",)),
    Reference("delegations", ("delegate",), ("roles",)),
    Reference("delegations", ("authorities",), ("authorities",)),
    *_scoped("delegations"),
    Reference("responsibilities", ("requires",), ("authorities",)),
    Reference("responsibilities", ("reviews",), ("responsibilities",)),
    Reference("responsibilities", ("joint_accountability", "approved_by"), ("roles",)),
    *_scoped("responsibilities"),
    Reference("assignments", ("responsibility",), ("responsibilities",)),
    Reference("assignments", ("role",), ("roles",), owner=True),
    *_scoped("assignments"),
    Reference("directives", ("owner",), ("roles",), owner=True),
    Reference("directives", ("supersedes",), ("directives",)),
    Reference("directives", ("cites",), ("directives",)),
    Reference("directives", ("assigns", "responsibility"), ("responsibilities",)),
    Reference("directives", ("assigns", "role"), ("roles",)),
    *_scoped("directives"),
    Reference("obligations", ("directive",), ("directives",)),
    Reference("obligations", ("responsibilities",), ("responsibilities",)),
    Reference("training", ("owner",), ("roles",), owner=True),
    Reference("training", ("audience", "roles"), ("roles",)),
    Reference("training", ("audience", "exposure"), ("vectors",)),
    Reference("training_records", ("person",), ("people",)),
    Reference("training_records", ("module",), ("training",)),
    Reference("incident_lines", ("incident",), ("incidents",)),
    Reference("incident_lines", ("declare",), ("roles",), owner=True),
    Reference("incident_lines", ("command",), ("roles",), owner=True),
    Reference("incident_lines", ("escalate_to",), ("incident_lines",)),
    Reference("incident_lines", ("notify",), ("roles",)),
    *_scoped("incident_lines"),
    Reference("vulnerabilities", ("assessment",), ("assessments",)),
    Reference("vulnerabilities", ("vectors",), ("vectors",)),
    Reference("vulnerabilities", ("owner",), ("roles",), owner=True),
    Reference("vulnerabilities", ("actions",), ("actions",)),
    Reference("actions", ("owner",), ("roles",), owner=True),
    Reference("actions", ("requires",), ("authorities",)),
    Reference("recommendations", ("owner",), ("roles",), owner=True),
)
"""Every reference that `reference/unknown` looks at. Citations that may be ids (`criteria`) are none of them."""


def values(sections: Sections, reference: Reference) -> set[str]:
    """Everything that is written in that field."""
    found: list[Any] = list(sections[reference.section].values())
    for step in reference.path:
        deeper: list[Any] = []
        for entry in found:
            value = entry.get(step)
            if isinstance(value, list):
                deeper += value
            elif value is not None:
                deeper.append(value)
        found = deeper
    return {value for value in found if isinstance(value, str)}
