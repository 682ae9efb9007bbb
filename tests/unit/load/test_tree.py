"""A commit is read as a directory would be: the same files under the same names, links and all."""

from pathlib import Path

import pytest

from tests.unit.load.test_git import ENVIRONMENT, git
from uts_policy.load.files import load
from uts_policy.load.git import open_repository
from uts_policy.load.tree import CommitTree, Revision

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
    given, config = [top / path for path in paths], top / "settings/check.yaml"
    from_disk = load(given, root=top / root, exclude=exclude, config_file=config)
    tree = CommitTree(revision=revision)
    from_git = load(given, root=top / root, exclude=exclude, config_file=config, tree=tree)
    assert {name: source.data for name, source in from_git.sources.items()} == {
        name: source.data for name, source in from_disk.sources.items()
    }
    assert from_git.problems == from_disk.problems
    passed_over = {name: why for name, why in from_disk.passed_over.items() if not name.endswith(".git")}
    assert from_git.passed_over == passed_over


LINKS = {
    "declarations/to-file.yaml": "a.yaml",
    "declarations/to-hidden": ".hidden",
    "declarations/to-other.yaml": "../other/k",
    "declarations/sub/up": "..",
    "declarations/round.yaml": "round.yaml",
    "declarations/nowhere.yaml": "nothing",
    "declarations/outside.yaml": "/etc/hostname",
    "declarations/far.yaml": "../../../../../../../../etc/hostname",
    "declarations/git.yaml": "../.git/config",
    "declarations/deep": "sub/deep",
    "declarations/through.yaml": "sub/up/sub/deep/i.yaml",
    "linked": "declarations",
    "settings/linked.yaml": "check.yaml",
}


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Revision:
    """A commit of the same files, and links of every kind among them."""
    top = tmp_path_factory.mktemp("linked")
    git(top, "init", "-q", "-b", "main")
    for name in FILES:
        file = top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"name: {name}\n")
    for name, target in LINKS.items():
        (top / name).symlink_to(target)
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "all")
    return Revision(repository=open_repository(top, ENVIRONMENT), commit=git(top, "rev-parse", "HEAD"))


@pytest.mark.parametrize(
    "paths", [("declarations",), ("",), ("linked",), ("linked/deep", "declarations/to-hidden"), ("linked/sub/up",)]
)
@pytest.mark.parametrize("exclude", [(), ("to-hidden", "*.draft.yaml")])
def test_links_are_followed_in_a_commit_as_on_disk(linked, paths, exclude):
    test_a_commit_yields_what_its_work_tree_yields(linked, paths, exclude, "")


def test_links_lead_in_a_commit_where_they_lead_on_disk(linked):
    tree, top = CommitTree(revision=linked), linked.repository.top
    for name in LINKS:
        if not any(word in name for word in ("round", "nowhere", "outside", "far")):
            assert tree.resolve(top / name) == str((top / name).resolve()), name
    for name in ("declarations/round.yaml", "declarations/nowhere.yaml", "declarations/a.yaml/x", "declarations/gone"):
        with pytest.raises(OSError):  # noqa: PT011 - of whichever kind
            tree.resolve(top / name)
        assert tree.content(top / name) is None
    for name in ("declarations/outside.yaml", "declarations/far.yaml", "declarations/git.yaml"):
        assert tree.content(top / name) is None
    assert tree.content(top / "linked/through.yaml") == b"name: declarations/sub/deep/i.yaml\n"
    assert "to-hidden" not in tree.contents(top / "declarations")
    assert tree.contents(top / "linked")["to-other.yaml"] == b"name: other/k\n"


def test_paths_that_a_commit_does_not_have_yield_nothing(revision):
    tree, top = CommitTree(revision=revision), revision.repository.top
    assert [tree.exists(top / each) for each in ("nowhere", "declarations/a.yaml/below", "other")] == [
        False,
        False,
        True,
    ]
    assert tree.contents(top / "nowhere") == {}
    assert list(tree.contents(top / "other")) == ["k"]


def test_a_file_that_has_not_changed_is_not_parsed_again(revision):
    top, tree = revision.repository.top, CommitTree(revision=revision)
    given = {"root": top, "exclude": (), "config_file": None, "tree": tree}
    files = load([top / "declarations/a.yaml"], **given)
    same = (files.sources["declarations/a.yaml"], files.documents)
    again = load([top / "declarations/a.yaml"], **given, same={"declarations/a.yaml": same})
    assert [each is files.documents[0] for each in again.documents] == [True]
    again = load([top / "declarations/a.yaml"], **given, same={"declarations/b.yml": same})
    assert [each is files.documents[0] for each in again.documents] == [False]


def test_inside_and_outside_of_a_repository(revision, tmp_path):
    top = revision.repository.top
    assert revision.inside(top) == ""
    assert revision.inside(top / "declarations/../other/k") == "other/k"
    assert revision.inside(top / "not/there") == "not/there"
    assert revision.inside(top.parent / f"{top.name}-other") is None
    assert revision.inside(top / "declarations/../../x") is None
    assert revision.inside(top / ".git/config") is None
    (tmp_path / "link").symlink_to(top)
    (tmp_path / "below").symlink_to(top / "declarations")
    assert revision.inside(tmp_path / "link/other/k") == "other/k"
    assert revision.inside(tmp_path / "below/a.yaml") == "declarations/a.yaml"
    assert revision.inside(Path(tmp_path)) is None
