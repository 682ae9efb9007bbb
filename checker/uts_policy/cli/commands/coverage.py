"""`uts-policy coverage`: how far the organisation is described."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing, out_option
from uts_policy.cli.output import OutputPath
from uts_policy.model.errors import Exit


@click.command(
    "coverage",
    cls=Command,
    bounded=True,
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
@out_option(type=OutputPath(allow_dash=True, report=True))
@click.pass_obj
def command(options: Globals, *, choices: Choices, shape: str, out: Path | None) -> int:
    """Show what is declared, stated and assessed, and what to write down next.

    An entry that does not state a fact is not assessed by the rules that need it: neither a finding nor a pass. Invalid
    declarations have no coverage: then their findings are on standard error, and the exit code is 1.
    """
    from uts_policy.cli.delivery import rendered, say_report
    from uts_policy.cli.output import Output, publish, style_for, withdraw
    from uts_policy.cli.session import make_embedded, request_for, settings_for
    from uts_policy.model.report import Report
    from uts_policy.pipeline import inputs, queries

    file = None if out is None or str(out) == "-" else out
    try:
        configuration = inputs.read_settings(options.config, Path.cwd())
        settings = settings_for(configuration, choices)
        policies = inputs.read_policies(settings)
        request = request_for(configuration, settings, choices)
        found = queries.coverage(request, policies, make_embedded(settings.timeout))
        if isinstance(found, Report):
            withdraw([file] if file else [])
            say_report(found)
            return found.exit
        to_file = file is not None
        style = style_for(options.color, to_file=to_file)
        publish([Output(file=file, data=rendered("queries.coverage", shape, found, style, to_file=to_file))])
    except BaseException:
        withdraw([file] if file else [])
        raise
    return Exit.PASS
