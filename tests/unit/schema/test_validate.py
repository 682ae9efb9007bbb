"""Each kind of fault: where it is shown, what is said of it, and what to do.

The cases stand in faults.txt: a name after "===", a document, and after "+++" the problems in order, each as its place,
rule and message, and below the remedy.
"""

from pathlib import Path

import pytest

from tests.unit.schema.whole import WHOLE, loaded, problems, told
from uts_policy.load.yaml import parse
from uts_policy.model.document import Source
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Fix, Problem
from uts_policy.model.place import Location, Span
from uts_policy.model.rule import FixKind
from uts_policy.schema.definitions import schema
from uts_policy.schema.faults import faults
from uts_policy.schema.unknown_keys import advise
from uts_policy.schema.validate import _WRITTEN as WRITTEN
from uts_policy.schema.validate import schema_problems


def cases():
    text = (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8")
    for case in text.removeprefix("=== ").split("\n\n=== "):
        head, _, expected = case.partition("+++\n")
        name, _, document = head.partition("\n")
        yield pytest.param(document, expected.strip("\n"), id=name)


@pytest.mark.parametrize(("document", "expected"), list(cases()))
def test_it_is_told_once_at_its_place_with_what_to_do(document, expected):
    lines = [f"{place} {rule}: {message}\n    {remedy}" for place, rule, message, remedy in told(document)]
    assert "\n".join(lines) == expected


def test_a_problem_carries_its_document_and_the_route_through_it():
    assert problems("roles: []\n---\nroles:\n  - {id: a, title: A, unit: u, holders: [{person: 7}]}\n") == (
        Problem(
            rule="schema/type",
            message='"person" must be text, but 7 is a number',
            remediation='Write "7".',
            location=Location(file="a.yaml", span=Span(line=4, column=51, end_line=4, end_column=52)),
            document=1,
            route=("roles", 0, "holders", 0, "person"),
            fix=Fix(kind=FixKind.QUOTE, text="7"),
        ),
    )


_TWO = 'another key here may be "name" as well'


@pytest.mark.parametrize(
    ("entry", "fixes"),
    [
        ("{id: 007, name: U}", [Fix(kind=FixKind.QUOTE, text="007")]),
        ("{id: u, name: U, chiar: x}", [Fix(kind=FixKind.RESPELL, text="chair")]),
        ("{id: u, name: true}", [None]),
        ("{id: u, name: U, effective: 1, parent: [1]}", None),
        ("{id: u, naem: U, nmae: V}", [Fix(kind=FixKind.RESPELL, text="name", doubt=_TWO)] * 2),
        ("{id: u, name: U, title: V}", [None]),
        ("{id: u, name: U, nmae: V}", [None]),
    ],
)
def test_a_problem_says_what_would_repair_it_where_only_one_thing_can_be_meant(entry, fixes):
    found = problems(f"units:\n  - {entry}\n")
    if fixes is not None:
        assert [each.fix for each in found] == fixes
    else:
        assert [each.fix for each in found if each.fix] == []


def test_two_missing_keys_of_one_entry_are_told_apart():
    found = [(each.route, each.problem) for each in problems("roles:\n  - title: A\n")]
    assert found == [(("roles", 0), "id"), (("roles", 0), "unit")]


def test_problems_come_document_by_document_from_top_to_bottom():
    first = "units:\n  - {id: U, name: 7}\nroles:\n  - {id: r, title: T, unit: u, abolished_on: 2026-02-30, seats: 0}\n"
    places = [each.location.span for each in problems(f"{first}---\n{first}")]
    assert places == sorted(places)
    assert len(places) == 8


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}\n", "x-notes: [1]\n", "roles: []\n", "---\n---\n"])
def test_documents_without_entries_are_well_formed(text):
    assert problems(text) == ()


def test_keys_of_ones_own_are_welcome_in_every_mapping():
    text = (
        "x-a: 1\nroles:\n  - id: r\n    title: T\n    unit: u\n    x-b: {c: [1]}\n"
        "    holders: [{person: p, x-c: no}]\n    source: {title: S, x-d: 1}\n"
        "    vacancy: {x-e: 1}\n    eligibility: {x-f: 1}\n"
        "responsibilities:\n  - {id: d, statement: S, scope: {x-g: 1}, joint_accountability: {x-h: 1}}\n"
        "directives:\n  - {id: d, title: T, assigns: [{responsibility: d, role: r, x-i: 1}]}\n"
        "training:\n  - {id: d, title: T, audience: {x-j: 1}}\n"
    )
    assert problems(text) == ()


def test_a_placeholder_is_a_reference_like_any_other():
    assert problems("responsibilities:\n  - {id: d, statement: S, accountable: TBD, informed: ['?']}\n") == ()


def test_messages_quote_the_document_itself_where_its_source_is_not_given():
    documents, _ = loaded("vectors:\n  - {id: 007, title: A}\n")
    assert [each.message for each in schema_problems(documents, {})] == ['"id" must be text, but 7 is a number']


def test_what_one_validator_alone_rejects_is_no_verdict():
    documents, source = loaded("vectors:\n  - {id: a, title: A}\n")
    # The loader refuses half a surrogate pair. The fast validator would too; the other one takes it for text.
    documents[0].data["vectors"][0]["title"] = "\ud800"
    with pytest.raises(NoVerdictError, match=r"a\.yaml: document 1 was rejected by one validator and accepted by"):
        schema_problems(documents, {source.path: source})


def test_every_field_written_is_no_problem():
    documents, _ = loaded("x-a: 1\n")
    documents[0].data.update(WHOLE)
    assert schema_problems(documents, {"a.yaml": Source(path="a.yaml", data=b"", sha256="", text="")}) == ()


def unread(text):
    """What the loader says of a text that it cannot read, and what the schema says of the same."""
    data = text.encode()
    source = Source(path="a.yaml", data=data, sha256="", text=text)
    read = parse(source)
    return read.problems, schema_problems(read.documents, {source.path: source})


@pytest.mark.parametrize(
    "text",
    [
        "roles:\n  - {id: r, title: T, unit: u, seats: 99999999999999999999}\n",
        "roles:\n  - {id: r, title: T, unit: u, seats: 1e400}\n",
        "roles:\n  - {id: r, title: T, unit: u, seats: .inf}\n",
        "roles:\n  - {id: r, title: T, unit: u, seats: !!int many}\n",
        "roles:\n  - {id: r, title: T, unit: u, seats: 1, seniority: .nan}\n",
        "roles:\n  - {id: r, title: T, unit: u, seats: &n .nan, seniority: *n}\n",
        "incident_lines:\n  - {id: l, incident: i, declare: r, command: r, hours: .nan}\n",
        "units:\n  - *nope\n",
        "units: *nope\n",
        "*nope\n",
        "units: &u\n  - {id: a, name: A, tags: *u}\n",
        "units:\n  - {id: a, name: A, x-note: *nope}\n",
    ],
)
def test_what_could_not_be_read_is_not_judged_again(text):
    told, judged = unread(text)
    assert (len(told), judged) == (1, ())


def test_a_text_with_a_character_that_was_replaced_is_not_judged_again():
    told, judged = unread("units:\n  - {id: a\x07b, name: A}\n  - {id: c, na\x07me: A}\n")
    assert ([each.rule for each in told], judged) == (["yaml/encoding"], ())
    for written in ("a\ufffdb", '"a\\ufffdb"', '"a\\U0000FFFDb"'):
        told, judged = unread(f"units:\n  - {{id: {written}, name: A}}\n")
        assert (told, [each.rule for each in judged]) == ((), ["schema/value"])


def test_beside_what_could_not_be_read_the_rest_is_judged():
    _, found = unread("roles:\n  - {id: r, seats: 1e400, key: 7, seets: 1e400}\n")
    assert [(each.rule, each.route[2:] or each.problem) for each in found] == [
        ("schema/missing-key", "title"),
        ("schema/missing-key", "unit"),
        ("schema/type", ("key",)),
        ("schema/unknown-key", ("seets",)),
    ]


def test_a_file_is_searched_once_however_many_problems_it_has(monkeypatch):
    class Counting:
        searched = 0

        def search(self, text):
            self.searched += 1
            return WRITTEN.search(text)

    pattern = Counting()
    monkeypatch.setattr("uts_policy.schema.validate._WRITTEN", pattern)
    assert len(problems("".join(f"section-{number}: []\n" for number in range(50)))) == 50
    assert pattern.searched == 1


def test_what_is_written_beside_an_unknown_key_is_looked_up_and_not_read_through():
    class Keys:
        def __contains__(self, key):
            return key == "roles"

        def __iter__(self):
            raise AssertionError("read through for each unknown key")

    assert advise(schema("declarations"), ("Roles",), Keys()).remedy == 'Remove this key: "roles" already exists here.'


def test_of_items_that_are_there_twice_the_second_is_found():
    document = {"units": [{"id": "x", "name": "y", "stakeholders": ["a", "b", "a"]}]}
    routes = [each.route for each in faults("declarations", document) if each.keyword == "uniqueItems"]
    assert routes == [("units", 0, "stakeholders", 2)]


def test_items_are_compared_as_one_text_each_and_not_with_each_other():
    class Item(str):
        compared = 0
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other):
            Item.compared += 1
            return str.__eq__(self, other)

    items = [Item(f"role-{number}") for number in range(100)]
    faults("declarations", {"units": [{"id": "x", "name": "y", "stakeholders": [*items, items[0]]}]})
    assert Item.compared < 1000


def test_of_two_keys_that_are_near_the_one_that_is_not_there_is_advised():
    (found,) = problems("delegations:\n  - {id: d, delegater: a, delegate: b, authorities: [x]}\n")
    assert found.remediation == 'Did you mean "delegator"?'
    assert found.fix is not None
    assert found.fix.doubt
