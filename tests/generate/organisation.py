"""A sound little organisation that states every fact: every rule but those on waivers is assessed, and none speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.generate.pools import Context

PEOPLE = {
    "director": "p-1",
    "deputy": "p-2",
    "chief-ops": "p-3",
    "watch": "p-4",
    "counsel": "p-5",
    "field-lead": "p-6",
}


def organisation(c: Context) -> dict[str, list[dict[str, Any]]]:
    """Three units in one line, nine roles, five duties, and one or two of everything else."""
    return {
        "units": [
            {"id": "agency", "name": "Agency", "chair": "director"},
            {"id": "ops", "name": "Operations", "parent": "agency", "stakeholders": ["counsel", "field"]},
            {"id": "field", "name": "Field", "parent": "ops"},
        ],
        "people": [{"id": person} for person in (*PEOPLE.values(), "p-7")],
        "roles": _roles(c),
        "authorities": [
            {"id": "declare-incident", "title": "Declare an incident"},
            {"id": "commit-funds", "title": "Commit funds", "redelegable": True},
            {"id": "direct-field", "title": "Direct the field"},
        ],
        "delegations": [
            {
                "id": "order-1",
                "delegator": "director",
                "delegate": "chief-ops",
                "authorities": ["direct-field"],
                "instrument": "Order 12-04",
                "limits": "Not abroad",
            },
            {
                "id": "order-2",
                "delegator": "director",
                "delegate": "deputy",
                "authorities": ["commit-funds"],
                "instrument": {"title": "Order 12-05"},
                "redelegable": True,
            },
        ],
        "responsibilities": _responsibilities(),
        "assignments": [
            {"responsibility": "travel-traces", "role": "deputy", "code": ["A", "S"], "reviewed_on": c.day(-30)},
            {
                "responsibility": "travel-traces",
                "role": "watch",
                "code": "R",
                "from": c.day(-300),
                "acknowledged_on": c.day(-290),
            },
        ],
        "directives": [
            {
                "id": "handbook",
                "title": "Handbook",
                "topic": "phones",
                "owner": "counsel",
                "review_by": c.day(200),
                "assigns": [{"responsibility": "phone-data", "role": "deputy"}],
            },
            {"id": "memo", "title": "Memo", "topic": "travel", "owner": "deputy", "cites": ["handbook"]}
            | {"status": "under-review"},
        ],
        "obligations": [
            {"id": "shall-1", "directive": "handbook", "text": "shall sweep", "responsibilities": ["phone-data"]},
            {"id": "shall-2", "directive": "memo", "text": "shall abroad", "not_applicable": "No office abroad"},
        ],
        "vectors": [{"id": "phone", "title": "Phone data"}, {"id": "camera", "title": "Cameras"}],
        "training": _training(c),
        "training_records": [
            {"person": person, "module": module, "completed_on": c.day(-90)}
            for role, person in PEOPLE.items()
            for module in ("basics", "advanced-uts")
            if module == "basics" or role in {"watch", "field-lead"}
        ],
        "incidents": [{"id": "leak", "title": "Leak"}, {"id": "tail", "title": "Tail"}],
        "incident_lines": [
            {"id": "leak-line", "incident": "leak", "declare": "director", "command": "director", "hours": 4}
            | {"escalate_to": []},
            {"id": "tail-line", "incident": "tail", "declare": "chief-ops", "command": "chief-ops"}
            | {"escalate_to": "leak-line", "notify": ["counsel"]},
        ],
        "assessments": [{"id": "study-1", "title": "Study", "date": c.day(-100)}],
        "vulnerabilities": [
            {"id": "gap-1", "title": "Gap", "assessment": "study-1", "vectors": ["phone"], "owner": "deputy"}
            | {"disposition": "mitigate", "actions": ["fix-1"]},
        ],
        "actions": [
            {"id": "fix-1", "title": "Fix", "owner": "deputy", "requires": ["commit-funds"], "due": c.day(100)},
        ],
        "recommendations": [
            {"id": "rec-1", "report": "25-065", "text": "Plan", "owner": "deputy", "issued": c.day(-50)},
        ],
    }


def _roles(c: Context) -> list[dict[str, Any]]:
    return [
        {
            "id": "director",
            "title": "Director",
            "unit": "agency",
            "reports_to": [],
            "seniority": 90,
            "key": True,
            "authorities": [
                {"authority": "declare-incident", "source": "Act"},
                {"authority": "commit-funds", "source": "Act"},
                {"authority": "direct-field", "source": "Act"},
            ],
            "holders": [{"person": "p-1", "from": c.day(-100)}],
            "successors": ["deputy", "chief-ops", "counsel"],
        },
        {"id": "deputy", "title": "Deputy", "unit": "agency", "reports_to": "director", "seniority": 80}
        | {"authorities": [], "holders": [{"person": "p-2"}]},
        {
            "id": "chief-ops",
            "title": "Chief of operations",
            "unit": "ops",
            "reports_to": "deputy",
            "seniority": 60,
            "authorities": [{"authority": "declare-incident", "source": "Act", "to": c.day(900)}],
            "holders": [{"person": "p-3", "kind": "acting", "from": c.day(-40), "to": c.day(400)}],
            "successors": ["watch", "field-lead", "deputy"],
            "incompatible_with": ["counsel"],
        },
        {"id": "watch", "title": "Watch officer", "unit": "ops", "reports_to": "chief-ops", "exposure": ["phone"]}
        | {"contact": "watch-desk@example.org", "authorities": []}
        | {"holders": [{"person": "p-4"}], "eligibility": {"training": ["basics"]}},
        {"id": "counsel", "title": "Counsel", "unit": "agency", "seniority": 70, "holders": [{"person": "p-5"}]},
        {
            "id": "field-lead",
            "title": "Field lead",
            "unit": "field",
            "reports_to": "chief-ops",
            "exposure": ["camera", "phone"],
            "seats": 2,
            "minimum": 1,
            "holders": [{"person": "p-6", "share": 0.5}],
        },
        {"id": "board", "title": "Board", "unit": "agency", "collective": True, "chair": "counsel", "minimum": 2}
        | {"holders": [{"person": "p-2"}, {"person": "p-5"}]},
        {"id": "partner", "title": "Partner's desk", "unit": "agency", "external": True},
        {"id": "all-staff", "title": "All staff", "unit": "ops", "everyone": True},
    ]


def _responsibilities() -> list[dict[str, Any]]:
    return [
        {
            "id": "command-incident",
            "statement": "Command the response to an incident",
            "criticality": "critical",
            "scope": {"units": ["agency"]},
            "requires": ["declare-incident", "direct-field"],
            "min_seniority": 50,
            "accountable": "chief-ops",
            "responsible": ["watch", "field-lead"],
            "informed": "counsel",
        },
        {
            "id": "phone-data",
            "statement": "Mitigate phone data",
            "group": "Phones",
            "requires": ["commit-funds"],
            "criteria": ["handbook", "Order 12-04"],
            "accountable": "deputy",
            "responsible": "watch",
            "consulted": ["counsel"],
        },
        {"id": "travel-traces", "statement": "Mitigate travel traces", "criticality": "high"}
        | {"informed": "all-staff"},
        {
            "id": "camera-sweeps",
            "statement": "Sweep for cameras",
            "scope": {"vectors": ["camera"]},
            "accountable": ["deputy"],
            "responsible": ["field-lead"],
            "support": "watch",
            "informed": ["director"],
        },
        {
            "id": "payments",
            "statement": "Review the sweeps",
            "reviews": ["camera-sweeps"],
            "accountable": "counsel",
            "responsible": "counsel",
            "informed": "director",
        },
    ]


def _training(c: Context) -> list[dict[str, Any]]:
    return [
        {
            "id": "basics",
            "title": "Basics",
            "level": "basic",
            "mandatory": True,
            "since": c.day(-600),
            "valid_months": 12,
            "owner": "counsel",
            "audience": {"everyone": True},
        },
        {
            "id": "advanced-uts",
            "title": "Advanced",
            "level": "advanced",
            "mandatory": True,
            "owner": "counsel",
            "audience": {"exposure": ["phone", "camera"]},
        },
    ]
