"""`uts-policy baseline`: the saved list of findings that existed before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uts_policy.cli.app import Command, Globals, Group
from uts_policy.cli.options import Choices, choosing_exact, today
from uts_policy.cli.output import Output, encoded, publish, write
from uts_policy.common.sanitise import visible
from uts_policy.common.words import number
from uts_policy.model.baseline import BASELINE_NAME, Baseline
from uts_policy.model.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from uts_policy.judge.baseline import BaselineStanding
    from uts_policy.model.report import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The findings of today, as if there were no baseline; where the baseline is, and what it says, if it is there.

    `paths` are what was read, relative to the root, `unread` the identities in the baseline of which not all was.
    """

    report: Report
    file: Path
    baseline: Baseline | None
    paths: tuple[str, ...]
    unread: frozenset[str]


def create_list(  # noqa: PLR0913 - one argument an option
    options: Globals, choices: Choices, file: Path | None, *, accept: Collection[str], reason: str, day: str
) -> int:
    """Writes a first list, or a longer one. Raises UsageError for one that is there, or an id that there is not."""
    from uts_policy.judge.baseline import accepted, everything

    if not reason.strip():
        raise UsageError("--reason says nothing", "say why these findings may stay for now")
    today = _today(options, choices, file)
    if not today.report.evaluated:
        return _refuse(today.report)
    before = today.baseline
    if before is not None and not accept:
        raise UsageError(
            f'"{before.file}" is there already, and a baseline does not grow by itself',
            "add findings with --accept ID; `uts-policy baseline status` lists those that are new",
        )
    if accept:
        start = before or Baseline(file=str(today.file), entries=(), paths=today.paths)
        after = accepted(start, today.report, accept, reason=reason.strip(), day=day)
    else:
        after = everything(str(today.file), today.report, paths=today.paths, reason=reason.strip(), day=day)
    _save(today, after)
    count = len(after.entries) - (0 if before is None else len(before.entries))
    _tell([f"{_shown(today.file)}: {number(count, 'finding')} added, {len(after.entries)} in all."])
    return Exit.PASS


def prune_list(options: Globals, choices: Choices, file: Path | None) -> int:
    """Takes out what is fixed. Raises UsageError where there is no list."""
    from uts_policy.judge.baseline import pruned

    today = _today(options, choices, file)
    before = _there(today)
    if not today.report.evaluated:
        return _refuse(today.report)
    after = pruned(before, today.report, today.unread)
    if after.entries != before.entries:
        _save(today, after)
    gone = len(before.entries) - len(after.entries)
    _tell([f"{_shown(today.file)}: {number(gone, 'finding')} pruned, {len(after.entries)} left."])
    return Exit.PASS


def show_list(options: Globals, choices: Choices, file: Path | None) -> int:
    """Says what is still there, fixed, not judged, and new. Raises UsageError where there is no list."""
    from uts_policy.judge.baseline import standing

    today = _today(options, choices, file)
    before = _there(today)
    if not today.report.evaluated:
        return _refuse(today.report)
    found = standing(before, today.report, today.unread)
    _tell(_status(today, found))
    return Exit.FINDINGS if found.fixed else Exit.PASS


def _status(today: Today, found: BaselineStanding) -> Iterator[str]:
    unjudged = len(found.unjudged) + len(found.unread)
    known = len(found.remaining) + len(found.fixed) + unjudged
    yield (
        f"{_shown(today.file)}: {number(known, 'known finding')}; {len(found.remaining)} still there, "
        f"{len(found.fixed)} fixed, {unjudged} not judged. As of {today.report.as_of} (UTC)."
    )
    yield from _group(
        "Fixed; `uts-policy baseline prune` takes them out:",
        ((each.id, each.rule, each.entry, each.message) for each in found.fixed),
    )
    yield from _group(
        "Not judged: their rules did not run, or a fact that they need is not stated:",
        ((each.id, each.rule, each.entry, each.message) for each in found.unjudged),
    )
    yield from _group(
        "Not judged: a part of what the list was made of was not read:",
        ((each.id, each.rule, each.entry, each.message) for each in found.unread),
    )
    yield from _group(
        "New; `uts-policy baseline create --accept ID --reason TEXT` would add them:",
        ((each.identity, each.rule, each.entry, each.message) for each in found.new),
    )


def _group(title: str, rows: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    for index, (identity, rule, entry, message) in enumerate(rows):
        if index == 0:
            yield ""
            yield title
        yield f"  {identity}  {rule}  {entry}"
        yield f"      {message}"


def _today(options: Globals, choices: Choices, file: Path | None) -> Today:
    from uts_policy.cli.session import refuse, run_for
    from uts_policy.pipeline import check, inputs

    refuse(
        redact=choices.redact,
        why="a baseline names findings by what they truly are, or it would not know them again",
        hint="`check --redact --baseline FILE -v` shows what is known without naming anybody",
    )
    run = run_for(options, choices)
    settings = run.request.settings
    path = file or settings.root / (settings.baseline or BASELINE_NAME)
    settings = replace(settings, baseline=str(path.absolute()))
    request = replace(run.request, settings=settings)
    baseline = inputs.read_known(settings) if path.exists() else None
    report = check.check_all(request, run.policies, run.engine)
    return Today(
        report=report,
        file=path,
        baseline=baseline,
        paths=inputs.paths_of(request),
        unread=frozenset() if baseline is None else inputs.unread_entries(request, baseline, report.sources),
    )


def _there(today: Today) -> Baseline:
    if today.baseline is None:
        raise UsageError(f'there is no baseline "{_shown(today.file)}"', "`uts-policy baseline create` makes one")
    return today.baseline


def _refuse(report: Report) -> int:
    """Declarations that are invalid give no findings that a list could hold."""
    from uts_policy.cli.delivery import say_report

    say_report(report)
    return report.exit


def _save(today: Today, baseline: Baseline) -> None:
    from uts_policy.render.queries.baseline import render

    publish([Output(file=today.file, data=encoded(render(baseline), "json"))])


def _tell(lines: Iterable[str]) -> None:
    write(encoded("".join(f"{visible(line)}\n" for line in lines), "text"))


def _shown(file: Path) -> str:
    """The path from here, where it lies below."""
    here = Path.cwd()
    return (file.relative_to(here) if file.is_relative_to(here) else file).as_posix()


@click.group("baseline", cls=Group, examples=['uts-policy baseline create --reason "Known when we began"'])
def command() -> None:
    """Keep a list of findings that were there before.

    `uts-policy check --baseline FILE` knows them and does not count them. The list grows only with a reason, and what
    is fixed is pruned.
    """


def _on_a_baseline(function: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options that all of them take."""
    option = click.option(
        "--baseline",
        metavar="FILE",
        type=click.Path(dir_okay=False, path_type=Path),
        help="The list.  [default: `baseline` of the configuration, else uts-policy-baseline.yaml]",
    )
    return choosing_exact(option(click.pass_obj(function)))


@command.command(
    "create",
    cls=Command,
    bounded=True,
    examples=[
        'uts-policy baseline create --reason "There before the check was"',
        'uts-policy baseline create --accept 1:0123456789abcdef0123456789abcdef --reason "Agreed until the move"',
    ],
)
@click.option("--accept", multiple=True, metavar="ID", help="Only this finding; makes a list longer. Repeatable.")
@click.option("--reason", required=True, metavar="TEXT", help="Why these findings may stay for now.")
@_on_a_baseline
def create(options: Globals, *, choices: Choices, baseline: Path | None, accept: tuple[str, ...], reason: str) -> int:
    """Write the list: every finding that counts today, or with --accept those alone.

    A list that is there already is never made anew; with --accept it grows by the findings that are named.
    """
    return create_list(options, choices, baseline, accept=accept, reason=reason, day=today())


@command.command("prune", cls=Command, bounded=True, examples=["uts-policy baseline prune"])
@_on_a_baseline
def prune(options: Globals, *, choices: Choices, baseline: Path | None) -> int:
    """Take out of the list what is fixed, so that it cannot come back unseen.

    What a rule found that was not evaluated today stays, and all of the list does if this run reads less than the list
    was made of.
    """
    return prune_list(options, choices, baseline)


@command.command("status", cls=Command, bounded=True, examples=["uts-policy baseline status"])
@_on_a_baseline
def status(options: Globals, *, choices: Choices, baseline: Path | None) -> int:
    """Compare the list with today's findings; nothing is written.

    The exit code is 1 where something in the list is fixed and has to be pruned.
    """
    return show_list(options, choices, baseline)
