"""OSCAL files of real checks: every total is that of the report, every reference leads somewhere."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import pytest

from tests.acceptance.command import BROKEN, SOUND
from tests.conftest import ROOT
from tests.unit.evidence.judged import DAY, counted, judged
from uts_policy.evidence.oscal import oscal_files
from uts_policy.evidence.population import populations
from uts_policy.model.answers import ScorecardStanding

TOKEN = re.compile(r"[^\W\d][\w.-]*")
UUID_LIKE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
REFERENCES = ("subject-uuid", "actor-uuid", "component-uuid", "observation-uuid", "risk-uuid", "party-uuid")
TOKENS = ("id", "control-id", "objective-id", "target-id", "state", "reason", "rel")
TIMES = ("start", "end", "collected", "deadline", "last-modified")
SINGLE_LINES = ("title", "value", "name", "text")
WAIVER = """
waivers:
  - id: until-june
    rule: ownership/unassigned
    subject: responsibilities/second
    reason: The *post* is <advertised>.
    approved_by: director
    approved_on: 2026-10-01
    expires: 2027-06
"""
DUTIES = """\
  - {id: second, statement: Answer the telephone, responsible: director}
  - {id: third, statement: Open the door, responsible: director}
"""
CASES = ("clean", "seeded", "waived", "only waived", "sound", "invalid", "names")


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    texts = {
        "waived": {"all.yaml": SOUND + DUTIES + WAIVER},
        "only waived": {"all.yaml": SOUND + DUTIES.splitlines()[0] + WAIVER},
        "sound": {"all.yaml": SOUND},
        "invalid": {"all.yaml": BROKEN},
        "names": {"ü [1] #2?.yaml": SOUND + DUTIES},
    }
    found = {name: ROOT / "examples" / name for name in ("clean", "seeded")}
    for name, files in texts.items():
        found[name] = tmp_path_factory.mktemp("oscal") / "declarations"
        found[name].mkdir()
        for file, text in files.items():
            (found[name] / file).write_text(text, encoding="utf-8")
    return found


class Case:
    """One check and its documents."""

    def __init__(self, folder: Path) -> None:
        self.report, self.scorecard = judged(folder)
        self.populations = populations(self.report)
        self.bytes = oscal_files(self.report, self.populations, self.scorecard)
        self.files = {name.removeprefix("oscal/"): json.loads(data) for name, data in self.bytes.items()}
        self.result = self.files["assessment-results.json"]["assessment-results"]["results"][0]


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest, folders: Mapping[str, Path]) -> Case:
    return Case(folders[request.param])


@pytest.fixture
def waived(folders: Mapping[str, Path]) -> Case:
    return Case(folders["waived"])


def every(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key with its value, at every depth."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key, each
            yield from every(each)
    elif isinstance(value, list):
        for each in value:
            yield from every(each)


def props(part: Mapping[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in part["props"]}


def by(kind: str, parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {props(part)[kind]: part for part in parts if kind in props(part)}


def observed(case: Case, kind: str) -> dict[str, dict[str, Any]]:
    """Observations about rules, findings or questions, by what they are about."""
    parts = [each for each in case.result["observations"] if "finding" in props(each) or kind != "finding"]
    return by(kind, [each for each in parts if kind == "finding" or "finding" not in props(each)])


def test_no_file_holds_two_things_of_one_uuid_and_each_is_of_version_5(case: Case) -> None:
    for name, document in case.files.items():
        uuids = [each for key, each in every(document) if key == "uuid"]
        assert Counter(uuids).most_common(1)[0][1] == 1, name
        assert {UUID(each).version for each in uuids} == {5}, name


def test_every_uuid_that_is_referred_to_is_in_the_same_file_or_in_one_that_it_imports(case: Case) -> None:
    imports = {
        "assessment-results.json": ("assessment-plan.json",),
        "assessment-plan.json": ("system-security-plan.json",),
    }
    imports |= {"poam.json": ("system-security-plan.json",)}
    there = {name: {each for key, each in every(document) if key == "uuid"} for name, document in case.files.items()}
    for name, document in case.files.items():
        reachable, wanted = set(there[name]), list(imports.get(name, ()))
        while wanted:
            other = wanted.pop()
            reachable |= there[other]
            wanted += imports.get(other, ())
        missing = {each for key, each in every(document) if key in REFERENCES} - reachable
        assert missing == set(), name


def test_every_reference_is_relative_and_leads_to_a_file_of_the_bag_or_an_id_of_the_same_file(case: Case) -> None:
    bag = {f"inputs/{path}" for path in case.report.sources} | {"results/findings.json"}
    for name, document in case.files.items():
        ids = {each for key, each in every(document) if key == "id"}
        for href in (each for key, each in every(document) if key == "href"):
            if href.startswith("#"):
                assert href[1:] in ids, (name, href)
            elif href.startswith("../"):
                assert unquote(href.removeprefix("../")) in bag, (name, href)
            else:
                assert href in case.files, (name, href)


def test_every_control_and_objective_that_is_referred_to_is_in_the_catalog(case: Case) -> None:
    ids = [each for key, each in every(case.files["catalog.json"]) if key == "id"]
    assert len(ids) == len(set(ids))
    named = {
        each
        for document in case.files.values()
        for key, each in every(document)
        if key in ("control-id", "objective-id", "target-id")
    }
    assert named <= set(ids)


def test_tokens_times_and_single_lines_have_the_form_that_oscal_asks_for(case: Case) -> None:
    for document in case.files.values():
        for key, each in every(document):
            if key in TOKENS and not (key == "id" and UUID_LIKE.fullmatch(each)):
                assert TOKEN.fullmatch(each), (key, each)
            if key in TIMES:
                assert TIME.fullmatch(each), (key, each)
            if key in SINGLE_LINES:
                assert each == " ".join(each.split()) != "", (key, each)
            assert each not in ("", [], {}, None) or key == "include-all", key


def test_all_times_are_those_of_the_declarations_or_of_the_day(waived: Case) -> None:
    times = {each for document in waived.files.values() for key, each in every(document) if key in TIMES}
    assert times == {f"{DAY}T00:00:00Z", "2026-10-01T00:00:00Z", "2027-06-30T23:59:59Z"}


def test_the_same_check_gives_the_same_bytes(case: Case) -> None:
    assert oscal_files(case.report, case.populations, case.scorecard) == case.bytes


def test_there_is_an_observation_for_each_rule_finding_and_question_and_no_other(case: Case) -> None:
    assert observed(case, "rule").keys() == {rule.id for rule in case.report.rules}
    assert observed(case, "finding").keys() == {finding.identity for finding in case.report.findings}
    assert observed(case, "question").keys() == {"plan", "authority", "incidents", "training"}
    expected = len(case.report.rules) + len(case.report.findings) + 4
    assert len(case.result["observations"]) == expected


def test_the_populations_are_those_that_counting_entry_by_entry_gives(case: Case) -> None:
    assessed = {each.rule: each for each in counted(case.report) if each.not_assessed is None}
    assert assessed == {each.rule: each for each in case.populations if each.rule in assessed}
    others = {each.rule for each in case.populations if each.rule not in assessed and each.not_assessed is None}
    assert {rule for rule in others if not rule.startswith(("yaml/", "schema/"))} == set()


def test_the_counts_of_a_rule_are_those_of_its_population(case: Case) -> None:
    there = observed(case, "rule")
    failing = {finding.rule for finding in case.report.findings}
    for each in case.populations:
        stated = props(there[each.rule])
        if each.not_assessed is None:
            counts = {name: str(getattr(each, name)) for name in ("entries", "passed", "failed", "waived")}
            assert stated["assessed"] == "yes"
            assert {name: stated[name] for name in counts} == counts
            assert there[each.rule]["methods"] == ["TEST"]
        elif each.rule not in failing:
            assert (stated["assessed"], stated["reason"]) == ("no", each.not_assessed)
            assert "passed" not in stated
            assert there[each.rule]["methods"] == ["UNKNOWN"]


def test_what_was_not_assessed_is_neither_satisfied_nor_reviewed(case: Case) -> None:
    failing = {finding.rule for finding in case.report.findings}
    silent = {each.rule for each in case.populations if each.not_assessed is not None} - failing
    told = {each["target"]["target-id"] for each in case.result["findings"]}
    reviewed = {each for key, each in every(case.result["reviewed-controls"]) if key == "objective-id"}
    tokens = {f"rule-{rule.replace('/', '.')}" for rule in silent}
    tokens |= {
        f"objective-{t.question.id}" for t in case.scorecard.tiles if t.standing is ScorecardStanding.NOT_ASSESSED
    }
    assert tokens & (told | reviewed) == set()
    assert told == reviewed


def test_a_rule_is_satisfied_only_where_it_found_nothing(case: Case) -> None:
    found: dict[str, set[bool]] = {}
    for finding in case.report.findings:
        found.setdefault(finding.rule, set()).add(finding.waiver is not None)
    for rule, part in by("rule", case.result["findings"]).items():
        status = part["target"]["status"]
        expected = {
            frozenset(): ("satisfied", "pass"),
            frozenset({True}): ("not-satisfied", "other"),
        }.get(frozenset(found.get(rule, ())), ("not-satisfied", "fail"))
        assert (status["state"], status["reason"]) == expected, rule


def test_a_question_is_satisfied_only_where_the_scorecard_says_that_it_is_met(case: Case) -> None:
    told = by("question", case.result["findings"])
    for tile in case.scorecard.tiles:
        if tile.standing is ScorecardStanding.NOT_ASSESSED:
            assert tile.question.id not in told
            continue
        satisfied = told[tile.question.id]["target"]["status"]["state"] == "satisfied"
        assert satisfied == (tile.standing is ScorecardStanding.MET and not tile.waived)


def test_each_finding_is_one_risk_open_or_with_an_approved_deviation(case: Case) -> None:
    statuses = {props(risk)["finding"]: (risk["status"], risk.get("deadline")) for risk in case.result.get("risks", ())}
    assert statuses == {
        finding.identity: ("open", None)
        if finding.waiver is None
        else ("deviation-approved", f"{finding.waiver.expires}T23:59:59Z")
        for finding in case.report.findings
    }


def test_totals_are_those_of_the_report(case: Case) -> None:
    stated, counts = props(case.result), case.report.counts
    names = {"error": "errors", "warning": "warnings", "note": "notes", "known": "known", "waived": "waived"}
    assert {short: int(stated[long]) for short, long in names.items()} == {
        short: getattr(counts, short) for short in names
    }
    assert int(stated["findings"]) == sum(int(stated[each]) for each in names.values())
    by_rule = {rule: int(props(part).get("findings", 0)) for rule, part in observed(case, "rule").items()}
    assert +Counter(by_rule) == Counter(finding.rule for finding in case.report.findings)
    risks = Counter(risk["status"] for risk in case.result.get("risks", ()))
    assert risks["deviation-approved"] == counts.waived
    assert risks["open"] == len(case.report.findings) - counts.waived


def test_the_plan_of_action_has_an_item_for_each_finding_that_is_open_and_is_left_out_where_none_is(case: Case) -> None:
    open_ = [finding.identity for finding in case.report.findings if finding.waiver is None]
    if not open_:
        assert "poam.json" not in case.files
        return
    poam = case.files["poam.json"]["plan-of-action-and-milestones"]
    assert [props(each)["finding"] for each in poam["poam-items"]] == open_
    assert [each for each in case.result["observations"] if props(each).get("finding") in open_] == poam["observations"]
    assert [each for each in case.result["risks"] if props(each)["finding"] in open_] == poam["risks"]


def test_a_waiver_is_told_with_approver_day_and_reason_and_its_text_is_no_markup(waived: Case) -> None:
    risk = next(each for each in waived.result["risks"] if each["status"] == "deviation-approved")
    entry = risk["risk-log"]["entries"][0]
    party = waived.files["assessment-results.json"]["assessment-results"]["metadata"]["parties"][0]
    assert props(risk)["approved-by"] == "director"
    assert entry["logged-by"] == [{"party-uuid": party["uuid"]}]
    assert (party["name"], party["short-name"]) == ("Director", "director")
    assert entry["start"] == "2026-10-01T00:00:00Z"
    assert entry["description"] == r"Approved by director until 2027-06-30: The \*post\* is \<advertised>."


def test_a_risk_keeps_its_uuid_on_another_day_and_another_organisation_does_not_share_it(
    folders: Mapping[str, Path], tmp_path: Path
) -> None:
    one = Case(folders["waived"])
    later = {}
    for name, text in {"later": SOUND + DUTIES, "other": (SOUND + DUTIES).replace("agency", "bureau")}.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "all.yaml").write_text(text)
        later[name] = Case(folder)
    third = "ownership/unassigned: responsibilities/third"

    def risk(case: Case) -> str:
        return next(each["uuid"] for each in case.result["risks"] if each["title"] == third)

    assert risk(one) == risk(later["later"]) != risk(later["other"])


def test_a_file_under_another_name_in_the_bag_is_referred_to_by_that(folders: Mapping[str, Path]) -> None:
    report, scorecard = judged(folders["waived"])
    [path] = report.sources
    files = oscal_files(report, populations(report), scorecard, {path: "outside/1.yaml"})
    hrefs = {each for key, each in every(json.loads(files["oscal/poam.json"])) if key == "href"}
    assert hrefs == {"../inputs/outside/1.yaml", "system-security-plan.json"}
