"""Loops: strongly connected components, so that a loop is found once however many ways lead round it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from uts_policy.corpus.in_force import Section, Sections, delegation_in_force, living


def cycles(sections: Sections, as_of: str) -> dict[str, Any]:
    """Every kind of loop, each loop a sorted list of ids, whatever state its members are in.

    `support` alone looks at delegations in force, and is kept by authority: loops of two authorities are two loops.
    """
    units, roles, directives = sections["units"], sections["roles"], sections["directives"]
    return {
        "units": loops(_single(units, "parent")),
        "reports": loops(_single(roles, "reports_to")),
        "supersedes": loops({entry_id: entry["supersedes"] for entry_id, entry in directives.items()}),
        "cites": loops({entry_id: entry["cites"] for entry_id, entry in directives.items()}),
        "escalation": loops(_single(sections["incident_lines"], "escalate_to")),
        "successors": loops({entry_id: entry["successors"] for entry_id, entry in roles.items()}),
        "support": _support(sections["delegations"], roles, as_of),
    }


def _single(section: Section, field: str) -> dict[str, Sequence[str]]:
    return {entry_id: (entry[field],) if field in entry else () for entry_id, entry in section.items()}


def _support(delegations: Section, roles: Section, as_of: str) -> dict[str, list[list[str]]]:
    """Loops of delegations in which each hangs on what another one gives its delegator, by authority.

    Roles and delegations alternate in the graph, so that a hub with a thousand of both has two thousand edges and not
    a million. A delegation hangs on nothing where its delegator is unknown, abolished or external.
    """
    graphs: dict[str, dict[str, list[str]]] = {}
    for entry_id, entry in delegations.items():
        if not delegation_in_force(entry, as_of):
            continue
        delegator = roles.get(entry["delegator"])
        hangs = delegator is not None and not delegator["external"] and living(delegator, as_of)
        for authority in dict.fromkeys(entry["authorities"]):
            graph = graphs.setdefault(authority, {})
            graph[f"d/{entry_id}"] = [f"r/{entry['delegate']}"]
            graph.setdefault(f"r/{entry['delegate']}", [])
            if hangs:
                graph.setdefault(f"r/{entry['delegator']}", []).append(f"d/{entry_id}")
    found = {
        authority: [[node[2:] for node in loop if node.startswith("d/")] for loop in loops(graph)]
        for authority, graph in graphs.items()
    }
    return {authority: groups for authority, groups in found.items() if groups}


def loops(graph: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The strongly connected components that hold a loop, ids sorted; edges to what is no node are passed over.

    Tarjan's algorithm with a stack of its own: a loop may be longer than Python's.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    done: set[str] = set()
    open_nodes: list[str] = []
    found: list[list[str]] = []
    for start in graph:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        open_nodes.append(start)
        work = [(start, iter(graph[start]))]
        while work:
            node, edges = work[-1]
            for target in edges:
                if target not in graph or target in done:
                    continue
                if target in order:
                    low[node] = min(low[node], order[target])
                    continue
                order[target] = low[target] = len(order)
                open_nodes.append(target)
                work.append((target, iter(graph[target])))
                break
            else:
                work.pop()
                if work:
                    above = work[-1][0]
                    low[above] = min(low[above], low[node])
                if low[node] == order[node]:
                    members = _pop(open_nodes, node)
                    done.update(members)
                    if len(members) > 1 or node in graph[node]:
                        found.append(sorted(members))
    return sorted(found)


def _pop(stack: list[str], last: str) -> list[str]:
    members: list[str] = []
    while not members or members[-1] != last:
        members.append(stack.pop())
    return members
