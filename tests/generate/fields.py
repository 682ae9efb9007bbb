"""Every section and every field of a declaration, with a random value as an author might write it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.generate.pools import Context

TEXTS = (
    "Watch the travel desk",
    "Keep order 12-04 and audit 25-065 in mind",
    "Écoute — «quoted» 'single' \"double\"",
    "A line\nand another: # no comment",
    "Reports to https://desk.example.org/a?b=c as of 2026-06-15",
    "監視 \U0001d518\U0001d517\U0001d516 🛰",
    "- not a list",
)
PRIVATE = (
    "write to jane.doe@example.org",
    "SSN 078-05-1120",
    "call +1 202 555 0143",
    "call (202) 555-0143",
    "passport no. X1234567",
    "licence plate AB12 CDE",
    "meet at 12 Main Street",
    "see https://u:p@host.example.org/list?mail=jane.doe@example.org",
)
ALMOST_PRIVATE = (
    "a@b",
    "a@b.c1",
    "mailto:a@b.co.",
    "https://jane.doe@example.org",
    "https://desk.example.org, or jane.doe@example.org",
    "//jane@example.org?jane@example.org",
    "000-12-3456",
    "666-12-3456 and 900-12-3456",
    "1078-05-1120",
    "078-05-1120-7, 078 05 1120",
    "2026-06-15 12-04 25-065",
    "+49 (30) 1234 5678",
    "+12 34",
    "202.555.0143",
    "1202-555-0143",
    "102-555-0143",
    "2025550143",
    "passport AB123456",
    "Passports 1234567",
    "passport number: 12345678901",
    "license plate: 7ABC123",
    "licence plate readers",
    "12 main street",
    "1600 Pennsylvania Ave.",
    "5 N. 3rd St. and on",
    "12 Main Streets",
    "night // call 202-555-0143",
    "see https://example.org and call 202-555-0143",
    "https://example.org,202-555-0143",
    "https://example.org\u00a0call 202-555-0143",
    "ssh://202-555-0143/list",
    "(202)555-0143",
    "1-202-555-0143",
    "202\u00a0555\u202f0143",
    "202\u2010555\u20110143",
    "Budget code 300 400 5000",
    "number plate ANPR 2",
    "12 Main St",
    "1600 Pennsylvania Ave",
    "12 Main St, and 5 Oak Rd",
    "24 Old Ln",
    "7 Elm Dr",
    "3 Sunset Blvd",
)
"""Texts at the edges of what identifies a person, on either side."""

CITATIONS = (
    "Order 12-04",
    {"title": "Order 12-04"},
    {"title": "Handbook", "ref": "§ 3", "url": "https://example.org/h"},
)
SEVERITIES = ("high", "low")
CONTACTS = ("watch-desk@example.org", "+1 202 555 0143", "12 Main Street")
"""Where a desk can be reached: no person's, and so no business of privacy."""

GROUPS = ("Phones", "Money — and more", "call (202) 555-0143")
TOPICS = ("phones", "travel")
REPORTS = ("25-065", "Report 7")


def text(c: Context) -> str:
    return c.pick(PRIVATE) if c.chance(0.02) else c.pick(TEXTS)


def citation(c: Context) -> Any:
    return c.pick(CITATIONS)


def one_of(*options: Any) -> Callable[[Context], Any]:
    return lambda c: c.pick(options)


def reference(section: str) -> Callable[[Context], Any]:
    return lambda c: c.reference(section)


def references(section: str, most: int = 3) -> Callable[[Context], Any]:
    return lambda c: [] if c.chance(0.06) else c.references(section, most)


def none_or(make: Callable[[Context], Any]) -> Callable[[Context], Any]:
    """What `make` makes; now and then that there is none."""
    return lambda c: [] if c.chance(0.15) else make(c)


def either(c: Context) -> bool:
    return c.chance(0.5)


def seldom(c: Context) -> bool:
    return c.chance(0.33)


def mostly(c: Context) -> bool:
    return c.chance(0.67)


def always(_: Context) -> bool:
    return True


def owner(c: Context) -> str:
    return c.owner()


def past(c: Context) -> Any:
    return c.past()


def future(c: Context) -> Any:
    return c.future()


def any_date(c: Context) -> Any:
    return c.any_date()


def scope(c: Context) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if c.chance(0.75):
        made["units"] = c.references("units", 2)
    if c.chance(0.4):
        made["vectors"] = c.references("vectors", 2)
    return made


def several(make: Callable[[Context], Any], most: int = 3) -> Callable[[Context], Any]:
    def made(c: Context) -> Any:
        return [] if c.chance(0.06) else [make(c) for _ in range(c.rng.randint(1, most))]

    return made


def record(required: dict[str, Any], optional: dict[str, Any], likely: float = 0.5) -> Callable[[Context], Any]:
    def made(c: Context) -> dict[str, Any]:
        values = {key: make(c) for key, make in required.items()}
        return values | {key: make(c) for key, make in optional.items() if c.chance(likely)}

    return made


def one_or_more(section: str) -> Callable[[Context], Any]:
    """A role or a list of roles, as the short form of an assignment takes it."""

    def made(c: Context) -> Any:
        if c.chance(0.5):
            return c.owner()
        return [] if c.chance(0.04) else list(dict.fromkeys(c.owner() for _ in range(c.rng.randint(1, 3))))

    return made


def code(c: Context) -> Any:
    return c.pick("RASCI") if c.chance(0.6) else c.some("RASCI", 3)


def stakeholder(c: Context) -> list[str]:
    return [c.reference(c.pick(("roles", "units"))) for _ in range(c.rng.randint(1, 2))]


def criteria(c: Context) -> list[Any]:
    def one() -> Any:
        draw = c.rng.random()
        if draw < 0.6:
            return c.pick(c.ids["directives"])
        return c.pick(c.ids["recommendations"]) if draw < 0.7 else citation(c)

    return [one() for _ in range(c.rng.randint(1, 2))]


HOLDER = record(
    {"person": lambda c: c.owner() if c.chance(0.02) else c.reference("people")},
    {
        "kind": one_of("permanent", "acting", "detailed"),
        "from": any_date,
        "to": future,
        "share": one_of(0.5, 0.25, 1, 0.333, 0.667, 0, 0.6),
    },
    0.35,
)
GRANT = record(
    {"authority": reference("authorities")},
    {"scope": scope, "source": citation, "from": any_date, "to": future},
    0.4,
)
ASSIGNS = record({"responsibility": reference("responsibilities"), "role": owner}, {})
COMMON = {
    "title": text,
    "description": text,
    "tags": one_of(["uts"], ["uts", "phone"], []),
    "source": citation,
    "x-note": one_of("jane.doe@example.org", {"deep": [1, None]}, 7),
}

REQUIRED: dict[str, dict[str, Any]] = {
    "units": {"name": text},
    "people": {},
    "roles": {"title": text, "unit": reference("units")},
    "authorities": {"title": text},
    "delegations": {
        "delegator": reference("roles"),
        "delegate": reference("roles"),
        "authorities": lambda c: c.references("authorities", 2),
    },
    "responsibilities": {"statement": text},
    "assignments": {"responsibility": reference("responsibilities"), "role": owner, "code": code},
    "directives": {"title": text},
    "obligations": {"directive": reference("directives"), "text": text},
    "vectors": {"title": text},
    "training": {"title": text},
    "training_records": {"person": reference("people"), "module": reference("training"), "completed_on": past},
    "incidents": {"title": text},
    "incident_lines": {"incident": reference("incidents")},
    "assessments": {"title": text},
    "vulnerabilities": {"title": text},
    "actions": {"title": text},
    "recommendations": {"report": one_of(*REPORTS), "text": text},
    "waivers": {
        "rule": one_of("ownership/unassigned", "staffing/vacant", "no/such"),
        "subject": lambda c: f"responsibilities/{c.pick(c.ids['responsibilities'])}",
        "reason": text,
        "approved_by": owner,
        "approved_on": past,
        "expires": future,
    },
}

OPTIONAL: dict[str, dict[str, Any]] = {
    "units": {
        "parent": reference("units"),
        "kind": one_of("division", "Ω"),
        "status": one_of("active", "active", "archived"),
        "stakeholders": stakeholder,
        "chair": owner,
    },
    "people": {
        "name": one_of("Sparrow", "Heron"),
        "status": one_of("active", "on-leave", "departed"),
        "departed_on": any_date,
    },
    "roles": {
        "reports_to": none_or(reference("roles")),
        "status": one_of("active", "active", "abolished"),
        "abolished_on": any_date,
        "replaced_by": reference("roles"),
        "contact": one_of(*CONTACTS),
        "seniority": one_of(10, 40, 50, 60, 90, 0, -1),
        "key": either,
        "collective": either,
        "chair": owner,
        "everyone": always,
        "external": seldom,
        "seats": one_of(1, 2, 3),
        "minimum": one_of(1, 2, 3),
        "exposure": references("vectors", 2),
        "authorities": several(GRANT),
        "holders": several(HOLDER),
        "vacancy": record({}, {"reason": one_of("Post is being filled", "Frozen"), "until": any_date}, 0.7),
        "successors": references("roles"),
        "eligibility": record({}, {"roles": references("roles"), "training": references("training", 2)}, 0.7),
        "incompatible_with": references("roles", 2),
    },
    "authorities": {"delegable": either, "redelegable": either},
    "delegations": {
        "scope": scope,
        "instrument": citation,
        "limits": text,
        "redelegable": either,
        "from": past,
        "to": future,
        "rescinded_on": any_date,
    },
    "responsibilities": {
        "scope": scope,
        "criticality": one_of("critical", "high", "normal", "low"),
        "status": one_of("active", "active", "retired"),
        "requires": references("authorities", 2),
        "min_seniority": one_of(10, 50, 60, 95),
        "criteria": criteria,
        "reviews": references("responsibilities", 2),
        "group": one_of(*GROUPS),
        "cadence": one_of("yearly", "quarterly"),
        "evidence": text,
        "joint_accountability": record({}, {"reason": text, "approved_by": owner}, 0.8),
        "accountable": one_or_more("roles"),
        "responsible": one_or_more("roles"),
        "support": one_or_more("roles"),
        "consulted": one_or_more("roles"),
        "informed": one_or_more("roles"),
    },
    "assignments": {
        "id": lambda c: c.pick(c.ids["assignments"]),
        "scope": scope,
        "from": any_date,
        "to": future,
        "overrides": either,
        "acknowledged_on": any_date,
        "reviewed_on": past,
    },
    "directives": {
        "topic": one_of(*TOPICS),
        "scope": scope,
        "owner": owner,
        "status": one_of("in-force", "in-force", "under-review", "draft", "superseded", "rescinded"),
        "from": past,
        "to": future,
        "review_by": future,
        "supersedes": references("directives", 2),
        "precedence": one_of(1, 2),
        "cites": references("directives", 2),
        "assigns": several(ASSIGNS),
    },
    "obligations": {
        "ref": one_of("3.1", "§ 4 (b)"),
        "responsibilities": references("responsibilities", 2),
        "not_applicable": one_of("No office abroad", "Done by law"),
    },
    "vectors": {},
    "training": {
        "level": one_of("basic", "advanced"),
        "mandatory": mostly,
        "since": any_date,
        "valid_months": one_of(1, 6, 12, 36),
        "owner": owner,
        "audience": record(
            {},
            {
                "everyone": either,
                "roles": references("roles"),
                "exposure": references("vectors", 2),
            },
        ),
    },
    "training_records": {"expires_on": any_date},
    "incidents": {},
    "incident_lines": {
        "severity": one_of(*SEVERITIES),
        "scope": scope,
        "declare": owner,
        "command": owner,
        "escalate_to": none_or(reference("incident_lines")),
        "notify": references("roles", 2),
        "hours": one_of(1, 24),
    },
    "assessments": {"date": past},
    "vulnerabilities": {
        "assessment": reference("assessments"),
        "vectors": references("vectors", 2),
        "disposition": one_of("mitigate", "mitigate", "accept", "transfer", "avoid"),
        "owner": owner,
        "actions": references("actions", 2),
        "reason": text,
    },
    "actions": {
        "owner": owner,
        "requires": references("authorities", 2),
        "due": any_date,
        "status": one_of("open", "open", "done", "cancelled"),
        "done_on": past,
    },
    "recommendations": {
        "number": one_of(1, "2a"),
        "status": one_of("unresolved", "resolved", "closed"),
        "issued": past,
        "agreed_on": past,
        "owner": owner,
        "due": any_date,
        "closed_on": past,
        "evidence": one_of([], ["Memo 7"], "Memo 7", {"title": "Memo 7"}),
    },
    "waivers": {"key": one_of("a", "p-1/2026-06-15")},
}

SECTIONS: Sequence[str] = tuple(REQUIRED)


NAMED_OTHERWISE = frozenset(
    {"units", "people", "responsibilities", "obligations", "recommendations", "training_records"}
)
"""Sections whose entries have a field of another name in the place of `title`."""


def common(section: str) -> dict[str, Any]:
    """The fields that every entry takes."""
    return {key: make for key, make in COMMON.items() if key != "title" or section not in NAMED_OTHERWISE}


def makers(section: str) -> dict[str, Any]:
    """All fields of a section but its id."""
    return common(section) | REQUIRED[section] | OPTIONAL[section]


SELDOM = {"everyone": 0.05}
"""Fields that leave no room for most others, and how often they are there."""


def random_entry(c: Context, section: str, likely: float = 0.35) -> dict[str, Any]:
    """An entry with each optional field by chance. Not yet free of the clashes that `repair` takes out."""
    entry: dict[str, Any] = {}
    if section not in {"assignments", "training_records"}:
        entry["id"] = c.pick(c.ids[section])
    entry |= {key: make(c) for key, make in REQUIRED[section].items()}
    entry |= {key: make(c) for key, make in OPTIONAL[section].items() if c.chance(SELDOM.get(key, likely))}
    return entry | {key: make(c) for key, make in common(section).items() if c.chance(0.04)}
