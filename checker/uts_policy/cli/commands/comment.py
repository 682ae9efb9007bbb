"""`uts-policy comment`: the one comment on a pull request."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uts_policy import __version__
from uts_policy.cli.app import Command
from uts_policy.cli.output import say
from uts_policy.model.difference import unsealed
from uts_policy.model.errors import Exit, NoVerdictError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uts_policy.forge.comment import CommentSource
    from uts_policy.forge.github import GithubRepository


MOST = 1024 * 1024
"""Bytes of a text to comment: sixteen times what `diff` writes at most."""


def commented(file: Path, *, repository: str | None, pull_request: int | None, author: str) -> int:
    """The exit code: 0 where the comment is as it should be, and where GitHub would not have it, with a warning.

    Raises UsageError for what is missing or wrong in options and environment, NoVerdictError for a FILE that cannot be
    read.
    """
    from uts_policy.forge.comment import keep_comment
    from uts_policy.forge.github import API, ForgeError, open_repository

    token = os.environ.get("GITHUB_TOKEN", "")
    if not token:
        raise UsageError(
            "there is no token in GITHUB_TOKEN", "in a workflow: `env: {GITHUB_TOKEN: ${{ github.token }}}`"
        )
    opened = open_repository(
        repository or os.environ.get("GITHUB_REPOSITORY", ""),
        token=token,
        url=os.environ.get("GITHUB_API_URL") or API,
        version=__version__,
    )
    wanted: int | CommentSource = pull_request or _of_event(os.environ)
    written = unsealed(_read(file))
    if written is None:
        raise UsageError(
            f'"{file}" is not what `uts-policy diff --format markdown` wrote, so nothing was commented',
            "comment its output as it is, without a line added, changed or left out",
        )
    markdown, name = written
    try:
        number = _number(opened, wanted)
        if number is None:
            say("uts-policy: warning: no open pull request is at this commit any more, so nothing was commented")
        else:
            say(f"comment on #{number}: {keep_comment(opened, number, markdown, author=author, name=name)}")
    except ForgeError as error:
        say(f"uts-policy: warning: no comment: {error.message}")
        if error.hint:
            say(f"hint: {error.hint}")
    return Exit.PASS


def _of_event(environment: Mapping[str, str]) -> int | CommentSource:
    """What the event says, which GitHub itself has written to a file."""
    from uts_policy.forge.comment import pull_request_in

    path = environment.get("GITHUB_EVENT_PATH")
    event: Any = None
    if path:
        try:
            event = json.loads(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            raise UsageError(f'the event in "{path}" cannot be read: {error}', "name --pull-request NUMBER") from error
    found = pull_request_in(event) if isinstance(event, dict) else None
    if found is None:
        raise UsageError(
            "it is not known which pull request is meant", "name --pull-request NUMBER, or run it on `pull_request`"
        )
    return found


def _number(repository: GithubRepository, wanted: int | CommentSource) -> int | None:
    if isinstance(wanted, int):
        return wanted
    return repository.pull_request_of(wanted.owner, wanted.branch, wanted.commit)


def _read(file: Path) -> str:
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(MOST + 1)
        else:
            with file.open("rb") as stream:
                data = stream.read(MOST + 1)
    except (OSError, AttributeError) as error:
        raise NoVerdictError(f'"{file}" cannot be read: {error}') from error
    if len(data) > MOST:
        raise UsageError(f'"{file}" is larger than anything that `diff` writes, so nothing was commented')
    return data.decode("utf-8", "replace")


AUTHOR = "github-actions[bot]"


@click.command(
    "comment",
    cls=Command,
    examples=[
        "uts-policy diff origin/main --format markdown | uts-policy comment -",
        "uts-policy comment text.md --repository agency/duties --pull-request 12",
    ],
)
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--repository", metavar="OWNER/NAME", help="Where the pull request is.  [default: GITHUB_REPOSITORY]")
@click.option(
    "--pull-request",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    help="Which one.  [default: that of the event in GITHUB_EVENT_PATH]",
)
@click.option(
    "--author",
    metavar="LOGIN",
    default=AUTHOR,
    show_default=True,
    help="The account that the token is of: only its comment is edited.",
)
def command(file: Path, *, repository: str | None, pull_request: int | None, author: str) -> int:
    """Keep one comment on a GitHub pull request: what `diff` wrote.

    FILE is what `diff --format markdown` wrote, and nothing else; `-` is standard input. The comment is written once,
    edited later, and marked as resolved when nothing is left; each set of declarations with a name of its own has one.
    The token comes from GITHUB_TOKEN, the address of the API from GITHUB_API_URL. FILE is trusted with nothing: it may
    come from a fork. Where GitHub refuses or cannot be reached there is a warning, and the exit code is 0: a comment is
    no verdict.
    """
    return commented(file, repository=repository, pull_request=pull_request, author=author)
