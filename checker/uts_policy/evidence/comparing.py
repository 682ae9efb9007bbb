"""What differs between the results of two checks, and between what they were done with."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from uts_policy.evidence.effective import FILE, Effective
from uts_policy.model.evidence import Circumstance, Native, RuleChange
from uts_policy.model.finding import Finding

_ABSENT = "absent"
_COMPARED = ("policies/", "schemas/", "config/")
"""Where the files are that tell how it was judged; `inputs/` is what was judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What became of the findings: see BagDifference."""

    opened: tuple[Finding, ...]
    closed: tuple[Finding, ...]
    waived: tuple[Finding, ...]
    uncovered: tuple[Finding, ...]
    unjudged: tuple[Finding, ...]
    same: int


def moved(before: Native, after: Native) -> Moved:
    """The findings of two checks by their identity, each list in the order of the check that has them."""
    old = {each.identity: each for each in before.findings}
    new = {each.identity for each in after.findings}
    fresh = [each for each in after.findings if each.identity not in old]
    stayed = [(each, old[each.identity]) for each in after.findings if each.identity in old]
    gone = [each for each in before.findings if each.identity not in new]
    hidden = {each.identity for each, earlier in stayed if each.waiver and not earlier.waiver}
    uncovered = tuple(each for each, earlier in stayed if earlier.waiver and not each.waiver)
    hidden |= {each.identity for each in fresh if each.waiver}
    return Moved(
        opened=tuple(each for each in fresh if not each.waiver),
        closed=tuple(each for each in gone if after.judged(each.rule)),
        waived=tuple(each for each in after.findings if each.identity in hidden),
        uncovered=uncovered,
        unjudged=tuple(each for each in gone if not after.judged(each.rule)),
        same=len(stayed) - len(uncovered) - len(hidden & old.keys()),
    )


def circumstances(before: Native, after: Native) -> tuple[Circumstance, ...]:
    """What the checks were done with, as far as it differs."""
    pairs = {
        "as-of date": (before.as_of, after.as_of),
        "verdict": (before.verdict, after.verdict),
        "threshold": (before.threshold, after.threshold),
        "tool": (before.tool_version, after.tool_version),
        "engine": (f"{before.engine.name} {before.engine.version}", f"{after.engine.name} {after.engine.version}"),
        "rules": (before.digests.policies, after.digests.policies),
        "schemas": (before.digests.schemas, after.digests.schemas),
        "configuration": (before.digests.config, after.digests.config),
        "declarations": (before.digests.inputs, after.digests.inputs),
    }
    return tuple(
        Circumstance(what=what, before=old.strip(), after=new.strip())
        for what, (old, new) in pairs.items()
        if old != new
    )


def configuration(before: Effective, after: Effective) -> tuple[Circumstance, ...]:
    """What configuration and command line said otherwise. Values as JSON; a parameter each of its own."""
    old, new = _said(before), _said(after)
    return tuple(
        Circumstance(what=what, before=_json(old.get(what)), after=_json(new.get(what)))
        for what in (*old, *sorted(new.keys() - old.keys()))
        if old.get(what) != new.get(what)
    )


def _said(effective: Effective) -> dict[str, Any]:
    said = {
        "profile": effective.profile.value,
        "levels": [[rule, level or "off"] for rule, level in effective.levels],
        "require": effective.require,
        "complete": effective.complete,
        "--rule": effective.include,
        "--no-rule": effective.exclude,
        "paths": effective.paths,
        "exclude": effective.passed_over,
        "baseline": effective.baseline,
        "engine": effective.engine,
    }
    return said | {
        f"{rule} {name}": value
        for rule, parameters in sorted(effective.rules.items())
        for name, value in sorted(parameters.items())
    }


def _json(value: object) -> str:
    return "not stated" if value is None else json.dumps(value, ensure_ascii=False)


def files(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Circumstance, ...]:
    """The rules', schemas' and configuration's files that differ. Both map paths below `data/` to SHA-256, hex.

    What `configuration` tells is left out: the effective configuration also lists every file that was checked.
    """
    paths = sorted(path for path in before.keys() | after.keys() if path.startswith(_COMPARED))
    return tuple(
        Circumstance(what=path, before=before.get(path, _ABSENT), after=after.get(path, _ABSENT))
        for path in paths
        if before.get(path) != after.get(path) and path != FILE
    )


def rules(before: Native, after: Native) -> tuple[RuleChange, ...]:
    """The rules that have their say in one of the checks only, sorted by id."""
    return tuple(sorted((*_only(after, before, begins=True), *_only(before, after, begins=False)), key=_id))


def _only(there: Native, missing: Native, *, begins: bool) -> Iterator[RuleChange]:
    reasons = {each.rule: each.reason for each in missing.not_assessed}
    for rule in _without(there.evaluated, missing.evaluated):
        yield RuleChange(rule=rule, begins=begins, reason=reasons.get(rule, ""))


def _without(some: Iterable[str], others: Iterable[str]) -> set[str]:
    return set(some) - set(others)


def _id(change: RuleChange) -> str:
    return change.rule
