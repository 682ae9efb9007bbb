"""Mutations of who answers for what, and of what entries refer to."""

from __future__ import annotations

from tests.generate.fields import makers
from tests.generate.org import Org, drop
from tests.generate.pools import PLACEHOLDERS, UNKNOWN

# --- ownership


def unassigned(o: Org) -> None:
    drop(o.duty(), "accountable")


def no_performer(o: Org) -> None:
    drop(o.duty(), "responsible")


def another_accountable(o: Org) -> None:
    duty = o.duty()
    entry = o.add("assignments", responsibility=duty["id"], role=o.c.reference("roles"), code="A")
    if o.c.chance(0.6):
        entry["scope"] = o.scope()
        entry["overrides"] = o.c.chance(0.5)
    if o.c.chance(0.2):
        duty["joint_accountability"] = makers("responsibilities")["joint_accountability"](o.c)


def partial_scope(o: Org) -> None:
    duty = o.duty()
    drop(duty, "accountable")
    for _ in range(o.c.rng.randint(1, 2)):
        o.add("assignments", responsibility=duty["id"], role=o.c.reference("roles"), code=o.c.pick(("A", ["A", "R"])))[
            "scope"
        ] = o.scope()


def same_statement(o: Org) -> None:
    first, second = o.duty(), o.duty()
    text = o.c.pick(("Watch  the line", "Straße beobachten", "\uff21udit the desk", "Café 2nd_floor", "İstanbul desk"))
    first["statement"] = text
    second["statement"] = o.c.pick((text.upper() + "!", " " + text.casefold(), text.replace(" ", "-")))


def written_down_twice(o: Org) -> None:
    """Two duties with one statement and one accountable role, under one heading or two."""
    first, second = o.duty(), o.duty()
    second["statement"] = first["statement"]
    second["accountable"] = first["accountable"] = o.accountable()["id"]
    for one in (first, second):
        if o.c.chance(0.3):
            one["group"] = o.c.pick(("Phones", "phones"))
        else:
            drop(one, "group")
    if o.c.chance(0.2):
        first["statement"] = second["statement"] = "— ! —"


def term_gap(o: Org) -> None:
    duty = o.duty()
    drop(duty, "accountable")
    gap = o.c.pick((1, 2, 30))
    end = o.c.pick((-1, 0, 0, 1, 40, 363, 364, 365))
    role = o.c.reference("roles")
    o.add("assignments", responsibility=duty["id"], role=role, code="A", to=o.c.day(end))
    later = o.add("assignments", responsibility=duty["id"], role=role, code="A")
    later["from"] = o.c.day(end + gap)
    if o.c.chance(0.2):
        later["scope"] = o.scope()
    if o.c.chance(0.3):
        later["to"] = o.c.day(end + gap + 400)
        o.add("assignments", responsibility=duty["id"], role=role, code="A")["from"] = o.c.day(end + gap + 410)


def placeholder(o: Org) -> None:
    word = o.c.pick(PLACEHOLDERS)
    section, name = o.c.pick(
        (
            ("responsibilities", "accountable"),
            ("assignments", "role"),
            ("directives", "owner"),
            ("units", "chair"),
            ("incident_lines", "declare"),
            ("incident_lines", "command"),
            ("training", "owner"),
            ("vulnerabilities", "owner"),
            ("actions", "owner"),
            ("recommendations", "owner"),
        )
    )
    o.any(section)[name] = word


def placeholder_holder(o: Org) -> None:
    o.accountable()["holders"] = [
        {"person": o.c.pick(PLACEHOLDERS)} | ({"to": o.c.future()} if o.c.chance(0.4) else {})
    ]


def collective_owner(o: Org) -> None:
    body = o.accountable()
    body["collective"] = True
    if o.c.chance(0.3):
        body["chair"] = o.c.owner()
    if o.c.chance(0.7):
        drop(o.any("units"), "chair")
        drop(o.get("units", "agency"), "chair")


def unacknowledged(o: Org) -> None:
    begin = o.c.pick((-30, -31, -31, -32))
    entry = o.add("assignments", responsibility=o.duty()["id"], role=o.c.reference("roles"), code=o.c.pick("RSA"))
    entry["from"] = o.c.day(begin)
    if o.c.chance(0.3):
        entry["acknowledged_on"] = o.c.day(o.c.pick((-1, 0, 1)))


def assignment_review(o: Org) -> None:
    for _ in range(2):
        o.any("assignments")["reviewed_on"] = o.c.day(o.c.pick((-364, -365, -366, -366, -400)))


def nested_scopes(o: Org) -> None:
    """A's one within the other, each overriding or not."""
    duty = o.duty()
    drop(duty, "accountable")
    for unit in o.c.rng.sample(("agency", "ops", "field"), o.c.rng.randint(2, 3)):
        entry = o.add("assignments", responsibility=duty["id"], role=o.c.reference("roles"), code="A")
        entry |= {"scope": {"units": [unit]}, "overrides": o.c.chance(0.6)}
        if o.c.chance(0.2):
            entry["scope"]["vectors"] = o.c.references("vectors", 2)


def word_declared(o: Org) -> None:
    """A role or person whose id is a word that otherwise stands for nobody."""
    word = o.c.pick(("vacant", "tba", "none"))
    if o.c.chance(0.5):
        o.add("roles", id=word, title="A role after all", unit="agency")
        o.duty()["accountable"] = o.c.pick((word, word.upper()))
    else:
        o.add("people", id=word)
        o.accountable()["holders"] = [{"person": o.c.pick((word, word.upper()))}]


def written_twice(o: Org) -> None:
    """The same holding, or the same grant, twice in one role."""
    role = o.role()
    name = o.c.pick(("holders", "holders", "authorities"))
    if role.get(name):
        role[name] = [*role[name], dict(o.c.pick(role[name]))]


def outside(o: Org) -> None:
    """An external role where a role of ours might be."""
    partner = o.get("roles", "partner")
    partner["external"] = True
    if o.c.chance(0.3):
        partner |= {"seniority": 10, "collective": True, "unit": o.c.pick(("field", "lab"))}
        partner["authorities"] = [{"authority": o.c.reference("authorities")}]
        partner["holders"] = [{"person": o.c.pick(("tbd", "p-7")), "kind": "acting", "from": o.c.day(-400)}]
        if o.c.chance(0.5):
            partner["holders"][0]["to"] = o.c.day(20)
    section, name = o.c.pick(
        (
            ("responsibilities", "accountable"),
            ("delegations", "delegator"),
            ("delegations", "delegate"),
            ("roles", "reports_to"),
            ("incident_lines", "command"),
            ("incident_lines", "declare"),
            ("actions", "owner"),
        )
    )
    o.any(section)[name] = "partner"


def everybody(o: Org) -> None:
    """A class of people where a role might be."""
    if o.c.chance(0.2):
        o.accountable()["everyone"] = True
    section, name, many = o.c.pick(
        (
            ("responsibilities", "accountable", False),
            ("responsibilities", "responsible", False),
            ("responsibilities", "consulted", False),
            ("responsibilities", "informed", False),
            ("assignments", "role", False),
            ("roles", "successors", True),
            ("roles", "reports_to", False),
            ("roles", "chair", False),
            ("units", "chair", False),
            ("delegations", "delegator", False),
            ("delegations", "delegate", False),
            ("incident_lines", "command", False),
            ("incident_lines", "declare", False),
            ("incident_lines", "notify", True),
            ("actions", "owner", False),
            ("waivers", "approved_by", False),
        )
    )
    entry = o.any(section)
    entry[name] = ["all-staff"] if many else "all-staff"
    if name == "chair" and section == "roles":
        entry["collective"] = True
    if o.c.chance(0.3):
        o.any("training")["audience"] = {"roles": ["all-staff"]}
    if o.c.chance(0.2):
        o.role()["eligibility"] = {"roles": o.c.some(("all-staff", "director"), 2)}
    everyone = o.get("roles", "all-staff")
    everyone["everyone"] = True
    if o.c.chance(0.3):
        everyone |= {"exposure": o.c.references("vectors", 1), "authorities": [{"authority": "commit-funds"}]}


# --- reference


def unknown(o: Org) -> None:
    section, name = o.c.pick(
        (
            ("roles", "unit"),
            ("roles", "reports_to"),
            ("responsibilities", "responsible"),
            ("assignments", "role"),
            ("assignments", "responsibility"),
            ("obligations", "directive"),
            ("incident_lines", "escalate_to"),
            ("training", "owner"),
        )
    )
    o.any(section)[name] = o.c.pick(UNKNOWN)


def abolished(o: Org) -> None:
    role = o.accountable() if o.c.chance(0.5) else o.role()
    if o.c.chance(0.4):
        role["status"] = "abolished"
    else:
        role["abolished_on"] = o.c.day(o.c.pick((-1, 0, 1, 90)))
    if o.c.chance(0.4):
        role["replaced_by"] = o.c.reference("roles")


def archived(o: Org) -> None:
    o.any("units")["status"] = "archived"


def retired(o: Org) -> None:
    o.duty()["status"] = "retired"


def unit_loop(o: Org) -> None:
    o.any("units")["parent"] = o.any("units")["id"]


def reporting_loop(o: Org) -> None:
    first, second = o.role(), o.role()
    first["reports_to"], second["reports_to"] = second["id"], first["id"]


def citation_loop(o: Org) -> None:
    name = o.c.pick(("cites", "supersedes"))
    first, second = o.any("directives"), o.any("directives")
    first[name], second[name] = [second["id"]], [first["id"]]
    if o.c.chance(0.3):
        third = o.any("directives")
        first[name], second[name], third[name] = [second["id"]], [third["id"]], [first["id"]]


MUTATIONS = (
    unassigned,
    no_performer,
    another_accountable,
    partial_scope,
    same_statement,
    written_down_twice,
    term_gap,
    placeholder,
    placeholder_holder,
    collective_owner,
    unacknowledged,
    assignment_review,
    nested_scopes,
    word_declared,
    written_twice,
    outside,
    everybody,
    unknown,
    abolished,
    archived,
    retired,
    unit_loop,
    reporting_loop,
    citation_loop,
)
