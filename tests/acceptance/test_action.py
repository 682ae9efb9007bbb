"""The GitHub action's own scripts, run as a runner runs them, on a checkout as actions/checkout makes it by default.

Not run here: the step that installs Python, and the upload, which are other people's. The step that installs uts-policy
reaches no index here, so it ends early.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.acceptance.command import FAULTY, SOUND, declare, environment
from tests.acceptance.github import REPOSITORY, TOKEN, github
from tests.conftest import ROOT, require_tool

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
    ours = {
        "PYTHON": sys.executable,
        "SOURCE": str(ROOT),
        "ACTION": str(ROOT / "comment"),
        "RUNNER_TEMP": str(temporary),
        "GITHUB_OUTPUT": str(outputs),
    }
    result = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env=environment(**(ours | variables)),
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
        COMMIT=base["commit"],
        FAIL_ON="",
        FAIL_ON_WEAKENING="true",
        PROFILE="",
        PATHS="",
        GITHUB_STEP_SUMMARY=str(summary),
    )
    report = checkout.parent / "temporary" / "uts-policy.sarif"
    assert (code, outputs) == (1, {"exit-code": "1", "sarif": str(report)})
    errors = [line for line in log.splitlines() if line.startswith("::error ")]
    assert len(errors) == 1
    assert "file=declarations/more.yaml,line=2," in errors[0]
    assert "1 known." in log
    assert "1 known from before" in summary.read_text(encoding="utf-8")
    results = [each for run in json.loads(report.read_text())["runs"] for each in run["results"]]
    assert [each["baselineState"] for each in results if each["level"] == "error"] == ["unchanged", "new"]


def test_without_a_base_everything_counts_and_options_reach_the_command(
    checkout: Path, scripts: dict[str, str]
) -> None:
    (checkout / "a b").mkdir()
    (checkout / "a b" / "all.yaml").write_text(FAULTY)
    options = {"COMMIT": "", "FAIL_ON_WEAKENING": "true", "PROFILE": "starter", "PATHS": "a b\n"}
    assert step(scripts["check"], checkout, FAIL_ON="", **options)[0] == 1
    code, log, outputs = step(scripts["check"], checkout, FAIL_ON="never", **options)
    assert (code, outputs["exit-code"]) == (0, "0")
    assert "::error file=a b/all.yaml," in log


def test_without_a_verdict_there_is_no_file_to_upload(checkout: Path, scripts: dict[str, str]) -> None:
    variables = {"COMMIT": "", "FAIL_ON": "", "FAIL_ON_WEAKENING": "true", "PROFILE": "", "PATHS": "empty"}
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
    code, log, outputs = step(scripts["change"], checkout, COMMIT=commit, PROFILE="", PATHS="")
    file = checkout.parent / "temporary" / "uts-policy-comment.md"
    assert (code, log, outputs) == (0, "", {"file": str(file)})
    told = file.read_text(encoding="utf-8")
    assert "lead-more" in told
    event = checkout.parent / "event.json"
    event.write_text(json.dumps({"pull_request": {"number": 12}}))
    with github() as fake:
        variables = {
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
    variables = {"COMMIT": "0" * 40, "PROFILE": "", "PATHS": ""}
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


# Whatever the change names so that something else takes it for its own, and what would take it.
MODULES = (
    "venv",
    "pip",
    "ensurepip",
    "sitecustomize",
    "usercustomize",
    "uts_policy",
    "hatchling",
    "click",
)
PROGRAMS = ("git", "python", "python3", "base64", "tr", "mkdir", "ssh", "keyring", "opa", "sh", "env")
HOOKS = ("reference-transaction", "post-index-change", "pre-auto-gc", "post-checkout", "fsmonitor-watchman")


@pytest.fixture
def hostile(checkout: Path) -> dict[str, str]:
    """The checkout, full of traps, and an environment that a careless job might have set. A trap leaves a file."""
    sprung = checkout.parent / "sprung"
    sprung.mkdir()
    for name in MODULES:
        (checkout / f"{name}.py").write_text(f"open({str(sprung / name)!r}, 'w').close()\n")
    (checkout / "bin").mkdir()
    for folder in (".", "bin", "hooks"):
        (checkout / folder).mkdir(exist_ok=True)
        for name in HOOKS if folder == "hooks" else PROGRAMS:
            trap = checkout / folder / name
            trap.write_text(f"#!/bin/bash\n: > '{sprung}/{folder}-{name}'\n")
            trap.chmod(0o755)
    trap = str(checkout / "bin" / "env")
    shutil.copy(checkout / "hooks/reference-transaction", checkout / ".git/hooks/")
    for key in (
        *("core.fsmonitor", "core.sshCommand", "core.askPass", "core.gitProxy", "core.pager", "core.editor"),
        *("core.alternateRefsCommand", "diff.external", "diff.x.textconv", "diff.x.command", "credential.helper"),
        *("filter.x.clean", "filter.x.smudge", "filter.x.process", "remote.origin.uploadpack", "gc.recentObjectsHook"),
        *("alias.fetch", "alias.rev-parse", "alias.show-ref"),
    ):
        git("config", key, f"!{trap}" if key.startswith(("alias", "credential")) else trap, cwd=checkout)
    git("config", "core.hooksPath", str(checkout / "hooks"), cwd=checkout)
    git("config", "gc.auto", "1", cwd=checkout)
    (checkout / ".gitattributes").write_text("* filter=x diff=x\n")
    (checkout / ".gitconfig").write_text(f"[core]\n\tfsmonitor = {trap}\n\thooksPath = {checkout}/hooks\n")
    (checkout / ".netrc").write_text("default login a password b\n")
    for name in ("pip.conf", ".config/pip/pip.conf", ".pip/pip.conf"):
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text(f"[global]\npython = {checkout}/bin/python\n")
    return {
        "PATH": f".:{checkout}/bin::bin:{os.environ['PATH']}",
        "PYTHONPATH": f".:{checkout}",
        "PYTHONHOME": "",
        "PYTHONSTARTUP": f"{checkout}/venv.py",
        "PYTHONUSERBASE": str(checkout),
        "HOME": str(checkout),
        "XDG_CONFIG_HOME": f"{checkout}/.config",
        "PIP_CONFIG_FILE": "pip.conf",
        "PIP_PYTHON": f"{checkout}/bin/python",
        "PIP_REQUIREMENT": "requirements.txt",
        "PIP_NO_INDEX": "1",
        "LD_LIBRARY_PATH": ":",
        "GIT_EXTERNAL_DIFF": trap,
        "GIT_ASKPASS": trap,
        "GIT_EXEC_PATH": f"{checkout}/bin",
        "GIT_CONFIG_GLOBAL": ".gitconfig",
        "GIT_DIR": str(checkout / "nowhere"),
        "SPRUNG": str(sprung),
    }


def test_the_traps_spring_where_nobody_minds_them(checkout: Path, hostile: dict[str, str]) -> None:
    """Otherwise the next test would show nothing."""
    sprung = Path(hostile["SPRUNG"])
    step(
        '"$PYTHON" -c "import pip" || true; "$PYTHON" -m venv x || true; git status || true; base64 || true',
        checkout,
        **hostile,
    )
    unset = {
        name: value for name, value in hostile.items() if name not in ("PATH", "GIT_DIR", "GIT_EXEC_PATH", "PYTHONPATH")
    }
    step("git status; git fetch origin || true", checkout, **unset, PATH=os.environ["PATH"])
    found = {each.name for each in sprung.iterdir()}
    assert found >= {"sitecustomize", "pip", "venv", ".-git", ".-base64", "bin-env"}


def test_nothing_of_the_workspace_runs_in_any_step(
    checkout: Path, scripts: dict[str, str], later: dict, hostile: dict
) -> None:
    sprung, temporary = Path(hostile["SPRUNG"]), checkout.parent / "temporary"
    # With nothing to download the step gets as far as the build of uts-policy itself, in a process that pip starts.
    source = checkout.parent / "source"
    (source / "comment").mkdir(parents=True)
    for name in ("action.sh", "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    (source / "requirements.txt").write_text("")
    installing = {"SOURCE": str(source), "ACTION": str(source / "comment"), "PYTHON": sys.executable}
    for script in (scripts["install"], later["install"]):
        _, log, _ = step(script, checkout, **hostile, **installing)
        assert "hatchling" in log, log
        assert (temporary / "uts-policy/bin/python").exists()
        shutil.rmtree(temporary / "uts-policy")
        assert "uts-policy: PIP_CONFIG_FILE points into the workspace and is not used" in log
        assert list(sprung.iterdir()) == []
    code, log, base = step(
        scripts["base"], checkout, **hostile, SINCE="main", SERVER="https://example.invalid", TOKEN=TOKEN
    )
    assert (code, base) == (0, {"commit": git("rev-parse", "main", cwd=checkout.parent / "origin")}), log
    options = {**hostile, "COMMIT": base["commit"], "PROFILE": "", "PATHS": ""}
    code, log, outputs = step(scripts["check"], checkout, **options, FAIL_ON="", FAIL_ON_WEAKENING="true")
    assert (code, outputs["exit-code"]) == (1, "1"), log
    assert "file=declarations/more.yaml,line=2," in log
    code, log, outputs = step(scripts["change"], checkout, **options)
    assert (code, Path(outputs["file"]).name) == (0, "uts-policy-comment.md"), log
    for script in (scripts["Comment"], later["Comment"]):
        step(script, checkout, **hostile, FILE=outputs["file"], GITHUB_TOKEN=TOKEN, GITHUB_API_URL="http://127.0.0.1:9")
    assert list(sprung.iterdir()) == []


def test_what_the_job_sets_stays_in_force(checkout: Path) -> None:
    kept = {
        "PIP_INDEX_URL": "https://index.example/simple",
        "HTTPS_PROXY": "http://proxy.example:1",
        "PIP_CERT": "/ca.pem",
        "SSL_CERT_FILE": "/ca.pem",
        "GIT_SSL_CAINFO": "/ca.pem",
        "PIP_CONFIG_FILE": "/etc/pip.conf",
        "HOME": "/root",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "http.proxy",
        "GIT_CONFIG_VALUE_0": "http://proxy.example:1",
    }
    code, log, _ = step('. "$SOURCE/action.sh"; env', checkout, **kept)
    assert code == 0
    assert {f"{name}={value}" for name, value in kept.items()} <= set(log.splitlines())


def test_a_branch_wins_over_a_tag_and_a_commit_or_a_tag_can_be_named(checkout: Path, scripts: dict[str, str]) -> None:
    origin = checkout.parent / "origin"
    main, old = git("rev-parse", "main", cwd=origin), git("rev-parse", "main~1", cwd=origin)
    git("config", "uploadpack.allowAnySHA1InWant", "true", cwd=origin)
    git("tag", "main", old, cwd=origin)
    git("tag", "v1", old, cwd=origin)
    git("branch", "other/main", old, cwd=origin)
    for since, commit in (("main", main), ("v1", old), (old, old), ("refs/tags/main", old), ("other/main", old)):
        code, log, base = step(scripts["base"], checkout, SINCE=since, SERVER="", TOKEN="")
        assert (code, base) == (0, {"commit": commit}), log
        assert ("is a branch and a tag" in log) is (since == "main")


def test_a_change_that_weakens_the_check_fails_the_step_unless_someone_lets_it(checkout: Path, scripts: dict) -> None:
    (checkout / "uts-policy.yaml").write_text("fail_on: never\nlevels: {ownership/unassigned: off}\n")
    commit = step(scripts["base"], checkout, SINCE="main", SERVER="", TOKEN="")[2]["commit"]
    options = {"COMMIT": commit, "PROFILE": "", "PATHS": "", "FAIL_ON": ""}
    assert step(scripts["check"], checkout, **options, FAIL_ON_WEAKENING="true")[0] == 1
    assert step(scripts["check"], checkout, **options, FAIL_ON_WEAKENING="")[0] == 1
    assert step(scripts["check"], checkout, **options, FAIL_ON_WEAKENING="false")[0] == 0


def test_every_event_of_a_change_has_a_base_and_weakening_fails_by_default(root: Path) -> None:
    inputs = YAML(typ="safe", pure=True).load(root / "action.yml")["inputs"]
    assert inputs["since"]["default"] == "${{ github.base_ref || github.event.merge_group.base_sha }}"
    assert inputs["fail-on-weakening"]["default"] == "true"


def test_permissions_are_written_as_a_workflow_has_them(root: Path) -> None:
    for file in (root / "action.yml", root / "comment" / "action.yml"):
        text = file.read_text(encoding="utf-8")
        assert re.findall(r"(?:actions|pull-requests|security-events|comment), (?:write|read|later)", text) == []
        YAML(typ="safe", pure=True).load(text)
