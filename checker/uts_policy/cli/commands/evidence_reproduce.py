"""`uts-policy evidence reproduce`: the check in a bag run again, from the bag alone."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import shape_option, timeout_option


@click.command("reproduce", cls=Command, examples=["uts-policy evidence reproduce q4.zip"])
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@timeout_option("For the rules together: the bag has no say in it.", default=60.0, show_default=True)
@shape_option("text", "json")
@click.pass_obj
def command(options: Globals, *, file: Path, timeout: float, shape: str) -> int:
    """Run the check in a bag again, and compare results/, oscal/ and report/ byte for byte.

    The bag must be whole; who signed it is for `verify` to say. Its rules are a stranger's code: they may use the
    allowed builtins only, and run in the embedded engine, in a process of its own, within the time that is given here.
    The exit code is 0 where everything comes out the same, 1 where something does not or the bag is not whole, and 3
    where it cannot be compared (another version of tool or engine) or cannot be run.
    """
    import sys

    from uts_policy.cli.delivery import rendered
    from uts_policy.cli.output import style_for, write
    from uts_policy.cli.progress import progress
    from uts_policy.evidence.verify import Expected, verify
    from uts_policy.model.errors import Exit, NoVerdictError, UsageError
    from uts_policy.model.evidence import Reproduced
    from uts_policy.pipeline.evidence.bag import open_bag
    from uts_policy.pipeline.evidence.verification import reproduce
    from uts_policy.pipeline.request import silent

    style = style_for(options.color)
    with progress(sys.stderr) as shown:
        bag = verify(file, Expected(), shown or silent)
        whole = not bag.parts["integrity"].reasons
        try:
            found = reproduce(open_bag(file), timeout=timeout) if whole else None
        except UsageError as error:
            # NOTE: it is the bag's settings that are wrong, and nobody's command line.
            raise NoVerdictError(
                f"{file}: data/config/effective.json: {error.message}", "The bag cannot be run."
            ) from error
    if found is None:
        data = rendered("evidence.verification", shape, bag, style)
    else:
        data = rendered("evidence.reproduction", shape, found, style)
    write(data)
    if found is None or found.outcome is Reproduced.FAILED:
        return Exit.FINDINGS
    return Exit.PASS if found.outcome is Reproduced.SAME else Exit.NO_VERDICT
