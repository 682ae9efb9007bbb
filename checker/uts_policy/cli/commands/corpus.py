"""`uts-policy corpus`: what the rules see."""

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing
from uts_policy.model.errors import Exit


@click.command(
    "corpus",
    cls=Command,
    bounded=True,
    examples=[
        "uts-policy bundle -o r.tgz",
        "uts-policy corpus > corpus.json",
        "opa eval --strict-builtin-errors -b r.tgz -i corpus.json data.main.deny",
    ],
)
@choosing
@click.pass_obj
def command(options: Globals, *, choices: Choices) -> int:
    """Print the corpus: what the rules see, as JSON.

    All declarations, merged and linked: the `input` for conftest, for `opa eval` and for looking into. Load the rules
    from what `uts-policy bundle` writes: your own are in it with ours. Invalid declarations have no corpus: then their
    findings are on standard error, and the exit code is 1.
    """
    from uts_policy.cli.delivery import say_report
    from uts_policy.cli.output import encoded, write
    from uts_policy.cli.session import request_and_rules
    from uts_policy.pipeline import exports

    text = exports.corpus_text(*request_and_rules(options, choices))
    if isinstance(text, str):
        write(encoded(f"{text}\n", "json"))
        return Exit.PASS
    say_report(text)
    return text.exit
