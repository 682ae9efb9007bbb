"""Options that several commands share: what is read, for which day, by which rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from uts_policy.model.rule import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user chose. `as_of` is a full date; `policies` are directories; `name` is of the set of declarations."""

    paths: tuple[Path, ...]
    as_of: str
    profile: Profile | None = None
    rule: tuple[str, ...] = ()
    no_rule: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    policies: tuple[Path, ...] = ()
    redact: bool = False
    name: str | None = None


def today() -> str:
    """The default as-of date: today in UTC."""
    return datetime.now(UTC).date().isoformat()


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """A full date, today in UTC by default; a callback of click's."""
    if value is None:
        return today()
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise click.BadParameter(f'"{value}" is no date; write YYYY-MM-DD, as in 2026-03-01.', ctx, param)
    return value


paths_argument = click.argument(
    "paths",
    nargs=-1,
    metavar="[PATH]...",
    type=click.Path(exists=True, readable=False, allow_dash=True, path_type=Path),
)
as_of_option = click.option(
    "--as-of", metavar="DATE", callback=_date, help="The day to judge by, YYYY-MM-DD.  [default: today in UTC]"
)
policies_option = click.option(
    "--policies",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Directory with more rules in Rego. Repeatable.",
)
redact_option = click.option(
    "--redact",
    is_flag=True,
    help="Pseudonyms in place of people, by the key in UTS_POLICY_REDACT_KEY, else by one for this run.",
)
name_option = click.option(
    "--name",
    metavar="NAME",
    help="What to call these declarations where a repository has several.  [default: their paths]",
)
# Refused with the reason, so known; not offered in --help, for it is refused always.
_refused_redact_option = click.option("--redact", is_flag=True, hidden=True)
_SELECTION = (
    click.option(
        "--profile",
        type=click.Choice([each.value for each in Profile]),
        help="How many rules: each profile holds the one before it.  [default: standard]",
    ),
    click.option("--rule", multiple=True, metavar="ID", help="Only these rules; `ownership/*` is a glob. Repeatable."),
    click.option("--no-rule", multiple=True, metavar="ID", help="Without these rules; globs as above. Repeatable."),
    click.option(
        "--require",
        multiple=True,
        metavar="CATEGORY|RULE",
        help="No verdict where this cannot be assessed. Repeatable.",
    ),
)


def choosing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command PATHs and the options about day and rules, and passes them on as one `choices`."""
    return _choosing(function, redact_option)


def choosing_exact(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a command whose output has to be exact: it refuses `--redact`, and does not offer it."""
    return _choosing(function, _refused_redact_option)


def _choosing(function: Callable[..., Any], redacting: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def command(  # noqa: PLR0913 - click passes one argument an option
        *args: Any,  # noqa: ANN401 - what the other decorators pass
        paths: tuple[Path, ...],
        as_of: str,
        profile: str | None,
        rule: tuple[str, ...],
        no_rule: tuple[str, ...],
        require: tuple[str, ...],
        policies: tuple[Path, ...],
        redact: bool,
        **others: Any,  # noqa: ANN401 - likewise
    ) -> Any:  # noqa: ANN401 - what the command returns
        choices = Choices(
            paths=paths,
            as_of=as_of,
            profile=None if profile is None else Profile(profile),
            rule=rule,
            no_rule=no_rule,
            require=require,
            policies=policies,
            redact=redact,
        )
        return function(*args, choices=choices, **others)

    for option in reversed((paths_argument, as_of_option, *_SELECTION, policies_option, redacting)):
        command = option(command)
    return command
