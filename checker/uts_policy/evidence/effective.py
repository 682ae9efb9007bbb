"""`config/effective.json`: all that a run needs besides the bytes in the bag to be run again from the bag alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from uts_policy.model.errors import NoVerdictError
from uts_policy.model.finding import Problem
from uts_policy.model.place import START, Location
from uts_policy.model.rule import Level, Profile

SCHEMA = "uts-policy/effective/1"
FILE = "config/effective.json"
CONFIGURATION = "config/uts-policy.yaml"
"""The configuration file, byte for byte, where there was one."""
BASELINE = "config/baseline.yaml"
"""The baseline, byte for byte, where there was one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that was checked: `path` is what reports call it, `stored` its name below `inputs/`."""

    path: str
    stored: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRules:
    """A policy file of the user's: `place` is what reports call it, `path` what the rule set does.

    `stored` is its name below `policies/own/`.
    """

    place: str
    path: str
    stored: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effective:
    """What configuration and command line said together, and which files discovery found.

    `levels`, `rules`, `require`, `complete`, `profile`, `fail_on`, `engine` are as in Settings; `include` and `exclude`
    are rules or globs (`--rule`, `--no-rule`). `paths` and `passed_over` (globs of files) are what discovery was told;
    `files` what it found, in the order in which they were read. `unread` are the files that could not be read: no bag
    can hold what nobody could read. `ignored` are the files and directories that were passed over, each with the
    reason: what `passed_over` of a report is. `baseline` and `config_file` are what reports call those files.
    """

    as_of: str
    profile: Profile
    levels: tuple[tuple[str, Level | None], ...]
    rules: Mapping[str, Mapping[str, Any]]
    require: tuple[str, ...]
    complete: tuple[str, ...]
    fail_on: Level | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    engine: str
    timeout: float
    paths: tuple[str, ...]
    passed_over: tuple[str, ...]
    files: tuple[StoredFile, ...]
    unread: tuple[Problem, ...]
    ignored: Mapping[str, str]
    own_policies: tuple[OwnRules, ...]
    config_file: str | None
    baseline: str | None


def written(effective: Effective) -> bytes:
    """The file."""
    value = {
        "schema": SCHEMA,
        "as_of": effective.as_of,
        "profile": effective.profile.value,
        "levels": [[rule, "off" if level is None else level.value] for rule, level in effective.levels],
        "rules": {rule: dict(parameters) for rule, parameters in effective.rules.items()},
        "require": list(effective.require),
        "complete": list(effective.complete),
        "fail_on": "never" if effective.fail_on is None else effective.fail_on.value,
        "include": list(effective.include),
        "exclude": list(effective.exclude),
        "engine": effective.engine,
        "timeout": effective.timeout,
        "config_file": effective.config_file,
        "baseline": effective.baseline,
        "paths": list(effective.paths),
        "passed_over": list(effective.passed_over),
        "ignored": dict(sorted(effective.ignored.items())),
        "own_policies": [
            {"place": each.place, "path": each.path, "stored": each.stored} for each in effective.own_policies
        ],
        "unread": [
            {
                "file": each.location.file,
                "rule": each.rule,
                "message": each.message,
                "remediation": each.remediation,
                "problem": each.problem,
            }
            for each in effective.unread
        ],
        "files": [{"path": each.path, "stored": each.stored} for each in effective.files],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def read_effective(data: bytes) -> Effective:
    """What `written` wrote. Raises NoVerdictError for anything else: a bag may come from anybody."""
    try:
        value = json.loads(data.decode("utf-8"))
        if value["schema"] != SCHEMA:
            raise ValueError(f"the schema is not {SCHEMA}")  # noqa: TRY301 - one place says what it is about
        return _read(value)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise NoVerdictError(
            f"data/{FILE} is not what an export writes ({type(error).__name__}: {error})",
            "Ask for the bag as it was made; `evidence verify` says what else is wrong.",
        ) from error


def _read(value: Mapping[str, Any]) -> Effective:
    fail_on = _text(value["fail_on"])
    return Effective(
        as_of=_day(value["as_of"]),
        profile=Profile(value["profile"]),
        levels=tuple((_text(rule), None if level == "off" else Level(level)) for rule, level in value["levels"]),
        rules={_text(rule): dict(parameters) for rule, parameters in value["rules"].items()},
        require=_texts(value["require"]),
        complete=_texts(value["complete"]),
        fail_on=None if fail_on == "never" else Level(fail_on),
        include=_texts(value["include"]),
        exclude=_texts(value["exclude"]),
        engine=_text(value["engine"]),
        timeout=float(value["timeout"]),
        paths=_texts(value["paths"]),
        passed_over=_texts(value["passed_over"]),
        files=tuple(StoredFile(path=_text(each["path"]), stored=_text(each["stored"])) for each in value["files"]),
        unread=tuple(map(_problem, value["unread"])),
        ignored={_text(path): _text(reason) for path, reason in value["ignored"].items()},
        own_policies=tuple(
            OwnRules(place=_text(each["place"]), path=_text(each["path"]), stored=_text(each["stored"]))
            for each in value["own_policies"]
        ),
        config_file=_text_or_none(value["config_file"]),
        baseline=_text_or_none(value["baseline"]),
    )


def _problem(value: Mapping[str, Any]) -> Problem:
    return Problem(
        rule=_text(value["rule"]),
        message=_text(value["message"]),
        remediation=_text(value["remediation"]),
        location=Location(file=_text(value["file"]), span=START),
        problem=_text(value["problem"]),
    )


def _day(value: object) -> str:
    text = _text(value)
    if date.fromisoformat(text).isoformat() != text:
        raise ValueError(f'"{text}" is no day as we write it')
    return text


def _texts(values: object) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError("a list is expected")
    return tuple(map(_text, values))


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a string is expected")
    return value
