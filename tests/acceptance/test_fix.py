"""`fix` and `check --fix` repair what is meant, and change nothing else."""

import json
import re
import subprocess

import pytest

from tests.acceptance.command import AS_OF, SOUND, declare, run
from tests.acceptance.repository import make

FILE = "declarations/all.yaml"
SLIPS = SOUND.replace("unit: agency", "unit: Agency").replace("accountable: director", "acountable: director  ")
LATE = SOUND.replace("title: Director", "title: 007").replace("responsible: director", "responsible: directr")


def fix(folder, *arguments):
    """One run: exit code, output, errors."""
    done = run("fix", *arguments, "--as-of", AS_OF, cwd=folder)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_slips_of_the_form_are_repaired_first_and_those_that_rules_find_after_that(tmp_path):
    file = declare(tmp_path, SLIPS)
    assert fix(tmp_path) == (
        0,
        f'{FILE}:8:44: the key "acountable" becomes "accountable"\n{FILE}:6:43: "Agency" becomes "agency"\n',
        "2 repairs made in 1 file.\n",
    )
    assert file.read_text(encoding="utf-8") == SOUND.replace("accountable: director", "accountable: director  ")
    assert fix(tmp_path)[2] == "Nothing to repair automatically.\n"


def test_rules_may_find_more_once_the_form_is_right_and_that_is_said(tmp_path):
    declare(tmp_path, LATE)
    code, told, errors = fix(tmp_path)
    assert (code, told) == (0, 'declarations/all.yaml:6:27: 007 becomes "007"\n')
    assert errors == (
        "1 repair made in 1 file.\n"
        "--unsafe makes at least 1 more repair: look at it with --diff first.\n"
        "Left for you: 1 finding. `uts-policy check` says what to do.\n"
    )


def test_what_a_repair_brings_to_light_in_another_file_is_named(tmp_path):
    declare(tmp_path, "units: [{id: agency, name: Agency}]\n", "one.yaml")
    declare(tmp_path, "units: [{id: agency, Name: Agency}]\n", "other.yaml")
    _, told, errors = fix(tmp_path)
    assert told == 'declarations/other.yaml:1:22: the key "Name" becomes "name"\n'
    assert errors.splitlines()[1].startswith("Found after these repairs: declarations/other.yaml:1:14: ")
    assert "agency" in errors.splitlines()[1]


def test_places_are_those_of_the_files_as_they_are_to_be(tmp_path):
    file = declare(
        tmp_path,
        "units: [{id: 7, name: 8}, {id: agency, name: 9, Kind: 10, parent: 7}, {id: 5, nmae: A, naem: B}]\n"
        "roles: [{id: r, titel: 11, unit: Agency, tags: [t, 12, 13]}]\n",
    )
    _, told, errors = fix(tmp_path)
    lines = file.read_text(encoding="utf-8").splitlines()
    made = re.findall(r'all.yaml:(\d+):(\d+): .*? becomes "(.*)"$', told, re.MULTILINE)
    assert len(made) >= 8
    for line, column, new in made:
        assert lines[int(line) - 1][int(column) - 1 :].startswith((new, f'"{new}"')), (line, column, new)
    left = re.findall(r'Not repaired: declarations/all.yaml:(\d+):(\d+): the key "(.*?)"', errors)
    assert len(left) == 2
    for line, column, key in left:
        assert lines[int(line) - 1][int(column) - 1 :].startswith(key)


def test_what_changes_who_answers_is_repaired_when_asked_only(tmp_path):
    file = declare(tmp_path, LATE)
    assert fix(tmp_path, "--unsafe")[2] == "2 repairs made in 1 file.\n"
    assert file.read_text(encoding="utf-8") == SOUND.replace("title: Director", 'title: "007"')


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_git_takes_the_patch_and_makes_of_it_what_fix_writes(tmp_path, end):
    text = SLIPS.rstrip("\n") + end if end != "\r\n" else SLIPS.replace("\n", "\r\n")
    repository = make(tmp_path / "here")
    file = repository.top / "declarations" / "two words.yaml"
    file.parent.mkdir()
    file.write_bytes(text.encode())
    done = run("fix", "--diff", cwd=repository.top)
    assert file.read_bytes() == text.encode()
    subprocess.run(["git", "apply", "-"], cwd=repository.top, input=done.stdout, check=True)
    patched = file.read_bytes()
    file.write_bytes(text.encode())
    assert fix(repository.top)[0] == 0
    assert file.read_bytes() == patched != text.encode()


def test_a_repair_that_would_make_another_fault_is_named_and_not_made(tmp_path):
    two = SOUND.replace("responsible: director", "responsible: [director, Director]")
    file = declare(tmp_path, two)
    code, told, errors = fix(tmp_path)
    assert (code, told) == (0, "")
    assert 'Not repaired: declarations/all.yaml:8:91: "Director" becomes "director": ' in errors
    assert file.read_text(encoding="utf-8") == two


def test_check_judges_what_is_left_after_safe_repairs(tmp_path):
    file = declare(tmp_path, SLIPS)
    done = run("check", "--fix", "--as-of", AS_OF, "--format", "json", cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["findings"] == []
    assert b'"Agency" becomes "agency"' in done.stderr
    assert "unit: agency" in file.read_text(encoding="utf-8")


def test_sarif_carries_safe_repairs_as_text_to_replace(tmp_path):
    declare(tmp_path, SLIPS)
    log = json.loads(run("check", "--as-of", AS_OF, "--format", "sarif", cwd=tmp_path).stdout)
    (result,) = [each for each in log["runs"][0]["results"] if "fixes" in each]
    assert result["ruleId"] == "schema/unknown-key"
    (found,) = result["fixes"]
    assert found["artifactChanges"] == [
        {
            "artifactLocation": {"uri": "declarations/all.yaml", "uriBaseId": "%SRCROOT%"},
            "replacements": [
                {
                    "deletedRegion": {"startLine": 8, "startColumn": 44, "endLine": 8, "endColumn": 54},
                    "insertedContent": {"text": "accountable"},
                }
            ],
        }
    ]
    declare(tmp_path, LATE.replace("title: 007", "title: Director"))
    log = json.loads(run("check", "--as-of", AS_OF, "--format", "sarif", cwd=tmp_path).stdout)
    assert not [each for one in log["runs"] for each in one["results"] if "fixes" in each], (
        "what is unsafe is not there"
    )


@pytest.mark.parametrize("command", [["fix"], ["check", "--fix"]])
def test_redacted_declarations_are_not_written_back(tmp_path, command):
    file = declare(tmp_path, SLIPS)
    done = run(*command, "--redact", cwd=tmp_path)
    assert done.returncode == 2
    assert b"redact" in done.stderr
    assert file.read_text(encoding="utf-8") == SLIPS


def test_standard_input_is_not_written_back(tmp_path):
    done = run("fix", "-", cwd=tmp_path, stdin=SLIPS.encode())
    assert done.returncode == 2
    assert b"standard input cannot be written back" in done.stderr


def test_what_a_link_brings_in_from_elsewhere_is_not_written(tmp_path):
    (tmp_path / "here").mkdir()
    outside = declare(tmp_path / "here", SLIPS).rename(tmp_path / "elsewhere.yaml")
    (tmp_path / "here" / "declarations" / "all.yaml").symlink_to(outside)
    done = run("fix", cwd=tmp_path / "here")
    assert (done.returncode, done.stdout) == (0, b"")
    assert outside.read_text(encoding="utf-8") == SLIPS


def test_a_link_out_of_the_repository_is_refused(tmp_path):
    outside = tmp_path / "elsewhere.yaml"
    outside.write_text(SLIPS, encoding="utf-8")
    repository = make(tmp_path / "here")
    (repository.top / "all.yaml").symlink_to(outside)
    code, told, _ = fix(repository.top, "all.yaml")
    assert (code, told) == (2, "")
    assert outside.read_text(encoding="utf-8") == SLIPS


def test_behind_a_link_within_the_repository_the_file_is_written_and_the_link_stays(tmp_path):
    repository = make(tmp_path / "here", **{"shared/all.yaml": SLIPS})
    link = repository.top / "all.yaml"
    link.symlink_to("shared/all.yaml")
    assert fix(repository.top, "all.yaml")[2] == "2 repairs made in 1 file.\n"
    assert link.is_symlink()
    assert "unit: agency" in (repository.top / "shared" / "all.yaml").read_text(encoding="utf-8")


def test_several_files_are_repaired_together(tmp_path):
    one = declare(tmp_path, SOUND.partition("responsibilities")[0].replace("title: Director", "title: 7"), "one.yaml")
    other = declare(tmp_path, "responsibilities" + SLIPS.partition("responsibilities")[2], "other.yaml")
    assert fix(tmp_path)[2] == "2 repairs made in 2 files.\n"
    assert one.read_text(encoding="utf-8") + other.read_text(encoding="utf-8") == SOUND.replace(
        "title: Director", 'title: "7"'
    ).replace("accountable: director", "accountable: director  ")


def test_from_within_a_repository_no_file_of_another_place_is_written(tmp_path):
    repository = make(tmp_path / "here", **{FILE: SOUND})
    nested = make(repository.top / "nested", **{FILE: SLIPS}).top / FILE
    outside = tmp_path / "outside.yaml"
    outside.write_text(SLIPS, encoding="utf-8")
    for path in ("nested", "../outside.yaml"):
        code, told, errors = fix(repository.top, path)
        assert (code, told) == (2, "")
        assert 'lies outside of the repository "here"; nothing was written' in errors
    assert [nested.read_text(encoding="utf-8"), outside.read_text(encoding="utf-8")] == [SLIPS, SLIPS]
    assert fix(nested.parents[1])[2] == "2 repairs made in 1 file.\n"
    assert fix(tmp_path, "outside.yaml")[2] == "2 repairs made in 1 file.\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("roles: [{id: c, titel: 007, unit: agency}]", 'roles: [{id: c, title: "007", unit: agency}]'),
        ("roles: [{id: &i 007, title: *i, unit: agency}]", 'roles: [{id: &i "007", title: *i, unit: agency}]'),
        ("Roles: [{ID: c, Title: C, Unit: agency}]", "roles: [{id: c, title: C, unit: agency}]"),
        (
            "roles: [{id: k, title: K, unit: agency, holder: [{persn: p-1}]}]",
            "roles: [{id: k, title: K, unit: agency, holders: [{person: p-1}]}]",
        ),
        (
            "responsibilities: [{id: r, statement: S, Joint-Accountability: {reason: two, approved-by: a}}]",
            "responsibilities: [{id: r, statement: S, joint_accountability: {reason: two, approved_by: a}}]",
        ),
        (
            "responsibilities: [{id: r, statement: S, responsable: 007}]",
            'responsibilities: [{id: r, statement: S, responsible: "007"}]',
        ),
    ],
)
def test_what_lies_below_a_key_that_is_repaired_is_repaired_as_well(tmp_path, before, after):
    file = declare(tmp_path, f"{before}\n")
    code, _, errors = fix(tmp_path)
    assert (code, file.read_text(encoding="utf-8")) == (0, f"{after}\n")
    assert "Not repaired" not in errors


def test_a_key_whose_value_cannot_be_repaired_is_left_and_that_value_named(tmp_path):
    text = "roles: [{id: c, titel: [7], unit: agency}]\n"
    file = declare(tmp_path, text)
    assert f'repair this first: {FILE}:1:24: "title" must be text' in fix(tmp_path)[2]
    assert file.read_text(encoding="utf-8") == text


def test_the_fault_to_repair_first_is_named_with_its_place_in_the_file_as_it_is_left(tmp_path):
    text = "responsibilities:\n- {id: a, statement: null, tag: &t [x], responsible: clerk}\n"
    text += "---\nresponsibilites:\n- {iD: 7, source: 1, statement: ~, responsible: clerk}\n"
    file = declare(tmp_path, text)
    _, told, errors = fix(tmp_path)
    assert "tags" in told
    (place,) = re.findall(r"repair this first: declarations/all.yaml:(\d+):(\d+): (.*)", errors)
    assert place[2] == '"statement" has no value. Give it a value. If the word itself is meant, write "~".'
    line, column = int(place[0]), int(place[1])
    assert line == 5
    assert file.read_text(encoding="utf-8").splitlines()[line - 1][column - 1 :].startswith("~")


AGREED = "reason: r, approved_by: director, approved_on: 2026-11-01, expires: 2027-03-01"
WAIVERS = f"""\
waivers:
  # the first
  - id: w
    rule: staffing/vacant
    subject: roles/nobody
    reason: 12
    approved_by: director
    approved_on: 2026-11-01
    expires: 2027-03-01
  - {{id: v, rule: staffing/vacant, subject: roles/nobody, {AGREED}}}
  - {{id: u, rule: waivers/unused, subject: waivers/v, {AGREED}}}
"""


def test_of_what_is_taken_out_the_line_in_the_file_before_is_named(tmp_path):
    declare(tmp_path, SOUND)
    file = declare(tmp_path, WAIVERS, "waivers.yaml")
    _, told, errors = fix(tmp_path, "--unsafe")
    assert errors.startswith("1 repair made in 1 file."), "what was repaired in it first is gone with it"
    name = "declarations/waivers.yaml"
    assert told == f'{name}: "w" is taken out of waivers; it stood at line 3\n'
    assert file.read_text(encoding="utf-8").startswith("waivers:\n  - {id: v, ")
    declare(
        tmp_path,
        WAIVERS.replace("waivers/v,", "waivers/x,").replace("v, rule: staffing/va", "v, rule: staffing/v"),
        "waivers.yaml",
    )
    assert sorted(fix(tmp_path, "--unsafe")[1].splitlines()) == [
        f'{name}: "u" is taken out of waivers; it stood at line 11',
        f'{name}: "v" is taken out of waivers; it stood at line 10',
        f'{name}: "w" is taken out of waivers; it stood at line 3',
    ]


@pytest.mark.parametrize("key", ["unaccountable", "unacountable", "uninformed", "noninformed", "compatible_with"])
def test_a_key_that_says_the_opposite_is_not_repaired(tmp_path, key):
    section, rest = ("roles", "title: C, unit: agency") if "with" in key else ("responsibilities", "statement: S")
    text = f"{section}: [{{id: r, {rest}, {key}: [clerk]}}]\n"
    file = declare(tmp_path, text)
    assert fix(tmp_path, "--unsafe")[0] == 0
    assert file.read_text(encoding="utf-8") == text


def test_unsafe_repairs_are_offered_only_if_they_could_be_made(tmp_path):
    declare(tmp_path, SOUND.replace("responsible: director", "responsible: [director, directr]"))
    assert "--unsafe" not in fix(tmp_path)[2]
    assert "Not repaired" in fix(tmp_path, "--unsafe")[2]


def test_an_id_that_an_entry_had_before_is_replaced(tmp_path):
    text = (
        SOUND.replace("responsible: director", "responsible: boss")
        + "moved: [{from: roles/boss, to: roles/director}]\n"
    )
    file = declare(tmp_path, text)
    assert b'"boss" names no role: it is called "director" now' in run("check", "--as-of", AS_OF, cwd=tmp_path).stdout
    assert fix(tmp_path)[1] == f'{FILE}:8:80: "boss" becomes "director"\n'
    assert file.read_text(encoding="utf-8") == text.replace("responsible: boss", "responsible: director")


TWO = "  - {id: directory, title: Directory, unit: agency, holders: []}\nresponsibilities:"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            SOUND.replace("responsibilities:", TWO).replace("responsible: director", "responsible: directors"),
            '"directors" becomes "director": "directory" may be meant too',
        ),
        (
            SOUND.replace("responsibilities:", TWO.replace("Directory", "Chief"))
            .replace("title: Director", "title: Chief")
            .replace("responsible: director", "responsible: chief"),
            '"chief" becomes "director": "directory" is called "chief" too',
        ),
        ("units: [{id: a, nmae: A, naem: B}]\n", 'another key here may be "name" as well'),
        ("responsibilities: [{id: r, statement: S, unaccountable: a}]\n", "it may mean something else"),
    ],
)
def test_what_may_mean_several_things_is_named(tmp_path, text, says):
    file = declare(tmp_path, text)
    code, told, errors = fix(tmp_path, "--unsafe")
    assert (code, told) == (0, "")
    assert "Not repaired: declarations/all.yaml:" in errors
    assert says in errors
    assert file.read_text(encoding="utf-8") == text
