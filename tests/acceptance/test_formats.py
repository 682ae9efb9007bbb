"""One run, every format: the same facts for every reader."""

import csv
import io
import json
import re
from pathlib import Path

import junitparser
import pytest
from openpyxl import load_workbook

from tests.acceptance.command import AS_OF, BROKEN, FAULTY, declare, run
from uts_policy.render.interface import REPORT, formats

FORMATS = formats(REPORT)
WAIVED = """\
waivers:
  - {id: w, rule: ownership/unassigned, subject: responsibilities/lead, reason: The move., approved_by: director,
     approved_on: 2026-10-01, expires: 2027-01-31}
"""
BRIEF = ("text", "github", "gitlab")
"""The formats that count what was not assessed, and name the command that lists it; all others list it."""
NAMES = {None: "examples/seeded", BROKEN: "declarations/all.yaml"}
"""What the declarations are called by their paths."""


def to_files(folder: Path) -> list[str]:
    return [part for name in FORMATS for part in ("--format", f"{name}:{folder}/report.{name}")]


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


@pytest.mark.parametrize("text", [None, BROKEN])
def test_every_format_of_one_run_tells_the_same_findings(root: Path, tmp_path: Path, text: str | None) -> None:
    paths = [root / "examples" / "seeded"] if text is None else [declare(tmp_path, text)]
    result = run("check", *paths, "--as-of", AS_OF, "--profile", "strict", *to_files(tmp_path), cwd=tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (1, b"", b"")
    assert written(tmp_path) == sorted(f"report.{name}" for name in FORMATS)

    def read(name: str) -> str:
        return (tmp_path / f"report.{name}").read_bytes().decode()

    findings = json.loads(read("json"))["findings"]
    wanted = sorted((each["id"], each["rule"]) for each in findings)
    assert wanted
    for name in ("sarif", "sarif-upload"):
        results = [each for one in json.loads(read(name))["runs"] for each in one["results"]]
        prints = [(each["partialFingerprints"]["utsPolicyIdentity/v1"], each["ruleId"]) for each in results]
        found = sorted((print_.removesuffix(f":{NAMES[text]}"), rule) for print_, rule in prints)
        waived = {each["id"] for each in findings if each["waiver"]} if name == "sarif-upload" else set()
        assert found == [each for each in wanted if each[0] not in waived]
    items = json.loads(read("gitlab"))
    items = [each | {"fingerprint": each["fingerprint"].removesuffix(f":{NAMES[text]}")} for each in items]
    assert sorted((each["fingerprint"], each["check_name"]) for each in items[:-1]) == wanted
    rows = csv.DictReader(io.StringIO(read("csv"), newline=""))
    assert sorted((each["id"], each["rule"]) for each in rows if each["kind"] == "finding") == wanted
    cases = [case for suite in junitparser.JUnitXml.fromfile(tmp_path / "report.junit") for case in suite]
    told = [
        case.name for case in cases if case.system_out or isinstance(next(iter(case.result), None), junitparser.Failure)
    ]
    assert set(told) == {rule for _, rule in wanted}
    anchors = re.findall(r'data-rule="([^"]*)"|<li class="f [^>]* id="f-([^"]*)"', read("html"))
    assert sorted(f"1:{anchor}" for _, anchor in anchors if anchor) == sorted(identity for identity, _ in wanted)
    assert {rule for rule, _ in anchors if rule} == {rule for _, rule in wanted}
    for name in ("text", "markdown"):
        assert all(rule in read(name) for _, rule in wanted)
    assert "::error file=" in read("github")


def words(output: bytes, name: str) -> str:
    """What an output says: of a workbook, its cells."""
    if name != "xlsx":
        return output.decode()
    sheets = load_workbook(io.BytesIO(output))
    return "\n".join(str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_verdict_date_and_what_was_not_assessed(tmp_path: Path, name: str) -> None:
    declare(tmp_path)
    result = run("check", "--as-of", AS_OF, "--format", name, cwd=tmp_path)
    said = words(result.stdout, name)
    assert (result.returncode, result.stderr) == (0, b"")
    assert AS_OF in said
    assert "pass" in said or name == "text"
    if name in BRIEF:
        assert "Assessed 37 of 69 rules. `uts-policy coverage` shows more." in said
    else:
        assert "training" in said
        assert "none declared" in said


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "sarif-upload"])
def test_every_format_shows_what_is_waived_and_until_when(tmp_path: Path, name: str) -> None:
    declare(tmp_path, FAULTY + WAIVED)
    result = run("check", "--as-of", AS_OF, "--format", name, "--no-rule", "waivers/*", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")
    said = words(result.stdout, name)
    assert "2027-01-31" in said
    assert "waived" in said or name == "sarif"
    upload = json.loads(run("check", "--as-of", AS_OF, "--format", "sarif-upload", cwd=tmp_path).stdout)
    assert "ownership/unassigned" not in [each["ruleId"] for each in upload["runs"][1]["results"]]


@pytest.mark.parametrize("name", FORMATS)
def test_two_runs_give_the_same_bytes(root: Path, name: str) -> None:
    arguments = ["check", "examples/seeded", "--as-of", AS_OF, "--format", name]
    assert len({run(*arguments, cwd=root, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")}) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_where_one_of_many_outputs_cannot_be_written_none_is_and_json_aside_none_stays(tmp_path: Path) -> None:
    declare(tmp_path)
    assert run("check", *to_files(tmp_path), cwd=tmp_path).returncode == 0
    (tmp_path / "report.csv").unlink()
    full = ["csv:/dev/full" if part.startswith("csv:") else part for part in to_files(tmp_path)]
    result = run("check", *full, cwd=tmp_path)
    assert (result.returncode, written(tmp_path)) == (3, ["report.json"])
    assert json.loads((tmp_path / "report.json").read_text())["verdict"] == "none"


def test_annotations_bring_the_whole_report_to_the_job_summary(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    result = run("check", "--format", "github", cwd=tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert (result.returncode, result.stdout[:8], result.stderr) == (1, b"::error ", b"")
    said = summary.read_text(encoding="utf-8")
    assert said.startswith("before\n## uts-policy: fail\n")
    assert "| error | ownership/unassigned |" in said


def test_other_formats_leave_the_job_summary_alone(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    summary = tmp_path / "summary.md"
    run("check", "--format", "sarif", cwd=tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert not summary.exists()


def test_a_job_summary_that_is_full_stays_below_its_limit_and_the_check_keeps_its_verdict(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    summary = tmp_path / "summary.md"
    summary.write_bytes(b"x" * (1024 * 1024 - 1000))
    result = run("check", "--format", "github", cwd=tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert (result.returncode, summary.stat().st_size) == (1, 1024 * 1024 - 1000)
    assert b"is full; nothing was added." in result.stderr


def test_a_job_summary_that_cannot_be_written_leaves_no_output(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run(
        "check",
        "--format",
        "github:notes.txt",
        cwd=tmp_path,
        GITHUB_STEP_SUMMARY=str(tmp_path / "no" / "such" / "file"),
    )
    assert (result.returncode, written(tmp_path)) == (3, [])
    assert b"cannot write" in result.stderr


def test_without_a_verdict_nothing_is_added_to_the_job_summary(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    result = run("check", "--format", "github", cwd=tmp_path, GITHUB_STEP_SUMMARY=str(summary))
    assert (result.returncode, result.stdout, summary.exists()) == (3, b"", False)


def prints(folder: Path, *options: str) -> tuple[set[str], set[str], str]:
    """The automation ids, and all fingerprints of SARIF and GitLab, of one check; and the name in JSON."""
    named = [part for name in ("sarif", "gitlab", "json") for part in ("--format", f"{name}:{folder}/report.{name}")]
    assert run("check", *options, "--as-of", AS_OF, *named, cwd=folder).returncode in {0, 1}
    sarif, gitlab, report = (
        json.loads((folder / f"report.{name}").read_text()) for name in ("sarif", "gitlab", "json")
    )
    results = [each for one in sarif["runs"] for each in one["results"]]
    found = {each["partialFingerprints"]["utsPolicyIdentity/v1"] for each in results}
    return (
        {one["automationDetails"]["id"] for one in sarif["runs"]},
        found | {each["fingerprint"] for each in gitlab},
        report["name"],
    )


def test_two_sets_of_declarations_in_one_repository_share_no_id(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("north", "south"):
        (tmp_path / name / "declarations").mkdir(parents=True)
        (tmp_path / name / "declarations" / "a.yaml").write_text(FAULTY)
    one, other = prints(tmp_path, "north"), prints(tmp_path, "south")
    assert (one[2], other[2]) == ("north", "south")
    assert one[0] == {"uts-policy/declarations/north/", "uts-policy/rules/north/"}
    assert one[0].isdisjoint(other[0])
    assert one[1].isdisjoint(other[1])
    named = prints(tmp_path, "north", "--name", "The north")
    assert named[2] == "The north"
    assert named[0].isdisjoint(one[0])
    inside = prints(tmp_path / "north")
    assert inside[2] == "north/declarations"
    assert inside[0].isdisjoint(prints(tmp_path / "south")[0])


def test_the_one_set_at_the_top_has_the_ids_of_always(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    ids, found, name = prints(tmp_path)
    assert (ids, name) == ({"uts-policy/declarations/", "uts-policy/rules/"}, "")
    assert all(re.fullmatch(r"1:[0-9a-f]{32}", each) for each in found)


def test_a_name_by_paths_holds_nothing_of_the_machine(tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "a.yaml").write_text(FAULTY)
    (tmp_path / "here").mkdir()
    assert prints(tmp_path / "here", str(folder))[2] == "elsewhere"
    many = [f"{tmp_path}/part-{number:02}-of-many.yaml" for number in range(20)]
    for file in many:
        Path(file).write_text("x-own: 1\n")
    long = prints(tmp_path, str(folder), *many)[2]
    assert len(long) <= 100
    assert long.startswith("elsewhere+part-00-of-many.yaml+")
