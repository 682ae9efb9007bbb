"""Corpora of any size for the benches: sound and realistic ones, and shapes that punish what is not linear."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.generate.pools import AS_OF, seeded

if TYPE_CHECKING:
    from random import Random

    from tests.generate.repair import Declarations

VECTORS = ("visual", "signals", "financial", "travel", "online")
AUTHORITIES = ("declare-incident", "commit-funds", "direct-field", "approve-travel", "sign-contracts")
VERBS = ("Mitigate", "Assess", "Review", "Report", "Train against", "Plan against", "Monitor", "Record")
THINGS = (
    "phone metadata",
    "camera networks",
    "travel records",
    "payment trails",
    "online traces",
    "licence plate readers",
)


def large_declarations(
    roles: int = 10_000, responsibilities: int = 10_000, assignments: int = 20_000, seed: int = 0, as_of: str = AS_OF
) -> Declarations:
    """A sound organisation of that size; at the defaults about 300,000 lines of YAML (`dump_compact`).

    Each responsibility has its A and R in the long form; what `assignments` leave over are I's, each of another role.
    Nothing in it makes a rule of profile standard speak.
    """
    rng = seeded(seed)
    today = date.fromisoformat(as_of)
    units = _units(max(3, roles // 12))
    posts = [_post(number, units, rng, today) for number in range(max(roles, 4))]
    duties = [_duty(number, units, posts, rng) for number in range(responsibilities)]
    made: Declarations = {
        "units": units,
        "people": [{"id": f"p-{number}", "name": f"Officer {number}"} for number in range(len(posts))],
        "authorities": [{"id": one, "title": one.replace("-", " ").capitalize()} for one in AUTHORITIES],
        "vectors": [{"id": one, "title": one.capitalize()} for one in VECTORS],
        "roles": posts,
        "responsibilities": duties,
        "assignments": _assignments(duties, posts, assignments, rng, today),
        "delegations": _delegations(posts, rng, today),
    }
    return made | _governance(posts, duties, rng, today)


def _units(count: int) -> list[dict[str, Any]]:
    """A tree in which each unit has up to six below it."""
    made: list[dict[str, Any]] = [{"id": "unit-0", "name": "Agency", "chair": "role-0"}]
    made += [{"id": f"unit-{n}", "name": f"Division {n}", "parent": f"unit-{(n - 1) // 6}"} for n in range(1, count)]
    return made


def _post(number: int, units: list[dict[str, Any]], rng: Random, today: date) -> dict[str, Any]:
    post: dict[str, Any] = {
        "id": f"role-{number}",
        "title": f"Head of section {number}" if number else "Director",
        "unit": f"unit-{number * len(units) // max(1, 12 * len(units)) % len(units)}",
        "seniority": max(10, 90 - number.bit_length() * 4),
    }
    if number:
        post["reports_to"] = f"role-{(number - 1) // 6}"
    post["authorities"] = [{"authority": rng.choice(AUTHORITIES[1:]), "source": f"Order {number % 90 + 10}-04"}]
    if number < 4:
        post["authorities"] = [{"authority": one, "source": "Act of founding"} for one in AUTHORITIES]
    begin = today - timedelta(days=rng.randint(20, 25))
    post["holders"] = [{"person": f"p-{number}", "from": begin.isoformat()}]
    post["successors"] = [f"role-{(number + step) % 997 % max(4, number)}" for step in (1, 2, 3)]
    post["successors"] = [one for one in dict.fromkeys(post["successors"]) if one != post["id"]]
    if number % 10 == 0:
        post["exposure"] = rng.sample(VECTORS, 1)
    return post


def _duty(number: int, units: list[dict[str, Any]], posts: list[dict[str, Any]], rng: Random) -> dict[str, Any]:
    duty: dict[str, Any] = {
        "id": f"duty-{number}",
        "statement": f"{rng.choice(VERBS)} {rng.choice(THINGS)}, item {number}",
        "scope": {"units": [f"unit-{rng.randrange(len(units))}"], "vectors": rng.sample(VECTORS, 2)},
        "criticality": rng.choice(("high", "normal", "normal", "low")),
    }
    holder = posts[number % len(posts)]
    duty["requires"] = [holder["authorities"][0]["authority"]]
    duty["min_seniority"] = 10
    duty["consulted"] = posts[(number + 2) % len(posts)]["id"]
    return duty


def _assignments(
    duties: list[dict[str, Any]], posts: list[dict[str, Any]], count: int, rng: Random, today: date
) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    begin = (today - timedelta(days=200)).isoformat()
    known = (today - timedelta(days=180)).isoformat()
    for number, duty in enumerate(duties):
        post = posts[number % len(posts)]["id"]
        made.append(_assignment(duty["id"], post, "A", begin, known))
        other = posts[(number + 1) % len(posts)]["id"]
        made.append(_assignment(duty["id"], other, ["R", "S"], begin, known))
    taken = {(number, (number + step) % len(posts)) for number in range(len(duties)) for step in (0, 1)}
    while len(made) < count and duties:
        number = len(made) % len(duties)
        post = (len(made) * 7 + len(made) // len(duties)) % len(posts)
        while (number, post) in taken:
            post = (post + 1) % len(posts)
        taken.add((number, post))
        made.append(_assignment(duties[number]["id"], posts[post]["id"], "I", begin, known))
    rng.shuffle(made)
    return made


def _assignment(duty: str, role: str, code: Any, begin: str, known: str) -> dict[str, Any]:
    return {"responsibility": duty, "role": role, "code": code, "from": begin, "acknowledged_on": known}


def _delegations(posts: list[dict[str, Any]], rng: Random, today: date) -> list[dict[str, Any]]:
    return [
        {
            "id": f"order-{number}",
            "delegator": post["id"],
            "delegate": posts[rng.randrange(len(posts))]["id"],
            "authorities": [post["authorities"][0]["authority"]],
            "instrument": f"Order {number % 90 + 10}-05",
            "limits": "Within the unit",
            "to": (today + timedelta(days=300)).isoformat(),
        }
        for number, post in enumerate(posts)
        if number % 10 == 5
    ]


def _governance(posts: list[dict[str, Any]], duties: list[dict[str, Any]], rng: Random, today: date) -> Declarations:
    """A tenth as many of everything else."""
    few = range(max(1, len(posts) // 10))
    role = [post["id"] for post in posts]
    soon = (today + timedelta(days=200)).isoformat()
    done = (today - timedelta(days=10)).isoformat()
    return {
        "directives": [
            {"id": f"directive-{n}", "title": f"Directive {n}", "topic": f"topic {n}", "owner": rng.choice(role)}
            | {"review_by": soon}
            for n in few
        ],
        "obligations": [
            {"id": f"shall-{n}", "directive": f"directive-{n}", "text": f"The agency shall do item {n}"}
            | {"responsibilities": [duties[n % len(duties)]["id"]] if duties else []}
            | ({} if duties else {"not_applicable": "Nothing to do"})
            for n in few
        ],
        "training": [
            {
                "id": "basics",
                "title": "Basics",
                "mandatory": True,
                "owner": "role-0",
                "audience": {"roles": role[::10]},
            },
            {"id": "advanced", "title": "Advanced", "level": "advanced", "mandatory": True, "owner": "role-0"}
            | {"audience": {"exposure": list(VECTORS)}},
        ],
        "training_records": [
            {"person": f"p-{n}", "module": module, "completed_on": done}
            for n in range(0, len(posts), 10)
            for module in ("basics", "advanced")
        ],
        "incidents": [{"id": "leak", "title": "Leak"}],
        "incident_lines": [{"id": "leak-line", "incident": "leak", "declare": "role-0", "command": "role-0"}],
        "assessments": [{"id": "study", "title": "Study", "date": done}],
        "vulnerabilities": [
            {"id": f"gap-{n}", "title": f"Gap {n}", "assessment": "study", "owner": rng.choice(role)}
            | {"disposition": "mitigate", "actions": [f"fix-{n}"]}
            for n in few
        ],
        "actions": [
            {"id": f"fix-{n}", "title": f"Fix {n}", "owner": role[n], "due": soon}
            | {"requires": [posts[n]["authorities"][0]["authority"]]}
            for n in few
        ],
        "recommendations": [
            {"id": f"rec-{n}", "report": "25-065", "text": f"Recommendation {n}", "owner": rng.choice(role)}
            | {"issued": done}
            for n in few
        ],
    }


def one_loop(count: int) -> Declarations:
    """`count` of each kind of thing that can stand in a loop, in one loop each, and a delegation loop as long."""
    names = [f"n-{number}" for number in range(count)]
    after = dict(zip(names, [*names[1:], *names[:1]], strict=True))
    return {
        "units": [{"id": "top", "name": "Top"}, *({"id": n, "name": n, "parent": after[n]} for n in names)],
        "authorities": [{"id": "act", "title": "Act", "redelegable": True}],
        "roles": [
            {"id": n, "title": n, "unit": "top", "reports_to": after[n], "key": True, "successors": [after[n]]}
            for n in names
        ],
        "delegations": [
            {"id": n, "delegator": n, "delegate": after[n], "authorities": ["act"], "limits": "x"} for n in names
        ],
        "responsibilities": [{"id": "duty", "statement": "Duty", "requires": ["act"], "accountable": names[0]}],
        "directives": [
            {"id": n, "title": n, "topic": n, "owner": names[0], "cites": [after[n]], "supersedes": [after[n]]}
            for n in names
        ],
        "incidents": [{"id": "leak", "title": "Leak"}],
        "incident_lines": [
            {"id": n, "incident": "leak", "declare": names[0], "command": names[0], "escalate_to": after[n]}
            for n in names
        ],
    }


def one_unit(count: int) -> Declarations:
    """One unit with `count` roles, each accountable for a duty, and all of them held."""
    return {
        "units": [{"id": "agency", "name": "Agency"}],
        "people": [{"id": f"p-{n}"} for n in range(count)],
        "roles": [
            {"id": f"role-{n}", "title": f"Role {n}", "unit": "agency", "holders": [{"person": f"p-{n}"}]}
            for n in range(count)
        ],
        "responsibilities": [
            {"id": f"duty-{n}", "statement": f"Duty {n}", "accountable": f"role-{n}", "responsible": f"role-{n}"}
            for n in range(count)
        ],
    }


def one_responsibility(count: int = 2_000) -> Declarations:
    """One responsibility with `count` assignments, a tenth of them A's, each over its own unit."""
    accountable = max(1, count // 10)
    return {
        "units": [
            {"id": "agency", "name": "Agency"},
            *({"id": f"unit-{n}", "name": f"Unit {n}", "parent": "agency"} for n in range(accountable)),
        ],
        "roles": [{"id": f"role-{n}", "title": f"Role {n}", "unit": "agency"} for n in range(count)],
        "responsibilities": [{"id": "duty", "statement": "The one duty"}],
        "assignments": [
            {"responsibility": "duty", "role": f"role-{n}", "code": "A", "scope": {"units": [f"unit-{n}"]}}
            if n < accountable
            else {"responsibility": "duty", "role": f"role-{n}", "code": "RSCI"[n % 4]}
            for n in range(count)
        ],
    }


def chain(length: int = 60) -> Declarations:
    """One chain of units, of reports, of delegations, of escalation, `length` long."""
    numbers = range(length)

    def above(field: str, number: int, prefix: str) -> dict[str, Any]:
        return {field: f"{prefix}-{number - 1}"} if number else {}

    return {
        "units": [{"id": f"unit-{n}", "name": f"Unit {n}"} | above("parent", n, "unit") for n in numbers],
        "people": [{"id": f"p-{n}"} for n in numbers],
        "authorities": [{"id": "act", "title": "Act", "redelegable": True}],
        "roles": [
            {"id": f"role-{n}", "title": f"Role {n}", "unit": f"unit-{n}", "holders": [{"person": f"p-{n}"}]}
            | above("reports_to", n, "role")
            | ({} if n else {"authorities": [{"authority": "act", "source": "Act"}]})
            for n in numbers
        ],
        "delegations": [
            {"id": f"order-{n}", "delegator": f"role-{n - 1}", "delegate": f"role-{n}", "authorities": ["act"]}
            | {"instrument": "Act", "limits": "None beyond"}
            for n in numbers[1:]
        ],
        "responsibilities": [
            {"id": f"duty-{n}", "statement": f"Duty {n}", "requires": ["act"], "accountable": f"role-{n}"}
            | {"responsible": f"role-{n}", "scope": {"units": [f"unit-{n}"]}}
            for n in numbers
        ],
        "incidents": [{"id": "leak", "title": "Leak"}],
        "incident_lines": [
            {"id": f"line-{n}", "incident": "leak", "severity": f"level {n}", "declare": "role-0", "command": "role-0"}
            | above("escalate_to", n, "line")
            for n in numbers
        ],
    }
