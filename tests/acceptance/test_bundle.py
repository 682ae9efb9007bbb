"""`uts-policy bundle` as a user runs it: what it writes, and when it writes nothing."""

from pathlib import Path

from tests.acceptance.command import BROKEN, declare, run


def test_two_bundles_are_the_same_file(tmp_path: Path) -> None:
    first = run("bundle", "--out", "-", cwd=tmp_path)
    second = run("bundle", cwd=tmp_path, TZ="Asia/Tokyo", LC_ALL="C")
    assert (first.returncode, second.returncode, second.stdout) == (0, 0, b"")
    assert (tmp_path / "bundle.tar.gz").read_bytes() == first.stdout
    assert first.stderr == second.stderr
    assert first.stderr.startswith(b"rule set ")


def test_paths_without_the_corpus_are_a_wrong_command_line(tmp_path: Path) -> None:
    declare(tmp_path)
    result = run("bundle", "declarations", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"add --with-corpus" in result.stderr
    assert not (tmp_path / "bundle.tar.gz").exists()


def test_invalid_declarations_give_their_findings_and_no_bundle(tmp_path: Path) -> None:
    declare(tmp_path, BROKEN)
    result = run("bundle", "--with-corpus", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"yaml/syntax" in result.stderr
    assert not (tmp_path / "bundle.tar.gz").exists()


def test_what_is_no_key_is_a_wrong_command_line(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key", encoding="utf-8")
    result = run("bundle", "--sign-key", "key", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b'"key" holds no private key in PEM' in result.stderr


def test_a_rule_of_the_users_that_cannot_be_used_leaves_no_bundle(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "a.rego").write_text("package uts.rules.mine.a\n", encoding="utf-8")
    result = run("bundle", "--policies", "policies", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (3, b"")
    assert b"a.rego:1" in result.stderr
    assert not (tmp_path / "bundle.tar.gz").exists()
