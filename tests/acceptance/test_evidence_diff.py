"""Two bags: what became of findings and owners, and what they were made with."""

import json
from pathlib import Path
from typing import Any

from tests.acceptance.command import AS_OF, BROKEN, SOUND, declare, run
from uts_policy.schema.faults import faults

DUTY = "  - {id: second, statement: Answer the telephone, responsible: director}\n"
WAIVER = """\
waivers:
  - id: until-june
    rule: ownership/unassigned
    subject: responsibilities/second
    reason: The post is advertised.
    approved_by: director
    approved_on: 2026-10-01
    expires: 2027-06-30
"""
DEPUTY = "  - {id: deputy, title: Deputy, unit: agency, holders: [{person: p-1}]}\n"
WITH_DEPUTY = SOUND.replace("responsibilities:\n", f"{DEPUTY}responsibilities:\n")


def export(folder: Path, name: str, text: str, *options: object) -> Path:
    declare(folder, text)
    bag = folder / f"{name}.zip"
    given = ("--as-of", AS_OF) if "--as-of" not in options else ()
    done = run("evidence", "export", *given, "--out", bag, *options, cwd=folder)
    assert done.returncode in (0, 1), done.stderr.decode()
    return bag


def diff(before: Path, after: Path) -> dict[str, Any]:
    done = run("evidence", "diff", before, after, "--format", "json", cwd=before.parent)
    assert done.returncode == 0, done.stderr.decode()
    data = json.loads(done.stdout)
    assert faults("evidence-difference", data) == ()
    return data


def told(change: dict[str, Any]) -> dict[str, list[str]]:
    """The findings of each list, by rule and entry."""
    return {
        name: [f"{each['rule']} {each['entry']}" for each in findings]
        for name, findings in change["findings"].items()
        if name != "same" and findings
    }


def what(change: dict[str, Any]) -> list[str]:
    return [each["what"] for each in change["circumstances"]]


def test_a_bag_and_itself_differ_in_nothing(tmp_path: Path) -> None:
    bag = export(tmp_path, "one", SOUND)
    change = diff(bag, bag)
    assert change["empty"]
    assert what(change) == []
    done = run("evidence", "diff", bag, bag, cwd=tmp_path)
    assert done.stdout.decode().endswith("\nNothing changed.\n")


def test_a_finding_is_opened_waived_uncovered_and_closed(tmp_path: Path) -> None:
    sound = export(tmp_path, "sound", SOUND)
    open_ = export(tmp_path, "open", SOUND + DUTY)
    waived = export(tmp_path, "waived", SOUND + DUTY + WAIVER)
    unassigned = "ownership/unassigned responsibilities/second"
    assert told(diff(sound, open_)) == {"opened": [unassigned]}
    assert told(diff(open_, waived)) == {"waived": [unassigned]}
    assert told(diff(sound, waived)) == {"waived": [unassigned]}
    assert told(diff(waived, open_)) == {"uncovered": [unassigned]}
    assert told(diff(open_, sound)) == {"closed": [unassigned]}
    assert diff(open_, export(tmp_path, "again", SOUND + DUTY))["findings"]["same"] == 1


def test_a_finding_that_is_gone_with_its_rule_is_not_closed(tmp_path: Path) -> None:
    open_ = export(tmp_path, "open", SOUND + DUTY)
    without = export(tmp_path, "without", SOUND + DUTY, "--no-rule", "ownership/unassigned")
    change = diff(open_, without)
    assert told(change) == {"unjudged": ["ownership/unassigned responsibilities/second"]}
    assert {"rule": "ownership/unassigned", "judged": "before", "reason": None} in change["rules"]
    assert "--no-rule" in what(change)


def test_a_duty_that_changes_hands_is_told_with_before_and_after(tmp_path: Path) -> None:
    before = export(tmp_path, "before", WITH_DEPUTY)
    after = export(tmp_path, "after", WITH_DEPUTY.replace("accountable: director", "accountable: deputy"))
    [owner] = diff(before, after)["owners"]
    assert (owner["responsibility"], owner["change"]) == ("lead", "moved")
    assert (owner["before"], owner["after"]) == (["director"], ["deputy"])
    assert owner["location"]["file"] == "inputs/declarations/all.yaml"


def test_what_the_checks_were_done_with_is_told(tmp_path: Path) -> None:
    before = export(tmp_path, "before", SOUND)
    (tmp_path / "uts-policy.yaml").write_text("profile: strict\nrules: {staffing/ends-soon: {days: 30}}\n")
    after = export(tmp_path, "after", SOUND, "--as-of", "2026-12-01")
    change = diff(before, after)
    circumstances = {each["what"]: (each["before"], each["after"]) for each in change["circumstances"]}
    assert circumstances["as-of date"] == (AS_OF, "2026-12-01")
    assert circumstances["profile"] == ('"standard"', '"strict"')
    assert circumstances["staffing/ends-soon days"] == ("not stated", "30")
    assert [each["what"] for each in change["files"]] == ["config/uts-policy.yaml"]


def test_of_invalid_declarations_it_is_said_that_owners_were_not_compared(tmp_path: Path) -> None:
    sound, broken = export(tmp_path, "sound", SOUND + DUTY), export(tmp_path, "broken", BROKEN)
    unassigned = "ownership/unassigned responsibilities/second"
    for change, expected in (
        (diff(sound, broken), {"opened": ["yaml/syntax "], "unjudged": [unassigned]}),
        (diff(broken, sound), {"opened": [unassigned], "closed": ["yaml/syntax "]}),
    ):
        assert change["owners"] is None
        assert change["notices"] == [
            f"{tmp_path / 'broken.zip'}: the declarations are invalid, so owners were not compared."
        ]
        assert told(change) == expected


def test_a_bag_that_was_tampered_with_is_not_compared(tmp_path: Path) -> None:
    bag = export(tmp_path, "one", SOUND)
    other = tmp_path / "two.zip"
    other.write_bytes(bag.read_bytes().replace(b"Lead the agency", b"Lead the Agency"))
    for pair in ((bag, other), (other, bag)):
        done = run("evidence", "diff", *pair, cwd=tmp_path)
        assert done.returncode != 0
        assert done.stdout == b""
        assert b"two.zip" in done.stderr


def test_a_comparison_that_goes_back_in_time_says_so(tmp_path: Path) -> None:
    declare(tmp_path)
    for name, day in (("new", "2026-11-23"), ("old", "2026-09-30")):
        done = run("evidence", "export", "--out", f"{name}.zip", "--as-of", day, cwd=tmp_path)
        assert done.returncode == 0
    done = run("evidence", "diff", "new.zip", "old.zip", cwd=tmp_path)
    assert "old.zip is of an earlier day than new.zip: what is told goes back in time." in " ".join(
        done.stdout.decode().split()
    )
    assert b"goes back" not in run("evidence", "diff", "old.zip", "new.zip", cwd=tmp_path).stdout
