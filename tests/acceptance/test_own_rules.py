"""A user's own rule that cannot be used: exit 3, one line with file and line, the same on every engine."""

import json
from pathlib import Path

import pytest

from tests.acceptance.command import declare, policy, run

FINDINGS = 'findings contains {"path": ["roles", id], "message": "x"} if some id, _ in input.roles'
OF_ROLES = "if some id, _ in input.roles"
FILE = "mine/a.rego"
UNUSABLE = {
    "not portable": (f"{FINDINGS}\n\nnow := time.now_ns()", f"{FILE}:19: not portable: time.now_ns "),
    "with a function that is not there": (
        f"{FINDINGS}\n\ngone if nothing_such(1)",
        f"{FILE}:19: not portable: nothing_such is not among the functions on which the engines agree",
    ),
    "does not parse": ("findings contains {", f"{FILE}:18:1: "),
    "does not compile": (f"{FINDINGS}\n\nx := y", f"{FILE}:19:6: var y is unsafe"),
}
"""Told before anything is evaluated."""
MISSHAPEN = {
    "no findings": ("other := 1", f"{FILE}:13: mine/a was not evaluated: it has no set of findings"),
    "findings that are no set": ("findings := 3", f"{FILE}:17: mine/a was not evaluated: it has no set of findings"),
    "findings by key": (f"findings[id] := 1 {OF_ROLES}", f"{FILE}:17: mine/a was not evaluated: it has no set of"),
    "a text": ('findings contains "x"', f'{FILE}:17: a finding of mine/a is "x", and not an object'),
    "no message": (
        f'findings contains {{"path": ["roles", id]}} {OF_ROLES}',
        f'{FILE}:17: a finding of mine/a lacks "message"',
    ),
    "a key too many": (
        FINDINGS.replace('"x"', '"x", "more": 1'),
        f'{FILE}:17: a finding of mine/a has "more", which means nothing',
    ),
    "a path that is none": (
        FINDINGS.replace('["roles", id]', "id"),
        f"{FILE}:17: a finding of mine/a has a `path` that does not begin with section and id",
    ),
    "two of one identity": (
        f"{FINDINGS}\n\n{FINDINGS.replace('x', 'y')}",
        f'{FILE}:17: two findings of mine/a on "roles/director" have one identity',
    ),
}
"""Told by what they answer."""


def refused(folder: Path, *options: str, **environment: str) -> str:
    """The one line that says why a check with the user's own rules has no verdict."""
    result = run("check", "--policies", "policies", *options, cwd=folder, **environment)
    assert (result.returncode, result.stdout) == (3, b""), result.stderr.decode()
    error, *hints = result.stderr.decode().splitlines()
    assert [line[:6] for line in hints] == ["hint: "]
    return error.removeprefix("uts-policy: error: ")


def test_a_rule_that_fails_on_a_name_shows_nothing_of_what_was_declared(tmp_path: Path) -> None:
    declare(tmp_path)
    policy(tmp_path, "mine/a", FINDINGS.replace("some id,", "some idd,"))
    assert refused(tmp_path) == f"mine/a could not be evaluated: {FILE}:17:38: var id is unsafe"
    misused = OF_ROLES.replace("some", "{ some").replace("_", "r") + "; sum(r.title) > 1 }"
    policy(tmp_path, "mine/a", FINDINGS.replace(OF_ROLES, misused))
    assert refused(tmp_path) == f"mine/a could not be evaluated: {FILE}:17:96: `sum` requires array/set argument"


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_rule_that_cannot_be_loaded_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    declare(tmp_path)
    body, words = UNUSABLE[name]
    policy(tmp_path, "mine/a", body)
    assert refused(tmp_path).startswith(words)


@pytest.mark.parametrize("name", MISSHAPEN)
def test_a_rule_of_another_shape_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    declare(tmp_path)
    body, words = MISSHAPEN[name]
    policy(tmp_path, "mine/a", body)
    assert refused(tmp_path).startswith(words)


@pytest.mark.opa
@pytest.mark.parametrize("name", ["no findings", "findings that are no set", "a text", "no message"])
def test_opa_lets_no_rule_of_another_shape_pass_either(opa: str, tmp_path: Path, name: str) -> None:
    declare(tmp_path)
    body, words = MISSHAPEN[name]
    policy(tmp_path, "mine/a", body)
    assert refused(tmp_path, "--engine", "opa", UTS_POLICY_OPA=opa).startswith(words)


def test_a_rule_without_metadata_with_a_wrong_key_or_a_taken_id_is_told_with_its_place(tmp_path: Path) -> None:
    declare(tmp_path)
    file = policy(tmp_path, "mine/a", FINDINGS, level="grave") / FILE
    assert refused(tmp_path).startswith(f"{FILE}:5: METADATA of mine/a: custom.level ")
    file.write_text(f"package uts.rules.mine.a\n\nimport rego.v1\n\n{FINDINGS}\n", encoding="utf-8")
    assert refused(tmp_path).startswith(f"{FILE}:1: METADATA of mine/a: there is none")
    file.unlink()
    policy(tmp_path, "ownership/unassigned", FINDINGS)
    words = "ownership/unassigned.rego:13: the id ownership/unassigned is taken: a built-in rule"
    assert refused(tmp_path).startswith(words)


def test_what_a_check_would_refuse_as_not_portable_its_tests_do_not_pass_either(tmp_path: Path) -> None:
    declare(tmp_path)
    assert run("new", "rule", "mine/a", cwd=tmp_path).returncode == 0
    assert run("test", cwd=tmp_path).returncode == 0
    file = tmp_path / "policies" / FILE
    file.write_text(f"{file.read_text(encoding='utf-8')}\nnow := time.now_ns()\n", encoding="utf-8")
    tested = run("test", cwd=tmp_path)
    assert (tested.returncode, tested.stdout) == (3, b"")
    assert ": not portable: time.now_ns is not among" in tested.stderr.decode()
    assert tested.stderr == run("check", "--policies", "policies", cwd=tmp_path).stderr


def test_tests_of_policies_that_are_no_rules_of_ours_run_whatever_they_call(tmp_path: Path) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "a.rego").write_text("package house\n\nimport rego.v1\n\nnow := time.now_ns()\n")
    (folder / "a_test.rego").write_text(
        "package house_test\n\nimport rego.v1\n\nimport data.house\n\ntest_now if house.now > 0\n"
    )
    assert run("test", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("command", [("check",), ("rules",), ("test",), ("who", "lead")])
@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("policies:\n  - policies\n  - rules\n", 'uts-policy.yaml:3:5: "rules" does not exist'),
        ("policies: [policies, a.rego]\n", 'uts-policy.yaml:1:22: "a.rego" is not a directory'),
    ],
)
def test_a_directory_that_the_configuration_names_in_vain_is_told_at_its_place(
    tmp_path: Path, command: tuple[str, ...], written: str, words: str
) -> None:
    declare(tmp_path)
    (tmp_path / "policies").mkdir()
    (tmp_path / "a.rego").touch()
    (tmp_path / "uts-policy.yaml").write_text(written, encoding="utf-8")
    result = run(*command, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr.decode().splitlines() == [
        f"uts-policy: error: {words}",
        "hint: `policies` names directories of Rego files, relative to the configuration file.",
    ]


EMPTY = {
    "nothing": ({}, '"policies" holds no rule: it is empty'),
    "another ending": ({"a.rego.txt": "x"}, '"policies" holds no rule: there are only "a.rego.txt"'),
    "tests": ({"a_test.rego": "package a_test\n"}, '"policies" holds no rule: there are only "a_test.rego"'),
    "data": (
        dict.fromkeys(("a.json", "b.json", "c/d.json", "e.yaml", "f.md"), "{}"),
        '"policies" holds no rule: there are only "a.json", "b.json", "c/d.json" and 2 more',
    ),
    "an ending in capitals": (
        {"mine/a.REGO": "package x\n"},
        '"mine/a.REGO" in "policies" is not read as a policy: it is spelled in capitals',
    ),
    "a helper": (
        {"house.rego": "package house\n\nimport rego.v1\n"},
        '"policies" holds no rule: "house.rego" is a helper',
    ),
}


@pytest.mark.parametrize("name", EMPTY)
@pytest.mark.parametrize("command", [("check",), ("corpus",), ("bundle",), ("diff", "declarations", "declarations")])
def test_a_directory_without_a_rule_is_no_verdict(tmp_path: Path, name: str, command: tuple[str, ...]) -> None:
    declare(tmp_path)
    files, words = EMPTY[name]
    (tmp_path / "policies").mkdir()
    for file, text in files.items():
        (tmp_path / "policies" / file).parent.mkdir(exist_ok=True)
        (tmp_path / "policies" / file).write_text(text)
    result = run(*command, "--policies", "policies", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert result.stderr.decode().splitlines()[0] == f"uts-policy: error: {words}"


@pytest.mark.parametrize(
    ("link", "target", "words"),
    [
        ("b.rego", "nowhere", '"b.rego" in "policies" is not read as a policy: it is a link that leads nowhere'),
        ("more", "../elsewhere", '"more" in "policies" is not read as a policy: it is a link to a directory'),
    ],
)
def test_beside_a_rule_a_link_that_is_not_followed_is_no_verdict(
    tmp_path: Path, link: str, target: str, words: str
) -> None:
    declare(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "c.rego").write_text("package c\n")
    (policy(tmp_path, "mine/a", FINDINGS) / link).symlink_to(target)
    assert refused(tmp_path).startswith(words)


def test_what_lies_beside_rules_and_nobody_takes_for_one_is_no_fault(tmp_path: Path) -> None:
    declare(tmp_path)
    folder = policy(tmp_path, "mine/a", FINDINGS)
    for name in ("README.md", "a.rego.orig", ".b.rego.swp", "data.json"):
        (folder / name).write_text("x")
    assert run("check", "--policies", "policies", cwd=tmp_path).returncode == 0


@pytest.mark.opa
@pytest.mark.parametrize("engine", ["embedded", "opa"])
def test_a_byte_order_mark_before_a_rule_is_no_part_of_it(opa: str, tmp_path: Path, engine: str) -> None:
    declare(tmp_path)
    file = policy(tmp_path, "mine/a", FINDINGS) / FILE
    plain = run("check", "--policies", "policies", "--format", "json", cwd=tmp_path)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    options = ("check", "--policies", "policies", "--format", "json", "--engine", engine)
    marked = json.loads(run(*options, cwd=tmp_path, UTS_POLICY_OPA=opa).stdout)
    expected = json.loads(plain.stdout)
    assert marked["findings"] == expected["findings"]
    assert "mine/a" in {each["rule"] for each in marked["findings"]}
    assert marked["digests"] == expected["digests"]


def test_a_rule_that_looks_where_nothing_is_is_no_verdict_in_check_and_in_test(tmp_path: Path) -> None:
    declare(tmp_path)
    assert run("new", "rule", "mine/a", cwd=tmp_path).returncode == 0
    file = tmp_path / "policies" / FILE
    file.write_text(file.read_text(encoding="utf-8").replace("in input.roles\n", "in input.rolez\n"))
    assert "input.rolez" in file.read_text()
    checked = run("check", "--policies", "policies", cwd=tmp_path)
    tested = run("test", cwd=tmp_path)
    for result in (checked, tested):
        assert (result.returncode, result.stdout) == (3, b"")
        error, hint = result.stderr.decode().splitlines()
        assert error.startswith(f"uts-policy: error: {FILE}:")
        assert error.endswith(": `input.rolez` is not in the corpus, so it is undefined whatever is declared")
        assert hint.startswith('hint: Did you mean "roles"?')
