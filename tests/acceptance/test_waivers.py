"""Waivers: they hide what a finding does, never the finding, for as long and as far as was agreed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.command import AS_OF, BROKEN, FAULTY, SOUND, declare, run

WAIVER = """\
waivers:
  - id: until-the-move
    rule: ownership/unassigned
    subject: responsibilities/lead
    reason: The post is filled after the move.
    approved_by: board
    approved_on: 2026-11-01
    expires: 2026-12-31
"""
BOARD = (
    "people: [{id: p-2}]\nroles: [{id: board, title: Board, unit: agency, reports_to: director, "
    "holders: [{person: p-2}]}]\n"
)


def check(folder: Path, *arguments: object, as_of: str = AS_OF) -> tuple[int, list[dict[str, Any]]]:
    """A check's exit code, and its findings."""
    done = run("check", *arguments, "--as-of", as_of, "--format", "json", cwd=folder)
    return done.returncode, json.loads(done.stdout)["findings"]


def hidden(findings: list[dict[str, Any]]) -> list[tuple[str, str, bool]]:
    """Rule and entry of each finding, and whether a waiver hides it."""
    return [(each["rule"], each["entry"], each["waiver"] is not None) for each in findings]


@pytest.fixture
def waived(tmp_path: Path) -> Path:
    """A directory with one error, and a waiver for it."""
    declare(tmp_path, FAULTY)
    declare(tmp_path, BOARD, "board.yaml")
    declare(tmp_path, WAIVER, "waivers.yaml")
    return tmp_path


def test_a_waiver_hides_the_effect_and_shows_the_finding_with_who_agreed_to_what(waived):
    code, (finding,) = check(waived)
    assert (code, finding["rule"], finding["level"], finding["status"]) == (0, "ownership/unassigned", "error", "new")
    assert finding["waiver"] == {
        "id": "until-the-move",
        "reason": "The post is filled after the move.",
        "approved_by": "board",
        "expires": "2026-12-31",
    }
    text = " ".join(run("check", "--as-of", AS_OF, cwd=waived).stdout.decode().replace("│", "").split())
    assert "waived error ownership/unassigned" in text
    assert 'waived until 2026-12-31 by "until-the-move", approved by "board": The post is filled after' in text
    assert "1 waived. As of" in text


@pytest.mark.parametrize("threshold", ["error", "warning", "note", "never"])
def test_what_is_waived_counts_at_no_threshold(waived, threshold):
    assert check(waived, "--fail-on", threshold)[0] == 0


def test_a_waiver_holds_on_its_last_day_and_is_told_from_the_next(waived):
    assert check(waived, as_of="2026-12-31")[0] == 0
    code, findings = check(waived, as_of="2027-01-01")
    assert (code, hidden(findings)) == (
        1,
        [
            ("ownership/unassigned", "responsibilities/lead", False),
            ("waivers/expired", "waivers/until-the-move", False),
        ],
    )


def test_a_waiver_holds_from_the_day_of_its_approval(waived):
    assert check(waived, as_of="2026-11-01")[0] == 0
    code, findings = check(waived, as_of="2026-10-31")
    assert (code, hidden(findings)) == (1, [("ownership/unassigned", "responsibilities/lead", False)])


AUTHORITY = """\
authorities:
  - {id: spend, title: Spend}
  - {id: hire, title: Hire}
"""


@pytest.mark.parametrize(
    ("key", "expected"),
    [("", [True, True]), ("    key: director/hire\n", [True, False]), ("    key: director/fire\n", [False, False])],
)
def test_a_key_narrows_a_waiver_to_one_finding_of_an_entry(waived, key, expected):
    powerless = SOUND.replace("title: Director,", "title: Director, authorities: [],")
    assert powerless != SOUND
    declare(waived, powerless.replace("accountable:", "requires: [hire, spend], accountable:"))
    declare(waived, AUTHORITY, "authorities.yaml")
    declare(waived, WAIVER.replace("ownership/unassigned", "authority/missing") + key, "waivers.yaml")
    code, findings = check(waived, "--rule", "authority/missing")
    assert code == (0 if all(expected) else 1)
    assert [each["waiver"] is not None for each in sorted(findings, key=lambda each: each["message"])] == expected


@pytest.mark.parametrize("rule", ["yaml/syntax", "schema/type", "schema/unknown-key"])
def test_what_is_invalid_cannot_be_waived(waived, rule):
    declare(waived, WAIVER.replace("ownership/unassigned", rule), "waivers.yaml")
    declare(waived, SOUND)
    code, findings = check(waived)
    assert (code, [(each["rule"], each["message"]) for each in findings]) == (
        0,
        [("waivers/unused", f'Waiver "until-the-move" hides nothing: "{rule}" cannot be waived')],
    )
    declare(waived, BROKEN, "broken.yaml")
    declare(waived, "roles: 7\nunit: x\n", "other.yaml")
    code, findings = check(waived, "--fail-on", "never")
    assert (code, {each["waiver"] for each in findings}) == (1, {None})


def test_a_waiver_that_hides_nothing_is_noted_at_the_field_that_does_not_fit(waived):
    declare(waived, SOUND)
    code, (finding,) = check(waived)
    assert (code, finding["rule"], finding["level"]) == (0, "waivers/unused", "note")
    assert finding["message"] == (
        'Waiver "until-the-move" hides nothing: "ownership/unassigned" has no finding on "responsibilities/lead"'
    )
    assert (finding["location"]["file"], finding["location"]["line"]) == ("declarations/waivers.yaml", 4)
    assert check(waived, "--rule", "reference/*")[1] == []


def test_a_waiver_by_the_role_that_it_spares_is_an_error(waived):
    declare(waived, SOUND.replace("holders: [{person: p-1}]", "holders: []"))
    own = WAIVER.replace("ownership/unassigned", "staffing/vacant").replace("responsibilities/lead", "roles/director")
    declare(waived, own.replace("approved_by: board", "approved_by: director"), "waivers.yaml")
    code, findings = check(waived, "--rule", "staffing/vacant", "--rule", "waivers/*")
    assert (code, hidden(findings)) == (
        1,
        [("staffing/vacant", "roles/director", True), ("waivers/self-approved", "waivers/until-the-move", False)],
    )
