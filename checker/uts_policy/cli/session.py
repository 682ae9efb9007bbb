"""What a command needs once its options are read: settings, request, engine, rules."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, TypeAlias, assert_never, cast

import click

from uts_policy.cli.app import LIMIT, Globals
from uts_policy.cli.options import Choices, Running, today
from uts_policy.cli.output import say
from uts_policy.cli.progress import Progress
from uts_policy.cli.time_limit import TimeLimit
from uts_policy.common.boundary import work_tree
from uts_policy.common.nearest import nearest
from uts_policy.engine.embedded import EmbeddedEngine
from uts_policy.engine.interface import Engine
from uts_policy.model.errors import UsageError
from uts_policy.model.rule import Rule
from uts_policy.model.settings import Settings
from uts_policy.pipeline import inputs
from uts_policy.pipeline.redaction import nobodies
from uts_policy.pipeline.request import STANDARD_INPUT, Configuration, Policies, Request, silent
from uts_policy.redact.declarations import Redaction
from uts_policy.redact.pseudonyms import Pseudonyms

KEY = "UTS_POLICY_REDACT_KEY"
"""Environment variable with the key: the same key gives the same pseudonyms."""
SHORTEST = 16
"""Characters of a key; whoever can guess it can try out every id."""


def here() -> Path:
    """The working directory, by the name under which the shell came to it where that is in the same repository.

    A change can put a link in the place of a directory, and the system tells only where it leads.
    """
    real, named = Path.cwd(), Path(os.environ.get("PWD", ""))
    try:
        same = named.is_absolute() and named != real and named.samefile(real)
    except OSError:
        return real
    tops = (work_tree(named), work_tree(real)) if same else (None, None)
    return named if tops[0] is not None and tops[1] is not None and tops[0].samefile(tops[1]) else real


def redaction_for(settings: Settings) -> Redaction:
    """How one run hides people. Raises UsageError for a key that can be guessed."""
    said = os.environ.get(KEY, "")
    if said and len(said) < SHORTEST:
        raise UsageError(
            f"the key in {KEY} has {len(said)} characters, and whoever guesses it can try out every id",
            f"take at least {SHORTEST} at random, as from `openssl rand -hex 32`",
        )
    if not said:
        say(f"redacted by a key for this run alone; {KEY} gives the same pseudonyms every time")
    key = said.encode("utf-8", "surrogateescape") if said else os.urandom(32)
    return Redaction(pseudonyms=Pseudonyms(key=key), spared=nobodies(settings))


def refuse(*, redact: bool, why: str, hint: str) -> None:
    """Raises UsageError where a redacted output would be of no use."""
    if redact:
        raise UsageError(f"--redact makes no sense here: {why}", hint)


def settings_for(
    configuration: Configuration,
    choices: Choices,
    **overrides: Any,  # noqa: ANN401 - fields of Settings
) -> Settings:
    """The configuration with the command line laid over it; the run has the time that this says."""
    settings = laid_over(configuration.settings, choices, **overrides)
    limit = _limit()
    if limit is None:
        return settings
    if limit.said is not None:
        return replace(settings, timeout=limit.said)
    limit.allow(settings.timeout)
    return settings


def _limit() -> TimeLimit | None:
    """The time limit of the command that runs, where the command line sees to it."""
    context = click.get_current_context(silent=True)
    return None if context is None else context.meta.get(LIMIT)


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
        complete=(*settings.complete, *choices.complete),
        policies=(*settings.policies, *(str(each.absolute()) for each in choices.policies)),
        **overrides,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a question about the declarations needs: what is asked, the rules, and what evaluates them."""

    request: Request
    policies: Policies
    engine: EmbeddedEngine


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """What a check needs: what is checked, the rules, and the engine that was asked for."""

    request: Request
    policies: Policies
    engine: Engine


def run_for(
    options: Globals,
    choices: Choices,
    running: Running | None = None,
    limit: TimeLimit | None = None,
    progress: Progress | None = None,
) -> CheckRun:
    """Reads the configuration and the rules. `limit` is that of the command line, and becomes that of the settings.

    Raises as `request_and_rules` and `make_engine`.
    """
    running = running or Running()
    configuration = inputs.read_settings(options.config, here())
    settings = settings_for(configuration, choices, **running.overrides())
    if limit is not None:
        limit.allow(settings.timeout)
    engine = make_engine(
        settings.engine, timeout=settings.timeout, opa_url=running.opa_url, opa_ca_file=running.opa_ca_file
    )
    policies = inputs.read_policies(settings)
    request = request_for(configuration, settings, choices, progress)
    if limit is not None:
        request = replace(request, notify=limit.noting(request.notify))
    return CheckRun(request=request, policies=policies, engine=engine)


def query_for(options: Globals, choices: Choices, progress: Progress | None = None) -> Query:
    """Reads the configuration and the rules. Raises as `request_and_rules`."""
    request, policies = request_and_rules(options, choices, progress)
    return Query(request=request, policies=policies, engine=make_embedded(request.settings.timeout))


def request_and_rules(options: Globals, choices: Choices, progress: Progress | None = None) -> tuple[Request, Policies]:
    """Reads the configuration and the rules. Raises as `request_for`, and NoVerdictError where they cannot be read."""
    configuration = inputs.read_settings(options.config, here())
    settings = settings_for(configuration, choices)
    policies = inputs.read_policies(settings)
    return request_for(configuration, settings, choices, progress), policies


def request_for(
    configuration: Configuration, settings: Settings, choices: Choices, progress: Progress | None = None
) -> Request:
    """What the pipeline needs; reads standard input where a path is `-`. Raises UsageError where that is a terminal."""
    limit = _limit()
    notify = progress or silent
    return Request(
        settings=settings,
        config=configuration.document,
        config_source=configuration.source,
        as_of=choices.as_of,
        paths=_named(choices.paths),
        include=choices.rule,
        exclude=choices.no_rule,
        stdin=_standard_input() if any(str(path) == STANDARD_INPUT for path in choices.paths) else None,
        notify=notify if limit is None else limit.noting(notify),
        redaction=_redaction(settings) if choices.redact else None,
        environment=os.environ,
        name=choices.name,
    )


def _named(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The paths of the command line; those below a working directory behind a link, by its name."""
    start = here()
    if start == Path.cwd():
        return paths
    return tuple(path if str(path) == STANDARD_INPUT else start / path for path in paths)


def _redaction(settings: Settings) -> Redaction:

    return redaction_for(settings)


_PIECE = 1 << 16


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("- means standard input, and nothing comes from there", "write `uts-policy validate - <FILE`")
    # In pieces: what a signal does is done between two of them, and not only when everything has come.
    return b"".join(iter(lambda: os.read(sys.stdin.fileno(), _PIECE), b""))


EngineName: TypeAlias = Literal["embedded", "opa", "both"]
"""The values of the setting `engine`: mypy holds that each of them has its case below."""
URL = "UTS_POLICY_OPA_URL"
BINARY = "UTS_POLICY_OPA"
MEMORY = "UTS_POLICY_ENGINE_MEMORY"
"""GiB that an engine of ours may take. Not in the configuration, which a change could edit to fill the machine."""
TOKEN = "UTS_POLICY_OPA_TOKEN"  # noqa: S105 - the name of the variable that holds one


def make_engine(name: str, *, timeout: float, opa_url: str | None, opa_ca_file: Path | None) -> Engine:
    """The engine of that name, `timeout` in seconds. Raises UsageError for options that it would not look at."""
    chosen = cast("EngineName", name)
    if chosen == "embedded" and (opa_url or opa_ca_file):
        raise UsageError("an OPA server is named, and the engine is the embedded one", "add --engine opa, or both")
    match chosen:
        case "embedded":
            return make_embedded(timeout)
        case "opa":
            return _opa(timeout, opa_url, opa_ca_file)
        case "both":
            from uts_policy.engine.both import BothEngines

            return BothEngines(first=make_embedded(timeout), second=_opa(timeout, opa_url, opa_ca_file))
        case _:
            assert_never(chosen)


def make_embedded(timeout: float) -> EmbeddedEngine:
    """The embedded engine, which can be asked more than the others; `timeout` in seconds.

    Raises UsageError where the environment says how much memory it may take, and that is not a number of GiB.
    """
    from uts_policy.engine.embedded import EmbeddedEngine

    return EmbeddedEngine(timeout=timeout, memory=_memory())


def _memory() -> int:
    from uts_policy.engine.worker_process import MEMORY as DEFAULT

    said = os.environ.get(MEMORY)
    if not said:
        return DEFAULT
    try:
        size = int(float(said) * 2**30)
    except (ValueError, OverflowError):
        size = 0
    if size <= 0:
        raise UsageError(f'{MEMORY} is "{said}", which is not a number of GiB', f"Write for example {MEMORY}=8.")
    return size


def _opa(timeout: float, option: str | None, ca_file: Path | None) -> Engine:
    from uts_policy.engine.opa import OpaEngine
    from uts_policy.engine.opa_client import parse_address

    # NOTE: server and token come from the command line and the environment only, never from a file of the repository.
    url, token = option or os.environ.get(URL) or None, os.environ.get(TOKEN) or None
    if url is not None:
        parse_address(url, with_token=token is not None)  # a wrong one is told before anything is read
    elif ca_file is not None:
        raise UsageError("--opa-ca-file names certificates, and no server is named", f"add --opa-url, or set {URL}")
    binary = os.environ.get(BINARY) or None
    return OpaEngine(timeout=timeout, url=url, token=token, ca_file=ca_file, binary=binary, memory=_memory())


def catalogue_for(options: Globals, policies: tuple[Path, ...]) -> tuple[Rule, ...]:
    """Every rule, the user's own included, sorted by id."""
    configuration = inputs.read_settings(options.config, here())
    settings = settings_for(configuration, Choices(paths=(), as_of=today(), policies=policies))
    return inputs.read_policies(settings).catalogue


def matching(rules: Sequence[Rule], patterns: Sequence[str]) -> tuple[Rule, ...]:
    """The rules that one of the patterns means: an id, a category or a glob; all without patterns.

    Raises UsageError for a pattern that means none, with the nearest there is.
    """
    chosen = {rule.id for rule in rules} if not patterns else set()
    for pattern in patterns:
        found = {rule.id for rule in rules if pattern == rule.category or fnmatchcase(rule.id, pattern)}
        if not found:
            names = [rule.id for rule in rules] + sorted({rule.category for rule in rules})
            near = nearest(pattern, names, guessing=True)
            hint = f'did you mean "{near}"?' if near else "`uts-policy rules` lists them all"
            raise UsageError(f'there is no rule "{pattern}"', hint)
        chosen |= found
    return tuple(rule for rule in rules if rule.id in chosen)
