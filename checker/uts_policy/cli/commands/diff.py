"""`uts-policy diff`: what a change means."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, as_of_option, name_option, policies_option, redact_option
from uts_policy.cli.output import OutputPath
from uts_policy.model.errors import Exit
from uts_policy.model.rule import Profile


@click.command(
    "diff",
    cls=Command,
    examples=["uts-policy diff main", "uts-policy diff origin/main HEAD --format markdown --output comment.md"],
)
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--path",
    "paths",
    multiple=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="Files and directories of declarations, on both sides. Repeatable.  [default: as `check` has it]",
)
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="What to write; `markdown` is for a comment on a pull request.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=OutputPath(report=True),
    help="Where to write it.  [default: standard output]",
)
@click.option("--fail-on-weakening", is_flag=True, help="Exit with 1 if the change weakens the check.")
@as_of_option
@click.option("--profile", type=click.Choice([each.value for each in Profile]), help="How many rules judge both sides.")
@policies_option
@redact_option
@name_option
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    base: str,
    head: str | None,
    paths: tuple[Path, ...],
    shape: str,
    output: Path | None,
    fail_on_weakening: bool,
    as_of: str,
    profile: str | None,
    policies: tuple[Path, ...],
    redact: bool,
    name: str | None,
) -> int:
    """Say what a change means: who gains, who loses, whose yes it needs.

    BASE and HEAD are git revisions or directories; without HEAD, the declarations as they lie here. Of two revisions
    the changes since their merge base are told, as a pull request has them. Both sides are judged for one day, each by
    its own rules and configuration. The exit code is 0 whatever has changed, unless --fail-on-weakening is given:
    `check --since` is what judges.
    """
    from uts_policy.cli.differing import Wish, found, written

    choices = Choices(
        paths=paths,
        as_of=as_of,
        profile=None if profile is None else Profile(profile),
        policies=policies,
        redact=redact,
        name=name,
    )
    change = found(Wish(options=options, choices=choices, base=base, head=head))
    code = written(change, shape, output, options.color)
    return Exit.FINDINGS if fail_on_weakening and change.weakened else code
