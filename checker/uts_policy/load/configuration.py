"""The configuration file: found upward, read like any declaration, turned into Settings once its shape was checked."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from uts_policy.common.boundary import work_tree
from uts_policy.load.discover import CONFIG_NAME, FoundFile
from uts_policy.load.read import read
from uts_policy.load.single import single_document
from uts_policy.model.document import Document, Source
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.rule import Level, Profile
from uts_policy.model.settings import DEFAULT_TIMEOUT, Settings

_SPELLINGS = frozenset({"uts-policy.yaml", "uts-policy.yml"})


def find(start: Path) -> Path | None:
    """The nearest `uts-policy.yaml` in `start` or a directory above it, up to the top of its git repository.

    In no repository, any directory above. Raises UsageError where the file has another spelling, which would be passed
    over, and where it is no file.
    """
    top = work_tree(start)
    directory = start.absolute()
    for candidate in (directory, *directory.parents):
        file = candidate / CONFIG_NAME
        _refuse_other_spellings(candidate)
        if os.path.isfile(file):  # noqa: PTH113 - a directory that may not be entered holds none; is_file() would raise
            return file
        if os.path.lexists(file):
            what = "is a link that leads to no file" if file.is_symlink() else "is not a file"
            raise UsageError(f'"{file}" {what}', "Put the configuration there, or remove it.")
        if candidate == top:
            break
    return None


def _refuse_other_spellings(directory: Path) -> None:
    """Raises UsageError where a directory holds a configuration by another name: nobody would obey it."""
    try:
        names = sorted(os.listdir(directory))  # noqa: PTH208 - names are wanted
    except OSError:
        return
    for name in names:
        plain = name.lower().lstrip(".").replace("_", "-")
        if name != CONFIG_NAME and plain in _SPELLINGS and os.path.isfile(directory / name):  # noqa: PTH113 - likewise
            raise UsageError(
                f'"{directory / name}" is not read: the configuration is named "{CONFIG_NAME}"',
                f"Rename it to {CONFIG_NAME}, remove it, or name it with --config.",
            )


def read_config(path: Path) -> tuple[Mapping[str, Any], Document, Source]:
    """The configuration's data, with its document and source for whoever checks them.

    Raises UsageError, naming file, line and column, where it is not there, cannot be read, is no valid YAML or holds
    more than one document.
    """
    if not os.path.exists(path):  # noqa: PTH110 - likewise
        raise UsageError(f'"{path}" does not exist', "Name a configuration file that exists, or leave --config out.")
    source = read(FoundFile(path=path, name=str(path)))
    if isinstance(source, Problem):
        raise UsageError(f"{path}: {source.message}", source.remediation)
    document = config_document(source)
    return document.data, document, source


def config_document(source: Source) -> Document:
    """The one document of a configuration. Raises UsageError where it is no valid YAML, or there are two."""
    return single_document(source, "a configuration")


def settings_from(data: Mapping[str, Any], *, root: Path, config_file: Path | None = None) -> Settings:
    """Settings from configuration data that its schema has accepted; what it does not say has its default."""
    timeout = data.get("timeout", DEFAULT_TIMEOUT)
    fail_on = data.get("fail_on", Level.ERROR.value)
    return Settings(
        root=root,
        config_file=config_file,
        paths=tuple(data.get("paths", ())),
        exclude=tuple(data.get("exclude", ())),
        profile=Profile(data.get("profile", Profile.STANDARD.value)),
        levels=tuple(
            (rule, None if level == "off" else Level(level)) for rule, level in data.get("levels", {}).items()
        ),
        rules={rule: dict(parameters) for rule, parameters in data.get("rules", {}).items()},
        require=tuple(data.get("require", ())),
        policies=tuple(data.get("policies", ())),
        fail_on=None if fail_on == "never" else Level(fail_on),
        engine=data.get("engine", "embedded"),
        timeout=float(timeout),
        baseline=data.get("baseline"),
    )
