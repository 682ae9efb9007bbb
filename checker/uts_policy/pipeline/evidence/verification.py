"""A bag verified, with everything in it that is made of its findings made again: nothing of a stranger's is evaluated.

Whether the findings are those that the rules make is for `reproduce`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from uts_policy import resources
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.evidence.verifying import Expected
from uts_policy.evidence.verifying import verify as verify_alone
from uts_policy.judge.report import Assessment, order, report_assessed, report_invalid, tally
from uts_policy.model.errors import NoVerdictError, UtsPolicyError
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.evidence import Outcome, Part, Reason, Verification
from uts_policy.model.report import Report
from uts_policy.pipeline.evidence.bag import (
    Opened,
    baseline_of,
    files_of,
    open_bag,
    other_installation,
    policies_of,
    request_of,
)
from uts_policy.pipeline.inputs import formed
from uts_policy.pipeline.making import differences, made_of
from uts_policy.pipeline.prepare import facts_of, prepare
from uts_policy.pipeline.queries import read_question_set, scorecard_of
from uts_policy.pipeline.request import Policies, Prepared
from uts_policy.rules.catalogue import rule_set

_PART = "reconciliation"
_LARGEST = 1 << 30
"""Bytes of a bag that is made again."""
_MOST = {"inputs/": 128 << 20, "results/findings.json": 32 << 20}
"""Bytes of what it is made of: more would take gigabytes, and whoever made the bag would decide how many."""
_PATIENCE = 600.0
"""Seconds for our own view of the corpus: it takes one for thousands of roles."""
_REASONS = {
    "data/results/findings.json": "results-form",
    "data/results/decisions.jsonl": "decisions",
    "data/results/population.json": "population",
    "data/results/results.sarif": "sarif",
    "data/results/junit.xml": "junit",
    "data/config/effective.json": "settings",
    "data/README.txt": "readme",
}
_FOLDERS = {"data/oscal/": "oscal", "data/report/": "report"}


class _UnseenError(Exception):
    """Why nothing could be made again."""


def verify(file: Path, expected: Expected, told: Callable[[str], None]) -> Verification:
    """What `evidence.verifying` says of the file, and whether all that is made of its findings comes out again.

    Raises NoVerdictError where the file cannot be read at all.
    """
    found = verify_alone(file, expected, told)
    part = found.parts[_PART]
    if part.outcome is not Outcome.OK:
        return found
    return replace(found, parts={**found.parts, _PART: _redrawn(file, found, part, told)})


def _redrawn(file: Path, found: Verification, part: Part, told: Callable[[str], None]) -> Part:
    if file.stat().st_size > _LARGEST:
        return _unseen(part, f"the bag has more than {_LARGEST >> 20:,} MiB", "too-large")
    try:
        bag = open_bag(file, told)
        for start, most in _MOST.items():
            size = sum(len(data) for path, data in bag.members.items() if path.startswith(start))
            if size > most:
                return _unseen(part, f"data/{start} has more than {most >> 20} MiB", "too-large")
        if bag.digest != found.digest:
            return _rejected((Reason(id="exchanged", message="the file was exchanged while it was read"),), part)
        why = other_installation(bag)
        if why:
            return _unseen(part, why, "other-version")
        told("making again what is made of the findings")
        reasons = tuple(_otherwise(bag))
    except _UnseenError as error:
        return _unseen(part, str(error), "not-made")
    except UtsPolicyError as error:
        reasons = (Reason(id="results-form", message=error.message),)
    return _rejected(reasons, part) if reasons else part


def _otherwise(bag: Opened) -> Iterator[Reason]:
    policies = policies_of(bag)
    report = _stated(bag, policies)
    ours = Policies(catalogue=policies.catalogue, rule_set=rule_set(resources.builtin_policies()))
    try:
        scorecard = scorecard_of(report, ours, EmbeddedEngine(timeout=_PATIENCE), read_question_set(None, policies))
    except NoVerdictError as error:
        # NOTE: our own view of a corpus that has been accepted: what fails here is this machine, and not the bag.
        raise _UnseenError(error.message) from error
    for each in differences(bag, made_of(bag, report, scorecard)):
        folder = next((reason for start, reason in _FOLDERS.items() if each.path.startswith(start)), "results-form")
        yield Reason(id=_REASONS.get(each.path, folder), message=each.how, path=each.path)


def _stated(bag: Opened, policies: Policies) -> Report:
    """The report that the settings and declarations in the bag give, with the findings that it states."""
    request, stated = request_of(bag), bag.results
    declared = formed(request, files_of(bag))
    facts = facts_of(request, policies, declared)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts, prepared)
    rules = frozenset(rule.id for rule in prepared.selection.rules)
    silence = Evaluation(evaluated=rules, violations=(), engine=stated.engine, digest=policies.rule_set.digest)
    baseline = baseline_of(bag)
    report = report_assessed(
        facts,
        Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=silence, baseline=baseline),
    )
    return replace(
        report,
        findings=tuple(sorted(stated.findings, key=order)),
        counts=tally(stated.findings),
        notices=stated.notices,
        # What a finding in the baseline shows; a bag has none in the configuration, which takes a base to compare with.
        steering={} if baseline is None or baseline.source is None else {baseline.file: baseline.source},
    )


def _unseen(part: Part, why: str, reason: str) -> Part:
    message = f"the formats were not made again to be compared whole: {why}"
    return replace(
        part,
        outcome=Outcome.WARNING,
        says=f"{part.says}, as far as totals go",
        reasons=(Reason(id=reason, message=message),),
    )


def _rejected(reasons: tuple[Reason, ...], part: Part) -> Part:
    says = "what is made of the findings is not what is there"
    return replace(part, outcome=Outcome.REJECTED, says=says, reasons=reasons)
