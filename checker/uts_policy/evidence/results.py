"""`results/findings.json` of a bag as values. Its schema has accepted it before."""

from collections.abc import Mapping
from typing import Any

from uts_policy.model.corpus import Asked
from uts_policy.model.evaluation import EngineInfo
from uts_policy.model.evidence import Native
from uts_policy.model.finding import AppliedWaiver, Criticality, Finding, RelatedPlace, Status
from uts_policy.model.place import Location, Span
from uts_policy.model.report import Digests, Outcome
from uts_policy.model.rule import Level, NotAssessed


def native(data: Mapping[str, Any]) -> Native:
    """The report that the data of a whole report tells."""
    return Native(
        tool_version=data["tool"]["version"],
        as_of=data["as_of"],
        engine=EngineInfo(name=data["engine"]["name"], version=data["engine"]["version"]),
        verdict=data["verdict"],
        threshold=data["threshold"],
        digests=Digests(**data["digests"]),
        files=tuple(each["path"] for each in data["files"]),
        evaluated=tuple(data["evaluated"]),
        not_assessed=tuple(NotAssessed(rule=each["rule"], reason=each["reason"]) for each in data["not_assessed"]),
        findings=tuple(map(_finding, data["findings"])),
        name=data.get("name", ""),
        notices=tuple(data.get("notices", ())),
        outcomes={rule: Outcome(**counts) for rule, counts in data["outcomes"].items()},
        judged_entries={rule: tuple(entries) for rule, entries in data["judged"].items()},
        not_judged={rule: tuple(entries) for rule, entries in data["not_judged"].items()},
        not_stated={
            fact: Asked(count=count, silent=tuple(data["not_stated"][fact])) for fact, count in data["asked"].items()
        },
        blocked={fact: dict(rules) for fact, rules in data["waiting"].items()},
    )


def _finding(data: Mapping[str, Any]) -> Finding:
    waiver = data["waiver"]
    return Finding(
        identity=data["id"],
        rule=data["rule"],
        level=Level(data["level"]),
        message=data["message"],
        remediation=data["remediation"],
        entry=data["entry"],
        path=tuple(data["path"]),
        key="",
        cause=data["cause"],
        location=_location(data["location"]),
        related=tuple(
            RelatedPlace(message=each["message"], entry=each["entry"], location=_location(each["location"]))
            for each in data["related"]
        ),
        waiver=None if waiver is None else AppliedWaiver(**waiver),
        status=Status(data["status"]),
        criticality=None if data["criticality"] is None else Criticality(data["criticality"]),
    )


def _location(data: Mapping[str, Any] | None) -> Location | None:
    if data is None:
        return None
    span = Span(**{name: data[name] for name in ("line", "column", "end_line", "end_column")})
    return Location(file=data["file"], span=span)
