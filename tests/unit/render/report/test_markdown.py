import re

from hypothesis import given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.generate.hostile import hostile_strings
from tests.unit.render.hostile_reports import reports
from tests.unit.render.reports import KNOWN, MISSING, WAIVED, finding, report
from uts_policy.common.sanitise import visible
from uts_policy.model.report import Report
from uts_policy.render.common.fold import fold
from uts_policy.render.common.markdown import LONGEST, escaped
from uts_policy.render.interface import Style
from uts_policy.render.report.markdown import MOST, render

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""A parser that nobody here wrote, with what GitHub and GitLab add."""
PLAIN = {"text", "softbreak"}


def said(token: Token) -> str:
    """The text of a token, in which there is no markup at all."""
    assert {each.type for each in token.children or ()} <= PLAIN
    return "".join(each.content for each in token.children or ()).replace("\u200b", "")


def rows(text: str) -> list[list[str]]:
    """The cells of all tables, without their heads."""
    found: list[list[str]] = []
    inside = False
    for token in PARSER.parse(text):
        if token.type in {"tbody_open", "tbody_close"}:
            inside = token.type == "tbody_open"
        elif inside and token.type == "tr_open":
            found.append([])
        elif inside and token.type == "inline":
            found[-1].append(said(token))
    return found


def read_as(text: str) -> str:
    """How a reader sees a text that was shown: spaces at the ends are not."""
    shown = visible(text).strip()
    return (shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…").strip()


def test_the_whole_page() -> None:
    made = report(WAIVED, finding(4), finding(5), KNOWN, not_assessed=MISSING[:2])
    assert render(made, Style()) == (
        """\
## uts-policy: fail

2 errors (1 cause), 1 waived, 1 known. As of 2026-11-23 (UTC).

Assessed 1 of 3 rules. \\`uts-policy coverage\\` shows more.

| level | rule | where | what | to do |
|---|---|---|---|---|
| error | reference/unknown | roles.yaml:4:11 (1 more place) | "agenzy" names no unit; did you mean "agency"? | Correct the id. |

<details><summary>1 waived</summary>

| level | rule | where | what | to do |
|---|---|---|---|---|
| error | reference/unknown | roles.yaml:3:11 | "agenzy" names no unit; did you mean "agency"? | waived until 2027-03-31 by "until-spring", approved by "director": the move |

</details>

<details><summary>1 known from before</summary>

| level | rule | where | what | to do |
|---|---|---|---|---|
| error | reference/unknown | roles.yaml:3:11 | "agenzy" names no unit; did you mean "agency"? | Correct the id. |

</details>

<details><summary>2 rules not assessed</summary>

- delegation/cycle: none declared
- delegation/orphaned: none declared

</details>

"""  # noqa: E501 - a row of a table is one line
    )


def test_a_clean_report_says_when_and_how_much_was_assessed() -> None:
    assert render(report(), Style()) == (
        "## uts-policy: pass\n\nNo findings. As of 2026-11-23 (UTC).\n\nAssessed 1 of 1 rule.\n\n"
    )


def test_a_page_is_no_longer_than_a_comment_may_be_and_says_what_it_left_out() -> None:
    many = [finding(line, cause=str(line), message="*" * 600) for line in range(1, 5000)]
    text = render(report(*many, not_assessed=MISSING), Style())
    assert 58_000 < len(text) <= MOST
    shown = len(rows(text))
    assert all(each.rule in text for each in MISSING)
    assert text.endswith(f"\n{4999 - shown} lines left out for want of room; the JSON report has everything.\n")


@settings(deadline=None)
@given(hostile_strings())
def test_nothing_in_a_text_is_markup_or_calls_somebody(text: str) -> None:
    shown = escaped(text)
    for page in (f"| a | b |\n|---|---|\n| {shown} | x |\n", f"- {shown}\n", f"{shown}\n"):
        tokens = [token for token in PARSER.parse(page) if token.type == "inline"]
        assert {child.type for token in tokens for child in token.children or ()} <= PLAIN
        assert read_as(text) in [said(token).strip() for token in tokens] or not read_as(text)
        assert not re.search(
            r"@[^\s\u200b]|#[0-9]", "".join(each.content for token in tokens for each in token.children or ())
        )


@settings(deadline=None, max_examples=60)
@given(reports())
def test_whatever_the_text_the_facts_come_back(made: Report) -> None:
    found = rows(render(made, Style()))
    titles = {rule.id: rule.title for rule in made.rules}
    assert sorted((row[0], row[1], row[3]) for row in found) == sorted(
        (each.first.level.value, each.first.rule, read_as(each.message(titles))) for each in fold(made.findings)
    )
