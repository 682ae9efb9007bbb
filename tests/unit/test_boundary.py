"""Where a repository ends, and which programs do not come from it."""

import os
from pathlib import Path

import pytest

from uts_policy.common.boundary import checkout, find_program, is_gits_own, leads_out, lies_within, work_tree
from uts_policy.engine.opa_server import find_binary
from uts_policy.model.errors import NoVerdictError


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A repository with a submodule, beside something else."""
    made = tmp_path / "repository"
    (made / ".git").mkdir(parents=True)
    (made / "sub/deep").mkdir(parents=True)
    (made / "sub/.git").write_text("gitdir: ../.git/modules/sub\n")
    (tmp_path / "outside").mkdir()
    (made / "link").symlink_to("../outside")
    (made / "inner").symlink_to("sub")
    (made / "token").symlink_to(".git/config")
    return made


def test_the_nearest_git_marks_a_work_tree_and_the_outermost_a_checkout(top, tmp_path):
    assert [work_tree(top / each) for each in ("", "link/x", "sub", "sub/deep/gone")] == [
        top,
        top,
        top / "sub",
        top / "sub",
    ]
    assert [checkout(top / each) for each in ("", "link/x", "sub", "sub/deep/gone")] == [top] * 4
    assert (work_tree(tmp_path), checkout(tmp_path)) == (None, tmp_path)


def test_what_lies_within_is_told_by_where_it_really_is(top, tmp_path):
    within = {"": True, "sub/x": True, "inner/x": True, "gone": True}
    outside = {"link": False, "link/x": False, "..": False, ".git/config": False, "token": False, "sub/.GIT": False}
    for path, expected in {**within, **outside, "../repository-2": False}.items():
        assert lies_within(top / path, top) is expected, path
    (tmp_path / "way").symlink_to(top)
    assert lies_within(tmp_path / "way/sub", top)


def test_only_a_link_leads_out(top, tmp_path):
    assert [
        each for each in ("", "sub", "inner", "link", "link/x", "token", ".git/config") if leads_out(top / each)
    ] == [
        "link",
        "link/x",
        "token",
    ]
    (tmp_path / "way").symlink_to(top)
    assert not any(map(leads_out, (tmp_path / "way/sub", tmp_path / "outside/x", Path("/etc/hostname"))))
    assert leads_out(tmp_path / "way/link/x")
    assert is_gits_own("a/.git/b")
    assert not is_gits_own("a/.gitignore")


def test_a_program_is_found_on_path_and_never_in_the_checkout(top, tmp_path, monkeypatch):
    for folder in (top, top / "sub", tmp_path / "outside", tmp_path / "way"):
        folder.mkdir(exist_ok=True)
        (folder / "opa").write_text("#!/bin/sh\n")
        (folder / "opa").chmod(0o755)
    (tmp_path / "way/linked").symlink_to(top / "sub/opa")
    inside = ["", ".", "sub", str(top), str(top / "sub"), str(tmp_path / "outside/../repository")]
    path = os.pathsep.join([*inside, str(tmp_path / "outside")])
    monkeypatch.chdir(top)
    assert find_program("opa", {"PATH": path}, top) == str(tmp_path / "outside/opa")
    assert find_program("opa", {"PATH": os.pathsep.join(inside)}, top) is None
    assert find_program("linked", {"PATH": str(tmp_path / "way")}, top) is None
    assert find_program("opa", {}, top) is None
    monkeypatch.setenv("PATH", path)
    assert find_binary(None) == str(tmp_path / "outside/opa")
    monkeypatch.setenv("PATH", os.pathsep.join(inside))
    with pytest.raises(NoVerdictError, match="was not found"):
        find_binary(None)
    assert find_binary("./opa") == "./opa"
