import json
from dataclasses import replace

from uts_policy.model.rule import Criterion, Level, Parameter, Profile, Rule
from uts_policy.render.interface import Style
from uts_policy.render.queries.catalogue import as_json, as_text, page

TERM_GAP = Rule(
    id="ownership/term-gap",
    level=Level.ERROR,
    profile=Profile.STANDARD,
    title="A gap between two accountable roles",
    description="One term ends and the next begins later.",
    effect="For some days nobody answers.",
    remediation="Close the gap.",
    criteria=(Criterion(source="Judgement", text="No authority found."),),
    parameters={
        "horizon_days": Parameter(
            name="horizon_days", type="integer", default=365, description="How far to look ahead.", minimum=1
        )
    },
    subjects=("responsibilities",),
    needs=("assignments.to", "assignments.from"),
    file="uts/rules/ownership/term-gap.rego",
)
SYNTAX = Rule(
    id="yaml/syntax",
    level=Level.ERROR,
    profile=Profile.STARTER,
    title="Not valid YAML " * 4 + "at all",
    description="It is not YAML.",
    effect="Nothing can be said.",
    remediation="Repair it.",
    subjects=("*",),
    by="host",
    fixed=True,
)


def test_the_list_is_a_table_by_category() -> None:
    assert as_text([TERM_GAP, SYNTAX], Style()).splitlines() == [
        "ownership",
        "  term-gap  error    standard  A gap between two accountable roles",
        "",
        "yaml",
        "  syntax    error    host      Not valid YAML Not valid YAML Not valid YAML Not",
        "                               valid YAML at all",
        "",
        "2 rules: 1 about what is declared, 1 of uts-policy itself. `uts-policy explain RULE` shows one.",
    ]


def test_json_holds_everything_that_metadata_says() -> None:
    document = json.loads(as_json([TERM_GAP]))
    assert document == {
        "schema": "uts-policy/rules/1",
        "rules": [
            {
                "id": "ownership/term-gap",
                "level": "error",
                "profile": "standard",
                "title": "A gap between two accountable roles",
                "description": "One term ends and the next begins later.",
                "effect": "For some days nobody answers.",
                "remediation": "Close the gap.",
                "waive": "",
                "fix": [],
                "subjects": ["responsibilities"],
                "needs": ["assignments.to", "assignments.from"],
                "parameters": {
                    "horizon_days": {
                        "type": "integer",
                        "default": 365,
                        "description": "How far to look ahead.",
                        "minimum": 1,
                    }
                },
                "criteria": [{"source": "Judgement", "text": "No authority found."}],
                "by": "rego",
                "fixed": False,
                "builtin": True,
            }
        ],
    }


def test_a_page_says_what_why_and_what_to_do() -> None:
    assert page(TERM_GAP, Style()).splitlines() == [
        "ownership/term-gap",
        "A gap between two accountable roles",
        "",
        "  level    error",
        "  profile  standard",
        "  looks at responsibilities",
        "  needs    assignments.to or assignments.from",
        "  decided  in Rego, uts/rules/ownership/term-gap.rego",
        "",
        "What it flags",
        "  One term ends and the next begins later.",
        "",
        "What can happen",
        "  For some days nobody answers.",
        "",
        "What to do",
        "  Close the gap.",
        "",
        "Parameters",
        "  horizon_days (integer, default 365): How far to look ahead.",
        "",
        "Where it comes from",
        "  Judgement: No authority found.",
    ]


def test_a_rule_that_is_fixed_says_so() -> None:
    assert page(SYNTAX, Style()).splitlines()[3:7] == [
        "  level    error, can neither be waived nor changed",
        "  profile  starter",
        "  looks at every section",
        "  decided  by uts-policy itself",
    ]


def test_paragraphs_are_wrapped_one_by_one_and_cannot_command_a_terminal() -> None:
    rule = replace(TERM_GAP, description="First,\non two lines.\n\nSecond \x1b[31m.", parameters={}, criteria=())
    assert page(rule, Style()).splitlines()[10:12] == ["  First, on two lines.", "  Second ␛[31m."]
