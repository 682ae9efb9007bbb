"""A patch is what git takes, whatever the lines end in and whatever the file is called."""

import os
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uts_policy.render.queries.patch import as_patch

pieces = st.lists(st.sampled_from([b"a", b"b\r", b"c", b"\n", b"\n", b"\r\n", b"-", b"\\", b"\xd7\xa9"]), max_size=12)


def git_apply(folder, patch):
    done = subprocess.run(
        ["git", "apply", "-p1", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=patch,
        capture_output=True,
        check=False,
        env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)},
    )
    assert done.returncode == 0, (patch, done.stderr)


@pytest.mark.parametrize("name", ["a.yaml", "two words.yaml", 'quote".yaml', "שלום/b.yaml", "tab\there.yaml"])
@pytest.mark.parametrize(
    ("before", "after"),
    [(b"a\nb\n", b"a\nc\n"), (b"a\r\nb\r\n", b"a\r\nc\r\n"), (b"a", b"b"), (b"a\n", b"a"), (b"a", b"a\nb")],
)
def test_git_applies_it(tmp_path, name, before, after):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(before)
    git_apply(tmp_path, as_patch([(name, before, after)]))
    assert file.read_bytes() == after


@settings(deadline=None, max_examples=40)
@given(pieces.map(b"".join).filter(bool), pieces.map(b"".join).filter(bool))
def test_git_makes_of_the_first_text_the_second(tmp_path_factory, before, after):
    folder = tmp_path_factory.mktemp("patch")
    (folder / "a.yaml").write_bytes(before)
    patch = as_patch([("a.yaml", before, after)])
    assert bool(patch) is (before != after)
    if patch:
        git_apply(folder, patch)
    assert (folder / "a.yaml").read_bytes() == after
