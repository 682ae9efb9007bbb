"""`evidence verify`: each way of tampering with a real, signed bag is rejected, for a reason of its own."""

import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.acceptance.bag import export, key
from tests.acceptance.command import AS_OF, FAULTY, SOUND, declare, run
from tests.acceptance.tampering import (
    FINDINGS,
    TAGS,
    TAMPERINGS,
    Given,
    edited,
    large_end,
    other_key,
    packed,
    rehashed,
    resigned,
)
from tests.acceptance.test_evidence_reproduce import CASES
from tests.bench.corpora import write
from tests.conftest import ROOT
from tests.oracle.compare import random_case
from uts_policy.schema.faults import faults


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Given:
    folder = tmp_path_factory.mktemp("bag")
    declare(folder, FAULTY)
    assert export(folder, "--sign-key", key(folder), "--reproducible").returncode == 1
    key(folder, "other.pem")
    with zipfile.ZipFile(folder / "bag.zip") as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    return Given(folder=folder, files=files)


def verified(given: Given, data: bytes | None, *arguments: object, folder: Path) -> tuple[int, dict]:
    file = folder / "tampered.zip"
    file.write_bytes(given.archive if data is None else data)
    done = run("evidence", "verify", file, *arguments, "--format", "json", cwd=given.folder)
    told = json.loads(done.stdout)
    assert (done.stderr, faults("verification", told)) == (b"", ())
    return done.returncode, told


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_rejected_for_a_reason_of_its_own(given, tmp_path, what):
    part, reason, tamper = TAMPERINGS[what]
    code, told = verified(given, tamper(given), "--key", "signer.pub.pem", folder=tmp_path)
    assert (code, told["result"], told[part]["outcome"]) == (1, "rejected", "rejected")
    assert reason in {each["id"] for each in told[part]["reasons"]}
    others = [name for name in ("integrity", "signer", "time") if name != part]
    assert "rejected" not in [told[name]["outcome"] for name in others]


def test_a_bag_as_it_was_made_is_verified(given, tmp_path):
    code, told = verified(given, None, "--key", "signer.pub.pem", folder=tmp_path)
    assert (code, told["result"]) == (0, "verified")
    assert {name: told[name]["outcome"] for name in ("integrity", "signer", "reconciliation")} == {
        "integrity": "ok", "signer": "ok", "reconciliation": "ok",
    }  # fmt: skip
    assert told["digest"] == hashlib.sha256(given.files[TAGS]).hexdigest()


def test_a_bag_in_which_nothing_is_open_is_verified_too(tmp_path):
    declare(tmp_path, SOUND)
    assert export(tmp_path, "--sign-key", key(tmp_path)).returncode == 0
    with zipfile.ZipFile(tmp_path / "bag.zip") as archive:
        assert not any(name.endswith("poam.json") for name in archive.namelist())
    done = run("evidence", "verify", "bag.zip", "--key", "signer.pub.pem", cwd=tmp_path)
    assert (done.returncode, b"reconciliation: ok" in done.stdout) == (0, True)


def test_a_plan_that_is_gone_while_something_is_open_is_rejected(given, tmp_path):
    left = {path: data for path, data in given.files.items() if not path.endswith(("poam.json", ".sigstore.json"))}
    code, told = verified(given, packed(rehashed(left)), folder=tmp_path)
    assert (code, [each["id"] for each in told["reconciliation"]["reasons"]]) == (1, ["oscal"])


def test_the_end_of_a_large_archive_is_understood_where_its_own_end_would_do(given, tmp_path):
    code, told = verified(given, large_end(given.archive), "--key", "signer.pub.pem", folder=tmp_path)
    assert (code, told["result"]) == (0, "verified")


@pytest.mark.parametrize("example", ["clean", "seeded"])
@pytest.mark.parametrize("fail_on", ["error", "never"])
def test_a_bag_of_an_example_is_verified_whatever_its_verdict(tmp_path, example, fail_on):
    shutil.copytree(ROOT / "examples" / example, tmp_path / "declarations")
    assert export(tmp_path, "--sign-key", key(tmp_path), "--fail-on", fail_on).returncode in (0, 1)
    done = run("evidence", "verify", "bag.zip", "--key", "signer.pub.pem", "--format", "json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert (done.returncode, told["result"], told["reconciliation"]["reasons"]) == (0, "verified", [])


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_bag_is_verified(tmp_path, case):
    folder = tmp_path / "there"
    folder.mkdir()
    assert export(folder, *CASES[case](folder), "--sign-key", key(folder)).returncode in (0, 1)
    done = run("evidence", "verify", "bag.zip", "--key", "signer.pub.pem", "--format", "json", cwd=folder)
    told = json.loads(done.stdout)
    assert (done.returncode, told["result"], told["reconciliation"]["reasons"]) == (0, "verified", [])


@pytest.mark.parametrize("profile", ["standard", "strict"])  # in strict nothing is left unsaid
@pytest.mark.parametrize("seed", [7, 33, 121])
def test_a_bag_of_any_organisation_is_verified_and_reproduced(tmp_path, seed, profile):
    case = random_case(seed)
    write(case.declarations, tmp_path / "declarations")
    arguments = ("--out", "bag.zip", "--as-of", case.as_of, "--profile", profile)
    assert run("evidence", "export", *arguments, cwd=tmp_path).returncode in (0, 1)
    for verb, key_, expected in (("verify", "result", "integrity only"), ("reproduce", "outcome", "same")):
        done = run("evidence", verb, "bag.zip", "--format", "json", cwd=tmp_path)
        assert (done.returncode, json.loads(done.stdout)[key_]) == (0, expected)


def test_an_attestation_of_another_bag_is_rejected_without_a_key_too(given, tmp_path):
    changed = rehashed({**given.files, "data/report/index.html": b"<h1>pass</h1>"})
    code, told = verified(given, packed(changed), folder=tmp_path)
    assert (code, [each["id"] for each in told["signer"]["reasons"]]) == (1, ["other-bag"])


@pytest.mark.parametrize(
    "change",
    [
        {"result": "PASSED"},
        {"failedTests": []},
        {"warnedTests": ["ownership/unassigned"]},
        {"passedTests": ["ownership/unassigned"]},
        {"configuration": []},
        {"url": "https://agency.example/all-is-well"},
    ],
)
def test_an_attestation_that_tells_another_result_than_the_bag_is_rejected(given, tmp_path, change):
    def passing(statement: dict) -> None:
        statement["predicate"] |= change

    changed = packed({**given.files, given.attestation: resigned(given, passing)})
    code, told = verified(given, changed, "--key", "signer.pub.pem", folder=tmp_path)
    assert (code, told["signer"]["outcome"]) == (1, "ok")
    assert [each["id"] for each in told["reconciliation"]["reasons"]] == ["predicate"]


def test_a_bag_before_that_was_altered_is_no_bag_before(given, tmp_path):
    before = tmp_path / "before.zip"
    before.write_bytes(edited(FINDINGS, b"{}")(given))
    done = run("evidence", "verify", "bag.zip", "--previous", before, cwd=given.folder)
    assert (done.returncode, done.stdout, b"(file-altered)" in done.stderr) == (3, b"", True)


def test_without_a_key_or_a_signature_only_integrity_is_shown(given, tmp_path):
    code, told = verified(given, None, folder=tmp_path)
    assert (code, told["result"], told["signer"]["outcome"]) == (0, "integrity only", "not checked")
    bare = packed({path: data for path, data in given.files.items() if path != given.attestation})
    code, told = verified(given, bare, folder=tmp_path)
    assert (code, told["result"], told["signer"]["says"]) == (
        0,
        "integrity only",
        "integrity only: the bag is not signed",
    )


def test_a_key_from_the_bag_is_of_no_use(given, tmp_path):
    (tmp_path / "signer.pub.pem").write_bytes((given.folder / "other.pub.pem").read_bytes())
    code, told = verified(given, other_key(given), "--key", "signer.pub.pem", folder=tmp_path)
    assert (code, told["signer"]["reasons"][0]["id"]) == (1, "unknown-key")


def test_one_of_several_keys_is_enough_and_every_attestation_must_be_by_one(given, tmp_path):
    keys = ("--key", "other.pub.pem", "--key", "signer.pub.pem")
    assert verified(given, None, *keys, folder=tmp_path)[0] == 0
    both = {**given.files, "attestations/second.sigstore.json": resigned(given, lambda _: None, signer="other.pem")}
    assert verified(given, packed(both), *keys, folder=tmp_path)[0] == 0
    assert verified(given, packed(both), *keys[:2], folder=tmp_path)[0] == 1


@pytest.mark.parametrize(
    ("path", "change", "reason"),
    [
        (FINDINGS, lambda data: data.replace(b'"verdict": "fail"', b'"verdict": "pass"'), "verdict"),
        (FINDINGS, lambda data: data.replace(b'"error": 1', b'"error": 2'), "counts"),
        ("data/results/population.json", lambda data: data.replace(b'"failed": 1', b'"failed": 0'), "population"),
        ("data/results/decisions.jsonl", lambda data: data.replace(b'"open"', b'"waived"'), "decisions"),
        ("data/results/results.sarif", lambda data: data.replace(b'"ruleId": "own', b'"ruleId": "0wn'), "sarif"),
        ("data/results/junit.xml", lambda data: data.replace(b"error: ", b"fine: "), "junit"),
        ("data/oscal/poam.json", lambda data: data.replace(b'"poam-items"', b'"x-items"'), "oscal"),
        ("data/inputs/declarations/all.yaml", lambda data: data + b"# more\n", "inputs"),
        (FINDINGS, lambda _: b"[]", "results-form"),
        (
            FINDINGS,
            lambda data: data.replace(b'"verdict": ', b'"verdict": "pass", "verdict": '),
            "results-form",
        ),
        ("data/oscal/assessment-results.json", lambda data: data.replace(b"not-satisfied", b"satisfied"), "oscal"),
        ("data/run/provenance.json", lambda data: data.replace(AS_OF.encode(), b"2026-11-27"), "as-of"),
        ("data/run/provenance.json", lambda data: data.replace(b"embedded", b"opa"), "made-with"),
        ("data/policies/builtin/uts/main.rego", lambda data: data + b"# more\n", "policies"),
    ],
)  # fmt: skip
def test_formats_that_tell_differently_are_rejected_though_every_digest_fits(given, tmp_path, path, change, reason):
    changed = change(given.files[path])
    assert changed != given.files[path]
    bare = {name: data for name, data in given.files.items() if name != given.attestation}
    code, told = verified(given, packed(rehashed({**bare, path: changed})), folder=tmp_path)
    assert (code, told["integrity"]["outcome"], told["reconciliation"]["outcome"]) == (1, "ok", "rejected")
    assert reason in {each["id"] for each in told["reconciliation"]["reasons"]}


@pytest.mark.parametrize(
    ("path", "reason"),
    [("data/results/summary.txt", "unexpected-file"), ("data/policies/own/more.rego", "policies")],
)
def test_a_file_that_no_export_writes_is_rejected_though_the_manifest_lists_it(given, tmp_path, path, reason):
    bare = {name: data for name, data in given.files.items() if name != given.attestation}
    code, told = verified(given, packed(rehashed({**bare, path: b"x"})), folder=tmp_path)
    assert (code, [each["id"] for each in told["reconciliation"]["reasons"]]) == (1, [reason])


README = "data/README.txt"
PROVENANCE = "data/run/provenance.json"
EFFECTIVE = "data/config/effective.json"
RESULTS = "data/oscal/assessment-results.json"


@pytest.mark.parametrize(
    ("path", "change", "reason"),
    [
        ("data/report/index.html", (b"Fail", b"Pass"), "report"),
        ("data/report/report.xlsx", (b"fail", b"pass"), "report"),
        (README, (b"sha256sum", b"sha1sum"), "readme"),
        (README, (None, None), "missing-file"),
        ("data/report/index.html", (None, None), "missing-file"),
        ("data/oscal/catalog.json", (None, None), "missing-file"),
        ("data/config/uts-policy.yaml", (None, b"fail_on: never\n"), "unexpected-file"),
        ("data/config/baseline.yaml", (None, b"findings: []\n"), "unexpected-file"),
        (EFFECTIVE, (b'"config_file": null', b'"config_file": "uts-policy.yaml"'), "missing-file"),
        (EFFECTIVE, (b'"engine": "embedded"', b'"engine": "opa"'), "made-with"),
        (EFFECTIVE, (b'"passed_over": []', b'"passed_over": [], "more": 1'), "settings"),
        (EFFECTIVE, (b'"fail_on": "error"', b'"fail_on": "never"'), "results-form"),
        (EFFECTIVE, (b'"profile": "standard"', b'"profile": "starter"'), "results-form"),
        (PROVENANCE, (b"provenance/1", b"provenance/2"), "provenance"),
        (PROVENANCE, (b'"previous": null', b'"previous":null'), "provenance"),
        ("bag-info.txt", (b"Evidence of a check", b"Clean evidence of a check"), "bag-info"),
        ("data/schemas/declarations.schema.json", (b'"required"', b'"requires"'), "schemas"),
        ("data/schemas/x.schema.json", (None, b"{}"), "schemas"),
        ("data/schemas/declarations.schema.json", (None, None), "schemas"),
        (RESULTS, (b'"value": "fail"', b'"value": "pass"'), "oscal"),
        (RESULTS, (b'"not-satisfied"', b'"satisfied"'), "oscal"),
        ("data/oscal/poam.json", (b'"status": "open"', b'"status": "closed"'), "oscal"),
        ("data/results/results.sarif", (b'"level": "error"', b'"level": "note"'), "sarif"),
        ("data/results/results.sarif", (b'"verdict": "fail"', b'"verdict": "pass"'), "sarif"),
        ("data/results/junit.xml", (b'failures="1"', b'failures="0"'), "junit"),
        ("data/results/decisions.jsonl", (b'"fails":true', b'"fails":false'), "decisions"),
        ("data/results/decisions.jsonl", (b'"line":', b'"line":1'), "decisions"),
        ("data/results/population.json", (b'"found": 1', b'"found": 99'), "population"),
        (FINDINGS, (b'"end_line"', b'"end_line" '), "results-form"),
        (FINDINGS, (b'"evaluated": [', b'"evaluated": ["x/y",'), "results-form"),
        (FINDINGS, (b"is accountable", b"is answerable"), "sarif"),
    ],
)
def test_a_bag_whose_signer_tells_two_things_is_rejected(given, tmp_path, path, change, reason):
    old, new = change
    files = {name: data for name, data in given.files.items() if name != given.attestation}
    if old is not None:
        assert old in files[path]
        files[path] = files[path].replace(old, new)
    elif new is None:
        del files[path]
    else:
        files[path] = new
    code, told = verified(given, packed(rehashed(files)), folder=tmp_path)
    part = "time" if reason == "provenance" else "reconciliation"
    assert (code, told["integrity"]["outcome"]) == (1, "ok")
    assert reason in {each["id"] for each in told[part]["reasons"]}


@pytest.mark.parametrize("time", ["2026-11-23 or so", "yesterday", "2026-11-23T25:00:00Z", "2023-11-13T22:13:20Z", ""])
def test_what_is_no_time_or_an_end_before_the_beginning_is_rejected(tmp_path, time):
    declare(tmp_path, FAULTY)
    assert export(tmp_path, SOURCE_DATE_EPOCH="1700000000").returncode == 1
    with zipfile.ZipFile(tmp_path / "bag.zip") as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    finished = b'"finished": "2023-11-14T22:13:20Z"'
    assert finished in files[PROVENANCE]
    files[PROVENANCE] = files[PROVENANCE].replace(finished, f'"finished": "{time}"'.encode())
    (tmp_path / "bag.zip").write_bytes(packed(rehashed(files)))
    done = run("evidence", "verify", "bag.zip", "--format", "json", cwd=tmp_path)
    assert (done.returncode, [each["id"] for each in json.loads(done.stdout)["time"]["reasons"]]) == (1, ["provenance"])


def test_formats_of_another_version_are_compared_by_their_totals_and_that_is_a_warning(given, tmp_path):
    files = {name: data for name, data in given.files.items() if name != given.attestation}
    for path in (FINDINGS, PROVENANCE, "bag-info.txt"):
        files[path] = files[path].replace(b"0.1.0", b"0.0.9")
    code, told = verified(given, packed(rehashed(files)), folder=tmp_path)
    assert (code, told["result"], told["reconciliation"]["outcome"]) == (0, "integrity only", "warning")
    [reason] = told["reconciliation"]["reasons"]
    assert (reason["id"], "version 0.0.9" in reason["message"]) == ("other-version", True)


def test_the_bag_before_has_to_have_the_name_that_is_stated(tmp_path):
    declare(tmp_path, FAULTY)
    assert export(tmp_path, out="before.zip").returncode == 1
    assert export(tmp_path, "--previous", "before.zip").returncode == 1
    done = run("evidence", "verify", "bag.zip", "--previous", "before.zip", "--format", "json", cwd=tmp_path)
    assert json.loads(done.stdout)["time"]["facts"]["chain"] == "held against the bag before"
    with zipfile.ZipFile(tmp_path / "bag.zip") as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    files[PROVENANCE] = files[PROVENANCE].replace(b'"bag": "uts', b'"bag": "our')
    (tmp_path / "bag.zip").write_bytes(packed(rehashed(files)))
    done = run("evidence", "verify", "bag.zip", "--previous", "before.zip", "--format", "json", cwd=tmp_path)
    assert [each["id"] for each in json.loads(done.stdout)["time"]["reasons"]] == ["chain"]


def test_a_check_for_another_day_than_that_of_its_run_is_a_warning(tmp_path):
    declare(tmp_path, FAULTY)
    assert export(tmp_path, SOURCE_DATE_EPOCH="1700000000").returncode == 1
    done = run("evidence", "verify", "bag.zip", cwd=tmp_path)
    assert done.returncode == 0
    assert f"as of {AS_OF}, and run on 2023-11-14" in " ".join(done.stdout.decode().split())


def test_a_chain_is_followed_and_a_broken_one_is_rejected(tmp_path):
    declare(tmp_path, FAULTY)
    export(tmp_path, out="first.zip")
    export(tmp_path, "--previous", "first.zip", out="second.zip")
    export(tmp_path, "--previous", "second.zip", out="third.zip")
    assert run("evidence", "verify", "third.zip", "--previous", "second.zip", cwd=tmp_path).returncode == 0
    done = run("evidence", "verify", "third.zip", "--previous", "first.zip", cwd=tmp_path)
    assert (done.returncode, b"chain: " in done.stdout) == (1, True)


def test_what_was_rejected_says_so_last_and_in_words(given, tmp_path):
    file = tmp_path / "t.zip"
    file.write_bytes(edited(FINDINGS, b"{}")(given))
    done = run("evidence", "verify", file, "--key", given.folder / "signer.pub.pem", cwd=tmp_path)
    text = done.stdout.decode()
    assert "integrity: REJECTED: the bag is not whole" in text
    assert f"file-altered: {FINDINGS}:" in text
    assert "signer: not checked" in text
    assert text.endswith("REJECTED: do not rely on this bag.\n")


def test_the_guide_lists_every_reason_that_the_code_can_give():
    code = "".join(
        path.read_text()
        for folder in ("evidence", "pipeline")
        for path in (ROOT / "checker" / "uts_policy" / folder).glob("*.py")
    )
    found = re.findall(r'(?:Reason\(\s*id=|(?:Layout|Envelope)Error\(\s*)"([a-z0-9-]+)"', code)
    found += [
        reason
        for table in re.findall(r"_(?:REASONS|FOLDERS) = (\{.*?\n?\})", code, re.DOTALL)
        for reason in re.findall(r': "([a-z-]+)"', table)
    ]
    listed = (ROOT / "docs" / "evidence.md").read_text()
    assert len(set(found)) > 40
    assert [each for each in sorted(set(found)) if f"`{each}`" not in listed] == []


def test_where_the_engine_does_not_run_a_bag_is_held_to_its_totals_and_not_rejected(given, tmp_path):
    (tmp_path / "regorus").mkdir()
    (tmp_path / "regorus" / "__init__.py").write_text("raise ImportError('not on this machine')\n")
    done = run(
        "evidence", "verify", "bag.zip", "--key", "signer.pub.pem", "--format", "json",
        cwd=given.folder, PYTHONPATH=str(tmp_path),
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert (done.returncode, told["result"], told["reconciliation"]["outcome"]) == (0, "verified", "warning")
    [reason] = told["reconciliation"]["reasons"]
    assert (reason["id"], "does not run on this system" in reason["message"]) == ("not-made", True)


def test_a_bag_that_would_take_gigabytes_to_make_again_is_held_to_its_totals(given, tmp_path):
    files = {name: data for name, data in given.files.items() if name != given.attestation}
    name = "data/inputs/declarations/all.yaml"
    old, new = files[name], files[name] + b"# more\n" * (20 << 20)
    report = json.loads(files[FINDINGS])
    report["files"][0]["sha256"] = hashlib.sha256(new).hexdigest()
    listed = f"{hashlib.sha256(new).hexdigest()}  declarations/all.yaml\n"
    before, after = report["digests"]["inputs"], hashlib.sha256(listed.encode()).hexdigest()
    assert hashlib.sha256(f"{hashlib.sha256(old).hexdigest()}  declarations/all.yaml\n".encode()).hexdigest() == before
    report["digests"]["inputs"] = after
    files |= {name: new, FINDINGS: (json.dumps(report, indent=2) + "\n").encode()}
    code, told = verified(given, packed(rehashed(files)), folder=tmp_path)
    assert (code, [each["id"] for each in told["reconciliation"]["reasons"]]) == (0, ["too-large"])


def test_a_file_that_is_too_large_to_be_compared_is_a_warning_and_no_rejection(given, tmp_path):
    files = {name: data for name, data in given.files.items() if name != given.attestation}
    path = "data/oscal/poam.json"
    files[path] = files[path].rstrip() + b" " * (512 << 20) + b"\n"
    code, told = verified(given, packed(rehashed(files)), folder=tmp_path)
    part = told["reconciliation"]
    assert (code, part["outcome"], [(each["id"], each["path"]) for each in part["reasons"]]) == (
        0, "warning", [("too-large", path)],
    )  # fmt: skip
