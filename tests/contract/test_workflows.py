"""Our workflows and actions, and those that the guide shows, as zizmor and actionlint see them."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.command import COMMAND
from tests.conftest import require_tool

OURS = ("action.yml", "comment/action.yml", ".github/workflows", ".github/dependabot.yml")
SHOWN = re.compile(r"^```yaml\n(name: .*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def repository(root: Path, tmp_path: Path) -> Path:
    """All of them as one repository, and the guide's workflows among ours."""
    (tmp_path / ".git").mkdir()
    for name in OURS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (root / name).is_dir() else shutil.copy)(root / name, tmp_path / name)
    shown = SHOWN.findall((root / "docs" / "guide" / "ci.md").read_text(encoding="utf-8"))
    assert len(shown) == 3
    for number, text in enumerate(shown):
        (tmp_path / ".github" / "workflows" / f"guide-{number}.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_zizmor_finds_nothing(repository: Path) -> None:
    zizmor = COMMAND.with_name("zizmor")
    if not zizmor.exists():
        pytest.skip("zizmor is not installed")
    result = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--quiet", "--color", "never", repository],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stdout.partition("!")[0]) == (0, "No findings to report. Good job")


def test_actionlint_finds_nothing(repository: Path) -> None:
    """It reads workflows only: that every input is one which `action.yml` has is seen where a workflow uses it."""
    (repository / ".github" / "workflows" / "ours.yml").write_text(
        "name: Ours\non: pull_request\njobs:\n  check:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - {uses: ./, with: {comment: later, upload-sarif: true, since: main, fail-on: note, profile: strict}}\n"
        "      - {uses: ./, with: {fail-on-weakening: false}}\n"
        "      - {uses: ./comment, with: {python-version: '3.13'}}\n"
    )
    result = subprocess.run(
        [require_tool("actionlint"), "-no-color"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stdout) == (0, "")
