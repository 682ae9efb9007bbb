"""The baseline: what was there before does not count, grows only with a reason, and does not come back unseen."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.acceptance.command import AS_OF, BROKEN, FAULTY, SOUND, declare, run
from uts_policy.judge.identity import of_violation

LIST = "uts-policy-baseline.yaml"
LEAD = of_violation("ownership/unassigned", "responsibilities/lead", "")
IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.org")
SECOND = "  - {id: report, statement: Report to the board, responsible: director}\n"


def baseline(folder: Path, *arguments: object) -> tuple[int, str, str]:
    """One `uts-policy baseline`: exit code, output, errors."""
    done = run("baseline", *arguments, "--as-of", AS_OF, cwd=folder)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def check(folder: Path, *arguments: object) -> tuple[int, list[tuple[str, str]]]:
    """A check's exit code, and entry and status of each finding."""
    done = run("check", *arguments, "--as-of", AS_OF, "--format", "json", cwd=folder)
    report = json.loads(done.stdout)
    return done.returncode, [(each["entry"], each["status"]) for each in report["findings"]]


@pytest.fixture
def adopted(tmp_path: Path) -> Path:
    """A directory with one error, and a baseline that knows it."""
    declare(tmp_path, FAULTY)
    assert baseline(tmp_path, "create", "--reason", "There before the check was")[0] == 0
    return tmp_path


def test_a_first_list_holds_every_finding_and_can_be_read_by_people(tmp_path):
    declare(tmp_path, FAULTY)
    assert baseline(tmp_path, "create", "--reason", "There before\nthe check was") == (
        0,
        f"{LIST}: 1 finding added, 1 in all.\n",
        "",
    )
    text = (tmp_path / LIST).read_text(encoding="utf-8")
    head, rest = text.split("findings:\n")
    assert head.splitlines()[-2:] == ["schema: uts-policy/baseline/1", 'paths: ["declarations"]']
    lines = rest.splitlines()
    day = lines.pop()
    assert day.startswith('    accepted: "20')
    assert lines == [
        f'  - id: "{LEAD}"',
        '    rule: "ownership/unassigned"',
        '    entry: "responsibilities/lead"',
        '    message: "nobody is accountable for \\"lead\\" (Lead the agency)"',
        '    file: "declarations/all.yaml"',
        '    reason: "There before\\nthe check was"',
    ]


def test_what_the_list_knows_does_not_count_and_anything_else_does(adopted):
    assert check(adopted) == (1, [("responsibilities/lead", "new")])
    assert check(adopted, "--baseline", LIST) == (0, [("responsibilities/lead", "known")])
    declare(adopted, FAULTY + SECOND)
    assert check(adopted, "--baseline", LIST) == (
        1,
        [("responsibilities/lead", "known"), ("responsibilities/report", "new")],
    )


def test_the_configuration_may_name_the_list_even_among_the_declarations(adopted):
    (adopted / LIST).rename(adopted / "declarations/known [1].yaml")
    (adopted / "uts-policy.yaml").write_text("baseline: declarations/known [1].yaml\n")
    assert check(adopted) == (0, [("responsibilities/lead", "known")])
    assert baseline(adopted, "status")[0] == 0
    (adopted / "declarations/known [1].yaml").unlink()
    assert run("check", cwd=adopted).returncode == 2
    assert baseline(adopted, "create", "--reason", "Again")[0] == 0
    assert check(adopted) == (0, [("responsibilities/lead", "known")])


def test_a_list_that_is_there_is_never_made_anew(adopted):
    before = (adopted / LIST).read_bytes()
    declare(adopted, FAULTY + SECOND)
    code, output, errors = baseline(adopted, "create", "--reason", "All of it")
    assert (code, output) == (2, "")
    assert "a baseline does not grow by itself" in errors
    assert (adopted / LIST).read_bytes() == before


def test_a_list_grows_by_what_is_accepted_for_a_reason(adopted):
    declare(adopted, FAULTY + SECOND)
    _, output, _ = baseline(adopted, "status")
    assert "1 known finding; 1 still there, 0 fixed, 0 not judged." in output
    (identity,) = (line.split()[0] for line in output.splitlines() if line.endswith("responsibilities/report"))
    assert baseline(adopted, "create", "--accept", identity)[0] == 2
    assert baseline(adopted, "create", "--accept", identity, "--reason", " ")[0] == 2
    assert baseline(adopted, "create", "--accept", identity, "--reason", "Until the move")[0] == 0
    assert check(adopted, "--baseline", LIST)[0] == 0
    text = (adopted / LIST).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if "reason" in line and not line.startswith("#")] == [
        '    reason: "There before the check was"',
        '    reason: "Until the move"',
    ]


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("1:00000000000000000000000000000000", "no finding that counts has the id"),
        ("nonsense", "no finding that counts has the id"),
        (LEAD, "is in the baseline already"),
    ],
)
def test_an_id_that_no_new_finding_has_is_refused(adopted, identity, words):
    before = (adopted / LIST).read_bytes()
    code, output, errors = baseline(adopted, "create", "--accept", identity, "--reason", "Why not")
    assert (code, output) == (2, "")
    assert words in errors
    assert (adopted / LIST).read_bytes() == before


def test_what_is_fixed_is_a_warning_until_it_is_pruned_and_is_new_when_it_returns(adopted):
    declare(adopted, SOUND)
    assert check(adopted, "--baseline", LIST) == (0, [("responsibilities/lead", "new")])
    assert check(adopted, "--baseline", LIST, "--fail-on", "warning") == (1, [("responsibilities/lead", "new")])
    said = run("check", "--baseline", LIST, "--as-of", AS_OF, cwd=adopted).stdout.decode()
    assert f"{LIST}" in said
    assert "baseline/fixed" in said
    assert '"ownership/unassigned" on "responsibilities/lead" is fixed' in " ".join(said.split())
    assert "uts-policy baseline prune" in " ".join(said.split())
    assert f'  - id: "{LEAD}"' in said
    code, output, _ = baseline(adopted, "status")
    assert code == 1
    assert "0 still there, 1 fixed, 0 not judged" in output
    assert baseline(adopted, "prune") == (0, f"{LIST}: 1 finding pruned, 0 left.\n", "")
    assert baseline(adopted, "status")[0] == 0
    assert check(adopted, "--baseline", LIST) == (0, [])
    declare(adopted, FAULTY)
    assert check(adopted, "--baseline", LIST) == (1, [("responsibilities/lead", "new")])


def test_a_fixed_entry_weighs_no_more_than_what_it_lets_through(adopted):
    declare(adopted, SOUND)
    (adopted / "uts-policy.yaml").write_text("levels: {baseline/fixed: error}\n")
    assert check(adopted, "--baseline", LIST) == (1, [("responsibilities/lead", "new")])
    (adopted / "uts-policy.yaml").write_text("levels: {baseline/fixed: error, ownership/unassigned: warning}\n")
    assert check(adopted, "--baseline", LIST) == (0, [("responsibilities/lead", "new")])
    assert check(adopted, "--baseline", LIST, "--fail-on", "warning")[0] == 1
    (adopted / "uts-policy.yaml").write_text("levels: {baseline/fixed: note}\n")
    assert check(adopted, "--baseline", LIST, "--fail-on", "warning")[0] == 0
    (adopted / "uts-policy.yaml").write_text("levels: {baseline/fixed: off}\n")
    assert check(adopted, "--baseline", LIST) == (0, [])


def test_a_list_cannot_take_in_that_it_is_stale(adopted):
    declare(adopted, SOUND)
    report = json.loads(run("check", "--baseline", LIST, "--format", "json", "--as-of", AS_OF, cwd=adopted).stdout)
    (identity,) = (each["id"] for each in report["findings"])
    code, _, errors = baseline(adopted, "create", "--accept", identity, "--reason", "Later")
    assert (code, "no finding that counts has the id" in errors) == (2, True)


def test_a_defect_that_was_fixed_and_never_pruned_is_new_to_the_change_that_brings_it_back(adopted):
    def commit(message: str) -> None:
        for arguments in (["add", "-A"], ["commit", "-qm", message]):
            subprocess.run(["git", *IDENTITY, *arguments], cwd=adopted, check=True)

    subprocess.run(["git", "init", "-qb", "main"], cwd=adopted, check=True)
    commit("There before the check was")
    since = ("--baseline", LIST, "--since", "main")
    subprocess.run(["git", "switch", "-qc", "repair"], cwd=adopted, check=True)
    declare(adopted, SOUND)
    assert check(adopted, *since) == (0, [("responsibilities/lead", "new")])
    assert check(adopted, *since, "--fail-on", "warning") == (1, [("responsibilities/lead", "new")])
    commit("Repaired; the list was forgotten")
    subprocess.run(["git", "branch", "-qf", "main"], cwd=adopted, check=True)
    assert check(adopted, *since) == (0, [("responsibilities/lead", "known")])
    declare(adopted, FAULTY)
    assert check(adopted, *since) == (1, [("responsibilities/lead", "new")])


def test_what_was_not_judged_is_neither_fixed_nor_pruned(adopted):
    before = (adopted / LIST).read_bytes()
    declare(adopted, SOUND)
    code, output, _ = baseline(adopted, "status", "--rule", "reference/*")
    assert (code, "0 still there, 0 fixed, 1 not judged" in output) == (0, True)
    assert baseline(adopted, "prune", "--rule", "reference/*")[0] == 0
    assert (adopted / LIST).read_bytes() == before


DUTY = "responsibilities:" + FAULTY.partition("responsibilities:")[2]
UNREAD = "1 entry of the baseline not judged: a part of what it was made of was not read."


def unread(folder: Path, *paths: str) -> None:
    """What the list names and this run does not read is neither fixed nor pruned, and that is said."""
    before = (folder / LIST).read_bytes()
    assert check(folder, *paths, "--baseline", LIST, "--fail-on", "note") == (0, [])
    said = run("check", *paths, "--baseline", LIST, "--as-of", AS_OF, cwd=folder).stdout.decode()
    assert UNREAD in " ".join(said.split())
    code, output, _ = baseline(folder, "status", *paths)
    assert (code, "0 still there, 0 fixed, 1 not judged" in output) == (0, True)
    assert "Not judged: a part of what the list was made of was not read:" in output
    assert baseline(folder, "prune", *paths) == (0, f"{LIST}: 0 findings pruned, 1 left.\n", "")
    assert (folder / LIST).read_bytes() == before


def pruned(folder: Path, *paths: str) -> None:
    assert baseline(folder, "prune", *paths)[1] == f"{LIST}: 1 finding pruned, 0 left.\n"


@pytest.mark.parametrize("noted", ["paths and files", "neither"])
def test_a_part_of_the_paths_says_nothing_of_the_rest(adopted: Path, noted: str) -> None:
    declare(adopted, SOUND.replace("lead", "other"), "all.yaml")
    declare(adopted, DUTY, "duties.yaml")
    if noted == "neither":  # a list of the first release noted neither paths nor files
        text = (adopted / LIST).read_text(encoding="utf-8")
        (adopted / LIST).write_text(re.sub(r"(?m)^(paths| +file): .*\n", "", text))
    unread(adopted, "declarations/all.yaml")
    assert check(adopted, "--baseline", LIST) == (0, [("responsibilities/lead", "known")])
    (adopted / "declarations" / "duties.yaml").unlink()
    pruned(adopted)


def test_what_one_file_alone_does_not_show_is_not_fixed_though_its_file_was_read(tmp_path: Path) -> None:
    declare(tmp_path, SOUND)
    more = "assignments: [{id: a-1, responsibility: lead, code: A, role: director}]\n"
    declare(
        tmp_path,
        f"{more}roles: [{{id: second, title: Second, unit: agency}}]\n".replace("director", "second"),
        "b.yaml",
    )
    assert "1 finding added" in baseline(tmp_path, "create", "--reason", "x", "--rule", "ownership/*")[1]
    unread(tmp_path, "declarations/all.yaml")


def test_a_file_that_is_there_and_is_not_read_any_more_is_not_fixed(adopted: Path) -> None:
    declare(adopted, SOUND.replace("lead", "other"), "units.yaml")
    declare(adopted, DUTY)
    (adopted / "uts-policy.yaml").write_text("exclude: [all.yaml]\n")
    unread(adopted)
    (adopted / "declarations" / "all.yaml").unlink()
    pruned(adopted)


def test_what_a_sparse_checkout_leaves_out_is_not_fixed(adopted: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(["git", *IDENTITY, *arguments], cwd=adopted, check=True, capture_output=True)

    folder = adopted / "declarations"
    for name, text in (
        ("a", SOUND.replace("lead", "other")),
        ("b", DUTY),
    ):
        (folder / name).mkdir()
        (folder / name / "x.yaml").write_text(text)
    (folder / "all.yaml").unlink()
    git("init", "-qb", "main")
    git("add", "-A")
    git("commit", "-qm", "all")
    git("sparse-checkout", "init", "--cone")
    git("sparse-checkout", "set", "declarations/a")
    assert not (folder / "b").exists()
    unread(adopted)
    unread(adopted, "declarations/a")
    git("sparse-checkout", "disable")
    git("rm", "-q", "declarations/b/x.yaml")
    pruned(adopted)


def test_a_list_of_one_directory_is_pruned_by_a_run_on_that_directory(tmp_path: Path) -> None:
    (tmp_path / "north").mkdir()
    declare(tmp_path, SOUND)
    (tmp_path / "north" / "a.yaml").write_text(FAULTY)
    assert baseline(tmp_path, "create", "north", "--reason", "x")[0] == 0
    (tmp_path / "north" / "a.yaml").write_text(SOUND)
    pruned(tmp_path, "north")


def test_pruning_and_writing_again_changes_no_byte(adopted):
    before = (adopted / LIST).read_bytes()
    assert baseline(adopted, "prune")[0] == 0
    assert (adopted / LIST).read_bytes() == before


@pytest.mark.parametrize("arguments", [("create", "--reason", "x"), ("prune",), ("status",)])
def test_invalid_declarations_have_no_findings_that_a_list_could_hold(adopted, arguments):
    before = (adopted / LIST).read_bytes()
    declare(adopted, BROKEN)
    code, output, errors = baseline(adopted, *arguments)
    assert (code, output) == (1, "")
    assert "yaml/syntax" in errors
    assert (adopted / LIST).read_bytes() == before


def test_what_is_invalid_is_never_known(adopted):
    declare(adopted, BROKEN)
    assert check(adopted, "--baseline", LIST)[0] == 1


@pytest.mark.parametrize("arguments", [("prune",), ("status",)])
def test_without_a_list_there_is_nothing_to_prune_or_show(tmp_path, arguments):
    declare(tmp_path, FAULTY)
    code, output, errors = baseline(tmp_path, *arguments)
    assert (code, output) == (2, "")
    assert "there is no baseline" in errors


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("findings: [\n", ":1:"),
        ("findings: []\n", ":1:1: "),
        (
            "schema: uts-policy/baseline/2\nfindings: []\n",
            ':1:9: "schema" is "uts-policy/baseline/2", and has to be "uts-policy/baseline/1"',
        ),
        ("schema: uts-policy/baseline/1\nfindings: [{id: '1:12'}]\n", ":2:17: "),
        ("schema: uts-policy/baseline/1\nfindings: []\n---\n{}\n", ":4:1: a second document"),
    ],
)
def test_a_list_that_is_malformed_is_refused_with_its_place(adopted, text, words):
    (adopted / LIST).write_text(text)
    done = run("check", "--baseline", LIST, cwd=adopted)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{LIST}{words}" in done.stderr.decode()


def test_a_finding_that_is_listed_twice_is_refused(adopted):
    text = (adopted / LIST).read_text(encoding="utf-8")
    head, entry = text.split("findings:\n")
    (adopted / LIST).write_text(f"{head}findings:\n{entry}{entry}", encoding="utf-8")
    done = run("check", "--baseline", LIST, cwd=adopted)
    assert done.returncode == 2
    assert f"{LIST}:13:9: this finding stands in line 6 already" in done.stderr.decode()


def test_what_a_waiver_hides_needs_no_place_in_the_list(tmp_path):
    declare(tmp_path, FAULTY)
    declare(
        tmp_path,
        "waivers:\n  - {id: w, rule: ownership/unassigned, subject: responsibilities/lead, reason: Agreed,\n"
        "     approved_by: director, approved_on: 2026-11-01, expires: 2026-12-31}\n",
        "waivers.yaml",
    )
    code, output, _ = baseline(tmp_path, "create", "--reason", "Start", "--no-rule", "waivers/*")
    assert (code, output) == (0, f"{LIST}: 0 findings added, 0 in all.\n")
    assert (tmp_path / LIST).read_text(encoding="utf-8").endswith("findings: []\n")
