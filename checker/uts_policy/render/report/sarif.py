"""SARIF 2.1.0: the whole report as one log, with file names as URIs."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from uts_policy.model.finding import Criticality, Finding, Repair, Status
from uts_policy.model.place import Location, Span
from uts_policy.model.report import Report, fingerprint
from uts_policy.model.rule import Level, Rule, from_loader
from uts_policy.render.common.fold import by_urgency
from uts_policy.render.interface import Style

SYNTAX = "json"
REPAIRS = True
"""It carries repairs."""

_DRIVE = re.compile(r"[A-Za-z]:/")


def uri(path: str) -> tuple[str, bool]:
    """A POSIX path as a URI, and whether it is relative to the root of the sources.

    Everything but letters, digits, `/` and `-._~` is percent-encoded: a space, a colon and what is not ASCII too. What
    is outside of the root is absolute, or begins with `..` as the user wrote it.
    """
    if path.startswith("/"):
        return f"file://{_encoded(path)}", False
    if _DRIVE.match(path):
        return f"file:///{path[:2]}{_encoded(path[2:])}", False
    return _encoded(path), True


def _encoded(path: str) -> str:
    try:
        raw = path.encode("utf-8", "surrogateescape")  # a name that is not UTF-8 keeps its bytes
    except UnicodeEncodeError:
        raw = path.encode("utf-8", "surrogatepass")
    return quote(raw, safe="/")


MOST = 25_000
"""GitHub refuses a run with more results."""
FINGERPRINT = "utsPolicyIdentity/v1"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LINK = re.compile(r"\[([^\[\]]*)\](?=\()")


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """One log with up to two runs: what the loader found, and what the rules found, if any was evaluated."""
    return log(report, report.findings, suppressions=True)


def whole(report: Report) -> str:
    """The same without a limit: for a record that must not lack a finding, and that no platform takes in."""
    return log(report, report.findings, suppressions=True, most=None)


def log(report: Report, findings: Iterable[Finding], *, suppressions: bool, most: int | None = MOST) -> str:
    """The log with these findings. `suppressions` says whether each result states if it is waived.

    `most` is how many results a run holds, None for all.
    """
    loader: list[Finding] = []
    rules: list[Finding] = []
    for finding in findings:
        (loader if from_loader(finding.rule) else rules).append(finding)
    kept = loader if most is None else _most_important(loader, most)
    runs = [_run(report, "declarations", loader, kept, suppressions=suppressions)]
    if report.evaluated:
        kept = rules if most is None else _most_important(rules, most)
        runs.append(_run(report, "rules", rules, kept, suppressions=suppressions))
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}, ensure_ascii=False, indent=2) + "\n"


def _run(
    report: Report, name: str, findings: Sequence[Finding], kept: Sequence[Finding], *, suppressions: bool
) -> dict[str, Any]:
    index = {rule.id: position for position, rule in enumerate(report.rules)}
    compared = any(finding.status is Status.KNOWN for finding in report.findings)
    results = [_result(report, finding, index, compared=compared, suppressions=suppressions) for finding in kept]
    notices = list(report.notices)
    if len(kept) < len(findings):
        notices.append(
            f"Only {len(kept)} of {len(findings)} results are here, those that count first; the JSON report has all."
        )
    return {
        "tool": {"driver": _driver(report)},
        "automationDetails": {
            "id": f"uts-policy/{name}/{report.name}/" if report.name else f"uts-policy/{name}/",
            "description": _message(
                "Whether declarations can be read and are valid." if name == "declarations" else "What the rules found."
            ),
        },
        "invocations": [_invocation(report, notices, index, with_rules=name == "rules")],
        "originalUriBaseIds": {_ROOT: {"description": _message("Where the check was run, as a rule the repository.")}},
        "artifacts": [
            {"location": _artifact(path), "length": len(source.data), "hashes": {"sha-256": source.sha256}}
            for path, source in sorted(report.sources.items())
        ],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": results,
        "properties": _facts(report),
    }


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "uts-policy",
        "version": report.tool_version,
        "informationUri": "urn:uts-policy",
        "rules": [_descriptor(rule) for rule in report.rules],
    }


def _descriptor(rule: Rule) -> dict[str, Any]:
    sources = "".join(f"\n- {each.source}: {each.text}" for each in rule.criteria)
    parts = (rule.description, rule.effect, rule.remediation, f"Sources:{sources}" if sources else "")
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in re.split(r"[^A-Za-z0-9]+", rule.id)),
        "shortDescription": _message(_sentence(rule.title)),
        "fullDescription": _message(_sentence(rule.description)),
        "help": _message(_sentence("\n\n".join(part.strip() for part in parts if part))),
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": ["governance", rule.category], "profile": rule.profile.value},
    }


def _invocation(
    report: Report, notices: Iterable[str], index: Mapping[str, int], *, with_rules: bool
) -> dict[str, Any]:
    told = [{"level": "warning", "message": _message(_sentence(notice))} for notice in notices]
    told += [
        {"level": "note", "message": _message(f"Passed over: {count} {reason}.")}
        for reason, count in sorted(report.ignored.items())
    ]
    not_assessed = report.not_assessed if with_rules else ()
    return {
        "executionSuccessful": True,
        "exitCode": int(report.exit),
        "toolExecutionNotifications": told,
        "toolConfigurationNotifications": [
            {
                "level": "note",
                "message": _message(_sentence(f'Rule "{each.rule}" was not assessed: {each.reason}')),
                "associatedRule": {"id": each.rule} | ({"index": index[each.rule]} if each.rule in index else {}),
            }
            for each in not_assessed
        ],
    }


def _facts(report: Report) -> dict[str, Any]:
    counts, digests = report.counts, report.digests
    return {
        "verdict": report.verdict.value,
        "asOf": report.as_of,
        "threshold": "never" if report.threshold is None else report.threshold.value,
        "engine": {"name": report.engine.name, "version": report.engine.version},
        "counts": {
            "error": counts.error,
            "warning": counts.warning,
            "note": counts.note,
            "waived": counts.waived,
            "known": counts.known,
        },
        "digests": {
            "inputs": digests.inputs,
            "policies": digests.policies,
            "schemas": digests.schemas,
            "config": digests.config,
        },
        "evaluated": list(report.evaluated),
    }


def _most_important(findings: Sequence[Finding], most: int) -> Sequence[Finding]:
    """At most as many as a reader takes: what to fix first; the order stays the report's."""
    if len(findings) <= most:
        return findings
    kept = {finding.identity for finding in by_urgency(findings)[:most]}
    return [finding for finding in findings if finding.identity in kept]


def _rank(finding: Finding) -> float:
    """From 0 to 100: by level, then by the criticality of the duty concerned."""
    level, criticality = finding.urgency
    return round(100 * ((level - 1) * len(Criticality) + criticality + 1) / (len(Level) * len(Criticality)), 1)


def _result(
    report: Report, finding: Finding, index: Mapping[str, int], *, compared: bool, suppressions: bool
) -> dict[str, Any]:
    result: dict[str, Any] = {"ruleId": finding.rule}
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    result["level"] = finding.level.value
    result["rank"] = _rank(finding)
    result["message"] = _message(_sentence(finding.message, finding.remediation))
    result["locations"] = [_location(finding.location, finding.entry)]
    if finding.related:
        result["relatedLocations"] = [
            {"id": number} | _location(place.location, place.entry) | {"message": _message(_sentence(place.message))}
            for number, place in enumerate(finding.related, start=1)
        ]
    result["partialFingerprints"] = {FINGERPRINT: fingerprint(finding.identity, report.name)}
    if finding.identity in report.repairs:
        result["fixes"] = [_fix(report.repairs[finding.identity])]
    if compared:
        result["baselineState"] = "unchanged" if finding.status is Status.KNOWN else "new"
    if suppressions:
        result["suppressions"] = _suppressions(finding)
    result["properties"] = {
        "message": finding.message,
        "remediation": finding.remediation,
        "entry": finding.entry,
        "criticality": None if finding.criticality is None else finding.criticality.value,
        "path": list(finding.path),
        "cause": finding.cause,
    }
    return result


def _fix(repair: Repair) -> dict[str, Any]:
    """A repair as text to replace; where the stretch is empty, text is inserted."""
    replacements = [
        {"deletedRegion": _region(each.span), "insertedContent": {"text": each.text}} for each in repair.replacements
    ]
    change = {"artifactLocation": _artifact(repair.file), "replacements": replacements}
    return {"description": _message(_sentence(repair.description)), "artifactChanges": [change]}


def _suppressions(finding: Finding) -> list[dict[str, Any]]:
    waiver = finding.waiver
    if waiver is None:
        return []
    return [
        {
            "kind": "external",
            "status": "accepted",
            "justification": waiver.reason,
            "properties": {"id": waiver.id, "approvedBy": waiver.approved_by, "expires": waiver.expires},
        }
    ]


def _location(place: Location | None, entry: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if place is not None:
        found["physicalLocation"] = {"artifactLocation": _artifact(place.file), "region": _region(place.span)}
    if entry:
        found["logicalLocations"] = [{"fullyQualifiedName": entry, "kind": "declaration"}]
    return found


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _artifact(path: str) -> dict[str, Any]:
    address, relative = uri(path)
    return {"uri": address, "uriBaseId": _ROOT} if relative else {"uri": address}


def _message(text: str) -> dict[str, str]:
    """A SARIF message that says exactly `text`: braces are no placeholders, brackets no links."""
    return {"text": _LINK.sub(r"\\[\1\\]", text.replace("{", "{{").replace("}", "}}"))}


def _sentence(*parts: str) -> str:
    """The parts one after the other, each ended: readers run such texts together."""
    texts = (part.strip() for part in parts)
    return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in texts if text)
