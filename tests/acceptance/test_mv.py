"""`uts-policy mv`: an id changes wherever it stands, `moved` remembers it, and nothing else is another byte."""

import json
import subprocess
from shutil import copytree

import pytest

from tests.acceptance.command import AS_OF, SOUND, run
from tests.acceptance.repository import make
from tests.every_rename import EXAMPLES, USUAL, checked, differences, entries

FILE = "declarations/all.yaml"
EVERYWHERE = """\
# the clerk's file
units:
  - {id: agency, name: Agency, stakeholders: [clerk]}
people:
  - {id: p-1}
roles:
  - id: clerk   # the first of all
    title: "Clerk"
    unit: agency
    reports_to: []
    holders: [{person: p-1, from: 2026-01-01}]
    description: The clerk is not the clerk-of-works.
  - {id: deputy, title: Deputy, unit: agency, reports_to: clerk, successors: ["clerk"]}
responsibilities:
  - {id: file, statement: File letters, accountable: clerk, responsible: [deputy, 'clerk']}
training:
  - {id: basics, title: Basics, audience: {roles: [clerk]}, owner: clerk}
waivers:
  - id: w
    rule: ownership/unacknowledged
    subject: assignments/file/clerk/A
    reason: Later
    approved_by: deputy
    approved_on: 2026-11-01
    expires: 2027-03-01
  - {id: v, rule: ownership/unacknowledged, subject: "assignments/*/clerk/R", reason: Later, approved_by: deputy,
     approved_on: 2026-11-01, expires: 2027-03-01}
"""


@pytest.fixture
def repository(tmp_path):
    return make(tmp_path / "repository", **{FILE: EVERYWHERE})


def mv(repository, *arguments):
    done = run("mv", *arguments, cwd=repository.top)
    return done.returncode, done.stdout, done.stderr.decode()


def test_every_reference_follows_and_no_other_byte_changes(repository):
    code, out, said = mv(repository, "roles/clerk", "registrar")
    assert (code, out) == (0, b"")
    wanted = EVERYWHERE
    for before in (
        "[clerk]",
        "id: clerk ",
        "reports_to: clerk",
        '"clerk"',
        ": clerk,",
        "'clerk'",
        "/clerk/",
        "owner: clerk",
    ):
        wanted = wanted.replace(before, before.replace("clerk", "registrar"))
    after = (repository.top / FILE).read_text()
    assert after.startswith(wanted)
    assert json.loads(run("corpus", "--as-of", AS_OF, cwd=repository.top).stdout)["moved"] == {
        "roles/clerk": {"id": "roles/clerk", "from": "roles/clerk", "to": "roles/registrar"}
    }
    assert said.splitlines() == [
        '"roles/clerk" is "roles/registrar" now: 10 places in 1 file, and the record in `moved`.',
        "The old id is still in 2 lines of text or comments, left as they are:",
        f"  {FILE}:1: # the clerk's file",
        f"  {FILE}:12: description: The clerk is not the clerk-of-works.",
    ]


def test_a_patch_is_printed_that_git_applies_and_nothing_is_written(repository):
    code, patch, _ = mv(repository, "--diff", "roles/clerk", "registrar")
    assert code == 0
    assert (repository.top / FILE).read_text() == EVERYWHERE
    subprocess.run(["git", "apply", "-"], cwd=repository.top, input=patch, check=True)
    patched = (repository.top / FILE).read_bytes()
    repository.git("checkout", "-q", ".")
    mv(repository, "roles/clerk", "registrar")
    assert (repository.top / FILE).read_bytes() == patched


def test_a_check_against_the_base_sees_nothing_new(repository):
    repository.branch()
    mv(repository, "roles/clerk", "registrar")
    outcome = repository.check("--profile", "strict")
    assert (outcome.new, outcome.weakened) == (set(), [])


@pytest.mark.parametrize(
    "moves",
    [
        ["clerk registrar", "registrar clerk"],
        ["clerk a", "a b", "b a"],
        ["clerk a", "a b", "b clerk"],
        ["clerk a", "a clerk", "clerk a"],
        ["clerk a", "a clerk", "clerk b"],
        ["clerk t", "deputy clerk", "t deputy"],
        ["clerk t", "deputy clerk", "t deputy", "clerk x"],
        ["clerk t", "deputy clerk", "t deputy", "deputy x"],
        ["clerk t", "deputy clerk", "t deputy", "clerk t", "deputy clerk", "t deputy"],
        ["clerk c", "deputy clerk", "clerk d", "c clerk"],
        ["clerk a", "a b", "b c", "deputy a", "c deputy"],
    ],
)
def test_there_and_back_chains_and_swaps_keep_identities(repository, moves):
    repository.branch()
    before = {each["id"] for each in repository.check("--profile", "strict").report["findings"]}
    for each in moves:
        old, new = each.split()
        assert mv(repository, f"roles/{old}", new)[0] == 0
    outcome = repository.check("--profile", "strict")
    assert (outcome.new, outcome.weakened) == (set(), [])
    assert {each["id"] for each in outcome.report["findings"]} == before


SWAP = ["clerk t", "deputy clerk", "t deputy"]


@pytest.mark.parametrize("moves", [["clerk x"], ["deputy x"], SWAP, ["clerk x", "deputy clerk"]])
def test_after_a_swap_that_is_committed_entries_are_renamed_again(repository, moves):
    before = {each["id"] for each in repository.check("--profile", "strict").report["findings"]}
    for old, new in map(str.split, SWAP):
        assert mv(repository, f"roles/{old}", new)[0] == 0
    repository.commit()
    repository.branch()
    for old, new in map(str.split, moves):
        assert mv(repository, f"roles/{old}", new)[0] == 0
    outcome = repository.check("--profile", "strict")
    assert (outcome.new, outcome.weakened) == (set(), [])
    assert {each["id"] for each in outcome.report["findings"]} == before


def test_an_entry_that_took_the_id_of_one_that_moved_on_is_renamed_as_well(repository):
    assert mv(repository, "roles/clerk", "registrar")[0] == 0
    text = (repository.top / FILE).read_text()
    clerk = "roles:\n  - {id: clerk, title: Clerk of the gardens, unit: agency, holders: []}\n"
    repository.commit(**{FILE: text.replace("roles:\n", clerk, 1)})
    repository.branch()
    before = {each["id"] for each in repository.check("--profile", "strict").report["findings"]}
    for old, new in (("clerk", "gardener"), ("registrar", "clerk"), ("gardener", "registrar")):
        assert mv(repository, f"roles/{old}", new)[0] == 0
        outcome = repository.check("--profile", "strict")
        assert (outcome.new, outcome.weakened) == (set(), [])
        assert {each["id"] for each in outcome.report["findings"]} == before


def test_baseline_and_configuration_follow(repository):
    repository.write(
        "uts-policy.yaml",
        "baseline: known.yaml\nprofile: strict\nrules:\n  incident/no-command: {authority: declare}\n",
    )
    repository.write("declarations/more.yaml", "authorities:\n  - {id: declare, title: Declare}\n")
    create = ("--reason", "from before", "--as-of", AS_OF)
    assert run("baseline", "create", *create, cwd=repository.top).returncode == 0
    before = (repository.top / "known.yaml").read_text()
    assert "/clerk" in before
    assert mv(repository, "roles/clerk", "registrar")[0] == 0
    assert mv(repository, "authorities/declare", "announce")[0] == 0
    assert "authority: announce" in (repository.top / "uts-policy.yaml").read_text()
    after = (repository.top / "known.yaml").read_text()
    ids = [line for line in before.splitlines() if "id:" in line]
    assert [line for line in after.splitlines() if "id:" in line] == ids
    assert "/clerk" not in "".join(line for line in after.splitlines() if "entry:" in line)
    done = run("check", "--as-of", AS_OF, "--format", "json", cwd=repository.top)
    assert {each["status"] for each in json.loads(done.stdout)["findings"]} <= {"known"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("roles/clerk", "deputy"), '"roles/deputy" already exists'),
        (("roles/clerk", "clerk"), '"roles/clerk" has that id already'),
        (("roles/clerk", "No Id"), '"No Id" is not a valid id'),
        (("roles/clark", "x"), '"roles/clark" is not declared'),
        (("rolls/clerk", "x"), '"rolls/clerk" is not an entry'),
        (("role/clerk", "x"), 'Did you mean "roles/clerk"?'),
        (("clerk", "x"), '"clerk" is not an entry'),
        (("assignments/file/clerk/A", "x"), '"assignments/file/clerk/A" has no id of its own'),
        (("moved/roles/clerk", "x"), "rename the entry itself, and `mv` keeps its records"),
        (("roles/clerk", "x", "-"), "standard input cannot be written back"),
    ],
)
def test_what_cannot_be_renamed_is_refused_and_nothing_is_written(repository, arguments, says):
    code, _, said = mv(repository, *arguments)
    assert code == 2
    assert says in said
    assert (repository.top / FILE).read_text() == EVERYWHERE


def test_a_title_stands_for_the_id_if_one_entry_has_it(repository):
    code, _, said = mv(repository, "roles/Clerk", "registrar")
    assert (code, said.partition(":")[0]) == (0, '"roles/clerk" is "roles/registrar" now')
    repository.write(FILE, EVERYWHERE.replace("title: Deputy", "title: Clerk"))
    code, _, said = mv(repository, "roles/CLERK", "registrar")
    assert code == 2
    assert '2 entries of roles are called "CLERK"' in said
    assert "Name one: clerk, deputy." in said


def test_a_file_outside_of_the_repository_is_refused(repository, tmp_path):
    outside = tmp_path / "outside.yaml"
    outside.write_text(SOUND)
    (repository.top / FILE).unlink()
    (repository.top / FILE).symlink_to(outside)
    assert mv(repository, "roles/director", "head")[0] in (2, 3)
    assert outside.read_text() == SOUND


def test_what_the_command_line_names_outside_of_the_repository_is_not_renamed(repository, tmp_path):
    outside = tmp_path / "outside.yaml"
    outside.write_text("units:\n  - {id: far, name: Far, parent: agency}\n")
    before = (repository.top / FILE).read_text()
    for entry in ("units/far", "units/agency"):
        code, _, said = mv(repository, entry, "near", "declarations", "../outside.yaml")
        assert code == 2
        assert '"../outside.yaml" would change and lies outside of the repository' in said
    assert "far" in outside.read_text()
    assert (repository.top / FILE).read_text() == before


def test_what_stands_behind_an_alias_is_renamed_with_it_or_named(repository):
    text = SOUND.replace("accountable: director, responsible: director", "accountable: &a director, responsible: *a")
    repository.write(FILE, text)
    assert mv(repository, "roles/director", "head")[0] == 0
    assert "accountable: &a head, responsible: *a" in (repository.top / FILE).read_text()
    text = SOUND.replace("id: director", "id: &a director").replace("title: Director", "title: *a")
    repository.write(FILE, text)
    code, _, said = mv(repository, "roles/director", "head")
    assert code != 0
    assert f"{FILE}:6:" in said
    assert (repository.top / FILE).read_text() == text


def test_every_way_in_which_a_text_or_comment_mentions_the_id_is_listed(repository):
    text = """\
units:
  - {id: agency, name: Agency}
  - {id: clerk, name: Office of the Clerk}  # not roles/clerk
roles:
  - {id: clerk, title: Clerk, unit: clerk}  # the clerk
  - {id: a, title: A, unit: agency, description: "below roles/clerk"}
  # assignments/file/clerk/A is new; docs/clerk and clerk-of-works are not meant
  # docs/clerk and clerk.md and subclerk
"""
    repository.write(FILE, text)
    code, _, said = mv(repository, "roles/clerk", "registrar")
    assert code == 0
    lines = [line.split(":")[1] for line in said.splitlines()[2:]]
    assert lines == ["3", "5", "6", "7"]


def test_a_former_name_by_which_a_waiver_means_another_entry_is_not_given_away(repository):
    assert mv(repository, "roles/clerk", "registrar")[0] == 0
    waivers = repository.top / FILE
    text = waivers.read_text().replace("subject: assignments/file/registrar/A", "subject: assignments/file/clerk/A")
    waivers.write_text(text)
    code, _, said = mv(repository, "roles/deputy", "clerk")
    assert code == 2
    assert 'waiver "w" means "assignments/file/registrar/A" by a former name' in said
    assert waivers.read_text() == text


def test_an_id_that_two_sections_may_mean_is_named(repository):
    repository.write(FILE, EVERYWHERE.replace("people:", "  - {id: clerk, name: Office}\npeople:"))
    code, _, said = mv(repository, "roles/clerk", "registrar")
    assert code != 0
    assert f"{FILE}:3:" in said


def test_an_assignment_with_an_id_of_its_own_keeps_its_waiver_by_a_former_name_and_key(repository):
    """The waiver was approved for ids that are former ones by now: nobody has to approve it again."""
    long = (
        "assignments:\n"
        "  - {id: filing, responsibility: file, role: clerk, code: [A, R], from: 2026-01-01}\n"
        "waivers:\n  - {id: w, rule: ownership/unacknowledged, subject: assignments/filing/A, reason: Later,\n"
        "     approved_by: deputy, approved_on: 2026-11-01, expires: 2027-03-01}\n"
        "  - {id: v, rule: staffing/acting-too-long, subject: roles/clerk, key: p-1/2025-01-01, reason: Later,\n"
        "     approved_by: deputy, approved_on: 2026-11-01, expires: 2027-03-01}\n"
    )
    text = EVERYWHERE[: EVERYWHERE.index("waivers:")].replace(
        "accountable: clerk, responsible: [deputy, 'clerk']", "informed: deputy"
    )
    text = text.replace("from: 2026-01-01}]", "from: 2025-01-01, kind: acting}]") + long
    repository.write(FILE, text)

    def waived():
        done = run("check", "--profile", "strict", "--as-of", AS_OF, "--format", "json", cwd=repository.top)
        return sorted(
            (each["id"], each["waiver"]["id"]) for each in json.loads(done.stdout)["findings"] if each["waiver"]
        )

    before = waived()
    assert [waiver for _, waiver in before] == ["w", "v"] or [waiver for _, waiver in before] == ["v", "w"]
    for entry, new in (("assignments/filing", "keeping"), ("roles/clerk", "registrar"), ("people/p-1", "p-2")):
        assert mv(repository, entry, new)[0] == 0
    assert waived() == before
    waivers = repository.top / FILE
    waivers.write_text(
        waivers.read_text()
        .replace("subject: assignments/keeping/A", "subject: assignments/filing/A")
        .replace("subject: roles/registrar, key: p-2/", "subject: roles/clerk, key: p-1/")
    )
    assert waived() == before


@pytest.mark.parametrize("name", ["clean", "seeded"])
def test_a_sample_of_renames_leaves_findings_and_identities_as_they_were(name, tmp_path):
    copytree(EXAMPLES / name, tmp_path / "declarations")
    organisation = checked(tmp_path, AS_OF)
    for section in USUAL:
        entry = entries(organisation, (section,))[3]
        assert list(differences(organisation, entry, "an-id-that-is-new")) == []
