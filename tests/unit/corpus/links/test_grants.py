"""Effective grants. The date is 2026-06-15."""

import pytest

from tests.unit.corpus.documents import OPEN, links

ORGANISATION = """
        units:
        - {id: hq, name: H}
        - {id: east, name: E, parent: hq}
        - {id: desk, name: D, parent: east}
        - {id: west, name: W, parent: hq}
        - {id: shut, name: S, parent: hq, status: archived}
        vectors: [{id: v, title: V}, {id: w, title: W}]
        authorities:
        - {id: act, title: A}
        - {id: free, title: F, redelegable: true}
        - {id: bound, title: B, delegable: false, redelegable: true}
"""
OWN = {**OPEN, "via": []}


def grants(roles, *delegations, key="grants"):
    """`roles` are ids with what follows the id; all that delegations name besides is declared without anything."""
    wanted = {"a", "b", "c", "d"} - roles.keys()
    written = [f"- {{id: {role}, title: T, unit: hq, {more}}}" for role, more in roles.items()]
    written += [f"- {{id: {role}, title: T, unit: hq}}" for role in sorted(wanted)]
    lines = [f"        {each}" for each in ["roles:", *written, "delegations:", *(f"- {{{d}}}" for d in delegations)]]
    return links(ORGANISATION + "\n".join(lines if delegations else lines[:-1]) + "\n")[key]


def own(*items):
    return "authorities: [" + ", ".join(f"{{{item}}}" for item in items) + "]"


ACT = own("authority: act")
FREE = own("authority: free")


def test_own_grants_count_while_they_are_in_force():
    assert grants(
        {
            "a": own(
                "authority: act, from: 2026-06-15, to: 2026-06-15",
                "authority: free, to: 2026-06-14",
                "authority: bound, from: 2026-06-16",
                "authority: unheard-of",
            )
        }
    ) == {"a": {"act": [{"from": "2026-06-15", "to": "2026-06-15", "via": []}], "unheard-of": [OWN]}}


@pytest.mark.parametrize("state", ["status: abolished", "abolished_on: 2026-06-15"])
def test_an_abolished_role_has_none_and_passes_none_on(state):
    assert grants({"a": f"{ACT}, {state}"}, "id: d1, delegator: a, delegate: b, authorities: [act]") == {}


def test_a_role_that_will_be_abolished_still_has_them_until_the_eve():
    assert grants({"a": f"{ACT}, abolished_on: 2026-06-16, status: abolished"}) == {
        "a": {"act": [{"from": "0001-01-01", "to": "2026-06-15", "via": []}]}
    }


LAST_DAYS = {"a": "9999-12-31", "b": "2027-02-28"}


@pytest.mark.parametrize(
    ("roles", "delegation"),
    [
        ({}, "rescinded_on: 2027-03-01, to: 2027-12-31"),
        ({}, "to: 2027-02, rescinded_on: 2027-12-31"),
        ({"b": "abolished_on: 2027-03"}, "to: 2027-12-31"),
        ({"b": "abolished_on: 2027-03"}, "rescinded_on: 2028"),
    ],
)
def test_what_is_delegated_ends_on_the_eve_of_its_rescission_and_of_the_abolition_of_who_gets_it(roles, delegation):
    found = grants({"a": ACT, **roles}, f"id: d1, delegator: a, delegate: b, authorities: [act], {delegation}")
    assert {role: held["act"][0]["to"] for role, held in found.items()} == LAST_DAYS


def test_what_an_external_or_abolished_role_passed_on_ends_with_it():
    found = grants(
        {"a": "external: true, abolished_on: 2027-03-01", "c": f"{FREE}, abolished_on: 2027-03-01"},
        "id: d1, delegator: a, delegate: b, authorities: [act]",
        "id: d2, delegator: c, delegate: b, authorities: [free]",
    )
    assert {authority: [each["to"] for each in held] for authority, held in found["b"].items()} == {
        "act": ["2027-02-28"],
        "free": ["2027-02-28"],
    }


@pytest.mark.parametrize(
    ("held", "meant"),
    [("act", {}), ("acts", {"a": ["act"]}), ("quite-another", {"a": ["act", "bound", "free"]})],
)
def test_who_has_a_misspelt_authority_may_have_the_one_that_is_meant_or_any(held, meant):
    assert grants({"a": own(f"authority: {held}")}, key="grants_over_bad_scopes") == meant


def test_what_is_misspelt_may_be_passed_on_too():
    assert grants(
        {"a": own("authority: fre")},
        "id: d1, delegator: a, delegate: b, authorities: [free]",
        "id: d2, delegator: d, delegate: c, authorities: [fre]",
        key="grants_over_bad_scopes",
    ) == {"a": ["free"], "b": ["free"], "c": ["free"]}


def test_a_delegation_passes_on_what_its_delegator_has():
    assert grants({"a": own("authority: act, scope: {units: [east], vectors: [v]}, to: 2027")}, D1) == {
        "a": {"act": [{"units": ["east"], "vectors": ["v"], "from": "0001-01-01", "to": "2027-12-31", "via": []}]},
        "b": {"act": [{"units": ["east"], "vectors": ["v"], "from": "2026-01-01", "to": "2027-12-31", "via": ["d1"]}]},
    }


D1 = "id: d1, delegator: a, delegate: b, authorities: [act], from: 2026"


@pytest.mark.parametrize(
    "delegation",
    [
        "delegator: a, delegate: b, authorities: [act], to: 2026-06-14",
        "delegator: a, delegate: b, authorities: [act], from: 2026-06-16",
        "delegator: a, delegate: b, authorities: [act], rescinded_on: 2026-06-15",
        "delegator: a, delegate: b, authorities: [bound], redelegable: true",
        "delegator: a, delegate: b, authorities: [free]",
        "delegator: ghost, delegate: b, authorities: [act]",
        "delegator: a, delegate: ghost, authorities: [act]",
        "delegator: a, delegate: b, authorities: [act], scope: {units: [shut]}",
        "delegator: a, delegate: b, authorities: [act], scope: {units: [nowhere]}",
        "delegator: a, delegate: b, authorities: [act], scope: {vectors: [none]}",
    ],
)
def test_a_delegation_that_is_not_valid_gives_nothing(delegation):
    roles = {"a": own("authority: act", "authority: bound")}
    assert grants(roles, f"id: d, {delegation}") == {"a": {"act": [OWN], "bound": [OWN]}}


@pytest.mark.parametrize(
    ("authority", "word", "passes"),
    [
        ("act", "", False),
        ("act", ", redelegable: true", True),
        ("free", "", True),
        ("free", ", redelegable: false", False),
        ("unheard-of", "", False),
    ],
)
def test_what_was_delegated_goes_on_only_with_permission_the_delegations_word_before_the_authoritys(
    authority, word, passes
):
    found = grants(
        {"a": own(f"authority: {authority}")},
        f"id: d1, delegator: a, delegate: b, authorities: [{authority}]{word}",
        f"id: d2, delegator: b, delegate: c, authorities: [{authority}]",
    )
    assert found == {
        "a": {authority: [OWN]},
        "b": {authority: [{**OPEN, "via": ["d1"]}]},
        **({"c": {authority: [{**OPEN, "via": ["d1", "d2"]}]}} if passes else {}),
    }


def test_scopes_and_terms_are_intersected_along_the_chain():
    found = grants(
        {"a": own("authority: free, from: 2020")},
        "id: d1, delegator: a, delegate: b, authorities: [free], scope: {units: [east, west]}, to: 2030",
        "id: d2, delegator: b, delegate: c, authorities: [free], scope: {units: [desk], vectors: [v]}, from: 2025",
        "id: d3, delegator: b, delegate: d, authorities: [free], scope: {units: [hq], vectors: [w]}, to: 2028",
    )
    assert {role: found[role]["free"] for role in "bcd"} == {
        "b": [{"units": ["east", "west"], "from": "2020-01-01", "to": "2030-12-31", "via": ["d1"]}],
        "c": [{"units": ["desk"], "vectors": ["v"], "from": "2025-01-01", "to": "2030-12-31", "via": ["d1", "d2"]}],
        "d": [
            {"units": ["east", "west"], "vectors": ["w"], "from": "2020-01-01", "to": "2028-12-31", "via": ["d1", "d3"]}
        ],
    }


def test_a_scope_that_does_not_meet_what_the_delegator_has_gives_nothing():
    found = grants(
        {"a": own("authority: act, scope: {units: [east]}")},
        "id: d1, delegator: a, delegate: b, authorities: [act], scope: {units: [west]}",
    )
    assert "b" not in found


@pytest.mark.parametrize("scope", ["{units: [nowhere]}", "{units: [shut], vectors: [v]}"])
def test_an_own_grant_over_nothing_but_bad_units_is_still_held(scope):
    found = grants({"a": own(f"authority: act, scope: {scope}")}, D1)
    part = {"vectors": ["v"]} if "vectors" in scope else {}
    assert found == {"a": {"act": [{"units": [], **part, **OWN}]}}


def test_bad_ids_in_a_scope_are_nothing():
    found = grants({"a": own("authority: act, scope: {units: [shut, east, nowhere], vectors: [w, none]}")})
    assert found == {"a": {"act": [{"units": ["east"], "vectors": ["w"], **OWN}]}}


def test_what_another_grant_of_the_role_covers_is_dropped():
    found = grants(
        {
            "a": own("authority: act"),
            "b": own("authority: act, scope: {units: [hq]}", "authority: act, scope: {units: [desk, west]}"),
        },
        "id: d1, delegator: a, delegate: b, authorities: [act], scope: {units: [east]}",
        "id: d2, delegator: a, delegate: b, authorities: [act], scope: {units: [east], vectors: [v]}, from: 2026",
    )
    assert found["b"] == {"act": [{"units": ["hq"], **OWN}]}


def test_a_wider_grant_that_ends_sooner_drops_nothing():
    found = grants(
        {"a": own("authority: act"), "b": own("authority: act, scope: {units: [desk]}")},
        "id: d1, delegator: a, delegate: b, authorities: [act], scope: {units: [east]}, to: 2027",
    )
    assert found["b"]["act"] == [
        {"units": ["desk"], **OWN},
        {"units": ["east"], "from": "0001-01-01", "to": "2027-12-31", "via": ["d1"]},
    ]


def test_of_equal_grants_the_shortest_chain_stays_then_the_one_with_the_smallest_ids():
    found = grants(
        {"a": FREE},
        "id: d2, delegator: a, delegate: b, authorities: [free]",
        "id: d1, delegator: a, delegate: c, authorities: [free]",
        "id: d3, delegator: b, delegate: d, authorities: [free]",
        "id: d4, delegator: c, delegate: d, authorities: [free]",
        "id: d5, delegator: c, delegate: b, authorities: [free]",
    )
    assert {role: found[role]["free"][0]["via"] for role in "bcd"} == {"b": ["d2"], "c": ["d1"], "d": ["d1", "d4"]}


def test_a_chain_without_permission_does_not_hide_a_longer_one_with_it():
    found = grants(
        {"a": FREE},
        "id: d1, delegator: a, delegate: c, authorities: [free], redelegable: false",
        "id: d2, delegator: a, delegate: b, authorities: [free]",
        "id: d3, delegator: b, delegate: c, authorities: [free]",
        "id: d4, delegator: c, delegate: d, authorities: [free]",
    )
    assert {role: found[role]["free"] for role in "cd"} == {
        "c": [{**OPEN, "via": ["d1"]}],
        "d": [{**OPEN, "via": ["d2", "d3", "d4"]}],
    }


def test_a_loop_gives_nothing_by_itself_and_passes_on_what_enters_it():
    loop = (
        "id: d1, delegator: a, delegate: b, authorities: [free]",
        "id: d2, delegator: b, delegate: a, authorities: [free]",
        "id: d3, delegator: a, delegate: a, authorities: [free]",
    )
    assert grants({}, *loop) == {}
    assert grants({"b": own("authority: free, scope: {units: [east]}")}, *loop) == {
        "a": {"free": [{"units": ["east"], **OPEN, "via": ["d2"]}]},
        "b": {"free": [{"units": ["east"], **OWN}]},
    }


def test_an_external_role_is_taken_to_have_what_it_passes_on():
    found = grants(
        {"a": "external: true"},
        "id: d1, delegator: a, delegate: b, authorities: [act, free, bound], scope: {units: [east]}, to: 2027",
        "id: d2, delegator: b, delegate: c, authorities: [act, free]",
    )
    assert found == {
        "b": {
            name: [{"units": ["east"], "from": "0001-01-01", "to": "2027-12-31", "via": ["d1"]}]
            for name in ("act", "free")
        },
        "c": {"free": [{"units": ["east"], "from": "0001-01-01", "to": "2027-12-31", "via": ["d1", "d2"]}]},
    }


def test_units_that_contain_each_other_are_one():
    text = """
        units: [{id: one, name: '1', parent: two}, {id: two, name: '2', parent: one}, {id: in, name: I, parent: one}]
        authorities: [{id: act, title: A}]
        roles:
        - {id: a, title: A, unit: one, authorities: [{authority: act, scope: {units: [two, in]}}]}
        - {id: b, title: B, unit: one}
        delegations: [{id: d1, delegator: a, delegate: b, authorities: [act], scope: {units: [one]}}]
        """
    assert links(text)["grants"] == {
        "a": {"act": [{"units": ["one"], **OWN}]},
        "b": {"act": [{"units": ["one"], **OPEN, "via": ["d1"]}]},
    }


def test_where_no_unit_is_declared_an_open_scope_is_something_and_a_stated_one_is_nothing():
    text = """
        authorities: [{id: act, title: A}]
        roles:
        - {id: a, title: A, unit: u, authorities: [{authority: act}]}
        - {id: b, title: B, unit: u, authorities: [{authority: act, scope: {units: [u]}}]}
        """
    assert links(text)["grants"] == {"a": {"act": [OWN]}, "b": {"act": [{"units": [], **OWN}]}}


def test_where_every_unit_is_archived_an_open_scope_is_empty():
    text = """
        units: [{id: u, name: U, status: archived}]
        authorities: [{id: act, title: A}]
        roles: [{id: a, title: A, unit: u, authorities: [{authority: act}]}, {id: b, title: B, unit: u}]
        delegations: [{id: d1, delegator: a, delegate: b, authorities: [act]}]
        """
    assert links(text)["grants"] == {"a": {"act": [{"units": [], **OWN}]}}


def test_a_bad_scope_on_the_way_is_remembered_for_all_that_lies_behind_it():
    roles = {"a": FREE, "b": own("authority: act")}
    assert grants(
        roles,
        "id: d1, delegator: a, delegate: b, authorities: [free], scope: {units: [nowhere]}",
        "id: d2, delegator: b, delegate: c, authorities: [free, act], redelegable: false",
        "id: d3, delegator: c, delegate: d, authorities: [free]",
        key="grants_over_bad_scopes",
    ) == {"b": ["free"], "c": ["free"]}


def test_a_bad_scope_of_a_delegation_that_has_nothing_to_give_is_not_remembered():
    assert (
        grants(
            {"a": own("authority: free, scope: {units: [east]}")},
            "id: d1, delegator: a, delegate: b, authorities: [free], scope: {units: [west]}",
            "id: d2, delegator: b, delegate: c, authorities: [free], scope: {units: [nowhere]}",
            key="grants_over_bad_scopes",
        )
        == {}
    )


@pytest.mark.parametrize(
    ("scope", "bad"),
    [("{units: [east]}", {}), ("{units: [east, shut]}", {"a": ["act"]}), ("{vectors: [v, none]}", {"a": ["act"]})],
)
def test_an_own_grant_is_over_a_bad_scope_where_any_id_in_it_is_bad(scope, bad):
    assert grants({"a": own(f"authority: act, scope: {scope}")}, key="grants_over_bad_scopes") == bad


@pytest.mark.parametrize("delegator", ["nobody", "gone"])
def test_what_an_unknown_or_abolished_role_passes_on_is_remembered_with_all_that_lies_behind_it(delegator):
    assert grants(
        {"b": "", "gone": "status: abolished"},
        f"id: d1, delegator: {delegator}, delegate: b, authorities: [free, bound], redelegable: true",
        "id: d2, delegator: b, delegate: c, authorities: [free], redelegable: false",
        "id: d3, delegator: c, delegate: d, authorities: [free]",
        f"id: d4, delegator: {delegator}, delegate: d, authorities: [act], to: 2020",
        key="grants_over_bad_scopes",
    ) == {"b": ["free"], "c": ["free"]}


def test_a_bad_scope_of_an_external_role_is_remembered_and_one_of_an_invalid_delegation_is_not():
    assert grants(
        {"a": "external: true", "b": own("authority: bound", "authority: act")},
        "id: d1, delegator: a, delegate: d, authorities: [act], scope: {vectors: [none]}",
        "id: d2, delegator: b, delegate: c, authorities: [bound], scope: {vectors: [none]}",
        "id: d3, delegator: b, delegate: c, authorities: [act], scope: {vectors: [none]}, to: 2020",
        key="grants_over_bad_scopes",
    ) == {"d": ["act"]}


def test_a_role_that_may_pass_an_authority_on_by_one_of_two_ways_passes_it_on_over_a_bad_scope():
    assert grants(
        {"a": FREE, "b": own("authority: free, scope: {units: [east]}")},
        "id: d1, delegator: a, delegate: b, authorities: [free], redelegable: false",
        "id: d2, delegator: b, delegate: c, authorities: [free], scope: {units: [nowhere]}",
        key="grants_over_bad_scopes",
    ) == {"c": ["free"]}
