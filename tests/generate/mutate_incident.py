"""Mutations of incident lines, of the plan, of recommendations, of waivers, and of free text."""

from __future__ import annotations

from tests.generate.fields import ALMOST_PRIVATE, PRIVATE, makers, random_entry
from tests.generate.org import Org, drop
from tests.generate.pools import UNKNOWN

# --- incident, risk, recommendations


def line_lost(o: Org) -> None:
    lines = o.declarations.get("incident_lines")
    if lines:
        lines.remove(o.c.pick(lines))


def line_scope(o: Org) -> None:
    o.any("incident_lines")["scope"] = o.scope()


def second_line(o: Org) -> None:
    line = random_entry(o.c, "incident_lines", 0.5)
    line |= {"id": o.c.pick(("leak-field", "tail-low")), "incident": o.any("incident_lines")["incident"]}
    line["command"] = o.c.reference("roles")
    if o.c.chance(0.8):
        drop(line, "severity")
    if o.c.chance(0.6):
        line["scope"] = o.scope()
        o.any("incident_lines")["scope"] = o.scope()
    o.add("incident_lines", **line)


def no_command(o: Org) -> None:
    line = o.any("incident_lines")
    drop(line, o.c.pick(("declare", "command")))
    if o.c.chance(0.4):
        line["declare"] = o.c.reference("roles")


def escalation(o: Org) -> None:
    first, second = o.any("incident_lines"), o.any("incident_lines")
    first["escalate_to"] = second["id"]
    if o.c.chance(0.4):
        second["escalate_to"] = first["id"]


def no_escalation(o: Org) -> None:
    line = o.any("incident_lines")
    drop(line, "escalate_to")
    if o.c.chance(0.5):
        line["escalate_to"] = []
    line["command"] = o.c.pick(("chief-ops", "field-lead", "watch"))


def no_incidents(o: Org) -> None:
    drop(o.declarations, "incidents")


def dropped_vulnerability(o: Org) -> None:
    weakness = o.any("vulnerabilities")
    weakness["assessment"] = "study-1"
    drop(weakness, o.c.pick(("disposition", "actions")))


def cancelled(o: Org) -> None:
    o.any("actions")["status"] = o.c.pick(("cancelled", "done"))


def unowned_vulnerability(o: Org) -> None:
    drop(o.any("vulnerabilities"), "owner")


def unowned_action(o: Org) -> None:
    action = o.any("actions")
    if o.c.chance(0.5):
        drop(action, "owner")
    else:
        action["owner"] = o.c.reference("roles")
        action["requires"] = o.c.references("authorities", 2)


def action_due(o: Org) -> None:
    o.any("actions")["due"] = o.c.pick((o.c.day(-1), o.c.day(0), o.c.date(-1)))


def recommendation(o: Org) -> None:
    entry = o.any("recommendations")
    entry["status"] = o.c.pick(("unresolved", "resolved", "closed"))
    drop(entry, *o.c.pick((("owner",), ("evidence",), ("agreed_on",))))


def recommendation_late(o: Org) -> None:
    entry = o.any("recommendations")
    entry["status"] = o.c.pick(("unresolved", "resolved", "resolved"))
    entry["issued"] = o.c.day(o.c.pick((-179, -180, -181, -181, -182)))
    entry["due"] = o.c.pick((o.c.day(-1), o.c.day(0), o.c.date(-1)))


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
    ("ownership/unacknowledged", "assignments"),
    ("continuity/no-successor", "roles"),
    ("waivers/unused", "waivers"),
)


def waiver(o: Org) -> None:
    rule, section = o.c.pick(WAIVED)
    subject = o.c.pick(o.c.ids[section])
    if section == "assignments":
        subject = f"{o.c.pick(o.c.ids['responsibilities'])}/{o.c.pick(o.c.ids['roles'])}/{o.c.pick('AR')}"
    if o.c.chance(0.25):
        subject = o.c.pick(("*", f"{subject[0]}*", f"*{subject[-2:]}", f"{subject[:2]}*{subject[-1]}", f"{subject}*"))
    entry = o.add(
        "waivers",
        id=o.c.pick(o.c.ids["waivers"]),
        rule=rule,
        subject=f"{section}/{subject}",
        reason="Known, and agreed",
        approved_by=o.c.reference("roles"),
        approved_on=o.c.day(o.c.pick((-1, 0, -300))),
        expires=o.c.future(),
    )
    if o.c.chance(0.15):
        entry["key"] = "p-1"


def waiver_expired(o: Org) -> None:
    waiver(o)
    o.declarations["waivers"][0]["expires"] = o.c.pick((o.c.day(-1), o.c.day(0), o.c.date(-1)))


def waiver_long(o: Org) -> None:
    waiver(o)
    start = o.c.pick((0, -100, -360))
    o.declarations["waivers"][0] |= {
        "approved_on": o.c.day(start),
        "expires": o.c.day(start + o.c.pick((364, 365, 366, 400))),
    }


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
            {"subject": "roles/board", "approved_by": "counsel"},
            {"subject": o.c.pick(("roles/*", "delegations/order-*", "assignments/*/A")), "approved_by": approver},
            {"subject": "incident_lines/leak-line", "approved_by": "director"},
            {"approved_by": o.c.pick(UNKNOWN)},
        )
    )


PLACES = {
    "units": ("name", "kind"),
    "people": ("name",),
    "roles": ("title",),
    "responsibilities": ("statement", "cadence", "evidence"),
    "delegations": ("limits", "instrument"),
    "directives": ("title", "topic"),
    "obligations": ("text", "ref", "not_applicable"),
    "incident_lines": ("severity",),
    "vulnerabilities": ("title", "reason"),
    "recommendations": ("text", "report", "number", "evidence"),
    "waivers": ("reason",),
    "assignments": (),
    "training_records": (),
}
"""Texts that an e-mail address could stand in, by section; `description`, `source` and `tags` beside them."""


def private(o: Org) -> None:
    section = o.c.pick(tuple(PLACES))
    if section not in o.declarations:
        section = "roles"
    name = o.c.pick(("description", "source", "tags", *PLACES[section]))
    text = o.c.pick(PRIVATE) if o.c.chance(0.4) else o.c.pick(ALMOST_PRIVATE)
    if section == "responsibilities" and o.c.chance(0.2):
        o.any(section)["group"] = text
    elif name in {"source", "instrument", "report"} and o.c.chance(0.5):
        o.any(section)[name] = {o.c.pick(("title", "ref", "url")): text}
    else:
        o.any(section)[name] = ["uts", text] if name == "tags" else text


def private_inside(o: Org) -> None:
    """Deeper down: a vacancy's reason, why accountability is joint, where a grant comes from, what is cited."""
    text = o.c.pick(PRIVATE)
    place = o.c.pick(("vacancy", "joint", "grant", "criteria"))
    if place == "vacancy":
        o.role()["vacancy"] = {"reason": text}
    elif place == "joint":
        o.duty()["joint_accountability"] = {"reason": text, "approved_by": "director"}
    elif place == "grant":
        for grant in o.role().get("authorities") or ():
            grant["source"] = o.c.pick((text, {"url": text}))
    else:
        o.duty()["criteria"] = ["handbook", {"title": "Act", "ref": text}]


MUTATIONS = (
    line_lost,
    line_scope,
    second_line,
    no_command,
    escalation,
    no_escalation,
    no_incidents,
    dropped_vulnerability,
    cancelled,
    unowned_vulnerability,
    unowned_action,
    action_due,
    recommendation,
    recommendation_late,
    recommendation_closed,
    waiver,
    waiver_expired,
    waiver_long,
    waiver_self_approved,
    private,
    private_inside,
)
