"""`uts-policy mandate`: the sheet that the holder of a role signs."""

from dataclasses import replace
from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, asking_in_words, shape_option
from uts_policy.pipeline.request import STANDARD_INPUT


@click.command(
    "mandate",
    cls=Command,
    bounded=True,
    examples=[
        "uts-policy mandate uts-incident-commander",
        "uts-policy mandate --format html --out mandates",
        "uts-policy mandate --open-only",
    ],
)
@click.argument("words", nargs=-1, metavar="[ROLE]... [PATH]...")
@asking_in_words
@click.option("--open-only", is_flag=True, help="A reminder: roles that a finding concerns, what is open, what ends.")
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a file for each role here, named by its id.  [default: all on standard output]",
)
@shape_option("markdown", "html")
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    words: tuple[str, ...],
    choices: Choices,
    open_only: bool,
    out: Path | None,
    shape: str,
) -> int:
    """Write the sheet that the holder of a role signs.

    It has the role's duties, its powers with their instruments, deputy, training, dates and open findings. ROLE is an
    id or a title; without one, every role that answers for something, or does it, has a sheet. A word that is a path
    is taken for one: `roles/ID` always means a role. Printed from HTML, each role begins a sheet of paper. The exit
    code is 0, and 1 only where the declarations are invalid.
    """
    from uts_policy.cli.delivery import rendered, say_report
    from uts_policy.cli.output import Output, publish, say, style_for, write
    from uts_policy.cli.session import query_for
    from uts_policy.model.errors import Exit
    from uts_policy.model.mandate import Mandates
    from uts_policy.model.report import Report
    from uts_policy.pipeline.mandates import mandates

    paths = tuple(Path(word) for word in words if word == STANDARD_INPUT or Path(word).exists())
    roles = [word for word in words if Path(word) not in paths]
    query = query_for(options, replace(choices, paths=paths))
    found = mandates(query.request, query.policies, query.engine, roles, open_only=open_only)
    if isinstance(found, Report):
        say_report(found)
        return found.exit
    style = style_for(options.color, to_file=out is not None)
    if not found.sheets:
        say("uts-policy: nothing is open" if open_only else "uts-policy: no role answers for anything, or does it")
    if out is None:
        if found.sheets:
            write(rendered("queries.mandate", shape, found, style))
        return Exit.PASS
    out.mkdir(parents=True, exist_ok=True)
    ending = "md" if shape == "markdown" else shape
    publish(
        [
            Output(
                file=out / f"{each.role}.{ending}",
                data=rendered(
                    "queries.mandate",
                    shape,
                    Mandates(as_of=found.as_of, organisation=found.organisation, sheets=(each,), open_only=open_only),
                    style,
                    to_file=True,
                ),
            )
            for each in found.sheets
        ]
    )
    say(f'uts-policy: {len(found.sheets)} sheet{"" if len(found.sheets) == 1 else "s"} in "{out}"')
    return Exit.PASS
