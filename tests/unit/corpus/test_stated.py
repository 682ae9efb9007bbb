"""What is asked of whom, and what states it. The date is 2026-06-15."""

import pytest

from tests.unit.corpus.documents import AS_OF, corpus, documents, unwritten
from uts_policy.common.facts import FACTS
from uts_policy.corpus.build import build
from uts_policy.corpus.stated import facts, not_stated, populated
from uts_policy.model.corpus import Asked

UNITS = "units: [{id: hq, name: H}, {id: sub, name: S, parent: hq}, {id: old, name: O, status: archived}]\n"


def silent(fact, text):
    """(of how many it is asked, who does not state it)."""
    found = corpus(UNITS + text).facts[fact]
    return found.count, list(found.silent)


def of_role(fact, fields, unit="sub"):
    """Whether a role of these fields states it; None where it is not asked."""
    count, ids = silent(fact, f"roles: [{{id: r, title: R, unit: {unit}{fields and ', '}{fields}}}]\n")
    return None if count == 0 else ids == []


@pytest.mark.parametrize("fact", ["holders", "successors", "reports_to", "grants"])
@pytest.mark.parametrize(
    ("fields", "asked_of"),
    [
        ("", True),
        ("status: abolished", False),
        ("abolished_on: 2026-06-15", False),
        ("abolished_on: 2026-06-16, status: abolished", True),
        ("external: true", False),
        ("everyone: true", False),
    ],
)
def test_a_role_is_asked_while_it_is_a_post_or_body_here(fact, fields, asked_of):
    assert of_role(fact, fields) is (False if asked_of else None)


@pytest.mark.parametrize(
    ("fact", "fields", "stated"),
    [
        ("holders", "holders: []", True),
        ("holders", "holders: [{person: p, to: 2020}]", True),
        ("holders", "vacancy: {}", True),
        ("holders", "seats: 1", False),
        ("holders", "collective: true, chair: s", False),
        ("successors", "successors: []", True),
        ("successors", "successors: [TBD]", True),
        ("successors", "collective: true", None),
        ("reports_to", "reports_to: []", True),
        ("reports_to", "reports_to: ghost", True),
        ("reports_to", "collective: true", False),
        ("grants", "authorities: []", True),
        ("grants", "authorities: [{authority: a, to: 2020}]", True),
        ("grants", "holders: [], successors: [], reports_to: []", False),
    ],
)
def test_a_role_states_what_it_has_the_key_of(fact, fields, stated):
    assert of_role(fact, fields) is stated


@pytest.mark.parametrize(("unit", "asked_of"), [("hq", False), ("sub", True), ("old", True), ("ghost", True)])
def test_a_superior_is_asked_of_roles_outside_of_root_units(unit, asked_of):
    assert of_role("reports_to", "", unit) is (False if asked_of else None)


def test_a_delegation_does_not_state_all_that_a_role_has():
    text = "roles: [{id: r, title: R, unit: hq}, {id: s, title: S, unit: hq, authorities: [{authority: a}]}]\n"
    lent = "delegations: [{id: d, delegator: s, delegate: r, authorities: [a]}]\n"
    assert silent("grants", text + lent) == (2, ["r"])


def of_duty(fact, fields, more=""):
    count, ids = silent(fact, f"responsibilities: [{{id: x, statement: X{fields and ', '}{fields}}}]\n{more}")
    return None if count == 0 else ids == []


@pytest.mark.parametrize(
    ("fact", "fields", "more", "stated"),
    [
        ("responsible", "", "", False),
        ("responsible", "status: retired", "", None),
        ("responsible", "responsible: []", "", True),
        ("responsible", "responsible: r", "", True),
        ("responsible", "accountable: r, support: r, consulted: r, informed: r", "", False),
        ("responsible", "", "assignments: [{responsibility: x, role: r, code: [A, R], to: 2020}]\n", True),
        ("responsible", "", "assignments: [{responsibility: y, role: r, code: R}]\n", False),
        ("responsible", "", "assignments: [{responsibility: x, role: r, code: [A, S, C, I]}]\n", False),
        ("informed", "", "", False),
        ("informed", "status: retired", "", None),
        ("informed", "consulted: []", "", False),
        ("informed", "informed: []", "", False),
        ("informed", "consulted: [], informed: []", "", True),
        ("informed", "consulted: r", "", True),
        ("informed", "informed: [r]", "", True),
        ("informed", "", "assignments: [{responsibility: x, role: r, code: I, from: 2030}]\n", True),
        ("informed", "", "assignments: [{responsibility: x, role: r, code: C}]\n", True),
        ("informed", "accountable: r, responsible: r", "", False),
    ],
)
def test_a_duty_states_its_people_in_short_or_in_long(fact, fields, more, stated):
    assert of_duty(fact, fields, more) is stated


def test_a_line_states_what_is_above_it():
    lines = "{id: a, incident: i}, {id: b, incident: i, escalate_to: []}, {id: c, incident: i, escalate_to: a}"
    assert silent("escalation", f"incident_lines: [{lines}]\n") == (3, ["a"])


@pytest.mark.parametrize(
    ("fields", "more", "stated"),
    [
        ("", "", False),
        ("status: on-leave", "", False),
        ("status: departed", "", None),
        ("departed_on: 2026-06-15", "", None),
        ("departed_on: 2026-06-16", "", False),
        ("", "training_records: [{person: p, module: ghost, completed_on: 2099}]\n", True),
        ("", "training_records: [{person: q, module: m, completed_on: 2026}]\n", False),
    ],
)
def test_a_record_of_whatever_module_and_day_states_those_of_a_person_who_has_not_left(fields, more, stated):
    count, ids = silent("records", f"people: [{{id: p{fields and ', '}{fields}}}]\n{more}")
    assert (None if count == 0 else ids == []) is stated


@pytest.mark.parametrize(
    ("assignment", "stated"),
    [
        ("code: A, from: 2026", False),
        ("code: R, from: 2026-06-15, to: 2026-06-15", False),
        ("code: A, from: 2026, acknowledged_on: 2030", True),
        ("code: A", None),
        ("code: C, from: 2026", None),
        ("code: A, from: 2026-06-16", None),
        ("code: A, from: 2025, to: 2026-06-14", None),
        ("code: A, from: 2026, role: elsewhere", False),
        ("code: A, from: 2026, role: all", None),
        ("code: A, from: 2026, role: gone", None),
        ("code: A, from: 2026, role: ghost", None),
        ("code: A, from: 2026, responsibility: old", None),
        ("code: A, from: 2026, responsibility: ghost", None),
    ],
)
def test_an_acknowledgement_is_asked_of_a_standing_a_or_r_with_its_day(assignment, stated):
    parts = {"responsibility": "x", "role": "r"} | dict(part.split(": ") for part in assignment.split(", "))
    written = ", ".join(f"{key}: {value}" for key, value in parts.items())
    count, ids = silent(
        "acknowledged",
        f"""
roles:
- {{id: r, title: R, unit: hq}}
- {{id: gone, title: G, unit: hq, status: abolished}}
- {{id: elsewhere, title: E, unit: hq, external: true}}
- {{id: all, title: A, unit: hq, everyone: true}}
responsibilities: [{{id: x, statement: X}}, {{id: old, statement: O, status: retired}}]
assignments: [{{{written}}}]
""",
    )
    assert (None if count == 0 else ids == []) is stated


def test_the_facts_are_those_that_people_have_words_for_in_one_order():
    assert facts() == tuple(FACTS)


ASKED = {"holders": Asked(count=3, silent=("a", "b")), "grants": Asked(count=3, silent=("b",))}


@pytest.mark.parametrize(
    ("complete", "expected"),
    [
        ((), {"holders": ["a", "b"], "grants": ["b"]}),
        (("holders",), {"holders": [], "grants": ["b"]}),
        (("grants", "records"), {"holders": ["a", "b"], "grants": []}),
        (("all",), {"holders": [], "grants": []}),
    ],
)
def test_of_what_is_complete_nothing_is_unsaid(complete, expected):
    assert not_stated(ASKED, complete) == expected


def test_the_rules_see_what_is_complete_and_the_corpus_remembers_what_was_asked():
    text = "roles: [{id: b, title: B, unit: u}, {id: a, title: A, unit: u}, {id: c, title: C, unit: u, holders: []}]\n"
    built = build(documents(text), as_of=AS_OF, placeholders=(), complete=("holders",))
    assert (
        built.corpus.data["not_stated"] | {"holders": [], "grants": ["a", "b", "c"]} == built.corpus.data["not_stated"]
    )
    assert built.corpus.facts["holders"] == Asked(count=3, silent=("a", "b"))


@pytest.mark.parametrize("content", [{"roles": None}, {"roles": "x"}, {"roles": ["x", None]}, [], None])
def test_what_is_no_list_of_entries_is_asked_nothing(content):
    built = build([unwritten(content)], as_of=AS_OF, placeholders=())
    assert {each.count for each in built.corpus.facts.values()} == {0}


@pytest.mark.parametrize(
    ("text", "sections"),
    [
        ("{}", set()),
        ("units: []\npeople: [{id: p}]", {"people"}),
        ("units: []\n---\nunits: [{id: u, name: U}]", {"units"}),
        ("responsibilities: [{id: x, statement: S}]", {"responsibilities"}),
        ("responsibilities: [{id: x, statement: S, informed: []}]", {"responsibilities"}),
        ("responsibilities: [{id: x, statement: S, informed: r}]", {"responsibilities", "assignments"}),
    ],
)
def test_a_section_is_populated_by_one_entry_and_assignments_by_their_short_form_too(text, sections):
    assert populated(documents(f"{text}\n")) == sections
