from dataclasses import replace
from pathlib import Path

import pytest

from uts_policy.load.configuration import settings_from
from uts_policy.model.errors import NoVerdictError, SettingError
from uts_policy.model.rule import Level, NotAssessed, Parameter, Profile, Rule, SelectedRule, Selection
from uts_policy.rules.host_rules import host_rules
from uts_policy.rules.selection import refuse_unassessed, select

ALL = frozenset({"roles", "responsibilities", "waivers", "training"})


def rule(name, **changes):
    parts = {
        "id": name,
        "level": Level.ERROR,
        "profile": Profile.STANDARD,
        "title": "T",
        "description": "D",
        "effect": "E",
        "remediation": "R",
        "subjects": ("roles",),
    }
    return Rule(**(parts | changes))


DAYS = Parameter(name="days", type="integer", default=30, description="How long.", minimum=1)
WORDS = Parameter(name="words", type="array", default=["tbd"], description="Which.")
CATALOGUE = (
    rule("ownership/unassigned", profile=Profile.STARTER, subjects=("responsibilities",)),
    rule("ownership/unacknowledged", profile=Profile.STRICT, parameters={"days": DAYS, "words": WORDS}),
    rule("staffing/vacant", level=Level.WARNING, needs=("holders",)),
    rule("training/lapsed", subjects=("training",)),
    *host_rules(),
)


def chosen(**changes):
    wanted = {key: changes.pop(key) for key in ("include", "exclude", "require") if key in changes}
    populated = changes.pop("populated", ALL)
    settings = replace(settings_from({}, root=Path()), **changes)
    return select(CATALOGUE, settings, populated=populated, **wanted)


def running(**changes):
    found = chosen(**changes)
    return {item.id: item.level.value for item in (*found.rules, *found.host)}


STANDARD = {
    "baseline/fixed": "warning",
    "change/weakens-check": "warning",
    "ownership/unassigned": "error",
    "staffing/vacant": "warning",
    "training/lapsed": "error",
    "waivers/unused": "note",
}
OWN = {name: level for name, level in STANDARD.items() if not name.startswith(("baseline", "change", "waivers"))}


def refusal(**changes):
    with pytest.raises(SettingError) as caught:
        chosen(**changes)
    return caught.value.message, caught.value.hint, caught.value.route


def test_what_the_host_judges_itself_stays_out_of_the_rules_for_the_engine():
    assert chosen() == Selection(
        rules=(
            SelectedRule(id="ownership/unassigned", level=Level.ERROR, parameters={}),
            SelectedRule(id="staffing/vacant", level=Level.WARNING, parameters={}),
            SelectedRule(id="training/lapsed", level=Level.ERROR, parameters={}),
        ),
        host=(
            SelectedRule(id="baseline/fixed", level=Level.WARNING, parameters={}),
            SelectedRule(id="change/weakens-check", level=Level.WARNING, parameters={}),
            SelectedRule(id="waivers/unused", level=Level.NOTE, parameters={}),
        ),
        not_assessed=(),
    )


def test_each_profile_holds_the_ones_before_it():
    assert running(profile=Profile.STARTER) == {"baseline/fixed": "warning", "ownership/unassigned": "error"}
    assert running(profile=Profile.STANDARD) == STANDARD
    assert running(profile=Profile.STRICT) == STANDARD | {"ownership/unacknowledged": "error"}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([("staffing/vacant", Level.NOTE)], STANDARD | {"staffing/vacant": "note"}),
        ([("staffing/vacant", None)], {k: v for k, v in STANDARD.items() if k != "staffing/vacant"}),
        ([("*", None), ("staffing/*", Level.ERROR)], {}),
        ([("*", None), ("staffing/vacant", Level.ERROR)], {"staffing/vacant": "error"}),
        ([("ownership/*", Level.NOTE)], STANDARD | {"ownership/unassigned": "note"}),
        ([("ownership/unacknowledged", Level.NOTE)], STANDARD | {"ownership/unacknowledged": "note"}),
        ([("*/unus*", None)], {k: v for k, v in STANDARD.items() if k != "waivers/unused"}),
    ],
)
def test_levels_apply_in_their_order_and_an_id_turns_a_rule_on(levels, expected):
    assert running(levels=tuple(levels)) == expected


@pytest.mark.parametrize(
    ("include", "exclude", "expected"),
    [
        (["ownership/*"], [], {"ownership/unassigned": "error"}),
        (["ownership/unacknowledged"], [], {"ownership/unacknowledged": "error"}),
        (["*"], ["ownership/*", "[bc]*/*", "waivers/unused"], {"staffing/vacant": "warning",
                                                               "training/lapsed": "error"}),
        ([], ["ownership/unacknowledged"], STANDARD),
        (["yaml/syntax", "staffing/vacant"], [], {"staffing/vacant": "warning"}),
    ],
)  # fmt: skip
def test_the_command_line_chooses_last(include, exclude, expected):
    assert running(include=include, exclude=exclude) == expected


def test_an_id_on_the_command_line_runs_what_the_configuration_turned_off():
    levels = (("staffing/vacant", None),)
    assert running(levels=levels, include=["staffing/vacant"]) == {"staffing/vacant": "warning"}


def test_parameters_are_the_defaults_and_over_them_what_was_written():
    found = chosen(include=["ownership/unacknowledged"], rules={"ownership/unacknowledged": {"days": 7}})
    assert [item.parameters for item in found.rules] == [{"days": 7, "words": ["tbd"]}]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"include": ["ownershp/*"]},
            ('--rule names no rule: "ownershp/*"', 'Did you mean "ownership/*"?', ()),
        ),
        (
            {"exclude": ["staffing/vacnt"]},
            ('--no-rule names no rule: "staffing/vacnt"', 'Did you mean "staffing/vacant"?', ()),
        ),
        (
            {"levels": (("quite/another-thing", None),)},
            (
                'levels names no rule: "quite/another-thing"',
                "`uts-policy rules` lists them all.",
                ("levels", "quite/another-thing"),
            ),
        ),
        (
            {"levels": (("yaml/*", Level.NOTE),)},
            (
                'levels "yaml/*": yaml/duplicate-key can neither be lowered nor turned off',
                "A declaration that cannot be read could hold anything.",
                ("levels", "yaml/*"),
            ),
        ),
        (
            {"exclude": ["schema/type"]},
            (
                '--no-rule "schema/type": schema/type can neither be lowered nor turned off',
                "A declaration that cannot be read could hold anything.",
                (),
            ),
        ),
        (
            {"rules": {"staffing/vacnt": {}}},
            (
                '`rules` names no rule: "staffing/vacnt"',
                'Did you mean "staffing/vacant"?',
                ("rules", "staffing/vacnt"),
            ),
        ),
        (
            {"rules": {"staffing/vacant": {"days": 1}}},
            (
                'staffing/vacant has no parameter "days"',
                "staffing/vacant takes no parameters.",
                ("rules", "staffing/vacant", "days"),
            ),
        ),
        (
            {"rules": {"ownership/unacknowledged": {"day": 1}}},
            (
                'ownership/unacknowledged has no parameter "day"',
                'Did you mean "days"?',
                ("rules", "ownership/unacknowledged", "day"),
            ),
        ),
        (
            {"rules": {"ownership/unacknowledged": {"days": "7"}}},
            (
                "ownership/unacknowledged: `days` must be an integer",
                "How long.",
                ("rules", "ownership/unacknowledged", "days"),
            ),
        ),
        (
            {"rules": {"ownership/unacknowledged": {"days": True}}},
            (
                "ownership/unacknowledged: `days` must be an integer",
                "How long.",
                ("rules", "ownership/unacknowledged", "days"),
            ),
        ),
        (
            {"rules": {"ownership/unacknowledged": {"days": 0}}},
            (
                "ownership/unacknowledged: `days` must be at least 1",
                "How long.",
                ("rules", "ownership/unacknowledged", "days"),
            ),
        ),
        (
            {"rules": {"ownership/unacknowledged": {"words": ["a", 1]}}},
            (
                "ownership/unacknowledged: `words` must be a list of strings",
                "Which.",
                ("rules", "ownership/unacknowledged", "words"),
            ),
        ),
        (
            {"require": ["trainin"]},
            ('`require` names no rule and no category: "trainin"', 'Did you mean "training"?', ()),
        ),
    ],
    ids=str,
)
def test_what_names_nothing_or_does_not_fit_is_refused_with_its_place_and_the_nearest_name(changes, expected):
    assert refusal(**changes) == expected


@pytest.mark.parametrize(
    ("populated", "expected"),
    [
        (ALL - {"training"}, {"training/lapsed": "none declared"}),
        (ALL - {"waivers"}, {"waivers/unused": "none declared"}),
        (ALL - {"responsibilities"}, {"ownership/unassigned": "no responsibilities declared"}),
        (ALL - {"roles"}, {"staffing/vacant": "no roles declared"}),
    ],
)
def test_what_nobody_declared_is_not_assessed_and_neither_passed_nor_run(populated, expected):
    found = chosen(populated=populated)
    assert found.not_assessed == tuple(NotAssessed(rule=name, reason=reason) for name, reason in expected.items())
    assert {item.id for item in (*found.rules, *found.host)} == STANDARD.keys() - expected.keys()


@pytest.mark.parametrize(
    ("parts", "populated", "reason"),
    [
        ({}, (), "nothing declared"),
        ({"subjects": ("*",)}, (), "nothing declared"),
        ({"subjects": ("*",)}, ("people",), ""),
        ({"subjects": ("roles", "training_records")}, ("people",), "no roles or training records declared"),
        ({"subjects": ("roles", "training_records")}, ("training_records",), ""),
        ({"sections": ("training", "people")}, ("roles", "training"), "no people declared"),
        ({"sections": ("training", "people")}, ("roles",), "no training or people declared"),
        ({"sections": ("training", "people")}, ("training", "people"), "no roles declared"),
        ({"sections": ("training",)}, ("roles", "training"), ""),
        ({"needs": ("records", "holders")}, ("roles",), ""),
    ],
    ids=str,
)
def test_a_rule_wants_one_of_its_subjects_and_each_of_its_other_sections_and_asks_the_entries_for_facts(
    parts, populated, reason
):
    found = select([rule("a/b", **parts)], settings_from({}, root=Path()), populated=frozenset(populated))
    assert found.not_assessed == ((NotAssessed(rule="a/b", reason=reason),) if reason else ())
    assert [item.id for item in found.rules] == ([] if reason else ["a/b"])


def verdict(require, **changes):
    selection = chosen(**changes)
    try:
        on = [item.id for item in (*selection.rules, *selection.host)]
        include = changes.get("include", ())
        refuse_unassessed(CATALOGUE, on, selection.not_assessed, require=require, include=include)
    except NoVerdictError as error:
        return error.message
    return ""


@pytest.mark.parametrize(
    ("require", "changes", "expected"),
    [
        ([], {}, ""),
        (["training", "ownership/unassigned", "waivers", "yaml"], {}, ""),
        ([], {"populated": frozenset({"people"})}, "no rule is left to run"),
        ([], {"exclude": ["*"]}, "no rule is left to run"),
        ([], {"include": ["waivers/unused"]}, "no rule is left to run"),
        (
            ["training"],
            {"populated": ALL - {"training"}},
            '"training" is required, and not assessed: training/lapsed (none declared)',
        ),
        (
            ["staffing/vacant"],
            {"populated": ALL - {"roles"}},
            '"staffing/vacant" is required, and not assessed: staffing/vacant (no roles declared)',
        ),
        (
            ["ownership/unacknowledged"],
            {},
            '"ownership/unacknowledged" is required, and no rule of it runs',
        ),
        (
            [],
            {"include": ["training/lapsed", "staffing/*"], "populated": ALL - {"training"}},
            "training/lapsed has nothing to assess: none declared",
        ),
        ([], {"include": ["training/*", "staffing/*"], "populated": ALL - {"training"}}, ""),
        (["training"], {"exclude": ["training/*"]}, '"training" is required, and no rule of it runs'),
    ],
)
def test_nothing_to_run_and_nothing_where_something_is_required_are_no_verdict(require, changes, expected):
    assert verdict(require, **changes) == expected
