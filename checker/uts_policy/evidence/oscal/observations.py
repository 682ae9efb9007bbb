"""What was observed: one observation a rule with its counts, one a finding, one a question. Never one an entry."""

from collections import Counter
from collections.abc import Iterator

from uts_policy.evidence.oscal.run import SYSTEM, Part, Run, href, origins, props, prose, without_empty
from uts_policy.model.answers import ScorecardStanding, Tile
from uts_policy.model.evidence import Population
from uts_policy.model.finding import Finding
from uts_policy.model.place import Location
from uts_policy.model.rule import Rule


def rule_uuid(run: Run, rule: str) -> str:
    """The observation about a rule."""
    return run.uuid("observation", "rule", rule)


def finding_uuid(run: Run, finding: Finding) -> str:
    """The observation that a finding is."""
    return run.uuid("observation", "finding", finding.identity)


def question_uuid(run: Run, tile: Tile) -> str:
    """The observation about a question."""
    return run.uuid("observation", "question", tile.question.id)


def observations(run: Run) -> Iterator[Part]:
    """Questions, rules, findings. The method `UNKNOWN` says that nothing was tested."""
    for tile in () if run.scorecard is None else run.scorecard.tiles:
        yield _of_question(run, tile)
    found = Counter(finding.rule for finding in run.report.findings)
    for rule in sorted(run.report.rules, key=lambda each: each.id):
        yield _of_rule(run, rule, found[rule.id])
    for finding in run.report.findings:
        yield of_finding(run, finding)


def of_finding(run: Run, finding: Finding) -> Part:
    """One finding with every place that it speaks of."""
    place = finding.location
    evidence = [] if place is None else [_evidence(run, place, "what the finding is about")]
    evidence += [_evidence(run, each.location, each.message) for each in finding.related if each.location is not None]
    return without_empty(
        {
            "uuid": finding_uuid(run, finding),
            "title": prose(f"{finding.rule}: {finding.entry or (place.file if place else '')}"),
            "description": prose(finding.message),
            "props": props(
                rule=finding.rule,
                finding=finding.identity,
                level=finding.level.value,
                entry=finding.entry,
                status="waived" if finding.waiver is not None else finding.status.value,
                file=None if place is None else place.file,
                line=None if place is None else place.span.line,
                column=None if place is None else place.span.column,
            ),
            "methods": ["TEST"],
            "types": ["finding"],
            "origins": origins(),
            "subjects": [{"subject-uuid": SYSTEM, "type": "component"}],
            "relevant-evidence": evidence,
            "collected": run.now,
        }
    )


def _evidence(run: Run, place: Location, why: str) -> Part:
    """A place, with a reference to the file where that is one of the inputs: a configuration is not."""
    span = place.span
    described = f"{place.file}, line {span.line}, column {span.column}: {why}"
    there = place.file in run.report.sources
    return without_empty({"href": href(run.input(place.file)) if there else None, "description": prose(described)})


def _of_rule(run: Run, rule: Rule, findings: int) -> Part:
    counts = run.populations.get(rule.id)
    assessed = rule.id in run.assessed
    reason = None if assessed else (counts and counts.not_assessed) or "not among the rules of this run"
    return {
        "uuid": rule_uuid(run, rule.id),
        "title": prose(f"{rule.id}: {rule.title}"),
        "description": _counted(counts, findings) if reason is None else f"Not assessed: {prose(reason)}.",
        "props": props(
            rule=rule.id,
            level=rule.level.value,
            assessed="yes" if assessed else "no",
            reason=reason,
            **({"findings": findings, **_counts(counts)} if assessed else {}),
        ),
        "methods": ["TEST" if assessed else "UNKNOWN"],
        "types": ["control-objective"],
        "origins": origins(),
        "subjects": [{"subject-uuid": SYSTEM, "type": "component"}],
        "collected": run.now,
    }


def _counts(counts: Population | None) -> dict[str, int]:
    if counts is None:
        return {}
    counted = {"entries": counts.entries, "passed": counts.passed, "failed": counts.failed, "waived": counts.waived}
    return counted | ({"not-judged": counts.not_judged} if counts.not_judged else {})


def _counted(counts: Population | None, findings: int) -> str:
    """The counts in words. A finding on a file is on no entry, and one entry may have several."""
    found = f"{findings} {'finding' if findings == 1 else 'findings'}."
    if counts is None or not counts.entries:
        return found
    unjudged = f" {counts.not_judged} could not be assessed: what the rule needs is not stated."
    return (
        f"{found} Of {counts.entries} entries {counts.passed} passed, {counts.failed} failed, and on {counts.waived} "
        f"every finding is waived.{unjudged if counts.not_judged else ''}"
    )


def _of_question(run: Run, tile: Tile) -> Part:
    assessed = tile.standing is not ScorecardStanding.NOT_ASSESSED
    reasons = "; ".join(tile.reasons)
    said = f"Of {tile.of} {tile.question.population} {tile.met} are without a finding that counts."
    if tile.not_stated:
        said += f" Of {tile.not_stated} it is not stated what the rules need."
    if reasons:
        said += f" Not everything could be assessed: {prose(reasons)}."
    return {
        "uuid": question_uuid(run, tile),
        "title": prose(tile.question.question),
        "description": said if assessed or not reasons else f"Not assessed: {prose(reasons)}.",
        "props": props(
            question=tile.question.id,
            standing=tile.standing.value,
            population=tile.question.population,
            **({"met": tile.met, "of": tile.of} if assessed else {}),
            reason=reasons,
        ),
        "methods": ["TEST" if assessed else "UNKNOWN"],
        "types": ["control-objective"],
        "origins": origins(),
        "subjects": [{"subject-uuid": SYSTEM, "type": "component"}],
        "collected": run.now,
    }
