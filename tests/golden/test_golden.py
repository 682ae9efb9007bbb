"""Whole outputs as they were last agreed on. `pytest --update-golden tests/golden` writes them again."""

import json
import re
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, run
from uts_policy import __version__

FOLDER = Path(__file__).parent / "check"
OPTIONS = ("agency.yaml", "--as-of", AS_OF, "--rule", "ownership/unassigned", "--rule", "ownership/placeholder-owner")
OUTPUTS = {
    "report.txt": ("--format", "text"),
    "verbose.txt": ("--format", "text", "-v"),
    "report.json": ("--format", "json"),
}


def steady(text: str) -> str:
    """The output without what changes with every edit of a rule or a release."""
    text = re.sub(r'"(inputs|policies|schemas|config|sha256)": "[0-9a-f]{64}"', r'"\1": "…"', text)
    return re.sub(r'("name": "[a-z-]+",\s+"version": )"[^"]+"', r'\1"…"', text)


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_is_what_was_agreed_on(name: str, pytestconfig: pytest.Config) -> None:
    result = run("check", *OPTIONS, "--rule", "reference/unknown", *OUTPUTS[name], cwd=FOLDER)
    assert (result.returncode, result.stderr) == (1, b"")
    found = steady(result.stdout.decode())
    file = FOLDER / name
    if pytestconfig.getoption("--update-golden"):
        file.write_text(found, encoding="utf-8", newline="\n")
    assert found == file.read_text(encoding="utf-8")


def test_what_is_left_out_of_the_comparison_is_there() -> None:
    report = json.loads(run("check", *OPTIONS, "--format", "json", cwd=FOLDER).stdout)
    assert report["tool"]["version"] == __version__
    assert len(set(report["digests"].values())) == 4
