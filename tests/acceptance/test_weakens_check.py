"""`change/weakens-check`: each way in which a change loosens the check is told, at its place, and can fail it."""

import json
from collections.abc import Mapping

import pytest

from tests.acceptance.command import SOUND, run
from tests.acceptance.repository import Repository, make
from tests.acceptance.test_since import RULE

FILE = "declarations/all.yaml"
CONFIG = "uts-policy.yaml"
WAIVERS = "declarations/waivers.yaml"
BASELINE = "known.yaml"
ONE, TWO = "1:" + "1" * 32, "1:" + "2" * 32
WAIVER = """\
waivers:
  - id: w
    rule: ownership/unassigned
    subject: responsibilities/lead
    key: one
    reason: Agreed
    approved_by: director
    approved_on: 2026-11-01
    expires: 2026-12-31
"""
HELPER = "package house.helper\n\nimport rego.v1\n\nlimit := 3\n"
Files = Mapping[str, str]


def baseline(*identities: str) -> str:
    rows = "".join(
        f'  - {{id: "{each}", rule: a/b, entry: c/d, message: m, reason: r, accepted: "2026-11-01"}}\n'
        for each in identities
    )
    return f"schema: uts-policy/baseline/1\nfindings:{rows and chr(10)}{rows or ' []' + chr(10)}"


WAYS: Mapping[str, tuple[Files, Files, str, str]] = {
    "a rule is turned off": (
        {CONFIG: "levels: {}\n"},
        {CONFIG: "levels:\n  ownership/unassigned: off\n"},
        "configuration/levels",
        f"{CONFIG}:2",
    ),
    "rules are turned off by a glob": (
        {CONFIG: "levels: {}\n"},
        {CONFIG: "levels:\n  authority/missing: error\n  ownership/*: off\n"},
        "configuration/levels",
        f"{CONFIG}:3",
    ),
    "a rule is lowered": (
        {CONFIG: "levels: {}\n"},
        {CONFIG: "levels:\n  ownership/unassigned: warning\n"},
        "configuration/levels",
        f"{CONFIG}:2",
    ),
    "a level that was raised is taken back": (
        {CONFIG: "levels:\n  ownership/no-performer: error\n"},
        {CONFIG: "levels: {}\n"},
        "configuration/levels",
        f"{CONFIG}:1",
    ),
    "a rule beyond the profile is no longer turned on": (
        {CONFIG: "levels:\n  ownership/unacknowledged: warning\n"},
        {CONFIG: "levels: {}\n"},
        "configuration/levels",
        f"{CONFIG}:1",
    ),
    "this very rule is turned off": (
        {CONFIG: "levels: {}\n"},
        {CONFIG: "levels:\n  change/weakens-check: off\n"},
        "configuration/levels",
        f"{CONFIG}:2",
    ),
    "the profile goes down": (
        {CONFIG: "profile: strict\n"},
        {CONFIG: "exclude: []\nprofile: starter\n"},
        "configuration/profile",
        f"{CONFIG}:2",
    ),
    "the profile falls back to the default": (
        {CONFIG: "profile: strict\nfail_on: error\n"},
        {CONFIG: "fail_on: error\n"},
        "configuration/profile",
        f"{CONFIG}:1",
    ),
    "a limit grows": (
        {CONFIG: "rules:\n  staffing/acting-too-long: {days: 120}\n"},
        {CONFIG: "rules:\n  staffing/acting-too-long:\n    days: 210\n"},
        "configuration/rules",
        f"{CONFIG}:3",
    ),
    "a horizon shrinks": (
        {},
        {CONFIG: "rules:\n  ownership/term-gap:\n    horizon_days: 30\n"},
        "configuration/rules",
        f"{CONFIG}:3",
    ),
    "the placeholders are shortened": (
        {},
        {CONFIG: "rules:\n  ownership/placeholder-owner:\n    placeholders: [TBD, tba]\n"},
        "configuration/rules",
        f"{CONFIG}:3",
    ),
    "a requirement is dropped": (
        {CONFIG: "require: [ownership, reference/unknown]\n"},
        {CONFIG: "require: [ownership]\n"},
        "configuration/require",
        f"{CONFIG}:1",
    ),
    "the threshold is raised": (
        {CONFIG: "fail_on: warning\n"},
        {CONFIG: "profile: standard\nfail_on: error\n"},
        "configuration/fail_on",
        f"{CONFIG}:2",
    ),
    "nothing fails any more": (
        {},
        {CONFIG: "profile: standard\nfail_on: never\n"},
        "configuration/fail_on",
        f"{CONFIG}:2",
    ),
    "the engine changes": (
        {CONFIG: "engine: both\n"},
        {CONFIG: "fail_on: error\nengine: embedded\n"},
        "configuration/engine",
        f"{CONFIG}:2",
    ),
    "less is read": (
        {CONFIG: "paths: [declarations, more]\n", "more/x.yaml": "vectors: []\n"},
        {CONFIG: "paths: [declarations]\n"},
        "configuration/paths",
        f"{CONFIG}:1",
    ),
    "files are excluded": (
        {CONFIG: "exclude: [a]\n"},
        {CONFIG: "exclude:\n  - a\n  - drafts\n"},
        "configuration/exclude",
        f"{CONFIG}:3",
    ),
    "a rule of the user's is gone": (
        {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": RULE, "rules/helper.rego": HELPER},
        {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": ""},
        "policies/house/chair",
        f"{CONFIG}:1",
    ),
    "all rules of the user's are gone": (
        {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": RULE},
        {CONFIG: "profile: standard\n"},
        "policies/house/chair",
        f"{CONFIG}:1",
    ),
    "a rule of the user's says something else": (
        {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": RULE},
        {"rules/house/chair.rego": RULE.replace("not unit.chair", "not unit.chairs")},
        "policies/house/chair",
        "rules/house/chair.rego:17",
    ),
    "a helper of the user's says something else": (
        {CONFIG: "policies: [rules]\n", "rules/house/chair.rego": RULE, "rules/helper.rego": HELPER},
        {"rules/helper.rego": HELPER.replace("3", "4")},
        "policies/house.helper",
        "rules/helper.rego:5",
    ),
    "a waiver is new": ({}, {WAIVERS: WAIVER}, "waivers/w", f"{WAIVERS}:3"),
    "a waiver hides another rule's findings": (
        {WAIVERS: WAIVER},
        {WAIVERS: WAIVER.replace("unassigned", "scope-gap")},
        "waivers/w",
        f"{WAIVERS}:3",
    ),
    "a waiver hides another finding": (
        {WAIVERS: WAIVER},
        {WAIVERS: WAIVER.replace("key: one", "key: other")},
        "waivers/w",
        f"{WAIVERS}:5",
    ),
    "a waiver is extended": (
        {WAIVERS: WAIVER},
        {WAIVERS: WAIVER.replace("2026-12-31", "2027-06-30")},
        "waivers/w",
        f"{WAIVERS}:9",
    ),
    "a waiver begins earlier": (
        {WAIVERS: WAIVER.replace("2026-11-01", "2026-12-01")},
        {WAIVERS: WAIVER},
        "waivers/w",
        f"{WAIVERS}:8",
    ),
    "a waiver loses its key": (
        {WAIVERS: WAIVER},
        {WAIVERS: WAIVER.replace("    key: one\n", "")},
        "waivers/w",
        f"{WAIVERS}:2",
    ),
    "a baseline is new": (
        {},
        {CONFIG: f"profile: standard\nbaseline: {BASELINE}\n", BASELINE: baseline(ONE, TWO)},
        "configuration/baseline",
        f"{CONFIG}:2",
    ),
    "the baseline has grown": (
        {CONFIG: f"baseline: {BASELINE}\n", BASELINE: baseline(ONE)},
        {BASELINE: baseline(ONE, TWO)},
        f"baseline/{TWO}",
        f"{BASELINE}:4",
    ),
    "a section is emptied": (
        {"declarations/vectors.yaml": "vectors: [{id: travel, title: Travel}]\n"},
        {"declarations/vectors.yaml": "vectors: []\n"},
        "vectors/*",
        "",
    ),
}


BOTH_WAYS = frozenset(
    {
        "the engine changes",
        "a rule of the user's says something else",
        "a helper of the user's says something else",
        "a waiver hides another rule's findings",
        "a waiver hides another finding",
    }
)
"""What weakens the check in whichever direction it changes: nobody can tell which is the stricter."""


def as_error(config: str) -> str:
    """A configuration that makes an error of weakening the check; no other line of it moves."""
    line = "change/weakens-check: error"
    if "change/weakens-check" in config:
        return config
    if "levels: {}" in config:
        return config.replace("levels: {}", f"levels: {{{line}}}")
    return f"{config}  {line}\n" if "levels:\n" in config else f"{config}levels: {{{line}}}\n"


def changed(repository: Repository, before: Files, after: Files) -> None:
    """A branch that puts `after` in the place of `before`; an empty text stands for no file."""
    before, after = ({**side, CONFIG: as_error(side[CONFIG])} if CONFIG in side else side for side in (before, after))
    repository.commit(**{FILE: SOUND, CONFIG: as_error(""), **{path: text for path, text in before.items() if text}})
    repository.branch()
    for path, text in after.items():
        if text:
            repository.write(path, text)
        else:
            (repository.top / path).unlink()
    repository.commit()


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_weakening_the_check_is_told_at_its_place_and_fails_where_it_is_an_error(tmp_path, way):
    before, after, entry, place = WAYS[way]
    repository = make(tmp_path / "r")
    changed(repository, before, after)
    outcome = repository.check()
    assert (outcome.exit, outcome.weakened) == (1, [(entry, place)])


@pytest.mark.parametrize("way", sorted(WAYS.keys() - BOTH_WAYS))
def test_the_way_back_tightens_the_check_and_is_not_told(tmp_path, way):
    before, after, _, _ = WAYS[way]
    repository = make(tmp_path / "r")
    changed(repository, {**before, **after}, {**dict.fromkeys(after.keys() - before.keys(), ""), **before})
    assert repository.check().weakened == []


def test_weakening_is_a_warning_unless_it_is_configured_otherwise(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND})
    repository.branch()
    repository.write(CONFIG, "profile: starter\n")
    outcome = repository.check()
    assert [(each["rule"], each["level"]) for each in outcome.report["findings"]] == [
        ("change/weakens-check", "warning")
    ]
    assert outcome.exit == 0
    assert "change/weakens-check" in outcome.report["evaluated"]


def test_without_a_base_nothing_is_compared(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: as_error("")})
    repository.write(CONFIG, "profile: starter\n")
    done = run("check", "--format", "json", cwd=repository.top)
    assert "change/weakens-check" not in json.loads(done.stdout)["evaluated"]


@pytest.mark.parametrize("required", ["change", "change/weakens-check"])
def test_where_it_is_required_there_is_no_verdict_without_a_base_that_can_be_judged(tmp_path, required):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: "levels: {no/such: off}\n"})
    repository.branch()
    repository.write(CONFIG, f"require: [{required}]\n")
    done = run("check", cwd=repository.top)
    assert (done.returncode, done.stdout) == (3, b"")
    assert f'"{required}" is required, and not assessed: change/weakens-check' in done.stderr.decode()
    assert repository.check().exit == 3
    repository.commit()
    repository.branch("next")
    assert repository.check(since="change").exit == 0


def test_the_command_line_holds_on_both_sides_and_weakens_nothing(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: "profile: strict\nfail_on: note\n"})
    repository.branch()
    repository.write(CONFIG, "profile: starter\nfail_on: never\n")
    options = ("--profile", "standard", "--fail-on", "error", "--engine", "embedded")
    assert repository.check(*options, "declarations").weakened == []
    assert repository.check("--no-rule", "change/*").report["findings"] == []


def test_a_threshold_that_a_change_raises_is_not_its_own_judge(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND})
    repository.branch()
    repository.write(CONFIG, "fail_on: never\n")
    repository.write(FILE, SOUND.replace("accountable: director, ", ""))
    outcome = repository.check()
    assert (outcome.exit, outcome.report["threshold"]) == (1, "error")


SELF = """\
  - id: s
    rule: change/weakens-check
    subject: SUBJECT
    reason: Agreed
    approved_by: board
    approved_on: 2026-11-01
    expires: 2026-12-31
"""


def test_a_waiver_of_the_base_excuses_a_weakening(tmp_path):
    agreed = WAIVER + SELF.replace("SUBJECT", "waivers/w")
    repository = make(tmp_path / "r", **{FILE: SOUND, WAIVERS: agreed, CONFIG: as_error("")})
    repository.branch()
    repository.write(WAIVERS, agreed.replace("expires: 2026-12-31", "expires: 2027-02-28", 1))
    outcome = repository.check("--no-rule", "reference/*", "--no-rule", "waivers/*")
    assert (outcome.exit, outcome.weakened) == (0, [("waivers/w", f"{WAIVERS}:9")])
    assert [each["waiver"]["id"] for each in outcome.report["findings"]] == ["s"]


@pytest.mark.parametrize("subject", ["waivers/w", "waivers/s"])
def test_a_waiver_that_comes_with_the_change_excuses_neither_another_nor_itself(tmp_path, subject):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: as_error("")})
    repository.branch()
    repository.write(WAIVERS, WAIVER + SELF.replace("SUBJECT", subject))
    outcome = repository.check("--no-rule", "waivers/*")
    assert (outcome.exit, outcome.report["counts"]["waived"]) == (1, 0)
    assert [entry for entry, _ in outcome.weakened] == ["waivers/w", "waivers/s"]


def test_a_configuration_that_is_gone_weakens_what_it_said(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: "profile: strict\nrequire: [ownership]\n"})
    repository.branch()
    (repository.top / CONFIG).unlink()
    assert repository.check().weakened == [("configuration/profile", ""), ("configuration/require", "")]


def test_many_weakenings_of_one_key_are_told_apart(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND})
    repository.branch()
    repository.write(
        CONFIG,
        "levels: {ownership/unassigned: off, staffing/vacant: 'off', 'reference/*': note}\nexclude: [a, b, a]\n"
        "rules: {staffing/acting-too-long: {days: 500}, waivers/too-long: {days: 500}}\n",
    )
    outcome = repository.check()
    assert sorted(entry for entry, _ in outcome.weakened) == [
        *["configuration/exclude"] * 2,
        *["configuration/levels"] * 3,
        *["configuration/rules"] * 2,
    ]
    assert len({each["id"] for each in outcome.report["findings"]}) == 7


def test_the_line_of_the_configuration_is_shown(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: "levels: {}\n"})
    repository.write(CONFIG, "levels:\n  ownership/unassigned: off  # for now\n")
    said = run("check", "--since", "main", cwd=repository.top).stdout.decode()
    assert " 2 │  ownership/unassigned: off  # for now\n" in said
    page = run("check", "--since", "main", "--format", "html", cwd=repository.top).stdout.decode()
    assert "  # for now" in page
    hidden = run("check", "--since", "main", "--redact", cwd=repository.top).stdout.decode()
    assert "is turned off" in hidden
    assert "for now" not in hidden
