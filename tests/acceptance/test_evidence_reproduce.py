"""`evidence reproduce`: from the bag alone, byte for byte; a stranger's rules do no harm."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.bag import NAME, export, key
from tests.acceptance.command import AS_OF, BROKEN, COMMAND, FAULTY, SOUND, declare, environment, policy, run
from tests.acceptance.tampering import packed, rehashed
from tests.conftest import ROOT
from uts_policy.schema.faults import faults

FINDINGS = "data/results/findings.json"


def seeded(folder: Path) -> list[object]:
    shutil.copytree(ROOT / "examples" / "seeded", folder / "declarations")
    return ["--profile", "strict", "--rule", "*", "--no-rule", "privacy/*"]


def configured(folder: Path) -> list[object]:
    declare(folder, FAULTY)
    (folder / "uts-policy.yaml").write_text(
        "levels: {ownership/unassigned: warning}\nfail_on: warning\nprofile: strict\n"
    )
    return []


def listed(folder: Path) -> list[object]:
    declare(folder, FAULTY)
    assert run("baseline", "create", "--reason", "Before", "--as-of", AS_OF, cwd=folder).returncode == 0
    return ["--baseline", "uts-policy-baseline.yaml"]


def fixed(folder: Path) -> list[object]:
    """A baseline of which an entry is found no more: a finding in the baseline itself."""
    arguments = listed(folder)
    declare(folder, SOUND)
    return arguments


def waived(folder: Path) -> list[object]:
    waiver = {"id": "w", "rule": "ownership/unassigned", "subject": "responsibilities/lead", "reason": "New post",
              "approved_by": "director", "approved_on": "2026-11-01", "expires": "2026-12-31"}  # fmt: skip
    declare(folder, FAULTY + f"waivers: [{json.dumps(waiver)}]\n")
    (folder / "uts-policy.yaml").write_text(
        "# ours\nlevels: {'waivers/*': note}\nrequire: [ownership]\nexclude: [old/]\n"
    )
    (folder / "declarations" / "old").mkdir()
    (folder / "declarations" / "old" / "x.yaml").write_text("roles: []\n")
    return ["--fail-on", "never", "--no-rule", "training/*"]


def unreadable(folder: Path) -> list[object]:
    declare(folder, FAULTY)
    (folder / "declarations" / "dangling.yaml").symlink_to("nowhere.yaml")
    (folder / "declarations" / "empty.yaml").write_text("")
    return []


def invalid(folder: Path) -> list[object]:
    declare(folder, BROKEN)
    return []


def own(folder: Path) -> list[object]:
    declare(folder, FAULTY)
    body = 'findings contains {"path": ["roles", id], "message": "seen"} if some id, _ in input.roles'
    return ["--policies", policy(folder, "ours/seen", body)]


def odd_names(folder: Path) -> list[object]:
    declare(folder, FAULTY, "päth with spaces.yaml")
    (folder / "declarations" / ".hidden").mkdir()
    (folder / "declarations" / ".hidden" / "x.yaml").write_text("roles: []\n")
    outside = folder.parent / "outside.yaml"
    outside.write_text("vectors: []\n")
    return ["declarations", outside]


CASES: dict[str, Callable[[Path], list[object]]] = {
    "seeded": seeded, "configured": configured, "listed": listed, "fixed": fixed, "waived": waived,
    "unreadable": unreadable, "invalid": invalid, "own": own, "odd_names": odd_names,
}  # fmt: skip


def files_of(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def reproduced(file: Path, folder: Path, *arguments: object, **changes: str) -> tuple[int, dict]:
    done = run("evidence", "reproduce", file, "--format", "json", *arguments, cwd=folder, **changes)
    told = json.loads(done.stdout)
    assert (done.stderr, faults(told["schema"].split("/")[1], told)) == (b"", ())
    return done.returncode, told


@pytest.mark.parametrize("case", CASES)
def test_the_check_comes_out_the_same_from_the_bag_alone(tmp_path, case):
    folder, elsewhere = tmp_path / "there", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    assert export(folder, *CASES[case](folder), "--sign-key", key(folder)).returncode in (0, 1)
    bag = elsewhere / "bag.zip"
    bag.write_bytes((folder / "bag.zip").read_bytes())
    shutil.rmtree(folder)
    changes = environment(HOME=str(elsewhere), TZ="Pacific/Kiritimati", LC_ALL="C", LANG="C", PYTHONHASHSEED="7")
    done = subprocess.run(
        ["sh", "-c", f"umask 077 && exec {COMMAND} evidence reproduce bag.zip --format json"],
        cwd=elsewhere, env=changes, capture_output=True, check=False,
    )  # fmt: skip
    assert done.stderr == b""
    told = json.loads(done.stdout)
    assert (done.returncode, told["outcome"], told["differences"]) == (0, "same", [])
    assert told["compared"] >= 13
    assert [path.name for path in elsewhere.iterdir()] == ["bag.zip"]


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    declare(tmp_path, FAULTY)
    assert export(tmp_path).returncode == 1
    return tmp_path / "bag.zip"


def test_a_result_that_was_changed_and_hashed_again_fails_with_the_place(bag, tmp_path):
    files = files_of(bag)
    report = files[FINDINGS].replace(b"nobody is accountable", b"somebody is accountable")
    bag.write_bytes(packed(rehashed({**files, FINDINGS: report})))
    code, told = reproduced(bag, tmp_path)
    assert (code, told["outcome"]) == (1, "failed")
    assert [each["path"] for each in told["differences"]] == [FINDINGS]
    assert "somebody is accountable" in told["differences"][0]["how"]


def test_an_input_that_was_changed_and_hashed_again_fails(bag, tmp_path):
    files = files_of(bag)
    name = "data/inputs/declarations/all.yaml"
    bag.write_bytes(packed(rehashed({**files, name: files[name].replace(b"Lead the agency", b"Lead the office")})))
    code, told = reproduced(bag, tmp_path)
    assert (code, told["outcome"]) == (1, "failed")
    assert FINDINGS in {each["path"] for each in told["differences"]}


def test_a_result_that_is_missing_or_more_than_there_should_be_fails(bag, tmp_path):
    files = files_of(bag)
    del files["data/results/junit.xml"]
    files["data/results/more.json"] = b"{}"
    bag.write_bytes(packed(rehashed(files)))
    code, told = reproduced(bag, tmp_path)
    assert (code, {each["path"] for each in told["differences"]}) == (
        1,
        {"data/results/junit.xml", "data/results/more.json"},
    )


@pytest.mark.parametrize("path", ["data/report/index.html", "data/report/report.xlsx"])
def test_a_report_for_people_that_says_something_else_fails(bag, tmp_path, path):
    files = files_of(bag)
    assert b"fail" in files[path]
    bag.write_bytes(packed(rehashed({**files, path: files[path].replace(b"fail", b"pass")})))
    code, told = reproduced(bag, tmp_path)
    assert (code, told["outcome"], [each["path"] for each in told["differences"]]) == (1, "failed", [path])


def made_with(files: dict[str, bytes], **versions: str) -> dict[str, bytes]:
    provenance = json.loads(files["data/run/provenance.json"])
    provenance["report_made_with"] |= versions
    return {**files, "data/run/provenance.json": json.dumps(provenance, indent=2).encode() + b"\n"}


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("data/report/index.html", lambda page: page.replace(b"<td>", b"<td\n>").replace(b"<p>", b"  <p>\n")),
        (
            "data/report/report.xlsx",
            lambda book: book.replace(b">Microsoft Excel<", b">Microsoft Other<"),
        ),
    ],
)
def test_a_report_that_another_library_drew_has_to_have_the_same_contents(bag, tmp_path, path, change):
    files = files_of(bag)
    drawn = made_with(files, xlsxwriter="3.0.0")
    assert files[path] != change(files[path])
    bag.write_bytes(packed(rehashed({**drawn, path: change(files[path])})))
    assert (reproduced(bag, tmp_path)[1]["outcome"]) == "same"
    for old, new in ((b"fail", b"pass"), (b"Nobody", b"Anybody")):
        changed = change(files[path]).replace(old, new)
        bag.write_bytes(packed(rehashed({**drawn, path: changed})))
        code, told = reproduced(bag, tmp_path)
        same = changed == change(files[path])
        assert (code, [each["path"] for each in told["differences"]]) == ((0, []) if same else (1, [path]))


@pytest.mark.parametrize("path", ["data/report/index.html", "data/report/report.xlsx"])
def test_what_is_no_page_and_no_workbook_is_not_the_same_whoever_drew_it(bag, tmp_path, path):
    drawn = made_with(files_of(bag), jinja2="2.0")
    bag.write_bytes(packed(rehashed({**drawn, path: b"PK\x03\x04 <html>"})))
    code, told = reproduced(bag, tmp_path)
    assert (code, [each["path"] for each in told["differences"]]) == (1, [path])


def test_a_bag_that_is_not_whole_is_not_run(bag, tmp_path):
    bag.write_bytes(packed({**files_of(bag), FINDINGS: b"{}"}))
    code, told = reproduced(bag, tmp_path)
    assert (code, told["result"], told["integrity"]["reasons"][0]["id"]) == (1, "rejected", "file-altered")


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (b'"version": "0.1.0"', b'"version": "0.0.9"', "made with version 0.0.9 of uts-policy"),
        (b'"name": "embedded"', b'"name": "opa"', 'made with the engine "opa"'),
    ],
)
def test_another_version_is_not_comparable_which_is_not_failed(bag, tmp_path, before, after, why):
    files = files_of(bag)
    assert before in files[FINDINGS]
    bag.write_bytes(packed(rehashed({**files, FINDINGS: files[FINDINGS].replace(before, after, 1)})))
    code, told = reproduced(bag, tmp_path)
    assert (code, told["outcome"]) == (3, "not comparable")
    assert why in told["why"]


def test_other_schemas_are_not_comparable(bag, tmp_path):
    files = files_of(bag)
    name = "data/schemas/declarations.schema.json"
    bag.write_bytes(packed(rehashed({**files, name: files[name] + b"\n"})))
    assert reproduced(bag, tmp_path)[1]["why"] == "the schemas in the bag are not those of this installation"


RULE = "data/policies/builtin/uts/rules/ownership/unassigned.rego"
SLOW = """
findings contains {"path": ["roles", "x"], "message": "slow"} if {
	many := numbers.range(1, 3000)
	count([1 | some a in many; some b in many; some c in many; a + b + c == 0]) > 0
}
"""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ('\nleak := http.send({"method": "get", "url": "http://localhost:9/"})\n', b"http.send"),
        ("\nleak := opa.runtime().env\n", b"opa.runtime"),
        ("\nleak := time.now_ns()\n", b"time.now_ns"),
        ("\nthis is no Rego\n", b"unassigned.rego"),
    ],
)
def test_a_strangers_rule_that_may_do_harm_or_never_ends_is_no_verdict(bag, tmp_path, code, words):
    files = files_of(bag)
    bag.write_bytes(packed(rehashed({**files, RULE: files[RULE] + code.encode()})))
    done = run("evidence", "reproduce", bag, "--timeout", "5", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, b"")
    assert words in done.stderr


def test_a_rule_of_the_users_that_never_ends_is_stopped_and_is_no_verdict(tmp_path):
    assert export(tmp_path, *own(tmp_path)).returncode == 1
    bag = tmp_path / "bag.zip"
    files = files_of(bag)
    rule = next(path for path in files if path.endswith("ours/seen.rego"))
    bag.write_bytes(packed(rehashed({**files, rule: files[rule] + SLOW.encode()})))
    done = run("evidence", "reproduce", bag, "--timeout", "5", cwd=tmp_path)
    assert (done.returncode, done.stdout, b"took longer than 5 s" in done.stderr) == (3, b"", True)


def test_another_rule_in_the_name_of_a_built_in_one_is_not_comparable(bag, tmp_path):
    files = files_of(bag)
    bag.write_bytes(packed(rehashed({**files, RULE: files[RULE].replace(b"findings contains", b"found contains")})))
    code, told = reproduced(bag, tmp_path)
    assert (code, told["outcome"]) == (3, "not comparable")
    assert "the first is uts/rules/ownership/unassigned.rego" in told["why"]


def test_what_is_told_to_a_person_ends_with_the_outcome(bag, tmp_path):
    text = run("evidence", "reproduce", bag, cwd=tmp_path).stdout.decode()
    assert text.startswith(f"{bag}\n")
    assert text.endswith(" files again, byte for byte.\n")
    assert NAME not in text


def test_settings_in_a_bag_that_mean_nothing_are_no_verdict_and_no_fault_of_the_command_line(bag, tmp_path):
    files = files_of(bag)
    name = "data/config/effective.json"
    assert b'"exclude": []' in files[name]
    bag.write_bytes(packed(rehashed({**files, name: files[name].replace(b'"exclude": []', b'"exclude": ["x"]')})))
    done = run("evidence", "reproduce", bag, cwd=tmp_path)
    assert (done.returncode, done.stdout, name.encode() in done.stderr) == (3, b"", True)
