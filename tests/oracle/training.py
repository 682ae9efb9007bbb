"""The rules of `training`; a module applies to a living role that is not external, and only mandatory ones bind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.oracle.corpus import BEGINNING
from tests.oracle.words import Looked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.oracle.corpus import Entry
    from tests.oracle.words import Finding, World


def _trainable(w: World) -> Iterator[str]:
    for role in w.roles:
        if w.living(role) and not w.external(role):
            yield role


def _bound(w: World) -> Iterator[tuple[str, str, Entry, str]]:
    """Each person who has not left, role, holding in force, and mandatory module there is that applies to the role."""
    for role in _trainable(w):
        for holder in w.good_holdings(role):
            for module, entry in w.modules.items():
                begun = entry.get("since", BEGINNING) <= w.today
                if entry.get("mandatory") and begun and w.module_applies(module, role):
                    yield holder["person"], role, holder, module


def untrained(w: World) -> Iterator[Looked]:
    """Has no record of a module. Looks at persons who hold a role that a mandatory module applies to."""
    for person, _, _, module in _bound(w):
        stated = w.stated("records", person)
        keys = (module,) if stated and not w.completions(person, module) else ()
        yield Looked(f"people/{person}", keys, unstated=not stated)


def lapsed(w: World) -> Iterator[Finding]:
    """Has records, none unexpired."""
    for person, _, _, module in _bound(w):
        records = w.completions(person, module)
        if records and not any(w.unexpired(record) for record in records):
            yield f"people/{person}", module


def optional_for_exposed(w: World) -> Iterator[Finding]:
    """Advanced, not mandatory, applies to a living role with an exposure."""
    for module, entry in w.modules.items():
        if entry.get("level") != "advanced" or entry.get("mandatory"):
            continue
        if any(w.roles[role].get("exposure") and w.module_applies(module, role) for role in _trainable(w)):
            yield f"training/{module}", ""


def no_module(w: World) -> Iterator[Finding]:
    """In some living role's exposure, and no advanced module covers it."""
    advanced = [one for one, module in w.modules.items() if module.get("level") == "advanced"]
    for vector in w.vectors:
        exposed = any(vector in w.roles[role].get("exposure", []) for role in _trainable(w))
        covered = any(
            w.for_everyone(one) or vector in w.modules[one].get("audience", {}).get("exposure", []) for one in advanced
        )
        if exposed and not covered:
            yield f"vectors/{vector}", ""


def before_duty(w: World) -> Iterator[Finding]:
    """First completion later than so many days after `from` of the holding or, if later, `since` of the module."""
    days = w.parameter("training/before-duty", "days")
    for person, role, holder, module in _bound(w):
        completed = [record["completed_on"] for record in w.completions(person, module)]
        if not completed or "from" not in holder:
            continue
        if min(completed) > max(holder["from"], w.modules[module].get("since", BEGINNING)) + days:
            yield f"people/{person}", f"{module}/{role}"


def no_owner(w: World) -> Iterator[Finding]:
    """No `owner`."""
    for module, entry in w.modules.items():
        if "owner" not in entry:
            yield f"training/{module}", ""
