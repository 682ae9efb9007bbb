"""Weakening: what counts as less strict, and in whose words it is told."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.generate.verdicts import policies
from uts_policy import resources
from uts_policy.judge.weakening.compare import weakenings
from uts_policy.judge.weakening.stance import Stance
from uts_policy.load.configuration import settings_from
from uts_policy.model.rule import Level, Parameter, PolicyFile, Profile, Stricter
from uts_policy.rules.selection import in_force


def stance(own: Mapping[str, str] | None = None, reads: tuple[str, ...] = ("/r/declarations",), **said: Any) -> Stance:
    """One side with the built-in rules, by what its configuration says."""
    settings = replace(settings_from({}, root=Path("/r")), **said)
    levels, parameters = in_force(policies().catalogue, settings)
    return Stance(
        settings=settings,
        catalogue={rule.id: rule for rule in policies().catalogue},
        levels=levels,
        parameters=parameters,
        own={place: PolicyFile(path=place, text=text, builtin=False) for place, text in (own or {}).items()},
        reads={path: path.removeprefix("/r/") for path in reads},
        corpus=None,
        baseline=None,
        written=lambda _route: None,
    )


def told(*sides: Stance) -> list[str]:
    """What the last of the sides weakens compared with all others."""
    return [each.violation.message for each in weakenings(*sides, (), {})]


ASK_FOR_MORE_AS_THEY_GROW = {
    ("continuity/circular-succession", "depth"),
    ("continuity/shallow-succession", "depth"),
    ("ownership/term-gap", "horizon_days"),
    ("staffing/ends-soon", "days"),
}


def own_parameter(value: object, stricter: Stricter | None, kind: str = "integer") -> Stance:
    """One side with a rule of the user's own that has one parameter."""
    parameter = Parameter(name="max", type=kind, default=3, description="How many.", stricter=stricter)
    side = stance()
    rule = replace(side.catalogue["workload/overloaded"], id="mine/rule", builtin=False, parameters={"max": parameter})
    return replace(
        side,
        settings=replace(side.settings, rules={"mine/rule": {"max": value}}),
        catalogue={**side.catalogue, rule.id: rule},
        levels={**side.levels, rule.id: rule.level},
        parameters={**side.parameters, rule.id: {"max": value}},
    )


def test_a_users_own_parameter_is_judged_by_what_it_says_and_without_a_word_any_change_counts():
    for stricter, more, less in ((Stricter.HIGHER, 4, 2), (Stricter.LOWER, 2, 4)):
        assert told(own_parameter(3, stricter), own_parameter(more, stricter)) == []
        assert told(own_parameter(3, stricter), own_parameter(less, stricter)) != []
    assert told(own_parameter(3, None), own_parameter(4, None)) != []
    assert told(own_parameter(3, None), own_parameter(2, None)) != []


def test_a_parameter_of_another_type_than_before_has_no_order():
    assert told(own_parameter("3", None, "string"), own_parameter(4, Stricter.HIGHER)) == [
        '`max` of "mine/rule" changes from "3" to 4.'
    ]


def test_every_number_of_a_built_in_rule_weakens_it_in_exactly_one_direction():
    numbers = {
        (rule.id, name): each.default
        for rule in policies().catalogue
        for name, each in rule.parameters.items()
        if each.type == "integer"
    }
    assert numbers
    for (rule, name), default in numbers.items():
        low, high = (stance(rules={rule: {name: default + step}}, profile=Profile.STRICT) for step in (1, 2))
        up, down = told(low, high), told(high, low)
        expected = f'`{name}` of "{rule}" changes from'
        assert (up or down)[0].startswith(expected)
        assert bool(up) is not bool(down)
        assert bool(down) is ((rule, name) in ASK_FOR_MORE_AS_THEY_GROW)


def test_a_parameter_of_a_rule_that_was_off_weakens_nothing_but_the_words_that_all_rules_read():
    off = (("staffing/*", None), ("ownership/placeholder-owner", None))
    words = {"ownership/placeholder-owner": {"placeholders": ["tbd"]}}
    assert told(stance(levels=off), stance(levels=off, rules={"staffing/acting-too-long": {"days": 900}})) == []
    assert told(stance(levels=off), stance(levels=off, rules=words)) == [
        '`placeholders` of "ownership/placeholder-owner" loses "tba", "n/a", "none" and 6 more.'
    ]


def test_placeholders_are_compared_as_the_rules_read_them():
    before = stance(rules={"ownership/placeholder-owner": {"placeholders": ["TBD", "to  be named"]}})
    after = stance(rules={"ownership/placeholder-owner": {"placeholders": ["To Be Named", " tbd ", "nobody"]}})
    assert told(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "messages"),
    [
        ((), (("ownership/unassigned", None),), ['"ownership/unassigned" is turned off; it was an error.']),
        (
            (),
            (("ownership/unassigned", Level.NOTE),),
            ['"ownership/unassigned" goes down from error to note.'],
        ),
        (
            (),
            (("ownership/unassig*", Level.NOTE),),
            ['By "ownership/unassig*" "ownership/unassigned" goes down from error to note.'],
        ),
        ((("reference/*", None),), (("reference/*", Level.NOTE),), []),
        ((("reference/*", Level.NOTE),), (("reference/*", Level.NOTE), ("reference/cycle", Level.ERROR)), []),
        (
            (("reference/*", None), ("reference/cycle", Level.ERROR)),
            (("reference/cycle", Level.ERROR), ("reference/*", None)),
            ['By "reference/*" "reference/cycle" is turned off; it was an error.'],
        ),
    ],
)
def test_levels_are_compared_by_what_is_in_force(before, after, messages):
    assert told(stance(levels=before), stance(levels=after)) == messages


def test_a_profile_is_told_once_and_a_rule_that_stays_on_by_name_is_not_among_those_lost():
    strict = stance(profile=Profile.STRICT)
    lost = {rule.id for rule in policies().catalogue if rule.profile is not Profile.STARTER and not rule.fixed}
    kept = (("ownership/no-performer", Level.WARNING),)
    assert told(strict, stance(profile=Profile.STARTER)) == [
        f'The profile goes down from "strict" to "starter": {len(lost)} rules no longer run.'
    ]
    assert told(strict, stance(profile=Profile.STARTER, levels=kept)) == [
        f'The profile goes down from "strict" to "starter": {len(lost) - 1} rules no longer run.'
    ]


def test_a_category_that_is_required_covers_its_rules():
    rule = stance(require=("ownership/unassigned",))
    assert told(rule, stance(require=("ownership",))) == []
    assert told(stance(require=("ownership",)), rule) == ['"ownership" is no longer required to be assessed.']


def test_a_directory_is_still_read_where_one_above_it_is():
    below = stance(reads=("/r/declarations/a", "/r/declarations/b"))
    assert told(below, stance()) == []
    assert told(stance(), below) == ['"declarations" is no longer read, and is still there.']
    assert told(stance(reads=("/r/declarations-old",)), stance()) == [
        '"declarations-old" is no longer read, and is still there.'
    ]


def test_policies_are_told_apart_by_package_and_not_by_place():
    text = 'package uts.rules.house["chair"]\n\nimport rego.v1\n\nfindings := set()\n'
    assert told(stance({"a/house/chair.rego": text}), stance({"b/house/chair.rego": text})) == []
    assert told(stance({"a/house/chair.rego": text}), stance({"b/house/chair.rego": text + "# more\n"})) == [
        'Your rule "house/chair" says something else now.'
    ]
    assert told(stance({"helper.rego": "package house.helper\n"}), stance({})) == []


def test_no_two_weakenings_have_one_identity():
    levels = tuple((rule.id, None) for rule in policies().catalogue if not rule.fixed)
    after = replace(stance(levels=levels, exclude=("a", "b"), fail_on=None, engine="opa", profile=Profile.STARTER))
    found = weakenings(stance(profile=Profile.STRICT), after, (), {})
    assert len({(each.violation.path[:2], each.violation.key) for each in found}) == len(found) > len(levels) // 2


@pytest.mark.parametrize(
    ("direction", "before", "after", "message"),
    [
        ("any", "a", "b", '`motto` changes from "a" to "b".'),
        (["none", "some"], "some", "none", '`motto` changes from "some" to "none".'),
        (["none", "some"], "none", "some", None),
        ("fewer", ["a", "b"], ["b"], '`motto` loses "a".'),
        ("fewer", ["a"], ["a", "b"], None),
        ("more", None, ["a"], '`motto` has "a" now.'),
    ],
)
def test_a_new_setting_weakens_as_its_schema_says(
    monkeypatch: pytest.MonkeyPatch, direction: object, before: object, after: object, message: str | None
) -> None:
    monkeypatch.setitem(resources.schema("config")["properties"], "motto", {"weakens": direction})
    sides = (stance(values={"motto": value}) for value in (before, after))
    assert told(*sides) == ([] if message is None else [message])
