"""`change/weakens-check`: each way in which a change loosens the check is told, at its place, and can fail it."""

import json
from collections.abc import Mapping
from pathlib import Path

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
    "a fact is no longer complete": (
        {CONFIG: "complete: [holders, grants]\n"},
        {CONFIG: "complete: [holders]\n"},
        "configuration/complete",
        f"{CONFIG}:1",
    ),
    "facts are no longer complete": (
        {CONFIG: "complete: [all]\n"},
        {CONFIG: "profile: standard\n"},
        "configuration/complete",
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
        {
            CONFIG: "policies: [rules]\n",
            "rules/house/chair.rego": RULE,
            "rules/house/other.rego": RULE.replace("house.chair", "house.other"),
            "rules/helper.rego": HELPER,
        },
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


DUTY = "responsibilities:\n  - {id: keys, statement: Keep the keys, accountable: director, responsible: director}\n"
KEYS = "declarations/keys.yaml"


def leaving(tmp_path: Path, **more: str) -> Repository:
    """A repository whose declarations are in two files, on a branch."""
    repository = make(tmp_path / "r", **{FILE: SOUND, KEYS: DUTY, **more})
    repository.branch()
    return repository


@pytest.mark.parametrize(
    ("place", "config"),
    [
        ("declarations/.old/keys.yaml", ""),
        ("declarations/uts-policy.yaml", ""),
        ("declarations/sub/uts-policy-baseline.yaml", ""),
        ("declarations/drafts/keys.yaml", "exclude: [drafts]\n"),
        ("elsewhere/keys.yaml", ""),
        ("declarations/keys.txt", ""),
        (".keys.yaml", ""),
    ],
)
@pytest.mark.parametrize("edit", ["", "accountable: director, ", "padded"])
@pytest.mark.parametrize("committed", [True, False])
def test_a_file_that_leaves_the_check_and_not_the_repository_is_told(tmp_path, place, config, edit, committed):
    repository = leaving(tmp_path, **({CONFIG: config} if config else {}))
    (repository.top / KEYS).unlink()
    padded = edit == "padded" and not place.endswith(".txt")
    repository.write(place, DUTY + "# nothing\n" * 100 if padded else DUTY.replace(edit, ""))
    if committed:
        repository.commit()
    outcome = repository.check()
    assert outcome.weakened == [("configuration/paths", f"{place}:1")]
    assert outcome.report["findings"][0]["message"] == f'"{KEYS}" is no longer read, and is "{place}" now.'
    assert repository.check("--fail-on-weakening").exit == 1
    if committed:
        told = json.loads(run("diff", "main", "change", "--format", "json", cwd=repository.top).stdout)
        assert [each["message"] for each in told["weakens"]] == [outcome.report["findings"][0]["message"]]


def test_a_file_that_leaves_into_a_submodule_is_told_and_one_that_is_not_checked_out_is_suspected(tmp_path):
    other = make(tmp_path / "other", **{"keys.yaml": DUTY})
    repository = leaving(tmp_path)
    repository.git("rm", "-q", KEYS)
    repository.git("submodule", "--quiet", "add", other.top, "parts")
    repository.commit()
    assert repository.check().weakened == [("configuration/paths", "parts/keys.yaml:1")]
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", "-b", "change", repository.top, clone.top)
    outcome = clone.check(since="origin/main")
    assert outcome.weakened == [("configuration/paths", "")]
    assert 'may be in the submodule "parts", which is not checked out' in outcome.report["findings"][0]["message"]


@pytest.mark.parametrize("since", [(), ("--since", "origin/main")])
@pytest.mark.parametrize("listed", [True, False])
def test_a_submodule_that_is_not_checked_out_is_no_verdict(tmp_path, since, listed):
    other = make(tmp_path / "other", **{"keys.yaml": DUTY})
    repository = leaving(tmp_path)
    repository.git("submodule", "--quiet", "add", other.top, "declarations/parts")
    if not listed:
        repository.git("rm", "-q", "--cached", ".gitmodules")
        (repository.top / ".gitmodules").unlink()
    repository.commit()
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", "-b", "change", repository.top, clone.top)
    for command in (("check", *since), ("validate",), ("who", "keys")):
        done = run(*command, cwd=clone.top)
        assert (done.returncode, done.stdout) == (3, b""), command
        assert b'the submodule "declarations/parts" is not checked out' in done.stderr
    clone.write(CONFIG, "exclude: [parts]\n")
    assert run("check", *since, cwd=clone.top).returncode == 0
    (clone.top / "declarations/empty").mkdir()
    assert run("check", *since, cwd=clone.top).returncode == 0


def test_a_submodule_that_the_change_takes_away_leaves_no_base_to_compare_with(tmp_path):
    other = make(tmp_path / "other", **{"people.yaml": "people: [{id: p-1}]\n"})
    repository = make(tmp_path / "r", **{FILE: SOUND.replace("people:\n  - {id: p-1}\n", "")})
    repository.git("submodule", "--quiet", "add", other.top, "declarations/parts")
    repository.commit()
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", repository.top, clone.top)
    clone.branch()
    clone.git("rm", "-q", "-r", "declarations/parts")
    clone.commit()
    outcome = clone.check(since="origin/main")
    assert outcome.exit == 3
    assert 'has a submodule "declarations/parts" that is not checked out here' in outcome.report["error"]


def test_what_moves_and_is_still_read_and_what_is_deleted_is_no_weakening(tmp_path):
    repository = leaving(tmp_path)
    repository.git("mv", KEYS, "declarations/moved.yaml")
    assert repository.check("--fail-on-weakening").exit == 0
    repository.git("mv", "declarations/moved.yaml", "moved.yaml")
    (repository.top / KEYS).symlink_to("all.yaml")
    assert [entry for entry, _ in repository.check().weakened] == ["configuration/paths"]
    repository.git("rm", "-q", "-f", "moved.yaml")
    (repository.top / KEYS).unlink()
    repository.write("notes.md", "# Keys\n\nWe keep none.\n")
    assert repository.check().weakened == []


def test_a_directory_by_another_name_reads_no_less(tmp_path):
    repository = leaving(tmp_path)
    repository.git("mv", "declarations", "duties")
    (repository.top / "declarations").symlink_to("duties")
    assert repository.check().weakened == []
    repository.write(CONFIG, "paths: [duties]\n")
    assert repository.check().weakened == []
    (tmp_path / "link").symlink_to(repository.top)
    assert Repository(tmp_path / "link").check().weakened == []


@pytest.mark.parametrize("way", ["link in place", "link on both sides", "named configuration"])
def test_a_configuration_behind_a_link_is_compared_with_what_it_was(tmp_path, way):
    strict, loose = "profile: strict\nfail_on: warning\n", "profile: starter\nfail_on: never\n"
    repository = make(tmp_path / "r", **{FILE: SOUND, ("ci/p.yaml" if way != "link in place" else CONFIG): strict})
    if way == "link on both sides":
        (repository.top / CONFIG).symlink_to("ci/p.yaml")
        repository.commit()
    repository.branch()
    arguments: tuple[str, ...] = ()
    if way == "link in place":
        (repository.top / CONFIG).unlink()
        repository.write("ci/p.yaml", loose)
        (repository.top / CONFIG).symlink_to("ci/p.yaml")
    elif way == "link on both sides":
        repository.write("ci/p.yaml", loose)
    else:
        repository.git("mv", "ci", "other")
        repository.write("other/p.yaml", loose)
        (repository.top / "ci").symlink_to("other")
        arguments = ("--config", "ci/p.yaml")
    repository.commit()
    done = run(
        *arguments, "check", "declarations" if arguments else f"{repository.top}/declarations",
        "--since", "main", "--format", "json", cwd=repository.top,
    )  # fmt: skip
    report = json.loads(done.stdout)
    assert (done.returncode, report["threshold"]) == (1, "warning")
    assert {each["entry"] for each in report["findings"]} == {"configuration/profile", "configuration/fail_on"}


def test_rules_behind_a_link_are_compared_with_what_they_were(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: "policies: [rules]\n", "rules/house/chair.rego": RULE})
    repository.branch()
    repository.git("mv", "rules", "moved")
    repository.write("moved/house/chair.rego", RULE.replace("not unit.chair", "false"))
    (repository.top / "rules").symlink_to("moved")
    repository.commit()
    assert [entry for entry, _ in repository.check().weakened] == ["policies/house/chair"]


@pytest.mark.parametrize(
    ("before", "after", "threshold"),
    [("warning", "error", "warning"), ("error", "warning", "warning"), ("never", "error", "error")],
)
def test_the_lower_threshold_of_both_sides_counts(tmp_path, before, after, threshold):
    repository = make(tmp_path / "r", **{FILE: SOUND, KEYS: DUTY, CONFIG: f"fail_on: {before}\n"})
    repository.branch()
    repository.write(CONFIG, f"fail_on: {after}\n")
    repository.write(FILE, SOUND.replace(", responsible: director", ", responsible: []"))
    outcome = repository.check("--rule", "ownership/no-performer")
    assert outcome.new == {("ownership/no-performer", "responsibilities/lead")}
    assert outcome.report["threshold"] == threshold
    assert outcome.exit == (1 if threshold == "warning" else 0)


@pytest.mark.parametrize(
    ("base", "threshold"), [("policies: [rules]\nfail_on: warning\n", "warning"), ("fail_on: often\n", "error")]
)
def test_a_base_that_cannot_be_judged_still_has_its_threshold(tmp_path, base, threshold):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: base, "rules/x.rego": "package x\n\n(\n"})
    repository.branch()
    repository.write(CONFIG, "fail_on: never\n")
    assert repository.check().report["threshold"] == threshold
    outcome = repository.check("--fail-on-weakening")
    assert outcome.exit == 3
    assert "whether the change weakens the check is not known" in outcome.report["error"]


@pytest.mark.parametrize(
    ("before", "after", "level"), [("error", "note", "error"), ("note", "error", "note"), ("note", "off", "note")]
)
def test_the_level_of_weakening_is_the_bases(tmp_path, before, after, level):
    repository = make(tmp_path / "r", **{FILE: SOUND, CONFIG: f"levels: {{change/weakens-check: {before}}}\n"})
    repository.branch()
    repository.write(CONFIG, f"levels: {{change/weakens-check: '{after}'}}\nprofile: starter\n")
    outcome = repository.check()
    assert {each["level"] for each in outcome.report["findings"]} == {level}
    assert outcome.exit == (1 if level == "error" else 0)


def test_weakening_fails_the_check_where_that_is_asked_for_whatever_the_threshold(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND})
    repository.branch()
    assert repository.check("--fail-on-weakening").exit == 0
    repository.write(CONFIG, "profile: starter\nfail_on: never\n")
    assert repository.check("--fail-on", "never").exit == 0
    outcome = repository.check("--fail-on-weakening", "--fail-on", "never")
    assert (outcome.exit, outcome.report["verdict"]) == (1, "fail")
    assert "--fail-on-weakening does not let pass" in outcome.report["notices"][-1]
    redacted = run(
        "check", "--since", "main", "--fail-on-weakening", "--fail-on", "never", "--redact", cwd=repository.top
    )
    assert redacted.returncode == 1
    assert run("check", "--fail-on-weakening", cwd=repository.top).returncode == 0
    for head in ((), ("change",)):
        told = run("diff", "main", *head, "--fail-on-weakening", cwd=repository.top)
        assert (told.returncode, b"starter" in told.stdout) == ((0, False) if head else (1, True))
    assert run("diff", "main", cwd=repository.top).returncode == 0


def test_a_weakening_that_a_waiver_of_the_base_excuses_does_not_fail_the_check(tmp_path):
    agreed = WAIVER + SELF.replace("SUBJECT", "waivers/w")
    repository = make(tmp_path / "r", **{FILE: SOUND, WAIVERS: agreed})
    repository.branch()
    repository.write(WAIVERS, agreed.replace("expires: 2026-12-31", "expires: 2027-02-28", 1))
    options = ("--no-rule", "reference/*", "--no-rule", "waivers/*", "--fail-on-weakening")
    assert repository.check(*options).exit == 0
    assert run("diff", "main", "--fail-on-weakening", "--as-of", "2026-11-23", cwd=repository.top).returncode == 0
