"""A user's own rule that cannot be used: exit 3, one line with file and line, the same on every engine."""

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
