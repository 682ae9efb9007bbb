"""`uts-policy coverage`: how far the organisation is described."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing
from uts_policy.cli.output import OutputPath
from uts_policy.model.errors import Exit


@click.command(
    "coverage",
    cls=Command,
    examples=["uts-policy coverage declarations/", "uts-policy coverage --format json --out coverage.json"],
)
@choosing
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to write.",
)
@click.option(
    "--out",
    "output",
    metavar="FILE",
    type=OutputPath(allow_dash=True, report=True),
    help="Where to write it.  [default: standard output]",
)
@click.pass_obj
def command(options: Globals, *, choices: Choices, shape: str, output: Path | None) -> int:
    """Show how far the organisation is described: what is declared, stated and assessed, and what to write down next.

    An entry that does not state a fact is not assessed by the rules that need it: neither a finding nor a pass. Invalid
    declarations have no coverage: then their findings are on standard error, and the exit code is 1.
    """
    from uts_policy.cli.delivery import encoding_for_people
    from uts_policy.cli.output import Output, encoded, publish, say, style_for, withdraw
    from uts_policy.cli.session import request_for, settings_for
    from uts_policy.engine.embedded import EmbeddedEngine
    from uts_policy.model.report import Report
    from uts_policy.pipeline import inputs, queries
    from uts_policy.render.queries.coverage import as_json, as_text
    from uts_policy.render.report.text import render

    file = None if output is None or str(output) == "-" else output
    try:
        configuration = inputs.read_settings(options.config, Path.cwd())
        settings = settings_for(configuration, choices)
        policies = inputs.read_policies(settings)
        request = request_for(configuration, settings, choices)
        found = queries.coverage(request, policies, EmbeddedEngine(timeout=settings.timeout))
        if isinstance(found, Report):
            withdraw([file] if file else [])
            say(render(found, style_for("never")).rstrip())
            return found.exit
        text = as_json(found) if shape == "json" else as_text(found, style_for(options.color, to_file=bool(file)))
        encoding = "utf-8" if file or shape == "json" else encoding_for_people()
        publish([Output(file=file, data=encoded(text, shape, encoding))])
    except BaseException:
        withdraw([file] if file else [])
        raise
    return Exit.PASS
