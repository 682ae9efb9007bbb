"""What is stated, what is not, and what a rule makes of it: succession, records, incident lines, actions."""

from __future__ import annotations

import pytest

from tests.generate.pools import AS_OF
from tests.oracle.catalogue import verdict
from tests.oracle.samples import ACT, AGENCY, GRANT, HELD, duty, role, said

FAILED = (["roles/r"], [])
PASSED = ([], [])
OPEN = ([], ["roles/r"])
DUTY_FAILED = (["responsibilities/d"], [])
DUTY_OPEN = ([], ["responsibilities/d"])


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

    critical = [duty(**{"accountable": "r", "criticality": "critical"} | duties)]

    found = said("continuity/one-person-deep", roles=roles, responsibilities=critical)

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

    one = verdict(sections | {"responsibilities": [duty(accountable="r")]}, AS_OF)
    both = verdict(sections | {"responsibilities": [duty(accountable=["r", "q"])]}, AS_OF)
    none = verdict(sections, AS_OF)

    assert ["staffing/vacant" in found.not_assessed for found in (one, both, none)] == [True, False, False]
