"""`uts-policy validate`: YAML and schema only."""

import os
from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import (
    Choices,
    Wanted,
    format_option,
    job_summary,
    paths_argument,
    redact_option,
    timeout_option,
    today,
)


@click.command("validate", cls=Command, examples=["uts-policy validate declarations/roles.yaml"])
@paths_argument
@redact_option
@format_option
@timeout_option()
@click.pass_obj
def command(
    options: Globals,
    *,
    paths: tuple[Path, ...],
    redact: bool,
    formats: tuple[Wanted, ...],
    timeout: float | None,
) -> int:
    """Check the form of declarations only: YAML and schema.

    No rule is evaluated: for an editor or a hook that looks at one file. PATHs are files and directories; `-` is
    standard input. Without any, `paths` of the configuration, else declarations/.
    """
    from uts_policy.cli.delivery import Delivery, deliver
    from uts_policy.cli.session import here, request_for
    from uts_policy.cli.time_limit import TimeLimit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import check, inputs

    limit = TimeLimit(timeout)

    def report() -> Report:
        configuration = inputs.read_settings(options.config, here())
        choices = Choices(paths=paths, as_of=today(), redact=redact)
        limit.allow(configuration.settings.timeout if timeout is None else timeout)
        return check.validate(request_for(configuration, configuration.settings, choices))

    delivery = Delivery(formats=formats, color=options.color, job_summary=job_summary(os.environ))
    return deliver(delivery, report, limit.running)
