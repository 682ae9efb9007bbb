"""The GitHub action's own scripts, run as a runner runs them, on a checkout as actions/checkout makes it by default.

Not run here: the steps that install Python and uts-policy, and the upload, which are other people's.
"""

import json
import re
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.acceptance.command import COMMAND, FAULTY, SOUND, declare, environment
from tests.acceptance.github import REPOSITORY, TOKEN, github
from tests.conftest import require_tool

IDENTITY = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b"}
NEW = FAULTY.replace("id: lead,", "id: lead-more,").partition("responsibilities:\n")[2]


@pytest.fixture(scope="module")
def later(root: Path) -> dict[str, str]:
    """The scripts of the action that comments where the check may not."""
    return scripts_of(root / "comment" / "action.yml")


def scripts_of(file: Path) -> dict[str, str]:
    steps = YAML(typ="safe", pure=True).load(file)["runs"]["steps"]
    return {step.get("id", step["name"]): step["run"] for step in steps if "run" in step}


def git(*arguments: str, cwd: Path) -> str:
    settings = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", **IDENTITY}
    result = subprocess.run(
        ["git", *arguments], cwd=cwd, env=environment(**settings), capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


def commit(folder: Path, message: str) -> str:
    git("add", ".", cwd=folder)
    git("commit", "-q", "-m", message, cwd=folder)
    return git("rev-parse", "HEAD", cwd=folder)


@pytest.fixture(scope="module")
def scripts(root: Path) -> dict[str, str]:
    return scripts_of(root / "action.yml")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A pull request that adds one fault where the base has one, merged by the platform, at depth 1."""
    require_tool("git")
    origin = tmp_path / "origin"
    origin.mkdir()
    git("init", "-q", "-b", "main", cwd=origin)
    declare(origin, SOUND)
    commit(origin, "sound")
    git("branch", "-q", "change", cwd=origin)
    declare(origin, FAULTY)
    commit(origin, "a fault on the base")
    git("checkout", "-q", "change", cwd=origin)
    declare(origin, f"responsibilities:\n{NEW}", "more.yaml")
    commit(origin, "a fault of the change")
    git("checkout", "-q", "--detach", "main", cwd=origin)
    git("merge", "-q", "--no-ff", "-m", "merge", "change", cwd=origin)
    git("update-ref", "refs/pull/1/merge", "HEAD", cwd=origin)
    git("checkout", "-q", "main", cwd=origin)
    folder = tmp_path / "work"
    folder.mkdir()
    git("init", "-q", cwd=folder)
    git("remote", "add", "origin", origin.as_uri(), cwd=folder)
    git("fetch", "-q", "--no-tags", "--depth=1", "origin", "+refs/pull/1/merge:refs/remotes/pull/1/merge", cwd=folder)
    git("checkout", "-q", "--force", "refs/remotes/pull/1/merge", cwd=folder)
    return folder


def step(script: str, folder: Path, **variables: str) -> tuple[int, str, dict[str, str]]:
    """One step: its exit code, its log, and its outputs."""
    temporary = folder.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    outputs = folder.parent / "outputs"
    outputs.write_text("")
    result = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=environment(RUNNER_TEMP=str(temporary), GITHUB_OUTPUT=str(outputs), **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout, dict(line.split("=", 1) for line in outputs.read_text().splitlines())


def test_only_what_the_change_brings_is_annotated(checkout: Path, scripts: dict[str, str]) -> None:
    code, log, base = step(scripts["base"], checkout, SINCE="main", SERVER="https://example.invalid", TOKEN=TOKEN)
    assert (code, log) == (0, "")
    assert base == {"commit": git("rev-parse", "main", cwd=checkout.parent / "origin")}
    summary = checkout.parent / "summary.md"
    code, log, outputs = step(
        scripts["check"],
        checkout,
        COMMAND=str(COMMAND),
        COMMIT=base["commit"],
        FAIL_ON="",
        PROFILE="",
        PATHS="",
        GITHUB_STEP_SUMMARY=str(summary),
    )
    report = checkout.parent / "temporary" / "uts-policy.sarif"
    assert (code, outputs) == (1, {"exit-code": "1", "sarif": str(report)})
    errors = [line for line in log.splitlines() if line.startswith("::error ")]
    assert len(errors) == 1
    assert "file=declarations/more.yaml,line=2," in errors[0]
    assert "0 waived, 1 known." in log
    assert "1 known from before" in summary.read_text(encoding="utf-8")
    results = [each for run in json.loads(report.read_text())["runs"] for each in run["results"]]
    assert [each["baselineState"] for each in results if each["level"] == "error"] == ["unchanged", "new"]


def test_without_a_base_everything_counts_and_options_reach_the_command(
    checkout: Path, scripts: dict[str, str]
) -> None:
    (checkout / "a b").mkdir()
    (checkout / "a b" / "all.yaml").write_text(FAULTY)
    options = {"COMMAND": str(COMMAND), "COMMIT": "", "PROFILE": "starter", "PATHS": "a b\n"}
    assert step(scripts["check"], checkout, FAIL_ON="", **options)[0] == 1
    code, log, outputs = step(scripts["check"], checkout, FAIL_ON="never", **options)
    assert (code, outputs["exit-code"]) == (0, "0")
    assert "::error file=a b/all.yaml," in log


def test_without_a_verdict_there_is_no_file_to_upload(checkout: Path, scripts: dict[str, str]) -> None:
    variables = {"COMMAND": str(COMMAND), "COMMIT": "", "FAIL_ON": "", "PROFILE": "", "PATHS": "empty"}
    (checkout / "empty").mkdir()
    code, _, outputs = step(scripts["check"], checkout, **variables)
    assert (code, outputs) == (3, {"exit-code": "3"})


def test_a_base_that_is_not_there_fails_the_step(checkout: Path, scripts: dict[str, str]) -> None:
    code, log, outputs = step(scripts["base"], checkout, SINCE="nowhere", SERVER="", TOKEN="")
    assert code != 0
    assert "nowhere" in log
    assert outputs == {}


def test_the_change_is_told_and_kept_in_one_comment(checkout: Path, scripts: dict[str, str], later: dict) -> None:
    commit = step(scripts["base"], checkout, SINCE="main", SERVER="", TOKEN="")[2]["commit"]
    command = str(COMMAND)
    code, log, outputs = step(scripts["change"], checkout, COMMAND=command, COMMIT=commit, PROFILE="", PATHS="")
    file = checkout.parent / "temporary" / "uts-policy-comment.md"
    assert (code, log, outputs) == (0, "", {"file": str(file)})
    told = file.read_text(encoding="utf-8")
    assert "lead-more" in told
    event = checkout.parent / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 12}}))
    with github() as fake:
        variables = {
            "COMMAND": command,
            "GITHUB_TOKEN": TOKEN,
            "GITHUB_API_URL": fake.url,
            "GITHUB_REPOSITORY": REPOSITORY,
            "GITHUB_EVENT_PATH": str(event),
        }
        code, log, _ = step(scripts["Comment"], checkout, FILE=str(file), **variables)
        assert (code, log) == (0, "comment on #12: created\n")
        artifact = file.parent / "uts-policy-comment" / file.name
        artifact.parent.mkdir()
        artifact.write_text(told, encoding="utf-8")
        code, log, _ = step(later["Comment"], checkout, **variables)
        assert (code, log) == (0, "comment on #12: unchanged\n")
        assert len(fake.bodies()) == 1
        assert "lead-more" in fake.bodies()[0]


def test_a_change_that_cannot_be_told_fails_nothing(checkout: Path, scripts: dict[str, str]) -> None:
    variables = {"COMMAND": str(COMMAND), "COMMIT": "0" * 40, "PROFILE": "", "PATHS": ""}
    code, log, outputs = step(scripts["change"], checkout, **variables)
    assert (code, outputs) == (0, {})
    assert "::warning title=uts-policy::There is no comment on this change; the log says why." in log


def test_every_value_reaches_a_script_by_its_environment(scripts: dict[str, str], later: dict[str, str]) -> None:
    assert [name for name, script in (*scripts.items(), *later.items()) if "${{" in script] == []


def test_both_actions_use_the_same_digests(root: Path) -> None:
    used: dict[str, set[str]] = {}
    for file in (root / "action.yml", root / "comment" / "action.yml", *(root / ".github" / "workflows").glob("*.yml")):
        for name, digest in re.findall(r"uses: ([\w./-]+)@(\S+)", file.read_text(encoding="utf-8")):
            used.setdefault(name, set()).add(digest)
    assert {name: len(digests) for name, digests in used.items()} == dict.fromkeys(used, 1)
    assert all(re.fullmatch("[0-9a-f]{40}", digest) for digests in used.values() for digest in digests)
