import os

import pytest

from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile
from uts_policy.resources import builtin_policies, policies_dir, policy_files, schemas_dir


def test_policies_and_schemas_are_found():
    assert (policies_dir() / "uts" / "main.rego").is_file()
    assert (schemas_dir() / "declarations.schema.json").is_file()


def test_policy_files_are_sorted_by_path_and_without_tests_unless_asked_for(tmp_path):
    for name in ("b/z.rego", "b.rego", "a_test.rego", "notes.txt", "b/.manifest"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    found = policy_files(tmp_path, builtin=False, tests=True)
    assert found == tuple(
        PolicyFile(path=name, text=name, builtin=False) for name in ("a_test.rego", "b.rego", "b/z.rego")
    )
    assert policy_files(tmp_path, builtin=False) == found[1:]


def test_the_builtin_policies_are_marked_so():
    assert {file.builtin for file in builtin_policies()} == {True}
    assert not [file.path for file in builtin_policies() if file.path.endswith("_test.rego")]


def refusal(directory):
    with pytest.raises(NoVerdictError) as caught:
        policy_files(directory, builtin=False)
    return caught.value.message


def test_a_directory_that_is_not_there_is_named(tmp_path):
    assert refusal(tmp_path / "gone") == f"{tmp_path / 'gone'}: no such directory of policies"


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "a.rego").write_bytes(b"package a # \xe9\n")
    assert refusal(tmp_path) == f"{tmp_path / 'a.rego'}: not UTF-8: byte 12 does not belong there"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path):
    (tmp_path / "a.rego").write_text("package a\n")
    (tmp_path / "a.rego").chmod(0)
    assert refusal(tmp_path) == f"{tmp_path / 'a.rego'}: cannot be read: Permission denied"
