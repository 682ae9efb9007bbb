"""What JSON Schema cannot say: that a day is in the calendar, that 60.0 is no whole number, which keys go together."""

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from uts_policy.model.document import Document, Source
from uts_policy.model.finding import Problem
from uts_policy.model.place import Route
from uts_policy.schema import definitions
from uts_policy.schema.definitions import schema
from uts_policy.schema.messages import subject
from uts_policy.schema.source import written

_WHOLE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Where a mapping has dates and whole numbers, and which mappings below it (lists of them in `many`) have some."""

    dates: tuple[str, ...]
    integers: tuple[str, ...]
    one: Mapping[str, "_Plan"]
    many: Mapping[str, "_Plan"]

    @property
    def empty(self) -> bool:
        return not (self.dates or self.integers or self.one or self.many)


def beyond(document: Document, source: Source | None) -> Iterator[Problem]:
    """The problems of the dates and whole numbers in a document of declarations, and of what a role cannot be at once.

    Values that the schema refuses are passed over, so that nothing is told twice.
    """
    yield from _walk(_plan(), document.data, (), document, source)
    roles = document.data.get("roles") if isinstance(document.data, dict) else None
    for index, role in enumerate(roles if isinstance(roles, list) else ()):
        if isinstance(role, dict):
            for key, message, remedy in _contradictions(role):
                yield _problem("schema/value", message, remedy, ("roles", index, key), document)


_OF_POSTS = ("holders", "vacancy", "seats", "minimum", "key", "collective", "chair", "external")
"""What a class of people has not: it is no post that somebody holds, and no body that somebody chairs."""


def _contradictions(role: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(key, message, remedy) for each key of a role that another one rules out."""
    called = f'role "{role.get("id")}"'
    if "replaced_by" in role and "abolished_on" not in role and role.get("status") != "abolished":
        yield (
            "replaced_by",
            f"{called} is not abolished, and has a role that replaced it",
            "State `abolished_on`, or drop `replaced_by`.",
        )
    if role.get("everyone") is True:
        for key in _OF_POSTS:
            if key in role:
                yield key, f"{called} stands for everyone of a kind, and has `{key}`", f"Drop `{key}`, or `everyone`."
        return
    body = role.get("collective") is True
    if "chair" in role and not body:
        yield "chair", f"{called} is a post and no body, and has a `chair`", "Add `collective: true`, or drop `chair`."
    minimum, seats = role.get("minimum"), role.get("seats", 1)
    if not body and type(minimum) is int and type(seats) is int and minimum > seats:
        yield (
            "minimum",
            f"{called} must be held by {minimum} at once, and has {seats} seat{'' if seats == 1 else 's'}",
            f"Write `seats: {minimum}`, or lower `minimum`.",
        )


@cache
def _plan() -> _Plan:
    root = schema("declarations")
    return _of(root, root)


def _of(root: definitions.Schema, part: definitions.Schema) -> _Plan:
    properties = {key: definitions.resolve(root, value) for key, value in part.get("properties", {}).items()}
    items = {
        key: _of(root, definitions.resolve(root, value["items"]))
        for key, value in properties.items()
        if "items" in value
    }
    inner = {key: _of(root, value) for key, value in properties.items() if "properties" in value}
    return _Plan(
        dates=tuple(key for key, value in properties.items() if value.get("title") == "date"),
        integers=tuple(key for key, value in properties.items() if value.get("type") == "integer"),
        one={key: plan for key, plan in inner.items() if not plan.empty},
        many={key: plan for key, plan in items.items() if not plan.empty},
    )


def _walk(plan: _Plan, value: Any, route: Route, document: Document, source: Source | None) -> Iterator[Problem]:  # noqa: ANN401
    if not isinstance(value, dict):
        return
    for key in plan.dates:
        if key in value:
            yield from _date(value[key], (*route, key), document, source)
    for key in plan.integers:
        if isinstance(value.get(key), float) and value[key].is_integer():
            yield _fraction(value[key], (*route, key), "a whole number", document, source)
    for key, below in plan.one.items():
        yield from _walk(below, value.get(key), (*route, key), document, source)
    for key, below in plan.many.items():
        entries = value.get(key)
        if isinstance(entries, list):
            for index, entry in enumerate(entries):
                yield from _walk(below, entry, (*route, key, index), document, source)


def _date(value: Any, route: Route, document: Document, source: Source | None) -> Iterator[Problem]:  # noqa: ANN401
    if isinstance(value, float) and value.is_integer():
        yield _fraction(value, route, "a date", document, source)
    if not isinstance(value, str):
        return
    match = _WHOLE.fullmatch(value)
    if match is None:
        return
    year, month, day = (int(each) if each else 0 for each in match.groups())
    if year == 0:
        yield _problem(
            "schema/value",
            f"{subject(route)} is {value}, and there is no year 0000",
            "Write YYYY-MM-DD.",
            route,
            document,
        )
    elif month and day > (length := calendar.monthrange(year, month)[1]):
        yield _problem(
            "schema/value",
            f"{subject(route)} is {value}, but that month has {length} days",
            f"Write a day of that month, {year:04}-{month:02}-{length} at the latest.",
            route,
            document,
        )


def _fraction(value: float, route: Route, must: str, document: Document, source: Source | None) -> Problem:
    spelled = written(source, document.locate(route).span) or repr(value)
    return _problem(
        "schema/type",
        f"{subject(route)} must be {must}, but {spelled} is a number with a fraction",
        f"Write {int(value)}.",
        route,
        document,
    )


def _problem(rule: str, message: str, remedy: str, route: Route, document: Document) -> Problem:
    return Problem(
        rule=rule,
        message=message,
        remediation=remedy,
        location=document.locate(route),
        document=document.index,
        route=route,
    )
