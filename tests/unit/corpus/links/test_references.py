"""The plain look-ups, the same statements, the waivers in force and the suggestions."""

import pytest

from tests.unit.corpus.documents import links


def chosen(text, *keys):
    found = links(text)
    return {key: found[key] for key in keys}


def test_assignments_are_found_by_responsibility_and_by_role():
    text = """
        responsibilities:
        - {id: x, statement: S, accountable: s, responsible: [t, s]}
        - {id: y, statement: T, accountable: s}
        """
    assert chosen(text, "assignments", "assignments_by_role") == {
        "assignments": {"x": {"A": ["x/s/A"], "R": ["x/s/R", "x/t/R"]}, "y": {"A": ["y/s/A"]}},
        "assignments_by_role": {"s": {"A": ["x/s/A", "y/s/A"], "R": ["x/s/R"]}, "t": {"R": ["x/t/R"]}},
    }


def test_units_and_roles_are_found_from_above_with_a_key_for_each_that_is_declared():
    text = """
        units: [{id: hq, name: H}, {id: b, name: B, parent: hq}, {id: a, name: A, parent: hq, status: archived}]
        roles:
        - {id: boss, title: B, unit: hq}
        - {id: y, title: Y, unit: a, reports_to: boss, status: abolished}
        - {id: x, title: X, unit: a, reports_to: boss}
        - {id: z, title: Z, unit: gone, reports_to: ghost}
        """
    assert chosen(text, "children", "root_units", "roles_by_unit", "reports", "top_roles") == {
        "children": {"hq": ["a", "b"], "a": [], "b": []},
        "root_units": ["hq"],
        "roles_by_unit": {"hq": ["boss"], "a": ["x", "y"], "gone": ["z"]},
        "reports": {"boss": ["x", "y"], "x": [], "y": [], "z": [], "ghost": ["z"]},
        "top_roles": ["boss"],
    }


def test_holdings_and_records_are_found_by_person():
    text = """
        roles:
        - {id: s, title: S, unit: u, holders: [{person: q}, {person: p}, {person: q, to: 2020}]}
        - {id: r, title: R, unit: u, holders: [{person: p}]}
        training_records:
        - {person: p, module: m, completed_on: 2026-02-01}
        - {person: p, module: m, completed_on: 2025-12-31}
        - {person: p, module: l, completed_on: 2027}
        """
    assert chosen(text, "holdings", "records") == {
        "holdings": {"p": [["r", 0], ["s", 1]], "q": [["s", 0], ["s", 2]]},
        "records": {"p": {"l": ["p/l/2027-01-01"], "m": ["p/m/2025-12-31", "p/m/2026-02-01"]}},
    }


def test_delegations_are_found_by_delegate_and_authority_once_each_and_in_any_state():
    text = """
        delegations:
        - {id: e, delegator: r, delegate: s, authorities: [a, b, a], to: 2020}
        - {id: d, delegator: t, delegate: s, authorities: [a]}
        """
    assert links(text)["delegations_to"] == {"s": {"a": ["d", "e"], "b": ["e"]}}


def test_roles_are_found_by_what_they_are_exposed_to():
    text = """
        roles:
          - {id: a, title: A, unit: u, exposure: [v, w, v]}
          - {id: b, title: B, unit: u, exposure: [w]}
          - {id: c, title: C, unit: u}
    """
    assert links(text)["exposed"] == {"v": ["a"], "w": ["a", "b"]}


def test_modules_are_found_by_who_has_to_take_them():
    text = """
        training:
        - {id: b, title: B, audience: {everyone: true, roles: [r, s], exposure: [v]}}
        - {id: a, title: A, audience: {roles: [r, r]}}
        - {id: c, title: C}
        """
    assert links(text)["modules"] == {"everyone": ["b"], "role": {"r": ["a", "b"], "s": ["b"]}, "vector": {"v": ["b"]}}


def test_directives_and_lines_are_found_from_what_they_speak_of():
    text = """
        directives:
        - {id: d, title: D, topic: t, assigns: [{responsibility: x, role: r}, {responsibility: y, role: r}]}
        - {id: c, title: C, topic: t, supersedes: [d, b, d], assigns: [{responsibility: x, role: s}]}
        - {id: b, title: B, supersedes: [d]}
        obligations: [{id: o, directive: d, text: T}, {id: n, directive: d, text: T}]
        incident_lines:
        - {id: l, incident: i}
        - {id: k, incident: i, escalate_to: l}
        - {id: j, incident: h, escalate_to: l}
        """
    keys = ("directives_by_topic", "assigns", "superseded_by", "obligations", "lines", "escalated_from")
    assert chosen(text, *keys) == {
        "directives_by_topic": {"t": ["c", "d"]},
        "assigns": {"x": [["c", 0], ["d", 0]], "y": [["d", 1]]},
        "superseded_by": {"d": ["b", "c"], "b": ["c"]},
        "obligations": {"d": ["n", "o"]},
        "lines": {"h": ["j"], "i": ["k", "l"]},
        "escalated_from": {"l": ["j", "k"]},
    }


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Report the leak", "report, the -- LEAK!", True),
        ("Report the leak", "(Report the leak)", True),
        ("ﬁle a report", "File a report", True),
        ("Straße", "STRASSE", True),
        ("caf\\u00e9", "cafe\\u0301", True),
        ("under_score", "under score", True),
        ("Item 1", "Item 2", False),
        ("Report the leak", "Reporttheleak", False),
        ("!!!", "???", False),
    ],
)
def test_statements_are_the_same_by_their_letters_and_digits(one, other, same):
    text = f'responsibilities: [{{id: y, statement: "{one}"}}, {{id: x, status: retired, statement: "{other}"}}]\n'
    assert links(text)["same_statement"] == ([["x", "y"]] if same else [])


@pytest.mark.parametrize(
    ("approved", "expires", "holds"),
    [
        ("2026-06-15", "2026-06-15", True),
        ("2026-06-16", "2027", False),
        ("2026", "2026-06-14", False),
        ("2026-06-14", "2026-06", True),
    ],
)
def test_a_waiver_holds_from_its_approval_to_its_last_day(approved, expires, holds):
    text = f"""
        waivers:
        - {{id: w, rule: a/b, subject: roles/r/x, reason: R, approved_by: r, approved_on: {approved},
            expires: {expires}}}
        """
    assert links(text)["waived"] == ({"a/b": {"roles/r/x": ["w"]}} if holds else {})


def test_suggestions_are_for_ids_that_name_nothing_by_the_section_they_should_be_in():
    text = """
        units: [{id: agency, name: A, chair: directr},
          {id: b, name: B, parent: agenci, stakeholders: [agncy]}]
        roles:
        - {id: director, title: D, unit: agency, holders: [{person: p-001}, {person: TBD}], exposure: [onlin]}
        - {id: deputy, title: D, unit: agency, reports_to: nobody-like-it, eligibility: {training: [basic]}}
        people: [{id: p-0001}, {id: tbf}]
        vectors: [{id: online, title: O}]
        training: [{id: basics, title: B}]
        authorities: [{id: declare, title: D}]
        responsibilities:
        - {id: x, statement: S, accountable: " T B D ", responsible: Directorr, requires: [declre], criteria: [agenc]}
        - {id: y, statement: S, accountable: "Appointment Needed", scope: {units: [agenc], vectors: [olnine]}}
        incident_lines: [{id: line, incident: leek}, {id: other, incident: leek, escalate_to: lime}]
        """
    assert links(text)["nearest"] == {
        "authorities": {"declre": "declare"},
        "incident_lines": {"lime": "line"},
        "people": {"p-001": "p-0001"},
        "roles": {"directr": "director", "Directorr": "director"},
        "training": {"basic": "basics"},
        "units": {"agenc": "agency", "agenci": "agency", "agncy": "agency"},
        "vectors": {"olnine": "online", "onlin": "online"},
    }


def test_an_incident_is_looked_for_only_where_incidents_are_declared():
    line = "incident_lines: [{id: l, incident: leek}]\n"
    assert links(line)["nearest"] == {}
    assert links(line + "incidents: [{id: leak, title: L}]\n")["nearest"] == {"incidents": {"leek": "leak"}}


def test_a_placeholder_is_suggested_for_where_no_owner_stands():
    text = "roles: [{id: tbe, title: T, unit: u}, {id: r, title: R, unit: u, successors: [tbd]}]\n"
    assert links(text)["nearest"] == {"roles": {"tbd": "tbe"}}


def test_only_the_first_hundred_get_a_suggestion():
    duties = ", ".join(f"{{id: x{number}, statement: S, accountable: role{number:03}y}}" for number in range(150))
    roles = ", ".join(f"{{id: role{number:03}, title: T, unit: u}}" for number in range(150))
    found = links(f"units: [{{id: u, name: U}}]\nroles: [{roles}]\nresponsibilities: [{duties}]\n")["nearest"]
    assert found == {"roles": {f"role{number:03}y": f"role{number:03}" for number in range(100)}}


def test_an_entry_is_not_suggested_to_itself():
    lines = "incidents: [{id: leak, title: L}]\nincident_lines:\n  - {id: l, incident: leak, escalate_to: lx}\n"
    assert links(lines)["nearest"] == {}
    assert links(lines + "  - {id: ly, incident: leak}\n")["nearest"] == {"incident_lines": {"lx": "ly"}}
    assert links(lines + "  - {id: m, incident: leak, escalate_to: lx}\n")["nearest"] == {"incident_lines": {"lx": "l"}}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("group: Response", "group: Response", True),
        ("group: Response", "group: response", False),
        ("group: Response", "tags: [a]", False),
        ("tags: [a]", "tags: [a]", True),
    ],
)
def test_statements_are_the_same_under_one_heading_as_written_or_both_without(one, other, same):
    found = links(f"responsibilities: [{{id: x, statement: Lead, {one}}}, {{id: y, statement: lead., {other}}}]\n")
    assert found["same_statement"] == ([["x", "y"]] if same else [])


NAMED = """
        units: [{id: ico, name: Commissioner's Office}]
        people: [{id: p-7, name: Jo Doe}]
        roles:
        - {id: commissioner, title: Information Commissioner\u2019s Office, unit: ico}
        - {id: clerk, title: "Clerk, Records", unit: ico, holders: [{person: Jo doe}]}
        - {id: clerk-2, title: Clerk Records, unit: ico, reports_to: CLERK}
        responsibilities: [{id: x, statement: X, accountable: VALUE}]
        """


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("information commissioner's office", [["roles", "commissioner"]]),
        ("Clerk records", [["roles", "clerk"], ["roles", "clerk-2"]]),
        ("JO DOE", [["people", "p-7"]]),
        ("P 7", [["people", "p-7"]]),
        ("Commissioner's office", [["units", "ico"]]),
        ("ICO", [["units", "ico"]]),
        ("Nobody of this name", None),
        ("tbd", None),
        ("commissioner", None),
    ],
)
def test_what_is_no_id_is_looked_for_among_titles_and_in_a_roles_place_among_people_and_units(value, meant):
    found = links(NAMED.replace("VALUE", f'"{value}"'))["called"]
    assert found.pop("CLERK") == [["roles", "clerk"]]
    assert found.pop("Jo doe") == [["people", "p-7"]]
    assert found == ({value: meant} if meant else {})


def test_only_the_first_hundred_are_looked_for():
    duties = ", ".join(f"{{id: x{n}, statement: X, accountable: R {n:03}}}" for n in range(101))
    roles = ", ".join(f"{{id: r-{n:03}, title: T, unit: u}}" for n in range(101))
    found = links(f"roles: [{roles}]\nresponsibilities: [{duties}]\n")["called"]
    assert (len(found), "R 099" in found, "R 100" in found) == (100, True, False)


@pytest.mark.parametrize(
    ("subject", "entries"),
    [
        ("assignments/*/press/A", ["assignments/x/press/A", "assignments/y/press/A"]),
        ("assignments/*", ["assignments/x/press/A", "assignments/y/press/A", "assignments/y/desk/R"]),
        ("roles/p*s", ["roles/press"]),
        ("roles/pre?s", ["roles/pre?s"]),
        ("roles/*x", []),
        ("*/press", ["*/press"]),
        ("roles/gone", ["roles/gone"]),
    ],
)
def test_a_waiver_stands_for_the_entries_of_a_glob_or_for_the_one_it_names(subject, entries):
    text = f"""
        roles: [{{id: press, title: P, unit: u}}, {{id: presss-x.y, title: Q, unit: u}}]
        responsibilities:
        - {{id: x, statement: X, accountable: press}}
        - {{id: y, statement: Y, accountable: press, responsible: desk}}
        waivers:
        - {{id: w, rule: a/b, subject: "{subject}", reason: R, approved_by: r, approved_on: 2026, expires: 2026-06-15}}
        - {{id: l, rule: a/b, subject: "{subject}", reason: R, approved_by: r, approved_on: 2026, expires: 2026-06-14}}
        - {{id: new, rule: a/b, subject: "{subject}", reason: R, approved_by: r, approved_on: 2027, expires: 2027}}
        """
    found = links(text)
    assert found["excused"] == {"new": sorted(entries), "w": sorted(entries)}
    assert found["waived"] == ({"a/b": {entry: ["w"] for entry in sorted(entries)}} if entries else {"a/b": {}})
