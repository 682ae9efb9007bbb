import pytest

from tests.unit.rules.policies import FULL, METADATA, helper, policy
from uts_policy.load.yaml import parse
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import Criterion, FixKind, Level, Parameter, PolicyFile, Profile, Rule, Stricter
from uts_policy.resources import builtin_policies
from uts_policy.rules.catalogue import read_catalogue
from uts_policy.rules.host_rules import host_rules


def own_rules(*files):
    return [rule for rule in read_catalogue(files, parse) if rule.by == "rego"]


def refusal(*files):
    with pytest.raises(NoVerdictError) as caught:
        read_catalogue(files, parse)
    return caught.value.message


def changed(old, new):
    assert METADATA.count(old) == 1
    return policy(metadata=METADATA.replace(old, new))


def test_metadata_becomes_a_rule():
    assert own_rules(policy()) == [
        Rule(
            id="mine/no-duty",
            level=Level.WARNING,
            profile=Profile.STRICT,
            title="Duty of nobody",
            description="Somebody has to answer.",
            effect="It is not done.",
            remediation="Name one.",
            criteria=(Criterion(source="J", text="Because."),),
            parameters={
                "days": Parameter(
                    name="days",
                    type="integer",
                    default=30,
                    description="How long it may last.",
                    minimum=1,
                )
            },
            subjects=("responsibilities", "roles"),
            needs=("holders", "responsible"),
            by="rego",
            fixed=False,
            file="uts/rules/mine/no-duty.rego",
            builtin=False,
        )
    ]


def test_other_sections_that_must_have_an_entry_are_named():
    (rule,) = own_rules(changed("[holders, responsible]", "[]\n#   sections: [people, training]"))
    assert rule.sections == ("people", "training")


def test_needs_and_parameters_may_be_left_out_and_a_star_stands_for_every_section():
    short = METADATA[: METADATA.index("#   needs")] + METADATA[METADATA.index("#   criteria") :]
    file = policy(metadata=short.replace("[responsibilities, roles]", '["*"]'))
    (rule,) = own_rules(file)
    assert (rule.needs, rule.parameters, rule.subjects) == ((), {}, ("*",))


UNORDERED = (
    FULL.replace("type: integer", "type: string")
    .replace("default: 30", "default: x")
    .replace("#       minimum: 1\n", "")
)


def test_a_users_parameter_may_state_its_unit_and_which_way_is_stricter():
    (rule,) = own_rules(policy(metadata=FULL))
    assert (rule.parameters["days"].unit, rule.parameters["days"].stricter) == ("days", Stricter.LOWER)
    (rule,) = own_rules(policy())
    assert (rule.parameters["days"].unit, rule.parameters["days"].stricter) == ("", None)


@pytest.mark.parametrize("key", ["unit: days", "stricter: lower"])
def test_a_built_in_parameter_states_both(key):
    file = policy(metadata=FULL.replace(f"#       {key}\n", ""), builtin=True)
    assert f'custom.parameters.days lacks "{key.partition(":")[0]}"' in refusal(file)


def test_a_built_in_text_has_no_order():
    (rule,) = own_rules(policy(metadata=UNORDERED.replace("#       stricter: lower\n", ""), builtin=True))
    assert rule.parameters["days"].stricter is None


def test_what_is_stricter_fits_the_type():
    assert "custom.parameters.days.stricter must be one of higher, lower" in refusal(
        policy(metadata=FULL.replace("stricter: lower", "stricter: longer"))
    )
    assert "custom.parameters.days.stricter must be left out: a string is neither more nor less" in refusal(
        policy(metadata=UNORDERED)
    )


def test_metadata_names_what_can_be_done_about_a_finding():
    short = METADATA[: METADATA.index("#   needs")] + METADATA[METADATA.index("#   criteria") :]
    (rule,) = own_rules(policy(metadata=f"{short}#   fix: [called, nearest]\n"))
    assert rule.fixes == (FixKind.CALLED, FixKind.NEAREST)
    assert "custom.fix.0 must be one of quote, respell, space, called, nearest, successor, remove" in refusal(
        policy(metadata=f"{short}#   fix: [guess]\n")
    )


def test_a_comment_above_the_block_is_no_part_of_it():
    file = policy(metadata=f"# Licence: none of this is YAML: [\n\n# More words\n{METADATA}\n")
    assert [rule.id for rule in own_rules(file)] == ["mine/no-duty"]


def test_the_host_s_rules_are_listed_too():
    assert read_catalogue((), parse) == tuple(sorted(host_rules(), key=lambda rule: rule.id))


def test_helpers_and_tests_are_no_rules():
    test = policy(metadata="", package='uts.rules.mine["no-duty_test"]', path="uts/rules/mine/no-duty_test.rego")
    assert own_rules(helper("package mine.lib\n"), test) == []


def test_the_builtin_rules_are_read_whole():
    files = builtin_policies()
    expected = {file.path.removeprefix("uts/rules/").removesuffix(".rego") for file in files if "/rules/" in file.path}
    found = own_rules(*files)
    assert {rule.id for rule in found} == expected
    assert {rule.builtin for rule in found} == {True}


AT = "uts/rules/mine/no-duty.rego"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (changed("# title: Duty of nobody\n", ""), f'{AT}:2: METADATA of mine/no-duty: the block lacks "title"'),
        (
            changed("# title:", "# titel:"),
            f'{AT}:2: METADATA of mine/no-duty: titel is no key of METADATA; did you mean "title"?',
        ),
        (
            changed("#   effect: It is not done.\n", ""),
            f'{AT}:4: METADATA of mine/no-duty: custom lacks "effect"',
        ),
        (
            changed("#   effect:", "#   efect:"),
            f'{AT}:18: METADATA of mine/no-duty: custom.efect is no key of METADATA; did you mean "effect"?',
        ),
        (
            changed("level: warning", "level: severe"),
            f"{AT}:5: METADATA of mine/no-duty: custom.level must be one of error, warning, note",
        ),
        (
            changed("profile: strict", "profile: [strict]"),
            f"{AT}:6: METADATA of mine/no-duty: custom.profile must be one of starter, standard, strict",
        ),
        (
            changed("title: Duty of nobody", "title: 5"),
            f"{AT}:2: METADATA of mine/no-duty: title must be a text",
        ),
        (
            changed("[responsibilities, roles]", "[]"),
            f"{AT}:7: METADATA of mine/no-duty: custom.subjects must name a section",
        ),
        (
            changed("[responsibilities, roles]", "[The Roles]"),
            f'{AT}:7: METADATA of mine/no-duty: custom.subjects.0 must be a section, or "*" alone for all of them',
        ),
        (
            changed("[responsibilities, roles]", "[responsibilities, role]"),
            f'{AT}:7: METADATA of mine/no-duty: custom.subjects.1 "role" is no section; did you mean "roles"?',
        ),
        (
            changed("[holders, responsible]", "[holders, responsable]"),
            f'{AT}:8: METADATA of mine/no-duty: custom.needs.1 "responsable" is no fact; did you mean "responsible"?',
        ),
        (
            changed("[holders, responsible]", "[roles.holders]"),
            f'{AT}:8: METADATA of mine/no-duty: custom.needs.0 "roles.holders" is no fact',
        ),
        (
            changed("[holders, responsible]", "[]\n#   sections: [people, peple]"),
            f'{AT}:9: METADATA of mine/no-duty: custom.sections.1 "peple" is no section; did you mean "people"?',
        ),
        (
            changed("[holders, responsible]", "[]\n#   sections: ['*']"),
            f"{AT}:9: METADATA of mine/no-duty: custom.sections.0 must be a section",
        ),
        (
            changed("[holders, responsible]", "[]\n#   sections: people"),
            f"{AT}:9: METADATA of mine/no-duty: custom.sections must be a list",
        ),
        (
            changed("type: integer", "type: duration"),
            (f"{AT}:11: METADATA of mine/no-duty: custom.parameters.days.type must be one of "
            "integer, number, string, boolean, array"),
        ),
        (
            changed("default: 30", "default: thirty"),
            f"{AT}:12: METADATA of mine/no-duty: custom.parameters.days.default must be an integer",
        ),
        (
            changed("default: 30", "default: 0"),
            f"{AT}:12: METADATA of mine/no-duty: custom.parameters.days.default must be at least 1",
        ),
        (
            changed("minimum: 1", "minimum: one"),
            f"{AT}:13: METADATA of mine/no-duty: custom.parameters.days.minimum must be an integer",
        ),
        (
            changed("#     - source: J\n#       text: Because.", "#     - J: Because."),
            f"{AT}:16: METADATA of mine/no-duty: custom.criteria.0.J is no key of METADATA",
        ),
        (
            changed("# description: Somebody has to answer.\n", "# description: Somebody\n# scope: rule\n"),
            f"{AT}:4: METADATA of mine/no-duty: scope must be package",
        ),
        (policy(metadata=""), (f"{AT}:1: METADATA of mine/no-duty: there is none: a comment block that begins with "
            "`# METADATA` is missing")),
        (policy(metadata="# METADATA\n"), f"{AT}:2: METADATA of mine/no-duty: is no mapping of keys"),
        (
            policy(metadata="# METADATA\n# - a\n"),
            f"{AT}:2: METADATA of mine/no-duty: a document is a mapping of sections",
        ),
    ],
    ids=lambda value: value.partition(" METADATA ")[2][:40] if isinstance(value, str) else "",
)  # fmt: skip
def test_metadata_that_is_not_as_it_must_be_is_named_with_file_and_line(file, message):
    assert refusal(file) == message


def test_metadata_that_is_no_yaml_is_named_with_file_and_line():
    message = refusal(changed("title: Duty of nobody", "title: [Duty"))
    assert message.startswith(f"{AT}:")
    assert ": METADATA of mine/no-duty: " in message


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            [policy(path="uts/rules/mine/other.rego")],
            'uts/rules/mine/other.rego:20: package uts.rules.mine["no-duty"] does not match the file\'s place',
        ),
        (
            [policy(), policy(path="more/mine/no-duty.rego")],
            f"{AT}:20: the id mine/no-duty is taken: defined by more/mine/no-duty.rego",
        ),
        (
            [policy(metadata=FULL, builtin=True), policy(path="x/mine/no-duty.rego")],
            f"x/mine/no-duty.rego:20: the id mine/no-duty is taken: a built-in rule, defined by {AT}",
        ),
        (
            [policy(package="uts.rules.waivers.unused")],
            (
                "uts/rules/waivers/unused.rego:20: the id waivers/unused is taken: a built-in rule, "
                "defined by uts-policy itself"
            ),
        ),
        (
            [helper("# Words\n\npackage uts.lib.term\n", "term.rego")],
            "term.rego:3: package uts.lib.term belongs to uts-policy",
        ),
        ([helper("package main\n", "m.rego")], "m.rego:1: package main belongs to uts-policy"),
        (
            [helper("package uts.rules.mine\n", "m.rego")],
            "m.rego:1: package uts.rules.mine is neither a rule nor a helper",
        ),
        ([helper("import rego.v1\n", "m.rego")], "m.rego:1: no package clause"),
        ([helper("", "m.rego")], "m.rego:1: no package clause"),
    ],
)
def test_a_file_that_cannot_be_a_rule_or_a_helper_is_named_with_file_and_line(files, message):
    assert refusal(*files) == message


def test_a_builtin_helper_may_live_among_our_packages():
    ours = PolicyFile(path="uts/lib/term.rego", text="package uts.lib.term\n", builtin=True)
    assert own_rules(ours) == []


@pytest.mark.parametrize("package", ["mine.no_duty", "uts_rules.mine", 'uts_rules.mine["no-duty"]'])
def test_what_is_described_as_a_rule_and_has_another_package_is_refused_for_nobody_would_ask_it(package):
    file = helper(f"{METADATA}package {package}\n\nfindings := set()\n")
    assert refusal(file) == (f"mine/lib.rego:20: package {package} is described as a rule, and would never be asked")


def test_a_helper_may_have_a_description_of_its_own():
    text = "# METADATA\n# title: Help\n# custom:\n#   ours: yes\npackage mine.lib\n\nx := 1\n"
    assert own_rules(helper(text)) == []


@pytest.mark.parametrize("category", ["yaml", "schema"])
def test_a_rule_in_a_category_of_the_loader_is_refused_for_it_could_not_be_waived(category):
    file = policy(package=f'uts.rules.{category}["no-duty"]')
    assert refusal(file) == (
        f"uts/rules/{category}/no-duty.rego:20: {category}/no-duty is in a category of the form of declarations"
    )
