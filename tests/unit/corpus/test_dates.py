from datetime import date

import pytest

from uts_policy.corpus.dates import Calendar, months_later


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-03-04", "2026-03-04", "2026-03-04"),
        ("2026-04", "2026-04-01", "2026-04-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2026", "2026-01-01", "2026-12-31"),
        (2026, "2026-01-01", "2026-12-31"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_month_or_year_is_filled_to_its_first_or_last_day(written, first, last):
    calendar = Calendar()
    assert (calendar.full(written, last=False), calendar.full(written, last=True)) == (first, last)
    assert calendar.days == {text: date.fromisoformat(text).toordinal() for text in {first, last}}


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30",
        "2025-02-29",
        "2026-13",
        "2026-00",
        "2026-04-31",
        "2026-01-00",
        "0000",
        "0000-01-01",
        26,
        0,
        -5,
        "26-01-01",
        "2026-1-1",
        "2026-01-01T00:00",
        " 2026",
        "٢٠٢٦",
        "2026-06-15\n",
        "",
        True,
        1.5,
        None,
        [],
        {},
    ],
)
def test_what_is_no_day_is_none_and_leaves_no_number(written):
    calendar = Calendar()
    assert [calendar.full(written, last=last) for last in (False, True)] == [None, None]
    assert calendar.days == {}


def test_a_year_as_integer_and_a_boolean_of_equal_value_are_told_apart():
    calendar = Calendar()
    assert calendar.full(2026, last=False) == "2026-01-01"
    assert calendar.full(2026.0, last=False) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", 0, "2026-01-15"),
        ("2026-06-15", 24, "2028-06-15"),
        ("9999-11-30", 1, "9999-12-30"),
        ("9999-12-31", 1, "9999-12-31"),
        ("2026-06-15", 10**9, "9999-12-31"),
    ],
)
def test_months_later_is_the_same_day_of_the_month_or_its_last(day, months, later):
    assert months_later(day, months) == later
