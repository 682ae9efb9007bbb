"""The two samples of every rule, on both engines: `fails.yaml` has its one finding where a comment says so.

A sample is small enough to be read on the rule's page, and has nothing else wrong with it. Where something else cannot
be helped, comments at its head say so, in these words: "… which RULE tells." for another finding, "The waiver hides a
finding of RULE, …" for a waived one.
"""

import re
from pathlib import Path

import pytest

from tests.contract.servers import real_opa, write_rules
from tests.generate import verdicts
from tests.generate.verdicts import Case, found
from uts_policy.model.report import Report
from uts_policy.model.rule import Profile, Rule

SAMPLES = Path(__file__).resolve().parents[2] / "examples" / "rules"
NAMES = ("fails", "passes")
COMMENT = re.compile(r"(^|\s)# ")
TELLS = re.compile(r"which ([a-z-]+/[a-z-]+) tells")
HIDES = re.compile(r"hides a finding of ([a-z-]+/[a-z-]+),")


def judged() -> list[Rule]:
    """The rules that look at an organisation: those in Rego, and the one that the host decides."""
    return [rule for rule in verdicts.policies().catalogue if rule.by == "rego" or rule.id == "waivers/unused"]


def sample(rule: str, name: str) -> Path:
    return SAMPLES / rule / f"{name}.yaml"


def case(rule: Rule, name: str) -> Case:
    """Profile standard, or strict for a rule that only strict has."""
    file = sample(rule.id, name)
    text = file.read_text(encoding="utf-8")
    return Case(files={file.name: text}, profile=max(rule.profile, Profile.STANDARD, key=lambda each: each.rank))


def head(rule: str, name: str) -> str:
    """The comment before the first declaration, as one line."""
    lines = sample(rule, name).read_text(encoding="utf-8").splitlines()
    comments = lines[: next(number for number, line in enumerate(lines) if not line.startswith("#"))]
    return " ".join(line.removeprefix("#").strip() for line in comments)


def commented(rule: str) -> list[int]:
    """The lines of the failing sample with a comment, its head left out."""
    text = sample(rule, "fails").read_text(encoding="utf-8")
    return [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if COMMENT.search(line) and not line.startswith("#")
    ]


@pytest.fixture(scope="module")
def embedded() -> dict[tuple[str, str], Report]:
    wanted = [(rule, name) for rule in judged() for name in NAMES]
    reports = verdicts.embedded(case(rule, name) for rule, name in wanted)
    return {(rule.id, name): report for (rule, name), report in zip(wanted, reports, strict=True)}


def test_every_rule_has_both_samples_and_every_sample_a_rule():
    wanted = {f"{rule.id}/{name}.yaml" for rule in judged() for name in NAMES}

    assert {file.relative_to(SAMPLES).as_posix() for file in SAMPLES.rglob("*.*")} == wanted


def test_a_failing_sample_has_one_finding_of_its_rule_beside_what_its_head_says(embedded):
    wrong = {}
    for rule in judged():
        others = sorted([rule.id, *TELLS.findall(head(rule.id, "fails"))])
        spoken = [each[0] for each in found(embedded[rule.id, "fails"])]
        if spoken != others:
            wrong[rule.id] = spoken

    assert wrong == {}


def test_a_passing_sample_has_no_finding_beside_what_its_head_says(embedded):
    spoken = {rule.id: [each[0] for each in found(embedded[rule.id, "passes"])] for rule in judged()}

    assert spoken == {rule.id: TELLS.findall(head(rule.id, "passes")) for rule in judged()}


def test_what_is_waived_in_a_sample_is_what_its_head_says(embedded):
    waived = {
        key: [each.rule for each in report.findings if each.waiver is not None] for key, report in embedded.items()
    }

    assert waived == {(rule, name): HIDES.findall(head(rule, name)) for rule, name in embedded}


def test_a_sample_is_assessed_by_its_rule(embedded):
    assert [key for key, report in embedded.items() if key[0] not in report.evaluated] == []


def test_a_comment_stands_inside_what_the_finding_points_at(embedded):
    away = {}
    for rule in judged():
        places = [each.location for each in embedded[rule.id, "fails"].findings if each.rule == rule.id]
        spans = [place.span for place in places if place is not None]
        if not any(span.line <= line <= span.end_line for span in spans for line in commented(rule.id)):
            away[rule.id] = (commented(rule.id), spans)

    assert away == {}


def test_the_samples_of_a_rule_differ_in_few_lines():
    apart = {}
    for rule in judged():
        fails, passes = (
            [COMMENT.split(line)[0].rstrip() for line in sample(rule.id, name).read_text("utf-8").splitlines()]
            for name in NAMES
        )
        lines = [line for line in fails if line not in passes] + [line for line in passes if line not in fails]
        if len(lines) > 7:
            apart[rule.id] = lines

    assert apart == {}


@pytest.mark.opa
def test_opa_says_the_same_of_every_sample(embedded, opa, tmp_path):
    wanted = [(rule, name) for rule in judged() for name in NAMES]
    with real_opa(opa, write_rules(tmp_path, verdicts.policies().rule_set)) as server:
        reports = verdicts.opa([case(rule, name) for rule, name in wanted], server.url)

    asked = {(rule.id, name): report.findings for (rule, name), report in zip(wanted, reports, strict=True)}
    assert asked == {key: report.findings for key, report in embedded.items()}
