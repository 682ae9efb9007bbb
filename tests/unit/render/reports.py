"""Reports to render, made by hand."""

from collections.abc import Mapping
from typing import Any

from uts_policy.corpus.build import with_views
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.model.corpus import Corpus
from uts_policy.model.document import Source
from uts_policy.model.evaluation import EngineInfo
from uts_policy.model.finding import AppliedWaiver, Finding, RelatedPlace, Status
from uts_policy.model.place import Location, Span
from uts_policy.model.report import Counts, Digests, Report
from uts_policy.model.rule import Level, NotAssessed
from uts_policy.render.report import html
from uts_policy.resources import builtin_policies
from uts_policy.rules.catalogue import rule_set

ROLES = """\
roles:
  - id: watch
    unit: agenzy
  - id: desk
    unit: agenzy
"""


def source(path: str, text: str) -> Source:
    return Source(path=path, data=text.encode(), sha256="5" * 64, text=text)


def location(line: int, column: int, file: str = "roles.yaml") -> Location:
    return Location(file=file, span=Span(line=line, column=column, end_line=line, end_column=column + 6))


def finding(line: int = 3, column: int = 11, **parts: Any) -> Finding:
    parts = {
        "identity": f"1:{line:016}{column:016}",
        "rule": "reference/unknown",
        "level": Level.ERROR,
        "message": '"agenzy" names no unit; did you mean "agency"?',
        "remediation": "Correct the id.",
        "entry": "roles/watch",
        "path": ("roles", "watch", "unit"),
        "key": "unit/agenzy",
        "cause": "units/agenzy",
        "location": location(line, column),
        "related": (),
    } | parts
    return Finding(**parts)


WAIVED = finding(
    waiver=AppliedWaiver(id="until-spring", reason="the move", approved_by="director", expires="2027-03-31")
)
KNOWN = finding(status=Status.KNOWN)
RELATED = finding(
    related=tuple(
        RelatedPlace(message="also accountable here", entry=f"roles/r{line}", location=location(line, 5))
        for line in range(1, 6)
    )
)


def views_of(corpus: Corpus, *views: str) -> Mapping[str, Any]:
    """What the views say of a corpus."""
    asked = with_views(corpus, *(views or html.VIEWS), rules={})
    return EmbeddedEngine(timeout=60).evaluate(asked, rule_set(builtin_policies())).views


def report(*findings: Finding, **parts: Any) -> Report:
    levels = [each.level.value for each in findings if each.counts]
    parts = {
        "tool_version": "0.1.0",
        "as_of": "2026-11-23",
        "engine": EngineInfo(name="embedded", version="0.13.0"),
        "threshold": Level.ERROR,
        "counts": Counts(
            error=levels.count("error"),
            warning=levels.count("warning"),
            note=levels.count("note"),
            waived=sum(each.waiver is not None for each in findings),
            known=sum(each.status is Status.KNOWN for each in findings),
        ),
        "digests": Digests(inputs="1" * 64, policies="2" * 64, schemas="3" * 64, config="4" * 64),
        "sources": {"roles.yaml": source("roles.yaml", ROLES)},
        "rules": (),
        "evaluated": ("reference/unknown",),
        "not_assessed": (),
        "findings": findings,
    } | parts
    if parts.get("corpus") is not None:
        parts["views"] = views_of(parts["corpus"])
    return Report(**parts)


MISSING = tuple(
    NotAssessed(rule=rule, reason=reason)
    for rule, reason in (
        ("delegation/cycle", "none declared"),
        ("delegation/orphaned", "none declared"),
        ("reference/cycle", "no units declared"),
        ("training/lapsed", "none declared"),
        ("training/untrained", "no training records declared"),
    )
)
