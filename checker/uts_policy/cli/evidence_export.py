"""`uts-policy evidence export`: one check, and everything that it rests on."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing_exact
from uts_policy.cli.output import OutputPath
from uts_policy.cli.passphrase import passphrase_option
from uts_policy.model.rule import Level


@click.command(
    "export",
    cls=Command,
    examples=[
        "uts-policy evidence export declarations/ --out q4.zip --sign-key signer.pem",
        "uts-policy evidence export --out q4.zip --previous q3.zip --as-of 2026-12-31",
    ],
)
@choosing_exact
@click.option(
    "-o",
    "--out",
    metavar="FILE",
    required=True,
    type=OutputPath(),
    help="Where to write the bag, a ZIP file.",
)
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@click.option(
    "--sign-key",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sign with this Ed25519 key, PEM, encrypted or not. Needs the extra `sign`.",
)
@passphrase_option
@click.option(
    "--previous",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The bag before this one: its digest goes into this one, so that they make a chain.",
)
@click.option(
    "--reproducible",
    is_flag=True,
    help="Leave out who ran it, where, when and from which commit: the same input gives the same bytes anywhere.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*(each.value for each in Level), "never"]),
    help="The lowest level of a finding that makes the exit code 1.  [default: error]",
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Findings that are listed in FILE are known, and do not count. FILE is kept in the bag.",
)
@click.option(
    "--engine", type=click.Choice(["embedded", "opa", "both"]), help="What evaluates the rules.  [default: embedded]"
)
@click.option(
    "--opa-url",
    metavar="URL",
    help="The OPA server that --engine opa or both asks.  [default: UTS_POLICY_OPA_URL, else one of our own]",
)
@click.option(
    "--opa-ca-file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Certificates that the OPA server's must come from.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help="For the whole run; beyond it there is no bag.  [default: 60]",
)
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    choices: Choices,
    out: Path,
    force: bool,
    sign_key: Path | None,
    passphrase_fd: int | None,
    previous: Path | None,
    reproducible: bool,
    fail_on: str | None,
    baseline: Path | None,
    engine: str | None,
    opa_url: str | None,
    opa_ca_file: Path | None,
    timeout: float | None,
) -> int:
    """Check declarations, and write everything that the check rests on into one signed file.

    The exit code is that of `check`; a bag is written whether or not something was found. Where there is no verdict
    there is no bag. Without --sign-key the bag says only that it is whole, and not who made it.
    """
    from uts_policy.cli.commands.check import Run
    from uts_policy.cli.commands.evidence_export import Export, export

    run = Run(
        options=options,
        choices=choices,
        fail_on=fail_on,
        since=None,
        baseline=baseline,
        engine=engine,
        opa_url=opa_url,
        opa_ca_file=opa_ca_file,
        timeout=timeout,
    )
    wanted = Export(
        run=run,
        out=out,
        force=force,
        sign_key=sign_key,
        passphrase_fd=passphrase_fd,
        previous=previous,
        reproducible=reproducible,
    )
    return export(wanted)
