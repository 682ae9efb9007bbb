"""`uts-policy mv`: another id for an entry, everywhere."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, diff_option, paths_argument, today
from uts_policy.model.errors import Exit

if TYPE_CHECKING:
    from uts_policy.pipeline.move import MovedEntry


@click.command(
    "mv",
    cls=Command,
    examples=["uts-policy mv roles/watch-director duty-director", "uts-policy mv --diff units/hq head-office"],
)
@click.argument("entry", metavar="SECTION/OLD")
@click.argument("new", metavar="NEW")
@paths_argument
@diff_option
@click.pass_obj
def command(options: Globals, *, entry: str, new: str, paths: tuple[Path, ...], as_diff: bool) -> int:
    """Give an entry another id, wherever it is named, and record the old one in `moved`.

    In place of OLD its title may stand, if no other entry of the section has it.

    References, short forms, subjects of waivers, the baseline and the configuration follow; no other byte changes.
    Findings, waivers and comparisons know the entry by both ids. Where the old id is mentioned in text or in a comment,
    the line is listed and left as it is.
    """
    from uts_policy.cli.output import say
    from uts_policy.cli.rewriting import print_patch, rewrite
    from uts_policy.cli.session import request_and_rules
    from uts_policy.pipeline.move import move

    request, policies = request_and_rules(options, Choices(paths=paths, as_of=today()))
    moved = move(request, policies, entry, new)
    if as_diff:
        print_patch(moved.files)
    else:
        rewrite(moved.files)
    for line in _summary(moved, as_diff=as_diff):
        say(line)
    return Exit.PASS


def _summary(moved: "MovedEntry", *, as_diff: bool) -> list[str]:
    """The last lines for a person: how much was changed, and which lines may need a look."""
    from uts_policy.common.words import number

    verb = "would be" if as_diff else "is"
    changed = f"{number(moved.places, 'place')} in {number(len(moved.files), 'file')}"
    lines = [f'"{moved.start}" {verb} "{moved.end}" now: {changed}, and the record in `moved`.']
    if moved.mentions:
        lines.append(
            f"The old id is still in {number(len(moved.mentions), 'line')} of text or comments, left as they are:"
        )
        lines += [f"  {each.file}:{each.line}: {each.text}" for each in moved.mentions]
    return lines
