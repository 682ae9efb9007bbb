"""The OSCAL files of a real bag: what they refer to is in the bag, and their totals are those of the other results."""

import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.acceptance.command import AS_OF, SOUND, declare, run

NEW = "  - {id: fourth, statement: Close the door, responsible: director}\n"
DUTIES = """\
  - {id: second, statement: Answer the telephone, responsible: director}
  - {id: third, statement: Open the door, responsible: director}
waivers:
  - id: until-june
    rule: ownership/unassigned
    subject: responsibilities/second
    reason: The post is advertised.
    approved_by: director
    approved_on: 2026-10-01
    expires: 2027-06
"""


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An unpacked bag: of files with names that a reference must encode or a bag cannot keep, one finding known."""
    folder = tmp_path_factory.mktemp("oscal")
    (folder / "uts-policy.yaml").write_text("profile: strict\nbaseline: known.yaml\n")
    people, _, rest = SOUND.partition("roles:")
    declare(folder, people, "ü 1 #2 %41.yaml")
    declare(folder, f"roles:{rest}{DUTIES}", "con.yaml")
    made = run("baseline", "create", "--as-of", AS_OF, "--reason", "as we began", cwd=folder)
    assert made.returncode == 0, made.stderr.decode()
    declare(folder, f"roles:{rest}{NEW}{DUTIES}", "con.yaml")
    done = run("evidence", "export", "--as-of", AS_OF, "--out", "bag.zip", cwd=folder)
    assert done.returncode in (0, 1), done.stderr.decode()
    with zipfile.ZipFile(folder / "bag.zip") as archive:
        archive.extractall(folder / "bag")
    [top] = (folder / "bag").iterdir()
    return top


def documents(bag: Path) -> dict[str, Any]:
    return {file.name: json.loads(file.read_bytes()) for file in (bag / "data" / "oscal").iterdir()}


def every(value: Any, key: str) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, each in value.items():
            if name == key:
                yield each
            yield from every(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from every(each, key)


def test_every_file_that_is_referred_to_is_in_the_bag(bag: Path) -> None:
    hrefs = {href for document in documents(bag).values() for href in every(document, "href") if href[0] != "#"}
    assert hrefs >= {"../results/findings.json", "assessment-plan.json", "system-security-plan.json", "catalog.json"}
    assert any(href.startswith("../inputs/") for href in hrefs)
    for href in hrefs:
        file = os.path.normpath(bag / "data" / "oscal" / unquote(href))
        assert Path(file).is_file(), href
        assert Path(file).is_relative_to(bag / "data")


def test_observations_of_findings_point_at_the_line_that_findings_json_names(bag: Path) -> None:
    findings = json.loads((bag / "data" / "results" / "findings.json").read_bytes())["findings"]
    [result] = documents(bag)["assessment-results.json"]["assessment-results"]["results"]
    told = {}
    for each in result["observations"]:
        props = {prop["name"]: prop["value"] for prop in each["props"]}
        if "finding" in props:
            told[props["finding"]] = (props["rule"], props["entry"], int(props["line"]))
            path = bag / "data" / "oscal" / unquote(each["relevant-evidence"][0]["href"])
            name = props["entry"].partition("/")[2]
            assert f"id: {name}" in path.read_text(encoding="utf-8").split("\n")[int(props["line"]) - 1]
    assert told == {each["id"]: (each["rule"], each["entry"], each["location"]["line"]) for each in findings}


def test_totals_are_those_of_the_other_results(bag: Path) -> None:
    report = json.loads((bag / "data" / "results" / "findings.json").read_bytes())
    population = json.loads((bag / "data" / "results" / "population.json").read_bytes())
    [result] = documents(bag)["assessment-results.json"]["assessment-results"]["results"]
    statuses = Counter(each["status"] for each in result["risks"])
    waived = report["counts"]["waived"]
    assert waived == 1
    assert report["counts"]["known"] > 0
    assert report["counts"]["error"] > 0
    assert statuses == {"deviation-approved": waived, "open": len(report["findings"]) - waived}
    items = documents(bag)["poam.json"]["plan-of-action-and-milestones"]["poam-items"]
    assert len(items) == statuses["open"]
    judged = {each["rule"] for each in population["rules"] if each["not_assessed"] is None}
    states = {
        prop["value"]: each["target"]["status"]["state"]
        for each in result["findings"]
        for prop in each["props"]
        if prop["name"] == "rule"
    }
    assert states.keys() == judged
    failing = {each["rule"] for each in report["findings"]}
    assert {rule for rule, state in states.items() if state == "not-satisfied"} == failing
