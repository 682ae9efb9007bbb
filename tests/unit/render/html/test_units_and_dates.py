"""The tree of units and the dates of the page, on corpora that a reader can hold in the head."""

from tests.unit.corpus.documents import corpus
from tests.unit.render.reports import finding, report, views_of
from uts_policy.render.html.dates import MONTHS, MOST, timeline
from uts_policy.render.html.findings import by_owner, by_rule
from uts_policy.render.html.page import page
from uts_policy.render.html.units import DEEPEST, tree

ORGANISATION = """\
units:
  - {id: agency, name: Agency}
  - {id: watch, name: Watch, parent: agency, kind: section}
  - {id: old, name: Old, parent: agency, status: archived}
people:
  - {id: p-1}
  - {id: p-2, departed_on: 2027-01-31}
roles:
  - {id: director, title: Director, unit: agency, holders: [{person: p-1}]}
  - {id: officer, title: Officer, unit: watch, holders: [{person: p-2, kind: acting, to: 2026-06-15}]}
  - {id: desk, title: Desk, unit: watch, vacancy: {reason: being built, until: 2026-12-31}}
  - {id: gone, title: Gone, unit: watch, abolished_on: 2020-01-01, holders: [{person: p-3, to: 2026-07-01}]}
responsibilities:
  - {id: lead, statement: Lead, accountable: director, responsible: officer}
"""


def ends(text):
    declared = corpus(text)
    return timeline(declared, views_of(declared))


def judged(text, *findings):
    made = report(*findings, corpus=corpus(text))
    return made, by_rule(made)


def test_the_tree_names_posts_holders_and_vacancies_and_leaves_out_abolished_posts():
    (agency,) = tree(*judged(ORGANISATION))
    old, watch = agency.children
    assert [(unit.name, unit.roles, unit.standings, unit.archived) for unit in (agency, old, watch)] == [
        ("Agency", 1, "", False),
        ("Old", 0, "", True),
        ("Watch", 2, "1 held, 1 deliberately vacant", False),
    ]
    assert [(seat.id, seat.holders, seat.standing, seat.reason) for seat in watch.seats] == [
        ("desk", (), "vacancy", "being built"),
        ("officer", ("p-2",), "held", ""),
    ]


def test_a_finding_counts_once_for_a_unit_for_its_posts_and_for_all_above():
    found = [
        finding(3, entry="roles/officer"),
        finding(4, entry="responsibilities/lead"),
        finding(5, entry="units/watch"),
    ]
    made, groups = judged(ORGANISATION, *found)
    (agency,) = tree(made, groups)
    assert (agency.found, [unit.found for unit in agency.children]) == (3, [0, 2])
    assert [(owner.role, owner.tally.error) for owner in by_owner(made, groups)] == [
        ("director", 1),
        ("officer", 1),
        ("", 1),
    ]


def test_units_in_a_loop_and_below_nothing_are_drawn_once():
    text = """\
units:
  - {id: a, name: A, parent: b}
  - {id: b, name: B, parent: a}
  - {id: c, name: C, parent: b}
  - {id: d, name: D, parent: nowhere}
  - {id: e, name: E, parent: e}
"""

    def drawn(units):
        return [(unit.id, drawn(unit.children)) for unit in units]

    assert drawn(tree(*judged(text))) == [("d", []), ("e", []), ("a", [("b", [("c", [])])])]


def test_a_very_deep_tree_is_cut_and_says_how_many_units_are_below():
    parents = "".join(f"  - {{id: u{depth}, name: U, parent: u{depth - 1}}}\n" for depth in range(1, 60))
    made, groups = judged(f"units:\n  - {{id: u0, name: U}}\n{parents}", finding(entry="units/u59"))
    (unit,) = tree(made, groups)
    depth = 1
    while unit.children:
        (unit,) = unit.children
        depth += 1
    assert (depth, unit.below) == (DEEPEST, 1)
    assert "and 1 unit below, not drawn at this depth." in page(made)


ENDS = """\
authorities: [{id: declare, title: Declare}]
training: [{id: basics, title: Basics, valid_months: 12}]
training_records:
  - {person: p-1, module: basics, completed_on: 2025-05-01}
  - {person: p-1, module: basics, completed_on: 2026-02-01}
  - {person: p-2, module: basics, completed_on: 2026-06-30}
delegations:
  - {id: d-1, delegator: director, delegate: officer, authorities: [declare], to: 2026-06-14}
  - {id: d-2, delegator: director, delegate: officer, authorities: [declare], to: 2030-01-01, rescinded_on: 2026-08-01}
directives:
  - {id: b-1, title: Strategy, owner: director, review_by: 2026-09, to: 2040}
  - {id: b-2, title: Draft, status: draft, review_by: 2026-09}
actions:
  - {id: a-1, title: Buy, owner: director, due: 2026-10-01}
  - {id: a-2, title: Bought, owner: director, due: 2026-10-01, status: done, done_on: 2026-01-01}
recommendations:
  - {id: r-1, report: R, text: Close it, status: resolved, owner: officer, due: 2026-11-30}
waivers:
  - {id: w-1, rule: staffing/vacant, subject: roles/desk, reason: R, approved_by: director, approved_on: 2026-01-01,
     expires: 2027-02-28}
"""


def test_the_dates_are_those_that_are_not_over_of_what_still_stands():
    found = ends(ORGANISATION + ENDS)
    assert [(end.day, end.what, end.owners) for month in found.listed for end in month.ends] == [
        ("2026-06-15", "term ends: p-2 as Officer (acting)", ("officer",)),
        ("2026-08-01", "delegation is rescinded: declare", ("director",)),
        ("2026-09-30", "directive due for review: Strategy", ("director",)),
        ("2026-10-01", "action due: Buy", ("director",)),
        ("2026-11-30", "recommendation due: Close it", ("officer",)),
        ("2026-12-31", "deliberate vacancy ends: Desk", ("desk",)),
        ("2027-01-31", "departs: p-2", ("officer",)),
        ("2027-02-01", "training of p-1 expires: Basics", ("director",)),
        ("2027-02-28", "waiver expires: staffing/vacant on roles/desk", ("director",)),
        ("2027-06-30", "training of p-2 expires: Basics", ("officer",)),
        ("2040-12-31", "directive ends: Strategy", ("director",)),
    ]
    assert found.listed[0].ends[0].where == "a.yaml:10:90"
    assert (found.count, found.later, found.left_out) == (11, 1, 0)
    assert [(month.month, month.count, month.height) for month in found.drawn if month.count][:3] == [
        ("2026-06", 1, 50),
        ("2026-08", 1, 50),
        ("2026-09", 1, 50),
    ]
    assert len(found.drawn) == MONTHS


def test_where_nothing_ends_the_page_says_so():
    made = report(corpus=corpus("units: [{id: agency, name: Agency}]\n"))
    assert "Nothing has an end on or after 2026-11-23" in page(made)


def test_of_very_many_ends_the_first_are_listed_and_all_are_counted():
    actions = "".join(f"  - {{id: a-{number}, title: T, due: 2026-07-01}}\n" for number in range(MOST + 7))
    found = ends(f"actions:\n{actions}")
    assert (found.count, found.left_out, sum(len(month.ends) for month in found.listed)) == (MOST + 7, 7, MOST)
    assert "7 later ends not listed here." in page(report(corpus=corpus(f"actions:\n{actions}")))
