import pytest

from tests.unit.corpus.documents import documents, unwritten
from uts_policy.corpus.stated import populated, stated

TEXT = """
    roles:
    - {id: r, title: R, unit: u}
    - {id: s, title: S, unit: u, status: abolished, holders: []}
    assignments:
    - {responsibility: x, role: r, code: A, overrides: false}
    - {responsibility: x, role: r, code: [R, C], to: 1999}
    units: []
    """


@pytest.mark.parametrize(
    ("fact", "holds"),
    [
        ("roles.holders", True),
        ("roles.vacancy", False),
        ("roles.key", False),
        ("roles", True),
        ("units", False),
        ("people", False),
        ("training_records.person", False),
        ("assignments.code=A", True),
        ("assignments.code=C", True),
        ("assignments.code=I", False),
        ("assignments.role=r", True),
        ("assignments.overrides", True),
        ("assignments.from", False),
    ],
)
def test_a_fact_is_what_somebody_wrote_in_whatever_state(fact, holds):
    assert stated(documents(TEXT), [fact]) == (frozenset({fact}) if holds else frozenset())


def test_facts_are_looked_for_in_every_document():
    found = documents("people: [{id: p}]\n---\nroles: [{id: r, reports_to: s}]\n")
    wanted = {"people.id", "roles.reports_to", "roles.unit"}
    assert stated(found, wanted) == {"people.id", "roles.reports_to"}


@pytest.mark.parametrize("content", [{"roles": None}, {"roles": "x"}, {"roles": ["x", None]}, [], None])
def test_what_is_no_list_of_entries_states_nothing(content):
    assert stated([unwritten(content)], ["roles.holders", "roles"]) == frozenset()


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
