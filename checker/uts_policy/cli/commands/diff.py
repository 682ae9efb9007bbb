"""`uts-policy diff`: what a change means."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import (
    Choices,
    as_of_option,
    name_option,
    out_option,
    policies_option,
    profile_option,
    redact_option,
    shape_option,
    weakening_option,
)
from uts_policy.cli.progress import progress
from uts_policy.model.difference import Difference
from uts_policy.model.errors import Exit
from uts_policy.model.rule import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The options of one `diff` that have a say in what it tells."""

    options: Globals
    choices: Choices
    base: str
    head: str | None
    fail_on_weakening: bool = False


def found(wish: Wish) -> Difference:
    """What the change means. Raises UtsPolicyError where that cannot be told."""
    from uts_policy.cli.session import here, laid_over, make_embedded, request_for, settings_for
    from uts_policy.pipeline import difference, inputs
    from uts_policy.pipeline.request import Since

    with progress(sys.stderr) as shown:
        configuration = inputs.read_settings(wish.options.config, here())
        settings = settings_for(configuration, wish.choices)
        since = Since(
            revision=wish.base,
            start=here(),
            config=wish.options.config,
            environment=os.environ,
            overlay=lambda other: laid_over(other, wish.choices),
            fail_on_weakening=wish.fail_on_weakening,
        )
        policies = inputs.read_policies(settings)
        request = request_for(configuration, settings, wish.choices, shown)
        return difference.diff(request, policies, make_embedded(settings.timeout), since, wish.head)


@click.command(
    "diff",
    cls=Command,
    bounded=True,
    examples=["uts-policy diff main", "uts-policy diff origin/main HEAD --format markdown --out comment.md"],
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
@shape_option("text", "json", "markdown", what="What to write; `markdown` is for a comment on a pull request.")
@out_option()
@weakening_option()
@as_of_option
@profile_option
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
    out: Path | None,
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
    choices = Choices(
        paths=paths,
        as_of=as_of,
        profile=None if profile is None else Profile(profile),
        policies=policies,
        redact=redact,
        name=name,
    )
    from uts_policy.cli.delivery import written

    change = found(Wish(options=options, choices=choices, base=base, head=head, fail_on_weakening=fail_on_weakening))
    code = written("difference", shape, change, out, options.color)
    return Exit.FINDINGS if fail_on_weakening and change.weakened else code
