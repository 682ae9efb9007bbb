"""Cards: everything is on them, facts before the conclusion, and nothing that a user wrote moves or marks anything."""

import json
import re

import pytest

from tests.unit.render.reports import ROLES, WAIVED, finding, location, source
from uts_policy.model.answers import Fact
from uts_policy.model.evidence import Card, Conclusion, Sample, Stratum
from uts_policy.render.evidence.sample import json as sample_json
from uts_policy.render.evidence.sample import markdown as sample_markdown
from uts_policy.render.evidence.sample import text as sample_text
from uts_policy.render.interface import Style
from uts_policy.schema.faults import faults

HOSTILE = "@team <script> | #1 `x` [a](b) \x1b[31m \u202e **b** \\"


def card(entry: str = "roles/watch", conclusion: Conclusion = Conclusion.VIOLATION, text: str = "says so") -> Card:
    found = {Conclusion.VIOLATION: (finding(message=text),), Conclusion.WAIVED: (WAIVED,), Conclusion.PASS: ()}
    return Card(
        rule="reference/unknown",
        title="Reference to nothing",
        about=f"About {text}.",
        parameters={"days": 30, "words": [text]},
        entry=entry,
        conclusion=conclusion,
        findings=found[conclusion],
        facts=(
            Fact(why=text, entry=entry, location=location(3, 11)),
            Fact(why="it is not written", entry="roles/desk", location=None),
        ),
        more=2,
    )


def sample(*cards: Card) -> Sample:
    return Sample(
        bag="a" * 64,
        as_of="2026-11-23",
        tool_version="1.0",
        seed=7,
        size=25,
        strata=(Stratum(category="reference", conclusion=Conclusion.PASS, population=9, drawn=1),),
        cards=cards,
        sources={"roles.yaml": source("roles.yaml", ROLES)},
    )


ALL = sample(*(card(conclusion=each) for each in Conclusion))
TAMPERED = sample(card(HOSTILE, text=HOSTILE))


@pytest.mark.parametrize("drawn", [ALL, TAMPERED, sample()])
def test_json_is_what_its_schema_says(drawn: Sample) -> None:
    assert faults("sample", json.loads(sample_json.render(drawn, Style()))) == ()


def test_a_card_has_rule_entry_facts_with_their_lines_and_then_the_conclusion() -> None:
    text = sample_text.render(sample(card(conclusion=Conclusion.WAIVED)), Style(width=80, unicode=False))
    assert text[text.index("Card 1") :] == (
        "Card 1 of 1  reference/unknown  roles/watch\n"
        "  Reference to nothing. About says so.\n"
        "  The rule's `days`: 30\n"
        '  The rule\'s `words`: ["says so"]\n'
        "\n"
        "Facts\n"
        "  roles/watch: says so                                              roles.yaml:3\n"
        "      3 |    unit: agenzy\n"
        "  roles/desk: it is not written\n"
        "  and 2 more places\n"
        "\n"
        "Concluded\n"
        "  waived\n"
        '  error: "agenzy" names no unit; did you mean "agency"? (waived until 2027-03-31\n'
        '  by "until-spring", approved by "director": the move)\n'
        "\n"
        "[ ] the same  [ ] another:\n"
        "By:                         On:\n"
    )


def test_a_pass_says_that_nothing_was_found() -> None:
    text = sample_text.render(sample(card(conclusion=Conclusion.PASS)), Style())
    assert "\n  pass: the rule found nothing here\n" in text


@pytest.mark.parametrize("style", [Style(), Style(unicode=False, width=40), Style(width=200)])
def test_nothing_in_text_moves_the_cursor_or_turns_the_line(style: Style) -> None:
    assert not re.search("[\x1b\u202e]", sample_text.render(TAMPERED, style))


def test_nothing_in_markdown_is_markup_or_leaves_its_cell() -> None:
    text = sample_markdown.render(TAMPERED, Style())
    assert not re.search("@(?!\u200b)|<script|[\x1b\u202e]|(?<!\\\\)\\*\\*b", text)
    rows = [line for line in text.split("\n") if line.startswith("| ") and "conclusion" not in line]
    assert {line.count("|") for line in rows if "9" not in line} == {3}


def test_markdown_has_a_heading_and_boxes_to_tick_for_each_card() -> None:
    text = sample_markdown.render(ALL, Style())
    assert text.count("\n## Card ") == text.count("- [ ] the same") == 3
