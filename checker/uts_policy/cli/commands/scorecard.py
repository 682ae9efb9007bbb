"""`uts-policy scorecard`: a few questions over the rules."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, Wanted, choosing, out_option, shape_option
from uts_policy.cli.output import OutputPath
from uts_policy.model.answers import Scorecard, ScorecardStanding
from uts_policy.model.errors import Exit

_FAILING = {
    "never": frozenset[ScorecardStanding](),
    "not-met": frozenset({ScorecardStanding.NOT_MET}),
    "not-assessed": frozenset({ScorecardStanding.NOT_MET, ScorecardStanding.NOT_ASSESSED}),
}


@click.command(
    "scorecard",
    cls=Command,
    bounded=True,
    examples=["uts-policy scorecard declarations/", "uts-policy scorecard --report board.yaml --format markdown"],
)
@choosing
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Questions of your own.  [default: the audit's four recommendations]",
)
@shape_option("text", "json", "markdown", "html")
@out_option(type=OutputPath(allow_dash=True, report=True))
@click.option(
    "--fail-on",
    type=click.Choice(list(_FAILING)),
    default="never",
    show_default=True,
    help="Exit code 1 where a question is not met; with not-assessed also where one is not assessed.",
)
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    choices: Choices,
    report: Path | None,
    shape: str,
    out: Path | None,
    fail_on: str,
) -> int:
    """Answer the audit's four questions: met, not met, not assessed.

    Every question rests on rules, and counts what nothing was found on. Without --report: the four recommendations of
    audit 25-065. Invalid declarations have no scorecard: then their findings are on standard error, and the exit code
    is 1.
    """
    from uts_policy.cli.delivery import answer
    from uts_policy.cli.session import query_for
    from uts_policy.model.report import Report
    from uts_policy.pipeline import queries

    def ask() -> Scorecard | Report:
        query = query_for(options, choices)
        questions = queries.read_question_set(report, query.policies)
        return queries.scorecard(query.request, query.policies, query.engine, questions)

    file = None if out is None or str(out) == "-" else out
    card = answer("queries.scorecard", [Wanted(format=shape, file=file)], options.color, ask)
    if isinstance(card, Report):
        return card.exit
    return Exit.FINDINGS if card.has(_FAILING[fail_on]) else Exit.PASS
