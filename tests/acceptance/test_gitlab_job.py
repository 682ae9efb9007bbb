"""The job for GitLab CI, run by a shell as a runner would."""

import json
import subprocess
from pathlib import Path

import junitparser
import pytest
from ruamel.yaml import YAML

from tests.acceptance.command import COMMAND, FAULTY, SOUND, declare, environment
from tests.acceptance.test_action import commit, git


@pytest.fixture(scope="module")
def job(root: Path) -> dict:
    return YAML(typ="safe", pure=True).load(root / "docs" / "ci" / "gitlab.yml")["uts-policy"]


def run_job(job: dict, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{COMMAND.parent}:{environment()['PATH']}"
    script = "\n".join(job["script"])
    return subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env=environment(PATH=path, **variables),
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_merge_request_is_compared_with_its_base_and_leaves_both_reports(job: dict, tmp_path: Path) -> None:
    git("init", "-q", cwd=tmp_path)
    declare(tmp_path, FAULTY)
    base = commit(tmp_path, "a fault from before")
    result = run_job(job, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert (result.returncode, result.stderr) == (0, "")
    reports = job["artifacts"]["reports"]
    first, *_ = json.loads((tmp_path / reports["codequality"]).read_text(encoding="utf-8"))
    assert first["description"].startswith("(known from before) nobody is accountable")
    assert junitparser.JUnitXml.fromfile(tmp_path / reports["junit"]).failures == 0


def test_on_the_default_branch_everything_counts(job: dict, tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    assert run_job(job, tmp_path).returncode == 1
    declare(tmp_path, SOUND)
    assert run_job(job, tmp_path).returncode == 0


def test_the_job_installs_nothing_by_a_name_that_somebody_else_may_own(job: dict, tmp_path: Path) -> None:
    result = subprocess.run(
        ["sh", "-e", "-c", "\n".join(job["before_script"])],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "say what pip is to install" in result.stderr


def test_merged_results_are_compared_with_the_tip_of_the_target(job: dict, tmp_path: Path) -> None:
    git("init", "-q", "-b", "main", cwd=tmp_path)
    declare(tmp_path, SOUND)
    base = commit(tmp_path, "where the branches part")
    git("checkout", "-q", "-b", "change", cwd=tmp_path)
    declare(tmp_path, "vectors: []\n", "mine.yaml")
    commit(tmp_path, "breaks nothing")
    git("checkout", "-q", "main", cwd=tmp_path)
    declare(tmp_path, FAULTY)
    tip = commit(tmp_path, "somebody else's fault")
    git("merge", "-q", "--no-edit", "change", cwd=tmp_path)
    both = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_MERGE_REQUEST_TARGET_BRANCH_SHA": tip}
    assert run_job(job, tmp_path, **both).returncode == 0
    assert run_job(job, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base).returncode == 1


def test_several_merge_bases_are_no_verdict_whichever_of_them_gitlab_names(job: dict, tmp_path: Path) -> None:
    top = tmp_path / "origin"
    top.mkdir()
    git("init", "-q", "-b", "main", cwd=top)
    declare(top, FAULTY)
    commit(top, "a fault from before")
    git("checkout", "-q", "-b", "change", cwd=top)
    declare(top, "vectors: []\n", "mine.yaml")
    mine = commit(top, "breaks nothing")
    git("checkout", "-q", "main", cwd=top)
    declare(top, "training: []\n", "theirs.yaml")
    theirs = commit(top, "neither")
    git("merge", "-q", "--no-edit", mine, cwd=top)
    git("checkout", "-q", "change", cwd=top)
    git("merge", "-q", "--no-edit", theirs, cwd=top)
    git("clone", "-q", "-b", "change", str(top), "checkout", cwd=tmp_path)
    variables = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": theirs, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    result = run_job(job, tmp_path / "checkout", **variables)
    assert (result.returncode, "have 2 merge bases" in result.stderr) == (3, True)
    git("reset", "-q", "--hard", mine, cwd=tmp_path / "checkout")
    assert run_job(job, tmp_path / "checkout", **variables).returncode == 0


def test_in_a_pipeline_of_a_fork_its_own_branch_of_the_targets_name_is_no_base(job: dict, tmp_path: Path) -> None:
    fork = tmp_path / "fork"
    fork.mkdir()
    git("init", "-q", "-b", "main", cwd=fork)
    declare(fork, SOUND)
    base = commit(fork, "as it is in the project")
    declare(fork, FAULTY)
    commit(fork, "a fault, on the fork's own branch too")
    git("branch", "change", cwd=fork)
    git("clone", "-q", "-b", "change", str(fork), "checkout", cwd=tmp_path)
    names = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    ids = {"CI_PROJECT_ID": "2", "CI_MERGE_REQUEST_PROJECT_ID": "1"}
    assert run_job(job, tmp_path / "checkout", **names, **ids).returncode == 1


def test_weakening_fails_the_job_unless_the_label_is_set(job: dict, tmp_path: Path) -> None:
    git("init", "-q", cwd=tmp_path)
    declare(tmp_path, SOUND)
    base = commit(tmp_path, "sound")
    (tmp_path / "uts-policy.yaml").write_text("profile: starter\n")
    labelled, otherwise = job["rules"][:2]
    assert "variables" not in otherwise
    default, with_label = job["variables"], {**job["variables"], **labelled["variables"]}
    for variables, code in ((default, 1), (with_label, 0)):
        assert run_job(job, tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, **variables).returncode == code


def test_nothing_of_the_merge_request_is_imported(job: dict, tmp_path: Path) -> None:
    declare(tmp_path, SOUND)
    for name in ("sitecustomize", "pip", "uts_policy", "click"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'sprung')!r}, 'w').close()\n")
    assert run_job(job, tmp_path, PYTHONPATH=".").returncode == 0
    run_job(
        {"script": job["before_script"]}, tmp_path, PYTHONPATH=".", PIP_NO_INDEX="1", UTS_POLICY_SOURCE="no-such-thing"
    )
    assert not (tmp_path / "sprung").exists()
