"""A known finding that gets worse in a measure of its own is new; one that gets no worse stays known."""

import pytest

from tests.acceptance.test_not_fooled import EMPTY, INSIST, MORE, WAIVER, changed, messages

TOP = """\
units:
  - {id: agency, name: Agency}
  - {id: north, name: North, parent: agency}
  - {id: port, name: Port, parent: north}
  - {id: south, name: South, parent: agency}
vectors: [{id: travel, title: Travel}, {id: online, title: Online}]
people:
  - {id: p-1}
roles:
  - {id: head, title: Head, unit: agency, holders: [{person: p-1}],
     authorities: [{authority: sign, scope: {units: [POWER]}}]}
  - {id: clerk, title: Clerk, unit: agency, holders: [{person: p-1}]}
  - {id: aide, title: Aide, unit: agency, holders: [{person: p-1}]}
authorities:
  - {id: sign, title: Sign, delegable: false}
"""
DUTY = "responsibilities:\n  - {id: lead, statement: Lead the agency, "
ON_LEAD = "responsibilities/lead"
EMPTY_AIDE = "Aide, unit: agency, holders: []"
LINES = """\
incidents: [{id: leak, title: Leak}]
incident_lines:
  - {id: line, incident: leak, SCOPE, declare: head, command: aide, escalate_to: []}
"""
CASES = {
    "ownership/unassigned": (
        TOP.replace("POWER", "agency") + DUTY + "scope: {units: [WHAT]}, responsible: head}\n",
        ON_LEAD,
        {("north", "north, south"): True, ("north", "agency"): True, ("north", "port"): False,
         ("north], vectors: [travel", "north"): True, ("north, south", "agency"): True, ("agency", "north"): False},
    ),
    "ownership/no-performer": (
        TOP.replace("POWER", "agency") + DUTY + "scope: {units: [WHAT]}, accountable: head, responsible: []}\n"
        "  - {id: file, statement: File letters, accountable: head, responsible: head}\n",
        ON_LEAD,
        {("north", "north, south"): True, ("north, south", "south"): False},
    ),
    "authority/too-narrow": (
        TOP.replace("POWER", "WHAT") + DUTY + "accountable: head, responsible: head, requires: [sign]}\n",
        ON_LEAD,
        {("north", "port"): True, ("north, south", "north"): True, ("port", "north"): False, ("north", "south"): True},
    ),
    "ownership/term-gap": (
        TOP.replace("POWER", "agency") + DUTY + "responsible: head}\nassignments:\n"
        "  - {id: one, responsibility: lead, role: head, code: A, to: 2026-12-10}\n"
        "  - {id: two, responsibility: lead, role: clerk, code: A, from: WHAT}\n",
        ON_LEAD,
        {("2026-12-20", "2027-03-01"): True, ("2027-03-01", "2026-12-20"): False},
    ),
    "ownership/multiple-accountable": (
        TOP.replace("POWER", "agency") + DUTY + "accountable: [WHAT], responsible: head}\n",
        ON_LEAD,
        {("head, clerk", "head, aide"): True, ("head, clerk", "clerk, head"): False,
         ("head, clerk, aide", "head, clerk"): False},
    ),
    "delegation/not-delegable": (
        TOP.replace("POWER", "agency") + "delegations:\n  - {id: d, delegator: head, authorities: [sign], WHAT}\n",
        "delegations/d",
        {("delegate: clerk, to: 2027-01-31", "delegate: aide, to: 2027-01-31"): True,
         ("delegate: clerk, to: 2027-01-31", "delegate: clerk, to: 2027-06-30"): True,
         ("delegate: clerk, to: 2027-01-31", "delegate: clerk"): True,
         ("delegate: clerk, scope: {units: [north]}", "delegate: clerk, scope: {units: [north, south]}"): True,
         ("delegate: clerk", "delegate: clerk, to: 2027-06-30, scope: {units: [port]}"): False},
    ),
    "incident/no-command": (
        TOP.replace("POWER", "agency").replace("Aide, unit: agency, holders: [{person: p-1}]", EMPTY_AIDE)
        + LINES.replace("SCOPE", "scope: {units: [WHAT]}"),
        "incident_lines/line",
        {("north", "north, south"): True, ("north", "agency"): True, ("agency", "north"): False},
    ),
    "ownership/placeholder-owner": (
        TOP.replace("POWER", "agency") + LINES.replace("SCOPE, declare: head, command: aide", "WHAT"),
        "incident_lines/line",
        {("declare: TBD, command: head", "declare: head, command: TBD"): True,
         ("declare: TBD, command: head", "declare: TBD, command: TBD"): True,
         ("declare: TBD, command: TBD", "declare: head, command: TBD"): False},
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "before", "after", "new"),
    [(rule, *pair, new) for rule, (_, _, pairs) in CASES.items() for pair, new in pairs.items()],
)
def test_a_finding_is_new_where_it_has_got_worse(tmp_path, rule, before, after, new):
    text, entry, _ = CASES[rule]
    outcome = changed(tmp_path, text.replace("WHAT", before), text.replace("WHAT", after)).check("--rule", rule)
    assert ((rule, entry) in outcome.new, (rule, entry) in outcome.known) == (new, not new)


def test_what_is_only_reworded_or_has_another_id_is_no_worse(tmp_path):
    text = CASES["ownership/unassigned"][0].replace("WHAT", "north")
    for number, after in enumerate(
        (text.replace("Lead the agency", "Lead the whole agency"), text.replace("north", "nord")),
    ):
        outcome = changed(tmp_path / str(number), text, after).check("--rule", "ownership/unassigned")
        assert ("ownership/unassigned", ON_LEAD) in outcome.known
    both = CASES["ownership/multiple-accountable"][0].replace("WHAT", "head, clerk")
    outcome = changed(tmp_path / "r", both, both.replace("clerk", "scribe")).check()
    assert ("ownership/multiple-accountable", ON_LEAD) in outcome.known


def test_a_waived_empty_chair_that_gets_another_duty_is_told(tmp_path):
    waiver = WAIVER.replace("ownership/unassigned", "staffing/vacant").replace(
        "responsibilities/lead", "roles/director"
    )
    outcome = changed(tmp_path / "a", EMPTY + waiver, EMPTY + MORE + waiver).check(INSIST)
    assert (outcome.exit, [each for each, _ in outcome.weakened]) == (1, ["roles/director"])
    told = '"staffing/vacant" on "roles/director" is waived by "w" and concerns more than when that was agreed'
    assert messages(outcome) == [f'{told}: "responsibilities/report".']
    reworded = EMPTY.replace("Lead the agency", "Lead the whole agency")
    assert changed(tmp_path / "b", EMPTY + waiver, reworded + waiver).check(INSIST).exit == 0


BOARD = """\
units:
  - {id: agency, name: Agency}
  - {id: board, name: Board, parent: agency, chair: CHAIR}
people:
  - {id: p-1}
roles:
  - {id: head, title: Head, unit: agency, holders: [{person: PERSON}]}
  - {id: clerk, title: Clerk, unit: agency, holders: [{person: p-1}]}
  - {id: panel, title: Panel, unit: board, collective: true, holders: []}
responsibilities:
  - {id: lead, statement: Lead the agency, accountable: panel}
  - {id: file, statement: File the letters, accountable: head}
  - {id: plan, statement: Plan the year, accountable: clerk}
"""


@pytest.mark.parametrize(
    ("instead", "finding", "role"),
    [
        (("CHAIR", "TBD"), ("ownership/placeholder-owner", "units/board"), "panel"),
        (("CHAIR", "nobody-of-that-name"), ("reference/unknown", "units/board"), "panel"),
        (("PERSON", "p-9"), ("reference/unknown", "roles/head"), "head"),
    ],
)
def test_a_chair_or_a_holder_that_nobody_declares_is_an_empty_chair(tmp_path, instead, finding, role):
    text = BOARD.replace(*instead).replace("CHAIR", "clerk").replace("PERSON", "p-1")
    for number, (after, new) in enumerate(
        ((f"accountable: {role}", True), ("accountable: clerk, informed: head", False))
    ):
        changes = changed(tmp_path / str(number), text, text.replace("accountable: clerk", after))
        outcome = changes.check("--rule", finding[0])
        assert (finding in outcome.new, finding in outcome.known) == (new, not new)


def test_a_parameter_that_names_what_is_not_declared_any_more_is_told(tmp_path):
    text = TOP.replace("POWER", "agency") + "  - {id: declare-incident, title: Declare an incident}\n"
    gone = text.replace("id: declare-incident", "id: declare-incidents")
    outcome = changed(tmp_path / "a", text, gone).check(INSIST)
    assert (outcome.exit, [each for each, _ in outcome.weakened]) == (1, ["configuration/rules"])
    assert messages(outcome)[0].startswith('"declare-incident", which `authority` of "incident/no-command" names')
    recorded = gone + "moved: [{from: authorities/declare-incident, to: authorities/declare-incidents}]\n"
    assert changed(tmp_path / "b", text, recorded).check(INSIST).exit == 0
