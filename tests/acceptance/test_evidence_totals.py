"""The totals of a bag add up across every format that it holds."""

import hashlib
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from tests.acceptance.bag import export, unpack
from tests.acceptance.command import AS_OF, BROKEN, FAULTY, declare, run
from tests.conftest import ROOT

WAIVED = f"""{FAULTY}waivers:
  - id: known
    rule: ownership/unassigned
    subject: responsibilities/lead
    reason: Decided next month
    approved_by: director
    approved_on: 2026-11-01
    expires: 2026-12-31
"""
LINE = re.compile(r"^(\S.*?:\d+:\d+: )?(known )?(error|warning|note): ", re.MULTILINE)


def example(name: str) -> Callable[[Path], list[str]]:
    def made(folder: Path) -> list[str]:
        shutil.copytree(ROOT / "examples" / name, folder / "declarations")
        return []

    return made


def written(text: str) -> Callable[[Path], list[str]]:
    def made(folder: Path) -> list[str]:
        declare(folder, text)
        return []

    return made


def with_a_baseline(folder: Path) -> list[str]:
    example("seeded")(folder)
    made = run("baseline", "create", "--reason", "Before", "--as-of", AS_OF, "--rule", "staffing/*", cwd=folder)
    assert made.returncode == 0, made.stderr
    return ["--baseline", "uts-policy-baseline.yaml"]


CASES = {
    "clean": example("clean"),
    "seeded": example("seeded"),
    "waived": written(WAIVED),
    "invalid": written(BROKEN),
    "known": with_a_baseline,
}


@pytest.fixture(scope="module", params=CASES)
def bag(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp(request.param)
    done = export(folder, *CASES[request.param](folder))
    assert done.returncode in (0, 1), done.stderr
    return unpack(folder / "bag.zip", folder / "unpacked") / "data"


def loaded(bag: Path, name: str) -> Any:
    return json.loads((bag / "results" / name).read_bytes())


def decisions(bag: Path, kind: str) -> list[dict[str, Any]]:
    lines = (bag / "results" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    return [each for each in map(json.loads, lines) if each["kind"] == kind]


def state(finding: dict[str, Any]) -> str:
    return "waived" if finding["waiver"] else "known" if finding["status"] == "known" else "open"


def test_each_case_has_what_it_is_for(bag: Path) -> None:
    totals = loaded(bag, "population.json")["totals"]["findings"]
    held = {
        "clean": totals["open"] == 0,
        "seeded": totals["open"] > 50,
        "waived": totals["waived"] == 1,
        "invalid": loaded(bag, "findings.json")["evaluated"] == [],
        "known": totals["known"] > 3,
    }
    assert held[bag.parents[2].name.rstrip("0123456789")]


def test_every_finding_has_its_line_among_the_decisions(bag: Path) -> None:
    native = [(each["id"], each["rule"], state(each)) for each in loaded(bag, "findings.json")["findings"]]
    assert [(each["id"], each["rule"], each["decision"]) for each in decisions(bag, "finding")] == native


def test_every_rule_has_its_population_and_its_line(bag: Path) -> None:
    found = Counter(each["rule"] for each in loaded(bag, "findings.json")["findings"])
    rules = loaded(bag, "population.json")["rules"]
    assert [each["rule"] for each in rules] == [each["rule"] for each in decisions(bag, "rule")]
    for each, line in zip(rules, decisions(bag, "rule"), strict=True):
        judged = each["passed"] + each["failed"] + each["waived"]
        assert judged + each["not_judged"] == each["entries"] == line["entries"]
        assert each["findings"]["total"] == line["findings"] == found[each["rule"]]
        assert each["not_assessed"] == line["reason"]
        assert (line["decision"] == "not assessed") == (each["not_assessed"] is not None)
        assert each["not_assessed"] is None or judged == 0


def test_entries_and_findings_of_a_rule_fit_each_other(bag: Path) -> None:
    native = loaded(bag, "findings.json")["findings"]
    for each in loaded(bag, "population.json")["rules"]:
        inside = {
            finding["entry"]
            for finding in native
            if finding["rule"] == each["rule"]
            and (each["subjects"] == ["*"] or finding["entry"].partition("/")[0] in each["subjects"])
        }
        assert each["failed"] + each["waived"] <= len(inside)
        assert each["failed"] + each["waived"] == len(inside) or each["findings"]["outside"] > 0


def test_the_totals_are_those_of_the_report(bag: Path) -> None:
    native, population = loaded(bag, "findings.json"), loaded(bag, "population.json")
    states = Counter(state(each) for each in native["findings"])
    counts = native["counts"]
    assert population["totals"]["findings"] == {
        "total": len(native["findings"]),
        "open": counts["error"] + counts["warning"] + counts["note"],
        "waived": counts["waived"],
        "known": counts["known"],
    }
    assert population["totals"]["findings"] == {
        "total": states.total(),
        **{each: states[each] for each in ("open", "waived", "known")},
    }
    rules = population["rules"]
    for word in ("total", "open", "waived", "known"):
        assert population["totals"]["findings"][word] == sum(each["findings"][word] for each in rules)
    assert population["totals"]["rules"] == len(rules)
    assert population["totals"]["assessed"] == sum(each["not_assessed"] is None for each in rules)
    files = population["files"]
    assert (
        files["checked"]
        == len(native["files"])
        == len([path for path in (bag / "inputs").rglob("*") if path.is_file()])
    )
    assert files["found"] == files["checked"] + len(files["unread"]) + len(files["ignored"])


def test_what_the_report_calls_not_assessed_passes_nowhere(bag: Path) -> None:
    native = loaded(bag, "findings.json")
    told = {each["rule"] for each in native["not_assessed"]}
    rules = loaded(bag, "population.json")["rules"]
    assert told <= {each["rule"] for each in rules if each["not_assessed"]}
    assert {each["rule"] for each in rules if each["passed"]}.isdisjoint(told)


def test_what_could_not_be_judged_is_counted_as_in_the_report(bag: Path) -> None:
    native = loaded(bag, "findings.json")
    told = {rule: len(entries) for rule, entries in native.get("not_judged", {}).items()}
    rules = loaded(bag, "population.json")["rules"]
    assert {each["rule"]: each["not_judged"] for each in rules if each["not_judged"]} == told


def test_sarif_has_the_same_findings(bag: Path) -> None:
    native = Counter((each["id"], each["rule"]) for each in loaded(bag, "findings.json")["findings"])
    results = [result for each in loaded(bag, "results.sarif")["runs"] for result in each["results"]]
    assert Counter((each["partialFingerprints"]["utsPolicyIdentity/v1"], each["ruleId"]) for each in results) == native
    waived = {each["id"] for each in loaded(bag, "findings.json")["findings"] if each["waiver"]}
    assert {each["partialFingerprints"]["utsPolicyIdentity/v1"] for each in results if each["suppressions"]} == waived


def test_junit_lists_the_same_findings_rule_by_rule(bag: Path) -> None:
    native = Counter(each["rule"] for each in loaded(bag, "findings.json")["findings"])
    top = ET.parse(bag / "results" / "junit.xml").getroot()  # noqa: S314 - our own
    listed = {
        case.attrib["name"]: len(LINE.findall("".join(text for part in case for text in part.itertext())))
        for case in top.iter("testcase")
    }
    assert {rule: count for rule, count in listed.items() if count} == dict(native)
    failing = {each["rule"] for each in decisions(bag, "finding") if each["fails"]}
    assert {case.attrib["name"] for case in top.iter("testcase") if case.find("failure") is not None} == failing


def test_the_workbook_and_the_page_show_the_digests_of_the_bag(bag: Path) -> None:
    manifest = (bag.parent / "manifest-sha256.txt").read_bytes().splitlines(keepends=True)
    page = (bag / "report" / "index.html").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(bag / "report" / "report.xlsx", read_only=True)
    facts = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows() if len(row) > 1}
    for folder in ("inputs", "policies", "results"):
        lines = b"".join(line for line in manifest if f"  data/{folder}/".encode() in line)
        digest = hashlib.sha256(lines).hexdigest()
        assert digest in page
        assert facts[f"digest of data/{folder}/"] == digest
