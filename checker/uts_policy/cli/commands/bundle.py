"""`uts-policy bundle`: the rules for OPA servers."""

from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import Choices, choosing, out_option, sign_key_option
from uts_policy.cli.output import OutputPath
from uts_policy.model.errors import Exit

STANDARD_OUTPUT = Path("-")


@click.command(
    "bundle",
    cls=Command,
    examples=["uts-policy bundle --out bundle.tar.gz", "uts-policy bundle --sign-key key.pem"],
)
@out_option(
    default="bundle.tar.gz",
    show_default=True,
    type=OutputPath(allow_dash=True),
    help="Where to write it; `-` is standard output.",
)
@sign_key_option("Sign with this private key: PEM, RSA or a NIST curve. Needs the extra `sign`.")
@click.option("--with-corpus", is_flag=True, help="Put the corpus in too, as data.uts_corpus.")
@choosing
@click.pass_obj
def command(options: Globals, *, choices: Choices, out: Path, sign_key: Path | None, with_corpus: bool) -> int:
    """Write an OPA bundle of the rules.

    Any number of OPA servers can load it; `check --engine opa --opa-url URL` then asks them. The same rules give the
    same bytes on every machine. PATHs, the day and the choice of rules are those of the corpus: see --with-corpus.
    """
    from uts_policy.cli.delivery import say_report
    from uts_policy.cli.output import Output, publish, say
    from uts_policy.cli.session import request_and_rules
    from uts_policy.model.errors import UsageError
    from uts_policy.model.report import Report
    from uts_policy.pipeline import exports

    if choices.paths and not with_corpus:
        raise UsageError("PATHs are for the corpus, which is not asked for", "add --with-corpus")
    signer = None
    if sign_key is not None:
        from uts_policy.signing import read_signer

        signer = read_signer(sign_key)
    request, policies = request_and_rules(options, choices)
    made = exports.opa_bundle(policies, request=request if with_corpus else None, signer=signer)
    if isinstance(made, Report):
        say_report(made)
        return made.exit
    publish([Output(file=None if out == STANDARD_OUTPUT else out, data=made)])
    say(f"rule set {policies.rule_set.digest}")
    return Exit.PASS
