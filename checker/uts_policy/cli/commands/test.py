"""`uts-policy test`: the tests of rules in Rego."""

from dataclasses import replace
from pathlib import Path

import click

from uts_policy.cli.app import Command, Globals
from uts_policy.cli.options import shape_option, timeout_option
from uts_policy.model.errors import Exit


@click.command("test", cls=Command, examples=["uts-policy test policies/"])
@click.argument(
    "directories", nargs=-1, metavar="[DIR]...", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@shape_option("text", "json")
@timeout_option("For all tests together.  [default: 60]")
@click.option("-v", "--verbose", is_flag=True, help="Show tests that pass, too.")
@click.pass_obj
def command(
    options: Globals, *, directories: tuple[Path, ...], shape: str, timeout: float | None, verbose: bool
) -> int:
    """Run the tests of rules in Rego, with coverage.

    A test is a rule whose name begins with `test_`; with `todo_test_` it is skipped. Without DIR, `policies` of the
    configuration, else policies/. The built-in rules and helpers are at hand. Exit code 1: a test failed.
    """
    from uts_policy.cli.delivery import rendered
    from uts_policy.cli.output import style_for, write
    from uts_policy.cli.session import here
    from uts_policy.pipeline import exports, inputs

    settings = inputs.read_settings(options.config, here()).settings
    run = exports.test_policies(replace(settings, timeout=timeout or settings.timeout), directories)
    write(rendered("queries.policy_tests", shape, run, style_for(options.color, verbose=verbose)))
    return Exit.PASS if run.passed else Exit.FINDINGS
