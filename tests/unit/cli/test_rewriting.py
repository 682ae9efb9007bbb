"""Files are written back together or not at all, and never over what somebody else wrote meanwhile."""

import os
import stat
from pathlib import Path

import pytest

from uts_policy.cli.rewriting import rewrite
from uts_policy.model.errors import NoVerdictError
from uts_policy.pipeline.edits import Rewritten


def file(folder, name, before=b"old", after=b"new"):
    path = folder / name
    path.write_bytes(before)
    return Rewritten(path=path, name=name, before=before, after=after)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_are_written_and_nothing_else_is_left(tmp_path):
    rewrite([file(tmp_path, "a"), file(tmp_path, "b")])
    assert contents(tmp_path) == {"a": b"new", "b": b"new"}


def test_permissions_stay(tmp_path):
    one = file(tmp_path, "a")
    one.path.chmod(0o640)
    rewrite([one])
    assert stat.S_IMODE(one.path.stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path):
    target = file(tmp_path, "a")
    (tmp_path / "link").symlink_to("a")
    rewrite([Rewritten(path=tmp_path / "link", name="link", before=b"old", after=b"new")])
    assert (tmp_path / "link").is_symlink()
    assert target.path.read_bytes() == b"new"


def test_a_file_that_changed_meanwhile_is_not_overwritten_nor_is_any_other(tmp_path):
    first, second = file(tmp_path, "a"), file(tmp_path, "b")
    second.path.write_bytes(b"theirs")
    with pytest.raises(NoVerdictError, match='"b" has changed since it was read'):
        rewrite([first, second])
    assert contents(tmp_path) == {"a": b"old", "b": b"theirs"}


def test_what_was_written_is_put_back_where_a_later_one_cannot_be(tmp_path, monkeypatch):
    first, second = file(tmp_path, "a"), file(tmp_path, "b")
    true = Path.replace

    def changed_in_between(temporary, target):
        moved = true(temporary, target)
        second.path.write_bytes(b"theirs")
        return moved

    monkeypatch.setattr(Path, "replace", changed_in_between)
    with pytest.raises(NoVerdictError, match='"b" has changed since it was read'):
        rewrite([first, second])
    assert first.path.read_bytes() == b"old"
    assert sorted(contents(tmp_path)) == ["a", "b"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the superuser writes anywhere")
def test_a_directory_that_cannot_be_written_is_told(tmp_path):
    one = file(tmp_path, "a")
    tmp_path.chmod(0o500)
    with pytest.raises(NoVerdictError, match="cannot write"):
        rewrite([one])
    tmp_path.chmod(0o700)
