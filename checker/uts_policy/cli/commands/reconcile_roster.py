"""`uts-policy reconcile roster`: a staff list against the declarations."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.import_options import map_option, pseudonym_key_option
from uts_policy.cli.options import Choices, as_of_option, paths_argument


@click.command(
    "roster",
    cls=Command,
    examples=["uts-policy reconcile roster staff.xlsx", "uts-policy reconcile roster staff.xlsx --as-of 2027-01-01"],
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@paths_argument
@map_option
@pseudonym_key_option
@as_of_option
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    file: Path,
    paths: tuple[Path, ...],
    map_file: Path | None,
    pseudonym_key: Path | None,
    as_of: str,
) -> int:
    """Say how a staff list and the declarations differ: who is on one side only, and which posts differ.

    People are compared by pseudonym, so the key has to be that of the import; where the declarations have names, by
    name. Nothing is written. Ends with 1 if something differs.
    """
    import os

    from uts_policy.cli.delivery import say_report
    from uts_policy.cli.importing import show
    from uts_policy.cli.pseudonym_key import key_file, known_key
    from uts_policy.cli.session import request_and_rules
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline.reconciliation import reconcile_roster
    from uts_policy.render.queries.reconciliation import roster_lines

    request, policies = request_and_rules(options, Choices(paths=paths, as_of=as_of))
    key = known_key(key_file(pseudonym_key, request.settings.root / "declarations", os.environ))
    found = reconcile_roster([file], request, policies, map_file=map_file, key=key)
    if isinstance(found, Report):
        say_report(found)
        return found.exit
    show(roster_lines(found))
    return Exit.PASS if found.agree else Exit.FINDINGS
