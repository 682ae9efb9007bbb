"""SARIF as the validator of SARIF's own makers sees it, GitHub's rules for uploads included."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, BROKEN, run
from tests.conftest import require_tool
from tests.unit.render.hostile_reports import FILES
from tests.unit.render.reports import KNOWN, MISSING, RELATED, WAIVED, finding, report, source
from uts_policy.render.interface import Style
from uts_policy.render.report import sarif, sarif_upload

HOSTILE = "{0} [x](y) “%SRCROOT%” \x1b[31m\n\u2028 😀"


def problems(file: Path) -> list[str]:
    """What the validator says of a log, errors and warnings."""
    result = subprocess.run(
        [require_tool("sarif-multitool"), "validate", str(file)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Analysis completed successfully." in result.stdout
    return [line for line in result.stdout.splitlines() if "SARIF" in line and ": " in line and str(file) in line]


@pytest.mark.parametrize("name", ["sarif", "sarif-upload"])
@pytest.mark.parametrize("example", ["seeded", "clean"])
def test_the_validator_finds_nothing_in_the_examples(root: Path, tmp_path: Path, example: str, name: str) -> None:
    file = tmp_path / "log.sarif"
    result = run("check", f"examples/{example}", "--as-of", AS_OF, "--format", f"{name}:{file}", cwd=root)
    assert result.returncode in (0, 1)
    assert problems(file) == []


@pytest.mark.parametrize("name", ["sarif", "sarif-upload"])
def test_the_validator_finds_nothing_where_declarations_are_invalid_and_names_are_odd(
    tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "a b"
    folder.mkdir()
    (folder / "Zoë {0} [x](y) #1?%20.yaml").write_text(BROKEN, encoding="utf-8")
    (folder / "empty.yaml").write_text("rolls: []\n", encoding="utf-8")
    file = tmp_path / "log.sarif"
    assert run("check", "a b", "--format", f"{name}:{file}", cwd=tmp_path).returncode == 1
    assert problems(file) == []


@pytest.mark.parametrize("render", [sarif.render, sarif_upload.render])
def test_the_validator_finds_nothing_in_hostile_text(tmp_path: Path, render) -> None:
    findings = [
        finding(line, message=HOSTILE, remediation=HOSTILE, entry=HOSTILE, location=replace(KNOWN.location, file=name))
        for line, name in enumerate(FILES, start=10)
    ]
    made = report(
        *findings,
        WAIVED,
        finding(4, status=KNOWN.status),
        finding(5, related=RELATED.related),
        finding(6, location=None),
        sources={name: source(name, "a: 1\n") for name in (*FILES, "roles.yaml")},
        not_assessed=MISSING,
        notices=(HOSTILE,),
    )
    file = tmp_path / "log.sarif"
    file.write_bytes(render(made, Style()).encode("utf-8", "backslashreplace"))
    assert problems(file) == []


def test_the_validator_is_one_that_finds_something(tmp_path: Path) -> None:
    file = tmp_path / "log.sarif"
    file.write_text(sarif.render(report(finding()), Style()).replace('"uri": "roles.yaml"', '"uri": "a b.yaml"'))
    assert problems(file)
