"""What a file that was checked is called in the bag."""

import re
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uts_policy.evidence.naming import stored_names
from uts_policy.model.errors import NoVerdictError


@pytest.mark.parametrize("path", ["all.yaml", "declarations/a b/c.yml", "ümlaut/日本.yaml", ".hidden.yaml"])
def test_a_path_below_the_root_keeps_its_name(path: str) -> None:
    assert stored_names([path]) == {path: path}


@pytest.mark.parametrize(
    "path",
    [
        "/etc/roles.yaml",
        "../roles.yaml",
        "a/../roles.yaml",
        "C:/roles.yaml",
        "-",
        "a\\b.yaml",
        "a%2fb.yaml",
        "line\nfeed.yaml",
        "right\u202eto left.yaml",
        "aux.yaml",
        "a/NUL",
        "dot./a.yaml",
        "blank /a.yaml",
        "*.yaml",
        "_renamed/0123456789abcdef/all.yaml",
    ],
)
def test_another_path_gets_a_safe_one_of_its_own(path: str) -> None:
    [name] = stored_names([path]).values()
    assert re.fullmatch(r"_renamed/[0-9a-f]{16}/[A-Za-z0-9._-]+", name)


def test_two_files_of_one_name_outside_the_root_stay_two() -> None:
    names = stored_names(["/a/roles.yaml", "/b/roles.yaml"])
    assert len(set(names.values())) == 2
    assert {PurePosixPath(name).name for name in names.values()} == {"roles.yaml"}


def test_a_decomposed_name_is_stored_composed() -> None:
    assert stored_names(["Zoe\u0308.yaml"]) == {"Zoe\u0308.yaml": "Zo\u00eb.yaml"}


@pytest.mark.parametrize(
    ("first", "second"),
    [("a.yaml", "A.yaml"), ("Zo\u00eb.yaml", "Zoe\u0308.yaml"), ("stra\u00dfe.yaml", "STRASSE.yaml")],
)
def test_names_that_some_systems_take_for_one_are_refused(first: str, second: str) -> None:
    with pytest.raises(NoVerdictError, match="differ only by case or Unicode form") as caught:
        stored_names([first, second])
    assert first in caught.value.message
    assert second in caught.value.message


def test_a_file_where_another_needs_a_directory_is_refused() -> None:
    with pytest.raises(NoVerdictError, match="needs a directory of that name"):
        stored_names(["x.yaml/a.yaml", "X.yaml"])


@given(st.lists(st.text(min_size=1), unique=True))
def test_whatever_the_paths_are_no_two_share_a_name_that_any_system_could_mix_up(paths: list[str]) -> None:
    try:
        names = stored_names(paths)
    except NoVerdictError:
        return
    assert list(names) == paths
    assert len({name.casefold() for name in names.values()}) == len(paths)
    for name in names.values():
        assert ".." not in name.split("/")
        assert name.isprintable()
        assert not name.startswith("/")
