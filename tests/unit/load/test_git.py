"""Git's objects: what is listed and read, whatever the files are called, and what git may know of its surroundings."""

import os
import subprocess
from pathlib import Path

import pytest

from uts_policy.load.git import (
    GitError,
    Repository,
    git_environment,
    left_out,
    list_tree,
    merge_bases,
    open_repository,
    read_blobs,
)

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
    assert set(listed) == {*(f"folder/{name}" for name in NAMES), "folder/link.yaml"}
    assert listed["folder/link.yaml"].mode == "120000"
    contents = read_blobs(repository, [listed[f"folder/{name}"].object for name in NAMES])
    assert sorted(contents.values()) == sorted(f"{name}: \r\n\0".encode() for name in NAMES)


def test_paths_are_taken_literally(repository):
    assert [each.path for each in list_tree(repository, "HEAD", ["folder/*"], below=True)] == ["folder/*"]
    assert [each.path for each in list_tree(repository, "HEAD", ["folder/-x", "-x"], below=True)] == ["folder/-x"]
    assert list_tree(repository, "HEAD", [], below=True) == ()


def test_the_top_is_an_empty_path(repository):
    assert len(list_tree(repository, "HEAD", [""], below=True)) == len(NAMES) + 1
    assert [each.path for each in list_tree(repository, "HEAD", [""], below=False)] == ["folder"]


def test_nothing_asked_for_starts_nothing(tmp_path):
    nowhere = Repository(top=tmp_path / "nowhere", environment={})
    assert read_blobs(nowhere, []) == {}
    assert left_out(nowhere, []) == frozenset()


@pytest.mark.parametrize("identifier", ["0" * 40, "HEAD"])
def test_what_is_no_blob_is_never_taken_for_one(repository, identifier):
    with pytest.raises(GitError):
        read_blobs(repository, [identifier])


def test_a_revision_is_never_an_option(repository):
    for revision in ("--all", "-h", "", "a\0b", "HEAD:folder"):
        with pytest.raises(GitError, match="git knows no revision"):
            merge_bases(repository, revision)
    assert merge_bases(repository, "HEAD") == (git(repository.top, "rev-parse", "HEAD"),)


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
