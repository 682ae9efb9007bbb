"""All that is made of a report, made again and laid beside what a bag has."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

from uts_policy import resources
from uts_policy.common.tabulation import RULES as MARKING
from uts_policy.corpus.build import with_views
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.worker_process import version
from uts_policy.evidence.archive import bag_name, folder_digest
from uts_policy.evidence.contents import contents
from uts_policy.evidence.effective import FILE as EFFECTIVE
from uts_policy.evidence.effective import written
from uts_policy.evidence.provenance import libraries
from uts_policy.evidence.readme import readme
from uts_policy.evidence.verify import Expected
from uts_policy.evidence.verify import verify as verify_alone
from uts_policy.judge.report import Assessment, order, report_assessed, report_invalid
from uts_policy.model.answers import Scorecard
from uts_policy.model.errors import NoVerdictError, UtsPolicyError
from uts_policy.model.evaluation import Evaluation
from uts_policy.model.evidence import (
    FileDifference,
    RejectionReason,
    Reproduced,
    Reproduction,
    Verification,
    VerificationOutcome,
    VerificationPart,
)
from uts_policy.model.report import Counts, Report
from uts_policy.pipeline.check import check_declared
from uts_policy.pipeline.evidence.bag import (
    Opened,
    baseline_of,
    files_of,
    open_bag,
    other_installation,
    policies_of,
    request_of,
)
from uts_policy.pipeline.evidence.export import NAMED, VIEWS, derived, for_people
from uts_policy.pipeline.inputs import formed
from uts_policy.pipeline.prepare import facts_of, prepare
from uts_policy.pipeline.queries import read_question_set, scorecard_of
from uts_policy.pipeline.request import Policies, Prepared
from uts_policy.rules.catalogue import rule_set
from uts_policy.rules.portability import check_portable

_MADE = ("results/", "oscal/")
_SHORT = 120
"""Characters of a line that are enough to recognise it."""


def made_of(bag: Opened, report: Report, scorecard: Scorecard) -> Mapping[str, bytes]:
    """Every file below `data/` that follows from a report and the settings, by path."""
    made = {member.path: member.data for member in derived(report, scorecard, bag.effective)}
    given = {path: data for path, data in bag.members.items() if not path.startswith(_MADE)}
    listed = {f"data/{path}": sha256(data).hexdigest() for path, data in {**given, **made}.items()}
    digests = {f"data/{folder}/": folder_digest(listed, folder) for folder in NAMED}
    made |= {member.path: member.data for member in for_people(report, digests)}
    made[EFFECTIVE] = written(bag.effective)
    made["README.txt"] = readme(name=bag_name(report.as_of), tool_version=report.tool_version)
    return made


def differences(bag: Opened, made: Mapping[str, bytes]) -> Iterator[FileDifference]:
    """Where the bag has something else, sorted by path.

    A report for people is drawn by libraries, of which another version may draw other bytes: then it has to have the
    same contents.
    """
    alike = bag.report_made_with == libraries()
    there = {path: data for path, data in bag.members.items() if path in made or path.startswith((*_MADE, "report/"))}
    for path in sorted(there.keys() | made.keys()):
        if path not in made:
            yield FileDifference(path=f"data/{path}", how="it is in the bag, and the check gives no such file")
        elif path not in there:
            yield FileDifference(path=f"data/{path}", how="the check gives it, and it is not in the bag")
        elif there[path] != made[path]:
            if alike or not path.startswith("report/"):
                yield FileDifference(path=f"data/{path}", how=_where(there[path], made[path]))
            elif contents(path, there[path]) != contents(path, made[path]):
                yield FileDifference(path=f"data/{path}", how="it does not have the contents that the check gives it")


def _where(one: bytes, other: bytes) -> str:
    """The first line that differs, as it is in the bag and as it came out."""
    pairs = zip_longest(one.split(b"\n"), other.split(b"\n"), fillvalue=b"(no more lines)")
    number, (was, now) = next((number, pair) for number, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
    return f"line {number} in the bag: {_shortened(was)}; as it comes out: {_shortened(now)}"


def _shortened(line: bytes) -> str:
    text = line.decode("utf-8", "backslashreplace").strip()
    return f"{text[:_SHORT]}{'…' if len(text) > _SHORT else ''}"


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
    if part.outcome is not VerificationOutcome.OK:
        return found
    return replace(found, parts={**found.parts, _PART: _redrawn(file, found, part, told)})


def _redrawn(file: Path, found: Verification, part: VerificationPart, told: Callable[[str], None]) -> VerificationPart:
    if file.stat().st_size > _LARGEST:
        return _unseen(part, f"the bag has more than {_LARGEST >> 20:,} MiB", "too-large")
    try:
        bag = open_bag(file, told)
        for start, most in _MOST.items():
            size = sum(len(data) for path, data in bag.members.items() if path.startswith(start))
            if size > most:
                return _unseen(part, f"data/{start} has more than {most >> 20} MiB", "too-large")
        if bag.digest != found.digest:
            return _rejected(
                (RejectionReason(id="exchanged", message="the file was exchanged while it was read"),), part
            )
        why = other_installation(bag)
        if why:
            return _unseen(part, why, "other-version")
        told("making again what is made of the findings")
        reasons = tuple(_otherwise(bag))
    except _UnseenError as error:
        return _unseen(part, str(error), "not-made")
    except UtsPolicyError as error:
        reasons = (RejectionReason(id="results-form", message=error.message),)
    return _rejected(reasons, part) if reasons else part


def _otherwise(bag: Opened) -> Iterator[RejectionReason]:
    policies = policies_of(bag)
    stated = _stated(bag, policies)
    try:
        report = _with_views(stated)
        scorecard = scorecard_of(report, read_question_set(None, policies))
    except NoVerdictError as error:
        # NOTE: our own view of a corpus that has been accepted: what fails here is this machine, and not the bag.
        raise _UnseenError(error.message) from error
    for each in differences(bag, made_of(bag, report, scorecard)):
        folder = next((reason for start, reason in _FOLDERS.items() if each.path.startswith(start)), "results-form")
        yield RejectionReason(id=_REASONS.get(each.path, folder), message=each.how, path=each.path)


def _with_views(report: Report) -> Report:
    """The report with what our own views say of the corpus, and our own rules where a view marks what they find.

    No rule of the bag runs. What a view marks is what the findings of the bag say, or the bag was altered.
    """
    if report.corpus is None:
        return report
    marking = {rule: report.corpus.data["rules"][rule] for rule in MARKING if rule in report.evaluated}
    asked = with_views(report.corpus, *VIEWS, rules=marking)
    answers = EmbeddedEngine(timeout=_PATIENCE).evaluate(asked, rule_set(resources.builtin_policies())).views
    return replace(report, views=answers)


def _stated(bag: Opened, policies: Policies) -> Report:
    """The report that the settings and declarations in the bag give, with the findings that it states."""
    request, stated = request_of(bag), bag.results
    declared = formed(request, files_of(bag))
    facts = facts_of(request, policies, declared)
    prepared = prepare(request, policies, declared)
    if not isinstance(prepared, Prepared):
        return report_invalid(facts, prepared)
    rules = frozenset(rule.id for rule in prepared.selection.rules)
    silence = Evaluation(
        evaluated=rules,
        violations=(),
        engine=stated.engine,
        digest=policies.rule_set.digest,
        judged=dict.fromkeys(rules, frozenset()),
    )
    baseline = baseline_of(bag)
    report = report_assessed(
        facts,
        Assessment(corpus=prepared.corpus, selection=prepared.selection, evaluation=silence, baseline=baseline),
    )
    return replace(
        report,
        findings=tuple(sorted(stated.findings, key=order)),
        counts=Counts.of(stated.findings),
        evaluated=stated.evaluated,
        not_assessed=stated.not_assessed,
        outcomes=stated.outcomes,
        judged=stated.judged_entries,
        not_judged=stated.not_judged,
        not_stated=stated.not_stated,
        blocked=stated.blocked,
        notices=stated.notices,
        # What a finding in the baseline shows; a bag has none in the configuration, which takes a base to compare with.
        steering={} if baseline is None or baseline.source is None else {baseline.file: baseline.source},
    )


def _unseen(part: VerificationPart, why: str, reason: str) -> VerificationPart:
    message = f"the formats were not made again to be compared whole: {why}"
    return replace(
        part,
        outcome=VerificationOutcome.WARNING,
        says=f"{part.says}, as far as totals go",
        reasons=(RejectionReason(id=reason, message=message),),
    )


def _rejected(reasons: tuple[RejectionReason, ...], part: VerificationPart) -> VerificationPart:
    says = "what is made of the findings is not what is there"
    return replace(part, outcome=VerificationOutcome.REJECTED, says=says, reasons=reasons)


def reproduce(bag: Opened, *, timeout: float) -> Reproduction:
    """Whether the check gives the same files again. `bag` has been found whole.

    `timeout` is in seconds, for everything that the rules are asked together.

    Raises NoVerdictError where it cannot be run: a policy that is not allowed, or takes too long, or a bag that lacks
    what a run needs.
    """
    engine = EmbeddedEngine(timeout=timeout, deadline=time.monotonic() + timeout)
    files = tuple(bag.policies())
    check_portable(files, engine.syntax(files))
    policies = policies_of(bag)
    why = other_installation(bag) or _other_engine(bag)
    if why:
        return Reproduction(file=bag.name, digest=bag.digest, outcome=Reproduced.NOT_COMPARABLE, why=why)
    made = _made(bag, policies, engine)
    found = tuple(differences(bag, made))
    return Reproduction(
        file=bag.name,
        digest=bag.digest,
        outcome=Reproduced.FAILED if found else Reproduced.SAME,
        compared=len(made),
        differences=found,
    )


def _other_engine(bag: Opened) -> str:
    results, engine = bag.results, bag.results.engine
    if results.evaluated and engine.name != "embedded":
        return f'the check was made with the engine "{engine.name}", and a bag is reproduced in the embedded one'
    if results.evaluated and engine.version != version():
        return f"the check was made with the engine's version {engine.version}, and this is {version()}"
    return ""


def _made(bag: Opened, policies: Policies, engine: EmbeddedEngine) -> Mapping[str, bytes]:
    """The files that the check gives, by path."""
    request = replace(request_of(bag), views=VIEWS)
    report = check_declared(request, policies, engine, formed(request, files_of(bag)), baseline_of(bag))
    return made_of(bag, report, scorecard_of(report, read_question_set(None, policies)))
