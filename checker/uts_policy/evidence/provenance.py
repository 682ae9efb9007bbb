"""`run/provenance.json`: what belongs to one run and to no other. Nothing in `results/` or `oscal/` hangs on it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from uts_policy.model.evaluation import EngineInfo

SCHEMA = "uts-policy/provenance/1"
FILE = "run/provenance.json"
LIBRARIES = ("jinja2", "xlsxwriter")
"""What draws `report/`: with another version of these the same report may come out as other bytes."""
ALLOWED = (
    *("CI", "GITHUB_ACTIONS", "GITHUB_ACTOR", "GITHUB_EVENT_NAME", "GITHUB_REF", "GITHUB_REPOSITORY"),
    *("GITHUB_RUN_ATTEMPT", "GITHUB_RUN_ID", "GITHUB_SERVER_URL", "GITHUB_SHA", "GITHUB_WORKFLOW"),
    *("GITLAB_CI", "CI_COMMIT_REF_NAME", "CI_COMMIT_SHA", "CI_JOB_ID", "CI_PIPELINE_ID", "CI_PROJECT_PATH"),
    *("CI_SERVER_URL", "GITLAB_USER_LOGIN", "LANG", "LC_ALL", "SOURCE_DATE_EPOCH", "TZ"),
)
"""The variables of the environment that are recorded, where they are set; no other ever is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """The commit that was checked out, and whether the work tree differed from it."""

    commit: str
    dirty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who ran the check, where, when (ISO 8601, UTC), with what, and out of which commit."""

    by: str
    host: str
    started: str
    finished: str
    command: tuple[str, ...]
    python: str
    platform: str
    environment: Mapping[str, str]
    git: Commit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The bag before: its name, as-of date and the SHA-256 of its tag manifest."""

    name: str
    digest: str


def provenance(
    *, tool_version: str, engine: EngineInfo, as_of: str, occasion: Occasion | None, previous: Previous | None
) -> bytes:
    """The file. Without an occasion nothing of the machine is in it, and the same input gives the same bytes."""
    value = {
        "schema": SCHEMA,
        "tool": {"name": "uts-policy", "version": tool_version},
        "engine": {"name": engine.name, "version": engine.version},
        "report_made_with": libraries(),
        "as_of": as_of,
        "previous": None if previous is None else {"bag": previous.name, "tagmanifest_sha256": previous.digest},
        "run": None if occasion is None else _run(occasion),
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "backslashreplace")


def libraries() -> dict[str, str]:
    """The installed versions of LIBRARIES."""
    return {name: version(name) for name in LIBRARIES}


def allowed(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment that is recorded."""
    return {name: environment[name] for name in ALLOWED if name in environment}


def _run(occasion: Occasion) -> dict[str, object]:
    return {
        "by": occasion.by,
        "host": occasion.host,
        "started": occasion.started,
        "finished": occasion.finished,
        "command": _list(occasion.command),
        "python": occasion.python,
        "platform": occasion.platform,
        "environment": dict(sorted(occasion.environment.items())),
        "git": None if occasion.git is None else {"commit": occasion.git.commit, "dirty": occasion.git.dirty},
    }


def _list(values: Sequence[str]) -> list[str]:
    return list(values)
