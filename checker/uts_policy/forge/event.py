"""Which pull request a run of GitHub Actions is about: from the event, which GitHub writes, and from nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The branch and commit that a run of another workflow was about."""

    owner: str
    branch: str
    commit: str


def pull_request_in(event: Mapping[str, Any]) -> int | Source | None:
    """The number of the pull request, or, after another workflow's run, the head to look it up by; None for neither.

    NOTE: `workflow_run.pull_requests` is empty for forks, and a number in an artifact is whatever its author wrote:
    so the head is looked up, and the pull request must still be at that commit.
    """
    number = _at(event, "pull_request", "number")
    if isinstance(number, int) and not isinstance(number, bool) and number > 0:
        return number
    run = event.get("workflow_run")
    parts = [
        _at(run, "head_repository", "owner", "login"),
        _at(run, "head_branch"),
        _at(run, "head_sha"),
    ]
    if _at(run, "event") in {"pull_request", "pull_request_target"} and all(isinstance(each, str) for each in parts):
        return Source(owner=parts[0], branch=parts[1], commit=parts[2])
    return None


def _at(value: Any, *steps: str) -> Any:  # noqa: ANN401 - JSON
    for step in steps:
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    return value
