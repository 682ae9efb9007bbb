from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.corpus.documents import links
from uts_policy.corpus.links.cycles import loops


def cycles(text):
    return {kind: found for kind, found in links(text)["cycles"].items() if found}


def test_every_kind_of_loop_is_found_once_with_its_members_sorted():
    text = """
        units: [{id: b, name: B, parent: a}, {id: a, name: A, parent: b}, {id: c, name: C, parent: a}]
        roles:
        - {id: z, title: Z, unit: a, reports_to: y, successors: [x, y]}
        - {id: y, title: Y, unit: a, reports_to: z, successors: [z], status: abolished}
        - {id: x, title: X, unit: a, reports_to: x, successors: [w, ghost]}
        directives:
        - {id: d, title: D, supersedes: [e], cites: [d]}
        - {id: e, title: E, supersedes: [d, f], cites: [f]}
        - {id: f, title: F, supersedes: [g]}
        incident_lines: [{id: l, incident: i, escalate_to: k}, {id: k, incident: i, escalate_to: l}]
        """
    assert cycles(text) == {
        "units": [["a", "b"]],
        "reports": [["x"], ["y", "z"]],
        "supersedes": [["d", "e"]],
        "cites": [["d"]],
        "escalation": [["k", "l"]],
        "successors": [["y", "z"]],
    }


ROLES = """
        roles:
        - {id: a, title: A, unit: u}
        - {id: b, title: B, unit: u}
        - {id: c, title: C, unit: u}
        - {id: out, title: O, unit: u, external: true}
        - {id: old, title: O, unit: u, status: abolished}
"""


def support(*delegations):
    written = "\n".join(f"        - {{{each}}}" for each in delegations)
    return links(f"{ROLES}        delegations:\n{written}\n")["cycles"]["support"]


def test_delegations_loop_by_authority():
    assert support(
        "id: d1, delegator: a, delegate: b, authorities: [x, y]",
        "id: d2, delegator: b, delegate: a, authorities: [x, z]",
        "id: d3, delegator: b, delegate: c, authorities: [x, y]",
        "id: d4, delegator: c, delegate: a, authorities: [y]",
        "id: d5, delegator: c, delegate: c, authorities: [z]",
    ) == {"x": [["d1", "d2"]], "y": [["d1", "d3", "d4"]], "z": [["d5"]]}


def test_delegations_that_are_not_in_force_or_hang_on_nothing_are_in_no_loop():
    assert (
        support(
            "id: d1, delegator: a, delegate: b, authorities: [x, y]",
            "id: d2, delegator: b, delegate: a, authorities: [x], to: 2026-06-14",
            "id: d3, delegator: b, delegate: a, authorities: [y], rescinded_on: 2026-06-15",
            "id: d4, delegator: a, delegate: out, authorities: [z]",
            "id: d5, delegator: out, delegate: a, authorities: [z]",
            "id: d6, delegator: a, delegate: old, authorities: [v]",
            "id: d7, delegator: old, delegate: a, authorities: [v]",
            "id: d8, delegator: a, delegate: ghost, authorities: [w]",
            "id: d9, delegator: ghost, delegate: a, authorities: [w]",
        )
        == {}
    )


def test_a_loop_of_ten_thousand_is_one_loop():
    graph = {str(number): [str((number + 1) % 10_000)] for number in range(10_000)}
    assert loops(graph) == [sorted(graph)]


GRAPHS = st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefghi"), max_size=4))


def reachable(graph, start):
    found = set()
    while True:
        more = {target for node in (found or set()) | {start} for target in graph[node] if target in graph} - found
        if not more:
            return found
        found |= more


@settings(deadline=None, max_examples=300)
@given(GRAPHS)
def test_a_loop_is_what_can_reach_itself_and_each_other(graph):
    reach = {node: reachable(graph, node) for node in graph}
    expected = {
        tuple(sorted({other for other in reach[node] if node in reach[other]})) for node in graph if node in reach[node]
    }
    assert loops(graph) == [list(loop) for loop in sorted(expected)]
