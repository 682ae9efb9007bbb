"""Small changes that bring a rule to speak, or nearly: at least one for each rule, several where it has boundaries."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.generate.fields import PRIVATE, makers, random_entry
from tests.generate.pools import PLACEHOLDERS, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.generate.pools import Context
    from tests.generate.repair import Declarations

    Mutation = Callable[["Org"], None]

MUTATIONS: list[Mutation] = []


def mutation(change: Mutation) -> Mutation:
    """Adds a mutation to the list that random corpora draw from."""
    MUTATIONS.append(change)
    return change


class Org:
    """Declarations in the making, with a way to reach an entry that may not be there yet."""

    def __init__(self, declarations: Declarations, context: Context) -> None:
        self.declarations = declarations
        self.c = context

    def add(self, section: str, **entry: Any) -> dict[str, Any]:
        """Puts an entry in front, so that it wins where ids clash."""
        self.declarations.setdefault(section, []).insert(0, entry)
        return entry

    def any(self, section: str) -> dict[str, Any]:
        """A random entry of a section; a random new one where it has none."""
        entries = self.declarations.get(section)
        if entries:
            return self.c.pick(entries)
        return self.add(section, **random_entry(self.c, section))

    def get(self, section: str, entry_id: str) -> dict[str, Any]:
        """The entry of that id; a random new one where there is none."""
        for entry in self.declarations.get(section, ()):
            if entry.get("id") == entry_id:
                return entry
        return self.add(section, **(random_entry(self.c, section, 0.2) | {"id": entry_id}))

    def role(self) -> dict[str, Any]:
        return self.any("roles")

    def duty(self) -> dict[str, Any]:
        return self.any("responsibilities")

    def scope(self) -> dict[str, Any]:
        """A scope of what is declared; now and then any."""
        declared = {part: [one["id"] for one in self.declarations.get(part, ())] for part in ("units", "vectors")}
        parts = [part for part in declared if declared[part]]
        if not parts or self.c.chance(0.1):
            return makers("delegations")["scope"](self.c)
        return {part: self.c.some(declared[part], 2) for part in self.c.some(parts, 2)}

    def accountable(self) -> dict[str, Any]:
        """A role that some short form makes accountable."""
        for duty in self.c.rng.sample(
            self.declarations.get("responsibilities", []), len(self.declarations.get("responsibilities", []))
        ):
            named = duty.get("accountable")
            for role in [named] if isinstance(named, str) else named or ():
                for entry in self.declarations.get("roles", ()):
                    if entry["id"] == role:
                        return entry
        return self.role()


def drop(entry: dict[str, Any], *fields: str) -> None:
    for name in fields:
        entry.pop(name, None)


def put(section: str, entry_field: str) -> Mutation:
    """A mutation that gives one field of a section a random value."""

    def change(o: Org) -> None:
        o.any(section)[entry_field] = makers(section)[entry_field](o.c)

    change.__name__ = f"put_{section}_{entry_field}"
    return change


# --- ownership


@mutation
def unassigned(o: Org) -> None:
    drop(o.duty(), "accountable")


@mutation
def no_performer(o: Org) -> None:
    drop(o.duty(), "responsible")


@mutation
def another_accountable(o: Org) -> None:
    duty = o.duty()
    entry = o.add("assignments", responsibility=duty["id"], role=o.c.reference("roles"), code="A")
    if o.c.chance(0.6):
        entry["scope"] = o.scope()
        entry["overrides"] = o.c.chance(0.5)
    if o.c.chance(0.2):
        duty["joint_accountability"] = makers("responsibilities")["joint_accountability"](o.c)


@mutation
def partial_scope(o: Org) -> None:
    duty = o.duty()
    drop(duty, "accountable")
    for _ in range(o.c.rng.randint(1, 2)):
        o.add("assignments", responsibility=duty["id"], role=o.c.reference("roles"), code=o.c.pick(("A", ["A", "R"])))[
            "scope"
        ] = o.scope()


@mutation
def same_statement(o: Org) -> None:
    first, second = o.duty(), o.duty()
    text = o.c.pick(("Watch  the line", "Straße beobachten", "\uff21udit the desk", "Café 2nd_floor", "İstanbul desk"))
    first["statement"] = text
    second["statement"] = o.c.pick((text.upper() + "!", " " + text.casefold(), text.replace(" ", "-")))


@mutation
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


@mutation
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


@mutation
def placeholder_holder(o: Org) -> None:
    o.accountable()["holders"] = [
        {"person": o.c.pick(PLACEHOLDERS)} | ({"to": o.c.future()} if o.c.chance(0.4) else {})
    ]


@mutation
def collective_owner(o: Org) -> None:
    o.accountable()["collective"] = True
    if o.c.chance(0.7):
        drop(o.any("units"), "chair")
        drop(o.get("units", "agency"), "chair")


@mutation
def unacknowledged(o: Org) -> None:
    begin = o.c.pick((-30, -31, -31, -32))
    entry = o.add("assignments", responsibility=o.duty()["id"], role=o.c.reference("roles"), code=o.c.pick("RSA"))
    entry["from"] = o.c.day(begin)
    if o.c.chance(0.3):
        entry["acknowledged_on"] = o.c.day(o.c.pick((-1, 0, 1)))


@mutation
def assignment_review(o: Org) -> None:
    for _ in range(2):
        o.any("assignments")["reviewed_on"] = o.c.day(o.c.pick((-364, -365, -366, -366, -400)))


# --- reference


@mutation
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


@mutation
def abolished(o: Org) -> None:
    role = o.accountable() if o.c.chance(0.5) else o.role()
    if o.c.chance(0.4):
        role["status"] = "abolished"
    else:
        role["abolished_on"] = o.c.day(o.c.pick((-1, 0, 1)))


@mutation
def archived(o: Org) -> None:
    o.any("units")["status"] = "archived"


@mutation
def retired(o: Org) -> None:
    o.duty()["status"] = "retired"


@mutation
def unit_loop(o: Org) -> None:
    o.any("units")["parent"] = o.any("units")["id"]


@mutation
def reporting_loop(o: Org) -> None:
    first, second = o.role(), o.role()
    first["reports_to"], second["reports_to"] = second["id"], first["id"]


@mutation
def citation_loop(o: Org) -> None:
    name = o.c.pick(("cites", "supersedes"))
    first, second = o.any("directives"), o.any("directives")
    first[name], second[name] = [second["id"]], [first["id"]]


# --- authority and delegation


@mutation
def required(o: Org) -> None:
    o.duty()["requires"] = makers("responsibilities")["requires"](o.c)


@mutation
def grant_lost(o: Org) -> None:
    drop(o.get("roles", "director"), "authorities")


@mutation
def narrow_grant(o: Org) -> None:
    authority = o.c.pick(o.c.ids["authorities"])
    role = o.accountable()
    o.duty().update({"requires": [authority], "accountable": role["id"]})
    role["authorities"] = [{"authority": authority, "scope": o.scope(), "source": "Act"}]


@mutation
def undocumented(o: Org) -> None:
    if o.c.chance(0.5):
        drop(o.any("delegations"), "instrument")
    else:
        o.role()["authorities"] = makers("roles")["authorities"](o.c)


@mutation
def junior(o: Org) -> None:
    o.duty()["min_seniority"] = o.c.pick((60, 61, 80, 81, 95))


@mutation
def cut_line(o: Org) -> None:
    role = o.accountable()
    role["unit"] = o.c.pick(("field", "ops"))
    drop(role, "reports_to")


@mutation
def not_delegable(o: Org) -> None:
    o.any("authorities")["delegable"] = False


@mutation
def orphaned(o: Org) -> None:
    director = o.get("roles", "director")
    if o.c.chance(0.3):
        director["authorities"] = []
    for grant in director.get("authorities") or ():
        grant.update({"from": o.c.day(-700), "to": o.c.day(o.c.pick((-1, 0, -1, -40)))})


@mutation
def orphaned_link(o: Org) -> None:
    """A chain whose first link is over, or not begun, or rescinded."""
    authority = o.c.pick(o.c.ids["authorities"])
    first, second, third = o.c.rng.sample(o.c.ids["roles"][:6], 3)
    above = o.add("delegations", id="order-3", delegator=first, delegate=second, authorities=[authority])
    above |= o.c.pick(({"to": o.c.day(-1)}, {"rescinded_on": o.c.day(0)}, {"from": o.c.day(1)}, {"to": o.c.day(0)}))
    o.add("delegations", id="order-4", delegator=second, delegate=third, authorities=[authority], instrument="Act")


@mutation
def chain(o: Org) -> None:
    """Up to four delegations one after the other, now and then narrower, shorter, without permission."""
    authority = o.c.pick(o.c.ids["authorities"])
    roles = o.c.rng.sample(o.c.ids["roles"], 5)
    if o.c.chance(0.7):
        roles[0] = "director"
    for number, (delegator, delegate) in enumerate(pairwise(roles[: o.c.rng.randint(2, 5)])):
        link = o.add("delegations", id=f"order-{number + 1}", delegator=delegator, delegate=delegate)
        link["authorities"] = [authority]
        if o.c.chance(0.3):
            link["scope"] = o.scope()
        if o.c.chance(0.7):
            link["redelegable"] = o.c.chance(0.7)
        if o.c.chance(0.3):
            link["to"] = o.c.date(1)


@mutation
def delegation_loop(o: Org) -> None:
    authority = o.c.pick(o.c.ids["authorities"])
    roles = o.c.rng.sample(o.c.ids["roles"][1:], o.c.rng.randint(1, 3))
    for number, delegator in enumerate(roles):
        delegate = roles[(number + 1) % len(roles)]
        o.add("delegations", id=f"order-{number + 3}", delegator=delegator, delegate=delegate, authorities=[authority])


@mutation
def never_had(o: Org) -> None:
    o.add(
        "delegations", id="order-5", delegator=o.c.pick(("watch", "counsel")), delegate="deputy", limits="None beyond"
    )["authorities"] = o.c.references("authorities", 2)


@mutation
def beyond(o: Org) -> None:
    """A delegation that says more, in scope or in time, than the delegator has."""
    authority = o.c.pick(o.c.ids["authorities"])
    delegator = o.role()
    grant: dict[str, Any] = {"authority": authority, "source": "Act"}
    link = o.add("delegations", id="order-4", delegator=delegator["id"], delegate=o.c.reference("roles"))
    link["authorities"] = [authority]
    if o.c.chance(0.5):
        grant["scope"] = o.scope()
        link["scope"] = o.scope()
    else:
        end = o.c.pick((0, 40))
        grant["to"] = o.c.day(end)
        link["to"] = o.c.day(end + o.c.pick((0, 1)))
    delegator.setdefault("authorities", []).append(grant)


@mutation
def redelegated(o: Org) -> None:
    authority = o.c.pick(o.c.ids["authorities"])
    link = {"delegator": "director", "delegate": "deputy", "authorities": [authority]}
    first = o.add("delegations", id="order-1", **link)
    if o.c.chance(0.3):
        first["redelegable"] = o.c.chance(0.5)
    second = o.add("delegations", id="order-5", delegator="deputy", delegate=o.c.reference("roles"))
    second["authorities"] = [authority]
    if o.c.chance(0.4):
        first["scope"] = o.scope()
        second["scope"] = o.scope()


@mutation
def limits_unstated(o: Org) -> None:
    drop(o.any("delegations"), "limits", "redelegable")


# --- staffing


@mutation
def vacant(o: Org) -> None:
    role = o.accountable()
    if o.c.chance(0.5):
        drop(role, "holders")
    else:
        role["holders"] = [
            {"person": "p-1"} | o.c.pick(({"to": o.c.day(-1)}, {"from": o.c.day(1)}, {"to": o.c.day(0)}))
        ]


@mutation
def vacancy(o: Org) -> None:
    role = o.accountable() if o.c.chance(0.5) else o.role()
    if o.c.chance(0.85):
        drop(role, "holders")
    role["vacancy"] = {"reason": "Post is being filled", "until": o.c.day(o.c.pick((-1, -1, 0, 1)))}
    drop(role["vacancy"], *o.c.pick(((), (), ("reason",), ("until",))))


@mutation
def acting(o: Org) -> None:
    o.role().setdefault("holders", []).append(
        {"person": o.c.reference("people"), "kind": "acting", "from": o.c.day(o.c.pick((-209, -210, -211, -212, -300)))}
    )


@mutation
def departed(o: Org) -> None:
    person = o.any("people")
    if o.c.chance(0.5):
        person["status"] = "departed"
    if o.c.chance(0.6):
        person["departed_on"] = o.c.day(o.c.pick((-1, 0, 1)))


@mutation
def contested(o: Org) -> None:
    holders = o.role().setdefault("holders", [])
    for _ in range(o.c.rng.randint(1, 3)):
        holder: dict[str, Any] = {"person": o.c.reference("people")}
        if o.c.chance(0.5):
            holder["share"] = o.c.pick((0.5, 0.333, 0.334, 0.501, 1))
        if o.c.chance(0.5):
            holder["kind"] = o.c.pick(("acting", "detailed"))
        holders.append(holder)


@mutation
def repeated_holder(o: Org) -> None:
    holders = o.role().setdefault("holders", [{"person": o.c.reference("people")}])
    for holder in holders[:1]:
        holders.append(
            {"person": holder["person"], "from": o.c.past()} | ({"kind": "acting"} if o.c.chance(0.4) else {})
        )


@mutation
def ineligible(o: Org) -> None:
    o.role()["eligibility"] = makers("roles")["eligibility"](o.c)


@mutation
def holder_ends(o: Org) -> None:
    role = o.accountable()
    end = o.c.pick((0, 1, 59, 60, 61))
    role["holders"] = [{"person": o.c.reference("people"), "to": o.c.day(end)}]
    if o.c.chance(0.3):
        role["holders"].append({"person": o.c.reference("people"), "from": o.c.day(end + o.c.pick((0, 1, 2, 30)))})
    if o.c.chance(0.2):
        role["vacancy"] = {"reason": "Known", "until": o.c.day(end + o.c.pick((-1, 0, 1)))}


@mutation
def assignment_ends(o: Org) -> None:
    duty = o.duty()
    role = o.accountable()["id"]
    drop(duty, "accountable")
    end = o.c.pick((0, 1, 59, 60, 61))
    o.add("assignments", responsibility=duty["id"], role=role, code="A", to=o.c.day(end))
    if o.c.chance(0.3):
        o.add("assignments", responsibility=duty["id"], role=role, code="A")["from"] = o.c.day(end + o.c.pick((1, 2)))


# --- continuity, separation, workload


@mutation
def successors(o: Org) -> None:
    role = o.accountable()
    role["successors"] = o.c.references("roles", 4)
    if o.c.chance(0.4):
        role["key"] = True


@mutation
def no_successors(o: Org) -> None:
    role = o.accountable()
    if o.c.chance(0.6):
        role["key"] = True
    else:
        o.duty()["criticality"] = "critical"
    role["successors"] = [] if o.c.chance(0.4) else o.c.references("roles", 2)


@mutation
def succession_loop(o: Org) -> None:
    roles = o.c.rng.sample(o.c.ids["roles"][:6], o.c.rng.randint(1, 3))
    for role in roles:
        entry = o.get("roles", role)
        entry["successors"] = [one for one in roles if one != role] or [role]
        if o.c.chance(0.7):
            entry["key"] = True


@mutation
def one_holder(o: Org) -> None:
    """A role and its successors in one hand."""
    role = o.accountable()
    person = o.c.reference("people")
    role["holders"] = [{"person": person}]
    role["key"] = True
    role["successors"] = o.c.references("roles", 2)
    for successor in role["successors"]:
        for entry in o.declarations["roles"]:
            if entry["id"] == successor:
                entry["holders"] = [{"person": person}]


@mutation
def one_person_deep(o: Org) -> None:
    duty = o.duty()
    duty["criticality"] = "critical"
    role = o.accountable()
    role["successors"] = o.c.references("roles", 1) if o.c.chance(0.3) else []
    duty["accountable"] = role["id"]
    duty["responsible"] = role["id"]


@mutation
def second_hat(o: Org) -> None:
    """One person in two roles."""
    first, second = o.role(), o.role()
    for holder in (first.get("holders") or [{}])[:1]:
        if "person" in holder:
            second["holders"] = [{"person": holder["person"]}]
    if o.c.chance(0.6):
        first["incompatible_with"] = [second["id"]]


@mutation
def self_review(o: Org) -> None:
    checked, checking = o.duty(), o.duty()
    checking["reviews"] = [checked["id"]]
    role = o.c.reference("roles")
    checked["responsible"] = role
    checking[o.c.pick(("responsible", "accountable"))] = role


@mutation
def overloaded(o: Org) -> None:
    role = o.accountable()["id"]
    for number in range(o.c.pick((11, 12, 13, 13))):
        o.add("responsibilities", id=f"more-{number}", statement=f"Duty {number}", accountable=role, informed="counsel")


@mutation
def over_consulted(o: Org) -> None:
    for number in range(3):
        o.add("roles", id=f"adviser-{number}", title="Adviser", unit="agency")
    consulted = [*o.c.ids["roles"], "adviser-0", "adviser-1", "adviser-2"]
    o.duty()["consulted"] = consulted[: o.c.pick((8, 9, 10, 11))]


@mutation
def nobody_told(o: Org) -> None:
    drop(o.duty(), "consulted", "informed")


# --- directives and training


@mutation
def no_directive_owner(o: Org) -> None:
    drop(o.any("directives"), "owner")


@mutation
def directive_review(o: Org) -> None:
    o.any("directives")["review_by"] = o.c.pick((o.c.day(-1), o.c.day(-1), o.c.day(0), o.c.date(-1)))


@mutation
def unowned_obligation(o: Org) -> None:
    obligation = o.any("obligations")
    drop(obligation, "responsibilities", "not_applicable")
    if o.c.chance(0.5):
        obligation["responsibilities"] = makers("obligations")["responsibilities"](o.c)


@mutation
def superseded_citation(o: Org) -> None:
    old = o.any("directives")
    if o.c.chance(0.6):
        old["status"] = o.c.pick(("draft", "superseded", "rescinded"))
    else:
        old["to"] = o.c.day(o.c.pick((-1, 0)))
    if o.c.chance(0.5):
        o.any("directives")["cites"] = [old["id"]]
    else:
        o.duty()["criteria"] = ["Act", old["id"]]


@mutation
def one_topic(o: Org) -> None:
    for _ in range(o.c.rng.randint(2, 3)):
        directive = o.any("directives")
        directive["topic"] = "phones"
        if o.c.chance(0.2):
            directive["precedence"] = o.c.pick((1, 2))
        if o.c.chance(0.3):
            directive["scope"] = o.scope()
    if o.c.chance(0.3):
        o.add("directives", id="order-book", title="Orders", topic="phones", owner="counsel")


@mutation
def contrary(o: Org) -> None:
    duty = o.duty()["id"]
    for directive in ("handbook", "order-book"):
        entry = o.get("directives", directive)
        entry["topic"] = "phones"
        entry["assigns"] = [
            {"responsibility": duty, "role": o.c.reference("roles")} for _ in range(o.c.rng.randint(1, 2))
        ]


@mutation
def assigns(o: Org) -> None:
    o.any("directives")["assigns"] = makers("directives")["assigns"](o.c)


@mutation
def supersedes(o: Org) -> None:
    first, second = o.any("directives"), o.any("directives")
    if first is not second:
        first["supersedes"] = [second["id"]]


@mutation
def untrained(o: Org) -> None:
    records = o.declarations.get("training_records")
    if records:
        records.remove(o.c.pick(records))


@mutation
def lapsed(o: Org) -> None:
    record = o.any("training_records")
    if o.c.chance(0.5):
        record["expires_on"] = o.c.day(o.c.pick((-1, 0, 1)))
    else:
        record["completed_on"] = o.c.pick((o.c.day(-365), o.c.day(-366), o.c.day(-364), o.c.past(), "2025-06"))


@mutation
def month_ends(o: Org) -> None:
    """Records and modules where adding months meets a shorter month."""
    o.any("training")["valid_months"] = o.c.pick((1, 6, 12, 24))
    record = o.any("training_records")
    record["completed_on"] = o.c.pick(("2024-02-29", "2026-05-31", "2025-12-31", "2025-08-31", "2027-02-28"))


@mutation
def optional_module(o: Org) -> None:
    module = o.any("training")
    module["level"] = "advanced"
    module["mandatory"] = False
    if o.c.chance(0.3):
        module["audience"] = makers("training")["audience"](o.c)


@mutation
def exposure(o: Org) -> None:
    o.role()["exposure"] = makers("roles")["exposure"](o.c)


@mutation
def new_exposure(o: Org) -> None:
    o.add("vectors", id="travel", title="Travel")
    o.role().setdefault("exposure", []).append("travel")


@mutation
def before_duty(o: Org) -> None:
    role = o.role()
    begin = o.c.pick((-121, -120, -119, -90, -500))
    role["holders"] = [{"person": o.c.reference("people"), "from": o.c.day(begin)}]


@mutation
def no_module_owner(o: Org) -> None:
    drop(o.any("training"), "owner")


# --- incident, risk, recommendations


@mutation
def line_lost(o: Org) -> None:
    lines = o.declarations.get("incident_lines")
    if lines:
        lines.remove(o.c.pick(lines))


@mutation
def line_scope(o: Org) -> None:
    o.any("incident_lines")["scope"] = o.scope()


@mutation
def second_line(o: Org) -> None:
    line = random_entry(o.c, "incident_lines", 0.5)
    line |= {"id": o.c.pick(("leak-field", "tail-low")), "incident": o.any("incident_lines")["incident"]}
    line["command"] = o.c.reference("roles")
    drop(line, "severity")
    o.add("incident_lines", **line)


@mutation
def no_command(o: Org) -> None:
    line = o.any("incident_lines")
    drop(line, o.c.pick(("declare", "command")))
    if o.c.chance(0.4):
        line["declare"] = o.c.reference("roles")


@mutation
def escalation(o: Org) -> None:
    first, second = o.any("incident_lines"), o.any("incident_lines")
    first["escalate_to"] = second["id"]
    if o.c.chance(0.4):
        second["escalate_to"] = first["id"]


@mutation
def no_escalation(o: Org) -> None:
    line = o.any("incident_lines")
    drop(line, "escalate_to")
    line["command"] = o.c.pick(("chief-ops", "field-lead", "watch"))


@mutation
def no_incidents(o: Org) -> None:
    drop(o.declarations, "incidents")


@mutation
def dropped_vulnerability(o: Org) -> None:
    weakness = o.any("vulnerabilities")
    weakness["assessment"] = "study-1"
    drop(weakness, o.c.pick(("disposition", "actions")))


@mutation
def cancelled(o: Org) -> None:
    o.any("actions")["status"] = o.c.pick(("cancelled", "done"))


@mutation
def unowned_vulnerability(o: Org) -> None:
    drop(o.any("vulnerabilities"), "owner")


@mutation
def unowned_action(o: Org) -> None:
    action = o.any("actions")
    if o.c.chance(0.5):
        drop(action, "owner")
    else:
        action["owner"] = o.c.reference("roles")
        action["requires"] = o.c.references("authorities", 2)


@mutation
def action_due(o: Org) -> None:
    o.any("actions")["due"] = o.c.pick((o.c.day(-1), o.c.day(0), o.c.date(-1)))


@mutation
def recommendation(o: Org) -> None:
    entry = o.any("recommendations")
    entry["status"] = o.c.pick(("unresolved", "resolved", "closed"))
    drop(entry, *o.c.pick((("owner",), ("evidence",), ("agreed_on",))))


@mutation
def recommendation_late(o: Org) -> None:
    entry = o.any("recommendations")
    entry["status"] = o.c.pick(("unresolved", "resolved", "resolved"))
    entry["issued"] = o.c.day(o.c.pick((-179, -180, -181, -181, -182)))
    entry["due"] = o.c.pick((o.c.day(-1), o.c.day(0), o.c.date(-1)))


@mutation
def recommendation_closed(o: Org) -> None:
    entry = o.any("recommendations")
    entry["status"] = "closed"
    drop(entry, "evidence")
    if o.c.chance(0.4):
        entry["evidence"] = makers("recommendations")["evidence"](o.c)


# --- waivers and privacy

WAIVED = (
    ("ownership/unassigned", "responsibilities"),
    ("staffing/vacant", "roles"),
    ("ownership/multiple-accountable", "responsibilities"),
    ("reference/unknown", "roles"),
    ("delegation/limits-unstated", "delegations"),
    ("directives/no-owner", "directives"),
    ("incident/no-command", "incident_lines"),
    ("privacy/personal-identifier", "units"),
    ("staffing/departed-holder", "roles"),
    ("risk/unowned-action", "actions"),
    ("training/untrained", "people"),
)


@mutation
def waiver(o: Org) -> None:
    rule, section = o.c.pick(WAIVED)
    entry = o.add(
        "waivers",
        id=o.c.pick(o.c.ids["waivers"]),
        rule=rule,
        subject=f"{section}/{o.c.pick(o.c.ids[section])}",
        reason="Known, and agreed",
        approved_by=o.c.reference("roles"),
        approved_on=o.c.day(o.c.pick((-1, 0, -300))),
        expires=o.c.future(),
    )
    if o.c.chance(0.15):
        entry["key"] = "p-1"


@mutation
def waiver_expired(o: Org) -> None:
    waiver(o)
    o.declarations["waivers"][0]["expires"] = o.c.pick((o.c.day(-1), o.c.day(0), o.c.date(-1)))


@mutation
def waiver_long(o: Org) -> None:
    waiver(o)
    start = o.c.pick((0, -100, -360))
    o.declarations["waivers"][0] |= {
        "approved_on": o.c.day(start),
        "expires": o.c.day(start + o.c.pick((364, 365, 366, 400))),
    }


@mutation
def waiver_self_approved(o: Org) -> None:
    """Approved by a role, or a person in another role, whom the waived entry concerns."""
    waiver(o)
    entry = o.declarations["waivers"][0]
    duty = o.duty()
    approver = duty.get("accountable") if isinstance(duty.get("accountable"), str) else o.c.reference("roles")
    entry |= o.c.pick(
        (
            {"subject": f"responsibilities/{duty['id']}", "approved_by": approver},
            {"subject": "roles/chief-ops", "approved_by": "chief-ops"},
            {"subject": "delegations/order-1", "approved_by": o.c.pick(("director", "chief-ops"))},
            {"subject": "people/p-2", "approved_by": "deputy"},
            {"subject": "units/agency", "approved_by": "director"},
            {"subject": "incident_lines/leak-line", "approved_by": "director"},
            {"approved_by": o.c.pick(UNKNOWN)},
        )
    )


@mutation
def private(o: Org) -> None:
    section = o.c.pick(("units", "roles", "responsibilities", "actions", "delegations"))
    name = o.c.pick(("description", "description", "source"))
    o.any(section)[name] = o.c.pick(PRIVATE)


for _section, _field in (
    ("units", "parent"),
    ("units", "stakeholders"),
    ("roles", "holders"),
    ("roles", "reports_to"),
    ("roles", "external"),
    ("roles", "collective"),
    ("roles", "successors"),
    ("roles", "incompatible_with"),
    ("authorities", "redelegable"),
    ("delegations", "scope"),
    ("delegations", "to"),
    ("responsibilities", "scope"),
    ("responsibilities", "accountable"),
    ("assignments", "scope"),
    ("assignments", "overrides"),
    ("directives", "scope"),
    ("training", "audience"),
    ("vulnerabilities", "disposition"),
):
    mutation(put(_section, _field))

MUTATIONS += [
    partial_scope,
    same_statement,
    term_gap,
    unacknowledged,
    narrow_grant,
    narrow_grant,
    delegation_loop,
    vacancy,
    one_person_deep,
    overloaded,
    over_consulted,
    contrary,
    second_line,
    recommendation_late,
    recommendation_late,
    assignment_review,
    directive_review,
    lapsed,
    junior,
    succession_loop,
    partial_scope,
    unacknowledged,
    acting,
    acting,
    second_hat,
    departed,
    not_delegable,
    orphaned,
    recommendation_late,
    supersedes,
    action_due,
]
"""What is rarely enough by itself to make its rule speak, once more."""
