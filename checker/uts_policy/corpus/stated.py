"""What authors stated and what they left unsaid: silence is not absence, so a rule does not judge by it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from uts_policy.common.facts import ALL
from uts_policy.corpus.in_force import Entry, Sections, current, departed, living
from uts_policy.corpus.tables import SHORT_FORMS
from uts_policy.model.corpus import FIRST_DAY, Asked
from uts_policy.model.document import Document

Written: TypeAlias = Mapping[tuple[str, str], Mapping[str, Any]]
"""Entries as their authors wrote them, by section and id."""


def populated(documents: Sequence[Document]) -> frozenset[str]:
    """The sections with an entry. A short form is an assignment too, so `assignments` may be among them unwritten."""
    found: set[str] = set()
    for document in documents:
        if isinstance(document.data, Mapping):
            found.update(section for section, entries in document.data.items() if entries)
            duties = document.data.get("responsibilities")
            if "assignments" not in found and isinstance(duties, list) and any(_assigns(duty) for duty in duties):
                found.add("assignments")
    return frozenset(found)


def _assigns(duty: Any) -> bool:  # noqa: ANN401 - any YAML value
    return isinstance(duty, Mapping) and any(duty.get(key) for key in SHORT_FORMS)


def facts() -> tuple[str, ...]:
    """The name of every fact, in the order of the data model."""
    return tuple(_FACTS)


def asked(sections: Sections, written: Written, as_of: str) -> Mapping[str, Asked]:
    """Every fact: of whom it is asked (of what is in force on the day `as_of`), and who leaves it unsaid.

    `written` holds at least the roles, responsibilities and incident lines.
    """
    day = _OneDay(sections, written, as_of)
    found: dict[str, Asked] = {}
    for fact, answers in _FACTS.items():
        said = dict(answers(day))
        silent = sorted(entry for entry, is_stated in said.items() if not is_stated)
        found[fact] = Asked(count=len(said), silent=tuple(silent), stating=frozenset(said.keys() - {*silent}))
    return found


def not_stated(found: Mapping[str, Asked], complete: Collection[str]) -> dict[str, list[str]]:
    """{fact [id]} for the rules: where a fact is complete, what is not stated is absent."""
    return {fact: [] if {fact, ALL} & {*complete} else list(each.silent) for fact, each in found.items()}


class _OneDay:
    """One corpus on one day."""

    def __init__(self, sections: Sections, written: Written, as_of: str) -> None:
        self.sections = sections
        self.written = written
        self.as_of = as_of
        self.roots = {
            unit for unit, entry in sections["units"].items() if entry["status"] != "archived" and "parent" not in entry
        }
        self.coded: dict[str, set[str]] = {}
        for assigned in sections["assignments"].values():
            self.coded.setdefault(assigned["responsibility"], set()).add(assigned["code"])
        self.trained = {record["person"] for record in sections["training_records"].values()}

    def keys(self, section: str, entry: str) -> Mapping[str, Any]:
        """What the author wrote of an entry."""
        return self.written[section, entry]

    def posts(self) -> Iterator[tuple[str, Entry]]:
        """The roles of which facts are asked: neither ended, nor elsewhere, nor a class of people."""
        for entry_id, role in self.sections["roles"].items():
            if living(role, self.as_of) and not role["external"] and not role["everyone"]:
                yield entry_id, role

    def duties(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The active responsibilities, as they were written."""
        for entry_id, duty in self.sections["responsibilities"].items():
            if duty["status"] == "active":
                yield entry_id, self.keys("responsibilities", entry_id)


_Answers: TypeAlias = Iterator[tuple[str, bool]]


def _holders(day: _OneDay) -> _Answers:
    for entry, _ in day.posts():
        keys = day.keys("roles", entry)
        yield entry, "holders" in keys or "vacancy" in keys


def _responsible(day: _OneDay) -> _Answers:
    for entry, keys in day.duties():
        yield entry, "responsible" in keys or "R" in day.coded.get(entry, ())


def _informed(day: _OneDay) -> _Answers:
    for entry, keys in day.duties():
        both = "consulted" in keys and "informed" in keys
        yield entry, both or bool(day.coded.get(entry, set()) & {"C", "I"})


def _successors(day: _OneDay) -> _Answers:
    for entry, role in day.posts():
        if not role["collective"]:
            yield entry, "successors" in day.keys("roles", entry)


def _reports_to(day: _OneDay) -> _Answers:
    for entry, role in day.posts():
        if role.get("unit") not in day.roots:
            yield entry, "reports_to" in day.keys("roles", entry)


def _grants(day: _OneDay) -> _Answers:
    for entry, _ in day.posts():
        yield entry, "authorities" in day.keys("roles", entry)


def _escalation(day: _OneDay) -> _Answers:
    for entry in day.sections["incident_lines"]:
        yield entry, "escalate_to" in day.keys("incident_lines", entry)


def _records(day: _OneDay) -> _Answers:
    for entry, person in day.sections["people"].items():
        if not departed(person, day.as_of):
            yield entry, entry in day.trained


def _acknowledged(day: _OneDay) -> _Answers:
    roles, duties = day.sections["roles"], day.sections["responsibilities"]
    for entry, assigned in day.sections["assignments"].items():
        if assigned["code"] not in {"A", "R"} or assigned["from"] == FIRST_DAY or not current(assigned, day.as_of):
            continue
        role, duty = roles.get(assigned["role"]), duties.get(assigned["responsibility"])
        if role is None or duty is None or duty["status"] != "active":
            continue
        if living(role, day.as_of) and not role["everyone"]:
            yield entry, "acknowledged_on" in assigned


_FACTS: Mapping[str, Callable[[_OneDay], _Answers]] = {
    "holders": _holders,
    "responsible": _responsible,
    "informed": _informed,
    "successors": _successors,
    "reports_to": _reports_to,
    "grants": _grants,
    "escalation": _escalation,
    "records": _records,
    "acknowledged": _acknowledged,
}
