import json
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from uts_policy.cli.app import uts_policy
from uts_policy.cli.commands import COMMANDS

HEAVY = (
    "regorus",
    "jsonschema",
    "jsonschema_rs",
    "opa_client",
    "requests",
    "aiohttp",
    "ruamel",
    "_ruamel_yaml",
    "wcwidth",
)


def command(name: str) -> click.Command:
    found = uts_policy.get_command(click.Context(uts_policy), name)
    assert found is not None
    return found


def shown(*arguments: str) -> str:
    result = CliRunner().invoke(uts_policy, [*arguments, "--help"], terminal_width=80)
    assert result.exit_code == 0
    return result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_of_commands_is_the_commands_own(name: str) -> None:
    assert (command(name).help or "").partition("\n")[0] == COMMANDS[name][1]


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_fits_80_columns_and_ends_with_an_example(name: str) -> None:
    text = shown(*filter(None, [name]))
    assert max(map(len, text.splitlines())) <= 80
    assert text.rstrip().splitlines()[-1].strip().startswith(("uts-policy ", 'eval "$(uts-policy ', "opa eval "))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    options = [each for each in command(name).params if isinstance(each, click.Option)]
    assert [each.name for each in options if not each.help] == []


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_help_loads_no_engine_no_schema_validator_and_no_http_client(arguments: list[str]) -> None:
    program = (
        "import json, sys; from uts_policy.cli.app import run; "
        "code = run(sys.argv[1:]); print('\\n' + json.dumps([code, sorted(sys.modules)]))"
    )
    result = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
    code, modules = json.loads(result.stdout.splitlines()[-1])
    assert code == 0
    assert "click" in modules
    assert [each for each in modules if each.partition(".")[0] in HEAVY] == []
    assert [
        each
        for each in modules
        if each.startswith("uts_policy.")
        and each.split(".")[1] not in ("cli", "common", "model", "render", "resources")
    ] == []


def test_an_unknown_command_is_refused() -> None:
    result = CliRunner().invoke(uts_policy, ["chekc"])
    assert (result.exit_code, 'there is no command "chekc". Did you mean "check"?' in result.output) == (2, True)
