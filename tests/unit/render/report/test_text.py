import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.render.reports import KNOWN, MISSING, RELATED, WAIVED, finding, location, report, source
from uts_policy.common.sanitise import width
from uts_policy.model.finding import Criticality, RelatedPlace
from uts_policy.model.rule import Level
from uts_policy.render.interface import Style
from uts_policy.render.report.text import render


def lines(*findings, style: Style | None = None, **parts) -> list[str]:
    return render(report(*findings, **parts), style or Style()).splitlines()


def test_a_finding_shows_place_rule_message_line_caret_and_suggestion() -> None:
    assert lines(finding()) == [
        "roles.yaml",
        '  3:11  error  reference/unknown  "agenzy" names no unit',
        "      3 │    unit: agenzy",
        '        │          ^ did you mean "agency"?',
        "",
        "1 error (1 cause). As of 2026-11-23 (UTC).",
        "Assessed 1 of 1 rule.",
    ]


def test_without_a_suggestion_the_remedy_is_shown() -> None:
    assert lines(finding(message='"agenzy" names no unit'))[3] == "        │          ^ Correct the id."


def test_findings_of_one_cause_are_folded() -> None:
    found = lines(finding(3), finding(5), finding(5, 12))
    assert found[3] == '        │          ^ did you mean "agency"? (2 more places, -v)'
    assert found[5:6] == ["3 errors (1 cause). As of 2026-11-23 (UTC)."]


def test_verbose_unfolds() -> None:
    found = lines(finding(3), finding(5), style=Style(verbose=True))
    assert [line for line in found if "error  " in line] == [
        '  3:11  error  reference/unknown  "agenzy" names no unit',
        '  5:11  error  reference/unknown  "agenzy" names no unit',
    ]


def test_files_stand_apart() -> None:
    found = lines(finding(cause=""), finding(3, 1, cause="", location=location(1, 1, "units.yaml")))
    assert found[:7:5] == ["roles.yaml", "units.yaml"]
    assert found[4] == ""


def test_a_long_message_goes_on_below() -> None:
    message = "the role " + "that has a rather long name " * 3 + "is vacant"
    assert lines(finding(message=message))[1:5] == [
        "  3:11  error  reference/unknown",
        "    the role that has a rather long name that has a rather long name that has a",
        "    rather long name is vacant",
        "      3 │    unit: agenzy",
    ]


def test_a_long_remedy_goes_on_beside_the_caret() -> None:
    remedy = "Name the role that is meant, or state that the post is deliberately empty."
    assert lines(finding(message="wrong", remediation=remedy))[3:5] == [
        "        │          ^ Name the role that is meant, or state that the post is",
        "        │            deliberately empty.",
    ]


def test_a_long_remedy_stands_below_a_caret_that_is_far_to_the_right() -> None:
    remedy = "Name the role that is meant, or state that the post is deliberately empty."
    far = source("roles.yaml", f"{' ' * 40}x: y")
    assert lines(finding(1, 41, message="wrong", remediation=remedy), sources={"roles.yaml": far})[3:6] == [
        f"        │{' ' * 40}^",
        "        │ Name the role that is meant, or state that the post is deliberately",
        "        │ empty.",
    ]


def test_advice_is_given_once() -> None:
    found = [finding(line, cause="", message="wrong") for line in (3, 5)]
    assert "\n".join(lines(*found)).count("Correct the id.") == 1
    assert "\n".join(lines(*found, style=Style(verbose=True))).count("Correct the id.") == 2


def test_what_to_fix_first_stands_first_and_says_how_critical_its_duty_is() -> None:
    found = lines(
        finding(3, cause="a", level=Level.WARNING),
        finding(4, cause="b", criticality=Criticality.NORMAL),
        finding(5, cause="c", criticality=Criticality.CRITICAL),
    )
    assert [line.partition("  reference")[0] for line in found if "reference/" in line] == [
        "  5:11  error (critical duty)",
        "  4:11  error",
        "  3:11  warning",
    ]


def test_findings_of_several_categories_are_counted_in_a_table() -> None:
    found = lines(
        finding(3, cause="a", level=Level.WARNING),
        finding(4, cause="b", rule="staffing/vacant"),
        finding(5, cause="c", rule="staffing/contested"),
    )
    start = found.index("           errors  warnings  notes")
    assert found[start + 1 : start + 4] == [
        "staffing        2         ·      ·",
        "reference       ·         1      ·",
        "",
    ]


def test_ninety_nine_findings_of_twenty_causes_fit_on_two_screens() -> None:
    """Screens of 60 lines."""
    found = [
        finding(3, line, cause=f"roles/{line % 33}", rule=f"staffing/rule-{line % 3}", message="is vacant " * 10)
        for line in range(1, 100)
    ]
    assert len(lines(*found, style=Style(top=20))) <= 120


def test_a_waived_finding_shows_reason_approver_and_expiry() -> None:
    assert lines(WAIVED)[:4] == [
        "roles.yaml",
        '  3:11  waived error  reference/unknown  "agenzy" names no unit',
        '        │ waived until 2027-03-31 by "until-spring", approved by "director": the',
        "        │ move",
    ]


def test_a_known_finding_is_counted_and_shown_only_when_asked() -> None:
    assert lines(KNOWN) == [
        "1 known. As of 2026-11-23 (UTC).",
        "Assessed 1 of 1 rule.",
    ]
    assert lines(KNOWN, style=Style(verbose=True))[1] == (
        '  3:11  known error  reference/unknown  "agenzy" names no unit'
    )


def test_related_places_are_shown_when_asked() -> None:
    shown = lines(RELATED, style=Style(verbose=True))
    assert shown[4] == "        │ 1:5  also accountable here (roles/r1)"
    assert shown[8] == "        │ 5:5  also accountable here (roles/r5)"
    assert not any("also accountable" in line for line in lines(RELATED))


def test_a_related_place_in_another_file_is_shown_with_that_file() -> None:
    elsewhere = RelatedPlace(message="ended here", entry="roles/r", location=location(7, 5, "more.yaml"))
    unknown = RelatedPlace(message="and nowhere", entry="", location=None)
    assert lines(finding(related=(elsewhere, unknown)), style=Style(verbose=True))[4:6] == [
        "        │ more.yaml:7:5  ended here (roles/r)",
        "        │ and nowhere",
    ]


def test_only_the_top_causes_are_shown_and_all_are_counted() -> None:
    found = lines(finding(3, cause="a"), finding(5, cause="b"), finding(5, 12, cause="b"), style=Style(top=1))
    assert found[1] == '  5:11  error  reference/unknown  "agenzy" names no unit'
    assert found[5:7] == [
        "1 more cause not shown (--top 1; -v shows everything).",
        "",
    ]


def test_a_finding_without_a_place_is_shown() -> None:
    assert lines(finding(location=None, message="wrong"))[:3] == [
        "(no place in a file)",
        "    error  reference/unknown  wrong",
        "        │ Correct the id.",
    ]


def test_what_was_not_assessed_is_counted() -> None:
    assert lines(not_assessed=MISSING)[1:] == [
        "Assessed 1 of 6 rules. `uts-policy coverage` shows more.",
    ]


def test_verbose_tells_each_rule_that_was_not_assessed() -> None:
    assert lines(not_assessed=MISSING, style=Style(verbose=True))[1:3] == [
        "Assessed 1 of 6 rules. Not assessed:",
        "- delegation/cycle: none declared",
    ]


def test_invalid_declarations_are_said_to_keep_every_rule_from_being_evaluated() -> None:
    assert lines(finding(rule="schema/type"), evaluated=())[-1] == (
        "No rule was evaluated: that needs declarations that can be read and are valid."
    )


def test_well_formed_files_are_said_to_be_only_that() -> None:
    assert lines(evaluated=())[-1] == "1 file well formed. No rule was evaluated."


def test_what_was_passed_over_and_notices_are_told() -> None:
    assert lines(ignored={"excluded": 2, "dot-directory": 1}, notices=("The base is invalid.",))[:2] == [
        "Passed over: 1 dot-directory, 2 excluded.",
        "The base is invalid.",
    ]


def test_wide_terminals_keep_things_on_one_line() -> None:
    found = [finding(line, cause=str(line)) for line in range(10)]
    assert "10 errors (10 causes), 1 waived, 1 known. As of 2026-11-23 (UTC)." in lines(
        *found, WAIVED, KNOWN, style=Style(width=200)
    )


def test_without_unicode_only_ascii_is_drawn() -> None:
    long = source("roles.yaml", "x: " + "y" * 200)
    text = render(report(finding(1, 4), sources={"roles.yaml": long}), Style(unicode=False))
    assert text.isascii()


def test_colour_only_adds_sequences() -> None:
    one = report(finding(), WAIVED, RELATED, finding(5, level=Level.NOTE), not_assessed=MISSING)
    colourful = render(one, Style(color=True))
    assert "\x1b[" in colourful
    assert re.sub(r"\x1b\[[0-9;]*m", "", colourful) == render(one, Style())


HOSTILE = st.text(alphabet="ab \x1b[31m\n\r\x9b\u202e日\u0301\udcff", max_size=40)


@given(message=HOSTILE, name=HOSTILE, line=HOSTILE, remedy=HOSTILE)
@settings(deadline=None, max_examples=50)
def test_no_text_of_a_user_reaches_the_terminal_as_a_command(message: str, name: str, line: str, remedy: str) -> None:
    place = location(1, 1, name)
    one = finding(message=message, remediation=remedy, location=place)
    text = render(report(one, sources={name: source("x", line.replace("\udcff", ""))}), Style(width=60))
    assert set(text).isdisjoint("\x1b\r\x9b\u202e\udcff")


@given(words=st.lists(st.text(alphabet="ab日", min_size=1, max_size=9), min_size=1, max_size=30))
@settings(deadline=None, max_examples=50)
def test_nothing_is_wider_than_the_terminal(words: list[str]) -> None:
    text = " ".join(words)
    one = report(finding(message=text, remediation=text), not_assessed=MISSING)
    assert all(width(line) <= 60 for line in render(one, Style(width=60)).splitlines())


def test_verbose_tells_the_id_by_which_a_finding_is_asked_for_and_the_key_that_a_waiver_needs() -> None:
    found = lines(replace(finding(3), key="p-1/2026-01-01"), style=Style(verbose=True))
    assert [line.strip() for line in found if " id 1:" in line or " key " in line] == [
        f"│ id {finding(3).identity}",
        "│ key p-1/2026-01-01",
    ]
    assert not [line for line in lines(finding(3)) if " id 1:" in line or " key " in line]
