"""`uts-policy fix`: repairs in the text that people wrote."""

from typing import TYPE_CHECKING

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing_exact, diff_option
from uts_policy.model.errors import Exit

if TYPE_CHECKING:
    from uts_policy.model.place import Location
    from uts_policy.pipeline.repair import Repaired


@click.command("fix", cls=Command, examples=["uts-policy fix declarations/", "uts-policy fix --unsafe --diff"])
@choosing_exact
@click.option(
    "--unsafe",
    is_flag=True,
    help="Also what changes who answers, or what is excused: look at each with --diff first.",
)
@diff_option
@click.pass_obj
def command(options: Globals, *, choices: Choices, unsafe: bool, as_diff: bool) -> int:
    """Repair what can be repaired without a question, and change nothing else.

    Safe repairs change the form and not what is said: quotes around a number where text is wanted, a key in another
    spelling, a title or name where the id of the only entry called so is wanted. With --unsafe also a misspelt id, or
    rule of a waiver, with one near name, an abolished role that has a successor, a waiver that hides nothing.

    They are repeated until nothing is left to repair. What is ambiguous is named and not touched. The exit code is 0
    even if findings remain: `uts-policy check` judges.
    """
    from uts_policy.cli.output import say
    from uts_policy.cli.rewriting import print_patch, rewrite
    from uts_policy.cli.session import make_engine, refuse, request_and_rules
    from uts_policy.pipeline.repair import repair

    refuse(redact=choices.redact, why="what is read is to be written back", hint="Leave it out.")
    request, policies = request_and_rules(options, choices)
    settings = request.settings
    engine = make_engine(settings.engine, timeout=settings.timeout, opa_url=None, opa_ca_file=None)
    repaired = repair(request, policies, engine, unsafe=unsafe)
    if as_diff:
        print_patch(repaired.files)
    else:
        rewrite(repaired.files)
        tell_made(repaired)
    for line in left(repaired, as_diff=as_diff):
        say(line)
    return Exit.PASS


def tell_made(repaired: "Repaired") -> None:
    """Each repair on standard output, a line each."""
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import Output, encoded, publish

    text = "".join(f"{line}\n" for line in made(repaired))
    publish([Output(file=None, data=encoded(text, "text", encoding_for_people()))])


def made(repaired: "Repaired") -> list[str]:
    """A line for each repair: its place in the file as it is to be, and what changed.

    Of what was taken out, the line where it stood in the file before.
    """
    from uts_policy.common.sanitise import visible

    return [
        visible(
            f"{each.location.file}: {each.description}; it stood at line {each.location.span.line}"
            if each.removes
            else f"{_place(each.location)}: {each.description}"
        )
        for each in repaired.made
    ]


def _place(location: "Location | None") -> str:
    return "" if location is None else f"{location.file}:{location.span.line}:{location.span.column}"


def left(repaired: "Repaired", *, as_diff: bool) -> list[str]:
    """The last lines for a person: how much was repaired, what was not and why, and what else there is."""
    from uts_policy.common.words import number

    count, files = number(len(repaired.made), "repair"), number(len(repaired.files), "file")
    would = "would be made" if as_diff else "made"
    lines = [f"{count} {would} in {files}." if repaired.made else "Nothing to repair automatically."]
    lines += [
        f"Not repaired: {_place(each.proposal.location)}: {each.proposal.description}: {each.reason}"
        for each in repaired.refused
    ]
    lines += [f"Found after these repairs: {_place(each.location)}: {each.message}" for each in repaired.uncovered]
    if repaired.more:
        them = "it" if repaired.more == 1 else "them"
        least = number(repaired.more, "more repair")
        lines.append(f"--unsafe makes at least {least}: look at {them} with --diff first.")
    report = repaired.report
    if report.findings and not report.evaluated:
        lines.append(
            f"Left for you: {number(len(report.findings), 'finding')} about the form, and no rule is evaluated before "
            "that is right. `uts-policy check` says what to write."
        )
    elif report.findings:
        lines.append(f"Left for you: {number(len(report.findings), 'finding')}. `uts-policy check` says what to do.")
    return lines
