"""`uts-policy graph`: the organisation as a drawing."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, as_of_option, paths_argument, redact_option, shape_option


@click.command(
    "graph",
    cls=Command,
    bounded=True,
    examples=[
        "uts-policy graph --only units > units.mmd",
        "uts-policy graph --format svg > organisation.svg",
        "uts-policy graph --unit field-operations-division",
    ],
)
@paths_argument
@click.option(
    "--only",
    "parts",
    multiple=True,
    type=click.Choice(["units", "roles", "escalation"]),
    help="Draw this part only. Repeatable.  [default: all three]",
)
@click.option("--unit", metavar="ID", help="This unit and what is below it only.")
@click.option(
    "--nodes",
    metavar="N",
    type=click.IntRange(min=1, max=200),
    default=200,
    show_default=True,
    help="How many there is room for; what is left out, from the bottom, is said. Mermaid refuses very large drawings.",
)
@shape_option("mermaid", "svg", "dot")
@as_of_option
@redact_option
@click.pass_obj
def command(  # noqa: PLR0913 - one argument an option
    options: Globals,
    *,
    paths: tuple[Path, ...],
    parts: tuple[str, ...],
    unit: str | None,
    nodes: int,
    shape: str,
    as_of: str,
    redact: bool,
) -> int:
    """Draw units, roles and escalation: as Mermaid, SVG or DOT.

    Units in force and how they lie within each other, living roles and whom they report to (dashed: nobody can act),
    incident lines, whom they escalate to and who commands. Mermaid stands in a ```mermaid block, as GitHub and GitLab
    show it; SVG is a picture that needs no other program; DOT is for Graphviz.
    """
    from uts_policy.cli.delivery import say_report
    from uts_policy.cli.output import encoded, say, write
    from uts_policy.cli.session import query_for
    from uts_policy.model.answers import StructurePart
    from uts_policy.model.errors import Exit
    from uts_policy.model.report import Report
    from uts_policy.pipeline import queries
    from uts_policy.render.queries.graph import dot, draw, svg

    query = query_for(options, Choices(paths=paths, as_of=as_of, redact=redact))
    found = queries.structure(query.request, query.policies, query.engine, unit)
    if isinstance(found, Report):
        say_report(found)
        return found.exit
    drawn = {"mermaid": draw, "svg": svg, "dot": dot}[shape]
    drawing = drawn(found, [part for part in StructurePart if not parts or part.value in parts], nodes)
    write(encoded(drawing.text, "markup" if shape == "svg" else "plain"))
    for note in drawing.notes:
        say(f"uts-policy: {note}")
    return Exit.PASS
