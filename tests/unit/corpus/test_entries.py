"""What becomes of each section's entries."""

import pytest

from tests.unit.corpus.documents import OPEN, data, problems
from uts_policy.common.facts import FACTS
from uts_policy.corpus.tables import SECTIONS


def test_a_corpus_of_nothing_has_every_section_and_every_link():
    empty = {
        "assignments": {},
        "assignments_by_role": {},
        "assigns": {},
        "called": {},
        "children": {},
        "delegations_to": {},
        "directives_by_topic": {},
        "escalated_from": {},
        "excused": {},
        "grants": {},
        "grants_over_bad_scopes": {},
        "holdings": {},
        "lines": {},
        "exposed": {},
        "modules": {"everyone": [], "role": {}, "vector": {}},
        "nearest": {},
        "obligations": {},
        "on_paper": {},
        "first_names": {},
        "former_names": {},
        "own_scope": [],
        "records": {},
        "reports": {},
        "roles_by_unit": {},
        "root_units": [],
        "same_statement": [],
        "superseded_by": {},
        "top_roles": [],
        "waived": {},
        "written_together": {},
        "cycles": {
            "units": [],
            "reports": [],
            "supersedes": [],
            "cites": [],
            "escalation": [],
            "successors": [],
            "support": {},
        },
    }
    assert data("{}\n") == {
        "schema": "uts-policy/corpus/1",
        "as_of": "2026-06-15",
        "placeholders": ["appointment needed", "tbd"],
        "rules": {},
        "not_stated": {fact: [] for fact in FACTS},
        "days": {"0001-01-01": 1, "2026-06-15": 739782, "9999-12-31": 3652059},
        "links": empty,
        **{section: {} for section in SECTIONS},
    }


WRITTEN = {
    "units": (
        "- {id: hq, name: HQ, x-note: mine, tags: [a], description: Top}",
        {
            "hq": {
                "id": "hq",
                "name": "HQ",
                "tags": ["a"],
                "description": "Top",
                "status": "active",
                "stakeholders": [],
                "path": ["hq"],
            }
        },
    ),
    "people": (
        "- {id: p, departed_on: 2026-07}",
        {"p": {"id": "p", "status": "active", "departed_on": "2026-07-01"}},
    ),
    "authorities": (
        "- {id: a, title: A}\n- {id: b, title: B, delegable: false, redelegable: true}",
        {
            "a": {"id": "a", "title": "A", "delegable": True, "redelegable": False},
            "b": {"id": "b", "title": "B", "delegable": False, "redelegable": True},
        },
    ),
    "delegations": (
        "- {id: d, delegator: r, delegate: s, authorities: [a], from: 2026, to: 2026-02, rescinded_on: 2026}",
        {
            "d": {
                "id": "d",
                "delegator": "r",
                "delegate": "s",
                "authorities": ["a"],
                "scope": {},
                "from": "2026-01-01",
                "to": "2026-02-28",
                "rescinded_on": "2026-01-01",
            }
        },
    ),
    "responsibilities": (
        (
            "- {id: x, statement: S, accountable: r, informed: [], scope: {units: [hq], x-why: y}, "
            "joint_accountability: {reason: two, x-why: y}, criteria: [AC-1, {title: T, x-why: y}]}"
        ),
        {
            "x": {
                "id": "x",
                "statement": "S",
                "scope": {"units": ["hq"]},
                "criticality": "normal",
                "status": "active",
                "joint_accountability": {"reason": "two"},
                "requires": [],
                "criteria": ["AC-1", {"title": "T"}],
                "reviews": [],
            }
        },
    ),
    "directives": (
        "- {id: d, title: D, review_by: 2026-02, to: 2027, assigns: [{responsibility: x, role: r, x-why: y}]}",
        {
            "d": {
                "id": "d",
                "title": "D",
                "status": "in-force",
                "scope": {},
                "from": "0001-01-01",
                "to": "2027-12-31",
                "review_by": "2026-02-28",
                "supersedes": [],
                "cites": [],
                "assigns": [{"responsibility": "x", "role": "r"}],
            }
        },
    ),
    "obligations": (
        "- {id: o, directive: d, text: T, not_applicable: Never}",
        {"o": {"id": "o", "directive": "d", "text": "T", "not_applicable": "Never", "responsibilities": []}},
    ),
    "vectors": ("- {id: v, title: V}", {"v": {"id": "v", "title": "V"}}),
    "training": (
        "- {id: m, title: M, audience: {roles: [r]}}\n- {id: n, title: N, mandatory: true}",
        {
            "m": {
                "id": "m",
                "title": "M",
                "mandatory": False,
                "audience": {"everyone": False, "roles": ["r"], "exposure": []},
            },
            "n": {
                "id": "n",
                "title": "N",
                "mandatory": True,
                "audience": {"everyone": False, "roles": [], "exposure": []},
            },
        },
    ),
    "incidents": ("- {id: i, title: I}", {"i": {"id": "i", "title": "I"}}),
    "incident_lines": (
        "- {id: l, incident: i, hours: 4}",
        {"l": {"id": "l", "incident": "i", "hours": 4, "scope": {}, "notify": []}},
    ),
    "assessments": ("- {id: a, title: A, date: 2026-03}", {"a": {"id": "a", "title": "A", "date": "2026-03-01"}}),
    "vulnerabilities": (
        "- {id: v, title: V}",
        {"v": {"id": "v", "title": "V", "vectors": [], "actions": []}},
    ),
    "actions": (
        "- {id: a, title: A, due: 2026-03, done_on: 2026-03}",
        {
            "a": {
                "id": "a",
                "title": "A",
                "status": "open",
                "requires": [],
                "due": "2026-03-31",
                "done_on": "2026-03-01",
            }
        },
    ),
    "recommendations": (
        "- {id: r, report: X, text: T, issued: 2026-03, agreed_on: 2026-03, due: 2026-03, closed_on: 2026-03}",
        {
            "r": {
                "id": "r",
                "report": "X",
                "text": "T",
                "status": "unresolved",
                "issued": "2026-03-01",
                "agreed_on": "2026-03-01",
                "due": "2026-03-31",
                "closed_on": "2026-03-01",
            }
        },
    ),
    "waivers": (
        "- {id: w, rule: a/b, subject: roles/r, reason: R, approved_by: r, approved_on: 2026-03, expires: 2026-03}",
        {
            "w": {
                "id": "w",
                "rule": "a/b",
                "subject": "roles/r",
                "reason": "R",
                "approved_by": "r",
                "approved_on": "2026-03-01",
                "expires": "2026-03-31",
            }
        },
    ),
}


@pytest.mark.parametrize("section", WRITTEN)
def test_an_entry_has_its_defaults_full_dates_and_explicit_scope_and_nothing_of_the_authors_own(section):
    written, expected = WRITTEN[section]
    assert data(f"{section}:\n{written}\n")[section] == expected


def test_a_role_has_everything_in_it_filled_in():
    found = data(
        """
        roles:
        - id: r
          title: R
          unit: hq
          x-colour: red
          vacancy: {reason: Search}
          eligibility: {roles: [s]}
          holders:
          - {person: p, x-desk: 4}
          - {person: q, kind: acting, share: 0.3335, from: 2026-01, to: 2026-02}
          authorities:
          - {authority: a, from: 2026}
          - {authority: b, scope: {vectors: [v]}, source: {title: T, x-page: 3}}
        """
    )["roles"]
    assert found == {
        "r": {
            "id": "r",
            "title": "R",
            "unit": "hq",
            "status": "active",
            "key": False,
            "collective": False,
            "everyone": False,
            "external": False,
            "seats": 1,
            "vacancy": {"reason": "Search", "until": "9999-12-31"},
            "eligibility": {"roles": ["s"], "training": []},
            "holders": [
                {"person": "p", "kind": "permanent", "share": 1_000_000_000, **OPEN},
                {"person": "q", "kind": "acting", "share": 333_500_000, "from": "2026-01-01", "to": "2026-02-28"},
            ],
            "authorities": [
                {"authority": "a", "scope": {}, "from": "2026-01-01", "to": "9999-12-31"},
                {"authority": "b", "scope": {"vectors": ["v"]}, "source": {"title": "T"}, **OPEN},
            ],
            "exposure": [],
            "successors": [],
            "incompatible_with": [],
        }
    }


@pytest.mark.parametrize(
    ("share", "billionths"),
    [
        ("1", 1_000_000_000),
        ("0", 0),
        ("0.5", 500_000_000),
        ("0.333", 333_000_000),
        ("0.3336666", 333_666_600),
        ("0.123456789", 123_456_789),
        ("0.33366666666666", 333_666_666),
        ("0.0000000005", 0),
        ("0.29", 290_000_000),
        ("0.0625", 62_500_000),
    ],
)
def test_a_share_is_counted_in_billionths_and_what_is_longer_is_rounded_down(share, billionths):
    found = data(f"roles: [{{id: r, title: R, unit: u, holders: [{{person: p, share: {share}}}]}}]")
    assert found["roles"]["r"]["holders"][0]["share"] == billionths


def test_a_training_record_is_named_after_person_module_and_day_and_always_expires():
    found = data(
        """
        training:
        - {id: yearly, title: Y, valid_months: 12}
        - {id: once, title: O}
        training_records:
        - {person: p, module: yearly, completed_on: 2024-02-29}
        - {person: p, module: yearly, completed_on: 2026-03, expires_on: 2026-04}
        - {person: p, module: once, completed_on: 2026-03-01}
        - {person: p, module: unknown, completed_on: 2026-03-01}
        """
    )
    assert found["training_records"] == {
        key: {"id": key, "person": "p", "module": key.split("/")[1], "completed_on": key[-10:], "expires_on": expires}
        for key, expires in {
            "p/yearly/2024-02-29": "2025-02-28",
            "p/yearly/2026-03-01": "2026-04-30",
            "p/once/2026-03-01": "9999-12-31",
            "p/unknown/2026-03-01": "9999-12-31",
        }.items()
    }
    assert sorted(found["days"]) == [
        "0001-01-01",
        "2024-02-29",
        "2025-02-28",
        "2026-03-01",
        "2026-04-30",
        "2026-06-15",
        "9999-12-31",
    ]


def test_sections_are_merged_over_documents_and_files():
    found = data("units: [{id: b, name: B}]\n---\nunits: [{id: a, name: A}]\n", "{}\n", "units: [{id: c, name: C}]\n")
    assert list(found["units"]) == ["a", "b", "c"]


def test_the_path_of_a_unit_leads_down_from_the_root_and_starts_below_what_is_unknown_or_repeats():
    found = data(
        """
        units:
        - {id: hq, name: HQ}
        - {id: east, name: E, parent: hq}
        - {id: desk, name: D, parent: east}
        - {id: lost, name: L, parent: nowhere}
        - {id: below-lost, name: BL, parent: lost}
        - {id: self, name: S, parent: self}
        - {id: one, name: '1', parent: two}
        - {id: two, name: '2', parent: one}
        - {id: off-loop, name: O, parent: two}
        """
    )["units"]
    assert {unit: entry["path"] for unit, entry in found.items()} == {
        "hq": ["hq"],
        "east": ["hq", "east"],
        "desk": ["hq", "east", "desk"],
        "lost": ["lost"],
        "below-lost": ["lost", "below-lost"],
        "self": ["self"],
        "one": ["two", "one"],
        "two": ["one", "two"],
        "off-loop": ["one", "two", "off-loop"],
    }


def deep(count, *more):
    """u0 with u1 below it and so on: `count` units, and `more`."""
    units = [f"- {{id: u{number}, name: U, parent: u{number - 1}}}" for number in range(1, count)]
    return "units:\n- {id: u0, name: U}\n" + "\n".join([*units, *more]) + "\n"


def test_a_unit_has_at_most_sixty_three_above_it():
    assert data(deep(64))["units"]["u63"]["path"] == [f"u{number}" for number in range(64)]
    message = 'unit "u64" has 64 units above it, and 63 are the most'
    assert problems(deep(65)) == [("schema/value", message, "u63")]


def test_of_units_that_lie_too_deep_the_first_on_each_way_is_told_in_whatever_order_they_are_written():
    below = ["- {id: side, name: S, parent: u63}", "- {id: leaf, name: L, parent: side}"]
    found = problems(deep(200, *below))
    assert [message.split('"')[1] for _, message, _ in found] == ["u64", "side"]
    lines = deep(66).splitlines()
    assert [message.split('"')[1] for _, message, _ in problems("\n".join([lines[0], *lines[:0:-1]]) + "\n")] == ["u64"]


def test_a_loop_of_parents_is_not_deep_for_a_rule_tells_of_it():
    ring = [f"{{id: r{number}, name: R, parent: r{(number + 1) % 70}}}" for number in range(70)]
    assert len(data(f"units: [{', '.join(ring)}, {{id: x, name: X, parent: r0}}]\n")["units"]) == 71


@pytest.mark.parametrize(
    "moved",
    [
        "{from: roles/was, to: roles/r}",
        "{from: roles/first, to: roles/was}, {from: roles/was, to: roles/r}",
        "{from: roles/was, to: roles/r}, {from: roles/first, to: roles/was}",
        "{from: roles/r, to: roles/s}, {from: roles/s, to: roles/r}",
        "{from: assignments/was, to: assignments/x/r/A}",
        "{from: assignments/was, to: assignments/both}",
        "{from: assignments/was, to: assignments/both/R}",
    ],
)
def test_a_move_leads_on_to_what_is_declared(moved):
    found = data(MOVED.format(moved))["moved"]
    assert all(found[start]["from"] == start for start in found)
    assert len(found) == moved.count("from:")


MOVED = """
    roles: [{{id: r, title: R, unit: u}}]
    responsibilities: [{{id: x, statement: X, accountable: r}}]
    assignments: [{{id: both, responsibility: x, role: r, code: [R, C]}}]
    moved: [{}]
"""


@pytest.mark.parametrize(
    ("moved", "expected"),
    [
        ("{from: roles/was, to: roles/gone}", [("roles/was", "roles/gone")]),
        (
            "{from: roles/first, to: roles/was}, {from: roles/was, to: roles/gone}",
            [("roles/first", "roles/gone"), ("roles/was", "roles/gone")],
        ),
        (
            "{from: roles/a, to: roles/b}, {from: roles/b, to: roles/a}",
            [("roles/a", "roles/b"), ("roles/b", "roles/a")],
        ),
        ("{from: roles/a, to: roles/a}", [("roles/a", "roles/a")]),
        ("{from: assignments/was, to: assignments/both/A}", [("assignments/was", "assignments/both/A")]),
    ],
)
def test_a_move_that_ends_at_nothing_declared_is_a_problem(moved, expected):
    told = [f'"{start}" moved to "{end}", which is not declared' for start, end in expected]
    assert [message for _, message, _ in problems(MOVED.format(moved).replace("\n    ", "\n"))] == told


def test_a_move_to_another_section_is_a_problem_whatever_is_declared_there():
    text = MOVED.format("{from: people/r, to: roles/r}").replace("\n    ", "\n")
    assert problems(text) == [("schema/value", '"people/r" moved to "roles/r", of another section', "roles/r")]


def test_one_name_moves_once():
    text = MOVED.format("{from: roles/was, to: roles/r}, {from: roles/was, to: roles/r}").replace("\n    ", "\n")
    assert [rule for rule, *_ in problems(text)] == ["schema/duplicate-id"]
