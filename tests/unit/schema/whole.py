"""One document that writes every field of every section of the data model, and two helpers to read documents."""

import hashlib

from uts_policy.load.yaml import parse
from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem
from uts_policy.schema.validate import schema_problems

COMMON = {"description": "More about it.", "tags": ["one", "two"], "source": "Order 1", "x-own": {"any": [1, None]}}
TITLED = {"title": "A title", **COMMON}
CITATION = {"title": "Manual", "ref": "4.2", "url": "https://example.org/m", "x-page": 3}
SCOPE = {"units": ["agency", "division"], "vectors": ["travel"], "x-note": "n"}

WHOLE = {
    "units": [
        {
            "id": "agency",
            "name": "Agency",
            "parent": "world",
            "kind": "agency",
            "status": "archived",
            "stakeholders": ["director", "division"],
            "chair": "director",
            **COMMON,
        },
        {"id": "d", "name": "Division"},
    ],
    "people": [{"id": "p-1", "name": "p-1", "status": "on-leave", "departed_on": "2026-01", **COMMON}, {"id": "p-2"}],
    "roles": [
        {
            "id": "director",
            "unit": "agency",
            "reports_to": "president",
            "status": "abolished",
            "abolished_on": 2026,
            "replaced_by": "chief",
            "seniority": -60,
            "key": True,
            "collective": True,
            "chair": "deputy",
            "external": False,
            "seats": 2,
            "minimum": 2,
            "contact": "desk@agency.example",
            "exposure": ["travel", "online"],
            "authorities": [
                {"authority": "declare", "scope": SCOPE, "source": CITATION, "from": 2024, "to": "2026-05", "x-a": 1},
                {"authority": "declare"},
            ],
            "holders": [
                {"person": "p-1", "kind": "acting", "from": "2024-02-29", "to": "2026", "share": 0.5, "x-a": 1},
                {"person": "p-2", "share": 1},
            ],
            "vacancy": {"reason": "Recruitment", "until": "2026-12", "x-a": 1},
            "successors": ["deputy", "chief"],
            "eligibility": {"roles": ["deputy"], "training": ["advanced"], "x-a": 1},
            "incompatible_with": ["auditor"],
            **TITLED,
        },
        {"id": "deputy", "title": "Deputy", "unit": "agency", "vacancy": {}, "eligibility": {}, "successors": []},
        {"id": "staff", "title": "All staff", "unit": "agency", "everyone": True, "reports_to": []},
    ],
    "authorities": [{"id": "declare", "delegable": False, "redelegable": True, **TITLED}],
    "delegations": [
        {
            "id": "order-1",
            "delegator": "director",
            "delegate": "deputy",
            "authorities": ["declare"],
            "scope": SCOPE,
            "instrument": CITATION,
            "limits": "None above 5",
            "redelegable": False,
            "from": "2026",
            "to": "2026-12-31",
            "rescinded_on": "2026-06-01",
            **TITLED,
        }
    ],
    "responsibilities": [
        {
            "id": "command",
            "statement": "Command the response",
            "group": "Response",
            "scope": {},
            "criticality": "critical",
            "status": "retired",
            "requires": ["declare"],
            "min_seniority": 50,
            "criteria": ["directive-1", CITATION],
            "reviews": ["other"],
            "cadence": "weekly",
            "evidence": ["Log", CITATION],
            "joint_accountability": {"reason": "Two agencies", "approved_by": "director", "x-a": 1},
            "accountable": "director",
            "responsible": ["deputy", "chief"],
            "support": [],
            "consulted": "counsel",
            "informed": "TBD",
            **COMMON,
        }
    ],
    "assignments": [
        {
            "id": "a-1",
            "responsibility": "other",
            "role": "director",
            "code": "A",
            "scope": SCOPE,
            "from": "2026-01-01",
            "to": "2026-12-31",
            "overrides": True,
            "acknowledged_on": "2026-01-02",
            "reviewed_on": "2026-06",
            **TITLED,
        },
        {"responsibility": "other", "role": "deputy", "code": ["R", "S", "C", "I"]},
    ],
    "directives": [
        {
            "id": "directive-1",
            "topic": "phones",
            "scope": SCOPE,
            "owner": "director",
            "status": "superseded",
            "from": "2020",
            "to": "2026",
            "review_by": "2025-06",
            "supersedes": ["directive-0"],
            "precedence": 3,
            "cites": ["directive-2"],
            "assigns": [{"responsibility": "command", "role": "director", "x-a": 1}],
            **TITLED,
        }
    ],
    "obligations": [
        {
            "id": "o-1",
            "directive": "directive-1",
            "text": "Someone shall",
            "ref": "3.10",
            "responsibilities": ["command"],
            "not_applicable": "No field offices",
            **COMMON,
        }
    ],
    "vectors": [{"id": "travel", **TITLED}],
    "training": [
        {
            "id": "advanced",
            "level": "advanced",
            "mandatory": True,
            "since": "2025-03",
            "valid_months": 12,
            "owner": "director",
            "audience": {"everyone": False, "roles": ["deputy"], "exposure": ["travel"], "x-a": 1},
            **TITLED,
        }
    ],
    "training_records": [
        {"person": "p-1", "module": "advanced", "completed_on": "2026-02-01", "expires_on": "2027", **TITLED}
    ],
    "incidents": [{"id": "compromise", **TITLED}],
    "incident_lines": [
        {
            "id": "line-1",
            "incident": "compromise",
            "severity": "major",
            "scope": SCOPE,
            "declare": "director",
            "command": "deputy",
            "escalate_to": "line-2",
            "notify": ["counsel"],
            "hours": 0.5,
            **TITLED,
        }
    ],
    "assessments": [{"id": "study", "date": "2025-06", **TITLED}],
    "vulnerabilities": [
        {
            "id": "v-1",
            "assessment": "study",
            "vectors": ["travel"],
            "disposition": "accept",
            "owner": "director",
            "actions": ["act-1"],
            "reason": "Small",
            **TITLED,
        }
    ],
    "actions": [
        {
            "id": "act-1",
            "owner": "director",
            "requires": ["declare"],
            "due": "2026-12",
            "status": "done",
            "done_on": "2026-11-01",
            **TITLED,
        }
    ],
    "recommendations": [
        {
            "id": "rec-1",
            "report": "OIG 25-065",
            "number": 1,
            "text": "Assign responsibilities",
            "status": "closed",
            "issued": "2025-06",
            "agreed_on": "2025-12",
            "owner": "director",
            "due": "2026",
            "closed_on": "2026-11-01",
            "evidence": CITATION,
            **COMMON,
        }
    ],
    "moved": [
        {"from": "roles/chief-of-agency", "to": "roles/director", **TITLED},
        {"from": "assignments/command/chief/R", "to": "assignments/a-1"},
    ],
    "waivers": [
        {
            "id": "w-1",
            "rule": "continuity/no-successor",
            "subject": "roles/director",
            "key": "k",
            "reason": "New post",
            "approved_by": "director",
            "approved_on": "2026-01-01",
            "expires": "2026-12",
            **TITLED,
        }
    ],
    "x-anything": ["at all"],
}


def loaded(text: str) -> tuple[tuple[Document, ...], Source]:
    """The documents of a text, read by the real loader, which must find nothing wrong with them."""
    data = text.encode()
    source = Source(path="a.yaml", data=data, sha256=hashlib.sha256(data).hexdigest(), text=text)
    read = parse(source)
    assert read.problems == ()
    return read.documents, source


def problems(text: str) -> tuple[Problem, ...]:
    """What the schema layer says about a text."""
    documents, source = loaded(text)
    return schema_problems(documents, {source.path: source})


def told(text: str) -> list[tuple[str, str, str, str]]:
    """The same in short: place, rule, message, remedy."""
    return [(place(each), each.rule, each.message, each.remediation) for each in problems(text)]


def place(problem: Problem) -> str:
    """Its span as line:column-line:column."""
    span = problem.location.span
    return f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"
