"""The hooks as real pre-commit runs them; only how they are installed is left out, for it needs the network."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.acceptance.command import BROKEN, COMMAND, FAULTY, SOUND, declare, environment

pytest.importorskip("pre_commit", reason="pre-commit is not installed")


def pre_commit(*arguments: object, cwd: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join((str(COMMAND.parent), os.environ["PATH"]))
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *map(str, arguments)],
        cwd=cwd,
        env=environment(PATH=path, PRE_COMMIT_HOME=str(cwd / "home"), GIT_CONFIG_GLOBAL=os.devnull, **changes),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def repository(root: Path, tmp_path: Path) -> Path:
    """A repository with the hooks of the manifest, of the language `system` instead of `python`."""
    hooks = [
        hook | {"language": "system"} for hook in YAML(typ="safe", pure=True).load(root / ".pre-commit-hooks.yaml")
    ]
    with (tmp_path / ".pre-commit-config.yaml").open("w") as file:
        YAML(typ="safe", pure=True).dump({"repos": [{"repo": "local", "hooks": hooks}]}, file)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", ".pre-commit-config.yaml"], cwd=tmp_path, check=True)
    return tmp_path


def outcomes(repository: Path) -> dict[str, str]:
    """What became of each hook where only the configuration is staged, and no declaration."""
    result = pre_commit("run", cwd=repository)
    ended = [line for line in result.stdout.splitlines() if line.endswith(("Passed", "Failed", "Skipped"))]
    return {line.partition(".")[0]: line.rpartition(".")[2] for line in ended}


def test_the_manifest_is_valid(root: Path, tmp_path: Path) -> None:
    result = pre_commit("validate-manifest", root / ".pre-commit-hooks.yaml", cwd=tmp_path)
    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.parametrize(
    ("text", "validate", "check"),
    [(SOUND, "Passed", "Passed"), (FAULTY, "Passed", "Failed"), (BROKEN, "Failed", "Failed")],
)
def test_all_declarations_are_looked_at_whatever_is_staged(
    repository: Path, text: str, validate: str, check: str
) -> None:
    declare(repository, text)
    assert outcomes(repository) == {"uts-policy validate": validate, "uts-policy check": check}


def test_nothing_of_the_workspace_is_imported(repository: Path, tmp_path: Path) -> None:
    declare(repository, SOUND)
    seen = tmp_path / "seen"
    hostile = f"import sys\nif any('uts' in each for each in sys.orig_argv): open({str(seen)!r}, 'w').close()\n"
    for name in ("sitecustomize.py", "usercustomize.py", "uts_policy.py", "click.py"):
        (repository / name).write_text(hostile, encoding="utf-8")
    result = pre_commit("run", cwd=repository, PYTHONPATH=".")
    assert result.returncode == 0, result.stdout
    assert not seen.exists()
