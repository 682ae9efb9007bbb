"""Files that steer a run: the configuration, the baseline, a scorecard's questions. A fault in one is a failure."""

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uts_policy.common.boundary import work_tree
from uts_policy.common.fields import setting_default
from uts_policy.common.fields import settings as setting_names
from uts_policy.load.discover import CONFIG_NAME
from uts_policy.load.read import read
from uts_policy.load.text import FORMAT
from uts_policy.load.yaml import parse
from uts_policy.model.baseline import Baseline, BaselineEntry
from uts_policy.model.document import Document, FoundFile, Source
from uts_policy.model.errors import UsageError
from uts_policy.model.finding import Problem
from uts_policy.model.rule import Level, Profile
from uts_policy.model.settings import Settings

if TYPE_CHECKING:
    from uts_policy.model.place import Location


_REMEDY = "Write each key with its value on a line of its own, as in `key: value`, without a dash before it."


def single_document(source: Source, what: str) -> Document:
    """The one document of a file, empty where it holds nothing; `what` names its kind ("a configuration").

    Raises UsageError, naming file, line and column, where it is no valid YAML or holds more than one document.
    """
    loaded = parse(source, (f"{what} is a mapping of keys to values", _REMEDY))
    if loaded.problems:
        first = loaded.problems[0]
        if first.problem == FORMAT:
            remedy = f"{what[:1].upper()}{what[1:]} is YAML: name the file that holds it, or write it as text."
            first = replace(first, remediation=remedy)
        raise fault(first)
    if len(loaded.documents) > 1:
        span = loaded.documents[1].locate(()).span
        raise UsageError(
            f"{source.path}:{span.line}:{span.column}: a second document begins here, and {what} is one",
            "Put all keys into one document.",
        )
    return loaded.documents[0] if loaded.documents else parse(_empty(source)).documents[0]


def fault(problem: Problem) -> UsageError:
    """A problem of such a file, as the failure of the run that it is."""
    span = problem.location.span
    place = f"{problem.location.file}:{span.line}:{span.column}"
    return UsageError(f"{place}: {problem.message}", problem.remediation)


def _empty(source: Source) -> Source:
    """The same file as if it held one empty document: a file of comments alone is one without keys."""
    return Source(path=source.path, data=b"---\n", sha256=source.sha256, text="---\n")


SCHEMA = "uts-policy/baseline/1"
"""The version that a baseline file states."""


def read_baseline(path: Path, name: str) -> Source:
    """The bytes of a baseline file, which messages call `name`. Raises UsageError where it cannot be read."""
    if not path.exists():
        raise UsageError(
            f'there is no baseline "{name}"', "`uts-policy baseline create` makes one; else leave --baseline out."
        )
    source = read(FoundFile(path=path, name=name))
    if isinstance(source, Problem):
        raise UsageError(f"{name}: {source.message}", source.remediation)
    return source


def baseline_document(source: Source) -> Document:
    """Its one document. Raises UsageError where it is no valid YAML, or there are two."""
    return single_document(source, "a baseline")


def baseline_from(document: Document) -> Baseline:
    """The baseline that a document, accepted by its schema, states. Raises UsageError for an id that is there twice."""
    entries: list[BaselineEntry] = []
    places: dict[str, Location] = {}
    for index, written in enumerate(document.data["findings"]):
        entry = BaselineEntry(**written)
        place = document.locate(("findings", index, "id"))
        if entry.id in places:
            first = places[entry.id].span.line
            raise UsageError(
                f"{place.file}:{place.span.line}:{place.span.column}: this finding stands in line {first} already",
                "Keep one of the two.",
            )
        places[entry.id] = place
        entries.append(entry)
    paths = tuple(document.data.get("paths", ()))
    return Baseline(file=document.path, entries=tuple(entries), places=places, paths=paths)


def read_questions(path: Path, name: str) -> Source:
    """The bytes of a file of questions, which messages call `name`. Raises UsageError where it cannot be read."""
    source = read(FoundFile(path=path, name=name))
    if isinstance(source, Problem):
        raise UsageError(f"{name}: {source.message}", source.remediation)
    return source


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
    said = {name: setting_default(name) for name in ("profile", "fail_on", "engine", "timeout")} | dict(data)
    fail_on = said["fail_on"]
    return Settings(
        root=root,
        config_file=config_file,
        paths=tuple(data.get("paths", ())),
        exclude=tuple(data.get("exclude", ())),
        profile=Profile(said["profile"]),
        levels=tuple(
            (rule, None if level == "off" else Level(level)) for rule, level in data.get("levels", {}).items()
        ),
        rules={rule: dict(parameters) for rule, parameters in data.get("rules", {}).items()},
        require=tuple(data.get("require", ())),
        complete=tuple(data.get("complete", ())),
        policies=tuple(data.get("policies", ())),
        fail_on=None if fail_on == "never" else Level(fail_on),
        engine=said["engine"],
        timeout=float(said["timeout"]),
        baseline=data.get("baseline"),
        values={name: data.get(name, setting_default(name)) for name in setting_names()},
    )
