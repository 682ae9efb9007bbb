"""Where `policies/` and `schemas/` are: inside the installed package, else in the checkout."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rule import PolicyFile

_PACKAGE = Path(__file__).resolve().parent
TEST_SUFFIX = "_test.rego"
"""How the name of a file of tests ends: such files are no part of a rule set."""


def policies_dir() -> Path:
    """The directory of the built-in rules. Raises NoVerdictError where the installation lacks it."""
    return _find("policies")


def schemas_dir() -> Path:
    """The directory of the JSON Schemas. Raises NoVerdictError where the installation lacks it."""
    return _find("schemas")


def schema_text(name: str) -> str:
    """The schema `name` as its file says it. Raises NoVerdictError where it cannot be read."""
    file = schemas_dir() / f"{name}.schema.json"
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise NoVerdictError(
            f"{file}: cannot be read: {error.strerror}", "Install the package again: a schema is missing."
        ) from error


@cache
def schema(name: str) -> dict[str, Any]:
    """The schema `name`, parsed once. Treat it as frozen: everyone shares it."""
    parsed: dict[str, Any] = json.loads(schema_text(name))
    return parsed


def policy_files(directory: Path, *, builtin: bool, tests: bool = False) -> tuple[PolicyFile, ...]:
    """The Rego files below `directory`, sorted by path, with `*_test.rego` only where `tests` says so.

    Raises NoVerdictError where the directory, or a file in it, cannot be read as UTF-8 text.
    """
    if not directory.is_dir():
        raise NoVerdictError(f"{directory}: no such directory of policies", "Check the path.")
    found: list[PolicyFile] = []
    for file in sorted(directory.rglob("*.rego")):
        if (file.name.endswith(TEST_SUFFIX) and not tests) or not file.is_file():
            continue
        found.append(
            PolicyFile(path=file.relative_to(directory).as_posix(), text=_read(file), builtin=builtin),
        )
    return tuple(sorted(found, key=lambda policy: policy.path))


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


def builtin_policies(*, tests: bool = False) -> tuple[PolicyFile, ...]:
    """The files of the built-in rules, sorted by path."""
    return policy_files(policies_dir(), builtin=True, tests=tests)


def policy_text(data: bytes) -> str:
    """A policy's text, without the byte order mark that some editors write. Raises UnicodeDecodeError."""
    return data.decode("utf-8-sig")


def _read(file: Path) -> str:
    try:
        return policy_text(file.read_bytes())
    except UnicodeDecodeError as error:
        raise NoVerdictError(f"{file}: not UTF-8: byte {error.start} does not belong there", "Save it as UTF-8.") from (
            error
        )
    except OSError as error:
        raise NoVerdictError(f"{file}: cannot be read: {error.strerror}") from error


def _find(name: str) -> Path:
    for directory in (_PACKAGE / f"_{name}", _PACKAGE.parents[1] / name):
        if directory.is_dir():
            return directory
    raise NoVerdictError(
        f"the installation of uts-policy is incomplete: it has no {name}", "Install the package again."
    )
