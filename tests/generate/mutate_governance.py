"""Mutations of directives and training."""

from __future__ import annotations

from tests.generate.fields import makers
from tests.generate.org import Org, drop


def no_directive_owner(o: Org) -> None:
    drop(o.any("directives"), "owner")


def directive_review(o: Org) -> None:
    o.any("directives")["review_by"] = o.c.pick((o.c.day(-1), o.c.day(-1), o.c.day(0), o.c.date(-1)))


def unowned_obligation(o: Org) -> None:
    obligation = o.any("obligations")
    drop(obligation, "responsibilities", "not_applicable")
    if o.c.chance(0.5):
        obligation["responsibilities"] = makers("obligations")["responsibilities"](o.c)


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


def one_topic(o: Org) -> None:
    """Two or three directives on one topic, or two on each of two."""
    o.get("directives", "order-book").update({"topic": o.c.pick(("phones", "travel")), "status": "in-force"})
    if o.c.chance(0.4):
        o.get("directives", "old-handbook").update({"topic": "travel", "status": "in-force"})
    for directive in o.declarations["directives"]:
        if o.c.chance(0.5):
            directive["topic"] = "phones"
        if o.c.chance(0.4):
            directive["precedence"] = o.c.pick((1, 2))
        if o.c.chance(0.3):
            directive["scope"] = o.scope()


def contrary(o: Org) -> None:
    duty = o.duty()["id"]
    for directive in ("handbook", "order-book"):
        entry = o.get("directives", directive)
        entry["topic"] = "phones"
        entry["assigns"] = [
            {"responsibility": duty, "role": o.c.reference("roles")} for _ in range(o.c.rng.randint(1, 2))
        ]


def assigns(o: Org) -> None:
    o.any("directives")["assigns"] = makers("directives")["assigns"](o.c)


def supersedes(o: Org) -> None:
    first, second = o.any("directives"), o.any("directives")
    if first is not second:
        first["supersedes"] = [second["id"]]


def untrained(o: Org) -> None:
    records = o.declarations.get("training_records")
    if records:
        records.remove(o.c.pick(records))


def lapsed(o: Org) -> None:
    record = o.any("training_records")
    if o.c.chance(0.5):
        record["expires_on"] = o.c.day(o.c.pick((-1, 0, 1)))
    else:
        record["completed_on"] = o.c.pick((o.c.day(-365), o.c.day(-366), o.c.day(-364), o.c.past(), "2025-06"))


def month_ends(o: Org) -> None:
    """Records and modules where adding months meets a shorter month."""
    o.any("training")["valid_months"] = o.c.pick((1, 6, 12, 24))
    record = o.any("training_records")
    record["completed_on"] = o.c.pick(("2024-02-29", "2026-05-31", "2025-12-31", "2025-08-31", "2027-02-28"))


def optional_module(o: Org) -> None:
    module = o.any("training")
    module["level"] = "advanced"
    module["mandatory"] = False
    if o.c.chance(0.3):
        module["audience"] = makers("training")["audience"](o.c)


def exposure(o: Org) -> None:
    o.role()["exposure"] = makers("roles")["exposure"](o.c)


def new_exposure(o: Org) -> None:
    o.add("vectors", id="travel", title="Travel")
    o.role().setdefault("exposure", []).append("travel")


def before_duty(o: Org) -> None:
    role = o.role()
    begin = o.c.pick((-121, -120, -119, -90, -500))
    role["holders"] = [{"person": o.c.reference("people"), "from": o.c.day(begin)}]
    if o.c.chance(0.4):
        o.any("training")["since"] = o.c.day(o.c.pick((-121, -120, -119, -500)))


def no_module_owner(o: Org) -> None:
    drop(o.any("training"), "owner")


MUTATIONS = (
    no_directive_owner,
    directive_review,
    unowned_obligation,
    superseded_citation,
    one_topic,
    contrary,
    assigns,
    supersedes,
    untrained,
    lapsed,
    month_ends,
    optional_module,
    exposure,
    new_exposure,
    before_duty,
    no_module_owner,
)
