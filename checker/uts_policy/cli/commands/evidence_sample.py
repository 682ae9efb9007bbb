"""`uts-policy evidence sample`: cards for re-performance by hand."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import out_option, shape_option


@click.command(
    "sample",
    cls=Command,
    examples=[
        "uts-policy evidence sample bag.zip --size 25 --seed 7",
        "uts-policy evidence sample bag.zip --seed 7 --format markdown --out cards.md",
    ],
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--size", type=click.IntRange(1, 10_000), default=25, show_default=True, metavar="N", help="How many cards at most."
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="What decides by chance: the same seed draws the same cards from the same bag.",
)
@shape_option("text", "json", "markdown")
@out_option()
@click.pass_obj
def command(options: Globals, *, file: Path, size: int, seed: int, shape: str, out: Path | None) -> int:  # noqa: PLR0913 - one argument an option
    """Draw conclusions from a bag, to be done again by hand.

    Each card has a rule, an entry, everything that was written which may bear on it with file and line, and what was
    concluded: a violation, a pass, or waived. Every category of rules gets its turn. The bag's integrity is checked
    first; nothing that is in it is run. Whose key signed it is for `verify` to say.
    """
    from uts_policy.cli.delivery import opened, written
    from uts_policy.pipeline.evidence.sample import sample

    found = sample(opened(file), size=size, seed=seed)
    return written("evidence.sample", shape, found, out, options.color)
