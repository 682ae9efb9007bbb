"""`uts-policy bundle`: the rules for OPA servers."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing
from uts_policy.cli.output import OutputPath
from uts_policy.model.errors import Exit

STANDARD_OUTPUT = Path("-")


@click.command(
    "bundle",
    cls=Command,
    examples=["uts-policy bundle --output bundle.tar.gz", "uts-policy bundle --signing-key key.pem"],
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="bundle.tar.gz",
    show_default=True,
    type=OutputPath(allow_dash=True),
    help="Where to write it; `-` is standard output.",
)
@click.option(
    "--signing-key",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sign with this private key: PEM, RSA or a NIST curve. Needs the extra `sign`.",
)
@click.option("--with-corpus", is_flag=True, help="Put the corpus in too, as data.uts_corpus.")
@choosing
@click.pass_obj
def command(options: Globals, *, choices: Choices, output: Path, signing_key: Path | None, with_corpus: bool) -> int:
    """Write an OPA bundle of the rules.

    Any number of OPA servers can load it; `check --engine opa --opa-url URL` then asks them. The same rules give the
    same bytes on every machine. PATHs, the day and the choice of rules are those of the corpus: see --with-corpus.
    """
    from uts_policy.cli.output import Output, publish, say, style_for
    from uts_policy.cli.session import request_for, settings_for
    from uts_policy.model.errors import UsageError
    from uts_policy.model.report import Report
    from uts_policy.pipeline import exports, inputs
    from uts_policy.render.report.text import render

    if choices.paths and not with_corpus:
        raise UsageError("PATHs are for the corpus, which is not asked for", "add --with-corpus")
    signer = None
    if signing_key is not None:
        from uts_policy.signing import read_signer

        signer = read_signer(signing_key)
    configuration = inputs.read_settings(options.config, Path.cwd())
    settings = settings_for(configuration, choices)
    policies = inputs.read_policies(settings)
    request = request_for(configuration, settings, choices) if with_corpus else None
    made = exports.opa_bundle(policies, request=request, signer=signer)
    if isinstance(made, Report):
        say(render(made, style_for("never")).rstrip())
        return made.exit
    publish([Output(file=None if output == STANDARD_OUTPUT else output, data=made)])
    say(f"rule set {policies.rule_set.digest}")
    return Exit.PASS
