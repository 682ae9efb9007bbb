"""Git's objects: what is listed and read, whatever the files are called, and what git may know of its surroundings."""

import os
import subprocess
from pathlib import Path

import pytest

from uts_policy.load.git import (
    DIRECTORY,
    GitError,
    Repository,
    git_environment,
    head_state,
    left_out,
    list_tree,
    open_repository,
    read_blobs,
)
from uts_policy.load.revisions import Resolved, merge_base, resolve

ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
NAMES = ("plain.yaml", "with space.yaml", 'quo"te.yaml', "new\nline.yaml", "tab\t.yaml", "Ämter/三.yaml", "*", "-x")


def git(top: Path, *arguments: str) -> str:
    user = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    done = subprocess.run(
        ["git", *user, *arguments],
        cwd=top,
        env=git_environment(ENVIRONMENT),
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with files of every name, and a link."""
    git(tmp_path, "init", "-q", "-b", "main")
    for name in NAMES:
        file = tmp_path / "folder" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"{name}: \r\n\0".encode())
    (tmp_path / "folder/link.yaml").symlink_to("plain.yaml")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-q", "-m", "all")
    return open_repository(tmp_path / "folder", ENVIRONMENT)


def test_a_repository_is_found_from_any_directory_in_it(repository, tmp_path):
    assert repository.top == Path(os.path.realpath(tmp_path))


def test_every_file_is_listed_and_read_whatever_it_is_called(repository):
    listed = {each.path: each for each in list_tree(repository, "HEAD", ["folder"], below=True)}
    assert set(listed) == {"folder", "folder/Ämter", *(f"folder/{name}" for name in NAMES), "folder/link.yaml"}
    assert {path for path, each in listed.items() if each.mode == DIRECTORY} == {"folder", "folder/Ämter"}
    assert listed["folder/link.yaml"].mode == "120000"
    contents = read_blobs(repository, [listed[f"folder/{name}"].object for name in NAMES])
    assert sorted(contents.values()) == sorted(f"{name}: \r\n\0".encode() for name in NAMES)


def test_paths_are_taken_literally(repository):
    for path in ("folder/*", "folder/-x"):
        listed = list_tree(repository, "HEAD", [path, "-x"], below=True)
        assert [each.path for each in listed] == ["folder", path]
    assert list_tree(repository, "HEAD", [], below=True) == ()


def test_the_top_is_an_empty_path(repository):
    assert len(list_tree(repository, "HEAD", [""], below=True)) == len(NAMES) + len(["link", "folder", "Ämter"])
    assert [each.path for each in list_tree(repository, "HEAD", [""], below=False)] == ["folder"]


def test_nothing_asked_for_starts_nothing(tmp_path):
    nowhere = Repository(top=tmp_path / "nowhere", program="/nowhere/git", environment={})
    assert read_blobs(nowhere, []) == {}
    assert left_out(nowhere, []) == frozenset()


@pytest.mark.parametrize("identifier", ["0" * 40, "HEAD"])
def test_what_is_no_blob_is_never_taken_for_one(repository, identifier):
    with pytest.raises(GitError):
        read_blobs(repository, [identifier])


def test_a_revision_is_never_an_option(repository):
    for revision in ("--all", "-h", "", "a\0b", "HEAD:folder"):
        with pytest.raises(GitError, match="git knows no revision"):
            merge_base(repository, revision)
    assert merge_base(repository, "HEAD").commit == git(repository.top, "rev-parse", "HEAD")


def test_only_what_git_needs_of_the_environment_reaches_it():
    given = {
        "PATH": "/bin",
        "HOME": "/home/a",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "safe.directory",
        "GIT_CONFIG_VALUE_0": "*",
        "GIT_DIR": "/elsewhere",
        "GIT_WORK_TREE": "/elsewhere",
        "GIT_INDEX_FILE": "/elsewhere",
        "GIT_SSH_COMMAND": "false",
        "GIT_NO_LAZY_FETCH": "0",
        "GIT_ALLOW_PROTOCOL": "https",
        "UTS_POLICY_OPA_TOKEN": "secret",
        "LANG": "de_DE.UTF-8",
    }
    ours = git_environment(given)
    assert {name for name in given if ours.get(name) == given[name]} == {
        "PATH",
        "HOME",
        "GIT_CONFIG_COUNT",
        "GIT_CONFIG_KEY_0",
        "GIT_CONFIG_VALUE_0",
    }
    assert (ours["GIT_NO_LAZY_FETCH"], ours["GIT_ALLOW_PROTOCOL"], ours["LC_ALL"]) == ("1", "none", "C")
    assert {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_SSH_COMMAND", "UTS_POLICY_OPA_TOKEN"}.isdisjoint(ours)


def test_a_branch_wins_over_a_tag_and_says_so(repository):
    top = repository.top
    first = git(top, "rev-parse", "HEAD")
    git(top, "tag", "main")
    git(top, "tag", "-a", "-m", "note", "annotated")
    git(top, "commit", "-q", "--allow-empty", "-m", "second")
    second = git(top, "rev-parse", "HEAD")
    git(top, "update-ref", "refs/remotes/origin/other", first)
    git(top, "tag", "origin/other")
    git(top, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/other")
    assert resolve(repository, "main").commit == second
    assert (
        resolve(repository, "main").notice
        == '"main" is refs/heads/main here, not refs/tags/main: a branch wins over a tag.'
    )
    assert resolve(repository, "main~1").commit == first
    assert resolve(repository, "main^").commit == first
    assert resolve(repository, "origin/other").commit == first
    assert "refs/tags/origin/other" in resolve(repository, "origin/other").notice
    for same in (
        "annotated",
        "annotated^{commit}",
        "refs/tags/main",
        "tags/main",
        "origin",
        "HEAD~1",
        "@~",
        first,
        first[:9],
    ):
        assert resolve(repository, same) == Resolved(commit=first), same


@pytest.mark.parametrize(
    "revision", ["refs/heads/gone", "v1-1-gdeadbeef", "HEAD@{0}", ":/second", "HEAD^{/all}", "HEAD^{tree}", "0" * 40]
)
def test_what_is_no_name_of_a_commit_is_no_revision(repository, revision):
    git(repository.top, "tag", "refs/heads/gone")
    with pytest.raises(GitError, match="git knows no revision"):
        resolve(repository, revision)


def test_the_git_of_the_checkout_is_never_started(repository, tmp_path):
    for folder in (".", "bin", "folder"):
        fake = tmp_path / folder / "git"
        fake.parent.mkdir(exist_ok=True)
        fake.write_text("#!/bin/sh\nexit 7\n")
        fake.chmod(0o755)
    path = os.pathsep.join(["", ".", "bin", str(tmp_path / "bin"), str(tmp_path / "folder/../bin"), os.environ["PATH"]])
    opened = open_repository(tmp_path / "folder", {**ENVIRONMENT, "PATH": path})
    assert not Path(opened.program).is_relative_to(tmp_path)
    with pytest.raises(GitError, match="git was not found on PATH"):
        open_repository(tmp_path / "folder", {**ENVIRONMENT, "PATH": str(tmp_path / "bin")})


def test_a_directory_that_looks_like_a_bare_repository_is_none(repository, tmp_path):
    trap = tmp_path / "trap"
    git(tmp_path, "init", "-q", "--bare", "folder/bare")
    for key, value in (
        ("core.bare", "false"),
        ("core.worktree", str(tmp_path / "folder")),
        ("core.fsmonitor", str(trap)),
    ):
        git(tmp_path / "folder/bare", "config", "-f", "config", key, value)
    assert open_repository(tmp_path, ENVIRONMENT).top == repository.top
    with pytest.raises(GitError):
        open_repository(tmp_path / "folder/bare", ENVIRONMENT)


def test_no_filter_runs_where_the_work_tree_is_looked_at(repository, tmp_path):
    trap = tmp_path / ".git/trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/.git/sprung'\ncat\n")
    trap.chmod(0o755)
    for key in ("filter.a.b.clean", "filter.a.b.process", "filter.a.b.smudge", "diff.a.b.command", "diff.a.b.textconv"):
        git(tmp_path, "config", key, str(trap))
    git(tmp_path, "config", "filter.a.b.required", "true")
    git(tmp_path, "config", "core.fsmonitor", str(trap))
    (tmp_path / ".gitattributes").write_text("* filter=a.b diff=a.b\n")
    (tmp_path / "folder/plain.yaml").write_bytes(b"other: \r\n\0......")
    assert head_state(repository) == (git(tmp_path, "rev-parse", "HEAD"), True)
    assert not (tmp_path / ".git/sprung").exists()
