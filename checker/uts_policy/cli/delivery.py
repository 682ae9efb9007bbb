"""One report, all its outputs, one exit code."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from uts_policy import __version__
from uts_policy.cli.options import Wanted
from uts_policy.cli.output import Output, encoded, publish, say, style_for, withdraw
from uts_policy.cli.progress import progress
from uts_policy.model.errors import Exit, NoVerdictError, UtsPolicyError
from uts_policy.model.report import Report
from uts_policy.pipeline.request import silent
from uts_policy.render.interface import REPORT, Style, declared, renderer, syntax
from uts_policy.render.report.json import render_failure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from uts_policy.pipeline.evidence.bag import Opened

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Where a report goes, and how a person sees it. `color` is auto, always or never.

    `job_summary` is the file to which the format `github` adds the report, if there is one.
    """

    formats: tuple[Wanted, ...]
    color: str
    verbose: bool = False
    top: int | None = None
    job_summary: Path | None = None


def deliver(
    delivery: Delivery, produce: Callable[[], Report], limit: Callable[[], AbstractContextManager[None]] = nullcontext
) -> int:
    """Produces a report, writes every output, and returns the exit code, which no output has a say in.

    `limit` is what holds until all outputs are made; writing them is not cut short.

    Where there is no report none is written, and those of an earlier run are removed; JSON says why there is none.
    """
    try:
        with limit():
            report = produce()
            outputs = [_output(delivery, wanted, report) for wanted in delivery.formats]
        publish([*_job_summary(delivery, report), *outputs])
    except BaseException as error:
        give_no_verdict(delivery.formats, _told(error))
        raise
    return report.exit


def encoding_for_people() -> str:
    """The encoding of standard output, for text; formats for machines are UTF-8 always."""
    return (sys.stdout.encoding if sys.stdout else None) or "utf-8"


def _output(delivery: Delivery, wanted: Wanted, report: Report) -> Output:
    to_file = wanted.file is not None
    style = style_for(delivery.color, to_file=to_file, verbose=delivery.verbose, top=delivery.top)
    return Output(file=wanted.file, data=rendered(REPORT, wanted.format, report, style, to_file=to_file))


def rendered(subject: str, shape: str, value: object, style: Style, *, to_file: bool = False) -> bytes:
    """A value in one format, as the bytes to write: to a file, else to standard output."""
    encoding = encoding_for_people() if shape == "text" and not to_file else "utf-8"
    return encoded(renderer(subject, shape)(value, style), syntax(subject, shape), encoding)


def say_report(report: Report) -> None:
    """Shows a report on standard error: that of declarations which have no other answer."""
    say(str(renderer(REPORT, "text")(report, style_for("never"))).rstrip())


def _job_summary(delivery: Delivery, report: Report) -> list[Output]:
    """What GitHub shows on the page of a run: the annotations beyond the tenth are there only."""
    file = delivery.job_summary
    shapes = [wanted.format for wanted in delivery.formats]
    summaries = declared(shapes, "job_summary")
    if file is None or not summaries:
        return []
    [most] = declared(shapes, "SUMMARY_BYTES")
    there = file.stat().st_size if file.is_file() else 0
    text = summaries[0](report, most - 1 - there)
    if not text:
        say(f'uts-policy: the job summary "{file}" is full; nothing was added.')
        return []
    return [Output(file=file, data=encoded(text, "plain"), append=True)]


def give_no_verdict(formats: Sequence[Wanted], message: str) -> None:
    """Removes the reports of an earlier run at these places; JSON says instead that there is none, and why."""
    failure = encoded(render_failure(message, __version__), "json")
    try:
        withdraw(wanted.file for wanted in formats if wanted.file is not None)
        publish([Output(file=each.file, data=failure) for each in formats if each.format == "json"])
    except NoVerdictError as error:
        say(f"uts-policy: error: {error.message}")


def _told(error: BaseException) -> str:
    if isinstance(error, UtsPolicyError):
        return error.message
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def opened(file: Path) -> Opened:
    """The bag in `file`. Raises NoVerdictError where it is none, or not whole."""
    from uts_policy.pipeline.evidence.bag import open_bag

    with progress(sys.stderr) as shown:
        return open_bag(file, shown or silent)


def written(subject: str, shape: str, value: object, out: Path | None, color: str) -> int:
    """Writes a value in one format, and returns the exit code: 0, for to tell is not to judge."""
    publish([_answer(subject, Wanted(format=shape, file=out), value, color)])
    return Exit.PASS


def answer(subject: str, formats: Sequence[Wanted], color: str, ask: Callable[[], Report | T]) -> Report | T:
    """What `ask` gives, written in each format; a report is shown instead: its declarations have no other answer.

    Where nothing is written, the files of an earlier run are removed.
    """
    files = [wanted.file for wanted in formats if wanted.file is not None]
    try:
        found = ask()
        if isinstance(found, Report):
            withdraw(files)
            say_report(found)
        else:
            publish([_answer(subject, wanted, found, color) for wanted in formats])
    except BaseException:
        withdraw(files)
        raise
    return found


def _answer(subject: str, wanted: Wanted, value: object, color: str) -> Output:
    to_file = wanted.file is not None
    data = rendered(subject, wanted.format, value, style_for(color, to_file=to_file), to_file=to_file)
    return Output(file=wanted.file, data=data)
