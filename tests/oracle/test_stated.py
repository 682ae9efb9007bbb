"""What is stated, what is not, and what a rule makes of it: the table of the fourth principle, row by row."""

from __future__ import annotations

import pytest

from tests.generate.pools import AS_OF
from tests.oracle.catalogue import verdict

AGENCY = {"id": "agency", "name": "Agency"}
OPS = {"id": "ops", "name": "Operations", "parent": "agency"}
HELD = [{"person": "p-1"}]
ENDED = [{"person": "p-1", "to": "2020"}]


def role(name, **fields):
    return {"id": name, "title": name, "unit": "agency"} | fields


def duty(**fields):
    return {"id": "d", "statement": "D", "accountable": "r"} | fields


def said(rule, *, complete=(), **sections):
    """The keys of the findings by entry, and the entries not judged."""
    declared = {"units": [AGENCY, OPS], "people": [{"id": "p-1"}, {"id": "p-2"}]} | sections
    found = verdict(declared, AS_OF, complete=complete)
    findings = sorted(f"{entry} {key}".strip() for name, entry, key in found.findings if name == rule)
    return findings, sorted(entry for name, entry in found.not_judged if name == rule)


FAILED = (["roles/r"], [])
PASSED = ([], [])
OPEN = ([], ["roles/r"])


@pytest.mark.parametrize(
    ("fields", "judged"),
    [
        ({}, OPEN),
        ({"holders": []}, FAILED),
        ({"holders": HELD}, PASSED),
        ({"holders": ENDED}, FAILED),
        ({"holders": [{"person": "TBD"}]}, PASSED),
        ({"vacancy": {}}, PASSED),
        ({"external": True}, PASSED),
        ({"everyone": True}, PASSED),
        ({"status": "abolished"}, PASSED),
    ],
)
def test_a_role_is_vacant_only_where_that_is_stated(fields, judged):
    assert said("staffing/vacant", roles=[role("r", **fields)], responsibilities=[duty()]) == judged


def test_what_is_complete_and_not_stated_is_absent():
    sections = {"roles": [role("r"), role("other")], "responsibilities": [duty()]}

    assert said("staffing/vacant", complete=["holders"], **sections) == FAILED
    assert said("staffing/vacant", complete=["all"], **sections) == FAILED
    assert said("staffing/vacant", complete=["grants"], **sections) == OPEN


@pytest.mark.parametrize(
    ("body", "chair", "judged"),
    [
        ({}, {}, OPEN),
        ({"holders": []}, {}, OPEN),
        ({}, {"holders": []}, OPEN),
        ({"holders": []}, {"holders": []}, FAILED),
        ({"holders": []}, {"holders": HELD}, PASSED),
        ({"holders": []}, {"vacancy": {}}, PASSED),
        ({}, {"holders": HELD}, PASSED),
        ({"holders": HELD}, {}, PASSED),
        ({"holders": []}, {"external": True}, PASSED),
        ({"holders": []}, {"status": "abolished"}, PASSED),
        ({"holders": [], "chair": "ghost"}, {"holders": []}, PASSED),
        ({"holders": [], "chair": "TBD"}, {"holders": []}, PASSED),
        ({"holders": [], "unit": "ghost"}, {"holders": []}, PASSED),
        ({"holders": [], "unit": "ops"}, {"holders": []}, FAILED),
        ({"unit": "ops"}, {"holders": []}, OPEN),
        ({"holders": [], "unit": "ghost", "chair": "c"}, {"holders": []}, FAILED),
    ],
)
def test_a_body_is_vacant_where_it_and_its_chair_state_that_nobody_is_there(body, chair, judged):
    units = [AGENCY | {"chair": "c"}, OPS]
    roles = [role("r", collective=True, **body), role("c", **chair)]

    found = said("staffing/vacant", units=units, roles=roles, responsibilities=[duty()])

    assert found == judged


@pytest.mark.parametrize(
    ("fields", "judged"),
    [
        ({}, OPEN),
        ({"holders": HELD}, FAILED),
        ({"holders": [*HELD, {"person": "p-1", "kind": "acting"}]}, FAILED),
        ({"holders": [*HELD, {"person": "ghost", "share": 0}]}, PASSED),
        ({"holders": []}, PASSED),
        ({"vacancy": {}, "holders": HELD}, PASSED),
        ({"collective": True, "chair": "c", "holders": []}, FAILED),
        ({"external": True, "holders": HELD}, PASSED),
    ],
)
def test_fewer_than_the_minimum_hold_a_role_that_is_not_vacant(fields, judged):
    roles = [role("r", minimum=2, seats=2, **fields), role("c", holders=HELD)]

    assert said("staffing/below-minimum", roles=roles) == judged


def test_a_role_known_to_be_vacant_is_not_below_its_minimum_when_holders_are_complete():
    assert said("staffing/below-minimum", complete=["holders"], roles=[role("r", minimum=1)]) == PASSED


DUTY_FAILED = (["responsibilities/d"], [])
DUTY_OPEN = ([], ["responsibilities/d"])


@pytest.mark.parametrize(
    ("fields", "judged"),
    [
        ({}, DUTY_OPEN),
        ({"responsible": []}, DUTY_FAILED),
        ({"responsible": "r"}, PASSED),
        ({"responsible": "ghost"}, PASSED),
    ],
)
def test_a_duty_without_a_performer(fields, judged):
    assert said("ownership/no-performer", responsibilities=[duty(**fields)]) == judged


def test_an_assignment_that_has_ended_states_who_did_the_work():
    ended = [{"responsibility": "d", "role": "r", "code": "R", "to": "2020"}]

    assert said("ownership/no-performer", responsibilities=[duty()], assignments=ended) == DUTY_FAILED


@pytest.mark.parametrize(
    ("fields", "judged"),
    [
        ({}, DUTY_OPEN),
        ({"informed": []}, DUTY_OPEN),
        ({"informed": [], "consulted": []}, DUTY_FAILED),
        ({"informed": "all"}, PASSED),
    ],
)
def test_nobody_is_told_where_both_lists_are_stated(fields, judged):
    roles = [role("all", everyone=True)]

    assert said("workload/nobody-told", roles=roles, responsibilities=[duty(**fields)]) == judged


@pytest.mark.parametrize(
    ("fields", "judged"),
    [
        ({"from": "2020"}, ([], ["assignments/d/r/A", "assignments/d/r/R"])),
        ({"from": "2020", "acknowledged_on": "2021"}, PASSED),
        ({"from": "2020", "acknowledged_on": "2030"}, (["assignments/d/r/A"], [])),
        ({"from": AS_OF}, PASSED),
        ({}, PASSED),
    ],
)
def test_assignments_of_one_code_list_are_named_one_by_one_where_they_are_not_judged(fields, judged):
    written = [{"responsibility": "d", "role": "r", "code": ["A", "R", "S"]} | fields]
    duties = [{"id": "d", "statement": "D"}]

    assert said("ownership/unacknowledged", roles=[role("r")], responsibilities=duties, assignments=written) == judged


ACT = [{"id": "act", "title": "Act"}, {"id": "sign", "title": "Sign"}]
GRANT = [{"authority": "act"}]


@pytest.mark.parametrize(
    ("fields", "judged"),
    [
        ({}, DUTY_OPEN),
        ({"authorities": []}, (["responsibilities/d r/act", "responsibilities/d r/sign"], [])),
        ({"authorities": GRANT}, (["responsibilities/d r/sign"], [])),
        ({"authorities": [{"authority": "actt"}]}, PASSED),
        ({"external": True}, PASSED),
        ({"everyone": True}, PASSED),
    ],
)
def test_authority_is_missing_only_of_roles_that_state_their_grants(fields, judged):
    duties = [duty(requires=["act", "sign", "ghost"])]

    assert said("authority/missing", authorities=ACT, roles=[role("r", **fields)], responsibilities=duties) == judged


def test_of_two_answering_roles_the_one_that_states_its_grants_is_enough_for_a_finding():
    roles = [role("r"), role("q", authorities=[])]
    duties = [duty(accountable=["r", "q"], requires=["act"])]

    found = said("authority/missing", authorities=ACT, roles=roles, responsibilities=duties)

    assert found == (["responsibilities/d q/act"], [])


def test_a_delegation_does_not_state_the_grants_of_its_delegate():
    roles = [role("r"), role("q", authorities=GRANT)]
    order = {"id": "o", "delegator": "q", "delegate": "r", "authorities": ["act"]}
    sections = {
        "authorities": ACT,
        "roles": roles,
        "delegations": [order],
        "responsibilities": [duty(requires=["act"])],
    }

    assert said("authority/missing", **sections) == DUTY_OPEN
    assert said("authority/missing", complete=["grants"], **sections) == PASSED


@pytest.mark.parametrize(
    ("above", "judged"),
    [
        ({}, OPEN),
        ({"reports_to": []}, FAILED),
        ({"reports_to": "low"}, OPEN),
        ({"reports_to": "last"}, FAILED),
        ({"reports_to": "class"}, FAILED),
        ({"reports_to": "top"}, PASSED),
        ({"reports_to": "abroad"}, PASSED),
        ({"reports_to": "ghost"}, PASSED),
        ({"reports_to": "r"}, PASSED),
        ({"unit": "agency"}, PASSED),
    ],
)
def test_a_line_is_judged_by_what_its_last_role_states(above, judged):
    roles = [
        role("r", **{"unit": "ops"} | above),
        role("low", unit="ops"),
        role("last", unit="ops", reports_to=[]),
        role("class", unit="ops", everyone=True),
        role("top"),
        role("abroad", unit="ops", external=True),
    ]

    assert said("authority/no-line-to-top", roles=roles, responsibilities=[duty()]) == judged


@pytest.mark.parametrize(
    ("fields", "judged"),
    [
        ({}, OPEN),
        ({"successors": []}, FAILED),
        ({"successors": ["ghost"]}, PASSED),
        ({"key": False}, PASSED),
        ({"collective": True, "successors": []}, PASSED),
        ({"seats": 2}, PASSED),
        ({"seats": 2, "holders": HELD}, OPEN),
        ({"seats": 2, "holders": HELD, "successors": []}, FAILED),
        ({"successors": [], "holders": [*HELD, {"person": "ghost"}]}, PASSED),
        ({"successors": [], "holders": [*HELD, {"person": "p-2", "kind": "acting"}]}, FAILED),
        ({"everyone": True}, PASSED),
        ({"external": True}, PASSED),
    ],
)
def test_an_essential_post_without_a_successor(fields, judged):
    assert said("continuity/no-successor", roles=[role("r", **{"key": True} | fields)]) == judged


def test_few_successors_and_none():
    assert said("continuity/shallow-succession", roles=[role("r", key=True)]) == OPEN
    assert said("continuity/shallow-succession", roles=[role("r", key=True, successors=[])]) == PASSED
    assert said("continuity/shallow-succession", roles=[role("r", key=True, successors=["a", "b"])]) == FAILED


@pytest.mark.parametrize(
    ("second", "judged"),
    [
        ({"successors": ["r"]}, FAILED),
        ({"successors": ["r"], "holders": []}, PASSED),
        ({"successors": ["r"], "vacancy": {}}, FAILED),
        ({"successors": ["r"], "external": True}, PASSED),
        ({"successors": ["r"], "everyone": True}, PASSED),
        ({"successors": ["r"], "status": "abolished"}, PASSED),
        ({"successors": ["r", "ghost"]}, PASSED),
        ({"successors": ["third"]}, PASSED),
        ({}, PASSED),
    ],
)
def test_a_loop_of_two_successors_that_nothing_leads_out_of(second, judged):
    roles = [role("r", key=True, successors=["second"]), role("second", **second), role("third", successors=["r"])]

    assert said("continuity/circular-succession", roles=roles) == judged


P1 = {"holders": HELD, "successors": []}


@pytest.mark.parametrize(
    ("fields", "duties", "judged"),
    [
        (P1, {"responsible": "r"}, DUTY_FAILED),
        (P1, {}, DUTY_OPEN),
        ({"holders": HELD}, {"responsible": "r"}, DUTY_OPEN),
        ({"successors": []}, {"responsible": "r"}, DUTY_OPEN),
        ({"holders": [*HELD, {"person": "ghost"}]}, {}, PASSED),
        (P1, {"responsible": "other"}, DUTY_OPEN),
        (P1 | {"successors": ["other"]}, {"responsible": "r"}, DUTY_OPEN),
        (P1 | {"successors": ["empty"]}, {"responsible": "r"}, DUTY_FAILED),
        (P1 | {"successors": ["ghost"]}, {"responsible": "r"}, DUTY_FAILED),
        (P1 | {"successors": ["all"]}, {"responsible": "r"}, PASSED),
        ({"holders": HELD, "collective": True}, {"responsible": "r"}, PASSED),
        ({"holders": HELD, "collective": True}, {}, DUTY_OPEN),
        ({"holders": [], "successors": []}, {"responsible": "r"}, PASSED),
        ({"holders": [{"person": "ghost"}], "successors": []}, {"responsible": "r"}, PASSED),
        (P1, {"responsible": "r", "criticality": "high"}, PASSED),
    ],
)
def test_one_person_deep_where_all_who_matter_are_known(fields, duties, judged):
    roles = [role("r", **fields), role("other"), role("empty", holders=[]), role("all", everyone=True)]

    found = said(
        "continuity/one-person-deep", roles=roles, responsibilities=[duty(**{"criticality": "critical"} | duties)]
    )

    assert found == judged


def test_who_has_records_is_judged_on_every_module():
    modules = [{"id": one, "title": one, "mandatory": True, "audience": {"everyone": True}} for one in ("a", "b")]
    sections = {"roles": [role("r", holders=[*HELD, {"person": "p-2"}])], "training": modules}
    records = [{"person": "p-1", "module": "other", "completed_on": "2030"}]

    found = said("training/untrained", training_records=records, **sections)

    assert found == (["people/p-1 a", "people/p-1 b"], ["people/p-2"])
    assert said("training/untrained", complete=["records"], **sections) == (
        ["people/p-1 a", "people/p-1 b", "people/p-2 a", "people/p-2 b"],
        [],
    )


LINE_OPEN = ([], ["incident_lines/l"])


@pytest.mark.parametrize(
    ("fields", "line", "judged"),
    [
        ({}, {}, LINE_OPEN),
        ({"holders": HELD}, {}, LINE_OPEN),
        ({"holders": HELD, "authorities": []}, {}, (["incident_lines/l authority"], [])),
        ({"holders": HELD, "authorities": GRANT}, {}, PASSED),
        ({"holders": [], "authorities": GRANT}, {}, (["incident_lines/l command", "incident_lines/l declare"], [])),
        ({"authorities": GRANT}, {}, LINE_OPEN),
        ({}, {"command": None}, (["incident_lines/l command"], [])),
        ({"everyone": True}, {}, PASSED),
        ({"external": True}, {}, PASSED),
    ],
)
def test_a_line_is_commanded_where_its_roles_state_who_is_there_and_what_they_may(fields, line, judged):
    written = {"id": "l", "incident": "leak", "declare": "r", "command": "r"} | line
    lines = [{name: one for name, one in written.items() if one is not None}]
    declared = [{"id": "declare-incident", "title": "Declare"}]
    granted = [{"authority": "declare-incident"}] if fields.get("authorities") else fields.get("authorities")
    roles = [role("r", **fields | ({} if granted is None else {"authorities": granted}))]

    assert said("incident/no-command", authorities=declared, roles=roles, incident_lines=lines) == judged


@pytest.mark.parametrize(
    ("fields", "line", "judged"),
    [
        ({}, {}, LINE_OPEN),
        ({}, {"escalate_to": []}, (["incident_lines/l"], [])),
        ({}, {"escalate_to": "ghost"}, PASSED),
        ({}, {"escalate_to": "l"}, (["incident_lines/l"], [])),
        ({"unit": "agency"}, {}, PASSED),
        ({"everyone": True}, {"escalate_to": []}, PASSED),
        ({"external": True}, {"escalate_to": "l"}, PASSED),
    ],
)
def test_a_line_below_the_top_names_one_above_it(fields, line, judged):
    lines = [{"id": "l", "incident": "leak", "command": "r"} | line]

    assert (
        said("incident/broken-escalation", roles=[role("r", **{"unit": "ops"} | fields)], incident_lines=lines)
        == judged
    )


ACTION = {"id": "fix", "title": "Fix", "requires": ["act"]}


@pytest.mark.parametrize(
    ("fields", "action", "judged"),
    [
        ({}, {}, (["actions/fix"], [])),
        ({}, {"owner": "r"}, ([], ["actions/fix"])),
        ({}, {"owner": "r", "requires": ["ghost"]}, PASSED),
        ({"authorities": []}, {"owner": "r"}, (["actions/fix"], [])),
        ({"everyone": True}, {"owner": "r"}, PASSED),
        ({}, {"owner": "TBD"}, PASSED),
        ({}, {"owner": "r", "status": "done"}, PASSED),
    ],
)
def test_the_owner_of_an_action_has_what_it_requires(fields, action, judged):
    found = said("risk/unowned-action", authorities=ACT, roles=[role("r", **fields)], actions=[ACTION | action])

    assert found == judged


def test_a_rule_that_judged_nothing_of_what_it_looked_at_is_not_assessed():
    sections = {"units": [AGENCY], "roles": [role("r"), role("q", holders=HELD)]}

    one = verdict(sections | {"responsibilities": [duty()]}, AS_OF)
    both = verdict(sections | {"responsibilities": [duty(accountable=["r", "q"])]}, AS_OF)
    none = verdict(sections, AS_OF)

    assert ["staffing/vacant" in found.not_assessed for found in (one, both, none)] == [True, False, False]
