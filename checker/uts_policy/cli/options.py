"""Options that several commands share, each declared once."""

import sys
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from uts_policy.cli.output import OutputPath, refusal
from uts_policy.common.facts import FACTS
from uts_policy.common.fields import setting_values
from uts_policy.model.rule import Level, Profile
from uts_policy.render.interface import REPORT, formats


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the user chose. `as_of` is a full date; `policies` are directories; `name` is of the set of declarations."""

    paths: tuple[Path, ...]
    as_of: str
    profile: Profile | None = None
    rule: tuple[str, ...] = ()
    no_rule: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    complete: tuple[str, ...] = ()
    policies: tuple[Path, ...] = ()
    redact: bool = False
    name: str | None = None


def today() -> str:
    """The default as-of date: today in UTC."""
    return datetime.now(UTC).date().isoformat()


def _date(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """A full date, today in UTC by default; a callback of click's."""
    return full_date(ctx, param, value) or today()


def full_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A full date, None where none was given; a callback of click's. Raises BadParameter for anything else."""
    if value is None:
        return None
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
_AS_OF = "The day to judge by, YYYY-MM-DD.  [default: today in UTC]"
as_of_option = click.option("--as-of", metavar="DATE", callback=_date, help=_AS_OF)
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


def _on_one_line(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A name that reports, marks and identities can hold. Raises BadParameter for one that is empty or has controls."""
    if value is not None and (not value.strip() or any(unicodedata.category(char)[0] == "C" for char in value)):
        raise click.BadParameter("a name is one line of text, without control characters", param=param)
    return value


name_option = click.option(
    "--name",
    metavar="NAME",
    callback=_on_one_line,
    help="What to call these declarations where a repository has several.  [default: their paths]",
)
# Refused with the reason, so known; not offered in --help, for it is refused always.
_refused_redact_option = click.option("--redact", is_flag=True, hidden=True, help="Refused: this has to be exact.")
profile_option = click.option(
    "--profile",
    type=click.Choice([each.value for each in Profile]),
    help="How many rules: each profile holds the one before it.  [default: standard]",
)
complete_option = click.option(
    "--complete",
    multiple=True,
    metavar="FACT|all",
    type=click.Choice([*FACTS, "all"]),
    help="Everything that can be stated of this fact is stated: silence means absence. Repeatable.",
)
_SELECTION = (
    profile_option,
    click.option("--rule", multiple=True, metavar="ID", help="Only these rules; `ownership/*` is a glob. Repeatable."),
    click.option("--no-rule", multiple=True, metavar="ID", help="Without these rules; globs as above. Repeatable."),
    click.option(
        "--require",
        multiple=True,
        metavar="CATEGORY|RULE",
        help="Exit with 3 if this cannot be assessed. Repeatable.",
    ),
    complete_option,
)


def out_option(**parts: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # noqa: ANN401 - as click.option
    """`--out FILE`, as the argument `out`; `parts` are what one command says otherwise to click."""
    usual: dict[str, Any] = {"type": OutputPath(report=True), "help": "Where to write it.  [default: standard output]"}
    return click.option("-o", "--out", metavar="FILE", **(usual | parts))


def shape_option(*shapes: str, what: str = "What to write.") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format`, one of `shapes`, as the argument `shape`; the first is the default. `what` is its help."""
    return click.option("--format", "shape", type=click.Choice(shapes), default=shapes[0], show_default=True, help=what)


diff_option = click.option(
    "--diff", "as_diff", is_flag=True, help="Write nothing; print a patch, which `git apply` takes."
)


def sign_key_option(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--sign-key FILE`, a private key; `what` says which, and what it signs."""
    path = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option("--sign-key", metavar="FILE", type=path, help=what)


WHOLE_RUN = "For the whole run; if it takes longer, there is no verdict.  [default: 60]"


def timeout_option(what: str = WHOLE_RUN, **parts: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # noqa: ANN401 - as click.option
    """`--timeout SECONDS`; `what` says for what, and what follows, `parts` what one command says otherwise to click."""
    limit = click.FloatRange(min=0, min_open=True)
    return click.option("--timeout", metavar="SECONDS", type=limit, help=what, **parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How a check runs, as the command line says; None is what it does not say. One field for each of `_RUNNING`."""

    fail_on: str | None = None
    baseline: Path | None = None
    engine: str | None = None
    opa_url: str | None = None
    opa_ca_file: Path | None = None
    timeout: float | None = None

    def overrides(self) -> dict[str, Any]:
        """The fields of Settings that it says."""
        said = {name: getattr(self, name) for name in ("engine", "timeout") if getattr(self, name) is not None}
        if self.fail_on is not None:
            said["fail_on"] = None if self.fail_on == "never" else Level(self.fail_on)
        if self.baseline is not None:
            said["baseline"] = str(self.baseline.absolute())
        return said


_RUNNING = (
    click.option(
        "--fail-on",
        type=click.Choice([*(each.value for each in Level), "never"]),
        help="The lowest level of a finding that makes the exit code 1.  [default: error]",
    ),
    click.option(
        "--baseline",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Findings that are listed in FILE are known, and do not count.",
    ),
    click.option(
        "--engine",
        type=click.Choice(setting_values("engine")),
        help="What evaluates the rules.  [default: embedded]",
    ),
    click.option(
        "--opa-url",
        metavar="URL",
        help="The OPA server that --engine opa or both asks.  [default: UTS_POLICY_OPA_URL, else one of our own]",
    ),
    click.option(
        "--opa-ca-file",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Certificates that the OPA server's must come from.",
    ),
    timeout_option(),
)


def running(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command that runs a check the options about how it runs, and passes them on as one `running`."""

    @wraps(function)
    def command(*args: Any, **others: Any) -> Any:  # noqa: ANN401 - what the other decorators pass
        said = {each.name: others.pop(each.name) for each in fields(Running)}
        return function(*args, running=Running(**said), **others)

    for option in reversed(_RUNNING):
        command = option(command)
    return command


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
        complete: tuple[str, ...],
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
            complete=complete,
            policies=policies,
            redact=redact,
        )
        return function(*args, choices=choices, **others)

    for option in reversed((paths_argument, as_of_option, *_SELECTION, policies_option, redacting)):
        command = option(command)
    return command


def weakening_option(when: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--fail-on-weakening`; `when` says with which other option."""
    return click.option(
        "--fail-on-weakening",
        is_flag=True,
        help=f"{when}Exit with 1 if the change weakens the check, whatever the findings are.",
    )


def previous_option(why: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--previous`: the bag before one."""
    return click.option(
        "--previous", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=why
    )


def asking(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a question PATHs and the options about day, profile and complete facts, and passes them on as `choices`.

    Profile strict makes every fact complete, so it changes what a question is answered with.
    """
    return paths_argument(asking_in_words(function))


def asking_in_words(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a question that finds its PATHs among its own words."""

    @wraps(function)
    def command(
        *args: Any,  # noqa: ANN401 - what the other decorators pass
        as_of: str,
        profile: str | None,
        complete: tuple[str, ...],
        redact: bool,
        paths: tuple[Path, ...] = (),
        **others: Any,  # noqa: ANN401 - likewise
    ) -> Any:  # noqa: ANN401 - what the command returns
        chosen = None if profile is None else Profile(profile)
        choices = Choices(paths=paths, as_of=as_of, profile=chosen, complete=complete, redact=redact)
        return function(*args, choices=choices, **others)

    for option in reversed((as_of_option, profile_option, complete_option, redact_option)):
        command = option(command)
    return command


BINARY = "xlsx"
"""The format that no terminal shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One output of a run; no file is standard output."""

    format: str
    file: Path | None


def each_once(formats: Sequence[str], values: Sequence[str]) -> tuple[Wanted, ...]:
    """The outputs asked for, the first of all formats on standard output where none was.

    Raises ValueError for an unknown format, a file that could not be written in the end, two outputs in one place, or
    bytes for a terminal.
    """
    wanted = tuple(_wanted(formats, value) for value in values) or (Wanted(format=formats[0], file=None),)
    _refuse_shared_places(wanted)
    if any(each.format == BINARY and each.file is None for each in wanted) and sys.stdout and sys.stdout.isatty():
        raise ValueError(f"{BINARY} is no text for a terminal; write {BINARY}:FILE.")
    return wanted


def job_summary(environment: Mapping[str, str]) -> Path | None:
    """The file in which GitHub Actions looks for the job summary of this step; None elsewhere."""
    named = environment.get("GITHUB_STEP_SUMMARY")
    return Path(named) if named else None


def _wanted(formats: Sequence[str], value: str) -> Wanted:
    name, colon, file = value.partition(":")
    if name not in formats:
        raise ValueError(f'"{name}" is no format; there are: {", ".join(formats)}.')
    if colon and not file:
        raise ValueError(f'"{value}" names no file after the colon.')
    if file in {"", "-"}:
        return Wanted(format=name, file=None)
    path = Path(file)
    if path.is_dir():
        raise ValueError(f'"{file}" is a directory.')
    why = refusal(path)
    if why:
        raise ValueError(f"{why}.")
    if not path.parent.is_dir():
        raise ValueError(f'there is no directory "{path.parent}" for "{file}".')
    return Wanted(format=name, file=path)


def _refuse_shared_places(wanted: Sequence[Wanted]) -> None:
    places = [None if each.file is None else each.file.resolve() for each in wanted]
    for index, place in enumerate(places):
        if place in places[:index]:
            where = "standard output" if place is None else f'"{wanted[index].file}"'
            raise ValueError(f"two outputs cannot go to {where}; write FMT:FILE.")


def formats_option(subject: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format FMT[:FILE]` for the formats of a subject of `render`, as the argument `formats`: a tuple of Wanted."""
    known = formats(subject)

    def parse(ctx: click.Context, param: click.Parameter, values: Sequence[str]) -> tuple[Wanted, ...]:
        try:
            return each_once(known, values)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from error

    def complete(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
        return [each for each in known if each.startswith(incomplete)]

    return click.option(
        "--format",
        "formats",
        multiple=True,
        metavar="FMT[:FILE]",
        callback=parse,
        shell_complete=complete,
        help=f"What to write, and where: {', '.join(known)}. Repeatable.  [default: {known[0]}]",
    )


format_option = formats_option(REPORT)
"""The formats of a report."""
