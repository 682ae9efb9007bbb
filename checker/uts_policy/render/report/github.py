"""Annotations of GitHub Actions: workflow commands in the log of a step."""

import sys
from collections.abc import Iterator, Mapping, Sequence

from uts_policy.common.sanitise import visible
from uts_policy.common.words import number
from uts_policy.model.finding import Finding
from uts_policy.model.report import Report
from uts_policy.model.rule import Level
from uts_policy.render.common.fold import by_urgency, fold
from uts_policy.render.common.summary import summary
from uts_policy.render.interface import Style
from uts_policy.render.report.markdown import document

SYNTAX = "commands"

MOST = 10
"""GitHub shows this many annotations of one kind per step, and drops the others without a word."""
SUMMARY_BYTES = 1024 * 1024
"""GitHub drops a whole job summary from this size on."""
_LEAST = 2000
_KIND = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}


def render(report: Report, style: Style) -> str:  # noqa: ARG001 - every format has this signature
    """The annotations that are shown, of what counts, and plain lines for the log: what is not shown, the summary."""
    counting = [finding for finding in by_urgency(report.findings) if finding.counts]
    shown = _shown(counting)
    lines = [_annotation(finding) for finding in counting if finding.identity in shown]
    lines += [_plain(line) for line in _rest(report, len(counting) - len(shown))]
    return "".join(f"{line}\n" for line in lines)


def job_summary(report: Report, room: int) -> str:
    """The whole report in Markdown, for the file that GITHUB_STEP_SUMMARY names, in at most `room` bytes of UTF-8.

    Empty where not even the first lines fit.
    """
    if room < _LEAST:
        return ""
    return document(report, room, size=lambda text: len(text.encode("utf-8", "backslashreplace")))


def command(kind: str, properties: Mapping[str, object], message: str) -> str:
    """A workflow command in one line. Whatever text stands in it neither ends it nor begins another."""
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{kind} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _shown(findings: Sequence[Finding]) -> set[str]:
    """The identities of the first ten of each kind: one finding of each cause before a second one of any."""
    folds = fold(findings)
    ordered = [each.first for each in folds] + [finding for each in folds for finding in each.others]
    shown: set[str] = set()
    for level in Level:
        shown.update([finding.identity for finding in ordered if finding.level is level][:MOST])
    return shown


def _annotation(finding: Finding) -> str:
    properties: dict[str, object] = {}
    if finding.location is not None:
        span = finding.location.span
        properties = {"file": finding.location.file, "line": span.line, "endLine": span.end_line}
        if span.line == span.end_line:  # GitHub takes columns on one line only
            properties |= {"col": span.column, "endColumn": span.end_column}
    return command(
        _KIND[finding.level], properties | {"title": finding.rule}, f"{finding.message}\n{finding.remediation}"
    )


def _rest(report: Report, hidden: int) -> Iterator[str]:
    if hidden:
        yield (
            f"{number(hidden, 'more finding')} not annotated: GitHub shows {MOST} of a kind. "
            "The job summary, or another format, has them all."
        )
    for finding in report.findings:
        if finding.waiver is not None:
            yield f"waived until {finding.waiver.expires}: {finding.rule} {finding.entry}: {finding.message}"
    yield f"Verdict: {report.verdict}."
    yield from summary(report, Style(width=sys.maxsize))


def _plain(line: str) -> str:
    """A line that is not a command: it never begins with what somebody else wrote."""
    return f"uts-policy: {visible(line)}"
