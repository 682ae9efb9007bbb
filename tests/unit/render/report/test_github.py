import re
from typing import NamedTuple

from hypothesis import given, settings

from tests.unit.render.hostile_reports import reports
from tests.unit.render.reports import KNOWN, MISSING, WAIVED, finding, report
from uts_policy.model.place import Location, Span
from uts_policy.model.report import Report
from uts_policy.model.rule import Level
from uts_policy.render.common.fold import by_urgency
from uts_policy.render.interface import Style
from uts_policy.render.report.github import MOST, command, job_summary, render


class Command(NamedTuple):
    kind: str
    properties: dict[str, str]
    message: str


def unescaped(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def read(text: str) -> tuple[list[Command], list[str]]:
    """Commands and other lines, told apart as a runner does it: `::` at the start, or `##[` anywhere."""
    commands, others = [], []
    for line in text.replace("\r", "\n").removesuffix("\n").split("\n"):
        if line.lstrip().startswith("::"):
            head, _, message = line.lstrip()[2:].partition("::")
            kind, _, rest = head.partition(" ")
            properties = dict(each.split("=", 1) for each in rest.split(",") if each)
            named = {name: unescaped(value) for name, value in properties.items()}
            commands.append(Command(kind, named, unescaped(message)))
        else:
            assert "##[" not in line
            others.append(line)
    return commands, others


def test_an_annotation_stands_at_its_place_under_the_rule_and_says_what_to_do() -> None:
    commands, others = read(render(report(finding()), Style()))
    assert commands == [
        Command(
            "error",
            {
                "file": "roles.yaml",
                "line": "3",
                "endLine": "3",
                "col": "11",
                "endColumn": "17",
                "title": "reference/unknown",
            },
            '"agenzy" names no unit; did you mean "agency"?\nCorrect the id.',
        )
    ]
    assert others == [
        "uts-policy: Verdict: fail.",
        "uts-policy: 1 error (1 cause). As of 2026-11-23 (UTC).",
        "uts-policy: Assessed 1 of 1 rule.",
    ]


def test_over_several_lines_there_are_no_columns_and_without_a_place_no_file() -> None:
    long = Location(file="a.yaml", span=Span(line=1, column=3, end_line=4, end_column=2))
    made = report(finding(location=long), finding(2, location=None))
    assert [each.properties for each in read(render(made, Style()))[0]] == [
        {"file": "a.yaml", "line": "1", "endLine": "4", "title": "reference/unknown"},
        {"title": "reference/unknown"},
    ]


def test_levels_are_errors_warnings_and_notices() -> None:
    made = report(*(finding(line, level=level) for line, level in enumerate(Level, start=1)))
    assert [each.kind for each in read(render(made, Style()))[0]] == ["error", "warning", "notice"]


def test_what_is_waived_is_told_in_the_log_and_what_is_known_only_counted() -> None:
    commands, others = read(render(report(WAIVED, KNOWN, not_assessed=MISSING[:1]), Style()))
    assert commands == []
    assert others == [
        f"uts-policy: waived until 2027-03-31: reference/unknown roles/watch: {WAIVED.message}",
        "uts-policy: Verdict: pass.",
        "uts-policy: 1 waived, 1 known. As of 2026-11-23 (UTC).",
        "uts-policy: Assessed 1 of 2 rules. `uts-policy coverage` shows more.",
    ]


def test_ten_of_a_kind_are_annotated_each_cause_before_a_second_place_of_one() -> None:
    same = [finding(line, message=f"same {line}") for line in range(1, 12)]
    apart = [finding(line, cause=f"c{line}", message=f"apart {line}") for line in range(20, 29)]
    notes = [finding(40, level=Level.NOTE, message="note")]
    commands, others = read(render(report(*same, *apart, *notes), Style()))
    assert [each.message.partition("\n")[0] for each in commands] == [
        "same 1",
        *(f"apart {line}" for line in range(20, 29)),
        "note",
    ]
    assert others[0] == (
        "uts-policy: 10 more findings not annotated: GitHub shows 10 of a kind. "
        "The job summary, or another format, has them all."
    )


def test_a_command_is_one_line_whatever_stands_in_it() -> None:
    assert command("error", {"file": "a:b,c%\n"}, "x::y,%0A\r\n##[debug]") == (
        "::error file=a%3Ab%2Cc%25%0A::x::y,%250A%0D%0A##[debug]"
    )


def test_the_job_summary_holds_every_finding_that_fits() -> None:
    many = report(*(finding(line, cause=str(line), message=f"äöü {line}") for line in range(1, 5000)))
    whole = job_summary(many, 10**7)
    assert whole.count("| error |") == 4999
    short = job_summary(many, 100_000)
    assert 90_000 < len(short.encode()) <= 100_000
    assert re.search(r"\n[0-9]+ lines left out for want of room; the JSON report has everything\.\n\Z", short)
    assert job_summary(many, 100) == ""


@settings(deadline=None, max_examples=60)
@given(reports())
def test_whatever_the_text_the_facts_come_back(made: Report) -> None:
    commands, others = read(render(made, Style()))
    counting = [each for each in by_urgency(made.findings) if each.counts]
    assert len(counting) <= MOST
    assert [(each.properties["title"], each.message) for each in commands] == [
        (each.rule, f"{each.message}\n{each.remediation}") for each in counting
    ]
    assert [each.properties.get("file") for each in commands] == [
        None if each.location is None else each.location.file for each in counting
    ]
    assert all(each.startswith("uts-policy: ") for each in others)
