"""`uts-policy comment`: the one comment on a pull request."""

from pathlib import Path

import click

from uts_policy.cli.app import Command

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
    from uts_policy.cli.commands.comment import commented

    return commented(file, repository=repository, pull_request=pull_request, author=author)
