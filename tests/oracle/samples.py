"""Little organisations for the tests of the oracle, and what it says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.generate.pools import AS_OF
from tests.oracle.catalogue import verdict

if TYPE_CHECKING:
    from collections.abc import Collection

    from tests.oracle.corpus import Entry

AGENCY = {"id": "agency", "name": "Agency"}
OPS = {"id": "ops", "name": "Operations", "parent": "agency"}
ACT = [{"id": "act", "title": "Act", "redelegable": True}, {"id": "sign", "title": "Sign"}]
GRANT = [{"authority": "act"}]
HELD = [{"person": "p-1"}]
PEOPLE = [{"id": "p-1"}, {"id": "p-2"}]


def role(name: str, **fields: Any) -> Entry:
    """A role of the agency, unless `unit` says otherwise."""
    return {"id": name, "title": name, "unit": "agency"} | fields


def duty(name: str = "d", **fields: Any) -> Entry:
    """A responsibility whose statement is its id."""
    return {"id": name, "statement": name} | fields


def said(rule: str, *, complete: Collection[str] = (), **sections: list[Entry]) -> tuple[list[str], list[str]]:
    """What a rule finds, entry and key in one string, and the entries that it does not judge."""
    declared = {"units": [AGENCY, OPS], "people": PEOPLE, "authorities": ACT} | sections
    judged = verdict(declared, AS_OF, complete=complete)
    findings = sorted(f"{entry} {key}".strip() for name, entry, key in judged.findings if name == rule)
    return findings, sorted(entry for name, entry in judged.not_judged if name == rule)


def found(rule: str, **sections: Any) -> list[str]:
    """What a rule finds."""
    return said(rule, **sections)[0]
