"""`check --since`: on real repositories of every shape, a change is told what it brings, and nothing else."""

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


def test_what_one_of_several_merge_bases_had_is_known(tmp_path):
    repository = make(tmp_path / "repository", **{FILE: SOUND})
    repository.branch()
    mine = repository.commit(**{"declarations/mine.yaml": "responsibilities:\n" + SECOND})
    repository.git("switch", "-q", "main")
    theirs = repository.commit(**{FILE: FAULTY})
    repository.git("merge", "-q", "--no-edit", mine)
    repository.git("switch", "-q", "change")
    repository.git("merge", "-q", "--no-edit", theirs)
    assert len(repository.git("merge-base", "--all", "main", "HEAD").split()) == 2
    outcome = repository.check()
    assert (outcome.exit, outcome.new, outcome.known) == (0, set(), {UNASSIGNED, REPORT})
    repository.write(FILE, FAULTY.replace("Lead the", "Lead our"))
    repository.write("declarations/third.yaml", "responsibilities:\n" + SECOND.replace("report,", "third,"))
    assert repository.check().new == {("ownership/unassigned", "responsibilities/third")}


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


def test_a_submodule_that_is_not_checked_out_is_read_on_neither_side(tmp_path):
    shared = make(tmp_path / "shared", **{"people.yaml": PEOPLE})
    repository = make(tmp_path / "r", **{FILE: FAULTY.replace(PEOPLE, "")})
    repository.git("submodule", "--quiet", "add", shared.top, "declarations/shared")
    repository.commit()
    clone = Repository(tmp_path / "clone")
    repository.git("clone", "-q", repository.top, clone.top)
    outcome = clone.check(since="origin/main")
    assert outcome.exit == 0
    assert ("reference/unknown", "roles/director") in outcome.known
    text = run("check", "--since", "origin/main", cwd=clone.top).stdout.decode()
    assert 'The submodule "declarations/shared" is not checked out' in text


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
    assert outcome.report["error"] == "git cannot be started: No such file or directory"


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
    assert "is in no git repository" in outcome.report["error"]


def test_links_are_skipped_in_the_base(repository):
    repository.git("switch", "-q", "main")
    (repository.top / "declarations/link.yaml").symlink_to("all.yaml")
    repository.commit()
    repository.branch("linked")
    assert repository.check().known == {UNASSIGNED}


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
