"""Whether the formats in a bag tell the same: every total against the findings, which are the truth."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from xml.etree import ElementTree as ET

from uts_policy.common.listing import listing_digest
from uts_policy.evidence.bagit import MOST_REASONS, Bag
from uts_policy.evidence.coherence import EFFECTIVE, POPULATION, RANK, fails, incoherences, is_open
from uts_policy.evidence.layout import LayoutError
from uts_policy.evidence.strict_json import parsed
from uts_policy.model.evidence import RejectionReason, VerificationOutcome, VerificationPart
from uts_policy.model.report import fingerprint

FINDINGS = "data/results/findings.json"
_DECISIONS = "data/results/decisions.jsonl"
_SARIF = "data/results/results.sarif"
_JUNIT = "data/results/junit.xml"
_OSCAL = "data/oscal/assessment-results.json"
_POAM = "data/oscal/poam.json"
_LISTED = re.compile(r"^(\S.*?:\d+:\d+: )?(known )?(error|warning|note): ", re.MULTILINE)
"""A finding in the text of a JUnit case."""
_State = Mapping[str, int]


def reconciliation(bag: Bag) -> VerificationPart:
    """Every difference between what the files of `results/` and `oscal/` say."""
    try:
        report = parsed(bag.read(FINDINGS))
        count = len(report["findings"])
        reasons = (*islice(_differences(bag, report), MOST_REASONS),)
    except LayoutError as error:
        if error.reason == "limit":
            return _too_large(error)
        reasons, count = (RejectionReason(id=error.reason, message=str(error), path=error.path),), 0
    except (KeyError, TypeError, ValueError, IndexError, RecursionError, AttributeError) as error:
        message = f"a file is not what an export writes ({type(error).__name__}: {error})"
        reasons, count = (RejectionReason(id="results-form", message=message),), 0
    if reasons:
        says = "the files of the bag do not tell the same"
        return VerificationPart(outcome=VerificationOutcome.REJECTED, says=says, reasons=reasons, facts={})
    says = f"all formats tell the same {count} finding{'' if count == 1 else 's'}"
    return VerificationPart(outcome=VerificationOutcome.OK, says=says, facts={"findings": str(count)})


def _too_large(error: LayoutError) -> VerificationPart:
    """A check with hundreds of thousands of findings has such files too: not to look is no reason to reject."""
    reason = RejectionReason(id="too-large", message=str(error), path=error.path)
    return VerificationPart(
        outcome=VerificationOutcome.WARNING, says="not compared, for a file is too large", reasons=(reason,), facts={}
    )


def _differences(bag: Bag, report: Mapping[str, Any]) -> Iterator[RejectionReason]:
    findings = report["findings"]
    states = Counter(map(_state, findings))
    yield from _report(report, findings, states)
    yield from _inputs(bag, report)
    yield from _populations(bag, findings, states)
    yield from _decided(bag, findings)
    yield from _derived(bag, report)
    yield from _oscal(bag, findings)
    yield from incoherences(bag, report)


def _report(report: Mapping[str, Any], findings: list[Any], states: _State) -> Iterator[RejectionReason]:
    counts = report["counts"]
    told = {"open": counts["error"] + counts["warning"] + counts["note"]}
    told |= {"waived": counts["waived"], "known": counts["known"]}
    levels = Counter(each["level"] for each in findings if _state(each) == "open")
    if told != {name: states[name] for name in told} or any(counts[level] != levels[level] for level in RANK):
        yield RejectionReason(id="counts", message="its counts are not those of its findings", path=FINDINGS)
    failing = any(fails(each, report) for each in findings if is_open(each))
    if report["verdict"] != ("fail" if failing else "pass"):
        message = f'its verdict is "{report["verdict"]}", and its findings say otherwise'
        yield RejectionReason(id="verdict", message=message, path=FINDINGS)


def _inputs(bag: Bag, report: Mapping[str, Any]) -> Iterator[RejectionReason]:
    """The files that the report names are those in the bag, and their digests make the digest that it states."""
    stored = {each["path"]: each["stored"] for each in _json(bag, EFFECTIVE)["files"]}
    named = {each["path"]: each["sha256"] for each in report["files"]}
    there = {path.removeprefix("data/inputs/") for path in bag.files if path.startswith("data/inputs/")}
    if {stored.get(path, path) for path in named} != there:
        yield RejectionReason(
            id="inputs", message="the files that it names are not those in data/inputs/", path=FINDINGS
        )
        return
    for path, digest in named.items():
        inside = f"data/inputs/{stored.get(path, path)}"
        if hashlib.sha256(bag.read(inside)).hexdigest() != digest:
            yield RejectionReason(id="inputs", message="the report has another digest of it", path=inside)
    if listing_digest(named) != report["digests"]["inputs"]:
        yield RejectionReason(
            id="inputs", message="its digest of the inputs is not that of the files it names", path=FINDINGS
        )


_COUNTED = ("passed", "failed", "waived", "not_judged")


def _populations(bag: Bag, findings: list[Any], states: _State) -> Iterator[RejectionReason]:
    population = _json(bag, POPULATION)
    totals, rules = population["totals"]["findings"], population["rules"]
    expected = {"total": len(findings), **{name: states[name] for name in ("open", "waived", "known")}}
    found = Counter(each["rule"] for each in findings)
    sound = (
        totals == expected
        and all(totals[word] == sum(each["findings"][word] for each in rules) for word in expected)
        and all(each["entries"] == sum(each[name] for name in _COUNTED) for each in rules)
        and all(each["findings"]["total"] == found[each["rule"]] for each in rules)
        and set(found) <= {each["rule"] for each in rules}
        and all(each["passed"] == 0 for each in rules if each["not_assessed"] is not None)
    )
    if not sound:
        yield RejectionReason(id="population", message="its numbers are not those of the findings", path=POPULATION)


def _decided(bag: Bag, findings: list[Any]) -> Iterator[RejectionReason]:
    lines = [parsed(line) for line in bag.read(_DECISIONS).split(b"\n")[:-1]]
    told = [(each["id"], each["rule"], each["decision"]) for each in lines if each["kind"] == "finding"]
    rules = {each["rule"]: each["findings"] for each in lines if each["kind"] == "rule"}
    found = Counter(each["rule"] for each in findings)
    if told != [(each["id"], each["rule"], _state(each)) for each in findings] or found != Counter(rules):
        yield RejectionReason(id="decisions", message="its lines are not those of the findings", path=_DECISIONS)


def _derived(bag: Bag, report: Mapping[str, Any]) -> Iterator[RejectionReason]:
    findings, name = report["findings"], report.get("name", "")
    native = Counter((fingerprint(each["id"], name), each["rule"]) for each in findings)
    results = [result for run in _json(bag, _SARIF)["runs"] for result in run["results"]]
    if Counter((each["partialFingerprints"]["utsPolicyIdentity/v1"], each["ruleId"]) for each in results) != native:
        yield RejectionReason(id="sarif", message="its results are not the findings", path=_SARIF)
    if _cases(bag) != Counter(each["rule"] for each in findings):
        yield RejectionReason(id="junit", message="its cases do not list the findings", path=_JUNIT)


def _oscal(bag: Bag, findings: list[Any]) -> Iterator[RejectionReason]:
    """Observations, risks and items are the findings; a rule that found something is nowhere satisfied."""
    [result] = _json(bag, _OSCAL)["assessment-results"]["results"]
    risks = Counter(each["status"] for each in result.get("risks", ()))
    expected = Counter("deviation-approved" if each["waiver"] else "open" for each in findings)
    observed = Counter(told for each in result.get("observations", ()) if (told := _prop(each, "finding")))
    if observed != Counter(each["id"] for each in findings) or risks != expected:
        yield RejectionReason(id="oscal", message="its observations and risks are not the findings", path=_OSCAL)
    found = {each["rule"] for each in findings}
    judged = {_prop(each, "rule"): each["target"]["status"]["state"] for each in result.get("findings", ())}
    wrong = [rule for rule, state in judged.items() if rule and (state == "satisfied") == (rule in found)]
    if wrong or not found <= judged.keys():
        yield RejectionReason(id="oscal", message="it has rules as satisfied that are not, or the reverse", path=_OSCAL)
    # NOTE: where nothing is open there is no such file, for OSCAL knows no empty plan.
    plan = _json(bag, _POAM)["plan-of-action-and-milestones"].get("poam-items", ()) if _POAM in bag.files else ()
    if Counter(_prop(each, "finding") for each in plan) != Counter(
        each["id"] for each in findings if not each["waiver"]
    ):
        yield RejectionReason(id="oscal", message="its items are not the open findings", path=_POAM)


def _prop(part: Mapping[str, Any], name: str) -> str:
    """The property of that name; empty where there is none."""
    return next((str(each["value"]) for each in part.get("props", ()) if each["name"] == name), "")


def _cases(bag: Bag) -> Counter[str]:
    """Findings by rule, as JUnit lists them. Raises ValueError for XML with declarations, which could grow."""
    data = bag.read(_JUNIT)
    if b"<!" in data:
        raise ValueError(f"{_JUNIT} has declarations")
    try:
        top = ET.fromstring(data)  # noqa: S314 - without declarations there is nothing to expand
    except ET.ParseError as error:
        raise ValueError(f"{_JUNIT}: {error}") from error
    found: Counter[str] = Counter()
    for case in top.iter("testcase"):
        listed = len(_LISTED.findall("".join(text for part in case for text in part.itertext())))
        if listed:
            found[case.get("name", "")] += listed
    return found


def _json(bag: Bag, path: str) -> Any:  # noqa: ANN401 - JSON
    return parsed(bag.read(path))


def _state(finding: Mapping[str, Any]) -> str:
    return "waived" if finding["waiver"] else "open" if is_open(finding) else "known"
