"""`uts-policy scorecard`: a few questions over the rules."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing
from uts_policy.cli.output import OutputPath
from uts_policy.model.errors import Exit
from uts_policy.model.scorecard import Scorecard, ScorecardStanding

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
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=OutputPath(allow_dash=True, report=True),
    help="Where to write it.  [default: standard output]",
)
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
    output: Path | None,
    fail_on: str,
) -> int:
    """Answer the audit's four questions: met, not met, not assessed.

    Every question rests on rules, and counts what nothing was found on. Without --report: the four recommendations of
    audit 25-065. Invalid declarations have no scorecard: then their findings are on standard error, and the exit code
    is 1.
    """
    from uts_policy.cli.output import Output, publish, say, style_for, withdraw
    from uts_policy.cli.session import make_embedded, request_for, settings_for
    from uts_policy.model.report import Report
    from uts_policy.pipeline import inputs, queries
    from uts_policy.render.report.text import render

    file = None if output is None or str(output) == "-" else output
    try:
        configuration = inputs.read_settings(options.config, Path.cwd())
        settings = settings_for(configuration, choices)
        policies = inputs.read_policies(settings)
        questions = queries.read_question_set(report, policies)
        request = request_for(configuration, settings, choices)
        card = queries.scorecard(request, policies, make_embedded(settings.timeout), questions)
        if isinstance(card, Report):
            withdraw([file] if file else [])
            say(render(card, style_for("never")).rstrip())
            return card.exit
        publish([Output(file=file, data=_written(card, shape, options.color, to_file=file is not None))])
    except BaseException:
        withdraw([file] if file else [])
        raise
    return Exit.FINDINGS if card.has(_FAILING[fail_on]) else Exit.PASS


def _written(card: Scorecard, shape: str, color: str, *, to_file: bool) -> bytes:
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import encoded, style_for
    from uts_policy.render.queries.scorecard import as_json, as_markdown, as_text

    if shape == "json":
        return encoded(as_json(card), shape)
    if shape == "markdown":
        return encoded(as_markdown(card), shape)
    if shape == "html":
        from uts_policy.render.queries.scorecard_html import as_html

        return encoded(as_html(card), shape)
    return encoded(
        as_text(card, style_for(color, to_file=to_file)), shape, "utf-8" if to_file else encoding_for_people()
    )
