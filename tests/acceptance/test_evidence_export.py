"""`evidence export` as a user runs it: what is in the bag, when there is none, and what two bags share."""

import json
import os
import shutil
import signal
import subprocess
import time
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from tests.acceptance.bag import NAME, export, key, member
from tests.acceptance.command import AS_OF, BROKEN, COMMAND, FAULTY, SOUND, declare, environment, policy, run, start
from tests.acceptance.repository import Repository
from tests.conftest import ROOT


def members(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {name.removeprefix(f"{NAME}/"): opened.read(name) for name in opened.namelist()}


def left(folder: Path) -> list[str]:
    """What a run leaves in a directory besides what was there."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith((".bag", "bag")))


def test_the_bag_holds_what_was_checked_byte_for_byte(tmp_path: Path) -> None:
    file = declare(tmp_path)
    policies = policy(tmp_path, "ours/named", "findings := set()", needs="[]")
    (policies / "ours" / "named_test.rego").write_text("package ours_test\n", encoding="utf-8")
    (tmp_path / "uts-policy.yaml").write_text("# ours\nprofile: strict\npolicies: [policies]\n", encoding="utf-8")
    done = export(tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    found = members(tmp_path / "bag.zip")
    assert found["data/inputs/declarations/all.yaml"] == file.read_bytes()
    assert found["data/policies/own/ours/named.rego"] == (policies / "ours" / "named.rego").read_bytes()
    assert found["data/config/uts-policy.yaml"] == b"# ours\nprofile: strict\npolicies: [policies]\n"
    builtin = {f"data/policies/builtin/{path.relative_to(ROOT / 'policies')}": path.read_bytes()
               for path in (ROOT / "policies").rglob("*.rego") if not path.name.endswith("_test.rego")}  # fmt: skip
    schemas = {f"data/schemas/{path.name}": path.read_bytes() for path in (ROOT / "schemas").glob("*.json")}
    assert builtin.items() <= found.items()
    assert schemas.items() <= found.items()
    others = found.keys() - builtin.keys() - schemas.keys()
    assert others == {
        "bagit.txt",
        "bag-info.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "data/README.txt",
        "data/inputs/declarations/all.yaml",
        "data/policies/own/ours/named.rego",
        "data/config/effective.json",
        "data/config/uts-policy.yaml",
        "data/results/findings.json",
        "data/results/decisions.jsonl",
        "data/results/population.json",
        "data/results/results.sarif",
        "data/results/junit.xml",
        *(
            f"data/oscal/{each}.json"
            for each in ("catalog", "profile", "system-security-plan", "assessment-plan", "assessment-results")
        ),
        "data/report/index.html",
        "data/report/report.xlsx",
        "data/run/provenance.json",
    } | ({"data/oscal/poam.json"} & others)


@pytest.mark.parametrize("text", [None, FAULTY, BROKEN])
def test_exit_code_and_results_are_those_of_check(tmp_path: Path, text: str | None) -> None:
    declare(tmp_path, *([] if text is None else [text]))
    formats = {"json": "findings.json", "sarif": "results.sarif", "junit": "junit.xml"}
    outputs = [part for each in formats for part in ("--format", f"{each}:{each}.out")]
    checked = run("check", "--as-of", AS_OF, *outputs, cwd=tmp_path)
    assert export(tmp_path).returncode == checked.returncode == (0 if text is None else 1)
    for each, name in formats.items():
        assert member(tmp_path / "bag.zip", f"data/results/{name}") == (tmp_path / f"{each}.out").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code"), [(["--require", "recommendations"], 3), (["--rule", "no/such"], 2), (["missing"], 2)]
)
def test_without_a_verdict_there_is_no_bag(tmp_path: Path, arguments: list[str], code: int) -> None:
    declare(tmp_path)
    assert (export(tmp_path, *arguments).returncode, left(tmp_path)) == (code, [])


def test_a_bag_is_never_replaced_unless_somebody_says_so(tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "bag.zip").write_bytes(b"older")
    refused = export(tmp_path)
    assert (refused.returncode, (tmp_path / "bag.zip").read_bytes()) == (2, b"older")
    assert b'"bag.zip" is there already' in refused.stderr
    assert b"--force" in refused.stderr
    assert export(tmp_path, "--force").returncode == 0
    assert zipfile.is_zipfile(tmp_path / "bag.zip")


def test_a_bag_cannot_go_to_standard_output(tmp_path: Path) -> None:
    declare(tmp_path)
    refused = export(tmp_path, out="-")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"a bag is written to a file" in refused.stderr


def test_the_same_input_gives_the_same_bytes_whatever_the_machine_says(tmp_path: Path) -> None:
    bags = []
    for name, mask, changes in (
        ("one", 0o022, {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
        ("two", 0o077, {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2", "USER": "other", "LOGNAME": "other"}),
    ):
        folder = tmp_path / name
        shutil.copytree(ROOT / "examples" / "seeded", folder / "declarations")
        for path in folder.rglob("*.yaml"):
            os.utime(path, (mask, mask))
        before = os.umask(mask)
        try:
            assert export(folder, "--reproducible", out=f"{name}.zip", **changes).returncode == 1
        finally:
            os.umask(before)
        bags.append((folder / f"{name}.zip").read_bytes())
    assert bags[0] == bags[1]


def test_two_runs_differ_only_in_what_belongs_to_the_run(tmp_path: Path) -> None:
    declare(tmp_path)
    assert export(tmp_path, SOURCE_DATE_EPOCH="1", UTS_POLICY_RUN_BY="p-1", UTS_POLICY_RUN_HOST="one").returncode == 0
    assert export(tmp_path, out="bag2.zip", SOURCE_DATE_EPOCH="2", TZ="Asia/Tokyo").returncode == 0
    first, second = members(tmp_path / "bag.zip"), members(tmp_path / "bag2.zip")
    assert {name for name in first if first[name] != second[name]} == {
        "data/run/provenance.json",
        "bag-info.txt",  # the size of the payload
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
    }
    said = json.loads(first["data/run/provenance.json"])["run"]
    assert (said["by"], said["host"], said["started"]) == ("p-1", "one", "1970-01-01T00:00:01Z")


def test_with_all_that_belongs_to_the_run_fixed_the_bag_is_the_same(tmp_path: Path) -> None:
    declare(tmp_path)
    key(tmp_path)
    fixed = {"SOURCE_DATE_EPOCH": "1", "UTS_POLICY_RUN_BY": "p-1", "UTS_POLICY_RUN_HOST": "one"}
    bags = []
    for _ in range(2):
        assert export(tmp_path, "--force", "--sign-key", "signer.pem", **fixed).returncode == 0
        bags.append((tmp_path / "bag.zip").read_bytes())
    assert bags[0] == bags[1]


def test_every_entry_is_stored_also_within_the_workbook(tmp_path: Path) -> None:
    declare(tmp_path)
    export(tmp_path)
    (tmp_path / "report.xlsx").write_bytes(member(tmp_path / "bag.zip", "data/report/report.xlsx"))
    for name in ("bag.zip", "report.xlsx"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}


def test_a_secret_of_the_environment_is_never_recorded(tmp_path: Path) -> None:
    declare(tmp_path)
    secrets = dict.fromkeys(("GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "MINE"), "s3cret")
    export(tmp_path, GITHUB_SHA="abc", **secrets)
    data = (tmp_path / "bag.zip").read_bytes()
    assert b"s3cret" not in data
    said = json.loads(member(tmp_path / "bag.zip", "data/run/provenance.json"))["run"]["environment"]
    assert (said["GITHUB_SHA"], "GITHUB_TOKEN" in said, "MINE" in said) == ("abc", False, False)


def test_the_commit_is_recorded_and_whether_the_work_tree_differs_from_it(tmp_path: Path) -> None:
    repository = Repository(top=tmp_path)
    repository.git("init", "-q")
    file = declare(tmp_path)
    (tmp_path / ".gitignore").write_text("*.zip\n", encoding="utf-8")
    repository.git("add", ".")
    repository.git("commit", "-qm", "one")
    commit = repository.git("rev-parse", "HEAD")
    said = []
    for _ in range(2):
        export(tmp_path, "--force")
        said.append(json.loads(member(tmp_path / "bag.zip", "data/run/provenance.json"))["run"]["git"])
        file.write_text(f"{file.read_text()}# more\n", encoding="utf-8")
    assert said == [{"commit": commit, "dirty": False}, {"commit": commit, "dirty": True}]


def test_whenever_it_is_killed_there_is_no_file_or_a_whole_one(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "seeded", tmp_path / "declarations")
    for number, sent in enumerate((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with start(["evidence", "export", "--out", folder / "bag.zip"], tmp_path, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not left(folder):
                time.sleep(0.001)
            process.send_signal(sent)
            process.wait()
        if "bag.zip" in left(folder):  # it was faster
            with zipfile.ZipFile(folder / "bag.zip") as archive:
                assert archive.testzip() is None
        else:
            assert not any(zipfile.is_zipfile(path) for path in folder.iterdir())
            assert sent == signal.SIGKILL or left(folder) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_disk_without_room_gives_no_bag_and_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "seeded", tmp_path / "declarations")
    command = f'ulimit -f 100; exec "{COMMAND}" evidence export --out bag.zip'
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, check=False)
    assert (done.returncode, left(tmp_path)) == (3, [])
    assert b'cannot write "bag.zip"' in done.stderr


def test_files_from_outside_and_standard_input_get_a_safe_name_that_is_stated(tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (tmp_path / "people.yaml").write_text("people: [{id: p-9}]\n", encoding="utf-8")
    declare(work)
    done = run(
        "evidence", "export", "declarations", "../people.yaml", "-", "--out", "bag.zip", "--as-of", AS_OF,
        cwd=work, stdin=b"vectors: [{id: v, title: V}]\n",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = json.loads(member(work / "bag.zip", "data/config/effective.json"))["files"]
    stored = {each["path"]: each["stored"] for each in files}
    assert list(stored) == ["../people.yaml", "declarations/all.yaml", "-"]
    assert member(work / "bag.zip", f"data/inputs/{stored['../people.yaml']}") == b"people: [{id: p-9}]\n"
    assert member(work / "bag.zip", f"data/inputs/{stored['-']}") == b"vectors: [{id: v, title: V}]\n"
    assert all(".." not in name.split("/") and not name.startswith("/") for name in stored.values())


def test_names_that_one_bag_cannot_hold_everywhere_are_refused(tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "declarations" / "ALL.yaml").write_text("vectors: []\n", encoding="utf-8")
    done = export(tmp_path)
    assert (done.returncode, left(tmp_path)) == (3, [])
    assert b'"declarations/ALL.yaml" and "declarations/all.yaml" differ only by case' in done.stderr


def test_files_that_were_passed_over_or_could_not_be_read_are_named_with_the_reason(tmp_path: Path) -> None:
    declare(tmp_path)
    declarations = tmp_path / "declarations"
    (declarations / "old").mkdir()
    (declarations / ".hidden").mkdir()
    (declarations / "gone.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "uts-policy.yaml").write_text("exclude: [old/]\n", encoding="utf-8")
    assert export(tmp_path).returncode == 1
    files = json.loads(member(tmp_path / "bag.zip", "data/results/population.json"))["files"]
    assert files == {
        "found": 4,
        "checked": 1,
        "unread": [{"file": "declarations/gone.yaml", "reason": "this is a symbolic link that leads to nothing"}],
        "ignored": [
            {"path": "declarations/.hidden", "reason": "dot-directory"},
            {"path": "declarations/old", "reason": "excluded"},
        ],
    }


def test_a_baseline_is_kept_whole_and_its_findings_are_known(tmp_path: Path) -> None:
    declare(tmp_path, FAULTY)
    assert run("baseline", "create", "--reason", "There before", "--as-of", AS_OF, cwd=tmp_path).returncode == 0
    assert export(tmp_path, "--baseline", "uts-policy-baseline.yaml").returncode == 0
    kept = member(tmp_path / "bag.zip", "data/config/baseline.yaml")
    assert kept == (tmp_path / "uts-policy-baseline.yaml").read_bytes()
    effective = json.loads(member(tmp_path / "bag.zip", "data/config/effective.json"))
    assert effective["baseline"] == "uts-policy-baseline.yaml"
    totals = json.loads(member(tmp_path / "bag.zip", "data/results/population.json"))["totals"]["findings"]
    assert (totals["open"], totals["known"]) == (0, totals["total"])


def test_a_chain_names_the_bag_before_and_refuses_a_broken_one(tmp_path: Path) -> None:
    declare(tmp_path)
    export(tmp_path, out="bag1.zip")
    assert export(tmp_path, "--previous", "bag1.zip").returncode == 0
    said = json.loads(member(tmp_path / "bag.zip", "data/run/provenance.json"))["previous"]
    digest = sha256(member(tmp_path / "bag1.zip", "tagmanifest-sha256.txt")).hexdigest()
    assert said == {"bag": NAME, "tagmanifest_sha256": digest}
    broken = (tmp_path / "bag1.zip").read_bytes().replace(b"Lead the agency", b"Lead the Agency")
    (tmp_path / "bag1.zip").write_bytes(broken)
    refused = export(tmp_path, "--previous", "bag1.zip", "--force")
    assert refused.returncode == 3
    assert b'the previous bag "bag1.zip"' in refused.stderr


def test_what_is_no_bag_is_no_previous_one(tmp_path: Path) -> None:
    declare(tmp_path)
    (tmp_path / "text.zip").write_text("no archive", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a/b", b"")
    for name in ("text.zip", "other.zip"):
        refused = export(tmp_path, "--previous", name)
        assert (refused.returncode, left(tmp_path)) == (3, [])
        assert name.encode() in refused.stderr


def test_there_is_no_redacted_evidence(tmp_path: Path) -> None:
    declare(tmp_path)
    assert (export(tmp_path, "--redact").returncode, left(tmp_path)) == (2, [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes a pipe")
def test_a_pipe_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    declare(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for out in ("pipe", "link"):
        done = export(tmp_path, "--force", out=out)
        assert (done.returncode, b"is no regular file" in done.stderr) == (2, True)
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="limits the size of files through a shell")
def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    declare(tmp_path)
    done = subprocess.run(
        ["sh", "-c", f"ulimit -f 100; trap '' XFSZ; exec {COMMAND} evidence export --out bag.zip --as-of {AS_OF}"],
        cwd=tmp_path, env=environment(), capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.startswith(b'uts-policy: error: cannot write "bag.zip": ')
    assert b"Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["declarations"]


def test_the_commit_is_that_of_the_declarations_wherever_one_stands(tmp_path: Path) -> None:
    commits = {}
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        repository = Repository(top=tmp_path / name)
        repository.git("init", "-q")
        declare(tmp_path / name, SOUND + f"# {name}\n")
        repository.git("add", ".")
        repository.git("commit", "-qm", name)
        commits[name] = repository.git("rev-parse", "HEAD")

    def said(folder: Path, *paths: str) -> object:
        assert export(folder, *paths, "--force", out=str(tmp_path / "bag.zip")).returncode == 0
        return json.loads(member(tmp_path / "bag.zip", "data/run/provenance.json"))["run"]["git"]

    theirs = {"commit": commits["theirs"], "dirty": False}
    assert said(tmp_path / "ours", "../theirs/declarations") == theirs
    assert said(tmp_path, "theirs/declarations/all.yaml") == theirs
    both = tmp_path / "both"
    both.mkdir()
    (both / "a.yaml").write_text("vectors: []\n")
    assert said(tmp_path, "theirs/declarations", "both") is None


def test_the_bag_before_is_not_replaced_by_the_one_that_names_it(tmp_path: Path) -> None:
    declare(tmp_path)
    assert export(tmp_path).returncode == 0
    before = (tmp_path / "bag.zip").read_bytes()
    assert export(tmp_path, "--force", "--previous", "bag.zip").returncode == 2
    assert (tmp_path / "bag.zip").read_bytes() == before


def test_files_that_cannot_keep_their_names_are_told(tmp_path: Path) -> None:
    file = declare(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = export(elsewhere, file)
    assert (done.returncode, b"1 file could not keep the name in the bag" in done.stderr) == (0, True)
    assert b"could not keep" not in export(tmp_path).stderr
