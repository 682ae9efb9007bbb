"""The example agency, through the installed command: nothing in `clean`, exactly the list in `seeded`."""

import hashlib
import json
import os
import re
import subprocess
import sysconfig
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

COMMAND = Path(sysconfig.get_path("scripts")) / "uts-policy"
AS_OF = "2026-11-23"
ROW = re.compile(
    r"\| \d+ \| `(?P<file>[^`]+):(?P<line>\d+)` \| `(?P<text>.+?)` \| `(?P<entry>[^`]+)` \| `(?P<rule>[^`]+)` "
    r"\| (?:`(?P<key>[^`]+)`)? ?\| (?P<level>error|warning|note)(?P<waived>, waived)? \| (?P<why>.+) \|"
)


class Expected(NamedTuple):
    """One finding as the list and the report both state it; the identity covers rule, entry and key."""

    rule: str
    entry: str
    identity: str
    level: str
    place: str
    waived: bool


def identity(rule: str, entry: str, key: str) -> str:
    text = json.dumps([rule, entry, key], ensure_ascii=False, separators=(",", ":"))
    return f"1:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def run(root: Path, *arguments: str, **extra: str) -> tuple[int, Any]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("UTS_POLICY")} | extra
    result = subprocess.run(
        [COMMAND, *arguments], cwd=root, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert result.stdout, result.stderr
    return result.returncode, json.loads(result.stdout)


def check(root: Path, example: str, *, as_of: str = AS_OF, profile: str = "strict") -> tuple[int, Any]:
    return run(root, "check", f"examples/{example}", "--profile", profile, "--as-of", as_of, "--format", "json")


def listed(root: Path) -> list[re.Match[str]]:
    text = (root / "examples/seeded/EXPECTED.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if re.match(r"\| \d", line)]
    matches = [ROW.fullmatch(row) for row in rows]
    assert None not in matches, rows[matches.index(None)]
    return [match for match in matches if match is not None]


def found(report: Any) -> list[Expected]:
    return sorted(
        Expected(
            rule=each["rule"],
            entry=each["entry"],
            identity=each["id"],
            level=each["level"],
            place=f"{each['location']['file']}:{each['location']['line']}",
            waived=each["waiver"] is not None,
        )
        for each in report["findings"]
    )


def test_clean_has_no_finding_while_every_rule_is_assessed(root: Path) -> None:
    exit_code, report = check(root, "clean")
    _, catalogue = run(root, "rules", "--format", "json")

    assert (exit_code, report["verdict"]) == (0, "pass")
    assert [each for each in report["findings"] if each["waiver"] is None] == []
    assert [(each["rule"], each["entry"], each["waiver"]["id"]) for each in report["findings"]] == [
        ("staffing/acting-too-long", "roles/chief-facilities", "facilities-selection-board")
    ]
    assert report["not_assessed"] == []
    judged = [each["id"] for each in catalogue["rules"] if each["by"] == "rego"]
    assert report["evaluated"] == sorted([*judged, "waivers/unused"])


def test_clean_is_an_agency_of_realistic_size_with_no_section_left_out(root: Path) -> None:
    _, corpus = run(root, "corpus", "examples/clean", "--as-of", AS_OF)
    schema = json.loads((root / "schemas/declarations.schema.json").read_text(encoding="utf-8"))
    sizes = {section: len(corpus[section]) for section in schema["properties"] if not section.startswith("x-")}
    # `moved`: nothing was renamed yet.
    least = {
        "moved": 0,
        "units": 12,
        "roles": 40,
        "responsibilities": 60,
        "delegations": 6,
        "directives": 8,
        "obligations": 20,
    }

    assert [section for section, size in sizes.items() if size < least.get(section, 1)] == []
    assert max(len(unit["path"]) for unit in corpus["units"].values()) == 3


@pytest.mark.parametrize("profile", ["starter", "standard"])
def test_clean_has_no_finding_in_the_lower_profiles(root: Path, profile: str) -> None:
    exit_code, report = check(root, "clean", profile=profile)

    assert (exit_code, report["not_assessed"]) == (0, [])
    assert [each for each in report["findings"] if each["waiver"] is None] == []


@pytest.mark.parametrize("as_of", ["2026-12-15", "2027-03-01", "2027-07-01", "2027-11-20"])
def test_clean_stays_clean_for_a_year(root: Path, as_of: str) -> None:
    exit_code, report = check(root, "clean", as_of=as_of)

    assert exit_code == 0
    assert [(each["rule"], each["entry"]) for each in report["findings"] if each["waiver"] is None] == []


@pytest.mark.parametrize("as_of", ["2027-11-21", "2034-12-31"])
def test_only_what_the_readme_says_ages_before_2035(root: Path, as_of: str) -> None:
    _, report = check(root, "clean", as_of=as_of)

    assert sorted((each["rule"], each["entry"]) for each in report["findings"] if each["waiver"] is None) == [
        ("ownership/review-overdue", "assignments/suspend-exposed-operations/assistant-director-investigations/A"),
        ("ownership/review-overdue", "assignments/sweep-premises/chief-technical-countermeasures/A"),
        ("ownership/review-overdue", "assignments/sweep-premises/sac-delta/A"),
        ("staffing/acting-too-long", "roles/chief-facilities"),
        ("waivers/expired", "waivers/facilities-selection-board"),
    ]


def test_seeded_has_exactly_the_findings_of_its_list(root: Path) -> None:
    exit_code, report = check(root, "seeded")
    expected = sorted(
        Expected(
            rule=row["rule"],
            entry=row["entry"],
            identity=identity(row["rule"], row["entry"], row["key"] or ""),
            level=row["level"],
            place=f"examples/seeded/{row['file']}:{row['line']}",
            waived=row["waived"] is not None,
        )
        for row in listed(root)
    )

    assert exit_code == 1
    assert found(report) == expected
    assert report["not_assessed"] == []


@pytest.mark.opa
@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_opa_finds_what_the_embedded_engine_finds(root: Path, opa: str, example: str) -> None:
    arguments = ("check", f"examples/{example}", "--profile", "strict", "--as-of", AS_OF, "--format", "json")

    embedded_code, embedded = run(root, *arguments)
    both_code, both = run(root, *arguments, "--engine", "both", UTS_POLICY_OPA=opa)

    assert both_code == embedded_code
    assert both["evaluated"] == embedded["evaluated"]
    assert both["findings"] == embedded["findings"]


def test_the_list_quotes_the_lines_that_it_names(root: Path) -> None:
    rows = listed(root)
    quoted = [row["text"] for row in rows]
    written = [
        (root / "examples/seeded" / row["file"]).read_text(encoding="utf-8").splitlines()[int(row["line"]) - 1].strip()
        for row in rows
    ]

    assert quoted == written


def test_the_list_counts_what_it_lists(root: Path) -> None:
    text = (root / "examples/seeded/EXPECTED.md").read_text(encoding="utf-8")
    rows = listed(root)
    levels = Counter(row["level"] for row in rows if row["waived"] is None)
    waived = sum(row["waived"] is not None for row in rows)

    assert f"these {len(rows)} findings" in text
    assert f"{levels['error']} errors, {levels['warning']} warnings, {levels['note']} notes, and {waived} that" in text


def test_the_list_covers_every_category_of_the_catalogue(root: Path) -> None:
    _, catalogue = run(root, "rules", "--format", "json")
    judged = {each["id"].partition("/")[0] for each in catalogue["rules"] if each["by"] == "rego"}

    assert {row["rule"].partition("/")[0] for row in listed(root)} == judged


@pytest.mark.parametrize("example", ["clean", "seeded"])
def test_every_file_names_the_schema_for_editors(root: Path, example: str) -> None:
    schema = (root / "schemas/declarations.schema.json").resolve()
    files = sorted((root / "examples" / example).rglob("*.yaml"))
    named = {}
    for file in files:
        first = file.read_text(encoding="utf-8").partition("\n")[0]
        named[str(file)] = (file.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()

    assert named == {str(file): schema for file in files}
