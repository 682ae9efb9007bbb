"""Directories of a user's own policies: what is read there, and what nobody would read or could mean."""

import re
from pathlib import Path

from uts_policy import resources
from uts_policy.common.contents import RESOLVE, UNRESOLVED, conflict_marker, known_format
from uts_policy.common.rego import TEST_SUFFIX
from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile


def own_policies(directory: Path, *, tests: bool = False) -> tuple[PolicyFile, ...]:
    """The Rego files below a user's directory, sorted by path, with `*_test.rego` only where `tests` says so.

    Raises NoVerdictError, with the place, where one cannot be read as text, is a workbook or the like, or holds what
    git left of a merge.
    """
    files = sorted(file for file in directory.rglob("*.rego") if file.is_file())
    for file in files:
        if tests or not file.name.endswith(TEST_SUFFIX):
            _refuse_format(file)
    policies = resources.policy_files(directory, builtin=False, tests=tests)
    for policy in policies:
        _refuse_leftovers(directory / policy.path, policy.text)
    return policies


def _refuse_format(file: Path) -> None:
    try:
        what = known_format(file.read_bytes())
    except OSError:
        return  # reading it reports the reason
    if what:
        raise NoVerdictError(
            f"{file}: the file is {what}, despite its name",
            "A policy is text in Rego: write it as that, or move the file out of the directory of policies.",
        )


_RAW = re.compile("`[^`]*`")


def _refuse_leftovers(file: Path, text: str) -> None:
    """Raises NoVerdictError at a marker of a merge, and at the byte order mark of a file that was joined to another."""
    # Within a raw string both would be text: of that nothing is left but its lines.
    bare = _RAW.sub(lambda found: "".join(char if char == "\n" else " " for char in found[0]), text)
    marker = conflict_marker(bare)
    if marker is not None:
        raise NoVerdictError(f"{file}:{_place(bare, marker[0])}: {UNRESOLVED}", RESOLVE)
    mark = bare.find("\ufeff")
    if mark >= 0:
        raise NoVerdictError(
            f"{file}:{_place(bare, mark)}: U+FEFF (byte order mark) inside the file",
            "It stands where files were joined, and cannot be seen: remove it.",
        )


def _place(text: str, offset: int) -> str:
    """Line and column of an offset, from 1."""
    before = text[:offset]
    return f"{before.count(chr(10)) + 1}:{offset - before.rfind(chr(10))}"


def refuse_unread_policies(directory: Path, name: str) -> None:
    """Raises NoVerdictError where `directory`, which messages call `name`, holds a policy that nobody would read.

    That is a file with another ending than `.rego`, a link that leads nowhere or to a directory. Where no policy is
    read at all, what lies there instead is named. Names that begin with a dot are passed over.
    """
    read = any(not file.name.endswith(TEST_SUFFIX) for file in directory.rglob("*.rego") if file.is_file())
    visible = [
        path
        for path in sorted(directory.rglob("*"))
        if not any(part.startswith(".") for part in path.relative_to(directory).parts)
    ]
    for path in visible:
        why = _why_unread(path)
        if why:
            raise NoVerdictError(
                f'"{path.relative_to(directory).as_posix()}" in "{name}" is not read as a policy: it is {why}',
                "Name the file so that it ends in .rego, put files in the place of links, or remove it.",
            )
    if not read:
        files = [path.relative_to(directory).as_posix() for path in visible if not path.is_dir()]
        shown = ", ".join(f'"{file}"' for file in files[:_SHOWN])
        more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
        raise NoVerdictError(
            f'"{name}" holds no rule: {f"there are only {shown}{more}" if files else "it is empty"}',
            "A rule is a file that ends in .rego, tests (_test.rego) aside. Is a submodule not checked out?",
        )


_SHOWN = 3
"""How many files an error lists."""


def _why_unread(path: Path) -> str:
    """Why a path that somebody may take for a policy is none; empty where it is one, or nobody would."""
    if path.suffix == ".rego" and not path.exists():
        return "a link that leads nowhere"
    if path.suffix == ".rego" and not path.is_file():
        return "not a file"
    if path.suffix.lower() == ".rego" and path.suffix != ".rego":
        return "spelled in capitals"
    if path.is_symlink() and path.is_dir() and any(path.rglob("*.rego")):
        return "a link to a directory, which is not followed"
    return ""
