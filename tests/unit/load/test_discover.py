"""Which files a check reads, under which names, and what it passes over."""

import os
from pathlib import Path

import pytest

from uts_policy.load.discover import discover
from uts_policy.model.errors import UsageError

needs_links = pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs symbolic links")


@pytest.fixture
def tree(tmp_path):
    """A function that makes files below a directory of its own, and returns that directory."""
    root = tmp_path / "root"
    root.mkdir()

    def make(*names: str) -> Path:
        for name in names:
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("")
        return root

    return make


def found(*paths, root, exclude=(), config_file=None):
    """Names of files, counts of what was passed over, and (file, message) of each problem."""
    discovery = discover(paths, root=root, exclude=exclude, config_file=config_file)
    told = [(problem.location.file, problem.rule, problem.message) for problem in discovery.problems]
    return [file.name for file in discovery.files], dict(discovery.ignored), told


def test_a_directory_yields_yaml_files_below_it_sorted_by_name(tree):
    root = tree("b.yaml", "a.yml", "sub/deep/c.yaml", "sub.yaml", "notes.md", "x.yaml.bak", "UPPER.YAML")
    assert found(root, root=root) == (["UPPER.YAML", "a.yml", "b.yaml", "sub.yaml", "sub/deep/c.yaml"], {}, [])


def test_dot_directories_are_passed_over_and_counted(tree):
    root = tree(".git/a.yaml", "sub/.cache/b.yaml", "c.yaml", ".hidden.yaml")
    assert found(root, root=root) == ([".hidden.yaml", "c.yaml"], {"dot-directory": 2}, [])


def test_a_dot_directory_that_is_asked_for_is_read(tree):
    root = tree(".github/a.yaml")
    assert found(root / ".github", root=root) == ([".github/a.yaml"], {}, [])


def test_configuration_files_are_passed_over_and_counted(tree):
    root = tree("uts-policy.yaml", "a.yaml", "other.yaml", "sub/uts-policy.yaml")
    assert found(root, root=root, config_file=root / "other.yaml") == (["a.yaml"], {"configuration file": 3}, [])


def test_the_configuration_is_no_declaration_even_where_it_is_named(tree):
    root = tree("uts-policy.yaml", "a.yaml")
    names = found(root / "uts-policy.yaml", root / "a.yaml", root=root)
    assert names == (["a.yaml"], {"configuration file": 1}, [])


def test_excluded_files_and_directories_are_counted_once_each(tree):
    root = tree("a.yaml", "drafts/b.yaml", "drafts/c.yaml", "x/old.yaml", "x/d.yaml", "old.md")
    assert found(root, root / "x", root=root, exclude=["drafts", "old.*"]) == (
        ["a.yaml", "x/d.yaml"],
        {"excluded": 2},
        [],
    )


def test_a_file_given_by_itself_is_read_whatever_its_name(tree):
    root = tree("declarations.txt", "drafts/a.yaml")
    names = found(root / "declarations.txt", root / "drafts/a.yaml", root=root, exclude=["drafts/**"])
    assert names == (["declarations.txt", "drafts/a.yaml"], {}, [])


def test_overlapping_paths_read_a_file_once(tree):
    root = tree("sub/a.yaml", "sub/b.yaml")
    assert found(root, root / "sub", root / "sub/a.yaml", root / "sub/../sub/b.yaml", root=root) == (
        ["sub/a.yaml", "sub/b.yaml"],
        {},
        [],
    )


def test_the_order_of_the_paths_changes_nothing(tree):
    root = tree("a.yaml", "sub/b.yaml")
    paths = [root / "sub", root / "a.yaml", root]
    assert found(*paths, root=root) == found(*reversed(paths), root=root)


def test_names_outside_the_root_are_as_given(tree, monkeypatch):
    root = tree("in/a.yaml", "out/b.yaml")
    monkeypatch.chdir(root / "in")
    assert found(Path("../out"), Path("a.yaml"), root=root / "in") == (["../out/b.yaml", "a.yaml"], {}, [])


@pytest.mark.parametrize("name", ["nothing", "a.yaml/below", "n" * 5000])
def test_a_path_that_does_not_exist_is_a_usage_error_that_names_it(tree, name):
    root = tree("a.yaml")
    with pytest.raises(UsageError) as caught:
        found(root / name, root=root)
    assert caught.value.message == f'"{root / name}" does not exist'


def test_a_path_that_cannot_be_a_path_is_a_usage_error(tree):
    with pytest.raises(UsageError):
        found(Path("a\0.yaml"), root=tree())


def test_a_directory_named_like_a_file_is_a_finding_and_its_files_are_read(tree):
    root = tree("x.yaml/inner.yaml", "a.yaml")
    assert found(root, root=root) == (
        ["a.yaml", "x.yaml/inner.yaml"],
        {},
        [("x.yaml", "yaml/unreadable", "this is a directory, not a file")],
    )


def test_a_directory_named_like_a_file_may_be_asked_for(tree):
    root = tree("x.yaml/inner.yaml")
    assert found(root / "x.yaml", root=root) == (["x.yaml/inner.yaml"], {}, [])


@needs_links
def test_links_within_the_directory_add_nothing_twice(tree):
    root = tree("real/a.yaml")
    (root / "again.yaml").symlink_to(root / "real/a.yaml")
    (root / "again").symlink_to(root / "real")
    assert found(root, root=root) == (["real/a.yaml"], {}, [])


@needs_links
def test_a_link_into_a_dot_directory_is_followed(tree):
    root = tree("..2026/a.yaml")
    (root / "..data").symlink_to("..2026")
    (root / "a.yaml").symlink_to("..data/a.yaml")
    assert found(root, root=root) == (["a.yaml"], {"dot-directory": 1}, [])


@needs_links
def test_a_link_that_leaves_the_directory_is_refused(tree):
    root = tree("in/a.yaml", "out/b.yaml", "out/readme.md", "in-too/c.yaml")
    (root / "in/file.yaml").symlink_to(root / "out/b.yaml")
    (root / "in/directory").symlink_to(root / "out")
    (root / "in/beside.yaml").symlink_to(root / "in-too/c.yaml")
    (root / "in/readme.md").symlink_to(root / "out/readme.md")
    leaves = "this is a symbolic link that leaves the directory that is checked"
    assert found(root / "in", root=root) == (
        ["in/a.yaml"],
        {},
        [(name, "yaml/unreadable", leaves) for name in ("in/beside.yaml", "in/directory", "in/file.yaml")],
    )


@needs_links
def test_a_link_to_another_directory_that_is_checked_is_no_fault(tree):
    root = tree("in/a.yaml", "too/b.yaml")
    (root / "in/b.yaml").symlink_to(root / "too/b.yaml")
    assert found(root / "in", root / "too", root=root) == (["in/a.yaml", "too/b.yaml"], {}, [])


@needs_links
def test_an_excluded_link_is_passed_over(tree, tmp_path):
    root = tree("a.yaml")
    (root / "elsewhere").symlink_to(tmp_path)
    assert found(root, root=root, exclude=["elsewhere"]) == (["a.yaml"], {"excluded": 1}, [])


@needs_links
def test_broken_and_circular_links_are_findings_where_a_declaration_was_meant(tree):
    root = tree("a.yaml")
    (root / "broken.yaml").symlink_to("nowhere.yaml")
    (root / "circle.yaml").symlink_to("elcric.yaml")
    (root / "elcric.yaml").symlink_to("circle.yaml")
    (root / "broken").symlink_to("nowhere")
    circle = "this is a symbolic link that leads round in a circle"
    assert found(root, root=root) == (
        ["a.yaml"],
        {},
        [
            ("broken.yaml", "yaml/unreadable", "this is a symbolic link that leads to nothing"),
            ("circle.yaml", "yaml/unreadable", circle),
            ("elcric.yaml", "yaml/unreadable", circle),
        ],
    )


@needs_links
def test_a_link_to_its_own_directory_ends(tree):
    root = tree("a.yaml", "sub/b.yaml")
    (root / "sub/up").symlink_to(root)
    (root / "sub/self").symlink_to(".")
    assert found(root, root=root) == (["a.yaml", "sub/b.yaml"], {}, [])


@needs_links
def test_a_path_that_is_itself_a_link_is_followed(tree, tmp_path):
    root = tree("real/a.yaml")
    (tmp_path / "link").symlink_to(root / "real")
    assert found(tmp_path / "link", root=tmp_path) == (["link/a.yaml"], {}, [])


@pytest.mark.skipif(os.name == "nt", reason="file names are text on Windows")
def test_a_file_name_that_is_not_utf8_can_still_be_printed(tree):
    root = tree("a.yaml")
    try:
        Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.yaml")).write_text("")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert found(root, root=root)[0] == ["a.yaml", "caf\\xe9.yaml"]


def test_a_directory_that_was_named_and_holds_nothing_is_told(tree):
    root = tree("a/x.yaml", "b/notes.md", "c/sub/y.yaml")
    (root / "d").mkdir()
    paths = [root / name for name in ("a", "b", "c", "d")]
    found_ = discover(paths, root=root, exclude=[], config_file=None)
    assert [each.name for each in found_.files] == ["a/x.yaml", "c/sub/y.yaml"]
    assert found_.ignored == {"directory without declarations": 2}
    assert found_.passed_over == {"b": "directory without declarations", "d": "directory without declarations"}
    assert discover([root, root / "d"], root=root, exclude=[], config_file=None).ignored == {
        "directory without declarations": 1
    }


def test_a_baseline_by_its_usual_name_is_no_declaration_wherever_it_lies(tree):
    root = tree("a.yaml", "uts-policy-baseline.yaml", "sub/uts-policy-baseline.yaml")
    assert found(root, root=root)[0] == ["a.yaml"]
