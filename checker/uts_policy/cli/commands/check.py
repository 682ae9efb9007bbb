"""`uts-policy check`: the main job."""

import os
from dataclasses import replace
from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, Wanted, choosing, format_option, job_summary, name_option
from uts_policy.model.rule import Level
from uts_policy.render.interface import Format


@click.command(
    "check",
    cls=Command,
    examples=[
        "uts-policy check declarations/",
        "uts-policy check --since origin/main",
        "uts-policy check --format text --format json:report.json --fail-on warning",
    ],
)
@choosing
@format_option
@click.option(
    "--fail-on",
    type=click.Choice([*(each.value for each in Level), "never"]),
    help="The lowest level of a finding that makes the exit code 1.  [default: error]",
)
@click.option(
    "--since",
    metavar="REV",
    help="Compare with the commit where this branch left REV: what was there before is known, and does not count.",
)
@click.option(
    "--fail-on-weakening",
    is_flag=True,
    help="With --since: exit with 1 if the change weakens the check, whatever --fail-on says.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Findings that are listed in FILE are known, and do not count.",
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
    help="For the whole run; beyond it there is no verdict.  [default: 60]",
)
@click.option(
    "--top", metavar="N", type=click.IntRange(min=1), help="In text, only the N causes with the most findings."
)
@name_option
@click.option("--profile-rules", is_flag=True, help="Show on standard error how long each rule takes by itself.")
@click.option("-v", "--verbose", is_flag=True, help="Show every finding by itself, known ones too.")
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    choices: Choices,
    formats: tuple[Wanted[Format], ...],
    fail_on: str | None,
    since: str | None,
    fail_on_weakening: bool,
    baseline: Path | None,
    engine: str | None,
    opa_url: str | None,
    opa_ca_file: Path | None,
    timeout: float | None,
    top: int | None,
    name: str | None,
    profile_rules: bool,
    verbose: bool,
) -> int:
    """Check declarations against the rules.

    PATHs are files and directories of declarations, together one corpus; `-` is standard input. Without any, `paths` of
    the configuration, else declarations/.
    """
    from uts_policy.cli.checking import Run, checked
    from uts_policy.cli.deliver import Delivery, deliver
    from uts_policy.cli.time_limit import TimeLimit

    run = Run(
        options=options,
        choices=replace(choices, name=name),
        fail_on=fail_on,
        since=since,
        fail_on_weakening=fail_on_weakening,
        baseline=baseline,
        engine=engine,
        opa_url=opa_url,
        opa_ca_file=opa_ca_file,
        timeout=timeout,
        profile_rules=profile_rules,
    )
    delivery = Delivery(
        formats=formats, color=options.color, verbose=verbose, top=top, job_summary=job_summary(os.environ)
    )
    limit = TimeLimit(timeout)
    return deliver(delivery, lambda: checked(run, limit), limit.running)
