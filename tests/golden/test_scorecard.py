"""Whole scorecards as they were last agreed on. `pytest --update-golden tests/golden` writes them again."""

import json
import re
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, run
from tests.golden.pages import steady_page

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FOLDER = Path(__file__).parent / "scorecard"
ENDINGS = {"text": "txt", "json": "json", "markdown": "md", "html": "html"}
OUTPUTS = [(example, shape) for example in ("clean", "seeded") for shape in ENDINGS]


@pytest.mark.parametrize(("example", "shape"), OUTPUTS)
def test_a_scorecard_is_what_was_agreed_on(example: str, shape: str, pytestconfig: pytest.Config) -> None:
    result = run("scorecard", example, "--as-of", AS_OF, "--format", shape, cwd=EXAMPLES)
    assert (result.returncode, result.stderr) == (0, b"")
    found = re.sub(r'("name": "uts-policy",\s+"version": )"[^"]+"', r'\1"…"', result.stdout.decode())
    found = steady_page(found) if shape == "html" else found
    file = FOLDER / f"{example}.{ENDINGS[shape]}"
    if pytestconfig.getoption("--update-golden"):
        file.write_text(found, encoding="utf-8", newline="\n")
    assert found == file.read_text(encoding="utf-8")


def test_every_format_stands_alike() -> None:
    agreed = json.loads((FOLDER / "seeded.json").read_text(encoding="utf-8"))
    for question in agreed["questions"]:
        line = f"{question['standing']} | {question['numerator']} of {question['denominator']}"
        share = f"<b>{question['numerator']}</b> of {question['denominator']} {question['population']}"
        assert share in (FOLDER / "seeded.html").read_text(encoding="utf-8")
        assert line in (FOLDER / "seeded.md").read_text(encoding="utf-8")
        assert f"{question['numerator']} of {question['denominator']} {question['population']}" in (
            FOLDER / "seeded.txt"
        ).read_text(encoding="utf-8")
