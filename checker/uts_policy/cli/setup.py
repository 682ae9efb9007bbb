"""From options to what the pipeline wants."""

import os
import sys
from dataclasses import replace
from typing import Any

from uts_policy.cli.options import Choices
from uts_policy.cli.progress import Progress
from uts_policy.model.errors import UsageError
from uts_policy.model.settings import Settings
from uts_policy.pipeline import STANDARD_INPUT, Configuration, Request, silent
from uts_policy.redact.declarations import Redaction


def settings_for(
    configuration: Configuration,
    choices: Choices,
    **overrides: Any,  # noqa: ANN401 - fields of Settings
) -> Settings:
    """The configuration with the command line laid over it."""
    return laid_over(configuration.settings, choices, **overrides)


def laid_over(
    settings: Settings,
    choices: Choices,
    **overrides: Any,  # noqa: ANN401 - fields of Settings
) -> Settings:
    """Settings with the command line laid over them."""
    if choices.profile is not None:
        overrides["profile"] = choices.profile
    return replace(
        settings,
        require=(*settings.require, *choices.require),
        policies=(*settings.policies, *(str(each.absolute()) for each in choices.policies)),
        **overrides,
    )


def request_for(
    configuration: Configuration, settings: Settings, choices: Choices, progress: Progress | None = None
) -> Request:
    """What the pipeline needs; reads standard input where a path is `-`. Raises UsageError where that is a terminal."""
    return Request(
        settings=settings,
        config=configuration.document,
        config_source=configuration.source,
        as_of=choices.as_of,
        paths=choices.paths,
        include=choices.rule,
        exclude=choices.no_rule,
        stdin=_standard_input() if any(str(path) == STANDARD_INPUT for path in choices.paths) else None,
        notify=progress or silent,
        redaction=_redaction(settings) if choices.redact else None,
        environment=os.environ,
        name=choices.name,
    )


def _redaction(settings: Settings) -> Redaction:
    from uts_policy.cli.redacting import redaction_for

    return redaction_for(settings)


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("- means standard input, and nothing comes from there", "write `uts-policy validate - <FILE`")
    return sys.stdin.buffer.read()
