"""`uts-policy evidence diff`: what changed between two bags."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import out_option, shape_option


@click.command(
    "diff",
    cls=Command,
    examples=["uts-policy evidence diff 2026-q2.zip 2026-q3.zip", "uts-policy evidence diff a.zip b.zip --format json"],
)
@click.argument("before", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@shape_option("text", "json")
@out_option()
@click.pass_obj
def command(options: Globals, *, before: Path, after: Path, shape: str, out: Path | None) -> int:
    """Say what changed between two bags.

    Findings that were opened, closed or waived; duties whose owner changed; rules, configuration, versions and days
    that differ. A finding that is gone because its rule was not judged is not told as closed. The integrity of both
    bags is checked first; no rule in them is run. The exit code is 0 whatever has changed.
    """
    from uts_policy.cli.delivery import opened, written
    from uts_policy.cli.session import make_embedded
    from uts_policy.common.fields import default_timeout
    from uts_policy.pipeline.evidence.comparison import bag_difference

    found = bag_difference(opened(before), opened(after), make_embedded(default_timeout()))
    return written("evidence.difference", shape, found, out, options.color)
