"""Takes out of random declarations what a schema or the merge would refuse: clashing ids and inverted terms."""

from __future__ import annotations

from typing import Any

from tests.generate.pools import first_day, last_day

Declarations = dict[str, list[dict[str, Any]]]

SHORT = {"accountable": "A", "responsible": "R", "support": "S", "consulted": "C", "informed": "I"}


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def repair(declarations: Declarations) -> Declarations:
    """The declarations without what makes them invalid; the first of two that clash stays. Changes in place."""
    for entries in declarations.values():
        seen: set[str] = set()
        kept = []
        for entry in entries:
            if "id" in entry:
                if entry["id"] in seen:
                    continue
                seen.add(entry["id"])
            kept.append(entry)
        entries[:] = kept
    for entry in [one for section, entries in declarations.items() if section != "moved" for one in entries]:
        _unique(entry)
        _upright(entry)
        for nested in (*_dicts(entry.get("holders")), *_dicts(entry.get("authorities"))):
            _upright(nested)
    for entry in declarations.get("roles", ()):
        _role(entry)
    for entry in declarations.get("vulnerabilities", ()):
        if entry.get("disposition") == "accept":
            entry.setdefault("reason", "Small")
    _records(declarations)
    _assignments(declarations)
    return {section: entries for section, entries in declarations.items() if entries}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [one for one in value or () if isinstance(one, dict)]


def _unique(value: dict[str, Any]) -> None:
    """No list but those of holders and grants says a thing twice."""
    for name, one in value.items():
        if isinstance(one, dict):
            _unique(one)
        elif isinstance(one, list) and name != "holders" and not (name == "authorities" and _dicts(one)):
            one[:] = [item for number, item in enumerate(one) if item not in one[:number]]


def _upright(term: dict[str, Any]) -> None:
    if "from" in term and "to" in term and last_day(term["to"]) < first_day(term["from"]):
        del term["to"]


POSTS_ONLY = ("holders", "vacancy", "seats", "minimum", "key", "collective", "chair", "external")
"""What a role that stands for a class of people cannot have."""


def _role(role: dict[str, Any]) -> None:
    if role.get("everyone"):
        for field in POSTS_ONLY:
            role.pop(field, None)
    if not role.get("collective"):
        role.pop("chair", None)
        if role.get("minimum", 0) > role.get("seats", 1):
            role["seats"] = role["minimum"]
    if "abolished_on" not in role and role.get("status") != "abolished":
        role.pop("replaced_by", None)


def _records(declarations: Declarations) -> None:
    seen = set()
    kept = []
    for entry in declarations.get("training_records", ()):
        name = (entry["person"], entry["module"], first_day(entry["completed_on"]))
        if name not in seen:
            seen.add(name)
            kept.append(entry)
    if "training_records" in declarations:
        declarations["training_records"][:] = kept


def _assignments(declarations: Declarations) -> None:
    short: set[tuple[str, str, str]] = set()
    for entry in declarations.get("responsibilities", ()):
        for field, code in SHORT.items():
            if isinstance(entry.get(field), list):
                entry[field] = list(dict.fromkeys(entry[field]))
            short |= {(entry["id"], role, code) for role in listed(entry.get(field, []))}
    terms = set()
    kept = []
    for entry in declarations.get("assignments", ()):
        triples = {(entry["responsibility"], entry["role"], code) for code in listed(entry["code"])}
        begin = first_day(entry["from"]) if "from" in entry else ""
        mine = set() if "id" in entry else {(*triple, begin) for triple in triples}
        if not triples & short and not mine & terms:
            terms |= mine
            kept.append(entry)
    if "assignments" in declarations:
        declarations["assignments"][:] = kept
