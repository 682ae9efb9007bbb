"""`uts-policy check`: the main job."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import (
    Choices,
    Running,
    Wanted,
    choosing,
    format_option,
    job_summary,
    name_option,
    running,
    weakening_option,
)
from uts_policy.cli.output import say
from uts_policy.cli.progress import progress
from uts_policy.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uts_policy.cli.time_limit import TimeLimit
    from uts_policy.engine.interface import Engine
    from uts_policy.model.report import Report
    from uts_policy.pipeline.request import Policies, Request, Since


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """The options of one `check` that have a say in its report; None is what was not said."""

    options: Globals
    choices: Choices
    running: Running
    since: str | None = None
    profile_rules: bool = False
    fail_on_weakening: bool = False
    fix: bool = False
    repairs: bool = False
    views: tuple[str, ...] = ()


def checked(run: CheckOptions, limit: TimeLimit) -> Report:
    """The report of one check. Raises UtsPolicyError where there can be none.

    `limit` is that of the command line or the usual one, and becomes that of the settings. How long each rule takes by
    itself is measured in as much time again.
    """
    from uts_policy.cli.session import run_for
    from uts_policy.pipeline import check
    from uts_policy.pipeline.repair import with_repairs

    with progress(sys.stderr) as shown:
        ready = run_for(run.options, run.choices, run.running, limit, shown)
        request, policies, engine = replace(ready.request, views=run.views), ready.policies, ready.engine
        told = _fixed(request, policies, engine) if run.fix else []
        report = check.check(request, policies, engine, _since(run))
        report = with_repairs(request, report) if run.repairs else report
        if run.profile_rules:
            limit.allow(request.settings.timeout, afresh=True)
        seconds = _profiled(request, policies, engine) if run.profile_rules else {}
    for line in told:
        say(line)
    for rule, each in sorted(seconds.items(), key=lambda pair: (-pair[1], pair[0])):
        say(f"{each:8.3f} s  {rule}")
    return report


def _fixed(request: Request, policies: Policies, engine: Engine) -> list[str]:
    """Safe repairs, written before anything is judged; what to tell of them, a line each."""
    from uts_policy.cli.commands.fix import made
    from uts_policy.cli.rewriting import rewrite
    from uts_policy.pipeline.repair import repair

    repaired = repair(replace(request, views=()), policies, engine, unsafe=False)
    rewrite(repaired.files)
    return made(repaired)


def _profiled(request: Request, policies: Policies, engine: Engine) -> Mapping[str, float]:
    from uts_policy.engine.embedded import EmbeddedEngine
    from uts_policy.pipeline import check

    if not isinstance(engine, EmbeddedEngine):
        raise UsageError("--profile-rules needs an engine that can time one rule", "add --engine embedded")
    return check.profile_rules(request, policies, engine)


def _since(run: CheckOptions) -> Since | None:
    from uts_policy.cli.session import here, laid_over
    from uts_policy.pipeline.request import Since

    if run.since is None:
        return None
    return Since(
        revision=run.since,
        start=here(),
        config=run.options.config,
        environment=os.environ,
        overlay=lambda settings: laid_over(settings, run.choices, **run.running.overrides()),
        fail_on_weakening=run.fail_on_weakening,
    )


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
@running
@click.option(
    "--since",
    metavar="REV",
    help="Compare with the commit where this branch left REV: what was there before is known, and does not count.",
)
@weakening_option("With --since. ")
@click.option(
    "--top", metavar="N", type=click.IntRange(min=1), help="In text, only the N causes to fix first; on a terminal 20."
)
@name_option
@click.option("--fix", is_flag=True, help="Make the safe repairs first, as `uts-policy fix` does.")
@click.option("--profile-rules", is_flag=True, help="Show on standard error how long each rule takes by itself.")
@click.option("-v", "--verbose", is_flag=True, help="Show every finding by itself, known ones too.")
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    choices: Choices,
    formats: tuple[Wanted, ...],
    running: Running,
    since: str | None,
    fail_on_weakening: bool,
    top: int | None,
    name: str | None,
    fix: bool,
    profile_rules: bool,
    verbose: bool,
) -> int:
    """Check declarations against the rules.

    PATHs are files and directories of declarations, together one corpus; `-` is standard input. Without any, `paths` of
    the configuration, else declarations/.
    """
    from uts_policy.cli.delivery import Delivery, deliver
    from uts_policy.cli.time_limit import TimeLimit
    from uts_policy.render.interface import declared, views

    run = CheckOptions(
        options=options,
        choices=replace(choices, name=name),
        running=running,
        since=since,
        fail_on_weakening=fail_on_weakening,
        profile_rules=profile_rules,
        fix=fix,
        repairs=any(declared((each.format for each in formats), "REPAIRS")),
        views=views(each.format for each in formats),
    )
    delivery = Delivery(
        formats=formats, color=options.color, verbose=verbose, top=top, job_summary=job_summary(os.environ)
    )
    limit = TimeLimit(running.timeout)
    return deliver(delivery, lambda: checked(run, limit), limit.running)
