"""Which paths a glob of `exclude` means."""

import pytest

from uts_policy.load.discover import matcher

YES = [
    ("drafts/**", "drafts/a.yaml"),
    ("drafts/**", "drafts/deep/down/a.yaml"),
    ("**/drafts/**", "drafts/a.yaml"),
    ("**/drafts/**", "x/y/drafts/a.yaml"),
    ("drafts", "drafts"),
    ("drafts/", "x/drafts"),
    ("./drafts/*.yaml", "drafts/a.yaml"),
    ("*.tmp.yaml", "a.tmp.yaml"),
    ("*.tmp.yaml", "x/y/a.tmp.yaml"),
    ("/a.yaml", "a.yaml"),
    ("x/*/a.yaml", "x/y/a.yaml"),
    ("x/?.yaml", "x/a.yaml"),
    ("x/[a-c].yaml", "x/b.yaml"),
    ("x/[!a-c].yaml", "x/d.yaml"),
    ("x/[a.yaml", "x/[a.yaml"),
    ("a+b(c).yaml", "x/a+b(c).yaml"),
    ("**", "x/y/z.yaml"),
    ("x/**.yaml", "x/y/z.yaml"),
    ("x\\y.yaml", "x/y.yaml"),
]
NO = [
    ("drafts/**", "x/drafts/a.yaml"),
    ("drafts/**", "drafts"),
    ("drafts", "drafts-old"),
    ("x/*.yaml", "x/y/a.yaml"),
    ("/a.yaml", "x/a.yaml"),
    ("x/?.yaml", "x/ab.yaml"),
    ("x/[a-c].yaml", "x/d.yaml"),
    ("x/[!a-c].yaml", "x/b.yaml"),
    ("x[!a]y.yaml", "x/y.yaml"),
    ("*.yaml", "a.yml"),
    ("a.yaml", "aXyaml"),
]


@pytest.mark.parametrize(("pattern", "path"), YES)
def test_a_glob_matches(pattern, path):
    assert matcher([pattern])(path) is True


@pytest.mark.parametrize(("pattern", "path"), NO)
def test_a_glob_does_not_match(pattern, path):
    assert matcher([pattern])(path) is False


def test_any_of_several_globs_is_enough():
    matches = matcher(["a.yaml", "b/**"])
    assert [matches(path) for path in ("a.yaml", "b/c.yaml", "c.yaml")] == [True, True, False]


def test_no_glob_matches_nothing():
    assert matcher([])("a.yaml") is False
