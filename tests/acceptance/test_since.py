"""`check --since`: on real repositories of every shape, a change is told what it brings, and nothing else."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.acceptance.command import BROKEN, FAULTY, SOUND, run
from tests.acceptance.repository import Repository, make

FILE = "declarations/all.yaml"
UNASSIGNED = ("ownership/unassigned", "responsibilities/lead")
PEOPLE = "people:\n  - {id: p-1}\n"
UNITS = "units:\n  - {id: agency, name: Agency}\n"
SECOND = "  - {id: report, statement: Report to the board, responsible: director}\n"
REPORT = ("ownership/unassigned", "responsibilities/report")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one known error, on a branch of its own."""
    made = make(tmp_path / "repository", **{FILE: FAULTY})
    made.branch()
    return made


def test_what_was_there_before_is_known_and_does_not_count(repository):
    outcome = repository.check()
    assert (outcome.exit, outcome.new, outcome.known) == (0, set(), {UNASSIGNED})
    assert outcome.report["counts"] == {"error": 0, "warning": 0, "note": 0, "waived": 0, "known": 1}


def test_a_new_defect_is_just_that(repository):
    repository.write(FILE, FAULTY + SECOND)
    outcome = repository.check()
    assert (outcome.exit, outcome.new, outcome.known) == (1, {REPORT}, {UNASSIGNED})


def test_a_new_defect_counts_whether_committed_staged_or_neither(repository):
    repository.write(FILE, FAULTY + SECOND)
    repository.git("add", "-A")
    assert repository.check().new == {REPORT}
    repository.commit()
    assert repository.check().new == {REPORT}


def test_work_tree_index_and_stash_are_left_alone(repository):
    repository.write(FILE, FAULTY + SECOND)
    repository.git("stash", "-q")
    repository.write(FILE, FAULTY + "# staged\n")
    repository.git("add", "-A")
    repository.write(FILE, FAULTY + "# staged, and changed\n")
    repository.write("declarations/untracked.yaml", "{}\n")
    before = contents(repository.top)
    assert repository.check().exit == 0
    assert contents(repository.top) == before


def contents(top: Path) -> dict[str, bytes]:
    """Every file, those of git included."""
    return {str(file.relative_to(top)): file.read_bytes() for file in top.rglob("*") if file.is_file()}


def test_what_main_brought_by_a_merge_is_not_the_branchs(repository):
    repository.commit(**{"declarations/mine.yaml": "vectors: []\n"})
    repository.git("switch", "-q", "main")
    repository.commit(**{FILE: FAULTY + SECOND})
    repository.git("switch", "-q", "change")
    assert repository.check().new == set()
    repository.git("merge", "-q", "--no-edit", "main")
    outcome = repository.check()
    assert (outcome.exit, outcome.new, outcome.known) == (0, set(), {UNASSIGNED, REPORT})


def test_what_main_has_repaired_meanwhile_is_still_known(repository):
    repository.git("switch", "-q", "main")
    repository.commit(**{FILE: SOUND})
    repository.git("switch", "-q", "change")
    assert repository.check().known == {UNASSIGNED}


def crosswise(repository: Repository, **files: str) -> None:
    """Merges `change` and main into each other, so that they have two merge bases; `files` come to main before."""
    mine = repository.commit(**{"declarations/mine.yaml": "responsibilities:\n" + SECOND})
    repository.git("switch", "-q", "main")
    theirs = repository.commit(**files)
    repository.git("merge", "-q", "--no-edit", mine)
    repository.git("switch", "-q", "change")
    repository.git("merge", "-q", "--no-edit", theirs)
    assert len(repository.git("merge-base", "--all", "main", "HEAD").split()) == 2


@pytest.mark.parametrize("command", ["check", "diff"])
def test_several_merge_bases_are_no_verdict_and_merging_the_base_leaves_one(tmp_path, command):
    repository = make(tmp_path / "repository", **{FILE: SOUND})
    repository.branch()
    crosswise(repository, **{FILE: FAULTY})
    arguments = ("check", "--since", "main") if command == "check" else ("diff", "main")
    done = run(*arguments, cwd=repository.top)
    words = " ".join(done.stderr.decode().split())
    assert (done.returncode, done.stdout) == (3, b"")
    assert '"main" and HEAD have 2 merge bases' in words
    assert "Merge main into the branch: then there is one." in words
    for base in repository.git("merge-base", "--all", "main", "HEAD").split():
        assert base[:12] in words
    repository.git("merge", "-q", "--no-edit", "main")
    assert run(*arguments, cwd=repository.top).returncode == 0


def test_a_history_that_is_cut_off_is_no_verdict_although_an_older_base_is_in_sight(tmp_path):
    full = make(tmp_path / "full", **{FILE: FAULTY})
    full.git("branch", "side")
    first = full.git("rev-parse", "HEAD")
    full.commit(**{FILE: SOUND})
    middle = [full.commit() for _ in range(5)][-1]
    full.git("switch", "-q", "side")
    full.commit(**{"side.txt": "x"})
    full.git("switch", "-q", "main")
    full.commit()
    full.git("merge", "-q", "--no-edit", "side")
    full.git("switch", "-q", "-c", "change", first)
    full.commit(**{"change.txt": "x"})
    full.git("merge", "-q", "--no-edit", middle)
    full.commit(**{FILE: FAULTY})
    assert full.check().new == {UNASSIGNED}
    seen = set()
    for depth in range(1, 12):
        clone = Repository(tmp_path / str(depth))
        clone.top.mkdir()
        clone.git("init", "-q", "-b", "x")
        clone.git("fetch", "-q", "--depth", depth, f"file://{full.top}", "change:change", "main:main")
        clone.git("switch", "-q", "change")
        outcome, told = clone.check(), run("diff", "main", cwd=clone.top)
        assert (outcome.exit, told.returncode) in ((1, 0), (3, 3)), depth
        if outcome.exit == 3:
            assert "git fetch --unshallow" in outcome.errors
            seen.add(outcome.report["error"])
    assert any("is cut off in this shallow clone" in each for each in seen)


def test_a_branch_wins_over_a_tag_of_its_name(tmp_path):
    repository = make(tmp_path / "r", **{FILE: FAULTY})
    repository.git("tag", "main")
    repository.commit(**{FILE: SOUND})
    repository.branch()
    repository.commit(**{FILE: FAULTY})
    outcome = repository.check()
    assert (outcome.exit, outcome.new) == (1, {UNASSIGNED})
    notice = '"main" is refs/heads/main here, not refs/tags/main: a branch wins over a tag.'
    assert outcome.report["notices"] == [notice]
    assert repository.check(since="refs/tags/main").known == {UNASSIGNED}
    told = json.loads(run("diff", "main", "--format", "json", cwd=repository.top).stdout)
    assert (told["notices"], told["base"]["commit"]) == ([notice], repository.git("rev-parse", "refs/heads/main"))


@pytest.mark.parametrize("since", ["HEAD", "change", "change~0"])
def test_a_base_that_is_the_head_itself_is_told_in_every_format(repository, since):
    repository.commit(**{FILE: FAULTY + SECOND})
    folder = repository.top.parent
    formats = ("text", "json", "sarif", "sarif-upload", "github", "gitlab", "junit", "markdown", "html", "csv")
    outputs = [f"--format={each}:{folder / each}.out" for each in formats]
    assert run("check", "--since", since, *outputs, cwd=repository.top).returncode == 0
    for each in formats:
        said = " ".join((folder / f"{each}.out").read_text(encoding="utf-8").split())
        assert "The base is the head itself" in said, each
        assert "Nothing that is committed can be new, only what is not committed." in said, each
    for shape in ("text", "json", "markdown"):
        said = " ".join(run("diff", since, "--format", shape, cwd=repository.top).stdout.decode().split())
        assert "The base is the head itself" in said, shape
    assert repository.check().report["notices"] == []


def test_what_main_has_already_is_told_as_nothing_new(repository):
    repository.git("switch", "-q", "main")
    repository.commit(**{FILE: FAULTY + SECOND})
    repository.git("switch", "-q", "change")
    assert "The base is the head itself" in repository.check().report["notices"][0]


def test_each_reason_why_head_cannot_be_read_is_told_apart(tmp_path):
    broken = make(tmp_path / "broken", **{FILE: FAULTY})
    commit = broken.git("rev-parse", "HEAD")
    stored = broken.top / ".git/objects" / commit[:2] / commit[2:]
    stored.chmod(0o644)
    stored.write_bytes(b"")
    outcome = broken.check()
    assert outcome.exit == 3
    assert f"git cannot read the commit that HEAD names ({commit[:12]})" in outcome.report["error"]
    assert "`git fsck`" in outcome.errors
    orphan = make(tmp_path / "orphan", **{FILE: FAULTY})
    orphan.branch()
    orphan.commit(**{FILE: SOUND})
    orphan.git("checkout", "-q", "--orphan", "other")
    assert "nothing is committed here yet" in orphan.check().report["error"]
    done = run("diff", "main", "change", "--as-of", "2026-11-23", cwd=orphan.top)
    assert (done.returncode, done.stderr) == (0, b"")
    (orphan.top / ".git/HEAD").write_text("ref: refs/heads/a b\n")
    assert orphan.check().exit == 3


KEYS = FAULTY.replace("Lead the agency", "Keep the keys of the evidence room")
"""An entry with a known error, of which `lead` is the id."""


@pytest.mark.parametrize(
    ("statement", "new"),
    [
        ("Keep all keys of the evidence room", False),
        ("Keep and count the keys of the evidence room each day", False),
        ("Keep the keys", False),
        ("keep THE keys of the evidence room!", False),
        ("Approve the use of force by agents", True),
        ("Approve spending", True),
    ],
)
def test_an_id_that_was_given_to_another_duty_takes_no_known_finding_along(tmp_path, statement, new):
    repository = make(tmp_path / "r", **{FILE: KEYS})
    repository.branch()
    repository.write(FILE, KEYS.replace("Keep the keys of the evidence room", statement))
    outcome = repository.check()
    assert (UNASSIGNED in outcome.new, UNASSIGNED in outcome.known) == (new, not new)
    named = [each for each in outcome.report["findings"] if each["rule"] == "change/weakens-check"]
    assert [each["entry"] for each in named] == (["responsibilities/lead"] if new else [])
    told = json.loads(run("diff", "main", "--format", "json", cwd=repository.top).stdout)
    assert [each["rule"] for each in told["findings"]["opened"]] == (["ownership/unassigned"] if new else [])
    assert len(told["weakens"]) == new
    if new:
        assert outcome.exit == 1
        assert f'now: "{statement}", before "Keep the keys of the evidence room".' in named[0]["message"]
        assert named[0]["location"]["line"] == 8


def test_an_id_of_the_saved_baseline_cannot_be_taken_over_either(tmp_path):
    repository = make(tmp_path / "r", **{FILE: KEYS, "uts-policy.yaml": "baseline: known.yaml\n"})
    done = run("baseline", "create", "--reason", "r", "--baseline", "known.yaml", cwd=repository.top)
    assert done.returncode == 0, done.stderr
    repository.commit()
    repository.branch()
    repository.write(FILE, KEYS.replace("Keep the keys of the evidence room", "Approve spending"))
    assert repository.check().new >= {UNASSIGNED}


def test_an_entry_that_says_something_else_and_has_no_known_finding_is_no_weakening(tmp_path):
    repository = make(tmp_path / "r", **{FILE: SOUND})
    repository.branch()
    repository.write(FILE, SOUND.replace("Lead the agency", "Approve spending"))
    assert repository.check().report["findings"] == []


def test_moving_splitting_reordering_and_reindenting_bring_nothing_new(repository):
    repository.git("rm", "-q", FILE)
    repository.write("declarations/a/people.yaml", PEOPLE)
    repository.write("declarations/b/units.yml", "units:\n\n      - id: agency\n        name: >-\n          Agency\n")
    repository.write(
        "declarations/c.yaml",
        "responsibilities:\n- responsible: [director]\n  statement: 'Lead the agency'\n  id: lead\n"
        "---\nroles:\n- {holders: [{person: p-1}], unit: agency, title: Director, id: director}\n",
    )
    outcome = repository.check()
    assert (outcome.exit, outcome.new, outcome.known) == (0, set(), {UNASSIGNED})


def test_a_directory_that_is_renamed_brings_nothing_new_where_the_configuration_follows(repository):
    repository.git("mv", "declarations", "owners")
    repository.write("uts-policy.yaml", "paths: [owners]\n")
    outcome = repository.check()
    assert (outcome.exit, outcome.new, outcome.known) == (0, set(), {UNASSIGNED})


def test_a_deleted_declaration_is_told_where_it_is_missed(repository):
    repository.write(
        FILE,
        FAULTY.replace(
            "  - {id: director, title: Director, unit: agency, holders: [{person: p-1}]}\n",
            "  - {id: clerk, title: Clerk, unit: agency, holders: [{person: p-1}]}\n",
        ),
    )
    outcome = repository.check("--rule", "reference/unknown")
    assert outcome.exit == 1
    assert {rule for rule, _ in outcome.new} == {"reference/unknown"}


def test_the_calendar_is_nobodys_fault(repository):
    acting = FAULTY.replace("{person: p-1}]", "{person: p-1, kind: acting, from: 2026-01-01}]")
    repository.git("switch", "-q", "main")
    repository.commit(**{FILE: acting})
    repository.git("switch", "-q", "-c", "later")
    assert ("staffing/acting-too-long", "roles/director") in repository.check().known


def test_configuration_of_the_base_judges_the_base(tmp_path):
    repository = make(
        tmp_path / "r",
        **{FILE: FAULTY, "uts-policy.yaml": "levels: {ownership/unassigned: off}\nrequire: [ownership]\n"},
    )
    repository.branch()
    repository.write("uts-policy.yaml", "require: [ownership]\n")
    outcome = repository.check()
    assert (outcome.exit, outcome.new) == (1, {UNASSIGNED})


def test_what_the_base_required_in_vain_is_no_fault_of_the_change(tmp_path):
    repository = make(tmp_path / "r", **{FILE: FAULTY, "uts-policy.yaml": "require: [training]\n"})
    repository.branch()
    repository.write("uts-policy.yaml", "{}\n")
    assert repository.check().known == {UNASSIGNED}


WAIVER = """\
waivers:
  - {id: w, rule: ownership/unassigned, subject: responsibilities/lead, reason: Agreed, approved_by: director,
     approved_on: 2026-11-01, expires: 2026-12-31}
"""


def test_what_a_waiver_of_the_base_hid_is_new_where_the_waiver_is_gone(tmp_path):
    repository = make(tmp_path / "r", **{FILE: FAULTY, "declarations/waivers.yaml": WAIVER})
    repository.branch()
    assert repository.check().new == set()
    repository.git("rm", "-q", "declarations/waivers.yaml")
    assert repository.check().new == {UNASSIGNED}


RULE = """\
# METADATA
# title: Unit without a chair
# description: Every unit needs a chair.
# custom:
#   level: error
#   profile: starter
#   subjects: [units]
#   criteria: [{source: House rules, text: Units have chairs.}]
#   effect: Nobody speaks for the unit.
#   remediation: Name a chair.
package uts.rules.house.chair

import rego.v1

findings contains {"path": ["units", id], "message": message} if {
	some id, unit in input.units
	not unit.chair
	message := concat("", ["the unit ", id, " has no chair"])
}
"""
CHAIR = ("house/chair", "units/agency")


def test_rules_of_the_base_judge_the_base(tmp_path):
    repository = make(
        tmp_path / "r",
        **{FILE: SOUND, "uts-policy.yaml": "policies: [rules]\n", "rules/house/chair.rego": RULE},
    )
    repository.branch()
    assert repository.check().known == {CHAIR}
    repository.git("switch", "-q", "-c", "new-rule", "main")
    repository.git("rm", "-q", "-r", "rules")
    repository.write("uts-policy.yaml", "{}\n")
    repository.commit()
    repository.git("switch", "-q", "-c", "again")
    repository.write("uts-policy.yaml", "policies: [rules]\n")
    repository.write("rules/house/chair.rego", RULE)
    assert repository.check(since="new-rule").new == {CHAIR}


def test_a_base_whose_rules_cannot_be_used_makes_everything_new(tmp_path):
    repository = make(
        tmp_path / "r",
        **{FILE: FAULTY, "uts-policy.yaml": "policies: [rules]\n", "rules/house/chair.rego": "package house\n\n(\n"},
    )
    repository.branch()
    repository.write("rules/house/chair.rego", RULE)
    outcome = repository.check()
    assert (outcome.exit, outcome.known) == (1, set())
    assert {UNASSIGNED, CHAIR} <= outcome.new


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        (FILE, BROKEN, "is itself invalid, so every finding is new"),
        ("uts-policy.yaml", "profil: starter\n", "cannot be judged, so every finding is new"),
        ("uts-policy.yaml", "[\n", "cannot be judged, so every finding is new"),
        ("uts-policy.yaml", "levels: {no/such: off}\n", "cannot be judged, so every finding is new"),
    ],
)
def test_a_base_that_is_invalid_makes_everything_new_and_says_so(tmp_path, path, text, words):
    repository = make(tmp_path / "r", **{FILE: FAULTY, path: text})
    repository.branch()
    repository.write(path, FAULTY if path == FILE else "{}\n")
    assert repository.check().new >= {UNASSIGNED}
    done = run("check", "--since", "main", cwd=repository.top)
    assert words in " ".join(done.stdout.decode().split())


def test_a_base_that_declares_nothing_makes_everything_new_and_says_so(tmp_path):
    repository = make(tmp_path / "r")
    repository.branch()
    repository.write(FILE, FAULTY)
    assert repository.check().new == {UNASSIGNED}
    assert "declares nothing, so every finding is new" in " ".join(
        run("check", "--since", "main", cwd=repository.top).stdout.decode().split()
    )


def test_a_base_that_lacks_what_is_checked_is_told_with_the_way_to_cover_a_move(tmp_path):
    repository = make(tmp_path / "r", **{FILE: FAULTY})
    repository.branch()
    repository.git("mv", "declarations", "moved")
    said = " ".join(run("check", "moved", "--since", "main", cwd=repository.top).stdout.decode().split())
    assert (
        'declares nothing, so every finding is new. "moved" was not there; `paths` in the configuration says for each '
        "side where its declarations lie."
    ) in said


def test_an_invalid_change_is_never_known(repository):
    repository.git("switch", "-q", "main")
    repository.commit(**{FILE: BROKEN})
    repository.branch("other")
    assert {rule for rule, _ in repository.check().new} == {"yaml/syntax"}


def test_a_submodule_is_read_at_the_commit_that_the_base_had(tmp_path):
    shared = make(tmp_path / "shared", **{"people.yaml": PEOPLE})
    repository = make(tmp_path / "r", **{FILE: FAULTY.replace(PEOPLE, "")})
    repository.git("submodule", "--quiet", "add", shared.top, "declarations/shared")
    repository.commit()
    repository.branch()
    inner = Repository(repository.top / "declarations/shared")
    inner.commit(**{"more.yaml": "responsibilities:\n" + SECOND})
    repository.commit()
    outcome = repository.check()
    assert (outcome.new, outcome.known) == ({REPORT}, {UNASSIGNED})
    assert repository.check("declarations/shared", "declarations/all.yaml").new == {REPORT}
    assert repository.check("declarations/shared/people.yaml", FILE).new == set()


def test_a_submodule_without_the_bases_commit_is_no_verdict(tmp_path):
    shared = make(tmp_path / "shared", **{"people.yaml": PEOPLE})
    repository = make(tmp_path / "r", **{FILE: FAULTY.replace(PEOPLE, "")})
    repository.git("submodule", "--quiet", "add", shared.top, "declarations/shared")
    repository.commit()
    repository.branch()
    inner = Repository(repository.top / "declarations/shared")
    shutil.rmtree(repository.top / ".git/modules")
    (inner.top / ".git").unlink()
    inner.git("init", "-q", "-b", "main")
    inner.commit(**{"note.txt": "x"})
    outcome = repository.check()
    assert outcome.exit == 3
    assert "lacks the commit" in outcome.report["error"]


def test_what_a_sparse_checkout_leaves_out_was_not_deleted_by_the_author(tmp_path):
    repository = make(
        tmp_path / "r",
        **{"declarations/a/all.yaml": FAULTY.replace(PEOPLE, ""), "declarations/b/people.yaml": PEOPLE},
    )
    repository.branch()
    repository.git("sparse-checkout", "set", "--cone", "declarations/a")
    assert not (repository.top / "declarations/b").exists()
    outcome = repository.check()
    assert (outcome.exit, outcome.new) == (0, set())
    assert ("reference/unknown", "roles/director") in outcome.known
    repository.write("declarations/a/more.yaml", "responsibilities:\n" + SECOND)
    assert repository.check().new == {REPORT}


def test_a_partial_clone_is_read_without_a_network_or_not_at_all(tmp_path):
    origin = make(tmp_path / "origin", **{FILE: FAULTY})
    origin.commit(**{FILE: FAULTY + SECOND})
    origin.git("config", "uploadpack.allowFilter", "true")
    clone = Repository(tmp_path / "clone")
    origin.git("clone", "-q", "--filter=blob:none", f"file://{origin.top}", clone.top)
    before = contents(clone.top)
    outcome = clone.check(since="HEAD~1")
    assert outcome.exit == 3
    assert "not complete in this clone" in outcome.report["error"]
    assert "git fetch --refetch --no-filter" in outcome.errors
    assert contents(clone.top) == before
    assert clone.check(since="HEAD").exit == 0
    clone.git("fetch", "-q", "--refetch", "--no-filter")
    assert clone.check(since="HEAD~1").new == {REPORT}


def test_a_linked_worktree_works_like_any_other(repository, tmp_path):
    linked = Repository(tmp_path / "linked")
    repository.git("worktree", "add", "-q", "-b", "elsewhere", linked.top, "main")
    linked.write(FILE, FAULTY + SECOND)
    assert linked.check().new == {REPORT}
    assert repository.check().new == set()


def test_a_repository_that_git_refuses_to_read_is_no_verdict(repository, tmp_path):
    git = shutil.which("git")
    fake = tmp_path / "bin/git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec "{git}" "$@"\n')
    fake.chmod(0o755)
    outcome = repository.check(PATH=f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    assert outcome.exit == 3
    assert "belongs to someone else" in outcome.report["error"]
    assert "safe.directory" in outcome.errors


def test_a_shallow_clone_without_the_base_says_how_to_get_it(repository, tmp_path):
    repository.commit(**{FILE: FAULTY + SECOND})
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repository.top}", clone.top)
    for since in ("origin/main", "HEAD~1"):
        outcome = clone.check(since=since)
        assert outcome.exit == 3
        assert "git fetch --unshallow" in outcome.errors
    clone.git("fetch", "-q", "--unshallow")
    assert clone.check(since="origin/main").new == {REPORT}


def test_histories_without_a_common_commit_have_no_base(repository):
    repository.git("switch", "-q", "--orphan", "island")
    repository.commit(**{FILE: FAULTY, "island.txt": "alone"})
    outcome = repository.check()
    assert outcome.exit == 3
    assert outcome.report["error"] == '"main" and HEAD have no common commit'
    assert "unshallow" not in outcome.errors


def test_a_detached_head_is_a_head(repository):
    repository.commit(**{FILE: FAULTY + SECOND})
    repository.git("switch", "-q", "--detach")
    assert repository.check().new == {REPORT}


def test_paths_may_hold_spaces_and_any_letter(tmp_path):
    folder = 'Zuständig keiten/für "uns" *'
    repository = make(tmp_path / "ein Ort, 三", **{f"{folder}/alle Ämter.yaml": FAULTY})
    repository.branch()
    assert repository.check(folder).known == {UNASSIGNED}
    repository.write(f"{folder}/mehr [1].yaml", "responsibilities:\n" + SECOND)
    assert repository.check(folder).new == {REPORT}


def test_three_hundred_files_are_compared_file_by_file(tmp_path):
    def responsibility(number: int, owner: str = "accountable: director, ") -> str:
        statement = f"Keep register {number}"
        return f"responsibilities:\n  - {{id: r{number}, statement: {statement}, {owner}responsible: director}}\n"

    files = {f"declarations/{number % 7}/{number}.yaml": responsibility(number) for number in range(300)}
    repository = make(tmp_path / "r", **{FILE: FAULTY, **files})
    repository.branch()
    repository.write("declarations/3/3.yaml", responsibility(3, ""))
    repository.git("mv", "declarations/4/4.yaml", "declarations/moved.yaml")
    outcome = repository.check("--rule", "ownership/unassigned")
    assert (outcome.new, outcome.known) == ({("ownership/unassigned", "responsibilities/r3")}, {UNASSIGNED})


@pytest.mark.parametrize("since", ["nowhere", "--help", "-x", "", "main:declarations", "HEAD~99"])
def test_a_revision_that_there_is_not_is_no_verdict(repository, since):
    done = run("check", f"--since={since}", cwd=repository.top)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.decode().startswith(f'uts-policy: error: git knows no revision "{since}" here\n')


def test_without_a_repository_or_a_commit_there_is_no_base(tmp_path):
    plain = Repository(tmp_path / "plain")
    plain.write(FILE, FAULTY)
    outcome = plain.check(GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert outcome.exit == 3
    assert "is in no git repository" in outcome.report["error"]
    plain.git("init", "-q", "-b", "main")
    outcome = plain.check()
    assert outcome.exit == 3
    assert "nothing is committed" in outcome.report["error"]


def test_without_git_there_is_no_base(repository, tmp_path):
    outcome = repository.check(PATH=str(tmp_path / "empty"))
    assert outcome.exit == 3
    assert outcome.report["error"] == "git was not found on PATH, outside of the directory that is checked"


def test_standard_input_cannot_be_compared(repository):
    done = run("check", "-", "--since", "main", cwd=repository.top, stdin=SOUND.encode())
    assert done.returncode == 2


def test_nothing_that_a_repository_configures_is_run(repository, tmp_path):
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "core.sshCommand", "diff.external", "filter.x.smudge"):
        repository.git("config", key, trap)
    hooks = repository.top / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for hook in ("post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"):
        shutil.copy(trap, hooks / hook)
    repository.write(".gitattributes", "*.yaml filter=x diff=x\n")
    assert repository.check().exit == 0
    assert not (tmp_path / "sprung").exists()


def test_variables_that_a_hook_sets_do_not_lead_elsewhere(repository, tmp_path):
    other = make(tmp_path / "other", **{FILE: SOUND})
    outcome = repository.check(GIT_DIR=str(other.top / ".git"), GIT_INDEX_FILE=str(other.top / ".git/index"))
    assert outcome.known == {UNASSIGNED}


def test_a_replaced_object_does_not_change_the_base(repository):
    blob = repository.git("rev-parse", f"main:{FILE}")
    repository.write("sound.yaml", SOUND)
    repository.git("replace", blob, repository.git("hash-object", "-w", "sound.yaml"))
    assert repository.check().known == {UNASSIGNED}


def test_a_check_from_a_directory_further_down_or_with_a_named_configuration_has_the_same_base(tmp_path):
    repository = make(
        tmp_path / "r", **{FILE: FAULTY, "uts-policy.yaml": "profile: starter\n", "other.yaml": "profile: strict\n"}
    )
    repository.branch()
    assert repository.check(cwd="declarations").known == {UNASSIGNED}
    done = run("--config", "../other.yaml", "check", "--since", "main", cwd=repository.top / "declarations")
    assert done.returncode == 0, done.stdout


def test_what_lies_outside_the_repository_is_the_same_on_both_sides(repository, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "more.yaml").write_text("responsibilities:\n" + SECOND)
    assert repository.check("declarations", outside).known == {UNASSIGNED, REPORT}


def test_the_repository_is_that_of_what_is_checked(repository, tmp_path):
    elsewhere = make(tmp_path / "elsewhere", **{FILE: FAULTY})
    repository.write(FILE, FAULTY + SECOND)
    folder = repository.top / "declarations"
    assert elsewhere.check(folder).new == {REPORT}
    assert Repository(tmp_path).check(folder).new == {REPORT}
    assert Repository(tmp_path).check(folder / "all.yaml").new == {REPORT}
    alone = tmp_path / "alone.yaml"
    alone.write_text(FAULTY)
    outcome = elsewhere.check(alone, GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert outcome.exit == 3
    assert outcome.report["error"] == f'nothing of "{alone}" lies in the repository "{elsewhere.top}"'


def test_links_are_followed_in_the_base_as_in_the_work_tree(repository):
    repository.git("switch", "-q", "main")
    hidden = "declarations/.hidden/more.yaml"
    repository.write(hidden, "responsibilities:\n" + SECOND)
    (repository.top / "declarations/linked").symlink_to(".hidden")
    (repository.top / "declarations/link.yaml").symlink_to("all.yaml")
    repository.commit()
    repository.branch("next")
    outcome = repository.check()
    assert (outcome.exit, outcome.new, outcome.known) == (0, set(), {UNASSIGNED, REPORT})
    repository.write(hidden, "responsibilities:\n" + SECOND + SECOND.replace("report,", "third,"))
    assert repository.check().new == {("ownership/unassigned", "responsibilities/third")}


def test_a_directory_that_becomes_a_link_has_the_base_that_it_had(repository):
    repository.git("mv", "declarations", "moved")
    (repository.top / "declarations").symlink_to("moved")
    repository.write("moved/all.yaml", FAULTY + SECOND)
    for path in ([], ["declarations"], ["declarations/all.yaml"]):
        outcome = repository.check(*path)
        assert (outcome.exit, outcome.new, outcome.known) == (1, {REPORT}, {UNASSIGNED})


def test_a_directory_that_is_reached_through_a_link_has_its_own_base(repository, tmp_path):
    (tmp_path / "link").symlink_to(repository.top)
    assert Repository(tmp_path / "link").check().known == {UNASSIGNED}


def test_what_discovery_passes_over_is_passed_over_in_the_base_too(tmp_path):
    repository = make(
        tmp_path / "r",
        **{
            FILE: FAULTY,
            "uts-policy.yaml": "exclude: ['**/drafts', '*.draft.yaml']\n",
            "declarations/drafts/x.yaml": BROKEN,
            "declarations/.hidden/x.yaml": BROKEN,
            "declarations/x.draft.yaml": BROKEN,
            "declarations/below/uts-policy.yaml": BROKEN,
            "declarations/readme.md": "text",
        },
    )
    repository.branch()
    outcome = repository.check()
    assert (outcome.exit, outcome.known) == (0, {UNASSIGNED})
