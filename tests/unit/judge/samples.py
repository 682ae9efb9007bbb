"""Small corpora and reports to judge, with places that are easy to tell apart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from uts_policy.judge.report import Facts
from uts_policy.model.corpus import Corpus, Origin
from uts_policy.model.document import Document
from uts_policy.model.evaluation import EngineInfo, Evaluation, NotJudged
from uts_policy.model.finding import Problem, Violation
from uts_policy.model.place import Location, Route, Span
from uts_policy.model.report import Digests
from uts_policy.model.rule import Level, Profile, Rule, SelectedRule, Selection

ENGINE = EngineInfo(name="embedded", version="0.13.0")
AS_OF = "2026-11-23"
DIGESTS = Digests(inputs="1" * 64, policies="2" * 64, schemas="3" * 64, config="4" * 64)


def span(line: int, column: int = 1) -> Span:
    return Span(line=line, column=column, end_line=line, end_column=column + 1)


def at(file: str, line: int, column: int = 1) -> Location:
    return Location(file=file, span=span(line, column))


@dataclass(frozen=True)
class Places:
    """Positions by route; the deepest one that is known counts."""

    lines: Mapping[Route, Span] = field(default_factory=dict)

    def value(self, route: Route) -> Span:
        for length in range(len(route), -1, -1):
            if route[:length] in self.lines:
                return self.lines[route[:length]]
        return span(1)

    def key(self, route: Route) -> Span:
        return self.value(route)


def corpus(
    waivers: Mapping[str, Mapping[str, Any]] | None = None,
    excused: Mapping[str, list[str]] | None = None,
    not_stated: Mapping[str, list[str]] | None = None,
    **lines: int,
) -> Corpus:
    """A corpus of roles, one a line of `roles.yaml`, and of waivers in `waivers.yaml`, all in force.

    `excused` are the entries that each waiver of a glob stands for, `not_stated` what the rules see of each fact.
    """
    waivers = waivers or {}
    subjects = {name: [waiver["subject"]] for name, waiver in waivers.items()} | dict(excused or {})
    waived: dict[str, dict[str, list[str]]] = {}
    for name, waiver in sorted(waivers.items()):
        for subject in subjects[name]:
            waived.setdefault(waiver["rule"], {}).setdefault(subject, []).append(name)
    places = {("roles", index): span(line) for index, line in enumerate(lines.values())}
    places |= {("waivers", index): span(index + 1) for index in range(len(waivers))}
    roles = Document(path="roles.yaml", index=0, data={}, sha256="", positions=Places(places))
    exceptions = Document(path="waivers.yaml", index=0, data={}, sha256="", positions=Places(places))
    origins = {("roles", name): Origin(document=roles, route=("roles", index)) for index, name in enumerate(lines)}
    origins |= {
        ("waivers", name): Origin(document=exceptions, route=("waivers", index)) for index, name in enumerate(waivers)
    }
    data = {
        "as_of": AS_OF,
        "units": {},
        "roles": {name: {} for name in lines},
        "waivers": waivers,
        "not_stated": not_stated or {},
        "links": {"excused": subjects, "waived": waived},
    }
    return Corpus(data=data, origins=origins, details={})


def waiver(rule: str, subject: str, **more: str) -> dict[str, str]:
    return {
        "rule": rule,
        "subject": subject,
        "reason": "agreed",
        "approved_by": "director",
        "approved_on": "2026-01-01",
        "expires": "2026-12-31",
    } | more


def rule(name: str, level: Level = Level.ERROR, *, by: str = "rego", **parts: tuple[str, ...]) -> Rule:
    return Rule(
        id=name,
        level=level,
        profile=Profile.STANDARD,
        title=f"Title of {name}",
        description="",
        effect="",
        remediation=f"Repair {name}.",
        by=by,
        **({"subjects": ("roles",)} | parts),
    )


CATALOGUE = (
    rule("a/first"),
    rule("a/second", Level.WARNING),
    rule("schema/type", by="host"),
    rule("waivers/unused", Level.NOTE, by="host", subjects=("waivers",)),
    rule("yaml/syntax", by="host"),
)


def facts(threshold: Level | None = Level.ERROR) -> Facts:
    return Facts(tool_version="0.1.0", as_of=AS_OF, threshold=threshold, digests=DIGESTS, sources={}, rules=CATALOGUE)


def selection(*levels: tuple[str, Level], unused: bool = False) -> Selection:
    def chosen(pairs: tuple[tuple[str, Level], ...]) -> tuple[SelectedRule, ...]:
        return tuple(SelectedRule(id=name, level=level, parameters={}) for name, level in pairs)

    host = chosen((("waivers/unused", Level.NOTE),) if unused else ())
    return Selection(rules=chosen(levels or (("a/first", Level.ERROR),)), host=host, not_assessed=())


def evaluation(
    *violations: Violation,
    evaluated: tuple[str, ...] = ("a/first",),
    judged: Mapping[str, Collection[str]] | None = None,
    not_judged: tuple[NotJudged, ...] = (),
) -> Evaluation:
    return Evaluation(
        evaluated=frozenset(evaluated),
        violations=violations,
        engine=ENGINE,
        digest="2" * 64,
        judged={name: frozenset(entries) for name, entries in (judged or {}).items()},
        not_judged=not_judged,
    )


def lack(role: str, name: str = "a/first", fact: str = "holders", missing: str = "") -> NotJudged:
    """That a rule could not judge a role, since itself (or what else is missing) does not state a fact."""
    return NotJudged(rule=name, entry=f"roles/{role}", fact=fact, missing=missing or f"roles/{role}")


def violation(role: str, name: str = "a/first", key: str = "", cause: str = "") -> Violation:
    return Violation(rule=name, path=("roles", role), message=f"{role} is wrong", key=key, cause=cause)


def problem(line: int, what: str = "", document: int = 0) -> Problem:
    return Problem(
        rule="schema/type",
        message="is no text",
        remediation="Write quotes.",
        location=at("roles.yaml", line),
        document=document,
        route=("roles", 0, "title"),
        problem=what,
    )
