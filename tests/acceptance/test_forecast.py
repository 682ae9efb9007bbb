"""`uts-policy forecast`, through the installed command."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, BROKEN, SOUND, declare, run

ENDING = SOUND.replace("holders: [{person: p-1}]", "holders: [{person: p-1, to: 2026-12-15}]").replace(
    "title: Director", "title: 'Director; of, all \\ things — überall'"
)
ONLY = ("--rule", "staffing/vacant", "--as-of", AS_OF)


def test_text_says_what_fails_on_which_day(tmp_path: Path) -> None:
    declare(tmp_path, SOUND.replace("holders: [{person: p-1}]", "holders: [{person: p-1, to: 2026-12-15}]"))
    result = run("forecast", *ONLY, cwd=tmp_path)

    assert (result.returncode, result.stderr) == (0, b"")
    assert result.stdout.decode() == (
        "2026-12-16  in 23 days\n"
        "  error  staffing/vacant\n"
        '    nobody holds "director" (Director), which is accountable for "lead"\n'
        f"{'declarations/all.yaml:6':>80}\n"
        "\n"
        "1 finding will start to count from 2026-11-23 (UTC) to 2027-02-21. Judged on the\n"
        "3 days when something can change; each is worded as on its day.\n"
    )


@pytest.mark.parametrize(("by", "owner"), [("role", "director"), ("unit", "agency")])
def test_each_owner_has_a_list(tmp_path: Path, by: str, owner: str) -> None:
    declare(tmp_path, ENDING)
    lines = run("forecast", *ONLY, "--by", by, cwd=tmp_path).stdout.decode().splitlines()

    assert lines[:2] == [owner, "  2026-12-16  error  staffing/vacant"]


def test_what_a_person_cannot_tell_apart_is_told_once_and_counted(tmp_path: Path) -> None:
    declare(tmp_path, SOUND.replace("unit: agency,", "unit: agency, status: abolished, abolished_on: 2026-12-15,"))
    only = ("--rule", "reference/retired", "--as-of", AS_OF)
    text, calendar, data = (
        run("forecast", *only, "--format", shape, cwd=tmp_path).stdout.decode() for shape in ("text", "ics", "json")
    )

    assert text.splitlines()[:4] == [
        "2026-12-15  in 22 days",
        "  error  reference/retired  2 findings",
        '    "director" (Director) was abolished on 2026-12-15    declarations/all.yaml:8',
        "",
    ]
    assert calendar.count("BEGIN:VEVENT") == 1
    assert [start["entry"] for start in json.loads(data)["starts"]] == [
        "assignments/lead/director/A",
        "assignments/lead/director/R",
    ]


def test_nothing_to_come_is_said(tmp_path: Path) -> None:
    declare(tmp_path, ENDING)
    result = run("forecast", *ONLY, "--days", 22, cwd=tmp_path)

    assert result.returncode == 0
    assert result.stdout.decode().startswith("Nothing new will fail from 2026-11-23 (UTC) to 2026-12-15.")


def test_json_has_everything(tmp_path: Path) -> None:
    declare(tmp_path, ENDING)
    found = json.loads(run("forecast", *ONLY, "--format", "json", cwd=tmp_path).stdout)
    [start] = found.pop("starts")

    assert found == {
        "schema": "uts-policy/forecast/1",
        "as_of": "2026-11-23",
        "until": "2027-02-21",
        "evaluated": ["2026-11-24", "2026-12-15", "2026-12-16"],
    }
    assert (start["day"], start["rule"], start["entry"], start["roles"], start["units"]) == (
        "2026-12-16",
        "staffing/vacant",
        "roles/director",
        ["director"],
        ["agency"],
    )


def test_a_real_parser_reads_the_calendar(tmp_path: Path) -> None:
    icalendar = pytest.importorskip("icalendar", reason="icalendar is a development dependency")
    declare(tmp_path, ENDING)
    data = run("forecast", *ONLY, "--format", "ics", cwd=tmp_path).stdout
    calendar = icalendar.Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")

    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert event.errors == []
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2026, 12, 16), date(2026, 12, 17))
    assert str(event["SUMMARY"]) == "Director; of, all \\ things — überall: accountable role that…"
    description = str(event["DESCRIPTION"]).splitlines()
    assert description[0] == "Agency: error"
    assert description[1] == (
        'Nobody holds "director" (Director; of, all \\ things — überall), which is accountable for "lead".'
    )
    [alarm] = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == timedelta(days=-7)
    assert str(alarm["DESCRIPTION"]) == str(event["SUMMARY"])
    assert str(calendar["X-WR-CALNAME"]) == "Agency: what will start to fail"
    assert "Who: director\nWhere: declarations/all.yaml:6" in str(event["DESCRIPTION"])
    assert str(event["UID"]).endswith("-2026-12-16@uts-policy")
    assert data == run("forecast", *ONLY, "--format", "ics", cwd=tmp_path).stdout


def test_invalid_declarations_have_no_forecast(tmp_path: Path) -> None:
    declare(tmp_path, BROKEN)
    result = run("forecast", cwd=tmp_path)

    assert (result.returncode, result.stdout) == (1, b"")


def test_there_is_no_forecast_beyond_the_calendar(tmp_path: Path) -> None:
    declare(tmp_path, SOUND)
    result = run("forecast", "--as-of", "9999-12-01", cwd=tmp_path)

    assert (result.returncode, "no calendar any more" in result.stderr.decode()) == (2, True)
