"""What `check` does once its options are read."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from uts_policy import pipeline
from uts_policy.cli.app import Globals
from uts_policy.cli.options import Choices
from uts_policy.cli.output import say
from uts_policy.cli.progress import progress
from uts_policy.cli.session import laid_over, make_engine, request_for, settings_for
from uts_policy.cli.time_limit import TimeLimit
from uts_policy.engine.interface import Engine
from uts_policy.model.errors import UsageError
from uts_policy.model.report import Report
from uts_policy.model.rule import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The options of one `check` that have a say in its report; None is what was not said."""

    options: Globals
    choices: Choices
    fail_on: str | None
    since: str | None
    baseline: Path | None
    engine: str | None
    opa_url: str | None
    opa_ca_file: Path | None
    timeout: float | None
    profile_rules: bool = False
    fail_on_weakening: bool = False


def checked(run: Run, limit: TimeLimit) -> Report:
    """The report of one check. Raises UtsPolicyError where there can be none.

    `limit` is that of the command line or the usual one, and becomes that of the settings. How long each rule takes by
    itself is measured in as much time again.
    """
    with progress(sys.stderr) as shown:
        configuration = pipeline.read_settings(run.options.config, Path.cwd())
        settings = settings_for(configuration, run.choices, **overrides(run))
        limit.allow(settings.timeout)
        engine = make_engine(
            settings.engine, timeout=settings.timeout, opa_url=run.opa_url, opa_ca_file=run.opa_ca_file
        )
        policies = pipeline.read_policies(settings)
        request = request_for(configuration, settings, run.choices, shown)
        request = replace(request, notify=limit.noting(request.notify))
        report = pipeline.check(request, policies, engine, _since(run))
        if run.profile_rules:
            limit.allow(settings.timeout, afresh=True)
        seconds = _profiled(request, policies, engine) if run.profile_rules else {}
    for rule, each in sorted(seconds.items(), key=lambda pair: (-pair[1], pair[0])):
        say(f"{each:8.3f} s  {rule}")
    return report


def _profiled(request: pipeline.Request, policies: pipeline.Policies, engine: Engine) -> Mapping[str, float]:
    if not isinstance(engine, pipeline.ProfilingEngine):
        raise UsageError("--profile-rules needs an engine that can time one rule", "add --engine embedded")
    return pipeline.profile_rules(request, policies, engine)


def _since(run: Run) -> pipeline.Since | None:
    if run.since is None:
        return None
    return pipeline.Since(
        revision=run.since,
        start=Path.cwd(),
        config=run.options.config,
        environment=os.environ,
        overlay=lambda settings: laid_over(settings, run.choices, **overrides(run)),
        fail_on_weakening=run.fail_on_weakening,
    )


def overrides(run: Run) -> dict[str, Any]:
    """The fields of Settings that the options say."""
    said: dict[str, Any] = {}
    if run.fail_on is not None:
        said["fail_on"] = None if run.fail_on == "never" else Level(run.fail_on)
    if run.baseline is not None:
        said["baseline"] = str(run.baseline.absolute())
    if run.engine is not None:
        said["engine"] = run.engine
    if run.timeout is not None:
        said["timeout"] = run.timeout
    return said
