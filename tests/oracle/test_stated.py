"""What is stated, what is not, and what a rule makes of it: the table of the fourth principle, row by row."""

from __future__ import annotations

import pytest

from tests.generate.pools import AS_OF
from tests.oracle.samples import ACT, AGENCY, GRANT, HELD, OPS, duty, role, said

ENDED = [{"person": "p-1", "to": "2020"}]

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
    assert said("staffing/vacant", roles=[role("r", **fields)], responsibilities=[duty(accountable="r")]) == judged


def test_what_is_complete_and_not_stated_is_absent():
    sections = {"roles": [role("r"), role("other")], "responsibilities": [duty(accountable="r")]}

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

    found = said("staffing/vacant", units=units, roles=roles, responsibilities=[duty(accountable="r")])

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
    assert said("ownership/no-performer", responsibilities=[duty(**{"accountable": "r"} | fields)]) == judged


def test_an_assignment_that_has_ended_states_who_did_the_work():
    ended = [{"responsibility": "d", "role": "r", "code": "R", "to": "2020"}]

    assert said("ownership/no-performer", responsibilities=[duty(accountable="r")], assignments=ended) == DUTY_FAILED


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

    assert said("workload/nobody-told", roles=roles, responsibilities=[duty(**{"accountable": "r"} | fields)]) == judged


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
    duties = [duty(accountable="r", requires=["act", "sign", "ghost"])]

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
        "responsibilities": [duty(accountable="r", requires=["act"])],
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

    assert said("authority/no-line-to-top", roles=roles, responsibilities=[duty(accountable="r")]) == judged
