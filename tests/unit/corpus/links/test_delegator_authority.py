"""What delegators have on paper. The date is 2026-06-15."""

from tests.unit.corpus.links.test_grants import ACT, FREE, grants, own

EVER = "9999-12-31"
ALL_MINE = {"permitted": True}
ALL_LENT = {"permitted": False}


def paper(roles, *delegations):
    return grants(roles, *delegations, key="on_paper")


def sound(*scopes, until=EVER):
    return {"scopes": list(scopes), "bad": False, "until": until}


def test_only_what_somebody_passes_on_now_is_there():
    assert paper(
        {"a": own("authority: act", "authority: free"), "b": ACT},
        "id: d1, delegator: a, delegate: b, authorities: [act]",
        "id: d2, delegator: b, delegate: c, authorities: [act], to: 2026-06-14",
    ) == {"a": {"act": sound(ALL_MINE)}}


def test_nobody_has_paper_who_has_nothing_in_force():
    assert (
        paper(
            {"a": own("authority: act, to: 2026-06-14", "authority: act, from: 2026-06-16")},
            "id: d1, delegator: a, delegate: b, authorities: [act]",
        )
        == {}
    )


def test_an_unknown_an_abolished_and_an_external_delegator_are_not_judged():
    assert (
        paper(
            {"a": f"{ACT}, status: abolished", "b": f"{ACT}, external: true"},
            "id: d1, delegator: a, delegate: c, authorities: [act]",
            "id: d2, delegator: b, delegate: c, authorities: [act]",
            "id: d3, delegator: ghost, delegate: c, authorities: [act]",
        )
        == {}
    )


def test_a_delegation_says_its_scope_and_end_whatever_is_beneath_it():
    found = paper(
        {"a": own("authority: act, scope: {units: [west]}, to: 2026")},
        "id: d1, delegator: a, delegate: b, authorities: [act], scope: {units: [east]}, to: 2028",
        "id: d2, delegator: b, delegate: c, authorities: [act], scope: {vectors: [v]}",
        "id: d3, delegator: c, delegate: d, authorities: [act]",
    )
    assert found == {
        "a": {"act": sound({"units": ["west"], "permitted": True}, until="2026-12-31")},
        "b": {"act": sound({"units": ["east"], "permitted": False}, until="2028-12-31")},
        "c": {"act": sound({"vectors": ["v"], "permitted": False}, until="2028-12-31")},
    }


def test_without_scope_or_end_it_says_what_its_delegator_has_whether_that_may_be_passed_on_or_not():
    found = paper(
        {"a": own("authority: act, scope: {units: [east]}, to: 2027")},
        "id: d1, delegator: a, delegate: b, authorities: [act], redelegable: false",
        "id: d2, delegator: b, delegate: c, authorities: [act], redelegable: true",
        "id: d3, delegator: c, delegate: d, authorities: [act]",
    )
    assert {role: found[role]["act"] for role in "abc"} == {
        "a": sound({"units": ["east"], "permitted": True}, until="2027-12-31"),
        "b": sound({"units": ["east"], "permitted": False}, until="2027-12-31"),
        "c": sound({"units": ["east"], "permitted": True}, until="2027-12-31"),
    }


def test_where_there_is_nothing_beneath_the_fault_is_told_there_and_the_paper_says_everything():
    found = paper(
        {"a": own("authority: act, to: 2026-06-14")},
        "id: d1, delegator: a, delegate: b, authorities: [act]",
        "id: d2, delegator: b, delegate: c, authorities: [act]",
        "id: d3, delegator: c, delegate: d, authorities: [act], scope: {units: [east]}, to: 2027",
    )
    assert found == {"b": {"act": sound(ALL_LENT)}, "c": {"act": sound(ALL_LENT)}}


def test_a_loop_says_everything_where_nothing_enters_it():
    found = paper(
        {},
        "id: d1, delegator: a, delegate: b, authorities: [free]",
        "id: d2, delegator: b, delegate: a, authorities: [free]",
        "id: d3, delegator: b, delegate: c, authorities: [free], scope: {units: [east]}",
    )
    assert found == {"a": {"free": sound(ALL_MINE)}, "b": {"free": sound(ALL_MINE)}}


def test_who_stands_in_a_loop_that_nothing_enters_says_everything_and_for_ever_whatever_is_stated_in_it():
    found = paper(
        {},
        "id: d1, delegator: a, delegate: b, authorities: [free], scope: {units: [east]}, to: 2027",
        "id: d2, delegator: b, delegate: a, authorities: [free]",
        "id: d3, delegator: b, delegate: c, authorities: [free]",
        "id: d4, delegator: c, delegate: d, authorities: [free]",
    )
    east = sound({"units": ["east"], "permitted": True}, until="2027-12-31")
    assert found == {"a": {"free": sound(ALL_MINE)}, "b": {"free": east}, "c": {"free": east}}


def test_a_loop_says_what_enters_it():
    found = paper(
        {"a": own("authority: free, scope: {units: [east]}, to: 2027")},
        "id: d1, delegator: a, delegate: b, authorities: [free]",
        "id: d2, delegator: b, delegate: a, authorities: [free]",
    )
    assert found == {role: {"free": sound({"units": ["east"], "permitted": True}, until="2027-12-31")} for role in "ab"}


def test_an_external_or_unknown_role_beneath_says_everything_and_for_ever():
    found = paper(
        {"a": "external: true, authorities: [{authority: act, scope: {units: [east]}, to: 2027}]"},
        "id: d1, delegator: a, delegate: b, authorities: [act]",
        "id: d2, delegator: ghost, delegate: c, authorities: [act]",
        "id: d3, delegator: b, delegate: d, authorities: [act]",
        "id: d4, delegator: c, delegate: d, authorities: [act]",
    )
    assert found == {"b": {"act": sound(ALL_LENT)}, "c": {"act": sound(ALL_LENT)}}


def test_what_may_be_passed_on_and_what_may_not_stand_apart():
    found = paper(
        {"a": FREE, "b": own("authority: free, scope: {units: [east]}")},
        "id: d1, delegator: a, delegate: b, authorities: [free], redelegable: false, scope: {units: [hq]}",
        "id: d2, delegator: a, delegate: b, authorities: [free], redelegable: false, scope: {units: [desk]}",
        "id: d3, delegator: b, delegate: c, authorities: [free]",
    )
    assert found["b"]["free"] == sound({"units": ["hq"], "permitted": False}, {"units": ["east"], "permitted": True})


def test_a_bad_scope_is_remembered_by_what_has_none_of_its_own():
    found = paper(
        {"a": own("authority: act, scope: {units: [nowhere]}")},
        "id: d1, delegator: a, delegate: b, authorities: [act]",
        "id: d2, delegator: b, delegate: c, authorities: [act], scope: {units: [east]}",
        "id: d3, delegator: c, delegate: d, authorities: [act]",
    )
    assert found == {
        "a": {"act": {"scopes": [], "bad": True, "until": EVER}},
        "b": {"act": {"scopes": [], "bad": True, "until": EVER}},
        "c": {"act": sound({"units": ["east"], "permitted": False})},
    }


def test_the_last_day_is_that_of_anything_that_has_not_ended_one_to_come_included():
    found = paper(
        {
            "a": own(
                "authority: act, to: 2026-06-15",
                "authority: act, from: 2027, to: 2028",
                "authority: free, to: 2026-07",
            )
        },
        "id: d1, delegator: c, delegate: a, authorities: [act, free], to: 2026-06-14",
        "id: d2, delegator: c, delegate: a, authorities: [act, free], to: 2040, rescinded_on: 2026-06-15",
        "id: d3, delegator: c, delegate: a, authorities: [free], from: 2026-08, to: 2026-09",
        "id: d4, delegator: a, delegate: b, authorities: [act, free]",
    )
    assert {name: entry["until"] for name, entry in found["a"].items()} == {
        "act": "2028-12-31",
        "free": "2026-09-30",
    }


def test_the_latest_of_several_days_counts_along_a_chain():
    found = paper(
        {"a": own("authority: free, to: 2027"), "b": own("authority: free, to: 2029")},
        "id: d1, delegator: a, delegate: c, authorities: [free]",
        "id: d2, delegator: b, delegate: c, authorities: [free]",
        "id: d3, delegator: b, delegate: c, authorities: [free], to: 2028",
        "id: d4, delegator: c, delegate: d, authorities: [free]",
        "id: d5, delegator: d, delegate: a, authorities: [free]",
    )
    assert {role: entry["free"]["until"] for role, entry in found.items()} == dict.fromkeys("abcd", "2029-12-31")


def test_a_ring_through_an_abolished_role_is_no_loop_and_says_everything_for_ever():
    found = paper(
        {"a": "key: true", "c": "status: abolished"},
        "id: d1, delegator: a, delegate: b, authorities: [act]",
        "id: d2, delegator: b, delegate: c, authorities: [act]",
        "id: d3, delegator: c, delegate: a, authorities: [act]",
    )
    assert found == {"a": {"act": sound(ALL_LENT)}, "b": {"act": sound(ALL_LENT)}}


def test_a_rescission_that_lies_ahead_ends_what_may_be_passed_on():
    found = paper(
        {"a": ACT},
        "id: d1, delegator: a, delegate: b, authorities: [act], to: 2027-12-31, rescinded_on: 2027-03-01",
        "id: d2, delegator: b, delegate: c, authorities: [act], to: 2027-06-30",
        "id: d3, delegator: c, delegate: d, authorities: [act]",
    )
    assert {role: entry["act"]["until"] for role, entry in found.items()} == {
        "a": EVER,
        "b": "2027-02-28",
        "c": "2027-06-30",
    }


def test_what_a_role_has_ends_on_the_eve_of_its_abolition():
    found = paper(
        {"a": f"{ACT}, abolished_on: 2027-03-01", "b": "abolished_on: 2026-12-01"},
        "id: d1, delegator: a, delegate: b, authorities: [act]",
        "id: d2, delegator: b, delegate: c, authorities: [act]",
    )
    assert {role: entry["act"]["until"] for role, entry in found.items()} == {"a": "2027-02-28", "b": "2026-11-30"}


def test_who_has_a_misspelt_authority_may_have_the_one_that_is_meant():
    found = paper({"a": own("authority: acts")}, "id: d1, delegator: a, delegate: b, authorities: [act]")
    assert found == {"a": {"act": {"scopes": [ALL_MINE], "bad": True, "until": EVER}}}
