"""A commit is read as a directory would be: the same files under the same names, and the same passed over."""

from pathlib import Path

import pytest

from tests.unit.load.test_git import ENVIRONMENT, git
from uts_policy.load.files import load
from uts_policy.load.git import open_repository
from uts_policy.load.revision import Revision, Wanted, find_stored, load_revision, read_stored

FILES = (
    "uts-policy.yaml",
    "settings/check.yaml",
    "declarations/a.yaml",
    "declarations/b.yml",
    "declarations/c.json",
    "declarations/uts-policy.yaml",
    "declarations/.hidden.yaml",
    "declarations/.hidden/d.yaml",
    "declarations/.hidden/deep/e.yaml",
    "declarations/drafts/f.yaml",
    "declarations/sub/drafts/g.yaml",
    "declarations/sub/h.draft.yaml",
    "declarations/sub/deep/i.yaml",
    "declarations-old/j.yaml",
    "other/k",
)


@pytest.fixture(scope="module")
def revision(tmp_path_factory: pytest.TempPathFactory) -> Revision:
    """A commit of all these files, each with a text of its own."""
    top = tmp_path_factory.mktemp("top")
    git(top, "init", "-q", "-b", "main")
    for name in FILES:
        file = top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"name: {name}\n")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "all")
    return Revision(repository=open_repository(top, ENVIRONMENT), commit=git(top, "rev-parse", "HEAD"))


@pytest.mark.parametrize("root", ["", "declarations"])
@pytest.mark.parametrize(
    "exclude", [(), ("drafts", "*.draft.yaml"), ("**/drafts/**", "sub"), ("/declarations/a.yaml",)]
)
@pytest.mark.parametrize(
    "paths",
    [
        ("declarations",),
        ("",),
        ("declarations/sub", "declarations"),
        ("declarations/.hidden", "declarations"),
        ("declarations/drafts", "other/k"),
        ("declarations/a.yaml", "uts-policy.yaml", "settings/check.yaml"),
        ("declarations/a.yaml", "declarations/sub/deep"),
    ],
)
def test_a_commit_yields_what_its_work_tree_yields(revision, paths, exclude, root):
    top = revision.repository.top
    from_disk = load(
        [top / path for path in paths], root=top / root, exclude=exclude, config_file=top / "settings/check.yaml"
    )
    wanted = Wanted(paths=paths, root=root, exclude=exclude, config_file="settings/check.yaml")
    from_git, _ = load_revision(revision, wanted, {})
    assert {name: source.data for name, source in from_git.sources.items()} == {
        name: source.data for name, source in from_disk.sources.items()
    }
    assert from_git.problems == from_disk.problems == ()


def test_the_nearest_configuration_is_found_upward(revision):
    assert find_stored(revision, "declarations/sub/deep") == "declarations/uts-policy.yaml"
    assert find_stored(revision, "declarations") == "declarations/uts-policy.yaml"
    assert find_stored(revision, "other") == "uts-policy.yaml"
    assert find_stored(revision, "") == "uts-policy.yaml"


def test_paths_that_a_commit_does_not_have_yield_nothing(revision):
    assert read_stored(revision, ["nowhere", "declarations/a.yaml/below"]) == {}
    assert list(read_stored(revision, ["other", "nowhere"])) == ["other/k"]


def test_a_file_that_has_not_changed_is_not_parsed_again(revision):
    wanted = Wanted(paths=["declarations/a.yaml"], root="", exclude=(), config_file=None)
    files, _ = load_revision(revision, wanted, {})
    same = (files.sources["declarations/a.yaml"], files.documents)
    again, _ = load_revision(revision, wanted, {"declarations/a.yaml": same})
    assert [each is files.documents[0] for each in again.documents] == [True]
    again, _ = load_revision(revision, wanted, {"declarations/b.yml": same})
    assert [each is files.documents[0] for each in again.documents] == [False]


def test_inside_and_outside_of_a_repository(revision, tmp_path):
    top = revision.repository.top
    assert revision.inside(top) == ""
    assert revision.inside(top / "declarations/../other/k") == "other/k"
    assert revision.inside(top / "not/there") == "not/there"
    assert revision.inside(top.parent / f"{top.name}-other") is None
    assert revision.inside(Path(tmp_path)) is None
