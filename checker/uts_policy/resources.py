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
