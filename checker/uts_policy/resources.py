"""Where `policies/` and `schemas/` are: inside the installed package, else in the checkout."""

from pathlib import Path

from uts_policy.model.errors import NoVerdictError
from uts_policy.model.rego import TEST_SUFFIX
from uts_policy.model.rule import PolicyFile

_PACKAGE = Path(__file__).resolve().parent


def policies_dir() -> Path:
    """The directory of the built-in rules. Raises NoVerdictError where the installation lacks it."""
    return _find("policies")


def schemas_dir() -> Path:
    """The directory of the JSON Schemas. Raises NoVerdictError where the installation lacks it."""
    return _find("schemas")


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


def _read(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
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
