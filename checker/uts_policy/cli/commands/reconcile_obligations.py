"""`uts-policy reconcile obligations`: what a text demands against the obligations that are declared."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, as_of_option, paths_argument


@click.command(
    "obligations",
    cls=Command,
    examples=["uts-policy reconcile obligations policy.docx", "uts-policy reconcile obligations catalog.json"],
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@paths_argument
@as_of_option
@click.pass_obj
def command(options: Globals, *, file: Path, paths: tuple[Path, ...], as_of: str) -> int:
    """Say which statements of a text no obligation covers, and which obligations the text does not have any more.

    Reads what `import obligations` reads. A statement is covered by an obligation with the same words, or with words
    that are alike, which is shown with the measure. Nothing is written. Ends with 1 if something differs.
    """
    from uts_policy.cli.delivery import say_report
    from uts_policy.cli.importing import show
    from uts_policy.cli.session import request_and_rules
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline.reconciliation import reconcile_obligations
    from uts_policy.render.queries.reconciliation import demand_lines

    request, policies = request_and_rules(options, Choices(paths=paths, as_of=as_of))
    found = reconcile_obligations([file], request, policies)
    if isinstance(found, Report):
        say_report(found)
        return found.exit
    show(demand_lines(found))
    return Exit.PASS if found.agree else Exit.FINDINGS
