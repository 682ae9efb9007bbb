"""JUnit's XML, for whatever shows test results: a suite per category of rules, a case per rule."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number, standing
from uts_policy.model.finding import Finding, Status
from uts_policy.model.report import Report
from uts_policy.model.rule import from_loader
from uts_policy.render.interface import Style

SYNTAX = "markup"

_NOT_XML = str.maketrans({"\ufffe": "<U+FFFE>", "\uffff": "<U+FFFF>"})


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """One document. A case fails exactly where its findings make the verdict fail, so that the two never differ.

    There is neither time nor host in it: two runs over the same declarations give the same bytes.
    """
    top = ET.Element("testsuites", {"name": _shown(f"uts-policy, as of {report.as_of} (UTC): {report.verdict}")})
    found = {
        rule: tuple(each)
        for rule, each in groupby(sorted(report.findings, key=lambda each: each.rule), lambda each: each.rule)
    }
    missing = {each.rule: each.reason for each in report.not_assessed}
    for category, rules in groupby(_rules(report, found.keys() | missing.keys()), lambda rule: rule.partition("/")[0]):
        suite = ET.SubElement(top, "testsuite", {"name": _shown(category)})
        _properties(suite, report)
        for rule in rules:
            _case(suite, rule, report, found.get(rule, ()), missing.get(rule))
        _count(suite, {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"})
    _count(top, {"tests": "testcase", "failures": "failure", "errors": "error"})
    ET.indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(top, encoding="unicode")}\n'


def _rules(report: Report, told: set[str]) -> Sequence[str]:
    """The loader's rules, those that were evaluated, those that were not assessed; all where none was evaluated."""
    every = {rule.id for rule in report.rules}
    if not report.evaluated:
        return sorted(every | told)
    return sorted({rule for rule in every if from_loader(rule)} | set(report.evaluated) | told)


def _properties(suite: ET.Element, report: Report) -> None:
    properties = ET.SubElement(suite, "properties")
    facts = {
        "as_of": report.as_of,
        "verdict": report.verdict.value,
        "threshold": "never" if report.threshold is None else report.threshold.value,
        "tool": f"uts-policy {report.tool_version}",
        "engine": f"{report.engine.name} {report.engine.version}".strip(),
    }
    for name, value in facts.items():
        ET.SubElement(properties, "property", {"name": name, "value": _shown(value)})
    for notice in report.notices:
        ET.SubElement(properties, "property", {"name": "notice", "value": _shown(notice)})


def _case(suite: ET.Element, rule: str, report: Report, findings: Sequence[Finding], missing: str | None) -> None:
    case = ET.SubElement(suite, "testcase", {"classname": suite.attrib["name"], "name": _shown(rule)})
    failing = [each for each in findings if report.fails(each)]
    if failing:
        message = f"{number(len(failing), 'finding')}: {failing[0].message}"
        failure = ET.SubElement(case, "failure", {"message": _shown(message), "type": failing[0].level.value})
        failure.text = _listed(failing)
    elif findings and all(each.waiver is not None for each in findings):
        ET.SubElement(case, "skipped", {"message": f"{number(len(findings), 'finding')}, waived"})
    elif missing is not None:
        ET.SubElement(case, "skipped", {"message": _shown(f"not assessed: {missing}")})
    elif not report.evaluated and not findings and not from_loader(rule):
        ET.SubElement(case, "skipped", {"message": "not assessed: no rule was evaluated"})
    others = [each for each in findings if not report.fails(each)]
    if others:
        ET.SubElement(case, "system-out").text = _listed(others)


def _listed(findings: Sequence[Finding]) -> str:
    return "".join(f"{_shown(line)}\n" for each in findings for line in _lines(each))


def _lines(finding: Finding) -> Iterator[str]:
    place = finding.location
    where = "" if place is None else f"{place.file}:{place.span.line}:{place.span.column}: "
    known = "known " if finding.status is Status.KNOWN else ""
    yield f"{where}{known}{finding.level}: {finding.message}"
    if finding.waiver is not None:
        yield f"  {standing(finding.waiver)}"
    else:
        yield f"  {finding.remediation}"
    for related in finding.related:
        spot = related.location
        yield f"  {'' if spot is None else f'{spot.file}:{spot.span.line}:{spot.span.column}: '}{related.message}"


def _count(element: ET.Element, wanted: Mapping[str, str]) -> None:
    """How many there are of each, which readers show without counting. Nothing is ever an `error`: no verdict is."""
    for name, tag in wanted.items():
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _shown(text: str) -> str:
    """One line of text that XML can carry: control characters are shown, the two that it lacks by number."""
    return visible(text).translate(_NOT_XML)
