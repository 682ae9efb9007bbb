"""What would repair the findings of a report: changes of the declarations, in words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.common import fields
from uts_policy.common.nearest import nearest
from uts_policy.edit.changes import Change, Remove, RenameKey, SetValue
from uts_policy.judge.identity import of_problem
from uts_policy.judge.waivers import UNUSED, written_within
from uts_policy.load.scalars import resolve
from uts_policy.model.corpus import Corpus
from uts_policy.model.finding import Finding, Problem
from uts_policy.model.place import Location, Route
from uts_policy.model.report import Report
from uts_policy.model.rule import FixKind, Rule
from uts_policy.pipeline.request import Declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What would repair one finding: changes in a file, in words. `identity` is the finding's.

    `doubt` says why a person has to decide whether that is meant; empty where it is clear.
    """

    identity: str
    rule: str
    location: Location
    description: str
    changes: tuple[Change, ...]
    doubt: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others, wherever it stands."""
        return self.identity, self.description

    @property
    def removes(self) -> bool:
        """Whether it takes an entry out, which then has no place any more."""
        return any(isinstance(each, Remove) for each in self.changes)


def proposals(report: Report, declared: Declared, catalogue: Iterable[Rule], *, unsafe: bool) -> Iterator[Proposal]:
    """What would repair the findings of a report; one for each finding at most."""
    if not report.evaluated:
        for problem in declared.problems:
            if problem.fix is not None:
                yield proposed(problem)
        return
    rules = {rule.id: rule for rule in catalogue}
    for finding in report.findings:
        rule = rules.get(finding.rule)
        if rule is None or report.corpus is None or finding.waiver is not None:
            continue
        for kind in rule.fixes:
            proposal = _of_finding(finding, kind, report, rules) if kind.safe or unsafe else None
            if proposal is not None:
                yield proposal
                break


def proposed(problem: Problem) -> Proposal:
    """What would repair a fault of the form, which has a fix."""
    assert problem.fix is not None  # noqa: S101 - for the type checker
    kind, text = problem.fix.kind, problem.fix.text
    changes: tuple[Change, ...]
    if kind is FixKind.QUOTE:
        changes = (SetValue(document=problem.document, route=problem.route, value=text),)
        description = f'{text} becomes "{text}"'
    else:
        changes = (RenameKey(document=problem.document, route=problem.route, key=text),)
        description = f'the key "{problem.route[-1]}" becomes "{text}"'
    if kind is FixKind.SPACE:
        value = str(problem.route[-1]).partition(":")[2]
        changes += (SetValue(document=problem.document, route=problem.route, value=resolve(value)),)
        description = f'"{problem.route[-1]}" becomes "{text}: {value}"'
    return Proposal(
        identity=of_problem(problem.rule, problem.location.file, problem.document, problem.route, problem.problem),
        rule=problem.rule,
        location=problem.location,
        description=description,
        changes=changes,
        doubt=problem.fix.doubt,
    )


def _of_finding(finding: Finding, kind: FixKind, report: Report, rules: Collection[str]) -> Proposal | None:
    """The change of that kind, if the finding is a case for it and where it stands is known."""
    assert report.corpus is not None  # noqa: S101 - for the type checker
    if kind is FixKind.REMOVE:
        return None if _names_another(finding, report, rules) else _removed(finding, report.corpus)
    found = _replaced(finding, kind, report.corpus, rules)
    if finding.location is None or found is None:
        return None
    change, description, doubt = found
    return Proposal(
        identity=finding.identity,
        rule=finding.rule,
        location=finding.location,
        description=description,
        changes=(change,),
        doubt=doubt,
    )


def _names_another(finding: Finding, report: Report, rules: Collection[str]) -> bool:
    """Whether a waiver that hides nothing probably means another rule or entry than it names: then it is not idle."""
    if finding.rule != UNUSED or report.corpus is None:
        return False
    data, (_, name, *place) = report.corpus.data, map(str, finding.path)
    rule = data["waivers"][name][_RULE]
    if place == [_RULE]:
        return _no_rule(rule, rules)
    having = {f"{each.path[0]}/{each.path[1]}" for each in report.findings if each.rule == rule and len(each.path) > 1}
    return bool(written_within(report.corpus, data["links"]["excused"][name], having))


def _removed(finding: Finding, corpus: Corpus) -> Proposal | None:
    section, name = str(finding.path[0]), str(finding.path[1])
    entry = corpus.origins.get((section, name))
    if entry is None:
        return None
    return Proposal(
        identity=finding.identity,
        rule=finding.rule,
        location=entry.document.locate(entry.route),
        description=f'"{name}" is taken out of {section}',
        changes=(Remove(document=entry.document.index, route=entry.route),),
    )


_RULE = "rule"
"""The field of a waiver that names the rule."""


def _no_rule(name: str, rules: Collection[str]) -> bool:
    return name not in rules and not name.startswith(("yaml/", "schema/"))


def _replaced(
    finding: Finding, kind: FixKind, corpus: Corpus, rules: Collection[str]
) -> tuple[Change, str, str] | None:
    origin = corpus.origin(finding.path)
    if origin is None:
        return None
    # What a short form means (the role of an assignment) leads on from what was written.
    route, written = _deepest(origin.document.data, origin.route)
    section, name, *place = finding.path
    if finding.rule == UNUSED and place == [_RULE]:
        value = str(written)
        meant, doubt = _near(value, rules) if _no_rule(value, rules) else _NOTHING
    else:
        target, _, value = finding.cause.partition("/")
        meant, doubt = _MEANT[kind](corpus.data, target, value) if written == value else _NOTHING
        if kind is FixKind.CALLED and meant:
            doubt = doubt or _called_elsewhere(corpus.data, finding, target, value)
        if (section, name) == (target, meant):
            doubt = "then it would name itself"
    if not meant:
        return None
    return SetValue(document=origin.document.index, route=route, value=meant), f'"{value}" becomes "{meant}"', doubt


def _called_elsewhere(data: Mapping[str, Any], finding: Finding, target: str, value: str) -> str:
    """A doubt where the field may name entries of another section too, and one of them is called so."""
    field = fields.at(str(finding.path[0]), tuple(step for step in finding.path[2:] if isinstance(step, str)))
    others = (_called(data, each, value)[0] for each in (field.names if field else ()) if each != target)
    return next((f'"{each}" is called "{value}" too' for each in others if each), "")


_NOTHING = ("", "")
"""No id is meant, and there is no doubt about that."""


def _deepest(data: Any, route: Route) -> tuple[Route, Any]:  # noqa: ANN401 - any data
    """The longest part of a route that leads somewhere, and what is there."""
    for length, step in enumerate(route):
        known = data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ()
        if step not in known:
            return route[:length], data
        data = data[step]
    return route, data


def _called(data: Mapping[str, Any], target: str, value: str) -> tuple[str, str]:
    """The entry of the section that was renamed from that, or is called so, and a doubt if there are several."""
    now = data["links"]["former_names"].get(target, {}).get(value)
    if now is not None:
        return now, ""
    found = sorted({name for section, name in data["links"]["called"].get(value, ()) if section == target})
    if not found:
        return _NOTHING
    return found[0], f'"{found[1]}" is called "{value}" too' if len(found) > 1 else ""


def _nearest(data: Mapping[str, Any], target: str, value: str) -> tuple[str, str]:
    """The nearest id, and a doubt if another is near; none where something is called so, for that is probably meant."""
    if data["links"]["nearest"].get(target, {}).get(value) is None or value in data["links"]["called"]:
        return _NOTHING
    return _near(value, data[target], data["links"]["nearest"][target][value])


def _near(value: str, known: Collection[str], near: str | None = None) -> tuple[str, str]:
    """The nearest that is known, which may have been looked up already, and a doubt if another is near."""
    near = near or nearest(value, known)
    if near is None:
        return _NOTHING
    other = nearest(value, (each for each in known if each != near))
    return near, "" if other is None else f'"{other}" may be meant too'


def _successor(data: Mapping[str, Any], target: str, value: str) -> tuple[str, str]:
    """The role that took over, or the one that took over from that one; none where they go round in a circle."""
    seen = {value}
    role = data.get(target, {}).get(value, {})
    while target == "roles" and "abolished_on" in role and role.get("replaced_by") in data["roles"]:
        value = role["replaced_by"]
        if value in seen:
            break
        seen.add(value)
        role = data["roles"][value]
        if "abolished_on" not in role:
            return value, ""
    return _NOTHING


_MEANT = {FixKind.CALLED: _called, FixKind.NEAREST: _nearest, FixKind.SUCCESSOR: _successor}
