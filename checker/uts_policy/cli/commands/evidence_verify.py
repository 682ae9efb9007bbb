"""`uts-policy evidence verify`: whether a bag is whole, who signed it, and whether its files tell the same."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import previous_option, shape_option


@click.command(
    "verify",
    cls=Command,
    examples=[
        "uts-policy evidence verify q4.zip --key signer.pub.pem",
        "uts-policy evidence verify q4.zip --format json",
    ],
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key",
    "keys",
    multiple=True,
    metavar="PUB.pem",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The public key of whoever should have signed, from a source of your own. Repeatable.",
)
@previous_option("The bag that this one should name as the one before.")
@shape_option("text", "json")
@click.pass_obj
def command(options: Globals, *, file: Path, keys: tuple[Path, ...], previous: Path | None, shape: str) -> int:
    """Verify a bag of evidence.

    Integrity, signer, time and reconciliation are told apart. No key in the bag is trusted; without --key, or without
    a signature, only integrity is shown. Nothing in the bag is run. The exit code is 0 where nothing was rejected, 1
    where something was, 3 where the file cannot be read.
    """
    import sys

    from uts_policy.cli.delivery import rendered
    from uts_policy.cli.output import style_for, write
    from uts_policy.cli.progress import progress
    from uts_policy.evidence.bag import read_previous
    from uts_policy.evidence.verify import Expected
    from uts_policy.model.errors import Exit
    from uts_policy.pipeline.evidence.verification import verify
    from uts_policy.pipeline.request import silent
    from uts_policy.signing import read_evidence_verifier

    expected = Expected(
        keys=tuple(map(read_evidence_verifier, keys)),
        previous=None if previous is None else read_previous(previous),
    )
    with progress(sys.stderr) as shown:
        found = verify(file, expected, shown or silent)
    write(rendered("evidence.verification", shape, found, style_for(options.color)))
    return Exit.FINDINGS if found.rejected else Exit.PASS
