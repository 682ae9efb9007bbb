"""Sentences of the catalogue that are easily read past, as small organisations."""

from __future__ import annotations

import pytest

from tests.generate.pools import AS_OF
from tests.oracle.catalogue import UNUSED
from tests.oracle.samples import AGENCY, GRANT, duty, found, role

GRANTED = {"authorities": GRANT}


def order(number, delegator, delegate, **fields):
    return {"id": f"o{number}", "delegator": delegator, "delegate": delegate, "authorities": ["act"]} | fields


# --- delegation


def test_a_rescission_ahead_ends_what_a_delegate_has():
    roles = [role("a", **GRANTED), role("b"), role("c")]
    first = order(1, "a", "b", to="2027-12-31")
    second = order(2, "b", "c", to="2027-06-30")

    assert found("delegation/exceeds-grant", roles=roles, delegations=[first, second]) == []
    assert found(
        "delegation/exceeds-grant", roles=roles, delegations=[first | {"rescinded_on": "2027-03-01"}, second]
    ) == ["delegations/o2 act"]


@pytest.mark.parametrize(("to", "speaks"), [("2027-02-28", False), ("2027-03-01", True)])
def test_all_that_a_role_has_ends_on_the_eve_of_its_abolition(to, speaks):
    roles = [role("a", abolished_on="2027-03-01", **GRANTED), role("b")]

    said = found("delegation/exceeds-grant", roles=roles, delegations=[order(1, "a", "b", to=to)])

    assert said == (["delegations/o1 act"] if speaks else [])


def test_a_ring_through_an_abolished_role_is_no_finding_of_its_own():
    roles = [role("a", status="abolished"), role("b"), role("c")]
    ring = [order(1, "a", "b", redelegable=True), order(2, "b", "a"), order(3, "b", "c", to="2027")]

    for rule in ("cycle", "exceeds-grant", "orphaned", "redelegation-forbidden"):
        assert found(f"delegation/{rule}", roles=roles, delegations=ring) == []


def test_by_a_role_in_a_cycle_the_delegations_own_word_has_to_do():
    units = [AGENCY, {"id": "ops", "name": "O", "parent": "agency"}]
    roles = [role(name) for name in "abcd"]
    ring = [order(1, "a", "b", scope={"units": ["ops"]}), order(2, "b", "a")]
    beyond = [order(3, "b", "c"), order(4, "c", "d", scope={"units": ["agency"]})]

    sections = {"units": units, "roles": roles, "delegations": [*ring, *beyond]}

    assert found("delegation/cycle", **sections) == ["delegations/o1 act"]
    assert found("delegation/exceeds-grant", **sections) == []


def test_one_misspelt_authority_is_unknown_and_nothing_else():
    sections = {
        "roles": [role("a", authorities=[{"authority": "atc"}]), role("b", authorities=[])],
        "delegations": [order(1, "a", "b")],
        "responsibilities": [duty(requires=["act"], accountable="a"), duty("e", requires=["act"], accountable="b")],
    }

    assert found("reference/unknown", **sections) == ["roles/a authorities/authority/atc"]
    for rule in ("authority/missing", "delegation/exceeds-grant", "delegation/orphaned"):
        assert found(rule, **sections) == []


# --- ownership


@pytest.mark.parametrize(
    ("first", "second", "overlap", "duplicate"),
    [
        ({}, {}, [], ["responsibilities/e d"]),
        ({}, {"accountable": "b"}, ["responsibilities/e d"], []),
        ({"accountable": ["a", "b"]}, {"accountable": ["b", "a"]}, [], ["responsibilities/e d"]),
        ({"accountable": ["a", "b"]}, {}, ["responsibilities/e d"], []),
        ({"group": "G"}, {}, [], []),
        ({"group": "G"}, {"group": "g"}, [], []),
        ({"group": "G"}, {"group": "G"}, [], ["responsibilities/e d"]),
        ({"statement": "-- !"}, {"statement": "-- !"}, [], []),
        ({"accountable": []}, {"accountable": []}, [], []),
        ({"scope": {"units": ["ops"]}}, {"scope": {"units": ["lab"]}}, [], []),
    ],
)
def test_one_statement_twice(first, second, overlap, duplicate):
    sections = {
        "units": [AGENCY, {"id": "ops", "name": "O"}, {"id": "lab", "name": "L"}],
        "roles": [role("a"), role("b")],
        "responsibilities": [
            duty("d", **{"statement": "Watch  the line", "accountable": "a"} | first),
            duty("e", **{"statement": "watch-the LINE!", "accountable": "a"} | second),
        ],
    }

    assert found("ownership/scope-overlap", **sections) == overlap
    assert found("ownership/duplicate-duty", **sections) == duplicate


@pytest.mark.parametrize(
    ("body", "chair", "speaks"),
    [
        ({}, None, True),
        ({}, "a", False),
        ({}, "ghost", False),
        ({"chair": "ghost"}, None, False),
        ({"unit": "ghost"}, None, False),
        ({"external": True}, None, False),
    ],
)
def test_a_body_that_answers_without_a_chair_is_one_finding(body, chair, speaks):
    sections = {
        "units": [AGENCY if chair is None else AGENCY | {"chair": chair}],
        "roles": [role("a"), role("body", collective=True, **body)],
        "responsibilities": [duty(accountable="body"), duty("e", accountable="body")],
    }

    assert found("ownership/collective-owner", **sections) == (["roles/body"] if speaks else [])


@pytest.mark.parametrize(
    ("kind", "ends"),
    [({}, True), ({"external": True}, True), ({"everyone": True}, True), ({"status": "abolished"}, False)],
)
def test_the_end_of_the_only_accountable_assignment_is_reported_whosever_role_it_is(kind, ends):
    only = [{"responsibility": "d", "role": "a", "code": "A", "to": AS_OF}]

    said = found("staffing/ends-soon", roles=[role("a", **kind)], responsibilities=[duty()], assignments=only)

    assert said == (["assignments/d/a/A"] if ends else [])


def test_the_end_of_a_holding_in_a_body_with_a_chair_is_not():
    held = {"holders": [{"person": "p", "to": AS_OF}]}
    duties = [duty(accountable=["body", "post"])]

    roles = [role("body", collective=True, chair="post", **held), role("post", **held)]

    assert found("staffing/ends-soon", roles=roles, responsibilities=duties) == ["roles/post"]


# --- staffing, training


@pytest.mark.parametrize(
    ("shares", "seats", "contested"),
    [
        ([0.333, 0.333, 0.335], 1, False),
        ([0.333, 0.333, 0.3351], 1, True),
        ([1, 0.001], 1, False),
        ([1, 0.0010001], 1, True),
        ([0.1] * 10, 1, False),
        ([1] * 3, 2, True),
    ],
)
def test_shares_are_exact(shares, seats, contested):
    people = [{"id": f"p-{number}"} for number in range(len(shares))]
    holders = [{"person": one["id"], "share": share} for one, share in zip(people, shares, strict=True)]

    said = found("staffing/contested", people=people, roles=[role("r", seats=seats, holders=holders)])

    assert said == (["roles/r"] if contested else [])


@pytest.mark.parametrize(
    ("begin", "since", "late"),
    [
        ("2026-01-01", None, True),
        ("2026-01-01", "2026-02-01", True),
        ("2026-01-01", "2026-02-02", False),
        ("2026-02-02", "2026-01-01", False),
        (None, "2026-01-01", False),
    ],
)
def test_training_counts_from_the_later_of_holding_and_module(begin, since, late):
    module = {"id": "m", "title": "M", "mandatory": True, "audience": {"everyone": True}}
    sections = {
        "people": [{"id": "p"}],
        "roles": [role("r", holders=[{"person": "p"} | ({"from": begin} if begin else {})])],
        "training": [module | ({"since": since} if since else {})],
        "training_records": [{"person": "p", "module": "m", "completed_on": "2026-03-04"}],
    }

    assert found("training/before-duty", **sections) == (["people/p m/r"] if late else [])


def test_a_class_of_people_in_an_audience_means_everyone():
    module = {"id": "m", "title": "M", "mandatory": True, "level": "advanced", "audience": {"roles": ["all"]}}
    sections = {
        "people": [{"id": "p"}],
        "vectors": [{"id": "phone", "title": "Phone"}],
        "roles": [role("all", everyone=True), role("r", holders=[{"person": "p"}], exposure=["phone"])],
        "training": [module],
    }

    assert found("training/untrained", complete=["records"], **sections) == ["people/p m"]
    assert found("training/no-module", **sections) == []


def test_whoever_holds_a_role_is_eligible_where_a_class_of_people_is_named():
    def sections(**kind):
        return {
            "people": [{"id": "p"}],
            "roles": [role("all", **kind), role("r", holders=[{"person": "p"}], eligibility={"roles": ["all"]})],
        }

    assert found("staffing/ineligible-holder", **sections(everyone=True)) == []
    assert found("staffing/ineligible-holder", **sections(holders=[])) == ["roles/r p/0001-01-01"]
    assert found("staffing/ineligible-holder", **sections()) == []


# --- workload, directives


@pytest.mark.parametrize(
    ("fields", "speaks"),
    [
        ({"accountable": "a", "consulted": "a"}, True),
        ({"responsible": "a", "informed": ["b", "a"]}, True),
        ({"accountable": "a", "responsible": "a", "support": "a"}, False),
        ({"accountable": "a", "informed": "b"}, False),
        ({"accountable": "all", "informed": "all"}, False),
    ],
)
def test_who_does_it_needs_not_be_told(fields, speaks):
    roles = [role("a"), role("b"), role("all", everyone=True)]

    said = found("workload/contradictory-codes", roles=roles, responsibilities=[duty(**fields)])

    assert said == (["responsibilities/d"] if speaks else [])


def test_three_directives_that_supersede_one_another_are_one_cycle():
    ring = [{"id": one, "title": one, "supersedes": [other]} for one, other in (("x", "y"), ("y", "z"), ("z", "x"))]

    assert found("reference/cycle", directives=ring) == ["directives/x supersedes/y"]
    assert found("directives/both-in-force", directives=ring) == []
    assert found("directives/both-in-force", directives=ring[:2]) == ["directives/x y"]


def test_a_directive_under_review_is_in_force():
    directives = [
        {"id": "x", "title": "X", "status": "under-review", "cites": ["y"]},
        {"id": "y", "title": "Y", "status": "under-review"},
    ]

    assert found("directives/no-owner", directives=directives) == ["directives/x", "directives/y"]
    assert found("directives/superseded-citation", directives=directives) == []


def test_what_replaced_a_role_must_exist_and_may_be_gone():
    roles = [
        role("a", abolished_on="2027", replaced_by="ghost"),
        role("b", abolished_on="2027", replaced_by="c"),
        role("c", status="abolished", replaced_by="ghost"),
    ]

    assert found("reference/unknown", roles=roles) == ["roles/a replaced_by/ghost"]
    assert found("reference/retired", roles=roles) == []


# --- waivers, privacy


def waiver(rule, subject, **fields):
    dates = {"approved_on": "2026-01-01", "expires": "2026-12-31"}
    return {"id": "w", "rule": rule, "subject": subject, "reason": "R", "approved_by": "boss"} | dates | fields


@pytest.mark.parametrize(
    ("subject", "unused"),
    [
        ("assignments/d/gone/A", False),
        ("assignments/*/A", False),
        ("assignments/*/first-gone/*", False),
        ("assignments/d/*/R", True),
        ("assignments/?/gone/A", True),
        ("*/d/gone/A", True),
        ("assignments/was-d/gone/A", False),
        ("assignments/d/other/A", True),
    ],
)
def test_a_waiver_finds_entries_by_a_glob_and_by_former_names(subject, unused):
    sections = {
        "roles": [role("gone-now")],
        "responsibilities": [duty()],
        "assignments": [{"responsibility": "d", "role": "gone-now", "code": "A", "reviewed_on": "2020"}],
        "moved": [
            {"from": "roles/first-gone", "to": "roles/gone"},
            {"from": "roles/gone", "to": "roles/gone-now"},
            {"from": "responsibilities/was-d", "to": "responsibilities/d"},
        ],
        "waivers": [waiver("ownership/review-overdue", subject)],
    }

    assert found(UNUSED, **sections) == (["waivers/w"] if unused else [])


def test_a_waiver_of_an_entry_that_was_not_judged_is_not_unused():
    sections = {
        "roles": [role("a"), role("b", holders=[]), role("c", holders=[{"person": "p"}])],
        "responsibilities": [duty(accountable=["a", "b", "c"])],
    }

    def unused(subject):
        return found(UNUSED, waivers=[waiver("staffing/vacant", subject)], **sections)

    assert [unused(f"roles/{one}") for one in "abc"] == [[], [], ["waivers/w"]]


def test_a_waiver_of_an_unused_waiver_is_matched_with_what_the_others_gave():
    idle = waiver("directives/no-owner", "directives/ghost", id="idle")
    directives = [{"id": "x", "title": "X"}]

    once = [idle, waiver(UNUSED, "waivers/idle")]
    both = [waiver(UNUSED, "waivers/v"), waiver(UNUSED, "waivers/w", id="v")]

    assert found(UNUSED, directives=directives, waivers=once) == ["waivers/idle"]
    assert found(UNUSED, directives=directives, waivers=both) == ["waivers/v", "waivers/w"]


@pytest.mark.parametrize(
    ("subject", "approver", "speaks"),
    [
        ("roles/*", "a", True),
        ("roles/b*", "a", False),
        ("roles/board", "chair", True),
        ("roles/board", "old", True),
        ("roles/ghost", "nobody", True),
        ("roles/ghost", "a", False),
    ],
)
def test_a_waiver_approved_by_whom_it_concerns(subject, approver, speaks):
    roles = [
        role("a"),
        role("board", collective=True, chair="chair"),
        role("chair", holders=[{"person": "p"}]),
        role("old", status="abolished", holders=[{"person": "p"}]),
    ]
    waivers = [waiver("staffing/vacant", subject, approved_by=approver)]

    said = found("waivers/self-approved", people=[{"id": "p"}], roles=roles, waivers=waivers)

    assert said == (["waivers/w"] if speaks else [])


@pytest.mark.parametrize(
    ("text", "private"),
    [
        ("https://jane.doe@example.org/list", False),
        ("https://jane.doe@example.org", False),
        ("//jane.doe@example.org", True),
        ("see https://example.org and mail jane.doe@example.org", True),
        ("https://example.org,jane.doe@example.org", True),
        ("https://example.org?jane.doe@example.org", True),
        ("night // call 202-555-0143", True),
    ],
)
def test_only_the_host_of_a_url_is_not_text(text, private):
    said = found("privacy/personal-identifier", roles=[role("r", description=text)])

    assert said == (["roles/r"] if private else [])


def test_the_contact_of_a_desk_is_nobodys_and_a_heading_is_text():
    mail = "jane.doe@example.org"

    said = found(
        "privacy/personal-identifier", roles=[role("r", contact=mail)], responsibilities=[duty(group=f"Ask {mail}")]
    )

    assert said == ["responsibilities/d"]
