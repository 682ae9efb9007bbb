"""What restrains an entry and is taken back, or moved so that less is found, is told; honest work beside it is not."""

import pytest

from tests.acceptance.test_not_fooled import FILE, INSIST, WAIVER, changed, messages

TEXT = """\
units:
  - {id: agency, name: Agency}
people:
  - {id: p-1}
roles:
  - {id: head, title: Head, unit: agency, seniority: 60, holders: [{person: p-1, kind: acting, from: 2026-01-01}]}
  - {id: clerk, title: Clerk, unit: agency, reports_to: head, vacancy: {reason: Hiring, until: 2026-11-01},
     eligibility: {roles: [head], training: [basics]}}
  - {id: guard, title: Guard, unit: agency, reports_to: head, seats: 3, minimum: 2, incompatible_with: [clerk]}
  - {id: aide, title: Aide, unit: agency, reports_to: head, vacancy: {reason: Hiring, until: 2027-11-01}}
authorities:
  - {id: sign, title: Sign, delegable: false}
  - {id: pay, title: Pay, redelegable: true}
delegations:
  - {id: d, delegator: head, delegate: clerk, authorities: [pay], redelegable: false}
responsibilities:
  - {id: lead, statement: Lead the agency, accountable: head, min_seniority: 50, requires: [sign, pay]}
  - {id: review, statement: Review how it is led, accountable: clerk, reviews: [lead]}
assignments:
  - {id: a, responsibility: lead, role: clerk, code: R, reviewed_on: 2026-02-01}
directives:
  - {id: old, title: Old, owner: head}
  - {id: new, title: New, owner: head, supersedes: [old], review_by: 2026-06-01}
  - {id: coming, title: Coming, owner: head, status: draft}
obligations:
  - {id: duty, directive: new, text: Be led, responsibilities: [lead]}
training:
  - {id: basics, title: Basics, owner: head}
  - {id: course, title: Course, owner: head, mandatory: true, audience: {roles: [clerk], exposure: [phone]}}
  - {id: all, title: All, owner: head, audience: {everyone: true}}
vectors:
  - {id: phone, title: Phones}
assessments:
  - {id: look, title: A look, date: 2026-01-01}
vulnerabilities:
  - {id: hole, title: A hole, assessment: look, disposition: accept, owner: head, reason: Small}
actions:
  - {id: fix, title: Fix it, owner: head, due: 2026-10-01}
  - {id: plan, title: Plan it, owner: head, due: 2027-10-01}
recommendations:
  - {id: r, report: Audit, text: Do better, issued: 2026-01-01, owner: head, due: 2026-10-01}
"""

LAX = {
    ", delegable: false": ("", "authorities/sign", "no longer states `delegable: false`"),
    "{id: d, delegator: head, delegate: clerk, authorities: [pay], redelegable: false}": (
        "{id: d, delegator: head, delegate: clerk, authorities: [pay]}",
        "delegations/d",
        "no longer states `redelegable: false`",
    ),
    "supersedes: [old]": ("supersedes: []", "directives/new", 'no longer has "old" in `supersedes`'),
    "seniority: 60, ": ("", "roles/head", "no longer states `seniority`"),
    "seniority: 60": ("seniority: 70", "roles/head", "has a `seniority` of 70, before 60"),
    ", min_seniority: 50": ("", "responsibilities/lead", "no longer states `min_seniority`"),
    "min_seniority: 50": ("min_seniority: 40", "responsibilities/lead", "has a `min_seniority` of 40, before 50"),
    "requires: [sign, pay]": ("requires: [pay]", "responsibilities/lead", 'no longer has "sign" in `requires`'),
    ", training: [basics]": ("", "roles/clerk", 'no longer has "basics" in `eligibility.training`'),
    "roles: [head], ": ("", "roles/clerk", 'no longer has "head" in `eligibility.roles`'),
    "id: guard, title: Guard, unit: agency": (
        "id: guard, title: Guard, external: true, unit: agency",
        "roles/guard",
        "is marked `external: true` now, so that nobody asks who holds it and what it may do",
    ),
    "issued: 2026-01-01": (
        "issued: 2026-11-01",
        "recommendations/r",
        "puts `issued` off from 2026-01-01, which has passed, to 2026-11-01",
    ),
    ", reviews: [lead]": ("", "responsibilities/review", 'no longer has "lead" in `reviews`'),
    ", incompatible_with: [clerk]": ("", "roles/guard", 'no longer has "clerk" in `incompatible_with`'),
    "minimum: 2": ("minimum: 1", "roles/guard", "has a `minimum` of 1, before 2"),
    ", minimum: 2": ("", "roles/guard", "no longer states `minimum`"),
    "mandatory: true": ("mandatory: false", "training/course", "no longer states `mandatory: true`"),
    "roles: [clerk], ": ("", "training/course", 'no longer has "clerk" in `audience.roles`'),
    ", exposure: [phone]": ("", "training/course", 'no longer has "phone" in `audience.exposure`'),
    ", audience: {everyone: true}": ("", "training/all", "no longer states `audience.everyone: true`"),
    ", assessment: look": ("", "vulnerabilities/hole", "no longer states `assessment`"),
    ", owner: head, supersedes": (
        ", owner: head, status: draft, supersedes",
        "directives/new",
        "is a draft again, and was in force",
    ),
    ", owner: head, supersedes: [old]": (
        ", owner: head, from: 2027-01-01, supersedes: [old]",
        "directives/new",
        "is in force from 2027-01-01 only, and was in force",
    ),
    "directive: new": (
        "directive: coming",
        "obligations/duty",
        'is one of "coming", which is not in force, and was one of a directive in force',
    ),
    ", review_by: 2026-06-01": ("", "directives/new", "no longer states `review_by`"),
    "due: 2026-10-01}\n  - {id: plan": (
        "due: 2027-03-01}\n  - {id: plan",
        "actions/fix",
        "puts `due` off from 2026-10-01, which has passed, to 2027-03-01",
    ),
    ", due: 2027-10-01": ("", "actions/plan", "no longer states `due`"),
    "text: Do better, issued: 2026-01-01, owner: head, due: 2026-10-01": (
        "text: Do better, issued: 2026-01-01, owner: head",
        "recommendations/r",
        "no longer states `due`",
    ),
    "until: 2026-11-01": (
        "until: 2027-05-01",
        "roles/clerk",
        "puts `vacancy.until` off from 2026-11-01, which has passed, to 2027-05-01",
    ),
    ", until: 2027-11-01": ("", "roles/aide", "no longer states `vacancy.until`"),
    "from: 2026-01-01": ("from: 2026-11-01", "roles/head", 'is held by "p-1" from 2026-11-01, before from 2026-01-01'),
    ", from: 2026-01-01": ("", "roles/head", 'no longer states since when "p-1" holds it'),
}


@pytest.mark.parametrize("stated", LAX)
def test_a_limit_that_is_taken_back_or_moved_is_told_at_its_entry(tmp_path, stated):
    instead, entry, told = LAX[stated]
    assert TEXT.count(stated) == 1
    repository = changed(tmp_path, TEXT, TEXT.replace(stated, instead))
    outcome = repository.check(INSIST)
    assert (outcome.exit, [each for each, _ in outcome.weakened]) == (1, [entry])
    assert told in messages(outcome)[0]
    repository.git("switch", "-q", "-c", "back")
    repository.write(FILE, TEXT)
    assert repository.check(since="change").weakened == []


HONEST = {
    "a review took place": ("review_by: 2026-06-01", "review_by: 2027-06-01"),
    "what lies ahead is planned anew": ("due: 2027-10-01", "due: 2027-12-01"),
    "a vacancy that lies ahead": ("until: 2027-11-01", "until: 2027-12-01"),
    "an action is done": ("owner: head, due: 2026-10-01}\n  - {id: plan", "owner: head, status: done}\n  - {id: plan"),
    "a role is abolished": (
        "vacancy: {reason: Hiring, until: 2026-11-01},\n     eligibility: {roles: [head], training: [basics]}",
        "status: abolished, abolished_on: 2026-11-01",
    ),
    "somebody is found": ("vacancy: {reason: Hiring, until: 2027-11-01}", "holders: [{person: p-1}]"),
    "another role will do as well": ("roles: [head]", "roles: [head, aide]"),
    "it asks for more": ("min_seniority: 50", "min_seniority: 55"),
    "a directive is rescinded": ("owner: head, supersedes: [old]", "owner: head, to: 2026-11-01, supersedes: [old]"),
    "a draft comes into force": ("status: draft", "status: in-force"),
    "an authority is reworded": ("title: Sign,", "title: Sign letters,"),
    "a holding is corrected to begin earlier": ("from: 2026-01-01", "from: 2025-01-01"),
}


@pytest.mark.parametrize("what", HONEST)
def test_honest_work_is_not_told(tmp_path, what):
    before, after = HONEST[what]
    assert TEXT.count(before) == 1
    assert changed(tmp_path, TEXT, TEXT.replace(before, after)).check().weakened == []


def test_an_assignment_by_another_id_states_what_it_stated(tmp_path):
    renamed = TEXT.replace("{id: a, responsibility: lead", "{responsibility: lead")
    assert changed(tmp_path / "a", TEXT, renamed).check().weakened == []
    silent = renamed.replace(", reviewed_on: 2026-02-01", "")
    assert [each for each, _ in changed(tmp_path / "b", TEXT, silent).check().weakened] == ["assignments/lead/clerk/R"]


def test_a_role_that_will_end_has_not_ended(tmp_path):
    ahead = TEXT.replace(
        "id: head, title: Head,", "id: head, title: Head, abolished_on: 2027-06-01, status: abolished,"
    )
    silent = ahead.replace(", holders: [{person: p-1, kind: acting, from: 2026-01-01}]", "")
    assert "roles/head" in {each for each, _ in changed(tmp_path, TEXT, silent).check().weakened}


def test_a_waiver_that_fills_the_time_between_two_is_told(tmp_path):
    one = WAIVER.replace("expires: 2026-12-31", "expires: 2026-11-30")
    two = WAIVER.replace("waivers:\n", "").replace("id: w", "id: x").replace("2026-11-01", "2027-02-01")
    text = TEXT + one + two.replace("2026-12-31", "2027-03-31")
    whole = text.replace("expires: 2026-11-30", "expires: 2027-03-31")
    outcome = changed(tmp_path / "a", text, whole).check(INSIST)
    assert (outcome.exit, [each for each, _ in outcome.weakened]) == (1, ["waivers/w"])
    assert messages(outcome)[0].startswith('Waiver "w" also holds between two that were agreed')
    next_day = text.replace("2027-02-01", "2026-12-01")
    assert changed(tmp_path / "b", next_day, next_day.replace("2026-11-30", "2027-03-31")).check().weakened == []


SILENT = """\
units:
  - {id: agency, name: Agency}
  - {id: north, name: North, parent: agency}
people:
  - {id: p-1}
authorities:
  - {id: pay, title: Pay}
roles:
  - {id: head, title: Head, unit: agency, holders: [{person: p-1}], authorities: [{authority: pay, source: Charter}]}
  - {id: clerk, title: Clerk, unit: north, reports_to: head, holders: [{person: p-1}]}
responsibilities:
  - {id: lead, statement: Lead the agency, requires: [pay], accountable: head}
assignments:
  - {id: a, responsibility: lead, role: clerk, code: R, from: 2026-01-01, acknowledged_on: 2026-01-02}
"""


@pytest.mark.parametrize(
    ("stated", "instead", "entries"),
    [
        (
            ", holders: [{person: p-1}], authorities: [{authority: pay, source: Charter}]",
            ", external: true",
            {"roles/head"},
        ),
        (
            ", holders: [{person: p-1}], authorities: [{authority: pay, source: Charter}]",
            ", everyone: true",
            {"roles/head"},
        ),
        (", from: 2026-01-01, acknowledged_on: 2026-01-02", "", {"assignments/a"}),
        ("unit: north, reports_to: head", "unit: agency", {"roles/clerk"}),
    ],
)
def test_a_fact_that_is_not_asked_for_any_more_is_told_where_it_is_not_stated_either(
    tmp_path, stated, instead, entries
):
    assert SILENT.count(stated) == 1
    outcome = changed(tmp_path, SILENT, SILENT.replace(stated, instead)).check(INSIST)
    assert (outcome.exit, {each for each, _ in outcome.weakened}) == (1, entries)


@pytest.mark.parametrize(
    ("stated", "instead"),
    [
        ("unit: north, reports_to: head", "unit: agency, reports_to: head"),
        (
            "title: Clerk, unit: north, reports_to: head",
            "title: Clerk, unit: north, status: abolished, abolished_on: 2026-01-03",
        ),
        ("from: 2026-01-01, acknowledged_on: 2026-01-02", "to: 2026-02-01"),
    ],
)
def test_what_is_over_or_stands_elsewhere_need_not_state_it(tmp_path, stated, instead):
    assert changed(tmp_path, SILENT, SILENT.replace(stated, instead)).check().weakened == []
