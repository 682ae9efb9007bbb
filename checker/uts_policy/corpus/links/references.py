"""Which fields name entries of which section."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from uts_policy.common.nearest import nearest
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


AT_MOST = 100


def suggestions(sections: Sections, placeholders: Collection[str]) -> dict[str, dict[str, str]]:
    """{section {dangling id: the nearest id of the section}} for the first hundred dangling ids that have one near.

    Where a field may name entries of two sections (stakeholders), each of them has its own suggestion. `placeholders`
    are the words as the corpus has them; in an owner's place they are no misspelt ids. To an entry that alone writes an
    id, it is not suggested itself.
    """
    dangling: set[tuple[str, str]] = set()
    for reference in REFERENCES:
        known: set[str] = set()
        for target in reference.targets:
            known |= sections[target].keys()
        if reference.targets == ("incidents",) and not known:
            continue
        for value in values(sections, reference) - known:
            if not (reference.owner and folded(value) in placeholders):
                dangling.update((target, value) for target in reference.targets)
    found: dict[str, dict[str, str]] = {}
    ids = {section: list(entries) for section, entries in sections.items()}
    for target, value in sorted(dangling)[:AT_MOST]:
        suggestion = nearest(value, ids[target])
        if suggestion is not None and _writes_alone(sections, target, suggestion, value):
            suggestion = nearest(value, (each for each in ids[target] if each != suggestion))
        if suggestion is not None:
            found.setdefault(target, {})[value] = suggestion
    return found


def _writes_alone(sections: Sections, section: str, name: str, value: str) -> bool:
    """Whether the entry `name`, and no other entry, writes `value` where an id of `section` belongs."""
    references = [each for each in REFERENCES if section in each.targets]
    itself = {section: {name: sections[section][name]}}
    # What hardly ever holds is asked first: to look at all others takes a walk through them.
    if not any(each.section == section and value in values(itself, each) for each in references):
        return False
    others = {**sections, section: {each: entry for each, entry in sections[section].items() if each != name}}
    return not any(value in values(others, each) for each in references)


def folded(word: str) -> str:
    """Trimmed, white space collapsed, lower-cased: how placeholders are compared."""
    return " ".join(word.split()).lower()


def words(placeholders: Sequence[str]) -> list[str]:
    """Placeholders as the corpus has them."""
    return sorted({folded(word) for word in placeholders})
